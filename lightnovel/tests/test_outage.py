"""A database that is gone, locked or unreadable is said to be so, with 503; it is no broken page."""

import os
import sqlite3
import subprocess
import sys
from contextlib import contextmanager

import pytest
from django.conf import settings as project
from django.db import DatabaseError, OperationalError, ProgrammingError, connection
from django.test import Client

from chatbot.models import Turn
from chatbot.tests import factories

# Asks a library whose database cannot be reached for a page of each kind, and prints what it answers.
VISIT = """
import django; django.setup()
from django.test import Client
client = Client(raise_request_exception=False)
client.cookies["sessionid"], client.cookies["django_language"] = "a" * 32, "ja"
for page in ("/", "/novels/", "/healthz", "/users/", "/admin/", "/accounts/login/", "/nowhere/", "/conversations/1/"):
    answer = client.get(page, headers={"Accept-Language": "ko"})
    print(page, answer.status_code, answer.get("Retry-After", "-"), "しばらく" in answer.content.decode())
print("/robots.txt", Client().get("/robots.txt").status_code)
"""


@contextmanager
def failing(error):
    def refuse(execute, sql, params, many, context):
        raise error

    with connection.execute_wrapper(refuse):
        yield


@pytest.fixture
def visitor():
    client = Client(raise_request_exception=False)
    client.cookies["django_language"] = "en"
    return client


@pytest.mark.parametrize(
    "url",
    ["postgres://reader:pw-8d1f@127.0.0.1:1/library", "sqlite:////nowhere/at/all.sqlite3", "sqlite:////dev/null/x"],
    ids=["PostgreSQL refuses", "SQLite without its folder", "SQLite in a file"],
)
def test_a_database_that_cannot_be_reached_is_503_everywhere(url):
    environment = {
        **os.environ,
        "TEST_DATABASE_URL": url,
        "TEST_REDIS_URL": "",
        "ALLOWED_HOSTS": "testserver",
        "DJANGO_SETTINGS_MODULE": "lightnovel.tests.settings",
    }
    ran = subprocess.run(
        [sys.executable, "-c", VISIT], cwd=project.BASE_DIR, env=environment, capture_output=True, text=True
    )
    answers = [line.split() for line in ran.stdout.splitlines()]
    assert {page: status for page, status, *_ in answers} == {
        "/": "503",
        "/novels/": "503",
        "/healthz": "503",
        "/users/": "503",
        "/admin/": "503",
        "/accounts/login/": "503",
        "/nowhere/": "503",  # the page around it greets the reader
        "/conversations/1/": "503",
        "/robots.txt": "200",
    }, ran.stderr
    assert "pw-8d1f" not in ran.stdout + ran.stderr


@pytest.mark.parametrize("error", [OperationalError("gone"), DatabaseError("database disk image is malformed")])
def test_the_page_says_so_and_when_to_come_back(visitor, db, error):
    reader = factories.make_reader()
    visitor.force_login(reader)
    with failing(error):
        response = visitor.get("/users/")
    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (503, "10", "no-store")
    page = response.content.decode()
    assert "closed for a moment" in page
    assert "gone" not in page
    assert not response.cookies
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_a_wrong_query_is_still_our_fault(visitor, db):
    with failing(ProgrammingError("no such column")):
        response = visitor.get("/novels/")
    assert response.status_code == 500
    assert "The lamp went out" in response.content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite locks the whole file")
def test_a_locked_file_is_503_and_readers_can_still_read(visitor):
    reader = factories.make_reader()
    visitor.force_login(reader)
    visitor.get("/users/")  # what is noted once in ten minutes is noted
    asked = {"text": "판타지", "key": "6f1d4c0e-7a53-4c6c-8d8f-3c2a0d1b5e77"}
    holder = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    connection.cursor().execute("PRAGMA busy_timeout=50")
    holder.execute("BEGIN IMMEDIATE")
    try:
        response = visitor.post("/conversations/", asked)
        assert (response.status_code, response["Retry-After"]) == (503, "10")
        assert visitor.get("/users/").status_code == 200
    finally:
        holder.execute("ROLLBACK")
        holder.close()
        connection.cursor().execute("PRAGMA busy_timeout=20000")
    assert visitor.post("/conversations/", asked).status_code == 302
    assert Turn.objects.count() == 1
