"""The queue: who waits for it hears at once, and nothing is written to where nobody reads."""

import contextlib
import os
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings
from huey.consumer import Consumer

from huey_tasks import backpressure, storage
from huey_tasks.storage import PostgresQueue, RedisQueue, SqliteQueue

SOON = 0.5  # seconds; half of what a waiting worker lets pass before it looks by itself


@pytest.fixture
def file(tmp_path):
    return str(tmp_path / "queue.sqlite3")


def raw(huey):
    """`huey`, whose tasks are their bytes."""
    huey.deserialize_task = lambda data: data
    return huey


def sqlite(file):
    return raw(SqliteQueue("test", filename=file, results=False))


@pytest.fixture(params=["sqlite", "postgres", "redis"])
def queue(request, file):
    """A queue of its own in each store that is there; a function that opens it once more, as another process would."""
    if request.param == "sqlite":
        yield lambda: sqlite(file)
    elif request.param == "postgres":
        psycopg = pytest.importorskip("psycopg")
        place = {"host": "127.0.0.1", "dbname": "postgres"}
        try:
            server = psycopg.connect(**place, autocommit=True, connect_timeout=2)
        except psycopg.Error:
            pytest.skip("no PostgreSQL at 127.0.0.1")
        prefix = f"huey_test_{os.getpid()}"
        yield lambda: raw(PostgresQueue("test", results=False, table_prefix=prefix, **place))
        for table in ("kv", "schedule", "task", "counter"):
            server.execute(f"drop table if exists {prefix}_{table}")
        server.close()
    else:
        redis = pytest.importorskip("redis")
        name = f"test{os.getpid()}"
        try:
            redis.Redis().ping()
        except redis.RedisError:
            pytest.skip("no Redis at 127.0.0.1")
        yield lambda: raw(RedisQueue(name, results=False))
        RedisQueue(name, results=False).flush()


class Waiting:
    """A worker's thread that waits for one task."""

    def __init__(self, huey):
        self.got = self.after = None
        self.thread = threading.Thread(target=self.wait, args=[huey], daemon=True)
        self.thread.start()

    def wait(self, huey):
        while self.got is None:
            self.got = huey.dequeue()
        self.after = time.monotonic()


def test_a_waiting_worker_hears_at_once(queue):
    worker, web = queue(), queue()
    worker.storage.blocking = True
    waits = []
    for _ in range(5):
        waiting = Waiting(worker)
        time.sleep(0.3)
        sent = time.monotonic()
        web.storage.enqueue(b"task")
        waiting.thread.join(10)
        assert waiting.got == b"task"
        waits.append(waiting.after - sent)
    assert min(waits) < SOON / 2
    assert max(waits) < SOON


def test_all_threads_of_a_worker_get_their_tasks(queue):
    worker, web = queue(), queue()
    worker.storage.blocking = True
    waiting = [Waiting(worker) for _ in range(6)]
    time.sleep(0.2)
    sent = time.monotonic()
    for number in range(6):
        web.storage.enqueue(b"%d" % number)
    for one in waiting:
        one.thread.join(10)
    assert sorted(one.got for one in waiting) == [b"%d" % number for number in range(6)]
    assert max(one.after for one in waiting) - sent < SOON


def test_two_workers_never_get_the_same_task(queue):
    workers, web = [queue(), queue()], queue()
    for worker in workers:
        worker.storage.blocking = True
    waiting = [Waiting(worker) for worker in workers for _ in range(3)]
    for number in range(6):
        web.storage.enqueue(b"%d" % number)
    for one in waiting:
        one.thread.join(10)
    assert sorted(one.got for one in waiting) == [b"%d" % number for number in range(6)]


def test_what_was_rescued_goes_first(queue):
    huey = queue()
    huey.storage.enqueue(b"new")
    huey.storage.enqueue(b"rescued", priority=1)
    assert [huey.dequeue() for _ in range(3)] == [b"rescued", b"new", None]


def test_outside_of_a_worker_an_empty_queue_is_not_waited_for(queue):
    huey = queue()
    began = time.monotonic()
    assert huey.dequeue() is None
    assert time.monotonic() - began < SOON


def test_a_consumer_waits(queue):
    huey = queue()
    assert not huey.storage.blocking
    assert isinstance(huey.create_consumer(workers=2), Consumer)
    assert huey.storage.blocking


def test_a_worker_told_to_end_ends_soon(queue):
    huey = queue()
    consumer = huey.create_consumer(workers=8, periodic=False)
    for _impl, thread in consumer.worker_threads:
        thread.start()
    time.sleep(0.3)
    consumer.stop_flag.set()
    end = time.monotonic() + 3 * storage.LOOK_EVERY
    for _impl, thread in consumer.worker_threads:
        thread.join(max(0, end - time.monotonic()))
    assert not any(thread.is_alive() for _impl, thread in consumer.worker_threads)


def test_an_idle_worker_costs_next_to_nothing(queue):
    huey = queue()
    consumer = huey.create_consumer(workers=8, periodic=False)
    for _impl, thread in consumer.worker_threads:
        thread.start()
    time.sleep(0.3)
    before = time.process_time()
    time.sleep(2)
    used = time.process_time() - before
    consumer.stop_flag.set()
    for _impl, thread in consumer.worker_threads:
        thread.join()
    assert used / 2 < 0.03


def test_who_does_not_keep_up_takes_nothing_yet(file, monkeypatch):
    worker, web = sqlite(file), sqlite(file)
    worker.storage.blocking = True
    late = threading.Event()
    late.set()
    monkeypatch.setattr(backpressure, "_woke_late", lambda: not time.sleep(0.01) and late.is_set())
    monkeypatch.setattr(storage, "LOOK_EVERY", 30)
    worker._tasks_in_flight = set(range(backpressure.MIN_RUNNING))
    web.storage.enqueue(b"task")
    waiting = Waiting(worker)
    waiting.thread.join(0.3)
    assert waiting.got is None
    late.clear()
    waiting.thread.join(5)
    assert waiting.got == b"task"


def test_a_few_tasks_are_done_at_once_however_late_it_is(file, monkeypatch):
    worker, web = sqlite(file), sqlite(file)
    worker.storage.blocking = True
    monkeypatch.setattr(backpressure, "_woke_late", lambda: 1 / 0)
    worker._tasks_in_flight = set(range(backpressure.MIN_RUNNING - 1))
    web.storage.enqueue(b"task")
    assert worker.dequeue() == b"task"


def test_a_wakeup_that_nobody_heard_costs_a_second(file, monkeypatch):
    worker, web = sqlite(file), sqlite(file)
    worker.storage.blocking = True
    monkeypatch.setattr(web.storage.wakeup, "notify", lambda: None)
    waiting = Waiting(worker)
    time.sleep(0.2)
    web.storage.enqueue(b"task")
    waiting.thread.join(5 * storage.LOOK_EVERY)
    assert waiting.got == b"task"


def test_pipes_of_the_dead_are_taken_away(file):
    web = sqlite(file)
    pipe = web.storage.wakeup.open()
    assert len(list(web.storage.wakeup.folder.iterdir())) == 1
    web.storage.enqueue(b"task")
    assert len(list(web.storage.wakeup.folder.iterdir())) == 1
    os.close(pipe)
    web.storage.enqueue(b"task")
    assert list(web.storage.wakeup.folder.iterdir()) == []


def test_a_pipe_nobody_reads_does_not_hold_up_the_web(file):
    web = sqlite(file)
    pipe = web.storage.wakeup.open()
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(pipe, b"!" * 4096)
    web.storage.enqueue(b"task")
    assert web.storage.queue_size() == 1
    os.close(pipe)


def test_without_named_pipes_a_worker_looks_by_itself(file, monkeypatch):
    def refused(*args):
        raise PermissionError("no pipes here")

    monkeypatch.setattr(os, "mkfifo", refused)
    worker, web = sqlite(file), sqlite(file)
    worker.storage.blocking = True
    waiting = Waiting(worker)
    time.sleep(0.2)
    web.storage.enqueue(b"task")
    waiting.thread.join(5)
    assert waiting.got == b"task"


def garbage(file):
    """The file overwritten in place, with what SQLite keeps beside it."""
    for path in (file, f"{file}-wal", f"{file}-shm"):
        if os.path.exists(path):
            with open(path, "r+b") as opened:
                opened.write(b"garbage " * 4096)


def assert_set_aside(file, web, worker):
    """Both find out, what lay there is kept once under another name, and the queue goes on."""
    for huey in (web, worker):
        for _ in range(3):
            with contextlib.suppress(sqlite3.DatabaseError):
                huey.storage.queue_size()
    web.storage.enqueue(b"after")
    assert worker.storage.dequeue() == b"after"
    assert len(list(Path(file).parent.glob("queue.sqlite3.unreadable-*"))) == 1


def test_a_file_overwritten_with_garbage_is_set_aside_and_the_queue_goes_on(file, caplog):
    worker, web = sqlite(file), sqlite(file)
    web.storage.enqueue(b"before")
    assert worker.storage.dequeue() == b"before"
    garbage(file)
    assert_set_aside(file, web, worker)
    assert "could not be read" in caplog.text


def test_a_folder_in_the_place_of_the_file_is_set_aside_too(file):
    worker, web = sqlite(file), sqlite(file)
    web.storage.enqueue(b"before")
    for name in (file, f"{file}-wal", f"{file}-shm"):
        Path(name).unlink(missing_ok=True)
    Path(file).mkdir()
    assert_set_aside(file, web, worker)


def test_a_start_with_garbage_for_a_file_sets_it_aside(file):
    Path(file).write_bytes(b"garbage " * 4096)
    huey = sqlite(file)
    huey.storage.enqueue(b"one")
    assert huey.storage.dequeue() == b"one"
    assert len(list(Path(file).parent.glob("queue.sqlite3.unreadable-*"))) == 1


def test_a_start_beside_a_file_that_was_cut_off_sets_it_aside(file):
    """Another process has it open: for who comes then it is locked, and what SQLite keeps beside it says nothing."""
    code = (
        f"import sqlite3; db = sqlite3.connect({file!r}); db.execute('select * from task'); print(flush=True); input()"
    )
    sqlite(file).storage.enqueue(b"before")
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        other.stdout.readline()
        Path(file).write_bytes(b"x")
        Path(f"{file}-wal").unlink()
        huey = raw(SqliteQueue("test", filename=file, results=False, timeout=0.05))
        huey.storage.enqueue(b"one")
        assert huey.storage.dequeue() == b"one"
        other.communicate(b"\n")
    assert len(list(Path(file).parent.glob("queue.sqlite3.unreadable-*"))) == 1


def test_a_locked_file_is_not_taken_for_a_spoilt_one(file):
    huey = raw(SqliteQueue("test", filename=file, results=False, timeout=0.05))
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("begin exclusive")
    with pytest.raises(sqlite3.OperationalError):
        huey.storage.enqueue(b"one")
    other.execute("rollback")
    other.close()
    assert list(Path(file).parent.glob("*unreadable*")) == []


def test_a_deleted_file_is_made_anew_by_whoever_comes_first(file):
    web, worker = sqlite(file), sqlite(file)
    web.storage.enqueue(b"lost")
    assert worker.storage.queue_size() == 1
    for name in (file, f"{file}-wal", f"{file}-shm"):
        if os.path.exists(name):
            os.unlink(name)
    web.storage.enqueue(b"found")
    assert os.path.exists(file)
    assert worker.dequeue() == b"found"
    assert worker.dequeue() is None


def test_each_store_has_its_queue():
    kinds = {"sqlite": "SqliteQueue", "redis": "RedisQueue", "postgresql": "PostgresQueue"}
    kind = (
        "redis" if settings.REDIS_URL else settings.DATABASES["default"]["ENGINE"].rsplit(".", 1)[1].removesuffix("3")
    )
    assert settings.HUEY["huey_class"] == f"huey_tasks.storage.{kinds[kind]}"


def test_two_libraries_on_one_redis_keep_apart(tmp_path):
    code = "from lightnovel.settings import CACHES, HUEY; print(HUEY['name'], CACHES['default']['KEY_PREFIX'])"
    names = set()
    for database in ("one", "other"):
        env = {
            **os.environ,
            "VAR_DIR": str(tmp_path),
            "REDIS_URL": "redis://127.0.0.1:6379/0",
            "DATABASE_URL": f"postgres://127.0.0.1/{database}",
        }
        told = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
        names.update(told.stdout.split())
    assert names == {"turns-one", "one", "turns-other", "other"}
