"""The receipt of a pick: what code checked about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext

from .breaches import BreachLine
from .caveats import CaveatLine
from .lookup import Lookup
from .reasons import ReasonLine


@dataclass
class Receipt:
    """`certainty`: certain, likely or guess; "" in replies from before it was kept."""

    fits: list[ReasonLine]
    breaches: list[BreachLine]
    caveats: list[CaveatLine]
    certainty: str

    @property
    def open_caveats(self) -> list[CaveatLine]:
        """What stands outside of the fold."""
        return [line for line in self.caveats if line.is_open]

    @property
    def folded_caveats(self) -> list[CaveatLine]:
        return [line for line in self.caveats if not line.is_open]

    @property
    def certainty_words(self) -> str:
        if self.certainty == "certain":
            return pgettext("how sure", "certain")
        return pgettext("how sure", "likely") if self.certainty == "likely" else pgettext("how sure", "a guess")


def receipt_of(candidate: Mapping[str, Any], lookup: Lookup) -> Receipt:
    """`candidate` as it is kept with the turn."""
    novels, tags = lookup.by_slug, lookup.tags
    return Receipt(
        fits=[ReasonLine.of(one, novels, tags) for one in candidate["reasons"] if one["kind"] != "aside"],
        breaches=[BreachLine.of(one, novels, tags) for one in candidate["breaches"]],
        caveats=[CaveatLine.of(one, novels, tags) for one in candidate.get("caveats", ())],
        certainty=candidate.get("certainty", ""),
    )
