"""One volume as a file of somebody else's tells it, and which work on the shelf it belongs to."""

import re
from dataclasses import dataclass, field
from datetime import date

from ...text.folding import key
from ..reasons import BadRow, Reason
from ..snapshot import current_catalogue
from ..volumes import Volume, sortable
from . import records
from .matching import Match, Matcher
from .records import Record, text

MAX_NUMBER = 12  # letters of a volume's number as it is printed
NUMBER = re.compile(
    r"(?:제|第|vol(?:ume)?s?\.?)?\s*(\d+(?:\.\d+)?(?:\s*[-~–]\s*\d+(?:\.\d+)?)?)(?:\.0+)?\s*(?:권|巻|冊)?",
    re.IGNORECASE,
)
DATE = re.compile(r"(\d{4})(?:\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})|(\d\d)(\d\d))\D*")
FORMATS = {
    Volume.Format.PRINT: "print physical paperback hardback hardcover book 종이책 단행본 紙 書籍 文庫 単行本".split(),
    Volume.Format.DIGITAL: "digital ebook e-book kindle epub 전자책 이북 電子書籍 電子".split(),
    Volume.Format.AUDIO: "audio audiobook 오디오북 オーディオブック".split(),
}
FORMAT_OF = {key(word): one for one, words in FORMATS.items() for word in words}


@dataclass
class Release:
    """`where` names it in the file, `work` is what the file calls the work it is a volume of. `number` is sortable."""

    where: str
    work: str
    number: str
    language: str
    format: str
    isbn13: str = ""
    released_on: date | None = None
    title: str = ""
    url: str = ""
    publisher: str = ""
    slug: str = ""
    external_ids: dict = field(default_factory=dict)
    record: Record | None = None  # of its work, where the file tells more of it than a title
    remarks: list = field(default_factory=list)


def number(value):
    """A volume's number as text that sorts. BadRow where there is none."""
    said = text(value, "volume", MAX_NUMBER)
    found = NUMBER.fullmatch(said)
    said = re.sub(r"\s*[-~–]\s*", "-", found[1]) if found else said
    said = re.sub(r"\.0+$", "", said)
    if not said:
        raise BadRow("no_volume")
    return sortable(said)


def format_of(value):
    """A format by what sites and people call it. BadRow where it means none."""
    if not (found := FORMAT_OF.get(key(value or ""))):
        raise BadRow("means_nothing", field="format", said=repr(str(value)[:40]))
    return found


def isbn13(value, remarks):
    """Thirteen digits, of an ISBN however it is written; "" with a remark where it is none."""
    said = re.sub(r"[\s\-‐–=\"]", "", value or "").upper()
    if re.fullmatch(r"\d{9}[\dX]", said) and _is_isbn10(said):
        said = "978" + said[:9]
        return said + str(_check_digit(said))
    if re.fullmatch(r"97[89]\d{10}", said) and int(said[12]) == _check_digit(said):
        return said
    if said:
        remarks.append(Reason("not_isbn", said=said[:20]))
    return ""


def _is_isbn10(said):
    digits = [10 if letter == "X" else int(letter) for letter in said]
    return sum((10 - at) * digit for at, digit in enumerate(digits)) % 11 == 0


def _check_digit(said):
    return -sum(int(letter) * (3 if at % 2 else 1) for at, letter in enumerate(said[:12])) % 10


def day(value):
    """A whole date, None where there is none or where only its month is known. BadRow for what is no date."""
    said = text(value, "date", 40)
    if not said or re.fullmatch(r"\d{4}(?:\D{1,3}\d{1,2})?\D*", said):
        return None
    found = DATE.match(said)
    try:
        made = date(int(found[1]), int(found[2] or found[4]), int(found[3] or found[5])) if found else None
    except ValueError:
        made = None
    if made is None or not records.FIRST_YEAR <= made.year <= records.LAST_YEAR:
        raise BadRow("no_date", said=repr(said[:40]))
    return made


def address(value, remarks):
    said = text(value, "address", 2000)
    if said and (len(said) > 500 or not re.fullmatch(r"https?://[^\s<>\"]+", said)):
        remarks.append(Reason("not_address", said=said[:60]))
        return ""
    return said


class ReleaseMatcher:
    """Says to which work each release belongs. By slug, by ids, by what else is told of the work, then by its title."""

    def __init__(self):
        self.catalogue, self.matcher, self.matched = current_catalogue(), Matcher(), {}

    def match(self, release):
        by = (release.slug, *sorted(release.external_ids.items()), key(release.work), release.language)
        if release.record is not None:
            by = (id(release.record),)
        if by not in self.matched:
            # The record is kept with its match, so that no other one is made at the same address.
            self.matched[by] = self._match(release), release.record
        match = self.matched[by][0]
        if match.work and release.released_on and release.released_on.year < match.work.year:
            return Match(doubt=Reason("before_work", year=match.work.year), candidates=[match.work])
        return match

    def _match(self, release):
        if release.slug:
            work = self.catalogue.by_slug.get(release.slug)
            return Match(work) if work else Match(doubt=Reason("slug_unknown"))
        if release.record is not None:
            return self.matcher.match(release.record)
        if work := self.matcher.by_external_id(release.external_ids):
            return Match(work)
        works = self.catalogue.by_key.get(key(release.work), [])
        titled = [work for work in works if key(release.work) in map(key, work.titles.values())]
        if len(titled) == 1:
            return Match(titled[0])
        if not works:
            return Match()
        if not titled and len(works) == 1 and _is_publisher(release, works[0]):
            return Match(works[0])
        if len(titled or works) > 1:
            return Match(doubt="its title belongs to several works", candidates=titled or works)
        return Match(doubt="only a nickname, and the publisher is not the same", candidates=works)


def _is_publisher(release, work):
    """Whether `release` is by who publishes the work in its language. One name may be longer: Seven Seas Entertainment."""
    said, known = (
        key(release.publisher),
        key((work.editions.get(release.language) or {}).get("publisher") or ""),
    )
    return bool(said and known) and (said.startswith(known) or known.startswith(said))
