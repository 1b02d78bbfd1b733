"""How far a pick is from certain."""

import pytest

from chatbot.catalogue.tests.factories import make_catalogue, make_work
from chatbot.language.wishes.wish import Wish
from chatbot.recommender.candidates import Candidate, Reason
from chatbot.recommender.certainty import CERTAIN, GUESS, LIKELY, Certainty, certainty_of
from chatbot.recommender.choosing import choose

KNOWN = {"ko": {"known": True}}
FANTASY = Wish(required=["fantasy"], wanted={"fantasy": 1.0})


def certainty(wish, *works, language="ko", slug="work"):
    catalogue = make_catalogue(*works)
    candidate = next(one for one in choose(wish, catalogue, count=99).candidates if one.work.slug == slug)
    found = certainty_of(candidate, wish, catalogue, language)
    return found.level, list(found.caveats)


def test_what_was_asked_for_and_is_there_is_certain():
    assert certainty(FANTASY, make_work("work", {"fantasy": 3}, editions=KNOWN)) == (CERTAIN, [])


def test_a_tag_that_is_only_slightly_there_is_said():
    assert certainty(FANTASY, make_work("work", {"fantasy": 1}, editions=KNOWN)) == (
        LIKELY, [Reason("faint", "fantasy")],
    )  # fmt: skip


def test_a_mood_that_is_missing_and_a_faint_tag_make_a_guess():
    wish = Wish(required=["fantasy"], wanted={"fantasy": 1.0}, leaning=[["dark", "gritty"]])
    level, caveats = certainty(wish, make_work("work", {"fantasy": 1}, editions=KNOWN))
    assert (level, caveats) == (GUESS, [Reason("faint", "fantasy"), Reason("mood", "dark", ("dark", "gritty"))])


@pytest.mark.parametrize(("status", "expected"), [("ongoing", LIKELY), ("completed", CERTAIN)])
def test_the_length_of_a_work_that_goes_on_is_as_of_the_newest_work_known(status, expected):
    work = make_work("work", {"fantasy": 2}, editions=KNOWN, status=status, volumes=3, year=2019)
    wish = Wish(required=["fantasy"], wanted={"fantasy": 1.0}, max_volumes=5)
    level, caveats = certainty(wish, work, make_work("newest", year=2024))
    assert level == expected
    assert caveats == ([Reason("dated", "volumes", ("2024",))] if status == "ongoing" else [])


@pytest.mark.parametrize(
    ("known", "language", "kinds"),
    [
        (None, "ko", ["edition"]), (False, "ko", ["unpublished"]), (True, "ko", []), (None, "ja", []),
        (False, "en", ["edition"]),
    ],
)  # fmt: skip
def test_an_edition_not_known_of_differs_from_one_known_not_to_be_and_lowers_nothing(known, language, kinds):
    work = make_work("work", {"fantasy": 2}, editions={"ko": {"known": known}})
    level, caveats = certainty(FANTASY, work, language=language)
    assert (level, [caveat.kind for caveat in caveats]) == (CERTAIN, kinds)


def test_a_korean_title_of_our_own_is_told_to_who_reads_korean():
    work = make_work("work", {"fantasy": 2}, editions={**KNOWN, "en": {"known": True}}, title_ko_certain=False)
    assert certainty(FANTASY, work) == (CERTAIN, [Reason("title", "ko")])
    assert certainty(FANTASY, work, language="en") == (CERTAIN, [])


def test_what_often_comes_with_what_is_there_may_be_there_though_it_was_refused():
    romances = [make_work(f"r{n}", {"romcom": 3, "harem": 2}) for n in range(12)]
    romances += [make_work(f"o{n}", {"sf": 3}) for n in range(20)]
    work = make_work("work", {"romcom": 3}, editions=KNOWN)
    wish = Wish(required=["romcom"], wanted={"romcom": 1.0}, unwanted=["harem"])
    assert certainty(wish, work, *romances) == (LIKELY, [Reason("hint", "harem", ("romcom",))])
    assert certainty(wish, work, *romances[:5]) == (CERTAIN, [])
    # Where half of all works carry it, it says nothing that it often comes with this one.
    assert certainty(wish, work, *romances[:12]) == (CERTAIN, [])


def test_likeness_alone_is_less_certain_than_kin_the_catalogue_names():
    alike = make_work("work", {"fantasy": 2}, editions=KNOWN)
    assert certainty(Wish(liked=["liked"]), alike, make_work("liked"))[0] == LIKELY
    assert certainty(Wish(liked=["liked"]), alike, make_work("liked", kin=("workの物語",)))[0] == CERTAIN


def test_what_breaches_something_or_is_merely_well_known_is_a_guess():
    work = make_work("work", {"fantasy": 3}, editions=KNOWN, status="ongoing")
    assert certainty(Wish(required=["fantasy"], wanted={"fantasy": 1.0}, status="completed"), work)[0] == GUESS
    assert certainty(Wish(), work)[0] == GUESS


def test_a_warning_at_full_strength_is_told_and_lowers_nothing():
    work = make_work("gory", tags={"fantasy": 3, "gore": 3, "abuse": 2}, editions={"en": {"known": True}})
    found = certainty_of(Candidate(work, 1.0, (Reason("tag", "fantasy"),)), Wish(), make_catalogue(work), "en")
    assert found == Certainty("certain", (Reason("warning", "gore"),))


def test_the_heart_of_a_wish_that_nothing_tells_of_is_not_certain():
    wish = Wish(required=["fantasy"], wanted={"fantasy": 1.0}, about=["regretful-lover"])
    found = certainty(wish, make_work("work", {"fantasy": 3}, editions=KNOWN))
    assert found == (LIKELY, [Reason("unmarked", "regretful-lover")])
