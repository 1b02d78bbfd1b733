from dataclasses import replace
from itertools import combinations

import pytest

from chatbot.catalogue.tests.factories import make_catalogue, make_work
from chatbot.language.wishes.wish import Wish
from chatbot.recommender import choosing, scoring
from chatbot.recommender.candidates import Reason
from chatbot.recommender.choosing import choose, rank
from chatbot.recommender.features import features_of
from chatbot.recommender.scoring import MAX_REASONS, Weights


def slugs(choice):
    return [candidate.work.slug for candidate in choice.candidates]


def offer(wish, *works, **more):
    return slugs(choose(wish, make_catalogue(*works), **more))


FITTING = {"tags": ("fantasy", "cozy"), "status": "completed", "volumes": 5, "year": 2015, "anime": True}
BREACHES = [
    (Wish(required=["fantasy"]), {"tags": ("cozy",)}),
    (Wish(any_of=[["fantasy", "sf"]]), {"tags": ("cozy",)}),
    (Wish(unwanted=["harem"]), {"tags": ("fantasy", "harem")}),
    (Wish(status="completed"), {"status": "ongoing"}),
    (Wish(max_volumes=5), {"volumes": 6}),
    (Wish(min_volumes=5), {"volumes": 4}),
    (Wish(min_year=2015), {"year": 2014}),
    (Wish(max_year=2015), {"year": 2016}),
    (Wish(edition="ko"), {"editions": {"ko": {"known": None}}}),
    (Wish(anime=True), {"anime": False}),
]


@pytest.mark.parametrize(
    ("wish", "breach"), BREACHES, ids=lambda value: str(value.as_json() if value is Wish else value)
)
def test_a_constraint_is_kept_though_the_breaching_work_is_far_better_known(wish, breach):
    fields = FITTING | {"editions": {"ko": {"known": True}}}
    good = make_work("good", renown=10, **fields)
    bad = make_work("bad", renown=100, **(fields | breach))
    assert offer(wish, good, bad) == ["good"]
    assert set(offer(Wish(), good, bad)) == {"good", "bad"}


@pytest.mark.parametrize("field", ["liked", "read", "refused"])
def test_a_named_work_never_comes_back(field):
    named, other = make_work("named", renown=100), make_work("other")
    assert offer(Wish(**{field: ["named"]}), named, other) == ["other"]


def test_what_was_offered_never_comes_again_even_when_nothing_else_fits():
    first = make_work("first")
    assert offer(Wish(), first) == ["first"]
    assert offer(Wish(), first, offered={first.pk}) == []
    assert offer(Wish(required=["mecha"]), first, offered={first.pk}) == []


def test_a_pick_shares_a_tag_with_a_liked_work():
    liked, kindred, stranger = (make_work(s, t) for s, t in (("liked", ["sf"]), ("near", ["sf"]), ("far", ["cooking"])))
    assert offer(Wish(liked=["liked"]), liked, kindred, stranger) == ["near"]


def test_when_nothing_fits_the_nearest_come_with_their_breaches_named():
    short = make_work("short", ["fantasy"], volumes=3, status="ongoing")
    long = make_work("long", ["fantasy"], volumes=30, status="completed")
    choice = choose(Wish(required=["fantasy"], status="completed", max_volumes=5), make_catalogue(short, long))
    assert choice.relaxed
    assert {c.work.slug: c.breaches for c in choice.candidates} == {
        "short": (Reason("status", "ongoing"),),
        "long": (Reason("volumes", 30),),
    }
    assert set(choice.blocked_by) == {Reason("status", "completed"), Reason("volumes", (None, 5))}


def test_what_blocks_alone_is_named_alone():
    works = [make_work(f"w{n}", ["yuri"], status="completed") for n in range(3)]
    choice = choose(Wish(required=["yuri", "mecha"], status="completed"), make_catalogue(*works))
    assert choice.blocked_by == [Reason("tag", "mecha", ("mecha",))]


def test_nothing_is_relaxed_while_something_fits():
    choice = choose(Wish(required=["fantasy"]), make_catalogue(make_work("one"), make_work("two", ["sf"])))
    assert not choice.relaxed
    assert slugs(choice) == ["one"]
    assert choice.candidates[0].breaches == ()


def test_what_would_have_come_first_but_for_a_refusal_is_told_unless_it_was_refused_for_good():
    best = make_work("best", {"fantasy": 3, "comedy": 3, "harem": 2}, renown=95)
    near = make_work("near", {"fantasy": 2, "comedy": 1}, renown=20)
    wish = Wish(required=["fantasy"], wanted={"comedy": 1.0}, unwanted=["harem"])
    shelf = make_catalogue(best, near)
    choice = choose(wish, shelf)
    assert slugs(choice) == ["near"]
    assert [(one.work.slug, one.tags) for one in choice.left_out] == [("best", ("harem",))]
    assert choose(replace(wish, taste={"never": ["tag:harem"]}), shelf).left_out == []
    assert choose(replace(wish, audience="child"), shelf).left_out == []
    assert choose(replace(wish, unwanted=[]), shelf).left_out == []


def test_refusals_are_never_relaxed():
    harem = make_work("harem", ["fantasy", "harem"])
    choice = choose(Wish(required=["mecha"], unwanted=["harem"]), make_catalogue(harem))
    assert choice.candidates == []


def test_a_mood_comes_first_and_its_lack_only_where_few_have_it():
    dark = [make_work(f"dark{n}", ["fantasy", "dark"], renown=10) for n in range(3)]
    famous = make_work("famous", ["fantasy"], renown=100)
    wish = Wish(required=["fantasy"], leaning=[["dark", "gritty"]])
    assert set(offer(wish, *dark, famous)) == {"dark0", "dark1", "dark2"}
    assert offer(wish, dark[0], famous) == ["dark0", "famous"]


def test_a_sequel_waits_for_its_first_part():
    opener = make_work("opener")
    sequel = make_work("sequel", renown=100, related=(("openerの物語", "sequel"),))
    assert offer(Wish(), opener, sequel) == ["opener"]
    assert offer(Wish(read=["opener"]), opener, sequel) == ["sequel"]
    assert offer(Wish(refused=["opener"]), opener, sequel) == []


def test_of_one_series_only_one_is_offered_at_a_time():
    one = make_work("one")
    cousin = make_work("cousin", related=(("oneの物語", "same-world"),))
    assert len(offer(Wish(), one, cousin, make_work("other"))) == 2


def test_kin_named_by_the_catalogue_come_before_works_of_like_tags():
    liked = make_work("liked", ["fantasy"], kin=("kinの物語",))
    kin, alike = make_work("kin", ["fantasy"]), make_work("alike", ["fantasy"])
    assert offer(Wish(liked=["liked"]), liked, kin, alike)[0] == "kin"


def test_kinship_counts_from_either_side():
    liked = make_work("liked", ["fantasy"])
    kin, alike = make_work("kin", ["fantasy"], kin=("likedの物語",)), make_work("alike", ["fantasy"])
    assert offer(Wish(liked=["liked"]), liked, alike, kin)[0] == "kin"


def test_renown_decides_between_equals_and_is_turned_round_for_hidden_gems():
    known, hidden = make_work("known", renown=90), make_work("hidden", renown=10)
    assert offer(Wish(), known, hidden) == ["known", "hidden"]
    assert offer(Wish(less_known=True), known, hidden) == ["hidden"]


def test_picks_are_not_all_of_one_kind():
    same = [make_work(f"same{n}", {"isekai": 3, "overpowered": 3}, renown=90) for n in range(4)]
    other = make_work("other", {"mystery": 3, "academy": 2}, renown=70)
    assert "other" in offer(Wish(), *same, other, count=2)


def test_the_same_wish_gets_the_same_picks():
    works = [make_work(f"w{n}", ["fantasy", "cozy"] if n % 2 else ["fantasy"], renown=50) for n in range(20)]
    wish = Wish(required=["fantasy"], wanted={"fantasy": 1.0})
    assert offer(wish, *works) == offer(wish, *reversed(works))


def test_no_more_picks_come_than_asked_for():
    assert len(offer(Wish(), *(make_work(f"w{n}", [tag]) for n, tag in enumerate(["sf", "yuri", "war"])), count=2)) == 2


def test_an_empty_shelf_offers_nothing():
    choice = choose(Wish(required=["fantasy"]), make_catalogue())
    assert (choice.candidates, choice.relaxed) == ([], False)


# --- Reasons --------------------------------------------------------------------------------------------------------


def reasons(wish, *works):
    return choose(wish, make_catalogue(*works)).candidates[0].reasons


def test_reasons_name_what_was_asked_for():
    work = make_work("work", ["fantasy", "cozy"], status="completed", volumes=3)
    found = reasons(Wish(required=["fantasy"], wanted={"fantasy": 1.0}, status="completed", max_volumes=5), work)
    assert set(found) == {Reason("tag", "fantasy"), Reason("status", "completed"), Reason("volumes", 3)}


def test_a_kindred_work_names_the_liked_one_and_the_tags_they_share_strongest_first():
    liked = make_work("liked", {"fantasy": 1, "economics": 3, "adventure": 2})
    near = make_work("near", {"fantasy": 1, "economics": 3, "sf": 3})
    filler = [make_work(f"filler{n}", ["fantasy"]) for n in range(3)]
    assert reasons(Wish(liked=["liked"]), liked, near, *filler)[0] == Reason("kin", "liked", ("economics", "fantasy"))


def test_the_same_author_is_a_reason():
    liked, other = make_work("liked", authors=("作者",)), make_work("other", authors=("作者",))
    assert Reason("author", "liked") in reasons(Wish(liked=["liked"]), liked, other)


def test_renown_is_a_reason_only_when_little_else_is_known():
    work = make_work("work", renown=80)
    assert reasons(Wish(), work) == (Reason("renown", 80),)
    assert Reason("renown", 80) not in reasons(Wish(required=["fantasy"], wanted={"fantasy": 1.0}), work)


def test_there_are_never_more_reasons_than_four():
    tags = ["fantasy", "cozy", "cooking", "isekai", "comedy"]
    work = make_work("work", tags, status="completed", volumes=3, anime=True, tone=2)
    wish = Wish(
        required=tags, wanted=dict.fromkeys(tags, 1.0), status="completed", max_volumes=5, anime=True, brightness=1
    )
    assert len(reasons(wish, work)) == MAX_REASONS


def test_a_reason_is_kept_as_plain_data():
    assert Reason("kin", "liked", ("sf",)).as_json() == {"kind": "kin", "value": "liked", "tags": ["sf"]}


# --- Variety --------------------------------------------------------------------------------------------------------


def likeness_among(candidates, catalogue):
    """Mean likeness of two of `candidates`."""
    index = features_of(catalogue)
    pairs = list(combinations([one.work.slug for one in candidates], 2))
    return sum(index.likeness(*pair) for pair in pairs) / len(pairs)


def test_five_picks_are_far_less_alike_than_the_five_best(monkeypatch):
    kinds = [{"isekai": 3, "overpowered": 3}, {"isekai": 3, "cooking": 2}, {"isekai": 2, "mystery": 3}]
    works = [make_work(f"w{n}", kinds[n % 3 if n > 11 else 0], renown=90 - n) for n in range(18)]
    catalogue = make_catalogue(*works)
    varied = choose(Wish(required=["isekai"]), catalogue).candidates
    monkeypatch.setattr(choosing, "DIVERSITY", 0.0)
    plain = choose(Wish(required=["isekai"]), catalogue).candidates
    assert likeness_among(plain, catalogue) == pytest.approx(1.0)
    assert likeness_among(varied, catalogue) < 0.7


# --- The step aside -------------------------------------------------------------------------------------------------


def shelf_with_a_step_aside(**fields):
    """Thirty cosy fantasies like the liked one, and one of its kin that is a war story."""
    near = [make_work(f"near{n}", {"fantasy": 3, "cozy": 3}) for n in range(30)]
    far = make_work("far", {"fantasy": 1, "war": 3, "sf": 2}, **({"renown": 60} | fields))
    return make_catalogue(make_work("liked", {"fantasy": 3, "cozy": 3}, kin=("farの物語",)), far, *near)


LIKED = Wish(liked=["liked"])


def without_the_far_one_ranked(monkeypatch):
    """Kinship alone would bring the far work among the picks; here it only ties."""
    monkeypatch.setattr(scoring, "WEIGHTS", Weights(kin=0.0, kin_of_kin=0.0, called=0.0))
    monkeypatch.setattr(scoring.Scorer.__init__, "__defaults__", (scoring.WEIGHTS,))


def test_the_last_of_five_is_a_step_aside_and_says_so(monkeypatch):
    without_the_far_one_ranked(monkeypatch)
    choice = choose(LIKED, shelf_with_a_step_aside())
    assert [one.serendipity for one in choice.candidates] == [False] * 4 + [True]
    serendipity = choice.candidates[-1]
    assert (serendipity.work.slug, serendipity.breaches) == ("far", ())
    assert serendipity.reasons[0] == Reason("aside", "war")
    assert any(reason.kind == "kin" for reason in serendipity.reasons)


@pytest.mark.parametrize(
    ("wish", "more"),
    [
        (Wish(liked=["liked"], count=3), {"count": 3}),
        (LIKED, {"count": 3}),
        (Wish(liked=["liked"], count=3), {"count": 12}),
        (Wish(liked=["liked"], unwanted=["war"]), {}),
        (Wish(liked=["liked"], leaning=[["cozy"]]), {}),
        (Wish(liked=["liked"], required=["cozy"]), {}),
        (Wish(liked=["liked"], status="completed", max_volumes=9, min_year=2000), {}),
        (Wish(required=["fantasy"], wanted={"fantasy": 1.0}), {}),
        (Wish(), {}),
        (Wish(liked=["liked"], refused=["far"]), {}),
    ],
    ids=str,
)
def test_nothing_steps_aside_where_few_or_exact_things_were_asked_for_or_nothing_ties_it(monkeypatch, wish, more):
    without_the_far_one_ranked(monkeypatch)
    choice = choose(wish, shelf_with_a_step_aside(), **more)
    assert choice.candidates
    assert not any(one.serendipity for one in choice.candidates)


def test_what_was_offered_or_hardly_anybody_knows_does_not_step_aside(monkeypatch):
    without_the_far_one_ranked(monkeypatch)
    catalogue = shelf_with_a_step_aside()
    offered = {catalogue.by_slug["far"].pk}
    assert not any(one.serendipity for one in choose(LIKED, catalogue, offered=offered).candidates)
    assert not any(one.serendipity for one in choose(LIKED, shelf_with_a_step_aside(renown=20)).candidates)


@pytest.mark.parametrize("tag", ["gore", "harem"])
def test_nobody_is_led_aside_to_what_many_refuse_unless_they_like_it(monkeypatch, tag):
    without_the_far_one_ranked(monkeypatch)
    far = make_work("far", {"fantasy": 1, "war": 3, tag: 2}, renown=60)
    near = [make_work(f"near{n}", {"fantasy": 3, "cozy": 3}) for n in range(30)]
    for liked_too, comes in (({}, False), ({tag: 1}, True)):
        liked = make_work("liked", {"fantasy": 3, "cozy": 3} | liked_too, kin=("farの物語",))
        assert any(one.serendipity for one in choose(LIKED, make_catalogue(liked, far, *near)).candidates) is comes


def test_what_is_measured_knows_no_step_aside(monkeypatch):
    without_the_far_one_ranked(monkeypatch)
    assert "far" not in [work.slug for work in rank(LIKED, shelf_with_a_step_aside(), 5)]


# --- Similar works --------------------------------------------------------------------------------------------------


# --- Editions -------------------------------------------------------------------------------------------------------


def test_where_a_work_that_can_be_read_fits_it_comes_first():
    japanese = make_work("japanese", tags={"fantasy": 3}, renown=60, editions={"ko": {"known": None}})
    translated = make_work("translated", tags={"fantasy": 3}, renown=50, editions={"ko": {"known": True}})
    best = make_work("best", tags={"fantasy": 3, "isekai": 3}, renown=60, editions={"ko": {"known": False}})
    wish = Wish(required=["fantasy"], wanted={"fantasy": 1.0, "isekai": 1.0})
    shelf = make_catalogue(japanese, translated, best)

    def order(reads):
        return [one.work.slug for one in choose(wish, shelf, reads=reads).candidates]

    assert order("") == ["best", "japanese", "translated"]
    assert order("ko") == ["translated", "best", "japanese"]


def test_what_lacks_one_thing_hoped_for_comes_before_what_cannot_be_read():
    cosy = [make_work(f"cosy{n}", tags={"cooking": 3, "cozy": 2}, editions={"en": {"known": False}}) for n in range(3)]
    plain = [make_work(f"plain{n}", tags={"cooking": 3}, editions={"en": {"known": True}}) for n in range(3)]
    wish = Wish(required=["cooking"], leaning=[["cozy"]], wanted={"cooking": 1.0, "cozy": 0.7})
    shelf = make_catalogue(*cosy, *plain)
    for reads, first in (("en", plain), ("", cosy)):
        assert {one.work.slug for one in choose(wish, shelf, reads=reads).candidates} == {work.slug for work in first}


def test_what_cannot_be_read_is_no_pick_where_enough_can_be():
    best = make_work("best", tags={"fantasy": 3, "isekai": 3}, renown=60, editions={"en": {"known": False}})
    broken = make_work("broken", tags={"fantasy": 3}, volumes=4, editions={"en": {"known": True, "volumes": 1}})
    others = [
        make_work(f"other{n}", tags={"fantasy": 2}, renown=30, editions={"en": {"known": True}}) for n in range(4)
    ]
    wish = Wish(wanted={"fantasy": 1.0, "isekai": 1.0})
    shelf = make_catalogue(best, broken, *others)
    assert {one.work.slug for one in choose(wish, shelf, reads="en").candidates} == {work.slug for work in others}
    assert choose(wish, shelf).candidates[0].work.slug == "best"


def test_what_few_know_is_asked_for_before_all_else():
    known, hidden = make_work("known", renown=70), make_work("hidden", ["romance"], renown=30)
    choice = choose(Wish(less_known=True, required=["fantasy"]), make_catalogue(known, hidden))
    assert [one.work.slug for one in choice.candidates] == ["hidden"]
    assert choice.relaxed
    choice = choose(Wish(less_known=True), make_catalogue(known))
    assert not choice.candidates
    assert [reason.kind for reason in choice.blocked_by] == ["less_known"]


def test_who_turns_from_a_work_turns_from_its_series():
    first = make_work("first")
    second = make_work("second", related=(("firstの物語", "same-world"),))
    other = make_work("other")
    assert "second" in offer(Wish(read=["first"]), first, second, other)
    assert offer(Wish(refused=["first"]), first, second, other) == ["other"]
    assert offer(Wish(read=["first"], less_known=True), first, second, make_work("hidden", renown=9)) == ["hidden"]


def test_the_likes_of_a_work_are_refused_by_tags_and_by_kin():
    named = make_work("named", {"isekai": 3, "overpowered": 3})
    alike = make_work("alike", {"isekai": 3, "overpowered": 3})
    kin, other = (
        make_work("kin", {"isekai": 1, "romance": 3}, kin=("namedの物語",)),
        make_work("other", {"isekai": 1, "mystery": 3}),
    )
    found = offer(Wish(refused=["named"], unlike=["named"], required=["isekai"]), named, alike, kin, other)
    assert found == ["other"]


def test_a_story_of_a_school_is_none_of_grown_ups():
    teacher = make_work("teacher", {"adult-lead": 3, "academy": 3})
    touched, office = make_work("touched", {"adult-lead": 3, "academy": 1}), make_work("office", {"adult-lead": 3})
    assert {*offer(Wish(required=["adult-lead"]), teacher, touched, office)} == {"touched", "office"}
    assert "teacher" in offer(Wish(required=["adult-lead", "academy"]), teacher, touched, office)
