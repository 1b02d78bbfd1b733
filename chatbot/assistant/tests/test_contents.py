"""What the built-in librarian says of what is in a work: by its tags, its tone and what it is known to be."""

import pytest

from chatbot.assistant import Brief, librarian
from chatbot.catalogue.adaptations import Adaptation
from chatbot.catalogue.facts import facts_of
from chatbot.catalogue.tests.factories import make_catalogue, make_work
from chatbot.language.acts import Act, ActPart, Question
from chatbot.language.wishes.wish import Wish

LANGUAGES = ("ko", "en", "ja")
YES = {"ko": "네, ", "en": "Yes, ", "ja": "はい、"}
NO = {"ko": "아니요, ", "en": "No, ", "ja": "いいえ、"}


def shown(kind, number, to_volume, year):
    return Adaptation(title={}, kind=kind, number=number, year=year, to_volume=to_volume, sure=True, note="")


HOUSE = make_work(
    "house",
    {"horror": 3, "romance": 1, "overpowered": 2, "harem": 2, "dark": 3},
    tone=-2,
    volumes=14,
    status="ongoing",
    anime=True,
    adaptations=(shown("season", 2, 9, 2024), shown("film", 1, 11, 2025)),
    editions={"en": {"known": True, "publisher": "Lantern", "volumes": 2}},
)
INN = make_work("restaurant-to-another-world", {"cooking": 3, "bright": 2}, tone=2)
SHELF = make_catalogue(HOUSE, INN)


def said(language, text, *questions, slug="house", history=(), **detail):
    part = ActPart(Act.ABOUT, text, works=(slug,), questions=questions, detail=detail)
    brief = Brief(
        language=language, ask=text, candidates=[], catalogue=SHELF, turn=1, parts=(part,), wish=Wish(),
        facts={slug: facts_of(SHELF.by_slug[slug], SHELF)}, history=list(history),
    )  # fmt: skip
    return "".join(event.text for event in librarian.write(brief))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_asked_and_is_in_it_begins_with_yes(language):
    assert said(language, "?", Question.CONTENT, tags=["horror"]).startswith(YES[language])
    assert said(language, "?", Question.CONTENT, tags=["romance"]).startswith(YES[language])
    # That it is not noted is no proof that it is not there.
    assert not said(language, "?", Question.CONTENT, tags=["sports"]).startswith((YES[language], NO[language]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_yes_is_said_where_it_holds_of_all_that_was_asked(language):
    assert said(language, "?", Question.CONTENT, tags=["horror", "harem"]).startswith(YES[language])
    both = said(language, "?", Question.CONTENT, tags=["horror", "sports"])
    assert not both.startswith((YES[language], NO[language]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_asked_twice_is_told_once(language):
    once = said(language, "?", Question.CONTENT, tags=["harem"])
    assert said(language, "?", Question.CONTENT, Question.WARNINGS, tags=["harem"]) == once


@pytest.mark.parametrize("language", LANGUAGES)
def test_dark_and_bright_are_told_by_the_tone_too(language):
    assert said(language, "?", Question.CONTENT, tags=["dark"]).startswith(YES[language])
    assert said(language, "?", Question.CONTENT, tags=["bright"]).startswith(NO[language])
    assert said(language, "?", Question.CONTENT, slug=INN.slug, tags=["bright"]).startswith(YES[language])


@pytest.mark.parametrize(
    ("language", "text", "is_so", "unknown"),
    [
        ("ko", "에피소드식이야?", "에피소드식이라", "표시가 없어요"),
        ("en", "is it episodic?", "is episodic", "not marked as episodic"),
        ("ja", "一話完結?", "一編ずつ読めます", "一話完結とは記されていません"),
    ],
)
def test_only_what_is_known_to_be_episodic_is_called_so(language, text, is_so, unknown):
    assert is_so in said(language, text, Question.CONTENT, slug=INN.slug)
    assert unknown in said(language, text, Question.CONTENT)


@pytest.mark.parametrize(
    ("language", "text"), [("ko", "주인공 똑똑해?"), ("en", "is the mc smart?"), ("ja", "主人公は頭いい?")]
)
def test_that_nobody_is_noted_as_clever_is_no_no(language, text):
    answer = said(language, text, Question.CONTENT, tags=["genius"])
    assert not answer.startswith((YES[language], NO[language]))


@pytest.mark.parametrize(
    ("language", "text", "leave"),
    [
        ("ko", "결말 어떻게 돼?", "스포 ㄱㅊ 해피엔딩이야?"),
        ("en", "how does it end?", "spoil me, is it a happy ending?"),
        ("ja", "結末は?", "ネタバレ歓迎、ハッピーエンド?"),
    ],
)
def test_leave_to_be_told_the_end_lasts_and_changes_no_fact(language, text, leave):
    now = said(language, leave, Question.ENDING)
    later = said(language, text, Question.ENDING, history=[(leave, "…")])
    assert now == later
    goes_on = {"ko": "아직 끝나지 않은 이야기라", "en": "is not over yet", "ja": "まだ完結していない"}[language]
    assert goes_on in now
    assert goes_on in said(language, text, Question.ENDING)


@pytest.mark.parametrize(
    ("language", "text"), [("ko", "6권 무슨 내용이야?"), ("en", "what happens in volume 6?"), ("ja", "6巻はどんな話?")]
)
def test_of_a_later_volume_nothing_is_told(language, text):
    answer = said(language, text, Question.PLOT)
    assert "6" in answer
    assert {"ko": "제 목록에 없어요", "en": "not in my catalogue", "ja": "目録にありません"}[language] in answer


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_season_and_a_film_are_both_told_by_their_volumes(language):
    answer = said(language, "?", Question.AFTER_ANIME, season=2, kind="film")
    assert "9" in answer
    assert "11" in answer


@pytest.mark.parametrize(
    ("language", "text"), [("ko", "2기 언제 해?"), ("en", "when is season 2?"), ("ja", "2期はいつ?")]
)
def test_when_a_season_is_known_its_year_is_told(language, text):
    assert "2024" in said(language, text, Question.OVERVIEW)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_edition_that_stopped_is_told_with_its_last_volume(language):
    answer = said(language, "?", Question.EDITION, edition="en")
    assert "Lantern" in answer
    assert "2" in answer
    assert "14" not in answer
