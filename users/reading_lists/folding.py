"""Lines about one work become one: a list of books has a row a volume, and the shelf has one entry a work."""

from datetime import date

from .lines import MAX_NOTE
from .matching import Verdict


def told(line, match):
    """What a line says of its work, as it is kept with the row."""
    said = {
        "line": line.line,
        "state": line.state,
        "rating": line.rating,
        "volume": match.volume,
        "started_on": line.started_on and line.started_on.isoformat(),
        "finished_on": line.finished_on and line.finished_on.isoformat(),
        "volumes_read": line.volumes_read,
        "volumes": line.volumes,
        "ids": line.ids,
        "note": line.note,
        "drop_reasons": list(line.drop_reasons),
        "drop_words": line.drop_words,
    }
    return {name: value for name, value in said.items() if value not in (None, "", [], {})}


def together(match, line):
    """What lines about one work have in common."""
    if match.verdict == Verdict.MATCHED:
        return (match.verdict, match.works[0])
    # Two works that only look alike are asked about one by one.
    return (match.verdict, match.base or line.line, match.works[0] if match.works else 0)


def fold(said, volumes=None):
    """The fields of a shelf entry for all that was `said` of one work of so many `volumes`. No state: {"state": ""}."""
    read_to = _read_to(said)
    state = _state(said, read_to, volumes)
    ratings = [one["rating"] for one in said if one.get("rating")]
    return {
        "state": state,
        "rating": int(sum(ratings) / len(ratings) + 0.5) if ratings else None,
        "started_on": min(_days(said, "started_on"), default=None),
        "finished_on": max(_days(said, "finished_on"), default=None) if state == "read" else None,
        "volumes_read": read_to,
        "note": _note(said),
        "drop_reasons": next((one["drop_reasons"] for one in said if one.get("drop_reasons")), []),
        "drop_words": next((one["drop_words"] for one in said if one.get("drop_words")), ""),
    }


def _read_to(said):
    """The last volume read: counted by the list, or the highest of those it calls read."""
    counted = [one["volumes_read"] for one in said if one.get("volumes_read")]
    read = [
        int(one["volume"]) for one in said if one.get("volume") and one.get("state") == "read" and one["volume"] >= 1
    ]
    return max([*counted, *read], default=None)


def _state(said, read_to, volumes):
    states = {one["state"] for one in said if one.get("state")}
    for state in ("reading", "dropped", "hold"):
        if state in states:
            return state
    if "read" not in states:
        return next(iter(states), "")
    by_volume = [one for one in said if one.get("volume") and not one.get("volumes_read")]
    if not by_volume or len(by_volume) < len(said):
        return "read"  # the work itself is called read
    # Volumes were read and others are left: nobody has said that the work is.
    return "read" if volumes and read_to and read_to >= volumes else "reading"


def _days(said, name):
    return [date.fromisoformat(one[name]) for one in said if one.get(name)]


def _note(said):
    notes = list(dict.fromkeys((_volume(one), one["note"]) for one in said if one.get("note")))
    if len(notes) == 1:
        return notes[0][1]
    return "\n\n".join(f"#{volume} {text}" if volume else text for volume, text in notes)[:MAX_NOTE]


def _volume(one):
    volume = one.get("volume")
    return f"{volume:g}" if volume else ""
