"""From a file to rows to look at: folded by work, told how far, and never half."""

import time

import pytest

from chatbot.tests import factories
from users.models import ListedWork, ListFile, ReadingList
from users.reading_lists import formats, presentation, reading, work
from users.reading_lists.matching import Reason, Verdict
from users.reading_lists.views import answer

from . import files
from .conftest import bring, keep

pytestmark = pytest.mark.django_db
State = ReadingList.State


def rows(reading_list, *fields):
    return list(reading_list.works.values_list("verdict", *fields))


def goodreads(*rows):
    return files.table(files.GOODREADS, *rows)


def test_lines_are_told_apart(reader, catalogue):
    brought = bring(
        reader,
        goodreads(
            {"Title": "Lamp Tales", "Author": "Tappei Nagatsuki", "Exclusive Shelf": "read"},
            {"Title": "Lamp Tales, Vol. 1 (manga)", "Author": "Tappei Nagatsuki"},
            {"Title": "Girl Who Writes", "Author": "Kana Akatsuki"},
            {"Title": "Pride and Prejudice", "Author": "Jane Austen"},
            {"Author": "Nobody"},
        ),
    )
    assert brought.state == State.READY
    assert rows(brought, "title", "line") == [
        ("matched", "Lamp Tales", 2),
        ("not_novel", "Lamp Tales, Vol. 1 (manga)", 3),
        ("doubtful", "Girl Who Writes", 4),
        ("missing", "Pride and Prejudice", 5),
        ("faulty", "Nobody", 6),
    ]
    assert ListFile.objects.count() == 0
    assert reader.shelf_entries.count() == 0


def test_volumes_fold_into_one_work_each(reader, catalogue):
    volumes = [
        {"Title": f"Lamp Tales, Vol. {number}", "Author": "Tappei Nagatsuki", "Exclusive Shelf": "read"}
        for number in (1, 2, 3)
    ]
    missing = [{"Title": f"Unknown Sea, Vol. {number} (light novel)", "Author": "X"} for number in (1, 2)]
    brought = bring(reader, goodreads(*volumes, *missing))
    assert rows(brought, "title", "is_novel") == [
        ("matched", "Lamp Tales, Vol. 1", False),
        ("missing", "Unknown Sea, Vol. 1 (light novel)", True),
    ]
    assert [[one["line"] for one in row.said] for row in brought.works.all()] == [[2, 3, 4], [5, 6]]


def test_a_doubt_stands_once_for_all_its_volumes(reader, catalogue):
    isbns = ["9780316339179", "9780316339186"]
    brought = bring(
        reader,
        goodreads(*({"Title": f"Lamp Tales, Vol. {n}", "ISBN13": f'="{isbn}"'} for n, isbn in enumerate(isbns, 1))),
    )
    (row,) = brought.works.all()
    assert (row.verdict, row.reason, len(row.said)) == (Verdict.DOUBTFUL, Reason.ISBN_DIFFERS, 2)


def test_reading_anew_forgets_what_a_killed_worker_had_written(reader, catalogue):
    brought = bring(reader, goodreads({"Title": "Lamp Tales"}), go_on=False)
    ListedWork.objects.create(of=brought, line=9, title="left over", verdict="missing")
    work.go_on(brought.pk)
    assert list(brought.works.values_list("title", flat=True)) == ["Lamp Tales"]


def test_a_worker_that_is_gone_is_followed_by_another(reader, catalogue, monkeypatch):
    brought = bring(reader, goodreads({"Title": "Lamp Tales"}), go_on=False)
    assert ReadingList.objects.claim(brought.pk)
    assert ReadingList.objects.claim(brought.pk) is None
    work.go_on_with_stalled()
    assert ReadingList.objects.get().state == State.READING
    ReadingList.objects.update(touched_at="2020-01-01T00:00Z")
    work.go_on_with_stalled()
    assert ReadingList.objects.get().state == State.READY


def test_a_list_that_kills_its_workers_is_given_up(reader, catalogue):
    brought = bring(reader, goodreads({"Title": "Lamp Tales"}), go_on=False)
    ReadingList.objects.update(attempts=3)
    work.go_on(brought.pk)
    brought.refresh_from_db()
    assert (brought.state, brought.failure) == (State.FAILED, "unknown")


@pytest.mark.parametrize(
    ("data", "code"),
    [(files.mal({})[:900], "broken_xml"), (files.mal({}) * 2, "broken_xml"), (b"<myanimelist></myanimelist>", "no_lines")],
)  # fmt: skip
def test_a_list_that_breaks_off_leaves_a_reason_and_no_rows(reader, catalogue, data, code):
    brought = bring(reader, data)
    assert (brought.state, brought.failure, brought.works.count()) == (State.FAILED, code, 0)


def test_too_many_lines_are_refused(reader, catalogue, monkeypatch):
    monkeypatch.setattr("users.reading_lists.formats.MAX_LINES", 2)
    brought = bring(reader, goodreads({"Title": "A B"}, {"Title": "C D"}, {"Title": "E F"}))
    assert (brought.state, brought.failure) == (State.FAILED, "too_many")


def test_a_list_that_is_deleted_while_it_is_read_stays_deleted(reader, catalogue):
    brought = bring(reader, goodreads({"Title": "Lamp Tales"}), go_on=False)
    claimed = ReadingList.objects.claim(brought.pk)
    data = claimed.file
    ReadingList.objects.all().delete()
    claimed.file = data
    reading.read(claimed)
    assert (ReadingList.objects.count(), ListedWork.objects.count()) == (0, 0)


def test_what_was_answered_is_not_asked_again(reader, stranger, catalogue):
    list_ = goodreads({"Title": "Girl Who Writes"}, {"Title": "등불의 서가"})
    first = bring(reader, list_)
    first.works.filter(line=2).update(verdict="matched", novel=catalogue["letters"], by_hand=True)
    first.works.filter(line=3).update(verdict="missing", by_hand=True)
    assert [row[0] for row in rows(bring(reader, list_))] == ["doubtful", "doubtful"]  # not kept yet
    first.move(State.READY, State.KEPT)
    assert rows(bring(reader, list_), "reason") == [("matched", "said_before"), ("missing", "said_before")]
    assert [row[0] for row in rows(bring(stranger, list_))] == ["doubtful", "doubtful"]


def test_old_lists_that_were_not_kept_are_stale(reader, catalogue):
    ready, kept = bring(reader, goodreads({"Title": "Lamp Tales"})), bring(reader, goodreads({"Title": "Lamp Tales"}))
    kept.move(State.READY, State.KEPT)
    assert list(ReadingList.objects.gone_stale()) == []
    ReadingList.objects.update(made_at="2020-01-01T00:00Z")
    assert list(ReadingList.objects.gone_stale()) == [ready]


def test_five_thousand_lines_are_read_in_ten_seconds(reader, django_assert_max_num_queries):
    for number in range(40):
        factories.make_novel(f"work{number}", f"작품 {number}번의 이야기", names=[f"Story Number {number}"])
    lines = [{"Title": f"Story Number {n % 60}, Vol. {n % 20 + 1}", "Author": f"Author {n}"} for n in range(5000)]
    brought = bring(reader, goodreads(*lines), go_on=False)
    began = time.process_time()
    with django_assert_max_num_queries(120):
        work.go_on(brought.pk)
    assert time.process_time() - began < 10
    brought.refresh_from_db()
    assert (brought.state, brought.done, brought.total) == (State.READY, 5000, 5000)


def test_a_novel_and_its_manga_under_one_title_are_asked_one_by_one(reader, catalogue):
    """Folded into one, the chapters of the manga would be told of the novel."""
    entries = files.mal(
        {"id": 5, "title": "Snow Kingdom", "volumes": 5, "read": 2},
        {"id": 6, "title": "Snow Kingdom", "volumes": 12, "read": 11, "status": "Completed"},
    )
    first = bring(reader, entries)
    doubts = list(first.works.values_list("verdict", "base", "said__0__volumes_read"))
    assert doubts == [("doubtful", "mal:5", 2), ("doubtful", "mal:6", 11)]
    novel, manga = first.works.all()
    answer(novel, "choose", "snowfall")
    answer(manga, "none")
    keep(first)
    assert list(reader.shelf_entries.values_list("novel__slug", "state", "volumes_read")) == [
        ("snowfall", "reading", 2)
    ]
    again = bring(reader, entries)
    assert rows(again, "reason") == [("matched", Reason.SAID_BEFORE), ("missing", Reason.SAID_BEFORE)]


def test_lines_of_one_title_without_their_numbers_are_asked_one_by_one(reader, catalogue):
    entries = files.mal({"id": 0, "title": "Snow Kingdom"}, {"id": 0, "title": "Snow Kingdom", "status": "Dropped"})
    assert rows(bring(reader, entries), "line") == [("doubtful", 1), ("doubtful", 2)]


def test_volumes_that_a_table_counts_by_their_rows_are_some_of_the_work(reader, catalogue):
    options = {"columns": {"0": "title", "1": "state", "2": "volumes_read"}, "header": False, "scale": 0}
    data = "눈 내리는 왕국 1,완독,1권\n눈 내리는 왕국 2,완독,2권\n".encode()
    keep(bring(reader, data, format=formats.Format.TABLE, options=options))
    assert list(reader.shelf_entries.values_list("state", "volumes_read")) == [("reading", 2)]


def test_what_tells_a_novel_from_its_manga_is_shown(reader, catalogue):
    brought = bring(reader, files.mal({"id": 5, "title": "Snow Kingdom", "volumes": 12, "read": 2}))
    (row,) = presentation.shown(list(brought.works.all()), reader)
    assert row.links == [("MyAnimeList", "https://myanimelist.net/manga/5")]
    assert "모두 12권" in row.facts


@pytest.mark.parametrize(
    ("line", "title", "state", "read"),
    [
        ("- 등불의 서고 3권까지 읽음", "등불의 서고 3권까지", "reading", 3),
        ("등불의 서고 3권 읽는 중", "등불의 서고 3권", "reading", 2),
        ("등불의 서고 1권 읽는 중", "등불의 서고 1권", "reading", None),
        ("등불의 서고 1~3권 보류", "등불의 서고 1~3권", "hold", 3),
        ("등불의 서고 (하차)", "등불의 서고", "dropped", None),
        ("등불의 서고 전 7권 다 읽음", "등불의 서고 전 7권", "read", None),
        ("灯の物語 3巻まで読了", "灯の物語 3巻まで", "reading", 3),
        ("灯の物語（積読）", "灯の物語", "want", None),
        ("Lamp Tales - reading", "Lamp Tales", "reading", None),
        ("Lamp Tales vol. 1-3, dropped", "Lamp Tales vol. 1-3", "dropped", 3),
        ("등불의 서고", "등불의 서고", "want", None),
    ],
)
def test_a_pasted_line_may_say_how_far_its_reader_is(reader, catalogue, line, title, state, read):
    brought = bring(reader, line.encode(), format=formats.Format.PASTED, stateless="want")
    assert rows(brought, "title") == [("matched", title)]
    keep(brought)
    assert list(reader.shelf_entries.values_list("state", "volumes_read")) == [(state, read)]


@pytest.mark.parametrize("line", ["The Book I Want", "읽음", "Something Read", "積読"])
def test_words_of_a_title_are_no_state(reader, catalogue, line):
    assert rows(bring(reader, line.encode(), format=formats.Format.PASTED), "title") == [("missing", line)]


def test_what_lines_say_together_is_called_so(reader, catalogue):
    volumes = [
        {"Title": f"Lamp Tales, Vol. {n}", "Exclusive Shelf": "read", "My Rating": str(n), "Date Read": f"2024/01/0{n}"}
        for n in (3, 4)
    ]
    (row,) = presentation.shown(list(bring(reader, goodreads(*volumes)).works.all()), reader)
    assert row.facts == ["읽는 중", "4권까지", "★ 평균 3.5", "권마다 적힌 날짜는 한 해 독서에서 셈"]


def test_a_finished_work_has_no_more_volumes_than_it_has(reader, catalogue):
    catalogue["letters"].status = "completed"
    catalogue["letters"].save()
    keep(bring(reader, goodreads(*({"Title": f"A Girl Who Writes {n}", "Exclusive Shelf": "read"} for n in (1, 7)))))
    assert list(reader.shelf_entries.values_list("state", "volumes_read")) == [("read", 1)]


def test_a_volume_that_the_work_does_not_have_is_its_last_and_told(reader, catalogue):
    for told, kept in ((99, 7), (15, 15)):  # some may be out that the catalogue lacks
        brought = bring(reader, f"등불의 서고 {told}권".encode(), format=formats.Format.PASTED, stateless="reading")
        (row,) = presentation.shown(list(brought.works.all()), reader)
        told_so = [fact for fact in row.facts if "그런 권이 없음" in fact]
        assert (len(told_so), f"{kept}권까지" in row.facts) == (told != kept, True), row.facts
        keep(brought)
        assert reader.shelf_entries.get().volumes_read == kept
        reader.shelf_entries.all().delete()
        brought.delete()


@pytest.mark.parametrize("title", ["Villainess Level 99", "악역영애 레벨 99권"])
def test_a_column_stands_above_a_number_in_a_title(reader, catalogue, also_called, title):
    also_called("lamplight", title)
    options = {"columns": {"0": "title", "1": "volumes_read", "2": "state"}, "header": True}
    text = f"title,volumes,state\n{title},3,reading\n"
    keep(bring(reader, text.encode(), format=formats.Format.TABLE, options=options))
    assert reader.shelf_entries.get().volumes_read == 3
