"""Folding titles, so that any spelling of a name finds the work."""

import re
import unicodedata

# Katakana to hiragana: the two ranges lie 0x60 apart.
KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}

# Where a subtitle begins: a wave dash, a dash between spaces, a colon before a space (not the one of Re:Zero),
# a full-width colon, an opening bracket of another title. The title before it is what readers say.
SUBTITLE = re.compile(r"\s*[~～〜]|\s+[-–—―]+\s*|[-–—―]{2,}|\s*：\s*|:\s+|\s+[<＜〈(（]")
MIN_LETTERS = 3  # of a title without its subtitle
MAX_KEY_LENGTH = 250


def fold(text: str | None) -> str:
    """`text` in one form of width, case and kana; its spaces and marks are kept."""
    return unicodedata.normalize("NFKC", text or "").casefold().translate(KATAKANA)


def key(title: str | None) -> str:
    """`title` reduced to its letters and digits, for matching. Empty where nothing is left.

    >>> key("Re:ゼロから始める異世界生活") == key("ＲＥ ぜろから始める異世界生活")
    True
    """
    return "".join(character for character in fold(title) if character.isalnum())[:MAX_KEY_LENGTH]


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
