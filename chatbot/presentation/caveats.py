"""The words of a caveat: what is not certain of a pick. Its kinds are those of `recommender.certainty`."""

from collections.abc import Callable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..language.words import subjects
from .lines import Line

# What no reader should have to unfold: a warning at full strength, and that it may not be there to be read.
OPEN = ("warning", "edition", "unpublished")


class CaveatLine(Line):
    @property
    def is_open(self) -> bool:
        return self.kind in OPEN

    @property
    def words(self) -> str:
        return WORDS[self.kind](self) if self.kind in WORDS else ""


def _warning(line: Line) -> str:
    return _("To be warned of: %(tag)s") % {"tag": line.label}


def _faint(line: Line) -> str:
    return _("Only a little of it: %(tag)s") % {"tag": line.label}


def _much(line: Line) -> str:
    return _("More of it than you asked for: %(tag)s") % {"tag": line.label}


def _mood(line: Line) -> str:
    return _("Not marked by us as: %(tag)s") % {"tag": line.label}


def _unmarked(line: Line) -> str:
    return _("Not marked by us as: %(tag)s") % {"tag": subjects.label(line.value, get_language() or "")}


def _hint(line: Line) -> str:
    other = line.tags[0].label if line.tags else ""
    return _("%(tag)s is not noted, but often comes with %(other)s") % {"tag": line.label, "other": other}


def _dated(line: Line) -> str:
    if line.value == "status":
        return _("Status as our catalogue last knew it")
    return _("Volumes as our catalogue last knew them; it goes on")


def _hoped(line: Line) -> str:
    if line.value == "status":
        return _("Perhaps not the status you hoped for")
    if line.value == "volumes":
        return _("Perhaps not the length you hoped for")
    if line.value == "year":
        return _("Perhaps not from the years you hoped for")
    if line.value == "edition":
        return _("Perhaps not in the language you hoped for")
    return _("Perhaps not what you hoped for as to an anime")


def _edition(line: Line) -> str:
    if line.value == "ko":
        return _("We do not know whether there is a Korean edition")
    return _("We do not know whether there is an English edition")


def _unpublished(line: Line) -> str:
    if line.value == "ko":
        return _("Not published in Korean, as far as we know")
    return _("Not published in English, as far as we know")


def _title(line: Line) -> str:
    return _("The Korean title is our own translation")


WORDS: dict[str, Callable[[Line], str]] = {
    "warning": _warning,
    "faint": _faint,
    "much": _much,
    "mood": _mood,
    "unmarked": _unmarked,
    "hint": _hint,
    "dated": _dated,
    "hoped": _hoped,
    "edition": _edition,
    "unpublished": _unpublished,
    "title": _title,
}
