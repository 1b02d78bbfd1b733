"""The words of a reason: what a pick matches."""

from collections.abc import Callable

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from ..language.names.readings import read_as
from ..language.words import flavours
from .lines import Line


class ReasonLine(Line):
    @property
    def words(self) -> str:
        return WORDS[self.kind](self) if self.kind in WORDS else str(self.value)


def _kin(line: Line) -> str:
    words = _("Close to “%(title)s”") % {"title": line.title}
    return f"{words}: {', '.join(tag.label for tag in line.tags)}" if line.tags else words


def _author(line: Line) -> str:
    return _("By the author of “%(title)s”") % {"title": line.title}


def _series(line: Line) -> str:
    return _("From the world of “%(title)s”") % {"title": line.title}


def _tone(line: Line) -> str:
    return _("Bright in tone") if line.value == "bright" else _("Dark in tone")


def _status(line: Line) -> str:
    return status_words(line.value)


def status_words(status: str) -> str:
    if status == "completed":
        return _("Complete")
    return _("Still running") if status == "ongoing" else _("On hiatus")


def _volumes(line: Line) -> str:
    return ngettext("%(n)s volume", "%(n)s volumes", line.value) % {"n": line.value}


def _year(line: Line) -> str:
    return _("First published in %(year)s") % {"year": line.value}


def _edition(line: Line) -> str:
    return edition_words(line.value)


def edition_words(language: str) -> str:
    return _("Published in Korean") if language == "ko" else _("Published in English")


def _published(line: Line) -> str:
    return published_words(line.value)


def published_words(publisher: str) -> str:
    return _("From %(publisher)s") % {"publisher": readable(publisher)}


def _drawn_by(line: Line) -> str:
    return drawn_words(line.value)


def drawn_words(artist: str) -> str:
    return _("Illustrated by %(artist)s") % {"artist": readable(artist)}


def readable(maker: str) -> str:
    """A publisher or an illustrator, called as the reader of the page can read them."""
    return read_as(maker, get_language() or "")


def _anime(line: Line) -> str:
    return anime_words(line.value)


def anime_words(has_one: bool) -> str:
    return _("Has an anime") if has_one else _("Has no anime")


def _aside(line: Line) -> str:
    words = _("A step aside")
    return f"{words}: {line.label}" if line.tag else words


def _suits(line: Line) -> str:
    """What is not there at all; a warning of which a little may be there is not among them."""
    tags = ", ".join(tag.label for tag in line.tags)
    return _("Nothing to be warned of: %(tags)s") % {"tags": tags} if tags else _("Suits whom it is for")


def _description(line: Line) -> str:
    # What was kept of the words is torn out of them: it is no quotation.
    return _("Its synopsis is like the story you describe")


def _told(line: Line) -> str:
    return _("Its synopsis speaks of “%(words)s”") % {"words": line.value}


def _told_alike(line: Line) -> str:
    return _("Its synopsis says much the same as “%(words)s”") % {"words": line.value}


def _flavour(line: Line) -> str:
    return flavours.label(line.value, get_language() or "")


def _elsewhere(line: Line) -> str:
    words = _("Like what you named")
    return f"{words}: {', '.join(tag.label for tag in line.tags)}" if line.tags else words


def _renown(line: Line) -> str:
    return _("Widely read")


WORDS: dict[str, Callable[[Line], str]] = {
    "tag": lambda line: line.label,
    "kin": _kin,
    "author": _author,
    "series": _series,
    "tone": _tone,
    "status": _status,
    "volumes": _volumes,
    "year": _year,
    "edition": _edition,
    "published": _published,
    "drawn_by": _drawn_by,
    "anime": _anime,
    "aside": _aside,
    "suits": _suits,
    "renown": _renown,
    "told": _told,
    "told_alike": _told_alike,
    "description": _description,
    "flavour": _flavour,
    "elsewhere": _elsewhere,
}
