"""The words by which readers take a stance on what they name: liking, refusing, having read, comparing.

A cue stands after what it speaks of (Korean, Japanese: 하렘은 싫어, ハーレムは苦手) or before it (English: no harem). The words
themselves are in `data/<language>/stance_cues.txt`.
"""

from dataclasses import dataclass

from ...text.matcher import Lexicon
from .mentions import Stance
from .phrasebook import PHRASES

PSEUDO = "none"  # what the sections of pseudo-cues are called
MILD = "less"  # what those of mild refusals are
UNLIKE = "unlike"  # what those are that refuse a thing and its likes
STANCES = {PSEUDO: Stance.NONE, MILD: Stance.REFUSE, UNLIKE: Stance.REFUSE}


@dataclass(frozen=True, slots=True)
class Cue:
    """`stance`: the one it takes; NONE for a pseudo-cue, which only looks like a cue.

    `after`: it stands after what it speaks of. `mild`: it refuses much of it, not all ("less romance"). `alike`: it
    refuses what is like it as well ("nothing like Overlord").
    """

    stance: Stance
    after: bool
    mild: bool = False
    alike: bool = False


def add_cues(lexicon: Lexicon) -> None:
    for section, _language, phrase in PHRASES.each("stance_cues"):
        side, kind = section.split(".")
        stance = STANCES[kind] if kind in STANCES else Stance(kind)
        lexicon.add(phrase, Cue(stance, side == "after", kind == MILD, kind == UNLIKE))
