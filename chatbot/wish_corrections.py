"""What a model put right of the wish in earlier turns, so that it need not be put right again in each."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from .assistant import tool_call
from .assistant.tool_call import MISREAD, Fields
from .catalogue.snapshot import CatalogueSnapshot
from .language.topics import WishPart
from .language.wishes.wish import ReadAsk, Wish, wish_after
from .models import Turn

PASSING = ("count", "described")  # what a model said of one choice alone
LASTING = (MISREAD, "read", "refused", "unwanted")  # what holds also where a new subject was begun since


def with_corrections(
    wish: Wish,
    earlier: Sequence[Turn],
    asks: Sequence[ReadAsk],
    since: int,
    dismissed: Sequence[WishPart],
    catalogue: CatalogueSnapshot,
) -> Wish:
    """`wish` as the models of `earlier` turns put it right, one after the other. What the reader has said since of the
    same is said better than that.

    `asks`: of those turns and of the one that is read, oldest first; `since`: the place of the one that began the
    subject spoken of.
    """
    for place, turn in enumerate(earlier):
        for told in corrections_of(turn):
            lasting = told if place >= since else {name: told[name] for name in LASTING if name in told}
            later = wish_after(asks[place + 1 :])
            if kept := _unless_said(lasting, later):
                wish = tool_call.merged(wish, kept, catalogue, dismissed, later)
    return wish


def corrections_of(turn: Turn) -> list[Fields]:
    """What the model of a turn said of the wish, a part a call, without what was for that choice alone."""
    wishes = (call.get("told") or {} for call in turn.calls if call.get("name", tool_call.NAME) == tool_call.NAME)
    return [{name: value for name, value in told.items() if name not in PASSING} for told in wishes if told]


def _unless_said(told: Fields, later: Wish) -> Fields:
    """`told` without the works, tags and limits of which the turns since have said something."""
    spoken = {*later.names_works, *later.unwanted, *later.less, *later.asked_tags, *later.about}
    spoken |= {tag for tags in later.leaning for tag in tags}
    silent = Wish()
    spoken |= {one.name for one in fields(Wish) if getattr(later, one.name) != getattr(silent, one.name)} - KEPT_LISTS
    kept = {name: _left(value, spoken) for name, value in told.items() if name not in spoken}
    return {name: value for name, value in kept.items() if value not in ([], None)}


# Fields whose values are spoken of one by one.
KEPT_LISTS = {*tool_call.WORKS, *tool_call.TAGS, "any_of"}


def _left(value: Any, spoken: set[str]) -> Any:
    if not isinstance(value, list):
        return value
    groups = [[one for one in part if one not in spoken] if isinstance(part, list) else part for part in value]
    return [part for part in groups if part and not (isinstance(part, str) and part in spoken)]
