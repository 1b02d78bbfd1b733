"""An operator's way: from the queue to a correction, a replay beside it, and a case that tells when it is mended."""

import re

import pytest
from playwright.sync_api import expect

from chatbot.tests.upstream import recommends

from .conftest import Library, ask, log_in_operator, sign_up, with_operator

pytestmark = pytest.mark.browser
QUEUE = "/admin/chatbot/reviewitem/"


@pytest.fixture(scope="module")
def desk(tmp_path_factory, model):
    """A library with an operator of its own."""
    library = Library(tmp_path_factory.mktemp("desk"), OPENAI_BASE_URL=model.url, OPENAI_API_KEY="test-key")
    yield with_operator(library)
    library.close()


def test_from_the_queue_to_a_correction_to_a_regression(open_page, desk, model):
    library, manage = desk, desk.manage
    model.says(recommends)
    reader = open_page()
    sign_up(reader, library.url)
    turn = ask(reader, "하렘 없는 판타지 추천해 주세요")
    expect(turn).to_have_attribute("data-state", "done", timeout=90_000)
    turn.locator(".thumbs button[value=down]").click()
    expect(turn.locator(".thumbs button[aria-pressed=true]")).to_be_visible()

    page = open_page()
    log_in_operator(page, library.url, QUEUE)
    page.click(".watch button")  # the weightiest; why is asked once a session
    page.locator("input[name=why]").first.check()
    page.locator("input[name=why]").first.press("Enter")
    page.wait_for_url(re.compile(r"/reviewitem/\d+/change/"))
    page.fill("textarea[name=corrected]", "어떤 판타지를 좋아하세요? 밝은 쪽인가요, 어두운 쪽인가요?")

    page.click(".again > summary")
    page.check("input[name=books][value=then]")
    with page.context.expect_page() as opened:
        page.click(".again-form button")
    replay = opened.value
    expect(replay.locator(".compared-text")).to_have_count(2, timeout=60_000)
    expect(replay.locator(".replay")).to_contain_text("말씀하신 이야기를")

    # The first by key, as a Korean keyboard says it.
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'ㅛ', code: 'KeyY', bubbles: true}))")
    expect(page.locator("[data-criterion]").first.locator("input[value='1']")).to_be_checked()
    for criterion in page.locator("[data-criterion]").all()[1:]:
        criterion.locator("input[type=radio]").first.check()
    where = page.url
    page.click("button[value=submit]")
    page.wait_for_url("**/admin/chatbot/reviewitem/")  # nothing is left
    page.goto(where)
    page.click("form.case-of button")
    page.wait_for_url(re.compile(r"/regressioncase/\d+/change/"))
    expect(page.locator("select[name=offers]")).to_have_value("none")
    for _ in range(30):
        page.reload()
        if page.locator(".about .state.failed").count():
            break
        page.wait_for_timeout(1000)
    expect(page.locator(".went-wrong")).to_contain_text("책을 권해요")

    ran = manage("regressions")
    assert (ran.returncode, "0 of 1 cases" in ran.stdout) == (1, True), ran.stderr
    model.says(["어떤 판타지를 좋아하세요? 밝은 쪽이 좋을까요?"])
    ran = manage("regressions")
    assert (ran.returncode, "1 of 1 cases" in ran.stdout) == (0, True), ran.stderr
    model.says(recommends)
    page.reload()
    expect(page.locator(".about .state.done")).to_be_visible()
