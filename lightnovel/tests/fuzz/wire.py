"""The second half of `make fuzz`: strange bytes for the real server, on a database that is as strict as readers' own.

Beside what `requests.py` makes, requests are cut off, padded, given another length, another version, broken chunks.
Half of `FUZZ_SECONDS` on SQLite, half on PostgreSQL where there is one.
"""

import contextlib
import re
import socket
import time
from collections import Counter
from contextlib import ExitStack
from urllib.parse import quote_from_bytes, urlencode

import pytest
from hypothesis import strategies as st

from chatbot.bench.stack import Missing, Stack, postgres, procfile

from . import requests
from .fuzz import CANARY, EVERY, SECONDS, TALK, counts, encoded, form_on, hunt, telling

PROCESSES = {name: procfile()[name] for name in ("web", "worker")}
READERS = 60  # some log out, some delete their account
OPERATORS = READERS // 2  # of them
PATIENCE = 25  # seconds; a poll may be held for ten
TOKEN = "a" * 32
LOGIN = "/accounts/login/"
STATUS = re.compile(rb"HTTP/1\.[01] ([0-9]{3}) ")
TURN = re.compile(rb'data-turn="([0-9]+)"')

junk = st.sampled_from(
    [b"\x00", b"\r\n", b"\r\n\r\n", b"\xff\xfe", b": ", b"\t", b"\x7f", b" HTTP/1.1\r\n"]
) | st.binary(max_size=20)
place = st.floats(0, 1)
twists = st.one_of(
    st.tuples(st.just("cut"), place),
    st.tuples(st.just("put in"), place, junk),
    st.tuples(st.just("length"), st.sampled_from(["0", "1", "-1", "x", "9" * 30, "5, 5", "+3", "\u0663"])),
    st.tuples(st.just("version"), st.sampled_from(["HTTP/1.0", "HTTP/9.9", "", "HTTP/1.1 x", "http/1.1"])),
    st.tuples(st.just("chunked"), st.sampled_from([b"", b"0\r\n\r\n", b"5\r\nab", b"x\r\n", b"-1\r\n", b"2\r\nabcdef\r\n0"])),
    st.tuples(st.just("header"), st.sampled_from(["Host: a", "Expect: 100-continue", "Cookie: \u00e9=\x01", "X" * 9000, "a:b\r\n " * 150])),
    st.tuples(st.just("target"), st.sampled_from(["*", "http://evil.example/", "//", "/%ff%fe", "/%", "/?%00", "/" + "x" * 9000, "/\x80"])),
    st.tuples(st.just("twice")),
)  # fmt: skip


class Answer:
    """What came back, `status_code` 0 where the server hung up without a word."""

    def __init__(self, data):
        self.data = data
        head, _, self.content = data.partition(b"\r\n\r\n")
        statuses = [int(status) for status in STATUS.findall(data)] or [0]
        self.status_code, self.worst = statuses[0], max(statuses)
        self.headers = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)

    def get(self, name, default=""):
        return self.headers.get(name.encode(), default.encode()).decode("latin-1")


class Wire:
    """Readers of a library that runs, and what came of the bytes sent so far."""

    def __init__(self, stack):
        self.stack = stack
        self.statuses, self.twists, self.sent = Counter(), Counter(), 0
        logins = stack.logins(READERS)
        stack.run("manage.py", "shell", "-v", "0", "-c", PROMOTE)
        self.strangers, *logins = ({**login, "turns": []} for login in logins)
        self.readers = {"reader": logins[:-OPERATORS], "operator": logins[-OPERATORS:], "nobody": [None]}
        self.ask(self.strangers, CANARY)
        for who in ("reader", "operator"):
            self.ask(self.readers[who][0], "판타지 추천해 주세요")
        self.told_before = self._told_until_well()

    def _told_until_well(self):
        """The log by the time there is a worker: until then /healthz says that there is none."""
        deadline = time.monotonic() + PATIENCE
        while not self.is_well():
            assert time.monotonic() < deadline, self.stack.log()
            time.sleep(0.2)
        return self.stack.log()

    def ask(self, login, words):
        fields = [("text", words), ("key", "6f1d4c0e-7a53-4c6c-8d8f-3c2a0d1b5e77")]
        body = ("form", fields)
        path = f"/conversations/{login['conversation']}/ask/"
        answer = self.exchange(self.written(login, "POST", path, body, {"HTTP_HX_REQUEST": "true"}, {}))
        assert answer.status_code == 200, answer.data
        login["turns"] += [int(found) for found in TURN.findall(answer.content)]

    # --- Sending ---------------------------------------------------------------------------

    def play(self, who, steps):
        for step, twist in steps:
            if step["address"] != "work":  # there is a worker
                self.send(who, step, twist)

    def send(self, who, step, twist):
        logins = self.readers[who]
        login = logins[0]
        places = [self.thing(login, step["address"], place) for place in step["places"]]
        path = requests.path_of(step["address"], places)
        if step["query"]:
            path += "?" + urlencode(step["query"])
        kind, data = step["body"]
        if kind == "page":
            page = self.exchange(self.written(login, "GET", path, ("raw", ("", b"")), {}, {}))
            kind, data = "form", form_on(page, data)
        answer = self.exchange(
            twisted(self.written(login, step["method"], path, (kind, data), step["headers"], step["cookies"]), twist)
        )
        self.sent += 1
        self.statuses[answer.status_code] += 1
        self.twists[twist[0] if twist else "none"] += 1
        assert answer.worst < 500, f"{answer.worst} {self.troubles()[-1:]}"
        if who == "reader":
            assert CANARY.encode() not in answer.data, "another reader's words"
        if login and not step["cookies"] and len(logins) > 1 and LOGIN in answer.get("Location"):
            # Logged out, or the account is gone.
            logins.pop(0)
            self.ask(logins[0], "판타지 추천해 주세요")

    def thing(self, login, address, place):
        kind, value = place
        if kind == "text":
            return value
        owner = self.strangers if kind == "theirs" or login is None else login
        if "turn" in address:
            return owner["turns"][value % len(owner["turns"])]
        return owner["conversation"]

    @staticmethod
    def written(login, method, path, body, headers, cookies):
        """The bytes of a request."""
        content_type, content = encoded(*body)
        jar = {"csrftoken": TOKEN, **(login["cookies"] if login else {}), **cookies}
        target = quote_from_bytes(path.encode(), safe="/%?&=+;:@,~!$'()*[]")
        lines = [f"{method} {target} HTTP/1.1", "Connection: close", f"X-CSRFToken: {TOKEN}"]
        lines += [f"Cookie: {'; '.join(f'{name}={value}' for name, value in jar.items())}"]
        lines += [f"Content-Type: {content_type}", f"Content-Length: {len(content)}"]
        named = {name[5:].replace("_", "-").title(): value for name, value in headers.items() if "HTTP" in name}
        lines += [f"{name}: {value}" for name, value in ({"Host": "localhost"} | named).items()]
        return "\r\n".join(lines).encode("utf-8", "replace") + b"\r\n\r\n" + content

    def is_well(self):
        asked = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        return self.exchange(asked).status_code == 200

    def troubles(self):
        """What the processes have told as errors since all were up, each with what follows it in the log. A form too long
        is told as one as well, and is no fault of ours."""
        told = r"^.*(?: ERROR (?!django\.security)|\[ERROR\]).*(?:\n(?!\[?\d{4}-).*)*"
        return [one for one in re.findall(told, self.stack.log(), re.MULTILINE) if one not in self.told_before]

    def exchange(self, data):
        """What the server says to `data`, whatever that is, until it hangs up."""
        with socket.create_connection(("127.0.0.1", self.stack.port), timeout=PATIENCE) as line:
            # It may refuse to read on; what it says about that counts.
            with contextlib.suppress(ConnectionError):
                line.sendall(data)
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_WR)
            parts = []
            with contextlib.suppress(ConnectionError):
                while part := line.recv(65536):
                    parts.append(part)
        return Answer(b"".join(parts))


PROMOTE = f"""
from users.models import User
chosen = list(User.objects.order_by("pk").values_list("pk", flat=True))[-{OPERATORS}:]
User.objects.filter(pk__in=chosen).update(is_staff=True, is_superuser=True)
"""


def twisted(data, twist):
    """`data` with one thing about it made strange."""
    kind, *values = twist or ("",)
    head, _, body = data.partition(b"\r\n\r\n")
    if kind == "cut":
        return data[: int(values[0] * len(data))]
    if kind == "put in":
        at = int(values[0] * len(data))
        return data[:at] + values[1] + data[at:]
    if kind == "length":
        head = re.sub(rb"Content-Length: .*", lambda found: f"Content-Length: {values[0]}".encode(), head)
    elif kind == "version":
        head = head.replace(b"HTTP/1.1", values[0].encode(), 1)
    elif kind == "chunked":
        head, body = re.sub(rb"Content-Length: .*", b"Transfer-Encoding: chunked", head), values[0]
    elif kind == "header":
        head += b"\r\n" + values[0].encode()
    elif kind == "target":
        method, _, rest = head.split(b" ", 2)
        head = b" ".join([method, values[0].encode("latin-1"), rest])
    elif kind == "twice":
        return data.replace(b"Connection: close\r\n", b"", 1) + data
    return head + b"\r\n\r\n" + body


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def wire(request):
    with ExitStack() as stack:
        environment = {"ALLOWED_HOSTS": "localhost,testserver", "OPERATORS_NEED_MFA": "off"}
        if request.param == "PostgreSQL":
            try:
                environment["DATABASE_URL"] = stack.enter_context(postgres())
            except Missing as missing:
                pytest.skip(str(missing))
        yield Wire(stack.enter_context(Stack(PROCESSES, **environment)))


def test_no_bytes_break_the_server(wire, request, capsys):
    database = request.node.callspec.params["wire"]
    with telling(capsys, lambda: report(wire, database)):
        singles = st.lists(st.tuples(requests.steps(EVERY), st.none() | twists), min_size=1, max_size=6)
        walks = st.lists(st.tuples(requests.walks(TALK), st.none()), min_size=4, max_size=12)
        whose = ("nobody", "reader", "reader", "reader", "operator")
        hunt(wire.play, whose, singles | walks, until=time.monotonic() + SECONDS / 2)
        assert wire.is_well()
        assert not wire.troubles(), wire.troubles()[0]
    assert wire.sent


def report(wire, database):
    broken = wire.twists.total() - wire.twists["none"]
    told = f"over the wire, {database}: {wire.sent} requests, {broken} of them broken"
    return f"\n{told}\nstatuses: {counts(wire.statuses)}\n"
