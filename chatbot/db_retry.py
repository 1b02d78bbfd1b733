"""Writing to a database that may be away for a moment, or that only one thread at a time may write to."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import InterfaceError, OperationalError, connection

logger = logging.getLogger(__name__)

PATIENCE = 8  # seconds a database that is away is waited for
PAUSE = 0.2  # seconds between two attempts
DATABASE_AWAY = (OperationalError, InterfaceError)
# SQLite has one writer at a time and lets the others try again after ever longer naps, whoever came first: of many
# threads some would nap for seconds. So those of one process stand in line for it.
write_lock = threading.Lock()

Result = TypeVar("Result")


def with_db_retry(verb: Callable[..., Result], *args: Any, **changes: Any) -> Result:
    """What `verb` returns, called again while the database restarts; raises DATABASE_AWAY when it stays away.

    It may be called twice: a call that had its effect, though its answer was lost, has to find that it is done.
    """
    end = time.monotonic() + PATIENCE
    while True:
        try:
            with write_lock:
                return verb(*args, **changes)
        except DATABASE_AWAY as error:
            if time.monotonic() > end:
                raise
            logger.warning("the database does not answer, once more: %s", error)
            connection.close_if_unusable_or_obsolete()
            time.sleep(PAUSE)
