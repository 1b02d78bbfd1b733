"""The shelf as a file: our own table, which loses nothing, and what MyAnimeList takes."""

import csv
import io
from datetime import date
from xml.etree import ElementTree

import pytest

from chatbot.catalogue.models import Novel
from chatbot.tests import factories
from users.models import ShelfEntry
from users.reading_lists.tests import files
from users.reading_lists.tests.conftest import bring, keep
from users.reading_year import listed_volumes
from users.shelf import table

pytestmark = pytest.mark.django_db
FIELDS = (
    "state",
    "rating",
    "started_on",
    "finished_on",
    "volumes_read",
    "note",
    "drop_reasons",
    "drop_words",
    "changed_at",
)


@pytest.fixture
def reader(client):
    reader = factories.make_reader("saebyeok")
    client.force_login(reader)
    return reader


@pytest.fixture
def entries(reader):
    told = [
        {
            "state": "read",
            "rating": 9,
            "started_on": date(2024, 1, 5),
            "finished_on": date(2024, 2, 1),
            "volumes_read": 12,
        },
        {
            "state": "dropped",
            "drop_reasons": ["slow", "dark"],
            "drop_words": "=1+1 지루함",
            "note": '줄\n바꿈, "따옴표"',
        },
        {"state": "want", "note": "'=2 이미 붙은 따옴표"},
        {"state": "hold", "note": "@handle", "volumes_read": 0},
        {"state": "not", "rating": 1, "note": "-"},
        {"state": "reading", "note": "]]> & <b>\x0b"},
    ]
    for number, fields in enumerate(told):
        ShelfEntry.objects.record(reader, factories.make_novel(f"work{number}"), **fields)
    return list(reader.shelf_entries.select_related("novel"))


def test_the_table_is_read_again_without_loss(client, entries):
    response = client.get("/users/shelf.csv")
    assert 'filename="shelf.csv"' in response["Content-Disposition"]
    text = response.content.decode()
    assert text.startswith("\ufeffslug,title,author,state,rating,started_on,finished_on,volumes_read,note,")
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline="")))
    assert [row["slug"] for row in rows] == [entry.novel.slug for entry in entries]
    for row, entry in zip(rows, entries, strict=True):
        assert table.fields_of(row) == {name: getattr(entry, name) for name in FIELDS}


def told(reader):
    """{slug: what the shelf says of the work}, but for when that changed."""
    entries = reader.shelf_entries.select_related("novel")
    return {entry.novel.slug: {name: getattr(entry, name) for name in FIELDS[:-1]} for entry in entries}


def test_a_shelf_that_is_brought_in_again_is_the_same(client, reader):
    typed = "I <3 this; if a<b and c>d then ok\n별로 <b>x</b> &amp; <good>"
    novels = [factories.make_novel(f"work{number}", title_en=f"Villainess Level {number}") for number in range(1, 7)]
    for number, (novel, state) in enumerate(zip(novels, ShelfEntry.State.values, strict=True)):
        ShelfEntry.objects.record(
            reader,
            novel,
            state=state,
            volumes_read=number % 3,
            finished_on=date(2025, 5, 5),
            note=typed,
            rating=number + 1,
        )
    assert "I &lt;3 this; if a&lt;b and c&gt;d" in client.get("/users/shelf/work1/entry/").content.decode()
    had, table_of_it = told(reader), client.get("/users/shelf.csv").content
    for other in (reader, factories.make_reader("another")):
        other.shelf_entries.all().delete()
        brought = keep(bring(other, table_of_it))
        assert (told(other), brought.options["stateless"]) == (had, 0)


def test_the_days_of_single_volumes_come_again(client, reader):
    factories.make_novel("snowfall", "눈 내리는 왕국", title_en="Snow Kingdom", authors_en=["Fuse"], volumes=5)
    rows = [
        {"Title": f"Snow Kingdom, Vol. {n}", "Author": "Fuse", "Exclusive Shelf": "read", "Date Read": f"2022/0{n}/01"}
        for n in (1, 2)
    ]
    keep(bring(reader, files.table(files.GOODREADS, *rows)))
    had, table_of_it = listed_volumes.days(reader), client.get("/users/shelf.csv").content
    assert "1:2022-01-01;2:2022-02-01" in table_of_it.decode()
    other = factories.make_reader("another")
    keep(bring(other, table_of_it))
    assert (len(had), listed_volumes.days(other), told(other)) == (2, had, told(reader))
    client.force_login(other)
    assert client.get("/users/year/2022/").status_code == 200


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("", {}),
        ("1:2022-03-01; 1.5:2022-04-01", {1: date(2022, 3, 1), 1.5: date(2022, 4, 1)}),
        ("1:2022-02-30;2:soon;:;3:2022-03-01", {3: date(2022, 3, 1)}),
    ],
)
def test_days_of_volumes_are_read_from_a_cell(cell, days):
    assert table.volume_days_of(cell) == days


def test_no_cell_is_a_formula(client, entries):
    rows = list(csv.reader(io.StringIO(client.get("/users/shelf.csv").content.decode().lstrip("\ufeff"), newline="")))
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


@pytest.mark.parametrize("text", ["", "=1", "'=1", "''=1", "'", "'a", "a", "+", "-1", "@", "\t", "''"])
def test_a_guarded_cell_is_unguarded_to_what_it_was(text):
    assert table.unguarded(table.guarded(text)) == text


def test_my_anime_list_gets_what_it_knows(client, entries):
    Novel.objects.filter(slug="work0").update(external_ids={"mal": "12345"})
    response = client.get("/users/shelf-myanimelist.xml")
    root = ElementTree.fromstring(response.content)
    mangas = {manga.findtext("manga_title"): manga for manga in root.iter("manga")}
    assert len(mangas) == 5  # "not for me" says nothing of having read
    first = mangas["The Tale of Work0"]
    told = {child.tag: child.text for child in first}
    assert told["manga_mangadb_id"] == "12345"
    assert told["my_status"] == "Completed"
    assert told["my_score"] == "9"
    assert told["my_read_volumes"] == "5"  # all there are
    assert (told["my_start_date"], told["my_finish_date"]) == ("2024-01-05", "2024-02-01")
    assert mangas["The Tale of Work2"].findtext("my_start_date") == "0000-00-00"
    assert mangas["The Tale of Work5"].findtext("my_comments") == "]]> & <b>"


def test_my_anime_list_is_told_no_volumes_that_nobody_counted(client, reader):
    ShelfEntry.objects.record(reader, factories.make_novel("counted", volumes=7), state="read")
    text = b"".join(client.get("/users/shelf-myanimelist.xml")).decode()
    assert "<my_read_volumes>0<" in text


@pytest.mark.parametrize("number", [1, 20])
@pytest.mark.parametrize("address", ["/users/shelf.csv", "/users/shelf-myanimelist.xml"])
def test_it_costs_as_many_queries_for_much_as_for_little(client, reader, number, address, django_assert_num_queries):
    for n in range(number):
        ShelfEntry.objects.put(reader, factories.make_novel(f"work{n}"), "read")
    client.get(address)
    with django_assert_num_queries(4 if address.endswith("csv") else 3):
        client.get(address)


def test_nobody_gets_it_without_an_account(client):
    assert client.get("/users/shelf.csv").status_code == 302
