"""The reader's own shelf: read it, want it, not for me."""

import pytest
from django.urls import reverse

from chatbot import briefing
from chatbot.tests import factories
from users.models import ShelfEntry

HTMX = {"HX-Request": "true"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def novel():
    return factories.make_novel("lamplight", "등불의 서고")


@pytest.fixture
def someone(client):
    reader = factories.make_reader("saebyeok")
    client.force_login(reader)
    return reader


def put(client, slug, state, htmx=True, **data):
    url = reverse("users:put_on_shelf", args=[slug])
    return client.post(url, {"state": state, **data}, headers=HTMX if htmx else {})


def test_a_mark_is_kept_changed_and_taken_back(client, someone, novel):
    for state in ("read", "want", "not"):
        html = put(client, "lamplight", state).content.decode()
        assert ShelfEntry.objects.get().state == state
        assert html.count('aria-pressed="true"') == 1
    assert 'aria-pressed="true"' not in put(client, "lamplight", "").content.decode()
    assert ShelfEntry.objects.count() == 0


def test_without_htmx_it_leads_back_to_where_it_was_pressed(client, someone, novel):
    assert put(client, "lamplight", "read", htmx=False, next="/users/shelf/")["Location"] == "/users/shelf/"
    assert put(client, "lamplight", "read", htmx=False, next="foo")["Location"] == "foo"
    elsewhere = put(client, "lamplight", "read", htmx=False, next="https://evil.example/")
    assert elsewhere["Location"] == novel.get_absolute_url()


@pytest.mark.parametrize("state", ["loved", "\x00", "read" * 300])
def test_unknown_marks_are_refused(client, someone, novel, state):
    assert put(client, "lamplight", state).status_code == 400
    assert ShelfEntry.objects.count() == 0


def test_unknown_works_are_404(client, someone, novel):
    assert put(client, "no-such-book", "read").status_code == 404


def test_visitors_are_led_to_the_login(client, novel):
    assert put(client, "lamplight", "read", htmx=False)["Location"].startswith("/accounts/login/")
    assert client.get(reverse("users:shelf"))["Location"].startswith("/accounts/login/")


def test_marking_cannot_be_got(client, someone, novel):
    assert client.get(reverse("users:put_on_shelf", args=["lamplight"])).status_code == 405


def test_the_shelf_shows_ones_own_by_state(client, someone, novel):
    other = factories.make_novel("snowfall", "눈 내리는 왕국")
    ShelfEntry.objects.put(someone, novel, "read")
    ShelfEntry.objects.put(factories.make_reader(), other, "read")
    html = client.get(reverse("users:shelf"), {"state": "read"}).content.decode()
    assert "등불의 서고" in html
    assert "눈 내리는 왕국" not in html
    assert "등불의 서고" not in client.get(reverse("users:shelf"), {"state": "zzz"}).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_shelf_takes_the_same_queries_however_full(client, someone, django_assert_num_queries, number):
    for place in range(number):
        ShelfEntry.objects.put(someone, factories.make_novel(f"book-{place}", f"책 {place}"), "want")
    client.get("/users/")  # the first request of a session also enters it in the list of sessions
    with django_assert_num_queries(4):
        client.get(reverse("users:shelf"))


def test_what_stands_on_the_shelf_is_not_offered(someone, novel):
    assert novel.pk not in briefing.known_to(someone.pk)
    ShelfEntry.objects.put(someone, novel, "want")
    assert novel.pk in briefing.known_to(someone.pk)
    assert novel.pk not in briefing.known_to(factories.make_reader().pk)
