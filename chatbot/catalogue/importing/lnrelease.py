"""The English volumes of LNRelease (books.csv of lnrelease/lnrelease.github.io, MIT): a line a volume and format, without
a header: key of the series, address, publisher, title, volume, format, ISBN, date.
"""

import csv

from ..reasons import BadRow, Reason
from ..volumes import Volume
from . import records, releases
from .records import Rejected, text
from .releases import Release

COLUMNS = 8
LARGEST = 10_000  # letters of one cell


def read(path, **options):
    """Release or Rejected of each line."""
    csv.field_size_limit(LARGEST)
    with open(path, encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = csv.reader(line.replace("\0", "\ufffd") for line in file)
        while True:
            try:
                cells = next(rows)
                if cells:
                    yield _release(f"line {rows.line_num}", cells)
            except StopIteration:
                return
            except BadRow as error:
                yield Rejected(f"line {rows.line_num}", error.reason)
            except csv.Error as error:
                yield Rejected(f"line {rows.line_num}", Reason("as_said", what=error))


def _release(where, cells):
    if len(cells) != COLUMNS:
        raise BadRow("columns", number=len(cells), wanted=COLUMNS)
    _series, url, publisher, title, number, format_, isbn, day = cells
    remarks = []
    work = text(title, "title")
    if not work:
        raise BadRow("no_title")
    return Release(
        where,
        work,
        releases.number(number),
        Volume.Language.ENGLISH,
        releases.format_of(format_),
        isbn13=releases.isbn13(isbn, remarks),
        released_on=releases.day(day),
        url=releases.address(url, remarks),
        publisher=text(publisher, "publisher", records.MAX_LENGTH["imprint"]),
        remarks=remarks,
    )
