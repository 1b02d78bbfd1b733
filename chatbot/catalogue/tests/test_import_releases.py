import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from chatbot.catalogue.importing import applying, releases
from chatbot.catalogue.importing.models import Import, ImportedWork
from chatbot.catalogue.loading import load_catalogue
from chatbot.catalogue.models import Novel, Volume
from chatbot.catalogue.volumes import shown, sortable

from .factories import novel_row, write_lines
from .test_importing import DUMP

pytestmark = pytest.mark.django_db

PRINT, EBOOK, LATER = "9784048662741", "9780316371247", "9780316376815"


def line(title="Tale lamp", number="1", kind="Digital", isbn=EBOOK, day="2021-05-04", publisher="Night Press"):
    return f'lamp,https://example.org/{number},{publisher},"{title}",{number},{kind},{isbn},{day}\n'


@pytest.fixture
def shelf_of(tmp_path):
    def load(*rows):
        write_lines(tmp_path / "novels.jsonl", list(rows))
        load_catalogue(tmp_path / "novels.jsonl")

    load(novel_row("lamp", year=2015, external_ids={"mal": "70"}), novel_row("moon", names=["Luna"]))
    return load


@pytest.fixture
def bring(tmp_path, shelf_of):
    """Runs the command on a content; returns its report."""

    def run(source, content, *, as_of="2026-08-22", **options):
        path, report = tmp_path / "list", tmp_path / "report.json"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        call_command("import_releases", source, str(path), as_of=as_of, report=report, **options)
        return json.loads(report.read_text(encoding="utf-8"))

    return run


def rows():
    fields = ("novel__slug", "language", "format", "number", "isbn13", "released_on", "source")
    return list(Volume.objects.order_by("novel__slug", "format", "number", "isbn13").values_list(*fields))


def test_a_list_of_volumes_comes_in(bring):
    report = bring("lnrelease", line() + line(number="7.5", kind="Hardback", isbn="978-4-04-866274-1"), apply=True)
    assert report["counts"] == {"added": 2}
    assert rows() == [
        ("lamp", "en", "digital", "0001", EBOOK, date(2021, 5, 4), "lnrelease"),
        ("lamp", "en", "print", "0007.0005", PRINT, date(2021, 5, 4), "lnrelease"),
    ]
    assert set(Volume.objects.values_list("as_of", "url")) == {
        (date(2026, 8, 22), "https://example.org/1"),
        (date(2026, 8, 22), "https://example.org/7.5"),
    }


def test_a_dry_run_writes_nothing_and_says_the_same(bring):
    dry = bring("lnrelease", line())
    assert (rows(), Import.objects.count()) == ([], 0)
    assert bring("lnrelease", line(), apply=True)["works"] == dry["works"]


def test_the_same_list_twice_changes_nothing(bring):
    content = line(isbn="") + line() + line(number="2", isbn=LATER) + line(number="2", isbn="")
    bring("lnrelease", content, apply=True)
    before = rows()
    report = bring("lnrelease", content, apply=True)
    assert (report["counts"], rows()) == ({"untouched": 4}, before)
    assert Import.objects.count() == 1


def test_a_date_that_moves_and_an_isbn_that_comes_are_changes(bring):
    bring("lnrelease", line(isbn="", day="2027-01-05"), apply=True)
    work = bring("lnrelease", line(day="2027-03-02"), as_of="2026-09-01", apply=True)["works"][0]
    assert work["action"] == "changed"
    assert work["changes"] == [
        ["0001", "en", "digital", {"isbn13": ["", EBOOK], "released_on": ["2027-01-05", "2027-03-02"]}]
    ]
    assert rows() == [("lamp", "en", "digital", "0001", EBOOK, date(2027, 3, 2), "lnrelease")]


def test_an_older_list_does_not_overwrite_a_later_one(bring):
    bring("lnrelease", line(day="2027-03-02"), as_of="2026-09-01", apply=True)
    report = bring("lnrelease", line(day="2027-01-05"), as_of="2026-08-01", apply=True)
    assert (report["counts"], rows()[0][5]) == ({"kept": 1}, date(2027, 3, 2))


def test_what_an_operator_changed_is_kept_also_from_a_table(bring):
    bring("lnrelease", line(), apply=True)
    Volume.objects.update(source="by_hand", released_on=date(2020, 1, 1))
    assert bring("lnrelease", line(), apply=True)["counts"] == {"kept": 1}
    assert rows()[0][5] == date(2020, 1, 1)


def test_a_title_that_is_not_the_works_own_is_not_taken(bring, shelf_of):
    shelf_of(novel_row("luna", names=["Luna"]))
    content = line("Tale lamp: Short Stories") + line("Luna", isbn="") + line("luna", isbn="", number="2")
    report = bring("lnrelease", content, apply=True)
    found = {work["title"]: (work["action"], work.get("candidates", [])) for work in report["works"]}
    assert found["Tale lamp: Short Stories"] == ("elsewhere", [])
    assert (found["Luna"][0], sorted(found["Luna"][1])) == ("doubtful", ["luna", "moon"])
    assert rows() == []


@pytest.mark.parametrize(("publisher", "action"), [("Night Press", "added"), ("Other House", "doubtful")])
def test_a_nickname_needs_the_publisher(bring, shelf_of, publisher, action):
    shelf_of(novel_row("star", names=["Stella"], editions={"en": {"known": True, "publisher": "Night"}}))
    assert bring("lnrelease", line("Stella", publisher=publisher), apply=True)["works"][0]["action"] == action


def test_a_volume_from_before_the_work_is_doubtful(bring):
    work = bring("lnrelease", line(day="2009-01-01"), apply=True)["works"][0]
    assert (work["action"], work["candidates"]) == ("doubtful", ["lamp"])


def test_lines_that_cannot_be_read_are_named_and_the_rest_comes_in(bring):
    content = (
        "a,b\n" + line(day="2021-02-31") + line(kind="Scroll") + line(number="") + line("\0") + line(isbn="B0CNTVQPCY")
    )
    report = bring("lnrelease", content, apply=True)
    rejected = {work["where"]: work["reason"] for work in report["works"] if work["action"] == "rejected"}
    assert rejected == {
        "line 1": "2 columns where there should be 8",
        "line 2": "not a date: '2021-02-31'",
        "line 3": "format means nothing here: 'Scroll'",
        "line 4": "no volume",
        "line 5": "title holds letters that could not be read: is the encoding right?",
    }
    added = report["works"][-1]
    assert (added["action"], added["remarks"]) == ("added", ["line 6: not an ISBN, left out: B0CNTVQPCY"])


def test_undo_brings_back_what_was_there(bring):
    bring("lnrelease", line(day="2027-01-05"), apply=True)
    before = list(Volume.objects.values_list())
    bring("lnrelease", line(day="2027-03-02") + line(number="2", isbn=LATER), as_of="2026-09-01", apply=True)
    assert Volume.objects.count() == 2
    call_command("undo_import", str(Import.objects.latest("pk").pk))
    assert list(Volume.objects.values_list()) == before
    call_command("undo_import", str(Import.objects.earliest("pk").pk))
    assert rows() == []


def test_undo_leaves_and_names_what_was_changed_since(bring):
    bring("lnrelease", line() + line(number="2", isbn=LATER), apply=True)
    Volume.objects.filter(number="0002").update(source="by_hand", released_on=date(2020, 1, 1))
    left = applying.undo(Import.objects.get())
    assert [(work.novel.slug, work.left) for work in left] == [("lamp", "edited")]
    assert Volume.objects.count() == 2


def test_undo_of_a_work_that_is_gone_goes_on(bring):
    bring("lnrelease", line(), apply=True)
    Novel.objects.all().delete()
    assert [work.left for work in applying.undo(Import.objects.get())] == ["gone"]


COLUMNS = ["number=권", "language=언어", "format=형식", "isbn13=ISBN", "date=발매일"]


def test_a_table_of_ones_own_comes_in_by_slug_title_or_id(bring):
    head = "작품,slug,mal,권,언어,형식,ISBN,발매일\n"
    content = (
        head + "lamp 이야기,,,1권,한국어,종이책,979-11-278-0001-8,2020.3.5\n,moon,,第2巻,ja,電子書籍,,2020年4月10日\n"
    )
    content += ",,70,3,English,ebook,,2020-05\n,nowhere,,1,ko,print,,\n"
    how = [*COLUMNS, "work=작품", "slug=slug", "external_ids.mal=mal"]
    report = bring("csv", content, map=how, apply=True)
    assert {work["where"]: work["action"] for work in report["works"]}["line 5"] == "doubtful"
    assert [(slug, language, kind, number, day) for slug, language, kind, number, _, day, _ in rows()] == [
        ("lamp", "en", "digital", "0003", None),
        ("lamp", "ko", "print", "0001", date(2020, 3, 5)),
        ("moon", "ja", "digital", "0002", date(2020, 4, 10)),
    ]


def test_a_table_without_the_needed_columns_is_refused(bring):
    with pytest.raises(CommandError, match="no column is mapped to what says of which work a volume is"):
        bring("csv", "a\n", map=["number=a"])
    with pytest.raises(CommandError, match="no column is mapped to format, language"):
        bring("csv", "a\n", map=["slug=a", "number=a"])


RELEASES = r"""COPY public.release (id, lang, hidden, release_date, format, isbn13, website) FROM stdin;
1	ja	f	20190401	print	9784048662741	\N
2	en	f	20210401	digital	\N	https://example.org/1
3	ja	f	20200499	print	\N	\N
4	de	f	20200401	print	\N	\N
5	ko	f	20220301	print	\N	\N
\.
COPY public.release_book (release_id, book_id, rtype) FROM stdin;
1	101	complete
2	101	complete
3	102	complete
4	102	complete
5	101	complete
5	102	complete
\.
"""


def test_volumes_of_ranobedb_come_in(bring, shelf_of):
    titles = {"ja": "灯台の\\物語", "ko": "등대 이야기", "en": "The Tale of the Lighthouse", "romaji": ""}
    shelf_of(novel_row("lighthouse", titles=titles, authors=["夜あかり"], year=2019))
    start, end = DUMP.index("COPY public.release "), DUMP.index("COPY public.release_publisher")
    report = bring("ranobedb", DUMP[:start] + RELEASES + DUMP[end:], apply=True)
    assert report["counts"] == {"rejected": 2, "added": 4}
    assert [row[:6] for row in rows()] == [
        ("lighthouse", "en", "digital", "0001", "", date(2021, 4, 1)),
        ("lighthouse", "ja", "print", "0001", PRINT, date(2019, 4, 1)),
        ("lighthouse", "ko", "print", "0001-0002", "", date(2022, 3, 1)),
        ("lighthouse", "ja", "print", "0002", "", None),
    ]


def test_numbers_of_volumes_sort_and_are_shown_as_printed():
    numbers = ["1", "2", "7", "7.5", "8", "10", "10-12", "EX"]
    assert sorted(map(sortable, reversed(numbers))) == [sortable(number) for number in numbers]
    assert [shown(sortable(number)) for number in numbers] == numbers
    assert sortable("007") == sortable("7")
    assert shown(sortable("0")) == "0"


@pytest.mark.parametrize(
    ("said", "isbn"),
    [
        ("978-4-04-866274-1", PRINT),
        ('="9784048662741"', PRINT),
        ("4048662740", PRINT),
        ("9784048662742", ""),
        ("404866274X", ""),
        ("B00005S8LI", ""),
        ("", ""),
    ],
)
def test_an_isbn_is_thirteen_digits_that_add_up(said, isbn):
    remarks = []
    assert (releases.isbn13(said, remarks), bool(remarks)) == (isbn, bool(said) and not isbn)


def test_an_imported_volume_is_one_row_in_the_record_of_the_import(bring):
    bring("lnrelease", line() + line(number="2", isbn=LATER), apply=True)
    work = ImportedWork.objects.get()
    assert (work.action, work.title, work.before, len(work.after)) == ("volumes", "Tale lamp", [], 2)
