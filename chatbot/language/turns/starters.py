"""Who asks where to begin with these books at all: a wish for books to begin with, and no question on a work."""

from ..acts import Act, ActPart, ReadTurn
from ..names.focus import says_similar
from ..wishes import circumstances
from ..wishes.hearts import hearts_of
from .act_parts import Reader


def starters(reader: Reader) -> ReadTurn | None:
    """The turn as a wish for books to begin with; None where it asks how a work is begun, or names one.

    Without a word on being new to these books "where do I start?" is asked of the work that is spoken of, if there is one.
    """
    text = reader.text
    if not circumstances.says(circumstances.STARTERS, text) or reader.parsed_works or says_similar(text):
        return None
    if not circumstances.says(circumstances.NEWCOMER, text):
        named = reader.named(text)
        if reader.dialogue.spoken or named.works or named.unknown or hearts_of(text, reader.words):
            return None
    return ReadTurn((ActPart(Act.RECOMMEND, text),), text)
