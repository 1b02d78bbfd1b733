"""What readers and replies name and the shelf does not have, counted for operators.

Titles come from strangers and from models: they are cleaned, bounded and never more than text. How many different
readers have named one is what its weight is measured by, so that nobody gains by naming it a hundred times.
"""

import re
from datetime import timedelta
from itertools import islice

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..text.folding import key
from ..text.matcher import tidy

MAX_LENGTH = 120  # characters of a title
MAX_PER_TURN = 6  # titles counted of one turn
MAX_PER_DAY = 40  # different titles one reader brings in a day
MAX_LISTED_PER_DAY = 200  # and by reading lists
EXAMPLES = 5  # turns kept to look at
JUNK = re.compile(r"https?:|www\.|[@{}<>\\|]|\.(?:com|net|org|kr|jp)\b|(.)\1{3}|^\W*\d+\W*$", re.IGNORECASE)


class GapQuerySet(models.QuerySet):
    def count_names(self, *, reader_id, turn_id, asked=(), replied=()):
        """Count the titles a turn named in vain: `asked` by the reader, `replied` by the voice. Once a turn."""
        titles = {folded: (title, True) for title, folded in _clean(asked)}
        for title, folded in _clean(replied):
            titles.setdefault(folded, (title, False))
        for folded, (title, by_reader) in list(titles.items())[:MAX_PER_TURN]:
            self._count(folded, title, by_reader, reader_id, turn_id)

    def count_listed(self, *, reader_id, titles):
        """Count the novels of a reader's list that the shelf does not have. Once a reader, however often it is sent."""
        namings = Naming.objects.filter(reader_id=reader_id)
        room = MAX_LISTED_PER_DAY - namings.filter(first_at__gt=timezone.now() - timedelta(days=1), turn=0).count()
        named = dict(islice(((folded, title) for title, folded in _clean(titles)), max(0, room)))
        known = set(namings.filter(gap__key__in=named).values_list("gap__key", flat=True))
        for folded in named.keys() - known:
            with transaction.atomic():
                gap, _made = self.get_or_create(key=folded, defaults={"title": named[folded]})
                try:
                    with transaction.atomic():
                        Naming.objects.create(gap=gap, reader_id=reader_id, asked=True)
                except IntegrityError:  # named in a turn just now, or the reader has left
                    continue
                self.filter(pk=gap.pk).update(last_at=timezone.now(), readers=F("readers") + 1)

    def from_lists(self):
        """Open ones that readers' lists named: novels we do not have, and doubts answered with "none of these"."""
        return self.filter(
            models.Exists(Naming.objects.filter(gap=models.OuterRef("pk"), turn=0)), state=Gap.State.OPEN
        )

    def _count(self, folded, title, by_reader, reader_id, turn_id):
        now = timezone.now()
        with transaction.atomic():
            naming = Naming.objects.select_related("gap").filter(reader_id=reader_id, gap__key=folded).first()
            if naming is None:
                recent = Naming.objects.filter(reader_id=reader_id, first_at__gt=now - timedelta(days=1), turn__gt=0)
                if recent.count() >= MAX_PER_DAY:
                    return
                gap, _made = self.get_or_create(key=folded, defaults={"title": title})
                try:
                    with transaction.atomic():
                        naming = Naming.objects.create(gap=gap, reader_id=reader_id)
                except IntegrityError:  # another turn of this reader was quicker, or the reader has left
                    return
            if naming.turn == turn_id:
                return
            first_asked = by_reader and not naming.asked
            naming.turn, naming.asked = turn_id, naming.asked or by_reader
            naming.save(update_fields=["turn", "asked"])
            gap = naming.gap
            self.filter(pk=gap.pk).update(
                last_at=now,
                # Numbers, as PostgreSQL adds no truth to a count.
                readers=F("readers") + int(first_asked),
                in_asks=F("in_asks") + int(by_reader),
                in_replies=F("in_replies") + int(not by_reader),
                examples=[*gap.examples, turn_id][-EXAMPLES:],
            )


def _clean(titles):
    """(title, its key) of those that may be titles at all."""
    for title in titles:
        title = " ".join(tidy(str(title)[: 4 * MAX_LENGTH]).split())
        folded = key(title)
        if len(folded) >= 2 and len(title) <= MAX_LENGTH and not JUNK.search(title):
            yield title, folded


class Gap(models.Model):
    """A title somebody named and the shelf does not have."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CREATED = "created", _("On the shelf now")
        IGNORED = "ignored", _("Ignored")

    key = models.CharField(max_length=250, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=MAX_LENGTH)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    readers = models.PositiveIntegerField(_("readers who named it"), default=0)
    in_asks = models.PositiveIntegerField(_("asks"), default=0)
    in_replies = models.PositiveIntegerField(_("replies"), default=0)
    first_at = models.DateTimeField(_("first named"), default=timezone.now)
    last_at = models.DateTimeField(_("last named"), default=timezone.now)
    examples = models.JSONField(_("turns"), default=list, blank=True, help_text=_("Ids of the latest turns."))
    novel = models.ForeignKey(
        "catalogue.Novel", models.SET_NULL, null=True, blank=True, related_name="gaps", verbose_name=_("novel")
    )

    objects = GapQuerySet.as_manager()

    class Meta:
        ordering = ["-readers", "-in_replies", "-last_at", "-pk"]
        indexes = [models.Index(fields=["state", "-readers", "-in_replies"])]
        verbose_name = _("gap on the shelf")
        verbose_name_plural = _("gaps on the shelf")

    def __str__(self):
        return self.title

    def fill(self, novel):
        """Say that it is `novel`, which is found by this title from now on."""
        self.novel, self.state = novel, self.State.CREATED
        self.save(update_fields=["novel", "state"])
        if not novel.names.filter(key=self.key).exists():
            novel.names.create(text=self.title)


class Naming(models.Model):
    """One reader naming one gap: how readers are told apart. Goes with the account."""

    gap = models.ForeignKey(Gap, models.CASCADE, related_name="namings")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    turn = models.BigIntegerField(default=0, help_text="The turn last counted; the catalogue knows no turns.")
    asked = models.BooleanField(default=False, help_text="Named by the reader, not only in a reply.")
    first_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gap", "reader"], name="one_naming_per_reader")]
        indexes = [models.Index(fields=["reader", "first_at"])]

    def __str__(self):
        return f"{self.reader_id}: {self.gap_id}"
