"""Books held against the works spoken of or named: "shorter than that", "더 최근 거", 「それより長いファンタジー」.

What is asked becomes a limit by those works. Against several that were offered the one in their middle counts.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from ...catalogue.snapshot import Work
from ..acts import ActPart, Dialogue
from ..names import focus
from ..wishes.turn_parser import ANY_LENGTH
from ..words.cue_book import CueBook, plain
from ..words.number_patterns import LONG, SHORT
from . import act_parts
from .act_parts import Reader, Stretch

BOOK = CueBook("comparatives")
LIMITS: dict[str, Callable[[int], tuple[str, int]]] = {
    "shorter": lambda value: ("max_volumes", max(value // 2 if value > 2 * LONG else value - 1, 1)),
    "longer": lambda value: ("min_volumes", value + 1),
    "newer": lambda value: ("min_year", value + 1),
    "older": lambda value: ("max_year", value - 1),
}


def wish_than(stretch: Stretch, reader: Reader) -> ActPart | None:
    """The wish for books that are shorter, longer, newer or older than a work that a clause points at or names; None
    where it only asks how they stand to each other."""
    lower = stretch.lower
    if not _relation(lower) or not BOOK.has("than", lower) or BOOK.has("is_asked", lower):
        return None
    if not _held_against(stretch.text, lower, reader):
        return None
    begun = bool(reader.dialogue.last_picks or reader.dialogue.spoken)
    part = replace(act_parts.wish(stretch, reader), works=(), detail={"renewed": True} if begun else {})
    reader.ordered.append(part)
    return part


def with_limits(parts: Iterable[ActPart], reader: Reader) -> tuple[ActPart, ...]:
    """`parts`, of which each wish for something shorter, longer, newer or older says what that is."""
    return tuple(_with_limit(part, reader) for part in parts)


def _with_limit(part: ActPart, reader: Reader) -> ActPart:
    lower = plain(part.text)
    relation = _relation(lower) if part.act.wishes else ""
    works = _held_against(part.text, lower, reader) if relation else []
    if not works:
        return part
    if relation == "shorter" and (most := _most(plain(reader.text))):
        return replace(part, detail={**part.detail, "than": {"max_volumes": most}})
    name, value = LIMITS[relation](_middle([_measure(work, relation) for work in works]))
    if len(works) > 1:  # against several "shorter" is short as well
        value = min(value, SHORT) if relation == "shorter" else max(value, LONG) if relation == "longer" else value
    return replace(part, detail={**part.detail, "than": {name: value}})


def _most(lower: str) -> int:
    """The most volumes that are to be, where a number without its unit says it: "shorter, max 3"; else 0."""
    numbers = (int(match["n"] or match["m"]) for match in BOOK.matches("most", lower))
    return next(numbers, 0)


def compares(lower: str) -> bool:
    """Whether words ask for something shorter, longer, newer or older."""
    return bool(_relation(lower))


def _relation(lower: str) -> str:
    if ANY_LENGTH.search(lower):
        return ""  # "longer is fine"
    return next((relation for relation in LIMITS if BOOK.has(relation, lower)), "")


def _held_against(text: str, lower: str, reader: Reader) -> list[Work]:
    """The works that books are held against: those named, or placed, before "than", else those spoken of."""
    named = [one.values[0] for one in reader.mentions(text) if one.kind == "work"] if BOOK.has("than", lower) else []
    placed = focus.in_place(lower, reader.dialogue.last_picks)
    slugs: Sequence[str] = named or placed or _spoken(reader.dialogue)
    works = (reader.catalogue.by_slug.get(slug) for slug in slugs)
    return [work for work in works if work and work.volumes]


def _spoken(dialogue: Dialogue) -> tuple[str, ...]:
    return dialogue.spoken if len(dialogue.spoken) == 1 else dialogue.last_picks or dialogue.spoken


def _measure(work: Work, relation: str) -> int:
    return work.volumes if relation in ("shorter", "longer") else work.year


def _middle(values: Sequence[int]) -> int:
    return sorted(values)[len(values) // 2]
