"""Which replies go into the queue: rules of the database, tried on what has ended since the last time."""

import logging
import random
from collections import defaultdict
from datetime import timedelta
from itertools import groupby
from operator import attrgetter

from django.db.models import Q
from django.utils import timezone

from .. import wrong_facts
from ..admin.evidence import milliseconds, with_evidence
from ..catalogue.models import Tag
from ..figures.models import LateChange
from ..models import Turn
from ..presentation.turns import present
from ..text.folding import key
from .models import ReviewItem, ReviewRule, Watermark, Why

logger = logging.getLogger(__name__)

AT_ONCE = 100  # turns looked through in one go
SETTLED = timedelta(seconds=10)  # a turn that ended this long ago stands, whatever another machine's clock says
SEVERE = 3  # the strength from which on a warning is one to look at


def fill(draw=random.random):
    """Look through what has ended since, `AT_ONCE` at most; True when nothing is left. `draw()`: 0 to 1."""
    mark, _is_new = Watermark.objects.get_or_create(pk=1, defaults={"finished_at": timezone.now()})
    since = Q(finished_at__gt=mark.finished_at) | Q(finished_at=mark.finished_at, pk__gt=mark.turn_id)
    ended = Turn.objects.filter(since, finished_at__gte=mark.finished_at, finished_at__lte=timezone.now() - SETTLED)
    turns = look_through(ended, draw)
    if turns:
        Watermark.objects.filter(pk=1).update(finished_at=turns[-1].finished_at, turn_id=turns[-1].pk)
    return len(turns) < AT_ONCE


def look_through(ended, draw=random.random):
    """Put those of `ended`, turns that have ended, into the queue that have a reason. Returns those that were looked
    at, by their end, `AT_ONCE` at most."""
    rules = {rule.why: rule for rule in ReviewRule.objects.filter(is_on=True)}
    turns = list(
        ended.filter(hidden=False, conversation__deleted_at=None)
        .order_by("finished_at", "pk")
        .select_related("conversation")
        .prefetch_related("picks__novel__novel_tags__tag")[:AT_ONCE]
    )
    unverified = defaultdict(list)
    for _reader, of_one in groupby(sorted(turns, key=attrgetter("reader_id")), attrgetter("reader_id")):
        for one in _looked_at([*of_one]):
            unverified[one.evidence.unknown_titles].append(one.turn)
            if why := reasons(one.turn, one.evidence, rules, draw):
                ReviewItem.objects.note(one.turn, why)
    for number, named in unverified.items():
        Turn.objects.filter(pk__in=[turn.pk for turn in named]).update(unverified=number)
        if number:
            LateChange.objects.note_days({timezone.localdate(turn.finished_at) for turn in named})
    wrong_facts.note_corrections(turns)
    return turns


def _looked_at(turns):
    """The turns of one reader with their evidence; one that cannot be shown holds up no other."""
    try:
        return with_evidence(present(turns))
    except Exception:
        if len(turns) > 1:
            return [one for turn in turns for one in _looked_at([turn])]
        logger.exception("turn %s could not be looked through", turns[0].pk)
        return []


def reasons(turn, evidence, rules, draw=random.random):
    """[(reason, weight)] by the `rules` in use ({reason: ReviewRule}); drawn at random only where there is no other."""
    found = {
        Why.THUMB: turn.thumb == Turn.Thumb.DOWN,
        Why.WRONG_FACT: bool(turn.corrections),
        Why.UNVERIFIED: evidence.unknown_titles > 0,
        Why.WARNED: _offers_warned(turn),
        Why.BREACH: any(one.picked and one.breaches for one in evidence.given),
        Why.FLAGGED: _says(turn, rules.get(Why.FLAGGED)),
        Why.FAILED: turn.state == Turn.State.FAILED and not turn.is_over_quota,
        Why.STOPPED: turn.state == Turn.State.STOPPED,
        Why.SLOW: _is_slow(turn, rules.get(Why.SLOW)),
    }
    why = [(reason, rules[reason].weight) for reason, is_so in found.items() if is_so and reason in rules]
    drawn = rules.get(Why.RANDOM)
    if not why and drawn and draw() * 100 < (drawn.threshold or 0):
        why = [(Why.RANDOM, drawn.weight)]
    return why


def _offers_warned(turn):
    return any(
        held.strength >= SEVERE and held.tag.group == Tag.Group.WARNINGS
        for pick in turn.picks.all()
        for held in pick.novel.novel_tags.all()
    )


def _says(turn, rule):
    words = [key(line) for line in rule.words.splitlines() if key(line)] if rule else []
    said = key(f"{turn.text}\n{turn.reply}") if words else ""
    return any(word in said for word in words)


def _is_slow(turn, rule):
    took = milliseconds(turn.queued_at, turn.finished_at)
    return bool(rule and rule.threshold and took is not None and took >= 1000 * rule.threshold)
