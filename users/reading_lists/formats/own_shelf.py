"""The shelf of this library as it is taken out, brought in again without loss."""

import re

from ...shelf import table
from ...shelf.models import MAX_DROP_WORDS, ShelfEntry
from ..lines import Line, day, half_stars, has_unread_day, one_line, plain_note, title, volumes
from .tables import state_of

HEADER = {"slug", "title", "state", "rating", "volumes_read"}
# A cell that a spreadsheet would take for a formula is taken out with a quote before it.
GUARD = re.compile(r"^'(?=[=+\-@\t\r'])")


def line(number, row):
    told = {name: GUARD.sub("", cell) for name, cell in row.items()}
    get = told.get
    return Line(
        number,
        title=title(get("title")),
        authors=one_line(get("author"), 200),
        ids={"slug": one_line(get("slug"), 60)},
        numbered=True,
        is_own=True,
        kind="novel",
        state=_state(get("state", "").strip()),
        rating=half_stars(get("rating"), 5),
        started_on=day(get("started_on")),
        finished_on=day(get("finished_on")),
        volumes_read=0 if get("volumes_read", "").strip() == "0" else volumes(get("volumes_read")),
        note=plain_note(get("note")),
        drop_reasons=tuple(one for one in get("drop_reasons", "").split(";") if one in ShelfEntry.DropReason.values),
        drop_words=one_line(get("drop_words"), MAX_DROP_WORDS),
        unread_day=has_unread_day(get("started_on"), get("finished_on")),
        volume_days=table.volume_days_of(get("volume_days", "")),
    )


def _state(cell):
    return cell if cell in ShelfEntry.State.values else state_of(cell)
