"""Several web processes and workers that share nothing but PostgreSQL and Redis, or PostgreSQL alone."""

import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from huey_tasks.chaos.readers import TOKEN, WORDS, Browser, Reader
from huey_tasks.chaos.stack import BASE_DIR, Postgres, Redis, Stack, wait_for
from huey_tasks.chaos.upstream import SAID, Upstream

pytestmark = pytest.mark.machines

PASSWORD = "lamp-and-shelf-7"
A_DAY, A_MINUTE = 4, 8
READERS = """
from users.models import User
for name in "{names}".split():
    User.objects.create_user(name, password="{password}")
"""


@pytest.fixture(scope="module")
def upstream():
    server = Upstream(seed=1)
    server.calm = True
    return server


@pytest.fixture(scope="module", params=["postgres", "postgres alone"])
def machines(request, upstream):
    """Two web processes and three workers, each with a folder of its own."""
    if missing := Postgres.missing or (Redis.missing if request.param == "postgres" else ""):
        pytest.skip(missing)
    settings = {
        "OPENAI_BASE_URL": upstream.url,
        "OPENAI_API_KEY": "machines",
        "SECRET_KEY": "one for all machines",
        "DAILY_REPLIES": str(A_DAY),
        "ASKS_A_MINUTE": str(A_MINUTE),
        "WEB_CONCURRENCY": "1",
    }
    workers = [{"OPENAI_API": "chat"}, {"OPENAI_API": "responses"}, {}]
    stack = Stack(request.param, workers=workers, webs=2, settings=settings, apart=True)
    try:
        names = " ".join(f"reader{number}" for number in range(8))
        code = READERS.format(names=names, password=PASSWORD)
        subprocess.run(["python", "manage.py", "shell", "-v0", "-c", code], env=stack.env, cwd=BASE_DIR, check=True)
        yield stack
    finally:
        stack.close()


@pytest.fixture
def rows(machines):
    with psycopg.connect(machines.postgres.url, autocommit=True) as line:
        yield lambda sql, *parameters: line.execute(sql, parameters).fetchall()


def reader(machines, number, language="ko"):
    one = Reader(number, f"reader{number}", PASSWORD, machines.ports, language, threading.Event(), seed=number)
    one.log_in()
    return one


def test_quota_and_rate_limit_hold_across_the_web_processes(machines, rows):
    """Asked at once through both: no more replies than a day has, and no more asks than a minute has."""
    one = reader(machines, 0)
    page = one.browser.send("/")[2]
    token = TOKEN.search(page)[1]

    def ask(number):
        browser = Browser(machines.ports[number % 2 : number % 2 + 1], "ko")
        browser.cookies = dict(one.browser.cookies)
        key = f"00000000-0000-4000-8000-{number:012}"
        fields = {"csrfmiddlewaretoken": token, "text": f"{WORDS['ko']} ask0x{number};", "key": key}
        return browser.send("/conversations/", fields)[0]

    with ThreadPoolExecutor(16) as pool:
        statuses = list(pool.map(ask, range(24)))
    reader_id = rows("select id from users_user where username = 'reader0'")[0][0]
    kept = rows("select count(*) from chatbot_turn where reader_id = %s", reader_id)[0][0]
    charged = "select count(*) from chatbot_turn where reader_id = %s and charged_on is not null"
    assert set(statuses) == {302, 429}
    assert statuses.count(302) == kept
    assert A_MINUTE <= kept <= A_MINUTE + 2  # what a minute allows, and what came back in the seconds this took
    assert rows(charged, reader_id)[0][0] == A_DAY
    assert rows("select used from users_dailyuse where reader_id = %s", reader_id) == [(A_DAY,)]


def test_one_of_each_may_die(machines, rows, upstream):
    """A web process and a worker are killed: the others show and write what they showed and wrote."""
    upstream.only, upstream.drip = "slow drip", 25  # longer than three readers need on a busy machine to ask
    readers = [reader(machines, number, language) for number, language in enumerate(("ko", "en", "ja"), start=1)]
    threads = [threading.Thread(target=one.ask_and_read) for one in readers]
    for thread in threads:
        thread.start()
    running = "select worker from chatbot_turn where state = 'running' and reply <> ''"
    wait_for(lambda: len(rows(running)) == 3, 60, "three replies being written")
    upstream.only = None
    busy = rows(running)[0][0]
    worker = next(one for one in machines.workers if f":{one.process.pid}:" in busy)
    worker.kill()
    machines.webs[0].kill()
    for thread in threads:
        thread.join(90)
    for one in readers:
        assert one.trouble == []
        assert [asked.sightings[-1].state for asked in one.asked] == ["done"] * len(one.asked)
        for asked in one.asked:
            (kept,) = rows("select state, reply, text from chatbot_turn where key = %s", asked.key)
            numbers = {int(number) for number, _ in SAID.findall(kept[1])}
            assert kept[0] == "done"
            assert kept[2] == asked.words
            assert [upstream.answers[number - 1].text.strip() for number in numbers] == [kept[1].strip()]
    waiting = "select 1 from chatbot_turn where state in ('queued', 'running')"
    wait_for(lambda: rows(waiting) == [], 60, "what the other readers asked")
    twice = "select 1 from chatbot_pick group by turn_id, novel_id having count(*) > 1"
    assert rows(twice) == []
    machines.restart_web(machines.webs[0])


def test_logins_are_counted_together(machines):
    """Enough wrong passwords, whichever web process they went to, and the right one has to wait.

    Last in this module, as the address has to wait, too.
    """

    def log_in(number, password):
        browser = Browser(machines.ports[number % 2 : number % 2 + 1], "ko")
        page = browser.send("/accounts/login/")[2]
        fields = {"csrfmiddlewaretoken": TOKEN.search(page)[1], "login": "reader7", "password": password}
        return browser.send("/accounts/login/", fields)[0]

    for number in range(3):
        assert log_in(number, "wrong") == 200
    assert log_in(3, PASSWORD) == 302
    for number in range(8):
        log_in(number, "wrong")
    assert log_in(8, PASSWORD) != 302
