"""Guests: who asks without an account, how much, and what they reach."""

import uuid
from datetime import timedelta

import pytest
from django.core import management
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from chatbot.assistant import failures
from chatbot.models import Conversation, Turn
from chatbot.tests import factories
from huey_tasks.sweeping import sweep
from users import guests
from users.models import DailyUse, GuestUse, User

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def ask(client, text="판타지 추천해 주세요", conversation=None, key=None, **extra):
    url = reverse("chatbot:ask", args=[conversation.pk]) if conversation else reverse("chatbot:start")
    return client.post(url, {"text": text, "key": key or uuid.uuid4()}, **extra)


def test_looking_around_makes_no_guest(client):
    for address in ("/", "/novels/", "/accounts/login/", "/users/shelf/", "/conversations/1/"):
        client.get(address)
        client.head(address)
    assert (User.objects.count(), client.cookies.get("sessionid")) == (0, None)


def test_the_first_ask_makes_a_guest_who_can_read_it(client):
    response = ask(client)
    turn = Turn.objects.get()
    assert (response.status_code, response["Location"]) == (302, turn.conversation.get_absolute_url())
    guest = turn.reader
    assert (guest.is_guest, guest.is_active, guest.has_usable_password(), guest.email) == (True, False, False, "")
    assert "판타지 추천해 주세요" in client.get(response["Location"]).content.decode()
    assert client.get(f"/turns/{turn.pk}/", headers=HTMX).status_code == 200


def test_a_refused_ask_makes_no_guest(client):
    assert ask(client, "").status_code == 422
    assert ask(client, "가" * 5000, headers=HTMX).status_code == 422
    assert User.objects.count() == 0


def test_without_the_forms_token_nobody_becomes_a_guest():
    strict = Client(enforce_csrf_checks=True)
    strict.get("/")
    assert ask(strict).status_code == 403
    assert User.objects.count() == 0


def test_a_first_ask_that_is_sent_twice_makes_one_guest_and_one_turn():
    browsers = [Client(), Client()]  # one browser, whose second request went out before the first was answered
    for browser in browsers:
        browser.cookies["csrftoken"] = "t" * 32
    key = uuid.uuid4()
    for browser in browsers:
        assert ask(browser, key=key).status_code == 302
    assert (User.objects.count(), Turn.objects.count(), DailyUse.objects.get().used) == (1, 1, 1)
    Client().cookies["csrftoken"] = "u" * 32
    ask(Client(), key=key)
    assert User.objects.count() == 2


def test_the_session_has_another_key_once_there_is_a_guest(client):
    session = client.session
    session["theme"] = "x"
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    ask(client)
    assert client.session.session_key != planted
    assert "guest" in client.session


# --- How much ---------------------------------------------------------------------------------------------------------


def test_a_guest_gets_three_replies_a_day_and_is_told_what_then(client):
    client.cookies["django_language"] = "en"
    ask(client)
    conversation = Conversation.objects.get()
    assert [ask(client, conversation=conversation).status_code for _ in range(2)] == [302, 302]
    refused = ask(client, "조용한 이야기", conversation)
    page = refused.content.decode()
    assert refused.status_code == 429
    assert "replies without an account are used up." in page
    assert "조용한 이야기</textarea>" in page
    assert "/accounts/signup/?next=" in page
    assert Turn.objects.count() == 3


def test_whoever_throws_the_cookie_away_is_counted_by_address(client):
    statuses = [ask(Client()).status_code for _ in range(4)]
    assert statuses == [302, 302, 302, 429]
    assert (User.objects.count(), Turn.objects.count()) == (3, 3)
    assert ask(Client(), REMOTE_ADDR="10.1.2.3").status_code == 302


def test_what_a_proxy_says_of_the_address_counts_only_where_it_is_trusted(client, settings):
    said = [ask(Client(), HTTP_X_FORWARDED_FOR=f"10.0.0.{n}").status_code for n in range(4)]
    assert said == [302, 302, 302, 429]
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert ask(Client(), HTTP_X_FORWARDED_FOR="10.0.0.9").status_code == 302


def test_the_homes_of_one_ipv6_network_are_one_address():
    told = [ask(Client(), REMOTE_ADDR=f"2001:db8::{n}").status_code for n in range(1, 5)]
    assert told == [302, 302, 302, 429]


def test_the_address_itself_is_not_kept(client):
    ask(client, REMOTE_ADDR="203.0.113.77")
    kept = [*GuestUse.objects.values_list("address", flat=True), *User.objects.values_list("guest_address", flat=True)]
    assert len(kept) == 2
    assert not any("203" in one and "113" in one for one in kept)


def test_two_cookies_of_one_address_share_its_replies(client):
    ask(client)
    conversation = Conversation.objects.get()
    ask(Client())
    assert ask(client, conversation=conversation).status_code == 302
    assert ask(client, conversation=conversation).status_code == 429


def test_a_reply_that_fails_is_given_back_to_guest_and_address(client):
    ask(client)
    Turn.objects.get().stop()
    assert [DailyUse.objects.get().used, GuestUse.objects.get().used] == [0, 0]


def test_buttons_ask_within_the_same_bounds(client):
    ask(client)
    turn = Turn.objects.get()
    Turn.objects.update(state="failed", failure=failures.DOWN)
    GuestUse.objects.update(used=3)
    for button in ("retry", "edit"):
        data = {"text": "다른 말", "key": uuid.uuid4()}
        assert client.post(f"/turns/{turn.pk}/{button}/", data).status_code == 429
    assert Turn.objects.count() == 1


def test_the_speed_of_strangers_is_bounded_too(settings):
    settings.ASKS_A_MINUTE_BY_ADDRESS, settings.GUEST_REPLIES = 2, 50
    settings.GUEST_REPLIES_BY_ADDRESS = 50
    told = [ask(Client()) for _ in range(3)]
    assert [one.status_code for one in told] == [302, 302, 429]
    assert int(told[-1]["Retry-After"]) > 0


def test_where_guests_are_not_wanted_an_ask_leads_to_the_login(client, settings):
    settings.GUEST_REPLIES = 0
    page = client.get("/").content.decode()
    assert "data-ask" not in page
    assert "/accounts/signup/" in page
    assert ask(client)["Location"].startswith("/accounts/login/")
    assert User.objects.count() == 0


def test_a_count_of_an_address_goes_when_its_day_is_over(client):
    ask(client)
    GuestUse.objects.update(day=timezone.now().date() - timedelta(days=3))
    GuestUse.objects.take("b" * 32, timezone.now().date())
    sweep()
    assert list(GuestUse.objects.values_list("address", flat=True)) == ["b" * 32]


# --- What they reach --------------------------------------------------------------------------------------------------


def test_a_guest_sees_their_own_and_another_browser_does_not(client):
    ask(client)
    turn = Turn.objects.get()
    other = Client()
    ask(other, "로맨스 추천해 주세요")
    for address in (turn.conversation.get_absolute_url(), f"/turns/{turn.pk}/", f"/turns/{turn.pk}/edit/"):
        assert client.get(address).status_code in (200, 302)
        assert other.get(address).status_code == 404
        assert Client().get(address)["Location"].startswith("/accounts/login/")
    history = other.get("/").content.decode()
    assert "로맨스 추천해 주세요" in history
    assert "판타지 추천해 주세요" not in history


ACCOUNT_ONLY = [
    "/users/", "/users/delete/", "/accounts/email/", "/accounts/password/change/", "/accounts/password/set/",
    "/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/", "/accounts/sessions/",
    "/accounts/3rdparty/", "/accounts/reauthenticate/", "/admin/",
]  # fmt: skip


@pytest.mark.parametrize("address", ACCOUNT_ONLY)
def test_pages_of_an_account_are_closed_to_guests(client, address):
    factories.make_guest(client)
    for response in (client.get(address), client.post(address, {"password1": "x", "email": "a@example.com"})):
        assert response.status_code == 302
        assert "/login/" in response["Location"]


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/signup/"])
def test_a_guest_gets_the_form_to_log_in_or_sign_up(client, address):
    factories.make_guest(client)
    client.cookies["django_language"] = "en"
    page = client.get(address)
    assert page.status_code == 200
    assert "as a guest comes into the account" in page.content.decode()
    assert "as a guest comes into" not in Client().get(address).content.decode()


def test_nobody_logs_in_to_a_guest(client):
    guest = factories.make_guest()
    client.post("/accounts/login/", {"login": guest.username, "password": "!"})
    client.post("/accounts/login/", {"login": guest.username, "password": ""})
    assert "_auth_user_id" not in client.session
    client.force_login(guest)
    assert client.get("/users/").status_code == 302


def test_a_reader_with_an_account_cannot_be_taken_for_a_guest(client):
    reader = factories.make_reader()
    session = client.session
    session["guest"] = reader.pk
    session.save()
    assert client.get("/users/shelf/")["Location"].startswith("/accounts/login/")


def test_pages_of_guests_are_kept_out_of_shared_caches(client):
    ask(client)
    for address in ("/", Conversation.objects.get().get_absolute_url(), "/users/taste/", "/novels/"):
        assert "private" in client.get(address)["Cache-Control"]


def test_a_guests_page_costs_no_more_with_more_conversations(client):
    guest = factories.make_guest(client)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get("/").status_code == 200
        return len(asked)

    factories.make_turn(reader=guest)
    few = queries()
    for _ in range(8):
        factories.begin(guest)
    assert queries() == few


def test_shelf_and_taste_are_open_to_guests(client):
    novel = factories.make_novel("lamplight")
    guest = factories.make_guest(client)
    client.post(f"/users/shelf/{novel.slug}/", {"state": "want"})
    client.post("/users/taste/add/", {"kind": "never", "topic": "tag:fantasy"})
    assert (guest.shelf_entries.get().novel, guest.taste.get().topic) == (novel, "tag:fantasy")
    assert "lamplight 이야기" in client.get("/users/shelf/?state=want").content.decode()
    assert 'aria-pressed="true"' in client.get(novel.get_absolute_url()).content.decode()
    taste = client.get("/users/taste/").content.decode()
    assert "/accounts/password/change/" not in taste


# --- Going ------------------------------------------------------------------------------------------------------------


def test_a_guest_lets_nothing_stay(client):
    ask(client)
    assert client.get("/users/guest/").status_code == 200
    assert Conversation.objects.count() == 1
    assert client.post("/users/guest/")["Location"] == "/"
    assert client.get("/users/shelf/")["Location"].startswith("/accounts/login/")
    assert Turn.objects.get().state == "stopped"
    sweep()
    assert (User.objects.count(), Turn.objects.count()) == (0, 0)


def test_a_guest_goes_a_week_after_the_last_ask(client):
    ask(client)
    ask(other := Client())
    long_ago = timezone.now() - timedelta(days=8)
    User.objects.update(date_joined=long_ago)
    Conversation.objects.filter(reader=User.objects.order_by("pk").first()).update(updated_at=long_ago)
    reader = factories.make_reader()
    User.objects.filter(pk=reader.pk).update(date_joined=long_ago)
    sweep()
    sweep()
    left = User.objects.order_by("pk")
    assert [one.is_guest for one in left] == [True, False]
    assert client.get("/users/shelf/").status_code == 302
    assert other.get("/users/shelf/").status_code == 200


def test_guests_that_have_run_out_are_found_by_an_index():
    plan = guests.expired().explain()
    assert "USING INDEX guests" in plan or "Index" in plan, plan  # SQLite says it so, PostgreSQL otherwise


def test_operators_see_who_is_a_guest(client):
    guest = factories.make_guest()
    client.cookies["django_language"] = "en"
    client.force_login(factories.make_reader("keeper", is_staff=True, is_superuser=True))
    page = client.get("/admin/users/user/?is_guest__exact=1").content.decode()
    assert f"Guest {guest.pk}" in page
    assert "1 reader" in page
    assert "keeper</a>" not in page
    change = client.get(f"/admin/users/user/{guest.pk}/change/").content.decode()
    assert 'name="_save"' not in change
    assert client.post(f"/admin/users/user/{guest.pk}/password/", {"password1": "x"}).status_code == 403


def test_the_example_is_of_works_that_are_there(client):
    factories.make_catalogue()
    assert client.get("/").context["example"] is None
    management.call_command("load_catalogue", verbosity=0)
    for language, title in (("ko", "늑대와 향신료"), ("ja", "狼と香辛料"), ("en", "Wandering Witch")):
        client.cookies["django_language"] = language
        page = client.get("/").content.decode()
        assert title in page.split('class="welcome-example"')[1]
        assert 'name="state"' not in page
