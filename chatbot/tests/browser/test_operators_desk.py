"""The operators' desks by hand: every key of the reviewers' one, and a work that is checked, saved and taken back."""

import json
import re

import pytest
from playwright.sync_api import expect

from .conftest import Library, log_in_operator, with_operator

pytestmark = pytest.mark.browser
QUEUE, WORKS, UPLOAD = "/admin/chatbot/reviewitem/", "/admin/catalogue/novel/", "/admin/catalogue/upload/add/"
A_DESK = re.compile(r"/reviewitem/\d+/change/")
SCALE = "from chatbot.models import Criterion; Criterion.objects.create(name='Charm', description='…', kind='scale')"


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """With a queue of made-up replies, and a criterion on a scale before the others."""
    library = with_operator(Library(tmp_path_factory.mktemp("operators")))
    for command in (["demo", "--turns", "60"], ["shell", "-c", SCALE]):
        done = library.manage(*command)
        assert done.returncode == 0, done.stderr
    yield library
    library.close()


def answers(page):
    """What is chosen of each criterion, "" where nothing is."""
    return page.evaluate(
        "[...document.querySelectorAll('[data-criterion]')].map(one => one.querySelector(':checked')?.value ?? '')"
    )


def focused(page):
    return page.evaluate("document.activeElement.getAttribute('data-key')")


def test_every_key_of_the_desk(open_page, library):
    page = open_page(viewport={"width": 1280, "height": 900})
    log_in_operator(page, library.url, QUEUE)
    page.click(".watch button")
    page.locator("input[name=why]").first.check()
    page.locator("input[name=why]").first.press("Enter")
    page.wait_for_url(A_DESK)
    first = page.url
    assert answers(page) == [""] * 6

    keys = page.locator(".desk-keys")
    page.keyboard.press("?")
    expect(keys).to_have_attribute("open", "")
    page.keyboard.press("?")
    expect(keys).not_to_have_attribute("open", "")

    for key in ("4", "y", "n"):  # the first is on a scale
        page.keyboard.press(key)
    assert answers(page) == ["4", "1", "0", "", "", ""]
    page.keyboard.press("u")
    page.keyboard.press("u")
    assert answers(page) == ["4", "", "", "", "", ""]
    page.keyboard.press("5")  # no answer to yes or no
    assert answers(page) == ["4", "", "", "", "", ""]

    for key in ("o", "c", "f"):
        page.keyboard.press(key)
        assert focused(page) == key
        page.keyboard.type("yn gs")  # words, and no keys
        page.keyboard.press("Escape")
        assert focused(page) is None
    assert answers(page) == ["4", "", "", "", "", ""]
    expect(page.locator("[name=notes]")).to_have_value("yn gs")

    page.keyboard.press("d")
    expect(page.locator(".messagelist")).to_be_visible()
    assert page.url == first
    expect(page.locator("[name=notes]")).to_have_value("yn gs")
    expect(page.locator("[name=corrected]")).to_have_value("yn gs")
    assert answers(page) == ["4", "", "", "", "", ""]

    page.keyboard.press("f")
    page.keyboard.type("봐 주세요")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    expect(page.locator("#flag")).to_have_value("봐 주세요")
    assert page.url == first

    page.keyboard.press("s")
    page.wait_for_url(lambda url: A_DESK.search(url) and url != first)
    second = page.url
    page.keyboard.press("p")
    page.wait_for_url(first)
    page.keyboard.press("g")
    assert answers(page) == ["4", "1", "1", "1", "1", "1"]  # what was answered stays
    page.keyboard.press("Enter")
    page.wait_for_url(second)
    expect(page.locator(".messagelist a")).to_have_attribute("href", re.sub(r"^https?://[^/]+", "", first))

    page.keyboard.press("Enter")  # nothing is answered yet, as the browser says
    expect(page.locator("[data-criterion] :invalid").first).to_be_focused()
    assert page.url == second
    page.keyboard.press("g")
    page.keyboard.press("o")
    page.keyboard.type("좋아요")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: A_DESK.search(url) and url not in (first, second))
    page.goto(first)
    assert answers(page) == ["4", "1", "1", "1", "1", "1"]  # what was answered stays


def test_a_work_is_checked_while_it_is_written_saved_and_taken_back(open_page, library):
    page = open_page(viewport={"width": 1280, "height": 900})
    log_in_operator(page, library.url, WORKS)
    titles = page.locator("#result_list tbody tr .field-title_ja")
    other = titles.nth(1).inner_text()
    page.locator("#result_list tbody th a").first.click()
    page.wait_for_url(re.compile(r"/novel/\d+/change/"))
    work, was = page.url, page.input_value("#id_title_ja")
    remarks = page.locator("#at-title_ja")
    remarked = remarks.inner_text()

    page.fill("#id_title_ja", other)  # that of another work
    page.press("#id_title_ja", "Tab")
    expect(remarks).not_to_have_text(remarked)
    expect(remarks.locator("a").first).to_be_visible()
    page.fill("#id_title_ja", was)
    page.fill("#id_year", "99")
    page.press("#id_year", "Tab")
    expect(remarks).to_have_text(remarked)
    expect(page.locator("#checks .is-error").first).to_be_visible()
    page.fill("#id_year", "2001")
    page.press("#id_year", "Tab")
    expect(page.locator("#checks .is-error")).to_have_count(0)
    page.click("[name=_save]")
    page.wait_for_url(re.compile(rf"{WORKS}(\?.*)?$"))

    page.goto(work.replace("/change/", "/history/"))
    expect(page.locator(".changes > li")).to_have_count(1)
    expect(page.locator(".changes")).to_contain_text("2001")
    page.click(".changes .button")
    page.click("input[type=submit].default")
    page.wait_for_load_state()
    page.goto(work)
    expect(page.locator("#id_year")).not_to_have_value("2001")
    page.goto(work.replace("/change/", "/history/"))
    expect(page.locator(".changes > li")).to_have_count(2)


def test_a_file_is_looked_through_applied_and_undone(open_page, library, tmp_path):
    file = tmp_path / "works.jsonl"
    rows = [
        {"titles": {"ja": "誰も知らない灯台の本", "ko": "아무도 모르는 등대의 책"}, "authors": ["夜野"]},
        {"titles": {}},
    ]
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    page = open_page(viewport={"width": 1280, "height": 900})
    log_in_operator(page, library.url, UPLOAD)
    page.set_input_files("input[type=file]", file)
    page.click("#content form button")
    page.wait_for_url(re.compile(r"/upload/\d+/change/"))
    upload = page.url
    expect(page.locator(".previewed")).to_contain_text("誰も知らない灯台の本")
    page.goto(f"{upload}?action=rejected")
    expect(page.locator(".previewed")).to_contain_text("2번째 줄")
    expect(page.locator(".previewed")).to_contain_text("제목이 없어요")
    page.click(".step button.default")
    expect(page.locator(".desk-note strong")).to_be_visible(timeout=60_000)

    page.goto(f"{library.url}/admin/catalogue/draft/")
    expect(page.locator("#result_list")).to_contain_text("誰も知らない灯台の本")
    page.goto(upload)
    page.click(".desk-note button")
    page.click("#content input[type=submit], #content form button[type=submit], #content .submit-row button")
    page.wait_for_load_state()
    for _ in range(30):
        page.goto(f"{library.url}/admin/catalogue/draft/")
        if "誰も知らない灯台の本" not in page.content():
            break
        page.wait_for_timeout(500)
    expect(page.locator("#changelist")).not_to_contain_text("誰も知らない灯台の本")
