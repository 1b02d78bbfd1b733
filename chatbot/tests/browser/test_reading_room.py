"""The whole way, as a reader walks it."""

import re
import threading
import time

import pytest
from playwright.sync_api import expect

from chatbot.tests.upstream import HTTP, slugs_offered

from .conftest import ask, sign_up

pytestmark = pytest.mark.browser


def slowly(request):
    yield "첫 문장이 먼저 와요. "
    yield 1.5
    yield "그리고 끝 문장이 와요."


def test_a_newcomer_asks_in_korean_and_gets_real_novels(open_page, plain_library):
    page = open_page()
    sign_up(page, plain_library.url)
    turn = ask(page, "하렘 없는 완결된 이세계물 추천해 주세요")
    expect(turn).to_have_attribute("data-state", "done")
    assert turn.locator("[data-novel]").count() >= 3
    assert turn.locator("[data-unverified]").count() == 0
    cover = turn.locator("[data-novel] img").first
    expect(cover).to_have_js_property("complete", True)
    assert cover.evaluate("image => image.naturalWidth > 0")
    turn.locator("[data-novel] .card-title a").first.click()
    expect(page).to_have_url(re.compile(r"/novels/[a-z0-9-]+/$"))


def test_text_is_there_before_the_end_and_polling_then_ends(at_desk, model):
    seen = threading.Event()
    model.says(["첫 문장이 먼저 와요. ", seen, "그리고 끝 문장이 와요."])
    turn = ask(at_desk, "판타지 추천해 주세요")
    expect(turn.locator("[data-reply]")).to_contain_text("첫 문장이 먼저 와요.")
    assert turn.get_attribute("data-state") == "running"
    assert "끝 문장" not in turn.inner_text()
    seen.set()
    expect(turn).to_have_attribute("data-state", "done")
    expect(turn.locator("[data-reply]")).to_contain_text("그리고 끝 문장이 와요.")
    assert turn.locator("[data-poll]").count() == 0
    polls = []
    at_desk.on("request", lambda request: polls.append(request.url))
    at_desk.wait_for_timeout(1500)
    assert polls == []


def test_each_change_is_asked_for_as_soon_as_the_one_before_is_shown(at_desk, model):
    model.says([piece for number in range(6) for piece in (f"{number}번째 문장이에요. ", 0.4)])
    shown, asked = [], []
    at_desk.on("requestfinished", lambda request: shown.append(time.monotonic()) if "seen=" in request.url else None)
    at_desk.on("request", lambda request: asked.append(time.monotonic()) if "seen=" in request.url else None)
    expect(ask(at_desk, "판타지 추천해 주세요")).to_have_attribute("data-state", "done")
    gaps = [later - earlier for earlier, later in zip(shown, asked[1:], strict=False)]
    assert len(gaps) >= 4
    assert sorted(gaps)[len(gaps) // 2] < 0.5  # seconds; the trigger that looks again without news waits a whole one


def test_a_card_can_be_marked_and_a_reply_stopped_while_a_poll_is_on_its_way(at_desk, model):
    model.says(lambda request: [f"[[{slugs_offered(request)[0]}]] 좋아요.\n\n여기까지만 ", 60.0])
    turn = ask(at_desk, "판타지 추천해 주세요")
    expect(turn.locator("[data-reply]")).to_contain_text("여기까지만")
    want = turn.locator(".marks button").nth(1)
    want.click()
    expect(want).to_have_attribute("aria-pressed", "true")
    turn.locator("[data-stop]").click()
    expect(turn).to_have_attribute("data-state", "stopped")
    expect(want).to_have_attribute("aria-pressed", "true")


def test_enter_in_a_composition_does_not_send_and_enter_after_it_does(at_desk, model):
    turn = ask(at_desk, "판타지 추천해 주세요")
    expect(turn).to_have_attribute("data-state", "done")
    at_desk.focus("textarea[name=text]")
    keyboard = at_desk.context.new_cdp_session(at_desk)
    keyboard.send("Input.imeSetComposition", {"text": "한", "selectionStart": 1, "selectionEnd": 1})
    enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229, "nativeVirtualKeyCode": 229}
    keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **enter})
    keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", **enter})
    at_desk.wait_for_timeout(300)
    assert at_desk.locator("[data-turn]").count() == 1
    assert at_desk.input_value("textarea[name=text]").strip() == "한"
    keyboard.send("Input.insertText", {"text": "한 권만 더요"})
    at_desk.keyboard.press("Shift+Enter")
    assert at_desk.locator("[data-turn]").count() == 1
    at_desk.keyboard.press("Enter")
    second = at_desk.locator("[data-turn]").nth(1)
    expect(second).to_have_attribute("data-state", "done")
    expect(second.locator(".ask-words")).to_have_text("한 권만 더요")
    assert at_desk.input_value("textarea[name=text]") == ""


def test_stopping_keeps_the_text_and_closes_the_upstream_stream(at_desk, model):
    model.says(["여기까지만 ", 60.0, "오지 않을 글"])
    model.cut_off.clear()
    turn = ask(at_desk, "판타지 추천해 주세요")
    expect(turn.locator("[data-reply]")).to_contain_text("여기까지만")
    turn.locator("[data-stop]").click()
    expect(turn).to_have_attribute("data-state", "stopped")
    expect(turn.locator("[data-reply]")).to_contain_text("여기까지만")
    assert model.cut_off.wait(5)


def test_a_failed_reply_is_said_in_words_and_asked_again(at_desk, model):
    model.says([HTTP(401, {"error": {"message": "Incorrect API key provided: sk-secret", "code": "invalid_api_key"}})])
    turn = ask(at_desk, "판타지 추천해 주세요")
    expect(turn).to_have_attribute("data-state", "failed")
    assert "sk-secret" not in at_desk.content()
    model.says(["이번에는 괜찮아요."])
    turn.locator("[data-retry]").click()
    again = at_desk.locator("[data-turn]")
    expect(again).to_have_attribute("data-state", "done")
    expect(again).to_contain_text("이번에는 괜찮아요.")


def test_an_edited_question_takes_the_place_of_the_old_one(at_desk, model):
    turn = ask(at_desk, "판타지 추천해 주세요")
    expect(turn).to_have_attribute("data-state", "done")
    turn.locator("[data-edit]").click()
    at_desk.fill(".edit textarea", "추리 소설로 바꿀게요")
    at_desk.click(".edit button")
    expect(at_desk.locator("[data-turn]")).to_have_count(1)
    expect(at_desk.locator("[data-turn] .ask-words")).to_have_text("추리 소설로 바꿀게요")
    expect(at_desk.locator("[data-turn]")).to_have_attribute("data-state", "done")


def test_a_script_in_a_reply_does_not_run(at_desk, model):
    def attack(request):
        slug = slugs_offered(request)[0]
        yield "<scr"
        yield "ipt>window.attacked = 1</script><img src=x onerror='window.attacked = 1'>"
        yield "<div hx-get='/accounts/logout/' hx-trigger='load'>x</div> [x](javascript:window.attacked=1)\n\n"
        yield f"[[{slug}]] <svg onload='window.attacked = 1'>"

    model.says(attack)
    turn = ask(at_desk, "판타지 추천해 주세요 <img src=x onerror='window.attacked = 1'>")
    expect(turn).to_have_attribute("data-state", "done")
    assert at_desk.evaluate("window.attacked") is None
    assert turn.locator("[data-reply] script, [data-reply] [hx-get], [data-reply] a[href^=javascript]").count() == 0


def test_an_invented_title_is_marked(at_desk, model):
    model.says(["『별을 삼킨 열세 번째 사서』를 추천해요."])
    turn = ask(at_desk, "판타지 추천해 주세요")
    expect(turn.locator("[data-unverified]")).to_contain_text("별을 삼킨 열세 번째 사서")
    assert turn.locator("[data-novel]").count() == 0


def test_too_much_is_refused_with_the_words_kept(at_desk, open_page):
    turn = ask(at_desk, "판타지 추천해 주세요")
    expect(turn).to_have_attribute("data-state", "done")
    at_desk.fill("textarea[name=text]", "가" * 4001)
    at_desk.click("form[data-ask] button[type=submit]")
    expect(at_desk.locator("#ask-error")).to_contain_text("4001")
    assert len(at_desk.input_value("textarea[name=text]")) == 4001
    assert at_desk.locator("[data-turn]").count() == 1
    # The browser itself notes the refused request.
    open_page.complaints[:] = [line for line in open_page.complaints if "422" not in line]


def test_an_expired_session_leads_to_the_login_and_back(at_desk, model, open_page):
    model.says(["조금 ", 30.0])
    turn = ask(at_desk, "판타지 추천해 주세요")
    address = at_desk.url
    expect(turn.locator("[data-reply]")).to_contain_text("조금")
    at_desk.context.clear_cookies(name="sessionid")
    at_desk.wait_for_url(re.compile("/accounts/login/"))
    assert re.search(r"next=/conversations/\d+/", at_desk.url.replace("%2F", "/"))
    assert address.split("/conversations/")[1].split("/")[0] in at_desk.url


def test_the_same_form_works_without_javascript(open_page, library, model):
    model.says(slowly)
    page = open_page(java_script_enabled=False)
    sign_up(page, library.url)
    page.fill("textarea[name=text]", "판타지 추천해 주세요")
    page.click("form[data-ask] button[type=submit]")
    page.wait_for_selector("[data-state=done]")
    assert "그리고 끝 문장이 와요." in page.inner_text("[data-reply]")
    page.fill("textarea[name=text]", "그리고 추리도요")
    page.click("form[data-ask] button[type=submit]")
    page.wait_for_selector("[data-turn]:nth-child(2)[data-state=done]")


def test_the_reply_is_there_on_another_device(at_desk, model, open_page, library):
    model.says(slowly)
    ask(at_desk, "판타지 추천해 주세요")
    other = open_page(storage_state=at_desk.context.storage_state())
    other.goto(at_desk.url)
    expect(other.locator("[data-turn]")).to_have_attribute("data-state", "done")


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
def test_nothing_is_wider_than_the_screen(open_page, plain_library, width):
    page = open_page(viewport={"width": width, "height": 800})
    sign_up(page, plain_library.url)
    turn = ask(page, "I loved Mushoku Tensei. What next?")
    expect(turn).to_have_attribute("data-state", "done")
    for address in (page.url, f"{plain_library.url}/", f"{plain_library.url}/novels/", f"{plain_library.url}/users/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address


def test_what_stands_already_is_left_alone_while_more_is_written(at_desk, model):
    touched = threading.Event()

    def writes(request):
        first, second = slugs_offered(request)[:2]
        yield f"골라 봤어요.\n\n[[{first}]] 차분한 이야기예요.\n\n[[{second}]] 이것도"
        yield touched
        yield " 좋아요."

    model.says(writes)
    at_desk.set_viewport_size({"width": 390, "height": 844})  # cards beside each other wait for their row
    turn = ask(at_desk, "하렘 없는 판타지 추천해 주세요")
    expect(turn.locator("[data-novel]")).to_have_count(2)
    card = turn.locator("[data-novel]").first
    card.locator(".receipt summary").click()
    at_desk.evaluate("document.querySelector('[data-novel]').mine = document.querySelector('.understood').mine = true")
    card.locator(".marks button").nth(1).click()
    expect(card.locator(".marks button").nth(1)).to_have_attribute("aria-pressed", "true")
    touched.set()
    expect(turn).to_have_attribute("data-state", "done")
    expect(turn.locator(".card-reason").nth(1)).to_have_text("이것도 좋아요.")
    expect(card.locator(".marks button").nth(1)).to_have_attribute("aria-pressed", "true")
    expect(card.locator(".receipt")).to_have_attribute("open", "")
    assert at_desk.evaluate("document.querySelector('[data-novel]').mine && document.querySelector('.understood').mine")
    assert turn.locator("[data-kept]").count() == 0
    assert turn.locator(".card-plot").count() == 2


def test_what_an_edit_replaced_is_one_link_away_and_back(at_desk, model):
    expect(ask(at_desk, "판타지 추천해 주세요")).to_have_attribute("data-state", "done")
    expect(ask(at_desk, "더 밝은 걸로요")).to_have_attribute("data-state", "done")
    at_desk.locator("[data-edit]").first.click()
    at_desk.fill(".edit textarea", "추리 소설로 바꿀게요")
    at_desk.click(".edit button")
    expect(at_desk.locator(".ask-words")).to_have_text(["추리 소설로 바꿀게요"])
    at_desk.click(".ask-version a")
    expect(at_desk.locator(".ask-words")).to_have_text(["판타지 추천해 주세요", "더 밝은 걸로요"])
    assert at_desk.locator(".talk form, form[data-ask]").count() == 0
    at_desk.click(".version-note a")
    expect(at_desk.locator(".ask-words")).to_have_text(["추리 소설로 바꿀게요"])


def test_a_wide_table_scrolls_by_itself_on_a_phone(at_desk, model):
    row = "| " + " | ".join(["아주 긴 이름을 가진 칸"] * 6) + " |"
    model.says(["골라 봤어요.\n\n" + "\n".join(f"> {line}" for line in (row, "|---" * 6 + "|", row))])
    at_desk.set_viewport_size({"width": 390, "height": 800})
    turn = ask(at_desk, "판타지 추천해 주세요")
    expect(turn).to_have_attribute("data-state", "done")
    assert turn.locator(".table").evaluate("table => table.scrollWidth > table.clientWidth")
    assert at_desk.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert turn.locator(".prose").first.evaluate("prose => prose.scrollWidth <= prose.clientWidth")
