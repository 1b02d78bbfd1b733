"""Protests of the books just offered are told from talk with the same endings: each kind in three languages."""

from dataclasses import replace

import pytest

from chatbot.language.acts import Act, Question
from chatbot.language.tests.test_acts import OFFERED, PICKS, read

NO_HORROR = replace(OFFERED, wished={"unwanted": ["horror"], "asked": ["mystery"]})
BRIGHT = replace(OFFERED, wished={"asked": ["bright"], "brightness": 1})
FINISHED = replace(OFFERED, wished={"status": "completed"})
SHORT = replace(OFFERED, wished={"max_volumes": 5})


def acts(text, dialogue, language):
    return read(text, dialogue, language).acts


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("첫 번째 거 재밌겠잖아!", "ko"),
        ("이거 귀엽잖아 ㅋㅋ", "ko"),
        ("요즘 바쁘잖아", "ko"),
        ("come on that first one sounds awesome", "en"),
        ("oh come on, now I have to read all of them", "en"),
        ("1つ目面白そうじゃん", "ja"),
        ("これ可愛いじゃん", "ja"),
    ],
)
def test_an_ending_alone_complains_of_nothing(text, language):
    assert Act.COMPLAINT not in acts(text, NO_HORROR, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("아까 말했잖아 호러 싫다고", "ko"),
        ("호러 빼달라고 했잖아요", "ko"),
        ("I told you no horror", "en"),
        ("ugh, I literally said no horror", "en"),
        ("だからホラーはいやって言ったじゃん", "ja"),
        ("ホラーなしって言ったよね", "ja"),
    ],
)
def test_what_was_refused_and_is_said_again_is_owned_and_others_follow(text, language):
    turn = read(text, NO_HORROR, language)
    assert turn.acts == (Act.COMPLAINT, Act.RECOMMEND)
    assert turn.parts[0].detail == {"tags": ["horror"], "refused": ["horror"], "kind": "said-before"}
    assert turn.parts[1].detail == {"corrected": "again"}


@pytest.mark.parametrize(
    ("text", "language"),
    [("두 번째 거 다크하잖아", "ko"), ("come on, the second one is dark", "en"), ("2つ目暗いじゃん", "ja")],
)
def test_the_other_side_of_a_mood_is_a_fault_of_the_one_pointed_at(text, language):
    part = read(text, BRIGHT, language).parts[0]
    assert (part.act, part.works, part.detail.get("tags")) == (Act.COMPLAINT, ("tower",), ["dark"])


@pytest.mark.parametrize(
    ("text", "language"),
    [("다 연재중이잖아", "ko"), ("come on, these are all ongoing", "en"), ("全部連載中じゃん", "ja")],
)
def test_of_works_that_are_finished_that_is_told(text, language):
    turn = read(text, FINISHED, language)
    assert [(part.act, part.works) for part in turn.parts] in (
        [(Act.ABOUT, PICKS)],
        [(Act.COMPLAINT, PICKS), (Act.RECOMMEND, ())],
    )
    assert turn.parts[0].questions == (Question.STATUS,) or turn.parts[0].detail == {"status": "completed"}


@pytest.mark.parametrize(
    ("text", "language"),
    [("너무 길잖아요 이거", "ko"), ("come on, these are way too long", "en"), ("長すぎるじゃん", "ja")],
)
def test_what_is_too_long_makes_way_for_shorter_ones(text, language):
    turn = read(text, SHORT, language)
    assert turn.acts == (Act.COMPLAINT, Act.RECOMMEND)
    assert turn.parts[0].detail["kind"] == "too-long"
    assert turn.parts[0].detail["shorter"] <= 5


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("아니 첫 번째 거 이미 읽었다니까", "ko"),
        ("dude i already said i read the first one", "en"),
        ("1つ目はもう読んだってば", "ja"),
    ],
)
def test_what_was_read_is_marked_and_others_follow(text, language):
    turn = read(text, NO_HORROR, language)
    assert [(part.act, part.works) for part in turn.parts] == [(Act.VERDICT, ("wolf",)), (Act.RECOMMEND, ())]


@pytest.mark.parametrize(("text", "language"), [("그거 이미 읽었다니까", "ko"), ("それもう読んだってば", "ja")])
def test_of_several_none_is_marked_unasked(text, language):
    turn = read(text, NO_HORROR, language)
    assert turn.acts == (Act.COMPLAINT, Act.RECOMMEND)
    assert turn.parts[0].detail == {"kind": "read-before"}


@pytest.mark.parametrize(
    ("text", "language", "works"),
    [
        ("still horror", "en", PICKS),
        ("horror again?", "en", PICKS),
        ("nope, still horror", "en", PICKS),
        ("these are still horror", "en", PICKS),
        ("the second one is still horror", "en", ("tower",)),
        ("또 호러네", "ko", PICKS),
        ("또 호러야?", "ko", PICKS),
        ("여전히 호러인데", "ko", PICKS),
        ("두번째는 호러인데?", "ko", ("tower",)),
        ("두 번째 거 호러잖아", "ko", ("tower",)),
        ("またホラーじゃん", "ja", PICKS),
        ("またホラー？", "ja", PICKS),
        ("まだホラーなんだけど", "ja", PICKS),
        ("2番目、ホラーじゃん", "ja", ("tower",)),
    ],
)
def test_what_was_refused_and_comes_again_is_a_fault_in_every_form(text, language, works):
    turn = read(text, NO_HORROR, language)
    assert turn.acts == (Act.COMPLAINT, Act.RECOMMEND)
    assert turn.parts[0].works == works
    assert turn.parts[0].detail["tags"] == ["horror"]


@pytest.mark.parametrize(
    ("text", "language"),
    [("mystery again", "en"), ("more mystery", "en"), ("또 미스터리", "ko"), ("またミステリー", "ja")],
)
def test_what_was_wished_for_and_is_named_again_is_none(text, language):
    assert Act.COMPLAINT not in acts(text, NO_HORROR, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("no, not those. this time something dark", "en"),
        ("I want something dark, not that one", "en"),
        ("그거 말고 어두운 걸로", "ko"),
        ("아니 그거 말고. 이번엔 어두운 거", "ko"),
        ("それじゃなくて、暗いやつで", "ja"),
        ("これはいいや。今度は暗いのが読みたい", "ja"),
    ],
)
def test_who_turns_to_another_mood_protests_at_nothing(text, language):
    turn = read(text, BRIGHT, language)
    assert Act.COMPLAINT not in turn.acts
    assert not any(part.detail.get("corrected") for part in turn.parts)
    assert turn.wishes
