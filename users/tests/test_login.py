import os
import subprocess
import sys

import pytest
from django.conf import settings as project

from .conftest import PASSWORD

NO_MATCH = "This name and this password do not go together. Please look at both once more."


def log_in(client, login, password=PASSWORD, **fields):
    return client.post("/accounts/login/", {"login": login, "password": password, **fields})


def is_logged_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("login", ["saebyeok", "SaeByeok", "ｓａｅｂｙｅｏｋ", " saebyeok ", "Reader@Example.com"])
def test_a_name_or_an_address_and_the_password_open_the_door(client, reader, login):
    reader.email = "reader@example.com"
    reader.save()
    response = log_in(client, login)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert is_logged_in(client)


@pytest.mark.parametrize("login", ["saebyeok", "nobody", "nobody@example.com", "reader@example.com", "\u202ex"])
def test_a_wrong_password_and_an_unknown_name_get_the_same_words(english, reader, login):
    reader.email = "reader@example.com"
    reader.save()
    response = log_in(english, login, "not-the-password")
    assert response.context["form"].non_field_errors() == [NO_MATCH]
    assert not is_logged_in(english)


@pytest.mark.parametrize("login", ["sae\x00byeok", "x" * 100_000, "%ED%A0%80", "\ufffd" * 50, ""])
def test_hostile_names_are_refused(client, reader, login):
    assert log_in(client, login).status_code == 200
    assert not is_logged_in(client)


def test_login_leads_back_to_where_the_reader_was(client, reader):
    page = client.get("/accounts/login/", {"next": "/conversations/7/"})
    assert '<input type="hidden" name="next" value="/conversations/7/">' in page.content.decode()
    assert log_in(client, "saebyeok", next="/conversations/7/")["Location"] == "/conversations/7/"


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example", "\x00/", "http:///x", "//["],
)
def test_login_never_leads_elsewhere(client, reader, target):
    assert log_in(client, "saebyeok", next=target)["Location"] == "/"


@pytest.mark.parametrize("target", ["//[", "http://[", "//]", "//[::1", "//[x]:y/", "//\u2100/"])
@pytest.mark.parametrize(
    "page",
    [
        "accounts/login", "accounts/signup", "accounts/password/reset", "accounts/reauthenticate", "accounts/logout",
        "accounts/2fa/reauthenticate", "accounts/2fa/totp/activate", "accounts/email", "accounts/password/change",
    ],
)  # fmt: skip
def test_no_address_to_go_on_to_breaks_a_page(client, reader, page, target):
    for known in (False, True):
        if known:
            client.force_login(reader)
        assert client.get(f"/{page}/", {"next": target}).status_code < 500
        answer = client.post(f"/{page}/", {"next": target, "login": "saebyeok", "password": PASSWORD})
        assert answer.status_code < 500
        assert "[" not in answer.get("Location", "")


def test_logging_out_works_wherever_it_should_lead(logged_in):
    assert logged_in.post("/accounts/logout/", {"next": "//["})["Location"] == "/"
    assert not is_logged_in(logged_in)


def test_whoever_is_logged_in_needs_no_login(logged_in):
    assert logged_in.get("/accounts/login/?next=/novels/")["Location"] == "/novels/"
    assert logged_in.get("/accounts/signup/")["Location"] == "/"


def test_a_closed_account_stays_outside(client, reader):
    reader.is_active = False
    reader.save()
    assert log_in(client, "saebyeok")["Location"] == "/accounts/inactive/"
    assert not is_logged_in(client)
    assert client.get("/accounts/inactive/").status_code == 200


def test_logging_out_takes_a_post(logged_in):
    assert logged_in.get("/accounts/logout/").status_code == 200
    assert is_logged_in(logged_in)
    assert logged_in.post("/accounts/logout/")["Location"] == "/"
    assert not is_logged_in(logged_in)


def test_guessing_one_password_is_limited(english, reader):
    for _ in range(5):
        log_in(english, "saebyeok", "guess")
    response = log_in(english, "saebyeok")
    assert response.context["form"].non_field_errors() == [
        "Too many tries in a short time. Please wait five minutes and try again."
    ]
    assert not is_logged_in(english)


def test_trying_many_names_is_limited(english, reader):
    for number in range(30):
        english.post("/accounts/login/", {"login": f"nobody{number}"})
    response = log_in(english, "saebyeok")
    assert response.status_code == 429
    assert "A little slower, please" in response.content.decode()
    assert not is_logged_in(english)


def test_htmx_gets_the_limit_without_the_page_around_it(english, db):
    for _ in range(31):
        response = english.post("/accounts/login/", {}, headers={"HX-Request": "true"})
    assert response.status_code == 429
    assert "A little slower, please" in response.content.decode()
    assert "<html" not in response.content.decode()


def test_limits_can_be_turned_off(client, reader, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.MFA_RATE_LIMITS = False
    for _ in range(32):
        log_in(client, "saebyeok", "guess")
    assert log_in(client, "saebyeok").status_code == 302


@pytest.mark.parametrize(("value", "limits"), [("on", "{'signup': '20/m/ip,100/h/ip'} unset"), ("off", "False False")])
def test_the_environment_turns_limits_off(tmp_path, value, limits):
    code = (
        "from lightnovel import settings as s;"
        "print(*[getattr(s, f'{app}_RATE_LIMITS', 'unset') for app in ('ACCOUNT', 'MFA')])"
    )
    environment = {**os.environ, "RATE_LIMITS": value, "VAR_DIR": str(tmp_path)}
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=project.BASE_DIR, env=environment, capture_output=True, text=True
    )
    assert ran.stdout.split("\n")[0] == limits


@pytest.mark.parametrize("answer", ["", "[]", "{}", "null", '"x"', '{"id": "\\ud800"}', "[" * 20_000])
def test_a_passkey_that_is_none_leads_back_to_the_login(client, reader, answer):
    client.get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"})
    response = client.post("/accounts/2fa/webauthn/login/", {"credential": answer})
    assert response["Location"] == "/accounts/login/"
    assert not is_logged_in(client)


def test_nothing_on_the_login_page_needs_inline_scripts(client, db):
    response = client.get("/accounts/login/")
    assert "script-src 'self';" in response["Content-Security-Policy"] + ";"
    page = response.content.decode()
    scripts = [tag.split(">")[0] for tag in page.split("<script")[1:]]
    assert [tag for tag in scripts if "src=" not in tag and "application/json" not in tag] == []
    assert "onclick" not in page
    assert "style=" not in page
