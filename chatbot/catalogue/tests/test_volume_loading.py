import json
from datetime import date

import pytest
from django.core.management import call_command

from chatbot.catalogue.loading import load_catalogue
from chatbot.catalogue.models import Novel, Volume
from chatbot.catalogue.volume_loading import VOLUMES, load_volumes

from .factories import novel_row, write_lines

pytestmark = pytest.mark.django_db

HEAD = {"as_of": "2026-08-22", "from": "somebody"}
LAMP = {"slug": "lamp", "en": {"digital": [["1", "9780316371247", "2021-05-04"], ["2", "", ""]]}}


@pytest.fixture
def load(tmp_path):
    write_lines(tmp_path / "novels.jsonl", [novel_row("lamp")])
    load_catalogue(tmp_path / "novels.jsonl")
    return lambda *rows: load_volumes(write_lines(tmp_path / "volumes.jsonl", rows))


def rows():
    return list(Volume.objects.values_list("number", "isbn13", "released_on", "source", "as_of"))


def test_shipped_volumes_are_loaded_once(load):
    assert load(HEAD, LAMP).added == 2
    day = date(2026, 8, 22)
    assert rows() == [
        ("0001", "9780316371247", date(2021, 5, 4), "shipped", day),
        ("0002", "", None, "shipped", day),
    ]
    assert load(HEAD, LAMP).unread


def test_a_later_file_changes_and_takes_away_its_own(load):
    load(HEAD, LAMP)
    later = {"slug": "lamp", "en": {"digital": [["1", "9780316371247", "2021-06-01"]]}}
    report = load({"as_of": "2026-09-01", "from": ""}, later)
    assert (report.added, report.changed, report.removed) == (0, 1, 1)
    assert rows() == [("0001", "9780316371247", date(2021, 6, 1), "shipped", date(2026, 9, 1))]


def test_what_an_operator_or_a_list_told_stays(load):
    load(HEAD, LAMP)
    Volume.objects.filter(number="0001").update(source="by_hand", released_on=date(2020, 1, 1))
    Volume.objects.filter(number="0002").update(source="lnrelease", released_on=date(2022, 2, 2))
    load({"as_of": "2026-09-01", "from": ""}, LAMP)
    assert [(day, source) for _, _, day, source, _ in rows()] == [
        (date(2020, 1, 1), "by_hand"),
        (date(2022, 2, 2), "lnrelease"),
    ]


def test_bad_lines_and_unknown_works_are_passed_over(load):
    report = load(
        HEAD,
        "{",
        {"slug": "nowhere", "en": {"digital": [["1", "", ""]]}},
        {"slug": "lamp", "en": {"scroll": [["1", "", ""]]}},
    )
    assert [number for number, _ in report.rejected] == [2, 4]
    assert rows() == []


def test_volumes_of_a_work_that_comes_later_are_loaded_with_it(load, tmp_path):
    moon = {"slug": "moon", "en": {"print": [["1", "", "2021-05-04"]]}}
    assert load(HEAD, LAMP, moon).added == 2
    write_lines(tmp_path / "novels.jsonl", [novel_row("lamp"), novel_row("moon")])
    load_catalogue(tmp_path / "novels.jsonl")
    assert load(HEAD, LAMP, moon).added == 1


def test_the_shipped_file_is_read_and_written_again_without_loss(tmp_path):
    load_catalogue()
    report = load_volumes()
    assert (report.rejected, report.added) == ([], Volume.objects.count())
    assert report.added > 5_000
    slugs = {json.loads(line)["slug"] for line in VOLUMES.read_text().splitlines()[1:]}
    assert slugs <= set(Novel.objects.values_list("slug", flat=True))
    origin = json.loads(VOLUMES.read_text().splitlines()[0])["from"]
    call_command("export_volumes", str(tmp_path / "out.jsonl"), origin=origin)
    assert (tmp_path / "out.jsonl").read_text() == VOLUMES.read_text()
