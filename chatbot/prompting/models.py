"""Versions of the instructions. A row's text never changes: what shall read otherwise is another version.

That is what makes a version comparable: every turn names the one it was answered by (`Turn.prompt_version`).
"""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..assistant.instructions import MAX_PERSONA, MAX_RULES, SHIPPED, Instructions


class PromptVersionQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)

    def with_text(self, persona, rules):
        return self.filter(persona=persona, rules=rules)

    def before_active(self):
        """The older version that was in force before the one that is; None where none was. One that was taken back is
        newer, and nobody is led to it again."""
        older = self.filter(is_active=False, pk__lt=Subquery(self.active().values("pk")[:1]))
        return older.exclude(activated_at=None).order_by("-activated_at", "-pk").first()

    def activate(self, pk):
        """Put a version in force, instead of the one that is. Two operators who switch at once switch one after the
        other."""
        with transaction.atomic():
            self.order_by("pk").select_for_update().first()  # whoever switches holds the first row
            version = self.get(pk=pk)
            if not version.is_active:
                self.active().update(is_active=False)
                version.is_active, version.activated_at = True, timezone.now()
                version.save(update_fields=["is_active", "activated_at"])
        return version

    def keep_shipped(self, shipped=SHIPPED):
        """The version that ships with this release, and whether it is new here. A new one is put in force where no
        operator has chosen one of their own."""
        if kept := self.with_text(shipped.persona, shipped.rules).first():
            return kept, False
        with transaction.atomic():
            active = self.active().first()
            kept = self.create(
                name=self._free_name(shipped.version), persona=shipped.persona, rules=shipped.rules, is_shipped=True
            )
            if active is None or active.is_shipped:
                kept = self.activate(kept.pk)
        return kept, True

    def _free_name(self, name):
        """`name`, or with a number behind it where other words have it already."""
        taken = set(self.filter(name__startswith=name).values_list("name", flat=True))
        names = [name, *(f"{name}.{number}" for number in range(2, len(taken) + 2))]
        return next(one for one in names if one not in taken)


class PromptVersion(models.Model):
    name = models.CharField(_("name"), max_length=20, unique=True)
    persona = models.TextField(_("persona"), max_length=MAX_PERSONA)
    rules = models.TextField(_("rules"), max_length=MAX_RULES)
    notes = models.TextField(_("what it is to change"), max_length=2000, blank=True)
    labels = models.CharField(_("labels"), max_length=100, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("written by")
    )
    is_shipped = models.BooleanField(_("came with a release"), default=False, editable=False)
    is_active = models.BooleanField(_("in force"), default=False, editable=False)
    activated_at = models.DateTimeField(_("last put in force"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)

    objects = PromptVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_active"], condition=models.Q(is_active=True), name="one_prompt_version_in_force"
            )
        ]
        verbose_name = _("prompt version")
        verbose_name_plural = _("prompt versions")

    def __str__(self):
        return self.name

    @property
    def instructions(self):
        return Instructions(self.name, self.persona, self.rules)
