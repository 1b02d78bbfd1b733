"""What is not kept for ever, where the installation says so: conversations and what went wrong in them.

A conversation that nobody has asked in for `KEEP_CONVERSATIONS_DAYS` is deleted as by its reader, with all that hangs on
it: turns, picks, looks, reviews. What its reader has pinned stays. `KEEP_EVIDENCE_DAYS` after a turn has ended, the raw
words of failures and of the model's calls are emptied, and what its voice was given is deleted; the reply, its picks and
its figures stay.
"""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SECONDS = 5  # of one go
AT_ONCE = 100  # conversations marked in one transaction
SPAN = 500  # turns looked at in one


class RetentionDayQuerySet(models.QuerySet[Any]):
    def add(self, **changes: Any) -> None:
        """Write down what was done today."""
        self.get_or_create(day=timezone.localdate())
        self.filter(day=timezone.localdate()).update(**changes, changed_at=timezone.now())

    def emptied_until(self) -> datetime:
        """The end of the turns whose evidence was emptied already."""
        latest: datetime | None = self.aggregate(models.Max("emptied_until"))["emptied_until__max"]
        return latest or datetime(2000, 1, 1, tzinfo=UTC)


class RetentionDay(models.Model):
    """What the rules of retention took away on one day."""

    day = models.DateField(_("day"), unique=True)
    conversations = models.PositiveIntegerField(_("conversations deleted"), default=0)
    evidence = models.PositiveIntegerField(_("turns whose evidence was emptied"), default=0)
    emptied_until = models.DateTimeField(_("of turns until"), null=True, blank=True)
    changed_at = models.DateTimeField(_("last at"), default=timezone.now)

    objects = RetentionDayQuerySet.as_manager()

    class Meta:
        app_label = "chatbot"
        ordering = ["-day"]
        verbose_name = _("day of retention")
        verbose_name_plural = _("retention")

    def __str__(self) -> str:
        return str(self.day)


def outlived() -> models.QuerySet[Any]:
    """Conversations that are kept no longer."""
    from .models import Conversation  # which has these rows among its models

    if settings.KEEP_CONVERSATIONS_DAYS is None:
        return Conversation.objects.none()
    since = timezone.now() - timedelta(days=settings.KEEP_CONVERSATIONS_DAYS)
    return Conversation.objects.filter(updated_at__lt=since, deleted_at=None, pinned_at=None)


def carry_out(seconds: float = SECONDS) -> bool:
    """Go on with what has outlived its time, for about `seconds`. False when something is left to be done."""
    deadline = time.monotonic() + seconds
    return _delete_conversations(deadline) and _empty_evidence(deadline)


def _delete_conversations(deadline: float) -> bool:
    while pks := list(outlived().order_by().values_list("pk", flat=True)[:AT_ONCE]):
        outlived().filter(pk__in=pks).delete_for_good()  # type: ignore[attr-defined]
        RetentionDay.objects.add(conversations=F("conversations") + len(pks))
        if time.monotonic() > deadline:
            return False
    return True


def _empty_evidence(deadline: float) -> bool:
    """In order of their end, so that no turn is looked at again the next time."""
    from .models import Turn, VoiceInput

    if settings.KEEP_EVIDENCE_DAYS is None:
        return True
    until = timezone.now() - timedelta(days=settings.KEEP_EVIDENCE_DAYS)
    begin = RetentionDay.objects.emptied_until()
    while begin < until:
        ends = Turn.objects.filter(finished_at__gte=begin, finished_at__lt=until).order_by("finished_at")
        end = ends.values_list("finished_at", flat=True)[SPAN : SPAN + 1].first() or until
        end = max(end, begin + timedelta(microseconds=1))  # where more of them end in one instant
        with transaction.atomic():
            given = VoiceInput.objects.filter(turn=OuterRef("pk"))
            told = ~Q(failure_detail="") | ~Q(calls=[]) | Exists(given)
            ended = Turn.objects.filter(finished_at__gte=begin, finished_at__lt=end)
            number = ended.filter(told).update(failure_detail="", calls=[])
            VoiceInput.objects.filter(turn__in=ended).delete()
            RetentionDay.objects.add(evidence=F("evidence") + number, emptied_until=end)
        begin = end
        if begin < until and time.monotonic() > deadline:
            return False
    return True
