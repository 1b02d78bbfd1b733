"""Archives of all that is a reader's own. The row is the truth, and the queue a nudge, as with turns.

They are kept in the database: web and worker need not share a disk.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lightnovel.leases import claim_next

KEPT_FOR = timedelta(days=7)
LEASE = timedelta(minutes=10)  # a worker has so long to make one before another begins anew
MAX_ATTEMPTS = 3
PART = 256 * 1024  # bytes of a row


class TakeoutQuerySet(models.QuerySet):
    def request(self, reader):
        """The archive that is being made for `reader`, else a new one; those made before make way for it."""
        with transaction.atomic():
            if waiting := self.filter(reader=reader, finished_at=None, attempts__lt=MAX_ATTEMPTS).first():
                return waiting
            self.filter(reader=reader).delete()
            return self.create(reader=reader)

    def waiting(self):
        free = Q(claimed_until=None) | Q(claimed_until__lt=Now())
        return self.filter(free, finished_at=None, attempts__lt=MAX_ATTEMPTS, reader__leaving_at=None)

    def claim(self):
        """An archive for this worker alone to make, or None."""
        return claim_next(self.waiting().order_by("pk"), LEASE)

    def ready(self):
        return self.filter(finished_at__gt=timezone.now() - KEPT_FOR)

    def run_out(self):
        return self.filter(requested_at__lt=timezone.now() - KEPT_FOR - timedelta(hours=1))


class Takeout(models.Model):
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="takeouts")
    requested_at = models.DateTimeField(default=timezone.now)
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(max_length=2, default="ko")
    done = models.PositiveIntegerField(default=0, help_text="Conversations written so far.")
    total = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = TakeoutQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["finished_at", "claimed_until"], name="takeouts_waiting")]
        verbose_name = _("archive")
        verbose_name_plural = _("archives")

    def __str__(self):
        return f"{self.reader_id}: {self.requested_at:%Y-%m-%d}"

    @property
    def has_failed(self):
        """Whether nobody will try it any more."""
        given_up = self.claimed_until is None or self.claimed_until < timezone.now()
        return self.finished_at is None and self.attempts >= MAX_ATTEMPTS and given_up

    @property
    def until(self):
        return self.finished_at + KEPT_FOR

    def keep(self, content) -> None:
        """Keep the file `content` and say that it is there."""
        self.parts.all().delete()
        size = 0
        while data := content.read(PART):
            TakeoutPart.objects.create(takeout=self, position=size // PART, data=data)
            size += len(data)
        self.size, self.finished_at = size, timezone.now()
        self.save(update_fields=["size", "finished_at"])

    def read(self) -> Iterator[bytes]:
        for position in range(-(-self.size // PART)):
            yield bytes(self.parts.get(position=position).data)


class TakeoutPart(models.Model):
    takeout = models.ForeignKey(Takeout, models.CASCADE, related_name="parts")
    position = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["takeout", "position"], name="one_part_a_position")]
        verbose_name = _("part of an archive")
        verbose_name_plural = _("parts of archives")

    def __str__(self):
        return f"{self.takeout_id}: {self.position}"
