"""What the replies of a day cost, and the bound set to it. Only kept where there is a bound (`DAILY_BUDGET`).

Each reply reserves an estimate before the model is asked and settles it afterwards. The reservation is one conditional
update in the shared database, so workers cannot together run past the bound by more than their estimates were wrong.
What was reserved by a worker that died stays spent: the model may well have been paid.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.conf import settings
from django.db import Error as DatabaseTrouble
from django.db import models
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import pricing
from .assistant import failures, speaks_for_itself

logger = logging.getLogger(__name__)

# Tokens of a reply whose real ones are not known: the shelf and some memory, perhaps twice, and some thinking.
READ, WRITTEN = 6_000, 1_500
# Failures that come before the model has done anything it could ask money for.
UNPAID = {failures.KEY, failures.CREDIT, failures.BUSY, failures.DOWN, failures.TOO_LONG}


class SpendingQuerySet(models.QuerySet):
    def reserve(self, amount: int) -> date | None:
        """Spend `amount` of today's budget. The day it was taken from; None, with nothing spent, when it is used up."""
        day = timezone.localdate()
        budget = whole(settings.DAILY_BUDGET)
        self.get_or_create(day=day)
        if self.filter(day=day, spent__lte=budget - amount).update(spent=F("spent") + amount):
            return day
        if self.filter(day=day, reached_at=None).update(reached_at=timezone.now()):
            logger.warning("the budget of %s is used up: the built-in librarian answers until midnight", day)
        return None

    def settle(self, day: date, reserved: int, real: int) -> None:
        change = {"spent": Greatest(F("spent") + (real - reserved), 0)}
        self.filter(day=day).update(**change)

    def today(self) -> "Spending":
        return self.filter(day=timezone.localdate()).first() or self.model(day=timezone.localdate())


class Spending(models.Model):
    """What a day's replies have cost, in millionths of the currency the prices are in."""

    day = models.DateField(_("day"), unique=True)
    spent = models.BigIntegerField(_("spent"), default=0)
    reached_at = models.DateTimeField(_("budget used up"), null=True, blank=True)

    objects = SpendingQuerySet.as_manager()

    class Meta:
        app_label = "chatbot"
        verbose_name = _("spending")
        verbose_name_plural = _("spendings")

    def __str__(self) -> str:
        return f"{self.day}: {self.spent / 1_000_000:.2f}"

    @property
    def amount(self) -> float:
        return self.spent / 1_000_000


def whole(amount: float) -> int:
    return round(amount * 1_000_000)


@contextmanager
def account(turn: Any) -> Iterator[bool]:
    """Yields whether the model may be asked for `turn`; what it really cost is settled at the end, from the turn."""
    if settings.DAILY_BUDGET is None or speaks_for_itself():
        yield True
        return
    reserved, attempts = estimate(), turn.attempts
    day = Spending.objects.reserve(reserved)
    try:
        yield bool(day)
    finally:
        if day:
            try:
                Spending.objects.settle(day, reserved, _real(turn, turn.attempts - attempts, reserved))
            except DatabaseTrouble:
                logger.warning("turn %s: the estimate stays, the database does not answer", turn.pk)


def estimate() -> int:
    """What a reply will cost, in millionths, as far as can be said before."""
    return pricing.cost(READ, WRITTEN)


def _real(turn: Any, attempts: int, reserved: int) -> int:
    """What `attempts` to have the turn worded cost. The counted tokens are those of `turn.counted` requests; of those
    that failed before, only what the model read is priced, as what it wrote is lost."""
    if not attempts:
        return 0
    if turn.tokens_in is None and turn.tokens_out is None:
        return 0 if turn.failure in UNPAID else reserved
    counted = max(1, turn.counted)
    share = max(counted, attempts) / counted
    read, cached, put = (
        round((count or 0) * share) for count in (turn.tokens_in, turn.tokens_cached, turn.tokens_cache_written)
    )
    return pricing.cost(read, turn.tokens_out or 0, cached, put)


def is_used_up() -> bool:
    """Whether the next reply of today would be the built-in librarian's, for pages to say so."""
    if settings.DAILY_BUDGET is None or speaks_for_itself():
        return False
    return Spending.objects.today().spent > whole(settings.DAILY_BUDGET) - estimate()
