"""A reader's shelf as MyAnimeList takes it in (XML of a manga list, where light novels stand too)."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from .models import ShelfEntry

State = ShelfEntry.State
# "Not for me" is no state there: it says nothing of having read.
STATUS = {
    State.READING: "Reading",
    State.FINISHED: "Completed",
    State.PLANNED: "Plan to Read",
    State.ON_HOLD: "On-Hold",
    State.DROPPED: "Dropped",
}


def left_out(entries: Any) -> dict[str, int]:
    """How many of a query of entries MyAnimeList does not get, and how many it gets without a number to know them by."""
    told = entries.filter(state__in=STATUS)
    return {
        "not_for_me": entries.exclude(state__in=STATUS).count(),
        "numberless": told.exclude(novel__external_ids__has_key="mal").count(),
    }


def write(entries: Iterable[Any]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8" ?>\n<myanimelist>\n'
    yield "<myinfo><user_export_type>2</user_export_type></myinfo>\n"
    for entry in entries:
        if entry.state in STATUS:
            yield _manga(entry)
    yield "</myanimelist>\n"


def _manga(entry: Any) -> str:
    novel = entry.novel
    title = (novel.title_romaji or novel.title_en or novel.title_ja).replace("]]>", "]] >")
    fields = {
        "manga_mangadb_id": novel.external_ids.get("mal", "0"),
        "manga_title": f"<![CDATA[{title}]]>",
        "manga_volumes": novel.volumes if novel.status == "completed" else 0,
        "manga_chapters": 0,
        "my_read_volumes": _volumes(entry),
        "my_read_chapters": 0,
        "my_start_date": _day(entry.started_on),
        "my_finish_date": _day(entry.finished_on),
        "my_score": entry.rating or 0,
        "my_status": STATUS[entry.state],
        "my_comments": escape(_printable(entry.note)),
        "my_times_read": 1 if entry.state == State.FINISHED else 0,
        "update_on_import": 1,
    }
    return "<manga>" + "".join(f"<{name}>{value}</{name}>" for name, value in fields.items()) + "</manga>\n"


def _volumes(entry: Any) -> int:
    """Those that somebody has counted, of what is complete no more than there are."""
    read, novel = int(entry.volumes_read or 0), entry.novel
    return min(read, int(novel.volumes)) if novel.status == "completed" else read


def _day(day: date | None) -> str:
    return day.isoformat() if day else "0000-00-00"


def _printable(text: str) -> str:
    """`text` without what XML cannot hold."""
    return "".join(letter for letter in text if letter in "\n\t" or letter.isprintable())
