"""Two titles side by side: neither is replaced by a work that the conversation was about before."""

import pytest

from chatbot.language.acts import Act, Dialogue
from chatbot.language.tests.test_likenings import SHELF, parts_of

BEFORE = Dialogue(("harbour",), ("harbour",), (Act.RECOMMEND,))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("compare Moon Market and Raven Consort", "en"),
        ("Moon Market vs Raven Consort", "en"),
        ("what's the difference between Moon Market and Raven Consort?", "en"),
        ("달시장이랑 까마귀 왕비 비교해줘", "ko"),
        ("달시장이랑 까마귀 왕비 중에 뭐가 더 나음", "ko"),
        ("月の市と烏の妃どっちが面白い？", "ja"),
    ],
)
def test_half_a_title_is_looked_up_and_not_replaced(text, language):
    part = next(one for one in parts_of(text, language, BEFORE) if one.act is Act.COMPARE)
    assert part.works == ("market",)
    assert part.detail["described"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("compare Moon Market and Tower of Dawn", "en"),
        ("달시장이랑 새벽탑 중에 뭐가 더 잔인함", "ko"),
        ("月の市と暁の塔どっちがグロい？", "ja"),
    ],
)
def test_two_known_titles_are_compared(text, language):
    part = parts_of(text, language, BEFORE)[0]
    assert (part.act, {*part.works}) == (Act.COMPARE, {"market", "tower"})
    assert "described" not in part.detail


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("which one is gorier, Moon Market or Tower of Dawn", "en"),
        ("which of them is more brutal, Moon Market or Tower of Dawn?", "en"),
        ("달시장이랑 새벽탑 중에 뭐가 더 잔인함", "ko"),
        ("달시장하고 새벽탑 중에 더 잔혹한 쪽은?", "ko"),
        ("月の市と暁の塔、どっちがグロい？", "ja"),
        ("月の市と暁の塔ってどっちが残酷？", "ja"),
    ],
)
def test_cruelty_is_what_they_are_measured_by(text, language):
    part = next(one for one in parts_of(text, language, BEFORE) if one.act is Act.COMPARE)
    assert ({*part.works}, part.detail["by"]) == ({"market", "tower"}, "cruel")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("달시장이랑 새벽탑이랑 작가 같죠? 둘중 뭐가 더 나음", "ko"),
        ("月の市と暁の塔って作者同じですよね？どっちが面白い？", "ja"),
    ],
)
def test_two_questions_on_two_works_are_both_of_these(text, language):
    parts = parts_of(text, language, BEFORE)
    assert [one.act for one in parts] == [Act.AUTHOR, Act.COMPARE]
    assert all({*one.works} == {"market", "tower"} for one in parts)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("달시장이랑 비교하면 뭐가 더 어두워?", "ko"),
        ("compare it with the anime", "en"),
        ("원작이랑 애니 중에 뭐가 나아?", "ko"),
        ("アニメと原作どっちがいい？", "ja"),
    ],
)
def test_what_is_no_title_is_none(text, language):
    assert not any(one.detail.get("described") for one in parts_of(text, language, BEFORE))


def test_the_shelf_of_these_tests_has_no_raven():
    assert not any("raven" in name.lower() for work in SHELF.works for name in work.names)
