"""What is asked of famous works that are not on the shelf, or of who wrote them: "do you have The Deer King?"."""

from collections.abc import Sequence

from ..acts import Act, ActPart, ReadTurn
from ..asking import questions
from ..names.focus import BOOK as FOCUS
from ..names.focus import is_only_name, says_similar
from ..names.half_names import called_by_words
from ..words import elsewhere
from ..words.clauses import clauses_of
from ..words.cue_book import plain
from .act_parts import BOOK, STATES, Reader

MOST = 2  # titles that are told of
MAX_TEXT = 120  # characters of a turn that asks of them


def absent(reader: Reader) -> ReadTurn | None:
    """The turn as a question on works from elsewhere; None where it names none, names a work of the shelf besides, or
    wishes for their like. Who has seen one or looks for it by its plot asks nothing of it."""
    text, lower = reader.text, plain(reader.text)
    titles = [title for title, name in elsewhere.named(text).items() if not elsewhere.TASTES[name].told]
    titles = [one for one in titles if not any(one != other and one in other for other in titles)]
    titles = [one for one in titles if not called_by_words(one, reader.known, reader.words, story=False)]
    makers = [*elsewhere.makers_named(text)]
    if not (titles or makers) or reader.parsed_works or len(text) > MAX_TEXT or says_similar(text):
        return None
    if any(BOOK.has(cue, lower) for cue in ("recommends", "find", "compare", *STATES)):
        return None
    if not _asks(reader, (*elsewhere.named(text), *makers)):
        return None
    if titles:
        part = ActPart(
            Act.ABOUT,
            text,
            (),
            questions.questions_in(text),
            {"unknown": titles[0] if len(titles) == 1 else titles[:MOST]},
        )
    else:
        part = ActPart(Act.AUTHOR, text, detail={"author": makers[0]})
    return ReadTurn((part,), "")


def _asks(reader: Reader, names: Sequence[str]) -> bool:
    """Whether one of the sentences that name them asks, or says which title was asked of."""
    if reader.dialogue.waiting:
        return True
    said = [one.text for one in clauses_of(reader.text) if any(name in one.text for name in names)]
    for text in said or [reader.text]:
        lower = plain(text)
        if questions.is_question(text) or FOCUS.has("here", lower) or is_only_name(lower):
            return True
        if questions.questions_in(text) and questions.may_be_question(text):
            return True
    return False
