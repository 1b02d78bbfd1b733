"""Two titles side by side where works are held against each other: "compare X and Y", "X랑 Y 중에", 「XとYどっち」.

What stands in such a place is a title, however little of it is known: none of the conversation's works takes its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..names import focus
from ..names.loose_names import called_by_part, is_wished, meant_by, only_one_with
from ..names.short_names import called_for_short
from ..words.cue_book import CueBook, plain

if TYPE_CHECKING:
    from .act_parts import Reader

BOOK = CueBook("pairs")
MIN_TITLE = 2  # letters of a title


class Pair(NamedTuple):
    """`works`: the slugs that are known; `unclear`: what else stands there for a title."""

    works: tuple[str, ...]
    unclear: tuple[str, ...]


def pair_in(text: str, reader: Reader) -> Pair | None:
    """The two titles that `text` sets side by side; None where it does not, or names no work by either."""
    lower = plain(text)
    for match in BOOK.matches("pair", lower):
        sides = [one.strip(" '\"“”『』「」《》") for one in match.groups() if one]
        if len(sides) != 2 or any(BOOK.has("no_title", side) for side in sides):
            continue
        works = [_work_in(side, reader) for side in sides]
        unclear = [side for side, slug in zip(sides, works, strict=True) if not slug]
        known = tuple(dict.fromkeys(slug for slug in works if slug))
        if known and len(known) + len(unclear) == len(sides) and all(_may_be_title(one, reader) for one in unclear):
            return Pair(known, tuple(unclear))
    return None


def _work_in(side: str, reader: Reader) -> str | None:
    """The one work that `side` names, points at or calls by a part of its name."""
    source = plain(reader.parsed.source)
    named = {
        one.values[0] for one in reader.parsed.works if plain(reader.parsed.words_of(one)) in side and side in source
    }
    if len(named) == 1:
        return named.pop()
    pointed = focus.pointed_at(side, reader.dialogue, reader.recent)
    if len(pointed) == 1:
        return pointed[0]
    if work := reader.catalogue.find(side):
        return work.slug
    if slug := meant_by(side, reader.words) or next(iter(called_by_part(side, reader.known, reader.words)), None):
        return slug
    short = called_for_short(side, reader.catalogue.works, reader.words)
    return short[0] if short else only_one_with(side, reader.words)


def _may_be_title(side: str, reader: Reader) -> bool:
    """Whether `side` may be a title: it names no kind of book, and points at nothing."""
    if len(side) < MIN_TITLE or is_wished(side, reader.words):
        return False
    return not focus.points(side)
