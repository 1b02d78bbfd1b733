"""What the replies of a day cost, by model and voice, and the bound set to it (`DAILY_BUDGET`).

Where there is a bound, each reply reserves an estimate before the model is asked and settles it afterwards. The
reservation is one conditional update in the shared database, so workers cannot together run past the bound by more than
their estimates were wrong. What was reserved by a worker that died stays spent: the model may well have been paid.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.conf import settings
from django.db import Error as DatabaseTrouble
from django.utils import timezone

from ..assistant import failures, speaks_for_itself
from ..db_retry import write_lock
from . import pricing
from .models import DailyCost, Spending, whole

logger = logging.getLogger(__name__)

# Tokens of a reply whose real ones are not known: the shelf and some memory, perhaps twice, and some thinking.
READ, WRITTEN = 6_000, 1_500
# Failures that come before the model has done anything it could ask money for.
UNPAID = {failures.KEY, failures.CREDIT, failures.BUSY, failures.DOWN, failures.TOO_LONG}


@contextmanager
def account(turn: Any, *, by_model: bool | None = None) -> Iterator[bool]:
    """Yields whether the model may be asked for `turn`; what it really cost is booked at the end, from the turn.
    `by_model`: whether a model words it, where that does not follow from who reads it."""
    if by_model is None:
        by_model = not speaks_for_itself(is_guest=turn.reader.is_guest)
    if not by_model:
        yield True
        return
    reserved, attempts = estimate(turn.model), turn.attempts
    is_bound = settings.DAILY_BUDGET is not None
    day = Spending.objects.reserve(reserved) if is_bound else timezone.localdate()
    try:
        yield bool(day)
    finally:
        if day:
            try:
                with write_lock:
                    _book(turn, turn.attempts - attempts, day, reserved, is_bound)
            except DatabaseTrouble:
                logger.warning("turn %s: what it cost is not booked, the database does not answer", turn.pk)


def estimate(model: str = "") -> int:
    """What a reply by `model`, by the one that is set unless said, will cost, in millionths, as far as can be said
    before."""
    return pricing.cost(model or settings.OPENAI_MODEL, READ, WRITTEN)


def _book(turn: Any, attempts: int, day: date, reserved: int, is_bound: bool) -> None:
    """Write down what `attempts` to have the turn worded cost: of the day's budget, and by model and voice."""
    known = cost_of(turn, attempts) if attempts else 0
    assumed = (0 if turn.failure in UNPAID else reserved) if known is None else 0
    real = known or assumed
    if is_bound:
        Spending.objects.settle(day, reserved, real)
    if attempts:
        DailyCost.objects.add(
            day=day,
            model=turn.model,
            voice=turn.voice,
            replies=1,
            tokens_read=turn.tokens_in or 0,
            tokens_cached=turn.tokens_cached or 0,
            tokens_cache_written=turn.tokens_cache_written or 0,
            tokens_written=turn.tokens_out or 0,
            cost=real,
            assumed=assumed,
        )


def cost_of(turn: Any, attempts: int) -> int | None:
    """What the tokens counted for the turn cost, in millionths; None where none were.

    They are those of `turn.counted` requests; of the other `attempts`, which failed before, only what the model read is
    priced, as what it wrote is lost.
    """
    if turn.tokens_in is None and turn.tokens_out is None:
        return None
    counted = max(1, turn.counted)
    share = max(counted, attempts) / counted
    read, cached, put = (
        round((count or 0) * share) for count in (turn.tokens_in, turn.tokens_cached, turn.tokens_cache_written)
    )
    return pricing.cost(turn.model, read, turn.tokens_out or 0, cached, put)


def is_used_up() -> bool:
    """Whether the next reply of today would be the built-in librarian's, for pages to say so."""
    if settings.DAILY_BUDGET is None or speaks_for_itself():
        return False
    return Spending.objects.today().spent > whole(settings.DAILY_BUDGET) - estimate()
