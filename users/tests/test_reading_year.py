"""A year in books: only what is finished, as numbers, charts and tables."""

import re
from datetime import date, timedelta

import pytest

from chatbot.tests import factories
from users.models import ShelfEntry
from users.reading_year import charts, listed_volumes
from users.reading_year.reading_year import ReadingYear, years

pytestmark = pytest.mark.django_db

State = ShelfEntry.State


@pytest.fixture
def finish(reader):
    def make(slug, month=3, year=2025, tags=("fantasy",), novel=None, **fields):
        novel = factories.make_novel(slug, tags=tags, **(novel or {}))
        fields = {"state": State.FINISHED, "finished_on": f"{year}-{month:02}-10", **fields}
        return ShelfEntry.objects.record(reader, novel, **fields)

    return make


def test_a_year_is_counted(reader, finish):
    finish("a", 3, rating=9, started_on="2025-03-01", volumes_read=7, tags=("fantasy", "romance"), novel={"volumes": 9})
    finish("b", 3, rating=6, novel={"volumes": 1, "authors": ["夜", "海"], "authors_ko": ["밤", "바다"]})
    finish("c", 12, novel={"volumes": 30, "authors": ["夜"], "authors_ko": ["밤"]}, started_on="2025-12-10")
    counted = ReadingYear(reader, 2025, {})
    assert (len(counted.books), counted.volumes, counted.mean_rating) == (3, 38, 3.75)
    assert counted.months == [0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    assert counted.ratings == [0, 0, 0, 0, 0, 1, 0, 0, 1, 0]
    assert [(tag.slug, works) for tag, works in counted.tags] == [("fantasy", 3), ("romance", 1)]
    assert counted.authors == [("밤", 2), ("作者", 1), ("바다", 1)]
    longest, shortest, best = counted.extremes
    assert [one[0].slug for one in (longest, shortest, best)] == ["c", "b", "a"]
    assert counted.quickest == (1, 10)


def test_what_is_not_finished_is_in_none_of_the_numbers(reader, finish, stranger):
    finish("a")
    for state in set(State) - {State.FINISHED}:
        finish(f"no-{state}", state=state, rating=10)
    finish("undated", finished_on=None)
    finish("to-come", finished_on=reader.today + timedelta(days=1))
    finish("another-year", year=2024)
    ShelfEntry.objects.record(stranger, factories.make_novel("theirs"), state=State.FINISHED, finished_on="2025-01-01")
    counted = ReadingYear(reader, 2025, {})
    assert (len(counted.books), counted.ratings, counted.authors) == (1, [0] * 10, [("作者", 1)])
    assert [works for _, works in counted.tags] == [1]
    assert years(reader, {}) == [2025, 2024]


@pytest.mark.parametrize(
    ("status", "read", "volumes"),
    [("completed", None, 5), ("completed", 3, 3), ("completed", 99, 5), ("ongoing", None, 0), ("ongoing", 3, 3)],
)
def test_no_volume_is_counted_that_nobody_has_read(reader, finish, status, read, volumes):
    finish("a", novel={"volumes": 5, "status": status}, volumes_read=read)
    counted = ReadingYear(reader, 2025, {})
    assert (counted.volumes, counted.uncounted) == (volumes, int(volumes == 0))


@pytest.fixture
def list_volumes(reader):
    """Puts a list on the shelf that names a day for each of some volumes."""

    def make(novel, days, state="kept"):
        kept = reader.reading_lists.create(format="goodreads", state=state)
        said = [{"volume": at, "state": "read", "finished_on": day} for at, day in enumerate(days, 1)]
        kept.works.create(line=1, novel=novel, candidates=[novel.pk], said=said, verdict="matched", outcome="added")

    return make


def test_volumes_are_counted_by_the_days_a_list_gives_them(reader, finish, list_volumes):
    entry = finish("a", 6, volumes_read=4)
    reading = finish("b", state=State.READING, finished_on=None, novel={"volumes": 2})
    list_volumes(entry.novel, ["2024-12-30", "2025-01-02", "2025-01-05"])
    list_volumes(reading.novel, ["2025-02-01", "2025-02-02", "2025-02-03"])  # of two volumes
    list_volumes(factories.make_novel("off-the-shelf"), ["2025-02-01"])
    list_volumes(finish("c", year=2020).novel, ["2025-07-01"], state="undone")
    listed = listed_volumes.days(reader)
    assert years(reader, listed) == [2025, 2024, 2020]
    counted = ReadingYear(reader, 2025, listed)
    # The fourth volume of the finished work has no day of its own.
    assert counted.volume_months == [2, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]
    assert (len(counted.books), counted.volumes) == (1, 5)
    assert counted.authors == [("作者", 2)]
    assert ReadingYear(reader, 2024, listed).volumes == 1


def test_a_year_of_single_volumes_alone_is_shown(logged_in, english, finish, list_volumes):
    entry = finish("b", state=State.READING, finished_on=None)
    list_volumes(entry.novel, [date(2022, 3, at).isoformat() for at in range(1, 6)])
    html = logged_in.get("/users/year/2022/").content.decode()
    assert re.search(r"<dt>Volumes read</dt>\s*<dd>5</dd>", html)
    assert "Volumes read, by month" in html
    assert "Works finished, by month" not in html


def test_warnings_are_no_favourites(reader, finish):
    factories.make_tag("gore", group="warnings")
    finish("a", tags=("gore", "fantasy"))
    assert [tag.slug for tag, _ in ReadingYear(reader, 2025, {}).tags] == ["fantasy"]


def test_the_page_shows_each_number_in_the_chart_and_in_the_table(logged_in, finish):
    finish("a", 3, rating=9)
    finish("b", 3)
    html = logged_in.get("/users/year/2025/").content.decode()
    months = re.search(r'aria-labelledby="months-title".*?</section>', html, re.DOTALL)[0]
    assert months.count("<rect ") == 1
    assert re.findall(r"<td>(\d+)</td>", months) == ["0", "0", "2", *["0"] * 9]
    assert re.findall(r'class="bars-value"[^>]*>(\d+)<', months) == ["2"]
    assert "style=" not in html
    assert "<script>" not in html


def test_the_address_without_a_year_leads_to_the_last_one(logged_in, reader, finish):
    assert logged_in.get("/users/year/")["Location"] == f"/users/year/{reader.today.year}/"
    assert logged_in.get(f"/users/year/{reader.today.year}/").status_code == 200
    finish("a", year=2024)
    assert logged_in.get("/users/year/")["Location"] == "/users/year/2024/"
    assert logged_in.get("/users/year/2023/").status_code == 404
    assert logged_in.get("/users/year/99999999999999999999/").status_code == 404


@pytest.mark.parametrize("number", [2, 12])
def test_a_year_takes_the_same_queries_however_full(logged_in, finish, django_assert_num_queries, number):
    for at in range(number):
        finish(f"work{at}", 1 + at, rating=1 + at % 10, novel={"volumes": at + 1})
    logged_in.get("/users/year/2025/")
    with django_assert_num_queries(
        9
    ):  # session, reader; listed volumes; years; books, tags twice, authors, three works
        logged_in.get("/users/year/2025/")


def test_bars_are_as_long_as_their_numbers():
    chart = charts.rows("a", "", [("one", 4), ("two", 1), ("three", 0)])
    assert [bar.width for bar in chart.bars] == [320, 80, 0]
    chart = charts.columns("a", "", [("one", 4), ("two", 2), ("three", 0)])
    assert [bar.height for bar in chart.bars] == [102, 51, 0]
    assert max(bar.y + bar.height for bar in chart.bars) <= chart.height
    assert charts.columns("a", "", [("none", 0)]).bars[0].height == 0
