"""Works of a conversation that readers call by a short form of their own: the first letters of the words of a title
(TSS), or their first syllables (역내청, 転スラ).

Only works that were offered or spoken of are looked at: of the whole shelf such letters would mean many.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ...catalogue.snapshot import Work
from ...text.folding import fold, key, without_subtitle
from ...text.matcher import tidy
from ..words.phrasebook import PHRASES
from ..words.vocabulary import Vocabulary
from .half_names import BOOK, PARTICLE, SEARCHED, heads
from .loose_names import PARTS, is_everyday, is_wished

MIN_LETTERS, MAX_LETTERS = 3, 8
MIN_SMALL = 4  # letters of a short form that is typed without capitals
MAX_PIECE = 2  # letters of one word in a short form
REMEMBERED = 1024
TOKEN = re.compile(r"[^\W_]+")
SMALL = frozenset(PHRASES.phrases("vocabulary", "small", "en"))


def called_for_short(text: str, works: Sequence[Work], words: Vocabulary) -> tuple[str, str] | None:
    """The one of `works` that a word of `text` is a short form of, and that word; None where there is none, or several.
    What is the name of another work, or a word that stories are told in, is no short form."""
    for said in dict.fromkeys(_said(tidy(text)[:SEARCHED])):
        if not _may_be_short(said, words):
            continue
        found = [work for work in works if any(_is_short(said, name) for name in _titles(work))]
        if len(found) == 1:
            return found[0].slug, said
    return None


def _said(source: str) -> Iterator[str]:
    """The words of `source`, and what may be a name at its head, without particles."""
    for said in (*TOKEN.findall(source), *heads(source)):
        yield said
        yield PARTICLE.sub("", said)


def _may_be_short(said: str, words: Vocabulary) -> bool:
    if not MIN_LETTERS <= len(said) <= MAX_LETTERS or not TOKEN.fullmatch(said) or said.isdigit():
        return False
    if said.isascii() and not said.isupper() and len(said) < MIN_SMALL:
        return False
    return not (
        words.catalogue.find(said)
        or key(said) in words.common
        or BOOK.has("no_title", said.lower())
        or is_everyday(said.lower(), words)
        or is_wished(said, words)
    )


def _titles(work: Work) -> set[str]:
    return {one for title in work.titles.values() for one in (title, without_subtitle(title)) if one}


def is_short_for(said: str, title: str) -> bool:
    """Whether `said` is made of the beginnings of words of `title`, or of the first letters of all of them."""
    return any(_is_short(said, one) for one in (title, without_subtitle(title)) if one)


@lru_cache(maxsize=REMEMBERED)
def _is_short(said: str, title: str) -> bool:
    letters = key(said)
    if said.isascii():
        return title.isascii() and letters in _initials(title)
    parts = tuple(map(key, title.split() if " " in title else PARTS.findall(title)))
    return len(parts) > 1 and _made_of(letters, parts, is_first=True)


def _initials(title: str) -> set[str]:
    """The first letters of the words of a title, with and without small ones."""
    found = TOKEN.findall(fold(title).replace("'", ""))
    told = [word for word in found if word not in SMALL]
    bare = found[1:] if found[:1] and found[0] in SMALL else found
    return {"".join(word[0] for word in kept) for kept in (found, bare, told) if len(kept) >= MIN_LETTERS}


def _made_of(letters: str, parts: tuple[str, ...], *, is_first: bool) -> bool:
    """Whether `letters` are the beginnings of some of `parts`, in their order and from the first on; one alone is none."""
    if not letters:
        return True
    for place, part in enumerate(parts[:1] if is_first else parts):
        for length in range(min(MAX_PIECE, len(letters) - is_first), 0, -1):
            if part.startswith(letters[:length]) and _made_of(letters[length:], parts[place + 1 :], is_first=False):
                return True
    return False
