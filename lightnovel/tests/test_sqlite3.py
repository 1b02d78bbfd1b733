"""Connections that are handed on from one thread to another."""

import threading

import pytest
from django.db import DatabaseError
from django.db.utils import ConnectionHandler

from lightnovel.sqlite3 import base


@pytest.fixture
def library(tmp_path, django_db_blocker):
    """Connections to a file of their own, each thread's by `library["default"]`."""
    options = {"init_command": "CREATE TABLE IF NOT EXISTS kept (word TEXT)"}
    file = {
        "ENGINE": "lightnovel.sqlite3",
        "NAME": str(tmp_path / "a.sqlite3"),
        "CONN_MAX_AGE": 600,
        "OPTIONS": options,
    }
    with django_db_blocker.unblock():  # of the tests' own database nothing is asked
        yield ConnectionHandler({"default": file})


def opened(connection):
    connection.ensure_connection()
    return connection.connection


def in_a_thread(task):
    found = []
    thread = threading.Thread(target=lambda: found.append(task()))
    thread.start()
    thread.join()
    return found[0]


def test_what_one_thread_closes_another_goes_on_with(library):
    first = opened(library["default"])
    assert in_a_thread(lambda: opened(library["default"])) is not first
    library["default"].close()
    assert in_a_thread(lambda: opened(library["default"])) is first


def test_no_two_threads_have_one(library):
    first = opened(library["default"])
    library["default"].close()
    assert opened(library["default"]) is first
    assert in_a_thread(lambda: opened(library["default"])) is not first


def test_a_transaction_is_not_handed_on(library):
    connection = library["default"]
    first = opened(connection)
    first.execute("BEGIN")
    first.execute("INSERT INTO kept VALUES ('half')")
    connection.close()
    again = opened(connection)
    assert again is not first
    assert again.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_one_that_failed_is_not_handed_on(library):
    connection = library["default"]
    first = opened(connection)
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
    connection.close()
    assert opened(connection) is not first


def test_a_file_that_was_replaced_is_opened_anew(library, tmp_path):
    connection = library["default"]
    first = opened(connection)
    (tmp_path / "a.sqlite3").rename(tmp_path / "b.sqlite3")
    connection.close()
    assert opened(connection) is not first
    second = connection.connection
    connection.close()
    (tmp_path / "a.sqlite3").rename(tmp_path / "c.sqlite3")
    assert opened(connection) is not second


def test_each_has_its_age(library, monkeypatch):
    connection = library["default"]
    first = opened(connection)
    until = connection.close_at
    connection.close()
    assert opened(connection) is first
    assert connection.close_at == until
    monkeypatch.setattr(base.time, "monotonic", lambda: until + 1)
    connection.close()
    assert opened(connection) is not first


def test_but_a_few_are_kept(library):
    handlers = [ConnectionHandler(library.settings) for _ in range(base.MAX_IDLE + 2)]
    connections = [opened(handler["default"]) for handler in handlers]
    for handler in handlers:
        handler["default"].close()
    again = [opened(handler["default"]) for handler in handlers]
    assert len({id(one) for one in again} & {id(one) for one in connections}) == base.MAX_IDLE
