"""What one line of somebody's list says, read and cleaned. Everything in such a file is a stranger's text."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import unescape

from django.utils.translation import gettext_lazy as _

from chatbot.text import cleaning

MAX_TITLE, MAX_PERSON, MAX_NOTE, MAX_SAID = 250, 200, 2000, 200
MAX_VOLUMES = 999
EARLIEST = 1900
TAG = re.compile(r"<[^<>]{0,200}>")
BREAK = re.compile(r"<br\s*/?>|</p>", re.IGNORECASE)
NUMBER = re.compile(r"-?\d{1,6}(?:[.,]\d{1,4})?(?!\.?\d*e[+-]?\d)")  # of 1e+30 the first digit says nothing
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?=\D|$)")
DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
NAMED_STARS = re.compile(r"[★⭐]")

# Why a file is not taken at all, by the code of its `WrongFile`.
WRONG_FILES = {
    "too_large": _("The file is larger than {megabytes} MB. Please give the list alone, without pictures or backups."),
    "unpacks_too_large": _("Unpacked, the file is larger than a reading list can be, so it was not opened."),
    "too_many": _("There are more than {rows} lines in it. Please give it in parts."),
    "empty": _("There is nothing in the file."),
    "not_text": _("This is not a list: the file holds no text. Excel files have to be saved as CSV first."),
    "encoding": _("The letters could not be read in any encoding that we know. Please save the file as UTF-8."),
    "broken_archive": _("The archive is broken or locked with a password."),
    "several_files": _("There are several files in the archive. Please unpack it and give the list alone."),
    "unsafe_xml": _("The file declares XML entities, as no reading list does, so it was not opened."),
    "broken_xml": _("The XML breaks off or is broken. Please export the list again."),
    "broken_json": _("The JSON breaks off or is broken. Please export the list again."),
    "anime_list": _("This is a list of anime. Please export the manga list: novels are in it."),
    "unknown_json": _("This JSON holds no reading list that we know."),
    "unknown_xml": _("This XML is not a list of MyAnimeList."),
    "no_lines": _("There is no title in it."),
    "unknown": _("Something went wrong on our side while it was read. Nothing was changed; please try again."),
}

# Why a line is not taken.
FAULTS = {
    "no_title": _("There is no title and no number of a work."),
    "columns": _("It has another number of columns than the rest."),
    "quote": _("A quote is opened and not closed."),
    "shape": _("It is not built as a line of this list is."),
}


@dataclass
class Faulty:
    """A line nothing could be made of: where it stands, its beginning, and a code of FAULTS."""

    line: int
    fault: str
    said: str = ""


@dataclass
class Line:
    """`state` is of `ShelfEntry.State`, `rating` in half stars (1 to 10), `volume` what this line alone is about.

    `kind`: novel, manga or anime where the list says so. `numbered`: the site has a number, and the list a
    line, for each work, novels and their manga alike. `ids`: number of the work by the site that gave it. `volumes`: how many there are, as far as the list knows.
    """

    line: int
    title: str = ""
    other_titles: tuple = ()
    authors: str = ""
    ids: dict = field(default_factory=dict)
    isbn: str = ""
    kind: str = ""
    numbered: bool = False
    series: str = ""
    volume: float | None = None
    state: str = ""
    rating: int | None = None
    started_on: date | None = None
    finished_on: date | None = None
    volumes_read: int | None = None
    volumes: int | None = None
    note: str = ""
    drop_reasons: tuple = ()
    drop_words: str = ""


def text_of(value):
    """A cell as text. What is nested in JSON is none: to write it out would follow it down as deep as it goes."""
    return "" if value is None or isinstance(value, dict | list | bool) else str(value)


def one_line(value, longest=MAX_TITLE):
    """`value` as one clean line, cut at `longest`."""
    text = cleaning.clean(text_of(value)[: 8 * longest])
    return cleaning.shortened(" ".join(text.split()), longest)


def title(value):
    return one_line(unescape(text_of(value)[: 8 * MAX_TITLE]))


def note(value):
    """Prose without its tags; lines stay lines."""
    text = unescape(TAG.sub("", BREAK.sub("\n", text_of(value)[: 8 * MAX_NOTE])))
    return cleaning.shortened(cleaning.clean(text), MAX_NOTE)


def day(value):
    """A date where all of it is known: sites write 0000-00-00, 2020-05-00 or 20200512."""
    text = text_of(value).strip()[:40]
    found = DAY.match(text) or DIGITS.fullmatch(text)
    if not found:
        return None
    try:
        made = date(*map(int, found.groups()))
    except ValueError:
        return None
    return (
        made if date(EARLIEST, 1, 1) <= made <= date.today() + timedelta(days=1) else None
    )  # tomorrow is today elsewhere


def number(value):
    """The number a cell begins with, as a float; None where there is none."""
    found = NUMBER.match(text_of(value).strip())
    return float(found[0].replace(",", ".")) if found else None


def half_stars(value, full):
    """`value` on a scale that ends at `full`, as half stars. 0 is no rating, as on every site."""
    text = text_of(value).strip()
    said = float(len(NAMED_STARS.findall(text))) if NAMED_STARS.match(text) else number(text)
    if said is None or not 0 < said <= full:
        return None
    return max(1, min(10, int(said * 10 / full + 0.5)))


def volumes(value):
    """How many volumes were read; None for 0, which means that nobody counted."""
    said = number(value)
    return int(said) if said and 1 <= said <= MAX_VOLUMES else None


def number_id(value):
    """An id that is a number, as text; empty for 0 and for what is none."""
    text = text_of(value).strip()
    return text.lstrip("0") if re.fullmatch(r"\d{1,9}", text) else ""
