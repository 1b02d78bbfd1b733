"""Conversations and their turns. The row is the truth of a turn; the queue only tells a worker to look at it."""

import logging
import re
import uuid
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, models, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, Now
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from users.models import DailyUse

from .assistant import failures
from .catalogue.models import Novel
from .reply_queue import enqueue, queue_length
from .spending import Spending  # noqa: F401  where Django looks for models
from .text.cleaning import title_of

logger = logging.getLogger(__name__)

# Renewed by the worker's heartbeat while it lives; a worker of this machine that died is not waited for. Leases are
# counted by the database's clock alone: those of two machines may differ.
LEASE = timedelta(seconds=12)
MAX_CLAIMS = 5  # a turn that took this many workers down with it is given up
ENQUEUE_AGAIN = timedelta(seconds=2)  # a turn queued this long is probably told of no more
ETAG = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
UNDO = timedelta(seconds=60)  # a deleted conversation can be brought back for so long


class ConversationQuerySet(models.QuerySet):
    def owned_by(self, reader):
        return self.filter(reader=reader, deleted_at=None)

    def purge(self):
        """Delete for good what was deleted and not brought back."""
        return self.filter(deleted_at__lt=timezone.now() - UNDO).delete()


class Conversation(models.Model):
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="conversations", verbose_name=_("reader")
    )
    title = models.CharField(_("title"), max_length=80)
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    updated_at = models.DateTimeField(_("last asked"), default=timezone.now)
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True, editable=False)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at", "-pk"]
        indexes = [
            models.Index(fields=["reader", "-updated_at", "-id"]),
            models.Index(fields=["-updated_at", "-id"]),
            models.Index(fields=["deleted_at"], condition=Q(deleted_at__isnull=False), name="deleted_conversations"),
        ]
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("chatbot:conversation", args=[self.pk])

    @classmethod
    def begin(cls, reader, text, *, key, language, title=""):
        """A new conversation with its first turn; the turn of an earlier sending with the same key, if there is one.

        Called by the first line of `title`, else of the ask.
        """
        if asked := Turn.objects.filter(reader=reader, key=key).first():
            return asked
        try:
            with transaction.atomic():
                conversation = cls.objects.create(reader=reader, title=title_of(title or text))
                return conversation._take_turn(text, key=key, language=language)
        except IntegrityError:
            return Turn.objects.of_sending(reader.pk, key)

    def ask(self, text, *, key, language, replacing=None, dismissed=()):
        """Keep the reader's words as a turn and tell a worker. Asking twice with one key makes one turn.

        `replacing`: a finished turn of this conversation that this one stands in for (asked again, or edited).
        `dismissed`: parts of the wish understood then that the reader has removed, as texts of a `WishPart`.
        """
        if asked := Turn.objects.filter(reader_id=self.reader_id, key=key).first():
            return asked
        try:
            with transaction.atomic():
                return self._take_turn(text, key=key, language=language, replacing=replacing, dismissed=dismissed)
        except (IntegrityError, ObjectDoesNotExist):  # the latter: the reader, read just before their account went
            return Turn.objects.of_sending(self.reader_id, key)

    def _take_turn(self, text, *, key, language, replacing=None, dismissed=()):
        now = timezone.now()
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
        Conversation.objects.filter(pk=self.pk).update(updated_at=now)
        return turn

    def rename(self, title):
        self.title = title
        self.save(update_fields=["title"])

    def delete_soon(self):
        """Out of sight at once, gone for good when the time to undo is over. Running replies are stopped."""
        for turn in self.turns.filter(state__in=Turn.UNFINISHED):
            turn.stop()
        self.deleted_at = timezone.now()
        self.save(update_fields=["deleted_at"])

    def restore(self):
        self.deleted_at = None
        self.save(update_fields=["deleted_at"])


class TurnQuerySet(models.QuerySet):
    def owned_by(self, reader):
        return self.filter(reader=reader, conversation__deleted_at=None)

    def of_sending(self, reader_id, key):
        """The turn a sending met: of two at once the other one was quicker. A 404 where there is none, because the
        reader or the conversation was deleted in the same instant."""
        return get_object_or_404(self, reader=reader_id, key=key)

    def unfinished(self):
        return self.filter(state__in=Turn.UNFINISHED)

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
    over_budget = models.BooleanField(_("the day's budget was used up"), default=False)
    stand_in = models.CharField(
        _("why the built-in librarian stood in"), max_length=12, blank=True, choices=StandIn, default=""
    )
    model = models.CharField(_("model"), max_length=80, blank=True)
    prompt_version = models.CharField(_("prompt version"), max_length=20, blank=True)
    tokens_in = models.PositiveIntegerField(_("tokens read"), null=True, blank=True)
    tokens_out = models.PositiveIntegerField(_("tokens written"), null=True, blank=True)
    tokens_cached = models.PositiveIntegerField(_("of those read, from the cache"), null=True, blank=True)
    tokens_cache_written = models.PositiveIntegerField(_("of those read, put into the cache"), null=True, blank=True)
    tokens_reasoned = models.PositiveIntegerField(_("of those written, thoughts"), null=True, blank=True)
    counted = 0  # requests of this worker whose tokens are in there; not kept
    wish = models.JSONField(_("wish understood"), default=dict, blank=True)
    waived = models.JSONField(
        _("taken back"), default=list, blank=True, help_text=_("Parts of the wish the reader has removed.")
    )
    candidates = models.JSONField(
        _("candidates given"), default=list, blank=True, help_text=_("Exactly what the voice could choose from.")
    )
    calls = models.JSONField(
        _("calls of the model"),
        default=list,
        blank=True,
        help_text=_("How the model read the wish, where it asked for other candidates, and what was made of it."),
    )
    refused = models.JSONField(
        _("refused for good, yet named"),
        default=list,
        blank=True,
        help_text=_("Names in the reply, as written there, of works this reader asked never to be offered again."),
    )

    queued_at = models.DateTimeField(_("asked"), default=timezone.now)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    first_text_at = models.DateTimeField(_("first text"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

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

    @cached_property
    def place_in_line(self):
        """How many replies come before this one while it waits."""
        if self.state != self.State.QUEUED:
            return 0
        return Turn.objects.filter(state=self.State.QUEUED, pk__lt=self.pk).count()

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
            Pick.objects.bulk_create(picks)
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
        if following := waiting.order_by("pk").first():
            transaction.on_commit(partial(enqueue, following))


class Pick(models.Model):
    """A work offered to a reader in a reply."""

    turn = models.ForeignKey(Turn, models.CASCADE, related_name="picks")
    novel = models.ForeignKey(Novel, models.CASCADE, related_name="picks", verbose_name=_("novel"))
    position = models.PositiveSmallIntegerField(_("position"))
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["turn", "novel"], name="one_pick_per_novel")]
        verbose_name = _("pick")
        verbose_name_plural = _("picks")

    def __str__(self):
        return str(self.novel)
