"""The index over what was said: it finds what a search through every row would find, and follows every change."""

import pytest
from django.db import connection

from chatbot import conversation_search
from chatbot.models import Conversation, Turn
from chatbot.tests import factories
from chatbot.tests.factories import make_turn
from huey_tasks.sweeping import sweep

WORDS = ["이세계", "계", "세계 회귀물", "Isekai", "sekai", "SF소설", "異世界", "もふもふ", "😀", "isekai2", "ﾊｰﾚﾑ"]
TEXTS = [
    "이세계 회귀물", "이세 계", "ISEKAI2 please", "an isekai with cats", "SF소설 추천", "異世界でもふもふ", "좋아요 😀",
    "ﾊｰﾚﾑ以外", "", "계", "세상",
]  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_the_index_finds_what_every_row_would_be_read_for(db, word):
    turns = [make_turn(text=text, reply="네.") for text in TEXTS]
    wanted = {turn.pk for turn in turns if all(one.lower() in turn.text.lower() for one in word.split())}
    assert wanted <= set(conversation_search.TURNS.find(word))
    assert wanted


def test_short_latin_words_are_found_whole(db):
    whole, inside = make_turn(text="SF please"), make_turn(text="misfit heroes")
    assert conversation_search.TURNS.find("sf") == [whole.pk]
    assert conversation_search.TURNS.find("fit") == [inside.pk]


def test_a_reply_is_found_once_it_has_ended(db):
    turn = make_turn(state="queued", finished_at=None, text="비밀의 정원", reply="")
    assert conversation_search.TURNS.find("비밀의") == []
    turn = Turn.objects.claim(turn.pk, "worker")
    turn.progress(reply="온실에서")
    assert conversation_search.TURNS.find("온실에서") == []
    turn.finish(reply="온실에서 시작하는 이야기")
    assert conversation_search.TURNS.find("비밀의") == conversation_search.TURNS.find("시작하는") == [turn.pk]


def test_what_is_changed_or_deleted_is_no_longer_found(db):
    turn = make_turn(text="사라질 말", reply="그대로")
    other = make_turn(text="남을 말")
    Turn.objects.filter(pk=turn.pk).update(text="새로운 말")
    assert conversation_search.TURNS.find("사라질") == []
    assert conversation_search.TURNS.find("새로운") == [turn.pk]
    turn.conversation.delete()
    assert conversation_search.TURNS.find("새로운") == []
    assert conversation_search.TURNS.find("남을") == [other.pk]


def test_a_title_is_found_by_its_new_name(db):
    conversation = make_turn(text="처음 제목").conversation
    conversation.rename("나중 이름")
    assert conversation_search.CONVERSATIONS.find("나중") == [conversation.pk]
    assert conversation.pk not in conversation_search.CONVERSATIONS.find("처음")


def test_an_account_leaves_nothing_to_be_found(db):
    turn = make_turn(text="떠나는 말")
    turn.reader.leave()
    sweep()
    assert conversation_search.TURNS.find("떠나는") == []
    assert not Conversation.objects.exists()


def test_a_word_that_many_say_is_left_to_the_rows(db, monkeypatch):
    monkeypatch.setattr(conversation_search, "MAX_ROWS", 2)
    turns = [make_turn(text="추천해 줘") for _ in range(2)]
    assert sorted(conversation_search.TURNS.find("추천해")) == [turn.pk for turn in turns]
    make_turn(text="추천해 줘")
    assert conversation_search.TURNS.find("추천해") is None
    assert conversation_search.TURNS.find("★") == []
    assert conversation_search.TURNS.find("!?") is None  # nothing to look it up by


@pytest.mark.django_db(transaction=True)
def test_the_index_is_filled_anew_from_what_is_there():
    turn = make_turn(text="오래된 말")
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TABLE chatbot_turn_words" if connection.vendor == "sqlite" else "DROP INDEX chatbot_turn_words"
        )
    conversation_search.install()
    conversation_search.install()
    assert conversation_search.TURNS.find("오래된") == [turn.pk]
    Turn.objects.all().delete()
    assert conversation_search.TURNS.find("오래된") == []


def test_a_search_for_a_waiting_ask_finds_it_too(client, db):
    operator = factories.make_reader("operator", is_staff=True, is_superuser=True)
    client.force_login(operator)
    waiting = make_turn(state="queued", finished_at=None, text="기다리는 말")
    for url in ("/admin/chatbot/turn/", "/admin/chatbot/conversation/"):
        response = client.get(url, {"q": "기다리는"})
        assert [row.pk for row in response.context["cl"].result_list] == [
            waiting.pk if url.endswith("turn/") else waiting.conversation_id
        ]
