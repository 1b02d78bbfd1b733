"""What a reader says of works: a `ShelfEntry` a work, and a `ShelfChange` for each change that can be undone."""

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import IntegrityError, models
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from chatbot.text.quoting import titled

MAX_NOTE = 2000
MAX_DROP_WORDS = 200
MAX_RATING = 10  # half stars
MAX_AHEAD = 10  # volumes that may be out of a work and not in the catalogue

# What an entry says of its work.
SAID = ("state", "rating", "started_on", "finished_on", "volumes_read", "note", "drop_reasons", "drop_words")


def most_volumes(novel):
    """How many volumes of `novel` somebody may have read."""
    return novel.volumes if novel.status == novel.Status.COMPLETED else novel.volumes + MAX_AHEAD


def stars(rating):
    """Half stars as readers write them: 7 is 3.5."""
    return f"{rating / 2:g}"


class ShelfEntryQuerySet(models.QuerySet):
    def states(self, reader_id, novel_ids):
        """What the reader said of these novels: {novel id: state}. One query."""
        return dict(self.filter(reader_id=reader_id, novel_id__in=novel_ids).values_list("novel_id", "state"))

    def put(self, reader, novel, state):
        """Set what `reader` says of `novel`; an empty state takes it off the shelf. `ObjectDoesNotExist` where the work or
        the account has gone in the same instant."""
        if not state:
            self.filter(reader=reader, novel=novel).delete()
            return
        self.record(reader, novel, state=state)

    def record(self, reader, novel, **fields):
        """Set any fields of what `reader` says of `novel` and return the entry. Where there was none and no state is
        given, the state is what the fields tell. `ObjectDoesNotExist` as for `put`."""
        fields.setdefault("changed_at", timezone.now())
        first = {"state": _state_told(fields), **fields}
        try:
            entry, _made = self.update_or_create(reader=reader, novel=novel, defaults=fields, create_defaults=first)
        except IntegrityError as error:
            raise ObjectDoesNotExist from error
        return entry

    def adopt(self, guest, reader):
        """Carry the shelf of `guest` over to `reader`, whose own entries stand; of those that both have, the guest's fills
        what is open where nothing it says contradicts them. Returns the entries of `reader` that it does contradict, which
        hold; only a note is taken where there was none. What the guest's entries taught of these works goes with them: see `taste.learn_from_shelf`."""
        theirs = {
            entry.novel_id: entry
            for entry in self.filter(reader=reader, novel__shelf_entries__reader=guest).select_related("novel")
        }
        differed = []
        for entry in self.filter(reader=guest, novel__in=theirs):
            kept = theirs[entry.novel_id]
            said = {name: value for name in SAID if (value := getattr(entry, name)) not in (None, "", [])}
            held = {name: getattr(kept, name) for name in said}
            if entry.state != kept.state or any(
                value not in (None, "", [], said[name]) for name, value in held.items()
            ):
                differed.append(kept)
                said = {"note": entry.note} if entry.note and not kept.note else {}
            if said:
                self.filter(pk=kept.pk).update(**said)
        self.filter(reader=guest, novel__in=theirs).delete()
        self.filter(reader=guest).update(reader=reader)
        return differed


def _state_told(fields):
    """The state of a work of which only these fields are known."""
    if fields.get("drop_reasons") or fields.get("drop_words"):
        return ShelfEntry.State.DROPPED
    if fields.get("finished_on") or fields.get("rating"):
        return ShelfEntry.State.FINISHED
    if fields.get("started_on") or fields.get("volumes_read"):
        return ShelfEntry.State.READING
    return ShelfEntry.State.PLANNED


class ShelfEntry(models.Model):
    """What a reader says of a work: where they are with it, and what they think of it. None of them is offered any
    more."""

    class State(models.TextChoices):
        READING = "reading", _("Reading")
        FINISHED = "read", _("Read it")
        PLANNED = "want", _("Want it")
        ON_HOLD = "hold", _("On hold")
        DROPPED = "dropped", _("Dropped")
        NOT_FOR_ME = "not", _("Not for me")

    class DropReason(models.TextChoices):
        SLOW = "slow", _("Too slow")
        REPETITIVE = "repetitive", _("Goes round in circles")
        CHARACTERS = "characters", _("The characters")
        PROSE = "prose", _("The writing or the translation")
        DARK = "dark", _("Too dark")
        ROMANCE = "romance", _("The romance or the harem")
        OTHER_FORM = "other_form", _("I follow the anime or the manga instead")
        NOT_OUT = "not_out", _("The next volume does not come out")

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="shelf_entries")
    novel = models.ForeignKey("catalogue.Novel", models.CASCADE, related_name="shelf_entries", verbose_name=_("novel"))
    state = models.CharField(_("state"), max_length=8, choices=State)
    rating = models.PositiveSmallIntegerField(
        _("rating"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_RATING)],
        help_text="In half stars.",
    )
    started_on = models.DateField(_("began to read on"), null=True, blank=True)
    finished_on = models.DateField(_("finished reading on"), null=True, blank=True)
    volumes_read = models.PositiveSmallIntegerField(_("volumes read"), null=True, blank=True)
    note = models.TextField(_("private note"), max_length=MAX_NOTE, blank=True, default="", db_default="")
    drop_reasons = models.JSONField(
        _("why dropped"), default=list, db_default=models.Value([], models.JSONField()), blank=True
    )
    drop_words = models.CharField(
        _("why dropped, in words"), max_length=MAX_DROP_WORDS, blank=True, default="", db_default=""
    )
    changed_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When the reader last put off the question what became of it."
    )

    objects = ShelfEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["reader", "novel"], name="one_entry_per_novel")]
        indexes = [models.Index(fields=["reader", "state", "-changed_at"])]
        verbose_name = _("shelf entry")
        verbose_name_plural = _("shelf entries")

    def __str__(self):
        return f"{self.reader}: {self.novel} {self.state}"

    @property
    def why_dropped(self):
        """The reasons for a drop in words, the reader's own behind them."""
        labels = [reason.label for reason in self.DropReason if reason in self.drop_reasons]
        return " · ".join(str(words) for words in (*labels, self.drop_words) if words)

    @property
    def as_taught(self):
        """What of it taught something, in words: the stars, or the drop."""
        if self.rating:
            return f"★ {stars(self.rating)}"
        return " · ".join(filter(None, [self.get_state_display(), self.why_dropped]))


class ShelfChange(models.Model):
    """One step that a reader took on their shelf, with what it changed, so that it can be undone."""

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="shelf_changes")
    made_at = models.DateTimeField(default=timezone.now, help_text="The `changed_at` of the entries it changed.")
    done = models.JSONField(default=dict, help_text="The fields that were set; empty where entries were taken off.")
    before = models.JSONField(default=dict, help_text="By novel id the fields of before; null where there was none.")

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["reader", "-made_at"])]
        verbose_name = _("shelf change")
        verbose_name_plural = _("shelf changes")

    def __str__(self):
        return f"{self.reader_id}: {len(self.before)} entries"

    @property
    def in_words(self):
        """What was done to which works. At most one query."""
        told = {"works": self._works}
        if not self.done:
            return gettext("%(works)s: taken off your shelf.") % told
        if set(self.done) <= {"state", "started_on", "finished_on"} and "state" in self.done:
            state = ShelfEntry.State(self.done["state"]).label
            return gettext("%(works)s: now “%(state)s”.") % {**told, "state": state}
        if list(self.done) != ["rating"]:
            return gettext("%(works)s: edited.") % told
        if not self.done["rating"]:
            return gettext("%(works)s: rating taken away.") % told
        return gettext("%(works)s: rated %(stars)s ★.") % {**told, "stars": stars(self.done["rating"])}

    @property
    def _works(self):
        """The best known of the works by name, and how many others there are."""
        number = len(self.before)
        first = ShelfEntry.novel.field.related_model.objects.filter(pk__in=list(self.before)).first()
        if first is None:
            return ngettext("%(n)s work", "%(n)s works", number) % {"n": number}
        named = titled(first.short_title, get_language())
        if number == 1:
            return named
        told = ngettext("%(title)s and %(n)s other work", "%(title)s and %(n)s other works", number - 1)
        return told % {"title": named, "n": number - 1}
