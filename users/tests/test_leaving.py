"""An account is deleted while its reader asks: each request gets an answer, and nothing of the account is left."""

import threading
import uuid

import pytest
from django.db import connections
from django.test import Client

from chatbot.models import Conversation, Turn
from chatbot.tests.factories import begin, make_reader
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
        start = threading.Barrier(4)

        def go(client, url, data, start=start):
            try:
                start.wait()
                statuses.append((url.strip("/").split("/")[-1], client.post(url, data).status_code))
            finally:
                connections.close_all()

        asks = [
            (f"/conversations/{turn.conversation_id}/ask/", {"text": "판타지", "key": str(uuid.uuid4())}),
            ("/conversations/", {"text": "판타지", "key": str(uuid.uuid4())}),
            (f"/turns/{turn.pk}/stop/", {}),
            ("/users/delete/", {"proof": PASSWORD}),
        ]
        threads = [threading.Thread(target=go, args=(client, *ask)) for client, ask in zip(clients, asks, strict=True)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not User.objects.filter(pk=reader.pk).exists(), number
    assert len(statuses) == 4 * ROUNDS
    # 302: taken, or to the login; 404: the conversation is gone; 400: the session ended under the request.
    assert {status for _, status in statuses} <= {302, 400, 404}, statuses
    assert (Turn.objects.count(), Conversation.objects.count()) == (0, 0)
