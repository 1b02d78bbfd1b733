"""What is computed from a catalogue snapshot and kept with it: features, the vocabulary. It goes when the snapshot goes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from .snapshot import CatalogueSnapshot

Made = TypeVar("Made")


def cached_per_snapshot(make: Callable[[CatalogueSnapshot], Made]) -> Callable[[CatalogueSnapshot], Made]:
    """Let `make(catalogue)` be called once a snapshot. One thread makes it, others wait for what it makes."""

    @wraps(make)
    def cached(catalogue: CatalogueSnapshot) -> Made:
        if cached not in catalogue.cache:
            with catalogue.making:
                if cached not in catalogue.cache:
                    catalogue.cache[cached] = make(catalogue)
        return cast(Made, catalogue.cache[cached])

    return cached


def make_ready(catalogue: CatalogueSnapshot, earlier: CatalogueSnapshot) -> None:
    """Make for `catalogue` all that was made for `earlier`, so that nobody waits for it when the one replaces the other."""
    for make in list(earlier.cache):
        make(catalogue)
