"""What a reader wants of authors: their own books, the like of them, or none of theirs: "이 작가 다른 책 추천해줘",
"not by Nisio", 「同じ作者以外で」.

Whom "this author" means is told by the works that are spoken of.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..names import authors
from ..names.authors import BOOK, Called, stands_beside
from ..stances.parse import parse
from ..words.cue_book import plain
from ..words.vocabulary import Vocabulary

MAX_AROUND = 60  # characters on either side of an author that tell how the reader stands to them
SOMEBODY = "『{}』"
REFUSED = ("refuse", "dislike")
TRAILING = re.compile(r"[\s,、]*")


@dataclass(frozen=True, slots=True)
class AuthorWish:
    """Authors by their Japanese names. `by`: whose own books are wanted; `like`: whose books, or the like of them;
    `not_by`: who is refused; `namesakes`: who share a name that is said, where it is not clear which of them is meant."""

    by: tuple[str, ...] = ()
    like: tuple[str, ...] = ()
    not_by: tuple[str, ...] = ()
    namesakes: tuple[str, ...] = ()

    @property
    def names_anybody(self) -> bool:
        return bool(self.by or self.like or self.not_by or self.namesakes)


def read(
    text: str,
    words: Vocabulary,
    *,
    meant: Sequence[str] = (),
    turned_from: Sequence[str] = (),
    known: Sequence[str] = (),
) -> AuthorWish:
    """What `text`, tidied, wants of authors. `meant`: whom "this author" means, `turned_from`: whom it means where they
    are turned away from. `known`: authors of the works spoken of."""
    by: list[str] = []
    like: list[str] = []
    not_by: list[str] = []
    namesakes: list[str] = []
    said = authors.called(text, words, known)
    if not said and turned_from and BOOK.has("another", plain(text)):
        return AuthorWish(not_by=tuple(turned_from))
    pointed = [] if said else list(_pointed(text))
    for one in [*said, *pointed]:
        refused = is_refused(text, one.start, one.end, words)
        whom = one.authors or tuple(turned_from if refused else meant)
        if refused:
            not_by += whom
        elif len(whom) > 1 and one.authors:
            namesakes += whom
        elif _says("like", text, one):
            like += whom
        elif _says("books", text, one):
            by += whom
        elif one.authors:
            like += whom
    unique = (tuple(dict.fromkeys(some)) for some in (by, like, not_by, namesakes))
    return AuthorWish(*unique)


def spans(text: str) -> list[tuple[int, int]]:
    """Where `text` speaks of the author of what is spoken of, or of somebody else than them."""
    lower = plain(text)
    return [match.span() for section in ("pointed", "another") for match in BOOK.every(section, lower)]


def asks_for_books(text: str) -> bool:
    """Whether `text`, which speaks of an author, asks that some of their books be chosen, and not what they wrote."""
    lower = plain(text)
    return BOOK.has("asks", lower) and not BOOK.has("tells", lower)


def _pointed(text: str) -> Iterator[Called]:
    yield from (Called((), *match.span()) for match in BOOK.every("pointed", plain(text)))


def is_refused(text: str, start: int, end: int, words: Vocabulary) -> bool:
    """Whether who is named from `start` to `end` is turned away from, as a work would be whose title stood there."""
    some = next(iter(words.catalogue.works)).titles["ja"]
    before, after = text[max(0, start - MAX_AROUND) : start], text[end : end + MAX_AROUND]
    around = parse(f"{before}{SOMEBODY.format(some)}{after}", words)
    place = around.source.find(some)
    stances = (mention.stance for mention in around.mentions if mention.start <= place < mention.end)
    return next(stances, "") in REFUSED


def _says(what: str, text: str, one: Called) -> bool:
    return stands_beside(what, plain(text), one.start, one.end, MAX_AROUND)
