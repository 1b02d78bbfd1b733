"""A question on one of the steps of a reading order that was just told: "can I skip the second?"."""

from collections.abc import Sequence

from ...catalogue.facts import order_of
from ...catalogue.reading_orders import ANY, MAIN, Step
from ..acts import Act, ActPart, Question
from ..asking import questions
from ..asking.part_numbers import BOOK
from ..names import focus
from ..words.cue_book import plain
from .act_parts import Reader

FILM, LAST = "film", "last"  # steps that are said without a number
MAX_TEXT = 80  # characters of a turn that asks of a step


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
    if slug := _row_of(step, line, reader):
        works = (slug,)
        if not BOOK.has("asks", plain(reader.text)):  # of a book with a row of its own anything can be asked
            return (ActPart(Act.ABOUT, reader.text, works, asked or (Question.OVERVIEW,)),)
    detail = next((part.detail for part in parts if part.act is Act.ABOUT), {})
    told = dict.fromkeys((Question.ORDER, *asked))
    return (ActPart(Act.ABOUT, reader.text, works, tuple(told), {**detail, "step": step}),)


def _row_of(step: int | str, line: Sequence[Step], reader: Reader) -> str:
    """The work that a step is, where it has a row of its own; else ""."""
    place = len(line) if step == LAST else step if isinstance(step, int) else 0
    slug = line[place - 1].slug if 0 < place <= len(line) else ""
    return slug if slug in reader.catalogue.by_slug else ""


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
