"""Titles that a row gives besides its own: told from the catalogue, they are neither doubted nor missed."""

from types import SimpleNamespace

import pytest

from chatbot.catalogue.models import Gap
from chatbot.catalogue.snapshot import current_catalogue
from chatbot.language.wishes.wish import Wish
from chatbot.pick_verification import count_gaps
from chatbot.presentation.plain_text import plain_text
from chatbot.presentation.turns import present

from . import factories

pytestmark = pytest.mark.django_db


def named(title):
    return {"ko": title, "en": f"{title} (en)", "ja": f"{title} (ja)"}


@pytest.fixture
def tower(catalogue):
    step = {"slug": "", "kind": "side", "after": 2, "skip": True}
    season = {"kind": "season", "number": 2, "year": 2021, "to_volume": 3, "sure": True, "note": ""}
    return factories.make_novel(
        "tower",
        "탑의 노래",
        related=[{"title_ja": "塔の前日譚", "kind": "prequel"}],
        reading_order=[{**step, "title": named("탑의 그늘 (3권, 5권)")}],
        anime=True,
        adaptations=[{**season, "title": named("탑의 노래 달빛의 장")}],
    )


def doubted(turn):
    (presented,) = present([turn])
    return [part.name for block in presented.blocks for part in block.parts or () if part.name and not part.novel]


REPLIES = [
    "『탑의 노래』를 보신 뒤에 『탑의 그늘 (3권, 5권)』을 읽으시면 돼요.",
    "『탑의 노래』의 외전은 『탑의 그늘』이에요. 『塔の前日譚』은 제 서가에 없어요.",
    "2기 『탑의 노래 달빛의 장』은 3권까지 다뤄요.",
]


@pytest.mark.parametrize("reply", REPLIES)
def test_a_part_of_the_work_that_is_spoken_of_is_not_doubted(reader, tower, reply):
    turn = factories.make_turn(reader=reader, voice="chatgpt", reply=reply, reading={"spoken": ["tower"]})
    assert doubted(turn) == []
    assert plain_text(present([turn])[0]) == reply


def test_while_it_is_written_neither(reader, tower):
    turn = factories.make_turn(reader=reader, state="writing", reply=REPLIES[0], reading={"spoken": ["tower"]})
    assert doubted(turn) == []


def test_of_another_work_it_is(reader, tower):
    reply = "『등불의 서고』의 외전은 『탑의 그늘』이에요. 『탑의 그림자』도 있어요."
    turn = factories.make_turn(reader=reader, reply=reply, reading={"spoken": ["lamplight"]})
    assert doubted(turn) == ["탑의 그늘", "탑의 그림자"]


def test_a_line_of_its_own_for_a_part_is_no_work(reader, tower):
    reply = "『탑의 노래』는 이렇게 읽어요.\n\n[[탑의 그늘]] 건너뛰어도 괜찮아요."
    turn = factories.make_turn(reader=reader, reply=reply, reading={"spoken": ["tower"]})
    assert doubted(turn) == []
    assert "『탑의 그늘』 건너뛰어도 괜찮아요." in plain_text(present([turn])[0])


def test_what_was_pointed_at_and_not_given_is_a_mention_apart_from_its_words(reader, tower):
    turn = factories.make_turn(reader=reader, reply="두 권이에요.\n\n[[tower]] 이것도 읽어 보세요.", candidates=[])
    assert plain_text(present([turn])[0]) == "두 권이에요.\n\n『탑의 노래』 이것도 읽어 보세요."


def test_a_part_is_no_gap_of_the_shelf(reader, tower):
    reply = "『탑의 그늘』과 『탑의 노래 달빛의 장』, 그리고 『없는 책의 노래』를 읽어 보세요."
    turn = factories.make_turn(reader=reader, reply=reply)
    count_gaps(turn, reply, SimpleNamespace(catalogue=current_catalogue(), wish=Wish()))
    assert list(Gap.objects.values_list("title", flat=True)) == ["없는 책의 노래"]
