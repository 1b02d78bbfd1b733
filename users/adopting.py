"""A guest's conversations, shelf and taste go over into the account that their browser logs in to.

All of it in one transaction. Nothing is there twice: of a work that both have, the account's record stands, of a topic
of taste what was said last. The guest is closed in the same transaction, so that it is adopted once, and by one account.
"""

import uuid

from django.contrib import messages
from django.db import transaction
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from chatbot.catalogue.gaps import Naming
from chatbot.figures.models import LateChange
from chatbot.models import Conversation, Turn
from chatbot.review.models import Look
from chatbot.text.quoting import titled

from . import guests, leaving, taste
from .models import ShelfEntry, User

MAX_NAMED = 5  # works that the message names


def adopt_from(request, reader):
    """Called when `reader` has just logged in: what the browser has as a guest becomes theirs."""
    guest = guests.guest_of(request)
    guests.dismiss(request)
    kept = adopt(guest, reader) if guest else None
    if kept is None:
        return
    messages.success(request, _("What you asked and kept here as a guest is in your account now."))
    if kept:
        messages.info(request, _in_words(kept))


def _in_words(kept):
    """What of the account's shelf stands against what the guest said."""
    named = ", ".join(titled(entry.novel.short_title, get_language()) for entry in kept[:MAX_NAMED])
    told = ngettext(
        "%(n)s work stood on your shelf already, and otherwise than you said as a guest. What your account says of it "
        "holds: %(works)s",
        "%(n)s works stood on your shelf already, and otherwise than you said as a guest. What your account says of them "
        "holds: %(works)s",
        len(kept),
    )
    return told % {"n": len(kept), "works": named + (" …" if len(kept) > MAX_NAMED else "")}


@transaction.atomic
def adopt(guest, reader):
    """The entries of the account that stand otherwise than the guest's did; None where the guest has gone already, or the
    account is being closed."""
    both = User.objects.filter(pk__in=(guest.pk, reader.pk), leaving_at=None)
    # Whoever asks as the guest in another tab has asked before, or finds the guest gone.
    if len(both.order_by("pk").select_for_update().values_list("pk", flat=True)) < 2:
        return None
    _move_conversations(guest, reader)
    both_have = list(guest.shelf_entries.filter(novel__shelf_entries__reader=reader).values_list("novel_id", flat=True))
    # What the guest's entries taught of these works goes with them, as the account's stand.
    taste.learn_from_shelf(guest, both_have, gone=True)
    kept = ShelfEntry.objects.adopt(guest, reader)
    taste.adopt(guest, reader)
    taste.learn_from_shelf(reader, both_have)
    taken = Naming.objects.filter(reader=reader).values("gap")
    Naming.objects.filter(reader=guest).exclude(gap__in=taken).update(reader=reader)
    Look.objects.filter(reader=guest).update(reader=reader)  # who has read these conversations, for the reader to see
    leaving.close(User.objects.filter(pk=guest.pk))
    return kept


def _move_conversations(guest, reader):
    conversations = Conversation.objects.filter(reader=guest).order_by("pk")
    list(conversations.select_for_update(no_key=True).values_list("pk", flat=True))
    turns = Turn.objects.filter(reader=guest)
    # A key is unique to its reader, and comes from a page: what is the same in both is not the same sending.
    for turn in turns.filter(key__in=Turn.objects.filter(reader=reader).values("key")):
        turns.filter(pk=turn.pk).update(key=uuid.uuid4())
    LateChange.objects.note_days(LateChange.objects.days_of(turns))  # on a day when both asked, there is one less now
    # They were counted as the guest's: one that fails now is not given back to an account that has not paid for it.
    turns.update(reader=reader, charged_on=None)
    conversations.update(reader=reader)
