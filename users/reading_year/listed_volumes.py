"""Volumes with a day of their own: the shelf has one day a work, but a list that was brought in may have one a volume."""

from datetime import date

from chatbot.catalogue.models import Novel

from ..reading_lists import folding
from ..reading_lists.matching import Verdict
from ..reading_lists.models import ListedWork, ReadingList


def days(reader):
    """{(novel id, volume): the first day it was finished}, of works that still stand on the shelf. One query."""
    found = {}
    for work in _works(reader):
        for volume, day in _dated(folding.said_of(work)):
            if _there_is(work.novel, volume):
                at = (work.novel_id, volume)
                found[at] = min(day, found.get(at, day))
    return {at: day for at, day in found.items() if day <= reader.today}


def _dated(said):
    """(volume, day it was finished) of what lines say: of the volume they are about, or of those our own table names."""
    for one in said:
        volume, day = one.get("volume"), one.get("finished_on")
        if volume and day and one.get("state", "read") == "read":
            yield volume, date.fromisoformat(day)
        for volume, day in one.get("volume_days", {}).items():
            yield float(volume), date.fromisoformat(day)


def _works(reader):
    works = ListedWork.objects.filter(
        of__reader=reader,
        of__state=ReadingList.State.KEPT,
        verdict=Verdict.MATCHED,
        novel__shelf_entries__reader=reader,
    )
    shown = ("novel", "said", "candidates", "novel__volumes", "novel__status")
    return works.exclude(outcome="").select_related("novel").only(*shown).order_by()


def _there_is(novel, volume):
    return novel.status != Novel.Status.COMPLETED or volume <= novel.volumes
