"""Whether a text can be a reply at all: in the reader's language, and not nonsense. Pure."""

import re
import zlib

from ..wording import HAN, HANGUL, KANA

LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
# Names say nothing of the language around them.
NAMES = re.compile(
    r"\[\[[^\]\n]{0,90}\]?\]?|[『《「“\"<【][^』》」”\">】\n]{1,120}[』》」”\">】]|\*\*[^*\n]{1,120}\*\*|https?://\S+|`[^`\n]*`"
)
ENGLISH_WORD = re.compile(
    r"\b(?:the|and|of|is|you|that|with|for|this|are|it|your|in|to|who|but|an|have|as)\b", re.IGNORECASE
)
WORD = re.compile(r"[A-Za-z']+")
ENOUGH = 40  # letters from which a language shows
FEW = 12  # letters of a whole text, of which one at least has to be the reader's own
OWN = 0.15  # share of the letters that have to be the reader's: titles and names stand in others
MOSTLY = 0.6  # share of Latin letters in English: names in others are rarer there
MIN_ENGLISH = 0.12  # share of the most frequent words in any English of some length
LONG = 40  # words
NAMED = {  # the language a reader may ask to be answered in
    "ko": re.compile(r"한국어|한글|korean|韓国語", re.IGNORECASE),
    "en": re.compile(r"영어|영문|english|英語", re.IGNORECASE),
    "ja": re.compile(r"일본어|일어|japanese|日本語", re.IGNORECASE),
}


def is_in(text, language, *, whole=False):
    """Whether `text` is in `language` (ko, en, ja): True, False, or None where it is too short to tell.

    `whole`: there will be no more of it, so that less is enough.
    """
    words = NAMES.sub(" ", text)
    hangul, kana, han, latin = (len(one.findall(words)) for one in (HANGUL, KANA, HAN, LATIN))
    letters = hangul + kana + han + latin
    # Kanji are Chinese as well: they count as Japanese where kana stand between them.
    own = {"ko": hangul, "ja": kana + min(han, 3 * kana), "en": latin}.get(language, letters)
    if language == "en":
        return _is_english(words, own, letters, whole)
    # A few of the reader's own letters tell at once: a page waits for them.
    if (own >= 2 and own >= letters / 2) or (own >= 4 and own >= OWN * letters):
        return True
    if letters >= ENOUGH:
        return own >= OWN * letters
    return False if whole and letters >= FEW and not own else None


def _is_english(words, latin, letters, whole):
    if letters < ENOUGH:
        if latin >= 4 and latin == letters:
            return True
        return False if whole and letters >= FEW and not latin else None
    if latin < MOSTLY * letters:
        return False
    found = WORD.findall(words)
    if whole and len(found) >= LONG:
        # Other languages are written in these letters too.
        return len(ENGLISH_WORD.findall(words)) >= MIN_ENGLISH * len(found)
    return True


def languages_named(ask, language):
    """The languages a reply to `ask` may be in: the reader's, and any that they name."""
    return {language, *(code for code, name in NAMED.items() if name.search(ask))}


SAME = re.compile(r"(.{1,60}?)\1{9,}", re.DOTALL)
BROKEN = "\ufffd"
PACKED = 0.09  # of its size: no prose packs so well
MIN_PACKED = 900  # bytes from which that tells


def is_nonsense(text):
    """Whether `text` says nothing: no letters, one thing over and over, or characters that came broken."""
    shown = text.strip()
    letters = [one for one in shown if one.isalpha()]
    if not letters:
        return True
    if shown.count(BROKEN) > max(3, len(shown) // 10):
        return True
    if len(letters) >= 20 and len({one.casefold() for one in letters}) <= 3:
        return True
    data = shown.encode("utf-8", "replace")
    if len(data) >= MIN_PACKED and len(zlib.compress(data)) < PACKED * len(data):
        return True
    return any(len(found[0]) >= max(80, len(shown) // 2) for found in SAME.finditer(shown[:4000]))
