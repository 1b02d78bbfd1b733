"""A later ask that turns to another mood drops what was only leant to, and keeps genres, limits and refusals."""

import pytest

from chatbot.language.wishes.wish import understand

from .test_wish import SHELF

FIRST = {
    "en": "a cozy fantasy, no harem, under 10 volumes",
    "ko": "잔잔한 판타지, 하렘 없이 10권 미만",
    "ja": "のんびりしたファンタジー、ハーレムなし、10巻未満",
}


@pytest.mark.parametrize(
    ("language", "then", "mood"),
    [
        ("en", "nah then not that one. I want something sad", "tearjerker"),
        ("en", "this time something dark", "dark"),
        ("en", "I'm in the mood for something sad", "tearjerker"),
        ("ko", "그럼 그건 말고 슬픈 걸로", "tearjerker"),
        ("ko", "이번엔 어두운 거", "dark"),
        ("ko", "슬픈 거 읽고 싶어", "tearjerker"),
        ("ja", "じゃあそれじゃなくて、泣けるやつ", "tearjerker"),
        ("ja", "今度は暗いのが読みたい", "dark"),
    ],
)
def test_the_mood_so_far_goes_and_all_else_stays(language, then, mood):
    wish = understand([FIRST[language], then], SHELF, language)
    assert mood in wish.named_tags
    assert "cozy" not in wish.wanted
    assert wish.required == ["fantasy"]
    assert "harem" in wish.unwanted
    assert wish.max_volumes == 9


@pytest.mark.parametrize(
    ("language", "then"),
    [
        ("en", "and make it sad"),
        ("en", "I want it to be sad as well"),
        ("ko", "그리고 슬픈 거 읽고 싶어"),
        ("ko", "좀 더 슬픈 거 읽고 싶어"),
        ("ja", "もう少し泣けるのが読みたい"),
    ],
)
def test_a_mood_that_is_added_leaves_the_one_so_far(language, then):
    assert {"cozy", "tearjerker"} <= {*understand([FIRST[language], then], SHELF, language).named_tags}


@pytest.mark.parametrize(
    ("language", "first", "then"),
    [
        ("en", "dark horror, finished", "not those. I want something funny"),
        ("ko", "어두운 호러 완결", "그거 말고 웃긴 거 읽고 싶어"),
        ("ja", "暗いホラー、完結済み", "それじゃなくて、笑えるのが読みたい"),
    ],
)
def test_a_genre_that_is_its_opposite_goes_with_it(language, first, then):
    wish = understand([first, then], SHELF, language)
    assert wish.required == []
    assert wish.status == "completed"
    assert wish.brightness >= 0
    assert not {"horror", "dark"} & {*wish.wanted}


@pytest.mark.parametrize("text", ["今度は怖いのが読みたい", "次は怖い話がいい"])
def test_what_is_wanted_next_is_not_feared(text):
    assert "horror" in understand([text], SHELF, "ja").named_tags
