import hashlib
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from chatbot.catalogue.models import in_language
from chatbot.text.quoting import titled

from . import usernames, zones
from .reading_lists.models import ListedWork, ListFile, ReadingList
from .releases.models import ReleaseSettings
from .shelf.models import ShelfChange, ShelfEntry

__all__ = [
    "DailyUse",
    "GuestUse",
    "ListFile",
    "ListedWork",
    "Pace",
    "ReadingList",
    "ReleaseSettings",
    "ShelfChange",
    "ShelfEntry",
    "TasteLine",
    "User",
]


def known_zone(name):
    if name not in zones.known():
        raise ValidationError(_("This time zone is not known."))


def _digest(encoded):
    return hashlib.sha256(encoded.encode()).hexdigest()


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
        _("taste paused"),
        default=False,
        db_default=False,
        help_text=_("Nothing learned of this reader is used, and nothing is learned."),
    )

    is_guest = models.BooleanField(
        _("guest"),
        default=False,
        db_default=False,
        editable=False,
        help_text=_("Asks without an account, in one browser. See guests."),
    )
    guest_address = models.CharField(
        max_length=32,
        default="",
        db_default="",
        blank=True,
        editable=False,
        help_text="Digest of where a guest came from, by which their replies are counted as well.",
    )
    leaving_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="Closed then; the worker deletes the row. See leaving."
    )
    rehashed = models.CharField(
        max_length=129,
        default="",
        db_default="",
        blank=True,
        editable=False,
        help_text="Digest of a hash that was made anew of the same password, and the sessions' hash of before.",
    )

    class Meta(AbstractUser.Meta):
        indexes = [
            models.Index(fields=["leaving_at"], condition=Q(leaving_at__isnull=False), name="readers_leaving"),
            models.Index(fields=["date_joined"], condition=Q(is_guest=True), name="guests"),
        ]
        verbose_name = _("reader")
        verbose_name_plural = _("readers")

    def __str__(self):
        return gettext("Guest %(number)s") % {"number": self.pk} if self.is_guest else super().__str__()

    @staticmethod
    def hold(*pks):
        """Let nobody close these accounts before the transaction ends: the lock that PostgreSQL takes for a foreign key
        only when it commits. On SQLite one transaction writes at a time."""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM users_user WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE", [list(pks)])

    @classmethod
    def normalize_username(cls, username):
        return usernames.normal(username)

    def get_session_auth_hash(self):
        """A password's new hash leaves the reader's sessions as they are; a new password ends them."""
        digest, _, before = self.rehashed.partition(":")
        # Whoever changes the password, by whatever way, changes this digest.
        return before if digest == _digest(self.password) else super().get_session_auth_hash()

    def check_password(self, raw_password):
        return check_password(raw_password, self.password, lambda password: self.rehash(make_password(password)))

    def rehash(self, encoded):
        """Take `encoded`, made of the same password, for the hash of before; not if another has come there meanwhile."""
        before, sessions = self.password, self.get_session_auth_hash()
        self.password, self.rehashed = encoded, f"{_digest(encoded)}:{sessions}"
        User.objects.filter(pk=self.pk, password=before).update(password=encoded, rehashed=self.rehashed)

    @property
    def replies_a_day(self):
        return settings.GUEST_REPLIES if self.is_guest else settings.DAILY_REPLIES

    @property
    def words_owner(self):
        """Whose the words are that a page keeps in its tab (words.js). A guest's go over to the account they log in to."""
        return "guest" if self.is_guest else self.pk

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

    def standing_with(self, novel):
        """(what this reader says of `novel` as a `ShelfEntry` or None, the last volume they have read or None)."""
        from .shelf import progress  # which is made of these models

        return progress.standing_of(self.pk, novel)

    def leave(self):
        """Close the account, as `leaving` does: out of sight at once, deleted by the worker."""
        from . import leaving  # which is made of these models

        leaving.close(User.objects.filter(pk=self.pk))


# Set here, as the column stays as it is: a field of our own would be a migration for nothing.
_username = User._meta.get_field("username")
_username.validators = [
    usernames.validate if validator is User.username_validator else validator for validator in _username.validators
]


class DailyUseQuerySet(models.QuerySet):
    def take(self, reader):
        """Count one reply for `reader` today. False, with nothing counted, when today's are used up.

        Returns the day counted on, which `give_back` needs: a reply may end after midnight.
        """
        day = reader.today
        self.get_or_create(reader=reader, day=day)
        if reader.is_guest and not GuestUse.objects.take(reader.guest_address, day):
            return False
        # Condition and count in one statement, so that two asks at once cannot both take the last reply.
        taken = self.filter(reader=reader, day=day, used__lt=reader.replies_a_day).update(used=F("used") + 1)
        if reader.is_guest and not taken:
            GuestUse.objects.give_back(reader.guest_address, day)
        return day if taken else False

    def give_back(self, reader_id, day):
        """A reply counted on `day` did not come about."""
        if self.filter(reader_id=reader_id, day=day, used__gt=0).update(used=F("used") - 1):
            came_from = User.objects.filter(pk=reader_id, is_guest=True).values_list("guest_address", flat=True)
            for address in came_from:
                GuestUse.objects.give_back(address, day)

    def left(self, reader):
        used = self.filter(reader=reader, day=reader.today).values_list("used", flat=True).first() or 0
        left = max(0, reader.replies_a_day - used)
        return min(left, GuestUse.objects.left(reader.guest_address, reader.today)) if reader.is_guest else left


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


class GuestUseQuerySet(models.QuerySet):
    def take(self, address, day):
        """Count one reply for the guests of `address`. False, with nothing counted, when the day's are used up."""
        if not settings.RATE_LIMITS:
            return True
        self.get_or_create(address=address, day=day)
        here = self.filter(address=address, day=day, used__lt=settings.GUEST_REPLIES_BY_ADDRESS)
        return bool(here.update(used=F("used") + 1))

    def give_back(self, address, day):
        self.filter(address=address, day=day, used__gt=0).update(used=F("used") - 1)

    def left(self, address, day):
        if not settings.RATE_LIMITS:
            return settings.GUEST_REPLIES
        used = self.filter(address=address, day=day).values_list("used", flat=True).first() or 0
        return max(0, settings.GUEST_REPLIES_BY_ADDRESS - used)

    def past(self):
        """What counts no more. A day's begin and end differ by a day around the world."""
        return self.filter(day__lt=timezone.now().date() - timedelta(days=1))


class GuestUse(models.Model):
    """How many replies all guests of one address have had on one day: whoever throws the cookie away is no new guest."""

    address = models.CharField(max_length=32, help_text="A digest; see guests.")
    day = models.DateField()
    used = models.PositiveIntegerField(default=0)

    objects = GuestUseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "day"], name="one_count_an_address_and_day")]
        indexes = [models.Index(fields=["day"])]
        verbose_name = _("guests' daily use")
        verbose_name_plural = _("guests' daily uses")

    def __str__(self):
        return f"{self.address} {self.day}: {self.used}"


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

    def past(self):
        """What no longer holds anybody back."""
        return self.filter(paid_until__lt=time.time())


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
    entry = models.ForeignKey(ShelfEntry, models.CASCADE, null=True, blank=True, related_name="taught")
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
            return titled(self.novel.short_title, get_language())
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
