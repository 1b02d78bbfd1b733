"""The sign of life: what a watcher outside sees of the worker and the queue."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.utils import timezone

from chatbot.models import Turn
from chatbot.tests import factories
from huey_tasks.models import Worker


@pytest.fixture
def beat(db):
    Worker.beat("one")
    return Worker.last_beat()


def test_a_living_worker_is_200_with_its_beat_and_the_queue(client, beat):
    reader = factories.make_reader()
    factories.begin(reader)
    factories.begin(reader)
    done = factories.begin(reader)
    Turn.objects.filter(pk=done.pk).update(state="done")
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "worker_beat": beat.isoformat(), "queue": 2}


@pytest.mark.django_db
def test_no_worker_at_all_is_503(client):
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json() == {"status": "no worker", "worker_beat": None, "queue": 0}


def test_a_worker_silent_for_long_is_503(client, beat):
    Worker.objects.update(beat_at=timezone.now() - timedelta(seconds=21))
    response = client.get("/healthz")
    assert (response.status_code, response.json()["status"]) == (503, "no worker")


def test_the_last_of_several_workers_counts(client, beat):
    Worker.objects.create(name="two", beat_at=timezone.now() - timedelta(hours=1))
    assert client.get("/healthz").status_code == 200


def test_a_watcher_gets_no_session_and_no_cookie(client, beat):
    response = client.get("/healthz")
    assert not response.cookies
    assert not Session.objects.exists()
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_stays_the_same(client, beat, rows, django_assert_num_queries):
    for number in range(rows):
        Worker.beat(f"worker {number}")
        factories.begin(factories.make_reader())
    with django_assert_num_queries(3):
        client.get("/healthz")


def test_a_database_that_does_not_answer_is_503(client, beat):
    def refuse(execute, sql, params, many, context):
        raise OperationalError("could not connect to server")

    with connection.execute_wrapper(refuse):
        response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json() == {"status": "no database", "worker_beat": None, "queue": None}


def test_other_methods_are_refused(client, beat):
    assert client.head("/healthz").status_code == 200
    assert client.post("/healthz").status_code == 405
