"""What was understood of an ask, as a reader sees it and takes it back."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import ask, sign_up

pytestmark = pytest.mark.browser

ISEKAI = "이세계물 추천해 주세요. 하렘은 빼고 짧은 걸로"


def chip(turn, part):
    return turn.locator(f'button[name=part][value="{part}"]')


def parts(turn):
    return turn.locator("button[name=part]").evaluate_all("buttons => buttons.map(button => button.value)")


def volumes(turn):
    """Volumes of each pick, as its card tells them."""
    return [int(re.search(r"(\d+)\s?권", card).group(1)) for card in turn.locator("[data-novel]").all_inner_texts()]


@pytest.fixture
def understood(open_page, plain_library):
    page = open_page()
    sign_up(page, plain_library.url)
    turn = ask(page, ISEKAI)
    expect(turn).to_have_attribute("data-state", "done")
    return page


def answered(page):
    turn = page.locator("[data-turn]").last
    expect(turn).to_have_attribute("data-state", "done")
    return turn


def test_taking_a_chip_back_asks_again_and_the_picks_obey(understood):
    turn = answered(understood)
    assert {"required:isekai", "unwanted:harem", "max_volumes:5"} <= set(parts(turn))
    assert max(volumes(turn)) <= 5
    first = turn.get_attribute("id")
    chip(turn, "max_volumes:5").click()
    expect(understood.locator(f"#{first}")).to_have_count(0)
    turn = answered(understood)
    assert "max_volumes:5" not in parts(turn)
    assert {"required:isekai", "unwanted:harem"} <= set(parts(turn))
    assert max(volumes(turn)) > 5


def test_many_chips_make_no_page_wider_than_the_phone(open_page, plain_library):
    page = open_page(viewport={"width": 390, "height": 844})
    sign_up(page, plain_library.url)
    turn = ask(page, "하렘 없고 완결난 밝은 판타지, 한국어판 있고 10권 이하로, 여주인공이면 좋고 고어는 빼고")
    expect(turn).to_have_attribute("data-state", "done")
    assert len(parts(turn)) > 4
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_what_was_inferred_looks_and_sounds_less_sure_than_what_was_said(understood):
    turn = answered(understood)
    guessed, said = chip(turn, "max_volumes:5"), chip(turn, "unwanted:harem")
    assert guessed.evaluate("button => getComputedStyle(button).borderTopStyle") == "dotted"
    assert said.evaluate("button => getComputedStyle(button).borderTopStyle") == "dashed"
    assert guessed.locator(".understood-doubt").inner_text() == "?"
    assert said.locator(".understood-doubt").count() == 0
    # Beside what it says and does, the one that was guessed says that it was.
    assert guessed.locator(".visually-hidden").count() == said.locator(".visually-hidden").count() + 1


def test_a_chip_is_taken_back_with_the_keyboard(understood):
    turn = answered(understood)
    first = turn.get_attribute("id")
    chip(turn, "unwanted:harem").focus()
    understood.keyboard.press("Enter")
    expect(understood.locator(f"#{first}")).to_have_count(0)
    assert "unwanted:harem" not in parts(answered(understood))


def test_a_chip_is_taken_back_without_javascript(open_page, plain_library):
    page = open_page(java_script_enabled=False)
    sign_up(page, plain_library.url)
    page.fill("form[data-ask] textarea[name=text]", ISEKAI)
    page.click("form[data-ask] button[type=submit]")
    turn = page.locator("[data-turn]").last
    for _ in range(20):
        if turn.get_attribute("data-state") == "done":
            break
        page.wait_for_timeout(500)
        page.reload()
    chip(turn, "max_volumes:5").click()
    for _ in range(20):
        if turn.get_attribute("data-state") == "done":
            break
        page.wait_for_timeout(500)
        page.reload()
    assert "required:isekai" in parts_without_javascript(page)
    assert "max_volumes:5" not in parts_without_javascript(page)


def parts_without_javascript(page):
    return re.findall(r'name="part" value="([^"]+)"', page.content())
