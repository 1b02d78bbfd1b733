"""A guest's way into an account: asking, keeping, running out, signing up, and all of it is there."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from .conftest import PASSWORD, ask, sign_up

pytestmark = pytest.mark.browser

BOX = "form[data-ask] textarea[name=text]"


@pytest.fixture
def guest(open_page, plain_library):
    """The page of a guest after the first reply."""
    page = open_page()
    page.goto(plain_library.url)
    expect(ask(page, "판타지 추천해 주세요")).to_have_attribute("data-state", "done")
    return page


def fill_in_sign_up(page):
    page.fill("input[name=username]", f"reader{uuid.uuid4().hex[:10]}")
    page.fill("input[name=password1]", PASSWORD)
    page.fill("input[name=password2]", PASSWORD)
    page.press("input[name=password2]", "Enter")


def test_what_a_guest_has_comes_along_into_the_account(guest, open_page):
    talk = guest.url
    guest.locator("button[name=state][value=want]").first.click()
    expect(guest.locator("button[name=state][aria-pressed=true]")).to_have_count(1)
    for number, words in enumerate(["로맨스도요", "추리도요"], start=2):
        guest.fill(BOX, words)
        guest.press(BOX, "Enter")
        expect(guest.locator("[data-state=done]")).to_have_count(number)
    guest.fill(BOX, "마지막으로 하나만 더요")
    guest.press(BOX, "Enter")
    expect(guest.locator("#ask-error")).to_contain_text("오늘의 답장을 모두 썼어요")
    expect(guest.locator(BOX)).to_have_value("마지막으로 하나만 더요")
    open_page.complaints[:] = [line for line in open_page.complaints if "429" not in line]

    guest.click("#ask-error a >> nth=0")
    fill_in_sign_up(guest)
    guest.wait_for_url(talk)
    expect(guest.locator(".messages")).to_contain_text("계정으로 옮겼어요")
    expect(guest.locator(".ask-words")).to_have_text(["판타지 추천해 주세요", "로맨스도요", "추리도요"])
    expect(guest.locator(BOX)).to_have_value("마지막으로 하나만 더요")
    guest.press(BOX, "Enter")
    expect(guest.locator("[data-state=done]")).to_have_count(4)
    guest.goto(talk.split("/conversations/")[0] + "/users/shelf/?state=want")
    expect(guest.locator(".own[data-state=want]")).to_have_count(1)


def test_another_browser_sees_nothing_of_a_guest(guest, open_page):
    other = open_page()
    assert other.goto(guest.url).url.split("?")[0].endswith("/accounts/login/")
    open_page.complaints.clear()


def test_words_of_a_reader_are_not_handed_to_a_guest_at_the_same_machine(open_page, plain_library):
    page = open_page()
    sign_up(page, plain_library.url)
    page.fill(BOX, "아직 보내지 않은 말")
    page.context.clear_cookies(name="sessionid")
    page.goto(plain_library.url)
    expect(page.locator(BOX)).to_have_value("")


def test_a_guest_lets_nothing_stay(guest):
    guest.goto(re.sub(r"/conversations/.*", "/users/guest/", guest.url))
    guest.click("button[value=forget]")
    expect(guest.locator(".messages")).to_contain_text("모두 지우고 있어요")
    expect(guest.locator(".welcome-form")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_first_page_has_the_ask_before_the_fold_and_a_reply_with_its_cards(open_page, plain_library, width):
    page = open_page(viewport={"width": width, "height": 800})
    page.goto(plain_library.url)
    box = page.locator(BOX).bounding_box()
    assert box["y"] + box["height"] < 800
    expect(page.locator(".welcome-example [data-novel]")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
