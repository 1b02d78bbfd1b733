"""How Korean joins what the librarian says. Her words stand in data/ko.toml."""

import re
from collections.abc import Sequence

from ...text.particles import ALLOMORPHS, LIQUID, NIEUN, final_of
from . import modifiers
from .loading import Words

BETWEEN = " "
ORDER: tuple[str, ...] = ("years", "edition", "anime", "less_known", "volumes", "status")
STORY = "이야기"
# A particle as it is written in a sentence, to be put in the form that the word before it asks for.
PARTICLE = re.compile(r"\[(을|이|은|와|으로|이라|이나)\]")


def finish(text: str) -> str:
    """`text` with each `[particle]` in the form its word asks for."""
    pieces, end = [], 0
    for match in PARTICLE.finditer(text):
        pieces.append(text[end : match.start()])
        pieces.append(_agreeing(match[1], "".join(pieces)))
        end = match.end()
    return "".join(pieces) + text[end:]


def _agreeing(particle: str, before: str) -> str:
    closed, opened = next(forms for forms in ALLOMORPHS if particle in forms)
    final = final_of(before)
    return closed if final and not (closed == "으로" and final == LIQUID) else opened


def rhythm(sentence: str) -> str:
    """How a sentence ends."""
    return sentence.rstrip(" .!?。！？")[-2:]


def listing(things: Sequence[str]) -> str:
    """A와 B; A, B와 C."""
    if len(things) < 2:
        return "".join(things)
    return finish(f"{', '.join(things[:-1])}[와] {things[-1]}")


def either(things: Sequence[str]) -> str:
    return finish("[이나] ".join(things))


def kind_of_book(words: Sequence[Words], limits: Sequence[str], any_of: bool) -> str:
    """「완결된, 어둡고 진지한 판타지」"""
    if not words:
        return _modified(limits, STORY)
    if any_of:
        return _modified(limits, either([word.head or f"{word.mod} {STORY}" for word in words]))
    *before, last = modifiers.chained(words)
    if words[-1].head:
        return _modified([*limits, *before], words[-1].head)
    return _modified([*limits, *before, last], STORY)


def _modified(before: Sequence[str], head: str) -> str:
    return modifiers.modified(before, head, space=" ", comma=", ", is_clause=_is_clause)


def _is_clause(modifier: str) -> bool:
    return " " in modifier and final_of(modifier) == NIEUN


def agreement(count: int) -> dict[str, str]:
    return {}


def within(label: str) -> str:
    return label
