"""The words by which readers take a stance on what they name: liking, refusing, having read, comparing.

A cue stands after what it speaks of (Korean, Japanese: 하렘은 싫어, ハーレムは苦手) or before it (English: no harem). The words
themselves are in `data/<language>/stance_cues.txt`.
"""

from dataclasses import dataclass

from ..text.matcher import Lexicon
from .mentions import Stance
from .phrasebook import PHRASES

PSEUDO = "none"  # what the sections of pseudo-cues are called


@dataclass(frozen=True, slots=True)
class Cue:
    """`stance`: the one it takes; NONE for a pseudo-cue, which only looks like a cue.

    `after`: it stands after what it speaks of.
    """

    stance: Stance
    after: bool


def add_cues(lexicon: Lexicon) -> None:
    for section, _language, phrase in PHRASES.each("stance_cues"):
        side, kind = section.split(".")
        lexicon.add(phrase, Cue(Stance.NONE if kind == PSEUDO else Stance(kind), side == "after"))
