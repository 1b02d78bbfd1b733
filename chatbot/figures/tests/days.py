"""A few turns on days of which everything is known, so that their figures can be reckoned by hand."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from chatbot.figures import rolling
from chatbot.figures.models import DayFigures, LateChange
from chatbot.models import Turn
from chatbot.tests import factories


def day(ago):
    return timezone.localdate() - timedelta(days=ago)


def at(ago, clock="12:00:00"):
    """A moment by the site's clock so many days ago."""
    return timezone.make_aware(datetime.combine(day(ago), time.fromisoformat(clock)))


def ended(moment, *, reader=None, conversation=None, wait=1.0, first=2.0, whole=4.0, **fields):
    """A turn that ended at `moment`, asked `whole` seconds before."""
    asked = moment - timedelta(seconds=whole)
    times = {
        "queued_at": asked,
        "started_at": asked + timedelta(seconds=wait),
        "first_text_at": asked + timedelta(seconds=first),
        "finished_at": moment,
    }
    return factories.make_turn(conversation, reader=reader, **{**times, **fields})


def rolled():
    """Every day counted; those on which nothing ended, as a count would find them."""
    busy = LateChange.objects.days_of(Turn.objects.all())
    DayFigures.objects.all().delete()
    quiet = {day(ago) for ago in range(rolling.DAYS)} - set(busy)
    DayFigures.objects.bulk_create(DayFigures(day=one, counted_at=timezone.now()) for one in quiet)
    for one in busy:
        rolling.count_day(one)


def counts(ago):
    """What is kept of a day."""
    return DayFigures.objects.get(day=day(ago)).counts


def kept():
    """All that is kept, less when it was counted."""
    return list(DayFigures.objects.order_by("day").values_list("day", "counts", "hours"))
