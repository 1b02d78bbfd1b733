"""Turns in telegraph style after a list: facts, orders and conditions, in three languages."""

from dataclasses import replace

import pytest

from chatbot.catalogue.tests.factories import make_catalogue, make_work
from chatbot.language.acts import Act, Dialogue
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes.wish import understand

SHELF = make_catalogue(
    make_work("wolf", tags=("isekai", "female-lead"), titles={"ko": "늑대와 상인"}),
    make_work("tower", tags=("isekai", "female-lead"), titles={"ko": "탑의 기록자"}),
    make_work("lamp", tags=("isekai", "female-lead"), titles={"ko": "등불의 서고"}),
    make_work("slime", tags=("isekai",), names=("Slime", "슬라임", "スライム")),
)
PICKS = ("wolf", "tower", "lamp")
OFFERED = Dialogue(PICKS, PICKS, (Act.RECOMMEND,), wished={"asked": ["female-lead", "isekai"]})


def read(text, language, dialogue=OFFERED):
    return read_acts(text, dialogue, SHELF, understand([text], SHELF, language), language)


def verdicts(turn):
    return [(part.works, part.detail.get("state")) for part in turn.parts if part.act is Act.VERDICT]


@pytest.mark.parametrize(
    ("text", "language", "works", "wish"),
    [
        ("read slime. drop it. male lead", "en", ("slime",), "male lead"),
        ("Slime already read, skip, male lead", "en", ("slime",), "male lead"),
        ("already read slime. no. male mc", "en", ("slime",), "male mc"),
        ("read the second. leave it out. male lead", "en", ("tower",), "male lead"),
        ("seen those, skip, horror", "en", PICKS, "horror"),
        ("슬라임 읽음. 빼고. 남주로", "ko", ("slime",), "남주로"),
        ("슬라임 봤어요, 제외, 남자 주인공", "ko", ("slime",), "남자 주인공"),
        ("두번째 읽음. 빼. 남주로", "ko", ("tower",), "남주로"),
        ("다 읽음. 패스. 현대물로", "ko", PICKS, "현대물로"),
        ("スライム既読。外して。男主人公で", "ja", ("slime",), "男主人公で"),
        ("スライムは読んだ、抜きで、男主人公", "ja", ("slime",), "男主人公"),
        ("2番目は既読。除外。男主人公で", "ja", ("tower",), "男主人公で"),
    ],
)
def test_what_was_read_is_left_out_and_the_condition_alone_wishes(text, language, works, wish):
    turn = read(text, language)
    assert verdicts(turn) == [(works, "read")]
    assert turn.acts == (Act.VERDICT, Act.RECOMMEND)
    assert turn.parts[0].detail["left_out"]
    assert turn.wish_text == wish


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("drop slime. male lead", "en"),
        ("no slime, something shorter", "en"),
        ("슬라임 빼고. 남주로", "ko"),
        ("슬라임은 제외, 더 짧은 거", "ko"),
        ("スライムは外して。男主人公で", "ja"),
        ("スライム以外で、もっと短いの", "ja"),
    ],
)
def test_an_order_alone_leaves_a_work_out_and_marks_nothing(text, language):
    turn = read(text, language)
    assert turn.acts == (Act.RECOMMEND,)
    assert [slug for part in turn.parts for slug in part.detail.get("without", ())] == ["slime"]


@pytest.mark.parametrize(
    ("text", "language", "state"),
    [
        ("dropped slime. no more. something darker", "en", "dropped"),
        ("슬라임 하차. 제외. 어두운 걸로", "ko", "dropped"),
        ("スライム挫折。外して。暗いやつ", "ja", "dropped"),
    ],
)
def test_what_was_given_up_is_told_so(text, language, state):
    assert verdicts(read(text, language)) == [(("slime",), state)]


@pytest.mark.parametrize(
    ("text", "language"),
    [("i read it. drop it. male lead", "en"), ("읽었어. 빼. 남주로", "ko"), ("もう読んだ。除外。男主人公で", "ja")],
)
def test_of_several_it_marks_none(text, language):
    turn = read(text, language)
    assert [part.detail.get("kind") for part in turn.parts if part.act is Act.COMPLAINT] == ["read-before"]
    assert not verdicts(turn)
    assert Act.RECOMMEND in turn.acts


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("read slime. these are too dark", "en"),
        ("read slime, is the second one finished?", "en"),
        ("thanks. nice", "en"),
        ("슬라임 읽음. 또 이세계네", "ko"),
        ("슬라임 읽음. 몇 권이야?", "ko"),
        ("スライム既読。また異世界じゃん", "ja"),
    ],
)
def test_what_judges_or_asks_is_none(text, language):
    assert not any(part.detail.get("left_out") for part in read(text, language).parts)
    assert not any(part.detail.get("renewed") for part in read(text, language).parts)


@pytest.mark.parametrize(
    ("text", "language"),
    [("no harem. male lead", "en"), ("하렘 빼고, 남주로", "ko"), ("ハーレム抜きで、男主人公で", "ja")],
)
def test_a_kind_that_is_left_out_is_no_work(text, language):
    turn = read(text, language)
    assert not any(part.works or "without" in part.detail for part in turn.parts)
    wish = understand([turn.wish_text], SHELF, language)
    assert {"harem", "female-lead"} <= {*wish.unwanted}


@pytest.mark.parametrize(
    ("text", "language"),
    [("make it a male lead", "en"), ("이거 말고 남주로 바꿔줘", "ko"), ("これじゃなくて男主人公にして", "ja")],
)
def test_another_hero_that_is_ordered_finds_no_fault(text, language):
    assert read(text, language).acts == (Act.RECOMMEND,)


def test_that_all_heroes_are_men_does():
    assert Act.COMPLAINT in read("these all have male leads", "en").acts


def test_before_a_list_it_is_a_first_wish():
    assert read("male lead. no harem", "en", replace(OFFERED, last_picks=(), spoken=(), acts=())).acts == (
        Act.RECOMMEND,
    )
