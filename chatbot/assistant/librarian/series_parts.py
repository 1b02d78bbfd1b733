"""What is asked of one part of a series: from which volume it is, whether it can be skipped, where it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...catalogue.arcs import Arc
from ...catalogue.models import in_language
from ...catalogue.reading_orders import ANY, MAIN, Step
from ...language.acts import Question
from ...language.asking.part_numbers import BOOK, Said, number_in, said_in
from ...language.turns.series_parts import FILM, LAST
from ...language.words.cue_book import plain as lowered
from ...language.words.laughter import without_laughter
from ...text.folding import key
from .notes import arcs_in, arcs_named
from .reply import plain
from .telling import HALVES, Telling

MAIN_KINDS = (MAIN, ANY)
REMARK = re.compile(r"\s*[(（][^)）]*[)）]")
CUES = ("starts", "length", "skips", "needs", "begins", "volume")
BARE = frozenset((Question.ORDER, Question.VOLUMES, Question.OVERVIEW, Question.OTHER))
OF_THE_WHOLE = frozenset((Question.ANIME, Question.AFTER_ANIME, Question.TOLD_IN, Question.EDITION, Question.CONTENT))
TOLD_OF_STORIES = frozenset((Question.PLOT, Question.CONTENT, Question.CHARACTERS, Question.ENDING, Question.QUALITY))
# What a question on a part is read as, and its answer answers.
ANSWERED = frozenset((Question.ORDER, Question.VOLUMES, Question.GOES_ON, Question.AFTER_ANIME, Question.ANIME,
                      Question.OVERVIEW, Question.PLOT, Question.OTHER, Question.QUALITY, Question.STATUS,
                      Question.NEXT_VOLUME, Question.LEVEL, Question.TOLD_IN))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the series: the step of its order, the volumes it has, or both. `place`: among its like, from 1."""

    name: str
    place: int
    step: Step | None = None
    arc: Arc | None = None


def asked_of(telling: Telling, questions: Sequence[Question]) -> list[str] | None:
    """What is told of the part that a question is of; None where it is of none, or asks what is told of the whole."""
    if "step" in telling.detail:
        return _of_step(telling)
    if told := [*_of_named(telling)]:
        return told
    said = said_in(telling.part.text)
    if not any(one.part for one in said) or not _asks_of_parts(telling, {*questions}):
        return None
    if known := _numbered(telling):
        return _of_claim(telling, said, known) or _of_numbered(telling, said, known)
    return None if arcs_named(telling) else [telling.tell("part-unnumbered")]


def skips(telling: Telling, questions: Sequence[Question]) -> bool:
    """Whether it is asked what of a series with an order can be passed over: no note says that."""
    asked = Question.ORDER in questions and bool(telling.facts.order)
    return asked and BOOK.has("skips", lowered(telling.part.text))


def _asks_of_parts(telling: Telling, questions: set[Question]) -> bool:
    """Whether a question is of the parts that it numbers, and not of what only falls into them."""
    if questions & OF_THE_WHOLE:
        return False
    lower = lowered(telling.part.text)
    return any(BOOK.has(cue, lower) for cue in CUES) or questions <= BARE


# --- Parts by name ---------------------------------------------------------------------------------------------------


def _of_named(telling: Telling) -> Iterator[str]:
    """A yes or a no to what is asked of parts by their names; what names none is asked of those of the ask before."""
    history = telling.reply.brief.history
    before = arcs_in(telling, history[-1][0]) if history else []
    brief = telling.reply.brief
    text, ask = telling.part.text, without_laughter(brief.ask)
    for piece in HALVES.split(ask if len(brief.parts) == 1 and text in ask else text):
        lower = lowered(piece)
        way = next((cue for cue in ("stops", "skips", "needs", "begins") if BOOK.has(cue, lower)), "")
        if not way or (way == "begins" and BOOK.has("which", lower)):
            continue
        arcs = arcs_in(telling, piece)
        if way == "stops" or BOOK.has("asked_again", lower):
            arcs = arcs or before
        if arcs:
            yield _asked_of_arc(telling, arcs[0], way, forbids=BOOK.has("forbids", lower))


def _asked_of_arc(telling: Telling, arc: Arc, way: str, *, forbids: bool) -> str:
    part = Part(_called(telling, in_language(arc.title, telling.language)), 0, arc=arc)
    if way == "stops":
        name = "part-stop-single" if arc.first == arc.last else "part-stop"
        return telling.tell(name, part=part.name, first=arc.first, last=arc.last)
    if way != "begins":
        return _skipped(telling, part) if way == "skips" else _needed(telling, part)
    earlier = [one for one in telling.work.arcs if one.last < arc.first and not one.anew]
    if not earlier:
        return telling.tell("part-begin-first", part=part.name)
    last = max(earlier, key=lambda one: (one.last, one.first))
    before = _called(telling, in_language(last.title, telling.language))
    return telling.tell("part-begin-instead" if forbids else "part-begin-later", part=part.name, before=before)


# --- Parts by number -------------------------------------------------------------------------------------------------


def _numbered(telling: Telling) -> dict[int, Part]:
    """The parts by their numbers: as their titles have it, else in the order of the main line."""
    found = {}
    for arc in telling.work.arcs:
        numbers = {number for title in arc.title.values() if (number := number_in(title))}
        if len(numbers) == 1:
            number = numbers.pop()
            found[number] = Part(_called(telling, in_language(arc.title, telling.language)), number, arc=arc)
    return found or {part.place: part for part in _main_line(telling)}


def _main_line(telling: Telling) -> list[Part]:
    steps = [step for step in telling.facts.told_order if step.kind in MAIN_KINDS]
    return [_of(telling, step, place) for place, step in enumerate(steps, 1)] if len(steps) > 1 else []


def _of(telling: Telling, step: Step, place: int = 0) -> Part:
    titles = [key(title) for title in step.title.values()]
    arc = next((one for one in telling.work.arcs for name in one.title.values()
                if any(title.startswith(key(name)) for title in titles)), None)  # fmt: skip
    if step.slug and (work := telling.reply.work(step.slug)):
        return Part(telling.reply.title_of(work.slug), place, step, arc)
    return Part(_called(telling, in_language(step.title, telling.language)), place, step, arc)


def _called(telling: Telling, title: str) -> str:
    """A title without its remark, set apart as no title of the shelf is."""
    return telling.reply.say.part("works.named_step", called=REMARK.sub("", plain(title)) or plain(title))


def _of_claim(telling: Telling, said: list[Said], known: dict[int, Part]) -> list[str]:
    """Whether a volume is where a part starts, or which one of it, as a yes or a no; "" where that is not asked."""
    lower = lowered(telling.part.text)
    volumes = [one for one in said if one.volume]
    if BOOK.has("which", lower) or not volumes or len(said) < 2:
        return []
    first, other = volumes[0], next(one for one in said if one is not volumes[0])
    part = known.get(other.part or first.part or 0)
    if not part:
        return []
    if not part.arc:
        return [telling.tell("part-unknown", part=part.name)]
    if BOOK.has("ends", lower):
        return _of_end(telling, said, part, known)
    same = _counted(first, known) == _counted(other, known)
    told = telling.tell("part-starts-anew" if part.arc.anew else "part-starts", part=part.name, first=part.arc.first)
    return [telling.say.led("yes" if same else "no", told)]


def _of_end(telling: Telling, said: list[Said], part: Part, known: dict[int, Part]) -> list[str]:
    """Whether a part ends with the volume that is said, and what is asked of the other parts beside it."""
    last = part.arc.last if part.arc else 0
    ended = [one.volume for one in said if one.volume and not one.part]
    told = telling.say.led("yes" if last in ended else "no", _length(telling, part))
    rest = [known[one.part] for one in said if one.part in known and known[one.part] is not part]
    return [told, *(sentence for one in rest for sentence in _asked_of_part(telling, one, list(known.values())))]


def _counted(said: Said, known: dict[int, Part]) -> tuple[int, int]:
    """A volume as the series counts it: (the part that counts anew, or 0, and the number)."""
    part = known.get(said.part or 0)
    if not part or not part.arc:
        return 0, said.volume or 0
    if part.arc.anew:
        return part.place, said.volume or 1
    return 0, part.arc.first + (said.volume or 1) - 1


def _of_numbered(telling: Telling, said: list[Said], known: dict[int, Part]) -> list[str]:
    """What is asked of the parts that are numbered; of a volume of one, the how manieth of the series it is."""
    line, numbers = list(known.values()), [one.part for one in said if one.part]
    parts = [known[number] for number in dict.fromkeys(numbers) if number in known]
    if not parts:
        return [_beyond(telling, numbers[0], line)]
    counted = [(known[one.part], one.volume) for one in said if one.part in known and one.volume]
    told = [
        telling.tell("part-volume", part=part.name, volume=volume, count=part.arc.first + volume - 1)
        for part, volume in counted
        if part.arc and not part.arc.anew
    ]
    return told or [sentence for part in parts for sentence in _asked_of_part(telling, part, line)]


def _beyond(telling: Telling, number: int, known: list[Part]) -> str:
    return telling.tell("part-none", number=number, titles=telling.say.in_order([part.name for part in known]))


# --- Steps of an order -----------------------------------------------------------------------------------------------


def _of_step(telling: Telling) -> list[str] | None:
    step, main = telling.detail["step"], _main_line(telling)
    if step == FILM:
        films = [one for one in telling.facts.told_order if one.kind == "film"]
        return [sentence for one in films[:1] for sentence in _asked_of_part(telling, _of(telling, one), main)] or None
    if not main:
        return None
    place = len(main) if step == LAST else int(step)
    if place > len(main):
        return [_beyond(telling, place, main)]
    return list(_asked_of_part(telling, main[place - 1], main))


def _asked_of_part(telling: Telling, part: Part, line: list[Part]) -> Iterator[str]:
    """What is asked of a part; where that is not known, what is."""
    lower = lowered(telling.part.text)
    if BOOK.has("skips", lower):
        yield _skipped(telling, part)
    elif BOOK.has("needs", lower) and not BOOK.has("begins", lower):
        yield _needed(telling, part)
    elif BOOK.has("begins", lower) and not BOOK.has("which", lower):
        yield _begun(telling, part, line)
    elif BOOK.has("place", lower) and part.step and not BOOK.has("length", lower):
        yield _placed(telling, part, line)
    elif BOOK.has("length", lower) or BOOK.has("starts", lower):
        yield _length(telling, part)
    else:
        if part.step and part.step.kind in MAIN_KINDS:
            yield telling.tell("part-is", part=part.name, number=part.place)
        if part.arc or _own_volumes(telling, part):
            yield _length(telling, part)
        if TOLD_OF_STORIES & {*telling.part.questions}:
            yield telling.tell("part-no-more")


def _kind(part: Part) -> str:
    """ "main", "woven" (a side story that belongs to it), "film" or "aside"."""
    step = part.step
    if not step or step.kind == MAIN:
        return "main"
    if step.kind == "film":
        return "film"
    return "woven" if step.kind == "side" and not step.skip else "aside"


def _skipped(telling: Telling, part: Part) -> str:
    return telling.tell(f"part-skip-{_kind(part)}", part=part.name)


def _needed(telling: Telling, part: Part) -> str:
    return telling.tell(f"part-need-{_kind(part)}", part=part.name)


def _begun(telling: Telling, part: Part, line: list[Part]) -> str:
    if part.step and part.step.kind == ANY:
        return telling.tell("part-begin-any", part=part.name)
    if part.step and part.step.kind not in MAIN_KINDS:
        return telling.tell("part-begin-aside", part=part.name)
    before = [one.name for one in line if one.place < part.place]
    if not before:
        return telling.tell("part-begin-first", part=part.name)
    return telling.tell("part-begin-later", part=part.name, before=telling.say.listing(before))


def _placed(telling: Telling, part: Part, line: list[Part]) -> str:
    step = part.step
    if step and step.kind not in MAIN_KINDS:
        if not step.after:
            return telling.tell("part-place-unknown", part=part.name)
        kind = "film" if step.kind == "film" else "aside"
        return telling.tell(f"part-place-{kind}", part=part.name, after=step.after)
    before = [one.name for one in line if one.place == part.place - 1]
    behind = [one.name for one in line if one.place == part.place + 1]
    if not before:
        return telling.tell("part-place-first", part=part.name)
    if not behind:
        return telling.tell("part-place-last", part=part.name, before=before[0])
    return telling.tell("part-place-between", part=part.name, before=before[0], behind=behind[0])


def _own_volumes(telling: Telling, part: Part) -> int:
    """How many volumes a part has that is a row of its own; the row's own step counts where the parts have rows."""
    work = telling.reply.work(part.step.slug) if part.step and part.step.slug else None
    return work.volumes if work else 0


def _length(telling: Telling, part: Part) -> str:
    if part.arc and part.arc.anew:
        return telling.tell("part-anew", part=part.name, last=part.arc.last)
    if part.arc and part.arc.first < part.arc.last:
        count = part.arc.last - part.arc.first + 1
        return telling.tell("part-volumes", part=part.name, first=part.arc.first, last=part.arc.last, count=count)
    if part.arc:
        return telling.tell("part-single", part=part.name, first=part.arc.first)
    if volumes := _own_volumes(telling, part):
        return telling.tell("part-count", part=part.name, volumes=volumes)
    return telling.tell("part-unknown", part=part.name)
