"""What an import has done, so that it can be undone, and the works it brought that are not ready for the shelf."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lightnovel.leases import Stepwise, StepwiseQuerySet


class Source(models.TextChoices):
    RANOBEDB = "ranobedb", "RanobeDB"
    ANILIST = "anilist", "AniList"
    LNRELEASE = "lnrelease", "LNRelease"
    CSV = "csv", "CSV"
    JSONL = "jsonl", _("JSON lines")


OWN = (Source.CSV, Source.JSONL)  # an operator's own files, which are believed in all they say

KEPT_OPEN = timedelta(days=30)  # an upload that was not applied


class Draft(models.Model):
    """A work an import brought that lacks what every work on the shelf has. No page and no reply knows of it."""

    source = models.CharField(_("source"), max_length=10, choices=Source)
    source_id = models.CharField(_("id there"), max_length=64, blank=True)
    title = models.CharField(_("title"), max_length=250)
    key = models.CharField(max_length=250, db_index=True, editable=False)
    row = models.JSONField(_("what is known"), help_text=_("As a line of the catalogue's file."))
    lacks = models.JSONField(_("what is missing"), default=list)
    changed_at = models.DateTimeField(_("last imported"), default=timezone.now)

    class Meta:
        ordering = ["title", "pk"]
        indexes = [models.Index(fields=["source", "source_id"])]
        verbose_name = _("unfinished work")
        verbose_name_plural = _("unfinished works")

    def __str__(self):
        return self.title


class Import(models.Model):
    """One applied import. Kept for good: what it replaced is in its works."""

    source = models.CharField(_("format"), max_length=10, choices=Source)
    file_name = models.CharField(_("file"), max_length=200)
    made_at = models.DateTimeField(_("applied at"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("applied by")
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, help_text=_("Empty: it broke off, and can be undone."))
    counts = models.JSONField(_("result"), default=dict)
    undone_at = models.DateTimeField(_("undone at"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("undone by")
    )

    undo_ended_at = models.DateTimeField(null=True, editable=False, help_text="Empty: some works may still be to do.")

    class Meta:
        ordering = ["-pk"]
        permissions = [("undo_import", "Can undo an import")]
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self):
        return f"{self.get_source_display()} · {self.file_name}"


class ImportedWork(models.Model):
    """What an import did to one work. `before` and `after` are lines of the catalogue's file, or rows of volumes."""

    class Action(models.TextChoices):
        ADDED = "added", _("added")
        CHANGED = "changed", _("changed")
        DRAFTED = "drafted", _("added, unfinished")
        REDRAFTED = "redrafted", _("changed, unfinished")
        VOLUMES = "volumes", _("volumes changed")

    class Left(models.TextChoices):
        """Why an undo left the work as it was."""

        EDITED = "edited", _("changed since by somebody")
        IN_USE = "in_use", _("readers have it on their shelf or in a reply")
        GONE = "gone", _("no longer there")

    of = models.ForeignKey(Import, models.CASCADE, related_name="works", verbose_name=_("import"))
    action = models.CharField(_("what was done"), max_length=9, choices=Action)
    where = models.CharField(_("where in the file"), max_length=80)
    title = models.CharField(_("title"), max_length=250)
    novel = models.ForeignKey(
        "catalogue.Novel", models.SET_NULL, null=True, related_name="imports", verbose_name=_("novel")
    )
    draft = models.ForeignKey(
        Draft, models.SET_NULL, null=True, related_name="imports", verbose_name=_("unfinished work")
    )
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"))
    loaded = models.CharField(max_length=64, help_text="`Novel.loaded` before it was changed.", blank=True)
    # What the draft was that a record made complete: it comes back when the work goes.
    drafted_before = models.JSONField(null=True)
    taken_back = models.BooleanField(default=False, db_default=False, editable=False)
    left = models.CharField(_("left by the undo"), max_length=7, choices=Left, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("imported work")
        verbose_name_plural = _("imported works")

    def __str__(self):
        return self.title


class UploadQuerySet(StepwiseQuerySet):
    def gone_stale(self):
        """What nobody applied for a month."""
        return self.filter(made_at__lt=timezone.now() - KEPT_OPEN).exclude(state=Upload.State.APPLIED)


class Upload(Stepwise):
    """A file an operator has sent, from the sending to the import made of it. The row says how far it has come."""

    class State(models.TextChoices):
        CHOOSING = "choosing", _("Columns to be chosen")
        READING = "reading", _("Being read")
        READY = "ready", _("To be looked at")
        APPLYING = "applying", _("Being applied")
        APPLIED = "applied", _("Applied")
        FAILED = "failed", _("Could not be read")

    AT_WORK = (State.READING, State.APPLYING)

    file_name = models.CharField(_("file"), max_length=200)
    source = models.CharField(_("format"), max_length=10, choices=Source)
    encoding = models.CharField(_("letters"), max_length=12)
    columns = models.JSONField(default=dict, help_text="Of a table: {field: name of its column}.")
    state = models.CharField(_("state"), max_length=8, choices=State)
    failure = models.CharField(max_length=300, blank=True)
    done = models.PositiveIntegerField(default=0, help_text="Works so far.")
    total = models.PositiveIntegerField(default=0, help_text="Lines of the file.")
    counts = models.JSONField(_("result"), default=dict, help_text="Works of the preview by what would become of them.")
    made_at = models.DateTimeField(_("sent at"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("sent by")
    )
    applied_as = models.ForeignKey(Import, models.SET_NULL, null=True, related_name="uploads", verbose_name=_("import"))

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "touched_at"], name="uploads_at_work")]
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")

    def __str__(self):
        return self.file_name

    def move(self, before, to, **changes):
        """As of all that is done in steps; each counts its works anew."""
        return super().move(before, to, **{"done": 0, **changes})


class UploadFile(models.Model):
    """What was sent, as it was sent. Deleted once it has been applied."""

    of = models.OneToOneField(Upload, models.CASCADE, related_name="file")
    data = models.BinaryField()

    def __str__(self):
        return str(self.of_id)


class PreviewedWork(models.Model):
    """What would become of one work of an upload: `applying.Item`, kept to be looked at."""

    of = models.ForeignKey(Upload, models.CASCADE, related_name="works", db_index=False)
    position = models.PositiveIntegerField()
    action = models.CharField(max_length=9)
    where = models.CharField(max_length=80)
    title = models.CharField(max_length=250, blank=True)
    slug = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    more = models.JSONField(default=dict, help_text="Of `uploads.MORE`, where there is any.")

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["of", "action", "position"], name="previewed_by_action")]

    def __str__(self):
        return f"{self.where}: {self.title}"
