"""What earlier turns of a conversation have done that a later one may speak of: marks they set, grief they told."""

from collections.abc import Iterable, Sequence

from .language.acts import Act, ActPart
from .language.turns.verdicts import UNDONE
from .own_data import marks_of

GRIEF = ("pet", "loss")  # kinds of talk


def marks_so_far(turns: Iterable[Sequence[ActPart]]) -> dict[str, str]:
    """Slug to the mark that `turns`, oldest first, leave on the shelf."""
    marks: dict[str, str] = {}
    for parts in turns:
        for part in parts:
            if part.act is Act.VERDICT and part.detail.get("state") in UNDONE:
                marks = {slug: mark for slug, mark in marks.items() if slug not in part.works}
        marks |= marks_of(parts)
    return marks


def grief_told(turns: Iterable[Sequence[ActPart]], gentle: Iterable[str]) -> str:
    """Whom the reader mourns by what the conversation has told (`gentle`: what its wishes keep of it), or ""."""
    told = {str(part.detail.get("kind")) for parts in turns for part in parts if part.act is Act.SMALL_TALK}
    told |= {"pet" if one == "pet" else "loss" for one in gentle if one in ("pet", "grief")}
    return next((kind for kind in GRIEF if kind in told), "")
