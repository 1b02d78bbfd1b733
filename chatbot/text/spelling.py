"""How readers spell a name: Hangul by its letters, kana and romaji by their sound, Latin without its accents.

Everything here is text in, text out; `search` keeps what comes out in an indexed table.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from .folding import fold

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ".split()
FINALS = [
    "",
    *"ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ".split(),
]
JAMO = INITIALS + "".join(vowel for vowel in VOWELS if len(vowel) == 1)

# Letters typed alone arrive from NFKC as conjoining ones.
CONJOINING = (
    {0x1100 + n: letter for n, letter in enumerate(INITIALS)}
    | {0x1161 + n: letters for n, letters in enumerate(VOWELS)}
    | {0x11A7 + n: letters for n, letters in enumerate(FINALS) if n}
)
# The two-set keyboard, letter by letter as in JAMO; what is typed with shift is upper-case.
KEYS = "rRseEfaqQtTdwWczxvg" + "koiOjpuPhynbml"
JAMO_OF = dict(zip(KEYS, JAMO, strict=True))
KEY_OF = dict(zip(JAMO, KEYS.lower(), strict=True))

# Hiragana by rows, in the spelling that names each kana by its row and vowel: si, ti, tu, hu, zi.
KANA = {
    kana: consonant + vowel
    for consonant, row in {
        "": "あいうえお", "k": "かきくけこ", "g": "がぎぐげご", "s": "さしすせそ", "z": "ざじずぜぞ",
        "t": "たちつてと", "d": "だ__でど", "n": "なにぬねの", "h": "はひふへほ", "b": "ばびぶべぼ",
        "p": "ぱぴぷぺぽ", "m": "まみむめも", "y": "や_ゆ_よ", "r": "らりるれろ", "w": "わ____",
    }.items()
    for kana, vowel in zip(row, "aiueo", strict=True)
} | {"ぢ": "zi", "づ": "zu", "を": "o", "ゐ": "i", "ゑ": "e", "ん": "n", "ゔ": "bu", "ゕ": "ka", "ゖ": "ke"}  # fmt: skip
SMALL_KANA = dict(zip("ぁぃぅぇぉゃゅょゎ", ("a", "i", "u", "e", "o", "ya", "yu", "yo", "a"), strict=True))
SILENT = "っー"  # a doubled consonant or a long vowel: both are folded to single ones

ROMAJI_WORD = re.compile(
    r"""
    (?:
        ([kstpgdbz](?=[kstpgdbz])|t(?=ch))?  # a doubled consonant
        ([kgsztdnhbpmr]y?|sh|ch|ts|[ywjfv])?
        [aiueo]
        |[nm]
    )+
    """,
    re.VERBOSE,
)
# In this order. What may still become another letter as the reader types on is left at its first half.
ROMAJI_RULES = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"t?ch(?=i|$)", "t"),
        (r"t?ch", "ty"),
        (r"sh(?=i|$)", "s"),
        (r"sh", "sy"),
        (r"ts", "t"),
        (r"dz|jy?(?=i|$)", "z"),
        (r"jy?", "zy"),
        (r"f", "h"),
        (r"v", "b"),
        (r"wo", "o"),
        (r"m(?=[bpm])", "n"),
        (r"ou", "o"),
        (r"([a-z])\1+", r"\1"),
    )
]
SHORT_LATIN = 16  # letters up to which a Latin name is found from any of its letters, not only from its words


class Unit(NamedTuple):
    """The smallest part of a name a reader may begin with: a syllable, a kana, a kanji, a Latin letter."""

    sound: str
    begins: bool  # a search may begin here
    opens_word: bool


@lru_cache(maxsize=12000)
def jamo(syllable: str) -> str:
    """The letters of a Hangul syllable, two-part vowels and finals taken apart.

    >>> jamo("괅")
    'ㄱㅗㅏㄹㄱ'
    """
    number = ord(syllable) - 0xAC00
    return INITIALS[number // 588] + VOWELS[number % 588 // 28] + FINALS[number % 28]


def is_syllable(character: str) -> bool:
    return "가" <= character <= "힣"


def plain(character: str) -> str:
    """`character` without its accent, where it is a Latin letter."""
    return unicodedata.normalize("NFD", character)[0] if "\u00c0" <= character < "\u2000" else character


def letters(text: str | None) -> str:
    """`text` as the letters a typo happens to: jamo, kana, kanji, Latin letters and digits.

    >>> letters("무직 転スラ Ō")
    'ㅁㅜㅈㅣㄱ転すらo'
    """
    parts = []
    for character in fold(text):
        if is_syllable(character):
            parts.append(jamo(character))
        elif ord(character) in CONJOINING:
            parts.append(CONJOINING[ord(character)])
        elif character.isalnum():
            parts.append(plain(character))
    return "".join(parts)


def units(text: str, by_words: bool = False) -> list[Unit]:
    """The units of `text`, of which marks and spaces are no part. `by_words`: Latin names begin at words only."""
    folded = fold(text)
    is_short = not by_words and len(folded) <= SHORT_LATIN and all(ord(character) < 0x250 for character in folded)
    parts: list[Unit] = []
    script = ""
    for character in folded:
        if not character.isalnum():
            # An accent written apart belongs to its letter.
            script = script if unicodedata.combining(character) else ""
            continue
        previous, script = script, _script(character)
        opens_word = previous != script
        if script == "hangul":
            sound = jamo(character) if is_syllable(character) else CONJOINING[ord(character)]
            parts.append(Unit(sound, True, opens_word))
        elif script == "latin":
            parts.append(Unit(plain(character), opens_word or is_short, opens_word))
        elif character in SMALL_KANA:
            before = parts.pop() if parts and previous == script else Unit("", True, opens_word)
            parts.append(before._replace(sound=_joined(before.sound, SMALL_KANA[character])))
        elif character not in SILENT:
            parts.append(Unit(KANA.get(character, character), True, opens_word))
    return parts


def _script(character: str) -> str:
    if is_syllable(character) or ord(character) in CONJOINING:
        return "hangul"
    return "japanese" if ord(character) >= 0x2E80 else "latin"


def _joined(sound: str, small: str) -> str:
    """Kana and a small one after it, as one sound: si, ya → sya; hu, a → ha; te, i → ti."""
    if not re.fullmatch("[a-z]+", sound):
        return sound + small
    if sound == "u":
        return "w" + small
    consonant = sound[:-1]
    return consonant + ("y" if sound[-1] == "i" and consonant and small[0] != "y" else "") + small


def by_sound(text: str) -> str:
    """Romaji in `text` in the one spelling that all its spellings have: single letters, no long vowels, si for shi.

    >>> by_sound("mushokutensei") == by_sound("musyokutensei"), by_sound("youjo"), by_sound("yojo")
    (True, 'yozyo', 'yozyo')
    """
    for pattern, replacement in ROMAJI_RULES:
        text = pattern.sub(replacement, text)
    return text


def has_kana(text: str) -> bool:
    return any("ぁ" <= character <= "ゖ" or character == "ー" for character in fold(text))


def is_romaji(text: str) -> bool:
    """Whether most Latin words of `text` can be read as Japanese."""
    words = re.findall("[a-z]+", "".join(map(plain, fold(text))))
    return bool(words) and 2 * sum(1 for word in words if ROMAJI_WORD.fullmatch(word)) >= len(words)


def spellings(text: str, length: int, by_words: bool = False) -> list[tuple[str, bool]]:
    """What a search may find of `text`: [(form, whether it is the whole)].

    The forms of its later parts are cut to `length`.
    """
    parts = units(text, by_words)
    joined = "".join(part.sound for part in parts)
    offsets = accumulate((len(part.sound) for part in parts[:-1]), initial=0)
    transforms: list[Callable[[str], str]]
    transforms = [by_sound] if has_kana(text) else [str, by_sound] if is_romaji(text) else [str]
    return list(
        dict.fromkeys(
            (transform(joined[offset : offset + 2 * length])[:length] if offset else transform(joined), offset == 0)
            for part, offset in zip(parts, offsets, strict=False)
            if part.begins
            for transform in transforms
        )
    )


def query_forms(text: str) -> list[str]:
    """The forms that a search for `text` looks for, at most two."""
    joined = "".join(part.sound for part in units(text))
    sound = by_sound(joined)
    if 2 * len(sound) < len(joined):  # nothing but one letter held down
        sound = joined
    forms = [sound] if has_kana(text) else [joined, sound]
    return [form for form in dict.fromkeys(forms) if form]


def halves(text: str) -> tuple[str, str]:
    """The form of `text` in two, parted where a syllable, a kana or a letter begins, as near the middle as can be."""
    sounds = [part.sound for part in units(text)]
    joined, ends = "".join(sounds), list(accumulate(map(len, sounds)))
    middle = min(ends, key=lambda end: abs(2 * end - len(joined)), default=0)
    return joined[:middle], joined[middle:]


def initials(text: str) -> list[tuple[str, list[str], bool]]:
    """`text` by its initial consonants from each word on: [(initials, the letters they stand for, is the first)].

    Empty for names with less than two syllables of Hangul.
    """
    if sum(1 for c in fold(text) if is_syllable(c)) < 2:
        return []
    parts = units(text)
    return [
        ("".join(part.sound[0] for part in parts[start:]), [part.sound for part in parts[start:]], start == 0)
        for start, part in enumerate(parts)
        if part.opens_word
    ]


def lone_consonants(text: str) -> list[str]:
    """The pattern `text` is when it holds initial consonants in place of syllables, one sound for each, or []."""
    sounds = [part.sound for part in units(text)]
    alone = [sound for sound in sounds if sound in INITIALS]
    return sounds if alone and not any(sound[0] in JAMO[len(INITIALS) :] for sound in sounds) else []


TYPED_HANGUL = re.compile(f"(?:[{INITIALS}][{JAMO[19:]}]{{1,2}}[{INITIALS}]{{0,2}})+")


def other_layout(text: str) -> str:
    """`text` as it reads when the keyboard was set to the other language, in letters; "" where that makes no sense.

    >>> other_layout("dhqjfhem") == letters("오버로드"), other_layout("ㅏㅐㅜㅐ녀ㅠㅁ"), other_layout("overlord")
    (True, 'konosuba', '')
    """
    typed = "".join(unicodedata.normalize("NFKC", text).split())
    if typed.isascii() and typed.isalpha():
        hangul = "".join(JAMO_OF.get(key) or JAMO_OF[key.lower()] for key in typed)
        return hangul if TYPED_HANGUL.fullmatch(hangul) else ""
    typed = letters(text)
    if all(letter in KEY_OF for letter in typed) and not TYPED_HANGUL.fullmatch(typed):
        return "".join(KEY_OF[letter] for letter in typed)
    return ""


def differ_by_one(one: str, other: str) -> bool:
    """Whether one letter was missed, added, mistaken or swapped with its neighbour between `one` and `other`."""
    if abs(len(one) - len(other)) > 1:
        return False
    return _agree_after(one, other, _common_prefix(one, other))


def begins_nearly(name: str, start: str) -> bool:
    """Whether `name` begins with `start` but for one letter, the first half of a longer name included."""
    return any(differ_by_one(name[:length], start) for length in (len(start) - 1, len(start), len(start) + 1))


def _common_prefix(one: str, other: str) -> int:
    """How many letters both begin with."""
    for number, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return number
    return min(len(one), len(other))


def _agree_after(one: str, other: str, start: int) -> bool:
    """Whether what follows the first difference, at `start`, is the same."""
    if len(one) > len(other):
        return one[start + 1 :] == other[start:]
    if len(one) < len(other):
        return one[start:] == other[start + 1 :]
    swapped = one[start : start + 2] == other[start : start + 2][::-1]
    return one[start + 1 :] == other[start + 1 :] or (swapped and one[start + 2 :] == other[start + 2 :])
