"""What readers ask of a book that is no tag."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from chatbot.language.words.flavours import FLAVOURS, not_meant, read
from chatbot.language.words.phrasebook import PHRASES
from chatbot.text.phrasebook import LANGUAGES

CATALOGUE = Path(settings.BASE_DIR) / "chatbot" / "catalogue" / "data"


def slugs():
    return {json.loads(line)["slug"] for line in (CATALOGUE / "tags.jsonl").read_text(encoding="utf-8").splitlines()}


def test_the_table_names_only_tags_of_the_catalogue():
    named = {tag for one in FLAVOURS.values() for tag in (*one.weights, *one.core, *one.spoilt_by, *one.not_meant)}
    assert named - slugs() == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FLAVOURS)
def test_every_line_of_a_flavour_gives_it_for_its_sentence(language, name):
    lines = PHRASES.sections("flavours", language)[name].lines
    assert [line.example for line in lines if name not in read(line.example)] == []


@pytest.mark.parametrize(
    ("text", "flavours"),
    [
        ("하루 종일 알콩달콩한 거", ("sweet",)),
        ("달달한 거 말고 매운 거", ()),
        ("별로 달달하지 않아도 돼", ()),
        ("nothing too sweet, please", ()),
        ("a sweet romance where they actually get together", ("sweet", "fulfilled")),
        ("甘々じゃない恋愛", ()),
        ("泣けて余韻の残る文学寄りの話", ("wistful", "literary")),
        ("뻔하지 않은 판타지", ("untypical",)),
        ("a fantasy with dragons", ()),
    ],
)
def test_what_is_taken_back_is_no_flavour(text, flavours):
    assert read(text) == flavours


@pytest.mark.parametrize(
    ("text", "flavours"),
    [
        ("출퇴근할 때 읽을 만한 거 추천", ("in-bits",)),
        ("심심할 때 볼 거 추천 좀", ("light",)),
        ("시험 끝나고 읽을 만한 거", ("light",)),
        ("주말에 몰아볼 거", ("gripping",)),
        ("겨울에 읽기 좋은 거", ("winter",)),
        ("what should I read on the bus to work, something for my commute", ("in-bits",)),
        ("a beach read", ("light",)),
        ("something to binge", ("gripping",)),
        ("a good one for the plane", ("light",)),
        ("something cozy for winter", ("winter",)),
        ("通勤中に読めるのある？", ("in-bits",)),
        ("暇つぶしに読むやつ", ("light",)),
        ("連休に読みたい", ("gripping",)),
        ("冬に読みたい", ("winter",)),
    ],
)
def test_when_and_where_it_is_read_says_what_kind_it_is_to_be(text, flavours):
    assert read(text) == flavours


def test_a_flavour_says_what_its_words_do_not_mean():
    ((begin, _, tags),) = not_meant("an isekai that isn't like every other isekai")
    assert begin > 10
    assert "isekai" in tags
    assert not_meant("an isekai") == []


@pytest.mark.parametrize(
    "text",
    [
        "이미 부부인 로맨스",
        "이미 사귀는 사이인 연애물",
        "처음부터 커플인 이야기",
        "romance where they're already a couple",
        "an established relationship, fantasy",
        "they are married from the start",
        "大人の恋愛で、もう付き合っている二人",
        "最初から夫婦のファンタジー",
        "付き合ってからの話",
    ],
)
def test_two_who_are_together_already_are_asked_for_and_nothing_sweet(text):
    assert read(text) == ("together",)


@pytest.mark.parametrize("text", ["나중에 부부가 되는 이야기", "they fall in love slowly", "付き合うまでの話"])
def test_two_who_are_to_become_a_couple_are_none(text):
    assert "together" not in read(text)
