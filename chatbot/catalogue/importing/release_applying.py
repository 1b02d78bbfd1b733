"""Applying releases: like `applying`, in batches that are worked out before their transaction, and a dry run is the same
without the writing. Taking back is `applying`'s.

A volume is found again by its ISBN, else by language, format and number. What another list told, or came with the
project, is believed until a later list says otherwise; a table of the operator's own is believed before lists, and what
was changed in the admin before both.
"""

from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import date

from django.utils import timezone

from lightnovel import batches

from ..models import Revision
from ..reasons import Reason
from ..volumes import Volume
from .models import Import, ImportedWork
from .records import Rejected
from .releases import ReleaseMatcher
from .volume_rows import FIELDS, state_of, volume_of

BATCH = 1000  # releases of a dry run that are looked at together
SAID = ("number", "isbn13", "released_on", "title", "url")  # what a list may tell anew of a volume that is there


@dataclass
class Item:
    """What became of some volumes of one work: added, changed, untouched, kept, elsewhere, rejected or doubtful."""

    where: str
    action: str
    title: str = ""
    slug: str = ""
    reason: str = ""
    volumes: int = 1
    changes: list = field(default_factory=list)  # [number, language, format, {field: [before, after]}]
    candidates: list = field(default_factory=list)
    remarks: list = field(default_factory=list)

    def as_json(self):
        return {name: value for name, value in asdict(self).items() if value}


@dataclass
class Report:
    counts: Counter = field(default_factory=Counter)  # of volumes
    kept: Import | None = None  # where the import was applied and changed something


def run(found, source, *, as_of, tell, apply=False, file_name="", user=None):
    """Go through `found`, releases of a list made on the day `as_of`. `tell(Item)` is called for what became of them."""
    return _Run(source, as_of, tell, apply, file_name, user).go(iter(found))


class _Run:
    def __init__(self, source, as_of, tell, apply, file_name, user):
        self.source, self.as_of, self.tell, self.apply = source, as_of, tell, apply
        self.file_name, self.user = file_name[-200:], user
        self.report, self.matcher, self.seen, self.told = Report(), ReleaseMatcher(), {}, {}

    def go(self, found):
        pace = batches.Pace() if self.apply else batches.Pace(BATCH)
        for batch in pace.split(found):
            matched = self._match(batch)
            pks = {match.work.pk for _, match in matched}
            before = _rows(pks)
            plan = _Plan(self, matched, before)
            if self.apply and plan.is_to_be_written:
                with pace.transaction(len(batch)):
                    if (now := _rows(pks)) != before:
                        plan = _Plan(self, matched, now)
                    self._write(plan)
            for item in plan.items:
                self._say(item)
        # What no batch was told of: once for each title, however many volumes it has.
        for item in self.told.values():
            self._say(item)
        if self.report.kept:
            self.report.kept.counts = dict(self.report.counts)
            self.report.kept.ended_at = timezone.now()
            self.report.kept.save(update_fields=["counts", "ended_at"])
            Revision.advance()
        return self.report

    def _say(self, item):
        self.report.counts[item.action] += item.volumes
        self.tell(item)

    def _match(self, batch):
        """(release, match) of those that belong to a work; what becomes of the others is noted."""
        matched = []
        for release in batch:
            if isinstance(release, Rejected):
                self._say(Item(release.where, "rejected", reason=release.reason))
                continue
            match = self.matcher.match(release)
            if not match.work:
                self._note(release, "doubtful" if match.doubt else "elsewhere", match)
            elif first := self._is_twice(release, match.work.pk):
                self._say(Item(release.where, "rejected", release.work, match.work.slug, f"the same as {first}"))
            else:
                matched.append((release, match))
        return matched

    def _note(self, release, action, match):
        by = (action, release.work, match.doubt)
        if by in self.told:
            self.told[by].volumes += 1
        else:
            slugs = [work.slug for work in match.candidates]
            self.told[by] = Item(release.where, action, release.work, reason=match.doubt, candidates=slugs)

    def _is_twice(self, release, pk):
        """Where the file had this volume already, or ""."""
        by = (pk, release.language, release.format, release.isbn13 or release.number)
        first = self.seen.setdefault(by, release.where)
        return first if first != release.where else ""

    def _write(self, plan):
        if not self.report.kept and (plan.added or plan.changed):
            self.report.kept = Import.objects.create(source=self.source, file_name=self.file_name, made_by=self.user)
        new = {pk: [volume_of(state, pk) for state in states] for pk, states in plan.added.items()}
        Volume.objects.bulk_create(volume for volumes in new.values() for volume in volumes)
        changed = [volume_of(after, pk) for pk, pairs in plan.changed.items() for _, after in pairs]
        Volume.objects.bulk_update(changed, FIELDS, batch_size=200)
        Volume.objects.filter(pk__in=plan.confirmed).update(as_of=self.as_of)
        works = []
        for pk in sorted(new.keys() | plan.changed.keys()):
            added, pairs = new.get(pk, ()), plan.changed.get(pk, ())
            works.append(
                ImportedWork(
                    of=self.report.kept,
                    action=ImportedWork.Action.VOLUMES,
                    where=plan.first[pk].where,
                    title=plan.first[pk].work,
                    novel_id=pk,
                    before=[before for before, _ in pairs],
                    after=[after for _, after in pairs] + [state_of(volume) for volume in added],
                )
            )
        ImportedWork.objects.bulk_create(works)


def _rows(pks):
    """{pk of a novel: its volumes as `state_of` makes them}."""
    rows = {pk: [] for pk in pks}
    for volume in Volume.objects.filter(novel__in=pks).order_by("pk"):
        rows[volume.novel_id].append(state_of(volume))
    return rows


class _Plan:
    """What some releases come to, beside the rows there are."""

    def __init__(self, run, matched, rows):
        self.run, self.items = run, []
        self.added, self.changed, self.confirmed, self.first = {}, {}, [], {}
        self.rows = {pk: [dict(state) for state in states] for pk, states in rows.items()}
        items = {}
        for release, match in matched:
            pk = match.work.pk
            self.first.setdefault(pk, release)
            action, changes = self._take(release, pk)
            item = items.setdefault((pk, action), Item(release.where, action, release.work, match.work.slug, volumes=0))
            item.volumes += 1
            item.remarks += [Reason("of_volume", where=release.where, what=remark) for remark in release.remarks]
            if changes:
                item.changes.append([release.number, release.language, release.format, changes])
        self.items = list(items.values())

    @property
    def is_to_be_written(self):
        return bool(self.added or self.changed or self.confirmed)

    def _take(self, release, pk):
        """(action, {field: [before, after]}) of one release."""
        said = {name: getattr(release, name) for name in SAID}
        said["released_on"] = release.released_on.isoformat() if release.released_on else None
        state = self._find(release, pk)
        if state is None:
            new = {"pk": None, "language": release.language, "format": release.format, **said}
            new |= {"source": self.run.source, "as_of": self.run.as_of.isoformat()}
            self.rows[pk].append(new)
            self.added.setdefault(pk, []).append(new)
            return "added", {}
        changes = {name: [state[name], value] for name, value in said.items() if value and value != state[name]}
        if state["isbn13"] and not release.isbn13:
            changes = {}  # of one edition of this number, which a list does not name, nothing is to be learned
        if not changes:
            if state["pk"] and (state["as_of"] or "") < self.run.as_of.isoformat():
                self.confirmed.append(state["pk"])
            return "untouched", {}
        if self._is_kept(state):
            return "kept", changes
        before = dict(state)
        state |= {name: after for name, (_, after) in changes.items()}
        state |= {"source": self.run.source, "as_of": self.run.as_of.isoformat()}
        if state["pk"] is None:
            return "added", {}
        self.changed.setdefault(pk, []).append((before, state))
        return "changed", changes

    def _is_kept(self, state):
        """Whether what is there is better known than what the list says."""
        if state["source"] == Volume.Source.BY_HAND:
            return True
        if self.run.source == Volume.Source.CSV:
            return False
        return state["source"] == Volume.Source.CSV or (state["as_of"] or "") > self.run.as_of.isoformat()

    def _find(self, release, pk):
        """The row of this volume, None where there is none."""
        same = [s for s in self.rows[pk] if (s["language"], s["format"]) == (release.language, release.format)]
        if release.isbn13 and (found := [state for state in same if state["isbn13"] == release.isbn13]):
            return found[0]
        numbered = [state for state in same if state["number"] == release.number]
        if release.isbn13:
            # One that was announced without an ISBN gets it now.
            return next((state for state in numbered if not state["isbn13"]), None)
        return min(numbered, key=lambda state: state["isbn13"], default=None)


def made_on(path):
    """The day a file was written, as far as its own date tells; never one to come."""
    return min(date.fromtimestamp(path.stat().st_mtime), date.today())
