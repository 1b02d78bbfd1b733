"""A work as far as statements about it can be checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from ....catalogue.adaptations import Adaptation


class Row(Protocol):
    """What a work of the snapshot and a row of the table have in common."""

    @property
    def slug(self) -> str: ...
    @property
    def volumes(self) -> int: ...
    @property
    def status(self) -> str: ...
    @property
    def year(self) -> int: ...
    @property
    def anime(self) -> bool: ...
    @property
    def imprint(self) -> str: ...
    @property
    def editions(self) -> Any: ...


@dataclass(frozen=True)
class KnownWork:
    """`authors`: names by language. `editions`: language to whether one is known, without those that are not certain."""

    slug: str
    names: tuple[str, ...]
    volumes: int
    status: str
    year: int
    anime: bool
    imprint: str = ""
    authors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    illustrators: tuple[str, ...] = ()
    editions: Mapping[str, bool] = field(default_factory=dict)
    adaptations: tuple[Adaptation, ...] = ()

    @classmethod
    def of(
        cls,
        row: Row,
        names: Iterable[str],
        authors: Mapping[str, Iterable[str]],
        illustrators: Iterable[str],
        adaptations: Iterable[Adaptation],
    ) -> KnownWork:
        known = {code: (row.editions.get(code) or {}).get("known") for code in ("ko", "en")}
        return cls(
            slug=row.slug,
            names=tuple(names),
            volumes=row.volumes,
            status=row.status,
            year=row.year,
            anime=row.anime,
            imprint=row.imprint,
            authors={code: tuple(written) for code, written in authors.items() if written},
            illustrators=tuple(illustrators),
            editions={code: one for code, one in known.items() if isinstance(one, bool)},
            adaptations=tuple(adaptations),
        )
