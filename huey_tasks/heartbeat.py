"""The sign of life of this worker process: a row each few seconds, leases kept, lost turns looked for.

Huey's periodic tasks run once a minute at the most and stop when all workers are busy with slow replies; a reader
whose nudge was lost should not wait that long, so the same rescue also runs here.
"""

import logging
import os
import socket
import threading
import time
import uuid
from contextlib import contextmanager

from django.db import close_old_connections

from chatbot.models import Turn

from .models import Worker

logger = logging.getLogger(__name__)

EVERY = 4  # seconds
NAME = f"{socket.gethostname()[:40]}:{os.getpid()}:{uuid.uuid4().hex[:6]}"

_begun = threading.Lock()
_held = []  # ids of the turns this process is writing; of one twice, when it was taken from it and came back


@contextmanager
def holding(turn_id):
    """While this lasts, the turn's lease is renewed."""
    _held.append(turn_id)
    try:
        yield
    finally:
        _held.remove(turn_id)


def begin():
    """Start beating, once per process: Huey calls its start-up hooks in each of its threads."""
    if _begun.acquire(blocking=False):
        threading.Thread(target=_live, name="heartbeat", daemon=True).start()


def _live():
    _warm_up()
    _run()


def _run():
    while True:
        try:
            close_old_connections()
            beat()
        except Exception:
            # The database may be restarting; a worker without a pulse is taken for dead, so keep trying.
            logger.exception("heartbeat missed")
        time.sleep(EVERY)


def _warm_up():
    """Beat once, then load what the first reply would otherwise wait for."""
    try:
        beat()
        from chatbot import replies

        replies.warm_up()
    except Exception:
        logger.exception("the worker begins cold")


def beat():
    Worker.beat(NAME)
    Turn.objects.keep_leases(NAME, list(_held))
    Turn.objects.rescue()
