import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from .conftest import PASSWORD


def code_of(secret):
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def log_in(client, username="saebyeok", **fields):
    return client.post("/accounts/login/", {"login": username, "password": PASSWORD, **fields})


def log_in_and_confirm(client):
    log_in(client)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


@pytest.fixture
def secret(reader):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(reader, secret)
    return secret


def test_an_app_is_set_up_with_its_secret_as_picture_and_text(english, reader):
    log_in_and_confirm(english)
    page = english.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    assert f"<code>{secret}</code>" in page.content.decode()
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    wrong = english.post("/accounts/2fa/totp/activate/", {"code": "000000"})
    assert (wrong.status_code, wrong.context["form"].secret) == (200, secret)
    right = english.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert right["Location"] == "/accounts/2fa/recovery-codes/"
    assert sorted(Authenticator.objects.values_list("type", flat=True)) == ["recovery_codes", "totp"]
    codes = english.get("/accounts/2fa/recovery-codes/").context["unused_codes"]
    download = english.get("/accounts/2fa/recovery-codes/download/")
    assert download["Content-Type"] == "text/plain"
    assert download.content.decode().split() == codes


def test_the_password_alone_no_longer_opens_the_door(client, reader, secret):
    assert log_in(client, next="/novels/")["Location"].startswith("/accounts/2fa/authenticate/")
    assert "_auth_user_id" not in client.session
    assert client.get("/users/").status_code == 302
    assert client.get("/accounts/2fa/authenticate/").status_code == 200
    assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})["Location"] == "/novels/"
    assert client.get("/users/").status_code == 200


def test_a_code_opens_the_door_once(client, reader, secret):
    code = code_of(secret)
    for expected in (302, 200):
        browser = Client()
        log_in(browser)
        assert browser.post("/accounts/2fa/authenticate/", {"code": code}).status_code == expected


def test_a_recovery_code_stands_in_for_the_app(client, reader, secret):
    code = RecoveryCodes.activate(reader).get_unused_codes()[0]
    log_in(client)
    assert client.post("/accounts/2fa/authenticate/", {"code": code})["Location"] == "/"


def test_guessing_codes_is_limited(client, reader, secret):
    log_in(client)
    for _ in range(5):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)}).status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("code", ["", "\x00", "１２３４５６", "x" * 100_000, "\u202e123456"])
def test_hostile_codes_are_refused(client, reader, secret, code):
    log_in(client)
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 200


def test_changing_the_lock_asks_who_is_there(client, reader, secret):
    client.force_login(reader)
    response = client.get("/accounts/2fa/totp/deactivate/")
    assert response["Location"] == "/accounts/reauthenticate/?next=%2Faccounts%2F2fa%2Ftotp%2Fdeactivate%2F"
    assert client.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert Authenticator.objects.count() == 1
    assert client.post(response["Location"], {"password": "wrong"}).status_code == 200
    # What was asked for goes on once it is known who asks.
    assert client.post(response["Location"], {"password": PASSWORD})["Location"] == "/accounts/2fa/"
    assert Authenticator.objects.count() == 0


def test_an_unconfirmed_address_has_to_be_confirmed_first(english, reader):
    EmailAddress.objects.create(user=reader, email="reader@example.com", primary=True)
    log_in(english)
    assert english.get("/accounts/2fa/totp/activate/")["Location"] == "/accounts/2fa/"
    assert "reader@example.com has to be" in english.get("/accounts/2fa/").content.decode()


def test_adding_a_passkey_that_is_none_adds_nothing(client, reader):
    log_in_and_confirm(client)
    assert client.get("/accounts/2fa/webauthn/add/").status_code == 200
    for answer in ("", "{}", "[]", "[" * 20_000):
        response = client.post("/accounts/2fa/webauthn/add/", {"name": "x", "credential": answer})
        assert response.status_code == 200
        assert list(response.context["form"].errors) == ["credential"]
    assert Authenticator.objects.count() == 0


def test_the_passkey_of_another_reader_is_out_of_reach(client, reader, stranger):
    passkey = Authenticator.objects.create(user=stranger, type="webauthn", data={"name": "phone", "credential": {}})
    log_in_and_confirm(client)
    for verb in ("edit", "remove"):
        for method in (client.get, client.post):
            assert method(f"/accounts/2fa/webauthn/keys/{passkey.pk}/{verb}/").status_code == 404
    assert Authenticator.objects.count() == 1
