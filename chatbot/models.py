"""Conversations and their turns. The row is the truth of a turn; the queue only tells a worker to look at it."""

import logging
import re
import uuid
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, models, transaction
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, Now
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from lightnovel import batches
from users.models import DailyUse, User

from . import wrong_facts
from .alerts.models import Alert, AlertRule  # noqa: F401  where Django looks for models
from .assistant import failures
from .catalogue.models import Novel
from .costs.models import DailyCost, PriceRule, Spending  # noqa: F401  as the first
from .figures.models import DayFigures, LateChange  # noqa: F401  as the first
from .prompting.models import PromptVersion  # noqa: F401  as the first
from .reply_queue import enqueue, queue_length
from .retention import RetentionDay  # noqa: F401  as the first
from .review.models import Criterion, Look, Review, ReviewItem, ReviewRule, Watermark  # noqa: F401  as the first
from .review.trial_models import RegressionCase, Replay  # noqa: F401  as the first
from .sharing.models import Share  # noqa: F401  as the first
from .takeout.models import Takeout, TakeoutPart  # noqa: F401
from .text.cleaning import title_of
from .voice_input import VoiceInput  # noqa: F401  as the first

logger = logging.getLogger(__name__)

# Renewed by the worker's heartbeat while it lives; a worker of this machine that died is not waited for. Leases are
# counted by the database's clock alone: those of two machines may differ.
LEASE = timedelta(seconds=12)
MAX_CLAIMS = 5  # a turn that took this many workers down with it is given up
ENQUEUE_AGAIN = timedelta(seconds=2)  # a turn queued this long is probably told of no more
ETAG = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
UNDO = timedelta(seconds=60)  # a deleted conversation can be brought back for so long
SKEW = timedelta(seconds=10)  # and is left alone for so much longer, as the clocks of two machines may differ
AT_ONCE = 500  # conversations marked in one transaction
MAX_PINNED = 20  # of one reader
MAX_ID = 2**63 - 1
POLLED = """
    SELECT {} FROM chatbot_turn turn INNER JOIN chatbot_conversation talk ON talk.id = turn.conversation_id
    WHERE turn.id = %s AND turn.reader_id = %s AND talk.deleted_at IS NULL
"""
SEEN_BY_POLL = "turn.id, turn.reader_id, turn.version, turn.state, turn.first_text_at"
TEMPORARY_FOR = timedelta(days=1)  # since it was last asked in
# Where a conversation stands in its reader's lists. Each is the condition of an index.
KEPT = Q(deleted_at=None, temporary=False)
LISTED = KEPT & Q(archived_at=None, pinned_at=None)
ARCHIVED = KEPT & Q(archived_at__isnull=False)
PINNED = KEPT & Q(archived_at=None, pinned_at__isnull=False)


class ConversationQuerySet(models.QuerySet):
    def owned_by(self, reader):
        return self.filter(reader=reader, deleted_at=None)

    def restorable(self):
        return self.filter(deleted_at__gt=timezone.now() - UNDO)

    def listed(self):
        """Those in the list by day: what is pinned or put away stands elsewhere."""
        return self.filter(LISTED)

    def pinned(self):
        return self.filter(PINNED).order_by("-pinned_at", "-pk")

    def archived(self):
        return self.filter(ARCHIVED).order_by("-archived_at", "-pk")

    def run_out(self):
        """Temporary ones that nobody has asked in for a day."""
        return self.filter(temporary=True, updated_at__lt=timezone.now() - TEMPORARY_FOR)

    def gone(self):
        """What was deleted and cannot be brought back any more: the worker deletes the rows."""
        return self.filter(deleted_at__lt=timezone.now() - UNDO - SKEW)

    def delete_for_good(self):
        """Out of sight at once, with no way back. Running replies are stopped."""
        pks = list(self.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(pks), AT_ONCE):
            some = Conversation.objects.filter(pk__in=pks[start : start + AT_ONCE])
            days = LateChange.objects.days_of(Turn.objects.filter(conversation__in=pks[start : start + AT_ONCE]))
            with transaction.atomic():
                # Readers, conversations, turns: everybody locks in this order, and of several the lower ones first.
                User.hold(*some.order_by().values_list("reader_id", flat=True).distinct())
                list(some.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
                some.update(deleted_at=timezone.now() - 2 * UNDO)
                # Asked after the mark: what was being asked until then can be seen by now, and nothing more comes.
                Turn.objects.filter(conversation__in=some).stop_all()
                LateChange.objects.note_days(days)
        if pks:  # the sweep itself comes by here: told of nothing, it would begin anew for ever
            batches.nudge()


class Conversation(models.Model):
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="conversations", verbose_name=_("reader")
    )
    title = models.CharField(_("title"), max_length=80)
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    updated_at = models.DateTimeField(_("last asked"), default=timezone.now)
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True, editable=False)
    pinned_at = models.DateTimeField(_("pinned"), null=True, blank=True, editable=False)
    archived_at = models.DateTimeField(_("put away"), null=True, blank=True, editable=False)
    temporary = models.BooleanField(
        _("temporary"),
        default=False,
        db_default=False,
        editable=False,
        help_text=_("Teaches nothing, stands in no list, and is deleted a day after it was last asked in."),
    )

    objects = ConversationQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at", "-pk"]
        indexes = [
            models.Index(fields=["reader", "-updated_at", "-id"]),
            models.Index(fields=["-updated_at", "-id"]),
            models.Index(fields=["deleted_at"], condition=Q(deleted_at__isnull=False), name="deleted_conversations"),
            # What is put away by the thousand must not be read through to find the others.
            models.Index(fields=["reader", "-updated_at", "-id"], condition=LISTED, name="listed_conversations"),
            models.Index(fields=["reader", "-archived_at"], condition=ARCHIVED, name="archived_conversations"),
            models.Index(fields=["reader", "-pinned_at"], condition=PINNED, name="pinned_conversations"),
            models.Index(fields=["updated_at"], condition=Q(temporary=True), name="temporary_conversations"),
        ]
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("chatbot:conversation", args=[self.pk])

    @classmethod
    def begin(cls, reader, text, *, key, language, title="", temporary=False):
        """A new conversation with its first turn, called by the first line of `title`, else of the ask.

        The same words twice with one key begin one conversation.
        """

        def take(key):
            conversation = cls.objects.create(reader=reader, title=title_of(title or text), temporary=temporary)
            return conversation._take_turn(text, key=key, language=language)

        return Turn.objects.keep_once(reader.pk, key, text, take)

    def ask(self, text, *, key, language, replacing=None, dismissed=()):
        """Keep the reader's words as a turn and tell a worker. The same words twice with one key make one turn.

        `replacing`: a finished turn of this conversation that this one stands in for (asked again, or edited).
        `dismissed`: parts of the wish understood then that the reader has removed, as texts of a `WishPart`.
        """

        def take(key):
            return self._take_turn(text, key=key, language=language, replacing=replacing, dismissed=dismissed)

        return Turn.objects.keep_once(self.reader_id, key, text, take)

    def _take_turn(self, text, *, key, language, replacing=None, dismissed=()):
        User.hold(self.reader_id)  # whoever leaves now waits for this turn, and ends it with the others
        now = timezone.now()
        # As does whoever deletes the conversation. No join: PostgreSQL asks the conditions on the row itself once more
        # when it had to wait for it, those on a join it does not.
        has_reader = Exists(User.objects.filter(pk=OuterRef("reader_id"), leaving_at=None))
        # Nor is it still a guest's that has just gone over into an account.
        mine = Conversation.objects.filter(has_reader, pk=self.pk, reader=self.reader_id, deleted_at=None)
        if not mine.update(updated_at=now):
            raise Conversation.DoesNotExist
        turn = Turn(
            conversation=self,
            reader=self.reader,
            key=key,
            text=text,
            language=language,
            queued_at=now,
            replaces=replacing,
            waived=list(dismissed),
        )
        if day := DailyUse.objects.take(self.reader):
            turn.charged_on = day
            transaction.on_commit(partial(enqueue, turn))
        else:
            turn.state, turn.failure, turn.finished_at = Turn.State.FAILED, failures.QUOTA, now
        turn.save(force_insert=True)
        if replacing:
            replaced = Q(pk=replacing.pk) if replacing.text == text else Q(pk__gte=replacing.pk, pk__lt=turn.pk)
            self.turns.filter(replaced).exclude(state__in=Turn.UNFINISHED).update(hidden=True)
        return turn

    def as_it_was(self, turn):
        """The turns that made way for `turn`: the ask it stands in for and, where that was edited, what followed."""
        made_way = self.turns.filter(hidden=True, pk__gte=turn.replaces_id, pk__lt=turn.pk)
        if turn.replaces.text == turn.text:
            return made_way.filter(pk=turn.replaces_id)
        gone = Q(pk=None)  # those that had made way for others by then
        replacing = made_way.exclude(replaces=None).exclude(pk=turn.replaces_id)
        for pk, replaced, was, now in replacing.values_list("pk", "replaces", "replaces__text", "text"):
            gone |= Q(pk=replaced) if was == now else Q(pk__gte=replaced, pk__lt=pk)
        return made_way.exclude(gone)

    def rename(self, title):
        self.title = title
        self.save(update_fields=["title"])

    def pin(self, wanted=True):
        """Keep it above the others, or no more. False where there is no room for another one."""
        if wanted and not self.pinned_at and self.reader.conversations.pinned().count() >= MAX_PINNED:
            return False
        self.pinned_at, self.archived_at = (timezone.now(), None) if wanted else (None, self.archived_at)
        self.save(update_fields=["pinned_at", "archived_at"])
        return True

    def archive(self, wanted=True):
        """Put it away: out of the list, still found by searching. Or bring it back."""
        self.archived_at, self.pinned_at = (timezone.now(), None) if wanted else (None, self.pinned_at)
        self.save(update_fields=["pinned_at", "archived_at"])

    def delete_soon(self):
        """Out of sight at once, gone for good when the time to undo is over. Running replies are stopped."""
        days = LateChange.objects.days_of(self.turns)
        with transaction.atomic():
            User.hold(self.reader_id)
            self.deleted_at = timezone.now()
            Conversation.objects.filter(pk=self.pk, deleted_at=None).update(deleted_at=self.deleted_at)
            # Asked after the mark, as in `delete_for_good`.
            for turn in self.turns.filter(state__in=Turn.UNFINISHED):
                turn.stop()
            LateChange.objects.note_days(days)

    def restore(self):
        """False when it is too late."""
        is_back = bool(Conversation.objects.restorable().filter(pk=self.pk).update(deleted_at=None))
        if is_back:
            LateChange.objects.note_days(LateChange.objects.days_of(self.turns))
        return is_back


class TurnQuerySet(models.QuerySet):
    def owned_by(self, reader):
        return self.filter(reader=reader, conversation__deleted_at=None)

    def polled(self, reader, pk, columns="turn.*"):
        """The turn `pk` of `owned_by`, or a 404. Each poll asks: of a row this wide the ORM would spend more on the query
        than on the row."""
        if pk <= MAX_ID:
            for turn in self.raw(POLLED.format(columns), [pk, reader.pk]):
                return turn
        raise Http404

    def keep_once(self, reader_id, key, text, take):
        """The turn that `take(key)` makes of a sending, or the one that the same words made before with this key.

        A page that was left and came back sends its old key with other words, and those are another turn: its key
        follows from both, so that they too are kept once. A 404 where the reader or the conversation was deleted in
        the same instant.
        """
        for _attempt in range(3):
            # Mostly there is none, which is found out without asking for all columns.
            while (sent := self.filter(reader=reader_id, key=key)).exists() and (
                asked := sent.select_related("conversation").first()
            ):
                if asked.text == text and asked.conversation.deleted_at is None:
                    return asked
                key = uuid.uuid5(key, text)
            try:
                with transaction.atomic():
                    return take(key)
            except (IntegrityError, ObjectDoesNotExist):
                continue  # Of two at once the other one was quicker, or whose it is was deleted just now.
        raise Http404

    def unfinished(self):
        return self.filter(state__in=Turn.UNFINISHED)

    def stop_all(self):
        """End what is still to be written, of readers or conversations that go: nothing is given back or goes on."""
        return self.unfinished().update(
            state=Turn.State.STOPPED, finished_at=timezone.now(), lease_until=None, version=F("version") + 1
        )

    def claimable(self):
        """Queued turns whose conversation has nothing before them: one reply at a time, in the order asked."""
        before = Turn.objects.filter(
            Q(state=Turn.State.RUNNING) | Q(state=Turn.State.QUEUED, pk__lt=OuterRef("pk")),
            conversation=OuterRef("conversation"),
        )
        return self.filter(~Exists(before), state=Turn.State.QUEUED)

    def waiting_long(self):
        # Asked "in the future" by a web process whose clock is ahead: nobody knows how long it has waited.
        return self.exclude(queued_at__range=(Now() - ENQUEUE_AGAIN, Now() + ENQUEUE_AGAIN))

    def waiting_since(self, long):
        """Those that nobody has begun for so `long`; what came back from a dead worker waits anew, and its begin is
        not known."""
        return self.filter(queued_at__lt=Now() - long, phase=Turn.Phase.LINE)

    def line(self, long):
        """(how many wait, how many of them for so `long`)."""
        late = Count("pk", filter=Q(queued_at__lt=Now() - long, phase=Turn.Phase.LINE))
        line = self.filter(state=Turn.State.QUEUED).aggregate(queued=Count("pk"), late=late)
        return line["queued"], line["late"]

    def claim(self, pk, worker):
        """The turn, now run by `worker` alone; None when it is not there, not queued, or has to wait its turn."""
        try:
            with transaction.atomic():
                claimed = (
                    self.claimable()
                    .filter(pk=pk)
                    .update(
                        state=Turn.State.RUNNING,
                        # Whose text has just vanished is told so until there is new text.
                        phase=Case(
                            When(started_at=None, then=Value(Turn.Phase.READING)), default=Value(Turn.Phase.AGAIN)
                        ),
                        worker=worker,
                        lease_until=Now() + LEASE,
                        claims=F("claims") + 1,
                        started_at=Coalesce("started_at", timezone.now()),
                        first_text_at=None,
                        reply="",
                        version=F("version") + 1,
                    )
                )
        except IntegrityError:
            # Another worker took an earlier turn of the conversation in the same instant.
            return None
        return self.select_related("conversation", "reader").get(pk=pk) if claimed else None

    def keep_leases(self, worker, held):
        """Called by a living worker: the turns it holds stay its own."""
        return self.run_by(worker).filter(pk__in=held).update(lease_until=Now() + LEASE) if held else 0

    def run_by(self, worker):
        return self.filter(state=Turn.State.RUNNING, worker=worker)

    def hand_over(self, worker, held):
        """Called by a worker that has to end before its turns: others write them, from their beginning."""
        return self.run_by(worker).filter(pk__in=held).take_back(claims=F("claims") - 1)

    def take_back(self, **changes):
        """Queue running turns once more and tell of them first, as they have waited longest. Returns how many."""
        changes |= {"state": Turn.State.QUEUED, "phase": Turn.Phase.AGAIN, "worker": "", "lease_until": None}
        # The conditions are asked again with each update: its worker may have ended the turn, or come back to life.
        taken = [
            turn
            for turn in self.order_by("pk")
            if self.filter(pk=turn.pk, claims=turn.claims).update(version=F("version") + 1, **changes)
        ]
        for turn in taken:
            transaction.on_commit(partial(enqueue, turn, first=True))
        return len(taken)

    def rescue(self, dead=(), dropped=()):
        """Bring back what was lost: turns whose worker is gone, and queued ones nobody was told of.

        Known without waiting for a lease: names of `dead` workers, ids of turns that a living one has `dropped`.
        Returns how many were (taken back, given up, told of anew).
        """
        lost = self.filter(Q(lease_until__lt=Now()) | Q(worker__in=dead) | Q(pk__in=dropped), state=Turn.State.RUNNING)
        given_up = sum(turn.fail(failures.LOST) for turn in lost.filter(claims__gte=MAX_CLAIMS))
        taken_back = lost.filter(claims__lt=MAX_CLAIMS).take_back()
        waiting = list(self.claimable().waiting_long().order_by("pk")[:100])
        enqueued = 0
        # Where the queue is as long as the line, nothing was lost: the workers are busy, and more would only pile up.
        if waiting and queue_length() < len(waiting):
            for turn in waiting:
                enqueue(turn)
                enqueued += 1
        if taken_back or given_up:
            logger.warning("rescued %s turns, gave up %s", taken_back, given_up)
        return taken_back, given_up, enqueued


class Turn(models.Model):
    """A reader's words and the reply to them."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Being written")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        STOPPED = "stopped", _("Stopped")

    class Phase(models.TextChoices):
        """What a waiting reader is told."""

        LINE = "line", _("In line")
        READING = "reading", _("Reading the shelves")
        THINKING = "thinking", _("Thinking")
        WRITING = "writing", _("Writing")
        AGAIN = "again", _("Trying again")

    class StandIn(models.TextChoices):
        """What was wrong with the model's answers, so that the built-in librarian wrote instead."""

        EMPTY = "empty", _("nothing for a reader")
        RECITED = "recited", _("recited what it was given")
        LANGUAGE = "language", _("another language than the reader's")
        GARBAGE = "garbage", _("nonsense")

    class Thumb(models.TextChoices):
        UP = "up", _("Helpful")
        DOWN = "down", _("Not helpful")

    class Shortcoming(models.TextChoices):
        """What a reader finds wrong with a reply."""

        TASTE = "taste", _("Not to my taste")
        KNOWN = "known", _("I knew them already")
        ASK = "ask", _("Not what I asked")
        FACT = "fact", _("Something in it is wrong")
        WORDING = "wording", _("It reads badly")
        OTHER = "other", _("Something else")

    UNFINISHED = (State.QUEUED, State.RUNNING)

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="turns", verbose_name=_("conversation"))
    # Of the conversation too; here for the uniqueness of `key` and for finding what a reader was offered.
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="turns", verbose_name=_("reader"))
    key = models.UUIDField(_("idempotency key"), default=uuid.uuid4, editable=False)
    replaces = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replacements")
    hidden = models.BooleanField(_("replaced by a later turn"), default=False)

    text = models.TextField(_("the reader's words"))
    language = models.CharField(_("language"), max_length=2, default="ko")
    reply = models.TextField(_("reply"), blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.QUEUED)
    phase = models.CharField(max_length=8, choices=Phase, default=Phase.LINE)
    version = models.PositiveIntegerField(default=1, help_text="Grows with each change a reader can see.")
    failure = models.CharField(_("failure"), max_length=12, blank=True)  # a code of `failures`
    failure_detail = models.TextField(_("what went wrong"), blank=True)

    worker = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    claims = models.PositiveSmallIntegerField(_("claims"), default=0)
    attempts = models.PositiveSmallIntegerField(_("requests to the model"), default=0)
    charged_on = models.DateField(null=True, blank=True, help_text="The day of the quota this reply was taken from.")

    voice = models.CharField(_("voice"), max_length=12, blank=True)
    over_budget = models.BooleanField(_("the day's budget was used up"), default=False, db_default=False)
    stand_in = models.CharField(
        _("why the built-in librarian stood in"), max_length=12, blank=True, choices=StandIn, default="", db_default=""
    )
    model = models.CharField(_("model"), max_length=80, blank=True)
    prompt_version = models.CharField(_("prompt version"), max_length=20, blank=True)
    tokens_in = models.PositiveIntegerField(_("tokens read"), null=True, blank=True)
    tokens_out = models.PositiveIntegerField(_("tokens written"), null=True, blank=True)
    tokens_cached = models.PositiveIntegerField(_("of those read, from the cache"), null=True, blank=True)
    tokens_cache_written = models.PositiveIntegerField(_("of those read, put into the cache"), null=True, blank=True)
    tokens_reasoned = models.PositiveIntegerField(_("of those written, thoughts"), null=True, blank=True)
    cost = models.BigIntegerField(
        _("cost"),
        null=True,
        blank=True,
        help_text=_(
            "Millionths of the currency of the prices, as they were when the reply ended. Empty: nothing was paid, or"
            " it is not known."
        ),
    )
    counted = 0  # requests of this worker whose tokens are in there; not kept
    wish = models.JSONField(_("wish understood"), default=dict, blank=True)
    reading = models.JSONField(
        _("what the words do"),
        default=dict,
        db_default={},
        blank=True,
        help_text=_("The acts of the turn, the works it is about, and which of its words wish for books."),
    )
    waived = models.JSONField(
        _("taken back"),
        default=list,
        db_default=[],
        blank=True,
        help_text=_("Parts of the wish the reader has removed."),
    )
    candidates = models.JSONField(
        _("candidates given"), default=list, blank=True, help_text=_("Exactly what the voice could choose from.")
    )
    calls = models.JSONField(
        _("calls of the model"),
        default=list,
        db_default=[],
        blank=True,
        help_text=_("How the model read the wish, where it asked for other candidates, and what was made of it."),
    )
    corrections = models.JSONField(
        _("facts that differ"),
        default=list,
        db_default=[],
        blank=True,
        help_text=_("What the reply states of works otherwise than the catalogue."),
    )
    unverified = models.PositiveSmallIntegerField(
        _("titles nobody knows"),
        null=True,
        blank=True,
        help_text=_("How many the reply names. Empty: nobody has looked through it yet."),
    )
    refused = models.JSONField(
        _("refused for good, yet named"),
        default=list,
        db_default=[],
        blank=True,
        help_text=_("Names in the reply, as written there, of works this reader asked never to be offered again."),
    )

    queued_at = models.DateTimeField(_("asked"), default=timezone.now)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    first_text_at = models.DateTimeField(_("first text"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    thumb = models.CharField(_("reader's thumb"), max_length=4, choices=Thumb, blank=True, db_default="", default="")
    shortcoming = models.CharField(
        _("what the reader missed"), max_length=8, choices=Shortcoming, blank=True, db_default="", default=""
    )
    thumb_words = models.CharField(_("in the reader's words"), max_length=300, blank=True, db_default="", default="")
    thumb_at = models.DateTimeField(_("judged by the reader"), null=True, blank=True)

    objects = TurnQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["reader", "key"], name="one_turn_per_key"),
            models.UniqueConstraint(
                fields=["conversation"], condition=Q(state="running"), name="one_running_reply_per_conversation"
            ),
        ]
        indexes = [
            models.Index(fields=["conversation", "id"]),
            # Not a partial index: SQLite does not use one for a state that comes as a parameter.
            models.Index(fields=["state", "id"]),
            models.Index(fields=["finished_at"]),
            models.Index(fields=["voice", "id"]),
            models.Index(fields=["thumb", "id"]),  # not partial, as above
            models.Index(fields=["prompt_version", "id"]),
            models.Index(fields=["-thumb_at"], condition=Q(thumb_at__isnull=False), name="turns_by_thumb_at"),
        ]
        verbose_name = _("turn")
        verbose_name_plural = _("turns")

    def __str__(self):
        return f"{self.pk}: {title_of(self.text)}"

    def get_absolute_url(self):
        return f"{self.conversation.get_absolute_url()}#turn-{self.pk}"

    @property
    def is_finished(self):
        return self.state not in self.UNFINISHED

    @property
    def is_over_quota(self):
        return self.failure == failures.QUOTA

    @property
    def failure_words(self):
        return failures.WORDS.get(self.failure, failures.WORDS[failures.BROKEN])

    @property
    def failure_cause(self):
        """In few words, for operators."""
        return failures.cause(self.failure)

    @cached_property
    def place_in_line(self):
        """How many replies come before this one while it waits."""
        if self.state != self.State.QUEUED:
            return 0
        return Turn.objects.filter(state=self.State.QUEUED, pk__lt=self.pk).count()

    def judge(self, thumb, shortcoming="", words=""):
        """Keep what the reader says of the reply; without a thumb it is taken back. Only a thumb down has reasons."""
        if thumb != self.Thumb.DOWN:
            shortcoming = words = ""
        self.thumb, self.shortcoming, self.thumb_words = thumb, shortcoming, words
        self.thumb_at = timezone.now() if thumb else None
        self.save(update_fields=["thumb", "shortcoming", "thumb_words", "thumb_at"])
        LateChange.objects.note(self.finished_at)
        if thumb == self.Thumb.DOWN:
            ReviewItem.objects.note_thumb(self)
        if shortcoming == self.Shortcoming.FACT:
            wrong_facts.note_thumb(self)

    def etag(self):
        """Stands for what a page shows of this turn; another one, another picture."""
        return f"{self.version}-{self.place_in_line}"

    @staticmethod
    def parse_etag(etag):
        """(version, place in line) of what a page shows, (0, 0) of what is no etag: no turn has that version."""
        found = ETAG.fullmatch(etag)
        return (int(found[1]), int(found[2])) if found else (0, 0)

    # --- What the worker that holds the claim may do -----------------------------------------

    @property
    def _mine(self):
        """The row, only while it still belongs to this claim: not stopped, not rescued, not deleted."""
        return Turn.objects.filter(pk=self.pk, state=self.State.RUNNING, worker=self.worker, claims=self.claims)

    def progress(self, **changes):
        """Save what has come so far. False when the turn is no longer this worker's: it has to let go."""
        now = timezone.now()
        if changes.get("reply") and not self.first_text_at:
            changes["first_text_at"] = now
        for name, value in changes.items():
            setattr(self, name, value)
        return bool(self._mine.update(version=F("version") + 1, lease_until=Now() + LEASE, **changes))

    def is_mine(self):
        return self._mine.exists()

    def finish(self, picks=(), **changes):
        """Done. False when the turn had ended otherwise meanwhile; then nothing is changed."""
        with transaction.atomic():
            if not self._end(self._mine, self.State.DONE, **changes):
                return False
            Pick.objects.keep(picks)
        self._enqueue_next()
        return True

    def fail(self, failure, detail="", **changes):
        """Ended without a whole reply. The reader is told in plain words and gets the reply back on their quota."""
        with transaction.atomic():
            if not self._end(self._mine, self.State.FAILED, failure=failure, failure_detail=detail[:4000], **changes):
                return False
            self._give_back()
        self._enqueue_next()
        return True

    # --- What the reader may do --------------------------------------------------------------

    def stop(self):
        """Ended by the reader; what was written stays. The worker notices and closes the upstream stream.

        False when it had already ended. What the worker saved last is read back, so `reply` is then exact.
        """
        with transaction.atomic():
            if not self._end(Turn.objects.filter(pk=self.pk, state__in=self.UNFINISHED), self.State.STOPPED):
                return False
            self.refresh_from_db(fields=["reply", "candidates"])
            if not self.reply:
                self._give_back()
        self._enqueue_next()
        return True

    def keep_corrections(self, corrections):
        """Keep what a stopped reply states otherwise than the catalogue."""
        self.corrections = corrections
        Turn.objects.filter(pk=self.pk).update(corrections=corrections, version=F("version") + 1)

    def _end(self, rows, state, **changes):
        changes |= {"state": state, "finished_at": timezone.now(), "lease_until": None}
        ended = bool(rows.update(version=F("version") + 1, **changes))
        if ended:
            for name, value in changes.items():
                setattr(self, name, value)
        return ended

    def _give_back(self):
        if self.charged_on:
            DailyUse.objects.give_back(self.reader_id, self.charged_on)
            self.charged_on = None
            Turn.objects.filter(pk=self.pk).update(charged_on=None)

    def _enqueue_next(self):
        waiting = Turn.objects.filter(conversation_id=self.conversation_id, state=Turn.State.QUEUED)
        if following := waiting.only("pk").order_by("pk").first():
            transaction.on_commit(partial(enqueue, following))


class PickQuerySet(models.QuerySet):
    def keep(self, picks):
        """Save `picks`, less works that have left the shelf since they were chosen."""
        there = set(Novel.objects.filter(pk__in=[pick.novel_id for pick in picks]).values_list("pk", flat=True))
        self.bulk_create(pick for pick in picks if pick.novel_id in there)


class Pick(models.Model):
    """A work offered to a reader in a reply."""

    turn = models.ForeignKey(Turn, models.CASCADE, related_name="picks")
    novel = models.ForeignKey(Novel, models.CASCADE, related_name="picks", verbose_name=_("novel"))
    position = models.PositiveSmallIntegerField(_("position"))
    reason = models.TextField(_("reason"), blank=True)

    objects = PickQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["turn", "novel"], name="one_pick_per_novel")]
        verbose_name = _("pick")
        verbose_name_plural = _("picks")

    def __str__(self):
        return str(self.novel)
