"""What is told where an answer is not known, was told before, or is of a part by its name."""

from dataclasses import replace

import pytest

from chatbot.assistant import phrases
from chatbot.assistant.tests.test_answers import LAMP, LANGUAGES, MOON, STAR, about
from chatbot.assistant.tests.test_series_parts import NO, YES, arc
from chatbot.catalogue.tests.factories import make_catalogue
from chatbot.language.acts import Question

ARCS = (arc("새벽의 서", "Dawnbook", "暁の書", 1, 2), arc("한낮의 서", "Noonbook", "昼の書", 3, 3))
FIRST = {"ko": "새벽의 서부터 읽어도 돼?", "en": "can I start with Dawnbook?", "ja": "暁の書から読んでもいい？"}
LATER = {"ko": "한낮의 서 먼저 읽어도 돼?", "en": "noon first, yes or no", "ja": "昼の書を先に読んでもいい？"}
FORBIDS = {
    "ko": "한낮의 서 먼저 읽으면 안 돼?",
    "en": "can't I read Noonbook first?",
    "ja": "昼の書を先に読んじゃだめ？",
}
STOP = {
    "ko": "새벽의 서만 읽고 그만둬도 돼?",
    "en": "can I stop after Dawnbook?",
    "ja": "暁の書だけ読んでやめてもいい？",
}


def of_part(language, texts):
    catalogue = make_catalogue(replace(LAMP, arcs=ARCS), MOON, STAR)
    return about(language, "lamp", Question.ORDER, catalogue=catalogue, text=texts[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_part_by_its_name_is_begun_with_or_not(language):
    assert of_part(language, FIRST).startswith(YES[language])
    later = of_part(language, LATER)
    assert later.startswith(NO[language])
    assert ARCS[0].title[language] in later


@pytest.mark.parametrize("language", LANGUAGES)
def test_to_a_question_put_the_other_way_round_neither_yes_nor_no_is_said(language):
    text = of_part(language, FORBIDS)
    assert not text.startswith((YES[language], NO[language]))
    assert ARCS[0].title[language] in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_asks_whether_to_stop_after_a_part_is_answered(language):
    text = of_part(language, STOP)
    assert text.startswith(YES[language])
    assert "2" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_somebody_whom_no_text_names_nothing_else_is_told(language):
    text = about(language, "lamp", Question.ENDING, text="?", who="Nobody")
    frames = phrases.of(language).variants["facts.fate-unknown"]
    assert any(text == phrases.of(language).finish(frame.format(who="Nobody")) for frame in frames)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_told_is_told_again_to_who_asks_it_again(language):
    ask = {"ko": "어떤 느낌이야?", "en": "what's it like?", "ja": "どんな感じ？"}[language]
    note = {"ko": "차분하고 느린 이야기예요.", "en": "Quiet and slow.", "ja": "静かでゆっくりした話です。"}
    catalogue = make_catalogue(replace(LAMP, notes={"feel": note}), MOON, STAR)
    history = [(ask, note[language])]
    assert note[language] in about(language, "lamp", Question.OTHER, catalogue=catalogue, text=ask, history=history)
