"""Whether a person is named: in any order and script, however a Japanese name was spelled in Latin letters or Hangul."""

import re
import unicodedata

from chatbot.text.folding import fold, key
from chatbot.text.spelling import FINALS, INITIALS, VOWELS, by_sound, is_syllable

LATIN = re.compile(r"[a-z]+")
EAST_ASIAN = re.compile("[가-힣ぁ-ゖァ-ヺ一-鿿]")
# Letters of Hangul that stand for one Japanese sound, by one rule of spelling or the other: 카와하라, 가와하라.
ONE_INITIAL = str.maketrans("ㄲㅋㄸㅌㅃㅍㅆㅉㅊ", "ㄱㄱㄷㄷㅂㅂㅅㅈㅈ")
ONE_VOWEL = {"ㅐ": "ㅔ", "ㅒ": "ㅖ"}
AFTER_AFFRICATE = {"ㅑ": "ㅏ", "ㅕ": "ㅓ", "ㅛ": "ㅗ", "ㅠ": "ㅜ"}
ONE_FINAL = str.maketrans("ㅁㅇ", "ㄴㄴ")
# A vowel that only makes the one before it longer.
LONG = {("ㅜ", before) for before in "ㅗㅛㅜㅠ"} | {("ㅗ", "ㅗ"), ("ㅗ", "ㅛ")}


def agree(known, said):
    """True, False, or None where it cannot be told: nobody is `said`, or in a script that none is `known` in."""
    latin, eastern = _latin_words(said), _sounds(said) if EAST_ASIAN.search(said) else ""
    known_latin = [words for words in map(_latin_words, known) if words]
    known_eastern = [_sounds(name) for name in known if EAST_ASIAN.search(name)]
    if any(words <= latin for words in known_latin) or any(name in eastern for name in known_eastern if eastern):
        return True
    comparable = (latin and known_latin) or (eastern and known_eastern)
    return False if comparable else None


def _latin_words(text):
    """The words of a romanised name, in any order: Yuu, Yū and Yu are one, and so are Shōgo and Syougo."""
    plain = "".join(one for one in unicodedata.normalize("NFD", fold(text)) if not unicodedata.combining(one))
    return frozenset(by_sound(re.sub(r"o[uh](?=[^aeiou]|$)", "o", word)) for word in LATIN.findall(plain))


def _sounds(text):
    """Letters and digits, Hangul in one spelling of Japanese names: 나리타 료우고 and 나리타 료고 are one."""
    sounds, open_vowel = [], ""
    for character in key(text):
        if not is_syllable(character):
            sounds.append(character)
            open_vowel = ""
            continue
        initial, vowel, final = _letters(character)
        if (initial, final) == ("ㅇ", "") and (vowel, open_vowel) in LONG:
            continue
        sounds.append(initial + vowel + final)
        open_vowel = "" if final else vowel
    return "".join(sounds)


def _letters(syllable):
    number = ord(syllable) - 0xAC00
    initial, vowel, final = INITIALS[number // 588], VOWELS[number % 588 // 28], FINALS[number % 28]
    if (initial, vowel) == ("ㅆ", "ㅡ"):
        initial = "ㅊ"  # 쓰토무, 츠토무
    initial = initial.translate(ONE_INITIAL)
    vowel = AFTER_AFFRICATE.get(vowel, vowel) if initial == "ㅈ" else ONE_VOWEL.get(vowel, vowel)
    return initial, vowel, final.translate(ONE_FINAL)
