"""Lines about one work become one: a list of books has a row a volume, and the shelf has one entry a work."""

from datetime import date

from ..shelf.models import most_volumes
from .lines import MAX_NOTE
from .matching import Verdict

OF_A_PART = {"part", "volume", "volumes_read"}


def told(line, match):
    """What a line says of its work, as it is kept with the row. "part": the first volume of the part it is about, or 0."""
    said = {
        "line": line.line,
        "state": line.state,
        "rating": line.rating,
        "volume": match.volume,
        "started_on": line.started_on and line.started_on.isoformat(),
        "finished_on": line.finished_on and line.finished_on.isoformat(),
        "volumes_read": line.volumes_read,
        "part": match.part and match.part.first,
        "volumes": line.volumes,
        "ids": line.ids,
        "note": line.note,
        "drop_reasons": list(line.drop_reasons),
        "drop_words": line.drop_words,
        "volume_days": {f"{volume:g}": day.isoformat() for volume, day in line.volume_days.items()},
        "is_own": line.is_own or None,
    }
    if match.part and line.volumes_read:
        # Counted within the part: of one whose volumes we do not know it says nothing of the work.
        said["volumes_read"] = match.part.volume(line.volumes_read) if match.part.first else None
    return {name: value for name, value in said.items() if value not in (None, "", [], {})}


def said_of(work):
    """What the lines of a `ListedWork` say of the work it is. A part is one of the first candidate alone."""
    if work.novel_id is None or work.novel_id in work.candidates[:1]:
        return work.said
    return [
        {name: value for name, value in one.items() if "part" not in one or name not in OF_A_PART} for one in work.said
    ]


def together(match, line):
    """What lines about one work have in common."""
    if match.verdict == Verdict.MATCHED:
        return (match.verdict, match.works[0])
    # Two works that only look alike are asked about one by one; so are the lines of a list with a line a work.
    is_one_of_its_own = line.numbered and not line.ids
    where = line.line if is_one_of_its_own else match.base or line.line
    return (match.verdict, where, match.works[0] if match.works else 0)


def in_state(said, stateless):
    """What lines say, those without a state in the one that was chosen for them: their volume is how far the reader is."""
    return [one if one.get("state") else {"state": stateless, **_read_so_far(one, stateless), **one} for one in said]


def _read_so_far(one, state):
    volume = one.get("volume") or 0
    return {"volumes_read": int(volume)} if state in ("reading", "hold", "dropped") and volume >= 1 else {}


def fold(said, novel=None):
    """The fields of a shelf entry for all that was `said` of one work, `novel` where it is known. No state:
    {"state": ""}."""
    volumes = novel.volumes if novel else None
    read_to = volumes if beyond(said, novel) else _read_to(said)
    state = _state(said, read_to, volumes)
    ended = [one for one in said if state == "read" or one.get("is_own")]
    ratings = [one["rating"] for one in said if one.get("rating")]
    return {
        "state": state,
        "rating": int(sum(ratings) / len(ratings) + 0.5) if ratings else None,
        "started_on": min(_days(said, "started_on"), default=None),
        "finished_on": max(_days(ended, "finished_on"), default=None),
        "volumes_read": read_to,
        "note": _note(said),
        "drop_reasons": next((one["drop_reasons"] for one in said if one.get("drop_reasons")), []),
        "drop_words": next((one["drop_words"] for one in said if one.get("drop_words")), ""),
    }


def beyond(said, novel):
    """The last volume that lines call read, where `novel` has none such, so that its last one is taken; else None."""
    read_to = _read_to(said)
    return read_to if read_to and novel and read_to > most_volumes(novel) else None


def _read_to(said):
    """The last volume read: counted by the list or, of a line that counts none, the highest of those it calls read."""
    counted = [one["volumes_read"] for one in said if "volumes_read" in one]
    read = [
        int(one["volume"])
        for one in said
        if one.get("volume", 0) >= 1 and one.get("state") == "read" and "volumes_read" not in one
    ]
    return max([*counted, *read], default=None)


def _state(said, read_to, volumes):
    states = {one["state"] for one in said if one.get("state")}
    for state in ("reading", "dropped", "hold"):
        if state in states:
            return state
    if "read" not in states:
        return next(iter(states), "")
    # Beside other volumes the first one often bears the title alone.
    is_by_volume = any(_is_of_some(one) and one.get("volume") and not one.get("part") for one in said)
    if volumes == 1 or not (is_by_volume or all(map(_is_of_some, said))):
        return "read"  # the work itself is called read
    # Volumes were read and others are left: nobody has said that the work is.
    from_the_first = any(one.get("part", 1) == 1 for one in said)
    return "read" if volumes and read_to and read_to >= volumes and from_the_first else "reading"


def _is_of_some(one):
    """Whether a line is about some volumes of the work, and not about the work."""
    volume = one.get("volume")
    return "part" in one or bool(volume and one.get("volumes_read", 0) <= volume)


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
