"""Every kind of thing that is shown has words of its own."""

from dataclasses import fields

import pytest
from django.utils import translation

from chatbot.catalogue.models import Novel
from chatbot.language.wishes.wish import LIMITS, Wish
from chatbot.presentation import breaches, caveats, chips, reasons
from chatbot.presentation.cards import PresentedCard
from chatbot.presentation.lines import NAMES_A_TAG, NAMES_A_WORK, Line
from chatbot.presentation.lookup import Lookup

# Parts of a wish that make no chip: works to leave out, and what is about the ask and not about the books.
CHIPLESS = {
    "age",
    "untold",  # said in the reply
    "described",
    "elsewhere",
    "unlike",  # of those refused
    "unliked",
    "read",
    "refused",
    "count",
    "unknown_titles",
    "anything",
    "musts",  # its chip is that of the limit
    "sure",
    "quiet",
    "taste",
}


def test_every_part_of_a_wish_has_words_on_its_chip():
    assert {part.name for part in fields(Wish)} - CHIPLESS == chips.WORDS.keys()
    assert {*LIMITS} <= chips.WORDS.keys()


def test_kinds_that_name_a_tag_or_a_work_have_words():
    assert {*NAMES_A_TAG, *NAMES_A_WORK} <= reasons.WORDS.keys() | caveats.WORDS.keys()


def test_a_line_is_told_by_its_kind():
    assert reasons.ReasonLine("volumes", 1).words != reasons.ReasonLine("volumes", 2).words
    assert breaches.BreachLine("tag", "fantasy").words != reasons.ReasonLine("tag", "fantasy").words
    assert breaches.BreachLine("volumes", 13).words == reasons.ReasonLine("volumes", 13).words
    assert len({caveats.CaveatLine("hoped", value).words for value in ("status", "volumes", "anime")}) == 3


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ko", ["전격문고에서 나온 책", "전격문고 제외", "쿠로보시 코우하쿠 일러스트", "쿠로보시 코우하쿠 일러스트 제외"]),
        ("en", ["From Dengeki Bunko", "None from Dengeki Bunko", "Illustrated by Kouhaku Kuroboshi",
                "None illustrated by Kouhaku Kuroboshi"]),
        ("ja", ["電撃文庫から出た本", "電撃文庫は除く", "イラスト：黒星紅白", "黒星紅白のイラストは除く"]),
    ],
)  # fmt: skip
def test_publishers_and_illustrators_are_named_as_the_reader_can_read_them(language, words):
    made = {"published": "電撃文庫", "not_published": "電撃文庫", "drawn_by": "黒星紅白", "not_drawn_by": "黒星紅白"}
    with translation.override(language):
        told = chips.chips_of(Wish(**{kind: [name] for kind, name in made.items()}), Lookup({}, {}, {}))
        assert [chip.words for chip in told] == words
        assert [chip.is_negative for chip in told] == [False, True, False, True]
        assert [reasons.ReasonLine(kind, made[kind]).words for kind in ("published", "drawn_by")] == words[::2]
        others = [breaches.BreachLine(kind, "").words for kind in ("by", "published", "drawn_by")]
    assert len({*others, *words}) == 7


def test_what_has_no_words_yet_stands_as_it_is():
    assert reasons.ReasonLine("unheard-of", "x").words == "x"
    assert caveats.CaveatLine("unheard-of", "x").words == ""


def test_what_has_left_the_catalogue_leaves_its_place_empty():
    line = Line.of({"kind": "kin", "value": "gone", "tags": ["gone"]}, {}, {})
    assert (line.novel, line.tag, line.tags, line.title, line.label) == (None, None, [], "", "")


@pytest.mark.parametrize(
    ("language", "begins", "rest"),
    [
        ("ko", "덜 익은 돼지 간을 먹은 청년이 돼지가 된다.", "그를 거둔 것은 소녀 제스."),
        ("ko", "1925년 도쿄. 대지진이 지나간 거리에 탐정이 돌아온다.", "그리고 사건."),
        ("ko", "“정말 그 길로 왕도까지 가겠다고요?”", "제스가 묻지만 돼지는 대답이 없다."),
        ("en", "In U.C. 0096 a boy meets a girl who wants to stop a war.", "It begins all the same."),
        ("ja", "若き天才魔術師は語る。「この世界の果てまで行こう。」", "旅はそこで終わらない。"),
        ("ja", "文の終わりのない紹介は分けられず、そのまま全部が見える", ""),
        ("ko", "한 문장으로 끝나는 아주 조용한 이야기 소개.", ""),
        ("ko", "", ""),
    ],
)
def test_a_plot_is_folded_behind_its_beginning(language, begins, rest):
    novel = Novel(**{f"synopsis_{language}": f"{begins} {rest}".strip()})
    card = PresentedCard(novel, [], None, None, "")
    with translation.override(language):
        assert card.plot == (begins, rest)
