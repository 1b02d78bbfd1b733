"""What the built-in librarian tells of one part of a series: a yes or a no that agrees with its sentence."""

from dataclasses import replace

import pytest

from chatbot.assistant.tests.test_answers import LAMP, LANGUAGES, MOON, STAR, about
from chatbot.catalogue.arcs import Arc
from chatbot.catalogue.reading_orders import Step
from chatbot.catalogue.tests.factories import make_catalogue
from chatbot.language.acts import Question

YES, NO = {"ko": "네, ", "en": "Yes, ", "ja": "はい、"}, {"ko": "아니요, ", "en": "No, ", "ja": "いいえ、"}
SKIP = {"ko": "건너뛰어도 돼?", "en": "can I skip it?", "ja": "飛ばしてもいい？"}
NEED = {"ko": "꼭 읽어야 해?", "en": "do I need it?", "ja": "読む必要ある？"}
BEGIN = {"ko": "부터 읽어도 돼?", "en": "can I start from it?", "ja": "から読んでもいい？"}
LONG = {"ko": "몇 권이야?", "en": "how long is it?", "ja": "何巻ある？"}
WHEN = {"ko": "언제 봐?", "en": "where does it go?", "ja": "いつ見る？"}


def named(text):
    return dict.fromkeys(("ko", "en", "ja"), text)


def step(name, kind="main", after=None, *, skip=False):
    return Step(named(name), "", kind, after, skip)


def arc(ko, en, ja, first, last, *, anew=False):
    return Arc({"ko": ko, "en": en, "ja": ja}, (), first, last, anew)


ORDER = (step("Dawn (A, B)"), step("The Play", "film", 3, skip=True), step("Noon"), step("Dusk"))
ARCS = (arc("제1부", "Part 1", "第一部", 1, 3), arc("제2부", "Part 2", "第二部", 4, 8))
OWN = (arc("1학년 편", "Year 1", "1年生編", 1, 3, anew=True), arc("2학년 편", "Year 2", "2年生編", 1, 5, anew=True))
TOLD = replace(LAMP, reading_order=ORDER, arcs=(Arc(named("Noon"), (), 4, 8),))


def of_step(language, place, text):
    return about(language, "lamp", Question.ORDER, catalogue=make_catalogue(TOLD, MOON, STAR), text=text, step=place)


def of_parts(language, texts, arcs):
    work = replace(LAMP, arcs=arcs)
    return about(language, "lamp", Question.VOLUMES, catalogue=make_catalogue(work, MOON, STAR), text=texts[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_main_line_is_not_skipped_and_is_needed(language):
    assert of_step(language, 2, SKIP[language]).startswith(NO[language])
    assert of_step(language, 2, NEED[language]).startswith(YES[language])
    assert "Noon" in of_step(language, 2, SKIP[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_film_is_skipped_and_not_needed_and_has_its_place(language):
    assert of_step(language, "film", SKIP[language]).startswith(YES[language])
    assert of_step(language, "film", NEED[language]).startswith(NO[language])
    text = of_step(language, "film", WHEN[language])
    assert "The Play" in text
    assert "3" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_the_first_part_is_begun_with(language):
    assert of_step(language, 1, BEGIN[language]).startswith(YES[language])
    later = of_step(language, 3, BEGIN[language])
    assert later.startswith(NO[language])
    assert "Dawn" in later
    assert "(A, B)" not in later


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_length_of_a_part_is_told_where_its_volumes_are_known(language):
    text = of_step(language, 2, LONG[language])
    assert "4" in text
    assert "8" in text
    unknown = of_step(language, 3, LONG[language])
    assert "Dusk" in unknown
    assert not any(letter.isdigit() for letter in unknown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_place_behind_the_last_is_none(language):
    text = of_step(language, 5, LONG[language])
    assert "5" in text
    assert "Dusk" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_may_be_passed_over_beside_the_main_line_is_a_yes(language):
    side = replace(LAMP, reading_order=(*ORDER, step("The Walk", "side", skip=True)))
    text = about(language, "lamp", Question.ORDER, catalogue=make_catalogue(side, MOON, STAR), text=SKIP[language])
    assert text.startswith(YES[language][:1])
    assert not text.startswith(NO[language][:2])


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_a_numbered_part_starts(language):
    asked = {"ko": "2부는 몇 권부터야?", "en": "which volume does part 2 start with?", "ja": "第二部は何巻から？"}
    text = of_parts(language, asked, ARCS)
    assert "4" in text
    assert "8" in text
    assert ARCS[0].title[language] not in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("volume", "is_so"), [(4, True), (5, False)])
def test_whether_a_volume_is_the_start_of_a_part(language, volume, is_so):
    asked = {"ko": f"{volume}권이 2부 1권 맞나요?", "en": f"is volume {volume} the start of the second part?",
             "ja": f"{volume}巻から第2部？"}  # fmt: skip
    text = of_parts(language, asked, ARCS)
    assert text.startswith((YES if is_so else NO)[language])
    assert "4" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("volume", "is_so"), [(1, True), (4, False)])
def test_a_part_that_is_numbered_by_itself_starts_with_its_own_first(language, volume, is_so):
    asked = {"ko": f"2학년편 {volume}권이 2부 1권 맞나요?", "en": f"is year 2 volume {volume} part 2 volume 1?",
             "ja": f"2年生編{volume}巻が第2部1巻ですか？"}  # fmt: skip
    assert of_parts(language, asked, OWN).startswith((YES if is_so else NO)[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_a_part_that_is_not_noted_that_alone_is_said(language):
    asked = {"ko": "2부는 몇 권부터야?", "en": "which volume does part 2 start with?", "ja": "第二部は何巻から？"}
    text = of_parts(language, asked, ())
    assert not any(letter.isdigit() for letter in text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_how_manieth_a_volume_of_a_part_is(language):
    asked = {
        "ko": "2부 3권은 몇 번째 권이야?",
        "en": "which volume is part 2 volume 3?",
        "ja": "第二部3巻は通しで何巻目？",
    }
    assert "6" in of_parts(language, asked, ARCS)
