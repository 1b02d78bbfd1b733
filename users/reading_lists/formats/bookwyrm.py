"""BookWyrm: its columns differ by version, and shelves of the reader's own have ids and names."""

from ..isbn import isbn13
from ..lines import Line, day, half_stars, has_unread_day, notes, one_line, title
from .tables import state_of

HEADER = {"title", "author_text", "remote_id"}
# What a book on a shelf of the reader's own is, by the dates it has.
DATED = (("finish_date", "read"), ("stopped_date", "dropped"), ("start_date", "reading"))


def line(number, row):
    get = row.get
    dated = [state for name, state in DATED if get(name)]
    return Line(
        number,
        title=title(get("title")),
        authors=one_line(get("author_text"), 200),
        isbn=isbn13(get("isbn_13")) or isbn13(get("isbn_10")),
        state=state_of(get("shelf", "")) or state_of(get("shelf_name", "")) or next(iter(dated), ""),
        rating=half_stars(get("rating"), 5),
        started_on=day(get("start_date")),
        finished_on=day(get("finish_date") or get("stopped_date")),
        unread_day=has_unread_day(get("start_date"), get("finish_date"), get("stopped_date")),
        note=notes(get("review_cw"), get("review_name"), get("review_content")),
    )
