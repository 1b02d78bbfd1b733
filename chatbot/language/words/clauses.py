"""Cutting a turn into clauses, each of which does one thing."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .phrasebook import PHRASES

# A full stop within a number or a name ends nothing ("7.5", "Re.Zero", "no. 1").
SENTENCE_END = re.compile(
    rf"(?:[!?！？。]|[…~～〜](?!{PHRASES.pattern('clauses', 'name_goes_on')}))+[!?！？。.…~～〜ㅋㅎㅠㅜw]*|\.+(?=\s|$)(?!(?<=\b[Nn]o\.) ?\d)|\n+|;\s"
)
# Where a sentence goes on with something else.
TURNS = re.compile(PHRASES.pattern("clauses", "turn"), re.IGNORECASE)
BREAKS = re.compile(PHRASES.pattern("clauses", "break"), re.IGNORECASE)
QUOTES = re.compile(
    r"『[^』\n]{1,120}』|「[^」\n]{1,120}」|《[^》\n]{1,120}》|〈[^〉\n]{1,120}〉|“[^”\n]{1,120}”|\"[^\"\n]{1,120}\""
)
JOINTS = re.compile(PHRASES.pattern("clauses", "joint"), re.IGNORECASE)
FIRST, LAST = 8, 24  # clauses of a turn that are told apart; what stands between these is one


@dataclass(frozen=True, slots=True)
class Clause:
    """`asks`: whether it is a piece of what asks, so that it may ask without a mark."""

    text: str
    start: int
    end: int
    asks: bool = False


def joints_of(text: str) -> list[int]:
    """Where `text` may go on with another question: outside of quotes, in order."""
    quoted = [match.span() for match in QUOTES.finditer(text)]
    return [match.end() for match in JOINTS.finditer(text) if not _stands_in(match.end(), quoted)]


def clauses_of(text: str) -> list[Clause]:
    """The clauses of `text` in their order, without the blanks around them."""
    quoted = [match.span() for match in QUOTES.finditer(text)]
    cuts = {0, len(text)}
    cuts |= {match.end() for match in SENTENCE_END.finditer(text)}
    cuts |= {match.start() for match in TURNS.finditer(text)}
    cuts |= {match.end() for match in BREAKS.finditer(text)}
    places = sorted(cut for cut in cuts if not _stands_in(cut, quoted))
    if len(places) > FIRST + LAST + 1:
        places = [*places[: FIRST + 1], *places[-LAST:]]
    found = []
    for start, end in pairwise(places):
        words = text[start:end]
        if stripped := words.strip():
            begins = start + words.index(stripped[0])
            found.append(Clause(stripped, begins, begins + len(stripped)))
    return found


def without(clauses: Iterable[Clause], spans: Sequence[Clause]) -> Iterator[Clause]:
    """What `spans`, which are in order and apart, leave of `clauses`."""
    for clause in clauses:
        start = clause.start
        for span in (*spans, Clause("", clause.end, clause.end)):
            end = max(start, min(span.start, clause.end))
            words = clause.text[start - clause.start : end - clause.start]
            if stripped := words.strip():
                begins = start + words.index(stripped[0])
                yield Clause(stripped, begins, begins + len(stripped))
            start = max(start, min(span.end, clause.end))


def _stands_in(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether `place` lies within one of `spans`, which are in order and apart."""
    before = bisect_left(spans, (place, 0)) - 1
    return before >= 0 and place < spans[before][1]
