"""What became of a work, and what somebody found wrong with one."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...text.folding import key

MAX_SAID = 300  # letters kept of what was said
EXAMPLES = 5  # turns kept to look at


class Change(models.Model):
    """One change of one work: what differs, field by field, and nothing of what stayed.

    `differences`: {field of the form: [before, after]}, with "tags" and "names" among them. Empty where the work was
    put on the shelf, or taken off it.
    """

    class How(models.TextChoices):
        ADDED = "added", _("put on the shelf")
        BY_HAND = "by_hand", _("changed by hand")
        IMPORTED = "imported", _("changed by an import")
        UNDONE = "undone", _("an import was undone")
        LOADED = "loaded", _("changed by loading the files")
        RESTORED = "restored", _("an earlier state was restored")
        DELETED = "deleted", _("taken off the shelf")

    novel = models.ForeignKey(
        "catalogue.Novel", models.SET_NULL, null=True, related_name="changes", verbose_name=_("novel")
    )
    slug = models.CharField(_("slug"), max_length=60)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by whom")
    )
    how = models.CharField(_("what was done"), max_length=8, choices=How)
    differences = models.JSONField(_("differences"), default=dict)
    of = models.ForeignKey(
        "catalogue.Import", models.SET_NULL, null=True, related_name="+", verbose_name=_("import"), db_index=False
    )

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["novel", "-id"], name="changes_of_a_work")]
        verbose_name = _("change")
        verbose_name_plural = _("changes")

    def __str__(self):
        return f"{self.slug} {self.at:%F %T}"


class FactMarkQuerySet(models.QuerySet):
    def note(self, novel_id, field, *, source, turn_id, said="", shelf=None):
        """Count that `field` of a work was said to be otherwise, once a turn.

        What was closed opens again where the shelf says something new by now; where the row was right it stays right.
        """
        said = said[:MAX_SAID]
        folded = key(said)[:80]
        with transaction.atomic():
            mark, _is_new = self.get_or_create(
                novel_id=novel_id, field=field, source=source, key=folded, defaults={"said": said, "shelf": shelf}
            )
            mark = self.select_for_update().get(pk=mark.pk)
            if turn_id in mark.turns:
                return
            if mark.state != FactMark.State.OPEN and mark.shelf != shelf:
                mark.state, mark.closed_at, mark.closed_by = FactMark.State.OPEN, None, None
            mark.shelf, mark.last_at, mark.times = shelf, timezone.now(), F("times") + 1
            mark.turns = [*mark.turns, turn_id][-EXAMPLES:]
            mark.save()

    def open(self):
        return self.filter(state=FactMark.State.OPEN)

    def close(self, state, user):
        """Returns how many were open and are `state` now."""
        return self.open().update(state=state, closed_at=timezone.now(), closed_by=user)


class FactMark(models.Model):
    """A field of a work that somebody marked as wrong. `field` is that of the form, "" where only the work is known."""

    class Source(models.TextChoices):
        REPLY = "reply", _("a reply says otherwise")
        READER = "reader", _("a reader says a fact is wrong")
        REVIEWER = "reviewer", _("a reviewer says a fact is wrong")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        RIGHT = "right", _("The row was right")
        MENDED = "mended", _("The row was mended")

    novel = models.ForeignKey(
        "catalogue.Novel", models.CASCADE, related_name="fact_marks", verbose_name=_("novel"), db_index=False
    )
    field = models.CharField(_("field"), max_length=20, blank=True)
    source = models.CharField(_("marked by"), max_length=8, choices=Source)
    said = models.CharField(_("what was said"), max_length=MAX_SAID, blank=True)
    key = models.CharField(max_length=80, blank=True, editable=False)
    shelf = models.JSONField(_("what the shelf said"), null=True)
    times = models.PositiveIntegerField(_("times"), default=0)
    first_at = models.DateTimeField(_("first marked"), default=timezone.now)
    last_at = models.DateTimeField(_("last marked"), default=timezone.now)
    turns = models.JSONField(_("turns"), default=list, help_text=_("Ids of the latest turns."))
    state = models.CharField(_("state"), max_length=6, choices=State, default=State.OPEN)
    closed_at = models.DateTimeField(_("closed"), null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("closed by")
    )

    objects = FactMarkQuerySet.as_manager()

    class Meta:
        ordering = ["-times", "-last_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["novel", "field", "source", "key"], name="one_mark_per_statement")
        ]
        indexes = [models.Index(fields=["state", "-times", "-last_at"], name="marks_by_state")]
        verbose_name = _("fact marked as wrong")
        verbose_name_plural = _("facts marked as wrong")

    def __str__(self):
        return f"{self.novel_id} {self.field}: {self.said}"
