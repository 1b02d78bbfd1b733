"""What is the reader's own: gathered for a reply that speaks of it, and marked on the shelf where the reader says so."""

import logging
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, time
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Count, QuerySet

from users import taste
from users.models import DailyUse, ShelfEntry, TasteLine, User
from users.shelf import editing

from .assistant.material import MAX_MARKED, NO_LIMIT, OwnData
from .catalogue.models import Novel
from .db_retry import DATABASE_AWAY
from .language.acts import Act, ActPart, ReadTurn
from .language.topics import Topic
from .language.turns.marks_told import is_of_anime
from .language.turns.shelf_orders import drop_reasons, half_stars
from .language.turns.talk import kind_of
from .language.wishes.wish import Wish
from .language.words.periods import period_in
from .models import Pick, Turn
from .refused_here import refused_in

logger = logging.getLogger(__name__)

MAX_ENTRIES = 500  # of the shelf, the latest
MAX_OFFERED = 20
MAX_LOOKED_AT = 80  # offers, the latest
# Acts that speak of what is the reader's own. A work is spoken of with what its reader has of it.
SPEAKS_OF_OWN = {Act.ABOUT, Act.COMPARE, Act.OWN_DATA, Act.TASTE, Act.VERDICT}
# What becomes of a work on the shelf, by what its reader says of it.
MARKS = {
    "read": ShelfEntry.State.FINISHED,
    "loved": ShelfEntry.State.FINISHED,
    "want": ShelfEntry.State.PLANNED,
    "reading": ShelfEntry.State.READING,
    "hold": ShelfEntry.State.ON_HOLD,
    "dropped": ShelfEntry.State.DROPPED,
    "not": ShelfEntry.State.NOT_FOR_ME,
}
# Which marks go, by what its reader says.
READ_ONLY = {ShelfEntry.State.FINISHED}
TAKEN_OFF: dict[str, set[str]] = {
    "unread": READ_ONLY,
    "unlist": READ_ONLY,
    "unrefuse": {ShelfEntry.State.NOT_FOR_ME, ShelfEntry.State.DROPPED},
    "unwant": {ShelfEntry.State.PLANNED},
    "unmark": set(ShelfEntry.State),
}


# --- Gathering --------------------------------------------------------------------------------------------------------


def own_data(turn: Turn, acts: ReadTurn, wish: Wish | None = None) -> OwnData | None:
    """What is the reader's own, where one of the parts speaks of it; else None, at no query. `wish`: of the
    conversation by now."""
    if not any(part.act in SPEAKS_OF_OWN for part in acts.parts):
        return None
    reader = turn.reader
    offers = _offers(reader)
    left, a_day = _replies(reader)
    return OwnData(
        shelf=_shelf(reader),
        shelf_counts=_counts(reader),
        **_offered(turn, offers),
        offered_count=offers.values("novel_id").distinct().count(),
        **_offered_then(reader, acts, offers),
        **_taste(reader, turn),
        **_refused_here(turn, acts, wish),
        taste_paused=reader.taste_paused,
        replies_left=left,
        replies_a_day=a_day,
    )


def _shelf(reader: User) -> dict[str, list[str]]:
    shelf: dict[str, list[str]] = {state: [] for state in ShelfEntry.State.values}
    for state, slug in reader.shelf_entries.values_list("state", "novel__slug")[:MAX_ENTRIES]:
        shelf[state].append(slug)
    return shelf


def _counts(reader: User) -> dict[str, int]:
    return dict(reader.shelf_entries.order_by().values_list("state").annotate(Count("pk")))


def _offers(reader: User):
    """What was offered to the reader in the conversations they still have, the latest first."""
    offered = Pick.objects.filter(
        turn__reader=reader,
        turn__hidden=False,
        turn__conversation__deleted_at=None,
        turn__conversation__temporary=False,
    )
    return offered.order_by("-turn_id", "position")


def _offered(turn: Turn, offers: QuerySet[Pick]) -> dict[str, list[str]]:
    """What was offered last, and in the conversation of `turn`, there in its order."""
    rows = list(offers.values_list("novel__slug", "turn_id", "turn__conversation_id")[:MAX_LOOKED_AT])
    here = [(turn_id, slug) for slug, turn_id, conversation in rows if conversation == turn.conversation_id]
    in_order = [slug for _turn, slug in sorted(here, key=lambda one: one[0])]
    return {
        "offered": [slug for slug, *_ in rows[:MAX_OFFERED]],
        "offered_here": list(dict.fromkeys(in_order))[:MAX_OFFERED],
    }


def _offered_then(reader: User, acts: ReadTurn, offers: QuerySet[Pick]) -> dict:
    """What was offered in the days that the words name: "last month". No query where they name none."""
    asked = (part.text for part in acts.parts if part.act is Act.OWN_DATA and part.detail.get("of") == "offered")
    period = next(filter(None, (period_in(text, reader.today) for text in asked)), None)
    if not period:
        return {}
    begin, end = (datetime.combine(day, time.min, reader.zone) for day in (period.first, period.end))
    then = offers.filter(turn__queued_at__gte=begin, turn__queued_at__lt=end)
    slugs = list(dict.fromkeys(then.values_list("novel__slug", flat=True)[:MAX_LOOKED_AT]))
    count = then.order_by().values("novel_id").distinct().count()
    return {"asks_then": True, "offered_then": slugs[:MAX_OFFERED], "offered_then_count": count}


def _taste(reader: User, turn: Turn) -> dict:
    """The lines of the reader's taste, paused ones too, and which of them this turn taught."""
    found: dict = {"likes": [], "dislikes": [], "never": [], "read_to": {}, "level": "", "learned": []}
    names = {TasteLine.Kind.LIKE: "likes", TasteLine.Kind.DISLIKE: "dislikes", TasteLine.Kind.NEVER: "never"}
    lines = reader.taste.kept().values_list(*taste.TOPIC, "kind", "volume", "level", "turn_id")
    for tag, slug, author, kind, volume, level, turn_id in lines:
        topic = str(Topic.tag(tag) if tag else Topic.work(slug) if slug else Topic.author(author))
        if kind == TasteLine.Kind.READ_TO:
            found["read_to"][slug] = volume
        elif kind == TasteLine.Kind.LEVEL:
            found["level"], topic = level, str(Topic.level())
        else:
            found[names[kind]].append(topic)
        if turn_id == turn.pk:
            found["learned"].append((kind, topic))
    return found


def _refused_here(turn: Turn, acts: ReadTurn, wish: Wish | None) -> dict[str, list[str]]:
    """What the conversation refuses, where that is asked for. No query where it is not."""
    if not any(part.act is Act.OWN_DATA and part.detail.get("of", "refused") == "refused" for part in acts.parts):
        return {}
    before = turn.conversation.turns.filter(pk__lt=turn.pk, hidden=False).order_by("pk")
    kept = before.exclude(wish={}).values_list("wish", "waived")[:MAX_LOOKED_AT]
    topics, said = refused_in([*((Wish.from_json(one), waived) for one, waived in kept), (wish or Wish(), turn.waived)])
    return {"refused_here": topics, "refused_said": said}


def _replies(reader: User) -> tuple[int | None, int | None]:
    """(left today, a day); nothing where none are counted."""
    if reader.replies_a_day >= NO_LIMIT:
        return None, None
    return DailyUse.objects.left(reader), reader.replies_a_day


# --- Marking ----------------------------------------------------------------------------------------------------------


def keep_verdicts(turn: Turn, acts: ReadTurn) -> None:
    """Mark on the shelf what the reader says became of works. A reply is not lost over what could not be marked.

    A paused taste does not hold it up: the reader asked for the mark. What was said in the same words before marks
    nothing again, for the reader may have taken it back by hand since.
    """
    marks, undone = marks_of(acts.parts), _undone(acts.parts)
    if not (marks or undone) or _was_read_before(turn):
        return
    try:
        _take_off(turn, undone)
        _put(turn, marks, _told_beside(acts.parts))
    except DATABASE_AWAY:
        raise
    except Exception:
        logger.exception("nothing was marked from turn %s", turn.pk)


def marks_of(parts: Iterable[ActPart]) -> dict[str, str]:
    """Slug to state; of two verdicts on a work the later holds."""
    return {
        slug: MARKS[part.detail["state"]]
        for part in parts
        if part.act is Act.VERDICT and part.detail.get("state") in MARKS and not _is_unread(part)
        for slug in part.works[:MAX_MARKED]
    }


def _undone(parts: Iterable[ActPart]) -> dict[str, set[str]]:
    """Slug to the marks that are to go."""
    undone: dict[str, set[str]] = {}
    for part in parts:
        if part.act is Act.VERDICT and part.detail.get("state") in TAKEN_OFF:
            for slug in part.works[:MAX_MARKED]:
                undone.setdefault(slug, set()).update(TAKEN_OFF[part.detail["state"]])
    return undone


def _is_unread(part: ActPart) -> bool:
    """Whether its anime was seen, or one volume read: neither is a book that has been read."""
    return part.detail["state"] in ("read", "loved") and (bool(kind_of(part.text, "verdict")) or is_of_anime(part.text))


def _was_read_before(turn: Turn) -> bool:
    if turn.reading:
        return True
    earlier = turn.replaces if turn.replaces_id else None
    return bool(earlier and earlier.text == turn.text and earlier.reading)


def _told_beside(parts: Iterable[ActPart]) -> dict[str, dict[str, Any]]:
    """Slug to the fields that are told besides the state: how many stars, why it was dropped."""
    told: dict[str, dict[str, Any]] = {}
    for part in parts:
        for slug in part.works[:MAX_MARKED] if part.act is Act.VERDICT else ():
            fields = told.setdefault(slug, {})
            if rating := half_stars(str(part.detail.get("rating", ""))):
                fields["rating"] = rating
            if part.detail.get("state") == "dropped" and (reasons := drop_reasons(part.text)):
                fields["drop_reasons"] = reasons
    return told


def _put(turn: Turn, marks: dict[str, str], told: dict[str, dict[str, Any]]) -> None:
    """A work that is rated while it stands elsewhere than among those read stays there: only stars were told of it."""
    reader = turn.reader
    novels = list(Novel.objects.filter(slug__in=marks))
    entries = {entry.novel_id: entry for entry in reader.shelf_entries.filter(novel__in=novels)}
    for novel in novels:
        entry, fields = entries.get(novel.pk), {"state": marks[novel.slug], **told.get(novel.slug, {})}
        if entry and "rating" in fields and fields["state"] == ShelfEntry.State.FINISHED:
            del fields["state"]
        else:
            fields |= editing.days_told(entry, fields["state"], reader.today)
        with suppress(ObjectDoesNotExist):
            editing.change(reader, [novel.pk], fields, adds=True)


def _take_off(turn: Turn, undone: dict[str, set[str]]) -> None:
    entries = turn.reader.shelf_entries.filter(novel__slug__in=undone).values_list("novel_id", "novel__slug", "state")
    gone = [novel_id for novel_id, slug, state in entries if state in undone[slug]]
    if gone:
        editing.change(turn.reader, gone, None)
