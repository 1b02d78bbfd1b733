"""What one line of somebody's list says, read and cleaned. Everything in such a file is a stranger's text."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import unescape
from math import ceil

from django.utils.translation import gettext_lazy as _

from chatbot.text import cleaning

MAX_TITLE, MAX_PERSON, MAX_NOTE, MAX_SAID = 250, 200, 2000, 200
MAX_VOLUMES = 999
EARLIEST = 1900
# What sites write into prose. "a<b and c>d" and "<3" are words: a tag has its name, and attributes with a value.
TAG = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|center|cite|code|del|div|em|font|h[1-6]|hr|i|img|ins|li|ol|p|pre|q|s|small|span"
    r"|spoiler|strike|strong|sub|sup|u|ul)"
    r"""(?:\s+[a-z][a-z-]{0,30}\s*=\s*(?:"[^"<>]{0,400}"|'[^'<>]{0,400}'|[^\s"'<>=]{1,400})){0,12}\s*/?>""",
    re.IGNORECASE,
)
BREAK = re.compile(r"<br\s*/?>|</p>", re.IGNORECASE)
NUMBER = re.compile(r"-?\d{1,6}(?:[.,]\d{1,4})?(?!\.?\d*e[+-]?\d)")  # of 1e+30 the first digit says nothing
DAY = re.compile(r"(\d{4})\s*[-/.년年]\s*(\d{1,2})\s*[-/.월月]\s*(\d{1,2})(?=\D|$)")
SHORT_YEAR = re.compile(r"['’]?(\d{2})\s*[.년年]\s*(\d{1,2})\s*[.월月]\s*(\d{1,2})(?=\D|$)")
ERA = re.compile(
    r"(令和|平成|昭和|[RHS](?=\d))\s*(元|\d{1,2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?=\D|$)", re.IGNORECASE
)
YEAR_BEFORE = {"令和": 2018, "r": 2018, "平成": 1988, "h": 1988, "昭和": 1925, "s": 1925}
DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
YEAR_LAST = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4})(?=\D|$)")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = rf"({'|'.join(MONTHS)})[a-z]*\.?"
NAMED_MONTH = re.compile(
    rf"(?:{MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?|(\d{{1,2}})(?:st|nd|rd|th)?[\s-]+{MONTH}),?[\s-]+(\d{{4}})(?=\D|$)",
    re.IGNORECASE,
)
STARS = re.compile(r"[★⭐✭✮]")
OF_A_SCALE = re.compile(r"(?:/|out of)\s*(100|10|5)(?!\d)", re.IGNORECASE)
UP_TO_VOLUME = re.compile(
    r"(?:(?:vol(?:ume)?s?|v|books?|up to)\b\.?\s*|[제第#~〜∼]\s*)*(\d{1,3})(?!\d|\.?\d*e[+-]?\d)(?:\.\d)?"
    r"(?:\s*[권巻冊]?\s*[-~–〜∼]\s*[제第]?\s*(\d{1,3})(?!\d))?",
    re.IGNORECASE,
)

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
    `unread_day`: a day is told in a way that could be read as none, or as two. `volume_days`: {volume: the day it was
    finished}. `is_own`: the line says of the work all that our shelf had of it.
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
    unread_day: bool = False
    volume_days: dict = field(default_factory=dict)
    is_own: bool = False


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
    """Prose of a site without its tags; lines stay lines."""
    return plain_note(unescape(TAG.sub("", BREAK.sub("\n", text_of(value)[: 8 * MAX_NOTE]))))


def notes(*values):
    """What a site keeps in several fields, one after the other, each once."""
    return plain_note("\n\n".join(dict.fromkeys(filter(None, map(note, values)))))


def plain_note(value):
    """Prose as it was typed; lines stay lines."""
    return cleaning.shortened(cleaning.clean(text_of(value)[: 8 * MAX_NOTE]), MAX_NOTE)


def day(value, day_first=None):
    """A date where all of it is known, as sites and people write it: 20200512, 2024. 3. 1., 24년 3월 1일, 令和6年3月1日,
    1 Mar 2024. Of 3/4/2024 nobody knows which is the month, unless `day_first` says so. None for 0000-00-00, 2020-05-00."""
    text = unicodedata.normalize("NFKC", text_of(value).strip()[:40])
    told = _year_first(text) or _year_last(text, day_first)
    try:
        made = date(*told) if told else date.min
    except ValueError:
        return None
    is_likely = date(EARLIEST, 1, 1) <= made <= date.today() + timedelta(days=1)  # tomorrow is today elsewhere
    return made if is_likely else None


def has_unread_day(*values):
    """Whether one of `values` tells a day, and none that can be read: 2019-03-00 does, 0000-00-00 tells none."""
    return any(re.search("[1-9]", text_of(value)) and day(value) is None for value in values)


def _year_first(text):
    """(year, month, day)"""
    if found := DAY.match(text) or DIGITS.fullmatch(text):
        return tuple(map(int, found.groups()))
    if found := ERA.match(text):
        era, year, *rest = found.groups()
        return YEAR_BEFORE[era.lower()] + int(year.replace("元", "1")), *map(int, rest)
    if found := SHORT_YEAR.match(text):
        year, *rest = map(int, found.groups())
        return 2000 + year, *rest
    return None


def _year_last(text, day_first):
    """(year, month, day); None where nobody knows which is the month."""
    if found := NAMED_MONTH.match(text):
        month = MONTHS.index((found[1] or found[4])[:3].lower()) + 1
        return int(found[5]), month, int(found[2] or found[3])
    if not (found := YEAR_LAST.match(text)):
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if found[2] == "." or first > 12:
        day_first = True  # nobody writes the month first with dots
    elif second > 12 or first == second:
        day_first = False
    if day_first is None:
        return None
    return (year, second, first) if day_first else (year, first, second)


def is_day_first(values):
    """Whether dates such as 3/4/2024 begin with the day, by those among `values` that can be only one; None: unknown."""
    found = [(int(one[1]), int(one[3])) for one in map(YEAR_LAST.match, map(str.strip, values)) if one]
    if any(first > 12 for first, _second in found):
        return True
    return False if any(second > 12 for _first, second in found) else None


def number(value):
    """The number a cell begins with, as a float; None where there is none."""
    found = NUMBER.match(text_of(value).strip())
    return float(found[0].replace(",", ".")) if found else None


def half_stars(value, full):
    """`value` on a scale that ends at `full`, or that it tells itself, as half stars, quarters to the lower. 0 is no rating, as
    on every site."""
    said, told = rated(value)
    full = told or full
    if said is None or not 0 < said <= full:
        return None
    halves = said * 10 / full
    return max(1, min(10, ceil(halves - 0.5) if full == 5 else int(halves + 0.5)))


def rated(value):
    """(number, the most it can be where the cell tells it): ★★★★ and 4/5 do, 4½ and 8점 do not."""
    text = re.sub(r"\s*½", ".5", text_of(value).strip()[:40])
    text = f"0{text}" if text.startswith(".") else text
    stars = STARS.findall(text)
    if stars and not re.search(r"\d", text.removesuffix(".5")):
        return len(stars) + (0.5 if text.endswith(".5") else 0), 5
    of = OF_A_SCALE.search(text)
    return number(re.sub(r"^[^\d-]+", "", text)), int(of[1]) if of else None


def volumes(value):
    """How many volumes were read: 7, vol. 7, 1~7권; None for 0, which means that nobody counted."""
    found = UP_TO_VOLUME.match(text_of(value).strip()[:40])
    said = int(found[2] or found[1]) if found else 0
    return said if 1 <= said <= MAX_VOLUMES else None


def number_id(value):
    """An id that is a number, as text; empty for 0 and for what is none."""
    text = text_of(value).strip()
    return text.lstrip("0") if re.fullmatch(r"\d{1,9}", text) else ""
