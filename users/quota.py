"""What is left of today's replies, as pages show it."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from .models import DailyUse

NEARLY = 5  # from so few on the page says so plainly


@dataclass
class Quota:
    left: int
    a_day: int
    resets_at: datetime
    with_account: int  # a day

    @property
    def is_nearly_out(self):
        return self.left <= min(NEARLY, self.a_day // 2)


def quota_of(reader):
    return Quota(DailyUse.objects.left(reader), reader.replies_a_day, reader.next_midnight, settings.DAILY_REPLIES)
