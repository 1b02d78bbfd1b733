"""What a reader plainly tells of their own life, says of the librarian, or takes back: talk, whatever stands beside it.

Few words that mean one thing, so that they are heard beside an order too; what they only sound like is for `feelings`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..acts import Act, ActPart, ReadTurn
from ..asking import questions
from ..names.focus import says_similar
from ..wishes.turn_parser import asks_for_books
from ..words.clauses import QUOTES, Clause, clauses_of
from ..words.cue_book import CueBook, plain
from .act_parts import BOOK as ACTS
from .act_parts import Reader, about

BOOK = CueBook("heartfelt")
KINDS = [name for name in BOOK.sections if name.startswith("felt.")]
FINISHED = {"read", "loved", "partly", "reading"}  # verdicts beside which tears are of the book
# What words of a feeling, or ones about her, may have been read as: they complain of nothing and ask for nothing.
MISTAKEN = {Act.COMPLAINT, Act.ABUSE, Act.SMALL_TALK, Act.GREETING, Act.THANKS, Act.NO, Act.YES, Act.GIBBERISH,
            Act.TASTE, Act.SERVICE, Act.OFF_TOPIC, Act.FIND, Act.CATALOGUE}  # fmt: skip


def as_told(turn: ReadTurn, reader: Reader) -> ReadTurn:
    """`turn` with what its reader tells from the heart as talk of its own, before what it orders or asks; a book that
    is asked for besides is chosen."""
    if Act.DISTRESS in turn.acts:
        return turn
    if kind := _kind_in(reader.text):
        return _with_talk(turn, reader, kind)
    if _asks_of_her(reader.text) and not _names_a_work(turn.parts):
        part = ActPart(Act.SERVICE, reader.text, detail={"of": "likes"})
        return ReadTurn((*_ordered(turn, reader), part), "")
    if BOOK.has("moved", plain(reader.text)) and any(_is_read(part) for part in turn.parts):
        return _as_moved(turn, reader)
    if BOOK.has("only_asked", plain(reader.text)) and turn.wishes and reader.dialogue.asked:
        return ReadTurn(tuple(reader.dialogue.asked), "")
    if turn.wishes and not {Act.ABOUT, Act.COMPARE} & {*turn.acts} and _asks_of_offered(reader):
        return ReadTurn((about(reader.stretch(Clause(reader.text, 0, len(reader.text))), reader),), "")
    return _without_strays(turn, reader)


def _kind_in(text: str) -> str:
    """The kind of what a clause of `text` tells that speaks of no book; "" where none does."""
    if BOOK.has("not_at_her", plain(text)):
        return "vented"
    clauses = [lower for one in clauses_of(text) if not BOOK.has("of_a_book", lower := plain(one.text))]
    told = next((name for name in KINDS if any(BOOK.has(name, one) for one in clauses)), "")
    return told.removeprefix("felt.")


def _with_talk(turn: ReadTurn, reader: Reader, kind: str) -> ReadTurn:
    wants_none = BOOK.has("no_more", plain(reader.text))
    if turn.wishes and not wants_none and _asks_besides(reader):
        return turn
    talk = ActPart(
        Act.SMALL_TALK, reader.text, detail={"kind": kind, "told": True, **({"quiet": True} if wants_none else {})}
    )
    return ReadTurn((talk, *_ordered(turn, reader), *_asked(turn)), "")


def _asks_besides(reader: Reader) -> bool:
    """Whether what tells of no feeling asks for a book, or names what to choose by."""
    rest = plain(QUOTES.sub(" ", reader.text))
    for found in [match.group() for name in KINDS for match in BOOK.every(name, rest)]:
        rest = rest.replace(found, " ")
    return any(_asks_for_books(one.text) for one in clauses_of(rest)) or bool(reader.tags(rest))


def _asks_for_books(text: str) -> bool:
    return asks_for_books(text) or ACTS.has("recommends", plain(text))


def _ordered(turn: ReadTurn, reader: Reader) -> Iterable[ActPart]:
    return (part for part in turn.parts if part in reader.ordered and part.act not in MISTAKEN)


def _asked(turn: ReadTurn) -> Iterable[ActPart]:
    """What is asked of works beside the feeling."""
    return (part for part in turn.parts if part.act in (Act.ABOUT, Act.COMPARE) and questions.questions_in(part.text))


def _asks_of_her(text: str) -> bool:
    return BOOK.has("of_her", plain(text)) and not _asks_for_books(text)


def _names_a_work(parts: Sequence[ActPart]) -> bool:
    return any(part.act is Act.COMPARE or "unknown" in part.detail for part in parts)


def _asks_of_offered(reader: Reader) -> bool:
    """Whether a turn that names one work of the conversation asks something of it and asks for no other: "X then,
    anything in there I should worry about?" """
    lower, works = plain(reader.text), {*reader.parsed_works}
    if len(works) != 1 or not works <= {*reader.known} or reader.ordered:
        return False
    wishes = ACTS.has("recommends", lower) or says_similar(reader.text)
    asking = [one.text for one in clauses_of(reader.text) if questions.is_question(one.text)]
    return not wishes and any(questions.questions_in(one) for one in asking)


def _without_strays(turn: ReadTurn, reader: Reader) -> ReadTurn:
    """`turn` without complaints that are none: of words that speak neither of her nor of books, and of those that say
    which work a question is on."""
    complaints = [part for part in turn.parts if part.act is Act.COMPLAINT and not part.detail.get("taken_back")]
    if not complaints:
        return turn
    by_words = any(part and part.act is Act.COMPLAINT for _, part in reader.found)
    if not (by_words or BOOK.has("objects", plain(reader.text)) or reader.says_something(reader.text)):
        others = tuple(part for part in turn.parts if part not in complaints)
        return replace(turn, parts=others or (ActPart(Act.SMALL_TALK, reader.text),))
    works = reader.parsed_works
    about = [part for part in turn.parts if part.act is Act.ABOUT and questions.is_question(part.text)]
    if len(works) != 1 or not about or not (BOOK.has("meant", plain(reader.text)) or works[0] not in reader.known):
        return turn
    kept = [replace(part, works=works) if part in about else part for part in turn.parts if part not in complaints]
    return replace(turn, parts=tuple(kept))


def _is_read(part: ActPart) -> bool:
    return part.act is Act.VERDICT and part.detail.get("state") in FINISHED


def _as_moved(turn: ReadTurn, reader: Reader) -> ReadTurn:
    """Tears over a book are answered as such, and an ending that made them flow is not asked about."""
    kept = [part for part in turn.parts if part.act is not Act.ABOUT or questions.is_question(part.text)]
    talk = ActPart(Act.SMALL_TALK, reader.text, detail={"kind": "moved", "told": True})
    return replace(turn, parts=(*kept, talk))
