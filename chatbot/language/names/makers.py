"""Who made a book besides its author: the imprint it came out in, the publisher of a translation, the illustrator; as
readers call them in three languages.

How publishers are called stands in `data/publishers.toml` and `data/imprints.toml`. What is a word of every day, too,
names one only beside what says that books come out there, and an illustrator is named only beside what speaks of
pictures: `makers.txt` has both.
"""

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Literal

from ...catalogue.snapshot import CatalogueSnapshot
from ...catalogue.snapshot_cache import cached_per_snapshot
from ...text.folding import key
from ...text.matcher import Lexicon, Passage
from ..words.cue_book import REMEMBERED, CueBook, plain
from .readings import DATA, readings

BOOK = CueBook("makers")
PUBLISHERS = tomllib.loads((DATA / "publishers.toml").read_text(encoding="utf-8"))
MAX_BESIDE = 60  # characters on either side of a name that tell what it is

Kind = Literal["published", "drawn_by"]
KINDS: tuple[Kind, ...] = ("published", "drawn_by")


@dataclass(frozen=True, slots=True)
class Maker:
    """The words from `start` to `end` name a publisher (`published`) or, with those that speak of pictures, an illustrator
    (`drawn_by`). `name`: a key of `works_of`."""

    kind: Kind
    name: str
    start: int
    end: int


def named(text: str, catalogue: CatalogueSnapshot) -> tuple[Maker, ...]:
    """The publishers and illustrators whom `text`, tidied, names in a wish or a refusal, in order; not those that it only
    asks of a work or asks about."""
    return _finder_of(catalogue)(text)


def called(name: str, kind: Kind, catalogue: CatalogueSnapshot) -> str:
    """The one whom `name` and nothing else calls, or ""."""
    lexicon = _publishers(catalogue) if kind == "published" else _illustrators(catalogue)
    entry = lexicon.entries.get(key(name))
    return entry.meanings[0][0] if entry else ""


@cached_per_snapshot
def _finder_of(catalogue: CatalogueSnapshot) -> Callable[[str], tuple[Maker, ...]]:
    return lru_cache(maxsize=REMEMBERED)(partial(_named, catalogue))


def _named(catalogue: CatalogueSnapshot, text: str) -> tuple[Maker, ...]:
    found = [*_found(text, "published", _publishers(catalogue))]
    if BOOK.has("art", plain(text)):
        found += _found(text, "drawn_by", _illustrators(catalogue))
    return tuple(sorted(found, key=lambda one: one.start))


def _found(text: str, kind: Kind, lexicon: Lexicon) -> Iterator[Maker]:
    passage, lower = Passage(text), plain(text)
    beside = "published" if kind == "published" else "drawn"
    for span in lexicon.find(passage):
        at = span.start, span.end
        alone = [name for name, stands_alone in span.meanings if stands_alone]
        names = alone or [name for name, _ in span.meanings]
        told = at if alone else BOOK.beside(beside, lower, *at, MAX_BESIDE)
        if told and not BOOK.beside("asked", lower, *at, MAX_BESIDE):
            yield Maker(kind, names[0], *(told if kind == "drawn_by" else at))


def publishers_of(name: str) -> frozenset[str]:
    """The names in the catalogue, of imprints and of publishers of editions, for which `name` stands."""
    return frozenset(PUBLISHERS.get(name, {}).get("of", (name,)))


@cached_per_snapshot
def works_of(catalogue: CatalogueSnapshot) -> dict[Kind, dict[str, tuple[str, ...]]]:
    """Slugs of the works of each publisher, by every name by which it may be wished for, and of each illustrator."""
    own: defaultdict[str, dict[str, None]] = defaultdict(dict)
    drawn: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for work in catalogue.works:
        editions = ((edition or {}).get("publisher", "") for edition in work.editions.values())
        for publisher in filter(None, (work.imprint, *editions)):
            own[publisher][work.slug] = None
        for artist in work.illustrators:
            drawn[artist][work.slug] = None
    published = {name: {slug: None for one in publishers_of(name) for slug in own.get(one, ())} for name in PUBLISHERS}
    published = {**own, **published}
    return {
        "published": {name: tuple(slugs) for name, slugs in published.items() if slugs},
        "drawn_by": {name: tuple(slugs) for name, slugs in drawn.items()},
    }


@cached_per_snapshot
def _publishers(catalogue: CatalogueSnapshot) -> Lexicon:
    """What publishers are called, each as (name, whether it names one wherever it stands)."""
    lexicon = Lexicon()
    for name in works_of(catalogue)["published"]:
        row = PUBLISHERS.get(name, {})
        own = {one: BOOK.has("trade", plain(one)) for one in (name, *readings().get(name, ()))}
        called = own | dict.fromkeys(row.get("beside", ()), False) | dict.fromkeys(row.get("called", ()), True)
        for one, stands_alone in called.items():
            lexicon.add(one, (name, stands_alone), name=True)
    return lexicon


@cached_per_snapshot
def _illustrators(catalogue: CatalogueSnapshot) -> Lexicon:
    lexicon = Lexicon()
    for name in works_of(catalogue)["drawn_by"]:
        for one in (name, *readings().get(name, ())):
            lexicon.add(one, (name, False), name=True)
            first, _, last = one.partition(" ")
            if first.isascii() and last:
                lexicon.add(f"{last} {first}", (name, False), name=True)
    return lexicon
