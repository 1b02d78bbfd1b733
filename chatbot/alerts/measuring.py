"""What the rules measure: of the replies that ended in their windows, found by an index, never of the whole table."""

import math
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Sum
from django.utils import timezone

from ..assistant import failures
from ..costs.models import MILLION
from ..models import Turn
from .models import Measure

MAX_TURNS = 5_000  # the latest of a window that are looked at; what they cost is summed up over all of it
WAITED = timedelta(minutes=2)  # an ask in line for so long should have been begun
COLUMNS = ("finished_at", "state", "failure", "queued_at", "first_text_at", "unverified")


@dataclass(frozen=True)
class Reading:
    """What a rule measures now. `value`: None where there is nothing to measure; `turns`: how many replies, or thumbs, it
    rests on; `ended`: replies that ended in the window, up to MAX_TURNS."""

    value: float | None
    turns: int
    ended: int


def measure(rules, now=None):
    """{rule's id: its Reading} of `rules`. One query for all of them, one for thumbs, and one for each that sums up
    spending."""
    now = now or timezone.now()
    if not rules:
        return {}
    ended = _ended(max(rule.window for rule in rules), now)
    thumbs = [rule.window for rule in rules if rule.measure == Measure.DOWN]
    judged = _judged(max(thumbs), now) if thumbs else []
    return {rule.pk: _reading(rule, ended, judged, now) for rule in rules}


def asks_wait():
    """Whether asks stand in line that should have been begun."""
    return Turn.objects.filter(state=Turn.State.QUEUED).waiting_since(WAITED).exists()


def _ended(minutes, now):
    """The latest replies that ended, with what is measured of them; who had no reply left had none to fail."""
    ended = Turn.objects.filter(finished_at__gte=now - timedelta(minutes=minutes)).exclude(failure=failures.QUOTA)
    return list(ended.order_by("-finished_at").values_list(*COLUMNS, named=True)[:MAX_TURNS])


def _judged(minutes, now):
    """(moment, thumb) of the latest thumbs: they come when they come, whenever the reply ended."""
    judged = Turn.objects.filter(thumb_at__gte=now - timedelta(minutes=minutes)).exclude(thumb="")
    return list(judged.order_by("-thumb_at").values_list("thumb_at", "thumb")[:MAX_TURNS])


def _reading(rule, ended, judged, now):
    since = now - timedelta(minutes=rule.window)
    ended = [turn for turn in ended if turn.finished_at >= since]
    match rule.measure:
        case Measure.FAILED:
            value, turns = _share([turn.state == Turn.State.FAILED for turn in ended])
        case Measure.TEXT:
            value, turns = _p95([_seconds(turn, turn.first_text_at) for turn in ended])
        case Measure.WHOLE:
            value, turns = _p95([_seconds(turn, None) for turn in ended if turn.state == Turn.State.DONE])
        case Measure.DOWN:
            value, turns = _share([thumb == Turn.Thumb.DOWN for at, thumb in judged if at >= since])
        case Measure.UNVERIFIED:
            value, turns = _share([turn.unverified > 0 for turn in ended if turn.unverified is not None])
        case Measure.SPENDING:
            value, turns = _spent(since)
    return Reading(value, turns, len(ended))


def _share(hits):
    """(percent of `hits` that are true, how many there are)."""
    return (100 * sum(hits) / len(hits) if hits else None), len(hits)


def _p95(seconds):
    """(the nearest-rank percentile, of how many)."""
    ordered = sorted(seconds)
    return (ordered[math.ceil(0.95 * len(ordered)) - 1] if ordered else None), len(ordered)


def _seconds(turn, until):
    """From the ask to a moment, or to the end, for who never got there."""
    return ((until or turn.finished_at) - turn.queued_at).total_seconds()


def _spent(since):
    """(what the replies that ended since cost, as far as it is known, and how many they are)."""
    found = Turn.objects.filter(finished_at__gte=since).aggregate(cost=Sum("cost"), turns=Count("pk"))
    return (found["cost"] or 0) / MILLION, found["turns"]
