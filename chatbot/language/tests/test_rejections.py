"""A work that is turned away from is refused, and what else the turn asks is read as if it had not been named."""

import pytest

from chatbot.catalogue.tests.factories import known_shelf
from chatbot.language.acts import Act, ActPart, Dialogue, Question
from chatbot.language.asking import asked
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes.wish import Wish

SHELF = known_shelf()
OFFERED = Dialogue(
    last_picks=("overlord", "spice-and-wolf"), spoken=("overlord", "spice-and-wolf"), acts=(Act.RECOMMEND,)
)


@pytest.mark.parametrize(
    "text",
    [
        "ew no Overlord", "stop with overlord", "tell me NOTHING about Overlord", "overlord?? absolutely not lol",
        "don't mention Overlord again", "no overlord please", "오버로드 얘기는 그만해", "오버로드?? 절대 싫어요",
        "으, 오버로드는 싫어", "오버로드는 다시는 꺼내지 마세요", "오버로드는 극혐이에요", "オーバーロードはもう出すな",
        "オーバーロードの話はもういい", "オーバーロードは論外です", "オーバーロード？？絶対嫌です",
    ],
)  # fmt: skip
def test_a_rejected_work_is_refused_and_others_are_chosen(text):
    turn = read_acts(text, OFFERED, SHELF, Wish(), "en")
    assert [part.act for part in turn.parts if part.act.wishes] == [Act.RECOMMEND]
    assert [slug for part in turn.parts for slug in part.detail.get("without", ())] == ["overlord"]
    assert "overlord" not in turn.works


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("overlord?? absolutely not lol. who wrote Spice and Wolf?", Act.AUTHOR),
        ("오버로드 얘기는 그만하고요. 늑대와 향신료는 몇 권이에요?", Act.ABOUT),
        ("オーバーロードの話はもういい。狼と香辛料は完結してる？", Act.ABOUT),
    ],
)
def test_what_else_is_asked_is_asked_of_the_other_work(text, asks):
    turn = read_acts(text, OFFERED, SHELF, Wish(), "en")
    assert [(part.act, part.works) for part in turn.parts] == [(asks, ("spice-and-wolf",))]


@pytest.mark.parametrize(
    "text",
    [
        "no, I mean Overlord itself, where do I start?",
        "오버로드 얘기 더 해 주세요",
        "オーバーロードの話をもっと",
        "no harem please",
    ],
)
def test_no_work_is_rejected_that_is_asked_for(text):
    turn = read_acts(text, OFFERED, SHELF, Wish(), "en")
    assert not any("without" in part.detail for part in turn.parts)


@pytest.mark.parametrize(
    ("text", "age"),
    [("초5가 봐도 되나요", 11), ("5학년이 보기에 어때요", 11), ("중2가 읽어도 되나요", 14), ("grade 5 ok?", 11),
     ("is it ok for a 5th grader", 11), ("小5に読ませていい?", 11), ("小学五年生でも読める?", 11), ("12살이 봐도 돼요?", 12)],
)  # fmt: skip
def test_a_class_of_a_school_tells_an_age(text, age):
    assert asked.age_in(text) == age


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("중학생부터면 초등학생은 안 되는 거잖아요", 11),
        ("중학생이 봐도 돼요?", 13),
        ("elementary schooler ok?", 11),
        ("小学生でも大丈夫?", 11),
    ],
)
def test_a_pupil_is_as_old_as_the_youngest_who_are_meant(text, age):
    assert asked.pupil_in(text) == age


@pytest.mark.parametrize(
    "text",
    [
        "중학생부터면 초등학생은 안 되는 거잖아요. 그럼 늑대와 향신료는 어때요?",
        "then how about Spice and Wolf?",
        "じゃあ狼と香辛料は？",
    ],
)
def test_what_was_asked_of_an_age_is_asked_of_another_work(text):
    before = ActPart(Act.ABOUT, "오버로드 초등학생이 봐도 돼요?", ("overlord",), (Question.SUITS,))
    dialogue = Dialogue(spoken=("overlord",), acts=(Act.ABOUT,), asked=(before,))
    turn = read_acts(text, dialogue, SHELF, Wish(), "ko")
    told = [(part.works, part.questions, part.detail.get("age")) for part in turn.parts]
    assert told == [(("spice-and-wolf",), (Question.SUITS,), 11)]
