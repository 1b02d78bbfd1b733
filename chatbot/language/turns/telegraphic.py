"""Turns in telegraph style after a list: "read slime. drop it. male lead", "슬라임 읽음. 빼고. 남주로".

Each short piece is a fact of a work, an order to leave it out, or a condition. Clause by clause such pieces would be taken
for questions and protests, as they have hardly a verb; together they say how to choose anew.
"""

import re
from itertools import pairwise

from ..acts import Act, ActPart, Dialogue, ReadTurn
from ..asking import questions
from ..names import focus
from ..names.half_names import called_for_short
from ..names.loose_names import loosely_named
from ..stances.parse import parse
from ..words.clauses import SENTENCE_END, Clause
from ..words.cue_book import CueBook, plain
from ..words.numbers import Bounds
from .act_parts import BOOK as ACTS
from .act_parts import Reader
from .choices import meant_by, puts_off
from .comparatives import compares
from .judgements import judges

BOOK = CueBook("telegraphic")
OFFERING = {Act.RECOMMEND, Act.COMPLAINT}  # after which it is of what was offered
STATES = ("read", "dropped")
MAX_TEXT, MAX_PIECE = 90, 36  # characters
CUTS = re.compile(rf"{SENTENCE_END.pattern}|[,、，;]+")
MARKS = " .,;!。、，！…~"
AGAIN = ActPart(Act.RECOMMEND, "", detail={"corrected": "again"})


def telegraphic(reader: Reader) -> ReadTurn | None:
    """What the pieces of a turn say; None where one of them is neither a fact, an order nor a condition."""
    facts: list[ActPart] = []
    wishes: list[ActPart] = []
    leaves_out = False
    for piece in _pieces(reader):
        if BOOK.has("leaves_out", plain(piece.text)):
            leaves_out = True
        elif works := _left_out_by_name(piece, reader):
            leaves_out = True
            if names := [slug for slug in works if slug not in reader.dialogue.last_picks]:
                wishes.append(ActPart(Act.RECOMMEND, piece.text, detail={"renewed": True, "without": names}))
        elif fact := _fact(piece, reader):
            facts.append(fact)
        elif wish := _condition(piece, reader):
            wishes.append(wish)
        else:
            return None
    if not (wishes and (facts or leaves_out)) and not (facts and leaves_out):
        return None
    parts = [_left_out(one) if leaves_out else one for one in facts]
    said = [one.text for one in wishes if "without" not in one.detail]
    return ReadTurn((*parts, *(wishes or (AGAIN,))), ". ".join(said))


def _pieces(reader: Reader) -> list[Clause]:
    """The pieces of a turn after a list, all of them short and none a question; [] where it is not of such."""
    text, dialogue = reader.text, reader.dialogue
    if not dialogue.last_picks or not OFFERING & {*dialogue.acts} or len(text) > MAX_TEXT or puts_off(text):
        return []
    places = pairwise(_cuts(text))
    found = [Clause(words, start, end) for start, end in places if (words := text[start:end].strip(MARKS))]
    if len(found) < 2 or any(len(one.text) > MAX_PIECE or questions.is_question(one.text) for one in found):
        return []
    return found


def _cuts(text: str) -> list[int]:
    return sorted({0, len(text), *(match.end() for match in CUTS.finditer(text))})


def _left_out(fact: ActPart) -> ActPart:
    """`fact` with the order that its work is left out: "drop it" then drops no wish."""
    return ActPart(fact.act, fact.text, fact.works, detail={**fact.detail, "left_out": True})


def _left_out_by_name(piece: Clause, reader: Reader) -> tuple[str, ...]:
    """The works of which nothing else is said than that they are to be left out: "drop slime"."""
    for match in BOOK.matches("without", plain(piece.text)):
        name = next(name for name, value in match.groupdict().items() if value is not None)
        said = piece.text[match.start(name) : match.end(name)]
        if not parse(said, reader.words).works and reader.tags(piece.text) and not reader.words.catalogue.find(said):
            continue  # "no harem"
        if works := _works(said, reader):
            return works
    return ()


def _fact(piece: Clause, reader: Reader) -> ActPart | None:
    """That a work was read or given up. Of several offered, "it" is asked back."""
    lower = plain(piece.text)
    for state in STATES:
        for match in BOOK.matches(f"fact.{state}", lower):
            name = next((name for name, value in match.groupdict().items() if value is not None), "")
            said = piece.text[match.start(name) : match.end(name)] if name else ""
            if works := _works(said or piece.text, reader):
                return ActPart(Act.VERDICT, piece.text, works, detail={"state": state})
            if not said or focus.points(plain(said)):
                return ActPart(Act.COMPLAINT, piece.text, (), detail={"kind": "read-before"})
    return None


def _works(said: str, reader: Reader) -> tuple[str, ...]:
    dialogue = reader.dialogue
    if focus.BOOK.has("all", plain(said)):
        return dialogue.last_picks
    if works := meant_by(said, _of_one(dialogue), (), reader.words):
        return works
    if short := called_for_short(said, reader.words):
        return (short[0],)
    return loosely_named(said, reader.words)[:1]


def _of_one(dialogue: Dialogue) -> Dialogue:
    """`dialogue` as what was offered last is its subject."""
    return Dialogue(dialogue.last_picks, dialogue.last_picks, dialogue.acts, earlier=dialogue.earlier)


def _condition(piece: Clause, reader: Reader) -> ActPart | None:
    """A piece that names what the books are to be, and no work."""
    lower, parsed = plain(piece.text), parse(piece.text, reader.words)
    if any(one.kind in ("work", "unknown") for one in parsed.mentions):
        return None
    if not (parsed.mentions or parsed.bounds != Bounds() or compares(lower)):
        return None
    if ACTS.has("complaint", lower) or BOOK.has("judges", lower) or judges(piece, reader):
        return None
    return ActPart(Act.RECOMMEND, piece.text, detail={"renewed": True})
