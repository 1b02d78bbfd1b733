"""Readers as the page makes them: log in, ask, poll, press stop, send again what did not get through."""

import html
import http.client
import random
import re
import threading
import time
import uuid
from dataclasses import dataclass, field
from urllib.parse import urlencode

from .upstream import SAID

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
TURN = re.compile(r'<li class="turn" id="turn-(\d+)".*?(?=<li class="turn"|\Z)', re.DOTALL)
STATE = re.compile(r'data-state="(\w+)"')
POLL = re.compile(r'<span [^>]*data-poll[^>]*hx-get="([^"]+)"\s+hx-trigger="load delay:(\d+)ms')
STATUS = re.compile(r"data-status>(.*?)</p>", re.DOTALL)
REPLY = re.compile(r"data-reply[^>]*>(.*?)(?:data-status|\Z)", re.DOTALL)
FINAL = {"done", "failed", "stopped"}
WORDS = {
    "ko": "판타지 추천해 주세요. 조용하고 잔잔한 이야기가 좋아요.",
    "en": "Please recommend a fantasy, something quiet and slow.",
    "ja": "静かでゆったりしたファンタジーを教えてください。",
}
AGAIN = {"ko": "다시 시도하고 있어요", "en": "Trying again", "ja": "もう一度"}


class Away(Exception):
    """The web process did not answer, or answered with a 5xx."""


class Browser:
    """Cookies, forms and htmx's header; no more of a browser than asking needs."""

    def __init__(self, ports, language):
        self.ports, self.language, self.cookies = ports, language, {}
        self.answered, self.away = 0, 0
        self.outages, self.broken = 0, []  # times a page said 503; what was answered with another 5xx

    def send(self, path, fields=None, *, htmx=False):
        """(status, headers, text). Any of the ports answers, as behind a balancer."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Accept-Language": self.language}
        if htmx:
            headers["HX-Request"] = "true"
        body = None
        if fields is not None:
            body = urlencode(fields)
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        port = random.choice(self.ports)
        headers["Referer"] = f"http://127.0.0.1:{port}/"
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=40)
        try:
            line.request("POST" if body is not None else "GET", path, body, headers)
            response = line.getresponse()
            text = response.read().decode()
        except (OSError, http.client.HTTPException) as error:
            self.away += 1
            raise Away(str(error)) from error
        finally:
            line.close()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        if response.status >= 500:
            if response.status == 503:
                self.outages += 1
            else:
                self.broken.append(f"{'POST' if body is not None else 'GET'} {path}: {response.status}")
            raise Away(f"HTTP {response.status}")
        self.answered += 1
        return response.status, response.headers, text

    def patiently(self, *args, seconds=90, **options):
        """Send until it gets through: a page loaded again, a form sent again with the same key."""
        end = time.monotonic() + seconds
        while True:
            try:
                return self.send(*args, **options)
            except Away:
                if time.monotonic() > end:
                    raise
                time.sleep(0.3)


@dataclass
class Sighting:
    at: float
    state: str
    said: list  # the model's numbered pieces that can be seen, in order
    again: bool  # whether the page says that it is tried again
    until: float = 0  # when the last poll was sent that was answered with this, or with "unchanged"


@dataclass
class Asked:
    """One sending of a reader: what was written, and what was seen of it."""

    reader: str
    key: uuid.UUID
    words: str
    pk: int = 0
    sent: int = 0  # times
    sightings: list = field(default_factory=list)
    refused: str = ""
    poll: tuple | None = None


class Reader(threading.Thread):
    """Asks until `enough` is set. `asked` holds every sending, whether it got through or not."""

    def __init__(self, number, name, password, ports, language, enough, seed):
        super().__init__(name=name, daemon=True)
        self.number, self.password, self.language, self.enough = number, password, language, enough
        self.browser = Browser(ports, language)
        self.random = random.Random(seed)
        self.asked, self.trouble, self.conversation = [], [], None

    def run(self):
        try:
            self.log_in()
            while not self.enough.is_set():
                self.ask_and_read()
                time.sleep(self.random.uniform(0, 0.4))
        except Exception as error:  # counted by the verdict: a reader that breaks off proves nothing
            self.trouble.append(f"{self.name}: {error!r}")
            print(self.trouble[-1], flush=True)

    def log_in(self):
        for _ in range(20):
            page = self.browser.patiently("/accounts/login/")[2]
            fields = {"csrfmiddlewaretoken": TOKEN.search(page)[1], "login": self.name, "password": self.password}
            if self.browser.patiently("/accounts/login/", fields)[0] == 302:
                return
            time.sleep(0.5)
        raise RuntimeError("cannot log in")

    def leave(self):
        """Delete the account."""
        self.log_in()
        page = self.browser.patiently("/users/delete/")[2]
        self.browser.patiently("/users/delete/", {"csrfmiddlewaretoken": TOKEN.search(page)[1], "proof": self.password})

    def ask_and_read(self):
        if self.conversation is None or self.random.random() < 0.15:
            asked = self.begin()
        else:
            asked = self.ask()
            if asked and self.random.random() < 0.15:
                self.ask()  # and one more at once: it waits for the first
        for one in self.asked:
            if one.pk and not (one.sightings and one.sightings[-1].state in FINAL):
                self.read(one)

    def _new(self):
        words = f"{WORDS[self.language]} ask{self.number}x{len(self.asked)};"
        self.asked.append(Asked(self.name, uuid.uuid4(), words))
        return self.asked[-1]

    def _sent(self, asked, path, *, htmx):
        """Send until it gets through; as the page keeps words and key of what failed, so does the reader."""
        end = time.monotonic() + 90
        while time.monotonic() < end:
            asked.sent += 1
            try:
                page = self.browser.send("/" if self.conversation is None else f"/conversations/{self.conversation}/")[
                    2
                ]
                fields = {"csrfmiddlewaretoken": TOKEN.search(page)[1], "text": asked.words, "key": asked.key}
                return self.browser.send(path, fields, htmx=htmx)
            except Away:
                time.sleep(0.3)
        raise RuntimeError("an ask did not get through for 90 s")

    def begin(self):
        asked = self._new()
        self.conversation = None
        status, headers, _ = self._sent(asked, "/conversations/", htmx=False)
        if status != 302:
            return self._refused(asked, status)
        self.conversation = int(re.search(r"/conversations/(\d+)/", headers["Location"])[1])
        page = self.browser.patiently(f"/conversations/{self.conversation}/")[2]
        return self._found(asked, page)

    def ask(self):
        asked = self._new()
        status, _, page = self._sent(asked, f"/conversations/{self.conversation}/ask/", htmx=True)
        return self._found(asked, page) if status == 200 else self._refused(asked, status)

    def _refused(self, asked, status):
        asked.refused = f"HTTP {status}"
        self.trouble.append(f"{self.name}: an ask was refused with {status}")

    def _found(self, asked, page):
        marker = asked.words.split()[-1]
        for turn in TURN.finditer(page):
            if marker in turn[0]:
                asked.pk = int(turn[1])
                asked.poll = self._see(asked, turn[0])
                return asked
        self.trouble.append(f"{self.name}: {marker} is not on the page that answers it")
        return None

    def read(self, asked):
        """Poll as the page does, until the markup carries no trigger any more."""
        stop_at = time.monotonic() + self.random.uniform(0.2, 3) if self.random.random() < 0.06 else None
        while asked.poll and not (self.enough.is_set() and asked.sightings[-1].state in FINAL):
            path, pace = asked.poll
            time.sleep(pace)
            sent = time.monotonic()
            try:
                if stop_at and time.monotonic() > stop_at:
                    stop_at = None
                    self.stop(asked)
                    continue
                status, _, page = self.browser.send(path, htmx=True)
            except Away:
                time.sleep(0.2)
                continue
            if status == 200:
                asked.poll = self._see(asked, page, sent)
            elif status == 204:
                asked.sightings[-1].until = sent
            else:
                self.trouble.append(f"{self.name}: a poll of turn {asked.pk} was answered with {status}")
                return

    def stop(self, asked):
        page = self.browser.send(f"/conversations/{self.conversation}/")[2]
        fields = {"csrfmiddlewaretoken": TOKEN.search(page)[1]}
        self.browser.send(f"/turns/{asked.pk}/stop/", fields, htmx=True)  # what came of it, the next poll shows

    def _see(self, asked, page, sent=None):
        """Note what the page shows of a turn. Returns (address of the next poll, seconds until then), or None."""
        state = STATE.search(page)[1]
        status = "".join(STATUS.findall(page))
        said = SAID.findall(html.unescape(re.sub(r"<[^>]+>", " ", (REPLY.search(page) or ["", ""])[1])))
        now = time.monotonic()
        asked.sightings.append(Sighting(now, state, said, AGAIN[self.language] in status, sent or now))
        poll = POLL.search(page)
        return (html.unescape(poll[1]), int(poll[2]) / 1000) if poll else None
