"""What a reply states of a work otherwise than the catalogue, as it is kept with the turn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

MAX_CORRECTIONS = 40  # that are kept of one reply


@dataclass(frozen=True)
class Correction:
    """`said`: the words as they stand, in the `nth` place (from 0) where they stand in the reply. `catalogue`: what the
    row said when the reply ended: a number, a word, or names by language."""

    slug: str
    kind: str
    said: str
    nth: int
    catalogue: Any
    detail: str = ""  # of an edition its language, of a season its number

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Correction:
        return cls(**{name: kept.get(name, "") for name in cls.__dataclass_fields__})


@dataclass(frozen=True)
class Placed:
    """A correction with where its words stand in one stretch of text."""

    start: int
    end: int
    correction: Correction


def placed(texts: Sequence[str], corrections: Iterable[dict[str, Any]]) -> list[list[Placed]]:
    """Where the kept `corrections` stand in the stretches of one reply, in order; those not found are left out."""
    found: list[list[Placed]] = [[] for _ in texts]
    for correction in map(Correction.from_json, corrections):
        if not isinstance(correction.said, str) or not correction.said:
            continue
        left = correction.nth
        for place, text in enumerate(texts):
            count = text.count(correction.said)
            if left < count:
                start = _nth(text, correction.said, left)
                found[place].append(Placed(start, start + len(correction.said), correction))
                break
            left -= count
    return [sorted(one, key=lambda one: (one.start, one.end)) for one in found]


def _nth(text: str, words: str, nth: int) -> int:
    start = text.find(words)
    for _ in range(nth):
        start = text.find(words, start + len(words))
    return start


def corrected(reply: str, corrections: Iterable[dict[str, Any]]) -> str:
    """`reply` with what the catalogue says behind each statement that differs, so that a model does not repeat it."""
    pieces, last = [], 0
    for one in placed([reply], corrections)[0]:
        if one.end >= last:
            pieces += [reply[last : one.end], f" ({in_words(one.correction)})"]
            last = one.end
    return "".join([*pieces, reply[last:]])


def in_words(correction: Correction) -> str:
    """What the catalogue says, for a model."""
    value = correction.catalogue
    if isinstance(value, dict):
        value = ", ".join(value.get("en") or next(iter(value.values()), []))
    match correction.kind:
        case "volumes":
            told = f"{value} volumes"
        case "anime":
            told = "it has an anime" if value else "it has no anime"
        case "edition":
            told = f"an edition in {correction.detail} is {'known' if value else 'not known'}"
        case "season":
            told = f"season {correction.detail} ends with volume {value}"
        case kind:
            told = f"{kind}: {value}"
    return f"wrong; the catalogue says {told}"
