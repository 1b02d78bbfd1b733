"""Talks found again, shared, taken out, and what stands while the line is down."""

import re
import zipfile

import pytest
from playwright.sync_api import expect

from .conftest import ask, sign_up

pytestmark = pytest.mark.browser


@pytest.fixture
def at_plain_desk(open_page, plain_library):
    page = open_page(accept_downloads=True)
    sign_up(page, plain_library.url)
    turn = ask(page, "하렘 없는 완결된 이세계물 추천해 주세요")
    expect(turn).to_have_attribute("data-state", "done", timeout=90_000)  # the first reply of a fresh worker
    return page


def test_what_was_said_is_found_and_leads_to_its_turn(at_plain_desk):
    page = at_plain_desk
    page.fill("#find-q", "ㅇㄱㄷ")
    page.press("#find-q", "Enter")
    expect(page.locator(".find-hit mark").first).to_have_text("완결된")
    page.fill("#q", "이세계")
    expect(page.locator(".find-hit mark").first).to_have_text("이세계")
    page.locator(".find-hit").first.click()
    expect(page).to_have_url(re.compile(r"\?turn=\d+#turn-\d+$"))
    expect(page.locator("[data-turn]:target")).to_have_count(1)


def test_a_talk_is_shared_read_by_a_stranger_gone_on_from_and_taken_back(at_plain_desk, open_page, plain_library):
    page = at_plain_desk
    expect(ask(page, "난 로맨스는 싫어해")).to_have_attribute("data-state", "done")
    page.click(".desk-head .menu > summary")
    page.click(".desk-head .menu-list >> text=공유")
    boxes = page.locator(".share-turn input")
    expect(boxes).to_have_count(2)
    expect(boxes.nth(0)).to_be_checked()
    expect(boxes.nth(1)).not_to_be_checked()
    boxes.nth(1).check()
    expect(page.locator("#share-preview .ask-words")).to_have_count(2)
    boxes.nth(1).uncheck()
    expect(page.locator("#share-preview .ask-words")).to_have_count(1)
    preview = page.locator("#share-preview .shared-talk").inner_text()
    page.click("#share-preview button")
    link = page.locator(".share-link input").input_value()

    stranger = open_page(user_agent="Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0 Safari/537.36")
    stranger.goto(link)
    assert stranger.locator(".shared-talk").inner_text() == preview
    assert "로맨스는 싫어해" not in stranger.content()
    stranger.click(".share-go-on >> text=가입하고 이어 가기")
    stranger.fill("input[name=username]", f"stranger{link[-8:-1].replace('-', 'a').replace('_', 'b').lower()}")
    stranger.fill("input[name=password1]", "lamp-and-shelf-7")
    stranger.fill("input[name=password2]", "lamp-and-shelf-7")
    stranger.press("input[name=password2]", "Enter")
    stranger.click(".share-go-on button")
    expect(stranger.locator("[data-turn]")).to_have_count(1)
    expect(ask(stranger, "더 밝은 걸로요")).to_have_attribute("data-state", "done")

    page.reload()
    expect(page.locator(".shares")).to_contain_text("1번 열림")
    page.click(".shares >> text=이 링크 끝내기")
    assert stranger.request.get(link).status == 404


def test_all_that_is_ones_own_is_packed_and_saved(at_plain_desk, plain_library):
    page = at_plain_desk
    page.goto(f"{plain_library.url}/conversations/takeout/")
    page.click("form button >> text=담기")
    save = page.locator("text=내려받기")
    save.wait_for(timeout=90_000)
    with page.expect_download() as saved:
        save.click()
    names = zipfile.ZipFile(saved.value.path()).namelist()
    assert "shelf.csv" in names
    assert any(name.endswith(".md") for name in names)


def test_while_the_line_is_down_what_was_typed_stays_and_can_be_gone_on_with(at_plain_desk, open_page):
    page = at_plain_desk
    page.evaluate(
        """async () => {
          await navigator.serviceWorker.ready;
          while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 50));
        }"""
    )
    page.fill("form[data-ask] textarea", "쓰다 만 말")
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("#words")).to_have_value("쓰다 만 말")
    page.fill("#words", "쓰다 만 말을 마저 쓴다")
    page.context.set_offline(False)
    page.wait_for_selector("form[data-ask] textarea")
    expect(page.locator("form[data-ask] textarea")).to_have_value("쓰다 만 말을 마저 쓴다")
    kept = page.evaluate(
        """async () => {
          const found = [];
          for (const name of await caches.keys())
            for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
          return found;
        }"""
    )
    assert {re.sub(r"\.[0-9a-f]{12}\.", ".", path) for path in kept} == {
        "/offline/",
        "/static/css/offline.css",
        "/static/js/offline.js",
    }
    open_page.complaints.clear()  # of the line that was down
