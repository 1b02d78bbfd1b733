"""An account is deleted while its reader asks: each request gets an answer, and nothing of the account is left."""

import uuid
from functools import partial

import pytest
from django.test import Client

from chatbot.models import Conversation, Turn
from chatbot.tests.at_once import at_once
from chatbot.tests.factories import begin, make_reader
from huey_tasks.sweeping import sweep
from users.models import User

from .conftest import PASSWORD

ROUNDS = 30


@pytest.mark.django_db(transaction=True)
def test_asking_in_the_moment_of_leaving_breaks_nothing(settings):
    settings.RATE_LIMITS = False
    statuses = []
    for number in range(ROUNDS):
        reader = make_reader()
        turn = begin(reader)
        clients = [Client(raise_request_exception=False) for _ in range(4)]
        for client in clients:
            client.force_login(reader)
        asks = [
            (f"/conversations/{turn.conversation_id}/ask/", {"text": "판타지", "key": str(uuid.uuid4())}),
            # As a page of an account says; without it who has no session any more is a guest, who may ask.
            ("/conversations/", {"text": "판타지", "key": str(uuid.uuid4()), "account": "on"}),
            (f"/turns/{turn.pk}/stop/", {}),
            ("/users/delete/", {"proof": PASSWORD}),
        ]
        calls = [partial(client.post, *ask) for client, ask in zip(clients, asks, strict=True)]
        statuses += [response.status_code for response in at_once(*calls)]
        assert not User.objects.filter(pk=reader.pk, leaving_at=None).exists(), number
        assert not Turn.objects.unfinished().exists(), number
        assert sweep()
        assert not User.objects.filter(pk=reader.pk).exists(), number
    assert len(statuses) == 4 * ROUNDS
    # 302: taken, or to the login; 404: the conversation is gone; 400: the session ended under the request.
    assert set(statuses) <= {302, 400, 404}, statuses
    assert (Turn.objects.count(), Conversation.objects.count()) == (0, 0)
