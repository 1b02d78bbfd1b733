"""What a later volume tells is kept back from who has not read it, whoever words the reply."""

import pytest

from chatbot import replies
from chatbot.assistant import phrases
from chatbot.assistant.spoilers import Horizons, is_told
from chatbot.models import Turn
from chatbot.tests import factories
from users.models import ShelfEntry

TELLS = [
    "주인공은 9권에서 왕이 돼요.",
    "7권의 마지막에 스승이 떠나요.",
    "마지막 권에서 둘은 헤어져요.",
    "결말에서는 모두 돌아와요.",
    "In volume 9 the hero becomes king.",
    "At the end of volume 7, her teacher leaves.",
    "By Vol 8 they are married.",
    "In the final volume they part.",
    "主人公は9巻で王になります。",
    "7巻のラストで師匠が去ります。",
    "最終巻で二人は別れます。",
]
TELLS_NOT = [
    "주인공은 3권에서 서고를 찾아요.",
    "전 12권으로 완결됐어요.",
    "애니 2기는 9권에서 끝나요.",
    "이어서 5권부터 읽으시면 돼요.",
    "9권은 내년에 나올 예정이에요.",
    "In volume 3 she finds the library.",
    "It has 12 volumes.",
    "Season 2 of the anime ends in volume 9.",
    "Read on from volume 5.",
    "主人公は3巻で書庫を見つけます。",
    "全12巻で完結しています。",
    "アニメ2期は9巻で終わります。",
    "続きは5巻からです。",
]


@pytest.mark.parametrize("words", TELLS)
def test_what_happens_in_a_later_volume_is_told_apart(words):
    assert is_told(words, 4)


@pytest.mark.parametrize("words", TELLS_NOT)
def test_what_is_out_and_what_was_read_may_be_told(words):
    assert not is_told(words, 4)


def horizons(**read):
    return Horizons(read, {"등불의 서고": "lamplight", "눈 내리는 왕국": "snowfall"}, "ko")


KEPT = phrases.of("ko").part("spoilers.kept_back", read=4)


def test_a_sentence_gives_way_and_the_others_stay():
    text = "조용한 이야기예요. 9권에서 스승이 떠나요. 10권에서 돌아와요. 문장이 고와요."
    assert horizons(lamplight=4).told(text, finished=True) == f"조용한 이야기예요. {KEPT} 문장이 고와요."


def test_another_work_is_left_alone():
    text = "『눈 내리는 왕국』은 9권에서 왕이 바뀌어요. 『등불의 서고』는 9권에서 스승이 떠나요."
    told = horizons(lamplight=4).told(text, finished=True)
    assert told == f"『눈 내리는 왕국』은 9권에서 왕이 바뀌어요. {KEPT}"


def test_a_pick_stays_a_pick():
    assert (
        horizons(lamplight=4).told("[[lamplight]] 9권에서 스승이 떠나요.\n", finished=True) == f"[[lamplight]] {KEPT}\n"
    )


def test_a_sentence_waits_for_its_end():
    told = horizons(lamplight=4).told
    assert told("고요해요. 9권에서 스승이", finished=False) == "고요해요. "
    assert told("고요해요. 그래서 좋아", finished=True) == "고요해요. 그래서 좋아"


def test_nothing_changes_where_nothing_is_known_of_how_far_the_reader_is():
    text = "9권에서 스승이 떠나요"
    assert horizons().told(text, finished=False) == text
    assert horizons(lamplight=4, snowfall=2).told(text, finished=True) == text  # of which is not said


@pytest.mark.parametrize("cut", range(1, 40))
def test_no_piece_of_what_is_kept_back_is_ever_shown(cut):
    text = "조용한 이야기예요. 9권에서 스승이 떠나요. 문장이 고와요."
    assert "스승" not in horizons(lamplight=4).told(text[:cut], finished=False)


# --- A reply of the model ---------------------------------------------------------------------------------------------


def answered(reader, upstream, words, says):
    upstream.says(lambda request: iter(says))
    turn = factories.begin(reader, words)
    replies.write(Turn.objects.claim(turn.pk, "here"))
    return Turn.objects.get(pk=turn.pk)


SAYS = ["등불의 서고는 ", "조용한 이야기예요. ", "9권에서 스승이 ", "떠나고 말아요. ", "문장이 고와요."]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("shelf", "words", "is_kept_back"),
    [
        ({"state": "reading", "volumes_read": 4}, "등불의 서고 줄거리 알려줘", True),
        ({"state": "reading", "volumes_read": 9}, "등불의 서고 줄거리 알려줘", False),
        ({"state": "read", "volumes_read": 4}, "등불의 서고 줄거리 알려줘", False),
        ({"state": "reading", "volumes_read": 4}, "스포해도 되니까 등불의 서고 줄거리 알려줘", False),
    ],
)
def test_a_model_that_forgets_itself_is_bounded(reader, catalogue, upstream, api, shelf, words, is_kept_back):
    ShelfEntry.objects.record(reader, catalogue[0], **shelf)
    turn = answered(reader, upstream, words, SAYS)
    assert turn.state == "done"
    assert "문장이 고와요." in turn.reply
    assert ("스승" not in turn.reply) == is_kept_back
    assert (KEPT in turn.reply) == is_kept_back
