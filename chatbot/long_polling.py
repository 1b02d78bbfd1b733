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
MOST = 128  # polls held at once by one process; see lightnovel/gunicorn.py
MOST_EACH = 2  # of one reader, whose browser opens but a few connections and needs one to ask
LOOK_EVERY = 0.02  # seconds
# Of more than FEW sleepers those whose turns only stand in line are looked at each so many looks: there are many of
# them when there is little time, and nothing but their turn coming up can happen to them.
FEW, IN_LINE_EACH = 8, 6
# Seconds a change without new text may wait for one with text: "reading" is often over in a blink.
LINGER = 0.25
# The same for more text where there is some, while this process has more to do than it can: the first text and the end
# of others come first.
LINGER_LATE = 1.0
# Seconds between two looks at the places in line, which all move when one reply ends. One is told of again when half
# of it is gone.
LINE_EVERY = 1.5


@dataclass(eq=False)
class _Sleeper:
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


class Watch:
    def __init__(self):
        self._sleepers = set()
        self._some = threading.Condition()
        self._watcher = None
        self._places, self._line_at = {}, 0.0  # {turn id: place in line}
        self._looks = 0
        self._is_late = False  # whether the watcher itself is woken later than it should be
        self.ending = False  # set, by a signal handler too, when the process ends: nobody is held any longer

    def hold(self, turn, place, request):
        """Sleep until `turn`, shown at this `place` in line, looks another, `HOLD` has passed, the client has gone or
        the process ends.

        Returns at once where too many are held. Gives back this thread's database connections, so that sleepers need
        none. Sets `request.held`, the seconds slept.
        """
        # gunicorn's name for the client's connection; other servers have none.
        connection = request.META.get("gunicorn.socket")
        sleeper = _Sleeper(
            turn.pk,
            turn.reader_id,
            turn.version,
            place,
            has_text=turn.first_text_at is not None,
            in_line=turn.state == Turn.State.QUEUED,
            connection=connection,
        )
        with self._some:
            if self.ending or not self._has_room(sleeper):
                return
            self._sleepers.add(sleeper)
            self._some.notify()
            self._begin()
        try:
            self._sleep(sleeper, request)
        finally:
            with self._some:
                self._sleepers.discard(sleeper)

    @staticmethod
    def _sleep(sleeper, request):
        """Without a connection to the database and without a seat among the requests that are worked on."""
        connections.close_all()
        seat = getattr(request, "seat", None)
        if seat:
            seat.release()
        began = time.perf_counter()
        try:
            sleeper.woken.wait(HOLD)
        finally:
            request.held = time.perf_counter() - began
            if seat:
                seat.acquire()

    def _has_room(self, sleeper):
        same_reader = sum(other.reader_id == sleeper.reader_id for other in self._sleepers)
        return len(self._sleepers) < MOST and same_reader < MOST_EACH

    def _begin(self):
        # Here and not when the module is loaded: a thread does not survive the fork of a web process.
        if not (self._watcher and self._watcher.is_alive()):
            self._watcher = threading.Thread(target=self._run, name="watch", daemon=True)
            self._watcher.start()

    def _run(self):
        while True:
            with self._some:
                if not self._sleepers:
                    connections.close_all()
                while not self._sleepers:
                    self._some.wait()
                sleepers = list(self._sleepers)
            try:
                self._look(sleepers)
            except Exception:
                # The database may be restarting. The sleepers wake by themselves, and their next poll shows it.
                logger.exception("the turns waited for cannot be looked at")
                close_old_connections()
                time.sleep(1)
            lay_down = time.monotonic()
            time.sleep(LOOK_EVERY)
            self._is_late = time.monotonic() - lay_down > 2 * LOOK_EVERY

    def _look(self, sleepers):
        """Wake those who have nothing to wait for any more."""
        now = time.monotonic()
        self._looks += 1
        if len(sleepers) > FEW and self._looks % IN_LINE_EACH:
            sleepers = [sleeper for sleeper in sleepers if not sleeper.in_line]
        if sleepers:
            self._look_at(sleepers, now)

    def _look_at(self, sleepers, now):
        rows = _rows(list({sleeper.turn_id for sleeper in sleepers}))
        looks_at_all = self._look_along_the_line(rows, now)
        for sleeper in sleepers:
            row = rows.get(sleeper.turn_id)
            sleeper.in_line = row is not None and row[1] == Turn.State.QUEUED
            has_gone = looks_at_all and _is_closed(sleeper.connection)
            if self.ending or row is None or has_gone or self._has_changed(sleeper, *row, now):
                sleeper.woken.set()
        # One a look: all told at once, they would keep from their seats those whose text has come.
        if moved := [sleeper for sleeper in sleepers if self._has_moved(sleeper)]:
            max(moved, key=self._gained).woken.set()

    def _has_changed(self, sleeper, version, state, phase, now):
        if version == sleeper.version:
            return False
        sleeper.changed_at = sleeper.changed_at or now
        return now - sleeper.changed_at >= self._linger(sleeper, state, phase)

    def _linger(self, sleeper, state, phase):
        """Seconds that a change may wait for more to come with it."""
        if state != Turn.State.RUNNING:
            return 0
        if phase == Turn.Phase.READING:
            return LINGER
        return LINGER_LATE if sleeper.has_text and self._is_late else 0

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

    def _gained(self, sleeper):
        """Places in line; below zero where a turn that was handed over came before it."""
        return sleeper.place - self._places.get(sleeper.turn_id, sleeper.place)

    def _has_moved(self, sleeper):
        # The page of one who came after the last look along the line shows a newer place than was seen at that look:
        # woken for the difference, it would be told nothing, and not be held.
        if not sleeper.in_line or sleeper.since >= self._line_at or sleeper.woken.is_set():
            return False
        return abs(self._gained(sleeper)) >= max(1, sleeper.place // 2)


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


watch = Watch()
