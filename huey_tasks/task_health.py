"""What tasks do: counted in memory from Huey's signals, written to rows by the heartbeat, read by operators.

Huey's own recorder (`huey[stats]`) keeps single events through a second ORM, for one machine, and its pages have scripts
and styles in them that our content security policy forbids; so only its signals are used.
"""

import logging
import threading
import time
from collections import Counter
from datetime import timedelta

from django.utils import timezone
from huey.contrib.djhuey import HUEY, signal
from huey.signals import (
    SIGNAL_CANCELED,
    SIGNAL_COMPLETE,
    SIGNAL_ERROR,
    SIGNAL_EXECUTING,
    SIGNAL_INTERRUPTED,
    SIGNAL_LOCKED,
    SIGNAL_RETRYING,
    SIGNAL_TIMEOUT,
)

from chatbot.text.masking import masked

from .models import TaskCount

logger = logging.getLogger(__name__)

EVERY = 10  # seconds between two writes; what a worker that is killed has counted since then is lost
BROKEN = (SIGNAL_ERROR, SIGNAL_TIMEOUT)

_lock = threading.Lock()
_began = {}  # by the id of a task that runs: when it began
_counts = {}  # by (hour, name): a Counter of what is not written yet
_last_errors = {}  # by the same: in words
_written_at = time.monotonic()


@signal(SIGNAL_EXECUTING)
def note_begin(signal, task):
    _began[task.id] = time.monotonic()


@signal(SIGNAL_COMPLETE, SIGNAL_ERROR, SIGNAL_TIMEOUT, SIGNAL_LOCKED, SIGNAL_CANCELED, SIGNAL_INTERRUPTED)
def note_end(signal, task, error=None):
    began = _began.pop(task.id, None)
    if began is None or signal == SIGNAL_INTERRUPTED:
        return
    took = round(1000 * (time.monotonic() - began))
    key = (_hour(), task.name)
    with _lock:
        counts = _counts.setdefault(key, Counter())
        # A number, as PostgreSQL adds no truth to a count.
        counts.update(runs=1, took_ms=took, errors=int(signal in BROKEN))
        counts["longest_ms"] = max(counts["longest_ms"], took)
        if signal in BROKEN:
            _last_errors[key] = masked(f"{type(error).__name__}: {error}" if error else "time is over")[:200]


@signal(SIGNAL_RETRYING)
def note_retry(signal, task):
    with _lock:
        _counts.setdefault((_hour(), task.name), Counter())["retries"] += 1


def _hour():
    return timezone.now().replace(minute=0, second=0, microsecond=0)


def flush(every=EVERY):
    """Write what was counted, not more often than `every` so many seconds. What cannot be written waits for the next."""
    global _written_at
    if time.monotonic() - _written_at < every:
        return
    _written_at = time.monotonic()
    with _lock:
        keys = list(_counts)
    for key in keys:
        with _lock:
            counts, error = _counts.pop(key), _last_errors.pop(key, "")
        try:
            _write(key, counts, error)
        except Exception:
            with _lock:
                _put_back(key, counts, error)
            raise


def _write(key, counts, error):
    hour, task = key
    names = ("runs", "errors", "retries", "took_ms")
    numbers = {name: counts[name] for name in names}
    TaskCount.objects.add(hour=hour, task=task, longest_ms=counts["longest_ms"], last_error=error, **numbers)


def _put_back(key, counts, error):
    newer = _counts.setdefault(key, Counter())
    longest = max(newer["longest_ms"], counts["longest_ms"])
    newer.update(counts)
    newer["longest_ms"] = longest
    if error:
        _last_errors.setdefault(key, error)


def tasks_since(span):
    """What each task did in the last `span`, a timedelta, in whole hours: [{"task", "runs", "errors", "retries",
    "mean_ms", "longest_ms", "last_error"}, …], by name; those that did not run, too."""
    start = _hour() - span + timedelta(hours=1)
    counted = {one["task"]: one for one in TaskCount.objects.since(start)}
    errors = TaskCount.objects.last_errors(start)
    names = sorted({*counted, *(name.rsplit(".", 1)[-1] for name in HUEY._registry._registry)})
    return [_task(name, counted.get(name, {}), errors.get(name, "")) for name in names]


def _task(name, counted, error):
    runs = counted.get("runs", 0)
    return {
        "task": name,
        "runs": runs,
        "errors": counted.get("errors", 0),
        "retries": counted.get("retries", 0),
        "mean_ms": counted["took_ms"] / runs if runs else None,
        "longest_ms": counted["longest_ms"] if runs else None,
        "last_error": error,
    }


def queue_lengths():
    """(tasks that wait, tasks for later); None where the queue does not answer."""
    try:
        return HUEY.pending_count(), HUEY.scheduled_count()
    except Exception:
        logger.exception("the queue cannot be asked")
        return None
