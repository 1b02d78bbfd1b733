"""What a page shows of a turn: its reply in blocks, what was understood as chips, what was learned from it.

A handful of queries, however many turns.
"""

# mypy: allow-untyped-calls, disable-error-code="attr-defined"

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field

from users.models import TasteLine

from ..models import Turn
from . import cards, lookup
from .blocks import Block, blocks_of
from .cards import PresentedCard
from .chips import Chip, TasteChip, chips_of, refusals_of, taste_chips_of
from .lookup import Lookup
from .parsed import ParsedTurn, parse


@dataclass
class PresentedTurn:
    turn: Turn
    blocks: list[Block]
    chips: list[Chip]
    taste_chips: list[TasteChip]  # what came from the standing taste
    refusals: list[TasteChip]  # what was asked for though it is never to be offered
    keeps_chips: bool  # whether the page has the chips already; then there are none
    shown: list[str]  # digests of its chips and cards: what the page says to have at its next poll
    lessons: list[TasteLine] = field(default_factory=list)  # learned from it, once it has ended
    earlier: Turn | None = None  # the ask it was edited from; see `with_earlier`

    @property
    def refusal_names(self) -> list[str]:
        return [chip.name for chip in self.refusals]


def present(turns: Iterable[Turn], have: Set[str] = frozenset()) -> list[PresentedTurn]:
    """What a page shows of each of `turns`, all of one reader.

    Cards whose digest is among those the page says to `have` are KeptCards.
    """
    parsed = [parse(turn, have) for turn in turns]
    known = lookup.fetch(parsed)
    known.note_refused(parsed)
    presented = [_present(one, known) for one in parsed]
    _mark_cards(presented)
    _add_lessons(presented)
    return presented


def _present(parsed: ParsedTurn, known: Lookup) -> PresentedTurn:
    blocks = blocks_of(parsed, known)
    chips = [] if parsed.keeps_chips else chips_of(parsed.wish, known)
    taste_chips = [] if parsed.keeps_chips else taste_chips_of(parsed.wish, known)
    shown = [card.digest for block in blocks for card in block.cards or ()]
    if parsed.keeps_chips or chips or taste_chips:
        shown.append(parsed.chips_digest)
    return PresentedTurn(
        turn=parsed.turn,
        blocks=blocks,
        chips=chips,
        taste_chips=taste_chips,
        refusals=refusals_of(parsed.wish, known),
        keeps_chips=parsed.keeps_chips,
        shown=shown,
    )


def _mark_cards(presented: Sequence[PresentedTurn]) -> None:
    shown = [card for one in presented for block in one.blocks for card in block.cards or ()]
    if shown:
        cards.mark([card for card in shown if isinstance(card, PresentedCard)], presented[0].turn.reader_id)


def _add_lessons(presented: Sequence[PresentedTurn]) -> None:
    """Give each turn what was learned from it and not forgotten since. One query, none while it is written."""
    learned: dict[int, list[TasteLine]] = {}
    ended = [one.turn.pk for one in presented if one.turn.wish and one.turn.is_finished]
    if ended:
        lines = TasteLine.objects.kept().filter(turn__in=ended)
        for line in lines.select_related("tag", "novel").order_by("pk"):
            learned.setdefault(line.turn_id, []).append(line)
    for one in presented:
        one.lessons = learned.get(one.turn.pk, [])


def with_earlier(presented: Sequence[PresentedTurn]) -> Sequence[PresentedTurn]:
    """`presented`, each with the ask it was edited from, if it was. One query."""
    replaced = Turn.objects.in_bulk([one.turn.replaces_id for one in presented if one.turn.replaces_id])
    for one in presented:
        earlier = replaced.get(one.turn.replaces_id)
        one.earlier = earlier if earlier and earlier.text != one.turn.text else None
    return presented
