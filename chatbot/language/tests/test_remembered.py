"""A book that is looked for over several turns: each kind of turn in three languages."""

import pytest

from chatbot.language.acts import Act, Dialogue
from chatbot.language.tests.test_acts import OFFERED, read
from chatbot.language.turns.remembered import gathered

GUESSED = Dialogue(spoken=("wolf", "tower"), acts=(Act.FIND,))


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        ("주인공이 여자였던 것 같아", "ko", "주인공이 여자"),
        ("그 애가 병약했어", "ko", "그 애가 병약했어"),
        ("주인공이 해골이었나", "ko", "주인공이 해골이었나"),
        ("each chapter was a different country", "en", "each chapter was a different country"),
        ("the mc was a skeleton maybe", "en", "the mc was a skeleton"),
        ("she was in a poor family i think", "en", "she was in a poor family"),
        ("図書館が出てきた", "ja", "図書館が出てきた"),
        ("主人公が骸骨だった気がする", "ja", "主人公が骸骨"),
        ("学校の人たちもいた", "ja", "学校の人たちもいた"),
    ],
)
def test_a_later_turn_adds_to_what_is_remembered(text, language, told):
    turn = read(text, GUESSED, language)
    assert [(part.act, part.detail["told"]) for part in turn.parts] == [(Act.FIND, told)]
    assert not turn.wish_text


@pytest.mark.parametrize(
    ("text", "language", "denied", "told"),
    [
        ("아니 그거 말고 마을이 나왔어", "ko", ["wolf", "tower"], "마을이 나왔어"),
        ("늑대와 상인 말고", "ko", ["wolf"], ""),
        ("no, that's not it", "en", ["wolf", "tower"], ""),
        ("no not that, there was a village", "en", ["wolf", "tower"], "there was a village"),
        ("いやそれじゃなくて、村が出てきた", "ja", ["wolf", "tower"], "村が出てきた"),
        ("『늑대와 상인』じゃなくて", "ja", ["wolf"], ""),
    ],
)
def test_what_it_is_not_is_left_out(text, language, denied, told):
    (part,) = read(text, GUESSED, language).parts
    assert (part.act, part.detail["denied"], part.detail["told"]) == (Act.FIND, denied, told)


@pytest.mark.parametrize(
    ("text", "language"), [("더 옛날 거였어", "ko"), ("it was older", "en"), ("もっと古い作品だったと思う", "ja")]
)
def test_an_older_book_is_none_of_those_named(text, language):
    (part,) = read(text, GUESSED, language).parts
    assert part.detail["denied"] == ["wolf", "tower"]
    assert part.detail["max_year"] == 2014  # the works of the shelf are from 2015


@pytest.mark.parametrize(
    ("text", "language"),
    [("잘 모르겠어요", "ko"), ("I don't remember anything else", "en"), ("もう覚えてないです", "ja")],
)
def test_that_no_more_comes_back_tells_nothing_of_the_book(text, language):
    (part,) = read(text, GUESSED, language).parts
    assert (part.act, part.detail) == (Act.FIND, {"told": "", "unsure": True, "goes_on": True})


@pytest.mark.parametrize(
    ("text", "language", "work"),
    [
        ("아 맞아 그거", "ko", "wolf"),
        ("두 번째가 맞아요", "ko", "tower"),
        ("that's the one!", "en", "wolf"),
        ("the second one is it", "en", "tower"),
        ("そうそれ！", "ja", "wolf"),
        ("2つ目です", "ja", "tower"),
    ],
)
def test_the_one_that_it_is_ends_the_search(text, language, work):
    (part,) = read(text, GUESSED, language).parts
    assert (part.act, part.works, part.detail) == (Act.YES, (work,), {"kind": "found"})


@pytest.mark.parametrize(
    ("text", "language"),
    [("맞다 그거! 애니 있어?", "ko"), ("yes!! that one. is there an anime?", "en"), ("そうそれ！アニメある？", "ja")],
)
def test_what_is_asked_of_it_is_answered(text, language):
    (part,) = read(text, GUESSED, language).parts
    assert (part.act, part.works) == (Act.ABOUT, ("wolf",))


@pytest.mark.parametrize(
    ("text", "language", "act"),
    [
        ("고마워", "ko", Act.THANKS),
        ("그냥 비슷한 책 추천해 줘", "ko", Act.RECOMMEND),
        ("thanks!", "en", Act.THANKS),
        ("just recommend me something similar", "en", Act.RECOMMEND),
        ("ありがとう", "ja", Act.THANKS),
        ("似た本をおすすめして", "ja", Act.RECOMMEND),
    ],
)
def test_who_turns_to_something_else_is_followed(text, language, act):
    assert read(text, GUESSED, language).acts == (act,)


@pytest.mark.parametrize(
    ("text", "language"),
    [("늑대와 상인 말고", "ko"), ("not 늑대와 상인", "en"), ("『늑대와 상인』じゃなくて", "ja")],
)
def test_without_a_search_nothing_is_looked_for(text, language):
    assert Act.FIND not in read(text, OFFERED, language).acts


def test_a_search_is_all_its_turns_in_a_row():
    turns = [
        read(text, dialogue).parts
        for text, dialogue in (
            ("판타지 추천해 줘", Dialogue()),
            ("용이 나오는 책 뭐였지", Dialogue()),
            ("성도 나왔어", GUESSED),
        )
    ]
    assert [part.detail["told"] for part in gathered(turns)] == ["용이 나오는 책", "성도 나왔어"]
    assert not gathered([*turns, read("고마워").parts])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("오 그거! 하나 더 있는데, 책 좋아하는 애가 종이부터 만드는 이야기 아세요?", "ko"),
        ("또 하나 있는데 해골 마왕 나오는 소설 뭐였죠?", "ko"),
        ("yes that's it! there's one more, about a girl who makes paper herself, do you know it?", "en"),
        ("oh and another one, the book where a salaryman turns into a slime?", "en"),
        ("あーそれです！あともう一つあって、本好きの子が紙から作る話ってわかります？", "ja"),
        ("あともう一冊探してて、骸骨の王様が主人公の本なんですけど何でしたっけ？", "ja"),
    ],
)
def test_one_more_book_that_is_told_of_is_not_the_one_before(text, language):
    turn = read(text, Dialogue((), ("lamp",), (Act.FIND,)), language)
    assert any(part.act is Act.FIND and "lamp" not in part.works for part in turn.parts)
    assert Act.ABOUT not in turn.acts


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("하나 더 궁금한데 몇 권까지 나왔어?", "ko"),
        ("one more, is it finished?", "en"),
        ("もう一つ、完結してる？", "ja"),
    ],
)
def test_one_more_question_looks_for_no_book(text, language):
    assert Act.FIND not in read(text, Dialogue((), ("lamp",), (Act.ABOUT,)), language).acts
