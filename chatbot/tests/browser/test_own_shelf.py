"""A reader's own shelf, in a real browser: from the page of a work to stars, many at once, and back."""

import pytest
from playwright.sync_api import expect

from .conftest import ask, sign_up
from .test_accessibility import violations

pytestmark = pytest.mark.browser

SIZES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.mark.parametrize("size", SIZES)
def test_a_work_is_shelved_rated_moved_with_others_and_undone(open_page, plain_library, size):
    page = open_page(viewport=SIZES[size])
    url = plain_library.url
    sign_up(page, url)
    turn = ask(page, "판타지 추천해 주세요")
    expect(turn).to_have_attribute("data-state", "done")
    slugs = turn.locator("[data-novel]").evaluate_all("cards => cards.map(card => card.dataset.novel)")[:2]

    # In one press on the page of a work, the rarer states behind the three.
    page.goto(f"{url}/novels/{slugs[0]}/")
    page.locator(".work-marks .marks-more > summary").click()
    page.locator(".work-marks .marks-menu button[value=reading]").click()
    expect(page.locator(".work-marks .marks-more > summary")).to_have_class("mark on")
    page.goto(f"{url}/novels/{slugs[1]}/")
    page.click(f"#mark-{slugs[1]}-want")
    expect(page.locator(f"#mark-{slugs[1]}-want")).to_have_attribute("aria-pressed", "true")

    # Stars, volumes and a note.
    page.goto(f"{url}/users/shelf/")
    expect(page.locator(".own")).to_have_count(2)
    page.locator(".own", has=page.locator(f"a[href='/novels/{slugs[0]}/']")).locator(".own-edit").click()
    page.locator("input[name=rating][value='9']").check(force=True)
    page.fill("input[name=volumes_read]", "1")
    page.fill("textarea[name=note]", "비 오는 날에 읽기 좋음")
    assert violations(page) == []
    page.locator(".entry-form button.primary").click()
    expect(page.locator(".own-stars")).to_have_text("★ 4.5")
    expect(page.locator(".own-note")).to_have_text("비 오는 날에 읽기 좋음")
    page.goto(f"{url}/users/shelf/")
    assert violations(page) == []
    page.goto(f"{url}/users/taste/")
    expect(page.locator(".taste-source").first).to_contain_text("★ 4.5")

    # All at once, and back.
    page.goto(f"{url}/users/shelf/")
    page.locator("[data-check-all] input").check()
    page.select_option("select[name=do]", "state:hold")
    page.locator("#many button").click()
    expect(page.locator(".own[data-state=hold]")).to_have_count(2)
    page.locator(".own-undo button").click()
    expect(page.locator(".own[data-state=reading]")).to_have_count(1)
    expect(page.locator(".own[data-state=want]")).to_have_count(1)

    # One alone, without leaving the page, and back.
    one = page.locator(".own", has=page.locator(f"a[href='/novels/{slugs[0]}/']"))
    one.locator(".own-now").click()
    one.locator(".marks-menu button[value='']").click()
    page.locator(".own-gone button").click()
    expect(page.locator(".own-stars")).to_have_text("★ 4.5")
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]
