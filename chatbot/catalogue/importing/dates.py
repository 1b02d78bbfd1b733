"""The year of a date as people and programs write it. Only the year is wanted, so 10/04/2014 is as clear as any, and of
"2014.04.10 ~ 2018.05.01", "2014년경" and "2014年4月10日発売" what tells it is read for itself."""

import re
import unicodedata
from datetime import date, timedelta

# The Japanese eras a light novel may come from, by the year before their first.
ERAS = {"昭和": 1925, "平成": 1988, "令和": 2018, "s": 1925, "h": 1988, "r": 2018}
MONTH_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec".split()
NAMED = rf"(?P<named>{'|'.join(MONTH_NAMES)})[a-z]*\.?"
YEAR, MONTH, DAY = r"(?P<year>\d{4})", r"(?P<month>\d{1,2})", r"(?P<day>\d{1,2})"
# What may follow a date: a time of day with its zone, the day of the week, a sign that it went on from there.
HALF = r"(?:오전|오후|午前|午後|[ap]\.?m\.?)?"
HOUR = r"\d{1,2}(?::\d{2}(?::\d{2}(?:\.\d+)?)?|\s*[시時](?:\s*\d{1,2}\s*[분分])?(?:\s*\d{1,2}\s*[초秒])?)"
TIME = rf"[t\s]+{HALF}\s*{HOUR}\s*(?:z|utc|gmt|[+-]\d{{2}}(?::?\d{{2}})?|{HALF})"
WEEKDAY = (
    r"(?:\(\s*\w{1,4}\s*\)|[월화수목금토일](?:요일)?|[月火水木金土日](?:曜日?)?|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)"
)
REST = rf"(?:{TIME})?(?:[\s.]*{WEEKDAY})?(?:\s*[~〜])?"
SEASON = r"(?:spring|summer|autumn|fall|winter|q[1-4])"
EARLIEST = 70  # of two digits; no light novel is older
# Days as a spreadsheet counts them from the end of 1899, of 1970 to 2049.
SERIAL, FIRST_SERIAL, LAST_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?"), 25_569, 54_788
SERIAL_BEGIN = date(1899, 12, 30)
FORMS = [
    re.compile(pattern + REST, re.IGNORECASE)
    for pattern in (
        rf"{YEAR}(?:\.0+)?\s*[년年]?(?:도|度)?",
        # A quarter, a season, a half of a year; from one year to another.
        rf"{YEAR}\s*[년年]?\s*-?(?:[봄春夏秋冬]|여름|가을|겨울|[상하]반기|[1-4]\s*분기|{SEASON})",
        rf"{SEASON}\s*(?:of\s)?\s*{YEAR}",
        rf"{YEAR}\s*[년年]?\s*[-~〜–—]\s*(?:\d{{4}}\s*[년年]?)?",
        rf"{YEAR}\s*[년年]\s*{MONTH}\s*[월月](?:\s*{DAY}\s*[일日])?",
        rf"{YEAR}\s*([-/.,_: ])\s*{MONTH}(?:\s*\2\s*{DAY})?\s*[.일日]?",
        # Of which the month or the day is not known.
        rf"{YEAR}\s*([-/.])\s*(?:(?:00|\?+|x+)(?:\s*\2\s*(?:00|\?+|x+))?|{MONTH}\s*\2\s*(?:00|\?+|x+))",
        rf"{YEAR}(?P<month>\d{{2}})(?P<day>\d{{2}})",
        rf"(?P<era>昭和|平成|令和)\s*(?P<of_era>\d{{1,2}}|元)\s*年(?:\s*{MONTH}\s*月(?:\s*{DAY}\s*日)?)?",
        rf"(?P<era>[shr])(?P<of_era>\d{{1,2}})(?:[-/.]{MONTH}(?:[-/.]{DAY})?)?",
        rf"(?:{DAY}\s*([-/.])\s*)?{MONTH}\s*[-/.]\s*{YEAR}",
        rf"{NAMED}\s*(?:{DAY}(?:st|nd|rd|th)?)?[\s,-]*{YEAR}",
        rf"(?:[a-z]{{3,9}},?\s*)?{DAY}(?:st|nd|rd|th|\.)?[\s-]*(?:of\s)?\s*{NAMED}[\s,-]*{YEAR}",
        # As a spreadsheet shows a day: 10-Apr-14.
        rf"{DAY}([-/ ]){NAMED}\2(?P<short>\d{{2}})",
        rf"[a-z]{{3,9}},?\s+{NAMED}\s*{DAY}(?:st|nd|rd|th)?[\s,]*{YEAR}",
        rf"{YEAR}[\s,-]*{NAMED}(?:[\s,-]*{DAY})?",
    )
]


# What stands around a date and changes nothing of its year.
BEFORE = re.compile(
    r"^(?:(?:약|서기|西暦|約|circa|ca?\.|about|around|early|mid|late|(?:first )?published(?: in| on)?|since|from)[\s-]*"
    r"|(?:\w+\.)?(?:date|datetime|timestamp)\(|[\"'\[(]+)",
    re.IGNORECASE,
)
BEHIND = re.compile(
    r"(?:\s*(?:발매|출간|출시|발행|초판|연재 ?시작|부터|경|쯤|즈음|무렵|[초중말]순?|発売|刊行|発行|初版|連載開始|から|頃|ころ|ごろ|[上中下]旬|号"
    r"|a\.?d\.?|\?|\([^()]{1,20}\))|[\"'\])]+)$",
    re.IGNORECASE,
)
# Where the last of two dates begins, or the word that there is none yet.
TO = re.compile(r"\s*(?:[~〜–—]|\s-\s|\sto\s|(?<=\d)-(?=\s*[^\W\d]{3,}$)).*$", re.IGNORECASE)
# 二〇一四年四月十日: its month and day tell nothing here.
POSITIONAL = re.compile(
    "([〇零一二三四五六七八九]{4}年)(?:[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}日)?)?"
)
KANJI = str.maketrans("〇零一二三四五六七八九", "00123456789")


def year_of(cell: str) -> int | None:
    """The year of the date `cell`; None where it is none, or says no year for sure (10/04/14)."""
    text = " ".join(unicodedata.normalize("NFKC", cell).split())
    text = POSITIONAL.sub(lambda found: found[1].translate(KANJI), text)
    for said in (text, bare := _bare(text), _bare(TO.sub("", bare))):
        if (year := _read(said)) is not None:
            return year
    return None


def _bare(text: str) -> str:
    """`text` without what stands around its date."""
    last = None
    while text != last:
        last, text = text, BEHIND.sub("", BEFORE.sub("", text)).strip()
    return text


def _read(text: str) -> int | None:
    if (serial := SERIAL.fullmatch(text)) and FIRST_SERIAL <= (days := int(serial[1])) <= LAST_SERIAL:
        return (SERIAL_BEGIN + timedelta(days)).year
    for form in FORMS:
        if (found := form.fullmatch(text)) and _is_on_the_calendar(said := found.groupdict()):
            return _year(said)
    return None


def _year(said: dict[str, str | None]) -> int:
    if (era := said.get("era")) and (of_era := said.get("of_era")):
        return ERAS[era.lower()] + (1 if of_era == "元" else int(of_era))
    if short := said.get("short"):
        return int(short) + (1900 if int(short) >= EARLIEST else 2000)
    return int(said["year"] or 0)


def _is_on_the_calendar(said: dict[str, str | None]) -> bool:
    month, day = int(said.get("month") or 1), int(said.get("day") or 1)
    if not said.get("day"):
        return month in range(1, 13)
    # Of two numbers either may be the month.
    return min(month, day) in range(1, 13) and max(month, day) in range(1, 32)
