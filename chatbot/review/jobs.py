"""Work of the review that a worker does. The row is the truth, and the queue a nudge, as with turns.

A worker takes a row by a conditional update, with a lease that it renews while it is at it; the lease of one that died
runs out, and another takes the row.
"""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from lightnovel.leases import claim_next
from lightnovel.telling import tell_worker

LEASE = timedelta(seconds=30)
MAX_ATTEMPTS = 2  # workers that may take a row


class JobQuerySet(models.QuerySet):
    def waiting(self):
        """Asked for, and in nobody's hands."""
        free = Q(claimed_until=None) | Q(claimed_until__lt=Now())
        return self.filter(free, asked_at__isnull=False, attempts__lt=MAX_ATTEMPTS)

    def given_up(self):
        """What took as many workers down with it as may try."""
        return self.filter(asked_at__isnull=False, attempts__gte=MAX_ATTEMPTS, claimed_until__lt=Now())

    def claim(self):
        """A row for this worker alone, or None."""
        return claim_next(self.waiting().order_by("asked_at", "pk"), LEASE)


class Job(models.Model):
    """What a worker is to do. `asked_at`: since when it waits; None when it is done."""

    asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    claimed_until = models.DateTimeField(null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    @property
    def is_waiting(self):
        return self.asked_at is not None

    def renew(self):
        """Whether the row is still this worker's: not deleted, not taken by another, who counts one attempt more."""
        rows = type(self)._default_manager.filter(pk=self.pk, attempts=self.attempts, asked_at__isnull=False)
        return bool(rows.update(claimed_until=Now() + LEASE))

    def end(self, **result):
        """Keep what came of it. False when the row is another's by now, or gone."""
        result |= {"asked_at": None, "claimed_until": None}
        rows = type(self)._default_manager.filter(pk=self.pk, attempts=self.attempts, asked_at__isnull=False)
        if not rows.update(**result):
            return False
        for name, value in result.items():
            setattr(self, name, value)
        return True


def nudge():
    """Tell a worker, once the rows can be seen. Losing this is harmless: it looks each minute."""
    tell_worker("review_again")
