"""The headers that tell a browser what a page may do, on every kind of answer, and pages that need no exception."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from django.conf import settings as project
from django.db import OperationalError, connection
from django.test import Client

from chatbot.models import Turn
from chatbot.tests import factories
from lightnovel.middleware.headers import NO_DOCUMENTS

POLICY = (
    "default-src 'none'; base-uri 'none'; connect-src 'self'; font-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; img-src 'self' data:; manifest-src 'self'; script-src 'self'; style-src 'self'; worker-src 'self'"
)
PAGES = {
    "welcome": ("nobody", "/"),
    "login": ("nobody", "/accounts/login/"),
    "signup": ("nobody", "/accounts/signup/"),
    "password reset": ("nobody", "/accounts/password/reset/"),
    "shelf": ("nobody", "/novels/"),
    "work": ("nobody", "/novels/lamplight/"),
    "cover": ("nobody", "/novels/lamplight/cover.svg"),
    "home": ("reader", "/"),
    "conversation": ("reader", "/conversations/{conversation}/"),
    "rename": ("reader", "/conversations/{conversation}/rename/"),
    "edit": ("reader", "/turns/{turn}/edit/"),
    "settings": ("reader", "/users/"),
    "own shelf": ("reader", "/users/shelf/"),
    "delete account": ("reader", "/users/delete/"),
    "second step": ("reader", "/accounts/2fa/"),
    "sessions": ("reader", "/accounts/sessions/"),
    "admin": ("keeper", "/admin/"),
    "admin list": ("keeper", "/admin/chatbot/turn/"),
    "admin transcript": ("keeper", "/admin/chatbot/conversation/{conversation}/change/"),
    "admin form": ("keeper", "/admin/catalogue/novel/{novel}/change/"),
    "admin reader": ("keeper", "/admin/users/user/{reader}/change/"),
    "admin latency": ("keeper", "/admin/latency/"),
    "admin figures": ("keeper", "/admin/figures/"),
    "admin's door": ("nobody", "/admin/"),
    "404": ("nobody", "/nowhere/"),
    "404 of a reader": ("reader", "/conversations/999999/"),
    "redirect to the login": ("nobody", "/users/"),
    "wrong method": ("reader", "/conversations/{conversation}/ask/"),
    "static file": ("nobody", "/static/css/base.css"),
    "script": ("nobody", "/static/js/composer.js"),
    "sign of life": ("nobody", "/healthz"),
    "robots": ("nobody", "/robots.txt"),
}


@pytest.fixture
def visit(db):
    novel = factories.make_novel("lamplight")
    reader = factories.make_reader("saebyeok")
    turn = factories.begin(reader)
    Turn.objects.filter(pk=turn.pk).update(state="done", reply="[[lamplight]] 조용해요.\n\n『별』")
    keeper = factories.make_reader("keeper", is_staff=True, is_superuser=True)
    place = {"conversation": turn.conversation_id, "turn": turn.pk, "novel": novel.pk, "reader": reader.pk}

    def visit(who, url, method="get", data=None, **extra):
        client = Client(raise_request_exception=False)
        if who != "nobody":
            client.force_login({"reader": reader, "keeper": keeper}[who])
            factories.give_reason(client)
        return getattr(client, method)(url.format(**place), data, **extra)

    return visit


def assert_guarded(response, expected=POLICY):
    policy = sorted(part.strip() for part in response["Content-Security-Policy"].split(";"))
    assert policy == sorted(expected.split("; "))
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    if response["Content-Type"].startswith(NO_DOCUMENTS):
        assert "Permissions-Policy" not in response
        return
    allowed = re.findall(r"([a-z-]+)=\(self\)", response["Permissions-Policy"])
    assert allowed == ["clipboard-write", "publickey-credentials-create", "publickey-credentials-get"]
    for shut in ("camera", "microphone", "geolocation", "payment", "usb"):
        assert f"{shut}=()" in response["Permissions-Policy"]


class Inline(HTMLParser):
    """Collects what a policy without exceptions would refuse."""

    def __init__(self, html):
        super().__init__()
        self.found, self.elements = [], 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements += 1
        attrs = dict(attrs)
        data = (attrs.get("type") or "") in ("application/json", "importmap-data")
        if tag == "style" or (tag == "script" and "src" not in attrs and not data):
            self.found.append(f"<{tag}>")
        for name, value in attrs.items():
            evil = name == "style" or name.startswith(("on", "hx-on", "data-hx-on", "hx-vals", "hx-vars"))
            if evil or re.match(r"\s*(javascript|vbscript):", value or "", re.IGNORECASE):
                self.found.append(f"<{tag} {name}={value!r}>")
            if name == "hx-trigger" and "[" in (value or ""):
                self.found.append(f"<{tag} {name}={value!r}>")  # a filter needs eval


@pytest.mark.parametrize("page", PAGES)
def test_every_kind_of_answer_carries_them(visit, page):
    response = visit(*PAGES[page])
    assert_guarded(response, "default-src 'none'; frame-ancestors 'none'" if page == "cover" else POLICY)
    if "html" in response.get("Content-Type", "") and response.status_code == 200:
        seen = Inline(response.content.decode())
        assert seen.elements > 10
        assert seen.found == []


def test_errors_carry_them_too(visit, settings, monkeypatch):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert_guarded(visit("nobody", "/theme/", "post", "x", content_type="text/plain; charset=utf-7"))
    assert_guarded(visit("nobody", "/", headers={"Host": "evil.example"}))
    settings.ASKS_A_MINUTE = 1
    for status in (302, 429):
        key = f"6f1d4c0e-7a53-4c6c-8d8f-3c2a0d1b{status}0"
        response = visit("reader", "/conversations/", "post", {"text": "판타지", "key": key})
        assert response.status_code == status
        assert_guarded(response)
    monkeypatch.setattr("chatbot.catalogue.views.render", None)
    broken = visit("nobody", "/novels/")
    assert broken.status_code == 500
    assert_guarded(broken)
    assert Inline(broken.content.decode()).found == []

    def refuse(*args):
        raise OperationalError

    with connection.execute_wrapper(refuse):
        gone = Client(raise_request_exception=False).get("/novels/lamplight/")
    assert gone.status_code == 503
    assert_guarded(gone)
    assert Inline(gone.content.decode()).found == []


def test_a_csrf_failure_carries_them(db):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/theme/", {"theme": "night"})
    assert response.status_code == 403
    assert_guarded(response)


def test_htmx_is_told_to_need_no_exception(visit):
    page = visit("reader", "/").content.decode()
    config = re.search(r"name=\"htmx-config\" content='([^']*)'", page)[1]
    for part in (
        '"allowEval":false',
        '"allowScriptTags":false',
        '"includeIndicatorStyles":false',
        '"selfRequestsOnly":true',
    ):
        assert part in config


def test_cookies_go_to_this_site_only(visit):
    response = visit("nobody", "/theme/", "post", {"theme": "night"})
    assert response.cookies["theme"]["samesite"] == "Lax"
    client = Client()
    client.post("/i18n/setlang/", {"language": "en"})
    assert client.cookies["django_language"]["samesite"] == "Lax"
    reader = factories.make_reader()
    login = client.post("/accounts/login/", {"login": reader.username, "password": "lamp-and-shelf-7"})
    session = login.cookies["sessionid"]
    assert (session["samesite"], session["httponly"]) == ("Lax", True)
    assert client.get("/accounts/2fa/").cookies.get("csrftoken", login.cookies["csrftoken"])["samesite"] == "Lax"


SECURE = """
import django; django.setup()
from django.test import Client
from django.core.management import call_command
call_command("migrate", verbosity=0); call_command("createcachetable", verbosity=0)
client = Client()
page = client.get("/accounts/login/", secure=True)
print(page["Strict-Transport-Security"])
client.post("/theme/", {"theme": "night"}, secure=True); client.post("/i18n/setlang/", {"language": "en"}, secure=True)
print(sorted((name, bool(cookie["secure"]), cookie["samesite"]) for name, cookie in client.cookies.items()))
print(client.get("/")["Location"])
from django.conf import settings
print(settings.SESSION_COOKIE_SECURE, settings.OPERATORS_NEED_MFA)
"""


def run(tmp_path, *command, **environment):
    environment = {
        **os.environ, "HTTPS": "on", "DEBUG": "off", "VAR_DIR": str(tmp_path), "DATABASE_URL": "", "REDIS_URL": "",
        "ALLOWED_HOSTS": "testserver", "DJANGO_SETTINGS_MODULE": "lightnovel.settings", "OPERATORS_NEED_MFA": "",
        **environment,
    }  # fmt: skip
    ran = subprocess.run(
        [sys.executable, *command], cwd=project.BASE_DIR, env=environment, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()


def test_behind_tls_everything_is_secure(tmp_path):
    # A manifest of static files would have to be made first; their addresses are beside the point here.
    lines = run(tmp_path, "-c", SECURE, DEBUG="on")
    assert lines == [
        "max-age=31536000; includeSubDomains; preload",
        "[('csrftoken', True, 'Lax'), ('django_language', True, 'Lax'), ('theme', True, 'Lax')]",
        "https://testserver/",
        "True True",
    ]


def test_django_finds_nothing_to_warn_of(tmp_path):
    assert run(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING")


def test_search_engines_stay_out_of_what_is_private(client):
    response = client.get("/robots.txt")
    assert (response.status_code, response["Content-Type"]) == (200, "text/plain; charset=utf-8")
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert set(lines[1:]) == {
        f"Disallow: /{name}/" for name in ("accounts", "admin", "conversations", "turns", "users")
    }
    assert client.post("/robots.txt").status_code == 405
