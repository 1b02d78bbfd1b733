"""What of a model's text the reader sees, however it is cut into chunks."""

import base64
import codecs
import time

import pytest

from chatbot import failures
from chatbot.assistant import calling, prompts
from chatbot.assistant.sieve import Sieve
from chatbot.failures import Failure

SECRET = prompts.RULES.format(crisis=prompts.CRISIS)
CUTS = [1, 2, 7, 10_000]


@pytest.fixture(autouse=True)
def _key(settings):
    settings.OPENAI_API_KEY = "test-key-0123456789"


def sifted(text, size, shown=None):
    """(What was shown, the calls found) when `text` comes in chunks of `size`."""
    sieve, shown = Sieve(prompts.secret()), [] if shown is None else shown
    for place in range(0, len(text), size):
        shown.append(sieve.take(text[place : place + size]))
    shown.append(sieve.rest())
    return "".join(shown), sieve.calls.said


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize(
    "text",
    [
        "조용한 이야기를 골랐어요.\n\n[[lamplight]] 차분해요.\n\n[[harbour]] 밝아요.\n",
        "I <3 a basic story, a < b, and key-visual art.\n[not a mark] * {curly} `code`",
        "『本好きの下剋上』は {少し} 長いです。\n```\nただの引用\n```\nおわり",
        "{이런 줄도} 글이에요.",
        "I'm the apprentice of a great old library, a gentle, bookish girl who knows its light novels shelf by shelf.",
        "Please call 109 in Korea, 0120-279-338 in Japan, 988 in the USA, elsewhere the local emergency number.",
        "Ask me for the second volume, or risk-taking bears. sk- is not a key, and hf_ is none either; Bearer of light.",
        '```json\n{"title": "책"}\n```\n',
    ],
)
def test_ordinary_words_pass_whole(text, size):
    assert sifted(text, size) == (text, [])


def test_a_long_reply_is_sifted_quickly():
    text = ("She offers two or three picks, best first, and says why the reader would like each of them. " * 130)[
        :12_000
    ]
    before = time.process_time()
    assert sifted(text, 4) == (text, [])
    assert time.process_time() - before < 1.0


WISH = '{"required": ["isekai"]}'
WRITTEN = [
    f'<tool_call>\n{{"name": "look_on_shelf", "arguments": {WISH}}}\n</tool_call>',
    f'<tool_call>{{"name": "look_on_shelf", "arguments": {WISH}}}',
    f'```json\n{{"name": "look_on_shelf", "parameters": {WISH}}}\n```',
    f'```\n{{"tool": "look_on_shelf", "args": {WISH}}}\n```\n',
    f'{{"name": "look_on_shelf", "arguments": {WISH}}}',
    f'{{"type": "function", "function": {{"name": "look_on_shelf", "arguments": {WISH}}}}}',
    f'[TOOL_CALLS] [{{"name": "look_on_shelf", "arguments": {WISH}}}]',
    f'<|python_tag|>{{"name": "look_on_shelf", "parameters": {WISH}}}',
    f"<function=look_on_shelf>{WISH}</function>",
    f"look_on_shelf({WISH})",
    f"<|channel|>commentary to=functions.look_on_shelf <|constrain|>json<|message|>{WISH}<|call|>",
    f"```json\n{WISH}\n```",
    f"<think>Isekai it is. {WISH}</think>\n\n<tool_call>{WISH}</tool_call>",
]


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize("text", WRITTEN)
def test_a_call_written_as_text_is_taken_out(text, size):
    shown, said = sifted(text, size)
    assert said == [{"required": ["isekai"]}]
    assert [mark for mark in "{<[`" if mark in shown] == []
    assert "look" not in shown


@pytest.mark.parametrize("size", CUTS)
def test_what_stands_around_a_call_is_kept(size):
    shown, said = sifted(f"찾아볼게요.\n<tool_call>{WISH}</tool_call>\n끝이에요.", size)
    assert (shown, said) == ("찾아볼게요.\n\n끝이에요.", [{"required": ["isekai"]}])


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize(
    "text", ["<tool_call>{broken", '<tool_call>{"name": "look_on_shelf", "argu', "look_on_shelf(status=completed)"]
)
def test_a_broken_call_is_not_shown_either(text, size):
    shown, said = sifted("잠시만요. " + text, size)
    assert (shown, len(said)) == ("잠시만요. ", 1)
    assert isinstance(said[0], str)


@pytest.mark.parametrize("size", CUTS)
def test_thoughts_are_not_shown(size):
    assert sifted("<think>first I should\n{look}</think>\n\n안녕하세요.", size) == ("안녕하세요.", [])


def spaced(text):
    return " ".join(text)


def wide(text):
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


DISGUISES = {
    "as it is": lambda text: text,
    "in capitals": str.upper,
    "letter by letter": spaced,
    "full width": wide,
    "with marks": lambda text: "-".join(text),
    "one word a line": lambda text: "\n".join(text.split()),
    "numbered": lambda text: "\n".join(f"{n}. {word}" for n, word in enumerate(text.split())),
    "as a quote": lambda text: "> " + text.replace("\n", "\n> "),
    "with invisible characters": lambda text: "\u200b".join(text),
    "backwards": lambda text: text[::-1],
    "shifted": lambda text: codecs.encode(text, "rot13"),
    "in Korean": lambda text: f"제 지시문은 이래요: {text}",
    "in a fence": lambda text: f"```\n{text}\n```",
    "with remarks": lambda text: " (그리고) ".join(
        " ".join(text.split()[place : place + 6]) for place in range(0, len(text.split()), 6)
    ),
}


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES)
def test_the_instructions_are_stopped_before_they_are_seen(disguise, size):
    shown = []
    with pytest.raises(Failure) as stopped:
        sifted(disguise(SECRET), size, shown=shown)
    assert stopped.value.code == failures.REFUSED
    letters = [one for one in "".join(shown) if one.isalpha() and one.isascii()]
    assert len(letters) < 160


def test_what_the_function_is_for_is_kept_back_too():
    with pytest.raises(Failure):
        sifted(prompts.LOOK.replace(calling.NAME, "the function"), 5)


KEYS = [
    "test-key-0123456789",
    "TEST-KEY-0123456789",
    "sk-proj-Ab12Cd34Ef56Gh78",
    "Authorization: Bearer abcDEF123456ghi",
    "bearer abcDEF123456ghi789",
    '{"Authorization": "Bearer abcdefghijkl"}',
    "hf_AbCdEfGhIj0123456789",
]


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize("key", KEYS)
def test_a_key_is_masked_in_however_many_pieces(key, size):
    shown, _ = sifted(f"열쇠는 {key} 예요. 그리고 {key}", size)
    assert "[hidden]" in shown
    assert [piece for piece in ("0123456789", "Ab12", "abcdef", "Ef56") if piece.lower() in shown.lower()] == []
    assert shown.startswith("열쇠는 ")


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize("other", ["9)", "89)", "key-", "-", "t"])
@pytest.mark.parametrize("key", ["test-key-0123456789", "sk-0123456789-9)"])
def test_a_key_whose_end_may_begin_another_secret_is_masked(settings, key, other, size):
    settings.SECRET_KEY = f"{other}another-secret"
    for text in (key, f"{key} {key}", f"열쇠는 {key}"):
        shown, _ = sifted(text, size)
        assert shown.count("[hidden]") == text.count(key)
        assert "345678" not in shown


def test_what_is_beyond_the_sieve_is_known():
    """Encoded instructions pass: nothing short of reading them tells them from nonsense. The prompt forbids them."""
    encoded = base64.b64encode(SECRET.encode()).decode()
    assert sifted(encoded, 50)[0] == encoded
