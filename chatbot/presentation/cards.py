"""Cards: the picks of a reply."""

# mypy: allow-untyped-calls, disable-error-code="attr-defined"

import re
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

# A sentence with what closes it. A full stop within a name ("U.C. 0096") ends one too; MIN_LEAD mends that.
SENTENCE = re.compile(r"[^\n]*?(?:[。！？]+[」』”’）)]*|[.!?…]+[\"'”’)\]]*(?=\s|$))\s*")
MIN_LEAD = 20  # characters; "1925년 도쿄." alone tells nothing


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
    def plot(self) -> tuple[str, str]:
        """The synopsis in two: how it begins, a sentence or two, and the rest, empty where there is none."""
        synopsis: str = self.novel.synopsis
        end = 0
        while end < MIN_LEAD and (sentence := SENTENCE.match(synopsis, end)):
            end = sentence.end()
        return (synopsis[:end].rstrip(), synopsis[end:]) if end else (synopsis, "")

    @property
    def serendipity_words(self) -> str:
        """What stands above a step aside."""
        if self.serendipity and self.serendipity.tag:
            return _("A step aside: %(tag)s") % {"tag": self.serendipity.label}
        return _("A step aside") if self.serendipity else ""


@dataclass
class SpokenWork:
    """A work that a reply speaks of without offering it, as a small card."""

    novel: Novel
    state: str = ""  # what the reader says of it: read, want, not


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


def mark(cards: Sequence[PresentedCard | SpokenWork], reader_id: int) -> None:
    """Tell each card what its reader says of the work. One query, none without cards."""
    if cards:
        states = ShelfEntry.objects.states(reader_id, [card.novel.pk for card in cards])
        for card in cards:
            card.state = states.get(card.novel.pk, "")
