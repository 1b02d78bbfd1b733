"""What a turn said is kept with it, so that no later turn reads it anew, whichever process it is answered by."""

import time
import uuid

import pytest

from chatbot import replies, understanding
from chatbot.catalogue.snapshot import current_catalogue
from chatbot.language.stances import parse
from chatbot.models import Turn
from chatbot.tests import factories

TALKS = {
    "ko": ["하렘은 싫고 이세계물 추천해줘", "유명한 건 다 읽었어요", "완결된 것만", "좀 더 밝은 걸로", "두 번째 거 같은 걸로"],
    "en": ["No harem please, something cozy", "I've read all the famous ones", "for my 12-year-old", "darker", "at most 5 volumes"],
    "ja": ["ハーレムは嫌いで、ミステリーがいい", "有名なのは全部読みました", "完結しているもの", "もっと明るいもの", "二番目みたいなの"],
}  # fmt: skip


@pytest.fixture
def talk(reader, catalogue, work, settings):
    """Hold a conversation with the built-in voice; the turn that comes after it, not answered yet."""
    settings.DAILY_REPLIES = 1_000_000

    def held(asks, language, then):
        turn = factories.begin(reader, asks[0], language)
        for text in (*asks[1:], then):
            replies.write(Turn.objects.claim(turn.pk, "test-worker"))
            turn = turn.conversation.ask(text, key=uuid.uuid4(), language=language)
        return turn

    return held


def reading(turn):
    catalogue = current_catalogue()
    parse._parser_of(catalogue).cache_clear()
    began = time.process_time()
    read = understanding.read_turn(turn, catalogue)
    return read, time.process_time() - began


@pytest.mark.parametrize("language", TALKS)
def test_the_wish_is_the_same_whether_earlier_words_are_kept_or_read_again(talk, language):
    turn = talk(TALKS[language], language, {"ko": "또 있어?", "en": "any more?", "ja": "他にもある？"}[language])
    kept = reading(turn)[0]
    for one in kept.earlier:
        assert one.reading.pop("said")
        one.save(update_fields=["reading"])
    again = reading(turn)[0]
    assert kept.wish == again.wish
    assert kept.lasting_before == again.lasting_before != frozenset()


def test_the_twentieth_turn_costs_no_more_than_the_second(talk):
    costly = [f"{number}권 {'회귀 싫고 하렘 싫고 이세계 좋아, 용사 별로, ' * 130}"[:4000] for number in range(19)]
    second, twentieth = (talk(asks, "ko", "판타지로 추천해줘") for asks in (costly[:1], costly))
    cost = {turn: min(reading(turn)[1] for _ in range(3)) for turn in (second, twentieth)}
    assert len(reading(twentieth)[0].earlier) == 19
    assert cost[twentieth] < 2 * cost[second] + 0.01
