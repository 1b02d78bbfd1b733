"""Telling the workers of turns that wait. The row is the truth; what is put on the queue here only says: look.

Which queue it is, `settings.REPLY_QUEUE` says: the dotted path of a module with `enqueue(turn_id, first)` and
`pending_count()`. So conversations know nothing of Huey, and Huey's tasks may know them.
"""

import logging
from importlib import import_module

from django.conf import settings

logger = logging.getLogger(__name__)


def enqueue(turn, *, first=False):
    """Tell a worker that there is something to do, `first` before all others. Losing this is harmless: the rescue
    finds the row."""
    try:
        import_module(settings.REPLY_QUEUE).enqueue(turn.pk, first=first)
    except Exception:
        logger.exception("turn %s could not be put on the queue; the rescue will", turn.pk)


def queue_length():
    """How many turns the queue tells of; none where it cannot be asked."""
    try:
        return import_module(settings.REPLY_QUEUE).pending_count()
    except Exception:
        logger.exception("the queue cannot be asked")
        return 0
