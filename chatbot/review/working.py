"""The worker's way through what operators asked to have tried. One thread of a worker at a time: replies come first."""

import logging
import threading

from ..models import RegressionCase, Replay
from . import regressions, replaying

logger = logging.getLogger(__name__)

_working = threading.Lock()
# What is to be made, by what, and what ends it when nobody could. Somebody waits for a replay, so these come first.
KINDS = ((Replay, replaying.make, replaying.give_up), (RegressionCase, regressions.run_claimed, regressions.give_up))


def work() -> bool:
    """Make the next of what waits. Whether there may be more: a worker that is told to end has not to wait for all."""
    if not _working.acquire(blocking=False):
        return False
    try:
        for model, make, give_up in KINDS:
            for job in model.objects.given_up()[:10]:
                give_up(job)
            if job := model.objects.claim():
                try:
                    make(job)
                except Exception:
                    logger.exception("%s %s could not be made, try %s", model.__name__, job.pk, job.attempts)
                return True
        return False
    finally:
        _working.release()
