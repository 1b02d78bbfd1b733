"""How Japanese joins what the librarian says. Her words stand in data/ja.toml."""

from collections.abc import Sequence

from . import modifiers
from .loading import Words

BETWEEN = ""
ORDER: tuple[str, ...] = ("years", "edition", "anime", "less_known", "volumes", "status")
STORY = "物語"
# How a short sentence ends that another can be joined to, and how it then goes on.
ENDS = {"ています。": "ていて、", "でいます。": "でいて、", "あります。": "あり、", "です。": "で、"}


def finish(text: str) -> str:
    return text


def rhythm(sentence: str) -> str:
    """How a sentence ends."""
    return sentence.rstrip(" .!?。！？")[-2:]


def listing(things: Sequence[str]) -> str:
    """AとB; A、B、C; 『A』『B』『C』."""
    if all(thing.startswith("『") for thing in things) and len(things) > 2:
        return "".join(things)
    return "、".join(things) if len(things) > 2 else "と".join(things)


def either(things: Sequence[str]) -> str:
    return "か".join(things)


def neither(things: Sequence[str]) -> str:
    return "や".join(things) if len(things) < 3 else "、".join(things)


def kind_of_book(words: Sequence[Words], limits: Sequence[str], any_of: bool) -> str:
    """「暗くてシリアスなファンタジー」"""
    limits = _chained(limits)
    if not words:
        return _modified(limits, STORY)
    if any_of:
        return _modified(limits, either([word.head or f"{word.mod}{STORY}" for word in words]))
    words = modifiers.speaking_order(words, _is_clause)
    *before, last = modifiers.chained(words)
    if words[-1].head:
        return _modified([*limits, *before], words[-1].head)
    return _modified([*limits, *before, last], STORY)


def _chained(limits: Sequence[str]) -> list[str]:
    """「10巻以内の」と「完結した」を「10巻以内で完結した」に。"""
    found: list[str] = []
    for limit in limits:
        if found and found[-1].endswith("の") and limit.endswith("た"):
            found[-1] = f"{found[-1][:-1]}で{limit}"
        else:
            found.append(limit)
    return found


def _modified(before: Sequence[str], head: str) -> str:
    return modifiers.modified(before, head, space="", comma="、", is_clause=_is_clause)


def _is_clause(modifier: str) -> bool:
    return len(modifier) > 3 and modifier.endswith(("の", "た", "る", "い", "な", "く"))


def agreement(count: int) -> dict[str, str]:
    return {}


def said_by_reader(words: str) -> str:
    """Words of the reader's, said back to them."""
    return f"「{words}」"


def led(sentence: str) -> str:
    return sentence


def within(label: str) -> str:
    return label


def topic(title: str) -> str:
    """A work at the head of a sentence; nothing where it is the one spoken of already."""
    return f"{title}は" if title else ""


def choices(things: Sequence[str]) -> str:
    return "、".join(things)


def joined(first: str, second: str) -> str:
    """Two short sentences about one work as one; "" where they do not go together."""
    if "、" in first + second:
        return ""
    end = next((end for end in ENDS if first.endswith(end)), "")
    return f"{first.removesuffix(end)}{ENDS[end]}{second}" if end else ""


def of_several(sentence: str, topic: str) -> str:
    return sentence
