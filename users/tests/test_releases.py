"""New volumes of a reader's shelf: the page, the calendar and the feed at a secret address, the line on the first page."""

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from chatbot.catalogue.models import Volume
from chatbot.catalogue.volumes import sortable
from chatbot.tests import factories
from users.models import ReleaseSettings, ShelfEntry
from users.releases import calendar, news

pytestmark = pytest.mark.django_db

PAGE = "/users/releases/"
State = ShelfEntry.State


@pytest.fixture
def today(reader):
    return reader.today


@pytest.fixture
def volume(today):
    """Makes volumes: `days` from today."""

    def make(novel, number="1", days=10, language="en", format="digital", **fields):
        return Volume.objects.create(
            novel=novel,
            number=sortable(number),
            language=language,
            format=format,
            released_on=today + timedelta(days=days),
            as_of=date(2026, 8, 22),
            **fields,
        )

    return make


@pytest.fixture
def lamp(reader):
    novel = factories.make_novel("lamplight", "등불의 서고")
    ShelfEntry.objects.record(reader, novel, state=State.READING)
    return novel


def told(settings_or_reader, today):
    settings = ReleaseSettings.of(settings_or_reader)
    volumes = news.of_shelf(settings)
    coming = [(one.shown_number, one.formats) for one in news.coming(volumes, today).page(1).object_list]
    return coming, [one.shown_number for one in news.fresh(volumes, today)]


def test_what_comes_and_what_has_just_come_is_shown(logged_in, reader, lamp, volume, today):
    volume(lamp, "12", 10)
    volume(lamp, "12", 10, format="print")
    volume(lamp, "13", 40)
    volume(lamp, "11", -5)
    volume(lamp, "10", -90)
    assert told(reader, today) == ([("12", ("print", "digital")), ("13", ("digital",))], ["11"])
    html = logged_in.get(PAGE).content.decode()
    assert html.count("등불의 서고") == 3
    assert "2026" in html


@pytest.mark.parametrize("state", State.values)
def test_only_works_that_are_followed_are_told_of(reader, lamp, volume, today, state):
    ShelfEntry.objects.put(reader, lamp, state)
    volume(lamp)
    is_followed = state in {State.READING, State.FINISHED, State.PLANNED, State.ON_HOLD}
    assert bool(told(reader, today)[0]) is is_followed


def test_what_was_read_is_not_new(reader, lamp, volume, today):
    for number in ("3", "4", "4.5", "10", "EX"):
        volume(lamp, number)
    ShelfEntry.objects.record(reader, lamp, volumes_read=4)
    assert [number for number, _ in told(reader, today)[0]] == ["4.5", "10", "EX"]


def test_another_readers_shelf_is_not_told_of(client, reader, stranger, lamp, volume, today):
    volume(lamp, "12")
    client.force_login(stranger)
    assert "등불의 서고" not in client.get(PAGE).content.decode()
    assert told(stranger, today) == ([], [])


def test_languages_and_formats_are_chosen_and_kept(logged_in, reader, lamp, volume, today):
    volume(lamp, "1")
    volume(lamp, "2", language="ja")
    volume(lamp, "3", format="print")
    response = logged_in.post(PAGE, {"languages": ["en"], "formats": ["digital", "audio"]})
    assert response.status_code == 302
    assert [number for number, _ in told(reader, today)[0]] == ["1"]
    logged_in.post(PAGE, {})
    assert told(reader, today)[0] == []


def test_audiobooks_are_told_of_only_to_who_wants_them(logged_in, reader, lamp, volume, today):
    volume(lamp, "1", format="audio")
    assert told(reader, today)[0] == []
    logged_in.post(PAGE, {"languages": ["en"], "formats": ["audio"]})
    assert told(reader, today)[0] == [("1", ("audio",))]


def test_keeping_the_choice_says_so(logged_in, english):
    html = logged_in.post(PAGE, {"languages": ["en"], "formats": ["print"]}, follow=True).content.decode()
    assert "Saved. This page, the calendar and the feed follow it." in html


def test_a_language_without_volumes_is_said_to_have_none(client, english, logged_in, reader, lamp, volume, token):
    other = factories.make_novel("other")
    volume(other, "1")  # in English
    ReleaseSettings.objects.filter(reader=reader).update(languages=["ko", "ja"])
    html = " ".join(logged_in.get(PAGE).content.decode().split())
    told = "New volumes are listed for these languages so far: English. Not yet: Korean, Japanese."
    assert told in html
    assert "There is no list yet for the language you chose" in html
    assert "Korean (nothing listed yet)" in html
    assert "English (nothing listed yet)" not in html
    calendar_lines = unfolded(client.get(f"/users/releases/{token}/volumes.ics?lang=en").content)
    assert f"X-WR-CALDESC:{told.replace(',', chr(92) + ',')}" in calendar_lines
    feed = ElementTree.fromstring(client.get(f"/users/releases/{token}/volumes.rss?lang=en").content)
    assert feed.findtext("channel/description") == told
    ReleaseSettings.objects.filter(reader=reader).update(languages=["en"])
    assert "Not yet" not in logged_in.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("chosen", "state", "words"),
    [
        ({"languages": ["en"]}, "reading", "Nothing is chosen."),
        ({"languages": ["en"], "formats": ["print"]}, "reading", "Nothing new or coming is listed for the works"),
        ({"languages": ["en"], "formats": ["print"]}, "not", "Your shelf has no works to follow yet."),
    ],
)
def test_an_empty_page_says_why_it_is(logged_in, english, reader, lamp, volume, chosen, state, words):
    volume(factories.make_novel("other"), "1")
    ShelfEntry.objects.put(reader, lamp, state)
    assert words in logged_in.post(PAGE, chosen, follow=True).content.decode()


def test_a_language_that_there_is_not_is_refused(logged_in, reader):
    response = logged_in.post(PAGE, {"languages": ["xx"]})
    assert response.status_code == 422
    assert not ReleaseSettings.objects.exists()


@pytest.fixture
def token(logged_in, reader):
    logged_in.post(reverse("users:release_address"), {"what": "renew"})
    return ReleaseSettings.objects.get(reader=reader).token


def test_nothing_is_made_by_looking(logged_in):
    logged_in.get(PAGE)
    assert not ReleaseSettings.objects.exists()


def unfolded(content):
    """The lines of a calendar, as RFC 5545 has them read: folds taken out, each line short enough."""
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # no letter is cut in two
    return content.decode().replace("\r\n ", "").split("\r\n")[:-1]


def events(content):
    found, lines = [], unfolded(content)
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and name != "END":
            assert name not in found[-1]
            found[-1][name] = value
    return found


def test_a_calendar_has_an_event_for_each_volume(client, lamp, volume, token, today):
    volume(lamp, "12", 10)
    volume(lamp, "12", 10, format="print")
    volume(lamp, "11", -5)
    client.logout()
    response = client.get(f"/users/releases/{token}/volumes.ics?lang=en")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert (response["X-Robots-Tag"], response["Cache-Control"]) == ("noindex", "private, max-age=3600")
    first, second = events(response.content)
    assert first["DTSTART;VALUE=DATE"] == f"{today - timedelta(days=5):%Y%m%d}"
    assert second == {
        "UID": "lamplight-en-0012-print@testserver",
        "DTSTAMP": "20260822T000000Z",
        "DTSTART;VALUE=DATE": f"{today + timedelta(days=10):%Y%m%d}",
        "DTEND;VALUE=DATE": f"{today + timedelta(days=11):%Y%m%d}",
        "SUMMARY": r"“The Tale of Lamplight” volume 12 (English\, Printed book\, E-book)",
        "DESCRIPTION": r"As of the list of Aug. 22\, 2026.",
        "URL": "http://testserver/novels/lamplight/",
        "TRANSP": "TRANSPARENT",
    }


def test_a_calendar_in_korean_is_folded_between_letters(client, reader, volume, token):
    novel = factories.make_novel("long", "가나다, 라마바; 사아자\\차 " * 8, title_en="x")
    ShelfEntry.objects.put(reader, novel, "want")
    volume(novel)
    content = client.get(f"/users/releases/{token}/volumes.ics?lang=ko").content
    (event,) = events(content)
    assert event["SUMMARY"].count(r"가나다\, 라마바\; 사아자\\차") >= 1


def test_a_line_break_in_a_title_begins_no_line_of_the_calendar():
    content = calendar.written("a\r\nBEGIN:VEVENT", "", [])
    assert "X-WR-CALNAME:a\\nBEGIN:VEVENT" in unfolded(content)


def test_a_feed_has_an_item_for_each_volume(client, lamp, volume, token, today):
    volume(lamp, "12", 10)
    volume(lamp, "11", -5)
    client.logout()
    response = client.get(f"/users/releases/{token}/volumes.rss?lang=en")
    assert response.status_code == 200
    items = ElementTree.fromstring(response.content).findall("channel/item")
    assert [item.findtext("guid") for item in items] == ["lamplight-en-0012-digital", "lamplight-en-0011-digital"]
    with translation.override("en"):
        day = date_format(today + timedelta(days=10), "DATE_FORMAT")
    assert items[0].findtext("title") == f"“The Tale of Lamplight” volume 12 (English, E-book) · {day}"
    assert items[0].findtext("link") == "http://testserver/novels/lamplight/"


@pytest.mark.parametrize("kind", ["ics", "rss"])
def test_an_address_ends_when_it_is_changed_or_taken_away_or_the_account_closed(client, reader, token, kind):
    def status(one):
        return client.get(f"/users/releases/{one}/volumes.{kind}").status_code

    assert (status(token), status("nobody"), status(token[:-1])) == (200, 404, 404)
    client.post(reverse("users:release_address"), {"what": "renew"})
    other = ReleaseSettings.objects.get().token
    assert (status(token), status(other)) == (404, 200)
    client.post(reverse("users:release_address"), {"what": "remove"})
    assert status(other) == 404
    client.post(reverse("users:release_address"), {"what": "renew"})
    last = ReleaseSettings.objects.get().token
    reader.leave()
    assert status(last) == 404


def test_an_order_that_means_nothing_is_refused(logged_in):
    assert logged_in.post(reverse("users:release_address"), {"what": "x"}).status_code == 400


@pytest.mark.parametrize("number", [2, 12])
def test_pages_and_feeds_take_the_same_queries_however_full(
    logged_in, reader, volume, token, django_assert_num_queries, number
):
    for at in range(number):
        novel = factories.make_novel(f"work{at}")
        ShelfEntry.objects.put(reader, novel, "reading")
        for one in range(4):
            volume(novel, str(one), one - 2)
    client = logged_in
    client.get(PAGE)
    with django_assert_num_queries(
        16
    ):  # session, reader; settings; languages listed; coming: count, keys, works, formats; fresh; days of lists
        client.get(PAGE)
    client.logout()
    with django_assert_num_queries(
        10
    ):  # settings with the reader, three days of lists, languages, keys, works, formats
        client.get(f"/users/releases/{token}/volumes.ics")
    with django_assert_num_queries(10):
        client.get(f"/users/releases/{token}/volumes.rss")


def test_many_volumes_are_shown_page_by_page(logged_in, lamp, volume):
    for at in range(45):
        volume(lamp, str(at + 1), at + 1)
    html = logged_in.get(PAGE).content.decode()
    assert (html.count('class="news-title"'), "?page=2" in html) == (40, True)
    assert logged_in.get(PAGE + "?page=2").content.decode().count('class="news-title"') == 5


def test_the_first_page_says_it_in_one_line(logged_in, english, lamp, volume, today):
    assert 'class="glance"' not in logged_in.get("/").content.decode()
    volume(lamp, "11", -5)
    assert "volume 11 (English) came out on" in " ".join(logged_in.get("/").content.decode().split())
    volume(lamp, "12", 10)
    html = " ".join(logged_in.get("/").content.decode().split())
    assert "volume 12 (English) comes out on" in html
    assert "1 more volume" in html
    volume(factories.make_novel("other"), "1", 1)
    assert "1 more volume" in logged_in.get("/").content.decode()
