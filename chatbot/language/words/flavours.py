"""What readers ask of a book that is no tag: sweet, literary, smart, one of the great ones.

A flavour leans a choice by many tags at once (`data/flavours.toml`); its words stand in `flavours.txt`. What is taken
back by the words around it ("not too sweet") is none.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ...catalogue.snapshot import CatalogueSnapshot, Work
from ...catalogue.snapshot_cache import cached_per_snapshot
from ...text.cleaning import MAX_LENGTH
from ...text.phrasebook import LANGUAGES
from .phrasebook import PHRASES

TABLE = Path(__file__).parents[1] / "data" / "flavours.toml"
BEFORE = 24  # letters in which what takes a flavour back stands before it


@dataclass(frozen=True, slots=True)
class Flavour:
    """What a flavour leans to; the head of the file says what each field means."""

    label: dict[str, str] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    core: tuple[str, ...] = ()
    core_from: int = 2
    spoilt_by: dict[str, int] = field(default_factory=dict)
    tones: tuple[int, int] = (-2, 2)
    renown: float = 0.0
    elder: float = 0.0
    general: float = 0.0
    told: bool = False
    not_meant: tuple[str, ...] = ()
    says_not: bool = False
    leans: bool = False

    @classmethod
    def of(cls, values: dict[str, Any]) -> "Flavour":
        fields: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
        }
        return cls(**fields)


_table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
GENERAL_IMPRINTS = frozenset(_table.pop("general_imprints"))
FLAVOURS = {name: Flavour.of(values) for name, values in _table.items()}


@cache
def _any(section: str, *languages: str) -> re.Pattern[str]:
    return re.compile(PHRASES.pattern("flavours", section, *languages))


def read(text: str, without: Sequence[tuple[int, int]] = ()) -> tuple[str, ...]:
    """The flavours that `text` asks for, in the order of the table, but for what it says in places `without`."""
    found = (
        name for name, begin, end in _found(text) if not any(begin < last and first < end for first, last in without)
    )
    return tuple(dict.fromkeys(found))


def spans(text: str) -> list[tuple[int, int]]:
    """Where `text` asks for a flavour."""
    return [(begin, end) for _, begin, end in _found(text)]


def _found(text: str) -> Iterator[tuple[str, int, int]]:
    """(flavour, begin, end) of each that `text` asks for."""
    lower = text[:MAX_LENGTH].lower()
    for name, one in FLAVOURS.items():
        for found in _any(name).finditer(lower):
            if one.says_not or not taken_back(lower, found):
                yield name, *found.span()


def taken_back(lower: str, found: re.Match[str]) -> bool:
    before = lower[max(0, found.start() - BEFORE) : found.start()]
    stands_before = any(cue.end() == len(before) for cue in _any("not.before").finditer(before))
    return stands_before or bool(_any("not.after").match(lower, found.end()))


def not_meant(text: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """(begin, end, tags) where `text` asks for a flavour in words that would be taken for these tags."""
    return [(begin, end, tags) for name, begin, end in _found(text) if (tags := FLAVOURS[name].not_meant)]


def of_the_little_known(names: Sequence[str]) -> list[str]:
    """Those of `names` that a work known to few can have."""
    return [name for name in names if name in FLAVOURS and not FLAVOURS[name].renown]


def only_leans(name: str) -> bool:
    """Whether a flavour is read out of when and where a book is read, so that nobody misses it in one."""
    return name in FLAVOURS and FLAVOURS[name].leans


def label(name: str, language: str) -> str:
    """What a page in `language` calls a flavour; the name itself where it is none."""
    return FLAVOURS[name].label.get(language, name) if name in FLAVOURS else name


@cached_per_snapshot
def works_telling(catalogue: CatalogueSnapshot) -> dict[str, frozenset[str]]:
    """Flavour to the slugs of the works whose synopses tell of it, where synopses are asked."""
    return {
        name: frozenset(work.slug for work in catalogue.works if _tells(work, name))
        for name, one in FLAVOURS.items()
        if one.told
    }


def _tells(work: Work, name: str) -> bool:
    return any(
        _any(f"told.{name}", language).search(
            "\n".join(
                texts.get(language, "") for texts in (work.synopses, work.premises, work.notes.get("love", {}))
            ).lower()
        )
        for language in LANGUAGES
    )
