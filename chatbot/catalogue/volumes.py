"""The volumes of a work as they are sold: one row a language, format, number and ISBN."""

import re
from dataclasses import dataclass
from datetime import date

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

WIDTH = 4  # digits a whole number is padded to
NUMBER = re.compile(r"\d+")


def sortable(number):
    """`number` ("3", "7.5", "1-2", "4 Ex") as text that sorts as the numbers do."""
    return NUMBER.sub(lambda digits: digits[0].lstrip("0").rjust(WIDTH, "0"), number.strip())


def shown(number):
    """A sortable number as it is printed on the book."""
    return NUMBER.sub(lambda digits: digits[0].lstrip("0") or "0", number)


class Volume(models.Model):
    """A volume that is out, or that is said to come out, in one language and one format."""

    class Language(models.TextChoices):
        KOREAN = "ko", _("Korean")
        ENGLISH = "en", _("English")
        JAPANESE = "ja", _("Japanese")

    class Format(models.TextChoices):
        PRINT = "print", _("Printed book")
        DIGITAL = "digital", _("E-book")
        AUDIO = "audio", _("Audiobook")

    class Source(models.TextChoices):
        SHIPPED = "shipped", _("shipped list")
        LNRELEASE = "lnrelease", "LNRelease"
        RANOBEDB = "ranobedb", "RanobeDB"
        CSV = "csv", "CSV"
        BY_HAND = "by_hand", _("by hand")

    novel = models.ForeignKey(
        "catalogue.Novel", models.CASCADE, related_name="volume_rows", verbose_name=_("novel"), db_index=False
    )
    number = models.CharField(_("number"), max_length=24, help_text=_("Padded to four digits, so that it sorts."))
    language = models.CharField(_("language"), max_length=2, choices=Language)
    format = models.CharField(_("format"), max_length=7, choices=Format)
    isbn13 = models.CharField(_("ISBN"), max_length=13, blank=True)
    released_on = models.DateField(_("released on"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=250, blank=True)
    url = models.CharField(
        _("address"), max_length=500, blank=True, validators=[URLValidator(schemes=["http", "https"])]
    )
    source = models.CharField(_("source"), max_length=9, choices=Source, default=Source.BY_HAND)
    as_of = models.DateField(_("as of"), null=True, blank=True, help_text=_("Day of the list it was last seen in."))

    class Meta:
        ordering = ["language", "number", "format", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["novel", "number", "language", "format", "isbn13"], name="one_row_per_volume"
            )
        ]
        indexes = [
            models.Index(fields=["novel", "released_on"], name="volume_by_date"),
            models.Index(fields=["language", "-as_of"], name="volume_by_list"),
            models.Index(fields=["isbn13"], condition=~models.Q(isbn13=""), name="volume_by_isbn"),
        ]
        verbose_name = _("volume")
        verbose_name_plural = _("volumes as they are sold")

    def __str__(self):
        told = (self.get_language_display(), self.get_format_display(), self.shown_number)
        return f"#{self.novel_id} · {' · '.join(map(str, told))}"

    @property
    def shown_number(self):
        return shown(self.number)


@dataclass(frozen=True)
class Edition:
    """The volumes of a work in one language: a row a number, with the first day of each format."""

    language: str
    formats: tuple[str, ...]
    rows: list[tuple[str, list]]  # (number as printed, days in the order of `formats`; None where none is known)
    as_of: date | None

    @property
    def language_name(self):
        return Volume.Language(self.language).label

    @property
    def format_names(self):
        return [Volume.Format(one).label for one in self.formats]


def by_language(volumes):
    """An `Edition` a language there is, of the volumes of one work."""
    found = {}
    for volume in volumes:
        found.setdefault(volume.language, []).append(volume)
    return [_edition(language, found[language]) for language in Volume.Language.values if language in found]


def _edition(language, volumes):
    formats = tuple(one for one in Volume.Format.values if any(volume.format == one for volume in volumes))
    days = {}
    for volume in volumes:
        of_number = days.setdefault(volume.number, {})
        known = [day for day in (of_number.get(volume.format), volume.released_on) if day]
        of_number[volume.format] = min(known, default=None)
    rows = [(shown(number), [days[number].get(one) for one in formats]) for number in sorted(days)]
    as_of = max((volume.as_of for volume in volumes if volume.as_of), default=None)
    return Edition(language, formats, rows, as_of)


@dataclass(frozen=True, slots=True)
class Coming:
    """The next volume of a work in one language that no list has as being out, whatever its format."""

    language: str
    number: str  # as it is printed
    day: date
    as_of: date


def coming_of(novel_ids, today):
    """{novel id: `Coming` by language} of works of which a list knows of any. One query."""
    first, lists = {}, {}
    rows = Volume.objects.filter(novel__in=novel_ids, released_on__isnull=False, as_of__isnull=False).order_by()
    for pk, language, number, day, as_of in rows.values_list("novel", "language", "number", "released_on", "as_of"):
        days = first.setdefault((pk, language), {})
        # A volume is out when it is in any format: a recording of an old one is no next volume.
        days[number] = min(day, days.get(number, day))
        lists[pk, language] = max(as_of, lists.get((pk, language), as_of))
    found = {}
    for (pk, language), days in sorted(first.items()):
        if later := [(day, number) for number, day in days.items() if day > today]:
            day, number = min(later)
            found.setdefault(pk, []).append(Coming(language, shown(number), day, lists[pk, language]))
    return found
