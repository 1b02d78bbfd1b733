"""Polls that are held until there is something to answer (long polling).

A page asks for its turn and says what it has `seen`. Where nothing has changed, the request's thread waits here, and
one thread for all that wait in this process asks the database for the versions of their turns: one query, and none
while nobody waits. Whatever process or machine changed the row, it is seen within `LOOK_EVERY`. Who is answered when,
`long_polling_policy` decides.
"""

import logging
import socket
import threading
import time
from dataclasses import dataclass, field

from django.db import close_old_connections, connection, connections

from . import long_polling_policy as policy
from .long_polling_policy import Policy, Row, Waiting
from .models import Turn

logger = logging.getLogger(__name__)

TABLE = connection.ops.quote_name(Turn._meta.db_table)

LOOK_EVERY = 0.02  # seconds


@dataclass(eq=False)
class _Waiter(Waiting):
    """A held poll with what its thread waits on."""

    connection: socket.socket | None = None
    woken: threading.Event = field(default_factory=threading.Event)


class LongPoll:
    def __init__(self):
        self._waiters = set()
        self._some = threading.Condition()
        self._watcher = None
        self._policy = Policy()
        self._is_late = False  # whether the watcher itself is woken later than it should be
        self.ending = False  # set, by a signal handler too, when the process ends: nobody is held any longer

    def wait_for_change(self, turn, place, request):
        """Wait until `turn`, shown at this `place` in line, looks another, `policy.HOLD` has passed, the client has gone or
        the process ends.

        Returns at once where too many are held. Gives back this thread's database connections, so that those who wait
        need none. Sets `request.held`, the seconds waited.
        """
        waiter = _Waiter(
            turn.pk,
            turn.reader_id,
            turn.version,
            place,
            has_text=turn.first_text_at is not None,
            in_line=turn.state == Turn.State.QUEUED,
            since=time.monotonic(),
            # gunicorn's name for the client's connection; other servers have none.
            connection=request.META.get("gunicorn.socket"),
        )
        with self._some:
            if self.ending or not self._policy.has_room(self._waiters, waiter.reader_id):
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
        """Without a connection to the database and without a place among the requests that are worked on."""
        connections.close_all()
        slot = getattr(request, "slot", None)
        if slot:
            slot.release()
        began = time.perf_counter()
        try:
            waiter.woken.wait(policy.HOLD)
        finally:
            request.held = time.perf_counter() - began
            if slot:
                slot.acquire()

    def _begin(self):
        # Here and not when the module is loaded: a thread does not survive the fork of a web process.
        if not (self._watcher and self._watcher.is_alive()):
            self._watcher = threading.Thread(target=self._run, name="long-poll", daemon=True)
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
                # The database may be restarting. Those who wait wake by themselves, and their next poll shows it.
                logger.exception("the turns waited for cannot be looked at")
                close_old_connections()
                time.sleep(1)
            lay_down = time.monotonic()
            time.sleep(LOOK_EVERY)
            self._is_late = time.monotonic() - lay_down > 2 * LOOK_EVERY

    def _look(self, waiters):
        """Wake those who have nothing to wait for any more."""
        if looked_at := self._policy.to_look_at(waiters):
            now = time.monotonic()
            rows = _rows(list({waiter.turn_id for waiter in looked_at}))
            looks_at_all = self._look_along_the_line(rows, now)
            for waiter in looked_at:
                has_gone = looks_at_all and _is_closed(waiter.connection)
                has_news = self._policy.has_news(waiter, rows.get(waiter.turn_id), now, is_late=self._is_late)
                if self.ending or has_gone or has_news:
                    waiter.woken.set()
            if moved := self._policy.most_moved(waiter for waiter in looked_at if not waiter.woken.is_set()):
                moved.woken.set()

    def _look_along_the_line(self, rows, now):
        """Note where everybody stands in line. True at such a look, the time to see who has hung up, too."""
        if not self._policy.is_line_due(now, is_late=self._is_late):
            return False
        waiting = Turn.objects.filter(state=Turn.State.QUEUED).order_by("pk")
        is_anybody_queued = any(row.is_queued for row in rows.values())
        self._policy.note_line(list(waiting.values_list("pk", flat=True)) if is_anybody_queued else [], rows, now)
        return True


def _rows(turn_ids):
    """{turn id: Row}. Fifty times a second the ORM would spend more on the query than on its rows."""
    places = ", ".join(["%s"] * len(turn_ids))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, version, state, phase FROM {TABLE} WHERE id IN ({places})", turn_ids)
        return {
            pk: Row(
                version,
                state == Turn.State.QUEUED,
                state == Turn.State.RUNNING,
                state == Turn.State.RUNNING and phase == Turn.Phase.READING,
            )
            for pk, version, state, phase in cursor.fetchall()
        }


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
