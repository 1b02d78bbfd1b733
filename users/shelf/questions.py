"""What became of a work that has long stood in one place: asked quietly on the shelf's page, and never twice soon."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from .models import ShelfEntry

AFTER = {ShelfEntry.State.PLANNED: timedelta(days=21), ShelfEntry.State.READING: timedelta(days=60)}
ASKED_AGAIN_AFTER = timedelta(days=60)
AT_ONCE = 1


def due(reader):
    """The entries to ask about, those that changed last first: they are remembered best. One query."""
    now = timezone.now()
    long_ago = Q()
    for state, after in AFTER.items():
        long_ago |= Q(state=state, changed_at__lt=now - after)
    unasked = Q(asked_at=None) | Q(asked_at__lt=now - ASKED_AGAIN_AFTER)
    return list(reader.shelf_entries.filter(long_ago, unasked).select_related("novel")[:AT_ONCE])
