"""Which part of a series words speak of by its number: "the second arc", "2부", 「2年生編」; and which volume of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..words.cue_book import CueBook, plain

BOOK = CueBook("series_parts")
NEAR = 6  # characters between a part and its volume
MAX_LEAD = 4  # characters before a part that are no title: "그럼 2부는"
CAPITAL = re.compile(r"\b[A-Z]")


@dataclass(frozen=True, slots=True)
class Said:
    """A part by its number, a volume of it, or a volume of the whole series (`part` is None then)."""

    part: int | None = None
    volume: int | None = None


def number_in(text: str) -> int | None:
    """The number of the part that `text` speaks of first, or None."""
    return next((number for _, _, number in _parts(plain(text))), None)


def said_in(text: str) -> list[Said]:
    """The parts and volumes that `text` names, in their order."""
    lower = plain(text)
    parts, found = [*_parts(lower)], []
    of_parts: set[int] = set()
    for match in sorted(BOOK.every("volume", lower), key=lambda one: one.start()):
        volume = int(next(value for value in match.groupdict().values() if value))
        place = next((at for at, one in enumerate(parts) if _belongs(one, match, lower)), None)
        of_parts |= {place} if place is not None else set()
        found.append((match.start(), Said(parts[place][2] if place is not None else None, volume)))
    found += [(start, Said(number)) for at, (start, _, number) in enumerate(parts) if at not in of_parts]
    return [one for _, one in sorted(found, key=lambda one: one[0])]


def _belongs(part: tuple[int, int, int], volume: re.Match[str], lower: str) -> bool:
    """Whether a volume is one of a part: it stands right behind it, or right before it with a word that ties the two."""
    start, end, _ = part
    if end <= volume.start():
        between = lower[end : volume.start()]
        return len(between) <= NEAR and not any(letter.isdigit() for letter in between)
    return start - volume.end() <= 2 * NEAR and BOOK.has("of_part", lower[volume.end() : start])


def _parts(lower: str) -> Iterator[tuple[int, int, int]]:
    """(begin, end, number) of each part that is said by its number."""
    found = {}
    for match in BOOK.every("part", lower):
        said = next(value for value in match.groupdict().values() if value)
        if number := int(BOOK.first("number.", said) or 0):
            found[match.start()] = (match.start(), match.end(), number)
    end = -1
    for start in sorted(found):
        if start >= end:
            yield found[start]
            end = found[start][1]


def leads_with_part(text: str) -> bool:
    """Whether `text` speaks of a part by its number and of no title before it."""
    start = next((begin for begin, _, _ in _parts(plain(text))), -1)
    before = text[: max(start, 0)].strip()
    titled = CAPITAL.search(before[1:]) if before.isascii() else len(before) > MAX_LEAD
    return start >= 0 and not titled
