"""Which part of a series a turn speaks of: by number ("the second arc", "2부", 「2年生編」), or by its place in a reading
order that was just told ("can I skip the second?")."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..catalogue.facts import order_of
from ..catalogue.reading_orders import ANY, MAIN, Step
from . import focus, questions
from .act_parts import Reader
from .acts import Act, ActPart, Question
from .cue_book import CueBook, plain

BOOK = CueBook("series_parts")
FILM, LAST = "film", "last"  # steps that are said without a number
MAX_TEXT = 80  # characters of a turn that asks of a step
NEAR = 6  # characters between a part and its volume


@dataclass(frozen=True, slots=True)
class Said:
    """A part by its number, a volume of it, or a volume of the whole series (`part` is None then)."""

    part: int | None = None
    volume: int | None = None


def number_in(text: str) -> int | None:
    """The number of the part that `text` speaks of first, or None."""
    return next((number for _, _, number in _parts(plain(text))), None)


def said_in(text: str) -> list[Said]:
    """The parts and volumes that `text` names, in their order."""
    lower = plain(text)
    parts, found = [*_parts(lower)], []
    of_parts: set[int] = set()
    for match in sorted(BOOK.every("volume", lower), key=lambda one: one.start()):
        volume = int(next(value for value in match.groupdict().values() if value))
        place = next((at for at, one in enumerate(parts) if _belongs(one, match, lower)), None)
        of_parts |= {place} if place is not None else set()
        found.append((match.start(), Said(parts[place][2] if place is not None else None, volume)))
    found += [(start, Said(number)) for at, (start, _, number) in enumerate(parts) if at not in of_parts]
    return [one for _, one in sorted(found, key=lambda one: one[0])]


def _belongs(part: tuple[int, int, int], volume: re.Match[str], lower: str) -> bool:
    """Whether a volume is one of a part: it stands right behind it, or right before it with a word that ties the two."""
    start, end, _ = part
    if end <= volume.start():
        between = lower[end : volume.start()]
        return len(between) <= NEAR and not any(letter.isdigit() for letter in between)
    return start - volume.end() <= 2 * NEAR and BOOK.has("of_part", lower[volume.end() : start])


def _parts(lower: str) -> Iterator[tuple[int, int, int]]:
    """(begin, end, number) of each part that is said by its number."""
    found = {}
    for match in BOOK.every("part", lower):
        said = next(value for value in match.groupdict().values() if value)
        if number := int(BOOK.first("number.", said) or 0):
            found[match.start()] = (match.start(), match.end(), number)
    end = -1
    for start in sorted(found):
        if start >= end:
            yield found[start]
            end = found[start][1]


# --- In an order just told -------------------------------------------------------------------------------------------


def in_told_order(parts: Sequence[ActPart], reader: Reader) -> tuple[ActPart, ...]:
    """`parts`, a question on one of the steps of the reading order that was told last put to that step: "the second" is
    then neither a pick nor a volume."""
    step = _step_said(reader)
    if not step or {part.act for part in parts} - {Act.ABOUT, Act.SMALL_TALK, Act.YES, Act.NO, Act.COMPARE}:
        return tuple(parts)
    works = reader.dialogue.asked[-1].works
    line = _main_line(works[0], reader)
    if step != FILM and len(line) < 2:
        return tuple(parts)
    asked = questions.questions_in(reader.text)
    if step != FILM and not BOOK.has("asks", plain(reader.text)):
        slug = line[-1 if step == LAST else min(int(step), len(line)) - 1].slug
        if slug in reader.catalogue.by_slug:  # of a book with a row of its own anything can be asked
            return (ActPart(Act.ABOUT, reader.text, (slug,), asked or (Question.OVERVIEW,)),)
    detail = next((part.detail for part in parts if part.act is Act.ABOUT), {})
    told = dict.fromkeys((Question.ORDER, *asked))
    return (ActPart(Act.ABOUT, reader.text, works, tuple(told), {**detail, "step": step}),)


def _main_line(slug: str, reader: Reader) -> list[Step]:
    work = reader.catalogue.by_slug.get(slug)
    steps = order_of(work, reader.catalogue) if work else ()
    return [step for step in steps if step.kind in (MAIN, ANY)]


def _step_said(reader: Reader) -> int | str:
    """Which step a turn asks of: its number, "film" or "last"; 0 where it asks of none."""
    dialogue, lower = reader.dialogue, plain(reader.text)
    if Act.ABOUT not in dialogue.acts or Act.RECOMMEND in dialogue.acts or _names_works(reader):
        return 0
    if not dialogue.asked or Question.ORDER not in dialogue.asked[-1].questions or len(reader.text) > MAX_TEXT:
        return 0
    asks = BOOK.has("asks", lower)
    if not (questions.may_be_question(reader.text) or asks) or BOOK.has("volume", lower):
        return 0
    place = focus.BOOK.first("place.", lower)
    if place.isdigit():
        return int(place)
    if place == LAST:
        return LAST
    return FILM if asks and BOOK.has("film", lower) else 0


def _names_works(reader: Reader) -> bool:
    """Whether a turn names a work by more than a place: "the third" is one in capitals only."""
    names = map(reader.parsed.words_of, reader.parsed.works)
    return any(name.istitle() or not focus.BOOK.first("place.", plain(name)) for name in names)
