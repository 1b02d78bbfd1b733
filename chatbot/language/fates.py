"""A question what becomes of somebody in a story: "리하쿠 어케됨?", "does the sister come back in the end?"."""

from .act_parts import BOOK as ACTS
from .act_parts import Reader
from .acts import Act, ActPart, Question, ReadTurn
from .cue_book import CueBook, plain
from .focus import points

BOOK = CueBook("fates")
MAX_TEXT = 80  # characters of a turn that asks it


def fates(reader: Reader) -> ReadTurn | None:
    """The turn as a question what becomes of whom it names, in the one work it names or that is spoken of; else None."""
    text, lower = reader.text, plain(reader.text)
    works = tuple(dict.fromkeys(reader.parsed_works)) or reader.dialogue.spoken
    if len(works) != 1 or len(text) > MAX_TEXT or ACTS.has("recommends", lower):
        return None
    for match in BOOK.matches("fate", lower):
        name = next(name for name, value in match.groupdict().items() if value is not None)
        who = text[match.start(name) : match.end(name)].strip()
        if BOOK.has("nobody", plain(who)) or points(plain(who)) or reader.tags(who) or reader.catalogue.find(who):
            continue
        return ReadTurn((ActPart(Act.ABOUT, text, works, (Question.ENDING,), {"who": who}),), "")
    return None
