"""What was asked for and is no tag: sweet, literary, one of the great ones."""

import pytest

from chatbot.catalogue.tests.factories import make_catalogue, make_work
from chatbot.language.wishes.wish import Wish
from chatbot.language.words.flavours import FLAVOURS
from chatbot.recommender.candidates import Reason
from chatbot.recommender.choosing import choose


def offer(wish, *works):
    return [candidate.work.slug for candidate in choose(wish, make_catalogue(*works)).candidates]


@pytest.mark.parametrize(
    ("flavour", "has", "lacks"),
    [
        ("sweet", {"tags": {"romance": 3, "heartwarming": 2}, "tone": 2}, {"tags": {"romance": 3, "bittersweet": 3}}),
        ("sweet", {"tags": {"romcom": 2, "romance": 2}, "tone": 1}, {"tags": {"romance": 1, "mind-games": 3}}),
        ("laugh", {"tags": {"comedy": 3}, "tone": 1}, {"tags": {"comedy": 1, "drama": 3}, "tone": 1}),
        ("literary", {"tags": {"drama": 2}, "imprint": "角川文庫"}, {"tags": {"drama": 2, "harem": 3}}),
        ("respectable", {"tags": {"sports": 3}}, {"tags": {"overpowered": 3, "academy": 3}}),
        ("long-lived", {"synopses": {"en": "An ageless witch."}}, {"synopses": {"en": "A young witch."}}),
        ("untypical", {"tags": {"isekai": 2, "crafting": 3}}, {"tags": {"isekai": 2, "harem": 3}}),
    ],
)
def test_what_has_a_flavour_comes_before_what_lacks_it_however_well_known(flavour, has, lacks):
    good, bad = make_work("good", renown=20, **has), make_work("bad", renown=100, **lacks)
    assert offer(Wish(flavours=[flavour]), bad, good)[0] == "good"
    assert offer(Wish(), bad, good)[0] == "bad"


def test_that_a_work_has_a_flavour_is_a_reason_for_it_and_a_lack_none():
    good = make_work("good", {"romance": 3}, tone=2)
    bad = make_work("bad", {"romance": 3, "war": 3}, tone=2)
    choice = choose(Wish(flavours=["sweet"]), make_catalogue(good, bad))
    told = {one.work.slug: Reason("flavour", "sweet") in one.reasons for one in choice.candidates}
    assert told == {"good": True, "bad": False}


def test_what_was_asked_for_by_name_spoils_no_flavour():
    war = make_work("war", {"romance": 3, "war": 3}, tone=2, renown=90)
    peace = make_work("peace", {"romance": 3, "war": 1}, tone=2, renown=20)
    assert offer(Wish(flavours=["sweet"]), war, peace)[0] == "peace"
    assert offer(Wish(flavours=["sweet"], required=["war"], wanted={"war": 1.0}), war, peace)[0] == "war"


def test_the_great_ones_are_known_old_and_often_named_unless_the_famous_are_known():
    old = make_work("old", renown=90, year=1995)
    new = make_work("new", renown=92, year=2024, kin=("oldの物語",))
    assert offer(Wish(flavours=["classic"]), new, old) == ["old", "new"]
    gem = make_work("gem", renown=30)
    assert offer(Wish(flavours=["classic"], less_known=True), old, gem)[0] == "gem"


def test_a_trace_of_what_every_pick_must_carry_is_less_than_the_thing_itself():
    much, touch = make_work("much", {"yuri": 2}, renown=30), make_work("touch", {"yuri": 1}, renown=100)
    assert offer(Wish(required=["yuri"], wanted={"yuri": 0.7}), touch, much) == ["much", "touch"]


@pytest.mark.parametrize(
    ("wish", "tags", "tone", "comes"),
    [
        ({}, {"heartwarming": 2, "space": 3}, 0, True),
        ({"leaning": [["cozy", "heartwarming"]]}, {"heartwarming": 2, "space": 3}, 0, False),
        ({"flavours": ["kind"]}, {"heartwarming": 2, "found-family": 3, "space": 3}, 1, False),
        ({"unwanted": ["mecha"]}, {"heartwarming": 2, "space": 3}, 0, False),
        ({"elsewhere": ["easy-days"]}, {"heartwarming": 2, "space": 3}, 0, False),
    ],
)
def test_none_steps_aside_where_more_than_the_kind_was_said(wish, tags, tone, comes):
    near = [make_work(f"near{n}", {"fantasy": 3, "cozy": 3, "heartwarming": 3}, renown=70, tone=1) for n in range(30)]
    far = make_work("far", {"fantasy": 3} | tags, renown=60, tone=tone)
    wish = Wish(required=["fantasy"], wanted={"fantasy": 1.0, "cozy": 0.7}, **wish)
    aside = [one.work.slug for one in choose(wish, make_catalogue(far, *near)).candidates if one.serendipity]
    assert aside == (["far"] if comes else [])


@pytest.mark.parametrize(
    ("tags", "tone", "comes"),
    [
        ({"heartwarming": 2, "war": 3}, 0, False),
        ({"heartwarming": 2, "space": 3}, 0, True),
        ({"heartwarming": 2, "tearjerker": 3, "space": 3}, 0, False),
        ({"heartwarming": 2, "space": 3}, -1, False),
    ],
)
def test_no_step_aside_leads_away_from_the_mood_asked_for(tags, tone, comes):
    near = [make_work(f"near{n}", {"fantasy": 3, "cozy": 3, "heartwarming": 3}, renown=70, tone=1) for n in range(30)]
    far = make_work("far", {"fantasy": 3} | tags, renown=60, tone=tone)
    wish = Wish(required=["fantasy"], wanted={"fantasy": 1.0, "cozy": 0.7})
    aside = [one.work.slug for one in choose(wish, make_catalogue(far, *near)).candidates if one.serendipity]
    assert aside == (["far"] if comes else [])


@pytest.mark.parametrize("name", FLAVOURS)
def test_every_flavour_can_be_had_by_some_work(name):
    one = FLAVOURS[name]
    tags = {tag: 3 for tag, weight in one.weights.items() if weight > 0 and tag not in one.spoilt_by}
    synopses = {"en": "An ageless witch in summer, married from the start."}
    work = make_work("work", tags, renown=90, tone=one.tones[1], imprint="角川文庫", synopses=synopses)
    (candidate,) = choose(Wish(flavours=[name]), make_catalogue(work)).candidates
    assert Reason("flavour", name) in candidate.reasons
