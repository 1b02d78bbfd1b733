"""Applying records, and taking that back.

A file is gone through in batches, each one transaction, so that a reader who asks meanwhile waits for no whole file; an
import that breaks off is kept as far as it came and can be undone like any other. A dry run is the same without the
writing. Taking back is marked first and done in batches as well: what breaks off there is ended by the worker.

What a batch comes to is worked out before its transaction, which only looks whether the rows are still those of then.
"""

import hashlib
import json
import logging
import time
from collections import Counter
from dataclasses import asdict, dataclass, field, replace

from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from lightnovel import batches

from ...text.folding import key
from ..loading import Cause, novel_from, row_of, writer_for
from ..models import Change, Novel, Revision, Tag
from ..reasons import BadRow, Reason
from . import records, volume_rows
from .matching import Matcher
from .models import OWN, Draft, Import, ImportedWork
from .records import Rejected

logger = logging.getLogger(__name__)

BATCH = 200  # works of a dry run that are looked at together
TELL_EVERY = 10  # seconds after which the processes are told of what has come in; each then reads the shelf anew
# What catalogues that anybody may edit are believed in of a work that stands on the shelf already: what moves with
# time, what is still empty, and the ids elsewhere. The rest was settled when the work was put there.
FILLED = ("imprint", "illustrators", "authors_ko", "authors_en")
Action = ImportedWork.Action


@dataclass
class Item:
    """What became of one work of the file. `action`: added, drafted, changed, untouched, kept, rejected or doubtful."""

    where: str
    action: str
    title: str = ""
    slug: str = ""
    reason: str = ""
    changes: dict = field(default_factory=dict)  # field: [before, after]
    lacks: list = field(default_factory=list)
    candidates: list = field(default_factory=list)
    remarks: list = field(default_factory=list)
    unknown_tags: list = field(default_factory=list)

    def as_json(self):
        return {name: value for name, value in asdict(self).items() if value}


@dataclass
class Report:
    counts: Counter = field(default_factory=Counter)
    unknown_tags: Counter = field(default_factory=Counter)
    kept: Import | None = None  # where the import was applied and changed something


def run(found, source, *, tell, apply=False, file_name="", user=None, replace_tags=False, kept=None):
    """Go through `found`, the records of a format. `tell(Item)` is called for each. A dry run unless `apply`.

    Tags of a table are added to those of the work, unless `replace_tags`. `kept`: the Import to go on with.
    """
    return _Run(source, tell, apply, file_name, user, replace_tags, kept).go(iter(found))


class _Run:
    def __init__(self, source, tell, apply, file_name, user, replace_tags, kept):
        self.source, self.tell, self.apply = source, tell, apply
        self.file_name, self.user = file_name[-200:], user
        self.report, self.matcher, self.items = Report(kept=kept), Matcher(), []
        self.told_at, self.replace_tags = -TELL_EVERY, replace_tags
        self.cause = Cause(Change.How.IMPORTED, user)
        self.known_tags = dict(Tag.objects.values_list("slug", "pk"))
        self.slugs = set(Novel.objects.values_list("slug", flat=True))

    def go(self, found):
        try:
            self._go(found)
        finally:
            # Also for an earlier import that broke off before it could tell.
            if self.apply and Import.objects.filter(ended_at=None, undone_at=None).exists():
                Revision.advance()
        if self.report.kept:
            self.report.kept.counts = dict(self.report.counts)
            self.report.kept.ended_at = timezone.now()
            self.report.kept.save(update_fields=["counts", "ended_at"])
        return self.report

    def _go(self, found):
        pace = batches.Pace() if self.apply else batches.Pace(BATCH)
        for batch in pace.split(found):
            self._take(batch, pace)
            self._count_unknown_tags(batch)
            # Only now: a terminal or a pager may be slow, and would hold the lock.
            for item in self.items:
                self.report.counts[item.action] += 1
                self.tell(item)
            self.items.clear()

    def _take(self, batch, pace):
        matched = [(one, None if isinstance(one, Rejected) else self.matcher.match(one)) for one in batch]
        batch = self._worked_out(matched)
        if not self.apply:
            return
        with pace.transaction(len(matched)):
            if self._rows(matched).seen != batch.seen or self._taken(batch):
                # An operator or another import was here in between: once more, with the lock in hand.
                self.items.clear()
                self.slugs.difference_update(batch.slugs)
                self.slugs.update(self._taken(batch))
                batch = self._worked_out(matched)
            if batch.plans:
                self._write(batch)

    def _worked_out(self, matched):
        rows = self._rows(matched)
        # Copies, as what a plan remarks on a record goes with the plan.
        plans = [
            self._plan(record if match is None else replace(record, remarks=[*record.remarks]), match, rows)
            for record, match in matched
        ]
        batch = _Batch(rows.seen, [plan for plan in plans if plan])
        if self.apply:
            batch.writer = writer_for(self.known_tags, batch.made, self.cause)
        return batch

    def _rows(self, matched):
        """What is there of the works and the drafts that the records may be about."""
        novels = _novels(match.work.pk for _, match in matched if match and match.work)
        drafts = self._drafts([record for record, match in matched if match and not match.work])
        return _Rows({pk: (novel.loaded, row_of(novel)) for pk, novel in novels.items()}, drafts)

    @staticmethod
    def _taken(batch):
        """The slugs of new works that somebody else has taken meanwhile."""
        return set(Novel.objects.filter(slug__in=batch.slugs).values_list("slug", flat=True))

    def _count_unknown_tags(self, batch):
        for record in batch:
            self.report.unknown_tags.update([] if isinstance(record, Rejected) else record.unknown_tags)

    def _plan(self, record, match, rows):
        """(ImportedWork, what `novel_from` made or None, Draft to be saved or None); None: nothing is to be written."""
        if match is None:
            self.items.append(Item(record.where, "rejected", reason=record.reason))
            return None
        if match.doubt:
            self._tell_of(record, "doubtful", reason=match.doubt, candidates=[work.slug for work in match.candidates])
            return None
        try:
            if match.work:
                return self._change(record, *rows.novels.get(match.work.pk, ("", None)))
            return self._new(record, rows.drafts)
        except BadRow as error:
            self._tell_of(record, "rejected", reason=error.reason)
            return None

    def _tell_of(self, record, action, slug="", **more):
        more |= {"remarks": record.remarks, "unknown_tags": record.unknown_tags}
        self.items.append(Item(record.where, action, record.title, slug, **more))

    # --- What to do ------------------------------------------------------------------------------------------------

    def _change(self, record, loaded, before):
        if before is None:
            raise BadRow("gone")
        after = self._replaced(before, record) if self.source in OWN else _moved_on(before, record.row, record.remarks)
        if after == before:
            self._tell_of(record, "untouched", before["slug"])
            return None
        changes = {name: [before.get(name), after[name]] for name in after if after[name] != before.get(name)}
        if not loaded:
            self._tell_of(record, "kept", before["slug"], changes=changes, reason=Reason("by_hand"))
            return None
        made = novel_from(after, self.known_tags)
        made[0].loaded = loaded
        self._tell_of(record, "changed", before["slug"], changes=changes)
        work = ImportedWork(
            action=Action.CHANGED,
            where=record.where,
            title=record.title,
            before=before,
            after=after,
            loaded=loaded,
        )
        return work, made, None

    def _replaced(self, before, record):
        after = _replaced(before, record.row)
        if not self.replace_tags and "tags" in after:
            after["tags"] = _with_tags(before.get("tags", {}), record)
        return after

    def _new(self, record, drafts):
        """A work that is not on the shelf: on it if nothing is missing, else kept as a draft."""
        draft = drafts.get((record.source_id,)) if record.source_id else None
        draft = draft or drafts.get(record.title_key)
        if draft and not _may_be(record, draft):
            self._tell_of(record, "doubtful", reason=Reason("draft_differs"))
            return None
        before = draft.row if draft else {}
        is_owner = self.source in (*OWN, draft.source if draft else self.source)
        after = self._replaced(before, record) if is_owner else _filled(before, record.row)
        lacks = records.lacks(after)
        if not lacks:
            return self._shelve(record, draft, after)
        if draft and after == before:
            self._tell_of(record, "untouched", lacks=lacks)
            return None
        _check(after, self.known_tags)
        changes = (
            {name: [before.get(name), after[name]] for name in after if after[name] != before.get(name)}
            if draft
            else {}
        )
        self._tell_of(record, "changed" if draft else "drafted", lacks=lacks, changes=changes)
        action = Action.REDRAFTED if draft else Action.DRAFTED
        work = ImportedWork(
            action=action, where=record.where, title=record.title, before=before or None, after=after, draft=draft
        )
        if not draft:
            draft = Draft(source=self.source, source_id=record.source_id)
        draft.row, draft.lacks, draft.title, draft.key = after, lacks, record.title, record.title_key
        draft.changed_at = timezone.now()
        return work, None, draft

    def _shelve(self, record, draft, row):
        row = {**row, "slug": self._slug(row, record)}
        made = novel_from(row, self.known_tags)
        self.slugs.add(row["slug"])
        # Not blank, so that a later import may change it; an operator who does makes it theirs.
        made[0].loaded = hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()
        self._tell_of(record, "added", row["slug"])
        before = {"source": draft.source, "source_id": draft.source_id, "row": draft.row} if draft else None
        work = ImportedWork(
            action=Action.ADDED, where=record.where, title=record.title, after=row, draft=draft, drafted_before=before
        )
        return work, made, None

    def _slug(self, row, record):
        said = row.get("slug", "")
        if said and said in self.slugs:
            raise BadRow("slug_taken", what=said)
        titles = row["titles"]
        digest = hashlib.sha256(record.title_key.encode()).hexdigest()[:8]
        choices = [said, slugify(titles["en"])[:60], slugify(titles.get("romaji", ""))[:60], f"work-{digest}"]
        slug = next((one for one in choices if one and one not in self.slugs), "")
        if not slug:
            raise BadRow("no_free_slug")
        return slug

    def _drafts(self, found):
        """The drafts the records may be about: by (id,) of this source, and by title."""
        ids, keys = {record.source_id for record in found} - {""}, {record.title_key for record in found}
        rows = Draft.objects.filter(Q(source=self.source, source_id__in=ids) | Q(key__in=keys)).order_by("-pk")
        drafts = {draft.key: draft for draft in rows}
        return drafts | {(d.source_id,): d for d in rows if d.source == self.source and d.source_id}

    # --- Writing it ------------------------------------------------------------------------------------------------

    def _write(self, batch):
        if not self.report.kept:
            self.report.kept = Import.objects.create(source=self.source, file_name=self.file_name, made_by=self.user)
        self.cause.of = self.report.kept
        batch.write_novels()
        saved = _novels(made[0].pk for made in batch.made)
        for work, made, draft in batch.plans:
            work.of = self.report.kept
            if made:
                work.novel, work.after = made[0], row_of(saved[made[0].pk])
            if draft:
                draft.save()
                work.draft = draft
            elif work.draft:
                work.draft.delete()
                work.draft = None
        ImportedWork.objects.bulk_create([work for work, *_ in batch.plans])
        if time.monotonic() >= self.told_at + TELL_EVERY:
            self.told_at = time.monotonic()
            Revision.advance()


class _Rows:
    """What a batch is worked out from: {pk: (loaded, row)} of works, and drafts by what they are found by."""

    def __init__(self, novels, drafts):
        self.novels, self.drafts = novels, drafts
        # Taken down now, as a plan changes the drafts.
        self.seen = novels, {by: (draft.pk, draft.row) for by, draft in drafts.items()}


class _Batch:
    """What some records come to: `plans` are what `_plan` returned, `seen` what was there then."""

    def __init__(self, seen, plans):
        self.seen, self.plans = seen, plans
        self.made = [made for _, made, _ in plans if made]
        self.slugs = {made[0].slug for work, made, _ in plans if work.action == Action.ADDED}
        self.writer = None  # of `made`, where it is to be written

    def write_novels(self):
        fresh = [made for made in self.made if made[0].slug in self.slugs]
        self.writer.write(fresh, [made for made in self.made if made[0].slug not in self.slugs])


def _novels(pks):
    found = Novel.objects.filter(pk__in=list(pks)).with_tags().prefetch_related("names")
    return {novel.pk: novel for novel in found}


def _may_be(record, draft):
    said, known = ({key(name) for name in row.get("authors", ())} for row in (record.row, draft.row))
    is_same_year = record.row.get("year") in (None, draft.row.get("year")) or not draft.row.get("year")
    return draft.source_id == record.source_id != "" or not said or not known or bool(said & known) or is_same_year


def _check(row, known_tags):
    """BadRow where what the row does say could never stand on the shelf."""
    filler = {"ko": "-", "en": "-", "ja": "-"}
    whole = {"slug": "draft", "authors": ["-"], "year": 2000, "volumes": 1, "status": "ongoing", "tags": {}, **row}
    novel_from({**whole, "titles": filler | row["titles"], "synopsis": filler | row.get("synopsis", {})}, known_tags)


def _moved_on(before, said, remarks):
    """A work on the shelf with what another catalogue knows better: see FILLED."""
    after = dict(before)
    for name in FILLED:
        if said.get(name) and not before.get(name):
            after[name] = said[name]
    after["anime"] = before["anime"] or said.get("anime", False)
    if before["status"] != "completed":
        after["status"] = said.get("status") or before["status"]
        after["volumes"] = max(before["volumes"], said.get("volumes", 0))
    after["external_ids"] = {**said.get("external_ids", {}), **before.get("external_ids", {})}
    for name in ("volumes", "status"):
        if said.get(name) and said[name] != after[name]:
            remarks.append(Reason("shelf_has", field=name, said=said[name], there=after[name]))
    for code, edition in said.get("editions", {}).items():
        if (before["editions"].get(code) or {}).get("known") is None:
            after["editions"] = {**after["editions"], code: edition}
    return after


def _filled(before, said):
    """A draft with what it does not say yet."""
    after = {**said, **before}
    for name in ("titles", "editions", "external_ids"):
        if name in said:
            after[name] = {**said[name], **before.get(name, {})}
    return after


def _replaced(before, said):
    """What is known with all the file says in its place, as of the operator's own table. Names are added to."""
    after = {**before, **said}
    for name in ("titles", "synopsis", "editions", "external_ids"):
        if name in said:
            after[name] = {**before.get(name, {}), **said[name]}
    if "names" in said:
        known = {key(one) for one in [*before.get("names", []), *after["titles"].values()]}
        after["names"] = [*before.get("names", []), *(one for one in said["names"] if key(one) not in known)]
    if "slug" in before:
        after["slug"] = before["slug"]
    return after


def _with_tags(before, record):
    """The tags of a work with those of the record: one known word of a table says nothing against the others."""
    after = {**before, **record.row.get("tags", {})}
    if dropped := list(after)[max(records.MAX_TAGS, len(before)) :]:
        record.remarks.append(Reason("enough_tags", what=", ".join(dropped)))
    return {slug: strength for slug, strength in after.items() if slug not in dropped}


# --- Taking it back ------------------------------------------------------------------------------------------------


class AlreadyUndone(ValueError):
    pass


def undo(imported, user=None):
    """Take back `imported`, or go on with that. Returns what it left, as ImportedWork with `left` saying why.
    AlreadyUndone."""
    begin_undo(imported, user)
    _take_back_all(imported)
    return left_of(imported)


def begin_undo(imported, user=None):
    """Mark `imported` as to be taken back, which `go_on_undoing` does. AlreadyUndone."""
    waiting = Import.objects.filter(pk=imported.pk, undo_ended_at=None)
    if not (waiting.filter(undone_at=None).update(undone_at=timezone.now(), undone_by=user) or waiting.exists()):
        raise AlreadyUndone
    imported.refresh_from_db()


def go_on_undoing(deadline=None):
    """Take back what is marked. False when `deadline` (monotonic) came before the end."""
    marked = Import.objects.filter(undone_at__isnull=False, undo_ended_at=None)
    return all(_take_back_all(imported, deadline) for imported in marked)


def left_of(imported):
    return list(imported.works.exclude(left="").order_by("pk"))


def _take_back_all(imported, deadline=None):
    # The latest first: where one import has touched a work twice, each step finds what it made.
    waiting = imported.works.filter(taken_back=False, left="").order_by("-pk")
    pace, is_first = batches.Pace(), True
    while deadline is None or time.monotonic() < deadline:
        known_tags = dict(Tag.objects.values_list("slug", "pk"))
        before = _made_of_before(waiting[: pace.size], known_tags)
        cause = Cause(Change.How.UNDONE, imported.undone_by, imported)
        writer = writer_for(known_tags, [made for made in before.values() if made], cause)
        with pace.transaction(pace.size):
            # Those of them that nobody else has taken back meanwhile.
            works = list(waiting.filter(pk__in=before).select_for_update())
            _take_back(works, before, writer)
            if is_first or not before:
                Revision.advance()
            if not before:
                Import.objects.filter(pk=imported.pk).update(undo_ended_at=timezone.now())
                return True
        is_first = False
    return False


def _made_of_before(works, known_tags):
    """{key of an ImportedWork: what its work was before, as `novel_from` makes it; None where it was not or cannot be}."""
    before = {}
    for work in works:
        before[work.pk] = None
        if work.action != Action.CHANGED:
            continue
        # A tag that is no longer there cannot come back with it.
        tags = {slug: strength for slug, strength in work.before["tags"].items() if slug in known_tags}
        try:
            made = novel_from({**work.before, "tags": tags}, known_tags)
        except BadRow as error:
            logger.warning("%s cannot be what it was before import %s: %s", work.title, work.of_id, error)
            continue
        made[0].loaded = work.loaded
        before[work.pk] = made
    return before


def _take_back(works, before, writer):
    pks = {work.novel_id for work in works} - {None}
    # Held until the end: what a reader puts on a shelf meanwhile waits, and finds the work there or gone.
    list(Novel.objects.filter(pk__in=pks).order_by("pk").select_for_update().values_list("pk", flat=True))
    novels = _novels(pks)
    # What is there by now, not what was read with an earlier batch.
    drafts = Draft.objects.in_bulk([work.draft_id for work in works if work.draft_id])
    used = _in_use(novels)
    removed, restored = [], []
    for work in works:
        if work.action in (Action.DRAFTED, Action.REDRAFTED):
            work.left = _undo_drafted(work, drafts.get(work.draft_id))
        elif (novel := novels.get(work.novel_id)) is None:
            work.left = ImportedWork.Left.GONE
        elif work.action == Action.VOLUMES:
            work.left = volume_rows.take_back(work)
        elif _is_edited(novel, work) or (work.action == Action.CHANGED and not before[work.pk]):
            work.left = ImportedWork.Left.EDITED
        elif work.action == Action.CHANGED:
            restored.append(before[work.pk])
        elif novel.pk in used:
            work.left = ImportedWork.Left.IN_USE
        else:
            removed.append(novel)
            _undraft(work.drafted_before)
        work.taken_back = not work.left
    writer.write([], restored)
    Change.objects.bulk_create(
        Change(slug=novel.slug, how=Change.How.DELETED, by=writer.cause.by, of=writer.cause.of) for novel in removed
    )
    Novel.objects.filter(pk__in=[novel.pk for novel in removed]).delete()
    ImportedWork.objects.bulk_update(works, ["left", "taken_back"], batch_size=BATCH)


def _undraft(was):
    """Bring the draft back that a record had made complete, if there was one."""
    if was:
        row = was["row"]
        title = records.Record("", "", row).title
        Draft.objects.create(**was, title=title, key=key(title), lacks=records.lacks(row))


def _undo_drafted(work, draft):
    if draft is None:
        return ImportedWork.Left.GONE
    if draft.row != work.after:
        return ImportedWork.Left.EDITED
    if work.before is None:
        draft.delete()
        return ""
    draft.row, draft.lacks = work.before, records.lacks(work.before)
    draft.title = records.Record("", "", draft.row).title
    draft.key = key(draft.title)
    draft.save()
    return ""


def _is_edited(novel, work):
    """Whether anything is not as the import left it."""
    # An import of before these fields were there wrote none of them, and left none.
    return not novel.loaded or row_of(novel) != {
        "adaptations": [],
        "reading_order": [],
        "external_ids": {},
        **work.after,
    }


def _in_use(pks):
    """Those of the novels `pks` that anything outside the catalogue points at: a reader's shelf, a pick in a reply."""
    return {
        pk
        for relation in Novel._meta.related_objects
        if relation.related_model._meta.app_label != Novel._meta.app_label
        for pk in relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": pks}).values_list(
            relation.field.attname, flat=True
        )
    }
