"""What somebody who mourns tells of whom they lost, and marks that nobody asked for."""

import pytest

from chatbot.catalogue.tests.factories import shipped_shelf
from chatbot.language.acts import Act, Dialogue
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes.wish import understand

MOURNS = Dialogue((), (), (Act.SMALL_TALK,), grief="pet")
SERIES = Dialogue((), ("banner-of-the-stars",), (Act.ABOUT,))
OFFERED = Dialogue(("kino-no-tabi", "biblia-koshodou"), ("kino-no-tabi", "biblia-koshodou"), (Act.RECOMMEND,))
WANTED = Dialogue(
    ("kino-no-tabi", "biblia-koshodou"), ("biblia-koshodou",), (Act.VERDICT,), marked=("biblia-koshodou",), mark="want",
    shelved={"biblia-koshodou": "want"},
)  # fmt: skip


@pytest.fixture(scope="module")
def shelf():
    return shipped_shelf()


def read(text, language, shelf, dialogue):
    return read_acts(text, dialogue, shelf, understand([text], shelf, language), language)


def marks(turn):
    told = ((part.works, part.detail.get("state")) for part in turn.parts if part.act is Act.VERDICT)
    return {slug: state for works, state in told for slug in works}


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("우리 애기 이름이 초코였어요", "ko", "초코"), ("her name was pickles", "en", "Pickles"),
        ("モモって名前だったんだ", "ja", "モモ"),
    ],
)  # fmt: skip
def test_the_name_of_whom_they_lost_is_heard(text, language, name, shelf):
    turn = read(text, language, shelf, MOURNS)

    assert [(part.detail["kind"], part.detail["name"]) for part in turn.parts] == [("named", name)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("15년 같이 살았거든요.. 이런날 읽어도 될만한 책 있을까요", "ko"),
        ("she was 16. can you recommend something gentle", "en"),
    ],
)
def test_years_together_are_heard_and_the_book_is_chosen(text, language, shelf):
    turn = read(text, language, shelf, MOURNS)

    assert turn.parts[0].detail["kind"] == "years"
    assert turn.wishes


@pytest.mark.parametrize(
    ("text", "language"), [("6권에서 멈춰있네", "ko"), ("so its stuck at 6 huh", "en"), ("6巻で止まってるのか…", "ja")]
)
def test_a_series_that_stopped_is_not_put_on_hold(text, language, shelf):
    assert not marks(read(text, language, shelf, SERIES))


@pytest.mark.parametrize(
    ("text", "language"),
    [("비블리아 빼줘. 키노로 할래", "ko"), ("drop biblia, back to kino", "en"), ("ビブリアやめた。キノに戻す", "ja")],
)
def test_a_change_of_mind_takes_one_off_and_puts_the_other_on(text, language, shelf):
    told = marks(read(text, language, shelf, WANTED))

    assert told.get("kino-no-tabi") == "want"
    assert told.get("biblia-koshodou") in ("unmark", "unwant", "not")


@pytest.mark.parametrize(
    ("text", "language"),
    [("키노 볼게 그거 애니 있지?", "ko"), ("i'd take kino, is it finished", "en"), ("キノにする 何巻ある？", "ja")],
)
def test_a_decision_is_heard_beside_a_question(text, language, shelf):
    turn = read(text, language, shelf, OFFERED)

    assert marks(turn) == {"kino-no-tabi": "want"}
    assert Act.ABOUT in turn.acts
