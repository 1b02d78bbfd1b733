"""No key, password or token is in a page, a log or a stored detail, whatever fails."""

import io
import logging
import os
import re
import subprocess
import sys

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as project
from django.core import mail
from django.db import OperationalError, connection
from django.test import Client

from chatbot import replies
from chatbot.models import Turn
from chatbot.tests import factories
from chatbot.tests.upstream import HTTP, recommends
from chatbot.text.masking import MaskingFormatter, masked
from huey_tasks.mail import deliver

KEY = "sk-test-9f8e7d6c5b4a39281706f5e4"
SECRET = "s3cr3t-of-this-installation-5d41402abc4b2a76"


@pytest.fixture
def logs(tmp_path):
    """All that is logged, through the installation's own formatter."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    formatter = project.LOGGING["formatters"]["line"]
    handler.setFormatter(MaskingFormatter(formatter["format"], style=formatter["style"]))
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream.getvalue
    root.removeHandler(handler)
    root.setLevel(level)


class Seen:
    """A client that keeps all it was ever sent."""

    def __init__(self):
        self.client, self.pages = Client(raise_request_exception=False), []

    def __call__(self, method, url, data=None, **extra):
        response = getattr(self.client, method)(url, data, **extra)
        headers = "\n".join(f"{name}: {value}" for name, value in response.items())
        self.pages.append(
            f"{method} {url} {response.status_code}\n{headers}\n{response.content.decode(errors='replace')}"
        )
        return response


def found(secrets, where):
    return [name for name, secret in secrets.items() if secret in where]


@pytest.mark.django_db(transaction=True)
def test_nothing_secret_gets_out_however_it_fails(settings, upstream, logs, monkeypatch, catalogue):
    settings.SECRET_KEY, settings.OPENAI_API_KEY, settings.OPENAI_ATTEMPTS = SECRET, KEY, 1
    settings.ADMINS = [("keeper", "keeper@example.com")]
    seen, reader = Seen(), factories.make_reader("saebyeok", email="reader@example.com")
    EmailAddress.objects.create(user=reader, email="reader@example.com", primary=True, verified=False)
    seen("get", "/accounts/login/")
    seen("post", "/accounts/login/", {"login": "saebyeok", "password": "lamp-and-shelf-7"})
    session = seen.client.cookies["sessionid"].value
    secrets = {"SECRET_KEY": SECRET, "OPENAI_API_KEY": KEY, "session": session, "password": "lamp-and-shelf-7"}

    # The model's server repeats the key it refuses, in its message, in headers, in what is no JSON, in a stream.
    for script in (
        [HTTP(401, {"error": {"message": f"Incorrect API key provided: {KEY}.", "code": "invalid_api_key"}})],
        [HTTP(500, {"error": {"message": f"Authorization: Bearer {KEY} {SECRET}"}}, {"X-Echo": KEY})],
        [HTTP(400, {"error": {"message": f"key={KEY}"}})],
        [b"data: {not json " + KEY.encode() + b"}\n\n"],
        ["ab", b'data: {"error": {"message": "' + KEY.encode() + b'"}}\n\n'],
        recommends,
    ):
        upstream.says(script)
        seen("post", "/conversations/", {"text": "판타지 추천해 주세요", "key": str(factories.uuid.uuid4())})
        turn = Turn.objects.claim(Turn.objects.latest("pk").pk, "test-worker")
        replies.write(turn)
        seen("get", f"/conversations/{turn.conversation_id}/")
        seen("get", f"/turns/{turn.pk}/", headers={"HX-Request": "true"})
    assert {turn.state for turn in Turn.objects.all()} == {"failed", "done"}
    details = "\n".join(turn.failure_detail for turn in Turn.objects.all())
    assert details.strip()

    # Letters with keys in their addresses: what they hold may stand in the letter and nowhere else.
    seen("post", "/accounts/password/reset/", {"email": "reader@example.com"})
    deliver()
    seen("post", "/accounts/email/", {"action_send": "", "email": "reader@example.com"})
    keys = re.findall(
        r"/accounts/(?:password/reset/key|confirm-email)/([^\s/]+)/", "\n".join(m.body for m in mail.outbox)
    )
    assert len(keys) == 2
    secrets |= {f"key {number} of a letter": key for number, key in enumerate(keys)}
    paths = [re.search(rf"/accounts/\S*{re.escape(key)}/", "\n".join(m.body for m in mail.outbox))[0] for key in keys]
    letters = len(mail.outbox)

    def gone(*args):
        raise OperationalError(f"connection to postgres://reader:{SECRET}@db/library failed")

    with connection.execute_wrapper(gone):
        for url in ("/healthz", "/novels/", *paths):
            Seen.__call__(stranger := Seen(), "get", url)
            assert stranger.pages[0].split()[2] == "503"
            # The path of a request is the sender's own; it is not to come back, though.
            seen.pages.append(stranger.pages[0].split("\n", 1)[1])

    # A view breaks. Reports by mail would hold the whole request; there are none.
    monkeypatch.setattr("chatbot.catalogue.views.render", None)
    assert seen("get", "/novels/?q=x", headers={"Authorization": f"Bearer {KEY}"}).status_code == 500
    assert "Internal Server Error" in logs()
    assert len(mail.outbox) == letters

    latency = (project.LOG_DIR / "latency.jsonl").read_text()
    assert '"route": "novels/"' in latency
    csrf = seen.client.cookies["csrftoken"].value
    assert found(secrets, "\n".join(seen.pages)) == []
    assert found(secrets | {"csrf": csrf}, logs()) == []
    assert found(secrets | {"csrf": csrf}, details) == []
    assert found(secrets | {"csrf": csrf}, latency) == []
    assert "[hidden]" in logs()


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("could not connect to postgres://reader:pw-8d1f@db:5432/x", "pw-8d1f"),
        ("redis://:pw-8d1f@cache:6379/0", "pw-8d1f"),
        ("Not Found: /accounts/confirm-email/abcDEF123:xyz/", "abcDEF123"),
        ("/accounts/password/reset/key/1-cr4x-0a1b2c3d/?next=/", "cr4x-0a1b2c3d"),
        ("Authorization: Bearer abcdef", "abcdef"),
    ],
)
def test_what_looks_secret_is_hidden_in_lines(text, secret):
    assert secret in text
    assert secret not in masked(text)
    assert "[hidden]" in masked(text)


@pytest.mark.parametrize(
    "text", ["/accounts/password/reset/done/", "/accounts/password/reset/key/done/", "http://localhost:8000/novels/"]
)
def test_what_is_no_secret_stays(text):
    assert masked(text) == text


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("DATABASE_URL", "postgres://reader:pw-8d1f4e@127.0.0.1:1/library"),
        ("REDIS_URL", "redis://:pw-8d1f4e@127.0.0.1:1/0"),
    ],
)
def test_a_start_without_its_servers_does_not_tell_their_passwords(tmp_path, name, url):
    environment = {
        **os.environ, "DATABASE_URL": "", "REDIS_URL": "", name: url, "VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "lightnovel.settings",
    }  # fmt: skip
    for command in ("prepare", "load_catalogue" if name == "DATABASE_URL" else "prepare"):
        ran = subprocess.run(
            [sys.executable, "manage.py", command],
            cwd=project.BASE_DIR,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert ran.returncode != 0
        assert "pw-8d1f4e" not in ran.stdout + ran.stderr
