from datetime import timedelta

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

GONE_AFTER = timedelta(seconds=20)
FORGOTTEN_AFTER = timedelta(days=1)


class Worker(models.Model):
    """A worker process and when it last showed that it lives."""

    name = models.CharField(max_length=80, unique=True)
    started_at = models.DateTimeField(default=timezone.now)
    beat_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-beat_at"]

    def __str__(self):
        return self.name

    @classmethod
    def beat(cls, name):
        """By the database's clock, as leases are: those of two machines may differ."""
        if not cls.objects.filter(name=name).update(beat_at=Now()):
            cls.objects.create(name=name)

    @classmethod
    def forget_gone(cls):
        """Each start of a worker process leaves a row behind; drop those silent for a day."""
        cls.objects.filter(beat_at__lt=timezone.now() - FORGOTTEN_AFTER).delete()

    @classmethod
    def last_beat(cls):
        """When any worker last showed that it lives, or None."""
        return cls.objects.aggregate(last=models.Max("beat_at"))["last"]

    @classmethod
    def any_alive(cls):
        """Whether any worker lives, by the clock of the database, as the beats are."""
        return cls.objects.filter(beat_at__gt=Now() - GONE_AFTER).exists()

    @property
    def is_alive(self):
        return timezone.now() - self.beat_at < GONE_AFTER
