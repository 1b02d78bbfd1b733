"""Cards and the shelf of every work leave room: what is seen at once, what is folded, and that nothing is lost by it."""

import pytest
from playwright.sync_api import expect

from chatbot.tests.upstream import slugs_offered

from .conftest import ask, sign_up

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
GENTLE = "한국어판이 있는 다정하고 완결된 일상물, 10권 이하로 추천해 주세요"  # whose cards bear no warning
WIDE = {"width": 1280, "height": 900}


def answered(page, library, text="하렘 말고 완결된 이세계 판타지, 10권 이하로 추천해 주세요"):
    sign_up(page, library.url)
    turn = ask(page, text)
    expect(turn).to_have_attribute("data-state", "done")
    return turn


def tops(turn, part):
    return turn.locator(f".card {part}").evaluate_all(
        "all => all.map(one => Math.round(one.getBoundingClientRect().top))"
    )


def test_two_cards_stand_on_the_first_screen_of_a_phone(open_page, plain_library):
    page = open_page(viewport=PHONE, has_touch=True)
    turn = answered(page, plain_library, GENTLE)
    floor = page.locator(".composer-box").bounding_box()["y"]
    assert turn.locator(".ask").bounding_box()["y"] > 0
    first, second = (turn.locator(".card").nth(number) for number in (0, 1))
    box = first.locator(".card-foot").bounding_box()
    assert box["y"] + box["height"] < floor
    for part in (".card-cover", ".card-title", ".card-facts"):
        box = second.locator(part).bounding_box()
        assert box["y"] + box["height"] < floor, part
    assert second.locator(".card-reason").bounding_box()["y"] + 40 < floor


def test_cards_beside_each_other_are_level_part_by_part(open_page, plain_library):
    turn = answered(open_page(viewport=WIDE), plain_library)
    assert turn.locator(".card").count() == 3
    for part in (".card-title", ".card-reason", ".card-plot", ".card-foot", ".receipt", ".card-marks"):
        found = tops(turn, part)
        assert found == [found[0]] * 3, part
    heights = turn.locator(".card").evaluate_all("all => all.map(one => one.offsetHeight)")
    assert len(set(heights)) == 1


def test_nothing_moves_while_cards_beside_each_other_are_written(at_desk, model):
    at_desk.set_viewport_size(WIDE)

    def writes(request):
        yield "골라 봤어요.\n\n"
        for number, slug in enumerate(slugs_offered(request)[:3], 1):
            yield f"[[{slug}]] "
            for _ in range(number * 3):
                yield "차분한 이야기를 찾으셨으니 이 책이 맞아요. "
                yield 0.15
            yield "\n\n"

    model.says(["무엇을 찾으세요?"])
    expect(ask(at_desk, "안녕하세요")).to_have_attribute("data-state", "done")
    model.says(writes)
    at_desk.evaluate("""() => {
        window.moved = [];
        new PerformanceObserver((list) => window.moved.push(...list.getEntries().map((entry) => entry.value)))
            .observe({ type: "layout-shift" });
    }""")
    turn = ask(at_desk, "추리 소설 추천해 주세요")
    expect(turn).to_have_attribute("data-state", "done")
    at_desk.wait_for_timeout(300)
    assert sum(at_desk.evaluate("window.moved")) < 0.001
    assert len(set(tops(turn, ".card-foot"))) == 1


def test_what_is_folded_is_all_there(open_page, plain_library):
    page = open_page(viewport=PHONE)
    card = answered(page, plain_library).locator(".card:has(details.card-plot)").first
    expect(card.locator(".card-tags")).to_be_hidden()
    card.locator(".card-plot > summary").click()
    expect(card.locator(".card-plot > p")).to_be_visible()
    expect(card.locator(".card-tags")).to_be_visible()
    for one in card.locator(".card-title, .card-original, .card-facts").all():
        assert one.evaluate("one => one.scrollHeight <= one.clientHeight + 1"), one.inner_text()
    assert card.locator(".card-plot > summary").evaluate("one => one.scrollWidth <= one.clientWidth")
    card.locator(".receipt > summary").click()
    expect(card.locator(".receipt .unbreached").last).to_be_visible()
    told = card.locator(".card-plot").text_content().split()
    page.goto(card.locator(".card-title a").evaluate("link => link.href"))
    assert page.locator(".work-synopsis").text_content().split() == told


def test_icons_say_what_they_do_and_are_as_large_as_a_finger(open_page, plain_library):
    page = open_page(viewport=PHONE)
    card = answered(page, plain_library).locator(".card:has(details.card-plot)").first
    for summary in card.locator(".card-plot > summary, .receipt > summary").all():
        assert summary.bounding_box()["height"] >= 44
    marks = card.locator(".card-marks")
    buttons = marks.locator(".marks > .mark, .card-menu > .mark")
    assert buttons.count() == 4
    for button in buttons.all():
        box = button.bounding_box()
        assert (box["width"], box["height"]) >= (44, 44)
        words = button.locator(".mark-words")
        assert len(words.text_content().strip()) > 1
        expect(words).to_have_css("opacity", "0")
        button.focus()
        expect(words).to_have_css("opacity", "1")
        left = words.bounding_box()
        assert left["x"] >= 0
        assert left["x"] + left["width"] <= PHONE["width"]
    marks.locator(".marks > .mark").nth(1).click()
    expect(marks.locator(".marks > .mark").nth(1)).to_have_attribute("aria-pressed", "true")
    expect(marks.locator(".marks > .mark").nth(1).locator(".mark-words")).to_have_css("opacity", "1")


def test_the_menu_of_a_card_asks_for_more_and_closes(open_page, plain_library):
    page = open_page(viewport=PHONE)
    turn = answered(page, plain_library)
    menu = turn.locator(".card-menu").first
    menu.locator("summary").first.click()
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    menu.locator("summary").first.click()
    menu.locator("button[name=novel]").click()
    expect(page.locator("[data-turn]")).to_have_count(2)
    expect(menu).not_to_have_attribute("open", "")


def test_the_rarer_states_stand_in_the_menu_of_the_card(open_page, plain_library):
    page = open_page(viewport=PHONE)
    card = answered(page, plain_library).locator(".card").first
    assert card.locator("details.menu").count() == 1
    card.locator(".card-menu > summary").click()
    card.locator(".card-menu button[value=reading]").click()
    expect(card.locator(".card-menu > summary")).to_have_class("mark on")
    expect(card.locator(".card-menu")).not_to_have_attribute("open", "")
    card.locator(".marks > .mark").first.click()
    expect(card.locator(".marks > .mark").first).to_have_attribute("aria-pressed", "true")
    expect(card.locator(".card-menu > summary")).to_have_class("mark")
    card.locator(".marks > .mark").first.click()
    card.locator(".marks-undo button").click()
    expect(card.locator(".marks > .mark").first).to_have_attribute("aria-pressed", "true")
    expect(card.locator(".card-menu button[name=novel]")).to_have_count(1)


def test_cards_and_their_menus_work_without_javascript(open_page, plain_library):
    page = open_page(viewport=PHONE)
    answered(page, plain_library)
    plain = open_page(viewport=PHONE, java_script_enabled=False, storage_state=page.context.storage_state())
    plain.goto(page.url)
    card = plain.locator(".card").first
    slug = card.get_attribute("data-novel")
    card.locator(".card-menu > summary").click()
    card.locator("[data-never] > summary").click()
    card.locator(f"button[value='work:{slug}']").click()
    expect(plain.locator(".messages")).to_be_visible()
    plain.locator(".card .marks button").nth(1).click()
    expect(plain.locator(".card .marks button").nth(1)).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("java_script", [True, False])
def test_books_come_first_and_filters_are_one_press_away(open_page, plain_library, java_script):
    page = open_page(viewport=PHONE, java_script_enabled=java_script)
    page.goto(f"{plain_library.url}/novels/")
    title = page.locator(".tile-title").first.bounding_box()
    assert title["y"] + title["height"] < PHONE["height"]
    expect(page.locator(".shelf-panel")).to_be_hidden()
    page.locator(".shelf-filters > summary").click()
    page.check("input[name=anime]")
    if not java_script:
        page.locator(".shelf-panel button").click()
    expect(page.locator("#filter-tally")).to_have_text("1")
    expect(page.locator(".chosen-one")).to_have_count(1)
    assert "anime=on" in page.url
    page.locator(".chosen-one").click()
    expect(page.locator(".chosen-one")).to_have_count(0)
    expect(page.locator("#filter-tally")).to_be_hidden()


def test_at_the_foot_of_the_screen_a_menu_opens_above_the_ask_box(open_page, plain_library):
    for viewport in (PHONE, WIDE):
        page = open_page(viewport=viewport)
        turn = answered(page, plain_library, GENTLE)
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        menu = turn.locator(".card-menu").last
        menu.locator("> summary").click()
        expect(menu).to_have_class("menu card-menu above")
        box, header = menu.locator(".menu-list").bounding_box(), page.locator(".desk-head").bounding_box()
        assert box["y"] >= header["y"] + header["height"]
        assert box["y"] + box["height"] <= menu.locator("> summary").bounding_box()["y"] + 1


def test_what_a_thumb_down_asks_stands_above_the_ask_box(open_page, plain_library):
    page = open_page(viewport=PHONE)
    turn = answered(page, plain_library)
    turn.locator("button[name=thumb][value=down]").click()
    asked = turn.locator(".missed form button")
    expect(asked).to_be_in_viewport(ratio=1)
    box = asked.bounding_box()
    assert box["y"] + box["height"] <= page.locator(".composer-box").bounding_box()["y"]
