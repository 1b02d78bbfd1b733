"""A plain statement is taken up as what it says: each kind in three languages."""

import pytest

from chatbot.language.acts import Act, Dialogue
from chatbot.language.tests.test_acts import OFFERED, PICKS, read

READ_ONE = Dialogue(spoken=("tower",), acts=(Act.VERDICT,))


@pytest.mark.parametrize(
    ("text", "language", "state"),
    [
        ("늑대와 상인 빌렸어", "ko", "want"),
        ("책장에 늑대와 상인이 있어", "ko", "owned"),
        ("친구가 늑대와 상인 재밌다더라", "ko", "hearsay"),
        ("I borrowed 늑대와 상인 today", "en", "want"),
        ("found my old copy of 늑대와 상인 though", "en", "owned"),
        ("my friend keeps talking about 늑대와 상인", "en", "hearsay"),
        ("『늑대와 상인』を借りたよ", "ja", "want"),
        ("友達が『늑대와 상인』面白いって言ってた", "ja", "hearsay"),
    ],
)
def test_what_became_of_a_named_work_is_its_verdict(text, language, state):
    (part,) = read(text, Dialogue(acts=(Act.SMALL_TALK,)), language).parts
    assert (part.act, part.works, part.detail["state"]) == (Act.VERDICT, ("wolf",), state)


@pytest.mark.parametrize(("text", "language"), [("고민되네", "ko"), ("hmm cant decide", "en"), ("迷うなあ", "ja")])
def test_who_cannot_decide_is_told_the_books_apart(text, language):
    (part,) = read(text, OFFERED, language).parts
    assert (part.act, part.works) == (Act.COMPARE, PICKS)


@pytest.mark.parametrize(
    ("text", "language"), [("이런 거 좋아", "ko"), ("i like this kind", "en"), ("こういうの好き", "ja")]
)
def test_who_likes_their_kind_is_offered_their_like(text, language):
    (part,) = read(text, OFFERED, language).parts
    assert (part.act, part.works) == (Act.RECOMMEND, PICKS)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("호러는 별로더라", "ko"),
        ("난 추리물이 좋더라", "ko"),
        ("i prefer mystery", "en"),
        ("ホラーはちょっと苦手", "ja"),
    ],
)
def test_a_taste_in_books_is_wished_for(text, language):
    turn = read(text, OFFERED, language)
    assert turn.acts == (Act.RECOMMEND,)
    assert turn.wish_text == text


@pytest.mark.parametrize(
    ("text", "language"), [("근데 좀 길었어", "ko"), ("a bit long though", "en"), ("でもちょっと長かった", "ja")]
)
def test_a_fault_is_of_the_work_spoken_of(text, language):
    (part,) = read(text, READ_ONE, language).parts
    assert (part.act, part.works, part.detail) == (Act.SMALL_TALK, ("tower",), {"kind": "fault", "of": "long"})


@pytest.mark.parametrize(
    ("text", "language"),
    [("세 번째 거 표지 예쁘다", "ko"), ("the third cover is pretty", "en"), ("3つ目の表紙きれいだね", "ja")],
)
def test_a_remark_is_on_the_book_pointed_at(text, language):
    (part,) = read(text, OFFERED, language).parts
    assert (part.act, part.works) == (Act.SMALL_TALK, ("lamp",))
