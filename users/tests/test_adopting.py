"""What a guest has goes over into the account that their browser logs in to, by whichever way."""

import json
import threading
import uuid
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal import auth as totp
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.kakao.views import KakaoOAuth2Adapter
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from chatbot.catalogue.gaps import Gap, Naming
from chatbot.models import Conversation, Turn
from chatbot.tests import factories
from huey_tasks.sweeping import sweep
from lightnovel import batches
from users import adopting, taste
from users.models import DailyUse, ShelfEntry, TasteLine, User

from .conftest import PASSWORD
from .test_second_step import code_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest(client):
    """The browser `client` is this guest, who has asked once."""
    guest = factories.make_guest(client)
    factories.make_turn(reader=guest)
    return guest


def log_in(client, login="saebyeok", **fields):
    return client.post("/accounts/login/", {"login": login, "password": PASSWORD, **fields})


def sign_up(client, username="새벽빛", **fields):
    data = {"username": username, "email": "", "password1": PASSWORD, "password2": PASSWORD, **fields}
    return client.post("/accounts/signup/", data)


def owners():
    return set(Conversation.objects.values_list("reader__username", flat=True))


# --- By whichever way -------------------------------------------------------------------------------------------------


def test_signing_up_adopts_the_guest_and_leads_back(client, guest):
    page = Conversation.objects.get().get_absolute_url()
    assert sign_up(client, next=page)["Location"] == page
    assert (owners(), set(Turn.objects.values_list("reader__username", flat=True))) == ({"새벽빛"}, {"새벽빛"})
    assert "계정으로 옮겼어요" in client.get(page).content.decode()
    assert "guest" not in client.session


def test_logging_in_adopts_the_guest(client, guest, reader):
    log_in(client)
    assert owners() == {"saebyeok"}


def test_a_wrong_password_adopts_nothing(client, guest, reader):
    client.post("/accounts/login/", {"login": "saebyeok", "password": "guess"})
    assert Conversation.objects.get().reader == guest
    assert client.get(Conversation.objects.get().get_absolute_url()).status_code == 200


def test_only_the_second_step_adopts(client, guest, reader):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(reader, secret)
    log_in(client)
    assert Conversation.objects.get().reader == guest
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert owners() == {"saebyeok"}


class Kakao(HTTPServer):
    """Kakao's two addresses that our server asks, for a reader with the id 77."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self):
            told = (
                {"access_token": "t", "token_type": "bearer"} if "token" in self.path else {"id": 77, "properties": {}}
            )
            body = json.dumps(told).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.answer()

        do_GET = answer

        def log_message(self, *_):
            pass


@pytest.fixture
def kakao(settings, monkeypatch):
    settings.SOCIALACCOUNT_PROVIDERS = {"kakao": {"APPS": [{"client_id": "id", "secret": "s"}]}}
    server = Kakao(("127.0.0.1", 0), Kakao.Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setattr(KakaoOAuth2Adapter, "access_token_url", f"{url}/token")
    monkeypatch.setattr(KakaoOAuth2Adapter, "profile_url", f"{url}/me")
    yield
    server.shutdown()
    server.server_close()


def come_by_kakao(client):
    sent = client.post("/accounts/kakao/login/")["Location"]
    state = parse_qs(urlsplit(sent).query)["state"][0]
    return client.get("/accounts/kakao/login/callback/", {"code": "c", "state": state})


def test_a_login_at_another_service_adopts_the_guest(client, guest, reader, kakao):
    SocialAccount.objects.create(user=reader, provider="kakao", uid="77")
    come_by_kakao(client)
    assert owners() == {"saebyeok"}


def test_a_sign_up_by_another_service_adopts_the_guest(client, guest, kakao):
    response = come_by_kakao(client)
    if response["Location"].endswith("/signup/"):
        client.post(response["Location"], {"username": "kakaoreader", "email": ""})
    account = SocialAccount.objects.get(uid="77").user
    assert (account.is_guest, owners()) == (False, {account.username})


# --- The session ------------------------------------------------------------------------------------------------------


def test_logging_in_gives_the_session_and_the_forms_a_new_key(client, guest, reader):
    client.get("/")
    before = client.session.session_key, client.cookies["csrftoken"].value
    log_in(client)
    after = client.session.session_key, client.cookies["csrftoken"].value
    assert set(before).isdisjoint(after)
    assert client.session["_auth_user_id"] == str(reader.pk)


def test_the_old_session_opens_nothing_any_more(client, guest, reader):
    old = client.session.session_key
    page = Conversation.objects.get().get_absolute_url()
    log_in(client)
    client.cookies["sessionid"] = old
    assert client.get(page)["Location"].startswith("/accounts/login/")


def test_another_browser_of_the_same_guest_finds_it_gone(client, guest, reader):
    copied = client.session.session_key
    other = type(client)()
    session = other.session
    session["guest"] = guest.pk
    session.save()
    assert other.get("/users/shelf/").status_code == 200
    log_in(client)
    assert copied
    assert other.get("/users/shelf/")["Location"].startswith("/accounts/login/")
    factories.make_reader("second")
    log_in(other, "second")
    assert owners() == {"saebyeok"}


def test_logging_out_leaves_no_guest_behind(client, guest, reader):
    log_in(client)
    client.post("/accounts/logout/")
    assert "data-ask" in client.get("/").content.decode()
    assert client.get(Conversation.objects.get().get_absolute_url()).status_code == 302


# --- Without doubles --------------------------------------------------------------------------------------------------


def put(reader, novel, state, days_ago=0, **fields):
    return ShelfEntry.objects.record(
        reader, novel, state=state, changed_at=timezone.now() - timedelta(days=days_ago), **fields
    )


def test_of_a_work_on_both_shelves_the_accounts_record_holds_and_only_what_agrees_fills_it(guest, reader):
    novels = {slug: factories.make_novel(slug) for slug in ("dropped", "wanted", "read", "same", "new")}
    put(reader, novels["dropped"], "dropped", 9, rating=2, volumes_read=1, note="계정 메모", drop_words="아니")
    put(guest, novels["dropped"], "read", 1, rating=9, volumes_read=4, note="손님 메모", started_on=date(2024, 1, 1))
    put(reader, novels["wanted"], "want", 9)
    put(guest, novels["wanted"], "read", 1, rating=9, finished_on=date(2024, 1, 1), note="손님 메모")
    put(reader, novels["read"], "read", 1, rating=9)
    put(guest, novels["read"], "want", 5)
    put(reader, novels["same"], "reading", 9, note="언니가 권함")
    put(guest, novels["same"], "reading", 1, volumes_read=3)
    put(guest, novels["new"], "not")
    kept = adopting.adopt(guest, reader)
    told = {
        entry.novel.slug: (entry.state, entry.rating, entry.volumes_read, entry.note)
        for entry in reader.shelf_entries.all()
    }
    assert told == {
        "dropped": ("dropped", 2, 1, "계정 메모"),
        "wanted": ("want", None, None, "손님 메모"),
        "read": ("read", 9, None, ""),
        "same": ("reading", None, 3, "언니가 권함"),
        "new": ("not", None, None, ""),
    }
    dropped = reader.shelf_entries.get(novel__slug="dropped")
    assert (dropped.drop_words, dropped.started_on) == ("아니", None)
    assert {entry.novel.slug for entry in kept} == {"dropped", "wanted", "read"}
    assert ShelfEntry.objects.count() == 5


def test_what_the_guests_entry_taught_gives_way_with_it(guest, reader):
    novel = factories.make_novel("dropped")
    put(reader, novel, "dropped", 9, rating=2, drop_reasons=["slow"])
    put(guest, novel, "read", 1, rating=9)
    taste.learn_from_shelf(guest, [novel.pk])
    taste.learn_from_shelf(reader, [novel.pk])
    adopting.adopt(guest, reader)
    assert [(line.kind, line.entry.state) for line in reader.taste.all()] == [("dislike", "dropped")]
    assert reader.shelf_entries.get().drop_reasons == ["slow"]


def test_whoever_logs_in_is_told_of_which_works_the_account_holds(client, guest, reader):
    novel = factories.make_novel("kept", "등불의 서고")
    put(reader, novel, "dropped", 9)
    put(guest, novel, "want", 1)
    log_in(client)
    page = client.get("/users/shelf/").content.decode()
    assert "계정에 있던 내용을 따랐어요: 『등불의 서고』" in page


def line(reader, kind, days_ago, slug="fantasy", **fields):
    said = timezone.now() - timedelta(days=days_ago)
    return reader.taste.create(kind=kind, topic=f"tag:{slug}", tag=factories.make_tag(slug), said_at=said, **fields)


@pytest.mark.parametrize(
    ("theirs", "guests", "kept"),
    [
        (("like", 5), ("dislike", 1), "dislike"),
        (("like", 1), ("dislike", 5), "like"),
        (("never", 5), ("like", 1), "never"),
        (("like", 5), ("never", 1), "never"),
    ],
)
def test_of_two_lines_on_one_topic_the_later_holds_and_never_again_is_not_weakened(guest, reader, theirs, guests, kept):
    line(reader, *theirs)
    line(guest, *guests)
    line(guest, "like", 1, slug="romance")
    adopting.adopt(guest, reader)
    assert dict(reader.taste.values_list("topic", "kind")) == {"tag:fantasy": kept, "tag:romance": "like"}
    assert TasteLine.objects.count() == 2


def test_by_hand_never_again_may_have_become_less(guest, reader):
    line(reader, "never", 5)
    line(guest, "like", 1, by_hand=True)
    adopting.adopt(guest, reader)
    assert reader.taste.get().kind == "like"


def test_a_taste_that_the_guest_paused_stays_paused(guest, reader):
    line(guest, "like", 1)
    User.objects.filter(pk=guest.pk).update(taste_paused=True)
    guest.refresh_from_db()
    adopting.adopt(guest, reader)
    assert (reader.taste.get().paused, User.objects.get(pk=reader.pk).taste_paused) == (True, False)


def test_two_sendings_with_one_key_stay_two_turns(guest, reader):
    turn = Turn.objects.get()
    factories.make_turn(reader=reader, key=turn.key)
    adopting.adopt(guest, reader)
    assert reader.turns.count() == 2


def test_what_the_guest_was_counted_is_not_counted_or_given_back_to_the_account(guest, reader):
    waiting = factories.begin(guest)
    assert waiting.charged_on
    DailyUse.objects.take(reader)
    adopting.adopt(guest, reader)
    waiting.refresh_from_db()
    waiting.fail("down")
    assert DailyUse.objects.get(reader=reader).used == 1


def test_titles_both_have_named_stay_named_once(guest, reader):
    for who in (guest, reader):
        Gap.objects.count_names(reader_id=who.pk, turn_id=1, asked=["없는 책 이름"])
    Gap.objects.count_names(reader_id=guest.pk, turn_id=2, asked=["다른 없는 책"])
    adopting.adopt(guest, reader)
    assert Naming.objects.filter(reader=reader).count() == 2


def test_a_reply_that_is_being_written_goes_on_in_the_account(guest, reader):
    Turn.objects.all().delete()
    turn = factories.begin(guest)
    running = Turn.objects.claim(turn.pk, "one")
    running.progress(reply="조용한")
    adopting.adopt(guest, reader)
    assert running.finish(reply="조용한 이야기예요.")
    turn = reader.turns.get()
    assert (turn.state, turn.reply) == ("done", "조용한 이야기예요.")


def test_whoever_asks_as_the_guest_after_that_finds_it_gone(guest, reader):
    conversation = Conversation.objects.get()
    assert conversation.reader == guest
    adopting.adopt(guest, reader)
    with pytest.raises(Http404):
        conversation.ask("한 번 더", key=uuid.uuid4(), language="ko")
    assert Turn.objects.count() == 1


def test_a_guest_is_adopted_once_and_leaves_no_row(guest, reader):
    assert adopting.adopt(guest, reader) == []
    assert adopting.adopt(guest, factories.make_reader()) is None
    sweep()
    assert list(User.objects.filter(is_guest=True)) == []
    assert owners() == {"saebyeok"}


def test_nothing_goes_to_an_account_that_is_being_closed(guest, reader):
    reader.leave()
    assert adopting.adopt(guest, reader) is None
    assert Conversation.objects.get().reader == guest


def test_adopting_costs_the_same_for_one_conversation_and_for_many(reader):
    def queries(number):
        guest = factories.make_guest()
        for _ in range(number):
            factories.make_turn(reader=guest)
        with CaptureQueriesContext(connection) as asked:
            adopting.adopt(guest, reader)
        return len(asked)

    assert queries(1) == queries(9)


# What hangs on a reader, and what becomes of it when a guest is adopted. A new model has to say so here, too.
MOVED = {"Conversation", "Turn", "ShelfEntry", "TasteLine", "Naming", "Look"}
LEFT = {
    "DailyUse",  # counted as the guest's
    "ShelfChange",  # steps to undo lead back to the guest's own shelf
    # Guests cannot have these: their pages need an account.
    "ReadingList", "ReleaseSettings", "Share", "Takeout", "EmailAddress", "Authenticator", "UserSession", "SocialAccount",
    "LogEntry", "User_groups", "User_user_permissions",
    "ReviewItem_skipped_by",
}  # fmt: skip


def test_all_that_hangs_on_a_reader_is_moved_or_left_by_intent():
    hanging = {rows.model.__name__ for rows in batches.hanging_on(User, [])}
    assert hanging - MOVED - LEFT == set()
