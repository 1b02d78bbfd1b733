"""What is asked of what is kept of the reader: the books they have read, those they want, what they refuse.

Such a question names no book and wishes for none, however it is put, so it is heard before all that it sounds like.
"""

from ..acts import Act, ActPart
from ..words.clauses import clauses_of
from ..words.cue_book import CueBook, plain
from .act_parts import Stretch, mark_in, verdict_in
from .verdicts import UNDONE

BOOK = CueBook("kept")
STATES = ("read", "want")


def asks_what_is_kept(text: str) -> bool:
    """Whether a clause of `text` asks for one of the lists that are kept."""
    return any(_asked(plain(clause.text)) for clause in clauses_of(text))


def kept_list(stretch: Stretch) -> ActPart | None:
    """The question for what is kept of the reader that a clause puts; None where it puts none."""
    asked = _asked(plain(stretch.text))
    if not asked:
        return None
    if "refused" in asked:
        return ActPart(Act.OWN_DATA, stretch.text, detail={"of": "refused"})
    states = [state for state in STATES if state in asked]
    return ActPart(Act.OWN_DATA, stretch.text, detail={"of": "shelf", **({"states": states} if states else {})})


def _asked(lower: str) -> set[str]:
    """Which lists are asked for: of an order to mark something none."""
    found = {name.removeprefix("asks.") for name in BOOK.sections if name.startswith("asks.") and BOOK.has(name, lower)}
    if not found or BOOK.has("no_question", lower):
        return set()
    return set() if mark_in(lower) or verdict_in(lower) in UNDONE else found
