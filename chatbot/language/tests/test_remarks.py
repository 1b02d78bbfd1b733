"""What is thrown back at the books just offered is no wish, and what was asked for before is not struck out by it."""

from dataclasses import replace

import pytest

from chatbot.language.tests.test_acts import OFFERED, SHELF
from chatbot.language.turns.remarks import remarked_in
from chatbot.language.words.vocabulary import vocabulary


def remarked(text, *asked):
    return remarked_in(text, replace(OFFERED, wished={"asked": [*asked], "unwanted": []}), vocabulary(SHELF))


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("누가 판타지 달랬냐", "fantasy"),
        ("또 이세계네.. 추리 달라고", "isekai"),
        ("these are all isekai. i meant the real world", "isekai"),
        ("lol vampires again? i asked for a detective", "vampires"),
        ("一つ目は異世界じゃん。日常系って言ったよね", "isekai"),
        ("誰がハーレム頼んだよ。一途なやつで", "harem"),
    ],
)
def test_what_nobody_asked_for_was_wrong_with_the_books(said, fault):
    assert fault in remarked(said, "mystery").faults


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("이게 어딜 봐서 공포냐", "horror"),
        ("백합 아닌데요..?", "yuri"),
        ("how is that horror", "horror"),
        ("none of these are yuri", "yuri"),
        ("SFじゃないし", "sf"),
        ("いやこれ全然ホラーじゃないやん", "horror"),
    ],
)
def test_what_was_asked_for_is_missed_and_not_refused(said, asked):
    found = remarked(said, asked)
    assert (found.faults, found.missed) == ((), (asked,))


@pytest.mark.parametrize("said", ["웃긴 학원물로 줘", "something with a detective", "もっと笑えるやつがいい"])
def test_a_wish_is_no_remark(said):
    assert remarked(said) is None
