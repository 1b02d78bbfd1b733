"""The reader's own shelf: read it, want it, not for me."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from chatbot import briefing
from chatbot.tests import factories
from users.models import ShelfChange, ShelfEntry
from users.shelf import editing

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
    assert "등불의 서고" not in client.get(reverse("users:shelf"), {"state": "hold"}).content.decode()
    assert "등불의 서고" in client.get(reverse("users:shelf"), {"state": "zzz"}).content.decode()


@pytest.mark.parametrize("number", [1, 3, 60])
def test_the_shelf_takes_the_same_queries_however_full(client, someone, django_assert_num_queries, number):
    for place in range(number):
        ShelfEntry.objects.put(someone, factories.make_novel(f"book-{place}", f"책 {place}"), "want")
    client.get("/users/")  # the first request of a session also enters it in the list of sessions
    with django_assert_num_queries(8):
        client.get(reverse("users:shelf"))


def test_what_stands_on_the_shelf_is_not_offered(someone, novel):
    assert novel.pk not in briefing.known_to(someone.pk)
    ShelfEntry.objects.put(someone, novel, "want")
    assert novel.pk in briefing.known_to(someone.pk)
    assert novel.pk not in briefing.known_to(factories.make_reader().pk)


# --- The page ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def shelved(someone, novel):
    """Three works that differ in all that can be asked for."""
    snowfall = factories.make_novel(
        "snowfall",
        "눈 내리는 왕국",
        title_en="Kingdom of Snow",
        editions={"ko": {"known": True}, "en": {"known": True}},
    )
    harbour = factories.make_novel(
        "harbour", "항구의 고양이", title_en="Harbour Cat", editions={"ko": {"known": False}}
    )
    snowfall.novel_tags.create(tag=factories.make_tag("cozy"), strength=3)
    record = ShelfEntry.objects.record
    record(someone, novel, state="read", rating=10, finished_on=date(2025, 5, 1))
    record(someone, snowfall, state="reading", rating=3, started_on=date(2025, 6, 1), volumes_read=2)
    record(someone, harbour, state="want")
    return novel, snowfall, harbour


def titles(client, **address):
    html = client.get(reverse("users:shelf"), address).content.decode()
    return re.findall(r'<h2><a href="/novels/([a-z]+)/"', html)


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ({}, ["harbour", "snowfall", "lamplight"]),
        ({"state": "reading"}, ["snowfall"]),
        ({"tag": "cozy"}, ["snowfall"]),
        ({"tag": "no-such-tag"}, ["harbour", "snowfall", "lamplight"]),
        ({"rating": "9"}, ["lamplight"]),
        ({"rating": "low"}, ["snowfall"]),
        ({"rating": "none"}, ["harbour"]),
        ({"rating": "\x00"}, ["harbour", "snowfall", "lamplight"]),
        ({"edition": "en"}, ["snowfall"]),
        ({"q": "kingdom"}, ["snowfall"]),
        ({"q": "ㄴㄴㄹㄴ"}, ["snowfall"]),
        ({"q": "고양이", "state": "read"}, []),
        ({"sort": "rating"}, ["lamplight", "snowfall", "harbour"]),
        ({"sort": "finished"}, ["lamplight", "harbour", "snowfall"]),
        ({"sort": "started"}, ["snowfall", "harbour", "lamplight"]),
        ({"sort": "title"}, ["snowfall", "lamplight", "harbour"]),
    ],
)
def test_the_shelf_is_narrowed_and_sorted(client, someone, shelved, address, found):
    assert titles(client, **address) == found


def test_a_work_of_somebody_else_is_not_found(client, someone, shelved):
    theirs = factories.make_novel("theirs", "남의 책")
    ShelfEntry.objects.put(factories.make_reader(), theirs, "read")
    assert titles(client, q="남의 책") == []


def test_the_page_shows_stars_volumes_and_why_a_work_was_dropped(client, someone, novel):
    ShelfEntry.objects.record(
        someone, novel, state="dropped", rating=3, volumes_read=2, drop_reasons=["slow"], drop_words="<b>늘어져요</b>"
    )
    html = client.get(reverse("users:shelf")).content.decode()
    assert "★ 1.5" in html
    assert "&lt;b&gt;늘어져요&lt;/b&gt;" in html
    assert "<b>늘어져요" not in html


# --- Many at once, and undone -----------------------------------------------------------------------------------------


def many(client, do, address="", **data):
    return client.post(f"{reverse('users:change_many')}{address}", {"do": do, **data})


def test_what_is_ticked_changes_at_once_and_is_undone(client, someone, shelved):
    ticked = list(someone.shelf_entries.filter(novel__in=shelved[:2]).values_list("pk", flat=True))
    assert many(client, "state:hold", entries=ticked)["Location"] == "/users/shelf/"
    assert sorted(someone.shelf_entries.values_list("state", flat=True)) == ["hold", "hold", "want"]
    html = client.get(reverse("users:shelf")).content.decode()
    change = ShelfChange.objects.get()
    assert f"/users/shelf/changes/{change.pk}/undo/" in html
    client.post(reverse("users:undo_on_shelf", args=[change.pk]))
    assert sorted(someone.shelf_entries.values_list("state", flat=True)) == ["read", "reading", "want"]


def test_all_that_is_found_changes_at_once(client, someone, shelved):
    many(client, "rating:8", address="?rating=none", everything="on")
    assert list(someone.shelf_entries.order_by("pk").values_list("rating", flat=True)) == [10, 3, 8]
    many(client, "rating:", everything="on")
    assert set(someone.shelf_entries.values_list("rating", flat=True)) == {None}
    many(client, "remove", everything="on")
    assert not someone.shelf_entries.exists()


@pytest.mark.parametrize("do", ["", "remove all", "state:", "state:zzz", "rating:11", "rating:-1", "note:x", "\x00"])
def test_an_unknown_edit_changes_nothing(client, someone, shelved, do):
    many(client, do, everything="on")
    assert someone.shelf_entries.count() == 3
    assert not ShelfChange.objects.exists()


@pytest.mark.parametrize("ticked", [["zzz"], ["\x00"], ["9" * 40], [""], []])
def test_ticks_of_nothing_change_nothing(client, someone, shelved, ticked):
    many(client, "remove", entries=ticked)
    assert someone.shelf_entries.count() == 3


def test_nobody_else_can_change_or_undo_it(client, someone, shelved):
    change = editing.set_state(someone, shelved[2], "hold")
    stranger = factories.make_reader()
    client.force_login(stranger)
    many(client, "remove", entries=list(ShelfEntry.objects.values_list("pk", flat=True)))
    assert client.post(reverse("users:undo_on_shelf", args=[change.pk])).status_code == 404
    assert client.post(reverse("users:not_yet_begun", args=["harbour"])).status_code == 404
    assert "10" not in client.get(reverse("users:shelf_entry", args=["harbour"])).context["form"].initial.values()
    assert someone.shelf_entries.get(novel=shelved[2]).state == "hold"


def test_what_a_press_took_off_comes_back_with_its_stars(client, someone, shelved):
    html = put(client, "lamplight", "").content.decode()
    change = ShelfChange.objects.get()
    assert f"/users/shelf/changes/{change.pk}/undo/" in html
    back = client.post(
        reverse("users:undo_on_shelf", args=[change.pk]), {"novel": "lamplight"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert back.count('aria-pressed="true"') == 1
    assert someone.shelf_entries.get(novel=shelved[0]).rating == 10


def test_undone_twice_is_404(client, someone, novel):
    change = editing.set_state(someone, novel, "want")
    assert client.post(reverse("users:undo_on_shelf", args=[change.pk])).status_code == 302
    assert client.post(reverse("users:undo_on_shelf", args=[change.pk])).status_code == 404


# --- One entry --------------------------------------------------------------------------------------------------------

TOLD = {
    "state": "dropped",
    "rating": "7",
    "volumes_read": "4",
    "started_on": "2025-01-31",
    "finished_on": "",
    "note": "친구가 빌려줌\n2권부터 재미있음",
    "drop_reasons": ["slow", "dark"],
    "drop_words": "  너무   늘어져요 ",
}


def edit(client, slug="lamplight", **data):
    return client.post(reverse("users:shelf_entry", args=[slug]), {**TOLD, **data})


def test_all_of_an_entry_is_kept(client, someone, novel):
    assert edit(client, next="/users/shelf/?state=dropped")["Location"] == "/users/shelf/?state=dropped"
    entry = someone.shelf_entries.get()
    assert (entry.state, entry.rating, entry.volumes_read) == ("dropped", 7, 4)
    assert (entry.started_on, entry.finished_on) == (date(2025, 1, 31), None)
    assert entry.note == "친구가 빌려줌\n2권부터 재미있음"
    assert (entry.drop_reasons, entry.drop_words) == (["slow", "dark"], "너무 늘어져요")
    html = client.get(reverse("users:shelf_entry", args=["lamplight"])).content.decode()
    assert html.count(" checked") == 4
    assert "2권부터 재미있음" in html


def test_of_a_work_that_goes_on_some_volumes_more_than_we_know_may_be_read(client, someone):
    factories.make_novel("snowfall", status="ongoing", volumes=16)
    assert edit(client, "snowfall", volumes_read="99").status_code == 422
    assert edit(client, "snowfall", volumes_read="18").status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": ""},
        {"state": "zzz"},
        {"rating": "11"},
        {"rating": "0"},
        {"rating": "3.5"},
        {"volumes_read": "-1"},
        {"volumes_read": "1000"},
        {"volumes_read": "99"},  # of a finished work that has fewer
        {"volumes_read": "많이"},
        {"started_on": "2999-01-01"},
        {"started_on": "0001-01-01"},
        {"started_on": "어제"},
        {"finished_on": "2024-12-31"},
        {"note": "가" * 2001},
        {"drop_words": "가" * 201},
        {"drop_reasons": ["zzz"]},
        {"drop_reasons": ["\x00"]},
    ],
)
def test_what_cannot_be_is_told_and_nothing_typed_is_lost(client, someone, novel, wrong):
    response = edit(client, **wrong)
    assert response.status_code == 422
    assert 'class="errorlist' in response.content.decode()
    assert "2권부터 재미있음" in response.content.decode() or "note" in wrong
    assert not someone.shelf_entries.exists()


def test_what_cannot_be_seen_is_not_kept(client, someone, novel):
    edit(client, note="메모\u202e\x00\u200b", drop_words="\u2066이유")
    entry = someone.shelf_entries.get()
    assert (entry.note, entry.drop_words) == ("메모", "이유")


def test_an_edit_can_be_undone(client, someone, novel):
    ShelfEntry.objects.record(someone, novel, state="reading", note="처음")
    edit(client)
    client.post(reverse("users:undo_on_shelf", args=[ShelfChange.objects.get().pk]))
    assert (someone.shelf_entries.get().state, someone.shelf_entries.get().note) == ("reading", "처음")


# --- What became of it ------------------------------------------------------------------------------------------------


def test_a_work_long_wanted_is_asked_about_on_the_shelf_alone(client, someone, novel):
    long_ago = timezone.now() - timedelta(days=40)
    ShelfEntry.objects.record(someone, novel, state="want", changed_at=long_ago)
    address = reverse("users:not_yet_begun", args=["lamplight"])
    assert address in client.get(reverse("users:shelf")).content.decode()
    assert address not in client.get(reverse("users:shelf"), {"state": "want"}).content.decode()
    assert address not in client.get("/").content.decode()
    assert client.post(address)["Location"] == "/users/shelf/"
    assert address not in client.get(reverse("users:shelf")).content.decode()
    assert someone.shelf_entries.get().changed_at == long_ago


# --- Taste ------------------------------------------------------------------------------------------------------------


def test_what_stars_taught_is_shown_with_its_source(client, someone, novel):
    edit(client, state="read", rating="9")
    html = client.get(reverse("users:taste")).content.decode()
    assert "★ 4.5" in html
    assert "/users/shelf/lamplight/entry/" in html


def counted(html):
    """{address of a tab: how many it tells}, and the tab that is open."""
    tabs = re.findall(r'<a href="(\?[^"]*)"( aria-current="page")?>[^<]*<span class="own-tally">(\d+)</span>', html)
    return {address: int(number) for address, _here, number in tabs}, [address for address, here, _ in tabs if here]


def test_the_tabs_count_anew_with_each_press_and_keep_what_was_asked(client, someone, novel):
    factories.make_novel("snowfall", "눈 내리는 왕국")
    for slug in ("lamplight", "snowfall"):
        ShelfEntry.objects.put(someone, factories.Novel.objects.get(slug=slug), "read")
    here = {"on": "shelf", "next": "/users/shelf/?state=read&sort=title"}
    pressed = put(client, "lamplight", "want", **here).content.decode()
    numbers, open_tab = counted(pressed)
    assert (numbers["?state=read&amp;sort=title"], numbers["?state=want&amp;sort=title"]) == (1, 1)
    assert open_tab == ["?state=read&amp;sort=title"]
    assert pressed.count('id="shelf-states"') == pressed.count('hx-swap-oob="true"') == 1
    gone = put(client, "lamplight", "", **here).content.decode()
    assert (counted(gone)[0]["?state=want&amp;sort=title"], sum(counted(gone)[0].values())) == (0, 2)
    undo = reverse("users:undo_on_shelf", args=[ShelfChange.objects.latest("pk").pk])
    back = client.post(undo, {"novel": "lamplight", **here}, headers=HTMX).content.decode()
    assert counted(back)[0]["?state=want&amp;sort=title"] == 1


def test_elsewhere_a_press_counts_no_tabs(client, someone, novel):
    assert "shelf-states" not in put(client, "lamplight", "want").content.decode()
