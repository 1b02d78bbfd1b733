"""What kind of talk a text is, and which word of the field it asks the meaning of."""

import pytest

from chatbot.language.turns.talk import kind_of, term_in
from chatbot.language.words.phrasebook import PHRASES
from chatbot.text.phrasebook import LANGUAGES


@pytest.mark.parametrize(
    ("about", "text", "kind"),
    [
        ("small_talk", "오늘 너무 피곤하다...", "low"),
        ("small_talk", "I'm SO bored", "bored"),
        ("small_talk", "おやすみなさい", "night"),
        ("small_talk", "비 온다", ""),
        ("complaint", "아까 추천한 거잖아요", "again"),
        ("complaint", "You already recommended that one", "again"),
        ("complaint", "質問に答えてください", "misread"),
        ("complaint", "별로네", ""),
        ("distress", "남자친구가 저를 때리고 협박해요", "harmed"),
        ("distress", "죽고 싶어요", ""),
    ],
)
def test_talk_is_told_by_its_kind(about, text, kind):
    assert kind_of(text, about) == kind


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("라노벨이 뭐야", "light_novel"),
        ("라노벨이랑 만화는 뭐가 달라?", "manga"),
        ("what's the difference between a light novel and a web novel", "web_novel"),
        ("逆ハーレムって何ですか", "reverse-harem"),
        ("이세계물이 뭔데", "isekai"),
        ("what does OP mean", "overpowered"),
        ("I hope you know", ""),
        ("tell me a story about the shelf of BLoom", ""),
    ],
)
def test_the_longest_word_of_the_field_is_asked_for_and_short_ones_stand_alone(text, term):
    assert term_in(text) == term


@pytest.mark.parametrize("subject", ["talk", "definitions"])
def test_every_language_has_the_same_kinds(subject):
    korean, *others = (PHRASES.sections(subject, language).keys() for language in LANGUAGES)
    assert all(one == korean for one in others)


def test_at_least_forty_words_are_known():
    assert len(PHRASES.sections("definitions", "ko")) >= 40
