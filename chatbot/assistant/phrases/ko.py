"""How Korean joins what the librarian says. Her words stand in data/ko.toml."""

import re
from collections.abc import Sequence

from ...text.particles import ALLOMORPHS, LIQUID, NIEUN, final_of
from . import modifiers
from .loading import Words

BETWEEN = " "
ORDER: tuple[str, ...] = ("years", "edition", "anime", "less_known", "volumes", "status")
STORY = "이야기"
# How a short sentence ends that another can be joined to, and how it then goes on.
ENDS = re.compile(r"(?:([았었였했됐있없왔났])어요|(이)에요|(?<=[가-힣])예요)\.$")
GOES_ON = re.compile("(?:인|는|은)$")  # how a limit ends that another can follow by "and"
# A particle as it is written in a sentence, to be put in the form that the word before it asks for.
PARTICLE = re.compile(r"\[(이에요|을|이|은|와|으로|이라|이나)\]")


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


def neither(things: Sequence[str]) -> str:
    return either(things) if len(things) < 3 else ", ".join(things)


def kind_of_book(words: Sequence[Words], limits: Sequence[str], any_of: bool) -> str:
    """「완결된, 어둡고 진지한 판타지」"""
    limits = _chained(limits)
    if not words:
        return _modified(limits, STORY)
    if any_of:
        return _modified(limits, either([word.head or f"{word.mod} {STORY}" for word in words]))
    words = modifiers.speaking_order(words, _is_clause)
    *before, last = modifiers.chained(words)
    if limits and before and _is_clause(before[0]) and not _is_clause(limits[-1]):
        limits = [*limits[:-1], f"{limits[-1]},"]  # 「완결된, 전쟁을 다룬 내정물」
    if words[-1].head:
        return _modified([*limits, *before], words[-1].head)
    return _modified([*limits, *before, last], STORY)


def _chained(limits: Sequence[str]) -> list[str]:
    """「10권 이상인」과 「완결된」을 「10권 이상이고 완결된」으로: a limit before a short one goes on to it."""
    found: list[str] = []
    for limit in limits:
        if found and " " not in limit and (match := GOES_ON.search(found[-1])):
            found[-1] = f"{found[-1][: match.start()]}{'이고' if match[0] == '인' else '고'} {limit}"
        else:
            found.append(limit)
    return found


def _modified(before: Sequence[str], head: str) -> str:
    return modifiers.modified(before, head, space=" ", comma=", ", is_clause=_is_clause)


def _is_clause(modifier: str) -> bool:
    return " " in modifier and final_of(modifier) == NIEUN


def agreement(count: int) -> dict[str, str]:
    return {}


def said_by_reader(words: str) -> str:
    """Words of the reader's, said back to them."""
    return f"‘{words}’"


def led(sentence: str) -> str:
    return sentence


def within(label: str) -> str:
    return label


def topic(title: str) -> str:
    """A work at the head of a sentence; nothing where it is the one spoken of already."""
    return f"{title}[은] " if title else ""


def choices(things: Sequence[str]) -> str:
    return ", ".join(things)


def joined(first: str, second: str) -> str:
    """Two short sentences about one work as one; "" where they do not go together."""
    if "고, " in first + second or not (match := ENDS.search(first)):
        return ""
    stem = match[1] or match[2] or ""
    return f"{first[: match.start()]}{stem}고, {second}"


def of_several(sentence: str, topic: str) -> str:
    return sentence
