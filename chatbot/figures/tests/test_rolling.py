"""Kept figures follow the rows: what ended, what changed later, and what a rebuild makes."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from chatbot.figures import rolling
from chatbot.figures.counting import bounds
from chatbot.figures.models import DayFigures, LateChange
from chatbot.models import Pick, Review, ReviewItem, Turn
from chatbot.tests import factories
from lightnovel import batches
from users.adopting import adopt
from users.models import ShelfEntry

from .days import at, counts, day, ended, kept

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fewer_days(monkeypatch):
    """Each test counts them all at least once."""
    monkeypatch.setattr(rolling, "DAYS", 32)


@pytest.fixture
def rolled():
    """Three days with turns, all of it counted, and no mark left."""
    turns = [ended(at(ago), reader=factories.make_reader()) for ago in (1, 2, 30)]
    while not rolling.roll_up():
        pass
    assert not LateChange.objects.exists()
    return turns


def recounted():
    """Days that are counted anew by a roll-up, as days ago; today always is."""
    before = dict(DayFigures.objects.values_list("day", "counted_at"))
    assert rolling.roll_up()
    after = dict(DayFigures.objects.values_list("day", "counted_at"))
    return [(timezone.localdate() - one).days for one in sorted(after, reverse=True) if after[one] != before[one]]


def test_the_first_time_every_day_that_is_shown_is_counted(rolled):
    assert DayFigures.objects.count() == rolling.DAYS
    assert [counts(ago) != {} for ago in (0, 1, 2, 3, 30)] == [False, True, True, False, True]


def test_where_nothing_changed_today_alone_is_counted_anew(rolled):
    assert recounted() == [0]


def test_the_work_is_done_bit_by_bit(rolled):
    DayFigures.objects.all().delete()
    assert not rolling.roll_up(seconds=0)
    assert DayFigures.objects.count() == 1
    assert not rolling.roll_up(seconds=0)
    assert DayFigures.objects.count() == 2  # today is not over, which must not keep the others waiting


def test_a_today_that_takes_as_long_as_a_call_ends_all_the_same_and_holds_up_no_old_day(rolled):
    long_ago = timezone.now() - 2 * rolling.AT_LATEST
    DayFigures.objects.filter(day__in=[day(20), day(30)]).update(counted_at=long_ago)
    calls = [rolling.roll_up(seconds=0) for _ in range(3)]
    assert calls == [False, False, True]
    assert not DayFigures.objects.filter(counted_at=long_ago).exists()


def test_a_reply_that_ends_is_there_by_the_next_time(rolled):
    ended(timezone.now(), whole=0)
    assert recounted() == [0]
    assert counts(0)["turns"] == {"done": 1}


def test_a_day_is_counted_once_more_when_it_is_over(rolled):
    over = bounds(day(1))[1]
    DayFigures.objects.filter(day=day(1)).update(counted_at=over + rolling.SETTLED / 2)
    assert recounted() == [0, 1]
    assert recounted() == [0]


def test_a_thumb_a_month_later_is_counted_and_so_is_its_being_taken_back(rolled):
    turn = rolled[2]
    turn.judge("up")
    assert recounted() == [0, 30]
    assert counts(30)["thumbs"] == {"up": 1}
    turn.judge("")
    assert recounted() == [0, 30]
    assert "thumbs" not in counts(30)


def test_a_deleted_conversation_goes_and_comes_back_with_the_undo(rolled):
    conversation = rolled[1].conversation
    conversation.delete_soon()
    assert recounted() == [0, 2]
    assert counts(2) == {}
    conversation.restore()
    assert recounted() == [0, 2]
    assert counts(2)["turns"] == {"done": 1}


def test_conversations_deleted_for_good_and_readers_that_leave_are_no_longer_counted(rolled):
    type(rolled[0].conversation).objects.filter(pk=rolled[0].conversation_id).delete_for_good()
    rolled[2].reader.leave()
    assert recounted() == [0, 1, 30]
    assert [counts(ago) for ago in (1, 30)] == [{}, {}]


def test_turns_that_an_operator_deletes_are_no_longer_counted(rolled, client):
    client.force_login(factories.make_reader("keeper", is_staff=True, is_superuser=True))
    client.post(f"/admin/chatbot/turn/{rolled[1].pk}/delete/", {"post": "yes"})
    assert not Turn.objects.filter(pk=rolled[1].pk).exists()
    assert recounted() == [0, 2]
    assert counts(2) == {}


def test_a_guest_who_becomes_a_reader_is_the_same_reader(rolled):
    guest = factories.make_guest()
    ended(at(2), reader=guest)
    rolling.count_day(day(2))
    assert (counts(2)["readers"], counts(2)["guests"]) == ({"": 2}, {"": 1})
    assert adopt(guest, rolled[1].reader) == []
    assert recounted() == [0, 2]
    assert counts(2)["readers"] == {"": 1}
    assert "guests" not in counts(2)


def test_what_reviewers_find_later_is_counted(rolled):
    item = ReviewItem.objects.note(rolled[2], [("random", 5)])
    assert recounted() == [0, 30]
    review = Review.objects.create(item=item, reviewer=factories.make_reader())
    review.keep(scores={"1": 1}, notes="", corrected="", submit=False)
    assert recounted() == [0]
    review.keep(scores={"1": 0}, notes="", corrected="", submit=True)
    assert recounted() == [0, 30]
    assert counts(30)["scores"] == {"1": 0}
    review.keep(scores={"1": 1}, notes="", corrected="", submit=True)
    assert recounted() == [0, 30]
    assert counts(30)["scores"] == {"1": 1}


def test_what_leaves_no_mark_is_counted_within_six_hours(rolled):
    novel = factories.make_novel("lamp")
    Pick.objects.create(turn=rolled[2], novel=novel, position=1)
    ShelfEntry.objects.put(rolled[2].reader, novel, "reading")
    assert recounted() == [0]
    DayFigures.objects.filter(day=day(30)).update(counted_at=timezone.now() - rolling.AT_LATEST - timedelta(seconds=1))
    assert recounted() == [0, 30]
    assert counts(30)["begun"] == {str(novel.pk): 1}


def test_a_rebuild_makes_what_the_increments_made(rolled):
    rolled[0].judge("down", "fact")
    rolled[1].conversation.delete_soon()
    ended(at(2, "23:59:59"), conversation=rolled[2].conversation, state="failed", failure="slow")
    LateChange.objects.note(at(2))  # made in the past, which happens to no real turn
    ended(at(0, "00:00:00"))
    rolling.roll_up()
    rolled_up = kept()
    DayFigures.objects.filter(day=day(1)).update(counts={"turns": {"done": 4711}})
    DayFigures.objects.filter(day=day(2)).delete()
    assert kept() != rolled_up
    call_command("roll_up", rebuild=True, verbosity=0)
    assert kept() == rolled_up
    assert rolling.roll_up()
    assert kept() == rolled_up


def test_a_count_that_began_before_another_does_not_replace_it(rolled):
    rolled[1].judge("up")
    later = timezone.now() + timedelta(seconds=3)
    DayFigures.objects.filter(day=day(2)).update(counted_at=later, counts={"turns": {"done": 9}})
    rolling.count_day(day(2))
    assert counts(2) == {"turns": {"done": 9}}
    assert LateChange.objects.filter(day=day(2)).count() == 1  # nobody can say that the other one saw it


def test_a_change_while_a_day_is_counted_keeps_its_mark(rolled, monkeypatch):
    count = rolling.count

    def interrupted(one):
        counted = count(one)
        rolled[1].judge("up")  # somebody presses just then
        return counted

    with monkeypatch.context() as patch:
        patch.setattr(rolling, "count", interrupted)
        rolling.count_day(day(2))
    assert "thumbs" not in counts(2)
    assert recounted() == [0, 2]
    assert counts(2)["thumbs"] == {"up": 1}


def test_days_that_are_shown_no_more_go(rolled):
    DayFigures.objects.create(day=day(rolling.DAYS), counted_at=timezone.now())
    LateChange.objects.create(day=day(rolling.DAYS))
    rolling.roll_up()
    assert DayFigures.objects.count() == rolling.DAYS
    assert not LateChange.objects.exists()


def test_a_day_takes_as_many_queries_with_one_turn_as_with_three(django_assert_num_queries):
    for _ in range(2):
        ended(at(1))
        rolling.count_day(day(1))
        with django_assert_num_queries(7):
            rolling.count_day(day(1))
        ended(at(1)), ended(at(1))


def test_swept_rows_change_no_figure(rolled):
    rolled[1].conversation.delete_soon()
    rolling.roll_up()
    before = kept()
    batches.delete(type(rolled[1].conversation).objects.filter(pk=rolled[1].conversation_id))
    call_command("roll_up", rebuild=True, verbosity=0)
    assert kept() == before
