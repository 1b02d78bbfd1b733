"""Korean particles that agree with the word before them: an id is written with one, a title shown with another."""

import re
import unicodedata

_ALONE = r"(?![가-힣])"
AGREEING = re.compile(
    rf"""
    (?:을[(（]를[)）]|를[(（]을[)）])
    |(?:은[(（]는[)）]|는[(（]은[)）])
    |(?:이[(（]가[)）]|가[(（]이[)）])
    |(?:와[(（]과[)）]|과[(（]와[)）])
    |[(（]으[)）]로
    |(?:이에요|예요){_ALONE}
    |이라(?=[는면고서])|라(?=[는면고서])
    |(?:이나|나|이랑|랑){_ALONE}
    |(?:으로|로)(?=(?:는|도|만|서|서는|부터)?{_ALONE})
    |[과와](?=(?:는|도|의)?{_ALONE})
    |[은는을를이가]{_ALONE}
    """,
    re.VERBOSE,
)
# What each is written as behind a consonant and behind a vowel, by its first letter that tells.
ALLOMORPHS = (
    ("이에요", "예요"),
    ("이라", "라"),
    ("이랑", "랑"),
    ("이나", "나"),
    ("으로", "로"),
    ("을", "를"),
    ("은", "는"),
    ("과", "와"),
    ("이", "가"),
)

# Digits and letters by their Korean names: 영 일 이 삼 …, 엘 엠 엔 알.
CLOSED_DIGITS, LIQUID_DIGITS = "036", "178"
LATIN_WORD = re.compile(r"[A-Za-z]+")
LIQUID, NIEUN = 8, 4  # ㄹ and ㄴ among the final consonants


def final_of(text: str) -> int:
    """The final consonant of the last sound of `text`: 0 none, 8 ㄹ, another number another consonant."""
    text = unicodedata.normalize("NFKC", text)
    for character in reversed(text):
        if not character.isalnum():
            continue
        if "가" <= character <= "힣":
            return (ord(character) - 0xAC00) % 28
        if character.isdigit():
            return LIQUID if character in LIQUID_DIGITS else int(character in CLOSED_DIGITS)
        if character.isascii():
            return _final_of_latin(LATIN_WORD.findall(text)[-1])
        return int(character in "んン")
    return 0


def _final_of_latin(word: str) -> int:
    if word.isupper():
        return LIQUID if word[-1] in "LR" else int(word[-1] in "MN")
    spoken = word.lower()
    if spoken.endswith(("l", "le")):
        return LIQUID
    return int(spoken.endswith(("m", "n", "me", "ne", "ng", "ck", "p", "k")))


def agreeing(word: str, text: str, place: int = 0) -> tuple[str, int] | None:
    """The particle at `place` in `text` as `word` asks for it, and where it ends; None where there is none."""
    match = AGREEING.match(text, place)
    if not match or not word:
        return None
    particle = re.sub(r"[(（].[)）]", "", match[0]) if match[0][0] not in "(（" else "로"
    after_consonant, after_vowel = next(pair for pair in ALLOMORPHS if particle in pair)
    final = final_of(word)
    is_closed = final and not (after_consonant == "으로" and final == LIQUID)
    return (after_consonant if is_closed else after_vowel), match.end()
