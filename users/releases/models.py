"""Which new volumes a reader wants to hear of, and at which secret address a calendar may ask for them."""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from chatbot.catalogue.volumes import Volume


def all_languages():
    return list(Volume.Language.values)


def all_formats():
    """Asked for by the first migration alone."""
    return list(Volume.Format.values)


def written_formats():
    """Recordings come years after the book, and are new to few: who wants them ticks them."""
    return [Volume.Format.PRINT.value, Volume.Format.DIGITAL.value]


class ReleaseSettings(models.Model):
    """One row a reader who has chosen something. Who knows `token` reads their coming volumes, and nothing else."""

    reader = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="release_settings"
    )
    languages = models.JSONField(_("languages"), default=all_languages, blank=True)
    formats = models.JSONField(_("formats"), default=written_formats, blank=True)
    token = models.CharField(max_length=43, unique=True, null=True, editable=False)

    class Meta:
        verbose_name = _("choice of new volumes")
        verbose_name_plural = _("choices of new volumes")

    def __str__(self):
        return str(self.reader_id)

    @classmethod
    def of(cls, reader):
        """The reader's own, or what holds until they choose; not saved."""
        return cls.objects.filter(reader=reader).first() or cls(reader=reader)

    def renew_address(self):
        """Give it another address: whoever knows the one of before reads nothing any more."""
        self.token = secrets.token_urlsafe(32)
        self.save()

    def remove_address(self):
        self.token = None
        self.save()
