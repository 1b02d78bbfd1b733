"""What a reader does with cards and with their taste, in a real browser."""

import re
import threading

import pytest
from playwright.sync_api import expect

from chatbot.tests.upstream import slugs_offered

from .conftest import ask, sign_up

pytestmark = pytest.mark.browser


def done(turn):
    expect(turn).to_have_attribute("data-state", "done")
    return turn


def test_what_is_said_for_good_is_told_undone_and_shown(open_page, plain_library):
    page = open_page()
    sign_up(page, plain_library.url)
    turn = done(ask(page, "다시는 하렘 추천하지 마. 판타지 추천해 주세요."))
    lesson = turn.locator("[data-lesson]")
    lesson.locator("button[value=forget]").click()
    expect(lesson.locator("button[value=restore]")).to_be_visible()
    lesson.locator("button[value=restore]").click()
    expect(lesson.locator("button[value=forget]")).to_be_visible()
    page.goto(f"{plain_library.url}/users/taste/")
    expect(page.locator("[data-line]")).to_have_count(1)
    expect(page.locator("[data-line] .taste-quote")).to_contain_text("다시는 하렘 추천하지 마.")
    page.locator("[data-line] .taste-source a").click()
    page.wait_for_selector("[data-turn]")


def test_card_actions_each_take_effect_on_the_next_ask(open_page, plain_library):
    page = open_page()
    sign_up(page, plain_library.url)
    turn = done(ask(page, "판타지 추천해 주세요"))
    cards = turn.locator("[data-novel]")
    slugs = [cards.nth(place).get_attribute("data-novel") for place in range(3)]
    for place, state in enumerate(("read", "want", "not")):
        # By the place of the button: pressed, its value is empty, to take the mark back.
        button = page.locator(f"#mark-{slugs[place]}-{state}")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
    later = done(ask(page, "판타지 더 추천해 주세요"))
    offered = later.locator("[data-novel]").evaluate_all("cards => cards.map(card => card.dataset.novel)")
    assert offered
    assert not set(offered) & set(slugs)
    for state in ("read", "want", "not"):
        page.goto(f"{plain_library.url}/users/shelf/?state={state}")
        expect(page.locator(".own-shelf li")).to_have_count(1)


def test_never_again_from_a_card_holds_though_it_is_asked_for(open_page, plain_library):
    page = open_page()
    sign_up(page, plain_library.url)
    turn = done(ask(page, "이세계 추천해 주세요"))
    card = turn.locator("[data-novel]").first
    card.locator(".card-menu > summary").click()
    card.locator("[data-never] summary").click()
    card.locator("[data-never] button[value='tag:isekai']").click()
    expect(card.locator("[data-lesson]")).to_be_visible()
    later = done(ask(page, "이세계 더 추천해 주세요"))
    expect(later.locator("[data-refusals]")).to_contain_text("이세계")
    tags = later.locator("[data-novel] .card-tags").all_text_contents()
    assert tags
    assert not any("이세계" in re.findall(r"[^\s·]+", line) for line in tags)
    page.goto(f"{plain_library.url}/users/taste/")
    expect(page.locator("section[data-kind=never] [data-line]")).to_have_count(1)


def test_a_model_that_insists_is_struck_out_while_it_writes(at_desk, model, library):
    at_desk.goto(f"{library.url}/novels/overlord/")
    at_desk.locator("[data-never] summary").click()
    at_desk.locator("[data-never] button[value='work:overlord']").click()
    at_desk.wait_for_selector("[data-lesson]")
    at_desk.goto(f"{library.url}/")

    seen = threading.Event()

    def insists(request):
        yield f"[[{slugs_offered(request)[0]}]] 좋아요.\n\n역시 오버로드가 최고예요. 『오버"
        yield seen
        yield "로드』, [[over"
        yield "lord]] 읽어 보세요.\n\n[[overlord]] 이 책이에요."

    model.says(insists)
    turn = ask(at_desk, "판타지 추천해 주세요")
    expect(turn.locator("[data-refused]").first).to_contain_text("오버로드")
    assert turn.get_attribute("data-state") == "running"
    seen.set()
    done(turn)
    expect(turn.locator("[data-refused]")).to_have_count(4)
    assert turn.locator("[data-novel=overlord], a[href='/novels/overlord/']").count() == 0


def test_the_taste_page_searches_adds_corrects_pauses_and_forgets(open_page, plain_library):
    page = open_page()
    sign_up(page, plain_library.url)
    page.goto(f"{plain_library.url}/users/taste/")
    expect(page.locator(".taste-empty")).to_be_visible()
    page.fill("#taste-q", "하렘")
    page.locator(".taste-found button[value=dislike]").first.click()
    line = page.locator("[data-line]")
    expect(line).to_have_count(1)
    line.locator(".taste-correct summary").click()
    line.locator("select").select_option("never")
    line.locator(".taste-correct button").click()
    expect(page.locator("section[data-kind=never] [data-line]")).to_have_count(1)
    line.locator("button[value=pause]").click()
    expect(line).to_have_class("taste-line paused")
    line.locator("button[value=resume]").click()
    line.locator("button[value=forget]").click()
    line.locator("button[value=restore]").click()
    expect(line.locator("button[value=forget]")).to_be_visible()
    page.locator(".taste-all button").click()
    expect(page.locator(".taste-all.off")).to_be_visible()


def test_the_taste_page_works_without_javascript(open_page, plain_library):
    page = open_page(java_script_enabled=False)
    sign_up(page, plain_library.url)
    page.goto(f"{plain_library.url}/users/taste/")
    page.fill("#taste-q", "overlord")
    page.click(".taste-search button")
    page.locator(".taste-found li", has_text="오버로드").first.locator("input[name=volume]").fill("7")
    page.locator(".taste-found li", has_text="오버로드").first.locator(".taste-read button").click()
    line = page.locator("[data-line]")
    expect(line).to_contain_text("7")
    line.locator("button[value=forget]").click()
    expect(page.locator("[data-line]")).to_have_count(0)
    page.locator(".undo button").click()
    expect(page.locator("[data-line]")).to_have_count(1)


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_taste_page_is_no_wider_than_the_screen(open_page, plain_library, width):
    page = open_page(viewport={"width": width, "height": 800})
    sign_up(page, plain_library.url)
    done(ask(page, "난 하렘 싫어해. 오버로드 7권까지 읽었어. 일본어는 N3 정도야."))
    page.goto(f"{plain_library.url}/users/taste/?q=소드")
    assert page.locator("[data-line]").count() == 3
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
