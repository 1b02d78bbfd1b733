"""Rows that one worker at a time works on. The row is the truth: it says what there is to do and who is at it, and what
a worker that died has left another goes on with once the lease has run out.
"""

from collections.abc import Collection
from datetime import timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

LOOKED_AT = 10  # rows, of which others may have taken some meanwhile


def claim_next(waiting: models.QuerySet[Any], lease: timedelta) -> Any | None:
    """The first of `waiting` that is nobody's, for this worker alone until `claimed_until`; None where there is none.
    The rows count their `attempts`."""
    for pk in waiting.values_list("pk", flat=True)[:LOOKED_AT]:
        mine = {"claimed_until": Now() + lease, "attempts": F("attempts") + 1}
        # Asked again within the update: of two workers one finds it taken.
        still = waiting.order_by().filter(pk=pk).values("pk")
        if waiting.model._default_manager.filter(pk__in=still).update(**mine):
            return waiting.model._default_manager.get(pk=pk)
    return None


class StepwiseQuerySet(models.QuerySet[Any]):
    def stalled(self) -> Self:
        """What is to be worked on, and no worker is at it."""
        free = Q(touched_at=None) | Q(touched_at__lt=timezone.now() - self.model.LEASE)
        return self.filter(free, state__in=self.model.AT_WORK)

    def claim(self, pk: int) -> Any | None:
        """The row, for this worker alone until it stops saying `touch`; None where there is nothing to do."""
        claimed = self.stalled().filter(pk=pk).update(touched_at=timezone.now(), attempts=F("attempts") + 1)
        return self.filter(pk=pk).first() if claimed else None


class Stepwise(models.Model):
    """What is done in steps, some of them by a worker. Whoever inherits has the fields `state`, `done` and `total`."""

    AT_WORK: ClassVar[Collection[Any]]  # the states in which a worker has something to do
    LEASE = timedelta(seconds=45)  # after which another worker may go on

    touched_at = models.DateTimeField(null=True, help_text="By the worker that has it.")
    attempts = models.PositiveSmallIntegerField(default=0, help_text="Workers that have begun with this step.")

    class Meta:
        abstract = True

    @property
    def is_at_work(self) -> bool:
        return self.state in self.AT_WORK

    @property
    def percent(self) -> int:
        return min(100, self.done * 100 // self.total) if self.total else 0

    def touch(self, **changes: Any) -> bool:
        """Say that the worker is still at it. False where somebody has let the row go meanwhile."""
        return self._update({"touched_at": timezone.now(), **changes})

    def move(self, before: str, to: str, **changes: Any) -> bool:
        """Take the next step, if the row still stands where it stood: two presses are one."""
        return self._update({"state": to, "touched_at": None, "attempts": 0, **changes}, state=before)

    def _update(self, changes: dict[str, Any], **where: Any) -> bool:
        is_there = bool(type(self)._default_manager.filter(pk=self.pk, **where).update(**changes))
        if is_there:
            for name, value in changes.items():
                setattr(self, name, value)
        return is_there
