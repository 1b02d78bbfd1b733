"""What a page shows of a turn: its reply in blocks, what was understood as chips, what was learned from it.

A handful of queries, however many turns. A reply, with its cards, is in the language of its turn: titles, tags and the
lines of receipts too. What works the page (chips, buttons) is in the language of the page.
"""

# mypy: allow-untyped-calls, disable-error-code="attr-defined"

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field

from django.db.models import prefetch_related_objects
from django.utils import translation

from users.models import TasteLine

from ..models import Turn
from . import cards, lookup
from .blocks import Block, blocks_of
from .cards import PresentedCard, SpokenWork
from .chips import MAX_TASTE_CHIPS, Chip, TasteChip, chips_of, refusals_of, taste_chips_of
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
    spoken: list[SpokenWork] = field(default_factory=list)  # works it speaks of and does not offer
    lessons: list[TasteLine] = field(default_factory=list)  # learned from it, once it has ended
    earlier: Turn | None = None  # the ask it was edited from; see `with_earlier`
    stands_in: bool = False  # whether there is something to read of what made way for it

    @property
    def first_taste_chips(self) -> list[TasteChip]:
        return self.taste_chips[:MAX_TASTE_CHIPS]

    @property
    def more_taste(self) -> int:
        """How many parts of the taste weigh here besides those that are shown."""
        return len(self.taste_chips[MAX_TASTE_CHIPS:])

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
    _mark_spoken(presented)
    _add_lessons(presented)
    return presented


def _present(parsed: ParsedTurn, known: Lookup) -> PresentedTurn:
    with translation.override(parsed.turn.language):
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
        spoken=_spoken(parsed, known, blocks),
    )


def _spoken(parsed: ParsedTurn, known: Lookup, blocks: Sequence[Block]) -> list[SpokenWork]:
    """The works a reply speaks of, each once, without those that stand there as cards."""
    offered = {card.slug for block in blocks for card in block.cards or ()}
    return [SpokenWork(known.by_slug[slug]) for slug in parsed.spoken if slug in known.by_slug and slug not in offered]


def _mark_spoken(presented: Sequence[PresentedTurn]) -> None:
    shown = [one for turn in presented for one in turn.spoken]
    if shown:
        cards.mark(shown, presented[0].turn.reader_id)


def _mark_cards(presented: Sequence[PresentedTurn]) -> None:
    shown = [card for one in presented for block in one.blocks for card in block.cards or ()]
    if shown:
        cards.mark([card for card in shown if isinstance(card, PresentedCard)], presented[0].turn.reader_id)


def _add_lessons(presented: Sequence[PresentedTurn]) -> None:
    """Give each turn what was learned from it and not forgotten since. One query, two more where there is such, none
    while it is written."""
    learned: dict[int, list[TasteLine]] = {}
    ended = [one.turn.pk for one in presented if one.turn.wish and one.turn.is_finished]
    if ended:
        lines = list(TasteLine.objects.kept().filter(turn__in=ended).order_by("pk"))
        prefetch_related_objects(lines, "tag", "novel")  # most turns teach nothing: then it asks nothing
        for line in lines:
            learned.setdefault(line.turn_id, []).append(line)
    for one in presented:
        one.lessons = learned.get(one.turn.pk, [])


def with_earlier(presented: Sequence[PresentedTurn]) -> Sequence[PresentedTurn]:
    """`presented`, each with the ask it was edited from, if it was, and whether a reply made way. One query."""
    replaced = Turn.objects.in_bulk([one.turn.replaces_id for one in presented if one.turn.replaces_id])
    for one in presented:
        earlier = replaced.get(one.turn.replaces_id)
        one.earlier = earlier if earlier and earlier.text != one.turn.text else None
        one.stands_in = bool(earlier and (one.earlier or earlier.reply))
    return presented
