"""Nothing typed is lost: whatever comes between the typing and the turn, the words are there."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import PASSWORD, ask, sign_up

pytestmark = pytest.mark.browser

BOX = "form[data-ask] textarea[name=text]"


@pytest.fixture
def talk(open_page, plain_library):
    """A page with a conversation whose first turn has ended; `talk.name` is the reader."""
    page = open_page()
    page.name = sign_up(page, plain_library.url)
    expect(ask(page, "판타지 추천해 주세요")).to_have_attribute("data-state", "done")
    return page


def words(page):
    return page.locator(".ask-words").all_inner_texts()


def log_out_elsewhere(page):
    page.context.clear_cookies(name="sessionid")


def log_in(page):
    page.fill("input[name=login]", page.name)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")


def expect_unsent(page, text):
    expect(page.locator("[data-unsent]")).to_be_visible()
    expect(page.locator(BOX)).to_have_value(text)


def test_other_words_after_going_back_begin_another_conversation(talk, plain_library):
    first = talk.url
    talk.go_back()
    talk.wait_for_url(f"{plain_library.url}/")
    expect(ask(talk, "추리 소설도 궁금해요").first).to_be_visible()
    talk.wait_for_url(re.compile(r"/conversations/\d+/"))
    assert talk.url != first
    assert words(talk) == ["추리 소설도 궁금해요"]


def test_the_same_words_after_going_back_are_asked_anew(talk, plain_library):
    first = talk.url
    talk.go_back()
    talk.wait_for_url(f"{plain_library.url}/")
    ask(talk, "판타지 추천해 주세요")
    talk.wait_for_url(re.compile(r"/conversations/\d+/"))
    assert talk.url != first


@pytest.mark.parametrize("after", ["판타지 말고 로맨스요", "추리도요"])
def test_a_lost_answer_loses_neither_the_words_that_came_nor_those_sent_then(talk, open_page, after):
    # The request arrives, its answer does not.
    lose = lambda route: (route.fetch(), route.abort())  # noqa: E731
    talk.route(re.compile("/ask/$"), lose)
    talk.fill(BOX, "추리도요")
    talk.press(BOX, "Enter")
    expect(talk.locator("#offline")).to_be_visible()
    expect(talk.locator(BOX)).to_have_value("추리도요")
    talk.unroute_all()
    talk.fill(BOX, after)
    talk.press(BOX, "Enter")
    expect(talk.locator(BOX)).to_have_value("")
    expected = ["판타지 추천해 주세요", *dict.fromkeys(["추리도요", after])]
    expect(talk.locator(".ask-words")).to_have_text(expected)
    talk.reload()
    assert words(talk) == expected
    open_page.complaints[:] = [line for line in open_page.complaints if not re.search("ERR_FAILED|htmx:", line)]


def test_a_page_loaded_anew_after_a_lost_answer_does_not_call_the_words_unsent(talk, open_page):
    talk.route(re.compile("/ask/$"), lambda route: (route.fetch(), route.abort()))
    talk.fill(BOX, "추리도요")
    talk.press(BOX, "Enter")
    expect(talk.locator("#offline")).to_be_visible()
    talk.unroute_all()
    talk.reload()
    assert words(talk) == ["판타지 추천해 주세요", "추리도요"]
    expect(talk.locator(BOX)).to_have_value("")
    expect(talk.locator("[data-unsent]")).to_be_hidden()
    open_page.complaints[:] = [line for line in open_page.complaints if not re.search("ERR_FAILED|htmx:", line)]


@pytest.mark.parametrize("cookie", ["rotated", "gone"])
def test_another_token_than_the_page_was_drawn_with_is_no_reason_to_refuse(talk, open_page, plain_library, cookie):
    if cookie == "gone":
        talk.context.clear_cookies(name="csrftoken")
    else:
        other = talk.context.new_page()
        other.goto(f"{plain_library.url}/accounts/logout/")
        other.click("main form button")
        other.goto(f"{plain_library.url}/accounts/login/")
        other.name = talk.name
        log_in(other)
        other.wait_for_selector("form[data-ask]")
    talk.fill(BOX, "추리도요")
    talk.press(BOX, "Enter")
    expect(talk.locator(".ask-words")).to_have_text(["판타지 추천해 주세요", "추리도요"])
    expect(talk.locator(BOX)).to_have_value("")
    # The browser itself notes a refused request.
    open_page.complaints[:] = [line for line in open_page.complaints if "403" not in line]


def test_words_sent_after_a_logout_elsewhere_are_in_the_box_after_the_login(talk):
    log_out_elsewhere(talk)
    talk.fill(BOX, "추리도요")
    talk.press(BOX, "Enter")
    talk.wait_for_url(re.compile("/accounts/login/"))
    log_in(talk)
    expect_unsent(talk, "추리도요")
    talk.press(BOX, "Enter")
    expect(talk.locator(".ask-words")).to_have_text(["판타지 추천해 주세요", "추리도요"])
    talk.reload()
    expect(talk.locator(BOX)).to_have_value("")


def test_a_first_ask_after_a_logout_elsewhere_is_in_the_box_after_the_login(talk, plain_library):
    talk.goto(f"{plain_library.url}/")
    log_out_elsewhere(talk)
    talk.fill(BOX, "추리 소설이요")
    talk.click("form[data-ask] button[type=submit]")
    talk.wait_for_url(re.compile("/accounts/login/"))
    log_in(talk)
    expect_unsent(talk, "추리 소설이요")
    talk.click("form[data-ask] button[type=submit]")
    talk.wait_for_selector("[data-turn]")
    assert words(talk) == ["추리 소설이요"]
    talk.goto(f"{plain_library.url}/")
    expect(talk.locator(BOX)).to_have_value("")


def test_an_edit_after_a_logout_elsewhere_is_open_again_after_the_login(talk):
    talk.click("[data-edit]")
    log_out_elsewhere(talk)
    talk.fill(".edit textarea", "추리로 바꿀게요")
    talk.click(".edit button")
    talk.wait_for_url(re.compile("/accounts/login/"))
    log_in(talk)
    expect(talk.locator(".edit textarea")).to_have_value("추리로 바꿀게요")
    expect(talk.locator(".edit [data-unsent]")).to_be_visible()
    talk.click(".edit button")
    expect(talk.locator(".ask-words")).to_have_text(["추리로 바꿀게요"])


def test_an_edit_is_sent_from_a_page_of_its_own(talk):
    talk.goto(
        talk.locator("[data-edit]").get_attribute("href")
        and f"{talk.url.split('/conversations/')[0]}{talk.locator('[data-edit]').get_attribute('href')}"
    )
    talk.fill(".edit textarea", "추리로 바꿀게요")
    talk.click(".edit button")
    expect(talk.locator(".ask-words")).to_have_text(["추리로 바꿀게요"])


def test_words_not_sent_yet_outlive_a_look_at_another_page_and_are_no_other_readers(talk, plain_library):
    address = talk.url
    talk.fill(BOX, "쓰다 만 글")
    talk.goto(f"{plain_library.url}/novels/")
    talk.goto(address)
    expect(talk.locator(BOX)).to_have_value("쓰다 만 글")
    expect(talk.locator("[data-unsent]")).to_be_hidden()
    log_out_elsewhere(talk)
    sign_up(talk, plain_library.url)
    assert "쓰다 만 글" not in talk.evaluate("JSON.stringify({...sessionStorage})")


def test_an_ask_that_breaks_is_said_to_be_unsent(talk, open_page):
    talk.route(re.compile("/ask/$"), lambda route: route.fulfill(status=500, body="broken"))
    talk.fill(BOX, "추리도요")
    talk.press(BOX, "Enter")
    expect_unsent(talk, "추리도요")
    talk.unroute_all()
    talk.press(BOX, "Enter")
    expect(talk.locator(".ask-words")).to_have_text(["판타지 추천해 주세요", "추리도요"])
    open_page.complaints[:] = [line for line in open_page.complaints if "500" not in line]
