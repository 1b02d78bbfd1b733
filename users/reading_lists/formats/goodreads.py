"""Goodreads, "Export Library": a row a volume, ISBNs as formulas, shelves of the reader's own."""

from ..isbn import isbn13
from ..lines import Line, day, half_stars, has_unread_day, notes, one_line, title
from .tables import state_of

HEADER = {"book id", "title", "author", "exclusive shelf", "my rating"}


def line(number, row):
    get = row.get
    return Line(
        number,
        title=title(get("title")),
        authors=one_line(f"{get('author', '')}, {get('additional authors', '')}", 200).strip(", "),
        isbn=isbn13(get("isbn13")) or isbn13(get("isbn")),
        state=state_of(get("exclusive shelf", "")),
        rating=half_stars(get("my rating"), 5),
        finished_on=day(get("date read")),
        unread_day=has_unread_day(get("date read")),
        note=notes(get("private notes"), get("my review")),
    )
