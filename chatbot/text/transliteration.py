"""A Japanese name in other letters, as readers type it: romaji in Hangul and in kana, kana in romaji, romaji spelt
another way.

Text in, text out. A name that holds kanji, or a word that is no Japanese one, has no other letters here.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import product

from .folding import KATAKANA
from .spelling import KANA, ROMAJI_WORD, SMALL_KANA

MORA = re.compile(
    r"""
    (?P<doubled>(?P<same>[kstpgdbzc])(?=(?P=same))|t(?=ch))?
    (?:(?P<onset>sh|ch|ts|[kgnhbpmr]y|[kgsztdnhfbpmrywjv])?(?P<vowel>[aiueo])|(?P<n>[nm])(?![aiueoy]))
    """,
    re.VERBOSE,
)
LONG = {"ou": "o", "oo": "o", "uu": "u"}
REMEMBERED = 2048  # words and names: those of one title are asked for again and again
KANA_NAME = re.compile(r"[ぁ-ゖァ-ヺー・!！?？、\s]+")

# --- Hangul --------------------------------------------------------------------------------------------------------

INITIAL = dict(zip("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ", (0, 2, 3, 5, 6, 7, 9, 11, 12, 14, 15, 16, 17, 18), strict=True))
MEDIAL = dict(zip("ㅏㅑㅔㅗㅘㅛㅜㅠㅡㅣ", (0, 2, 5, 8, 9, 12, 13, 17, 18, 20), strict=True))
FINAL = {"": 0, "ㄴ": 4, "ㅅ": 19}
ONSETS = {
    "": "ㅇ", "k": "ㅋ", "g": "ㄱ", "s": "ㅅ", "sh": "ㅅ", "z": "ㅈ", "j": "ㅈ", "t": "ㅌ", "d": "ㄷ", "ch": "ㅊ",
    "ts": "ㅊ", "n": "ㄴ", "h": "ㅎ", "f": "ㅎ", "b": "ㅂ", "v": "ㅂ", "p": "ㅍ", "m": "ㅁ", "r": "ㄹ", "y": "ㅇ", "w": "ㅇ",
}  # fmt: skip
PLAIN = {"a": "ㅏ", "i": "ㅣ", "u": "ㅜ", "e": "ㅔ", "o": "ㅗ"}
GLIDED = {**PLAIN, "a": "ㅑ", "u": "ㅠ", "o": "ㅛ"}
THIN_U = ("s", "z", "ts")  # after these a u is written ㅡ

# --- Kana ----------------------------------------------------------------------------------------------------------

KANA_OF = {sound: kana for kana, sound in reversed(KANA.items())} | {
    "o": "お",
    "i": "い",
    "wo": "を",
    "ji": "じ",
    "zu": "ず",
}
AS_ROW = {"sh": "s", "ch": "t", "ts": "t", "j": "z", "f": "h", "v": "b"}
SMALL = {"a": "ゃ", "u": "ゅ", "o": "ょ"}
PARTICLE_WORDS = {"wa": "は", "e": "へ", "o": "を", "wo": "を"}
HEPBURN = (
    ("sy", "sh"),
    ("si", "shi"),
    ("ty", "ch"),
    ("ti", "chi"),
    ("tu", "tsu"),
    ("zy", "j"),
    ("zi", "ji"),
    ("hu", "fu"),
)


MAX_WORD = 32  # letters of a word of romaji


@lru_cache(maxsize=REMEMBERED)
def romaji_of(name: str) -> str:
    """`name` in small Latin letters without accents where every word of it is romaji; else ""."""
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c)).lower()
    words = re.findall(r"[^\s\-!?.,:;~'’]+", plain)
    if any(len(word) > MAX_WORD for word in words):
        return ""  # to tell of a longer one whether it is could take for ever
    return " ".join(words) if words and all(ROMAJI_WORD.fullmatch(word) for word in words) else ""


def in_hangul(romaji: str) -> set[str]:
    """The spellings in Hangul of `romaji`: a long vowel kept or not, じょ as 조 or 죠, つ as 츠 or 쓰.

    >>> sorted(in_hangul("youjitsu"))
    ['요우지쓰', '요우지츠', '요지쓰', '요지츠']
    """
    found = set()
    for short, glides, tense in product((False, True), repeat=3):
        text = _shortened(romaji) if short else romaji
        words = [_hangul_word(word, glides, "쓰" if tense else "츠") for word in text.split()]
        found.add(" ".join(words))
    return found


@lru_cache(maxsize=REMEMBERED)
def _hangul_word(word: str, glides: bool, tsu: str) -> str:
    letters: list[str] = []
    for mora in MORA.finditer(word):
        if mora["doubled"] and letters:
            letters[-1] = _with_final(letters[-1], "ㅅ")
        if mora["n"]:
            letters[-1:] = [_with_final(letters[-1], "ㄴ")] if letters else ["은"]
            continue
        onset, vowel = mora["onset"] or "", mora["vowel"]
        if (onset, vowel) == ("ts", "u"):
            letters.append(tsu)
            continue
        letters.append(_syllable(onset, vowel, glides))
    return "".join(letters)


def _syllable(onset: str, vowel: str, glides: bool) -> str:
    glided = onset.endswith("y") or onset == "sh" or (glides and onset in ("j", "ch"))
    medial = GLIDED[vowel] if glided else PLAIN[vowel]
    if vowel == "u" and onset in THIN_U:
        medial = "ㅡ"
    if onset == "w":
        medial = {"a": "ㅘ"}.get(vowel, medial)
    initial = ONSETS[onset if onset in ONSETS else onset[0]]
    return chr(0xAC00 + INITIAL[initial] * 588 + MEDIAL[medial] * 28)


def _with_final(syllable: str, final: str) -> str:
    open_one = (ord(syllable) - 0xAC00) % 28 == 0
    return chr(ord(syllable) + FINAL[final]) if open_one else syllable


def in_kana(romaji: str) -> str:
    """`romaji` in hiragana; "" where a sound of it has none.

    >>> in_kana("youjo senki"), in_kana("kumo desu ga")
    ('ようじょせんき', 'くもですが')
    """
    return "".join(PARTICLE_WORDS.get(word) or _kana_word(word) for word in romaji.split())


def _kana_word(word: str) -> str:
    kana = ""
    for mora in MORA.finditer(word):
        kana += "っ" if mora["doubled"] else ""
        if mora["n"]:
            kana += "ん"
            continue
        onset, vowel = mora["onset"] or "", mora["vowel"]
        glided = vowel in SMALL and (onset in ("sh", "ch", "j") or (len(onset) == 2 and onset[1] == "y"))
        row = AS_ROW.get(onset, onset[:1])
        kana += KANA_OF.get(row + "i", "") + SMALL[vowel] if glided else KANA_OF.get(row + vowel, "")
    return kana


def in_romaji(name: str) -> str:
    """`name`, which is all kana, in romaji; "" where it is not.

    >>> in_romaji("ゴブスレ"), in_romaji("とんスキ"), in_romaji("はたまお")
    ('gobusure', 'tonsuki', 'hatamao')
    """
    if not KANA_NAME.fullmatch(name):
        return ""
    sounds = ""
    for character in unicodedata.normalize("NFKC", name).translate(KATAKANA):
        if character in "ゃゅょ" and sounds.endswith("i"):
            sounds = sounds[:-1] + SMALL_KANA[character]
        elif character in KANA:
            sounds += KANA[character]
        elif character == "っ":
            sounds += "っ"
        elif character not in "ー・!?、 ":
            return ""
    sounds = re.sub(r"っ(?=([kstpgdbz]))", r"\1", sounds)
    # What is named by rows (si, ti, tu) is typed as it sounds.
    for row, sound in HEPBURN:
        sounds = sounds.replace(row, sound)
    return sounds.replace("っ", "")


def spelt_again(romaji: str) -> set[str]:
    """`romaji` as others spell it: without long vowels, "wo" as "o".

    >>> sorted(spelt_again("tate no yuusha"))
    ['tate no yusha']
    """
    short = _shortened(romaji)
    return {short, romaji.replace(" wo ", " o "), short.replace(" wo ", " o ")} - {romaji}


def _shortened(romaji: str) -> str:
    return re.sub("ou|oo|uu", lambda long: LONG[long[0]], romaji)


def in_other_letters(name: str, min_latin: int, min_kana: int, min_hangul: int) -> set[str]:
    """Every other spelling of `name` that is long enough to be one."""
    romaji = romaji_of(name) or in_romaji(name)
    if len(romaji) < min_latin:
        return set()
    latin = spelt_again(romaji) | (set() if romaji_of(name) else {romaji})
    return {
        *latin,
        *_long_enough([in_kana(romaji)], min_kana),
        *_long_enough(in_hangul(romaji), min_hangul),
    }


def _long_enough(names: Iterable[str], letters: int) -> set[str]:
    return {name for name in names if len(name.replace(" ", "")) >= letters}
