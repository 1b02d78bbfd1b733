"""A worker's sign of life, and what is looked after with each beat."""

import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import OperationalError
from django.utils import timezone
from huey.contrib.djhuey import HUEY

from chatbot import replies
from chatbot.models import ENQUEUE_AGAIN, MAX_CLAIMS, Conversation, Turn
from chatbot.tests import factories
from huey_tasks import heartbeat, tasks
from huey_tasks.models import Worker

BASE_DIR = settings.BASE_DIR
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_queue():
    HUEY.flush()
    yield
    HUEY.flush()


@pytest.fixture
def turn():
    return factories.begin(factories.make_reader())


def claimed(turn, worker):
    assert Turn.objects.claim(turn.pk, worker)
    return turn


def lapse(turn, **fields):
    Turn.objects.filter(pk=turn.pk).update(lease_until=timezone.now() - timedelta(seconds=1), **fields)


def test_a_beat_writes_one_row_and_keeps_it_fresh():
    heartbeat.beat()
    first = Worker.objects.get()
    heartbeat.beat()
    second = Worker.objects.get()
    assert second.pk == first.pk
    assert second.name == heartbeat.NAME
    assert second.beat_at > first.beat_at
    assert second.started_at == first.started_at
    assert second.is_alive


def test_a_beat_keeps_the_leases_of_its_own_turns_only(turn):
    other = factories.begin(factories.make_reader())
    claimed(turn, heartbeat.NAME)
    claimed(other, "somebody else")
    soon = timezone.now() + timedelta(seconds=1)
    Turn.objects.update(lease_until=soon)
    with heartbeat.holding(turn.pk), heartbeat.holding(other.pk):
        heartbeat.beat()
    turn.refresh_from_db()
    other.refresh_from_db()
    assert turn.lease_until > soon
    assert other.lease_until == soon


def test_a_beat_brings_back_what_a_dead_worker_held(turn):
    claimed(turn, "dead")
    lapse(turn)
    heartbeat.beat()
    turn.refresh_from_db()
    assert (turn.state, turn.phase, turn.worker) == ("queued", "again", "")


def test_a_beat_does_not_take_away_its_own_overdue_turns(turn):
    claimed(turn, heartbeat.NAME)
    lapse(turn)
    with heartbeat.holding(turn.pk):
        heartbeat.beat()
    turn.refresh_from_db()
    assert (turn.state, turn.worker) == ("running", heartbeat.NAME)


def test_a_turn_let_go_by_a_living_worker_is_brought_back(turn):
    claimed(turn, heartbeat.NAME)
    lapse(turn)
    heartbeat.beat()
    turn.refresh_from_db()
    assert (turn.state, turn.phase, turn.worker) == ("queued", "again", "")


def test_a_worker_of_this_machine_that_is_gone_is_not_waited_for(turn):
    name = f"{heartbeat.liveness.HOST}:1:dead"
    child = subprocess.Popen([sys.executable, "-c", HOLDS.format(name=name)], stdout=subprocess.PIPE, cwd=BASE_DIR)
    assert child.stdout.readline() == b"held\n"
    claimed(turn, name)
    heartbeat.beat()
    turn.refresh_from_db()
    assert turn.state == "running"
    child.kill()
    child.wait()
    heartbeat.beat()
    turn.refresh_from_db()
    assert (turn.state, turn.phase) == ("queued", "again")
    assert heartbeat.liveness.of_the_dead() == []


# What a worker does first, in a process of its own, without a database.
HOLDS = """
import os, time
os.environ["DJANGO_SETTINGS_MODULE"] = "lightnovel.settings"
from huey_tasks import liveness
liveness.hold("{name}")
print("held", flush=True)
time.sleep(60)
"""


def test_a_file_of_another_machine_says_nothing(turn):
    liveness = heartbeat.liveness
    liveness.FOLDER.mkdir(exist_ok=True)
    (liveness.FOLDER / "elsewhere:1:unknown").touch()
    assert liveness.of_the_dead() == []


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_has_to_end_hands_its_turns_over(turn):
    claimed(turn, heartbeat.NAME)
    with heartbeat.holding(turn.pk):
        tasks.hand_over(None, None)
    turn.refresh_from_db()
    assert (turn.state, turn.phase, turn.claims) == ("queued", "again", 0)


@pytest.mark.django_db(transaction=True)
def test_a_turn_that_cannot_be_ended_is_let_go(turn, monkeypatch, caplog):
    def gone(*args, **changes):
        raise OperationalError("the connection is lost")

    monkeypatch.setattr(Turn, "progress", gone)
    tasks.write_reply.call_local(turn.pk)
    turn.refresh_from_db()
    assert turn.state == "running"
    assert "let go" in caplog.text
    heartbeat.beat()
    turn.refresh_from_db()
    assert turn.state == "queued"


def test_a_beat_gives_up_what_took_too_many_workers_down(turn):
    claimed(turn, "dead")
    lapse(turn, claims=MAX_CLAIMS)
    heartbeat.beat()
    turn.refresh_from_db()
    assert (turn.state, turn.failure) == ("failed", "lost")


def test_a_beat_tells_of_what_nobody_was_told_of(turn):
    Turn.objects.update(queued_at=timezone.now() - ENQUEUE_AGAIN - timedelta(seconds=1))
    assert HUEY.pending_count() == 0
    heartbeat.beat()
    assert [task.args for task in HUEY.pending()] == [(turn.pk,)]


def test_letters_and_sweeps_in_the_queue_hide_no_turn_nobody_was_told_of(turn):
    Turn.objects.update(queued_at=timezone.now() - ENQUEUE_AGAIN - timedelta(seconds=1))
    for tell in (tasks.deliver_mail, tasks.sweep) * 3:
        tell()
    heartbeat.beat()
    assert [task.args for task in HUEY.pending() if task.args] == [(turn.pk,)]


def test_a_line_behind_busy_workers_does_not_pile_up_in_the_queue(turn):
    factories.begin(factories.make_reader())
    Turn.objects.update(queued_at=timezone.now() - ENQUEUE_AGAIN - timedelta(seconds=1))
    for _ in range(5):
        heartbeat.beat()
    assert HUEY.pending_count() == 2


def test_a_missed_beat_does_not_end_the_beating(monkeypatch, caplog):
    beats = iter([RuntimeError("the database restarts"), None])

    def beat():
        if trouble := next(beats):
            raise trouble

    def sleep(seconds, naps=iter([None, SystemExit])):  # noqa: B008
        if end := next(naps):
            raise end

    monkeypatch.setattr(heartbeat, "beat", beat)
    monkeypatch.setattr(heartbeat.time, "sleep", sleep)
    monkeypatch.setattr(heartbeat, "close_old_connections", lambda: None)
    with pytest.raises(SystemExit):
        heartbeat._run()
    assert [record.message for record in caplog.records] == ["heartbeat missed"]
    assert next(beats, "both were tried") == "both were tried"


def test_beating_begins_once_in_a_process(monkeypatch):
    begun = []
    monkeypatch.setattr(heartbeat, "_begun", heartbeat.threading.Lock())
    monkeypatch.setattr(heartbeat.threading, "Thread", lambda **options: begun.append(options) or _Still())
    heartbeat.begin()
    heartbeat.begin()
    assert [(options["name"], options["daemon"]) for options in begun] == [("heartbeat", True), ("warm-up", True)]


def test_a_worker_that_loads_a_large_catalogue_beats_meanwhile(monkeypatch):
    loaded, beaten = threading.Event(), threading.Event()
    monkeypatch.setattr(heartbeat, "_begun", threading.Lock())
    monkeypatch.setattr(replies, "warm_up", lambda: loaded.wait(10))
    monkeypatch.setattr(heartbeat, "_run", beaten.set)
    heartbeat.begin()
    is_beaten = beaten.wait(5)
    loaded.set()
    assert is_beaten


class _Still:
    def start(self):
        pass


def test_workers_silent_for_a_day_are_forgotten():
    now = timezone.now()
    Worker.objects.create(name="yesterday's", beat_at=now - timedelta(days=1, seconds=1))
    Worker.objects.create(name="this morning's", beat_at=now - timedelta(hours=6))
    tasks.rescue.call_local()
    assert [worker.name for worker in Worker.objects.all()] == ["this morning's"]


def test_the_tasks_rescue_turns_and_bury_what_was_deleted(turn):
    claimed(turn, "dead")
    lapse(turn)
    gone = factories.begin(factories.make_reader()).conversation
    Conversation.objects.filter(pk=gone.pk).update(deleted_at=timezone.now() - timedelta(hours=1))
    tasks.rescue.call_local()
    tasks.sweep_again.call_local()
    turn.refresh_from_db()
    assert turn.state == "queued"
    assert not Conversation.objects.filter(pk=gone.pk).exists()


def test_the_task_leaves_a_turn_that_is_gone_alone(turn):
    pk = turn.pk
    turn.conversation.delete()
    tasks.write_reply.call_local(pk)
    assert not Turn.objects.filter(pk=pk).exists()
