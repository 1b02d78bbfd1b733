"""What is asked of famous works that are not on the shelf, or of who wrote them: "do you have The Deer King?"."""

from collections.abc import Sequence

from ..acts import Act, ActPart, Question, ReadTurn
from ..asking import questions
from ..names.focus import BOOK as FOCUS
from ..names.focus import is_only_name, says_similar
from ..names.half_names import called_by_words
from ..words import elsewhere
from ..words.clauses import clauses_of
from ..words.cue_book import CueBook, plain
from ..words.numbers import Bounds
from .act_parts import BOOK, STATES, Reader

MEDIA = CueBook("media")
MOST = 2  # titles that are told of
MAX_TEXT = 120  # characters of a turn that asks of them
MAX_ASKED_ON = 60  # characters of one that names none and asks on of the one before
OF_WORKS = {"work", "unknown", "anime", "edition", "status"}  # kinds of what is said in a question on a work


def absent(reader: Reader) -> ReadTurn | None:
    """The turn as a question on works from elsewhere; None where it names none, names a work of the shelf besides, or
    wishes for their like. Who has seen one or looks for it by its plot asks nothing of it."""
    text, lower = reader.text, plain(reader.text)
    medium = next((section for section in ("book", "medium") if MEDIA.has(section, lower)), "")
    titles = _named(reader, denied=bool(medium))
    makers = [*elsewhere.makers_named(text)]
    goes_on = not (titles or makers) and _goes_on(reader)
    titles = list(reader.dialogue.unlisted) if goes_on else titles
    if not (titles or makers) or reader.parsed_works or len(text) > MAX_TEXT or says_similar(text):
        return None
    others = ("recommends", "find", *STATES) if medium else ("recommends", "find", "compare", *STATES)
    if any(BOOK.has(cue, lower) for cue in others):  # "was the book first, or the film?" compares no works
        return None
    if BOOK.has("recommend", lower) and not questions.is_question(text):
        return None  # "a gift for a boy who plays Minecraft"
    if BOOK.has("recommend", lower) and _wishes_besides(reader, titles):
        return None  # "any romance in one volume? I like Your Name"
    # "Your Name: was the book first?" names it in one clause and asks in the next.
    asks_what = bool(medium) and len(text) <= MAX_ASKED_ON and questions.is_question(text)
    if not (goes_on or asks_what or _asks(reader, (*elsewhere.titles_in(text, denied=bool(medium)), *makers))):
        return None
    if titles:
        detail = {"unknown": titles[0] if len(titles) == 1 else titles[:MOST]}
        detail |= {"asks": medium} if medium else {}
        part = ActPart(Act.ABOUT, text, (), questions.questions_in(text), detail)
    else:
        part = ActPart(Act.AUTHOR, text, detail={"author": makers[0]})
    return ReadTurn((part,), "")


def _named(reader: Reader, *, denied: bool) -> list[str]:
    """Titles that the turn names, without those within another or looked for by their plots. `denied`: also where it
    stands beside "not", which asks what a work is: "isn't Kiki a book?"."""
    told = elsewhere.told_of(reader.text)
    titles = [title for title in elsewhere.titles_in(reader.text, denied=denied) if title not in told]
    titles = [one for one in titles if not any(one != other and one in other for other in titles)]
    return [one for one in titles if not called_by_words(one, reader.known, reader.words, story=False)]


def _asks(reader: Reader, names: Sequence[str]) -> bool:
    """Whether one of the sentences that name them asks, or says which title was asked of."""
    if reader.dialogue.waiting:
        return True
    said = [one.text for one in clauses_of(reader.text) if any(name in one.text for name in names)]
    for text in said or [reader.text]:
        lower = plain(text)
        if questions.is_question(text) or FOCUS.has("here", lower) or is_only_name(lower):
            return True
        if (questions.questions_in(text) and questions.may_be_question(text)) or MEDIA.has("medium", lower):
            return True
    return False


def _wishes_besides(reader: Reader, titles: Sequence[str]) -> bool:
    """Whether a sentence that names none of `titles` says what books are wished for."""
    besides = [one.text for one in clauses_of(reader.text) if not any(title in one.text for title in titles)]
    named = {one.kind for text in besides for one in reader.mentions(text)} - OF_WORKS
    return bool(named) and any(BOOK.has("recommend", plain(text)) for text in besides)


def _goes_on(reader: Reader) -> bool:
    """Whether a turn asks on of the works from elsewhere that the turn before asked of: "is there a book of it?"."""
    text, lower = reader.text, plain(reader.text)
    if not reader.dialogue.unlisted or len(text) > MAX_ASKED_ON or not questions.is_question(text):
        return False
    if reader.parsed.bounds != Bounds() or {one.kind for one in reader.parsed.mentions} - OF_WORKS:
        return False
    points, of_book = MEDIA.has("it", lower), MEDIA.has("book", lower)
    if points or text.isascii():
        return points
    asked = questions.questions_in(text)
    return of_book or (bool(asked) and (Question.VOLUMES in asked or not FOCUS.has("here", lower)))
