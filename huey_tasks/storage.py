"""Where tasks wait for a worker, and how an idle worker hears of one at once without asking all the time.

One thread of a worker waits for the next task; the others queue behind it (leader/follower), so that an idle process
costs what one thread costs. Redis and PostgreSQL wake that thread themselves; a SQLite file needs `wakeup`. What of
Huey is overridden here is named by a test (tests/test_huey_contract.py), as its minor versions may change it.
"""

import contextlib
import logging
import os
import sqlite3
import threading
import time
from pathlib import Path
from types import SimpleNamespace

from huey import PostgresHuey, PriorityRedisHuey, SqliteHuey
from huey.storage import PostgresStorage, SqliteStorage

from .backpressure import keeps_up
from .wakeup import Wakeup

logger = logging.getLogger(__name__)

UNREADABLE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR)
MAGIC = b"SQLite format 3\0"  # begins each of its files
LOOK_EVERY = 1  # seconds after which a waiting worker looks by itself; a worker that is told to end notices as late


class LeaderFollower:
    """For a queue whose storage's `dequeue` blocks: of a consumer's threads only the leader waits in it.

    The leader takes nothing while the worker does not keep up with the tasks it has.
    """

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self._lead = threading.Lock()

    def create_consumer(self, **options):
        # Outside of a consumer nobody wants to wait for the next task: the queue is only looked into.
        self.storage.blocking = True
        return super().create_consumer(**options)

    def dequeue(self):
        if not self.storage.blocking:
            return super().dequeue()
        if not self._lead.acquire(timeout=LOOK_EVERY):
            return None
        try:
            return super().dequeue() if keeps_up(len(self._tasks_in_flight), LOOK_EVERY) else None
        finally:
            self._lead.release()


class RedisQueue(LeaderFollower, PriorityRedisHuey):
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


class PostgresQueue(LeaderFollower, PostgresHuey):
    storage_class = _Postgres

    def __init__(self, *args, **options):
        super().__init__(*args, blocking=False, create_tables=False, **options)


class _Sqlite(SqliteStorage):
    """A file that wakes waiting workers, and that may be deleted or spoilt while they run."""

    blocking = False

    def __init__(self, *args, **options):
        self._opened = None  # which file the connection has open
        super().__init__(*args, **options)
        self.wakeup = Wakeup(Path(f"{self.filename}.wakeup"))

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

    @contextlib.contextmanager
    def db(self, commit=False, close=False):
        try:
            with super().db(commit, close) as cursor:
                yield cursor
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in UNREADABLE or self._is_no_database():
                self._set_aside(error)
            raise

    def _is_no_database(self):
        """Of what lies in the file's place. The error alone would not say: a folder "cannot be opened", as where rights
        are missing, and what is cut off while others have it open is "locked" for who comes then."""
        try:
            with open(self.filename, "rb") as file:
                return file.read(len(MAGIC)) not in (b"", MAGIC)
        except IsADirectoryError:
            return True
        except OSError:
            return False

    def initialize_schema(self):
        try:
            super().initialize_schema()
        except sqlite3.DatabaseError:
            # One that was spoilt lies aside now; whatever else it was happens once more.
            super().initialize_schema()

    def _set_aside(self, error):
        """Make way for a new file, once: another process may have done so. The rows of the turns are the truth, so
        that the rescue tells of each anew."""
        with self.lock:
            if self._conn is not None:
                with contextlib.suppress(sqlite3.Error):
                    self._conn.close()
                self._conn = None
            if self._opened is None or self._opened != self._file():
                return
            aside = f"{self.filename}.unreadable-{time.time_ns()}"
            os.replace(self.filename, aside)
            for companion in ("-wal", "-shm"):
                Path(f"{self.filename}{companion}").unlink(missing_ok=True)
        logger.error("the queue's file could not be read (%s); it lies at %s, and a new one is begun", error, aside)

    def _create_connection(self):
        self._opened = self._file()  # so that one which cannot even be opened is known
        connection = super()._create_connection()
        # A power cut may take the last tasks with it; the rows of the turns are the truth.
        connection.execute("pragma synchronous=normal")
        for statement in self.ddl:
            connection.execute(statement)
        self._opened = self._file()
        return connection

    # --- Waking whoever waits ----------------------------------------------------------------

    def enqueue(self, data, priority=None):
        super().enqueue(data, priority)
        self.wakeup.notify()

    def dequeue(self):
        data = super().dequeue()
        if data is None and self.blocking:
            self.wakeup.wait(LOOK_EVERY)
            data = super().dequeue()
        return data


class SqliteQueue(LeaderFollower, SqliteHuey):
    storage_class = _Sqlite
