"""A guest's conversations, shelf and taste go over into the account that their browser logs in to.

All of it in one transaction. Of what both have, what was said last holds; nothing is there twice. The guest is closed
in the same transaction, so that it is adopted once, and by one account.
"""

import uuid

from django.contrib import messages
from django.db import transaction
from django.utils.translation import gettext as _

from chatbot.catalogue.gaps import Naming
from chatbot.figures.models import LateChange
from chatbot.models import Conversation, Turn
from chatbot.review.models import Look

from . import guests, leaving, taste
from .models import ShelfEntry, User


def adopt_from(request, reader):
    """Called when `reader` has just logged in: what the browser has as a guest becomes theirs."""
    guest = guests.guest_of(request)
    guests.dismiss(request)
    if guest and adopt(guest, reader):
        messages.success(request, _("What you asked and kept here as a guest is in your account now."))


@transaction.atomic
def adopt(guest, reader):
    """False where the guest has gone already, or the account is being closed."""
    both = User.objects.filter(pk__in=(guest.pk, reader.pk), leaving_at=None)
    # Whoever asks as the guest in another tab has asked before, or finds the guest gone.
    if len(both.order_by("pk").select_for_update().values_list("pk", flat=True)) < 2:
        return False
    _move_conversations(guest, reader)
    ShelfEntry.objects.adopt(guest, reader)
    taste.adopt(guest, reader)
    taken = Naming.objects.filter(reader=reader).values("gap")
    Naming.objects.filter(reader=guest).exclude(gap__in=taken).update(reader=reader)
    Look.objects.filter(reader=guest).update(reader=reader)  # who has read these conversations, for the reader to see
    leaving.close(User.objects.filter(pk=guest.pk))
    return True


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
