"""A no right after a list turns the list down and not the conversation; what was off is taken from the answer."""

from dataclasses import replace

import pytest

from chatbot.language.acts import Act
from chatbot.language.tests.test_acts import OFFERED, PICKS, read

TURNED_DOWN = replace(OFFERED, spoken=(), acts=(Act.NO,))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("never mind, I'll pass", "en"),
        ("no thanks", "en"),
        ("아 됐어요 그만둘래", "ko"),
        ("아니요 됐어요", "ko"),
        ("음 패스할게요", "ko"),
        ("うーん、やめとく", "ja"),
        ("遠慮しておきます", "ja"),
        ("どれもいらないかな", "ja"),
    ],
)
def test_a_bare_no_is_one_to_the_list(text, language):
    (part,) = read(text, OFFERED, language).parts
    assert (part.act, part.detail) == (Act.NO, {"kind": "list"})


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("no thanks, maybe later", "en"),
        ("no thanks, bye", "en"),
        ("괜찮아요 다음에 할게요", "ko"),
        ("오늘은 됐어요", "ko"),
        ("また今度にします", "ja"),
        ("今日はやめとく", "ja"),
    ],
)
def test_who_puts_off_or_takes_leave_is_asked_nothing(text, language):
    parts = read(text, OFFERED, language).parts
    assert not any(part.detail.get("kind") == "list" for part in parts)
    assert Act.RECOMMEND not in {part.act for part in parts}


@pytest.mark.parametrize(("text", "language"), [("no thanks", "en"), ("아니요 됐어요", "ko"), ("やめとく", "ja")])
def test_without_a_list_it_is_a_plain_no(text, language):
    asked = replace(OFFERED, acts=(Act.ABOUT,))
    assert not any(part.detail.get("kind") == "list" for part in read(text, asked, language).parts)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("too long", "en"),
        ("the length", "en"),
        ("너무 길어서요", "ko"),
        ("길이요", "ko"),
        ("長さかな", "ja"),
        ("長すぎる", "ja"),
    ],
)
def test_their_length_is_answered_with_shorter_ones(text, language):
    turn = read(text, TURNED_DOWN, language)
    assert turn.acts == (Act.COMPLAINT, Act.RECOMMEND)
    assert turn.parts[0].detail == {"kind": "too-long", "shorter": 7}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("too much horror", "en"),
        ("horror", "en"),
        ("호러는 질려서", "ko"),
        ("호러요", "ko"),
        ("ホラーが苦手", "ja"),
        ("ホラーかな", "ja"),
    ],
)
def test_a_thing_in_them_by_its_name_is_refused(text, language):
    turn = read(text, TURNED_DOWN, language)
    assert turn.acts == (Act.COMPLAINT, Act.RECOMMEND)
    assert turn.parts[0].works == PICKS
    assert turn.parts[0].detail == {"tags": ["horror"], "refused": ["horror"]}


@pytest.mark.parametrize(
    ("text", "language"),
    [("ok a romance", "en"), ("romance", "en"), ("로맨스 보고 싶어", "ko"), ("恋愛がいいな", "ja")],
)
def test_what_none_of_them_has_is_wished_for(text, language):
    turn = read(text, TURNED_DOWN, language)
    assert Act.COMPLAINT not in turn.acts
    assert Act.RECOMMEND in turn.acts


@pytest.mark.parametrize(("text", "language"), [("the genre", "en"), ("장르요", "ko"), ("ジャンルかな", "ja")])
def test_of_which_kind_is_asked_once_more(text, language):
    (part,) = read(text, TURNED_DOWN, language).parts
    assert (part.act, part.detail) == (Act.COMPLAINT, {"kind": "which"})
