"""Numbers in digits and in Korean, English and Japanese words, as the parts of a pattern and as their values."""

import re

_TENS_EN = dict(
    zip(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), range(20, 100, 10), strict=True)
)
_ONES_EN = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split(),
        start=1,
    )
}
_ONES_KO = dict(zip("한 두 세 네 다섯 여섯 일곱 여덟 아홉".split(), range(1, 10), strict=True))
_ONES_KO |= {"하나": 1, "둘": 2, "셋": 3, "넷": 4}
_TENS_KO = dict(
    zip("열 스물 스무 서른 마흔 쉰 예순 일흔 여든 아흔".split(), (10, 20, 20, 30, 40, 50, 60, 70, 80, 90), strict=True)
)
_SINO_KO = dict(zip("일이삼사오육칠팔구", range(1, 10), strict=True))
_KANJI = dict(zip("一二三四五六七八九", range(1, 10), strict=True))

DIGITS = r"(?<![0-9.,])[0-9]{1,4}(?![0-9])"
_EN_TENS = "|".join(_TENS_EN)
_EN_ONES = "|".join(sorted(_ONES_EN, key=len, reverse=True))
ENGLISH = rf"(?<![a-z])(?:(?:{_EN_TENS})(?:[- ](?:{_EN_ONES}))?|{_EN_ONES})(?![a-z])"
_KO_NATIVE = "|".join(sorted(_ONES_KO, key=len, reverse=True))
KOREAN = (
    rf"(?<![가-힣])(?:(?:{'|'.join(_TENS_KO)})(?:{_KO_NATIVE})?|{_KO_NATIVE}"
    r"|[이삼사오육칠팔구]?[십][일이삼사오육칠팔구]?|[일이삼사오육칠팔구])"
)
JAPANESE = r"[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]"

NUMBER = {"ko": f"(?:{DIGITS}|{KOREAN})", "en": f"(?:{DIGITS}|{ENGLISH})", "ja": f"(?:{DIGITS}|{JAPANESE})"}


def value_of(text: str) -> int | None:
    """The number that `text`, one found by NUMBER, says."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return int(text)
    return _english(text) or _native_korean(text) or _by_tens(text, _SINO_KO, "십") or _by_tens(text, _KANJI, "十")


def _english(text: str) -> int | None:
    parts = re.split("[- ]", text)
    values = [_TENS_EN.get(part) or _ONES_EN.get(part) for part in parts]
    found = [one for one in values if one]
    return sum(found) if len(found) == len(parts) else None


def _native_korean(text: str) -> int | None:
    if text in _ONES_KO:
        return _ONES_KO[text]
    tens = next((word for word in _TENS_KO if text.startswith(word)), "")
    rest = text[len(tens) :]
    if not tens or (rest and rest not in _ONES_KO):
        return None
    return _TENS_KO[tens] + _ONES_KO.get(rest, 0)


def _by_tens(text: str, ones: dict[str, int], ten: str) -> int | None:
    tens, found, rest = text.partition(ten)
    if not found:
        return ones.get(text)
    if (tens and tens not in ones) or (rest and rest not in ones):
        return None
    return 10 * ones.get(tens, 1) + ones.get(rest, 0)
