import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, models, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chatbot.catalogue.models import in_language

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
    taste_paused = models.BooleanField(
        _("taste paused"), default=False, help_text=_("Nothing learned of this reader is used, and nothing is learned.")
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

    @property
    def refusals(self):
        """What this reader asked never to be offered again, as `personalization.Refusals`. One query."""
        from . import taste  # which is made of these models

        return taste.refusals_of(self.pk)

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


class PaceQuerySet(models.QuerySet):
    def take(self, key, amount, seconds):
        """Count one for `key`, of which there may be `amount` at once and as many again spread over `seconds`.

        Returns the seconds to wait: 0, and it is counted; or more, and it is not.
        """
        now, step = time.time(), seconds / amount
        bound = now + seconds - step
        # Condition and count in one statement, so that two at once cannot both be the last.
        count = {"paid_until": Greatest(F("paid_until"), now, output_field=models.FloatField()) + step}
        if self.filter(key=key, paid_until__lte=bound).update(**count):
            return 0
        pace, made = self.get_or_create(key=key, defaults={"paid_until": now + step})
        if made or (pace.paid_until <= bound and self.filter(key=key, paid_until__lte=bound).update(**count)):
            return 0
        return max(pace.paid_until - bound, step)

    def forget(self):
        """Drop what no longer holds anybody back."""
        return self.filter(paid_until__lt=time.time()).delete()


class Pace(models.Model):
    """How fast a reader or an address asks: each ask pays a little time, and nobody may be paid up too far ahead."""

    key = models.CharField(max_length=80, primary_key=True)
    paid_until = models.FloatField(help_text="Seconds since 1970.")

    objects = PaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("pace")
        verbose_name_plural = _("paces")

    def __str__(self):
        return self.key


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


class TasteLineQuerySet(models.QuerySet):
    def kept(self):
        return self.filter(forgotten_at=None)

    def on(self, novel):
        """What was said of this work itself, and how far it was read."""
        return self.kept().filter(novel=novel).select_related("novel", "tag")

    def in_force(self):
        """What may be used: neither forgotten nor paused, of readers who have not paused all of it."""
        return self.kept().filter(paused=False, reader__taste_paused=False)


class TasteLine(models.Model):
    """One thing the librarian has learned of a reader, or was told by hand. One line a reader and topic.

    A line that was forgotten stays, emptied of use, until the words it came from cannot be read again: see
    `taste.learn`. What was said is not copied: `begins` and `ends` are places in the turn's own text, so that the words
    go with the conversation.
    """

    class Kind(models.TextChoices):
        LIKE = "like", _("Likes")
        DISLIKE = "dislike", _("Dislikes")
        NEVER = "never", _("Never again")
        READ_TO = "read_to", _("Read so far")
        LEVEL = "level", _("Level of Japanese")

    class Level(models.TextChoices):
        NONE = "none", _("Reads no Japanese")
        N5 = "n5", _("Beginner (N5)")
        N4 = "n4", _("Elementary (N4)")
        N3 = "n3", _("Intermediate (N3)")
        N2 = "n2", _("Upper intermediate (N2)")
        N1 = "n1", _("Advanced (N1)")
        BOOKS = "books", _("Reads books in Japanese")

    STANDS = (Kind.LIKE, Kind.DISLIKE, Kind.NEVER)

    reader = models.ForeignKey(User, models.CASCADE, related_name="taste", verbose_name=_("reader"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    topic = models.CharField(
        max_length=260, editable=False, help_text="What the line is about, as one text; see taste."
    )
    tag = models.ForeignKey("catalogue.Tag", models.CASCADE, null=True, blank=True, related_name="+")
    novel = models.ForeignKey("catalogue.Novel", models.CASCADE, null=True, blank=True, related_name="taste_lines")
    author = models.CharField(_("author"), max_length=200, blank=True, help_text="In Japanese, as the shelf has it.")
    author_names = models.JSONField(
        default=dict, blank=True, editable=False, help_text="By language, as pages show it."
    )
    level = models.CharField(_("level"), max_length=6, blank=True, choices=Level)
    volume = models.PositiveSmallIntegerField(_("volume"), null=True, blank=True)
    turn = models.ForeignKey("chatbot.Turn", models.SET_NULL, null=True, blank=True, related_name="learned")
    begins = models.PositiveIntegerField(null=True, blank=True)
    ends = models.PositiveIntegerField(null=True, blank=True)
    by_hand = models.BooleanField(_("by hand"), default=False)
    said_at = models.DateTimeField(_("said"), default=timezone.now, help_text="Older words do not change this line.")
    paused = models.BooleanField(_("paused"), default=False)
    forgotten_at = models.DateTimeField(_("forgotten"), null=True, blank=True)

    objects = TasteLineQuerySet.as_manager()

    class Meta:
        ordering = ["-said_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["reader", "topic"], name="one_line_per_topic")]
        indexes = [models.Index(fields=["reader", "kind", "-said_at"])]
        verbose_name = _("taste line")
        verbose_name_plural = _("taste lines")

    def __str__(self):
        return f"{self.reader_id}: {self.kind} {self.topic}"

    @property
    def author_name(self):
        return in_language(self.author_names) or self.author

    @property
    def about(self):
        """What the line is about, in words."""
        if self.tag:
            return self.tag.label
        if self.novel:
            return f"『{self.novel.short_title}』"
        return self.author_name if self.author else gettext("Japanese")

    @property
    def in_words(self):
        """The whole line in a few words."""
        return f"{self.about} · {self._stance_in_words}"

    @property
    def _stance_in_words(self):
        if self.kind == self.Kind.READ_TO:
            return gettext("read up to volume %(n)s") % {"n": self.volume}
        if self.kind == self.Kind.LEVEL:
            return self.get_level_display()
        return {
            self.Kind.NEVER: gettext("never to be offered again"),
            self.Kind.LIKE: gettext("liked"),
            self.Kind.DISLIKE: gettext("disliked"),
        }[self.kind]

    @property
    def words(self):
        """The reader's own words this line was read out of; empty where it was made by hand or the chat is gone."""
        return self.turn.text[self.begins : self.ends].strip() if self.is_from_a_chat else ""

    @property
    def is_from_a_chat(self):
        """Whether the turn it came from can still be opened."""
        return self.turn is not None and self.turn.conversation.deleted_at is None
