"""Which of the parts of a turn are meant: what leads up to another, echoes it or is idle beside it is none."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ..acts import Act, ActPart, Dialogue, Question
from ..asking import questions
from ..names import focus
from ..names.people import pointed_by_name
from ..wishes.preferences import odd_volume
from ..wishes.turn_parser import NOBODY_DIES, asks_for_books
from ..words.cue_book import plain
from .act_parts import BOOK, Reader, merged, names_its_object, verdict_in
from .choices import is_conditional
from .clause_reading import QUESTIONS, says_again
from .marks_told import is_of_anime, told_of_series, without_settled
from .verdicts import UNDONE, of_one_state, told_apart, told_once, unless_doubtful

# What is wanted of a book as well as asked.
TOLD_OF_ANY = frozenset((Question.ANIME, Question.EDITION, Question.STATUS))
READ_STATES = {"read", "reading", "partly"}
VOLUME_SAID = re.compile(r"\d")
STOPPED = ("dropped", "partly", "reading")  # what a work may be said to be that only rests
VENTS = {Act.COMPLAINT, Act.SMALL_TALK, Act.ABUSE, Act.NO}  # beside which what is not it is all a turn says
JUST_TOLD = ("read", "loved", "dropped", "not", "owned")  # what became of another book, beside one that is not it
WORD = re.compile(r"[^\W\d]+")
MIN_VERDICT = 3  # words of a verdict beside the question whom a work suits


def as_meant(parts: Sequence[ActPart], reader: Reader) -> tuple[ActPart, ...]:
    """What the parts mean beside each other: an order leaves no place for some, a verdict is on its own works, what
    only leads up to another part is none, and somebody who is named points at their work."""
    if reader.ordered:
        parts = _as_ordered(parts, reader)
    if reader.shelf:
        parts = of_one_state(parts)
    else:
        parts = told_apart(parts, reader.parsed, lambda words: verdict_in(plain(words)))
    parts = _paused(tuple(map(_of_odd_volume, parts)), reader)
    parts = without_settled(told_of_series(unless_doubtful(told_once(parts), is_conditional), reader))
    parts = tuple(part for part in parts if not _is_idle(part, parts, reader)) or parts
    return pointed_by_name(parts, reader.dialogue, reader.catalogue, names_work=bool(reader.parsed_works))


def _paused(parts: Sequence[ActPart], reader: Reader) -> tuple[ActPart, ...]:
    """`parts`, where the work that the turn tells of rests: who says so, or asks whether to go on ("quit at 10, should I
    skip to 11?"), has not dropped it, and asks for no other book by why they stopped."""
    parts = [*_rested(parts, reader), *parts]
    told = [part for part in parts if part.act is Act.VERDICT and part.works]
    if len({part.works for part in told}) != 1 or reader.shelf:
        return tuple(parts)
    goes_on, lower = BOOK.has("goes_on", plain(reader.text)), plain(reader.text)
    states = {part.detail.get("state") for part in told}
    if not (states & {"hold", *STOPPED} and (BOOK.has("verdict.hold", lower) or (goes_on and "dropped" in states))):
        return tuple(parts)
    found = []
    for part in parts:
        if part in told and part.detail.get("state") in STOPPED:
            part = replace(part, detail={**part.detail, "state": "hold"})
        elif part.act is Act.ABOUT and not part.works:
            part = replace(part, works=told[0].works)
        elif part.act is Act.RECOMMEND and BOOK.has("goes_on", plain(part.text)):
            part = ActPart(Act.ABOUT, part.text, told[0].works, (Question.ORDER,))
        if not (part.act is Act.RECOMMEND and (goes_on or not reader.tags(part.text)) and not _asks_for_others(part)):
            found.append(part)
    return tuple(found)


def _rested(parts: Sequence[ActPart], reader: Reader) -> list[ActPart]:
    """That a work rests which the turn only asks about: "stopped after 8, can I go on with 9?"."""
    asked = {part.works for part in parts if part.act is Act.ABOUT}
    lower = plain(reader.text)
    told = any(part.act is Act.VERDICT for part in parts) or not VOLUME_SAID.search(lower)
    if told or len(asked) != 1 or len(next(iter(asked))) != 1 or not BOOK.has("verdict.hold", lower):
        return []
    return [ActPart(Act.VERDICT, reader.text, next(iter(asked)), detail={"state": "hold"})]


def _asks_for_others(part: ActPart) -> bool:
    return any(BOOK.has(cue, plain(part.text)) for cue in ("recommends", "more", "books"))


def _of_odd_volume(part: ActPart) -> ActPart:
    """A verdict on half a volume, or on one of a collection beside the series, is none on the whole of it."""
    if (
        part.act is not Act.VERDICT
        or part.detail.get("state") not in READ_STATES
        or not (said := odd_volume(part.text))
    ):
        return part
    return replace(part, detail={**part.detail, "state": "partly", "volume": said})


def _is_idle(part: ActPart, parts: Sequence[ActPart], reader: Reader) -> bool:
    """Whether a part says nothing beside the others."""
    if _only_watched(part) and any(one.act.wishes and one.text != part.text for one in parts):
        return True  # "never read any, loved the anime. something like it?"
    if part.act is Act.VERDICT:
        return _is_hollow(part, parts, reader) and not _settles_on_one_of(part, reader)
    if any(one.act is Act.VERDICT and _settles_on_one_of(one, reader) for one in parts):
        return {*part.works} == {*reader.dialogue.last_picks}  # what is asked of the one is told when that is known
    if part.act is Act.SMALL_TALK and not part.detail:
        return any(one.act is Act.ABOUT and one.works for one in parts)  # a worry that asks
    if part.act is Act.ABOUT and NOBODY_DIES.search(plain(reader.text)) and not questions.is_question(part.text):
        return any(one.act.wishes for one in parts)  # "they all die": in protest
    if part.act is Act.CATALOGUE and reader.parsed.bounds.min_year:
        return any(one.act.wishes for one in parts)  # what is new of the kind that is wished for
    if part.act is Act.ABOUT and not questions.is_question(part.text) and TOLD_OF_ANY.issuperset(part.questions):
        return any(one.detail.get("renewed") for one in parts)  # "those HAVE an anime. no anime please"
    if part.act in (Act.ABOUT, Act.RECOMMEND) and _complains(part, parts):
        return not (part.act.wishes and (says_again(part, reader) or BOOK.has("recommends", plain(part.text))))
    return part.act.wishes and not asks_for_books(part.text) and (_is_echo(part, parts) or _leads_up(parts))


def _only_watched(part: ActPart) -> bool:
    """Whether a part tells no more than that an anime was seen, and how much it was loved."""
    of_books = part.detail.get("state") not in ("read", "unread", "loved", None) or not {*part.questions} <= {
        Question.ANIME
    }
    return part.act in (Act.VERDICT, Act.ABOUT) and not of_books and _is_of_anime(part.text)


def _is_of_anime(text: str) -> bool:
    return is_of_anime(text) and not questions.is_question(text)


def _is_hollow(verdict: ActPart, parts: Sequence[ActPart], reader: Reader) -> bool:
    """Whether a verdict is on nothing ("I have seen the anime"), or on what somebody else is to read ("could my niece,
    11, read it?")."""
    for_others = any(part.act is Act.ABOUT and Question.SUITS in part.questions for part in parts)
    if not verdict.works:
        return not _asks_which(verdict)
    asks = any(part.act in QUESTIONS and questions.is_question(part.text) for part in parts)
    if asks and verdict.detail.get("state") == "not" and not _names_one(verdict, reader):
        return True  # a dislike beside a question is of no work: "which first? I like mysteries but hate puns"
    return for_others and len(WORD.findall(verdict.text)) < MIN_VERDICT


def _names_one(part: ActPart, reader: Reader) -> bool:
    """Whether the words of a part name a work or point at one."""
    lower = plain(part.text)
    return any(plain(reader.parsed.words_of(one)) in lower for one in reader.parsed.works) or bool(
        focus.pointed_at(part.text, reader.dialogue)
    )


def _settles_on_one_of(order: ActPart, reader: Reader) -> bool:
    """Whether an order is of one of the works offered, and it is open which: "I'll take that one"."""
    return bool(order.detail.get("ordered") and not order.works and len(reader.dialogue.last_picks) > 1
                and not focus.places_in(plain(order.text)) and focus.points(plain(order.text)))  # fmt: skip


def _asks_which(order: ActPart) -> bool:
    """Whether an order of the shelf is of no work that is sure, so that it is asked back which one is meant."""
    if order.detail.get("state") in UNDONE:
        return bool(order.detail["state"] != "unread")
    return bool(order.detail.get("ordered")) and names_its_object(order.text)


def _complains(part: ActPart, parts: Sequence[ActPart]) -> bool:
    """Whether a question or a wish is in the very words of a complaint: "why do you keep giving me school stories"."""
    complaints = (one for one in parts if one.act is Act.COMPLAINT and not one.detail.get("taken_back"))
    return any(part.text and part.text in one.text for one in complaints)


def _is_echo(wish: ActPart, parts: Sequence[ActPart]) -> bool:
    """Whether a wish has the very words of a comparison, which asks for no other books."""
    return any(part.act is Act.COMPARE and part.text == wish.text for part in parts)


def _leads_up(parts: Sequence[ActPart]) -> bool:
    """Whether a wish stands beside a question on a work that is not named: who tells how its anime ended and asks how
    far the novels go is asked which it is."""
    return any(part.act is Act.ABOUT and not part.works and "unknown" not in part.detail for part in parts)


def _as_ordered(parts: Sequence[ActPart], reader: Reader) -> tuple[ActPart, ...]:
    """Parts without those that an order leaves no place for: a complaint, a no or thanks only lead up to what is put
    right; what is said of a disputed fact asks nothing."""
    if any(part.detail.get("corrected") for part in parts):
        parts = [part for part in parts if part.act not in (Act.NO, Act.YES, Act.COMPLAINT, Act.ABUSE)]
    if any(part.detail.get("kind") == "not_it" for part in parts):
        parts = _looked_for_again(parts, reader.dialogue)
    if any(part.act is Act.COMPLAINT and part.detail.get("kind") == "wrong" for part in parts):
        asked = (Act.COMPLAINT, Act.OWN_DATA, Act.SERVICE, Act.AUTHOR)
        parts = [part for part in parts if part.act in asked or (part.act is Act.ABOUT and part.questions)]
    return merged(parts)


def _looked_for_again(parts: Sequence[ActPart], dialogue: Dialogue) -> list[ActPart]:
    """Parts of a turn that says what is not it, without complaints and questions that only vent. Where the turn does
    nothing else another is chosen at once; of a book that is remembered more has to be told."""
    kept = [
        part
        for part in parts
        if part.detail.get("kind") == "not_it"
        or not (part.act is Act.COMPLAINT or set(part.questions) & {Question.OTHER, Question.WHY})
    ]
    told = {part.act for part in kept if not (part.act is Act.VERDICT and part.detail.get("state") in JUST_TOLD)}
    bare = Act.FIND not in dialogue.acts and told <= VENTS
    return [*kept, ActPart(Act.RECOMMEND, "", detail={"corrected": "again"})] if bare else kept
