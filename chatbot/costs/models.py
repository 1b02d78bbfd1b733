"""Prices of models, a day's budget, and what each day was spent on."""

import logging
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Sum
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lightnovel.counters import add_to

logger = logging.getLogger(__name__)

MILLION = 1_000_000
MOST = Decimal(100_000)  # of any currency, for a million tokens


def _price(name: Any, **options: Any) -> models.DecimalField:
    bounds = [MinValueValidator(Decimal(0)), MaxValueValidator(MOST)]
    return models.DecimalField(name, max_digits=10, decimal_places=4, validators=bounds, **options)


class PriceRule(models.Model):
    """What a million tokens of a model cost from a day on, in the currency that all prices are in.

    `model` is its name, or the beginning of several with `*`. A rule in effect stays as it is, as replies were priced by
    it: another one with a later day replaces it; of one day, the one that was entered last.
    """

    model = models.CharField(
        _("model"),
        max_length=80,
        validators=[
            RegexValidator(
                r"^[a-z0-9][a-z0-9._:/@+-]*\*?$|^\*$", _("Small letters, digits and . _ : / @ + - only, no spaces.")
            )
        ],
        help_text=_("Its name without date and gateway, in small letters; with * at its end, all that begin so."),
    )
    valid_from = models.DateField(_("valid from"), default=timezone.localdate)
    read = _price(_("read"), help_text=_("A million tokens that the model reads."))
    cached = _price(_("read from the cache"))
    cache_written = _price(_("put into the cache"))
    written = _price(_("tokens written"), help_text=_("A million tokens that the model writes, thoughts included."))
    created_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)

    class Meta:
        app_label = "chatbot"
        ordering = ["model", "-valid_from", "-pk"]
        verbose_name = _("price of a model")
        verbose_name_plural = _("prices of models")

    def __str__(self) -> str:
        return f"{self.model} {self.valid_from}"

    def clean(self) -> None:
        if self.valid_from and self.valid_from < timezone.localdate():
            raise ValidationError({"valid_from": _("Replies of that day are priced already: today at the earliest.")})

    def is_in_effect(self) -> bool:
        """Whether replies may have been priced by it: it can neither be changed nor deleted."""
        return self.valid_from <= timezone.localdate()


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
    """What a day's replies have taken of its budget, in millionths of the currency the prices are in: what they cost and
    what is reserved for those being written. Only kept where there is a bound (`DAILY_BUDGET`)."""

    day = models.DateField(_("day"), unique=True)
    spent = models.BigIntegerField(_("spent"), default=0)
    reached_at = models.DateTimeField(_("budget used up"), null=True, blank=True)

    objects = SpendingQuerySet.as_manager()

    class Meta:
        app_label = "chatbot"
        verbose_name = _("spending")
        verbose_name_plural = _("spendings")

    def __str__(self) -> str:
        return f"{self.day}: {self.spent / MILLION:.2f}"

    @property
    def amount(self) -> float:
        return self.spent / MILLION


class DailyCostQuerySet(models.QuerySet):
    def add(self, *, day: date, model: str, voice: str, **counts: int) -> None:
        """Add `counts`, by the names of the columns, to what the day has of this model and voice."""
        more = {name: F(name) + count for name, count in counts.items()}
        add_to(self, {"day": day, "model": model, "voice": voice}, more, counts)

    def total(self, since: date) -> int:
        """Millionths spent since the beginning of a day."""
        return self.filter(day__gte=since).aggregate(cost=Sum("cost"))["cost"] or 0


class DailyCost(models.Model):
    """What the replies of a day by one model and voice cost. Kept for good, whatever becomes of the turns.

    `cost` and `assumed` are millionths of the currency; `assumed` is the part of `cost` that is an estimate, as nobody
    has told how many tokens were used (replies that were stopped, or cut off).
    """

    day = models.DateField(_("day"))
    model = models.CharField(_("model"), max_length=80)
    voice = models.CharField(_("voice"), max_length=12)
    replies = models.PositiveBigIntegerField(_("replies"), default=0)
    tokens_read = models.PositiveBigIntegerField(_("tokens read"), default=0)
    tokens_cached = models.PositiveBigIntegerField(_("of those read, from the cache"), default=0)
    tokens_cache_written = models.PositiveBigIntegerField(_("of those read, put into the cache"), default=0)
    tokens_written = models.PositiveBigIntegerField(_("tokens written"), default=0)
    cost = models.BigIntegerField(_("cost"), default=0)
    assumed = models.BigIntegerField(_("of it, assumed"), default=0)

    objects = DailyCostQuerySet.as_manager()

    class Meta:
        app_label = "chatbot"
        ordering = ["-day", "model", "voice"]
        constraints = [models.UniqueConstraint(fields=["day", "model", "voice"], name="one_cost_per_day_and_model")]
        verbose_name = _("spending of a day")
        verbose_name_plural = _("spending by day, model and voice")

    def __str__(self) -> str:
        return f"{self.day} · {self.model}"


def whole(amount: float) -> int:
    """An amount of the currency in millionths."""
    return round(amount * MILLION)
