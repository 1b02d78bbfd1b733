"""Onto the shelf in one step and off again in one; what the reader changed here since is theirs."""

from datetime import date

import pytest
from django.db import connection

from chatbot.catalogue.models import Gap, Novel
from chatbot.tests.factories import make_novel
from chatbot.tests.write_times import measured
from lightnovel import batches
from users.models import ReadingList, ShelfEntry
from users.reading_lists import keeping, views, work
from users.reading_lists.models import ListedWork

from . import files
from .conftest import bring, keep

pytestmark = pytest.mark.django_db
State = ReadingList.State
LONG = 1500
BOUND = 0.5 if connection.vendor == "sqlite" else 1.5  # seconds; see chatbot/tests/test_batches.py


def lamp(**fields):
    return files.mal({"id": 70261, "title": "Lamp Tales"} | fields)


def entry(reader):
    return ShelfEntry.objects.get(reader=reader)


def undo(brought):
    assert brought.move(State.KEPT, State.UNDOING)
    work.go_on(brought.pk)
    brought.refresh_from_db()


def test_a_list_goes_onto_the_shelf(reader, catalogue):
    brought = keep(bring(reader, lamp(read=5, score=9, status="On-Hold", start="2024-01-05", comments="mine")))
    got = entry(reader)
    assert (brought.state, brought.counts) == (State.KEPT, {"added": 1})
    assert (got.novel, got.state, got.rating, got.volumes_read) == (catalogue["lamplight"], "hold", 9, 5)
    assert (got.started_on, got.finished_on, got.note) == (date(2024, 1, 5), None, "mine")


def test_volumes_that_are_read_are_a_work_being_read_until_the_last(reader, catalogue):
    def volumes(*numbers):
        rows = [
            {"Title": f"Snow Kingdom, Vol. {n}", "Author": "Fuse", "Exclusive Shelf": "read", "My Rating": str(n % 5 + 1),
             "Date Read": f"2024/01/0{n}"}
            for n in numbers
        ]  # fmt: skip
        return files.table(files.GOODREADS, *rows)

    keep(bring(reader, volumes(1, 2, 3)))
    got = entry(reader)
    assert (got.state, got.volumes_read, got.rating, got.finished_on) == ("reading", 3, 6, None)
    keep(bring(reader, volumes(1, 2, 3, 4, 5)))
    got = entry(reader)
    assert (got.state, got.volumes_read, got.finished_on) == ("read", 5, date(2024, 1, 5))


def test_the_same_list_twice_changes_nothing(reader, catalogue):
    keep(bring(reader, lamp(read=5, score=9)))
    before = ShelfEntry.objects.values().get()
    again = keep(bring(reader, lamp(read=5, score=9)))
    assert again.counts == {"same": 1}
    assert ShelfEntry.objects.values().get() == before


def test_a_newer_list_moves_on_what_the_last_one_left(reader, catalogue):
    keep(bring(reader, lamp(read=5)))
    assert keep(bring(reader, lamp(read=7, status="Completed", finish="2024-02-03"))).counts == {"changed": 1}
    got = entry(reader)
    assert (got.state, got.volumes_read, got.finished_on) == ("read", 7, date(2024, 2, 3))


def test_what_was_changed_here_since_is_not_overwritten(reader, catalogue):
    keep(bring(reader, lamp(read=5, score=9)))
    ShelfEntry.objects.record(reader, catalogue["lamplight"], rating=4, state="dropped")
    again = keep(bring(reader, lamp(read=6, score=10, status="Completed")))
    got = entry(reader)
    assert (got.rating, got.state, got.volumes_read) == (4, "dropped", 6)
    assert again.counts == {"changed": 1}


def test_what_stood_here_before_any_list_is_filled_in_and_not_overwritten(reader, catalogue):
    ShelfEntry.objects.put(reader, catalogue["lamplight"], "want")
    for _time in range(2):
        keep(bring(reader, lamp(read=5, score=9, status="Completed")))
        got = entry(reader)
        assert (got.state, got.rating, got.volumes_read) == ("want", 9, 5)


def test_what_was_taken_off_here_does_not_come_back(reader, catalogue):
    keep(bring(reader, lamp(score=9)))
    ShelfEntry.objects.all().delete()
    assert keep(bring(reader, lamp(score=9))).counts == {"ours": 1}
    assert keep(bring(reader, lamp(score=10, read=7))).counts == {"ours": 1}
    assert not reader.shelf_entries.exists()


def test_works_without_a_state_get_the_one_that_was_chosen(reader, catalogue):
    keep(bring(reader, "등불의 서고\n눈 내리는 왕국".encode(), stateless="dropped"))
    assert set(reader.shelf_entries.values_list("state", flat=True)) == {"dropped"}


def test_only_what_was_found_or_decided_is_put_there(reader, catalogue):
    brought = bring(
        reader, files.mal({"id": 70261}, {"id": 5, "title": "Snow Kingdom"}, {"id": 6, "title": "Girl Who Writes"})
    )
    brought.works.filter(line=3).update(verdict="matched", novel=catalogue["letters"], by_hand=True)
    keep(brought)
    assert set(reader.shelf_entries.values_list("novel__slug", flat=True)) == {"lamplight", "letters"}
    brought.works.filter(line=2).update(verdict="matched", novel=catalogue["snowfall"], by_hand=True)
    brought.refresh_from_db()
    keep(brought, State.KEPT)
    assert reader.shelf_entries.count() == 3
    assert brought.counts == {"added": 3}
    undo(brought)
    assert reader.shelf_entries.count() == 0


def test_two_rows_that_are_one_work_are_put_there_once(reader, catalogue):
    brought = bring(
        reader, files.mal({"id": 70261, "read": 2}, {"id": 5, "title": "Girl Who Writes", "read": 4, "score": 8})
    )
    brought.works.filter(line=2).update(verdict="matched", novel=catalogue["lamplight"], by_hand=True)
    keep(brought)
    got = entry(reader)
    assert (got.volumes_read, got.rating) == (4, 8)
    assert brought.counts == {"added": 1}
    undo(brought)
    assert brought.counts == {"taken_back": 1}


def test_undo_takes_all_of_it_back(reader, stranger, catalogue):
    ShelfEntry.objects.put(reader, catalogue["lamplight"], "want")
    ShelfEntry.objects.put(stranger, catalogue["snowfall"], "read")
    kept = ("reader", "novel", "changed_at", *keeping.FIELDS)
    before = list(ShelfEntry.objects.values_list(*kept).order_by("pk"))
    brought = keep(bring(reader, files.mal({"id": 70261, "score": 9}, {"id": 1, "title": "눈 내리는 왕국 (소설)"})))
    assert brought.counts == {"added": 1, "changed": 1}
    undo(brought)
    assert (brought.state, brought.counts) == (State.UNDONE, {"taken_back": 2})
    assert list(ShelfEntry.objects.values_list(*kept).order_by("pk")) == before


def test_stars_of_a_list_teach_taste_and_an_undo_unteaches_it(reader, catalogue):
    brought = keep(bring(reader, lamp(score=10)))
    assert list(reader.taste.values_list("kind", "topic")) == [("like", "work:lamplight")]
    undo(brought)
    assert not reader.taste.exists()


def test_undo_leaves_what_was_changed_since(reader, catalogue):
    brought = keep(
        bring(reader, files.mal({"id": 70261, "score": 9}, {"id": 1, "title": "Snow Kingdom (light novel)"}))
    )
    ShelfEntry.objects.record(reader, catalogue["lamplight"], note="my own words")
    undo(brought)
    assert brought.counts == {"left": 1, "taken_back": 1}
    assert entry(reader).note == "my own words"


def test_after_an_undo_the_same_list_may_come_again(reader, catalogue):
    undo(keep(bring(reader, lamp(score=9))))
    assert keep(bring(reader, lamp(score=9))).counts == {"added": 1}


def test_where_something_breaks_nothing_is_written(reader, catalogue, monkeypatch):
    brought = bring(reader, lamp(score=9))
    monkeypatch.setattr(keeping.ListedWork.objects, "bulk_update", None)
    keep(brought)
    assert (brought.state, brought.failure) == (State.READY, "unknown")
    assert reader.shelf_entries.count() == 0
    monkeypatch.undo()
    keep(brought)
    assert reader.shelf_entries.count() == 1


def test_what_broke_off_in_the_middle_is_kept_so_far_and_can_be_ended_or_taken_back(reader, catalogue, monkeypatch):
    monkeypatch.setattr(keeping, "Pace", lambda: batches.Pace(size=1, aim=0))
    brought, merge = (
        bring(reader, files.mal({"id": 70261}, {"id": 1, "title": "눈 내리는 왕국 (소설)"})),
        keeping._merge,
    )
    calls = iter([merge, None])
    with monkeypatch.context() as patch:
        patch.setattr(keeping, "_merge", lambda *args: next(calls)(*args))
        keep(brought)
    assert (brought.state, brought.failure, brought.counts) == (State.KEPT, "unknown", {"added": 1})
    assert reader.shelf_entries.count() == 1
    keep(brought, State.KEPT)
    assert (brought.counts, reader.shelf_entries.count()) == ({"added": 2}, 2)
    calls = iter([keeping._take_back, None])
    with monkeypatch.context() as patch:
        patch.setattr(keeping, "_take_back", lambda *args: next(calls)(*args))
        undo(brought)
    assert (brought.state, reader.shelf_entries.count()) == (State.KEPT, 1)
    undo(brought)
    assert (brought.state, brought.counts, reader.shelf_entries.count()) == (State.UNDONE, {"taken_back": 2}, 0)


@pytest.mark.django_db(transaction=True)
def test_a_long_list_holds_the_lock_for_moments_only(reader, monkeypatch):
    novel = make_novel("lamplight")
    fields = {one.attname: getattr(novel, one.attname) for one in Novel._meta.concrete_fields}
    Novel.objects.bulk_create(Novel(**fields | {"id": None, "slug": f"work-{n}"}) for n in range(LONG))
    brought = ReadingList.objects.create(reader=reader, format="pasted", state=State.READY)
    said = [{"state": "read", "rating": 9, "note": "좋았어요"}]
    found = {"of": brought, "verdict": "matched", "said": said}
    pks = Novel.objects.exclude(pk=novel.pk).values_list("pk", flat=True)
    ListedWork.objects.bulk_create(ListedWork(novel_id=pk, line=n, **found) for n, pk in enumerate(pks, 1))
    with measured(monkeypatch) as took:
        assert keep(brought).counts == {"added": LONG}
        undo(brought)
    assert brought.counts == {"taken_back": LONG}
    assert len(took) > 8
    assert max(took) < BOUND


def test_novels_that_are_missing_are_gaps_once_a_reader(reader, stranger, catalogue):
    list_ = files.table(
        files.GOODREADS, {"Title": "Unknown Sea (Light Novel) Vol. 1"}, {"Title": "Pride and Prejudice"}, {"Title": "Unknown Sea Vol. 2"},
    )  # fmt: skip
    keep(bring(reader, list_ + b"\r\n"))
    keep(bring(reader, list_))
    assert list(Gap.objects.values_list("title", "readers")) == [("Unknown Sea", 1)]
    keep(bring(stranger, list_))
    assert list(Gap.objects.values_list("readers", flat=True)) == [2]


def test_the_account_takes_its_lists_along(reader, stranger, catalogue):
    from lightnovel import batches

    keep(bring(reader, lamp(score=9)))
    bring(stranger, lamp(score=9), go_on=False)
    reader.leave()
    assert batches.delete(type(reader).objects.exclude(leaving_at=None))
    assert ReadingList.objects.get().reader == stranger


def goodreads_lamp(**fields):
    told = {"Title": "Lamp Tales", "Author": "Tappei Nagatsuki", "My Rating": "0"} | fields
    return files.table(files.GOODREADS, told)


def test_a_list_from_elsewhere_fills_what_is_open_and_overwrites_nothing(reader, catalogue):
    keep(bring(reader, lamp(read=5, status="Dropped")))
    keep(bring(reader, goodreads_lamp(**{"Exclusive Shelf": "currently-reading", "My Rating": "3"})))
    got = entry(reader)
    assert (got.state, got.volumes_read, got.rating) == ("dropped", 5, 6)


def reading_lamp(**fields):
    return goodreads_lamp(**{"Exclusive Shelf": "currently-reading"} | fields)


def test_what_another_list_tells_as_well_stays_when_one_is_taken_back(reader, catalogue):
    first = keep(bring(reader, lamp(read=5)))
    second = keep(bring(reader, reading_lamp()))
    undo(first)
    assert first.counts == {"left": 1}
    assert (entry(reader).state, entry(reader).volumes_read) == ("reading", None)
    undo(second)
    assert (second.counts, reader.shelf_entries.count()) == ({"taken_back": 1}, 0)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize(
    "lists",
    [
        (lamp(read=5), lamp(read=5)),
        (lamp(read=5), lamp(read=7, score=9, comments="mine")),
        (lamp(read=22), reading_lamp(**{"My Rating": "4"})),
        (reading_lamp(**{"My Rating": "4"}), lamp(status="Completed", read=7, finish="2024-02-03")),
    ],
)
def test_lists_that_overlap_leave_nothing_once_each_was_taken_back(reader, catalogue, lists, order):
    kept = [keep(bring(reader, data)) for data in lists]
    for place in order:
        undo(kept[place])
    assert reader.shelf_entries.count() == 0
    assert not reader.taste.exists()


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0), (1, 0, 2)])
def test_what_stood_here_before_three_lists_stands_after_their_undo(reader, catalogue, order):
    ShelfEntry.objects.record(reader, catalogue["lamplight"], state="reading", note="before them")
    was = ShelfEntry.objects.values(*keeping.FIELDS, "changed_at").get()
    kept = [keep(bring(reader, data)) for data in (lamp(read=3), reading_lamp(**{"My Rating": "4"}), lamp(read=6))]
    for place in order:
        undo(kept[place])
    assert ShelfEntry.objects.values(*keeping.FIELDS, "changed_at").get() == was


def test_what_was_changed_by_hand_between_two_lists_is_nobodys_to_take_back(reader, catalogue):
    first = keep(bring(reader, lamp(read=5)))
    ShelfEntry.objects.record(reader, catalogue["lamplight"], note="my own words")
    second = keep(bring(reader, reading_lamp(**{"My Rating": "4"})))
    undo(first)
    undo(second)
    assert (first.counts, second.counts) == ({"left": 1}, {"taken_back": 1})
    assert (entry(reader).note, entry(reader).rating) == ("my own words", None)


@pytest.fixture
def wolf(catalogue):
    """24 volumes, as shops of Japan sell them one by one."""
    return make_novel(
        "spiceandwolf", "늑대와 향신료", title_en="Spice & Wolf", title_ja="狼と香辛料", authors=["支倉凍砂"],
        authors_en=["Isuna Hasekura"], authors_ko=["하세쿠라 이스나"], volumes=24, status="ongoing", renown=95,
    )  # fmt: skip


@pytest.mark.parametrize("author", ["支倉凍砂", ""])
@pytest.mark.parametrize(
    ("title", "volume"),
    [
        ("狼と香辛料1 狼の旅路", 1),
        ("狼と香辛料II (電撃文庫)", 2),
        ("狼と香辛料Ⅱ", 2),
        ("狼と香辛料 XVII Epilogue", 17),
        ("狼と香辛料XIX Spring Log II", 19),
        ("狼と香辛料V", 5),
        ("狼と香辛料 第3巻 対立の町", 3),
        ("늑대와 향신료3 대립의 마을", 3),
        ("Spice & Wolf IV", 4),
        ("狼と香辛料 狼の旅路", None),
    ],
)
def test_a_volume_of_a_list_of_volumes_is_read_and_not_the_series(reader, wolf, title, volume, author):
    row = {5: "読み終わった", 10: "2022-06-11 00:00:00", 11: title, 12: author}
    data = files.table("title,author,status,finished", *[{"title": title, "author": author, "status": "read"}])
    brought = bring(reader, files.booklog(row)) if "늑" not in title else None
    if brought is None:
        options = {"columns": {"0": "title", "1": "authors", "2": "state", "3": "finished_on"}, "header": True}
        brought = bring(reader, data, format="table", options=options)
    one = brought.works.get()
    if one.verdict == "missing" and not (author or volume):
        return  # nothing of it says which work it is
    if one.verdict == "doubtful":
        views.answer(one, "choose", "spiceandwolf")
    keep(brought)
    got = entry(reader)
    assert (got.novel.slug, got.state, got.volumes_read, got.finished_on) == ("spiceandwolf", "reading", volume, None)


def test_a_first_volume_without_a_number_beside_others_is_not_the_series(reader, wolf):
    rows = [{5: "読み終わった", 11: title, 12: "支倉凍砂"} for title in ("狼と香辛料", "狼と香辛料II", "狼と香辛料III")]
    keep(bring(reader, files.booklog(*rows)))
    assert (entry(reader).state, entry(reader).volumes_read) == ("reading", 3)
