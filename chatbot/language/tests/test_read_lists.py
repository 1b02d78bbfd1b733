"""Rows of titles that are said to have been read: all of them are noted, none is a wish."""

import pytest

from chatbot.catalogue.tests.factories import shipped_shelf
from chatbot.language.turns.read_lists import row_in
from chatbot.language.words.vocabulary import vocabulary


@pytest.fixture(scope="module")
def words():
    return vocabulary(shipped_shelf())


@pytest.mark.parametrize(
    ("text", "works", "strange", "rest"),
    [
        ("늑향 역내청 키노 작안샤나 다 봤음. 안 유명한거", {"spice-and-wolf", "oregairu", "kino-no-tabi", "shakugan-no-shana"}, (), "안 유명한거"),
        ("오버로드, 리제로, 가나다라마 읽었어", {"overlord", "re-zero"}, ("가나다라마",), ""),
        ("ok ive read bookworm, spice n wolf, 86. surprise me", {"honzuki-no-gekokujou", "spice-and-wolf", "86-eighty-six"}, (), "surprise me"),
        ("legend of galactic heroes, 86, fmp - read them all", {"legend-of-the-galactic-heroes", "86-eighty-six", "full-metal-panic"}, (), ""),
        ("legend of galactic heroes, read it. tell me more", {"legend-of-the-galactic-heroes"}, (), "tell me more"),
        ("ハルヒとキノとシャナ読了済み。次なに", {"haruhi-suzumiya", "kino-no-tabi", "shakugan-no-shana"}, (), "次なに"),
        ("SAO,禁書,ほげほげ,デアラは読んだ", {"sword-art-online", "toaru-majutsu-no-index", "date-a-live"}, ("ほげほげ",), ""),
    ],
)  # fmt: skip
def test_a_row_of_titles_is_read_whole(text, works, strange, rest, words):
    row = row_in(text, words)

    assert row
    assert {*row.works} == works
    assert (row.strange, row.rest) == (strange, rest)


@pytest.mark.parametrize(
    "text",
    [
        "오버로드, 리제로, 전슬은 안 봤어", "오버로드, 리제로, 전슬 애니로만 봤어", "이세계, 추리, 로맨스 다 읽었어",
        "i havent read overlord, rezero and 86", "have you read overlord, rezero and 86?", "ive read isekai, romance, mystery",
        "i read LOGH not brunhild!!", "dont say combatants i already read that",
        "オバロ、リゼロ、転スラはまだ読んでない", "オバロ、リゼロ、転スラはアニメで見ただけ",
    ],
)  # fmt: skip
def test_what_is_no_row_that_was_read_is_none(text, words):
    assert row_in(text, words) is None
