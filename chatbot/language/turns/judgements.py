"""What a reader finds a book of the conversation to be, or not to be: "that is a ghost story", 「恋愛じゃなくない？」.

It is told of that book: a thing that it is, is not wished for, and one that it is not, is not refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..words.clauses import Clause, clauses_of
from ..words.cue_book import CueBook, plain

if TYPE_CHECKING:
    from .act_parts import Reader

BOOK = CueBook("judgements")
MAX_JUDGED = 80  # characters of a clause that judges
MAX_TEXT = 300  # characters of a text that is looked through for them


def judges(clause: Clause, reader: Reader) -> bool:
    """Whether a clause says what a book of the conversation is or is not, and wishes for nothing."""
    return bool(reader.dialogue.acts) and (_says("is_so", clause, reader) or is_denied(clause, reader))


def is_denied(clause: Clause, reader: Reader) -> bool:
    """Whether a clause says of a book that it is not what it was to be."""
    return _says("is_not", clause, reader)


def lacking(text: str, reader: Reader) -> set[str]:
    """Tags that `text` says a book is not, which nobody refuses by that."""
    clauses = clauses_of(text) if len(text) <= MAX_TEXT else ()
    denied = (clause.text for clause in clauses if is_denied(clause, reader))
    return {tag for words in denied for tag in reader.tags(words)}


def unjudged(text: str, reader: Reader) -> str:
    """`text` without the clauses that judge a book."""
    clauses = clauses_of(text) if len(text) <= MAX_TEXT else ()
    kept = [clause for clause in clauses if not judges(clause, reader)]
    return text if len(kept) in (0, len(clauses)) else " ".join(clause.text for clause in kept)


def _says(section: str, clause: Clause, reader: Reader) -> bool:
    lower = plain(clause.text).strip()
    if len(lower) > MAX_JUDGED or not BOOK.has(section, lower) or BOOK.has("wishes", lower):
        return False
    if not reader.tags(clause.text):
        return False
    stretch = reader.stretch(clause)
    known = {*reader.known, *reader.parsed_works}
    return bool({*stretch.named.works, *stretch.pointed} & known) or BOOK.has("it", lower)
