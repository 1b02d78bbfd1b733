"""Hardcover: the series with its number in a column, people with what they did."""

import re

from ..isbn import isbn13
from ..lines import Line, day, half_stars, has_unread_day, notes, one_line, title
from .tables import state_of

HEADER = {"title", "status", "hardcover book id"}
ROLE = re.compile(r",?[^,()]*\((?:translator|narrator|editor|letterer)[^()]*\)", re.IGNORECASE)


def line(number, row):
    get = row.get
    return Line(
        number,
        title=title(get("title")),
        series=one_line(get("series", "").split("; ")[0]),
        authors=one_line(ROLE.sub("", get("author", "")[:2000]).strip(", "), 200),
        isbn=isbn13(get("isbn 13")) or isbn13(get("isbn 10")),
        state=state_of(get("status", "")),
        rating=half_stars(get("rating"), 5),
        started_on=day(get("date started")),
        finished_on=day(get("date finished")),
        unread_day=has_unread_day(get("date started"), get("date finished")),
        note=notes(get("private notes"), get("review")),
    )
