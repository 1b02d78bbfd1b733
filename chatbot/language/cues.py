"""The words by which readers take a stance on what they name: liking, refusing, having read, comparing.

A cue stands after what it speaks of (Korean, Japanese: 하렘은 싫어, ハーレムは苦手) or before it (English: no harem). The words
themselves are in `data/<language>/cues.txt`.
"""

from dataclasses import dataclass

from ..text.matcher import Lexicon
from .phrasebook import PHRASES


@dataclass(frozen=True, slots=True)
class Cue:
    """`kind`: refuse, dislike, like, read, similar; bonus (welcome, not needed); indifferent (either way will do);
    none (a pseudo-cue: it only looks like one).

    `after`: it stands after what it speaks of.
    """

    kind: str
    after: bool


def add_cues(lexicon: Lexicon) -> None:
    for section, _language, phrase in PHRASES.each("cues"):
        side, kind = section.split(".")
        lexicon.add(phrase, Cue(kind, side == "after"))
