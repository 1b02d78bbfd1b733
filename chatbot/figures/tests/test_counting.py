"""Figures of a day against figures reckoned by hand."""

from datetime import timedelta

import pytest
from django.utils import timezone

from chatbot.figures import rolling
from chatbot.figures.counting import count
from chatbot.figures.counts import bucket_of
from chatbot.models import Criterion, Pick, Review, ReviewItem, Turn
from chatbot.tests import factories
from users.models import ShelfEntry

from .days import at, counts, day, ended

pytestmark = pytest.mark.django_db


def of(ago):
    return count(day(ago)).whole.as_json()


def test_a_day_without_turns_counts_nothing():
    assert of(1) == {}


def test_a_day_reckoned_by_hand():
    one, other = factories.make_reader(), factories.make_reader()
    ended(at(1, "09:00:00"), reader=one, tokens_in=1000, tokens_out=200, cost=300, thumb="up")
    ended(
        at(1, "09:30:00"),
        reader=one,
        tokens_in=500,
        tokens_out=100,
        cost=150,
        thumb="down",
        corrections=[{"slug": "a"}],
    )
    ended(at(1, "21:00:00"), reader=other, state="failed", failure="down", first_text_at=None, wait=8)
    ended(at(1, "21:05:00"), reader=other, state="stopped", wait=0.1, first=0.5)
    assert of(1) == {
        "turns": {"done": 2, "failed": 1, "stopped": 1},
        "readers": {"": 2},
        "failures": {"down": 1},
        "thumbs": {"up": 1, "down": 1},
        "wrong": {"": 1},
        "tokens_in": {"": 1500},
        "tokens_out": {"": 300},
        "cost": {"": 450},
        # Asked to begun: 1, 1, 8 and 0.1 seconds.
        "wait": {str(bucket_of(1000)): 2, str(bucket_of(8000)): 1, str(bucket_of(100)): 1},
        # Asked to first text: 2, 2 and 0.5 seconds; the failed one had none.
        "first": {str(bucket_of(2000)): 2, str(bucket_of(500)): 1},
        # The whole of what came whole: 4 seconds twice.
        "whole": {str(bucket_of(4000)): 2},
    }


def test_hours_add_up_to_the_day_but_for_readers():
    reader = factories.make_reader()
    for clock in ("00:00:00", "09:10:00", "09:50:00", "23:59:59"):
        ended(at(1, clock), reader=reader, tokens_in=10)
    counted = count(day(1))
    hours = {hour: (counts.total("turns"), counts.total("readers")) for hour, counts in counted.hours.items()}
    assert hours == {0: (1, 1), 9: (2, 1), 23: (1, 1)}
    assert (counted.whole.total("turns"), counted.whole.total("readers")) == (4, 1)
    assert sum(counts.total("tokens_in") for counts in counted.hours.values()) == 40


def test_a_turn_belongs_to_the_day_it_ended_on_by_the_sites_clock():
    midnight = at(1, "00:00:00")
    assert midnight.astimezone(timezone.get_fixed_timezone(0)).hour == 15  # of the day before
    ended(midnight - timedelta(microseconds=1))
    ended(midnight)  # asked before midnight
    ended(at(0, "00:00:00") - timedelta(microseconds=1))
    ended(at(0, "00:00:00"))
    assert [of(ago)["turns"] for ago in (2, 1, 0)] == [{"done": 1}, {"done": 2}, {"done": 1}]


def test_what_waits_still_is_counted_when_it_ends():
    factories.begin(factories.make_reader())
    assert of(0) == {}


def test_guests_are_readers_too():
    guest = factories.make_guest()
    ended(at(1), reader=guest)
    ended(at(1), reader=guest)
    ended(at(1), reader=factories.make_reader())
    assert (of(1)["readers"], of(1)["guests"]) == ({"": 2}, {"": 1})


def test_what_was_deleted_is_not_counted_nor_what_a_leaving_reader_asked():
    deleted, left, stays = (ended(at(1)) for _ in range(3))
    for turn in (deleted, left, stays):
        Pick.objects.create(turn=turn, novel=factories.make_novel(f"work{turn.pk}"), position=1)
        Turn.objects.filter(pk=turn.pk).update(unverified=1)
    assert of(1)["turns"] == {"done": 3}
    deleted.conversation.delete_soon()
    left.reader.leave()
    assert of(1)["turns"] == {"done": 1}
    assert of(1)["unverified"] == {"": 1}
    assert list(of(1)["offered"].values()) == [1]


def test_replaced_turns_count_as_they_cost_as_much():
    ended(at(1), hidden=True, cost=5)
    assert (of(1)["turns"], of(1)["cost"]) == ({"done": 1}, {"": 5})


def test_tags_asked_for_are_those_wished_for_and_not_those_refused():
    wish = {
        "required": ["fantasy"],
        "wanted": {"cozy": 1.0, "bright": 0.3},
        "unwanted": ["harem"],
        "any_of": [["sf", "war"]],
    }
    ended(at(1), wish=wish)
    ended(at(1), wish={"required": ["fantasy"]})
    ended(at(1), wish={})
    assert of(1)["tags"] == {"fantasy": 2, "cozy": 1, "sf": 1, "war": 1}


def test_titles_not_on_the_shelf_are_counted_once_a_reader_in_any_spelling():
    reader = factories.make_reader()
    ended(at(1), reader=reader, wish={"unknown_titles": ["없는 책", "다른책"]})
    ended(at(1), reader=reader, wish={"unknown_titles": ["없는책"]})
    ended(at(1), wish={"unknown_titles": ["없는책"]})
    assert sorted(of(1)["titles"].values()) == [1, 2]


def test_works_offered_and_what_became_of_them():
    lamp, snow = factories.make_novel("lamp"), factories.make_novel("snow")
    readers = [factories.make_reader() for _ in range(4)]
    for reader in readers:
        Pick.objects.create(turn=ended(at(2), reader=reader), novel=lamp, position=1)
    Pick.objects.create(turn=ended(at(2), reader=readers[0]), novel=snow, position=1)

    def shelve(reader, novel, state, ago=1, rating=None):
        ShelfEntry.objects.record(reader, novel, state=state, rating=rating, changed_at=at(ago))

    shelve(readers[0], lamp, "read", rating=9)  # begun, loved
    shelve(readers[1], lamp, "dropped")  # begun, dropped
    shelve(readers[2], lamp, "want")
    shelve(readers[3], lamp, "read", rating=10, ago=3)  # before it was offered
    shelve(factories.make_reader(), lamp, "reading")  # offered to somebody else
    shelve(readers[0], snow, "reading", rating=7)
    told = of(2)
    assert told["offered"] == {str(lamp.pk): 4, str(snow.pk): 1}
    assert told["begun"] == {str(lamp.pk): 2, str(snow.pk): 1}
    assert told["dropped"] == {str(lamp.pk): 1}
    assert told["loved"] == {str(lamp.pk): 1}


def reviewed(turn, why, *verdicts):
    """`verdicts`: (scores, whether it settles) in the order in which they came in."""
    item = ReviewItem.objects.note(turn, [(why, 5)])
    for scores, settles in verdicts:
        review = Review.objects.create(item=item, reviewer=factories.make_reader())
        review.keep(scores=scores, notes="", corrected="", submit=True, is_resolution=settles)
    return item


def test_verdicts_count_of_what_was_drawn_at_random_and_once_a_reply():
    grounded, fits = Criterion.objects.create(name="G"), Criterion.objects.create(name="F", kind="scale")
    reviewed(ended(at(1)), "random", ({grounded.pk: 1, fits.pk: 4}, False), ({grounded.pk: 0, fits.pk: 1}, False))
    reviewed(ended(at(1)), "random", ({grounded.pk: 1}, False), ({grounded.pk: 0, fits.pk: 3}, True))  # settled
    reviewed(ended(at(1)), "random")  # not judged yet
    reviewed(ended(at(1)), "failed", ({grounded.pk: 0}, False))  # not drawn
    draft = ReviewItem.objects.note(ended(at(1)), [("random", 5)])
    Review.objects.create(item=draft, reviewer=factories.make_reader(), scores={grounded.pk: 0})
    told = of(1)
    assert told["judged"] == {"": 2}
    assert told["verdicts"] == {str(grounded.pk): 2, str(fits.pk): 2}
    assert told["scores"] == {str(grounded.pk): 1, str(fits.pk): 7}


def test_replies_that_name_an_unknown_title_are_those_that_say_so_whatever_is_in_the_queue():
    ended(at(1), unverified=2)
    ended(at(1), unverified=0)
    ended(at(1))  # nobody has looked through it yet
    ReviewItem.objects.note(ended(at(1), unverified=0), [("name", 20)])
    assert of(1)["unverified"] == {"": 1}


def test_pages_of_rows_lose_and_double_nothing(monkeypatch):
    moment = at(1)
    for n in range(7):
        ended(moment + timedelta(seconds=n // 3))  # three at the same instant
    monkeypatch.setattr("chatbot.figures.counting.ROWS", 2)
    assert of(1)["turns"] == {"done": 7}


def test_the_kept_row_says_what_was_counted():
    ended(at(1))
    rolling.count_day(day(1))
    assert counts(1) == of(1)
