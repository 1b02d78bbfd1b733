"""Shorter, longer, newer, older: than what is spoken of, than what is named."""

import pytest

from chatbot.catalogue.tests.factories import make_catalogue, make_work
from chatbot.language.acts import Act, Dialogue
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes.wish import understand

SHELF = make_catalogue(
    make_work(
        "tower", ("fantasy",), titles={"ko": "새벽탑", "en": "Tower of Dawn", "ja": "暁の塔"}, volumes=8, year=2010
    ),
    make_work(
        "market", ("romance",), titles={"ko": "달시장", "en": "Moon Market", "ja": "月の市"}, volumes=4, year=2016
    ),
    make_work(
        "harbour", ("mystery",), titles={"ko": "안개항", "en": "Fog Harbour", "ja": "霧の港"}, volumes=20, year=2004
    ),
)
ONE = Dialogue(("tower",), ("tower",), (Act.RECOMMEND,))
THREE = Dialogue(("tower", "market", "harbour"), ("tower", "market", "harbour"), (Act.RECOMMEND,))


def than(text, language, dialogue=ONE):
    turn = read_acts(text, dialogue, SHELF, understand([text], SHELF, language), language)
    return [part.detail.get("than") for part in turn.parts if part.act.wishes]


@pytest.mark.parametrize(
    ("text", "language", "limit"),
    [
        ("더 짧은 거", "ko", {"max_volumes": 7}),
        ("그거보다 긴 로맨스 있어?", "ko", {"min_volumes": 9}),
        ("더 최근 거 없어?", "ko", {"min_year": 2011}),
        ("a romance shorter than that", "en", {"max_volumes": 7}),
        ("longer than it please", "en", {"min_volumes": 9}),
        ("something newer than that", "en", {"min_year": 2011}),
        ("an older one", "en", {"max_year": 2009}),
        ("もっと短いの", "ja", {"max_volumes": 7}),
        ("それより長い恋愛ものは？", "ja", {"min_volumes": 9}),
        ("もっと新しいの", "ja", {"min_year": 2011}),
    ],
)
def test_what_is_asked_is_measured_by_the_work_that_is_spoken_of(text, language, limit):
    assert than(text, language) == [limit]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("안개항보다 짧은 판타지", "ko"),
        ("a fantasy shorter than Fog Harbour", "en"),
        ("霧の港より短いファンタジー", "ja"),
    ],
)
def test_what_is_asked_is_measured_by_the_work_that_is_named(text, language):
    assert than(text, language) == [{"max_volumes": 19}]


@pytest.mark.parametrize(("text", "language"), [("더 짧은 거", "ko"), ("shorter please", "en"), ("もっと短いの", "ja")])
def test_against_several_short_is_short_as_well(text, language):
    assert than(text, language, THREE) == [{"max_volumes": 5}]


@pytest.mark.parametrize(
    ("text", "language"),
    [("안개항보다 길어?", "ko"), ("is it longer than Fog Harbour?", "en"), ("霧の港より長い？", "ja")],
)
def test_how_two_stand_to_each_other_is_no_wish(text, language):
    assert than(text, language) == []
