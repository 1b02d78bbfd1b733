"""Keeping the figures of days up to what the rows say, a day at a time.

Counted anew are: today; a day that was not over, or not all there, when it was counted; a day of which something has
changed since (`LateChange`); and, where nothing else is to be done, the day whose count is the oldest. So what leaves no
mark, such as what readers do with their shelves, is counted within `AT_LATEST`.
"""

import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone

from .counting import bounds, count
from .models import DayFigures, LateChange

DAYS = 90  # that are kept, today among them
SECONDS = 5  # of one call
SETTLED = timedelta(minutes=1)  # after midnight everything that ended before is there, whatever the clocks say
AT_LATEST = timedelta(hours=6)
MARKS = 500  # deleted at once

_rolling = threading.Lock()


def roll_up(seconds: float = SECONDS) -> bool:
    """Count what has to be counted anew, for about `seconds`. False when something is left to be done."""
    if not _rolling.acquire(blocking=False):
        return True  # another thread of this process is at it
    try:
        deadline = time.monotonic() + seconds
        DayFigures.objects.filter(day__lt=first_day()).delete()
        for place, day in enumerate(_due()):
            if place and time.monotonic() > deadline:
                return False
            count_day(day)
        return True
    finally:
        _rolling.release()


def rebuild() -> Iterator[date]:
    """Count every day that is kept from its rows, whatever was counted before; yields each that is done."""
    for day in _days():
        count_day(day)
        yield day


def first_day() -> date:
    return timezone.localdate() - timedelta(days=DAYS - 1)


def _days() -> list[date]:
    """The latest first: it is looked at most."""
    today = timezone.localdate()
    return [today - timedelta(days=ago) for ago in range(DAYS)]


def _due() -> list[date]:
    """What nobody has counted or what has changed comes first, so that a day of today that takes long keeps nothing
    waiting for ever."""
    LateChange.objects.filter(day__lt=first_day()).delete()
    counted = dict(DayFigures.objects.values_list("day", "counted_at"))
    changed = set(LateChange.objects.values_list("day", flat=True).distinct())
    today, *before = _days()
    due = [day for day in before if day in changed or day not in counted or counted[day] < bounds(day)[1] + SETTLED]
    old = [day for day in before if day in counted and day not in due and counted[day] < timezone.now() - AT_LATEST]
    due += sorted(old, key=counted.__getitem__)[:1]
    # Last, for a today that takes longer than a call would hold up what stands behind it for ever.
    return [*due, today] if today in counted else [today, *due]


def count_day(day: date) -> None:
    """Count a day, and forget the marks that the count has seen. The count that began last is kept."""
    began = timezone.now()
    # Before the rows: a change that commits later has a mark that is not among these.
    marks = list(LateChange.objects.filter(day=day).values_list("pk", flat=True))
    counted = count(day)
    hours = {str(hour): counts.as_json() for hour, counts in sorted(counted.hours.items())}
    told = {"counts": counted.whole.as_json(), "hours": hours, "counted_at": began}
    if not DayFigures.objects.filter(day=day, counted_at__lte=began).update(**told):
        _kept, is_new = DayFigures.objects.get_or_create(day=day, defaults=told)
        if not is_new:
            return  # another worker began later, and may not have seen what these marks stand for
    for start in range(0, len(marks), MARKS):
        LateChange.objects.filter(pk__in=marks[start : start + MARKS]).delete()
