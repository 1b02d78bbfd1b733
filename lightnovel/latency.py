"""How long requests and replies take: read from the log of the middleware and from the rows of the turns."""

import json
import math
import os
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain, count, islice
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chatbot.assistant import failures
from chatbot.models import Turn

MAX_LINES = 20_000
MAX_TURNS = 1_000
PERIODS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "all": None}
PERIOD_NAMES = {"hour": _("Last hour"), "day": _("Last day"), "all": _("All that is kept")}


@dataclass
class Request:
    """One line of the log. `at`: seconds since 1970; `ms`: milliseconds; no route: the address leads nowhere."""

    at: float
    method: str
    route: str | None
    status: int
    ms: float


@dataclass
class Spread:
    """Durations in milliseconds: half are below `p50`, nineteen in twenty below `p95`. None where there are none."""

    count: int = 0
    p50: float | None = None
    p95: float | None = None

    @classmethod
    def of(cls, durations):
        if not durations:
            return cls()
        ordered = sorted(durations)
        return cls(len(ordered), _rank(ordered, 0.5), _rank(ordered, 0.95))


def _rank(ordered, share):
    """The nearest-rank percentile: always one of the values."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


@dataclass
class Route:
    method: str
    route: str | None
    times: Spread
    errors: int  # answers with a status of 500 and above


@dataclass
class Voice:
    """Replies of one voice. `stages`: Spread by the name of the stage; `failures`: (code, cause in words, count), most first."""

    name: str
    turns: int
    stages: dict
    failures: list


def since(period):
    """The beginning of the period, or None where it is all that is kept."""
    span = PERIODS[period]
    return timezone.now() - span if span else None


def routes(start=None):
    """Times per route and method since `start`, the busiest first."""
    durations, errors = defaultdict(list), Counter()
    earliest = start.timestamp() if start else 0
    for request in requests():
        if request.at >= earliest:
            route = (request.method, request.route)
            durations[route].append(request.ms)
            errors[route] += request.status >= 500
    found = [Route(*route, Spread.of(times), errors[route]) for route, times in durations.items()]
    return sorted(found, key=lambda one: (-one.times.count, one.route or "", one.method))


def requests():
    """The last requests of the log, newest first; lines that cannot be read are skipped."""
    lines = chain.from_iterable(_lines_backwards(path) for path in _files())
    return filter(None, map(_request, islice(lines, MAX_LINES)))


def _files():
    """The log and what was rotated away from it, newest first."""
    log = settings.LOG_DIR / "latency.jsonl"
    yield log
    for number in count(1):
        rotated = Path(f"{log}.{number}")
        if not rotated.exists():
            return
        yield rotated


def _lines_backwards(path, block=1 << 16):
    # It may not be there: nothing logged yet, or rotated away this moment.
    with suppress(FileNotFoundError), open(path, "rb") as file:
        position, rest = file.seek(0, os.SEEK_END), b""
        while position:
            size = min(block, position)
            position = file.seek(position - size)
            rest, *lines = (file.read(size) + rest).split(b"\n")
            yield from filter(None, reversed(lines))
        if rest:
            yield rest


def _request(line):
    try:
        kept = json.loads(line)
        route = None if kept["route"] is None else str(kept["route"])
        request = Request(float(kept["at"]), str(kept["method"]), route, int(kept["status"]), float(kept["ms"]))
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None  # cut off by a crash, or written by another version
    return request if math.isfinite(request.ms) and math.isfinite(request.at) else None


def voices(start=None):
    """Times per stage of the last finished replies since `start`, by voice."""
    turns = Turn.objects.exclude(finished_at=None).order_by("-finished_at")
    if start:
        turns = turns.filter(finished_at__gte=start)
    by_voice = defaultdict(list)
    for turn in turns.only("voice", "state", "failure", "queued_at", "started_at", "first_text_at", "finished_at")[
        :MAX_TURNS
    ]:
        by_voice[turn.voice].append(turn)
    return [_voice(name, by_voice[name]) for name in sorted(by_voice)]


def _voice(name, turns):
    # What ended early says nothing of how long a reply takes; what never began has no wait.
    done = [turn for turn in turns if turn.state == Turn.State.DONE]
    begun = [turn for turn in turns if turn.failure != failures.QUOTA]
    stages = {
        "line": _between(begun, "queued_at", "started_at"),
        "thought": _between(begun, "started_at", "first_text_at"),
        "writing": _between(done, "first_text_at", "finished_at"),
        "whole": _between(done, "queued_at", "finished_at"),
    }
    failed = Counter(turn.failure for turn in turns if turn.failure)
    told = [(code, failures.cause(code), number) for code, number in failed.most_common()]
    return Voice(name, len(turns), stages, told)


def _between(turns, start, end):
    moments = ((getattr(turn, start), getattr(turn, end)) for turn in turns)
    return Spread.of([(last - first).total_seconds() * 1000 for first, last in moments if first and last])
