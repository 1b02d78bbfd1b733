"""Limits that nothing loosens, and authors whose books are wanted or not."""

import pytest

from chatbot.catalogue.tests.factories import make_catalogue, make_work
from chatbot.language.wishes.wish import Wish, understand
from chatbot.recommender.choosing import choose

READABLE = {"ko": {"known": True}, "en": {"known": True}}
# What is nearest by its tags cannot be read, and has not ended.
NEAREST = make_work("nearest", ("cooking", "fantasy"), volumes=2, status="ongoing", renown=90)
LONG = make_work("long", ("cooking", "fantasy"), volumes=30, status="completed", editions=READABLE, renown=20)
OTHER = make_work("other", ("fantasy",), volumes=1, status="completed", editions=READABLE, renown=10)
SHELF = make_catalogue(NEAREST, LONG, OTHER)


def slugs(choice):
    return [one.work.slug for one in choice.candidates]


@pytest.mark.parametrize(
    "wish",
    [
        Wish(required=["cooking"], max_volumes=3, edition="ko"),
        Wish(required=["cooking"], max_volumes=3, status="completed", musts=["status"]),
        Wish(required=["cooking"], max_volumes=1, edition="en", status="completed", musts=["status"]),
    ],
)
def test_a_limit_that_is_held_is_not_loosened_though_the_nearest_lacks_it(wish):
    choice = choose(wish, SHELF)
    assert choice.relaxed
    assert set(slugs(choice)) == {"long", "other"}
    held = {name.removeprefix("max_").removeprefix("min_") for name in wish.held}
    assert held.isdisjoint(one.kind for one in choice.blocked_by)
    assert all(held.isdisjoint(one.kind for one in candidate.breaches) for candidate in choice.candidates)


def test_a_limit_that_is_only_hoped_for_or_simply_said_is_loosened():
    assert "nearest" in slugs(choose(Wish(required=["cooking"], max_volumes=3, status="completed"), SHELF))
    hoped = Wish(required=["cooking"], max_volumes=3, edition="ko", sure={"edition:ko": 0.4})
    assert slugs(choose(hoped, SHELF)) == ["nearest"]


def test_where_held_limits_leave_nothing_another_than_the_edition_is_named():
    choice = choose(Wish(edition="ko", min_volumes=50, musts=["min_volumes"]), SHELF)
    assert (choice.candidates, [one.kind for one in choice.blocked_by]) == ([], ["volumes"])
    nothing = choose(Wish(edition="ko"), make_catalogue(NEAREST))
    assert (nothing.candidates, nothing.blocked_by) == ([], [])


@pytest.mark.parametrize(
    ("ask", "language", "edition", "musts"),
    [
        ("정발된 요리물, 3권 이하", "ko", "ko", []),
        ("한국어밖에 못 읽는데 요리물 있어?", "ko", "ko", []),
        ("일본어 1도 모름. 요리물", "ko", "ko", []),
        ("무조건 완결작만, 요리물", "ko", "", ["status"]),
        ("완결 아니면 안 봐. 요리물", "ko", "", ["status"]),
        ("요리물, 절대로 5권 이하", "ko", "", ["max_volumes"]),
        ("I don't read Japanese at all. A cooking story", "en", "en", []),
        ("a cooking story that's out in English", "en", "en", []),
        ("I refuse to start anything unfinished. cooking", "en", "", ["status"]),
        ("cooking, strictly under 5 volumes", "en", "", ["max_volumes"]),
        ("英語しか読めない友達に料理もの", "ja", "en", []),
        ("完結しか読まない。料理もの", "ja", "", ["status"]),
        ("未完は無理。料理もの", "ja", "", ["status"]),
    ],
)
def test_what_must_be_is_understood(ask, language, edition, musts):
    wish = understand([ask], SHELF, language)
    assert (wish.edition, wish.musts) == (edition, musts)


def test_a_must_ends_with_its_limit():
    wish = understand(["요리물, 절대로 5권 이하", "10권 이하로"], SHELF, "ko")
    assert (wish.max_volumes, wish.musts) == (10, [])
    assert wish.without("max_volumes", "10").held == set()


MINE = make_work("mine", ("fantasy",), authors=["甲"], renown=10)
MINE_TOO = make_work("mine-too", ("fantasy",), authors=["甲"], renown=9, related=(("mine", "same-world"),))
THEIRS = make_work("theirs", ("fantasy", "cozy"), authors=["乙"], renown=90)
BY = make_catalogue(MINE, MINE_TOO, THEIRS)


def test_only_books_of_the_author_asked_for_come_while_there_are_any():
    wish = Wish(by=["甲"], authors=["甲"], required=["cozy"])
    assert slugs(choose(Wish(by=["甲"], authors=["甲"]), BY)) == ["mine", "mine-too"]
    assert slugs(choose(wish, BY))[:2] == ["mine", "mine-too"]  # near by the author before near by the tag
    gone = choose(Wish(by=["甲"], authors=["甲"]), BY, offered={MINE.pk, MINE_TOO.pk})
    assert slugs(gone) == ["theirs"]
    assert [one.kind for one in gone.candidates[0].breaches] == [one.kind for one in gone.blocked_by] == ["by"]


PUBLISHED = make_work("published", ("fantasy",), imprint="電撃文庫", illustrators=("画家",), renown=10)
TRANSLATED = make_work(
    "translated", ("fantasy",), imprint="GA文庫", editions={"en": {"publisher": "Yen Press"}}, renown=9
)
ELSEWHERE = make_work("elsewhere", ("fantasy", "cozy"), imprint="講談社", illustrators=("他人",), renown=90)
MADE = make_catalogue(PUBLISHED, TRANSLATED, ELSEWHERE)


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        (Wish(published=["電撃文庫"]), ["published"]),
        (Wish(published=["KADOKAWA"]), ["published"]),
        (Wish(published=["Yen Press"]), ["translated"]),
        (Wish(published=["電撃文庫", "GA"]), ["published", "translated"]),
        (Wish(drawn_by=["画家"]), ["published"]),
        (Wish(not_published=["KADOKAWA", "講談社"]), ["translated"]),
        (Wish(not_published=["Yen Press"], not_drawn_by=["他人"]), ["published"]),
    ],
)
def test_only_books_of_the_publisher_or_the_illustrator_asked_for_come(wish, found):
    choice = choose(wish, MADE)
    assert (slugs(choice), choice.relaxed) == (found, False)


@pytest.mark.parametrize(("kind", "name"), [("published", "電撃文庫"), ("drawn_by", "画家")])
def test_where_no_book_of_theirs_fits_the_nearest_come_with_the_breach(kind, name):
    (fits,) = (one for one in choose(Wish(**{kind: [name]}), MADE).candidates if one.work is PUBLISHED)
    assert (kind, name) in [(reason.kind, reason.value) for reason in fits.reasons]
    choice = choose(Wish(required=["cozy"], **{kind: [name]}), MADE)
    assert choice.relaxed
    assert {one.kind for one in choice.blocked_by} == {kind, "tag"}
    assert {one.kind for one in choice.candidates[0].breaches} < {kind, "tag"}
    gone = choose(Wish(**{kind: [name]}), MADE, offered={PUBLISHED.pk})
    assert {one.kind for candidate in gone.candidates for one in candidate.breaches} == {kind}


def test_no_book_of_an_author_who_is_refused_comes_whatever_fits():
    assert slugs(choose(Wish(not_by=["乙"], required=["cozy"]), BY)) == ["mine", "mine-too"]
    assert slugs(choose(Wish(not_by=["甲", "乙"]), BY)) == []
