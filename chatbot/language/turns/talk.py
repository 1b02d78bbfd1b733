"""What kind of talk a text is, and which word of the field it asks the meaning of."""

from functools import cache

from ...text.folding import key
from ..words.phrasebook import PHRASES


def kind_of(text: str, about: str) -> str:
    """Which kind of `about` (small_talk, complaint, distress) a text is, as sections of talk.txt call them; "" where it
    is none of them."""
    return next(iter(kinds_of(text, about)), "")


def kinds_of(text: str, about: str) -> list[str]:
    """All the kinds of `about` that a text is of, in the order of the file."""
    letters = key(text)
    return [kind for kind, words in _kinds(about) if any(word in letters for word in words)]


@cache
def _kinds(about: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, list[str]] = {}
    for section, _language, phrase in PHRASES.each("talk"):
        before, _, kind = section.partition(".")
        if before == about:
            found.setdefault(kind, []).append(key(phrase))
    return tuple((kind, tuple(words)) for kind, words in found.items())


def term_in(text: str) -> str:
    """The name of the definition that `text` asks for: by the longest word of the field in it; "" where there is none.

    A short word of Latin letters has to stand alone. Of "light novel or manga" the one that tells them apart is meant.
    """
    found = [(word == LIGHT_NOVEL, -len(letters), word) for letters, word in _terms() if _stands_in(letters, text)]
    return min(found)[2] if found else ""


LIGHT_NOVEL = "light_novel"
SHORT = 4  # Latin letters up to which a word has to stand alone


def _stands_in(letters: str, text: str) -> bool:
    if letters.isascii() and len(letters) <= SHORT:
        return letters in _words(text)
    return letters in key(text)


def _words(text: str) -> set[str]:
    """Runs of Latin letters and digits, in small letters."""
    return set("".join(one if one.isascii() and one.isalnum() else " " for one in text.lower()).split())


@cache
def _terms() -> tuple[tuple[str, str], ...]:
    return tuple((key(phrase), section) for section, _language, phrase in PHRASES.each("definitions"))
