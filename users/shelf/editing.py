"""Changing the shelf: each change teaches taste and is kept, so that it can be undone."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from .. import taste
from . import progress
from .models import ShelfChange, ShelfEntry

State = ShelfEntry.State
FIELDS = (
    "state",
    "rating",
    "started_on",
    "finished_on",
    "volumes_read",
    "note",
    "drop_reasons",
    "drop_words",
)
TIMES = ("started_on", "finished_on", "changed_at", "asked_at")
KEPT_CHANGES = 20  # of one reader, the latest
OFFERED = timedelta(minutes=10)  # so long a change is offered to be undone


def set_state(reader, novel, state):
    """One press: the state is `state`, and an empty one takes the work off. Returns the change, None where it was so.
    `ObjectDoesNotExist` where the work or the account has gone in the same instant."""
    if not state:
        return change(reader, [novel.pk], None)
    entry = ShelfEntry.objects.filter(reader=reader, novel=novel).first()
    return change(reader, [novel.pk], {"state": state, **days_told(entry, state, reader.today)}, adds=True)


def days_told(entry, state, today):
    """The day that a press tells: a book that is taken up now, or one read until now that is finished."""
    if entry and entry.state == state:
        return {}
    if state == State.READING and not (entry and entry.started_on):
        return {"started_on": today}
    if state == State.FINISHED and entry and entry.state == State.READING and not entry.finished_on:
        return {"finished_on": today}
    return {}


def change(reader, novel_ids, fields, adds=False):
    """Set `fields` of the entries on these novels, or take the entries off where `fields` is None. `adds`: those that
    have no entry get one. Returns the `ShelfChange`, or None where nothing changed. `ObjectDoesNotExist` where a work or
    the account has gone in the same instant."""
    try:
        return _changed(reader, novel_ids, fields, adds)
    except IntegrityError as error:  # some databases see it at the end of the transaction
        raise ObjectDoesNotExist from error


@transaction.atomic
def _changed(reader, novel_ids, fields, adds):
    entries = list(ShelfEntry.objects.select_for_update().filter(reader=reader, novel_id__in=novel_ids))
    if fields is not None:
        shelved = {entry.novel_id for entry in entries}
        entries = [entry for entry in entries if any(getattr(entry, name) != fields[name] for name in fields)]
    before = {str(entry.novel_id): _kept(entry) for entry in entries}
    now = timezone.now()
    if fields is None:
        taste.learn_from_shelf(reader, [entry.novel_id for entry in entries], gone=True)
        ShelfEntry.objects.filter(pk__in=[entry.pk for entry in entries]).delete()
    else:
        ShelfEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(**fields, changed_at=now)
        for novel_id in set(novel_ids) - shelved if adds else ():
            ShelfEntry.objects.create(reader=reader, novel_id=novel_id, **{**fields, "changed_at": now})
            before[str(novel_id)] = None
        taste.learn_from_shelf(reader, [int(novel_id) for novel_id in before])
        if "volumes_read" in fields:
            moved = [key for key, was in before.items() if (was or {}).get("volumes_read") != fields["volumes_read"]]
            progress.settle(reader, moved, fields["volumes_read"])
    if not before:
        return None
    return _remembered(reader, now, fields, before)


def _remembered(reader, now, fields, before):
    done = {name: _plain(value) for name, value in (fields or {}).items()}
    made = ShelfChange.objects.create(reader=reader, made_at=now, done=done, before=before)
    older = list(reader.shelf_changes.values_list("pk", flat=True)[KEPT_CHANGES : 2 * KEPT_CHANGES])
    if older:
        reader.shelf_changes.filter(pk__in=older).delete()
    return made


# --- Undoing ----------------------------------------------------------------------------------------------------------


def undoable(reader):
    """The latest change while it is fresh and nothing else was changed on the shelf since, or None. At most three
    queries."""
    latest = reader.shelf_changes.filter(made_at__gte=timezone.now() - OFFERED).first()
    return None if latest and _is_overtaken(latest) else latest


def _is_overtaken(made):
    """Whether a list that was put on the shelf or taken back has changed other works since."""
    reader, since = made.reader, made.made_at
    lists = reader.reading_lists.filter(Q(kept_at__gt=since) | Q(undone_at__gt=since))
    return reader.shelf_entries.filter(changed_at__gt=since).exists() or lists.exists()


@transaction.atomic
def undo(made):
    """Set back what `made` changed and nobody has changed since. Returns how many entries that were."""
    reader = made.reader
    now = {
        entry.novel_id: entry
        for entry in ShelfEntry.objects.select_for_update().filter(reader=reader, novel_id__in=list(made.before))
    }
    before = {int(novel_id): fields for novel_id, fields in made.before.items()}
    untouched = [novel_id for novel_id in before if _is_untouched(now.get(novel_id), made)]
    added = [novel_id for novel_id in untouched if before[novel_id] is None and novel_id in now]
    taste.learn_from_shelf(reader, added, gone=True)
    ShelfEntry.objects.filter(pk__in=[now[novel_id].pk for novel_id in added]).delete()
    changed = [
        _set_back(now[novel_id], before[novel_id]) for novel_id in untouched if novel_id in now and before[novel_id]
    ]
    ShelfEntry.objects.bulk_update(changed, [*FIELDS, "changed_at"], batch_size=100)
    gone = [novel_id for novel_id in untouched if novel_id not in now and before[novel_id]]
    ShelfEntry.objects.bulk_create(
        [_set_back(ShelfEntry(reader=reader, novel_id=novel_id), before[novel_id]) for novel_id in _still_there(gone)],
        ignore_conflicts=True,
    )
    for entry in changed if "volumes_read" in made.done else ():
        progress.settle(reader, [entry.novel_id], entry.volumes_read)
    made.delete()
    taste.learn_from_shelf(reader, [entry.novel_id for entry in changed] + gone)
    return len(added) + len(changed) + len(gone)


def _is_untouched(entry, made):
    if entry is None:
        return not made.done  # it was taken off, and stands nowhere else since
    return bool(made.done) and entry.changed_at == made.made_at


def _still_there(novel_ids):
    return ShelfEntry.novel.field.related_model.objects.filter(pk__in=novel_ids).values_list("pk", flat=True)


# --- As JSON ----------------------------------------------------------------------------------------------------------


def _kept(entry):
    return {name: _plain(getattr(entry, name)) for name in (*FIELDS, "changed_at", "asked_at")}


def _plain(value):
    return value.isoformat() if isinstance(value, date | datetime) else value


def _set_back(entry, fields):
    for name, value in fields.items():
        if value and name in TIMES:
            value = (datetime if name.endswith("_at") else date).fromisoformat(value)
        setattr(entry, name, value)
    return entry
