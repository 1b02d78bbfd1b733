"""Polls that are held until there is something to answer.

A page asks for its turn and says what it has `seen`. Where nothing has changed, the request's thread sleeps here, and
one watcher for all sleepers of this process asks the database for the versions of their turns: one query, and none
while nobody waits. Whatever process or machine changed the row, it is seen within `LOOK_EVERY`.
"""

import logging
import socket
import threading
import time
from bisect import bisect_left
from dataclasses import dataclass, field

from django.db import close_old_connections, connection, connections

from .models import Turn

logger = logging.getLogger(__name__)

TABLE = connection.ops.quote_name(Turn._meta.db_table)

HOLD = 10.0  # seconds; well below what proxies wait, and how late a page learns that its session has ended
MAX_HELD = 128  # polls held at once by one process; see lightnovel/gunicorn.py
MAX_HELD_EACH = 2  # of one reader, whose browser opens but a few connections and needs one to ask
LOOK_EVERY = 0.02  # seconds
# Of more than FEW sleepers those whose turns only stand in line are looked at each so many looks: there are many of
# them when there is little time, and nothing but their turn coming up can happen to them.
MANY_WAITERS, QUEUED_LOOK_EACH = 8, 6
# Seconds a change without new text may wait for one with text: "reading" is often over in a blink.
DEBOUNCE = 0.25
# The same for more text where there is some, while this process has more to do than it can: the first text and the end
# of others come first.
DEBOUNCE_LATE = 1.0
# Seconds between two looks at the places in line, which all move when one reply ends. One is told of again when half
# of it is gone.
LINE_EVERY = 1.5


@dataclass(eq=False)
class _Waiter:
    turn_id: int
    reader_id: int
    version: int
    place: int
    has_text: bool
    in_line: bool
    connection: socket.socket | None
    since: float = field(default_factory=time.monotonic)
    woken: threading.Event = field(default_factory=threading.Event)
    changed_at: float = 0.0


class LongPoll:
    def __init__(self):
        self._waiters = set()
        self._some = threading.Condition()
        self._watcher = None
        self._places, self._line_at = {}, 0.0  # {turn id: place in line}
        self._looks = 0
        self._is_late = False  # whether the watcher itself is woken later than it should be
        self.ending = False  # set, by a signal handler too, when the process ends: nobody is held any longer

    def wait_for_change(self, turn, place, request):
        """Sleep until `turn`, shown at this `place` in line, looks another, `HOLD` has passed, the client has gone or
        the process ends.

        Returns at once where too many are held. Gives back this thread's database connections, so that sleepers need
        none. Sets `request.held`, the seconds slept.
        """
        # gunicorn's name for the client's connection; other servers have none.
        connection = request.META.get("gunicorn.socket")
        waiter = _Waiter(
            turn.pk,
            turn.reader_id,
            turn.version,
            place,
            has_text=turn.first_text_at is not None,
            in_line=turn.state == Turn.State.QUEUED,
            connection=connection,
        )
        with self._some:
            if self.ending or not self._has_room(waiter):
                return
            self._waiters.add(waiter)
            self._some.notify()
            self._begin()
        try:
            self._wait(waiter, request)
        finally:
            with self._some:
                self._waiters.discard(waiter)

    @staticmethod
    def _wait(waiter, request):
        """Without a connection to the database and without a seat among the requests that are worked on."""
        connections.close_all()
        seat = getattr(request, "seat", None)
        if seat:
            seat.release()
        began = time.perf_counter()
        try:
            waiter.woken.wait(HOLD)
        finally:
            request.held = time.perf_counter() - began
            if seat:
                seat.acquire()

    def _has_room(self, waiter):
        same_reader = sum(other.reader_id == waiter.reader_id for other in self._waiters)
        return len(self._waiters) < MAX_HELD and same_reader < MAX_HELD_EACH

    def _begin(self):
        # Here and not when the module is loaded: a thread does not survive the fork of a web process.
        if not (self._watcher and self._watcher.is_alive()):
            self._watcher = threading.Thread(target=self._run, name="watch", daemon=True)
            self._watcher.start()

    def _run(self):
        while True:
            with self._some:
                if not self._waiters:
                    connections.close_all()
                while not self._waiters:
                    self._some.wait()
                waiters = list(self._waiters)
            try:
                self._look(waiters)
            except Exception:
                # The database may be restarting. The sleepers wake by themselves, and their next poll shows it.
                logger.exception("the turns waited for cannot be looked at")
                close_old_connections()
                time.sleep(1)
            lay_down = time.monotonic()
            time.sleep(LOOK_EVERY)
            self._is_late = time.monotonic() - lay_down > 2 * LOOK_EVERY

    def _look(self, waiters):
        """Wake those who have nothing to wait for any more."""
        now = time.monotonic()
        self._looks += 1
        if len(waiters) > MANY_WAITERS and self._looks % QUEUED_LOOK_EACH:
            waiters = [waiter for waiter in waiters if not waiter.in_line]
        if waiters:
            self._look_at(waiters, now)

    def _look_at(self, waiters, now):
        rows = _rows(list({waiter.turn_id for waiter in waiters}))
        looks_at_all = self._look_along_the_line(rows, now)
        for waiter in waiters:
            row = rows.get(waiter.turn_id)
            waiter.in_line = row is not None and row[1] == Turn.State.QUEUED
            has_gone = looks_at_all and _is_closed(waiter.connection)
            if self.ending or row is None or has_gone or self._has_changed(waiter, *row, now):
                waiter.woken.set()
        # One a look: all told at once, they would keep from their seats those whose text has come.
        if moved := [waiter for waiter in waiters if self._has_moved(waiter)]:
            max(moved, key=self._gained).woken.set()

    def _has_changed(self, waiter, version, state, phase, now):
        if version == waiter.version:
            return False
        waiter.changed_at = waiter.changed_at or now
        return now - waiter.changed_at >= self._linger(waiter, state, phase)

    def _linger(self, waiter, state, phase):
        """Seconds that a change may wait for more to come with it."""
        if state != Turn.State.RUNNING:
            return 0
        if phase == Turn.Phase.READING:
            return DEBOUNCE
        return DEBOUNCE_LATE if waiter.has_text and self._is_late else 0

    def _look_along_the_line(self, rows, now):
        """Note where everybody stands in line. True at such a look, the time to see who has hung up, too."""
        if now - self._line_at < LINE_EVERY * (4 if self._is_late else 1):
            return False
        self._line_at = now
        queued = [pk for pk, (_version, state, _phase) in rows.items() if state == Turn.State.QUEUED]
        waiting = Turn.objects.filter(state=Turn.State.QUEUED).order_by("pk") if queued else Turn.objects.none()
        line = list(waiting.values_list("pk", flat=True))
        self._places = {pk: bisect_left(line, pk) for pk in queued}
        return True

    def _gained(self, waiter):
        """Places in line; below zero where a turn that was handed over came before it."""
        return waiter.place - self._places.get(waiter.turn_id, waiter.place)

    def _has_moved(self, waiter):
        # The page of one who came after the last look along the line shows a newer place than was seen at that look:
        # woken for the difference, it would be told nothing, and not be held.
        if not waiter.in_line or waiter.since >= self._line_at or waiter.woken.is_set():
            return False
        return abs(self._gained(waiter)) >= max(1, waiter.place // 2)


def _rows(turn_ids):
    """{turn id: (version, state, phase)}. Fifty times a second the ORM would spend more on the query than on its rows."""
    places = ", ".join(["%s"] * len(turn_ids))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, version, state, phase FROM {TABLE} WHERE id IN ({places})", turn_ids)
        return {pk: row for pk, *row in cursor.fetchall()}


def _is_closed(connection):
    """Whether the client has closed its end. Only a plain socket can be asked."""
    if type(connection) is not socket.socket:
        return False
    try:
        return connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


long_poll = LongPoll()
