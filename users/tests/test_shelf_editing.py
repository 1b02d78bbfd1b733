"""Changing the shelf, undoing it, and what it teaches."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from chatbot.tests import factories
from users import taste
from users.models import ShelfChange, ShelfEntry, TasteLine
from users.shelf import editing, questions

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    return factories.make_reader()


@pytest.fixture
def novels():
    return [factories.make_novel(f"book-{place}", f"책 {place}") for place in range(3)]


def entry_of(reader, novel):
    return ShelfEntry.objects.get(reader=reader, novel=novel)


def lines(reader):
    return {line.topic: line.kind for line in reader.taste.kept()}


def test_a_book_taken_up_today_began_today(reader, novels):
    editing.set_state(reader, novels[0], "reading")
    assert entry_of(reader, novels[0]).started_on == reader.today
    assert entry_of(reader, novels[0]).finished_on is None


def test_only_a_book_that_was_being_read_is_finished_today(reader, novels):
    editing.set_state(reader, novels[0], "reading")
    editing.set_state(reader, novels[0], "read")
    editing.set_state(reader, novels[1], "read")
    assert entry_of(reader, novels[0]).finished_on == reader.today
    assert entry_of(reader, novels[1]).finished_on is None


def test_a_day_that_is_known_is_kept(reader, novels):
    ShelfEntry.objects.record(reader, novels[0], state="hold", started_on=date(2020, 1, 2))
    editing.set_state(reader, novels[0], "reading")
    assert entry_of(reader, novels[0]).started_on == date(2020, 1, 2)


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"rating": 7}, "read"),
        ({"volumes_read": 2}, "reading"),
        ({"drop_reasons": ["slow"]}, "dropped"),
        ({"note": "언젠가"}, "want"),
        ({"rating": 7, "state": "hold"}, "hold"),
    ],
)
def test_what_is_told_of_a_work_without_a_state_tells_one(reader, novels, fields, state):
    assert ShelfEntry.objects.record(reader, novels[0], **fields).state == state
    assert ShelfEntry.objects.record(reader, novels[0], volumes_read=1).state == state


def test_a_change_of_many_is_undone_whole(reader, novels):
    for novel, state in zip(novels, ("read", "want", "hold"), strict=True):
        ShelfEntry.objects.record(reader, novel, state=state, note=f"{state}에 대해", rating=6)
    change = editing.change(reader, [novel.pk for novel in novels], {"state": "dropped"})
    assert set(reader.shelf_entries.values_list("state", flat=True)) == {"dropped"}
    assert editing.undo(change) == 3
    assert [entry_of(reader, novel).state for novel in novels] == ["read", "want", "hold"]
    assert not ShelfChange.objects.exists()


def test_what_was_taken_off_comes_back_with_all_that_was_said(reader, novels):
    told = {
        "rating": 9,
        "started_on": date(2024, 2, 29),
        "finished_on": date(2024, 3, 1),
        "volumes_read": 4,
        "note": "다시 읽기",
        "drop_reasons": ["slow"],
        "drop_words": "늘어져요",
    }
    before = ShelfEntry.objects.record(reader, novels[0], state="read", **told)
    change = editing.change(reader, [novels[0].pk], None)
    assert not reader.shelf_entries.exists()
    editing.undo(change)
    after = entry_of(reader, novels[0])
    assert {name: getattr(after, name) for name in told} == told
    assert after.changed_at == before.changed_at


def test_what_was_put_there_goes_again(reader, novels):
    change = editing.set_state(reader, novels[0], "want")
    assert editing.undo(change) == 1
    assert not reader.shelf_entries.exists()


def test_a_newer_choice_is_not_undone(reader, novels):
    ShelfEntry.objects.record(reader, novels[0], state="read")
    ShelfEntry.objects.record(reader, novels[1], state="read")
    change = editing.change(reader, [novels[0].pk, novels[1].pk], {"state": "hold"})
    editing.set_state(reader, novels[0], "dropped")
    assert editing.undo(change) == 1
    assert entry_of(reader, novels[0]).state == "dropped"
    assert entry_of(reader, novels[1]).state == "read"


def test_what_was_taken_off_and_put_back_by_hand_stays(reader, novels):
    ShelfEntry.objects.record(reader, novels[0], state="read", rating=2)
    change = editing.change(reader, [novels[0].pk], None)
    editing.set_state(reader, novels[0], "want")
    assert editing.undo(change) == 0
    assert entry_of(reader, novels[0]).state == "want"


def test_what_is_so_already_is_no_change(reader, novels):
    editing.set_state(reader, novels[0], "want")
    assert editing.set_state(reader, novels[0], "want") is None
    assert editing.change(reader, [novels[1].pk], None) is None
    assert ShelfChange.objects.count() == 1


def test_only_the_latest_changes_are_kept(reader, novels):
    for _ in range(editing.KEPT_CHANGES):
        editing.set_state(reader, novels[0], "want")
        editing.set_state(reader, novels[0], "hold")
    assert reader.shelf_changes.count() == editing.KEPT_CHANGES
    assert editing.undoable(reader).done == {"state": "hold"}


def test_an_old_change_is_no_longer_offered_to_be_undone(reader, novels):
    editing.set_state(reader, novels[0], "want")
    ShelfChange.objects.update(made_at=timezone.now() - timedelta(minutes=11))
    assert editing.undoable(reader) is None


def test_a_change_is_offered_until_something_else_changes(reader, novels):
    editing.set_state(reader, novels[0], "want")
    assert editing.undoable(reader).done == {"state": "want"}
    ShelfEntry.objects.put(reader, novels[1], "want")  # as a list does that is put on the shelf
    assert editing.undoable(reader) is None
    editing.set_state(reader, novels[0], "hold")
    assert editing.undoable(reader).done == {"state": "hold"}
    reader.reading_lists.create(format="goodreads", state="undone", undone_at=timezone.now())
    assert editing.undoable(reader) is None


@pytest.mark.parametrize(
    ("number", "fields", "words"),
    [
        (1, {"state": "want"}, "“Book 0”: now “Want it”."),
        (3, {"state": "want"}, "“Book 0” and 2 other works: now “Want it”."),
        (2, {"rating": 7}, "“Book 0” and 1 other work: rated 3.5 ★."),
        (1, {"rating": 7, "note": "fine"}, "“Book 0”: edited."),
    ],
)
def test_a_change_names_what_it_changed(reader, novels, number, fields, words):
    novels[0].title_en = "Book 0"
    novels[0].save()
    made = editing.change(reader, [novel.pk for novel in novels[:number]], fields, adds=True)
    with translation.override("en"):
        assert made.in_words == words
        assert editing.change(reader, [novels[0].pk], None).in_words == "“Book 0”: taken off your shelf."


def test_a_change_of_a_work_that_is_gone_counts_it(reader, novels):
    made = editing.set_state(reader, novels[0], "want")
    novels[0].delete()
    with translation.override("en"):
        assert made.in_words == "1 work: now “Want it”."


# --- Taste ------------------------------------------------------------------------------------------------------------


def test_stars_teach_what_is_liked_and_what_is_not(reader, novels):
    for novel, rating in zip(novels, (9, 6, 4), strict=True):
        editing.change(reader, [novel.pk], {"state": "read", "rating": rating}, adds=True)
    assert lines(reader) == {"work:book-0": "like", "work:book-2": "dislike"}
    assert [str(topic) for topic in taste.taste_of(reader).likes] == ["work:book-0"]
    editing.change(reader, [novels[0].pk], {"rating": 3})
    assert lines(reader)["work:book-0"] == "dislike"
    editing.change(reader, [novels[0].pk], {"rating": None})
    assert lines(reader) == {"work:book-2": "dislike"}


def test_undoing_stars_undoes_what_they_taught(reader, novels):
    change = editing.change(reader, [novels[0].pk], {"state": "read", "rating": 10}, adds=True)
    editing.undo(change)
    assert lines(reader) == {}


def test_a_drop_teaches_unless_the_work_is_not_to_blame(reader, novels):
    for novel, reasons in zip(novels, (["slow"], ["not_out"], []), strict=True):
        editing.change(reader, [novel.pk], {"state": "dropped", "drop_reasons": reasons}, adds=True)
    assert lines(reader) == {"work:book-0": "dislike", "work:book-2": "dislike"}


def test_a_drop_for_its_darkness_speaks_against_dark_works_as_long_as_one_stands(reader, novels):
    dark = factories.make_tag("dark")
    for novel in novels[:2]:
        novel.novel_tags.create(tag=dark, strength=3)
    for novel in novels:
        editing.change(reader, [novel.pk], {"state": "dropped", "drop_reasons": ["dark"]}, adds=True)
    assert lines(reader)["tag:dark"] == "dislike"
    editing.change(reader, [novels[1].pk], None)
    assert lines(reader)["tag:dark"] == "dislike"
    editing.change(reader, [novels[0].pk], {"state": "reading"})
    assert "tag:dark" not in lines(reader)


def test_what_was_said_by_hand_stands_above_stars(reader, novels):
    TasteLine.objects.create(reader=reader, kind="never", topic="work:book-0", novel=novels[0], by_hand=True)
    editing.change(reader, [novels[0].pk], {"state": "read", "rating": 10}, adds=True)
    assert lines(reader) == {"work:book-0": "never"}


def test_what_was_forgotten_is_not_learned_again_from_the_same_stars(reader, novels):
    editing.change(reader, [novels[0].pk], {"state": "read", "rating": 10}, adds=True)
    taste.forget(reader.taste.get())
    editing.change(reader, [novels[0].pk], {"note": "또 읽어야지"})
    editing.change(reader, [novels[0].pk], {"rating": 9})
    assert lines(reader) == {}
    editing.change(reader, [novels[0].pk], {"rating": 2})
    assert lines(reader) == {"work:book-0": "dislike"}


def test_a_line_corrected_by_hand_outlives_its_stars(reader, novels):
    editing.change(reader, [novels[0].pk], {"state": "read", "rating": 10}, adds=True)
    taste.correct(reader.taste.get(), kind="dislike")
    editing.change(reader, [novels[0].pk], None)
    assert lines(reader) == {"work:book-0": "dislike"}


def test_a_paused_taste_learns_nothing_from_the_shelf(reader, novels):
    taste.pause_all(reader, True)
    editing.change(reader, [novels[0].pk], {"state": "read", "rating": 10}, adds=True)
    assert lines(reader) == {}


def test_many_stars_leave_room_for_what_is_said(reader, novels, monkeypatch):
    monkeypatch.setattr(taste, "MAX_LINES", 1)
    monkeypatch.setattr(taste, "MAX_FROM_SHELF", 2)
    editing.change(reader, [novel.pk for novel in novels], {"state": "read", "rating": 10}, adds=True)
    assert reader.taste.count() == 2
    assert taste._line_for(reader, type("Said", (), {"topic": taste.Topic.tag("dark")})) is not None


@pytest.mark.parametrize("number", [2, 40])
def test_a_change_takes_the_same_queries_however_many(reader, django_assert_num_queries, number):
    many = [factories.make_novel(f"many-{place}", f"많은 책 {place}") for place in range(number)]
    for novel in many:
        ShelfEntry.objects.record(reader, novel, state="want", rating=10)
    ids = [novel.pk for novel in many]
    with django_assert_num_queries(11):
        change = editing.change(reader, ids, {"rating": 2})
    with django_assert_num_queries(9):
        editing.undo(change)


# --- What became of it ------------------------------------------------------------------------------------------------


def test_what_became_of_a_work_is_asked_after_a_while_and_not_again_soon(reader, novels):
    now = timezone.now()
    ShelfEntry.objects.record(reader, novels[0], state="want", changed_at=now - timedelta(days=30))
    ShelfEntry.objects.record(reader, novels[1], state="want", changed_at=now - timedelta(days=3))
    ShelfEntry.objects.record(reader, novels[2], state="reading", changed_at=now - timedelta(days=30))
    assert [entry.novel for entry in questions.due(reader)] == [novels[0]]
    reader.shelf_entries.update(asked_at=now)
    assert questions.due(reader) == []
