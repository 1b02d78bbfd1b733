"""Whether a text can be a reply at all: in the reader's language, and not nonsense. Pure."""

import re
import zlib
from collections.abc import Collection

from ..text.cleaning import HAN, HANGUL, KANA
from ..text.phrasebook import LANGUAGES
from .phrasebook import PHRASES

LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
# Names say nothing of the language around them.
NAMES = re.compile(
    r"""
    \[\[[^\]\n]{0,90}\]?\]?  # a mark, or half of one
    | [『《「“"<【][^』》」”">】\n]{1,120}[』》」”">】]
    | \*\*[^*\n]{1,120}\*\*
    | https?://\S+
    | `[^`\n]*`
    """,
    re.VERBOSE,
)
WORD = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ']+")
# Frequent words of languages in Latin letters. Those that are English words too tell nothing of another.
FREQUENT = {
    language: frozenset(PHRASES.phrases("fitness", "frequent", language))
    for language in ("en", "fr", "es", "de", "it", "pt", "nl", "id", "vi")
}
CLEAR = 4  # frequent words of another language from which it shows, when they outweigh the English ones
MIN_LETTERS = 40  # letters from which a language shows
MIN_OWN = 12  # letters of a whole text, of which one at least has to be the reader's own
OWN = 0.15  # share of the letters that have to be the reader's: titles and names stand in others
MOSTLY = 0.6  # share of Latin letters in English: names in others are rarer there
NAMED = {  # the language a reader may ask to be answered in
    code: re.compile(PHRASES.pattern("fitness", f"language.{code}"), re.IGNORECASE) for code in LANGUAGES
}


def is_in(text: str, language: str, *, whole: bool = False) -> bool | None:
    """Whether `text` is in `language` (ko, en, ja): True, False, or None where it is too short to tell.

    `whole`: there will be no more of it, so that less is enough.
    """
    words = NAMES.sub(" ", text)
    hangul, kana, han, latin = (len(one.findall(words)) for one in (HANGUL, KANA, HAN, LATIN))
    letters = max(hangul + kana + han + latin, sum(map(str.isalpha, words)))
    # Kanji are Chinese as well: they count as Japanese where kana stand between them.
    own = {"ko": hangul, "ja": kana + min(han, 3 * kana), "en": latin}.get(language, letters)
    if language == "en":
        return _is_english(words, own, letters, whole)
    # A few of the reader's own letters tell at once: a page waits for them.
    if (own >= 2 and own >= letters / 2) or (own >= 4 and own >= OWN * letters):
        return True
    if letters >= MIN_LETTERS:
        return own >= OWN * letters
    return False if whole and letters >= MIN_OWN and not own else None


def _is_english(words: str, latin: int, letters: int, whole: bool) -> bool | None:
    if letters < MIN_LETTERS:
        if latin >= 4 and latin == letters and not (whole and _is_other_latin(words)):
            return True
        return False if whole and letters >= MIN_OWN and not latin else None
    if latin < MOSTLY * letters:
        return False
    return not (whole and _is_other_latin(words))


def _is_other_latin(words: str) -> bool:
    """Whether `words` are clearly in another language that is written in Latin letters."""
    found = [word.lower() for word in WORD.findall(words)]
    hits = {language: sum(word in frequent for word in found) for language, frequent in FREQUENT.items()}
    return max(hits.values()) >= CLEAR and max(hits.values()) > 2 * hits["en"]


# --- Parts in another language ---------------------------------------------------------------------------------------

SENTENCE = re.compile(r"[^.!?。！？…\n]*+(?:[.!?。！？…]++|\n|$)")
ASIDE = re.compile(r"[(（\[][^()（）\[\]\n]{1,200}[)）\]]|[‘'][^‘’'\n]{1,80}[’'](?![A-Za-z])")
# How a sentence to a reader ends; titles end otherwise.
KOREAN_END = re.compile(rf"{PHRASES.pattern('fitness', 'sentence_end', 'ko')}[\s.!?。！？~…]*$")
JAPANESE_END = re.compile(
    rf"{PHRASES.pattern('fitness', 'sentence_end', 'ja')}"
    rf"{PHRASES.pattern('fitness', 'sentence_end.particle')}{{0,2}}[\s.!?。！？〜…♪]*$"
)
# Characters that Japanese does not write, and turns of phrase.
CHINESE = re.compile(PHRASES.pattern("fitness", "not_japanese", "zh"))
MAX_SMALL_WORDS = 5  # words in small letters that an English title holds at most


def foreign_part(text: str, languages: Collection[str]) -> str:
    """A whole sentence of `text` that is in none of `languages`, or ""; words and titles within others are none."""
    for found in SENTENCE.finditer(ASIDE.sub(" ", NAMES.sub(" ", text))):
        sentence = found[0].strip()
        if sentence and (code := _sentence_language(sentence)) and code not in languages:
            return sentence
    return ""


def _sentence_language(sentence: str) -> str | None:
    """The only language a whole sentence can be in, as a code; None where that does not show."""
    hangul, kana, han, latin = (len(one.findall(sentence)) for one in (HANGUL, KANA, HAN, LATIN))
    if hangul:
        return "ko" if hangul >= 8 and not kana and KOREAN_END.search(sentence) else None
    if kana:
        return "ja" if kana + han >= 8 and JAPANESE_END.search(sentence) else None
    if han:
        return "zh" if han >= 5 and latin <= han and CHINESE.search(sentence) else None
    words = WORD.findall(sentence)
    small = [word for word in words if word.islower()]
    if len(small) <= MAX_SMALL_WORDS or sentence[-1] not in ".!?…":
        return None
    return "en" if sum(word in FREQUENT["en"] for word in small) >= 3 else None


def from_own(text: str, languages: Collection[str]) -> str:
    """`text` without a beginning in none of `languages`, which was said to nobody: where lines of the reader's own
    follow it."""
    place = 0
    while (end := text.find("\n", place)) >= 0:
        line = text[place:end]
        if "[[" in line or any(is_in(line, language) for language in languages):
            break
        place = end + 1
    begins = text[:place]
    follows = text[place:].lstrip().startswith("[[") or any(is_in(text[place:], one) for one in languages)
    return text[place:] if place and follows and foreign_part(begins, languages) else text


def languages_named(ask: str, language: str) -> set[str]:
    """The languages a reply to `ask` may be in: the reader's, and any that they name."""
    return {language, *(code for code, name in NAMED.items() if name.search(ask))}


# --- Nonsense --------------------------------------------------------------------------------------------------------

SEGMENT = re.compile(r"[^.!?。！？、,，;；\n]*+[.!?。！？、,，;；\n]*+")
WIDEST = 4  # segments that come over and over together
SAME = re.compile(r"(.{1,60}?)\1{9,}", re.DOTALL)
BROKEN = "\ufffd"
PACKED = 0.09  # of its size: no prose packs so well
MIN_PACKED = 900  # bytes from which that tells


def is_nonsense(text: str, *, offers: bool = False) -> bool:
    """Whether `text` says nothing: no letters, one thing over and over, or characters that came broken.

    `offers`: it offers works, so that it is of use even where it repeats itself.
    """
    shown = text.strip()
    letters = [one for one in shown if one.isalpha()]
    if not letters:
        return True
    if shown.count(BROKEN) > max(3, len(shown) // 10):
        return True
    if len(letters) >= 20 and len({one.casefold() for one in letters}) <= 3:
        return True
    return not offers and _repeats_itself(shown)


def _repeats_itself(shown: str) -> bool:
    data = shown.encode("utf-8", "replace")
    if len(data) >= MIN_PACKED and len(zlib.compress(data)) < PACKED * len(data):
        return True
    if _goes_in_circles(shown):
        return True
    return any(len(found[0]) >= max(80, len(shown) // 2) for found in SAME.finditer(shown[:4000]))


def _goes_in_circles(text: str) -> bool:
    """Whether some words come again and again with nothing between, be it within a longer text."""
    segments = ["".join(filter(str.isalnum, found[0])).casefold() for found in SEGMENT.finditer(text)]
    segments = [segment for segment in segments if segment]
    for width in range(1, WIDEST + 1):
        row = 0
        for place in range(width, len(segments)):
            row = row + 1 if segments[place] == segments[place - width] else 0
            times, letters = row // width + 1, sum(map(len, segments[place - width + 1 : place + 1]))
            if (times >= 5 and letters >= 6) or (times >= 4 and letters >= 20):
                return True
    return False
