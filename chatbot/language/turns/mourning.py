"""What somebody who mourns tells of whom they lost: a name, the years together. It is answered before all else, and what
stands beside it, a book settled on or thanks, is answered without cheer and without figures."""

from dataclasses import replace

from ..acts import Act, ActPart, ReadTurn
from ..asking import questions
from ..words.clauses import clauses_of
from ..words.cue_book import CueBook, plain
from .act_parts import Reader

BOOK = CueBook("mourning")
MAX_NAME = 16  # characters
TALK = {Act.SMALL_TALK, Act.GIBBERISH, Act.OFF_TOPIC, Act.GREETING}
QUIETLY = {Act.VERDICT, Act.THANKS}  # what is answered without cheer beside grief


def as_mourned(turn: ReadTurn, reader: Reader) -> ReadTurn:
    """`turn`, where the conversation has told of a loss, with what is told of it as talk of its own."""
    if not reader.dialogue.grief or Act.DISTRESS in turn.acts:
        return turn
    parts = tuple(
        replace(part, detail={**part.detail, "grief": True}) if part.act in QUIETLY else part for part in turn.parts
    )
    told = _told(reader)
    if not told:
        return replace(turn, parts=parts)
    others = tuple(part for part in parts if part.act not in TALK and not _is_all_of(part, told))
    return replace(turn, parts=(told, *others), wish_text=turn.wish_text if any(p.act.wishes for p in others) else "")


def _told(reader: Reader) -> ActPart | None:
    for clause in clauses_of(reader.text):
        if questions.is_question(clause.text):
            continue
        lower = plain(clause.text)
        for match in BOOK.matches("named", lower):
            group = next(one for one, value in match.groupdict().items() if value is not None)
            name = clause.text[match.start(group) : match.end(group)].strip()[:MAX_NAME]
            name = name[:1].upper() + name[1:]
            return ActPart(Act.SMALL_TALK, clause.text, detail={"kind": "named", "told": True, "name": name})
        if BOOK.has("years", lower):
            return ActPart(Act.SMALL_TALK, clause.text, detail={"kind": "years", "told": True})
    return None


def _is_all_of(part: ActPart, told: ActPart) -> bool:
    """Whether a part has read as something else what only tells of the loss."""
    return bool(part.text) and part.text.strip() in told.text and part.act is not Act.THANKS
