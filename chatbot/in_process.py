"""Replies that this process writes itself, as commands need it: no worker is told, and no quota counts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.test import override_settings

from . import replies
from .models import Turn

UNCOUNTED = 1_000_000  # replies a day


@contextmanager
def written_here(**settings: Any) -> Iterator[None]:
    """Within, what is asked waits for `write` and is told to nobody. `settings` hold meanwhile, too."""
    with override_settings(REPLY_QUEUE=__name__, **{"DAILY_REPLIES": UNCOUNTED, **settings}):
        yield


def write(turn: Turn, worker: str) -> Turn:
    """Answer a queued turn, unless somebody else is at it. Returns it as it is then."""
    if claimed := Turn.objects.claim(turn.pk, worker):
        replies.write(claimed)
    return Turn.objects.get(pk=turn.pk)


# --- The queue, as `reply_queue` calls it -----------------------------------------------------------------------------


def enqueue(turn_id: int, first: bool = False) -> None:
    """Nobody is told: the reply is written here."""


def pending_count() -> int:
    return 0


def sweep() -> None:
    """What is marked as to be deleted is left to a worker, which looks each minute."""
