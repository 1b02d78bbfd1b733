"""Folding titles, so that any spelling of a name finds the work."""

import re
import unicodedata
from functools import lru_cache

# Katakana to hiragana: the two ranges lie 0x60 apart.
KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}

# Where a subtitle begins: a wave dash, a dash between spaces, a colon before a space (not the one of Re:Zero),
# a full-width colon, an opening bracket of another title. The title before it is what readers say.
SUBTITLE = re.compile(r"\s*[~～〜]|\s+[-–—―]+\s*|[-–—―]{2,}|\s*：\s*|:\s+|\s+[<＜〈(（]")
MIN_LETTERS = 3  # of a title without its subtitle
MAX_KEY_LENGTH = 250
KEPT_LENGTH = 120  # characters of a title whose key is kept; what is longer is mostly no title
MAX_KEPT = 20_000  # keys; a reply asks for those of its candidates' names some thousand times


def fold(text: str | None) -> str:
    """`text` in one form of width, case and kana; its spaces and marks are kept."""
    if not text or text.isascii():
        return (text or "").lower()  # the same, without looking at each character
    return unicodedata.normalize("NFKC", text).casefold().translate(KATAKANA)


def key(title: str | None) -> str:
    """`title` reduced to its letters and digits, for matching. Empty where nothing is left.

    >>> key("Re:ゼロから始める異世界生活") == key("ＲＥ ぜろから始める異世界生活")
    True
    """
    if not title:
        return ""
    return _key(title) if len(title) > KEPT_LENGTH else _kept_key(title)


def _key(title: str) -> str:
    return "".join(filter(str.isalnum, fold(title)))[:MAX_KEY_LENGTH]


_kept_key = lru_cache(MAX_KEPT)(_key)


def without_subtitle(title: str | None) -> str:
    """The part of `title` before its subtitle, or "" where it has none or too little is left to be a name.

    >>> without_subtitle("無職転生 ～異世界行ったら本気だす～")
    '無職転生'
    """
    head = SUBTITLE.split(title or "", maxsplit=1)[0].strip()
    letters = key(head)
    # A number is a name even when it is short: 86.
    long_enough = len(letters) >= MIN_LETTERS or (letters.isdecimal() and len(letters) == 2)
    return head if long_enough and letters != key(title) else ""
