"""Rows of volumes as an import keeps them, so that they can be compared and brought back."""

from datetime import date

from ..volumes import Volume
from .models import ImportedWork

FIELDS = ("language", "format", "number", "isbn13", "released_on", "title", "url", "source", "as_of")


def state_of(volume):
    """`volume` as JSON."""
    state = {name: getattr(volume, name) for name in FIELDS}
    return {
        "pk": volume.pk,
        **{name: value.isoformat() if isinstance(value, date) else value for name, value in state.items()},
    }


def volume_of(state, novel_id):
    """The row that `state` was made of."""
    days = {name: date.fromisoformat(state[name]) if state[name] else None for name in ("released_on", "as_of")}
    return Volume(pk=state["pk"], novel_id=novel_id, **{**{name: state[name] for name in FIELDS}, **days})


def take_back(work):
    """Make the volumes of one ImportedWork again what they were. Returns why they were left, or ""."""
    if work.novel_id is None:
        return ImportedWork.Left.GONE
    there = Volume.objects.in_bulk([state["pk"] for state in work.after])
    # That a later list has them too changes nothing of them.
    if any(_seen(state_of(volume)) != _seen(state) for state in work.after if (volume := there.get(state["pk"]))):
        return ImportedWork.Left.EDITED
    if len(there) < len(work.after):
        return ImportedWork.Left.GONE
    before = {state["pk"] for state in work.before}
    Volume.objects.filter(pk__in=there.keys() - before).delete()
    Volume.objects.bulk_update([volume_of(state, work.novel_id) for state in work.before], FIELDS)
    return ""


def _seen(state):
    return {name: value for name, value in state.items() if name != "as_of"}
