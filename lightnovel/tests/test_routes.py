"""Who gets what at every address: the table below against the real resolver, whatever app or package put it there."""

import re
import uuid

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver

from chatbot.catalogue.models import Tag
from chatbot.models import Conversation, ReviewItem, Turn
from chatbot.tests import factories
from users.shelf import editing

from .routes import GUESTS, TABLE

WHO = ("nobody", "another reader", "operator without a second step", "operator", "owner")


def addresses(resolver, prefix="/"):
    for entry in resolver.url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield re.sub(r"\(\?P<app_label>[^)]*\)", "<app_label>", address)
        else:
            yield from addresses(entry, address)


SHORT = {
    "/accounts/login/": "login",
    "/accounts/reauthenticate/": "confirm",
    "/accounts/2fa/": "set-up",
    "/admin/login/": "keepers",
}


def rows():
    """{address: (expected of GET, expected of POST)}, each for the five of WHO."""
    found = {}
    for line in TABLE.strip().splitlines():
        address, *expected = (part.strip() for part in line.rsplit("|", 2))
        found[address] = tuple(for_all(address, told.split()) for told in expected)
    return found


def for_all(address, told):
    """One word stands for all five; under /admin/ for the operator alone, the others being kept out as always."""
    if len(told) > 1:
        return told
    return ["keepers", "keepers", "set-up", *told, "keepers"] if address.startswith("/admin/") else told * 5


def guests_rows():
    """The same for another guest and the one whose it is; what is not in their table is as for nobody."""
    found = {address: ([get[0]] * 2, [post[0]] * 2) for address, (get, post) in KNOWN.items()}
    for line in GUESTS.strip().splitlines():
        address, *expected = (part.strip() for part in line.rsplit("|", 2))
        found[address] = tuple(told.split() for told in expected)
    return found


KNOWN = rows()
KNOWN_TO_GUESTS = guests_rows()
EVERY = sorted(set(addresses(get_resolver())))


@pytest.fixture
def people(db, settings):
    settings.OPERATORS_NEED_MFA = True
    settings.RATE_LIMITS = False
    settings.ACCOUNT_RATE_LIMITS = settings.MFA_RATE_LIMITS = False
    clients = {}
    for who in WHO:
        clients[who] = Client(raise_request_exception=False)
        if who != "nobody":
            staff = "operator" in who
            reader = factories.make_reader(who.replace(" ", "."), is_staff=staff, is_superuser=staff)
            clients[who].force_login(reader)
            if staff:
                factories.give_reason(clients[who])
            if who == "operator":
                Authenticator.objects.create(user=reader, type="totp", data={"secret": "x"})
            clients[who].reader = reader
    return clients


@pytest.fixture
def place(people):
    """What the addresses speak of: all of it the owner's, as far as it is anybody's."""
    return furnished(people["owner"].reader)


def furnished(owner):
    novel = factories.make_novel("lamplight")
    turn = factories.begin(owner)
    deleted = factories.begin(owner).conversation
    deleted.delete_soon()
    Turn.objects.filter(pk=turn.pk).update(state="failed", failure="down")
    brought = owner.reading_lists.create(format="goodreads", state="ready")
    return {
        "list": brought.pk,
        "work": brought.works.create(line=2, verdict="missing", title="A").pk,
        "conversation": turn.conversation_id,
        "deleted": deleted.pk,
        "turn": turn.pk,
        "novel": novel,
        "reviewitem": ReviewItem.objects.note(turn, [("failed", 1)]).pk,
        "look": owner.looks.create(conversation=turn.conversation).pk,
        "reader": owner.pk,
        "change": editing.set_state(owner, novel, "want").pk,
        "year": owner.today.year,
        "taste": owner.taste.create(kind="like", topic="tag:fantasy", tag=Tag.objects.get(slug="fantasy")).pk,
    }


@pytest.fixture
def guests(db, settings):
    """The browsers of another guest and of the one whose things are there, and these things."""
    settings.RATE_LIMITS = False
    clients = [Client(raise_request_exception=False) for _ in range(2)]
    _other, owner = [factories.make_guest(client) for client in clients]
    return clients, furnished(owner)


def filled(address, place):
    """`address` with its places filled."""
    of = {
        "conversations": place["conversation"],
        "turns": place["turn"],
        "changes": place["change"],
        "lists": place["list"],
        "works": place["work"],
        "taste": place["taste"],
        "conversation": place["conversation"],
        "reviewitem": place["reviewitem"],
        "turn": place["turn"],
        "look": place["look"],
        "user": place["reader"],
        "novel": place["novel"].pk,
        "year": place["year"],
    }
    kind = next((part for part in reversed(re.split(r"[/^]", address.split("<")[0])) if part in of), "")
    pk = place["deleted"] if address.endswith("/restore/") else of.get(kind, 4711)
    address = re.sub(r"<app_label>", "chatbot", address)
    address = re.sub(r"\(\?P<uidb36>[^)]*\)", "1", address)
    address = re.sub(r"\(\?P<(key|url)>[^)]*\)", "no-such", address)
    address = re.sub(r"<slug:slug>", place["novel"].slug, address)
    address = re.sub(r"<slug:\w+>", "fantasy", address)
    address = re.sub(r"<uuid:\w+>", str(uuid.UUID(int=7)), address)
    address = re.sub(r"<str:\w+>", "no-such", address)
    address = re.sub(r"<[^>]*>", str(pk), address)
    return address.replace("^", "").replace("$", "").replace("\\", "")


def told(response):
    """An answer in the words of the table."""
    if response.status_code != 302:
        return str(response.status_code)
    location = response["Location"].split("?")[0].split("#")[0]
    return SHORT.get(location) or "→" + re.sub(r"\d+", "N", location)


def answers(client, address):
    found, cookies = [], client.cookies.output()
    for ask in (client.get, client.post):
        with transaction.atomic():
            found.append(told(ask(address)))
            transaction.set_rollback(True)
        client.cookies.clear()
        client.cookies.load(cookies.replace("Set-Cookie: ", ""))
    return found


def test_every_address_is_in_the_table():
    missing, gone = sorted(set(EVERY) - set(KNOWN)), sorted(set(KNOWN) - set(EVERY))
    assert not missing, (
        "Nobody has said who may see these. Add a line to lightnovel/tests/routes.py for each "
        f"(what the five of WHO get by GET | by POST): {missing}"
    )
    assert not gone, f"These are no addresses any more; take their lines out of lightnovel/tests/routes.py: {gone}"


@pytest.mark.parametrize("address", EVERY)
def test_everybody_gets_what_is_theirs(people, place, address):
    expected = KNOWN.get(address)
    if expected is None:
        pytest.skip("not in the table; the test above says so")
    got = [answers(people[who], filled(address, place)) for who in WHO]
    assert ([get for get, _ in got], [post for _, post in got]) == expected


@pytest.mark.parametrize("address", EVERY)
def test_a_guest_gets_what_nobody_gets_but_for_what_is_theirs(guests, address):
    expected = KNOWN_TO_GUESTS.get(address)
    if expected is None:
        pytest.skip("not in the table; the test above says so")
    clients, place = guests
    got = [answers(client, filled(address, place)) for client in clients]
    assert ([get for get, _ in got], [post for _, post in got]) == expected


def test_what_is_filled_in_leads_to_the_address_meant(place):
    """Else a 404 would pass for a closed door."""

    def led_to(address):
        route = get_resolver().resolve(filled(address, place)).route
        return re.sub(r"\(\?P<app_label>[^)]*\)", "<app_label>", f"/{route}")

    assert [address for address in EVERY if led_to(address) != address.replace("^", "")] == []


def test_a_stranger_changes_nothing(people, place):
    """The table tells statuses; this, that nothing happened behind them."""

    def state():
        return (
            list(Conversation.objects.values("title", "deleted_at", "updated_at")),
            list(Turn.objects.values("state", "text", "hidden")),
        )

    before = state()
    key = str(uuid.uuid4())
    for who in ("nobody", "another reader", "operator without a second step"):
        for address in EVERY:
            if address.startswith(("/conversations/<", "/turns/<", "/admin/chatbot/")):
                data = {"text": "x", "key": key, "title": "x", "novel": "lamplight", "post": "yes", "action": "delete"}
                people[who].post(filled(address, place), data)
    assert state() == before
