"""The small card of a work spoken of, in a real browser."""

import pytest
from playwright.sync_api import expect

from .conftest import ask, sign_up
from .test_accessibility import violations

pytestmark = pytest.mark.browser

QUESTION = "오버로드 몇 권까지 나왔어?"


def told(page):
    turn = ask(page, QUESTION)
    expect(turn).to_have_attribute("data-state", "done")
    # The end of a reply moves the focus once it has settled; a reader presses later than that.
    page.wait_for_timeout(500)
    return turn.locator(".spoken")


def test_a_mark_is_set_where_it_is_pressed_and_keeps_the_focus(open_page, plain_library):
    page = open_page()
    sign_up(page, plain_library.url)
    first, second = told(page), told(page)
    button = second.locator("button[name=state]").first
    button.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()
    expect(first.locator("[aria-pressed=true]")).to_have_count(0)
    button.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "false")
    repeated = "all => all.map(one => one.id).filter((id, place, ids) => ids.indexOf(id) < place)"
    assert page.locator("[id]").evaluate_all(repeated) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_it_fits_and_axe_finds_nothing(open_page, plain_library, scheme, width):
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 900})
    sign_up(page, plain_library.url)
    card = told(page)
    expect(card).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    tops = card.locator("button[name=state]:visible").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().top)"
    )
    assert len(set(tops)) == 1
    assert violations(page) == []


def test_without_javascript_it_is_there_and_can_be_marked(open_page, plain_library):
    page = open_page(java_script_enabled=False)
    sign_up(page, plain_library.url)
    page.fill("form[data-ask] textarea[name=text]", QUESTION)
    page.click("form[data-ask] button[type=submit]")
    card = page.locator(".spoken")
    for _ in range(20):
        if card.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    card.locator("button[name=state]").first.click()
    expect(page.locator(".spoken button[name=state]").first).to_have_attribute("aria-pressed", "true")
