"""What a choice is: works with the reasons for each, and what stood in the way."""

from dataclasses import dataclass, field
from typing import Any

from ..catalogue.snapshot import Work


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a work fits, or what it breaches.

    kind    value                       tags
    tag     the tag's slug
    kin     slug of the liked work      tags the two share, strongest first
    author  slug of the liked work
    series  slug of the liked work
    tone    "bright" or "dark"
    status, volumes, year, edition, anime: the work's own value; less_known: that it has to be
    suits   whom it is for, or why nothing may weigh down (`tags`: warnings that are not there); every pick has it
    renown  the work's renown (it is widely read; only when little else is known)
    flavour a flavour asked for, which it has
    by      as a breach: the author whose books were asked for
    published, drawn_by: the publisher or imprint, the illustrator who was asked for, as `language.names.makers` names
            them; as a breach whom it is not by
    elsewhere  the taste of works that are not on the shelf; `tags`: what it shares with them
    told    words of the reader that no tag and no subject stands for, which the texts of the work say
    told_alike  the same where the texts say it in other words
    description  the reader's words that no tag stands for, which what is written of the work is like
    aside   the tag through which this pick leads away from the others, or "" (see `_serendipity`)

    As a breach or in `blocked_by`, the value of a tag is the tag that is missing (`tags`: all that would have done),
    and status, volumes, year, anime hold the work's own value; in `blocked_by` the value asked for, volumes
    and year as (lowest, highest), None where open.
    """

    kind: str
    value: Any
    tags: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "value": self.value, "tags": list(self.tags)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A work that may be offered. `breaches` is empty unless nothing kept every constraint of the wish.

    `serendipity`: a deliberate step aside from the other picks, and to be called one.
    """

    work: Work
    score: float
    reasons: tuple[Reason, ...] = ()
    breaches: tuple[Reason, ...] = ()
    serendipity: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A work that fits better than any that was chosen, but for `tags` that the reader refused."""

    work: Work
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen. `relaxed`: nothing kept every constraint, so these are the nearest; `blocked_by` says why.
    `left_out`: what a well-read person would have named first, the best fitting first."""

    candidates: list[Candidate] = field(default_factory=list)
    blocked_by: list[Reason] = field(default_factory=list)
    relaxed: bool = False
    left_out: list[LeftOut] = field(default_factory=list)
