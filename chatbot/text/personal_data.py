"""What tells who a reader is, found in free text of three languages: hidden where operators read.

Found by form, by check digits where there are any, and by the words beside it where the form alone says too little: a
title, a volume, a year or an ISBN is left as it is.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date

from . import postal_addresses

EMAIL, PHONE, RESIDENT, CARD, ACCOUNT, ADDRESS = "email", "phone", "resident", "card", "account", "address"

# Wide letters, digits and signs as they are typed elsewhere, one for one, so that places stay where they are.
PLAIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
PLAIN |= dict.fromkeys(map(ord, "\u3000\u00a0"), ord(" ")) | dict.fromkeys(map(ord, "‐‑‒–—―−"), ord("-"))
LONG_VOWEL = re.compile(r"(?<=\d)ー(?=\d)")  # typed for a dash
NEEDED = re.compile(r"[\d@＠]|골뱅이|アット|\bat\b|丁目", re.IGNORECASE)  # in whatever could be hidden

SEP = r"[-. ]"
START, END = r"(?<![\w.+-])", r"(?![\w-]|[.,]\d)"
# What a number counts where it is nobody's.
COUNTS = (
    r"(?!\s?(?:권|화|회|년|월|개|명|원|점|쪽|편|살|자(?![가-힣])|골드|巻|話|回|年|月|人|円|冊|点|頁|ページ|文字|字|歳|体|"
    r"ゴールド|volumes?\b|vols?\b|chapters?\b|years?\b|pages?\b|words?\b|users?\b|people\b|gold\b|times\b|dollars?\b|"
    r"won\b|yen\b|points?\b|episodes?\b|copies\b|characters?\b))"
)

PROVIDERS = (
    r"(?:네이버|지메일|다음|한메일|네이트|카카오|핫메일|야후|아웃룩|ジーメール|ヤフー|ドコモ|gmail|naver|daum|hanmail|nate|"
    r"kakao|yahoo|hotmail|outlook|icloud|proton(?:mail)?|docomo|ezweb|softbank|live|aol|gmx|qq)"
)
AT = r"\s?(?:@|[(\[{]\s?at\s?[)\]}]|골뱅이|アット(?:マーク)?)\s?"
DOT = r"\s?(?:\.|[(\[{]\s?dot\s?[)\]}]|닷|점|ドット|\sdot\s)\s?"
LOCAL = r"(?<![\w.+'-])[A-Za-z0-9][\w.+'-]{0,63}"
LABEL = r"[A-Za-z0-9-]{1,63}"
EMAIL_ADDRESSES = re.compile(
    rf"{LOCAL}(?:{AT}{LABEL}(?:{DOT}[A-Za-z0-9-]{{2,63}}){{1,4}}"
    rf"|{AT}{PROVIDERS}(?:{DOT}?(?:컴|넷|co\.kr|[A-Za-z]{{2,3}}|コム))?"
    rf"|\sat\s{PROVIDERS}{DOT}[A-Za-z]{{2,3}}(?:{DOT}[A-Za-z]{{2}})?)",
    re.IGNORECASE | re.ASCII,
)

COUNTRY = (  # codes of countries
    r"(?:1|7|2[07]|2[1-689]\d|3[0-469]|3[578]\d|4[013-9]|42\d|5[1-8]|5[09]\d|6[0-6]|67\d|68\d|69\d|8[1246]|8[0578]\d|"
    r"9[0-58]|9[679]\d)"
)
PHONES = re.compile(
    rf"""
    (?<![\w.-])(?:
        (?P<abroad>\+{COUNTRY}{SEP}?(?:\(0\){SEP}?)?\(?\d{{1,5}}\)?(?:{SEP}?\d{{1,5}}){{1,5}})
        |82{SEP}?\(?0?\)?{SEP}?(?:1[016789]|2|[3-6][1-5]){SEP}?\d{{3,4}}{SEP}?\d{{4}}        # Korea
        |01[016789]{SEP}?\d{{3,4}}{SEP}?\d{{4}}
        |\(?0(?:2|[3-6][1-5]|70|50\d)\)?{SEP}{{1,2}}\d{{3,4}}{SEP}\d{{4}}
        |050\d{{8,9}}
        |81{SEP}\(?0?\)?{SEP}?[1-9]\d?{SEP}?\d{{2,4}}{SEP}?\d{{4}}                           # Japan
        |0[5789]0{SEP}?\d{{4}}{SEP}?\d{{4}}
        |(?P<japan>\(?0\d{{1,4}}\)?{SEP}\d{{1,4}}{SEP}\d{{4}}|0\d{{1,4}}\s?\(\d{{1,4}}\)\s?\d{{4}}|\(0\d{{1,4}}\)\d{{1,4}}{SEP}\d{{4}})
        |0(?:120|570|800|990){SEP}?\d{{2,3}}{SEP}?\d{{3,4}}
        |(?P<bare>0[1-9]\d{{8}})
        |1{SEP}\(?[2-9]\d\d\)?{SEP}\d{{3}}{SEP}\d{{4}}                                       # North America
        |\([2-9]\d\d\)\s?\d{{3}}{SEP}\d{{4}}
        |[2-9]\d\d(?P<between>[-.])\d{{3}}(?P=between)\d{{4}}
        |[2-9]\d\d\s\d{{3}}\s\d{{4}}(?=\sis\smy\s(?:cell|mobile|phone|number))
        |07\d{{3}}\s?\d{{3}}\s?\d{{3}}|0[12]\d{{1,3}}\s\d{{3,4}}\s\d{{3,4}}                  # Britain
    )(?![\w-]|\.\d){COUNTS}
    """,
    re.VERBOSE | re.ASCII,
)
PHONE_BESIDE = re.compile(
    r"(?:전화|연락처?|휴대폰|핸드폰|폰|문자|팩스|번호|電話|携帯|連絡先|番号|ファックス)[^\d\n?!。]{0,12}(?P<ours>0\d(?:[ .-]?\d){7,10})"
    r"|(?:\b(?:phone|cell|mobile|call|text|tel|telephone|fax|whatsapp|my\snumber|reach\sme|ring)\b)[^\d\n?!]{0,16}"
    r"(?P<number>\(?\d(?:[ ().-]{0,2}\d){8,13}|\d{3}[-. ]\d{4})(?:(?![\w-]|\.\d))" + COUNTS,
    re.IGNORECASE | re.ASCII,
)

RESIDENT_NUMBER = re.compile(rf"{START}(\d\d)(\d\d)(\d\d)\s?-?\s?([0-9])([\d*●xX]{{6}}){END}", re.ASCII)
SOCIAL_SECURITY = re.compile(rf"{START}(?!000|666|9)\d{{3}}-(?!00)\d\d-(?!0000)\d{{4}}{END}", re.ASCII)
MY_NUMBER = re.compile(rf"{START}\d{{4}}[- ]?\d{{4}}[- ]?\d{{4}}{END}{COUNTS}", re.ASCII)
DRIVING_LICENCE = re.compile(rf"{START}\d\d-\d\d-\d{{6}}-\d\d{END}", re.ASCII)
RESIDENT_BESIDE = re.compile(
    r"(?:주민(?:등록)?\s?번호|외국인\s?등록\s?번호)[^\d\n]{0,12}(?P<a>\d{6}[^\d\n]{0,12}[\d*]{7})"
    r"|(?:\bssn\b|social\ssecurity)[^\d\n]{0,16}(?P<b>\d{3}[- ]?\d\d[- ]?\d{4})"
    r"|(?:マイナンバー|個人番号)[^\d\n]{0,12}(?P<c>\d{4}[- ]?\d{4}[- ]?\d{4})"
    r"|(?:여권|\bpassport\b|パスポート|旅券)[^\d\n]{0,16}?(?P<d>[A-Z]{1,2}\d{3}[A-Z\d]\d{3,4}|\d{8,9})"
    r"|(?:면허|licen[cs]e\s(?:number|no)|免許|保険証|年金|在留カード)[^\d\n]{0,16}?"
    r"(?P<e>[A-Z]{0,2}\d(?:[ -]?\d){6,13}(?:[A-Z]{2})?)",
    re.IGNORECASE | re.ASCII,
)

CARD_NUMBER = re.compile(
    rf"{START}(?:[2-69]\d{{3}}(?P<s>[ -])\d{{4}}(?P=s)\d{{4}}(?P=s)\d{{4}}(?:(?P=s)\d{{3}})?"
    rf"|3[47]\d\d[ -]\d{{6}}[ -]\d{{5}}|3[068]\d\d[ -]\d{{6}}[ -]\d{{4}}"
    rf"|4\d{{12}}|3[068]\d{{12}}|3[47]\d{{13}}|[2-69]\d{{15}}(?:\d{{3}})?){END}",
    re.ASCII,
)
CARD_BESIDE = re.compile(
    r"(?:카드\s?번호|card\s(?:number|no\.?)|カード番号)[^\d\n]{0,12}(?P<number>\d(?:[ -]?\d){12,18})(?![\w-])",
    re.IGNORECASE | re.ASCII,
)

# Groups with dashes and no date: that is how Korean accounts are written, with or without the bank's name.
DASHED = re.compile(rf"{START}\d{{2,6}}(?:-\d{{1,8}}){{2,3}}{END}{COUNTS}", re.ASCII)
IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])")
ACCOUNT_BESIDE = re.compile(
    r"記号[^\d\n]{0,4}\d{5}(?:-\d)?[^\d\n]{0,8}番号[^\d\n]{0,4}\d{1,8}"
    r"|sort\scode[^\d\n]{0,8}(?P<sort>\d\d[- ]?\d\d[- ]?\d\d)(?!\d)"
    r"|(?:계좌|입금|통장|송금|환불|은행|뱅크|농협|새마을금고|신협|우체국|\baccount(?:\s(?:number|no\.?|\#))?|acct(?:\.?\sno\.?)?|\biban\b|routing(?:\snumber)?"
    r"|\bbank\b|口座|振込|振り込|銀行|信用金庫|ゆうちょ|普通(?:預金)?)[^\d\n?!。]{0,24}"
    r"(?P<number>[A-Z]{0,2}\d(?:[ -]?\d){5,21})(?![\w-])" + COUNTS,
    re.IGNORECASE | re.ASCII,
)

# What is left of it where a title was cut: the rest of the text is gone.
TORN = re.compile(
    r"(?<![\w.-])(?P<torn>[\w.+'-]{1,64}@[\w.-]{0,64}|(?:\+|0)\d[\d .-]{2,18}|\d{6}-?\d{0,7}|\d{4}[ -]\d{2,4}[ -]?[\d -]{0,14})\s?…$",
    re.ASCII,
)
YEAR = r"(?:1[89]|2[01])\d\d"
DATES = re.compile(
    rf"{YEAR}(?:[-./ ]\d\d?){{0,2}}(?:[-./ ~]+{YEAR}(?:[-./ ]\d\d?){{0,2}})*|{YEAR}(?:0[1-9]|1[0-2])[0-3]\d"
)


def mask(text: str, name: Callable[[str], str] = "[{}]".format) -> str:
    """`text` with what tells who somebody is replaced by `name(kind)`; kinds are the constants above."""
    if not NEEDED.search(text):
        return text
    pieces, done = [], 0
    for start, end, kind in _first_of_each(_found(LONG_VOWEL.sub("-", text.translate(PLAIN)))):
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
    yield from ((*one.span(), EMAIL) for one in EMAIL_ADDRESSES.finditer(text))
    yield from ((*_beside(one), RESIDENT) for one in RESIDENT_BESIDE.finditer(text))
    yield from ((*one.span(), RESIDENT) for one in RESIDENT_NUMBER.finditer(text) if _is_resident(one))
    yield from ((*one.span(), RESIDENT) for one in SOCIAL_SECURITY.finditer(text))
    yield from ((*_beside(one), CARD) for one in CARD_BESIDE.finditer(text))
    yield from ((*one.span(), CARD) for one in CARD_NUMBER.finditer(text) if _is_card(one[0]))
    yield from ((*one.span(), ACCOUNT) for one in IBAN.finditer(text) if _is_iban(one[0]))
    yield from ((*_beside(one), ACCOUNT) for one in ACCOUNT_BESIDE.finditer(text) if _is_somebodys(_said(one)))
    yield from ((*one.span(), RESIDENT) for one in MY_NUMBER.finditer(text) if _is_my_number(one[0]))
    yield from ((*one.span(), PHONE) for one in PHONES.finditer(text) if _is_phone(one))
    yield from ((*_beside(one), PHONE) for one in PHONE_BESIDE.finditer(text) if _is_somebodys(_said(one)))
    yield from ((*one.span(), RESIDENT) for one in DRIVING_LICENCE.finditer(text))
    yield from ((*one.span(), ACCOUNT) for one in DASHED.finditer(text) if _is_account(one[0]))
    if text.endswith("…") and (torn := TORN.search(text)) and ("@" in torn[0] or _is_somebodys(torn["torn"])):
        yield *torn.span("torn"), EMAIL if "@" in torn[0] else PHONE
    yield from ((start, end, ADDRESS) for start, end in postal_addresses.found(text))


def _beside(match: re.Match[str]) -> tuple[int, int]:
    """Where the number stands that the words of the match speak of."""
    return match.span(match.lastgroup or 0)


def _said(match: re.Match[str]) -> str:
    return match[match.lastgroup or 0]


def _digits(text: str) -> list[int]:
    return [int(one) for one in text if one.isdigit()]


def _groups(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _is_somebodys(number: str) -> bool:
    """Whether the number could be an account or a phone: no ISBN, no years or days, not round, not one digit alone."""
    is_round = all(one.endswith("00") for one in _groups(number)) or number.endswith("0000")
    return not (is_round or _is_isbn(number) or _is_days(number))


def _is_days(number: str) -> bool:
    """Whether it is years or days, or one digit over and over."""
    return bool(DATES.fullmatch(number)) or len(set(_digits(number))) == 1


def _is_account(number: str) -> bool:
    lengths = [len(one) for one in _groups(number)]
    is_book = len(lengths) == 4 and _is_old_isbn(number)
    return 10 <= sum(lengths) <= 16 and max(lengths) >= 4 and _is_somebodys(number) and not is_book


def _is_phone(match: re.Match[str]) -> bool:
    length = len(_digits(match[0]))
    if match["abroad"]:
        return 8 <= length <= 15
    if match["japan"]:  # with fewer it is a day: 02-03-2015
        return length >= 10 and not (" " in match[0] and DATES.fullmatch(" ".join(_groups(match[0])[1:])))
    return not (match["bare"] and _is_old_isbn(match[0]))


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
    """Whether the digits pass Luhn's check, and are not years."""
    digits = _digits(text)
    doubled = [2 * one - 9 * (one > 4) for one in digits[-2::-2]]
    return (sum(doubled) + sum(digits[-1::-2])) % 10 == 0 and not _is_days(text)


def _is_iban(text: str) -> bool:
    """ISO 13616: the check digits make the rest 1 by 97."""
    code = text.replace(" ", "")
    return 15 <= len(code) <= 34 and int("".join(str(int(one, 36)) for one in code[4:] + code[:4])) % 97 == 1


def _is_isbn(text: str) -> bool:
    digits = _digits(text)
    return len(digits) == 13 and digits[:3] in ([9, 7, 8], [9, 7, 9])


def _is_old_isbn(text: str) -> bool:
    """Whether the check digit of ten is right."""
    digits = _digits(text)
    return len(digits) == 10 and sum(n * one for n, one in enumerate(digits[::-1], start=1)) % 11 == 0


def _is_my_number(text: str) -> bool:
    """Whether the check digit of a Japanese individual number is right, and it is no row of years or round numbers.

    Source: ordinance 85 of the Ministry of Internal Affairs, 2014, article 5.
    """
    digits = _digits(text)
    weighed = sum(one * (n + 1 if n <= 6 else n - 5) for n, one in enumerate(digits[10::-1], start=1))
    rest = weighed % 11
    return digits[11] == (0 if rest <= 1 else 11 - rest) and _is_somebodys(text)
