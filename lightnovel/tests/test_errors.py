"""Requests no browser sends: each is refused in words, none breaks a page."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def hostile():
    """A client that answers a 500 like a server, and passes the CSRF check's cookie half."""
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32
    return client


@pytest.mark.parametrize("page", ["/", "/nowhere/", "/turns/1/stop/"])
def test_a_body_that_cannot_be_read_is_the_senders_fault(hostile, page):
    for body, kind in ((b"", "multipart/form-data"), (b"text=" + b"x" * 300_000, "application/x-www-form-urlencoded")):
        response = hostile.post(page, body, content_type=kind)
        assert 400 <= response.status_code < 500


@pytest.mark.parametrize("target", ["foo", "admin", "chatbot:conversation", "[[[", "\ufffd"])
def test_the_theme_switch_takes_no_word_for_the_name_of_a_view(client, target):
    assert client.post("/theme/", {"theme": "night", "next": target}).status_code == 302


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_the_theme_switch_leads_nowhere_else(client, target):
    assert client.post("/theme/", {"theme": "night", "next": target})["Location"] == "/"
