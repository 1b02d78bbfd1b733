"""A book that is looked for over several turns: each adds to what is remembered of it, or says which book it is not.

What the turns of such a search tell stands in the detail of their parts: `told` their words without what only denies,
`denied` the works that it is not, `wanted` and `refused` tags, `older`, `newer`, `min_year`, `max_year`, `max_volumes`
and `anime` what was said of the book beside its story. A turn that says which of the works named it is ends the search.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..acts import Act, ActPart, Dialogue, ReadTurn
from ..asking import questions
from ..names import focus
from ..tag_relations import FEMALE_LEAD
from ..words import elsewhere
from ..words.cue_book import CueBook, plain
from ..words.mentions import REFUSALS
from .act_parts import BOOK as ACTS
from .act_parts import Reader, asks_plainly

BOOK = CueBook("remembered")
LIMITS = ("min_year", "max_year", "max_volumes")
MARKS = " ,.!?~…、。，！？ㅋㅎㅠㅜ\n"
# What a turn of a search does instead of going on with it, whatever else it says.
ENDS = {Act.THANKS, Act.GREETING, Act.DISTRESS, Act.ABUSE}
# The same where it asks: such words are in stories too.
ENDS_ASKING = {Act.OWN_DATA, Act.SERVICE, Act.DEFINITION, Act.CATALOGUE, Act.COMPARE, Act.AUTHOR}
TOLD_AS = (Act.ABOUT, Act.RECOMMEND, Act.AUTHOR, Act.COMPARE)  # what such words are read as
OF_THE_READER = ("loved", "read", "reading", "want", "owned", "partly", "hold", "dropped")  # verdicts
OLD = 2010  # the year up to which a book is old, where none was named before


def found_at_last(text: str, dialogue: Dialogue, named: Sequence[str]) -> tuple[str, str] | None:
    """The work that a turn says was looked for, and what it says besides; None where it says of none that this is it.
    `named`: works that the turn names."""
    if Act.FIND not in dialogue.acts or not dialogue.spoken:
        return None
    lower = plain(text)
    said = next(BOOK.matches("it_is", lower), None)
    if not said or BOOK.has("not_it", lower):
        return None
    works = [slug for slug in named if slug in dialogue.spoken] or focus.pointed_at(text, dialogue)
    rest = text[said.end() :].strip(MARKS.replace("?", "").replace("？", ""))
    if rest and not questions.is_question(rest) and BOOK.has("denies", plain(rest)):
        return None
    return (works[0] if len(works) == 1 else dialogue.spoken[0]), rest


def over(dialogue: Dialogue) -> Dialogue:
    """`dialogue` once the book that was looked for is known not to be here: what follows is no more of that search."""
    if not dialogue.absent:
        return dialogue
    return replace(dialogue, acts=tuple(Act.ABOUT if act is Act.FIND else act for act in dialogue.acts))


def of_absent(reader: Reader) -> ReadTurn | None:
    """What a turn asks of the book that was looked for and is not here, by its title: "how many volumes?"."""
    lower = plain(reader.text)
    title = elsewhere.TASTES[reader.dialogue.absent].title.get(reader.language, "") if reader.dialogue.absent else ""
    asked = questions.questions_in(reader.text)
    if not title or not asked or reader.parsed_works or not questions.is_question(reader.text):
        return None
    if any(ACTS.has(cue, lower) for cue in ("recommends", "find", "more", "books")) or BOOK.has("another", lower):
        return None
    return ReadTurn((ActPart(Act.ABOUT, reader.text, (), asked, {"unknown": title}),), "")


def goes_on(turn: ReadTurn, reader: Reader) -> ReadTurn | None:
    """The turn of a running search as one more thing that is told of the book. `turn`: as the rules read it, who know
    what ends a search."""
    if Act.FIND not in reader.dialogue.acts or _turns_elsewhere(turn, reader):
        return None
    text = reader.text
    held = {name: BOOK.has(name, plain(text)) for name in ("older", "newer")}
    # Who says that it was older says that it is none of those named.
    denied = _denied(reader) or (reader.dialogue.spoken if any(held.values()) else ())
    told = _told(text, denied, reader)
    detail = {
        "told": told,
        "denied": [*denied],
        **besides(told, reader),
        "unsure": not (told or denied),
        "goes_on": True,
    }
    detail |= _held_against(detail, reader)
    return ReadTurn((ActPart(Act.FIND, text, detail=_said(detail)),), "")


def _held_against(detail: dict[str, Any], reader: Reader) -> dict[str, int]:
    """The years that a book is from which is older, or newer, than those that were named."""
    years = [work.year for slug in reader.dialogue.spoken if (work := reader.catalogue.by_slug.get(slug))]
    if detail["older"]:
        return {"max_year": min(years) - 1 if years else reader.parsed.bounds.max_year or OLD}
    if detail["newer"]:
        return {"min_year": max(years) + 1 if years else reader.parsed.bounds.min_year or OLD}
    return {}


def begun_beside(parts: tuple[ActPart, ...], reader: Reader) -> tuple[ActPart, ...]:
    """`parts`, with a search in place of a question on the work before, where another book is told of: 「もう一つあって…」."""
    if reader.parsed_works or not tells_of_another(reader.text):
        return parts
    begins = [part.act in TOLD_AS and tells_of_another(part.text) for part in parts]
    return tuple(ActPart(Act.FIND, part.text) if one else part for part, one in zip(parts, begins, strict=True))


def tells_of_another(text: str) -> bool:
    """Whether `text` begins to tell of one more book that is looked for."""
    return BOOK.has("one_more", plain(text))


def begun(parts: tuple[ActPart, ...], reader: Reader) -> tuple[ActPart, ...]:
    """`parts`, where they begin a search, with all that the turn tells of the book: its words that do nothing else."""
    if not any(part.act is Act.FIND and "told" not in part.detail for part in parts):
        return parts
    text = reader.text
    for part in parts:
        if part.act is not Act.FIND:
            text = text.replace(part.text, " ")
    denied = tuple(one.values[0] for one in reader.parsed.works if one.stance in REFUSALS)
    told = _told(text, denied, reader)
    detail = _said({"told": told, "denied": [*denied], **besides(told, reader)})
    others = [part for part in parts if part.act is not Act.FIND]
    place = next(place for place, part in enumerate(parts) if part.act is Act.FIND)
    return (*others[:place], ActPart(Act.FIND, text.strip(), detail=detail), *others[place:])


def _said(detail: dict[str, Any]) -> dict[str, Any]:
    """Only what was said."""
    return {name: one for name, one in detail.items() if one or name == "told"}


def besides(told: str, reader: Reader) -> dict[str, Any]:
    """What `told` says of a book beside its story."""
    lower = plain(told)
    mentions = [one for one in reader.mentions(told) if one.kind == "tag"] if told else []
    # "They cannot leave the game" refuses no game.
    denies = BOOK.has("denies", lower)
    refused = [tag for one in mentions if denies and one.stance in REFUSALS for tag in one.values]
    wanted = [tag for one in mentions if not denies and one.stance not in REFUSALS for tag in one.values]
    wanted += [FEMALE_LEAD] if BOOK.has("heroine", lower) else []
    bounds = reader.parsed.bounds
    # "I read it long ago" is no year of the book; "older than that" is told by the works named before.
    limits = {name: getattr(bounds, name) for name in LIMITS if name not in bounds.guessed and told}
    return {
        "wanted": list(dict.fromkeys(wanted)),
        "refused": list(dict.fromkeys(refused)),
        "older": BOOK.has("older", lower),
        "newer": BOOK.has("newer", lower),
        "anime": any(one.kind == "anime" for one in reader.mentions(told)) if told else False,
        **limits,
    }


def _turns_elsewhere(turn: ReadTurn, reader: Reader) -> bool:
    """Whether a turn leaves the book that is looked for: thanks, a question, a wish for books to choose from."""
    lower = plain(reader.text)
    if {*turn.acts} & ENDS or BOOK.has("wishes", lower) or reader.shelf:
        return True
    if reader.parsed_works and BOOK.has("titled", lower):
        return True
    asks = questions.is_question(reader.text) and not BOOK.has("recalls", lower)
    if asks and {*turn.acts} & ENDS_ASKING:
        return True
    if asks and any(asks_plainly(part) and (part.works or "unknown" in part.detail) for part in turn.parts):
        return True
    judged = (part for part in turn.parts if part.act is Act.VERDICT and part.works)
    return any(part.detail.get("state") in OF_THE_READER for part in judged) and not BOOK.has("denies", lower)


def _denied(reader: Reader) -> tuple[str, ...]:
    """The works that the turn says it is not: those it names beside a denial, else those it points at, else all that
    were named last."""
    lower = plain(reader.text)
    if works := reader.parsed_works:
        return works if BOOK.has("denies", lower) or BOOK.has("not_it", lower) else ()
    if not BOOK.has("not_it", lower):
        return ()
    spoken = reader.dialogue.spoken
    pointed = tuple(slug for slug in focus.pointed_at(reader.text, reader.dialogue) if slug in spoken)
    return pointed or spoken


def _told(text: str, denied: Sequence[str], reader: Reader) -> str:
    """What of `text` tells of the book: not the words of a denial, no work that it is not, nothing that only says that
    no more is remembered."""
    if denied:
        names = [reader.parsed.words_of(one) for one in reader.parsed.works]
        for name in sorted(filter(None, names), key=len, reverse=True):
            text = text.replace(name, " ")
    for section in ("not_it", "denies", "unsure") if denied else ("unsure",):
        text = _without(section, text)
    return " ".join(text.split()).strip(MARKS)


def _without(section: str, text: str) -> str:
    """`text` with blanks for each match of `section`."""
    lower = plain(text)
    for match in BOOK.every(section, lower):
        text = text[: match.start()] + " " * (match.end() - match.start()) + text[match.end() :]
    return text


def gathered(turns: Sequence[Sequence[ActPart]]) -> list[ActPart]:
    """The parts of a search that goes on until the last of `turns`, oldest first; none where that looks for nothing."""
    found: list[ActPart] = []
    for parts in reversed(turns):
        looking = [part for part in parts if part.act is Act.FIND]
        if not looking or (found and any(elsewhere.told_of(part.text) for part in looking)):
            break
        found = [*looking, *found]
        if any(BOOK.has("another", plain(part.text)) for part in looking):
            break
    return found


def as_found(slug: str, text: str) -> ActPart:
    return ActPart(Act.YES, text, (slug,), detail={"kind": "found"})


def settled(dialogue: Dialogue, slug: str) -> Dialogue:
    """`dialogue` once it is known which book was looked for."""
    return replace(dialogue, spoken=(slug,), acts=(Act.YES,))
