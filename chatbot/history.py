"""The shelf of a reader's conversations: the pinned ones, and the others by day, a page at a time."""

from dataclasses import dataclass, field
from itertools import groupby

from django.utils import timezone

from .models import MAX_PINNED

PAGE = 40
COLUMNS = ("pk", "title", "updated_at", "reader_id")


@dataclass
class History:
    """`days`: list of (date, conversations), newest first. `older`: where the next page begins, or empty."""

    days: list
    older: str = ""
    pinned: list = field(default_factory=list)


def page(reader, before=None):
    """One page of `reader`'s conversations; `before` is the `older` of the page before it."""
    conversations = reader.conversations.listed().order_by("-updated_at", "-pk")
    if before and before.isdecimal() and len(before) < 19:
        edge = reader.conversations.filter(pk=int(before)).values_list("updated_at", flat=True).first()
        if edge:
            conversations = conversations.filter(updated_at__lt=edge)
    shown = list(conversations.only(*COLUMNS)[: PAGE + 1])
    older = str(shown[PAGE - 1].pk) if len(shown) > PAGE else ""

    def day(conversation):
        return timezone.localtime(conversation.updated_at, reader.zone).date()

    return History(
        days=[(date, list(group)) for date, group in groupby(shown[:PAGE], key=day)],
        older=older,
        pinned=list(reader.conversations.pinned().only(*COLUMNS)[:MAX_PINNED]),
    )
