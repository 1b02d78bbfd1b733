"""What is read of a long ask: its beginning, its end, and of what lies between the sentences that name something new.

An ask may have 4,000 characters, and reading costs time with each. A short one is read whole. Of a longer one at most
`ROOM` characters are read, so that no text, whatever it says, costs more than a short one. What gets lost is what
stands in the middle and names nothing that is not named elsewhere; and of an ask that names something else in each of
many sentences, the earlier of these.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...text.folding import fold
from ...text.matcher import Passage
from ..words.vocabulary import Vocabulary

FULL = 450  # characters of an ask up to which it is read whole: few readers write as many
ROOM = 340  # characters that are read of a longer one
HEAD, TAIL = 70, 150  # of these the beginning and the end, whatever they say
MIN_PIECE, MAX_PIECE = 24, 120  # characters of a piece: sentences, but no smaller and no longer than this
PIECE_ENDS = re.compile(r"[.!?。！？…\n]+\s*|[,;、，]\s*")
# "vol. 7": a full stop that ends no sentence. The space goes behind the number, so that all stays in its place.
ABBREVIATED = re.compile(r"\b(vols?|ch|ep|pt)\. (\d+(?:\.\d+)?)", re.IGNORECASE)
Place = tuple[int, int]


@dataclass(frozen=True)
class Digest:
    """What is read of an ask. `text`: the words. `in_place`: the same, each where it stands in the ask."""

    text: str
    in_place: str


def digest(text: str, words: Vocabulary) -> Digest:
    """What is to be read of `text`: all of it up to `FULL` characters."""
    text = ABBREVIATED.sub(r"\1.\2 ", text)
    if len(text) <= FULL:
        return Digest(text, text)
    kept = _kept(text, words)
    read: list[str] = []
    in_place: list[str] = []
    end = 0
    for start, stop in kept:
        # A line ends where something is left out, so that nothing is joined across it.
        read.append(("\n" if start > end and read else "") + text[start:stop])
        in_place.append("\n".ljust(start - end) if start > end else "")
        in_place.append(text[start:stop])
        end = stop
    return Digest("".join(read), "".join(in_place))


def _kept(text: str, words: Vocabulary) -> list[Place]:
    """The places that are read, in their order."""
    pieces = list(_said_once(text, _pieces(text)))
    first, last = 0, len(pieces)
    room = HEAD
    while first < last and (room := room - _length(pieces[first])) >= 0:
        first += 1
    room = TAIL
    while last > first and (room := room - _length(pieces[last - 1])) >= 0:
        last -= 1
    heard = set(_phrases(text, [*pieces[:first], *pieces[last:]], words))
    room = ROOM - sum(map(_length, (*pieces[:first], *pieces[last:])))
    telling: list[Place] = []
    for place in reversed(pieces[first:last]):  # what was said last counts most
        if _length(place) <= room and (said := set(_phrases(text, [place], words))) - heard:
            telling.append(place)
            heard |= said
            room -= _length(place)
        if room < MIN_PIECE:
            break
    return [*pieces[:first], *reversed(telling), *pieces[last:]]


def _phrases(text: str, places: Iterable[Place], words: Vocabulary) -> Iterator[str]:
    """What is named in some places of `text`, and the cues in them."""
    for start, end in places:
        yield from (span.phrase for span in words.lexicon.find(Passage(text[start:end])))


def _length(place: Place) -> int:
    return place[1] - place[0]


def _pieces(text: str) -> Iterator[Place]:
    """`text` cut at the ends of sentences or at commas, else between words, else anywhere."""
    start = 0
    ends = [match.end() for match in PIECE_ENDS.finditer(text)]
    for end in (*ends, len(text)):
        while end - start > MAX_PIECE:
            cut = text.rfind(" ", start + MIN_PIECE, start + MAX_PIECE) + 1 or start + MAX_PIECE
            yield start, cut
            start = cut
        if end - start >= MIN_PIECE or (end == len(text) and end > start):
            yield start, end
            start = end


def _said_once(text: str, pieces: Iterable[Place]) -> Iterator[Place]:
    """Pieces but those that say again, word for word, what one before them said."""
    seen: set[str] = set()
    for start, end in pieces:
        said = fold(text[start:end]).strip()
        if said and said not in seen:
            seen.add(said)
            yield start, end
