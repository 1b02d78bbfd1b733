"""What is told of a book that is settled: yes and no agree with the note behind them, why names what in the book it was."""

from dataclasses import replace

import pytest

from chatbot.assistant import phrases
from chatbot.assistant.tests.test_answers import LAMP, LANGUAGES, MOON, STAR, about
from chatbot.catalogue.facts import ReaderFacts
from chatbot.catalogue.tests.factories import make_catalogue
from chatbot.language.acts import Question


def lamp(**fields):
    return make_catalogue(replace(LAMP, **fields), MOON, STAR)


def lead(name, language):
    return phrases.of(language).parts[f"works.{name}"].partition("{")[0].strip()


DENYING = {"ko": "연애는 거의 없어요.", "en": "Hardly any romance.", "ja": "恋愛はほぼありません。"}
ROMANCE = {"ko": "로맨스 있어?", "en": "is there romance?", "ja": "恋愛ある？"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("strength", "name"), [(1, "not_so"), (2, "somewhat")])
def test_before_a_note_that_denies_there_is_no_yes(language, strength, name):
    catalogue = lamp(tags={**LAMP.tags, "romance": strength}, notes={"love": DENYING})
    told = about(language, "lamp", Question.CONTENT, catalogue=catalogue, text=ROMANCE[language], tags=["romance"])
    assert told.startswith(lead(name, language))
    assert DENYING[language] in told


DEATH = {"ko": "사람 죽어?", "en": "does anyone die?", "ja": "人が死ぬ？"}
HARMLESS = {"ko": "폭력도 없어요.", "en": "Harmless: no violence.", "ja": "暴力はありません。"}
DEADLY = {"ko": "병사들이 죽어요.", "en": "Many soldiers die.", "ja": "兵士が死にます。"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("note", "name"), [(HARMLESS, "deaths-hardly"), (DEADLY, "deaths-yes")])
def test_whether_anybody_dies_is_told_by_the_note(language, note, name):
    told = about(language, "lamp", Question.ENDING, catalogue=lamp(notes={"content": note}), text=DEATH[language])
    assert phrases.of(language).variants[f"facts.{name}"][0].rpartition("}")[2].strip(" .") in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_names_what_in_the_book_meets_the_wish(language):
    note = {"ko": "포근해요.", "en": "Cosy all through.", "ja": "心がほっとします。"}
    reader = ReaderFacts(reasons=({"kind": "tag", "value": "cozy"},))
    catalogue = lamp(notes={"feel": note})
    told = about(language, "lamp", Question.WHY, catalogue=catalogue, text="?", readers={"lamp": reader})
    assert note[language] in told


PUBLISHER = {"ko": "출판사가 어디야?", "en": "who publishes it?"}


@pytest.mark.parametrize("language", PUBLISHER)
def test_who_publishes_it_is_told_of_the_edition_that_can_be_read(language):
    editions = {language: {"known": True, "publisher": "Lamp Press"}}
    told = about(language, "lamp", Question.IMPRINT, catalogue=lamp(editions=editions), text=PUBLISHER[language])
    assert "Lamp Press" in told
