"""`make fuzz`: strange requests at every route for a bounded time. No page may break, no reader's words may leak.

`FUZZ_SECONDS` bounds it; `FUZZ_SEED` repeats a run. What fails is made as small as it can be before it is printed.
"""

import logging
import os
import random
import re
import sys
import time
import uuid
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest
from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import get_resolver
from django.utils import timezone
from hypothesis import HealthCheck, Phase, Verbosity, given, seed
from hypothesis import settings as examples
from hypothesis import strategies as st

from chatbot import replies
from chatbot.catalogue.models import Tag
from chatbot.models import Conversation, Turn
from chatbot.tests import factories
from huey_tasks.models import Worker
from lightnovel.tests.test_routes import addresses
from users.models import ListedWork, ListFile, ReadingList, ShelfChange, TasteLine
from users.reading_lists import work as reading_lists
from users.reading_lists.matching import Verdict
from users.shelf import editing

from . import requests

SECONDS = float(os.environ.get("FUZZ_SECONDS", "120"))
SEED = int(os.environ.get("FUZZ_SEED", "0") or 0) or random.SystemRandom().randrange(1, 10**6)
CANARY = "카나리아-canary-5d41402abc"
WHO = ("nobody", "reader", "operator")
EVERY = sorted({address for address in addresses(get_resolver()) if "(?P<url>" not in address})
TALK = [
    address
    for address in EVERY
    if address.startswith(("/conversations/", "/turns/", "/users/lists/", "/users/shelf/", "/users/taste/"))
]


class World:
    """Readers with conversations in every state, and what came of the requests sent so far."""

    def __init__(self):
        self.broken, self.logged = [], []
        self.routes, self.statuses = Counter(), Counter()
        novels = factories.make_catalogue()
        self.readers = {
            "reader": factories.make_reader("saebyeok", email="a@example.com"),
            "operator": factories.make_reader("keeper", is_staff=True, is_superuser=True),
        }
        self.stranger = factories.make_reader("stranger", email=f"{uuid.uuid4().hex}@example.com")
        for reader in (*self.readers.values(), self.stranger):
            # The one with works to press on is the latest, which most requests go to.
            for state in sorted(Turn.State.values, key=lambda state: state == "done"):
                turn = factories.begin(reader)
                if state == "running":
                    Turn.objects.claim(turn.pk, "elsewhere").progress(reply="[[lamplight]] 반쯤 쓴")
                elif state == "done":
                    self.answer(turn)
                elif state != "queued":
                    Turn.objects.filter(pk=turn.pk).update(state=state, reply="반쯤 쓴")
            reader.taste.create(kind="like", topic="tag:fantasy", tag=Tag.objects.get(slug="fantasy"))
            editing.change(reader, [novel.pk for novel in novels[:3]], {"state": "reading", "note": "메모"}, adds=True)
            self.bring_lists(reader, CANARY if reader == self.stranger else "Lamplight")
        self.stranger.shelf_entries.update(note=CANARY, drop_words=CANARY)
        Turn.objects.filter(reader=self.stranger).update(text=CANARY, reply=CANARY)
        Conversation.objects.filter(reader=self.stranger).update(title=CANARY)
        # None of the turns that nobody takes has waited too long: signs of life are not what is looked at here.
        Turn.objects.unfinished().update(queued_at=timezone.now() + timedelta(days=1))
        self.slugs = [novel.slug for novel in novels]
        self.clients = {}
        for who in WHO:
            self.clients[who] = Client(raise_request_exception=False)
            if who != "nobody":
                self.clients[who].force_login(self.readers[who])
            if who == "operator":
                factories.give_reason(self.clients[who])
        self.jars = {who: client.cookies.output(header="") for who, client in self.clients.items()}

    @staticmethod
    def bring_lists(reader, title):
        """One list in each state; of a table and of works of each kind."""
        for state in ReadingList.State.values:
            brought = reader.reading_lists.create(format="table", state=state, name=title)
            ListFile.objects.create(of=brought, data=f"title,rating\n{title},5\n".encode())
            for verdict in Verdict.values:
                brought.works.create(line=2, title=title, verdict=verdict, said=[{"line": 2, "state": "read"}])

    @staticmethod
    def answer(turn):
        if claimed := Turn.objects.claim(turn.pk, "fuzz"):
            replies.write(claimed)

    # --- Sending ---------------------------------------------------------------------------

    def play(self, who, steps):
        """Send `steps` one after the other, and leave the database as it was."""
        client = self.clients[who]
        client.cookies.clear()
        client.cookies.load(self.jars[who])
        with transaction.atomic(), connection.execute_wrapper(as_strict_as_postgres):
            Worker.beat("fuzz")
            for step in steps:
                if step["address"] == "work":
                    for turn in Turn.objects.claimable()[:3]:
                        self.answer(turn)
                    reading_lists.go_on_with_stalled()
                else:
                    self.send(who, client, step)
            transaction.set_rollback(True)

    def send(self, who, client, step):
        path = requests.path_of(step["address"], [self.thing(who, step["address"], place) for place in step["places"]])
        if step["query"]:
            path += "?" + urlencode(step["query"])
        kind, data = step["body"]
        if kind == "page":
            kind, data = "form", form_on(client.get(path), data)
        content_type, body = encoded(kind, data)
        for name, value in step["cookies"].items():
            client.cookies[name] = value
        self.broken.clear()
        self.logged.clear()
        response = client.generic(step["method"], path, body, content_type=content_type, **step["headers"])
        content = b"".join(response) if response.streaming else response.content
        self.routes[step["address"]] += 1
        self.statuses[response.status_code] += 1
        assert response.status_code < 500, f"{response.status_code} {self.broken}"
        assert not self.broken, self.broken
        assert not self.logged, self.logged
        if who != "operator":
            assert CANARY.encode() not in content, "another reader's words"

    def thing(self, who, address, place):
        """What a place stands for, when it is sent: rows come and go."""
        kind, value = place
        if kind == "text":
            return value
        if "<slug" in address:
            return self.slugs[value]
        reader = self.stranger if kind == "theirs" else self.readers.get(who, self.stranger)
        if "user/" in address:
            return reader.pk
        if "/lists/works/" in address:
            rows = ListedWork.objects.filter(of__reader=reader)
        else:
            of = {"/lists/": ReadingList, "/changes/": ShelfChange, "/taste/": TasteLine, "turn": Turn}
            model = next((model for part, model in of.items() if part in address), Conversation)
            rows = model.objects.filter(reader=reader)
        keys = list(rows.order_by("-pk").values_list("pk", flat=True)[:8])
        return keys[value % len(keys)] if keys else 1

    # --- Listening -------------------------------------------------------------------------

    def note_exception(self, sender=None, request=None, **kwargs):
        self.broken.append(repr(sys.exc_info()[1]))


class Fields(HTMLParser):
    """The fields of the forms on a page, as a browser would send them."""

    def __init__(self, html):
        super().__init__()
        self.found, self.area, self.select = [], None, None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name = attrs.get("name")
        if tag == "input" and name and (attrs.get("type") not in ("checkbox", "radio") or "checked" in attrs):
            self.found.append((name, attrs.get("value") or ""))
        elif tag == "textarea":
            self.area = name
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in attrs and self.select:
            self.found.append((self.select, attrs.get("value") or ""))

    def handle_data(self, data):
        if self.area:
            self.found.append((self.area, data))
            self.area = None


def form_on(response, changes):
    found = Fields(response.content.decode()).found if "html" in response.get("Content-Type", "") else []
    for place, value in changes:
        if found:
            found[place % len(found)] = (found[place % len(found)][0], value)
    return found


class Ear(logging.Handler):
    def __init__(self, world):
        super().__init__(logging.ERROR)
        self.world = world

    def emit(self, record):
        # A refused host or a form too long is told at this level as well; it is no fault of ours.
        if not record.name.startswith("django.security"):
            self.world.logged.append(record.getMessage())


def encoded(kind, data):
    if kind == "raw":
        return data
    if kind == "form":
        return "application/x-www-form-urlencoded", urlencode(data).encode()
    return MULTIPART_CONTENT, encode_multipart(BOUNDARY, dict(data))


NUL = re.compile(r"\x00|^[\[{].*(?<!\\)\\u0000", re.DOTALL)  # itself, or escaped in what is JSON


def as_strict_as_postgres(execute, sql, params, many, context):
    """SQLite takes a NUL in a text, and PostgreSQL breaks off."""
    for param in params or ():
        assert not (isinstance(param, str) and NUL.search(param)), f"PostgreSQL does not take {param[:80]!r}"
    return execute(sql, params, many, context)


def plain(address, method, value=None):
    """A request as anybody sends it; with `value` for everything that any view reads."""
    fields = [(name, value) for name in requests.NAMES] if value else []
    return {
        "address": address,
        "places": [("own", 0) for _ in requests.PLACE.findall(address)],
        "method": method,
        "query": fields,
        "body": ("form", fields),
        "headers": {},
        "cookies": {},
    }


@pytest.fixture
def world(db, settings, request):
    settings.RATE_LIMITS = False
    settings.ACCOUNT_RATE_LIMITS = settings.MFA_RATE_LIMITS = False
    settings.DAILY_REPLIES = 10_000
    world = World()
    ear = Ear(world)
    logging.disable(logging.WARNING)
    logging.getLogger().addHandler(ear)
    got_request_exception.connect(world.note_exception)
    yield world
    logging.disable(logging.NOTSET)
    got_request_exception.disconnect(world.note_exception)
    logging.getLogger().removeHandler(ear)


def test_no_request_breaks_a_page(world, capsys):
    began = time.monotonic()
    with telling(capsys, lambda: report(world, time.monotonic() - began)):
        # Each route by each of them at the least, however short the time.
        for address in EVERY:
            for who in WHO:
                for method in ("GET", "POST"):
                    world.play(who, [plain(address, method)])
                    world.play(who, [plain(address, method, value="\x00")])
        # Single strange requests, and walks through the life of a conversation.
        singles = st.lists(requests.steps(EVERY), min_size=1, max_size=6)
        walks = st.lists(requests.walks(TALK), min_size=4, max_size=12)
        whose = ("nobody", "reader", "reader", "reader", "operator", "operator")
        hunt(world.play, whose, singles | walks, until=began + SECONDS)
    assert min(world.routes[address] for address in EVERY) >= 4 * len(WHO)


def hunt(play, whose, steps, *, until):
    """`play` some examples from one seed after the other, until that moment of the monotonic clock."""
    current = SEED
    while time.monotonic() < until:

        @seed(current)
        @examples(
            max_examples=25,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            verbosity=Verbosity.quiet if os.environ.get("FUZZ_QUIET") else Verbosity.normal,
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        )
        @given(who=st.sampled_from(whose), steps=steps)
        def examine(who, steps):
            play(who, steps)

        try:
            examine()
        except BaseException as error:
            error.add_note(f"to see it again: FUZZ_SEED={current} make fuzz")
            raise
        current += 1


@contextmanager
def telling(capsys, report):
    """In the end the run tells what came of it, also one that failed."""
    try:
        yield
    finally:
        with capsys.disabled():
            sys.stdout.write(report())


def counts(statuses):
    return ", ".join(f"{status or 'hung up'}: {count}" for status, count in sorted(statuses.items()))


def report(world, seconds):
    sent = sum(world.routes.values())
    most = ", ".join(f"{address} {count}" for address, count in world.routes.most_common(5))
    least = min((world.routes[address] for address in EVERY), default=0)
    return (
        f"\nseed {SEED}: {sent} requests in {seconds:.0f} s at {len(world.routes)} of {len(EVERY)} routes\n"
        f"statuses: {counts(world.statuses)}\nleast at one route: {least}; most: {most}\n"
    )
