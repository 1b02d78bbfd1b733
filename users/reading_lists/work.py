"""What the worker does with a list. The row says what there is to do; a task only tells of it, and may be lost."""

import logging

from chatbot.db_retry import DATABASE_AWAY
from lightnovel.telling import tell_worker

from .models import MAX_ATTEMPTS, ReadingList

logger = logging.getLogger(__name__)
State = ReadingList.State


def tell(reading_list):
    """Have a worker look at the list, once it can be seen."""
    tell_worker("work_on_list", reading_list.pk)


def go_on(pk):
    """Do what there is to do with a list, unless another worker does it."""
    from . import keeping, reading  # here, as the web process only tells

    reading_list = ReadingList.objects.claim(pk)
    if reading_list is None:
        return
    state = reading_list.state
    step = {State.READING: reading.read, State.KEEPING: keeping.keep, State.UNDOING: keeping.undo}
    try:
        if reading_list.attempts > MAX_ATTEMPTS:
            raise RuntimeError(f"{MAX_ATTEMPTS} workers have begun with it and none has ended")
        step[state](reading_list)
    except DATABASE_AWAY:
        raise
    except Exception:
        logger.exception("list %s: %s broke off", pk, state)
        # Asked anew: a transaction that was broken off is no longer in the row, and the row may be gone.
        if reading_list := ReadingList.objects.filter(pk=pk).first():
            reading_list.move(state, _before(reading_list), failure="unknown")


def _before(reading_list):
    """Where the list goes back to when its step breaks."""
    if reading_list.state == State.READING:
        return State.FAILED
    return State.KEPT if reading_list.kept_at else State.READY


def go_on_with_stalled():
    """Lists that nobody was told of, or whose worker is gone."""
    for pk in ReadingList.objects.stalled().values_list("pk", flat=True)[:20]:
        go_on(pk)
