"""Many who come in at once, at the real processes: all get in, and whoever reads already notices nothing."""

import http.client
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest

from huey_tasks.chaos.stack import BASE_DIR, Postgres, Stack

pytestmark = pytest.mark.machines

PASSWORD, TOKEN = "lamp-and-shelf-7", "a" * 32
MANY = 100
READERS = """
from django.contrib.auth.hashers import make_password
from users.models import User
hashed = make_password("{password}")
User.objects.bulk_create(
    User(username=f"reader{{number}}", email=f"reader{{number}}@example.com", password=hashed) for number in range({many})
)
"""


@pytest.fixture(scope="module", params=["sqlite", "postgres alone"])
def library(request):
    if request.param != "sqlite" and Postgres.missing:
        pytest.skip(Postgres.missing)
    stack = Stack(request.param, workers=[], settings={"RATE_LIMITS": "off", "SECRET_KEY": "bursts"})
    try:
        code = READERS.format(password=PASSWORD, many=MANY)
        subprocess.run(["python", "manage.py", "shell", "-v0", "-c", code], env=stack.env, cwd=BASE_DIR, check=True)
        yield stack.ports[0]
    finally:
        stack.close()


def ask(port, path, fields=None):
    """(status, seconds)"""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Cookie": f"csrftoken={TOKEN}", "Content-Type": "application/x-www-form-urlencoded"}
    began = time.monotonic()
    body = None if fields is None else urlencode({"csrfmiddlewaretoken": TOKEN, **fields})
    line.request("GET" if body is None else "POST", path, body, headers)
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.status, time.monotonic() - began


def sign_up(port, number):
    fields = {"username": f"new{number}", "email": "", "password1": PASSWORD, "password2": PASSWORD}
    return ask(port, "/accounts/signup/", fields)[0]


def log_in(login, password):
    return lambda port, number: ask(port, "/accounts/login/", {"login": login.format(number), "password": password})[0]


BURSTS = {
    "sign-ups": (sign_up, 302),
    "right names": (log_in("reader{}", PASSWORD), 302),
    "right addresses": (log_in("reader{}@example.com", PASSWORD), 302),
    "wrong passwords": (log_in("reader{}", "wrong"), 200),
    "unknown addresses": (log_in("nobody{}@example.com", "wrong"), 200),
}


@pytest.mark.parametrize("burst", BURSTS)
def test_a_hundred_at_once_are_answered_and_nobody_else_waits(library, burst):
    come_in, status = BURSTS[burst]
    over, others = threading.Event(), []

    def read(path):
        while not over.is_set():
            others.append(ask(library, path))
            time.sleep(0.1)

    ask(library, "/"), ask(library, "/novels/")
    with ThreadPoolExecutor(MANY + 3) as pool:
        for path in ("/", "/novels/", "/accounts/login/"):
            pool.submit(read, path)
        came = list(pool.map(lambda number: come_in(library, number), range(MANY)))
        over.set()
    assert set(came) == {status}
    assert {status for status, _ in others} == {200}
    took = sorted(seconds for _, seconds in others)
    assert took[int(len(took) * 0.95)] < 1
