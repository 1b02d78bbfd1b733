"""The shelf as a file: our own table, which loses nothing, and what MyAnimeList takes."""

import csv
import io
from datetime import date
from xml.etree import ElementTree

import pytest

from chatbot.catalogue.models import Novel
from chatbot.tests import factories
from users.models import ShelfEntry
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
    with django_assert_num_queries(3):
        client.get(address)


def test_nobody_gets_it_without_an_account(client):
    assert client.get("/users/shelf.csv").status_code == 302
