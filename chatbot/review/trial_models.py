"""Replies tried out by operators: a turn replayed, and cases that a reply must not fail again.

Neither is seen by a reader, and neither changes anything of theirs.
"""

from django.conf import settings
from django.core.validators import MinLengthValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import jobs

# Failures of trials alone: the day's budget did not allow one, what was asked for is not there any more.
BUDGET, NO_VOICE, NO_PROMPT = "budget", "voice", "prompt"


class Outcome(models.Model):
    """What a trial came to: the fields of a turn that operators compare, and who worded it."""

    voice = models.CharField(_("voice"), max_length=12, blank=True)
    model = models.CharField(_("model"), max_length=80, blank=True)
    prompt_version = models.CharField(_("prompt version"), max_length=20, blank=True)
    reply = models.TextField(_("reply"), blank=True)
    stand_in = models.CharField(max_length=12, blank=True)
    failure = models.CharField(_("failure"), max_length=12, blank=True)
    failure_detail = models.TextField(_("what went wrong"), blank=True)
    wish = models.JSONField(default=dict, blank=True)
    reading = models.JSONField(default=dict, blank=True)
    candidates = models.JSONField(default=list, blank=True)
    picks = models.JSONField(_("offered"), default=list, blank=True)  # slugs
    corrections = models.JSONField(default=list, blank=True)
    tokens_in = models.PositiveIntegerField(_("tokens read"), null=True, blank=True)
    tokens_out = models.PositiveIntegerField(_("tokens written"), null=True, blank=True)
    cost = models.BigIntegerField(_("cost, in millionths"), null=True, blank=True)
    first_text_ms = models.PositiveIntegerField(null=True, blank=True)
    whole_ms = models.PositiveIntegerField(null=True, blank=True)
    finished_at = models.DateTimeField(_("tried"), null=True, blank=True)

    class Meta:
        abstract = True


class ReplayQuerySet(jobs.JobQuerySet):
    def ask(self, turn, *, asked_by, with_voice, with_model="", with_prompt="", keeps_candidates=False):
        """A replay of `turn` for a worker to make. `with_model`: none for the one that is set."""
        replay = self.create(
            turn=turn,
            asked_by=asked_by,
            with_voice=with_voice,
            model=with_model,
            with_prompt=with_prompt,
            keeps_candidates=keeps_candidates,
            asked_at=timezone.now(),
        )
        jobs.nudge()
        return replay


class Replay(jobs.Job, Outcome):
    """A turn once more: by this voice, these instructions, from the candidates it had or from the present catalogue.

    `model` is the one that is asked for until it is made, and then the one that answered; none is the one that is set. It
    goes with its turn.
    """

    turn = models.ForeignKey("chatbot.Turn", models.CASCADE, related_name="replays", verbose_name=_("turn"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("asked for by")
    )
    created_at = models.DateTimeField(default=timezone.now)
    with_voice = models.CharField(_("voice"), max_length=12)
    with_prompt = models.CharField(_("prompt version"), max_length=20, blank=True)  # none: the one in force
    keeps_candidates = models.BooleanField(_("from the candidates given then"), default=False)

    objects = ReplayQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["asked_at", "claimed_until"], name="replays_waiting")]
        verbose_name = _("replay")
        verbose_name_plural = _("replays")

    def __str__(self):
        return " ".join(filter(None, (f"#{self.turn_id}", self.with_voice, self.model, self.with_prompt)))


class RegressionCaseQuerySet(jobs.JobQuerySet):
    def in_use(self):
        return self.filter(is_on=True)

    def ask(self):
        """Have these tried by a worker. Returns how many."""
        count = self.update(asked_at=timezone.now(), claimed_until=None, attempts=0)
        jobs.nudge()
        return count


class RegressionCase(jobs.Job, Outcome):
    """An ask that was once answered badly, with what an answer has to keep to.

    Nothing in it says whose it was: it holds the words, personal data hidden, and no reader. So it stays when the turn
    goes. `conversation`: the turns before it as they were (`regressions.FROZEN`), oldest first.
    """

    class Offers(models.TextChoices):
        EITHER = "", _("May offer books or not")
        SOME = "some", _("Must offer books")
        NONE = "none", _("Must offer no book")

    name = models.CharField(_("name"), max_length=80)
    turn = models.OneToOneField(
        "chatbot.Turn", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("turn"), editable=False
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("written by"),
        editable=False,
    )
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    is_on = models.BooleanField(_("in use"), default=True)
    language = models.CharField(_("language"), max_length=2)
    conversation = models.JSONField(_("the turns before"), default=list, blank=True)
    words = models.TextField(_("the reader's words"), validators=[MinLengthValidator(1)])
    wrong_reply = models.TextField(_("the reply that was corrected"), blank=True)
    corrected = models.TextField(_("how it should have been answered"), blank=True)
    offers = models.CharField(_("books"), max_length=4, choices=Offers, blank=True, default=Offers.EITHER)
    must_name = models.TextField(
        _("must name"), blank=True, max_length=2000, help_text=_("One a line: the slug of a work, or words.")
    )
    must_not_name = models.TextField(
        _("must not name"), blank=True, max_length=2000, help_text=_("One a line: the slug of a work, or words.")
    )
    passed = models.BooleanField(_("passes"), null=True, blank=True, editable=False)
    passed_before = models.BooleanField(null=True, blank=True, editable=False)
    differences = models.JSONField(_("what differs"), default=list, blank=True, editable=False)

    objects = RegressionCaseQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["asked_at", "claimed_until"], name="regressions_waiting")]
        verbose_name = _("regression case")
        verbose_name_plural = _("regression cases")

    def __str__(self):
        return self.name

    @property
    def expects_nothing(self):
        """Whether any reply whatever would do: then none passes."""
        return not (self.offers or self.must_name.strip() or self.must_not_name.strip())

    def keep(self, **result):
        """Keep what a trial came to that no worker was asked for."""
        for name, value in result.items():
            setattr(self, name, value)
        self.save(update_fields=list(result))
