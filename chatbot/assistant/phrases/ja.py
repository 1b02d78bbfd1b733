"""How Japanese joins what the librarian says. Her words stand in data/ja.toml."""

from collections.abc import Sequence

from . import modifiers
from .loading import Words

BETWEEN = ""
ORDER: tuple[str, ...] = ("years", "edition", "anime", "less_known", "volumes", "status")
STORY = "物語"


def finish(text: str) -> str:
    return text


def rhythm(sentence: str) -> str:
    """How a sentence ends."""
    return sentence.rstrip(" .!?。！？")[-2:]


def listing(things: Sequence[str]) -> str:
    return "、".join([*things[:-2], "と".join(things[-2:])])


def either(things: Sequence[str]) -> str:
    return "か".join(things)


def kind_of_book(words: Sequence[Words], limits: Sequence[str], any_of: bool) -> str:
    """「暗くてシリアスなファンタジー」"""
    if not words:
        return _modified(limits, STORY)
    if any_of:
        return _modified(limits, either([word.head or f"{word.mod}{STORY}" for word in words]))
    *before, last = modifiers.chained(words)
    if words[-1].head:
        return _modified([*limits, *before], words[-1].head)
    return _modified([*limits, *before, last], STORY)


def _modified(before: Sequence[str], head: str) -> str:
    return modifiers.modified(before, head, space="", comma="、", is_clause=_is_clause)


def _is_clause(modifier: str) -> bool:
    return len(modifier) > 4 and modifier.endswith(("の", "た", "る", "い", "な", "く"))


def agreement(count: int) -> dict[str, str]:
    return {}


def within(label: str) -> str:
    return label
