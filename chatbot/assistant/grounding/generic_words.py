"""Words that speak of books in general: a name made of nothing else is a label or a heading, and no title.

They stand in `data/<language>/generic_words.txt`.
"""

import re
from functools import lru_cache

from ...text.folding import key
from ..phrasebook import PHRASES

ORDINAL = re.compile(r"(?:\d+(?:st|nd|rd|th)?|[ivx]{1,4})")
WORDS = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
CJK = re.compile(r"[가-힣\u3040-\u30ff\u3400-\u9fff]")
# Of books and of recommending them: where one of these stands among generic words, it is a label for certain.
_BOOKISH = frozenset(map(key, PHRASES.phrases("generic_words", "bookish")))
_LATIN = frozenset(
    key(word) for section in ("bookish", "general") for word in PHRASES.phrases("generic_words", section, "en")
)
_WORDS = frozenset(
    key(word) for section in ("bookish", "general") for word in PHRASES.phrases("generic_words", section, "ko", "ja")
)
# Particles and endings, which may stand behind a word and are none by themselves.
_JOINTS = frozenset(map(key, PHRASES.phrases("generic_words", "joints")))
_MAX_LENGTH = max(map(len, _WORDS))


@lru_cache(maxsize=4000)
def is_generic(name: str) -> bool:
    """Whether `name` is made wholly of words that stand for no work: "추천 작품", "おすすめのラノベ", "Here are my picks"."""
    words = WORDS.findall(name[:200])
    return bool(words) and all(map(_is_generic_word, words))


@lru_cache(maxsize=4000)
def is_label(name: str) -> bool:
    """Whether a generic `name` is not even worth looking up. Some works are called by generic words: No Game No Life."""
    if not is_generic(name):
        return False
    words = WORDS.findall(name[:200])
    short = len(words) < 2 and not (CJK.search(name) and len(key(name)) > 3)
    return short or any(_is_bookish(key(word)) for word in words)


def _is_bookish(letters: str) -> bool:
    return letters in _BOOKISH or any(
        letters[start:end] in _BOOKISH
        for start in range(len(letters))
        for end in range(start + 2, min(len(letters), start + _MAX_LENGTH) + 1)
        if CJK.search(letters)
    )


def _is_generic_word(word: str) -> bool:
    letters = key(word)
    if not CJK.search(word):
        plain = letters.removesuffix("s")
        parts = [key(part) for part in re.split(r"[-'’]", word)]
        if {letters, plain} & _LATIN or ORDINAL.fullmatch(letters):
            return True
        return len(parts) > 1 and all(part in _LATIN or part in ("s", "ll", "re", "ve", "d", "t") for part in parts)
    return _is_made_of_words(letters)


def _is_made_of_words(letters: str) -> bool:
    """Whether `letters`, written without spaces, can be cut into generic words, each with the particles behind it."""
    # Places reached by a whole word, and those reached by particles behind one: a particle alone is no word.
    reached = [False] * (len(letters) + 1)
    reached[0] = True
    for start in range(len(letters)):
        if not reached[start]:
            continue
        for end in range(start + 1, min(len(letters), start + _MAX_LENGTH) + 1):
            piece = letters[start:end]
            if piece in _WORDS or piece.isdigit() or piece in _LATIN or (start and piece in _JOINTS):
                reached[end] = True
    return reached[-1]
