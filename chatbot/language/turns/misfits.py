"""That a book which was offered is not what was wished for: "how is that dark fantasy", "이게 어디가 코미디야", 「どこがホラーなんだよ」.

It asks for no description of the book: she owns up to it where the book's tags bear that out, and looks again.
"""

from ..acts import Act, ActPart, ReadTurn
from ..words.clauses import Clause
from ..words.cue_book import CueBook, plain
from .act_parts import BOOK as ACTS
from .act_parts import Reader

BOOK = CueBook("misfits")
STRONG = 2  # of a tag: from which on a book is of that kind
MAX_TEXT = 80  # characters of a turn that does nothing else


def misfit(reader: Reader) -> ReadTurn | None:
    """The turn as such a protest; None where it is none, or the book is just that."""
    lower = plain(reader.text)
    if not reader.dialogue.last_picks or len(reader.text) > MAX_TEXT or not BOOK.has("how_is_it", lower):
        return None
    if ACTS.has("compare", lower):
        return None
    stretch = reader.stretch(_whole(reader.text))
    works = stretch.named.works or stretch.pointed or (reader.spoken if len(reader.spoken) == 1 else ())
    tags = reader.tags(reader.text) or reader.tags_asked(reader.text)
    known = [work for slug in works if (work := reader.catalogue.by_slug.get(slug))]
    if len(known) != 1 or not tags or all(known[0].tags.get(tag, 0) >= STRONG for tag in tags):
        return None
    lacks = [tag for tag in tags if known[0].tags.get(tag, 0) < STRONG]
    owned = ActPart(Act.COMPLAINT, reader.text, works, detail={"kind": "misfit", "tags": lacks})
    return ReadTurn((owned, ActPart(Act.RECOMMEND, "", detail={"corrected": "again"})), "")


def _whole(text: str) -> Clause:
    return Clause(text, 0, len(text))
