"""StoryGraph: quarter stars, ranges of dates, and ids of its own where a book has no ISBN."""

from ..isbn import isbn13
from ..lines import Line, day, half_stars, has_unread_day, note, one_line, title
from .tables import state_of

HEADER = {"title", "read status", "star rating"}


def line(number, row):
    get = row.get
    ranges = [part.strip() for part in get("dates read", "").split(",") if part.strip()]
    starts, ends = _last(ranges)
    return Line(
        number,
        title=title(get("title")),
        authors=one_line(f"{get('authors') or get('author', '')}, {get('contributors', '')}", 200).strip(", "),
        isbn=isbn13(get("isbn/uid") or get("isbn")),
        state=state_of(get("read status", "")),
        rating=half_stars(get("star rating"), 5),
        started_on=starts,
        finished_on=day(get("last date read")) or ends,
        unread_day=has_unread_day(get("last date read")),
        note=note(get("review")),
    )


def _last(ranges):
    """The first and the last day of the latest reading: "2025/02/01-2025/03/31", or one day alone."""
    if not ranges:
        return None, None
    first, _, last = ranges[-1].partition("-") if "/" in ranges[-1] else (ranges[-1], "", "")
    return (day(first) if last else None), day(last or first)
