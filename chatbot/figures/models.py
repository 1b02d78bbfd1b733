"""The counts of a day, and which days have to be counted anew."""

from django.db import models
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DayFigures(models.Model):
    """What the turns that ended on a day amount to. Made of the rows alone: it can be thrown away and made again."""

    day = models.DateField(_("day"), unique=True, help_text="In the time zone of the site.")
    counts = models.JSONField(default=dict, help_text="Of the whole day; see counts.Counts.")
    hours = models.JSONField(default=dict, help_text="By hour of the clock, less what only the whole day is asked for.")
    counted_at = models.DateTimeField(help_text="When the count began: what was changed before is in it.")

    class Meta:
        app_label = "chatbot"
        ordering = ["day"]
        verbose_name = _("figures of a day")
        verbose_name_plural = _("figures of days")

    def __str__(self):
        return f"{self.day}"


class LateChangeQuerySet(models.QuerySet):
    def note(self, moment):
        """What ended at `moment` has changed; None has not ended, and is counted when it does."""
        if moment:
            self.create(day=timezone.localdate(moment))

    def days_of(self, turns):
        """Days on which `turns`, a queryset, ended. Every one of them is read: to be asked before the transaction in
        which many of them change or go."""
        ended = turns.exclude(finished_at=None).order_by()
        return list(ended.annotate(on=TruncDate("finished_at")).values_list("on", flat=True).distinct())

    def note_days(self, days):
        """In the transaction of the change, or after it: a mark that is seen before may be taken for counted."""
        self.bulk_create(self.model(day=day) for day in days)


class LateChange(models.Model):
    """Something that ended on `day` has changed since: a thumb, a verdict, a deletion.

    One row a change and not one a day: it commits with the change, waits for nobody, and a count that began before
    cannot take it away.
    """

    day = models.DateField()

    objects = LateChangeQuerySet.as_manager()

    class Meta:
        app_label = "chatbot"
        verbose_name = _("late change")
        verbose_name_plural = _("late changes")

    def __str__(self):
        return f"{self.day}"
