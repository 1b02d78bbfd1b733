"""A reading list that was brought in, and what it says of each work."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lightnovel.leases import Stepwise, StepwiseQuerySet

from .formats import Format
from .matching import Reason, Verdict

KEPT_OPEN = timedelta(days=30)  # a list that was not put on the shelf
MAX_ATTEMPTS = 3
MAX_OPEN = 20  # lists of one reader that were not put on the shelf


class ReadingListQuerySet(StepwiseQuerySet):
    def gone_stale(self):
        """What nobody put on the shelf for a month; what was put there, or taken back from it, stays."""
        return self.filter(made_at__lt=timezone.now() - KEPT_OPEN).exclude(state__in=ReadingList.DONE)


class ReadingList(Stepwise):
    """One list of a reader's, from the upload to the shelf. The row says how far it has come."""

    class State(models.TextChoices):
        CHOOSING = "choosing", _("Columns to be chosen")
        READING = "reading", _("Being read")
        READY = "ready", _("Ready to check")
        KEEPING = "keeping", _("Being put on the shelf")
        KEPT = "kept", _("On the shelf")
        UNDOING = "undoing", _("Being taken back")
        UNDONE = "undone", _("Taken back")
        FAILED = "failed", _("Could not be read")

    AT_WORK = (State.READING, State.KEEPING, State.UNDOING)
    DONE = (State.KEEPING, State.KEPT, State.UNDOING, State.UNDONE)

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reading_lists")
    name = models.CharField(_("file"), max_length=120, blank=True)
    format = models.CharField(_("format"), max_length=12, choices=Format)
    encoding = models.CharField(max_length=12, default="utf-8-sig")
    options = models.JSONField(default=dict, help_text="Of a table: columns, header, scale. See formats.tables.read.")
    stateless = models.CharField(
        max_length=8, default="want", help_text="State of the shelf for works of which the list says none."
    )
    state = models.CharField(_("state"), max_length=8, choices=State)
    failure = models.CharField(max_length=20, blank=True, help_text="Of lines.WRONG_FILES.")
    done = models.PositiveIntegerField(default=0, help_text="Lines so far.")
    total = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict, help_text="Of what was kept or taken back: works by outcome.")
    made_at = models.DateTimeField(default=timezone.now)
    kept_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    objects = ReadingListQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["reader", "-id"], name="lists_of_a_reader"),
            models.Index(fields=["made_at"], name="lists_by_age"),
            models.Index(
                fields=["touched_at"], condition=Q(state__in=["reading", "keeping", "undoing"]), name="lists_at_work"
            ),
        ]
        verbose_name = _("reading list")
        verbose_name_plural = _("reading lists")

    def __str__(self):
        return f"{self.get_format_display()} · {self.name}"

    def get_absolute_url(self):
        return reverse("users:reading_list", args=[self.pk])

    @property
    def can_choose_again(self):
        """Whether the reader may say anew what the columns are."""
        is_open = self.format == Format.TABLE and self.state in (self.State.READY, self.State.FAILED)
        return is_open and ListFile.objects.filter(of=self).exists()

    def numbers(self):
        """{verdict: rows}, of all verdicts."""
        counted = dict(self.works.order_by().values_list("verdict").annotate(Count("pk")))
        return {verdict: counted.get(verdict, 0) for verdict in Verdict.values}


class ListFile(models.Model):
    """What was sent, as it was sent. Deleted once it has been read; a table, of which the reader may yet say what its
    columns are, once it goes onto the shelf."""

    of = models.OneToOneField(ReadingList, models.CASCADE, related_name="file")
    data = models.BinaryField()

    def __str__(self):
        return f"{self.of_id}"


class ListedWork(models.Model):
    """What a list says of one work, or a line that could not be read.

    `verdict` follows the reader: a doubt that was answered is matched, or missing.
    """

    class Outcome(models.TextChoices):
        ADDED = "added", _("newly on the shelf")
        CHANGED = "changed", _("filled in")
        SAME = "same", _("already there")
        OURS = "ours", _("kept as it is on your shelf")
        TAKEN_BACK = "taken_back", _("taken back")
        LEFT = "left", _("changed since, or told by another list too, so it stays")

    of = models.ForeignKey(ReadingList, models.CASCADE, related_name="works")
    line = models.PositiveIntegerField(help_text="The first line that speaks of it.")
    title = models.CharField(max_length=250, blank=True)
    authors = models.CharField(max_length=200, blank=True)
    base = models.CharField(max_length=250, blank=True, help_text="Key of the title without its volume.")
    isbn = models.CharField(max_length=13, blank=True)
    said = models.JSONField(default=list, help_text="What each line says. See folding.told.")
    verdict = models.CharField(max_length=9, choices=Verdict)
    reason = models.CharField(max_length=14, choices=Reason, blank=True)
    fault = models.CharField(max_length=10, blank=True, help_text="Of lines.FAULTS.")
    candidates = models.JSONField(default=list, help_text="Ids of novels, the likeliest first.")
    novel = models.ForeignKey("catalogue.Novel", models.SET_NULL, null=True, related_name="+")
    is_novel = models.BooleanField(default=False, help_text="The list calls it one, so it may be a gap.")
    by_hand = models.BooleanField(default=False, help_text="The reader answered.")
    left_out = models.BooleanField(default=False, help_text="The reader does not want it on the shelf.")
    folded = models.JSONField(null=True, help_text="What the list says of the work, once it is kept.")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    before = models.JSONField(null=True, help_text="The entry's fields before; null where there was none.")
    after = models.JSONField(null=True, help_text="And after; null where nothing was written.")

    class Meta:
        ordering = ["line", "pk"]
        indexes = [
            models.Index(fields=["of", "verdict", "line", "id"], name="listed_by_verdict"),
            models.Index(fields=["novel", "of"], condition=Q(folded__isnull=False), name="listed_and_kept"),
        ]
        verbose_name = _("listed work")
        verbose_name_plural = _("listed works")

    def __str__(self):
        return self.title or f"{self.line}"
