"""When something was, as readers say it: "last month", 어제, 3日前, as the days it means."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from ...text.folding import fold, key
from .phrasebook import PHRASES

COUNTED = {"days_ago": 1, "weeks_ago": 7}  # days of one


@dataclass(frozen=True)
class Period:
    """The days from `first` up to, and not with, `end`."""

    first: date
    end: date


def period_in(text: str, today: date) -> Period | None:
    """The days that `text` names, seen from `today`; None where it names none."""
    folded = fold(text)
    for section, pattern in _patterns():
        if found := pattern.search(folded):
            return _counted(section, int(found[1]), today)
    letters = key(text)
    named = max(((len(word), section) for word, section in _words() if word in letters), default=None)
    return _named(named[1], today) if named else None


def _counted(section: str, number: int, today: date) -> Period:
    if section == "months_ago":
        return _month(today, number)
    first = today - timedelta(days=number * COUNTED[section])
    if section == "weeks_ago":
        first -= timedelta(days=first.weekday())
    return Period(first, first + timedelta(days=COUNTED[section]))


def _named(section: str, today: date) -> Period:
    monday = today - timedelta(days=today.weekday())
    day, week = timedelta(days=1), timedelta(days=7)
    periods = {
        "today": Period(today, today + day),
        "yesterday": Period(today - day, today),
        "day_before": Period(today - 2 * day, today - day),
        "this_week": Period(monday, monday + week),
        "last_week": Period(monday - week, monday),
        "this_month": _month(today, 0),
        "last_month": _month(today, 1),
        "this_year": Period(date(today.year, 1, 1), date(today.year + 1, 1, 1)),
        "last_year": Period(date(today.year - 1, 1, 1), date(today.year, 1, 1)),
    }
    return periods[section]


def _month(today: date, before: int) -> Period:
    months = today.year * 12 + today.month - 1 - before
    return Period(date(months // 12, months % 12 + 1, 1), date((months + 1) // 12, (months + 1) % 12 + 1, 1))


@cache
def _words() -> tuple[tuple[str, str], ...]:
    return tuple(
        (key(phrase), section) for section, _language, phrase in PHRASES.each("periods") if not _is_counted(section)
    )


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (section, re.compile(phrase)) for section, _language, phrase in PHRASES.each("periods") if _is_counted(section)
    )


def _is_counted(section: str) -> bool:
    return section.endswith("_ago")
