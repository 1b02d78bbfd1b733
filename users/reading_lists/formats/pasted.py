"""Titles, one a line, as readers keep them in their notes: with bullets, quotes, and behind them the volume, who wrote
it, how far they are ("9권까지 읽음", "5巻 読書中", "(dropped)"), and what they think of it ("- 4/10", "★★★★").
"""

import re

from chatbot.text.folding import key

from .. import titles
from ..lines import Line, half_stars, one_line, title
from .tables import STATE_NAMES

BULLET = re.compile(r"^\s*(?:[-*•·・‣▶■□●○◦☐☑✅✔]+\s*|\d{1,4}[.)]\s+|\[[ xX]\]\s+)")

# Words of a state stand apart, in brackets, or behind a volume: "3巻まで読了".
OPEN, CLOSED = "([（［【〔", ")\\]）］】〕"
STATE = re.compile(
    rf"(?:\s+|[{re.escape(OPEN)}]|(?<=[권巻冊{CLOSED}])|(?<=까지)|(?<=まで))"
    rf"([^\s{re.escape(OPEN)}{CLOSED}]+(?:\s[^\s{re.escape(OPEN)}{CLOSED}]+){{0,2}})[{CLOSED}]?$"
)
# Words that no title ends in; of others in English, one alone may be the title's own.
PLAIN = set("dropped dnf paused abandoned onhold plantoread wanttoread currentlyreading didnotfinish".split())
# A rating tells its scale and stands apart: 4/10 right behind a title may be a volume of ten.
RATING = re.compile(
    r"(?:\s*[-–—:,|]\s*|\s+/\s+|\s*[(（\[]\s*)(\d{1,3}(?:[.,]\d{1,2})?\s*/\s*(?:100|10|5))\s*[)）\]]?$"
    r"|[\s\-–—:,|(（\[]*((?:[★⭐]\ufe0f?){1,5}½?)[☆✩]*\s*[)）\]]?$|[\s\-–—:,|(（\[]*[★⭐]\ufe0f?\s*([0-5](?:[.,]\d)?)\s*[)）\]]?$"
)
SET_APART = re.compile(rf"(?:[-–—,:;|{re.escape(OPEN)}]|\s/)\s*$")
UP_TO = re.compile(r"까지|まで|[~〜∼–-]\s*\d|\bup to\b|\bthrough\b", re.IGNORECASE)
MAX_STATE = 30


def read(text):
    for number, said in enumerate(text.splitlines(), 1):
        name, _, author = BULLET.sub("", said[:2000]).partition("\t")
        if made := title(name):
            rated, rating = _without_rating(made)
            cut, state = _without_state(rated)
            if rating is None:
                cut, rating = _without_rating(cut)
            yield Line(
                number,
                title=cut,
                other_titles=(rated,) if state else (),
                authors=one_line(author, 200),
                state=state,
                rating=rating,
                volumes_read=_read_to(cut, state),
            )


def _without_rating(name):
    """(the title without the rating at its end, the rating in half stars or None)."""
    found = RATING.search(name)
    said = found and next(filter(None, found.groups()))
    rating = half_stars(said, 5) if found and key(name[: found.start()]) else None
    return (name, None) if rating is None else (name[: found.start()], rating)


def _without_state(name):
    """(the title without the words for a state at its end, the state)."""
    for start in range(max(1, len(name) - MAX_STATE), len(name)):
        found = STATE.match(name, start)
        state = found and STATE_NAMES.get(key(found[1]))
        before = name[: found.start(1)] if state else ""
        # An English word alone may be the title's own.
        is_state = state and (not found[1].isascii() or key(found[1]) in PLAIN or SET_APART.search(before))
        if is_state and key(before):
            return before.rstrip(f" -–—,:;|/{OPEN}"), state
    return name, ""


def _read_to(name, state):
    """The last volume read, where the one that is told is not simply read: who reads the third has read two."""
    volume = titles.read(name).volume if state in ("reading", "hold", "dropped") else None
    if not volume:
        return None
    is_read = state == "dropped" or UP_TO.search(name)
    return int(volume) if is_read else int(volume) - 1 or None
