"""Mail: written down by the page, sent by the worker, whatever the mail server does."""

import logging
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMultiAlternatives, send_mail
from django.db import connections
from django.test import Client
from django.utils import timezone

from chatbot.tests.factories import make_reader
from huey_tasks import mail
from huey_tasks.models import TRIED_AGAIN_AFTER, Letter

RESET = "/accounts/password/reset/"


@contextmanager
def server(talk):
    """A mail server of one's own: `talk(line, file)` for each connection."""
    listener = socket.create_server(("127.0.0.1", 0))
    lines = []

    def accept():
        while True:
            try:
                line = listener.accept()[0]
            except OSError:
                return
            lines.append(line)
            threading.Thread(target=talk, args=(line, line.makefile("rb")), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listener.getsockname()[1], lines
    finally:
        listener.close()
        for line in lines:
            line.close()


def says_nothing(line, file):
    pass


def taking(letters, rcpt=b"250 ok"):
    """Talks as a mail server does, answers recipients with `rcpt`, and keeps what it is sent in `letters`."""

    def talk(line, file):
        line.sendall(b"220 here\r\n")
        while word := file.readline():
            if word.upper().startswith(b"DATA"):
                line.sendall(b"354 go on\r\n")
                letters.append(b"".join(iter(file.readline, b".\r\n")).decode())
            if word.upper().startswith(b"RCPT"):
                line.sendall(rcpt + b"\r\n")
            else:
                line.sendall(b"250 ok\r\n")

    return talk


@pytest.fixture
def smtp(settings):
    settings.EMAIL_BACKEND = "huey_tasks.mail.Outbox"
    settings.MAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 0.3
    return settings


@pytest.fixture
def reader(db):
    reader = make_reader("mina", email="mina@example.com")
    EmailAddress.objects.create(user=reader, email="mina@example.com", primary=True)
    return reader


def later(minutes):
    Letter.objects.update(due_at=timezone.now() - timedelta(minutes=minutes))


def test_a_silent_mail_server_holds_no_page_and_loses_no_letter(client, reader, smtp, caplog):
    letters = []
    with server(says_nothing) as (smtp.EMAIL_PORT, lines):
        assert client.post(RESET, {"email": "mina@example.com"})["Location"] == f"{RESET}done/"
        assert lines == []  # the page has not so much as knocked
        began = time.monotonic()
        mail.deliver()
        assert time.monotonic() - began < 5
    (letter,) = Letter.objects.all()
    assert (letter.attempts, letter.failed_at) == (1, None)
    assert "timed out" in letter.error
    mail.deliver()
    assert Letter.objects.get().attempts == 1  # not before its time
    later(1)
    with server(taking(letters)) as (smtp.EMAIL_PORT, _):
        mail.deliver()
    assert len(letters) == 1
    assert "To: mina@example.com" in letters[0]
    assert not Letter.objects.exists()
    assert "could not be sent, try 1" in caplog.text


def test_the_page_does_the_same_for_an_address_nobody_has(client, reader, smtp, django_assert_max_num_queries):
    costs = set()
    for email in ("mina@example.com", "nobody@example.com", "MINA@example.com"):
        with django_assert_max_num_queries(100) as queries:
            answer = client.post(RESET, {"email": email})
        costs.add((answer.status_code, answer["Location"], len(queries)))
    assert len(costs) == 1


def test_a_letter_is_in_the_language_and_leads_to_the_place_it_was_asked_for(reader, smtp):
    letters = []
    with server(taking(letters)) as (smtp.EMAIL_PORT, _):
        client = Client(headers={"Accept-Language": "ja", "Host": "localhost:8000"})
        client.post(RESET, {"email": "mina@example.com"})
        client.post(RESET, {"email": "nobody@example.com"})
        mail.deliver()
    assert len(letters) == 2
    assert "http://localhost:8000/accounts/password/reset/key/" in letters[0].replace("=\r\n", "")


@pytest.mark.parametrize(("answer", "is_over"), [(b"550 no such box", True), (b"450 later", False)])
def test_what_a_server_refuses_for_good_is_given_up_and_holds_up_no_other(db, smtp, answer, is_over, caplog):
    letters = []
    with server(taking(letters, answer)) as (smtp.EMAIL_PORT, _):
        for name in ("a", "b"):
            send_mail("subject", "secret-key", None, [f"{name}@example.com"])
        mail.deliver()
    assert [letter.attempts for letter in Letter.objects.all()] == [1, 1]
    assert Letter.objects.failed().count() == (2 if is_over else 0)
    for letter in Letter.objects.failed():
        assert letter.content == {}
        assert "550" in letter.error
    assert ("given up after 1 tries" in caplog.text) == is_over
    assert "secret-key" not in caplog.text


def test_a_letter_is_given_up_after_half_a_day_and_counted(client, db, smtp, caplog):
    caplog.set_level(logging.ERROR)
    smtp.EMAIL_PORT = 1
    send_mail("subject", "secret-key", None, ["a@example.com"])
    for number in range(len(TRIED_AGAIN_AFTER) + 1):
        assert not Letter.objects.failed().exists()
        later(number)
        mail.deliver()
    assert Letter.objects.failed().count() == 1
    assert len(caplog.records) == 1
    client.force_login(make_reader("keeper", is_staff=True, is_superuser=True))
    client.cookies["django_language"] = "en"
    page = client.get("/admin/huey_tasks/letter/?state=failed").content.decode()
    assert "a@example.com" in page
    assert "secret-key" not in page
    assert "1 letter given up" in client.get("/admin/latency/").content.decode()
    assert client.get("/admin/huey_tasks/letter/add/").status_code == 403
    Letter.objects.update(failed_at=timezone.now() - timedelta(days=31))
    Letter.objects.forget()
    assert not Letter.objects.exists()


def test_a_letter_that_cannot_be_a_mail_holds_up_no_other(db, smtp):
    letters = []
    with server(taking(letters)) as (smtp.EMAIL_PORT, _):
        send_mail("two\nlines", "x", None, ["a@example.com"])
        send_mail("one line", "x", None, ["b@example.com"])
        mail.deliver()
    assert [letter.address for letter in Letter.objects.failed()] == ["a@example.com"]
    assert len(letters) == 1


def test_a_letter_keeps_all_its_parts(db, smtp):
    letters = []
    message = EmailMultiAlternatives("제목", "글", "us@example.com", ["a@example.com"], headers={"X-One": "1"})
    message.attach_alternative("<p>글</p>", "text/html")
    with server(taking(letters)) as (smtp.EMAIL_PORT, _):
        message.send()
        mail.deliver()
    for part in ("X-One: 1", "From: us@example.com", "text/html", "text/plain"):
        assert part in letters[0]


@pytest.mark.django_db(transaction=True)
def test_two_who_deliver_at_once_send_each_letter_once(smtp):
    letters = []
    for number in range(12):
        Letter.objects.create(
            address=f"{number}@example.com",
            content={
                **dict.fromkeys(mail.PARTS),
                "subject": f"letter {number}",
                "body": "x",
                "to": [f"{number}@example.com"],
                "headers": {},
                "alternatives": [],
            },
        )

    def claim_all(_):
        claimed = []
        try:
            while letter := Letter.objects.claim():
                claimed.append(letter.pk)
        finally:
            connections.close_all()
        return claimed

    with ThreadPoolExecutor(3) as pool:
        claimed = [pk for one in pool.map(claim_all, range(3)) for pk in one]
    assert sorted(claimed) == sorted(Letter.objects.values_list("pk", flat=True))
    later(1)
    with server(taking(letters)) as (smtp.EMAIL_PORT, _):
        mail.deliver()
    assert len(letters) == 12


def test_while_a_thread_delivers_the_others_are_free(db, smtp):
    send_mail("subject", "x", None, ["a@example.com"])
    with mail._delivering:
        began = time.monotonic()
        mail.deliver()
        assert time.monotonic() - began < 1
    assert Letter.objects.get().attempts == 0
