"""What is put into whose hands, chosen from the shipped shelf: first books, books for the young, for who can bear little."""

from functools import cache

import pytest

from chatbot.catalogue.tests.factories import shipped_shelf
from chatbot.language.tag_relations import DIVISIVE, WARNINGS
from chatbot.language.wishes.circumstances import AUDIENCES, PETS, STATES, works_telling
from chatbot.language.wishes.wish import Wish
from chatbot.recommender.choosing import choose
from chatbot.recommender.welcome import says_little

SEEDS = [f"{number}:an ask" for number in range(12)]


@cache
def shelf():
    return shipped_shelf()


def chosen(seed="1:an ask", count=3, **wish):
    found = choose(Wish(**wish), shelf(), count=count, seed=seed, reads="ko")
    return [one.work for one in found.candidates]


def most_renowned(count):
    return {work.slug for work in sorted(shelf().works, key=lambda work: -work.renown)[:count]}


@pytest.mark.parametrize("refused", [["isekai"], ["harem", "reverse-harem"], ["romance", "romcom"], []])
def test_a_wish_of_refusals_alone_is_not_answered_with_the_same_bestsellers(refused):
    """Nor with what one is warned of, or what divides readers; and each can be read in the reader's language."""
    seen = set()
    for seed in SEEDS:
        works = chosen(seed, unwanted=refused)
        seen |= {work.slug for work in works}
        assert len({work.slug for work in works} & most_renowned(6)) < 2
        assert not any(work.tags.get(tag, 0) > 1 for work in works for tag in (*WARNINGS, *DIVISIVE))
        assert all(work.editions["ko"]["known"] for work in works)
    assert len(seen) > 8


def test_the_same_seed_chooses_the_same():
    assert chosen("7:x", unwanted=["isekai"]) == chosen("7:x", unwanted=["isekai"])


def test_a_wish_that_says_something_is_not_left_to_chance():
    wish = {"required": ["mystery"], "wanted": {"mystery": 1.0}}
    assert not says_little(Wish(**wish))
    assert len({tuple(work.slug for work in chosen(seed, **wish)) for seed in SEEDS}) == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_children_are_given_what_is_warm_or_adventurous_and_warned_of_in_nothing(seed):
    good = {"heartwarming", "cozy", "bright", "adventure", "comedy", "found-family", "slice-of-life"}
    for work in chosen(seed, audience="child"):
        assert not work.tags.keys() & {*WARNINGS, "harem", "dark", "horror", "bl", "death-game"}, work.slug
        assert sum(work.tags.get(tag, 0) for tag in good) >= 3, work.slug
        assert work.tags.get("romance", 0) < 3
        assert work.tone >= 0


@pytest.mark.parametrize("seed", SEEDS)
def test_a_school_shelf_has_nothing_sexual_and_nothing_brutal(seed):
    for work in chosen(seed, audience="teen", count=8):
        assert not work.tags.keys() & {"sexual-content", "sexual-violence"}
        assert not any(work.tags.get(tag, 0) > 1 for tag in WARNINGS)


@pytest.mark.parametrize(
    "slug", ["tensei-slime", "slayers", "spice-and-wolf", "sword-art-online", "accel-world", "toaru-majutsu-no-index"]
)
def test_works_that_were_once_taken_for_harmless_carry_what_a_parent_would_want_to_know(slug):
    assert {"gore", "sexual-content", "abuse"} & shelf().by_slug[slug].tags.keys()


@pytest.mark.parametrize("seed", SEEDS)
def test_after_a_parting_nobody_is_given_a_love_story(seed):
    for work in chosen(seed, gentle="parting"):
        assert work.tags.get("romance", 0) < 2
        assert "romcom" not in work.tags


def test_unless_it_is_asked_for():
    works = chosen(gentle="parting", required=["romance"], wanted={"romance": 1.0})
    assert works
    assert all("romance" in work.tags for work in works)


@pytest.mark.parametrize("seed", SEEDS)
def test_who_lost_a_pet_is_given_no_book_of_pets(seed):
    assert not {work.slug for work in chosen(seed, gentle="pet")} & works_telling(shelf())[PETS]


@pytest.mark.parametrize("who", [{"audience": one} for one in AUDIENCES] + [{"gentle": one} for one in STATES])
def test_no_pick_steps_aside_for_whom_it_is_for_or_who_can_bear_little(who):
    wish = Wish(required=["fantasy"], wanted={"fantasy": 1.0}, **who)
    assert not any(one.serendipity for one in choose(wish, shelf(), count=12).candidates)


def test_no_pick_steps_aside_where_it_is_not_wanted():
    wish = Wish(required=["fantasy"], wanted={"fantasy": 1.0})
    assert any(one.serendipity for one in choose(wish, shelf(), count=12).candidates)
    assert not any(one.serendipity for one in choose(wish, shelf(), count=12, aside=False).candidates)


def test_what_is_warned_of_most_comes_only_where_something_heavy_is_asked_for():
    def full(**wish):
        works = [one.work for one in choose(Wish(**wish), shelf(), count=5, reads="ko").candidates]
        return any(work.tags.get(tag) == 3 for work in works for tag in WARNINGS)

    assert not full(required=["isekai"], wanted={"isekai": 1.0})
    assert full(required=["gore"], wanted={"gore": 1.0})


def test_that_many_know_a_book_is_said_only_of_one_that_many_know():
    for seed in SEEDS:
        for one in choose(Wish(unwanted=["isekai"]), shelf(), count=8, seed=seed).candidates:
            assert one.work.renown >= 60 or "renown" not in [reason.kind for reason in one.reasons]
