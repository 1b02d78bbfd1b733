"""Reading costs no more than a bound, whatever a text says, and what is left out for that is little."""

import json
import time
from pathlib import Path
from statistics import median

import pytest

from chatbot.catalogue.tests.factories import known_shelf
from chatbot.language.acts import Act, Dialogue
from chatbot.language.stances.parse import _parser_of
from chatbot.language.tests.costly import Costly, understood
from chatbot.language.wishes.digest import FULL, digest
from chatbot.language.wishes.turn_parser import WishUpdate, parse_ask
from chatbot.language.wishes.wish import understand
from chatbot.language.words.vocabulary import vocabulary
from chatbot.text.cleaning import MAX_LENGTH

SHELF = known_shelf()
WORDS = vocabulary(SHELF)
PICKS = tuple(work.slug for work in SHELF.works[:3])
OFFERED = Dialogue(PICKS, PICKS, (Act.RECOMMEND,))
SEED, TEXTS = 20261129, 240
# A reader who tells a long story, without a word that could be wished for.
STORY = {
    "ko": "어제는 비가 조금 왔고 저는 창가에 앉아 따뜻한 보리차를 {0}번째로 끓였어요. ",
    "en": "Yesterday it rained a little and by the window I had my cup number {0} of barley tea. ",
    "ja": "昨日は少し雨が降って窓のそばで麦茶の{0}杯目をゆっくり飲んでいました。",
}
WISH = {
    "ko": "하렘은 싫고 이세계물로 부탁해요. ",
    "en": "No harem, an isekai please. ",
    "ja": "ハーレムは嫌いで、異世界ものをお願いします。",
}


def cost(text):
    _parser_of(SHELF).cache_clear()
    began = time.process_time()
    understood(text, OFFERED, SHELF)
    return time.process_time() - began


def story(language, length=MAX_LENGTH):
    sentences = [STORY[language].format(number) for number in range(1, 200)]
    return "".join(sentences[: length // len(sentences[-1])])


def test_no_text_costs_more_to_read_than_a_few_plain_asks():
    """Milliseconds where the machine is at rest: a plain ask costs 3 to 6, the worst of these under 50."""
    texts = Costly(SHELF, SEED).texts(TEXTS)
    cost(WISH["ko"])
    plain = median(cost(f"{number}권 안쪽으로, {WISH['ko']}어두운 건 빼고 추천해 주세요") for number in range(1, 22))
    worst = max(texts, key=cost)
    assert min(cost(worst) for _ in range(3)) < max(15 * plain, 0.05), worst[:80]


@pytest.mark.parametrize("word", ["nonono" * 600, "syasya" * 600, "o" * 4000, "ん" * 4000])
def test_a_word_without_an_end_is_no_romaji(word):
    assert cost(f"like {word} please") < 0.3


def test_the_cost_does_not_grow_with_the_length():
    for text in Costly(SHELF, SEED + 1).texts(30):
        half, whole = (min(cost(one) for _ in range(2)) for one in (text[: MAX_LENGTH // 2], text))
        assert whole < 1.6 * half + 0.02, text[:80]


@pytest.mark.parametrize("language", STORY)
@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_a_wish_within_a_long_story_is_read(language, place):
    before, after = {"first": (0, 3_800), "middle": (1_900, 1_900), "last": (3_800, 0)}[place]
    text = f"{story(language, before)}{WISH[language]}{story(language, after)}"
    alone, within = (understand([one], SHELF, language) for one in (WISH[language], text))
    assert len(text) > 3_000
    assert alone.unwanted
    assert {*alone.required} <= {*within.required}
    assert {*alone.unwanted} <= {*within.unwanted}


def test_an_ask_of_usual_length_is_read_whole():
    text = story("ko", FULL)
    assert len(text) > FULL - 80
    assert digest(text, WORDS).text == text


def test_what_is_read_keeps_its_place():
    text = f"{story('en', 2_000)}{WISH['en']}{story('ja', 1_500)}"
    read = digest(text, WORDS)
    kept = [line for line in read.text.splitlines() if line.strip()]
    assert len(read.text) <= FULL + len(kept)
    assert len(read.in_place) <= len(text)
    assert all(read.in_place.index(line.strip()) == text.index(line.strip()) for line in kept)


def test_what_is_said_again_and_again_is_read_once():
    assert digest("하렘은 싫고 이세계물로 부탁해요. " * 100, WORDS).text.count("하렘") <= 3


def test_what_an_ask_adds_can_be_kept():
    rows = Path(__file__).with_name("asks.jsonl").read_text(encoding="utf-8").splitlines()
    for row in rows:
        update = parse_ask(json.loads(row)["ask"], WORDS, "ko", PICKS)
        assert WishUpdate.from_json(json.loads(json.dumps(update.as_json()))) == update
