"""What an import has done, so that it can be undone, and the works it brought that are not ready for the shelf."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    RANOBEDB = "ranobedb", "RanobeDB"
    ANILIST = "anilist", "AniList"
    CSV = "csv", "CSV"


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

    class Meta:
        ordering = ["-pk"]
        permissions = [("undo_import", "Can undo an import")]
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self):
        return f"{self.get_source_display()} · {self.file_name}"


class ImportedWork(models.Model):
    """What an import did to one work. `before` and `after` are lines of the catalogue's file."""

    class Action(models.TextChoices):
        ADDED = "added", _("added")
        CHANGED = "changed", _("changed")
        DRAFTED = "drafted", _("added, unfinished")
        REDRAFTED = "redrafted", _("changed, unfinished")

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
    left = models.CharField(_("left by the undo"), max_length=7, choices=Left, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("imported work")
        verbose_name_plural = _("imported works")

    def __str__(self):
        return self.title
