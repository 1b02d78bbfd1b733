"""A reader's shelf as a table of our own (CSV), which can be read again without loss, but for when entries changed."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime

COLUMNS = (
    "slug", "title", "author", "state", "rating", "started_on", "finished_on", "volumes_read", "note", "drop_reasons",
    "drop_words", "volume_days", "changed_at",
)  # fmt: skip
# A cell that begins so is carried out as a formula by programs for tables.
VOLUME_DAY = re.compile(r"(?:^|;)\s*(\d{1,3}(?:\.\d{1,2})?)\s*:\s*(\d{4}-\d\d-\d\d)\s*(?=;|$)")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


def guarded(text: str) -> str:
    """`text` as a cell that no program takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def unguarded(cell: str) -> str:
    """The text that `guarded` made a cell of."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def row_of(entry: Any, volume_days: Mapping[float, date]) -> dict[str, str]:
    """`volume_days`: {volume: the day it was finished}, of those that have a day of their own."""
    return {
        "slug": entry.novel.slug,
        "title": guarded(entry.novel.title),
        "author": guarded(", ".join(entry.novel.author_names)),
        "state": entry.state,
        "rating": f"{entry.rating / 2:g}" if entry.rating else "",
        "started_on": _day(entry.started_on),
        "finished_on": _day(entry.finished_on),
        "volumes_read": "" if entry.volumes_read is None else str(entry.volumes_read),
        "note": guarded(entry.note),
        "drop_reasons": ";".join(entry.drop_reasons),
        "drop_words": guarded(entry.drop_words),
        "volume_days": ";".join(f"{volume:g}:{_day(day)}" for volume, day in sorted(volume_days.items())),
        "changed_at": entry.changed_at.isoformat(),
    }


def fields_of(row: Mapping[str, str]) -> dict[str, Any]:
    """The fields of the entry that `row_of` made a row of. `ValueError` where a cell is none of ours."""
    return {
        "state": row["state"],
        "rating": round(float(row["rating"]) * 2) if row["rating"] else None,
        "started_on": parse_date(row["started_on"]) if row["started_on"] else None,
        "finished_on": parse_date(row["finished_on"]) if row["finished_on"] else None,
        "volumes_read": int(row["volumes_read"]) if row["volumes_read"] else None,
        "note": unguarded(row["note"]),
        "drop_reasons": [one for one in row["drop_reasons"].split(";") if one],
        "drop_words": unguarded(row["drop_words"]),
        "changed_at": parse_datetime(row["changed_at"]),
    }


def volume_days_of(cell: str) -> dict[float, date]:
    """{volume: day} of a cell such as "1:2022-03-01;2:2022-04-01"; what is none of it is left out."""
    found = {}
    for volume, told in VOLUME_DAY.findall(cell):
        with suppress(ValueError):
            found[float(volume)] = date.fromisoformat(told)
    return found


def write(entries: Iterable[Any], volume_days: Mapping[tuple[int, float], date]) -> Iterator[str]:
    """The table in pieces. `volume_days`: {(novel id, volume): day} of the reader, see `listed_volumes.days`. With a byte order mark, by which programs for tables know the encoding."""
    line = io.StringIO()
    writer = csv.DictWriter(line, COLUMNS)
    writer.writeheader()
    yield "\ufeff" + line.getvalue()
    days_of: dict[int, dict[float, date]] = defaultdict(dict)
    for (novel_id, volume), day in volume_days.items():
        days_of[novel_id][volume] = day
    for entry in entries:
        line.seek(0)
        line.truncate()
        writer.writerow(row_of(entry, days_of.get(entry.novel_id, {})))
        yield line.getvalue()


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
