"""A list that was looked at goes onto the shelf in one step, and comes off again in one.

Either is done some works at a time, so that nobody waits long for the write lock. Each work says what became of it, so
that another worker goes on where one was broken off.

What the reader changed here since is not overwritten: of each field, what the list says now is compared with what the
last list said and with what stands there (a merge of three versions). The same list twice changes nothing.
"""

from collections import defaultdict
from datetime import date, datetime

from django.db.models import Count, Q
from django.utils import timezone

from chatbot.catalogue.gaps import Gap
from lightnovel.batches import Pace

from .. import taste
from ..models import ShelfEntry, User
from ..shelf.editing import FIELDS
from . import folding, titles
from .matching import Verdict
from .models import ListedWork, ListFile, ReadingList

NOTHING = dict.fromkeys(FIELDS) | {"state": "", "note": "", "drop_reasons": [], "drop_words": ""}
AT_ONCE = 500
# What is to be put on the shelf now.
WANTED = Q(verdict=Verdict.MATCHED, left_out=False, novel__isnull=False, outcome="")
State = ReadingList.State
Outcome = ListedWork.Outcome
UNDONE = (Outcome.TAKEN_BACK, Outcome.LEFT)


def keep(reading_list):
    """Put what was found onto the shelf. Where something breaks, the list counts as kept if any of it was."""
    wanted = reading_list.works.filter(WANTED).order_by("novel_id").values_list("novel_id", flat=True).distinct()
    pace = Pace()
    try:
        while novels := list(wanted[: pace.size]):
            with pace.transaction(len(novels)):
                if not _goes_on(reading_list, State.KEEPING, kept_at=reading_list.kept_at or timezone.now()):
                    return
                _merge(reading_list, novels)
    except Exception:
        reading_list.touch(counts=_kept(reading_list))
        raise
    if reading_list.move(State.KEEPING, State.KEPT, kept_at=timezone.now(), counts=_kept(reading_list)):
        ListFile.objects.filter(of=reading_list).delete()
        count_gaps(reading_list)


def _goes_on(reading_list, state, **changes):
    """Whether the list still stands at this step; then nobody else writes to its reader's shelf until the transaction ends."""
    User.hold(reading_list.reader_id)
    return reading_list.move(state, state, touched_at=timezone.now(), attempts=reading_list.attempts, **changes)


def _kept(reading_list):
    """{outcome: works}"""
    kept = reading_list.works.exclude(outcome="").order_by()
    return dict(kept.values_list("outcome").annotate(Count("novel", distinct=True)))


def _merge(reading_list, novels):
    by_novel, before = defaultdict(list), {}
    works = reading_list.works.filter(novel__in=novels)
    for work in works.filter(WANTED).select_related("novel").order_by("line", "pk"):
        by_novel[work.novel_id].append(work)
    for work in works.filter(folded__isnull=False):
        before[work.novel_id] = work  # of a first keeping, when some doubts were still open
    entries = _entries(reading_list, by_novel)
    bases = _bases(reading_list, novels)
    added, changed, now = [], [], timezone.now()
    for pk, works in by_novel.items():
        lines = folding.in_state([one for work in works for one in folding.said_of(work)], reading_list.stateless)
        lines.sort(key=lambda one: one.get("line", 0))  # however they were found: the same file has to say the same
        said = folding.fold(lines, works[0].novel)
        entry = entries.get(pk)
        outcome, merged = merge(entry and fields_of(entry), bases.get(pk), said)
        for work in works:
            work.outcome = outcome
        told = before.setdefault(pk, works[0])
        told.folded = _plain(said)
        if outcome not in (Outcome.ADDED, Outcome.CHANGED):
            continue
        if told.after is None:
            told.before = entry and _plain(fields_of(entry) | {"changed_at": entry.changed_at})
        told.after = _plain(merged)
        if entry is None:
            added.append(ShelfEntry(reader_id=reading_list.reader_id, novel_id=pk, changed_at=now, **merged))
        else:
            changed.append(_set(entry, merged, now))
    # A work that the reader marks in this very moment stays as they mark it.
    ShelfEntry.objects.bulk_create(added, batch_size=AT_ONCE, ignore_conflicts=True)
    ShelfEntry.objects.bulk_update(changed, [*FIELDS, "changed_at"], batch_size=AT_ONCE)
    taste.learn_from_shelf(reading_list.reader, [entry.novel_id for entry in (*added, *changed)])
    changed_works = {
        work.pk: work for work in (*before.values(), *(work for works in by_novel.values() for work in works))
    }
    fields = ["outcome", "folded", "before", "after"]
    ListedWork.objects.bulk_update(changed_works.values(), fields, batch_size=AT_ONCE)


def _entries(reading_list, novels):
    """{novel: entry} of the reader, held until the transaction ends."""
    found = ShelfEntry.objects.filter(reader=reading_list.reader_id, novel__in=list(novels)).order_by("pk")
    return {entry.novel_id: entry for entry in found.select_for_update()}


def _set(entry, fields, now):
    for name, value in fields.items():
        setattr(entry, name, value)
    entry.changed_at = now
    return entry


def merge(ours, base, theirs):
    """(outcome, fields of the entry). `ours`: None where there is no entry; `base`: what the last list left there."""
    merged = dict(ours or NOTHING)
    kept_ours = False
    for name in FIELDS:
        said, here, before = theirs[name], merged[name], (base or NOTHING)[name]
        if said in (None, "", []) or said == here:
            continue
        if here == before and said != before:
            merged[name] = said
        else:
            kept_ours = True
    if merged == (ours or NOTHING):
        return (Outcome.OURS if kept_ours else Outcome.SAME), merged
    if ours is None and not merged["state"]:
        return Outcome.OURS, merged  # taken off the shelf here since
    return (Outcome.ADDED if ours is None else Outcome.CHANGED), merged


def fields_of(entry):
    return {name: getattr(entry, name) for name in FIELDS}


def _plain(fields):
    """As JSON keeps it."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()}


def _dated(fields):
    """What `_plain` made of the fields, as they were."""
    of = {"started_on": date, "finished_on": date, "changed_at": datetime}
    return fields | {name: kind.fromisoformat(fields[name]) for name, kind in of.items() if fields.get(name)}


def _bases(reading_list, novels):
    """{novel: fields} as the last list from the same site told them; a list from elsewhere only fills what is open."""
    told = ListedWork.objects.filter(
        of__reader=reading_list.reader_id,
        of__format=reading_list.format,
        of__state=State.KEPT,
        folded__isnull=False,
        novel__in=novels,
    )
    rows = told.order_by("of_id", "pk").values_list("novel_id", "folded")
    return {novel: _dated(folded) for novel, folded in rows.iterator()}


def undo(reading_list):
    """Give each entry back what it would be without this list. One that was changed here since stays as it is."""
    written = reading_list.works.filter(after__isnull=False)
    pace = Pace()
    while works := list(written.exclude(outcome__in=UNDONE).order_by("pk")[: pace.size]):
        with pace.transaction(len(works)):
            if not _goes_on(reading_list, State.UNDOING):
                return
            _take_back(reading_list, works)
    counts = dict(written.order_by().values_list("outcome").annotate(Count("pk")))
    reading_list.move(State.UNDOING, State.UNDONE, undone_at=timezone.now(), counts=counts)


def _take_back(reading_list, works):
    entries = _entries(reading_list, [work.novel_id for work in works if work.novel_id])
    told = _told_by_others(reading_list, entries)
    gone, changed, others = [], [], []
    for work in works:
        entry = entries.get(work.novel_id)
        earlier, later = told.get(work.novel_id, ([], []))
        if entry is None or not _is_as_lists_left_it(entry, [work, *later]):
            work.outcome = Outcome.LEFT
            continue
        was = _as_without(work, earlier, later)
        work.outcome = Outcome.LEFT if was and later else Outcome.TAKEN_BACK
        others += later
        if was is None:
            gone.append(entry)
        else:
            changed.append(_set(entry, was, was.pop("changed_at")))
    taste.learn_from_shelf(reading_list.reader, [entry.novel_id for entry in gone], gone=True)
    ShelfEntry.objects.filter(pk__in=[entry.pk for entry in gone]).delete()
    ShelfEntry.objects.bulk_update(changed, [*FIELDS, "changed_at"], batch_size=AT_ONCE)
    taste.learn_from_shelf(reading_list.reader, [entry.novel_id for entry in changed])
    ListedWork.objects.bulk_update(works, ["outcome"], batch_size=AT_ONCE)
    ListedWork.objects.bulk_update(others, ["before", "after"], batch_size=AT_ONCE)


def _told_by_others(reading_list, novels):
    """{novel: (rows of lists that were kept before this one, of those kept after it)}, none of them taken back.

    Of a list that is being taken back itself, only what it wrote: it does not come by its other works again.
    """
    stands = Q(of__state__in=(State.KEEPING, State.KEPT)) | Q(of__state=State.UNDOING, after__isnull=False)
    rows = ListedWork.objects.filter(
        stands, of__reader=reading_list.reader_id, of__kept_at__isnull=False, folded__isnull=False, novel__in=novels
    )
    told = defaultdict(lambda: ([], []))
    others = rows.exclude(of=reading_list).exclude(outcome__in=UNDONE).select_related("of")
    for row in others.order_by("of__kept_at", "of_id", "pk"):
        is_later = (row.of.kept_at, row.of_id) > (reading_list.kept_at, reading_list.pk)
        told[row.novel_id][is_later].append(row)
    return told


def _is_as_lists_left_it(entry, rows):
    """Whether nobody changed the entry by hand since the first of `rows` was kept: each began where the last ended."""
    here = rows[0].after
    for row in rows[1:]:
        if row.after is not None:
            if row.before is None or {name: row.before[name] for name in FIELDS} != here:
                return False
            here = row.after
    return _plain(fields_of(entry)) == here


def _as_without(work, earlier, later):
    """The entry as it would be had `work` not been kept, None for none. What `work` alone had written of it, those that
    were kept later write now, so that each of them can be taken back in turn."""
    was = work.before and _dated(work.before)
    bases = {row.of.format: _dated(row.folded) for row in earlier}
    for row in later:
        said = _dated(row.folded)
        outcome, merged = merge(was and {name: was[name] for name in FIELDS}, bases.get(row.of.format), said)
        bases[row.of.format] = said
        if outcome in (Outcome.ADDED, Outcome.CHANGED):
            row.before, row.after = was and _plain(was), _plain(merged)
            was = merged | {"changed_at": row.of.kept_at}
        else:
            row.before = row.after = None
    return was


def count_gaps(reading_list):
    """Tell operators of novels that the list names and the shelf has not."""
    missing = reading_list.works.filter(verdict=Verdict.MISSING, is_novel=True, left_out=False).exclude(title="")
    names = (titles.read(title).name for title in missing.values_list("title", flat=True).iterator())
    Gap.objects.count_listed(reader_id=reading_list.reader_id, titles=names)
