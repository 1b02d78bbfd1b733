"""Which works a question about the shelf means."""

import pytest

from chatbot.catalogue.tests.factories import make_catalogue, make_work
from chatbot.language.acts import Act, ActPart
from chatbot.shelf_listing import SHOWN, listing_for

WORKS = (
    make_work("a", {"yuri": 3}, year=2020, anime=True, imprint="電撃文庫", renown=90),
    make_work("b", {"yuri": 1}, year=2024, status="ongoing", renown=80, editions={"ko": {"known": True}}),
    make_work("c", {"yuri": 2}, year=2023, status="ongoing", renown=70),
    make_work("d", {"war": 3}, year=2000, renown=60),
)
SHELF = make_catalogue(*WORKS)


@pytest.mark.parametrize(
    ("detail", "slugs"),
    [
        ({"of": "count"}, ["a", "b", "c", "d"]),
        ({"of": "tag", "tags": ["yuri"]}, ["a", "c"]),
        ({"of": "tag", "tags": "yuri"}, ["a", "c"]),
        ({"of": "tag", "tags": ["no such tag"]}, ["a", "b", "c", "d"]),
        ({"of": "status"}, ["a", "d"]),
        ({"of": "status", "status": "ongoing", "tags": ["yuri"]}, ["c"]),
        ({"of": "anime"}, ["a"]),
        ({"of": "edition"}, ["b"]),
        ({"of": "edition", "edition": "ja"}, ["a", "b", "c", "d"]),
        ({"of": "imprint", "published": "電撃文庫"}, ["a"]),
        ({"of": "list", "year": 2000}, ["d"]),
        ({"of": "new"}, ["b", "c"]),
        ({"of": "list", "year": 1970}, []),
    ],
)
def test_the_shelf_is_narrowed_by_what_was_asked(detail, slugs):
    listing = listing_for([ActPart(Act.CATALOGUE, detail=detail)], SHELF, "ko")
    assert [work.slug for work in listing.works] == slugs
    assert listing.count == len(slugs)


def test_of_works_spoken_of_only_these_are_looked_at():
    part = ActPart(Act.CATALOGUE, works=("c", "d", "gone"), detail={"of": "status"})
    assert [work.slug for work in listing_for([part], SHELF, "en").works] == ["d"]


def test_so_many_are_counted_and_only_some_shown():
    many = make_catalogue(*(make_work(f"w{number}") for number in range(20)))
    listing = listing_for([ActPart(Act.CATALOGUE)], many, "ja")
    assert (listing.count, len(listing.works)) == (20, SHOWN)


def test_without_such_a_question_nothing_is_listed():
    assert listing_for([ActPart(Act.THANKS)], SHELF, "ko") is None
