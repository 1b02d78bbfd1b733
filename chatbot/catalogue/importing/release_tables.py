"""Volumes in tables of the operator's own: CSV, as `tables` reads it."""

from typing import ClassVar

from ...text.folding import key
from ..external_ids import SITES
from ..reasons import BadRow
from ..volumes import Volume
from . import records, releases, tables
from .records import Rejected, text
from .releases import Release

EXTERNAL_IDS = [f"external_ids.{site}" for site in SITES]
FIELDS = ["slug", "work", *EXTERNAL_IDS, "number", "language", "format", "isbn13", "date", "title", "url", "publisher"]
LANGUAGES = {
    Volume.Language.KOREAN: "ko kor korean 한국어 한글 韓国語".split(),
    Volume.Language.ENGLISH: "en eng english 영어 英語".split(),
    Volume.Language.JAPANESE: "ja jp jpn japanese 일본어 日本語".split(),
}
LANGUAGE_OF = {key(word): code for code, words in LANGUAGES.items() for word in words}


class Columns(tables.Map):
    fields: ClassVar = FIELDS
    needed: ClassVar = ("what says of which work a volume is", ["slug", "work", *EXTERNAL_IDS])


def columns(options, encoding=None):
    """The columns of what is said on the command line. BadMap."""
    made = Columns.from_options(options, encoding)
    if missing := {"number", "language", "format"} - set(made.columns):
        raise tables.BadMap(f"no column is mapped to {', '.join(sorted(missing))}")
    return made


def read(path, columns, **options):
    """Release or Rejected of each row. BadMap when the file has not the columns of the map."""
    for where, cells, reason in tables.cells_of(path, columns):
        try:
            if reason:
                raise BadRow(reason)
            yield _release(where, cells)
        except BadRow as error:
            yield Rejected(where, error.reason)


def _release(where, cells):
    remarks = []
    ids = records.external_ids({site: cells.get(f"external_ids.{site}") for site in SITES}, remarks)
    slug, work = text(cells.get("slug"), "slug", 60), text(cells.get("work"), "work")
    if not (slug or work or ids):
        raise BadRow("no_work")
    if not (language := LANGUAGE_OF.get(key(cells.get("language") or ""))):
        raise BadRow("means_nothing", field="language", said=repr(str(cells.get("language"))[:40]))
    return Release(
        where,
        work or slug or next(iter(ids.values())),
        releases.number(cells.get("number")),
        language,
        releases.format_of(cells.get("format")),
        isbn13=releases.isbn13(cells.get("isbn13"), remarks),
        released_on=releases.day(cells.get("date")),
        title=text(cells.get("title"), "title"),
        url=releases.address(cells.get("url"), remarks),
        publisher=text(cells.get("publisher"), "publisher", records.MAX_LENGTH["imprint"]),
        slug=slug,
        external_ids=ids,
        remarks=remarks,
    )
