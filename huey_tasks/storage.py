"""Where nudges wait for a worker, and how an idle worker hears of one at once without asking all the time.

Of a worker's threads one at a time waits for the next task and the others wait behind it, so that an idle process
costs what one thread costs. Redis and PostgreSQL wake that thread themselves. A SQLite file wakes nobody: there each
worker process holds a pipe with a name open beside the file, and whoever adds a task writes a byte into every pipe.
Losing such a byte costs at most `LOOK_EVERY`.
"""

import contextlib
import os
import select
import threading
import time
import uuid
from pathlib import Path
from types import SimpleNamespace

from huey import PostgresHuey, PriorityRedisHuey, SqliteHuey
from huey.storage import PostgresStorage, SqliteStorage

LOOK_EVERY = 1  # seconds after which a waiting worker looks by itself; a worker that is told to end notices as late

MIN_RUNNING = 4  # tasks a worker does at once without asking itself whether it keeps up
STEADY = 16  # naps it has to wake from in time before it takes one more
NAP, LATE = 0.005, 0.009  # seconds: who means to sleep the one and sleeps the other has to wait for its turn to run


class Backpressure:
    """For a queue whose storage's `dequeue` blocks: of a consumer's threads only the one at the head waits in it.

    Many threads are of use while models think, and a burden when there is more to do than the processor can: new
    replies would slow down those that are being written. So whoever is at the head first sees whether it wakes when it
    should; if not, it takes nothing yet.
    """

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self._head = threading.Lock()

    def create_consumer(self, **options):
        # Outside of a consumer nobody wants to wait for the next task: the queue is only looked into.
        self.storage.blocking = True
        return super().create_consumer(**options)

    def dequeue(self):
        if not self.storage.blocking:
            return super().dequeue()
        if not self._head.acquire(timeout=LOOK_EVERY):
            return None
        try:
            return super().dequeue() if self._keeps_up() else None
        finally:
            self._head.release()

    def _keeps_up(self):
        """Whether one more task would harm nobody, tried for at most `LOOK_EVERY`."""
        end = time.monotonic() + LOOK_EVERY
        while len(self._tasks_in_flight) >= MIN_RUNNING and any(_is_late() for _ in range(STEADY)):
            if time.monotonic() > end:
                return False
        return True


def _is_late():
    lay_down = time.monotonic()
    time.sleep(NAP)
    return time.monotonic() - lay_down > LATE


class RedisQueue(Backpressure, PriorityRedisHuey):
    def __init__(self, *args, **options):
        super().__init__(*args, blocking=False, **options)


class _Postgres(PostgresStorage):
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        # Huey keeps a listening connection for each thread; only one of them listens here.
        self._listen_local = SimpleNamespace()
        self._has_tables = False

    def _connect(self):
        connection = super()._connect()
        if not self._has_tables:
            # Not when Huey is imported, which no command may need a database for.
            with connection.transaction():
                connection.execute("select pg_advisory_xact_lock(hashtext(%s))", (self.channel,))
                for statement in self.ddl:
                    connection.execute(statement)
            self._has_tables = True
        return connection

    _create_connection = _connect


class PostgresQueue(Backpressure, PostgresHuey):
    storage_class = _Postgres

    def __init__(self, *args, **options):
        super().__init__(*args, blocking=False, create_tables=False, **options)


class _Sqlite(SqliteStorage):
    """A file that wakes waiting workers, and that may be deleted while they run."""

    blocking = False

    def __init__(self, *args, **options):
        self._opened = None  # which file the connection has open
        super().__init__(*args, **options)
        self.bells = Path(f"{self.filename}.bells")
        self._bell = None

    # --- A file that is deleted or replaced --------------------------------------------------

    def _file(self):
        with contextlib.suppress(OSError):
            found = os.stat(self.filename)
            return found.st_dev, found.st_ino

    @property
    def conn(self):
        if self._conn is not None and self._opened != self._file():
            # Whoever kept the old file open would write to where nobody reads.
            self._conn.close()
            self._conn = None
        return super().conn

    def _create_connection(self):
        connection = super()._create_connection()
        # A power cut may take the last nudges with it; the rows of the turns are the truth.
        connection.execute("pragma synchronous=normal")
        for statement in self.ddl:
            connection.execute(statement)
        self._opened = self._file()
        return connection

    # --- Bells -------------------------------------------------------------------------------

    def enqueue(self, data, priority=None):
        super().enqueue(data, priority)
        self.ring()

    def ring(self):
        """Wake every worker process; of those that are gone, take the bell away."""
        with contextlib.suppress(FileNotFoundError):
            for name in os.listdir(self.bells):
                self._ring(self.bells / name)

    @staticmethod
    def _ring(bell):
        try:
            pipe = os.open(bell, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody has it open for reading
            if not bell.name.startswith("."):
                bell.unlink(missing_ok=True)
            return
        try:
            os.write(pipe, b"!")
        except BlockingIOError:
            pass  # full: it has been ringing all the while
        finally:
            os.close(pipe)

    def hang_bell(self):
        """This process's bell, open for reading."""
        self.bells.mkdir(exist_ok=True)
        name = f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
        made, bell = self.bells / f".{name}", self.bells / name
        os.mkfifo(made, 0o600)
        # For writing too, or it would count as hung up whenever nobody is just ringing it.
        pipe = os.open(made, os.O_RDWR | os.O_NONBLOCK)
        # Only open does it get the name of a bell: before, it would be taken for that of a dead worker.
        made.rename(bell)
        return pipe

    def dequeue(self):
        data = super().dequeue()
        if data is None and self.blocking:
            self._listen()
            data = super().dequeue()
        return data

    def _listen(self):
        """Until somebody rings. What rang is forgotten: whoever is next at the head looks before it listens."""
        try:
            if self._bell is None:
                self._bell = self.hang_bell()
        except OSError:  # a file system without named pipes
            time.sleep(0.05)
            return
        poll = select.poll()
        poll.register(self._bell, select.POLLIN)
        if poll.poll(LOOK_EVERY * 1000):
            with contextlib.suppress(BlockingIOError):
                os.read(self._bell, 4096)


class SqliteQueue(Backpressure, SqliteHuey):
    storage_class = _Sqlite
