"""A turn as its reply reads, before anything it names is looked up."""

from collections.abc import Set
from dataclasses import dataclass
from typing import Any

from ..assistant import grounding
from ..assistant.grounding import Named, PickLine, Prose, facts
from ..assistant.grounding.facts import Placed
from ..fact_check import words_of
from ..language.wishes.wish import Wish
from ..models import Turn
from .kept import digest_of

MAX_SPOKEN = 8  # works of one turn that are shown as small cards


@dataclass
class ParsedTurn:
    """`names`: the works a block names, by the block's id(); `corrections`: what it states otherwise than the
    catalogue. `digests`: what stands for the card of a candidate, by
    slug. `kept`: slugs of the candidates whose cards the page has; `keeps_chips`: whether it has the chips."""

    turn: Turn
    wish: Wish
    candidates: dict[str, dict[str, Any]]
    blocks: list[Prose | PickLine]
    names: dict[int, list[Named]]
    corrections: dict[int, list[Placed]]
    digests: dict[str, str]
    kept: set[str]
    chips_digest: str
    keeps_chips: bool

    @property
    def pick_lines(self) -> list[PickLine]:
        return [block for block in self.blocks if isinstance(block, PickLine)]

    @property
    def in_focus(self) -> list[str]:
        """Slugs of the works the turn speaks of, at most so many as a page shows; none that it only turns away from."""
        spoken: list[str] = self.turn.reading.get("spoken", []) if self.turn.reply else []
        asked = {slug for part in self.turn.reading.get("parts", ()) for slug in part.get("works", ())}
        refused = {*self.turn.wish.get("refused", ())} - asked
        return [slug for slug in spoken if slug not in refused][:MAX_SPOKEN]

    @property
    def spoken(self) -> list[str]:
        """Those in focus, which stand below the words; so there are none before these are all there: what is read or
        pressed would be pushed down."""
        return self.in_focus if self.turn.is_finished else []

    def all_names(self) -> list[Named]:
        return [named for found in self.names.values() for named in found]


def parse(turn: Turn, have: Set[str]) -> ParsedTurn:
    # One that was stopped or failed may end within a mark too.
    blocks = grounding.read(turn.reply, turn.candidates, unfinished=turn.state != Turn.State.DONE)
    digests = {candidate["slug"]: digest_of(candidate) for candidate in turn.candidates}
    chips_digest = digest_of(turn.wish)
    return ParsedTurn(
        turn=turn,
        wish=Wish.from_json(turn.wish),
        candidates={candidate["slug"]: candidate for candidate in turn.candidates},
        blocks=blocks,
        names={id(block): _names(block, turn) for block in blocks},
        corrections=_corrections(blocks, turn),
        digests=digests,
        kept={slug for slug, digest in digests.items() if digest in have},
        chips_digest=chips_digest,
        keeps_chips=chips_digest in have,
    )


def _corrections(blocks: list[Prose | PickLine], turn: Turn) -> dict[int, list[Placed]]:
    if not turn.corrections:
        return {id(block): [] for block in blocks}
    found = facts.placed([words_of(block) for block in blocks], turn.corrections)
    return {id(block): placed for block, placed in zip(blocks, found, strict=True)}


def _names(block: Prose | PickLine, turn: Turn) -> list[Named]:
    """The works a block names, with the bare names its writer noticed of works that must not be offered."""
    named = grounding.names_of(block, turn.text, turn.wish.get("unknown_titles", ()))
    words = block.text if isinstance(block, Prose) else block.reason
    names: list[Named] = grounding.with_refused(named, turn.refused, words)
    for one in names:
        one.echoed = bool(grounding.places_of([one.name], turn.text))
    return names
