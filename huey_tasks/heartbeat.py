"""The sign of life of this worker process: a row each few seconds, leases kept, lost turns looked for.

Huey's periodic tasks run once a minute at the most and stop when all workers are busy with slow replies; a reader
whose task was lost should not wait that long, so the same rescue also runs here.
"""

import logging
import os
import threading
import time
import uuid
from contextlib import contextmanager

from django.db import close_old_connections, connection

from chatbot.models import Turn
from huey_tasks import liveness, task_health

from .models import Worker

logger = logging.getLogger(__name__)

EVERY = 2  # seconds
NAME = f"{liveness.HOST}:{os.getpid()}:{uuid.uuid4().hex[:6]}"

_begun = threading.Lock()
# Ids of the turns this process is writing or about to claim; of one twice, when it was taken from it and came back.
_held = []


@contextmanager
def holding(turn_id):
    """While this lasts, the turn's lease is renewed. To be entered before the turn is claimed: one that this process
    runs and does not hold counts as let go."""
    _held.append(turn_id)
    try:
        yield
    finally:
        _held.remove(turn_id)


def begin():
    """Start beating, once per process: Huey calls its start-up hooks in each of its threads."""
    if _begun.acquire(blocking=False):
        liveness.hold(NAME)
        threading.Thread(target=_run, name="heartbeat", daemon=True).start()
        # In a thread of its own: a large catalogue takes longer than a lease lasts, and tasks are done meanwhile.
        threading.Thread(target=_warm_up, name="warm-up", daemon=True).start()


def _run():
    while True:
        try:
            close_old_connections()
            beat()
            task_health.flush()
        except Exception:
            # The database may be restarting; a worker without a pulse is taken for dead, so keep trying.
            logger.exception("heartbeat missed")
        time.sleep(EVERY)


def _warm_up():
    """Load what the first reply would otherwise wait for."""
    try:
        from chatbot import replies

        replies.warm_up()
    except Exception:
        logger.exception("the worker begins cold")
    finally:
        connection.close()  # this thread ends, and nobody else would


def beat():
    Worker.beat(NAME)
    # In this order: a turn that is claimed in between is held before.
    mine = list(Turn.objects.run_by(NAME).values_list("pk", flat=True))
    held = set(_held)
    Turn.objects.keep_leases(NAME, held)
    dead = liveness.of_the_dead()
    Turn.objects.rescue(dead=dead, dropped=set(mine) - held)
    liveness.forget(dead)


def hand_over():
    """This process ends now: what it could not finish is for others."""
    if count := Turn.objects.hand_over(NAME, list(_held)):
        logger.warning("%s unfinished turns are handed over", count)
