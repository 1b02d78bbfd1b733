"""What of Huey's own making the queues here override or read: no public promise, so each is named, and the minor version
is pinned. When one of these fails after an upgrade, `huey_tasks/storage.py` is to be read beside Huey's new code."""

import inspect

import huey
from huey import Huey, PostgresHuey, PriorityRedisHuey, SqliteHuey
from huey.storage import BaseSqlStorage, PostgresStorage, RedisStorage, SqliteStorage

from huey_tasks.storage import LeaderFollower, PostgresQueue, RedisQueue, SqliteQueue


def source(function):
    return inspect.getsource(function)


def test_the_minor_version_is_the_one_that_was_read():
    assert huey.__version__.split(".")[:2] == ["3", "5"]


def test_the_queue_counts_the_tasks_it_runs():
    assert isinstance(SqliteQueue("test", filename=":memory:")._tasks_in_flight, set)
    assert "_tasks_in_flight.add" in source(Huey._execute) + source(Huey.execute)


def test_a_consumer_takes_its_tasks_through_dequeue():
    assert "self.storage.dequeue()" in source(Huey.dequeue)
    assert "create_consumer" in vars(Huey)
    assert all(issubclass(one, LeaderFollower) for one in (SqliteQueue, RedisQueue, PostgresQueue))


def test_stores_that_can_wait_are_told_by_an_attribute():
    for storage in (PostgresStorage, RedisStorage):
        assert "self.blocking" in source(storage.__init__)
        assert "self.blocking" in source(storage.dequeue)
    assert issubclass(PriorityRedisHuey, Huey)
    assert SqliteStorage.blocking is False


def test_postgresql_connects_and_listens_as_is_overridden():
    assert "self._listen_local" in source(PostgresStorage.__init__)
    assert "self._listen_local" in source(PostgresStorage._listen_conn)
    assert "_connect" in vars(PostgresStorage)
    assert {"create_tables", "table_prefix", "blocking"} <= set(inspect.signature(PostgresStorage.__init__).parameters)
    assert "self.channel" in source(PostgresStorage.__init__)
    assert issubclass(PostgresHuey, Huey)


def test_sqlite_opens_its_file_as_is_overridden():
    assert isinstance(vars(BaseSqlStorage)["conn"], property)
    assert "self._create_connection()" in source(vars(BaseSqlStorage)["conn"].fget)
    assert "_create_connection" in vars(SqliteStorage)
    assert all("create table" in statement.lower() or "index" in statement.lower() for statement in SqliteStorage.ddl)
    assert "filename" in inspect.signature(SqliteStorage.__init__).parameters
    assert issubclass(SqliteHuey, Huey)


def test_tasks_are_enqueued_with_a_priority_and_counted():
    assert list(inspect.signature(SqliteStorage.enqueue).parameters) == ["self", "data", "priority"]
    assert list(inspect.signature(Huey.pending).parameters) == ["self", "limit"]
