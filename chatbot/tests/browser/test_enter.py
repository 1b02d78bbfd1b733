"""One press of Enter sends, once and whole, in whatever order a platform tells of it; kana and pinyin are never sent in
the middle. The composition is Chromium's own, begun and ended as an input method does it (`Input.imeSetComposition`)."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import ask, sign_up

pytestmark = pytest.mark.browser

BOX = "form[data-ask] textarea[name=text]"
PROCESS = {"windowsVirtualKeyCode": 229, "key": "Process", "code": "Enter"}
ENTER = {"windowsVirtualKeyCode": 13, "key": "Enter", "code": "Enter"}
# What a press of Enter is while something is composed. `process`: keydown 229; `end`: the composition ends; `down`: keydown
# 13; `break`: the line break of such a keydown; `up`: keyup; `wait`: a moment, in which a page may have sent already.
ORDERS = {
    "windows": "process end up",
    "windows, with a line break": "process end break up",
    "windows, slowly": "process wait end wait break wait up",
    "macos": "process end down break up",
    "macos, slowly": "process wait end wait down break wait up",
    "safari": "end process up",
    "safari, with a second keydown": "end process down break up",
    "the key is up before the end": "process up wait end",
    "linux": "end down break up",
    "no key is told up": "process end",
    "the press repeats": "process end down break down break up",
}


class Keyboard:
    """An input method and the Enter key, on the wire of Chromium's debugger."""

    def __init__(self, page):
        self.page, self.wire = page, page.context.new_cdp_session(page)

    def compose(self, *steps):
        """The letters under composition, as they grow."""
        for letters in steps:
            self.wire.send(
                "Input.imeSetComposition",
                {"text": letters, "selectionStart": len(letters), "selectionEnd": len(letters)},
            )

    def press(self, order, letters):
        """Press Enter in that `order`; the composition ends as `letters`."""
        for step in order.split():
            if step == "end":
                self.wire.send("Input.insertText", {"text": letters})
            elif step == "wait":
                self.page.wait_for_timeout(120)
            elif step == "break":
                self.wire.send(
                    "Input.dispatchKeyEvent", {"type": "char", **ENTER, "text": "\r", "unmodifiedText": "\r"}
                )
            else:
                key = PROCESS if step == "process" else ENTER
                self.wire.send("Input.dispatchKeyEvent", {"type": "keyUp" if step == "up" else "rawKeyDown", **key})


@pytest.fixture
def talk(open_page, plain_library):
    """A guest's page with a conversation whose first turn has ended; `talk.sent` holds what was posted since."""
    page = open_page()
    page.goto(plain_library.url)
    expect(ask(page, "판타지 추천해 주세요")).to_have_attribute("data-state", "done")
    page.sent = []
    page.on("request", lambda request: page.sent.append(request.url) if request.method == "POST" else None)
    page.focus(BOX)
    return page


def asked(page):
    return page.locator(".ask-words").all_inner_texts()[1:]


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS.keys())
def test_one_press_sends_hangul_once_and_whole(talk, order):
    talk.keyboard.insert_text("조용한 이야")
    keyboard = Keyboard(talk)
    keyboard.compose("ㄱ", "기")
    keyboard.press(order, "기")
    expect(talk.locator(".ask-words")).to_have_count(2)
    talk.wait_for_timeout(400)
    assert asked(talk) == ["조용한 이야기"]
    assert len([url for url in talk.sent if url.endswith("/ask/")]) == 1
    expect(talk.locator(BOX)).to_have_value("")
    talk.reload()
    assert asked(talk) == ["조용한 이야기"]


@pytest.mark.parametrize("order", [one for one in ORDERS.values() if "process" in one])
@pytest.mark.parametrize(
    ("steps", "chosen"),
    [(["s", "し", "しz", "しず", "しずか"], "静か"), (["し", "しずか"], "しずか"), (["n", "ni", "nihao"], "你好")],
    ids=["kana to kanji", "kana as it is", "pinyin"],
)
def test_kana_and_pinyin_are_not_sent_by_the_enter_that_chooses(talk, order, steps, chosen):
    keyboard = Keyboard(talk)
    keyboard.compose(*steps)
    keyboard.press(order, chosen)
    talk.wait_for_timeout(250)
    assert talk.sent == []
    assert talk.input_value(BOX) == chosen
    keyboard.press("up", "")
    keyboard.press("down break up", "")
    expect(talk.locator(".ask-words")).to_have_count(2)
    assert asked(talk) == [chosen]


def test_a_hanja_that_is_chosen_by_enter_is_not_sent(talk):
    keyboard = Keyboard(talk)
    keyboard.compose("ㅎ", "한")
    keyboard.press("process end up", "韓")
    talk.wait_for_timeout(250)
    assert (talk.sent, talk.input_value(BOX)) == ([], "韓")


def test_a_syllable_that_ends_otherwise_is_not_sent(talk):
    keyboard = Keyboard(talk)
    keyboard.compose("ㄱ", "가")
    keyboard.press("end", "가")
    keyboard.compose("나")
    talk.keyboard.press("ArrowLeft")
    talk.wait_for_timeout(250)
    assert talk.sent == []


def test_shift_and_enter_break_the_line_after_hangul_too(talk):
    keyboard = Keyboard(talk)
    keyboard.compose("한")
    keyboard.press("end", "한")
    talk.keyboard.press("Shift+Enter")
    talk.keyboard.insert_text("줄")
    assert talk.input_value(BOX) == "한\n줄"
    assert talk.sent == []
    talk.keyboard.press("Enter")
    expect(talk.locator(".ask-words")).to_have_count(2)


def test_enter_twice_sends_once(talk):
    talk.keyboard.insert_text("추리도요")
    talk.keyboard.press("Enter")
    talk.keyboard.press("Enter")
    expect(talk.locator(BOX)).to_have_value("")
    talk.wait_for_timeout(300)
    assert asked(talk) == ["추리도요"]
    assert len(talk.sent) == 1


def test_the_next_ask_goes_out_by_the_next_press(talk):
    keyboard = Keyboard(talk)
    for number, word in enumerate(["하나", "둘"], start=2):
        keyboard.compose(word)
        keyboard.press("process end down break up", word)
        expect(talk.locator(".ask-words")).to_have_count(number)
        expect(talk.locator(BOX)).to_have_value("")
    assert asked(talk) == ["하나", "둘"]


@pytest.mark.parametrize("who", ["a stranger", "a new reader", "a reader"])
def test_enter_sends_a_first_ask(open_page, plain_library, who):
    page = open_page()
    if who == "a stranger":
        page.goto(plain_library.url)
    else:
        sign_up(page, plain_library.url)
    if who == "a reader":
        expect(ask(page, "추리")).to_have_attribute("data-state", "done")
        page.goto(plain_library.url)
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.focus(BOX)
    page.keyboard.insert_text("하렘 없는 이세계")
    keyboard = Keyboard(page)
    keyboard.compose("물")
    keyboard.press("process end down break up", "물")
    page.wait_for_url(re.compile(r"/conversations/\d+/"))
    expect(page.locator(".ask-words")).to_have_text(["하렘 없는 이세계물"])
    assert [url for url in sent if url.endswith("/conversations/")] == [f"{plain_library.url}/conversations/"]
