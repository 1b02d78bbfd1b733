"""What was marked as to be deleted, and what has run out: deleted bit by bit, also after a crash in between.

The marks are the truth. A task is told of them when they are made, and each minute one looks for what is left.
"""

import threading
import time

from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.utils import timezone

from chatbot.catalogue.importing import applying
from chatbot.catalogue.importing.models import Upload
from chatbot.models import Conversation, Share, Takeout
from lightnovel import batches
from users import guests, leaving
from users.models import GuestUse, Pace, ReadingList

SECONDS = 5  # of one sweep
CLOSED_AT_ONCE = 200  # guests

_sweeping = threading.Lock()


def sweep(seconds=SECONDS):
    """Go on with what is marked, for about `seconds`. False when something is left to be done."""
    if not _sweeping.acquire(blocking=False):
        return True  # another thread of this process is at it
    try:
        deadline = time.monotonic() + seconds
        _close_guests()
        expired = Session.objects.filter(expire_date__lt=timezone.now())
        readers = get_user_model().objects.exclude(leaving_at=None)
        Conversation.objects.run_out().filter(deleted_at=None).delete_for_good()
        lists = ReadingList.objects.gone_stale()
        goes = (Pace.objects.past(), GuestUse.objects.past(), Conversation.objects.gone(), lists, readers, expired)
        goes += (Takeout.objects.run_out(), Share.objects.ended(), Upload.objects.gone_stale())
        return all(batches.delete(rows, deadline) for rows in goes) and applying.go_on_undoing(deadline)
    finally:
        _sweeping.release()


def _close_guests():
    if pks := list(guests.expired().values_list("pk", flat=True)[:CLOSED_AT_ONCE]):
        leaving.close(get_user_model().objects.filter(pk__in=pks))
