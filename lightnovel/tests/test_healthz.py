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


@pytest.mark.parametrize("host", ["10.0.0.7", "web-5f7d:8000", "somewhere.example", "bad host"])
def test_a_watcher_may_call_us_by_any_name(client, beat, host):
    assert client.get("/healthz", headers={"Host": host}).status_code == 200
    assert client.get("/robots.txt", headers={"Host": host}).status_code == 400


def late(**fields):
    asked = factories.begin(factories.make_reader())
    Turn.objects.filter(pk=asked.pk).update(queued_at=timezone.now() - timedelta(seconds=25), **fields)
    return asked


def test_a_turn_that_nobody_takes_though_a_worker_lives_is_503(client, beat):
    late()
    response = client.get("/healthz")
    assert (response.status_code, response.json()["status"], response.json()["queue"]) == (503, "stalled", 1)


@pytest.mark.parametrize("fields", [{"state": "running"}, {"phase": "again"}])
def test_a_turn_that_is_written_or_was_taken_back_just_now_is_no_stall(client, beat, fields):
    late(**fields)
    assert client.get("/healthz").json()["status"] == "ok"


def test_a_line_before_workers_that_are_all_busy_is_no_stall(client, beat, settings):
    settings.WORKERS = 1
    late()
    late(state="running")
    assert client.get("/healthz").json()["status"] == "ok"
    settings.WORKERS = 2
    assert client.get("/healthz").json()["status"] == "stalled"


def test_a_beat_from_before_the_clock_was_set_back_is_no_sign_of_life(client, beat):
    Worker.objects.update(beat_at=timezone.now() + timedelta(hours=1))
    response = client.get("/healthz")
    assert (response.status_code, response.json()["status"]) == (503, "no worker")
    Worker.beat("one")  # the worker goes on by the new clock
    assert client.get("/healthz").status_code == 200


def test_other_methods_are_refused(client, beat):
    assert client.head("/healthz").status_code == 200
    assert client.post("/healthz").status_code == 405
