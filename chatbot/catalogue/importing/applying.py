"""Applying records, and taking that back.

A file is gone through in batches, each one transaction, so that a reader who asks meanwhile waits for no whole file; an
import that breaks off is kept as far as it came and can be undone like any other. A dry run is the same without the
writing.
"""

import hashlib
import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from itertools import islice

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from ...text.folding import key
from ..loading import BadRow, novel_from, row_of, save_novels
from ..models import Novel, Revision, Tag
from . import records
from .matching import Matcher
from .models import Draft, Import, ImportedWork
from .records import Rejected

BATCH = 200
# What catalogues that anybody may edit are believed in of a work that stands on the shelf already: what moves with
# time, and what is still empty. The rest was settled when the work was put there.
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

    def as_json(self):
        return {name: value for name, value in asdict(self).items() if value}


@dataclass
class Report:
    counts: Counter = field(default_factory=Counter)
    unknown_tags: Counter = field(default_factory=Counter)
    kept: Import | None = None  # where the import was applied and changed something


def run(found, source, *, tell, apply=False, file_name="", user=None):
    """Go through `found`, the records of a format. `tell(Item)` is called for each. A dry run unless `apply`."""
    return _Run(source, tell, apply, file_name, user).go(iter(found))


class _Run:
    def __init__(self, source, tell, apply, file_name, user):
        self.source, self.tell, self.apply = source, tell, apply
        self.file_name, self.user = file_name[-200:], user
        self.report, self.matcher = Report(), Matcher()
        self.known_tags = dict(Tag.objects.values_list("slug", "pk"))
        self.slugs = set(Novel.objects.values_list("slug", flat=True))

    def go(self, found):
        try:
            while batch := list(islice(found, BATCH)):
                with transaction.atomic():
                    self._take(batch)
        finally:
            if self.report.kept:
                Revision.advance()
        if self.report.kept:
            self.report.kept.counts = dict(self.report.counts)
            self.report.kept.ended_at = timezone.now()
            self.report.kept.save(update_fields=["counts", "ended_at"])
        return self.report

    def _take(self, batch):
        found = [(one, None if isinstance(one, Rejected) else self.matcher.match(one)) for one in batch]
        novels = _novels(match.work.pk for _, match in found if match and match.work)
        drafts = self._drafts([record for record, match in found if match and not match.work])
        plans = [self._plan(record, match, novels, drafts) for record, match in found]
        if self.apply and any(plans):
            self._write([plan for plan in plans if plan])

    def _plan(self, record, match, novels, drafts):
        """(ImportedWork, what `novel_from` made or None, Draft to be saved or None); None: nothing is to be written."""
        if match is None:
            self._tell(Item(record.where, "rejected", reason=record.reason))
            return None
        self.report.unknown_tags.update(record.unknown_tags)
        if match.doubt:
            self._tell_of(record, "doubtful", reason=match.doubt, candidates=[work.slug for work in match.candidates])
            return None
        try:
            return self._change(record, novels.get(match.work.pk)) if match.work else self._new(record, drafts)
        except BadRow as error:
            self._tell_of(record, "rejected", reason=str(error))
            return None

    def _tell_of(self, record, action, slug="", **more):
        self._tell(Item(record.where, action, record.title, slug, remarks=record.remarks, **more))

    def _tell(self, item):
        self.report.counts[item.action] += 1
        self.tell(item)

    # --- What to do ------------------------------------------------------------------------------------------------

    def _change(self, record, novel):
        if novel is None:
            raise BadRow("its work has just been taken off the shelf")
        before = row_of(novel)
        after = _replaced(before, record.row) if self.source == "csv" else _moved_on(before, record.row, record.remarks)
        if after == before:
            self._tell_of(record, "untouched", novel.slug)
            return None
        changes = {name: [before.get(name), after[name]] for name in after if after[name] != before.get(name)}
        if not novel.loaded:
            self._tell_of(record, "kept", novel.slug, changes=changes, reason="somebody has changed it in the admin")
            return None
        made = novel_from(after, self.known_tags)
        made[0].loaded = novel.loaded
        self._tell_of(record, "changed", novel.slug, changes=changes)
        work = ImportedWork(
            action=Action.CHANGED,
            where=record.where,
            title=record.title,
            before=before,
            after=after,
            loaded=novel.loaded,
        )
        return work, made, None

    def _new(self, record, drafts):
        """A work that is not on the shelf: on it if nothing is missing, else kept as a draft."""
        draft = drafts.get((record.source_id,)) if record.source_id else None
        draft = draft or drafts.get(record.title_key)
        if draft and not _may_be(record, draft):
            self._tell_of(record, "doubtful", reason="an unfinished work has the title, with another author and year")
            return None
        before = draft.row if draft else {}
        is_owner = self.source in ("csv", draft.source if draft else self.source)
        after = _replaced(before, record.row) if is_owner else _filled(before, record.row)
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
            raise BadRow(f"the slug belongs to another work: {said}")
        titles = row["titles"]
        digest = hashlib.sha256(record.title_key.encode()).hexdigest()[:8]
        choices = [said, slugify(titles["en"])[:60], slugify(titles.get("romaji", ""))[:60], f"work-{digest}"]
        slug = next((one for one in choices if one and one not in self.slugs), "")
        if not slug:
            raise BadRow("no slug is free for it")
        return slug

    def _drafts(self, found):
        """The drafts the records may be about: by (id,) of this source, and by title."""
        ids, keys = {record.source_id for record in found} - {""}, {record.title_key for record in found}
        rows = Draft.objects.filter(Q(source=self.source, source_id__in=ids) | Q(key__in=keys)).order_by("-pk")
        drafts = {draft.key: draft for draft in rows}
        return drafts | {(d.source_id,): d for d in rows if d.source == self.source and d.source_id}

    # --- Writing it ------------------------------------------------------------------------------------------------

    def _write(self, plans):
        if not self.report.kept:
            self.report.kept = Import.objects.create(source=self.source, file_name=self.file_name, made_by=self.user)
        fresh = [made for work, made, _ in plans if work.action == Action.ADDED]
        stale = [made for work, made, _ in plans if work.action == Action.CHANGED]
        save_novels(self.known_tags)(fresh, stale)
        saved = _novels(made[0].pk for made in fresh + stale)
        for work, made, draft in plans:
            work.of = self.report.kept
            if made:
                work.novel, work.after = made[0], row_of(saved[made[0].pk])
            if draft:
                draft.save()
                work.draft = draft
            elif work.draft:
                work.draft.delete()
                work.draft = None
        ImportedWork.objects.bulk_create([work for work, *_ in plans])


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
    for name in ("volumes", "status"):
        if said.get(name) and said[name] != after[name]:
            remarks.append(f"{name} {said[name]} not taken, the shelf has {after[name]}")
    for code, edition in said.get("editions", {}).items():
        if (before["editions"].get(code) or {}).get("known") is None:
            after["editions"] = {**after["editions"], code: edition}
    return after


def _filled(before, said):
    """A draft with what it does not say yet."""
    after = {**said, **before}
    for name in ("titles", "editions"):
        if name in said:
            after[name] = {**said[name], **before.get(name, {})}
    return after


def _replaced(before, said):
    """What is known with all the file says in its place, as of the operator's own table. Names are added to."""
    after = {**before, **said}
    for name in ("titles", "synopsis", "editions"):
        if name in said:
            after[name] = {**before.get(name, {}), **said[name]}
    if "names" in said:
        known = {key(one) for one in [*before.get("names", []), *after["titles"].values()]}
        after["names"] = [*before.get("names", []), *(one for one in said["names"] if key(one) not in known)]
    if "slug" in before:
        after["slug"] = before["slug"]
    return after


# --- Taking it back ------------------------------------------------------------------------------------------------


class AlreadyUndone(ValueError):
    pass


def undo(imported, user=None):
    """Take back `imported`. Returns what it left, as ImportedWork with `left` saying why. AlreadyUndone."""
    with transaction.atomic():
        if not Import.objects.filter(pk=imported.pk, undone_at=None).update(undone_at=timezone.now(), undone_by=user):
            raise AlreadyUndone
        known_tags = dict(Tag.objects.values_list("slug", "pk"))
        left, restored = [], []
        # The latest first: where one import has touched a work twice, each step finds what it made.
        for work in imported.works.order_by("-pk").iterator(chunk_size=BATCH):
            work.left = _UNDO[work.action](work, restored)
            if work.left:
                left.append(work)
        for start in range(0, len(restored), BATCH):
            made = [novel_from(work.before, known_tags) for work in restored[start : start + BATCH]]
            for (novel, *_), work in zip(made, restored[start:], strict=False):
                novel.loaded = work.loaded
            save_novels(known_tags)([], made)
        ImportedWork.objects.bulk_update(left, ["left"], batch_size=BATCH)
        Revision.advance()
    imported.refresh_from_db()
    return left[::-1]


def _undo_added(work, restored):
    novel = _novels([work.novel_id]).get(work.novel_id)
    if novel is None:
        return ImportedWork.Left.GONE
    if _is_edited(novel, work):
        return ImportedWork.Left.EDITED
    if _is_in_use(novel):
        return ImportedWork.Left.IN_USE
    novel.delete()
    if was := work.drafted_before:
        row = was["row"]
        title = records.Record("", "", row).title
        Draft.objects.create(**was, title=title, key=key(title), lacks=records.lacks(row))
    return ""


def _undo_changed(work, restored):
    novel = _novels([work.novel_id]).get(work.novel_id)
    if novel is None:
        return ImportedWork.Left.GONE
    if _is_edited(novel, work):
        return ImportedWork.Left.EDITED
    restored.append(work)
    return ""


def _undo_drafted(work, restored):
    if work.draft is None:
        return ImportedWork.Left.GONE
    if work.draft.row != work.after:
        return ImportedWork.Left.EDITED
    if work.before is None:
        work.draft.delete()
        return ""
    draft = work.draft
    draft.row, draft.lacks = work.before, records.lacks(work.before)
    draft.title = records.Record("", "", draft.row).title
    draft.key = key(draft.title)
    draft.save()
    return ""


_UNDO = {
    Action.ADDED: _undo_added,
    Action.CHANGED: _undo_changed,
    Action.DRAFTED: _undo_drafted,
    Action.REDRAFTED: _undo_drafted,
}


def _is_edited(novel, work):
    """Whether anything is not as the import left it."""
    # An import of before the field was there wrote no adaptations, and left none.
    return not novel.loaded or row_of(novel) != {"adaptations": [], **work.after}


def _is_in_use(novel):
    """Whether anything outside the catalogue points at it: a reader's shelf, a pick in a reply."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: novel}).exists()
        for relation in Novel._meta.related_objects
        if relation.related_model._meta.app_label != Novel._meta.app_label
    )
