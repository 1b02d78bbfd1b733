"""What axe finds on every main page, and what it cannot: focus, the live region, pages that do not jump."""

import re
import threading

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from chatbot.tests.upstream import HTTP, recommends, slugs_offered

from .conftest import ask, sign_up

pytestmark = pytest.mark.browser


@pytest.fixture(params=["dark", "light"])
def scheme(request):
    return request.param


@pytest.fixture(params=[{"width": 1280, "height": 900}, {"width": 390, "height": 844}], ids=["wide", "phone"])
def viewport(request):
    return request.param


def violations(page):
    found = Axe().run(page).response["violations"]
    return [(page.url, one["id"], node["html"]) for one in found for node in one["nodes"]]


def writes_at_length(request):
    """A reply taller than a page: text, picks with reasons that arrive word by word, text."""
    for slug in slugs_offered(request)[:3]:
        for _ in range(12):
            yield "오래된 서가의 등불 아래에서 떠올린 이야기예요. "
            yield 0.04
        yield f"\n\n[[{slug}]] "
        for _ in range(6):
            yield "차분한 분위기가 잘 맞아요. "
            yield 0.08
        yield "\n\n"
    yield "더 밝은 쪽도 찾아볼까요?"


def test_pages_for_anyone_have_no_violation(open_page, library, scheme, viewport):
    page = open_page(color_scheme=scheme, viewport=viewport)
    found = []
    for path in ("/", "/accounts/signup/", "/accounts/login/", "/accounts/password/reset/", "/novels/?q=zzzz"):
        page.goto(library.url + path)
        found += violations(page)
    page.goto(f"{library.url}/novels/?tag=isekai&without=harem")
    page.locator(".shelf-filters > summary").click()
    for summary in page.locator(".shelf-tags > summary").all():
        summary.click()
    found += violations(page)
    page.goto(page.locator(".tile a").first.evaluate("link => link.href"))
    found += violations(page)
    page.goto(f"{library.url}/nothing-here/")
    found += violations(page)
    # The browser itself notes the missing page.
    open_page.complaints[:] = [line for line in open_page.complaints if "404" not in line]
    assert found == []


def test_the_reading_room_has_no_violation(open_page, library, model, scheme, viewport):
    page = open_page(color_scheme=scheme, viewport=viewport)
    sign_up(page, library.url)
    found = violations(page)
    model.says(recommends)
    turn = ask(page, "판타지 추천해 주세요")
    expect(turn).to_have_attribute("data-state", "done")
    turn.locator(".receipt summary").first.click()
    turn.locator(".card-plot summary").first.click()
    turn.locator(".card-menu > summary").first.click()
    turn.locator("[data-never] summary").first.click()
    found += violations(page)
    model.says(["『별을 삼킨 열세 번째 사서』를 추천해요."])
    expect(ask(page, "하나 더요").locator("[data-unverified]")).to_be_visible()
    found += violations(page)
    model.says([HTTP(401, {"error": {"message": "no", "code": "invalid_api_key"}})])
    expect(ask(page, "하나 더요")).to_have_attribute("data-state", "failed")
    found += violations(page)
    model.says([1.0, "조금 ", 60.0])
    turn = ask(page, "하나 더요")
    found += violations(page)
    expect(turn.locator("[data-reply]")).to_contain_text("조금")
    found += violations(page)
    turn.locator("[data-stop]").click()
    expect(turn).to_have_attribute("data-state", "stopped")
    found += violations(page)
    turn.locator("[data-edit]").click()
    page.locator(".desk-head .menu summary").click()
    found += violations(page)
    conversation = re.match(r".*/conversations/\d+/", page.url)[0]
    for address in (f"{conversation}rename/", library.url, f"{library.url}/users/", f"{library.url}/users/delete/"):
        page.goto(address)
        found += violations(page)
    assert found == []


def test_nothing_moves_while_a_reply_is_written(open_page, library, model, viewport):
    page = open_page(viewport=viewport)
    sign_up(page, library.url)
    model.says(recommends)
    expect(ask(page, "판타지 추천해 주세요")).to_have_attribute("data-state", "done")
    page.evaluate("""() => {
        window.moved = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.moved += entry.value; }))
            .observe({ type: "layout-shift" });
        window.spoken = [];
        const live = document.getElementById("live");
        new MutationObserver(() => window.spoken.push(live.textContent)).observe(live, { childList: true });
    }""")
    covers = []
    page.on("request", lambda request: covers.append(request.url) if "cover" in request.url else None)
    model.says(writes_at_length)
    turn = ask(page, "추리 소설 추천해 주세요")
    page.keyboard.type("다음에 물을 말", delay=40)
    expect(turn).to_have_attribute("data-state", "done", timeout=30_000)
    page.wait_for_timeout(300)
    assert page.evaluate("window.moved") < 0.001
    assert len(covers) == len(set(covers))
    assert page.input_value("textarea[name=text]") == "다음에 물을 말"
    spoken = page.evaluate("window.spoken")
    assert len(spoken) == len(set(spoken))
    assert spoken[-1] == "답장이 도착했어요."


def test_the_keyboard_stays_with_the_turn(at_desk, model, viewport):
    at_desk.set_viewport_size(viewport)
    focused = at_desk.locator(":focus")
    model.says(["여기까지만 ", 60.0])
    turn = ask(at_desk, "판타지 추천해 주세요")
    expect(turn.locator("[data-reply]")).to_contain_text("여기까지만")
    turn.locator("[data-stop]").press("Enter")
    expect(focused).to_have_attribute("data-retry", "")
    seen = threading.Event()
    model.says([seen, "이번에는 끝까지."])
    focused.press("Enter")
    expect(focused).to_have_attribute("data-stop", "")
    seen.set()
    expect(focused).to_have_attribute("data-edit", "")  # the reply came to its end under the reader's finger
    focused.press("Enter")
    expect(focused).to_have_attribute("name", "text")
    at_desk.locator(".edit a.button").press("Enter")
    expect(focused).to_have_attribute("data-edit", "")
    expect(at_desk.locator(".edit")).to_have_count(0)
    menu = at_desk.locator(".desk-head details.menu")
    menu.locator("summary").press("Enter")
    expect(menu).to_have_attribute("open", "")
    at_desk.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()
