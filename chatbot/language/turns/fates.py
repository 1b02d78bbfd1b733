"""A question what becomes of somebody in a story: "리하쿠 어케됨?", "does the sister come back in the end?"."""

from ..acts import Act, ActPart, Question, ReadTurn
from ..names.focus import points
from ..names.people import work_of_person
from ..words.cue_book import CueBook, plain
from .act_parts import BOOK as ACTS
from .act_parts import Reader

BOOK = CueBook("fates")
MAX_TEXT = 80  # characters of a turn that asks it


def fates(reader: Reader) -> ReadTurn | None:
    """The turn as a question what becomes of whom it names, in the one work it names or that is spoken of; else None."""
    text, lower = reader.text, plain(reader.text)
    asked = [*BOOK.matches("fate", lower)] if len(text) <= MAX_TEXT and not ACTS.has("recommends", lower) else []
    if not asked:  # told before the stories of all works are looked through for a name
        return None
    works = tuple(dict.fromkeys(reader.parsed_works)) or reader.dialogue.spoken
    if not works and (told := work_of_person(text, [*reader.catalogue.by_slug], reader.catalogue)):
        works = (told,)  # somebody else of the same story is named beside
    if len(works) != 1:
        return None
    for match in asked:
        name = next(name for name, value in match.groupdict().items() if value is not None)
        who = text[match.start(name) : match.end(name)].strip()
        if BOOK.has("nobody", plain(who)) or points(plain(who)) or _is_kind(who, reader) or reader.catalogue.find(who):
            continue
        return ReadTurn((ActPart(Act.ABOUT, text, works, (Question.ENDING,), {"who": who}),), "")
    return None


def _is_kind(who: str, reader: Reader) -> bool:
    """Whether `who` is but a word that a story may have: "the heroine"."""
    named = (reader.parsed.words_of(one) for one in reader.mentions(who) if one.kind == "tag")
    return any(len(said) >= len(who) for said in named)
