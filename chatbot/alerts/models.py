"""Rules by which operators are told that something is wrong, and the alerts that have come of them."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

MAX_WINDOW = 24 * 60  # minutes
MAX_PAUSE = 7 * 24 * 60  # minutes


class Measure(models.TextChoices):
    """What a rule measures. Shares are percent, waits seconds, spending is in the currency of the prices."""

    FAILED = "failed", _("Replies that failed")
    TEXT = "text", _("Wait for the first text (p95)")
    WHOLE = "whole", _("Wait for the whole reply (p95)")
    SPENDING = "spending", _("Spending")
    DOWN = "down", _("Thumbs down")
    UNVERIFIED = "name", _("Replies with a title nobody knows")

    @property
    def is_share(self):
        return self in (Measure.FAILED, Measure.DOWN, Measure.UNVERIFIED)

    def in_words(self, value):
        """A value or a threshold with its unit; a dash for what could not be measured."""
        if value is None:
            return "–"
        number = number_format(f"{value:.2f}".rstrip("0").rstrip("."))
        if self.is_share:
            return f"{number}%"
        return number if self is Measure.SPENDING else gettext("%s s") % number


class NoData(models.TextChoices):
    """Whether it is an alert, too, that no reply has ended in the window."""

    NEVER = "never", _("No")
    QUEUED = "queued", _("While asks wait in line")
    ALWAYS = "always", _("Always")


class AlertRule(models.Model):
    measure = models.CharField(_("what is measured"), max_length=8, choices=Measure)
    threshold = models.DecimalField(
        _("threshold"),
        max_digits=12,
        decimal_places=2,
        validators=[MinValueValidator(0)],
        help_text=_("Told of when it is above: percent, seconds, or an amount in the currency of the prices."),
    )
    window = models.PositiveIntegerField(
        _("over the last … minutes"), validators=[MinValueValidator(1), MaxValueValidator(MAX_WINDOW)]
    )
    least = models.PositiveIntegerField(
        _("least number of replies"),
        default=10,
        help_text=_("With fewer in the window nothing is said; of thumbs, the least number of those."),
    )
    again_after = models.PositiveIntegerField(
        _("told again after … minutes"),
        default=60,
        validators=[MaxValueValidator(MAX_PAUSE)],
        help_text=_("While it lasts; 0: told once."),
    )
    no_data = models.CharField(
        _("alert without data"),
        max_length=6,
        choices=NoData,
        default=NoData.NEVER,
        help_text=_("When no reply has ended in the window."),
    )
    is_on = models.BooleanField(_("in use"), default=True)

    class Meta:
        app_label = "chatbot"
        ordering = ["measure", "window", "pk"]
        verbose_name = _("alert rule")
        verbose_name_plural = _("alert rules")

    def __str__(self):
        return gettext("%(measure)s, last %(window)d min") % {
            "measure": self.get_measure_display(),
            "window": self.window,
        }

    def clean(self):
        if self.measure in Measure.values and Measure(self.measure).is_share and (self.threshold or 0) > 100:
            raise ValidationError({"threshold": _("A share is 100 percent at the most.")})

    def in_words(self, value):
        return Measure(self.measure).in_words(value)


class AlertQuerySet(models.QuerySet):
    def going_on(self):
        return self.filter(ended_at=None)


class Alert(models.Model):
    """What a rule has found wrong, from when to when. Of a rule there is one at a time.

    `value` is what was measured last, None where nothing could be; `worst` the highest of all; both with the rule's
    unit. `turns`: how many replies, or thumbs, `value` rests on.
    """

    class Kind(models.TextChoices):
        ABOVE = "above", _("above its threshold")
        NO_DATA = "no_data", _("no reply has ended")

    rule = models.ForeignKey(AlertRule, models.CASCADE, related_name="alerts", verbose_name=_("rule"))
    kind = models.CharField(_("what is wrong"), max_length=8, choices=Kind)
    since = models.DateTimeField(_("since"), default=timezone.now)
    value = models.FloatField(_("measured last"), null=True)
    worst = models.FloatField(_("highest"), null=True)
    turns = models.PositiveIntegerField(_("replies"), default=0)
    told_at = models.DateTimeField(_("told last"), default=timezone.now)
    told = models.PositiveIntegerField(_("told"), default=0)
    ended_at = models.DateTimeField(_("over"), null=True, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        app_label = "chatbot"
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["rule"], condition=Q(ended_at=None), name="one_alert_at_a_time"),
        ]
        indexes = [models.Index(fields=["-since", "-id"]), models.Index(fields=["ended_at", "-since"])]
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")

    def __str__(self):
        return f"{self.rule}: {self.get_kind_display()}"

    @property
    def value_in_words(self):
        return self.rule.in_words(self.value)

    @property
    def worst_in_words(self):
        return self.rule.in_words(self.worst)

    @property
    def threshold_in_words(self):
        return self.rule.in_words(self.rule.threshold)

    def is_to_be_told_again(self, now):
        pause = self.rule.again_after
        return bool(pause) and now >= self.told_at + timedelta(minutes=pause)
