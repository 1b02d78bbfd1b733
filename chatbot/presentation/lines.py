"""A line of a receipt: one thing that was checked about a pick."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from ..catalogue.models import Novel, Tag

NAMES_A_TAG = ("tag", "aside", "faint", "much", "mood", "hint", "warning")  # kinds whose value is a tag
NAMES_A_WORK = ("kin", "author", "series")  # kinds whose value is a work


@dataclass
class Line:
    """`kind` and `value` as `recommender.candidates.Reason` has them, with the rows in place of their slugs: `tag` and
    `novel` are None where the kind names none, or where it has left the catalogue."""

    kind: str
    value: Any
    tag: Tag | None = None
    novel: Novel | None = None
    tags: list[Tag] = field(default_factory=list)

    @classmethod
    def of(cls, reason: Mapping[str, Any], novels: Mapping[str, Novel], tags: Mapping[str, Tag]) -> Self:
        """The line for a reason, breach or caveat as it is kept with a candidate."""
        kind, value = reason["kind"], reason["value"]
        return cls(
            kind,
            value,
            tags.get(value) if kind in NAMES_A_TAG else None,
            novels.get(value) if kind in NAMES_A_WORK else None,
            [tags[slug] for slug in reason.get("tags", ()) if slug in tags],
        )

    @property
    def label(self) -> str:
        """The tag in the reader's language."""
        return self.tag.label if self.tag else ""

    @property
    def title(self) -> str:
        return self.novel.title if self.novel else ""

    @property
    def words(self) -> str:
        """What the line says, in the reader's language."""
        raise NotImplementedError
