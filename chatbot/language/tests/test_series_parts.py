"""The parts of a series by number, and the steps of a reading order that was just told."""

import pytest

from chatbot.catalogue.reading_orders import Step
from chatbot.catalogue.tests.factories import make_catalogue, make_work
from chatbot.language.acts import Act, ActPart, Dialogue, Question
from chatbot.language.asking.part_numbers import Said, number_in, said_in
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes.wish import understand


def step(name, kind="main", slug=""):
    return Step({"ko": name, "en": name, "ja": name}, slug, kind, None, kind != "main")


ORDER = (step("Dawn"), step("Noon"), step("Dusk"), step("The Film", "film"))
ROWS = (step("wolf", slug="wolf"), step("lamp", slug="lamp"))
SHELF = make_catalogue(
    make_work("tower", titles={"ko": "탑의 기록자"}, reading_order=ORDER),
    make_work("wolf", titles={"ko": "늑대와 상인"}, reading_order=ROWS),
    make_work("lamp", titles={"ko": "등불의 서고"}),
    make_work("plain", titles={"ko": "그냥 책"}),
    make_work("other", titles={"ko": "다른 책"}, names=("제2부", "Part Two", "第二部")),
)


def told(slug, spoken=()):
    part = ActPart(Act.ABOUT, works=(slug,), questions=(Question.ORDER,))
    return Dialogue((), spoken or (slug,), (Act.ABOUT,), asked=(part,))


def read(text, language, dialogue):
    return read_acts(text, dialogue, SHELF, understand([text], SHELF, language), language).parts


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2부는 몇 권부터야?", 2),
        ("제3장부터 읽어도 돼?", 3),
        ("2학년편은 몇 권부터야?", 2),
        ("두 번째 파트는 어디부터야?", 2),
        ("is volume 12 the start of the second arc?", 2),
        ("where does part three start?", 3),
        ("how long is year 2?", 2),
        ("第二部は何巻から？", 2),
        ("2年生編は何巻から？", 2),
        ("3番目の章は？", 3),
        ("2부터 읽어도 돼?", None),
        ("1권부터 읽어?", None),
        ("a 2 year gap", None),
        ("부부 이야기", None),
        ("2巻から読む", None),
        ("全部で何巻？", None),
    ],
)
def test_the_number_of_a_part(text, number):
    assert number_in(text) == number


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2학년편 4권이 2부 1권 맞나요?", [Said(2, 4), Said(2, 1)]),
        ("2부 1권이 4권 맞아?", [Said(2, 1), Said(None, 4)]),
        ("12권이 2부 시작이야?", [Said(None, 12), Said(2)]),
        ("is volume 12 the start of the second arc?", [Said(None, 12), Said(2)]),
        ("is volume 4 volume 1 of part 2?", [Said(None, 4), Said(2, 1)]),
        ("10巻から第4章？", [Said(None, 10), Said(4)]),
        ("第二部2巻は通しで何巻目？", [Said(2, 2)]),
    ],
)
def test_volumes_stand_with_their_parts(text, said):
    assert said_in(text) == said


@pytest.mark.parametrize(
    ("text", "language", "asked"),
    [
        ("그럼 두번째 건 건너뛰어도 돼?", "ko", 2),
        ("첫 번째는 몇 권이야?", "ko", 1),
        ("극장판은 언제 봐?", "ko", "film"),
        ("can I skip the second?", "en", 2),
        ("how long is the first one?", "en", 1),
        ("where does the film go?", "en", "film"),
        ("is the last one needed?", "en", "last"),
        ("3番目から読んでもいい？", "ja", 3),
        ("最初のは何巻ある？", "ja", 1),
        ("映画はいつ見る？", "ja", "film"),
    ],
)
def test_a_place_in_an_order_just_told_is_its_step(text, language, asked):
    (part,) = read(text, language, told("tower"))
    assert (part.act, part.works, part.detail["step"]) == (Act.ABOUT, ("tower",), asked)
    assert Question.ORDER in part.questions


@pytest.mark.parametrize(
    ("text", "language"),
    [("두 번째 거 애니 있어?", "ko"), ("is the second one finished?", "en"), ("2番目は完結してる？", "ja")],
)
def test_of_a_step_with_a_row_of_its_own_anything_is_asked(text, language):
    (part,) = read(text, language, told("wolf"))
    assert part.works == ("lamp",)
    assert "step" not in part.detail


@pytest.mark.parametrize(
    ("text", "language"),
    [("두번째 건 건너뛰어도 돼?", "ko"), ("can I skip the second?", "en"), ("2番目は飛ばしてもいい？", "ja")],
)
def test_without_parts_or_after_a_list_it_is_none(text, language):
    offered = Dialogue(("plain", "lamp"), ("plain", "lamp"), (Act.RECOMMEND,), asked=told("tower").asked)
    for dialogue in (told("plain"), offered):
        assert not any("step" in part.detail for part in read(text, language, dialogue))


@pytest.mark.parametrize(
    ("text", "language"),
    [("두 번째 건 건너뛰어도 돼?", "ko"), ("can I skip the second?", "en"), ("2番目は飛ばしてもいい？", "ja")],
)
def test_a_step_with_a_row_of_its_own_is_spoken_of_from_then_on(text, language):
    (part,) = read(text, language, told("wolf"))
    assert (part.works, part.detail["step"]) == (("lamp",), 2)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("제2부는 몇 권이야?", "ko"),
        ("그럼 2부는 몇 권부터야?", "ko"),
        ("how long is part two?", "en"),
        ("第二部は何冊？", "ja"),
        ("第二部から読んでもいい？", "ja"),
    ],
)
def test_a_part_by_number_is_of_the_work_spoken_of_whatever_else_has_that_name(text, language):
    (part,) = read(text, language, Dialogue((), ("plain",), (Act.ABOUT,)))
    assert (part.act, part.works) == (Act.ABOUT, ("plain",))


@pytest.mark.parametrize(
    ("text", "language"),
    [("탑의 기록자 2부는 몇 권부터야?", "ko"), ("how long is part two of The Tale of Tower?", "en")],
)
def test_a_title_beside_the_number_says_of_which_work(text, language):
    assert read(text, language, Dialogue((), ("plain",), (Act.ABOUT,)))[0].works == ("tower",)
