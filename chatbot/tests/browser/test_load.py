"""What a page costs: its bytes when it is opened for the first time, and its requests while it waits."""

import pytest
from playwright.sync_api import expect

from chatbot.tests.upstream import recommends

from .conftest import ask, sign_up

pytestmark = pytest.mark.browser

MOST = 60_000  # bytes, headers and all


def transferred(open_page, address, **options):
    """Bytes of everything a browser with an empty cache fetches to show `address`, by the addresses it fetched."""
    page = open_page(**options)
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    urls, sizes = {}, {}
    network.on("Network.requestWillBeSent", lambda event: urls.update({event["requestId"]: event["request"]["url"]}))
    network.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    page.goto(address, wait_until="networkidle")
    return {urls[key]: size for key, size in sizes.items()}


def test_the_chat_is_under_60_kilobytes_when_first_opened(open_page, library, model):
    model.says(recommends)
    page = open_page()
    sign_up(page, library.url)
    home = page.url
    expect(ask(page, "판타지 추천해 주세요")).to_have_attribute("data-state", "done")
    cookies = page.context.storage_state()
    for address in (home, page.url):
        sizes = transferred(open_page, address, storage_state=cookies)
        assert len(sizes) > 8, sizes  # the style sheets and scripts, too
        assert all(url.startswith(library.url) for url in sizes)
        assert sum(sizes.values()) < MOST, sizes


def test_a_page_that_waits_asks_seldom(at_desk, model):
    model.says(["조금 ", 3.0, "더 썼어요."])
    polls = []
    at_desk.on("request", lambda request: polls.append(request.url) if "/turns/" in request.url else None)
    turn = ask(at_desk, "판타지 추천해 주세요")
    expect(turn.locator("[data-reply]")).to_contain_text("더 썼어요.")
    expect(turn).to_have_attribute("data-state", "done")
    # Taken up, the first text, the second, the end, and one that came between two of them; one that is held through
    # all of it where the first text stood there when the page was opened.
    assert 1 <= len(polls) <= 6, polls


def test_waiting_tabs_leave_a_connection_to_ask_with(at_desk, open_page, model):
    """A browser opens six connections to a server: the polls of waiting pages must not take them all for long."""
    model.says(["조금 ", 20.0, "더 썼어요."])
    ask(at_desk, "판타지 추천해 주세요")
    for _ in range(6):
        page = at_desk.context.new_page()
        page.goto(at_desk.url)
        expect(page.locator("[data-reply]")).to_contain_text("조금")
    last = at_desk.context.new_page()
    last.goto(at_desk.url, timeout=8_000)
    last.locator("[data-stop]").click()
    expect(last.locator("[data-turn]")).to_have_attribute("data-state", "stopped", timeout=8_000)
