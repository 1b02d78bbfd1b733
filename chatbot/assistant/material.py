"""What a reply is made of besides picks and the facts of works: gathered by code, worded by either voice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..catalogue.snapshot import Work
    from ..recommender.descriptions import Found

MAX_NAMED = 3  # offers, or works of a state on the shelf, that a reply names
MAX_MARKED = 40  # works that one part of a turn marks, and that a reply speaks of as marked
MOST_SPOKEN = 4  # works an answer speaks of
LIKELY = 0.05  # of a share; a work found with less is not worth a guess
NO_LIMIT = 10_000  # replies a day that nobody uses up: they are not counted then


def named_of(found: Sequence[Found]) -> Sequence[Found]:
    """The works found that a reply names: the one that is sure, else the likeliest."""
    if found and found[0].is_sure:
        return found[:1]
    return [one for one in found[:MAX_NAMED] if one.share >= LIKELY] or found[:1]


@dataclass(frozen=True)
class Listing:
    """An answer about the shelf: `count` works that fit, of which `works` are shown. `what`: what was asked for, as
    the parts of a wish."""

    count: int
    works: tuple[Work, ...] = ()
    what: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class OwnData:
    """What is the reader's own.

    `shelf`: state (read, want, not) to slugs, the latest first; `shelf_counts` has how many there are. `offered`: slugs
    of picks, the latest first; `offered_here`: those of this conversation, the earliest first; `offered_then`, of which
    there are `offered_then_count`: those of the days that the words name, where they name some (`asks_then`). `refused_here`: topics
    that this conversation refuses, and `refused_said` what no topic is, in the reader's words. `likes`, `dislikes`, `never`: topics as
    texts. `read_to`: slug to the volume read. `level`: of Japanese. `learned`: (kind, topic) of what this turn taught;
    `taste_paused`: nothing is learned or used now. `replies_left`: today; None where nothing is counted.
    """

    shelf: dict[str, list[str]] = field(default_factory=dict)
    shelf_counts: dict[str, int] = field(default_factory=dict)
    offered: list[str] = field(default_factory=list)
    offered_here: list[str] = field(default_factory=list)
    offered_count: int = 0
    asks_then: bool = False
    offered_then: list[str] = field(default_factory=list)
    offered_then_count: int = 0
    refused_here: list[str] = field(default_factory=list)
    refused_said: list[str] = field(default_factory=list)
    likes: list[str] = field(default_factory=list)
    dislikes: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)
    read_to: dict[str, int] = field(default_factory=dict)
    level: str = ""
    learned: list[tuple[str, str]] = field(default_factory=list)
    taste_paused: bool = False
    replies_left: int | None = None
    replies_a_day: int | None = None
