import contextlib
import os
import time
from collections import defaultdict, deque

from django.db.backends.sqlite3 import base

MAX_IDLE = 8  # connections kept; each has a cache of pages of its own

# By process, as none may cross a fork, and by the file as it was opened: (when to close it, connection).
_idle = defaultdict(deque)


class DatabaseWrapper(base.DatabaseWrapper):
    is_new = True  # whether the connection was just opened, and has yet to be taught what others know already
    _file = None  # what it has open

    def get_new_connection(self, conn_params):
        self._file = _file(conn_params["database"])
        with contextlib.suppress(IndexError):
            # Its age goes on: `connect` has just begun to count anew.
            self.close_at, connection = _idle[self._file].pop()
            self.is_new = False
            return connection
        self.is_new = True
        connection = super().get_new_connection(conn_params)
        self._file = _file(conn_params["database"])  # which there may not have been before
        return connection

    def _close(self):
        if self._is_of_use():
            _idle[self._file].append((self.close_at, self.connection))
        else:
            super()._close()

    def _is_of_use(self):
        """Whether another thread may go on with the connection: sound, young, and with nothing begun on it."""
        return (
            self._file is not None
            and self._file == _file(self.settings_dict["NAME"])
            and not (self.in_atomic_block or self.errors_occurred or self.connection.in_transaction)
            and self.close_at is not None
            and time.monotonic() < self.close_at
            and len(_idle[self._file]) < MAX_IDLE
        )


def _file(name):
    """The file as it is now, for this process; None where there is none."""
    try:
        found = os.stat(name)
    except OSError:
        return None
    return os.getpid(), found.st_dev, found.st_ino
