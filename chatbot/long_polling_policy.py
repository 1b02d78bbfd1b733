"""When a held poll is answered. Pure: rows and times in, decisions out; the thread that looks is in `long_polling`."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

HOLD = 10.0  # seconds; well below what proxies wait, and how late a page learns that its session has ended
MAX_HELD = 128  # polls held at once by one process; lightnovel/gunicorn.py gives each a thread
MAX_HELD_EACH = 2  # of one reader, whose browser opens but a few connections and needs one to ask
# Of more than MANY waiters those whose turns only stand in line are looked at each so many looks: there are many of
# them when there is little time, and nothing but their turn coming up can happen to them.
MANY, QUEUED_LOOK_EACH = 8, 6
# Seconds a change without new text may wait for one with text: "reading" is often over in a blink.
DEBOUNCE = 0.25
# The same for more text where there is some, while this process has more to do than it can: the first text and the end
# of others come first.
DEBOUNCE_LATE = 1.0
# Seconds between two looks at the places in line, which all move when one reply ends. One is told of again when half
# of it is gone.
LINE_EVERY = 1.5


class Row(NamedTuple):
    """What the database says of a turn."""

    version: int
    is_queued: bool
    is_running: bool
    is_reading: bool  # running, and in the phase before any text


@dataclass(eq=False)
class Waiting:
    """A held poll: the turn it is for, and what its page shows of it."""

    turn_id: int
    reader_id: int
    version: int
    place: int  # in line
    has_text: bool
    in_line: bool
    since: float  # when it came, by the clock that is handed to the policy
    changed_at: float = 0.0  # when another version was first seen; 0 before


class Policy:
    """What is remembered between two looks: how many there were, and where everybody stands in line."""

    def __init__(self) -> None:
        self._looks = 0
        self._places: dict[int, int] = {}  # turn id: place in line
        self.line_at = 0.0  # when the line was last looked along

    @staticmethod
    def has_room(waiting: Collection[Waiting], reader_id: int) -> bool:
        """Whether one more poll of this reader may be held beside those that are."""
        same_reader = sum(one.reader_id == reader_id for one in waiting)
        return len(waiting) < MAX_HELD and same_reader < MAX_HELD_EACH

    def to_look_at(self, waiting: Sequence[Waiting]) -> Sequence[Waiting]:
        """Those whose turns are asked for this time."""
        self._looks += 1
        if len(waiting) > MANY and self._looks % QUEUED_LOOK_EACH:
            return [one for one in waiting if not one.in_line]
        return waiting

    def is_line_due(self, now: float, *, is_late: bool) -> bool:
        """Whether it is time to look along the line. `is_late`: whether this process has more to do than it can."""
        return now - self.line_at >= LINE_EVERY * (4 if is_late else 1)

    def note_line(self, line: Sequence[int], rows: Mapping[int, Row], now: float) -> None:
        """Take in the ids of all queued turns, in their order."""
        self.line_at = now
        self._places = {turn_id: bisect_left(line, turn_id) for turn_id, row in rows.items() if row.is_queued}

    @staticmethod
    def has_news(one: Waiting, row: Row | None, now: float, *, is_late: bool) -> bool:
        """Whether a poll is to be answered because its turn has changed, or is there no more."""
        one.in_line = row is not None and row.is_queued
        if row is None:
            return True
        if row.version == one.version:
            return False
        one.changed_at = one.changed_at or now
        return now - one.changed_at >= _debounce(one, row, is_late)

    def most_moved(self, waiting: Iterable[Waiting]) -> Waiting | None:
        """Whoever has moved furthest of those who are to be told of their place in line. One a look: all told at once,
        they would keep out those whose text has come."""
        return max(filter(self._has_moved, waiting), key=self._gained, default=None)

    def _gained(self, one: Waiting) -> int:
        """Places in line; below zero where a turn that was handed over came before it."""
        return one.place - self._places.get(one.turn_id, one.place)

    def _has_moved(self, one: Waiting) -> bool:
        # The page of one who came after the last look along the line shows a newer place than was seen at that look:
        # woken for the difference, it would be told nothing, and not be held.
        if not one.in_line or one.since >= self.line_at:
            return False
        return abs(self._gained(one)) >= max(1, one.place // 2)


def _debounce(one: Waiting, row: Row, is_late: bool) -> float:
    """Seconds that a change may wait for more to come with it."""
    if not row.is_running:
        return 0.0
    if row.is_reading:
        return DEBOUNCE
    return DEBOUNCE_LATE if one.has_text and is_late else 0.0
