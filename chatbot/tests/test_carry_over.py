"""Carrying an embedded SQLite over into PostgreSQL: all of it, exactly, or nothing."""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from huey_tasks.chaos.stack import BASE_DIR, Postgres

pytestmark = pytest.mark.machines

LIBRARY = r"""
import uuid
from datetime import UTC, datetime
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from chatbot.models import Conversation, Pick, Turn
from chatbot.tests import factories
from users.models import DailyUse
shelf = factories.make_catalogue()
reader = factories.make_reader("saebyeok")
turn = factories.begin(reader, "등불 😀 이야기\n„quote“ 한 번")
at = datetime(2026, 3, 1, 23, 59, 59, 123456, tzinfo=UTC)
Turn.objects.filter(pk=turn.pk).update(
    state="done", reply="[[lamplight]] 좋아요", finished_at=at, key=uuid.UUID(int=7),
    wish={"b": [1, 0.1, 1e-7, None, True], "a": {"한": "글", "": []}, "big": 12345678901234567890},
)
Pick.objects.create(turn_id=turn.pk, novel=shelf[0], position=1)
Conversation.objects.create(pk=4711, reader=reader, title="등불")
Turn.objects.filter(pk=turn.pk).update(conversation_id=4711)
Conversation.objects.exclude(pk=4711).delete()
LogEntry.objects.create(user=reader, content_type=ContentType.objects.get_for_model(Turn), object_id="1",
    object_repr="x", action_flag=2, change_message="[]", action_time=at)
session = SessionStore(); session["seen"] = 1; session.save()
"""


@pytest.fixture(scope="module")
def cluster():
    if Postgres.missing:
        pytest.skip(Postgres.missing)
    # Not in pytest's own folder: PostgreSQL runs as somebody else, whom each other start of pytest shuts out of there.
    with tempfile.TemporaryDirectory(prefix="carry-") as folder, (Path(folder) / "log.txt").open("ab") as log:
        server = Postgres(folder, log)
        server.start()
        yield server
        server.crash()


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A folder with a small library in it."""
    folder = tmp_path_factory.mktemp("library")
    manage(folder, "migrate", "-v0")
    manage(folder, "shell", "-v0", "-c", LIBRARY)
    return folder


@pytest.fixture
def library(prepared, tmp_path):
    """A copy of it that a test may spoil."""
    with sqlite3.connect(prepared / "library.sqlite3") as source, sqlite3.connect(tmp_path / "library.sqlite3") as copy:
        source.backup(copy)
    return tmp_path / "library.sqlite3"


@pytest.fixture
def target(cluster, tmp_path):
    """An empty database with the tables in it."""
    with psycopg.connect(cluster.url, autocommit=True) as line:
        line.execute("drop database if exists target")
        if not line.execute("select 1 from pg_database where datname = 'ready'").fetchone():
            line.execute("create database ready")
            manage(tmp_path, "migrate", "-v0", DATABASE_URL=cluster.url.replace("/postgres", "/ready"))
        line.execute("create database target template ready")
    return cluster.url.replace("/postgres", "/target")


def manage(folder, *arguments, check=True, **env):
    clean = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    env = {**clean, "VAR_DIR": str(folder), "DATABASE_URL": "", "REDIS_URL": "", "SECRET_KEY": "test", **env}
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], env=env, cwd=BASE_DIR, capture_output=True, text=True
    )
    assert done.returncode == 0 or not check, done.stderr
    return done


def carry(library, target, *arguments):
    """(exit code, what was said) of the command."""
    done = manage(
        library.parent, "carry_over", "--from", f"sqlite:///{library}", *arguments, check=False, DATABASE_URL=target
    )
    return done.returncode, done.stdout + done.stderr


def rows(target, sql):
    with psycopg.connect(target) as line:
        return line.execute(sql).fetchall()


def change(library, sql, *parameters):
    with sqlite3.connect(library) as line:
        line.execute("drop trigger if exists chatbot_turn_said_change")
        for (name,) in line.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            line.execute(f'drop trigger "{name}"')
        line.execute(sql, parameters)


def test_everything_arrives_as_it_was(library, target):
    code, said = carry(library, target)
    assert code == 0, said
    assert "carried over and verified" in said
    (turn,) = rows(target, "select conversation_id, key::text, text, reply, wish, finished_at from chatbot_turn")
    assert turn[:4] == (
        4711,
        "00000000-0000-0000-0000-000000000007",
        "등불 😀 이야기\n„quote“ 한 번",
        "[[lamplight]] 좋아요",
    )
    wish = {"b": [1, 0.1, 1e-7, None, True], "a": {"한": "글", "": []}, "big": 12345678901234567890}
    assert turn[4] == wish
    at = datetime(2026, 3, 1, 23, 59, 59, 123456, tzinfo=UTC)
    assert turn[5] == at
    assert rows(target, "select action_time from django_admin_log") == [(at,)]
    assert rows(target, "select count(*) from django_session") == [(1,)]
    with sqlite3.connect(library) as line:
        for table in (
            "chatbot_pick",
            "catalogue_novel",
            "catalogue_spelling",
            "django_content_type",
            "auth_permission",
        ):
            count = line.execute(f"select count(*) from {table}").fetchall()
            assert count == rows(target, f"select count(*) from {table}"), table
            assert count != [(0,)]


def test_what_is_asked_afterwards_takes_the_next_number(library, target):
    assert carry(library, target)[0] == 0
    assert rows(target, "select nextval(pg_get_serial_sequence('chatbot_conversation', 'id'))") == [(4712,)]


def test_a_dry_run_writes_nothing(library, target):
    code, said = carry(library, target, "--dry-run")
    assert (code, "would be carried" in said) == (0, True)
    assert rows(target, "select count(*) from users_user") == [(0,)]


def test_a_target_that_is_not_empty_is_left_alone(library, target):
    assert carry(library, target)[0] == 0
    code, said = carry(library, target)
    assert code == 1
    assert "is not empty" in said


def test_a_target_without_tables_is_refused(library, cluster):
    with psycopg.connect(cluster.url, autocommit=True) as line:
        line.execute("drop database if exists bare")
        line.execute("create database bare")
    code, said = carry(library, cluster.url.replace("/postgres", "/bare"))
    assert code == 1
    assert "run manage.py migrate first" in said


def test_waiting_turns_are_not_left_behind(library, target):
    change(library, "update chatbot_turn set state = 'queued'")
    code, said = carry(library, target)
    assert (code, "1 turns are not answered yet" in said) == (1, True)


def test_a_living_worker_is_not_pulled_away_from(library, target):
    change(
        library,
        "insert into huey_tasks_worker (name, started_at, beat_at) values ('w', datetime('now'), datetime('now'))",
    )
    code, said = carry(library, target)
    assert (code, "A worker still lives (w)" in said) == (1, True)


def test_nul_characters_are_named_and_left_out_only_when_told(library, target):
    change(library, "update chatbot_turn set reply = 'a' || char(0) || 'b', wish = ?", json.dumps({"x": "c\x00d"}))
    code, said = carry(library, target)
    assert code == 1
    assert "reply: a NUL character" in said
    assert "wish: a NUL character" in said
    assert rows(target, "select count(*) from users_user") == [(0,)]
    assert carry(library, target, "--drop-nul")[0] == 0
    assert rows(target, "select reply, wish from chatbot_turn") == [("ab", {"x": "cd"})]


def test_what_is_too_long_is_named(library, target):
    change(library, "update chatbot_conversation set title = ?", "길" * 81)
    code, said = carry(library, target)
    assert (code, "title: 81 characters, 80 at the most" in said) == (1, True)


def test_a_reference_to_nothing_leaves_nothing_behind(library, target):
    change(library, "update chatbot_pick set novel_id = 999999")
    code, said = carry(library, target)
    assert code == 1
    assert "The new database refuses" in said
    assert rows(target, "select count(*) from users_user") == [(0,)]


def test_a_database_that_is_not_there_is_not_made(target, tmp_path):
    code, said = carry(Path(tmp_path) / "none.sqlite3", target)
    assert (code, "No such file" in said) == (1, True)
    assert not (tmp_path / "none.sqlite3").exists()
