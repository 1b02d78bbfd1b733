"""Going on from a shared conversation in one's own account."""

import uuid

from django.db import IntegrityError, transaction
from django.utils import timezone

from users.models import User

from ..catalogue.models import Novel
from ..models import Conversation, Pick, Turn
from ..presentation.parsed import parse
from . import snapshot


def go_on(reader, share, *, key):
    """The conversation of `reader` that begins with the turns of `share`; pressed twice, the same one.

    Nothing is taken from the quota, and nothing learned: these words are another's.
    """
    if earlier := _made_before(reader, key):
        return earlier
    try:
        with transaction.atomic():
            return _copied(reader, share, key)
    except IntegrityError:  # pressed twice at once
        return _made_before(reader, key)


def _made_before(reader, key):
    turn = Turn.objects.owned_by(reader).filter(key=uuid.uuid5(key, "1")).select_related("conversation").first()
    return turn.conversation if turn else None


def _copied(reader, share, key):
    User.hold(reader.pk)
    Turn.objects.filter(reader=reader, key=uuid.uuid5(key, "1")).update(key=uuid.uuid4())  # of one deleted since
    conversation = Conversation.objects.create(reader=reader, title=share.title)
    now = timezone.now()
    turns = snapshot.thaw(share.turns)
    for number, turn in enumerate(turns, 1):
        turn.pk = None
        turn.conversation, turn.reader = conversation, reader
        turn.key = uuid.uuid5(key, str(number))
        turn.queued_at = turn.finished_at = now
        turn.save(force_insert=True)
    _offer(turns)
    return conversation


def _offer(turns):
    """What was offered counts as offered: it is not brought again."""
    offered = {
        turn.pk: list(dict.fromkeys(line.slug for line in parse(turn, frozenset()).pick_lines)) for turn in turns
    }
    slugs = {slug for found in offered.values() for slug in found}
    novels = dict(Novel.objects.filter(slug__in=slugs).values_list("slug", "pk"))
    Pick.objects.bulk_create(
        Pick(turn=turn, novel_id=novels[slug], position=place)
        for turn in turns
        for place, slug in enumerate((slug for slug in offered[turn.pk] if slug in novels), 1)
    )
