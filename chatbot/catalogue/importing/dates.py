"""The year of a date as people and programs write it. Only the year is wanted, so 10/04/2014 is as clear as any."""

import re
import unicodedata

# The Japanese eras a light novel may come from, by the year before their first.
ERAS = {"昭和": 1925, "平成": 1988, "令和": 2018, "s": 1925, "h": 1988, "r": 2018}
MONTH_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec".split()
NAMED = rf"(?P<named>{'|'.join(MONTH_NAMES)})[a-z]*\.?"
YEAR, MONTH, DAY = r"(?P<year>\d{4})", r"(?P<month>\d{1,2})", r"(?P<day>\d{1,2})"
# What may follow a date: a time of day with its zone, the day of the week, a sign that it went on from there.
HALF = r"(?:오전|오후|午前|午後|[ap]\.?m\.?)?"
TIME = rf"[t\s]+{HALF}\s*\d{{1,2}}:\d{{2}}(?::\d{{2}}(?:\.\d+)?)?\s*(?:z|utc|gmt|[+-]\d{{2}}:?\d{{2}}|{HALF})"
REST = rf"(?:{TIME})?(?:\s*\(\s*\w{{1,4}}\s*\))?(?:\s*[~〜])?"
SEASON = r"(?:spring|summer|autumn|fall|winter|q[1-4])"
FORMS = [
    re.compile(pattern + REST, re.IGNORECASE)
    for pattern in (
        rf"{YEAR}(?:\.0+)?\s*[년年]?(?:도|度)?",
        # A quarter, a season, a half of a year; from one year to another.
        rf"{YEAR}\s*[년年]?\s*-?(?:[봄春夏秋冬]|여름|가을|겨울|[상하]반기|[1-4]\s*분기|{SEASON})",
        rf"{SEASON}\s*(?:of\s)?\s*{YEAR}",
        rf"{YEAR}\s*[년年]?\s*[-~〜–—]\s*(?:\d{{4}}\s*[년年]?)?",
        rf"{YEAR}\s*[년年]\s*{MONTH}\s*[월月](?:\s*{DAY}\s*[일日])?",
        rf"{YEAR}\s*([-/.])\s*{MONTH}(?:\s*\2\s*{DAY})?\s*\.?",
        rf"{YEAR}(?P<month>\d{{2}})(?P<day>\d{{2}})",
        rf"(?P<era>昭和|平成|令和)\s*(?P<of_era>\d{{1,2}}|元)\s*年(?:\s*{MONTH}\s*月(?:\s*{DAY}\s*日)?)?",
        rf"(?P<era>[shr])(?P<of_era>\d{{1,2}})[-/.]{MONTH}[-/.]{DAY}",
        rf"(?:{DAY}\s*([-/.])\s*)?{MONTH}\s*[-/.]\s*{YEAR}",
        rf"{NAMED}\s*(?:{DAY}(?:st|nd|rd|th)?)?[\s,-]*{YEAR}",
        rf"(?:[a-z]{{3,9}},?\s*)?{DAY}(?:st|nd|rd|th)?[\s-]*(?:of\s)?\s*{NAMED}[\s,-]*{YEAR}",
        rf"[a-z]{{3,9}},?\s+{NAMED}\s*{DAY}(?:st|nd|rd|th)?[\s,]*{YEAR}",
        rf"{YEAR}[\s,-]*{NAMED}(?:[\s,-]*{DAY})?",
    )
]


def year_of(cell: str) -> int | None:
    """The year of the date `cell`; None where it is none, or says no year for sure (10/04/14)."""
    text = " ".join(unicodedata.normalize("NFKC", cell).split())
    for form in FORMS:
        if (found := form.fullmatch(text)) and _is_on_the_calendar(said := found.groupdict()):
            return _year(said)
    return None


def _year(said: dict[str, str | None]) -> int:
    if (era := said.get("era")) and (of_era := said.get("of_era")):
        return ERAS[era.lower()] + (1 if of_era == "元" else int(of_era))
    return int(said["year"] or 0)


def _is_on_the_calendar(said: dict[str, str | None]) -> bool:
    month, day = int(said.get("month") or 1), int(said.get("day") or 1)
    if not said.get("day"):
        return month in range(1, 13)
    # Of two numbers either may be the month.
    return min(month, day) in range(1, 13) and max(month, day) in range(1, 32)
