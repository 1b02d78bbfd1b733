"""A library as a reader meets it: the real command, web and worker, and a real Chromium before it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from pathlib import Path

import pytest
from django.conf import settings

from chatbot.tests.upstream import Upstream

PASSWORD = "lamp-and-shelf-7"


class Library:
    """`manage.py serve` on a free port with data of its own. `url` has no slash at its end."""

    def __init__(self, folder, **environment):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://localhost:{port}"
        self.log = Path(folder) / "serve.log"
        quiet = {name: "" for name in os.environ if name.startswith("OPENAI_")}
        self.environment = {
            **os.environ,
            **quiet,
            "DJANGO_SETTINGS_MODULE": "lightnovel.settings",
            "VAR_DIR": str(folder),
            "PORT": str(port),
            "RATE_LIMITS": "off",
            "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
            **environment,
        }
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdout=self.log.open("w"),
            stderr=subprocess.STDOUT,
        )
        deadline = time.monotonic() + 240
        while time.monotonic() < deadline:
            try:
                if urllib.request.urlopen(f"{self.url}/healthz", timeout=2).status == 200:
                    return
            except OSError:
                time.sleep(0.2)
        raise AssertionError(self.log.read_text())

    def manage(self, *arguments):
        """`manage.py` beside it, on the same data."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
        )

    def close(self):
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()


@pytest.fixture(scope="session")
def model():
    server = Upstream()
    yield server
    server.close()


@pytest.fixture(scope="session")
def library(tmp_path_factory, model):
    """Answered by ChatGPT's stand-in."""
    library = Library(tmp_path_factory.mktemp("library"), OPENAI_BASE_URL=model.url, OPENAI_API_KEY="test-key")
    yield library
    library.close()


@pytest.fixture(scope="session")
def plain_library(tmp_path_factory):
    """Answered by the built-in librarian."""
    library = Library(tmp_path_factory.mktemp("plain"))
    yield library
    library.close()


def with_operator(library):
    """`library` with the operator "keeper"."""
    made = library.manage("createsuperuser", "--noinput", "--username", "keeper", "--email", "keeper@example.com")
    assert made.returncode == 0, made.stderr
    return library


def log_in_operator(page, url, onward):
    """Through the readers' door to `onward`, an address of the admin."""
    page.goto(f"{url}/accounts/login/?next={onward}")
    page.fill("input[name=login]", "keeper")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"**{onward}")


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=30_000)  # a machine that does other things too is slow, not wrong
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update"],
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium):
    """Make pages in contexts of their own; afterwards none of them may have complained in its console."""
    contexts, complaints = [], []

    def make(**options):
        context = chromium.new_context(locale="ko-KR", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on(
            "console",
            lambda message: (
                complaints.append(f"{message.text} {message.location}") if message.type == "error" else None
            ),
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    make.complaints = complaints
    yield make
    for context in contexts:
        context.close()
    assert complaints == []


def sign_up(page, url):
    name = f"reader{uuid.uuid4().hex[:10]}"
    page.goto(f"{url}/accounts/signup/")
    page.fill("input[name=username]", name)
    page.fill("input[name=password1]", PASSWORD)
    page.fill("input[name=password2]", PASSWORD)
    page.press("input[name=password2]", "Enter")
    page.wait_for_selector("form[data-ask]")
    return name


def ask(page, text):
    """Ask on whatever page is open, and return the new turn."""
    page.fill("form[data-ask] textarea[name=text]", text)
    before = page.locator("[data-turn]").count()
    page.click("form[data-ask] button[type=submit]")
    turn = page.locator("[data-turn]").nth(before)
    turn.wait_for()
    return turn


@pytest.fixture
def at_desk(open_page, library, model):
    """A signed-up reader before the ask form of the library that ChatGPT's stand-in answers."""
    from chatbot.tests.upstream import recommends

    model.says(recommends)
    page = open_page()
    sign_up(page, library.url)
    return page
