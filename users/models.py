from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import usernames


def known_zone(name):
    if name not in available_timezones():
        raise ValidationError(_("This time zone is not known."))


class User(AbstractUser):
    """A reader. Operators are readers with `is_staff`."""

    timezone = models.CharField(
        _("time zone"),
        max_length=40,
        default="Asia/Seoul",
        validators=[known_zone],
        help_text=_("Today's replies are counted until midnight there."),
    )

    class Meta(AbstractUser.Meta):
        verbose_name = _("reader")
        verbose_name_plural = _("readers")

    @classmethod
    def normalize_username(cls, username):
        return usernames.normal(username)

    @property
    def zone(self):
        return ZoneInfo(self.timezone)

    @property
    def today(self):
        return timezone.now().astimezone(self.zone).date()

    @property
    def next_midnight(self):
        return datetime.combine(self.today + timedelta(days=1), datetime.min.time(), self.zone)

    def leave(self):
        """Delete the account and everything with it, also while replies are asked for and written elsewhere."""
        for again in (True, True, False):
            try:
                with transaction.atomic():
                    # Holds back new rows of this reader; a worker's picks, which hang on its turns, may still come.
                    User.objects.select_for_update().filter(pk=self.pk).first()
                    User.objects.filter(pk=self.pk).delete()
                return
            except (IntegrityError, OperationalError):  # the latter: a deadlock with an ask, of which one has to yield
                if not again:
                    raise


class DailyUseQuerySet(models.QuerySet):
    def take(self, reader):
        """Count one reply for `reader` today. False, with nothing counted, when today's are used up.

        Returns the day counted on, which `give_back` needs: a reply may end after midnight.
        """
        day = reader.today
        self.get_or_create(reader=reader, day=day)
        # Condition and count in one statement, so that two asks at once cannot both take the last reply.
        taken = self.filter(reader=reader, day=day, used__lt=settings.DAILY_REPLIES).update(used=F("used") + 1)
        return day if taken else False

    def give_back(self, reader_id, day):
        """A reply counted on `day` did not come about."""
        self.filter(reader_id=reader_id, day=day, used__gt=0).update(used=F("used") - 1)

    def left(self, reader):
        used = self.filter(reader=reader, day=reader.today).values_list("used", flat=True).first() or 0
        return max(0, settings.DAILY_REPLIES - used)


class DailyUse(models.Model):
    """How many replies a reader has had on one day, as the reader's clock counts days."""

    reader = models.ForeignKey(User, models.CASCADE, related_name="daily_uses")
    day = models.DateField()
    used = models.PositiveIntegerField(default=0)

    objects = DailyUseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "day"], name="one_count_a_day")]
        verbose_name = _("daily use")
        verbose_name_plural = _("daily uses")

    def __str__(self):
        return f"{self.reader} {self.day}: {self.used}"


class ShelfEntryQuerySet(models.QuerySet):
    def states(self, reader_id, novel_ids):
        """What the reader said of these novels: {novel id: state}. One query."""
        return dict(self.filter(reader_id=reader_id, novel_id__in=novel_ids).values_list("novel_id", "state"))

    def put(self, reader, novel, state):
        """Set what `reader` says of `novel`; an empty state takes it off the shelf."""
        if state:
            self.update_or_create(reader=reader, novel=novel, defaults={"state": state, "changed_at": timezone.now()})
        else:
            self.filter(reader=reader, novel=novel).delete()


class ShelfEntry(models.Model):
    """What a reader says of a work: read it, wants it, or never again. None of them is offered any more."""

    class State(models.TextChoices):
        READ = "read", _("Read it")
        WANT = "want", _("Want it")
        NOT_FOR_ME = "not", _("Not for me")

    reader = models.ForeignKey(User, models.CASCADE, related_name="shelf_entries")
    novel = models.ForeignKey("catalogue.Novel", models.CASCADE, related_name="shelf_entries", verbose_name=_("novel"))
    state = models.CharField(_("state"), max_length=4, choices=State)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ShelfEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["reader", "novel"], name="one_entry_per_novel")]
        indexes = [models.Index(fields=["reader", "state", "-changed_at"])]
        verbose_name = _("shelf entry")
        verbose_name_plural = _("shelf entries")

    def __str__(self):
        return f"{self.reader}: {self.novel} {self.state}"
