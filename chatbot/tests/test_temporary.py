"""A temporary conversation: not kept, and it teaches nothing."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from chatbot import own_data, own_search, replies
from chatbot.briefing import known_to
from chatbot.models import Conversation, Pick, Turn
from huey_tasks.sweeping import sweep

from . import factories

pytestmark = pytest.mark.django_db
TEACHES = "난 로맨스 싫어해. 『등불의 서고』는 다 읽었어. 판타지 추천해 줘"


def begin(reader, text, temporary):
    turn = Conversation.begin(reader, text, key=uuid.uuid4(), language="ko", temporary=temporary)
    replies.write(Turn.objects.claim(turn.pk, "worker"))
    return Turn.objects.get(pk=turn.pk)


@pytest.mark.parametrize("temporary", [False, True])
def test_it_teaches_nothing(reader, catalogue, temporary):
    turn = begin(reader, TEACHES, temporary)
    assert turn.reply
    assert reader.taste.kept().exists() is not temporary
    assert reader.shelf_entries.exists() is not temporary


def test_what_it_offered_counts_in_it_and_nowhere_else(reader, catalogue):
    turn = factories.make_turn(reader=reader)
    Conversation.objects.filter(pk=turn.conversation_id).update(temporary=True)
    Pick.objects.create(turn=turn, novel=catalogue[0], position=1)
    assert known_to(reader.pk) == frozenset()
    assert known_to(reader.pk, turn.conversation_id) == {catalogue[0].pk}
    assert not own_data._offers(reader).exists()


def test_it_is_asked_for_on_the_first_page_and_stands_in_no_list(logged_in, reader):
    data = {"text": "잠깐만 물어볼게", "key": uuid.uuid4(), "temporary": "on"}
    page = logged_in.post("/conversations/", data, follow=True)
    conversation = reader.conversations.get()
    assert conversation.temporary
    assert "임시 대화" in page.content.decode()
    Turn.objects.filter(conversation=conversation).update(state="done", finished_at=timezone.now(), reply="네.")
    history = logged_in.get("/").context["history"]
    assert (history.pinned, history.days) == ([], [])
    found = own_search.find(reader, "잠깐만")
    assert (found.hits, found.titled) == ([], [])


def test_it_is_deleted_a_day_after_its_last_ask_and_others_are_not(reader):
    gone, fresh, kept = (factories.make_turn(reader=reader).conversation for _ in range(3))
    Conversation.objects.filter(pk__in=[gone.pk, fresh.pk]).update(temporary=True)
    Conversation.objects.filter(pk__in=[gone.pk, kept.pk]).update(updated_at=timezone.now() - timedelta(hours=25))
    sweep()
    assert set(Conversation.objects.values_list("pk", flat=True)) == {fresh.pk, kept.pk}


def test_it_can_be_deleted_at_once(logged_in, reader):
    conversation = factories.make_turn(reader=reader).conversation
    Conversation.objects.filter(pk=conversation.pk).update(temporary=True)
    assert logged_in.post(f"/conversations/{conversation.pk}/delete/")["Location"] == "/"
    assert logged_in.post(f"/conversations/{conversation.pk}/restore/").status_code == 404
    sweep()
    assert not Conversation.objects.exists()
