"""Readers before their pages: one connection each, cookies, CSRF, and polls as the page's own triggers say.

Cheap on purpose, as it shares the cores with what it measures: HTTP spoken over plain sockets, markup read by
patterns. What a browser adds (drawing, its timers) is not in the figures.
"""

import asyncio
import gzip
import random
import re
import string
import time
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode

PATIENCE = 90  # seconds until a reader gives up
SETTLE = 0.02  # seconds htmx lets pass between a swap and what the new markup triggers, unless the markup says else

TURN = re.compile(r'<li class="turn" id="turn-(\d+)"[^>]*>')
POLL = re.compile(r"<span [^>]*data-poll[^>]*>")
PIECE = re.compile(r"\bk(\d\d)\b")


def new_mark():
    """A word by which an ask and the reply to it are found again; see `upstream.MARK`."""
    return f"qz{''.join(random.choices(string.ascii_lowercase, k=6))}zq"


@dataclass
class Sight:
    """What one reader saw of one reply, by the machine's monotonic clock."""

    mark: str
    sent: float
    returned: float = 0.0
    first: float = 0.0
    done: float = 0.0
    requests: int = 0
    bytes: int = 0
    trouble: str = ""
    statuses: list = field(default_factory=list)


class Gone(Exception):
    pass


class Line:
    """One connection to the web process, kept open and opened anew when it was closed, as browsers do."""

    def __init__(self, port, cookies):
        self.port, self.cookies = port, dict(cookies)
        self.reader = self.writer = None

    async def ask(self, method, path, fields=None, **headers):
        """(status, headers, body as text, bytes received)"""
        for attempt in (1, 2):
            fresh = self.writer is None
            if fresh:
                self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=2**22)
            try:
                return await self._exchange(method, path, fields, headers)
            except (ConnectionError, asyncio.IncompleteReadError):
                self.close()
                if fresh or attempt == 2:
                    raise
        raise Gone

    async def _exchange(self, method, path, fields, headers):
        body = urlencode(fields).encode() if fields is not None else b""
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Accept-Encoding: gzip"]
        lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        lines += [f"{name}: {value}" for name, value in headers.items()]
        if fields is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        self.writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status, answer = int(head[0].split(" ")[1]), {}
        for line in filter(None, head[1:]):
            name, value = line.split(": ", 1)
            if name.lower() == "set-cookie":
                name, value = value.split(";")[0].split("=", 1)
                self.cookies[name] = value
            else:
                answer[name.lower()] = value
        data = await self._body(answer) if status not in (204, 304) else b""
        size = len(data)
        if answer.get("content-encoding") == "gzip":
            data = gzip.decompress(data)
        if answer.get("connection") == "close":
            self.close()
        return status, answer, data.decode(), size

    async def _body(self, headers):
        if "content-length" in headers:
            return await self.reader.readexactly(int(headers["content-length"]))
        parts = []
        while size := int(await self.reader.readline(), 16):
            parts.append(await self.reader.readexactly(size))
            await self.reader.readline()
        await self.reader.readline()
        return b"".join(parts)

    def close(self):
        if self.writer:
            self.writer.close()
        self.reader = self.writer = None


@dataclass
class Poll:
    """What the markup of a turn says of its polling."""

    path: str
    delay: float
    every: float
    settle: float

    @classmethod
    def of(cls, markup):
        """None where the turn carries no trigger."""
        found = POLL.search(markup)
        if not found:
            return None
        tag = found[0]
        path, trigger = unescape(_attribute(tag, "hx-get")), _attribute(tag, "hx-trigger")
        delay = re.search(r"load(?: delay:(\d+)ms)?", trigger)
        every = re.search(r"every (\d+)(ms|s)", trigger)
        settle = re.search(r"settle:(\d+)ms", tag)
        return cls(
            path,
            int(delay[1] or 0) / 1000 if delay else 1e9,
            int(every[1]) * (0.001 if every[2] == "ms" else 1) if every else 1e9,
            int(settle[1]) / 1000 if settle else SETTLE,
        )


def _attribute(tag, name):
    return re.search(rf'{name}="([^"]*)"', tag)[1]


class Reader:
    """`login`: {"cookies": {...}, "conversation": id} of a reader with an empty conversation."""

    def __init__(self, port, login, poll_every=None):
        """`poll_every`: seconds, in place of what the page says."""
        self.page, self.poll_every = f"/conversations/{login['conversation']}/", poll_every
        # A poll takes one of a browser's connections; what is sent meanwhile takes another.
        self.line, self.polls = Line(port, login["cookies"]), Line(port, login["cookies"])
        self.form = None

    async def open(self):
        status, _headers, body, _size = await self.line.ask("GET", self.page)
        if status != 200:
            raise Gone(f"{self.page}: {status}")
        form = re.search(r"<form class=\"composer\".*?</form>", body, re.DOTALL)[0]
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)[1]
        self.form = {"csrfmiddlewaretoken": token, "key": _key(form)}

    async def close(self):
        self.line.close()
        self.polls.close()

    async def read(self):
        """Ask once and watch the reply to its end."""
        mark = new_mark()
        sight = Sight(mark, time.monotonic())
        try:
            async with asyncio.timeout(PATIENCE):
                await self._ask(sight)
        except Exception as error:  # counted, whatever it was
            sight.trouble = f"{type(error).__name__} {error}"
            await self.close()
        return sight

    async def _ask(self, sight):
        fields = {**self.form, "text": f"조용한 판타지 추천해 주세요 {sight.mark}"}
        htmx = {"HX-Request": "true", "HX-Current-URL": f"http://127.0.0.1:{self.line.port}{self.page}"}
        status, _headers, body, size = await self.line.ask("POST", f"{self.page}ask/", fields, **htmx)
        sight.returned = time.monotonic()
        sight.requests, sight.bytes = 1, size
        sight.statuses.append(status)
        if status != 200:
            raise Gone(f"ask: {status}")
        self.form["key"] = _key(body)
        self._look(sight, body)
        await self._watch(sight, body, htmx)

    async def _watch(self, sight, body, htmx):
        while poll := self._next(body):
            drawn = time.monotonic() + poll.settle
            due = drawn + min(poll.delay, poll.every)
            while True:
                await asyncio.sleep(max(0, due - time.monotonic()))
                status, _headers, body, size = await self.polls.ask("GET", poll.path, **htmx)
                sight.requests += 1
                sight.bytes += size
                sight.statuses.append(status)
                if status != 204:
                    break
                # The clock of `every` runs since the turn was drawn; what it says while a poll is out is dropped.
                now = time.monotonic()
                due = now + poll.every - (now - drawn) % poll.every
            if status != 200:
                raise Gone(f"poll: {status}")
            self._look(sight, body)

    def _next(self, body):
        poll = Poll.of(body)
        if poll and self.poll_every:
            poll.delay = poll.every = self.poll_every
        return poll

    @staticmethod
    def _look(sight, body):
        """Note what has become visible."""
        now = time.monotonic()
        tag = TURN.search(body)[0]
        if not sight.first and PIECE.search(body):
            sight.first = now
        state = _attribute(tag, "data-state")
        if state == "done":
            sight.done = now
            if len(set(PIECE.findall(body))) < 40:
                raise Gone("words are missing")
        elif state not in ("queued", "running"):
            raise Gone(state)


def _key(body):
    return re.search(r'id="ask-key"[^>]*\svalue="([^"]+)"', body)[1]
