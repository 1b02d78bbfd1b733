"""The volumes that come with the project, put into the database.

`data/volumes.jsonl`: the first line says of which day the list is and where it is from; every other line holds the
volumes of one work, by language and format, as [number, ISBN, date]. What another list, a table or an operator has told
of a volume meanwhile stays as it is.
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path

from lightnovel import batches

from .models import Novel, Revision
from .volumes import Volume, shown, sortable

VOLUMES = Path(__file__).with_name("data") / "volumes.jsonl"
AT_FIRST = 500  # rows of the first transaction


@dataclass
class Report:
    added: int = 0
    changed: int = 0
    removed: int = 0
    rejected: list = field(default_factory=list)  # (line number, reason)
    unread: bool = False  # the file is that of the last loading, and so are the works


def load_volumes(path=VOLUMES):
    """Make the shipped volumes those of the file. OSError when it cannot be read."""
    content = path.read_bytes()
    works = Revision.objects.filter(pk=1).values_list("digest", flat=True).first() or ""
    digest = hashlib.sha256(works.encode() + content).hexdigest()
    if Revision.objects.filter(volumes_digest=digest).exists():
        return Report(unread=True)
    report = Report()
    as_of, wanted = _read(content, report)
    there = {_key(volume): volume for volume in Volume.objects.filter(source=Volume.Source.SHIPPED)}
    taken = {_key(volume) for volume in Volume.objects.exclude(source=Volume.Source.SHIPPED)}
    gone = [volume.pk for by, volume in there.items() if by not in wanted or by in taken]
    fresh = [volume for by, volume in wanted.items() if by not in there and by not in taken]
    stale = [_with(there[by], volume) for by, volume in wanted.items() if by in there and _differs(there[by], volume)]
    pace = batches.Pace(AT_FIRST, rest=0 if not there else batches.REST)
    for pks in pace.split(gone):
        with pace.transaction(len(pks)):
            Volume.objects.filter(pk__in=pks).delete()
    for some in pace.split(stale):
        with pace.transaction(len(some)):
            Volume.objects.bulk_update(some, ["number", "released_on"])
    for some in pace.split(fresh):
        with pace.transaction(len(some)):
            # What another process has added meanwhile is the same.
            Volume.objects.bulk_create(some, ignore_conflicts=True)
    Volume.objects.filter(source=Volume.Source.SHIPPED).exclude(as_of=as_of).update(as_of=as_of)
    Revision.objects.update_or_create(pk=1, defaults={"volumes_digest": digest})
    report.added, report.changed, report.removed = len(fresh), len(stale), len(gone)
    return report


def _key(volume):
    """What a volume is known by: its ISBN, else its number."""
    return (volume.novel_id, volume.language, volume.format, volume.isbn13 or volume.number)


def _differs(there, volume):
    return (there.number, there.released_on) != (volume.number, volume.released_on)


def _with(there, volume):
    there.number, there.released_on = volume.number, volume.released_on
    return there


def _read(content, report):
    """(day of the list, {key: Volume}) of the file; lines that cannot be read stand in the report."""
    pks, wanted, as_of = dict(Novel.objects.values_list("slug", "pk")), {}, None
    for number, line in enumerate(content.decode().splitlines(), 1):
        try:
            row = json.loads(line)
            if number == 1:
                as_of = date.fromisoformat(row["as_of"])
            elif row["slug"] in pks:
                for volume in _volumes(row, pks[row["slug"]], as_of):
                    wanted.setdefault(_key(volume), volume)
        except (ValueError, TypeError, KeyError) as error:
            report.rejected.append((number, f"{type(error).__name__}: {error}"))
    return as_of, wanted


def _volumes(row, novel_id, as_of):
    for language in Volume.Language.values:
        for format_, volumes in row.get(language, {}).items():
            for number, isbn13, day in volumes:
                yield Volume(
                    novel_id=novel_id,
                    number=sortable(number),
                    language=language,
                    format=Volume.Format(format_),
                    isbn13=isbn13,
                    released_on=date.fromisoformat(day) if day else None,
                    source=Volume.Source.SHIPPED,
                    as_of=as_of,
                )


def export_lines(origin):
    """The lines of such a file, of all volumes there are. `origin`: where they are from, for the first line."""
    days = Volume.objects.exclude(as_of=None).order_by("-as_of").values_list("as_of", flat=True)
    yield json.dumps({"as_of": (days.first() or date.today()).isoformat(), "from": origin}, ensure_ascii=False)
    rows = Volume.objects.order_by("novel__slug", "language", "format", "number", "isbn13").select_related("novel")
    for slug, volumes in groupby(rows.iterator(), key=lambda volume: volume.novel.slug):
        line = {"slug": slug}
        for volume in volumes:
            day = volume.released_on.isoformat() if volume.released_on else ""
            of_format = line.setdefault(volume.language, {}).setdefault(volume.format, [])
            of_format.append([shown(volume.number), volume.isbn13, day])
        yield json.dumps(line, ensure_ascii=False, separators=(",", ":"))
