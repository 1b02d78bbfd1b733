"""Lengths: one volume at most, a limit that is all that is said, a protest against what is called short."""

from dataclasses import replace

import pytest

from chatbot.catalogue.tests.factories import make_catalogue, make_work
from chatbot.language.acts import Act
from chatbot.language.tests.test_acts import OFFERED, SHELF, read
from chatbot.language.wishes.hearts import unjudged_in
from chatbot.language.wishes.wish import Wish, understand
from chatbot.recommender.choosing import choose

HOPED = replace(OFFERED, wished={"max_volumes": 1})


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("단권! 한 권짜리!", "ko"),
        ("3권 이내!", "ko"),
        ("5권 이하로요", "ko"),
        ("single volume!", "en"),
        ("2 volumes at most.", "en"),
        ("max 3 volumes please", "en"),
        ("一巻完結！", "ja"),
        ("3巻以内で", "ja"),
        ("単巻で", "ja"),
    ],
)
def test_a_limit_that_is_all_that_is_said_to_a_list_is_a_strict_wish(text, language):
    parts = read(text, OFFERED, language).parts
    assert {part.act for part in parts} == {Act.RECOMMEND}
    assert all(part.detail.get("strict") for part in parts)


@pytest.mark.parametrize(
    ("text", "language"),
    [("그럼 3권 이내 코미디", "ko"), ("then a comedy, 3 volumes at most", "en"), ("じゃあ3巻以内のコメディで", "ja")],
)
def test_a_limit_beside_something_else_is_none(text, language):
    turn = read(text, OFFERED, language)
    assert Act.RECOMMEND in turn.acts
    assert not any(part.detail.get("strict") for part in turn.parts)


@pytest.mark.parametrize("text", ["단권! 한 권짜리!", "단권으로!", "single volume!", "a one-shot only!", "一巻完結!"])
def test_what_is_called_out_may_not_be_loosened(text):
    wish = understand([text], SHELF, "ko")
    assert wish.max_volumes == 1
    assert "max_volumes" in wish.musts


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("이게 뭐가 짧아요 ㅋㅋ", "ko"),
        ("하나도 안 짧은데", "ko"),
        ("단권이 아닌데요", "ko"),
        ("how is that short lol", "en"),
        ("you call this short?", "en"),
        ("these aren't single-volume", "en"),
        ("これのどこが短いんですか", "ja"),
        ("全然短くないｗ", "ja"),
        ("一巻完結じゃないです", "ja"),
    ],
)
def test_what_is_found_anything_but_short_makes_way_for_shorter_ones(text, language):
    turn = read(text, HOPED, language)
    assert turn.acts == (Act.COMPLAINT, Act.RECOMMEND)
    assert turn.parts[0].detail["kind"] == "too-long"


@pytest.mark.parametrize(
    ("text", "language"),
    [("{}은 무리", "ko"), ("{} is too much", "en"), ("{}は無理かなあ", "ja")],
)
def test_the_number_of_volumes_of_a_pick_is_turned_away(text, language):
    volumes = SHELF.by_slug["tower"].volumes
    parts = read(text.format(volumes), OFFERED, language).parts
    assert parts[0].detail.get("kind") == "too-long"
    assert parts[0].detail["shorter"] < volumes


@pytest.mark.parametrize(
    ("text", "language"),
    [("단권이 아니어도 돼요", "ko"), ("is the first one short?", "en"), ("短いのはどれ？", "ja")],
)
def test_other_words_of_length_protest_at_nothing(text, language):
    assert Act.COMPLAINT not in read(text, OFFERED, language).acts


@pytest.mark.parametrize("text", ["short vols please, something funny", "한 권이 얇은 걸로 주세요", "一冊が薄いやつで"])
def test_how_thick_a_volume_is_is_told_of_none_and_sets_no_limit(text):
    assert unjudged_in(text)
    assert understand([text], SHELF, "en").max_volumes is None


def test_a_length_that_is_only_hoped_for_is_a_reason_where_it_is_kept():
    shelf = make_catalogue(make_work("one", {"fantasy": 3}, volumes=1), make_work("many", {"fantasy": 3}, volumes=29))
    wish = Wish(required=["fantasy"], max_volumes=1, sure={"max_volumes:1": 0.3})
    told = {one.work.slug: {reason.kind for reason in one.reasons} for one in choose(wish, shelf).candidates}
    assert "volumes" in told["one"]
    assert "volumes" not in told["many"]
