"""A reply as blocks, in order: prose, and rows of cards."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from ..assistant import grounding
from ..assistant.grounding import PickLine, Prose
from ..text.quoting import titled
from .cards import KeptCard, PresentedCard, card_of
from .lookup import Lookup
from .parsed import ParsedTurn
from .prose import Part, parts_of

SPACE = Part(html=" ")


@dataclass
class Block:
    """Either `parts` of prose or a row of `cards`."""

    parts: list[Part] | None = None
    cards: list[PresentedCard | KeptCard] | None = None


class _Pile:
    """The blocks of one turn as they are laid one upon the other."""

    def __init__(self, parsed: ParsedTurn, lookup: Lookup) -> None:
        self.parsed, self.lookup = parsed, lookup
        self.blocks: list[Block] = []
        self.offered: set[str] = set()

    def lay_prose(self, parts: list[Part]) -> None:
        self.blocks.append(Block(parts=parts))

    def offers(self, slug: str) -> bool:
        return slug in self.parsed.kept or (slug in self.parsed.candidates and slug in self.lookup.by_slug)

    def offered_by(self, line: PickLine) -> str | None:
        """The slug of the candidate a line means, by its slug or else by its name; None where it means none."""
        if self.offers(line.slug):
            return line.slug
        novel = self.lookup.find(line)
        return novel.slug if novel and self.offers(novel.slug) else None

    def lay_card(self, slug: str, reason: Sequence[Part] = ()) -> None:
        """A card beside the one before, if there is one; each work once."""
        if slug in self.offered:
            return
        self.offered.add(slug)
        card = self._card(slug, list(reason))
        if self.blocks and self.blocks[-1].cards is not None:
            self.blocks[-1].cards.append(card)
        else:
            self.blocks.append(Block(cards=[card]))

    def _card(self, slug: str, reason: list[Part]) -> PresentedCard | KeptCard:
        digest = self.parsed.digests[slug]
        if slug in self.parsed.kept:
            return KeptCard(slug, digest, reason)
        return card_of(self.lookup.by_slug[slug], reason, self.parsed.candidates[slug], digest, self.lookup)


def blocks_of(parsed: ParsedTurn, lookup: Lookup) -> list[Block]:
    pile = _Pile(parsed, lookup)
    offered = grounding.offered_by_lines(parsed.blocks, pile.offered_by)
    # A model that only wrote of candidates has offered them all the same; what it says in the end, only the end tells.
    by_name = not offered and parsed.turn.is_finished
    for block in parsed.blocks:
        names, differs = parsed.names[id(block)], parsed.corrections[id(block)]
        if isinstance(block, Prose):
            pile.lay_prose(parts_of(block.text, names, lookup, differs))
            for novel in filter(None, map(lookup.find, grounding.offers_in_prose(block, names) if by_name else ())):
                if pile.offers(novel.slug):
                    pile.lay_card(novel.slug)
        elif slug := pile.offered_by(block):
            told = offered[slug]
            names, differs = parsed.names[id(told)], parsed.corrections[id(told)]
            pile.lay_card(slug, parts_of(told.reason, names, lookup, differs, inline=True))
        else:
            # Not among what it was given: at most a mention, never a card.
            reason = parts_of(block.reason, names, lookup, differs)
            pile.lay_prose([*_mention(block, lookup, parsed), *([SPACE] if reason else ()), *reason])
    return pile.blocks


def _mention(line: PickLine, lookup: Lookup, parsed: ParsedTurn) -> list[Part]:
    meant = lookup.find(line)
    if meant is None and lookup.is_part(line):
        return [Part(html=escape(titled(line.name, parsed.turn.language)))]
    return [Part(name=line.name, novel=meant, marked=True, refused=lookup.refuses(meant, parsed))]
