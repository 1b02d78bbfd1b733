"""Hashing: strong, rare, one at a time, and where nobody waits for it."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import hashers
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client

from chatbot.tests.factories import make_reader
from lightnovel.middleware import concurrency_limit
from users import passwords
from users.models import User

from .conftest import PASSWORD
from .test_login import is_logged_in, log_in
from .test_signup import sign_up

OURS = ["users.passwords.Argon2PasswordHasher", "users.passwords.PBKDF2PasswordHasher"]


@pytest.fixture
def ours(settings):
    settings.PASSWORD_HASHERS = OURS


@pytest.fixture
def hashed(monkeypatch, ours):
    """Of each hash: whether it was made inside a transaction, and whether with a pooled connection."""
    made = []

    def watched(original):
        def method(*args, **kwargs):
            has_pooled = bool(connection.settings_dict["OPTIONS"].get("pool") and connection.connection)
            made.append((connection.in_atomic_block, has_pooled))
            return original(*args, **kwargs)

        return method

    for hasher, names in (
        (hashers.Argon2PasswordHasher, ("encode", "verify")),
        (hashers.PBKDF2PasswordHasher, ("encode",)),
    ):
        for name in names:
            monkeypatch.setattr(hasher, name, watched(getattr(hasher, name)))
    return made


def reader_of_before(name):
    """A reader whose password was hashed as Django does by itself."""
    hashed = hashers.make_password(PASSWORD, hasher=hashers.PBKDF2PasswordHasher())
    return User.objects.create(username=name, password=hashed)


def test_the_hasher_is_no_weaker_than_owasp_says(ours):
    made = hashers.make_password(PASSWORD)
    told = hashers.identify_hasher(made).decode(made)
    assert (told["algorithm"], told["variety"]) == ("argon2", "argon2id")
    assert told["memory_cost"] >= 19 * 1024
    assert told["time_cost"] >= 2
    assert hashers.check_password(PASSWORD, made)
    assert not hashers.check_password("another", made)


def test_a_hash_of_before_is_replaced_at_login_and_only_then(client, db, ours):
    reader = reader_of_before("old")
    old = reader.password
    log_in(client, "old", "wrong")
    reader.refresh_from_db()
    assert reader.password == old
    log_in(client, "old")
    assert is_logged_in(client)
    reader.refresh_from_db()
    assert reader.password.startswith("argon2$argon2id$")
    assert hashers.check_password(PASSWORD, reader.password)


def test_a_password_changed_meanwhile_is_not_put_back(db, ours):
    reader = reader_of_before("old")
    User.objects.update(password="changed elsewhere")
    assert passwords.fits(PASSWORD, reader, "old")
    reader.refresh_from_db()
    assert reader.password == "changed elsewhere"


@pytest.fixture
def two_devices(db, ours):
    """Two browsers in which a reader was logged in while the hash was the one of before."""
    reader = reader_of_before("old")
    devices = Client(), Client()
    for device in devices:
        device.force_login(reader)
    return reader, devices


def may_come_in(device):
    return device.get("/users/").status_code == 200


@pytest.mark.parametrize("again", ["login", "check"])
def test_a_new_hash_of_the_same_password_ends_no_session(two_devices, again):
    reader, devices = two_devices
    keys = [device.session.session_key for device in devices]
    if again == "login":
        third = Client()
        log_in(third, "old")
        devices = (*devices, third)
    else:
        assert reader.check_password(PASSWORD)
    assert User.objects.get().password.startswith("argon2$")
    assert all(may_come_in(device) for device in devices)
    assert [device.session.session_key for device in devices[:2]] == keys  # a poll that is under way knows the old one


@pytest.mark.parametrize("way", ["page", "elsewhere"])
def test_a_new_password_ends_the_others_after_a_new_hash_as_well(two_devices, way):
    mine, other = two_devices[1]
    assert log_in(Client(), "old").status_code == 302
    if way == "page":
        fields = {"oldpassword": PASSWORD, "password1": "another-lamp-8", "password2": "another-lamp-8"}
        assert mine.post("/accounts/password/change/", fields).status_code == 302
    else:
        User.objects.update(password=hashers.make_password(PASSWORD))  # the same words, and all the same chosen anew
    assert (may_come_in(mine), may_come_in(other)) == (way == "page", False)


def test_each_login_is_one_hash_and_as_many_queries_whoever_is_known(client, db, hashed, django_assert_max_num_queries):
    for number, name in enumerate(("mina", "yuki", "social")):
        reader = make_reader(name, email=f"{name}@example.com")
        reader.set_password(PASSWORD) if number < 2 else reader.set_unusable_password()
        reader.save()
        EmailAddress.objects.create(user=reader, email=reader.email, primary=True)

    def cost(login, password):
        hashed.clear()
        with django_assert_max_num_queries(1000) as queries:
            log_in(Client(), login, password)
        return len(hashed), len(queries)

    log_in(client, "warm")
    wrong_names = {cost(login, "wrong") for login in ("mina", "yuki", "social", "nobody", "nobody2")}
    wrong_addresses = {cost(f"{login}@example.com", "wrong") for login in ("mina", "social", "nobody")}
    assert len(wrong_names) == len(wrong_addresses) == 1, (wrong_names, wrong_addresses)
    assert {hashes for hashes, _ in wrong_names | wrong_addresses} == {1}
    assert {cost(login, PASSWORD)[0] for login in ("mina", "yuki@example.com")} == {1}


@pytest.mark.parametrize("has_readers", [True, False])
def test_a_name_nobody_has_costs_what_the_hash_of_some_reader_costs(db, hashed, has_readers, monkeypatch):
    """Told by its time, an old hash would tell that the name is known."""
    if has_readers:
        reader_of_before("old")
    hashed.clear()
    algorithms = []
    verify = hashers.PBKDF2PasswordHasher.verify
    monkeypatch.setattr(hashers.PBKDF2PasswordHasher, "verify", lambda *args: algorithms.append("old") or verify(*args))
    assert not passwords.fits(PASSWORD, None, "nobody")  # though that reader's password it is
    assert (len(hashed), algorithms) == (1, ["old"] if has_readers else [])


@pytest.mark.django_db(transaction=True)
def test_no_hash_is_made_in_a_transaction_or_with_a_pooled_connection(client, hashed):
    keeper = make_reader("keeper", is_staff=True, is_superuser=True)
    sign_up(client, "mina", email="mina@example.com")
    assert is_logged_in(client)
    fields = {"username": "yuki", "password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
    operator = Client()
    operator.force_login(keeper)
    assert operator.post("/admin/users/user/add/", fields).status_code == 302
    assert log_in(Client(), "yuki").status_code == 302
    yuki = User.objects.get(username="yuki")
    other = {"password1": "another-lamp-8", "password2": "another-lamp-8", "usable_password": "true"}
    assert operator.post(f"/admin/users/user/{yuki.pk}/password/", {**other, "set-password": ""}).status_code == 302
    assert client.post("/accounts/password/change/", {"oldpassword": PASSWORD, **other}).status_code == 302
    assert client.post("/users/delete/", {"proof": "another-lamp-8"}).status_code == 302
    assert len(hashed) == 8  # one for each, and two where the old one is asked for
    assert set(hashed) == {(False, False)}


def test_an_operator_adds_a_reader_without_a_password(client, keeper, ours):
    client.force_login(keeper)
    client.post("/admin/users/user/add/", {"username": "social", "usable_password": "false"})
    assert not User.objects.get(username="social").has_usable_password()
    page = client.post("/admin/users/user/add/", {"username": "ab cd", "password1": PASSWORD, "password2": PASSWORD})
    assert (page.status_code, User.objects.count()) == (200, 2)


def test_one_password_is_hashed_at_a_time(ours, monkeypatch):
    running, most = [], []

    def slow(self, password, salt):
        running.append(password)
        most.append(len(running))
        time.sleep(0.02)
        running.pop()
        return f"argon2${password}"

    monkeypatch.setattr(hashers.Argon2PasswordHasher, "encode", slow)
    with ThreadPoolExecutor(8) as pool:
        assert len(list(pool.map(hashers.make_password, map(str, range(8))))) == 8
    assert max(most) == 1


def test_whoever_waits_too_long_is_told_so_calmly(english, reader, ours, monkeypatch):
    monkeypatch.setattr(passwords, "PATIENCE", 0.05)
    english.raise_request_exception = False
    has_turn, may_end = threading.Event(), threading.Event()

    def hash_for_long():
        with passwords.one_at_a_time():
            has_turn.set()
            may_end.wait(30)

    thread = threading.Thread(target=hash_for_long)
    thread.start()
    assert has_turn.wait(10)
    refused = log_in(english, "saebyeok")
    may_end.set()
    thread.join()
    assert (refused.status_code, refused["Retry-After"]) == (503, "10")
    assert "There is a line at the door" in refused.content.decode()
    assert not is_logged_in(english)


def test_passwords_wait_in_a_line_of_their_own(rf, monkeypatch):
    monkeypatch.setattr(concurrency_limit, "PATIENCE", 0.05)
    limit = concurrency_limit.ConcurrencyLimitMiddleware(lambda request: request.path)
    monkeypatch.setattr(concurrency_limit.ConcurrencyLimitMiddleware, "with_password", threading.Semaphore(0))
    for path in ("/conversations/", "/accounts/password/reset/", "/accounts/logout/", "/accounts/email/"):
        assert limit(rf.post(path)) == path
    assert limit(rf.get("/accounts/login/")) == "/accounts/login/"
    for path in (
        "/accounts/signup/",
        "/accounts/password/reset/key/1-set/",
        "/users/delete/",
        "/admin/users/user/add/",
    ):
        assert limit(rf.post(path)).status_code == 503
    limit.with_password.release()
    for _ in range(3):  # given back each time
        assert limit(rf.post("/accounts/login/")) == "/accounts/login/"


@pytest.fixture
def nothing_counted(transactional_db):
    """What is counted lies in the cache, which outlives a test that commits."""
    cache.clear()
    yield
    cache.clear()


def _at_once(number, job):
    def run(place):
        try:
            return job(place)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))


def test_right_passwords_at_once_are_never_counted_as_failed(nothing_counted):
    """From one address and for one name, more than either may fail."""
    make_reader("saebyeok")
    assert _at_once(25, lambda _: log_in(Client(), "saebyeok").status_code) == [302] * 25
    assert log_in(Client(), "saebyeok", "wrong").status_code == 200
    assert log_in(Client(), "saebyeok").status_code == 302


def test_guesses_at_once_are_no_more_than_guesses_one_by_one(nothing_counted, monkeypatch):
    make_reader("saebyeok")
    tried = []
    fits = passwords.fits
    monkeypatch.setattr(passwords, "fits", lambda *args: tried.append(args) or fits(*args))
    _at_once(20, lambda place: log_in(Client(), "saebyeok", f"guess{place}"))
    assert len(tried) == 5
    assert log_in(Client(), "saebyeok").status_code == 200  # right, but too late
