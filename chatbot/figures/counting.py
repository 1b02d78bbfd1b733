"""The counts of one day, read from the rows.

A turn belongs to the day on which it ended. Counted is what operators' lists show: nothing of a conversation that was
deleted, or of a reader who leaves.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, Count, F, Q, Value, When
from django.utils import timezone

from users.models import ShelfEntry

from ..language.wishes.wish import Wish
from ..models import Pick, Review, ReviewItem, Turn
from ..review.models import Why
from ..text.folding import key
from ..text.matcher import tidy
from .counts import Counts

ROWS = 2_000  # read at once
LOVED = 8  # half stars, from which on a work is loved
BEGUN = (ShelfEntry.State.READING, ShelfEntry.State.FINISHED, ShelfEntry.State.ON_HOLD, ShelfEntry.State.DROPPED)
MAX_TITLES = 2_000  # of a day that were asked for and are not on the shelf
COLUMNS = (
    "pk", "finished_at", "queued_at", "started_at", "first_text_at", "reader_id", "reader__is_guest", "state",
    "failure", "thumb", "tokens_in", "tokens_out", "cost", "wish", "is_wrong", "unverified",
)  # fmt: skip


@dataclass
class Counted:
    """`whole`: all that is counted of a day. `hours`: of each hour that has anything, what is drawn by the hour."""

    whole: Counts = field(default_factory=Counts)
    hours: dict[int, Counts] = field(default_factory=lambda: defaultdict(Counts))

    def add(self, hour: int, name: str, key: object = "", number: int = 1) -> None:
        for counts in (self.whole, self.hours[hour]):
            counts.add(name, key, number)


def bounds(day: date) -> tuple[datetime, datetime]:
    """First moment of a day and first moment after it, by the site's clock."""
    first, after = (datetime.combine(one, datetime.min.time()) for one in (day, day + timedelta(days=1)))
    return timezone.make_aware(first), timezone.make_aware(after)


def count(day: date) -> Counted:
    counted = Counted()
    start, end = bounds(day)
    _count_turns(counted, start, end)
    _count_works(counted.whole, start, end)
    _count_reviews(counted.whole, start, end)
    return counted


def _shown(start: datetime, end: datetime, turn: str = "") -> Q:
    """Rows of the turns that ended from `start` to before `end` and are shown to operators."""
    conditions = {
        "finished_at__gte": start,
        "finished_at__lt": end,
        "conversation__deleted_at": None,
        "reader__leaving_at": None,
    }
    return Q(**{f"{turn}{name}": value for name, value in conditions.items()})


def _turns(start: datetime, end: datetime) -> Iterator[dict[str, Any]]:
    """Page by page, so that a day of any size needs the same memory and no cursor of the server's."""
    right = Case(When(corrections=[], then=Value(False)), default=Value(True))
    rows = Turn.objects.filter(_shown(start, end)).annotate(is_wrong=right).order_by("finished_at", "pk")
    after = Q()
    while page := list(rows.filter(after).values(*COLUMNS)[:ROWS]):
        yield from page
        last = page[-1]["finished_at"], page[-1]["pk"]
        after = Q(finished_at__gte=last[0]) & (Q(finished_at__gt=last[0]) | Q(pk__gt=last[1]))


def _count_turns(counted: Counted, start: datetime, end: datetime) -> None:
    readers, guests, named = defaultdict(set), set(), defaultdict(set)
    for turn in _turns(start, end):
        hour = timezone.localtime(turn["finished_at"]).hour
        _count_turn(counted, hour, turn)
        readers[hour].add(turn["reader_id"])
        if turn["reader__is_guest"]:
            guests.add(turn["reader_id"])
        for tag in Wish.from_json(turn["wish"]).asked_tags:
            counted.whole.add("tags", tag)
        for title in turn["wish"].get("unknown_titles", ()):
            named[key(" ".join(tidy(title).split()))].add(turn["reader_id"])
    for hour, ids in readers.items():
        counted.hours[hour].add("readers", number=len(ids))
    if readers:
        counted.whole.add("readers", number=len(set.union(*readers.values())))
    if guests:
        counted.whole.add("guests", number=len(guests))
    for title, ids in sorted(named.items(), key=lambda one: -len(one[1]))[:MAX_TITLES]:
        counted.whole.add("titles", title, len(ids))


def _count_turn(counted: Counted, hour: int, turn: dict[str, Any]) -> None:
    counted.add(hour, "turns", turn["state"])
    if turn["state"] == Turn.State.FAILED:
        counted.add(hour, "failures", turn["failure"])
    if turn["thumb"]:
        counted.add(hour, "thumbs", turn["thumb"])
    if turn["is_wrong"]:
        counted.add(hour, "wrong")
    if turn["unverified"]:
        counted.add(hour, "unverified")
    for name in ("tokens_in", "tokens_out", "cost"):
        if turn[name]:
            counted.add(hour, name, number=turn[name])
    for counts in (counted.whole, counted.hours[hour]):
        counts.time("wait", turn["queued_at"], turn["started_at"])
        counts.time("first", turn["queued_at"], turn["first_text_at"])
        # What was stopped or failed ended when it liked.
        if turn["state"] == Turn.State.DONE:
            counts.time("whole", turn["queued_at"], turn["finished_at"])


def _count_works(counts: Counts, start: datetime, end: datetime) -> None:
    """Works offered, and what became of them on the shelf of the reader they were offered to."""
    picks = Pick.objects.filter(_shown(start, end, "turn__")).order_by()
    for novel, number in picks.values_list("novel").annotate(number=Count("pk")):
        counts.add("offered", novel, number)
    entry = "novel__shelf_entries__"
    since = {f"{entry}reader": F("turn__reader"), f"{entry}changed_at__gte": F("turn__finished_at")}
    outcomes = {
        "begun": Q(**{f"{entry}state__in": BEGUN}),
        "dropped": Q(**{f"{entry}state": ShelfEntry.State.DROPPED}),
        "loved": Q(**{f"{entry}rating__gte": LOVED}),
    }
    told = {name: Count("pk", filter=condition) for name, condition in outcomes.items()}
    for row in picks.filter(**since).values("novel").annotate(**told):
        for name in outcomes:
            if row[name]:
                counts.add(name, row["novel"], row[name])


def _count_reviews(counts: Counts, start: datetime, end: datetime) -> None:
    """The verdicts on the replies that were drawn at random."""
    items = ReviewItem.objects.filter(_shown(start, end, "turn__")).order_by()
    drawn = [pk for pk, why in items.values_list("pk", "why") if Why.RANDOM in why]
    for scores in _verdicts(drawn):
        counts.add("judged")
        for criterion, score in scores.items():
            counts.add("verdicts", criterion)
            counts.add("scores", criterion, score)


def _verdicts(items: list[int]) -> Iterator[dict[str, int]]:
    """One verdict a reply: what settled a difference, else the first that came in."""
    for begin in range(0, len(items), ROWS):
        found: dict[int, dict[str, int]] = {}
        reviews = Review.objects.submitted().filter(item__in=items[begin : begin + ROWS])
        for item, scores in reviews.order_by("-is_resolution", "submitted_at", "pk").values_list("item_id", "scores"):
            found.setdefault(item, scores)
        yield from found.values()
