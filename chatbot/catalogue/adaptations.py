"""Which season, film or OVA of a work tells its volumes up to which one.

A row keeps them as a list of objects, in the order in which they appeared:
`{"title": {"ko", "en", "ja"} or "", "kind", "number", "year", "to_volume", "sure", "note"}`. `number` counts within the
kind; a remake counts anew and has a title. `to_volume` is the last volume that is told, in the numbering of the row, or null where it is not known.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

KINDS = {"season": _("Anime, season %(number)s"), "film": _("Film %(number)s"), "ova": _("OVA %(number)s")}
# What else a reader has to know before they read on. A row names one of these by its key.
NOTES = {
    "partway": _("ends within that volume"),
    "skips": _("leaves out parts of the books"),
    "mixed": _("tells the volumes in another order"),
    "original-ending": _("its ending is not that of the books"),
    "original": _("a story that is not in the books"),
    "side-volumes": _("tells a volume outside the numbering"),
    "counted-through": _("counted through all parts"),
    "part-end": _("tells its part to the end; the next part counts from volume 1 again"),
    "two-cours": _("shown in two halves with a pause; the second half ends there"),
}
PARTWAY, PART_END = "partway", "part-end"
KEYS = {"title", "kind", "number", "year", "to_volume", "sure", "note"}
LANGUAGES = {"ko", "en", "ja"}


@dataclass(frozen=True, slots=True)
class Adaptation:
    """One season, film or OVA. `title` is by language, and empty where it has none but that of the work."""

    title: dict[str, str]
    kind: str
    number: int
    year: int
    to_volume: int | None
    sure: bool
    note: str

    @property
    def next_volume(self) -> int | None:
        """The volume to read on with; None where it is not known how far the anime tells."""
        return self.to_volume + (self.note != PARTWAY) if self.to_volume else None


def adaptations_from(rows: Iterable[dict[str, Any]]) -> tuple[Adaptation, ...]:
    return tuple(Adaptation(**{**row, "title": row["title"] or {}}) for row in rows)


def check_adaptations(value: Any) -> None:
    """The model's check of the field. ValidationError says which one is wrong, and how."""
    if not isinstance(value, list):
        raise ValidationError(_("This is not a list."))
    seen = set()
    for place, one in enumerate(value, 1):
        if wrong := _wrong_in(one):
            raise ValidationError(_("Number %(place)s: %(wrong)s"), params={"place": place, "wrong": wrong})
        name = one["kind"], one["number"], str(one["title"])
        if name in seen:
            raise ValidationError(_("Number %(place)s: %(wrong)s"), params={"place": place, "wrong": _("said twice")})
        seen.add(name)


def _wrong_in(one: Any) -> Any:
    """What is wrong in one object of the list, or ""."""
    if not isinstance(one, dict) or set(one) != KEYS:
        return _("not an object with title, kind, number, year, to_volume, sure and note")
    title, to_volume = one["title"], one["to_volume"]
    is_title = isinstance(title, dict) and set(title) == LANGUAGES
    if title != "" and not (is_title and all(isinstance(text, str) and text.strip() for text in title.values())):
        return _("the title is neither empty nor in Korean, English and Japanese")
    if not isinstance(one["kind"], str) or one["kind"] not in KINDS:
        return _("the kind is not season, film or ova")
    if not _is_count(one["number"]):
        return _("the number is not 1 or more")
    if not _is_count(one["year"]) or not 1970 <= one["year"] <= 2100:
        return _("the year is not a year")
    if to_volume is not None and not _is_count(to_volume):
        return _("to_volume is neither empty nor 1 or more")
    if type(one["sure"]) is not bool:
        return _("sure is not true or false")
    if not isinstance(one["note"], str) or (one["note"] and one["note"] not in NOTES):
        return _("the note is none of those there are")
    return ""


def _is_count(value: Any) -> bool:
    # True is an int to Python, never to a reader of the file.
    return type(value) is int and value >= 1
