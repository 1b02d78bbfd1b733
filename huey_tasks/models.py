from datetime import timedelta

from django.db import models
from django.db.models import F, Max, Sum
from django.db.models.functions import Greatest, Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lightnovel.counters import add_to

GONE_AFTER = timedelta(seconds=20)
FORGOTTEN_AFTER = timedelta(days=1)
# After the first try, the second, and so on; with the last try a letter is given up.
TRIED_AGAIN_AFTER = [timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 60, 180, 720)]
FAILED_KEPT_FOR = timedelta(days=30)
COUNTS_KEPT_FOR = timedelta(days=8)


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
    def alive(cls):
        """The workers that live, by the clock of the database, as the beats are. A beat from the future was before the
        clock was set back, and says nothing."""
        return cls.objects.filter(beat_at__range=(Now() - GONE_AFTER, Now() + GONE_AFTER))

    @property
    def is_alive(self):
        return abs(timezone.now() - self.beat_at) < GONE_AFTER


class LetterQuerySet(models.QuerySet):
    def due(self):
        return self.filter(failed_at=None, due_at__lte=timezone.now())

    def failed(self):
        return self.exclude(failed_at=None)

    def claim(self):
        """The letter that has waited longest, for this worker alone to send; None where none is due.

        It is due again after a while, in case this worker dies over it.
        """
        while letter := self.due().order_by("due_at", "pk").first():
            again = timezone.now() + TRIED_AGAIN_AFTER[min(letter.attempts, len(TRIED_AGAIN_AFTER) - 1)]
            claimed = self.filter(pk=letter.pk, due_at=letter.due_at)
            if claimed.update(attempts=F("attempts") + 1, due_at=again):
                letter.attempts += 1
                return letter
        return None

    def forget(self):
        """Drop what failed long ago."""
        self.filter(failed_at__lt=timezone.now() - FAILED_KEPT_FOR).delete()


class Letter(models.Model):
    """A mail that is not sent yet, or could not be; one that is sent is deleted, as it may hold a key to an account.

    `content` is what `mail` makes of it; it is emptied when the letter is given up.
    """

    address = models.CharField(_("recipient"), max_length=320)
    content = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("asked for"), default=timezone.now)
    due_at = models.DateTimeField(_("next try"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    failed_at = models.DateTimeField(_("given up"), null=True)
    error = models.CharField(_("error"), max_length=200, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["failed_at", "due_at"], name="letters_due")]

    def __str__(self):
        return self.address

    def note_failure(self, error, *, for_good):
        """Note a try that failed. True when the letter is given up with it."""
        self.error = str(error)[:200]
        if for_good or self.attempts > len(TRIED_AGAIN_AFTER):
            self.failed_at, self.content = timezone.now(), {}
        self.save(update_fields=["error", "failed_at", "content"])
        return self.failed_at is not None


class TaskCountQuerySet(models.QuerySet):
    def add(self, *, hour, task, longest_ms, last_error, **counts):
        """Add `counts`, by the names of the columns, to what the hour has of this task."""
        changes = {name: F(name) + count for name, count in counts.items()}
        changes["longest_ms"] = Greatest(F("longest_ms"), longest_ms)
        if last_error:
            changes["last_error"] = last_error
        first = {"longest_ms": longest_ms, "last_error": last_error, **counts}
        add_to(self, {"hour": hour, "task": task}, changes, first)

    def since(self, start):
        """What each task did since `start`: [{"task", "runs", "errors", "retries", "took_ms", "longest_ms"}, …]."""
        counts = ("runs", "errors", "retries", "took_ms")
        totals = {name: Sum(name) for name in counts} | {"longest_ms": Max("longest_ms")}
        return list(self.filter(hour__gte=start).order_by().values("task").annotate(**totals))

    def last_errors(self, start):
        """{task: the last error of an hour since `start`}."""
        failed = self.filter(hour__gte=start).exclude(last_error="").order_by("hour")
        return dict(failed.values_list("task", "last_error"))

    def forget(self):
        self.filter(hour__lt=timezone.now() - COUNTS_KEPT_FOR).delete()


class TaskCount(models.Model):
    """What the workers did of a task in an hour. `took_ms`: of all runs together; `errors`: runs that broke off."""

    hour = models.DateTimeField()
    task = models.CharField(max_length=80)
    runs = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)
    retries = models.PositiveIntegerField(default=0)
    took_ms = models.PositiveBigIntegerField(default=0)
    longest_ms = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)

    objects = TaskCountQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hour", "task"], name="one_count_per_hour_and_task")]

    def __str__(self):
        return f"{self.task} {self.hour}"
