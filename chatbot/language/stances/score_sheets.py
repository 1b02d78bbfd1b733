"""Lists in which every item has its mark: "이세계 x 환생 x 판타지 o", "0/10: harem. 10/10: found family", 「NG:グロ OK:学園」.

A mark says more than any words around it. It stands behind its item or before a list of them; one alone is left to the
other rules, for "판타지 x 로맨스" pairs two and "harem: no" is a verdict like others.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ...text.matcher import typed
from ..words.mentions import Mention, Stance
from ..words.phrasebook import PHRASES


def _marks(place: str) -> re.Pattern[str]:
    no, yes = (PHRASES.pattern("score_sheets", f"{place}.{side}") for side in ("no", "yes"))
    return re.compile(typed(rf"(?P<no>{no})|(?P<yes>{yes})"), re.MULTILINE)


BEHIND, BEFORE = _marks("behind"), _marks("before")
SIGNED = re.compile(r"(?:^|[\s,/])(?:(?P<no>[-–−])|(?P<yes>\+))(?=[^\s\d+-])", re.MULTILINE)
ENDS = re.compile(r"[\n]|(?<=[^\d])[.。](?=\s|$)")
Region = tuple[int, int, Stance]


def take_marks(lower: str, mentions: Sequence[Mention]) -> None:
    """Give every mention in `lower` that stands in such a list the stance that its mark says."""
    regions = sorted(_regions(lower, mentions))
    starts = [start for start, _, _ in regions]
    for mention in mentions:
        place = bisect_left(starts, mention.start + 1) - 1
        if place >= 0 and mention.start < regions[place][1] and mention.kind in ("tag", "about", "work"):
            mention.stance = regions[place][2]
            mention.mild = mention.soft = False


def _regions(lower: str, mentions: Sequence[Mention]) -> Iterator[Region]:
    yield from _marked_behind(lower, mentions) or _marked_before(lower)


def _marked_behind(lower: str, mentions: Sequence[Mention]) -> list[Region]:
    """Each item with the mark behind it; none where only one has one, or where the marks join items to pairs."""
    ends = [one.end for one in mentions]
    regions: list[Region] = []
    last, glued = 0, True
    for mark in BEHIND.finditer(lower):
        place = bisect_left(ends, mark.start() + 1) - 1
        if place >= 0 and ends[place] > last and _is_near(lower[ends[place] : mark.start()]):
            first = place
            regions.append((max(last, mentions[first].start), mark.start(), _stance(mark)))
            last, glued = mark.end(), glued and not mark.group().startswith(" ")
    both = any(stance == Stance.LIKE for _, _, stance in regions)
    is_sheet = len(regions) > 1 and (both or glued or not lower[last:].strip(" .!"))
    return regions if is_sheet else []


def _is_near(gap: str) -> bool:
    return len(gap) <= MAX_GAP and not ENDS.search(gap)


MAX_GAP = 6  # letters between an item and its mark: "이세계는 x"


def _marked_before(lower: str) -> list[Region]:
    """What stands behind each head of a list, up to the next."""
    heads = [*BEFORE.finditer(lower)]
    signed = [*SIGNED.finditer(lower)]
    if any(one["yes"] for one in signed):
        heads = sorted([*heads, *signed], key=lambda one: one.start())
    if len(heads) < 2 and not any(one["no"] for one in heads):
        return []
    ends = [one.start() for one in heads[1:]] + [len(lower)]
    return [(one.end(), _end(lower, one.end(), end), _stance(one)) for one, end in zip(heads, ends, strict=True)]


def _end(lower: str, start: int, end: int) -> int:
    stop = ENDS.search(lower, start, end)
    return stop.start() if stop else end


def _stance(mark: re.Match[str]) -> Stance:
    return Stance.REFUSE if mark["no"] else Stance.LIKE
