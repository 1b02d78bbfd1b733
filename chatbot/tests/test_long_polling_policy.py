"""When a held poll is answered, without threads or a database: rows and times in, decisions out."""

import pytest

from chatbot.long_polling_policy import (
    DEBOUNCE,
    DEBOUNCE_LATE,
    LINE_EVERY,
    MANY,
    MAX_HELD,
    MAX_HELD_EACH,
    QUEUED_LOOK_EACH,
    Policy,
    Row,
    Waiting,
)

QUEUED = Row(1, is_queued=True, is_running=False, is_reading=False)
READING = Row(2, is_queued=False, is_running=True, is_reading=True)
WRITING = Row(2, is_queued=False, is_running=True, is_reading=False)
DONE = Row(2, is_queued=False, is_running=False, is_reading=False)


def waiting(turn_id=1, **fields):
    held = {"reader_id": turn_id, "version": 1, "place": 0, "has_text": False, "in_line": False, "since": 0.0}
    return Waiting(turn_id, **held | fields)


def news(one, row, now=100.0, *, is_late=False):
    return Policy().has_news(one, row, now, is_late=is_late)


def test_nothing_new_is_no_news():
    assert not news(waiting(version=2), WRITING)


@pytest.mark.parametrize("row", [WRITING, DONE, None])
def test_first_text_the_end_and_a_deleted_turn_are_told_at_once(row):
    assert news(waiting(), row)


def test_being_taken_up_waits_for_the_text_as_long_as_it_may():
    one = waiting(in_line=True)
    assert not news(one, READING, 100.0)
    assert not one.in_line
    assert not news(one, READING, 100.0 + DEBOUNCE - 0.01)
    assert news(one, READING, 100.0 + DEBOUNCE)


def test_more_text_waits_only_where_the_process_is_late():
    assert news(waiting(has_text=True), WRITING)
    one = waiting(has_text=True)
    assert not news(one, WRITING, 100.0, is_late=True)
    assert news(one, WRITING, 100.0 + DEBOUNCE_LATE, is_late=True)
    assert news(waiting(has_text=False), WRITING, is_late=True)
    assert news(waiting(has_text=True), DONE, is_late=True)


def test_so_many_are_held_and_so_many_of_one_reader():
    mine = [waiting(turn_id, reader_id=1) for turn_id in range(MAX_HELD_EACH)]
    assert not Policy.has_room(mine, 1)
    assert Policy.has_room(mine, 2)
    assert not Policy.has_room([waiting(turn_id) for turn_id in range(MAX_HELD)], MAX_HELD + 1)


def test_of_many_those_in_line_are_looked_at_less_often():
    policy = Policy()
    held = [waiting(turn_id, in_line=turn_id > 1) for turn_id in range(MANY + 1)]
    looks = [len(policy.to_look_at(held)) for _ in range(QUEUED_LOOK_EACH)]
    assert looks == [2] * (QUEUED_LOOK_EACH - 1) + [MANY + 1]
    assert len(policy.to_look_at(held[:MANY])) == MANY


def test_the_line_is_looked_along_now_and_then():
    policy = Policy()
    policy.note_line([], {}, 100.0)
    assert not policy.is_line_due(100.0 + LINE_EVERY - 0.01, is_late=False)
    assert policy.is_line_due(100.0 + LINE_EVERY, is_late=False)
    assert not policy.is_line_due(100.0 + LINE_EVERY, is_late=True)


def behind(others):
    """A policy that has seen turn 100 in line behind so many others."""
    policy = Policy()
    policy.note_line([*range(others), 100], {100: QUEUED}, 100.0)
    return policy


def test_who_gained_half_the_places_is_told():
    assert behind(2).most_moved([waiting(100, place=4, in_line=True)]).turn_id == 100
    assert behind(3).most_moved([waiting(100, place=4, in_line=True)]) is None


def test_one_is_told_of_its_place_at_a_time_whoever_gained_most():
    policy = Policy()
    policy.note_line([1, 2], {1: QUEUED, 2: QUEUED}, 100.0)
    held = [waiting(1, place=3, in_line=True), waiting(2, place=9, in_line=True)]
    assert policy.most_moved(held).turn_id == 2


def test_who_came_after_the_last_look_along_the_line_shows_a_newer_place():
    assert behind(2).most_moved([waiting(100, place=8, in_line=True, since=100.5)]) is None


def test_who_is_written_for_has_no_place_in_line():
    assert behind(2).most_moved([waiting(100, place=8, in_line=False)]) is None
