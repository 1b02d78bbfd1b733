"""What tells who a reader is, found in free text of three languages: hidden where operators read.

Found by form, by check digits where there are any, and by the words beside it where the form alone says too little: a
title, a volume, a year or an ISBN is left as it is.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date

EMAIL, PHONE, RESIDENT, CARD, ACCOUNT, ADDRESS = "email", "phone", "resident", "card", "account", "address"

DASH = r"[-‐-―−ー－ \u3000.]"
START, END = r"(?<![\w.+-])", r"(?![\w-]|[.,]\d)"

EMAIL_ADDRESS = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}\s?(?:@|＠|\(at\)|\[at\]|골뱅이|アットマーク)\s?"
    r"[A-Za-z0-9-]{1,63}(?:\s?(?:\.|\(dot\)|\[dot\]|닷)\s?[A-Za-z0-9-]{2,63}){1,4}",
    re.IGNORECASE | re.ASCII,
)
PHONES = re.compile(
    rf"""
    (?<![\w.-])(?:
        \+?82{DASH}?\(?0?\)?{DASH}?(?:1[016789]|2|[3-6][1-5]){DASH}?\d{{3,4}}{DASH}?\d{{4}}    # Korea, from abroad
        |01[016789]{DASH}?\d{{3,4}}{DASH}?\d{{4}}                                               # mobile
        |\(?0(?:2|[3-6][1-5]|70|50\d)\)?{DASH}\d{{3,4}}{DASH}\d{{4}}
        |\+?81{DASH}?\(?0?\)?{DASH}?[1-9]\d?{DASH}?\d{{2,4}}{DASH}?\d{{4}}                      # Japan, from abroad
        |0[5789]0{DASH}?\d{{4}}{DASH}?\d{{4}}                                                   # mobile
        |\(?0\d{{1,4}}\)?{DASH}\d{{1,4}}{DASH}\d{{4}}
        |\+?1{DASH}\(?[2-9]\d\d\)?{DASH}\d{{3}}{DASH}\d{{4}}                                    # North America
        |\([2-9]\d\d\)\s?\d{{3}}{DASH}\d{{4}}
        |[2-9]\d\d-\d{{3}}-\d{{4}}
        |\+44{DASH}?\d{{2,4}}{DASH}?\d{{3,4}}{DASH}?\d{{3,4}}
    )(?![\w-])
    """,
    re.VERBOSE | re.ASCII,
)
RESIDENT_NUMBER = re.compile(rf"{START}(\d\d)(\d\d)(\d\d)\s?[-‐–－]?\s?([0-9])([\d*●xX]{{6}}){END}", re.ASCII)
SOCIAL_SECURITY = re.compile(rf"{START}(?!000|666|9)\d{{3}}-(?!00)\d\d-(?!0000)\d{{4}}{END}", re.ASCII)
MY_NUMBER = re.compile(rf"{START}\d{{4}}[- ]?\d{{4}}[- ]?\d{{4}}{END}", re.ASCII)
LONG_NUMBER = re.compile(rf"{START}\d(?:[ -]?\d){{12,18}}{END}", re.ASCII)
ACCOUNT_BESIDE = re.compile(
    r"(?:계좌|입금|통장|account (?:number|no\.?)|acct|iban|口座|振込|은행|bank|銀行)[^\d\n]{0,24}"
    r"(?P<number>[A-Z]{0,2}\d(?:[ -]?\d){5,21})(?![\w-])",
    re.IGNORECASE,
)
ADDRESSES = re.compile(
    r"""
    (?:[가-힣]{2,8}(?:특별자치시|특별자치도|특별시|광역시|도|시)\s+|(?:서울|부산|대구|인천|광주|대전|울산|세종|제주)\s+)
    (?:[가-힣]{1,8}(?:시|군|구)\s+){0,2}(?:[가-힣]{1,8}(?:읍|면|동)\s+)?
    (?:[가-힣0-9·]{1,16}(?:로|길)(?:\s?\d{1,4}번?길)?\s?\d{1,4}(?:-\d{1,4})?|[가-힣0-9]{1,10}(?:동|리|가)\s\d{1,5}(?:-\d{1,4})?)(?:번지)?
    (?:,?\s?(?:[가-힣A-Za-z0-9]{1,20}(?:아파트|빌라|오피스텔)\s?)?(?:[0-9A-Za-z가-힣]{1,6}동\s?)?\d{1,5}호)?
    |〒\s?\d{3}[-‐−ー]?\d{4}(?:\s?[一-龥ぁ-んァ-ヶ0-9０-９丁目番地号ー−‐\-]{2,60})?
    |(?:東京都|北海道|(?:京都|大阪)府|[一-龥]{2,3}県)[一-龥ぁ-んァ-ヶヶ々]{1,12}[市区町村郡][一-龥ぁ-んァ-ヶ々]{0,14}
     [0-9０-９一二三四五六七八九十]{1,4}(?:丁目|番地?|[-‐−ー－])[0-9０-９一二三四五六七八九十丁目番地号\-‐−ー－]{0,14}
    |\b\d{1,5}\s(?:[NSEW]\.?\s)?(?:[A-Z][a-z]+\s){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Way|Place|Pl)\b\.?
     (?:,?\s(?:Apt|Unit|Suite|\#)\.?\s?\w{1,6})?(?:,\s[A-Z][A-Za-z ]{1,24})?(?:,\s[A-Z]{2}(?:\s\d{5}(?:-\d{4})?)?)?
    """,
    re.VERBOSE,
)
MONTHS = range(1, 13)


def mask(text: str, name: Callable[[str], str] = "[{}]".format) -> str:
    """`text` with what tells who somebody is replaced by `name(kind)`; kinds are the constants above."""
    if not any(one.isdigit() or one in "@＠" for one in text) and "골뱅이" not in text and "(at)" not in text.lower():
        return text
    pieces, done = [], 0
    for start, end, kind in _first_of_each(_found(text)):
        pieces += [text[done:start], name(kind)]
        done = end
    return "".join([*pieces, text[done:]])


def _first_of_each(found: Iterator[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Of places that overlap the one that was found first (the kinds are tried in their order)."""
    held: list[tuple[int, int, str]] = []
    for start, end, kind in found:
        if all(end <= other[0] or start >= other[1] for other in held):
            held.append((start, end, kind))
    return iter(sorted(held))


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    yield from ((*one.span(), EMAIL) for one in EMAIL_ADDRESS.finditer(text))
    yield from ((*one.span(), RESIDENT) for one in RESIDENT_NUMBER.finditer(text) if _is_resident(one))
    yield from ((*one.span(), RESIDENT) for one in SOCIAL_SECURITY.finditer(text))
    yield from ((*one.span("number"), ACCOUNT) for one in ACCOUNT_BESIDE.finditer(text) if not _is_isbn(one["number"]))
    yield from ((*one.span(), CARD) for one in LONG_NUMBER.finditer(text) if _is_card(one[0]))
    yield from ((*one.span(), RESIDENT) for one in MY_NUMBER.finditer(text) if _is_my_number(one[0]))
    yield from ((*one.span(), PHONE) for one in PHONES.finditer(text) if not _is_isbn(one[0]))
    yield from ((*one.span(), ADDRESS) for one in ADDRESSES.finditer(text))


def _digits(text: str) -> list[int]:
    return [int(one) for one in text if one.isdigit()]


def _is_resident(match: re.Match[str]) -> bool:
    """Whether a Korean resident number begins with a day that there is. Those of 2020 and later have no check digit."""
    year, month, day, sex = (int(match[part]) for part in range(1, 5))
    century = {9: 1800, 0: 1800, 1: 1900, 2: 1900, 5: 1900, 6: 1900}.get(sex, 2000)
    try:
        date(century + year, month, day)
    except ValueError:
        return False
    return True


def _is_card(text: str) -> bool:
    """Whether the digits pass Luhn's check and are no ISBN."""
    digits = _digits(text)
    doubled = [2 * one - 9 * (one > 4) for one in digits[-2::-2]]
    return len(set(digits)) > 1 and (sum(doubled) + sum(digits[-1::-2])) % 10 == 0 and not _is_isbn(text)


def _is_isbn(text: str) -> bool:
    digits = _digits(text)
    return len(digits) == 13 and digits[:3] in ([9, 7, 8], [9, 7, 9])


def _is_my_number(text: str) -> bool:
    """Whether the check digit of a Japanese individual number is right.

    Source: ordinance 85 of the Ministry of Internal Affairs, 2014, article 5.
    """
    digits = _digits(text)
    if len(set(digits)) == 1:
        return False
    weighed = sum(one * (n + 1 if n <= 6 else n - 5) for n, one in enumerate(digits[10::-1], start=1))
    rest = weighed % 11
    return digits[11] == (0 if rest <= 1 else 11 - rest)
