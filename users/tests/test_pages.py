"""Every account page in our frame, and the mails."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chatbot.tests.factories import begin
from huey_tasks.mail import deliver

from .conftest import PASSWORD

OPEN = [
    "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/password/reset/done/",
    "/accounts/password/reset/key/done/", "/accounts/password/reset/key/1-wrong/", "/accounts/confirm-email/",
    "/accounts/confirm-email/wrong/", "/accounts/inactive/", "/accounts/3rdparty/login/cancelled/",
]  # fmt: skip
OWN = [
    "/users/", "/users/delete/", "/accounts/logout/", "/accounts/password/change/", "/accounts/email/",
    "/accounts/sessions/", "/accounts/2fa/", "/accounts/2fa/webauthn/", "/accounts/3rdparty/",
    "/accounts/reauthenticate/",
]  # fmt: skip


@pytest.mark.parametrize("language", ["ko", "en", "ja"])
@pytest.mark.parametrize("url", OPEN)
def test_pages_before_the_door_are_in_our_frame(client, db, url, language):
    client.cookies["django_language"] = language
    response = client.get(url)
    assert response.status_code == 200
    assert '<div class="entrance">' in response.content.decode()


@pytest.mark.parametrize("url", OWN)
def test_pages_of_the_account_are_in_our_frame(logged_in, url):
    response = logged_in.get(url)
    assert response.status_code == 200
    assert re.search('<div class="(account|entrance)">', response.content.decode())


@pytest.mark.parametrize("url", [url for url in OWN if url != "/accounts/logout/"])
def test_pages_of_the_account_need_a_login(client, db, url):
    assert client.get(url)["Location"] == f"/accounts/login/?next={url}"


def test_a_social_login_that_failed_says_so(english, db):
    response = english.get("/accounts/3rdparty/login/error/")
    assert response.status_code == 401
    assert "That login did not work" in response.content.decode()


def test_changing_the_password(logged_in, reader):
    data = {"oldpassword": PASSWORD, "password1": "another-lamp-8", "password2": "another-lamp-8"}
    assert logged_in.post("/accounts/password/change/", {**data, "oldpassword": "wrong"}).status_code == 200
    assert logged_in.post("/accounts/password/change/", data)["Location"] == "/users/"
    reader.refresh_from_db()
    assert reader.check_password("another-lamp-8")
    assert logged_in.get("/users/").status_code == 200


def test_a_reader_without_password_sets_one(client, reader):
    reader.set_unusable_password()
    reader.save()
    client.force_login(reader)
    assert client.get("/accounts/password/change/")["Location"] == "/accounts/password/set/"
    data = {"password1": "another-lamp-8", "password2": "another-lamp-8"}
    assert client.post("/accounts/password/set/", data)["Location"] == "/users/"
    reader.refresh_from_db()
    assert reader.check_password("another-lamp-8")


def test_a_forgotten_password_is_replaced_by_mail(english, reader):
    EmailAddress.objects.create(user=reader, email="reader@example.com", primary=True, verified=True)
    assert english.post("/accounts/password/reset/", {"email": "Reader@Example.com"}).status_code == 302
    deliver()
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["reader@example.com"], "A new password for the library")
    link = re.search(r"http://testserver(/\S+)", letter.body)[1]
    assert "saebyeok" in letter.body
    form = english.get(link, follow=True)
    assert link.split("-", 1)[1].strip("/") not in form.redirect_chain[-1][0]
    data = {"password1": "another-lamp-8", "password2": "another-lamp-8"}
    assert english.post(form.redirect_chain[-1][0], data)["Location"] == "/accounts/password/reset/key/done/"
    reader.refresh_from_db()
    assert reader.check_password("another-lamp-8")
    assert "This link has been used up" in Client(headers={"Accept-Language": "en"}).get(link).content.decode()


def test_asking_for_a_letter_does_not_tell_who_reads_here(english, reader):
    EmailAddress.objects.create(user=reader, email="reader@example.com", primary=True, verified=True)
    answers = []
    for email in ("reader@example.com", "nobody@example.com"):
        response = english.post("/accounts/password/reset/", {"email": email})
        answers.append((response.status_code, response["Location"]))
    deliver()
    assert answers == [(302, "/accounts/password/reset/done/")] * 2
    assert [letter.subject for letter in mail.outbox] == [
        "A new password for the library",
        "No card under this address",
    ]


def test_an_address_is_added_confirmed_and_removed(english, reader):
    english.force_login(reader)
    english.post("/accounts/email/", {"action_add": "", "email": "reader@example.com"})
    assert [letter.subject for letter in mail.outbox] == ["Please confirm your address"]
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]
    assert (
        "Does <strong>reader@example.com</strong> belong to the reader saebyeok?" in english.get(link).content.decode()
    )
    assert not EmailAddress.objects.get().verified
    assert english.post(link).status_code == 302
    assert EmailAddress.objects.get().verified
    english.post("/accounts/email/", {"action_remove": "", "email": "reader@example.com"})
    assert not EmailAddress.objects.exists()


def test_the_address_of_another_reader_is_out_of_reach(logged_in, stranger):
    EmailAddress.objects.create(user=stranger, email="stranger@example.com", primary=True)
    for action in ("action_remove", "action_primary", "action_send"):
        assert logged_in.post("/accounts/email/", {action: "", "email": "stranger@example.com"}).status_code == 302
    assert EmailAddress.objects.filter(user=stranger, primary=True, verified=False).count() == 1
    assert mail.outbox == []


def test_devices_are_listed_by_names_people_use_and_can_be_logged_out(english, reader):
    phone = Client(headers={"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) CriOS/140.0 Safari/604.1"})
    for client in (phone, english):
        client.post("/accounts/login/", {"login": "saebyeok", "password": PASSWORD})
    page = english.get("/accounts/sessions/").content.decode()
    assert "Chrome, iPhone" in page
    assert page.count('<span class="mark good">this one</span>') == 1
    english.post("/accounts/sessions/")
    assert english.get("/users/").status_code == 200
    assert phone.get("/users/").status_code == 302


def test_a_poll_writes_nothing_until_it_is_time_to_note_the_device(logged_in, reader, monkeypatch):
    turn = begin(reader)

    def writes():
        with CaptureQueriesContext(connection) as queries:
            logged_in.get(f"/turns/{turn.pk}/?seen={turn.etag()}", headers={"HX-Request": "true"})
        return [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]

    assert len(writes()) > 0
    assert writes() == []
    noted = UserSession.objects.get().last_seen_at
    monkeypatch.setattr("users.middleware.EVERY", -1)
    assert len(writes()) > 0
    assert UserSession.objects.get().last_seen_at > noted
