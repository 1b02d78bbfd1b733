"""The queue of replies to be looked at, the rules that fill it, and what reviewers found."""

from datetime import timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from ..figures.models import LateChange

CLAIM = timedelta(minutes=2)  # a reply is somebody's for so long; the open desk renews it
ONE_LOOK = timedelta(hours=1)  # an operator's look at a conversation lasts so long
MAX_REASON = 200  # characters of why a conversation is opened
MAX_HISTORY = 20  # earlier states of a verdict that are kept


class Why(models.TextChoices):
    """Why a reply is worth looking at."""

    THUMB = "thumb", _("Thumb down")
    WRONG_FACT = "fact", _("States a fact wrongly")
    UNVERIFIED = "name", _("Names a title nobody knows")
    WARNED = "warned", _("Offers a work with a strong warning")
    BREACH = "breach", _("Offers what breaks a condition")
    FLAGGED = "words", _("Certain words were said")
    FAILED = "failed", _("Failed")
    STOPPED = "stopped", _("Stopped by the reader")
    SLOW = "slow", _("Slow")
    RANDOM = "random", _("Drawn at random")


class ReviewRule(models.Model):
    """How much a reason to look weighs. `threshold`: seconds of a slow reply, or percent of the rest drawn at random."""

    why = models.CharField(_("reason"), max_length=8, choices=Why, unique=True)
    weight = models.PositiveSmallIntegerField(_("weight"), validators=[MaxValueValidator(1000)])
    threshold = models.PositiveSmallIntegerField(
        _("threshold"),
        null=True,
        blank=True,
        help_text=_("Seconds from which on a reply is slow; percent of the other replies that are drawn at random."),
    )
    words = models.TextField(_("words"), blank=True, max_length=4000, help_text=_("One a line, in any language."))
    is_on = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["-weight", "pk"]
        verbose_name = _("review rule")
        verbose_name_plural = _("review rules")

    def __str__(self):
        return self.get_why_display()


class ReviewItemQuerySet(models.QuerySet):
    def note(self, turn, why):
        """Put `turn` into the queue for the reasons `why`, a list of (reason, weight), or add them to what is there.

        What was closed opens again where a reason is new: a thumb often comes after the look.
        """
        weight = sum(weight for _reason, weight in why)
        with transaction.atomic():
            item, is_new = self.get_or_create(
                turn=turn, defaults={"why": [str(reason) for reason, _weight in why], "weight": weight}
            )
            if is_new:
                LateChange.objects.note(turn.finished_at)
                return item
            item = self.select_for_update().get(pk=item.pk)
            new = [(str(reason), weight) for reason, weight in why if str(reason) not in item.why]
            if new:
                item.why = [*item.why, *(reason for reason, _weight in new)]
                item.weight += sum(weight for _reason, weight in new)
                item.state = ReviewItem.State.OPEN
                item.save(update_fields=["why", "weight", "state"])
                LateChange.objects.note(turn.finished_at)
        return item

    def note_thumb(self, turn):
        """A thumb down comes when it comes, often long after the reply was looked through."""
        if rule := ReviewRule.objects.filter(why=Why.THUMB, is_on=True).first():
            self.note(turn, [(Why.THUMB, rule.weight)])

    def open(self):
        """What waits for a look, of conversations that nobody has deleted."""
        return self.filter(
            state=ReviewItem.State.OPEN, turn__conversation__deleted_at=None, turn__reader__leaving_at=None
        )

    def claim_next(self, reviewer):
        """The heaviest open item that nobody holds and `reviewer` neither judged nor skipped, now theirs; or None."""
        free = Q(claimed_until=None) | Q(claimed_until__lte=timezone.now()) | Q(claimed_by=reviewer)
        waiting = self.open().filter(free).exclude(reviews__reviewer=reviewer).exclude(skipped_by=reviewer)
        for pk in waiting.order_by("-weight", "pk").values_list("pk", flat=True)[:20]:
            if self.claim(pk, reviewer):
                return self.get(pk=pk)
        return None

    def claim(self, pk, reviewer):
        """Whether the item is `reviewer`'s for the next `CLAIM`. One statement decides between two who ask at once."""
        now = timezone.now()
        free = Q(claimed_until=None) | Q(claimed_until__lte=now) | Q(claimed_by=reviewer)
        return bool(self.filter(free, pk=pk).update(claimed_by=reviewer, claimed_until=now + CLAIM))

    def accept(self):
        """Close these without a verdict: looked over, nothing to say. Returns how many."""
        return self.filter(state=ReviewItem.State.OPEN).update(
            state=ReviewItem.State.ACCEPTED, closed_at=timezone.now(), claimed_by=None, claimed_until=None
        )


class ReviewItem(models.Model):
    """A reply that is worth looking at, and how far the look has come."""

    class State(models.TextChoices):
        OPEN = "open", _("Not seen yet")
        REVIEWED = "reviewed", _("Reviewed")
        ACCEPTED = "accepted", _("Accepted unread")

    turn = models.OneToOneField("chatbot.Turn", models.CASCADE, related_name="review_item", verbose_name=_("turn"))
    why = models.JSONField(_("reasons"), default=list)
    weight = models.PositiveIntegerField(_("weight"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    flag = models.CharField(_("flagged"), max_length=200, blank=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("held by")
    )
    claimed_until = models.DateTimeField(null=True, blank=True)
    skipped_by = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    created_at = models.DateTimeField(_("put in the queue"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = ReviewItemQuerySet.as_manager()

    class Meta:
        ordering = ["-weight", "pk"]
        indexes = [models.Index(fields=["state", "-weight", "id"]), models.Index(fields=["state", "closed_at"])]
        verbose_name = _("reply to review")
        verbose_name_plural = _("replies to review")

    def __str__(self):
        return f"#{self.turn_id}"

    @property
    def reasons(self):
        """Why it is here, in words."""
        return [Why(one).label for one in self.why if one in Why.values]

    def is_held_by_another(self, reviewer):
        return (
            self.claimed_by_id not in (None, reviewer.pk)
            and self.claimed_until is not None
            and self.claimed_until > timezone.now()
        )

    def release(self):
        self.claimed_by, self.claimed_until = None, None
        self.save(update_fields=["claimed_by", "claimed_until"])

    def skip(self, reviewer):
        """Leave it to others."""
        self.skipped_by.add(reviewer)
        self.release()


# The criteria that a migration writes; pages look names and descriptions up among the translations.
SHIPPED = (
    gettext_noop("Grounded"),
    gettext_noop("Everything it says of books stands in the catalogue."),
    gettext_noop("Answers the ask"),
    gettext_noop("It answers what was asked, all of it."),
    gettext_noop("Fits"),
    gettext_noop("What it offers fits the wish and the reader."),
    gettext_noop("Language and tone"),
    gettext_noop("It is natural, warm and in the reader's language."),
    gettext_noop("Safe"),
    gettext_noop("Nothing in it could harm the reader."),
)


class Criterion(models.Model):
    """What a reply is judged by."""

    class Kind(models.TextChoices):
        PASS = "pass", _("Yes or no")
        SCALE = "scale", _("One to five")

    name = models.CharField(_("name"), max_length=60)
    description = models.CharField(_("description"), max_length=300)
    kind = models.CharField(_("kind"), max_length=5, choices=Kind, default=Kind.PASS)
    is_required = models.BooleanField(_("required"), default=True)
    is_on = models.BooleanField(_("in use"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")

    def __str__(self):
        return gettext(self.name)


class ReviewQuerySet(models.QuerySet):
    def submitted(self):
        return self.exclude(submitted_at=None)


class Review(models.Model):
    """What one reviewer found of a reply. `scores`: by criterion's id, 1 or 0, or 1 to 5."""

    item = models.ForeignKey(ReviewItem, models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("reviewer")
    )
    scores = models.JSONField(_("scores"), default=dict)
    notes = models.TextField(_("notes"), blank=True, max_length=2000)
    corrected = models.TextField(_("corrected reply"), blank=True, max_length=6000)
    is_resolution = models.BooleanField(_("settles a difference"), default=False)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    history = models.JSONField(_("earlier states"), default=list, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["changed_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "reviewer"], name="one_review_per_reviewer")]
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    def __str__(self):
        return f"{self.item} {self.reviewer}"

    @transaction.atomic
    def keep(self, *, scores, notes, corrected, submit, is_resolution=False):
        """Save a draft, or submit the verdict, which closes the item. What was submitted before goes to the history."""
        now = timezone.now()
        if self.submitted_at:
            before = {"scores": self.scores, "notes": self.notes, "corrected": self.corrected}
            if before != {"scores": scores, "notes": notes, "corrected": corrected}:
                self.history = [*self.history, {"at": self.changed_at.isoformat(), **before}][-MAX_HISTORY:]
        self.scores, self.notes, self.corrected = scores, notes, corrected
        self.is_resolution = self.is_resolution or is_resolution
        self.changed_at = now
        if submit:
            self.submitted_at = self.submitted_at or now
        self.save()
        if is_resolution:  # one holds: the latest
            Review.objects.filter(item=self.item_id).exclude(pk=self.pk).update(is_resolution=False)
        if submit:
            ReviewItem.objects.filter(pk=self.item_id).update(
                state=ReviewItem.State.REVIEWED,
                closed_at=Coalesce("closed_at", now),
                claimed_by=None,
                claimed_until=None,
            )
            ended = ReviewItem.objects.filter(pk=self.item_id).values_list("turn__finished_at", flat=True)
            LateChange.objects.note(ended.get())


class LookQuerySet(models.QuerySet):
    def note(self, operator, conversation, *, why="", words="", unmasked=False):
        """Write down that `operator` opened `conversation`; once an hour, and again where more was shown."""
        if not self._lasting(operator, unmasked).filter(conversation=conversation).exists():
            self.create(
                operator=operator,
                conversation=conversation,
                reader_id=conversation.reader_id,
                why=why,
                words=words,
                unmasked=unmasked,
            )

    def note_export(self, operator, readers, *, words="", unmasked=False):
        """Write down that conversations were taken out by `operator`, None from the command line. `readers`: whose each
        is, {id of a conversation: id of its reader}."""
        lasting = self._lasting(operator, unmasked).filter(why=Look.Reason.EXPORT, conversation__in=readers)
        known = set(lasting.values_list("conversation_id", flat=True))
        self.bulk_create(
            Look(
                operator=operator,
                conversation_id=conversation,
                reader_id=reader,
                why=Look.Reason.EXPORT,
                words=words,
                unmasked=unmasked,
            )
            for conversation, reader in readers.items()
            if conversation not in known
        )

    def _lasting(self, operator, unmasked):
        return self.filter(operator=operator, looked_at__gt=timezone.now() - ONE_LOOK, unmasked=unmasked)


class Look(models.Model):
    """An operator opened a reader's conversation. The reader sees it and why, without the operator's name."""

    class Reason(models.TextChoices):
        """Why a conversation is opened; what operators choose from, but for the last."""

        QUALITY = "quality", _("To make replies better")
        COMPLAINT = "report", _("Something was reported or asked of us")
        FAULT = "fault", _("To find out why something failed")
        SAFETY = "safety", _("Somebody may be in danger")
        MISUSE = "misuse", _("To look into misuse")
        OTHER = "other", _("Something else")
        EXPORT = "export", _("Taken out in an export")

    operator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("operator")
    )
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="looks", verbose_name=_("reader"))
    conversation = models.ForeignKey(
        "chatbot.Conversation", models.CASCADE, related_name="looks", verbose_name=_("conversation")
    )
    looked_at = models.DateTimeField(_("looked at"), default=timezone.now)
    why = models.CharField(_("why"), max_length=8, choices=Reason, blank=True, default="", db_default="")
    words = models.CharField(_("in words"), max_length=MAX_REASON, blank=True, default="", db_default="")
    unmasked = models.BooleanField(_("with personal data"), default=False)

    objects = LookQuerySet.as_manager()

    class Meta:
        ordering = ["-looked_at", "-pk"]
        indexes = [
            models.Index(fields=["reader", "-looked_at"]),
            models.Index(fields=["operator", "conversation", "-looked_at"]),
        ]
        verbose_name = _("look at a conversation")
        verbose_name_plural = _("looks at conversations")
        permissions = [
            ("see_personal_data", "Can see personal data in conversations"),
            ("export_turns", "Can export turns"),
        ]

    def __str__(self):
        return f"{self.operator}: {self.conversation_id} {self.looked_at:%F %T}"


class Watermark(models.Model):
    """How far the turns were looked through: all that ended before, and of that instant up to a turn. One row."""

    finished_at = models.DateTimeField()
    turn_id = models.BigIntegerField(default=0)

    def __str__(self):
        return f"{self.finished_at:%F %T} #{self.turn_id}"
