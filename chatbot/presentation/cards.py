"""Cards: the picks of a reply."""

# mypy: allow-untyped-calls, disable-error-code="attr-defined"

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from users.models import ShelfEntry

from ..catalogue.models import Novel
from .lookup import Lookup
from .prose import Part
from .reasons import ReasonLine
from .receipt import Receipt, receipt_of


@dataclass
class PresentedCard:
    """A pick as the page shows it: the novel from the database, the voice's reason, the computed receipt."""

    novel: Novel
    reason: list[Part]
    receipt: Receipt
    serendipity: ReasonLine | None  # set where the pick is a deliberate step aside: the tag it leads to
    digest: str  # stands for what is shown of it besides the reason and its state
    state: str = ""  # what the reader says of it: read, want, not
    is_kept = False

    @property
    def slug(self) -> str:
        slug: str = self.novel.slug
        return slug

    @property
    def serendipity_words(self) -> str:
        """What stands above a step aside."""
        if self.serendipity and self.serendipity.tag:
            return _("A step aside: %(tag)s") % {"tag": self.serendipity.label}
        return _("A step aside") if self.serendipity else ""


@dataclass
class KeptCard:
    """A card the page has already, but for the reason, which grows."""

    slug: str
    digest: str
    reason: list[Part]
    is_kept = True


def card_of(
    novel: Novel, reason: list[Part], candidate: Mapping[str, Any], digest: str, lookup: Lookup
) -> PresentedCard:
    """`candidate` as it is kept with the turn."""
    asides = (one for one in candidate["reasons"] if one["kind"] == "aside")
    return PresentedCard(
        novel=novel,
        reason=reason,
        receipt=receipt_of(candidate, lookup),
        serendipity=next((ReasonLine.of(one, lookup.by_slug, lookup.tags) for one in asides), None),
        digest=digest,
    )


def mark(cards: Sequence[PresentedCard], reader_id: int) -> None:
    """Tell each card what its reader says of the work. One query, none without cards."""
    if cards:
        states = ShelfEntry.objects.states(reader_id, [card.novel.pk for card in cards])
        for card in cards:
            card.state = states.get(card.novel.pk, "")
