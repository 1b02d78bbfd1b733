"""A reading list as a reader brings it, in a real browser: sent, doubts decided, on the shelf, taken back."""

import pytest
from playwright.sync_api import expect

from users.reading_lists.tests import files

from .conftest import sign_up

pytestmark = pytest.mark.browser

# Known by title and author; a side story; another author; a manga; a work that nobody has.
LIST = files.table(
    files.GOODREADS,
    {"Title": "Overlord, Vol. 1 (light novel)", "Author": "Kugane Maruyama", "Exclusive Shelf": "read"},
    {"Title": "Overlord, Vol. 2 (light novel)", "Author": "Kugane Maruyama", "Exclusive Shelf": "read"},
    {"Title": "Sword Art Online: Short Stories", "Author": "Reki Kawahara", "Exclusive Shelf": "to-read"},
    {"Title": "Spice and Wolf", "Author": "Jane Austen", "Exclusive Shelf": "read"},
    {"Title": "Overlord, Vol. 1 (manga)", "Author": "Kugane Maruyama", "Exclusive Shelf": "read"},
    {"Title": "The Night Porter of Nowhere (Light Novel)", "Author": "Nobody", "Exclusive Shelf": "read"},
)


def test_a_list_is_brought_decided_put_on_the_shelf_and_taken_back(open_page, plain_library):
    page = open_page()
    sign_up(page, plain_library.url)
    page.goto(f"{plain_library.url}/users/lists/")
    upload = {"name": "goodreads.csv", "mimeType": "text/csv", "buffer": LIST}
    page.set_input_files("#list-file", files=[upload])
    page.locator("#list-file").locator("xpath=ancestor::form").locator("button.primary").click()
    # The progress bar asks by itself, and leads on when the worker has read the list.
    expect(page.locator(".lists-verdicts")).to_be_visible()
    counts = page.locator(".lists-verdicts a").evaluate_all(
        "links => Object.fromEntries(links.map(link => [link.dataset.verdict, +link.querySelector('.count').textContent]))"
    )
    assert counts == {"matched": 1, "doubtful": 2, "missing": 1, "not_novel": 1}
    doubts = page.locator(".listed-work")
    expect(doubts).to_have_count(2)
    doubts.nth(0).locator("button[value=none]").click()
    expect(page.locator("[data-verdict=missing] .count")).to_have_text("2")
    doubts.nth(1).locator(".candidate button").click()
    expect(page.locator("[data-verdict=matched] .count")).to_have_text("2")
    expect(page.locator(":focus")).to_have_attribute("value", "reopen")
    page.locator("#keep button.primary").click()
    expect(page.locator(".lists-outcome h2")).to_be_visible()
    page.goto(f"{plain_library.url}/users/shelf/")
    expect(page.locator("main a[href^='/novels/'] >> visible=true").first).to_be_visible()
    page.goto(f"{plain_library.url}/users/lists/")
    page.locator(".lists-before a").click()
    page.locator("form[action$='/undo/'] button").click()
    expect(page.locator(".lists-outcome form")).to_have_count(0)
    expect(page.locator(".lists-outcome .lists-facts strong")).to_have_text("2")


def test_the_columns_of_a_table_are_seen_in_the_right_letters_and_chosen(open_page, plain_library):
    page = open_page(viewport={"width": 390, "height": 844})
    sign_up(page, plain_library.url)
    page.goto(f"{plain_library.url}/users/lists/")
    table = "이름;점수;가;나;다;라\n오버로드 7권;9;1;2;3;4\n늑대와 향신료;5;1;2;3;4\n".encode("cp949")
    page.set_input_files("#list-file", files=[{"name": "표.csv", "mimeType": "text/csv", "buffer": table}])
    page.locator("#list-file").locator("xpath=ancestor::form").locator("button.primary").click()
    expect(page.locator(".lists-fields")).to_contain_text("늑대와 향신료")
    # All columns stand below each other; the page does not move sideways.
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.locator("#id_column_0")).to_have_value("title")
    page.locator("#id_column_1").select_option("rating")
    page.locator(".lists-columns button.primary").click()
    expect(page.locator("[data-verdict=matched] .count")).to_have_text("2")


def test_a_file_that_is_too_large_is_told_of_before_it_is_sent(open_page, plain_library):
    page = open_page()
    sign_up(page, plain_library.url)
    page.goto(f"{plain_library.url}/users/lists/")
    field = page.locator("#list-file")
    assert field.get_attribute("data-max-bytes") == str(20 * 1024 * 1024)
    # To hand over as much as that takes the browser a minute.
    field.evaluate("(field, most) => { field.dataset.maxBytes = most }", len(LIST))
    field.set_input_files(files=[{"name": "all.csv", "mimeType": "text/csv", "buffer": LIST + LIST}])
    assert "20MB" in field.evaluate("field => field.validationMessage")
    page.locator("#list-file").locator("xpath=ancestor::form").locator("button.primary").click()
    expect(page).to_have_url(f"{plain_library.url}/users/lists/")
    field.set_input_files(files=[{"name": "goodreads.csv", "mimeType": "text/csv", "buffer": LIST}])
    assert field.evaluate("field => field.validity.valid")
