"""What tasks did, as operators see it: counted by the real queue's signals."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from huey.contrib.djhuey import HUEY

from chatbot.tests import factories
from huey_tasks import task_health, tasks
from huey_tasks.models import COUNTS_KEPT_FOR, TaskCount, Worker

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PAGE_QUERIES = 8


@HUEY.task(name="works_in_test")
def works():
    return None


@HUEY.task(name="breaks_in_test", retries=1)
def breaks():
    raise ValueError("sk-" + "a" * 40 + " broke")


@pytest.fixture(autouse=True)
def _uncounted():
    HUEY.flush()
    task_health._counts.clear()
    task_health._last_errors.clear()
    yield
    HUEY.flush()
    task_health._counts.clear()


def run(*makers):
    """Execute them as a worker would, with their retries."""
    for make in makers:
        make()
        while task := HUEY.dequeue():
            HUEY.execute(task)


def fared(name):
    return next(one for one in task_health.tasks_since(DAY) if one["task"] == name)


def test_runs_errors_and_retries_are_counted():
    run(works, works, breaks)
    task_health.flush(every=0)
    well, badly = fared("works_in_test"), fared("breaks_in_test")
    assert (well["runs"], well["errors"], well["retries"], well["last_error"]) == (2, 0, 0, "")
    assert 0 <= well["mean_ms"] <= well["longest_ms"] < 5_000
    assert (badly["runs"], badly["errors"], badly["retries"]) == (2, 2, 1)
    assert badly["last_error"].startswith("ValueError")
    assert "a" * 40 not in badly["last_error"]


def test_later_counts_are_added_to_the_hour():
    for _ in range(2):
        run(works)
        task_health.flush(every=0)
    assert TaskCount.objects.count() == 1
    assert fared("works_in_test")["runs"] == 2


def test_what_has_never_run_is_listed_too():
    assert {"write_reply", "rescue", "check_alerts"} <= {one["task"] for one in task_health.tasks_since(DAY)}
    assert (fared("write_reply")["runs"], fared("write_reply")["mean_ms"]) == (0, None)


def test_what_could_not_be_written_waits_for_the_next_time(monkeypatch):
    run(works, breaks)

    def refuse(*args, **counts):
        raise DatabaseError

    with monkeypatch.context() as away:
        away.setattr(task_health, "_write", refuse)
        with pytest.raises(DatabaseError):
            task_health.flush(every=0)
    run(works)
    task_health.flush(every=0)
    assert fared("works_in_test")["runs"] == 2
    assert fared("breaks_in_test")["errors"] == 2
    assert fared("breaks_in_test")["last_error"].startswith("ValueError")


def test_it_is_not_written_more_often_than_needed(django_assert_num_queries):
    run(works)
    task_health.flush(every=0)
    run(works)
    with django_assert_num_queries(0):
        task_health.flush()


def test_old_hours_are_forgotten():
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    for at in (hour, hour - COUNTS_KEPT_FOR - DAY):
        TaskCount.objects.add(hour=at, task="rescue", longest_ms=1, last_error="", runs=1)
    tasks.rescue.call_local()
    assert list(TaskCount.objects.values_list("hour", flat=True)) == [hour]


def test_the_page_shows_workers_queue_and_tasks(django_assert_num_queries):
    client = Client()
    client.force_login(factories.make_reader("keeper", is_staff=True, is_superuser=True))
    client.cookies["django_language"] = "en"
    Worker.beat("machine:1:abc")
    run(breaks)
    task_health.flush(every=0)
    HUEY.enqueue(works.s())
    client.get("/admin/tasks/")  # the session's own queries come with the first page
    with django_assert_num_queries(PAGE_QUERIES):
        page = client.get("/admin/tasks/").content.decode()
    for words in ("machine:1:abc", "1 task waits", "breaks_in_test", "ValueError", "check_alerts"):
        assert words in page
    Worker.beat("machine:2:def")
    Worker.beat("machine:3:ghi")
    with django_assert_num_queries(PAGE_QUERIES):
        client.get("/admin/tasks/?period=week")
    assert client.get("/admin/tasks/?period=%00").status_code == 200


def test_a_queue_that_does_not_answer_is_said(monkeypatch):
    client = Client()
    client.force_login(factories.make_reader("keeper", is_staff=True, is_superuser=True))
    client.cookies["django_language"] = "en"

    def refuse():
        raise OSError

    monkeypatch.setattr(HUEY.storage, "queue_size", refuse)
    assert "The queue does not answer" in client.get("/admin/tasks/").content.decode()
