"""What the built-in librarian tells of a series: what comes behind a volume, what a film tells, when a side story is read."""

from dataclasses import replace

import pytest

from chatbot.assistant.tests.test_answers import LAMP, LANGUAGES, MOON, STAR, about, season
from chatbot.catalogue.tests.factories import make_catalogue
from chatbot.language.acts import Question

FILM = season(1, 9, kind="film", year=2019)
TALE = replace(LAMP, adaptations=(season(), season(2, 7, year=2018), FILM))
OWN = replace(LAMP, adaptations=(season(), season(1, None, kind="film", year=2019, note="original")))
GLOSS = {"ko": "the gloss는 언제 읽어?", "en": "when should I read the gloss?", "ja": "the glossはいつ読むの？"}


def shelf(*works):
    return make_catalogue(*works)


@pytest.mark.parametrize("language", LANGUAGES)
def test_behind_a_volume_that_is_not_the_last_there_is_more(language):
    text = about(language, "lamp", Question.GOES_ON, volume=10)
    assert "10" in text
    assert "12" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_behind_the_last_volume_stands_what_follows_in_the_series(language):
    text = about(language, "moon", Question.GOES_ON, volume=3)
    assert "3" in text
    assert STAR.titles[language] in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_film_tells_from_where_the_season_before_it_ended(language):
    text = about(language, "lamp", Question.TOLD_IN, catalogue=shelf(TALE, MOON, STAR), kind="film")
    assert "8" in text
    assert "9" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_film_of_its_own_story_is_in_no_volume(language):
    known = about(language, "lamp", Question.TOLD_IN, catalogue=shelf(TALE, MOON, STAR), kind="film")
    text = about(language, "lamp", Question.TOLD_IN, catalogue=shelf(OWN, MOON, STAR), kind="film")
    assert text != known
    assert not {"4", "5", "8", "9"} & {*text}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_side_story_is_placed_by_its_own_name(language):
    text = about(language, "moon", Question.ORDER, text=GLOSS[language])
    assert "the gloss" in text
    assert "2" in text
    assert STAR.titles[language] not in text
