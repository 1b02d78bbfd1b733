from uuid import uuid4

import pytest
from django.db import IntegrityError, OperationalError
from django.db.models import QuerySet
from django.http import Http404

from chatbot.models import Conversation, Turn
from chatbot.tests.factories import begin
from huey_tasks.sweeping import sweep
from users.models import DailyUse, User

from .conftest import PASSWORD


def test_my_page_shows_who_i_am_and_what_is_left_today(logged_in, reader, settings):
    settings.DAILY_REPLIES = 7
    logged_in.cookies["django_language"] = "en"
    DailyUse.objects.take(reader)
    page = logged_in.get("/users/").content.decode()
    assert "<h1>saebyeok</h1>" in page
    assert "6 of 7 are left." in page
    assert '<option value="Asia/Seoul" selected>' in page


def test_my_page_needs_a_login(client, db):
    assert client.get("/users/")["Location"] == "/accounts/login/?next=/users/"
    assert client.get("/users/delete/")["Location"] == "/accounts/login/?next=/users/delete/"


@pytest.mark.parametrize("url", ["/users/", "/users/delete/"])
def test_other_methods_are_refused(logged_in, url):
    assert logged_in.put(url).status_code == 405
    assert logged_in.delete(url).status_code == 405


def test_the_time_zone_is_kept(logged_in, reader):
    response = logged_in.post("/users/", {"timezone": "Asia/Tokyo"})
    assert response["Location"] == "/users/"
    reader.refresh_from_db()
    assert reader.timezone == "Asia/Tokyo"


@pytest.mark.parametrize("zone", ["", "Asia/Nowhere", "../../etc/passwd", "Asia/Seoul\x00", "x" * 100_000])
def test_an_unknown_time_zone_changes_nothing(logged_in, reader, zone):
    response = logged_in.post("/users/", {"timezone": zone})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["timezone"]
    reader.refresh_from_db()
    assert reader.timezone == "Asia/Seoul"


def test_the_zones_of_the_account_and_of_the_browser_stand_first_by_place_and_clock(logged_in, reader, english):
    logged_in.cookies["zone"] = "Asia/Kathmandu"
    User.objects.filter(pk=reader.pk).update(timezone="Etc/GMT+2")
    html = logged_in.get("/users/").content.decode()
    first = html.partition('<optgroup label="Chosen often">')[2]
    places = [first.index(one) for one in ('"Etc/GMT+2" selected', "Kathmandu (UTC+5:45)", "Seoul (UTC+9)")]
    assert places == sorted(places)
    assert logged_in.post("/users/", {"timezone": "Etc/GMT+2"}).status_code == 302


def test_nothing_but_the_time_zone_can_be_set(logged_in, reader):
    logged_in.post("/users/", {"timezone": "UTC", "is_staff": "on", "is_superuser": "on", "username": "root"})
    reader.refresh_from_db()
    assert (reader.timezone, reader.is_staff, reader.is_superuser, reader.username) == ("UTC", False, False, "saebyeok")


def test_deleting_takes_everything_of_the_reader_and_nothing_of_others(english, reader, stranger):
    english.force_login(reader)
    begin(reader)
    DailyUse.objects.take(reader)
    kept = begin(stranger)
    response = english.post("/users/delete/", {"proof": PASSWORD}, follow=True)
    assert response.redirect_chain == [("/", 302)]
    assert "Your account is closed for good" in response.content.decode()
    assert list(User.objects.filter(is_active=True)) == [stranger]
    sweep()
    assert list(User.objects.all()) == [stranger]
    assert list(Conversation.objects.all()) == [kept.conversation]
    assert not DailyUse.objects.filter(reader_id=reader.pk).exists()
    assert "_auth_user_id" not in english.session


def test_deleting_logs_out_other_devices_too(client, reader):
    from django.test import Client

    other = Client()
    other.post("/accounts/login/", {"login": "saebyeok", "password": PASSWORD})
    assert other.get("/users/").status_code == 200
    client.force_login(reader)
    client.post("/users/delete/", {"proof": PASSWORD})
    assert other.get("/users/").status_code == 302


@pytest.mark.parametrize("proof", ["", "wrong", "saebyeok", "nul\x00", "x" * 5000])
def test_without_the_password_nothing_is_deleted(logged_in, reader, proof):
    response = logged_in.post("/users/delete/", {"proof": proof})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["proof"]
    assert User.objects.filter(pk=reader.pk).exists()


def test_guessing_the_password_there_is_limited(logged_in, reader):
    for _ in range(5):
        logged_in.post("/users/delete/", {"proof": "guess"})
    assert logged_in.post("/users/delete/", {"proof": PASSWORD}).status_code == 422
    assert User.objects.filter(pk=reader.pk).exists()


def test_a_reader_without_password_types_the_name(client, reader):
    reader.set_unusable_password()
    reader.save()
    client.force_login(reader)
    assert client.post("/users/delete/", {"proof": "stranger"}).status_code == 422
    assert client.post("/users/delete/", {"proof": " SaeByeok "}).status_code == 302
    sweep()
    assert not User.objects.exists()


def test_asking_to_delete_deletes_nothing(logged_in, reader):
    assert logged_in.get("/users/delete/").status_code == 200
    assert User.objects.filter(pk=reader.pk).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("trouble", [IntegrityError("a pick came in"), OperationalError("deadlock detected")])
def test_deleting_succeeds_while_a_row_of_the_reader_comes_in(reader, monkeypatch, trouble):
    begin(reader)
    delete, tries = QuerySet.delete, []

    def disturbed(rows):
        if rows.model is User and not tries:
            tries.append(1)
            raise trouble
        return delete(rows)

    monkeypatch.setattr(QuerySet, "delete", disturbed)
    reader.leave()
    sweep()
    assert tries == [1]
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_ask_after_the_reader_is_gone_is_a_404(reader):
    conversation = begin(reader).conversation
    User.objects.get(pk=reader.pk).leave()
    for _ in ("closed", "deleted"):
        with pytest.raises(Http404):
            conversation.ask("하나 더", key=uuid4(), language="ko")
        with pytest.raises(Http404):
            begin(reader)
        assert Turn.objects.count() <= 1
        sweep()
