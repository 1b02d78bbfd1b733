"""A question about a work that is told of in place of its name: "the ones with the wolf and the merchant, who wrote
those?". Which work it is, the recommender finds; until then its parts hold the words in `detail["described"]`.
"""

from collections.abc import Iterator

from ..acts import Act, ActPart, ReadTurn
from ..asking import questions
from ..names import focus
from ..names.half_names import PLAIN_FACTS, called_by_words
from ..words.cue_book import plain
from .act_parts import BOOK as ACTS
from .act_parts import Reader

MAX_TURN = 200  # characters of a turn that tells of a work and asks of it
MIN_SAID = 4  # letters that tell of one


def described(reader: Reader) -> ReadTurn | None:
    """What a turn asks of a work that it tells of; None where it names one, asks nothing plain or asks for books."""
    text = reader.text
    if len(text) > MAX_TURN or reader.parsed_works or not questions.is_question(text):
        return None
    for said, rest in _told_of(text):
        lower = plain(said)
        if len(said.replace(" ", "")) < MIN_SAID or focus.BOOK.has("described.no", lower) or focus.points(lower):
            continue
        if called_by_words(said, reader.known, reader.words):
            continue
        if parts := tuple(_asked(said, rest, text)):
            return ReadTurn(parts, "")
    return None


def _told_of(text: str) -> Iterator[tuple[str, str]]:
    """What `text` tells of a work, and the words around that."""
    for match in focus.BOOK.matches("described", plain(text)):
        group = next(name for name, value in match.groupdict().items() if value is not None)
        yield text[match.start(group) : match.end(group)].strip(), f"{text[: match.start()]} {text[match.end() :]}"


def _asked(said: str, rest: str, text: str) -> Iterator[ActPart]:
    lower = plain(rest)
    if any(ACTS.has(cue, lower) for cue in ("recommends", "find")):
        return
    detail = {"described": said}
    asked = tuple(one for one in questions.questions_in(rest) if one in PLAIN_FACTS)
    if ACTS.has("author", lower):
        yield ActPart(Act.AUTHOR, text, (), asked, detail)
    elif asked:
        yield ActPart(Act.ABOUT, text, (), asked, detail)
