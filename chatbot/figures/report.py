"""The kept counts of a period, slot by slot and together: today by the hour, much more than a month by the week."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from .counts import Counts
from .models import DayFigures

PERIODS = {"today": 1, "7": 7, "30": 30, "90": 90}  # by the word in the address: days, today among them
BY_WEEK = {"90"}
WEEK = 7
# Asked for of the whole period only: there are thousands of works, and adding them up twice would be felt.
WHOLE_ONLY = {"offered", "begun", "dropped", "loved", "tags", "titles", "verdicts", "scores"}


@dataclass(frozen=True)
class Slot:
    """An hour of today, a day, or a week: from `first` to `last`, both in it."""

    first: date
    last: date
    hour: int | None
    counts: Counts

    @property
    def readers(self) -> float:
        """A day. Whoever comes on two days counts on both: only so can days be added."""
        return self.counts.total("readers") / ((self.last - self.first).days + 1)


@dataclass(frozen=True)
class Report:
    """`counted_to`: what ended or changed before is in it; None where today has not been counted yet. `uncounted`: days
    of the period that the worker has yet to count."""

    period: str
    slots: list[Slot]
    whole: Counts
    counted_to: datetime | None
    uncounted: int

    @property
    def days(self) -> int:
        return PERIODS[self.period]

    @property
    def readers_a_day(self) -> float:
        return self.whole.total("readers") / self.days


def report(period: str) -> Report:
    """One query, however many turns there are."""
    today = timezone.localdate()
    days = [today - timedelta(days=ago) for ago in reversed(range(PERIODS[period]))]
    rows = DayFigures.objects.filter(day__gte=days[0], day__lte=today)
    if period != "today":
        rows = rows.defer("hours")
    kept = {row.day: row for row in rows}
    by_day, whole = {}, Counts()
    for day in days:
        numbers = kept[day].counts if day in kept else {}
        whole.merge(numbers)
        by_day[day] = Counts({name: some for name, some in numbers.items() if name not in WHOLE_ONLY})
    if period == "today":
        slots = _hours(today, kept[today].hours if today in kept else {})
    else:
        slots = _spans(by_day, WEEK if period in BY_WEEK else 1)
    counted_to = kept[today].counted_at if today in kept else None
    return Report(period, slots, whole, counted_to, sum(day not in kept for day in days))


def _spans(by_day: Mapping[date, Counts], length: int) -> list[Slot]:
    """Spans of so many days up to today; the first one may be shorter."""
    days, slots = list(by_day), []
    for end in range(len(days), 0, -length):
        some, counts = days[max(0, end - length) : end], Counts()
        for day in some:
            counts += by_day[day]
        slots.insert(0, Slot(some[0], some[-1], None, counts))
    return slots


def _hours(today: date, hours: Mapping[str, Any]) -> list[Slot]:
    """From midnight to the hour that runs."""
    last = max(timezone.localtime().hour, *map(int, hours), 0)
    return [Slot(today, today, hour, Counts(hours.get(str(hour)))) for hour in range(last + 1)]
