"""How often may be asked: by one reader, from one address."""

import threading
import time
import uuid

import pytest
from django.db import connection
from django.test import Client

from chatbot.models import Conversation, Turn
from huey_tasks.sweeping import sweep
from users.models import Pace

from . import factories

pytestmark = pytest.mark.django_db


def ask(client, turn, text="판타지 추천해 주세요", **extra):
    url = f"/conversations/{turn.conversation_id}/ask/"
    return client.post(url, {"text": text, "key": str(uuid.uuid4())}, **extra)


@pytest.fixture
def turn(reader, settings):
    settings.ASKS_A_MINUTE, settings.DAILY_REPLIES = 2, 100
    return factories.begin(reader)


@pytest.fixture
def english(logged_in):
    logged_in.cookies["django_language"] = "en"
    return logged_in


def test_one_ask_too_many_is_refused_with_its_words_kept(english, turn):
    assert [ask(english, turn).status_code for _ in range(2)] == [302, 302]
    response = ask(english, turn, "조용한 이야기 <b>로</b>")
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 30
    page = response.content.decode()
    assert "조용한 이야기 &lt;b&gt;로&lt;/b&gt;</textarea>" in page
    assert f"it can be sent in {response['Retry-After']} seconds." in page
    assert Turn.objects.count() == 3


def test_htmx_gets_the_message_alone(english, turn):
    for _ in range(2):
        ask(english, turn)
    response = ask(english, turn, headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Retarget"]) == (429, "#ask-error")
    assert "a great many asks" in response.content.decode()
    assert "<html" not in response.content.decode()


def test_a_first_ask_and_an_edited_one_keep_their_words_too(english, turn):
    for _ in range(2):
        ask(english, turn)
    Turn.objects.update(state="done")
    for url in ("/conversations/", f"/turns/{turn.pk}/edit/"):
        response = english.post(url, {"text": "조용한 이야기", "key": str(uuid.uuid4())})
        assert response.status_code == 429
        assert "조용한 이야기</textarea>" in response.content.decode()
        assert int(response["Retry-After"]) > 0
    assert Turn.objects.count() == 3


@pytest.mark.parametrize("verb", ["retry", "more", "without"])
def test_the_buttons_that_ask_are_held_back_too(english, turn, catalogue, verb):
    Turn.objects.update(
        state="failed",
        candidates=[{"slug": "lamplight", "pk": 1, "reasons": [], "breaches": []}],
        wish={"required": ["fantasy"]},
    )
    data = {"novel": "lamplight", "part": "required:fantasy"}
    for _ in range(2):
        ask(english, turn)
    response = english.post(f"/turns/{turn.pk}/{verb}/", data)
    assert response.status_code == 429
    assert "a great many asks" in response.content.decode()
    response = english.post(f"/turns/{turn.pk}/{verb}/", data, headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Retarget"]) == (429, "#ask-error")
    assert Turn.objects.count() == 3


def test_after_a_wait_it_goes_on(english, turn, monkeypatch):
    for _ in range(2):
        ask(english, turn)
    wait = int(ask(english, turn)["Retry-After"])
    now = time.time()
    monkeypatch.setattr("users.models.time.time", lambda: now + wait)
    assert ask(english, turn).status_code == 302
    assert ask(english, turn).status_code == 429


def test_what_is_not_taken_is_not_counted(english, turn):
    for _ in range(5):
        assert ask(english, turn, "").status_code == 422
    assert Pace.objects.count() == 0


def test_one_reader_does_not_hold_back_another(english, turn, stranger):
    for _ in range(3):
        ask(english, turn)
    theirs = factories.begin(stranger)
    other = Client()
    other.force_login(stranger)
    assert ask(other, theirs).status_code == 302


def test_many_readers_from_one_address_are_held_back_together(turn, settings):
    settings.ASKS_A_MINUTE_BY_ADDRESS, settings.ASKS_A_MINUTE = 3, 100
    statuses = []
    for _ in range(4):
        client, reader = Client(), factories.make_reader()
        client.force_login(reader)
        statuses.append(ask(client, factories.begin(reader)).status_code)
    assert statuses == [302, 302, 302, 429]
    assert ask(client, Turn.objects.last(), REMOTE_ADDR="192.0.2.7").status_code == 302


@pytest.mark.parametrize(
    ("proxies", "forwarded", "key"),
    [
        (0, "203.0.113.9", "127.0.0.1"),  # nobody before us: what it says of itself is worth nothing
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # the first one is made up
        (2, "203.0.113.9", "127.0.0.1"),  # round the proxies
        (1, "2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        (1, "203.0.113.9:4711", "203.0.113.9"),
        (1, "fe80::1%eth0", "fe80::/64"),
        (1, "nonsense", "127.0.0.1"),
    ],
)
def test_the_address_is_the_one_the_trusted_proxies_saw(english, turn, settings, proxies, forwarded, key):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert ask(english, turn, headers={"X-Forwarded-For": forwarded}).status_code == 302
    assert Pace.objects.filter(key__startswith="address:").get().key == f"address:{key}"


def test_a_server_that_knows_no_addresses_still_lets_in(english, turn):
    assert ask(english, turn, REMOTE_ADDR="").status_code == 302
    assert Pace.objects.filter(key__startswith="address:").get().key == "address:0.0.0.0"
    log_in = {"login": "saebyeok", "password": "lamp-and-shelf-7"}
    assert Client(REMOTE_ADDR="").post("/accounts/login/", log_in).status_code == 302


def test_limits_can_be_turned_off(english, turn, settings):
    settings.RATE_LIMITS = False
    assert {ask(english, turn).status_code for _ in range(4)} == {302}
    assert Pace.objects.count() == 0


def test_what_holds_nobody_back_is_forgotten(english, turn, monkeypatch):
    ask(english, turn)
    sweep()
    assert Pace.objects.count() == 2
    now = time.time()
    monkeypatch.setattr("users.models.time.time", lambda: now + 61)
    sweep()
    assert Pace.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_many_at_once_do_not_pass_together():
    results, start = [], threading.Barrier(8)

    def take():
        start.wait()
        try:
            results.extend(Pace.objects.take("reader:1", 5, 60) for _ in range(3))
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 24
    assert results.count(0) == 5


def test_a_refused_login_and_signup_keep_what_was_typed(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip", "signup": "1/m/ip", "reset_password": "1/m/ip"}
    client.cookies["django_language"] = "en"
    for url, typed in (
        ("/accounts/login/", {"login": "saebyeok", "password": "hidden-word"}),
        ("/accounts/signup/", {"username": "saebyeok", "email": "a@example.com", "password1": "hidden-word"}),
        ("/accounts/password/reset/", {"email": "a@example.com"}),
    ):
        client.post(url, typed)
        response = client.post(url, typed)
        page = response.content.decode()
        assert (response.status_code, response["Retry-After"]) == (429, "60"), url
        assert "A little slower, please" in page
        for name, value in typed.items():
            assert (f'value="{value}"' in page) == (not name.startswith("password")), (url, name)
    assert Conversation.objects.count() == 0


def test_the_store_of_counts_is_not_shaken_empty(settings):
    """Django's cache in the database throws entries out when it holds more than it may."""
    assert settings.CACHES["default"].get("OPTIONS", {}).get("MAX_ENTRIES", 0) >= 50_000 or settings.REDIS_URL
