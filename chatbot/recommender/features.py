"""A shelf made ready for choosing: its works as columns of numbers, one row a work, and the ties between them.

Weighing every work of a large shelf one by one takes seconds; a column at a time it takes milliseconds.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..catalogue.snapshot import CatalogueSnapshot
from ..catalogue.snapshot_cache import cached_per_snapshot
from ..language.asking.asked import from_age
from ..language.names import makers
from ..language.wishes.circumstances import works_telling
from ..language.words import flavours
from ..language.words.subjects import works_about
from ..text.folding import key

Mask = NDArray[np.bool_]  # a truth a work, in the order of the snapshot
Column = NDArray[Any]  # a number a work, in the same order

STRONGER = 1.2  # a strength of 3 says more than thrice what a strength of 1 says
LATER = 0.8  # what each place further down a list of kindred works takes from the tie
BACK = 0.4  # a tie seen from the work that was named, beside the one that names it
LIKE = 0.4  # the likeness of tags from which on two works are called alike
HARD = ("sequel", "prequel", "side-story", "same-world")
FIRST_BATCH = 128


class Features:
    """What is computed once for a catalogue snapshot. Columns have the order of its `works`; a row is a place in them."""

    def __init__(self, catalogue: CatalogueSnapshot) -> None:
        works = self.works = catalogue.works
        self.warnings = {label.slug for label in catalogue.labels.values() if label.group == "warnings"}
        self.by_slug = catalogue.by_slug
        self.row = {work.slug: row for row, work in enumerate(works)}
        self.row_by_pk = {work.pk: row for row, work in enumerate(works)}
        self.renown = np.array([work.renown for work in works], float) / 100
        self.year = np.array([work.year for work in works], int)
        self.volumes = np.array([work.volumes for work in works], int)
        self.tone = np.array([work.tone for work in works], int)
        self.anime = np.array([work.anime for work in works], bool)
        self.general = np.array([work.imprint in flavours.GENERAL_IMPRINTS for work in works], bool)
        self.status = np.array([work.status for work in works], "U10")
        self.alphabetical = np.empty(len(works), int)
        self.alphabetical[sorted(range(len(works)), key=lambda row: works[row].slug)] = np.arange(len(works))
        self.editions = self._editions()
        self.by_author = self._by_author()
        self.made = makers.works_of(catalogue)
        self.by_author_key: defaultdict[str, list[int]] = defaultdict(list)
        for name, rows in self.by_author.items():
            self.by_author_key[key(name)] += rows
        self._take_tags()
        resolve = _resolver(catalogue)
        self._take_kin(resolve)
        self._take_series(resolve)
        self.catalogue = catalogue
        self.about = works_about(catalogue)
        self.telling = works_telling(catalogue)
        self.flavoured = flavours.works_telling(catalogue)
        # From which age a work is recommended; 0 where its notes do not say.
        self.from_age = np.array([from_age(work.notes.get("content", {}).get("en", "")) or 0 for work in works], int)

    def read_in(self, language: str) -> Mask:
        """Works with an edition in a language."""
        readable = self.none()
        readable[self.editions.get(language, [])] = True
        return readable

    def _editions(self) -> dict[str, list[int]]:
        """Language to the rows of works that are known to have an edition in it which was not broken off."""
        found: dict[str, list[int]] = {}
        for row, work in enumerate(self.works):
            for language, edition in work.editions.items():
                known = edition or {}
                if known.get("known") is True and known.get("volumes", work.volumes) >= work.volumes:
                    found.setdefault(language, []).append(row)
        return found

    def _by_author(self) -> dict[str, list[int]]:
        rows: defaultdict[str, list[int]] = defaultdict(list)
        for row, work in enumerate(self.works):
            for name in work.authors:
                rows[name].append(row)
        return dict(rows)

    def _take_tags(self) -> None:
        """`strength` (0 to 3) and `weight` (the part of a work's vector of length 1), a row a tag and a column a work."""
        self.tag: dict[str, int] = {}
        rows, columns, strengths = [], [], []
        for column, work in enumerate(self.works):
            for slug, strength in work.tags.items():
                rows.append(self.tag.setdefault(slug, len(self.tag)))
                columns.append(column)
                strengths.append(strength)
        self.strength = np.zeros((len(self.tag) + 1, len(self.works)), np.uint8)  # the last row: a tag nobody carries
        self.strength[rows, columns] = strengths
        carried = (self.strength > 0).astype(np.float32)
        self.together = carried @ carried.T  # how many works carry both of two tags
        self.carried = self.together.diagonal()
        total = max(len(self.works), 1)
        self.idf = {slug: math.log(1 + total / int(self.carried[row])) for slug, row in self.tag.items()}
        self.weight = np.zeros(self.strength.shape)
        powers = np.array([strength**STRONGER for strength in range(4)])
        for slug, row in self.tag.items():
            self.weight[row] = powers[self.strength[row]] * self.idf[slug]
        length = np.sqrt(sum((row * row for row in self.weight), np.zeros(len(self.works))))
        self.weight /= np.where(length > 0, length, 1.0)

    def _take_kin(self, resolve: Callable[[str], int | None]) -> None:
        """The ties between works, as rows of a sparse matrix: those of a row stand in `ties[row] : ties[row + 1]`."""
        named, naming, closeness = [], [], []
        for row, work in enumerate(self.works):
            seen = {row}
            for place, title in enumerate(work.kin):
                other = resolve(title)
                if other is not None and other not in seen:
                    seen.add(other)
                    naming.append(row)
                    named.append(other)
                    closeness.append(LATER**place)
        from_rows, to_rows = np.array(naming, np.int32), np.array(named, np.int32)
        near = np.array(closeness, float)
        rows, self.kin = np.concatenate([from_rows, to_rows]), np.concatenate([to_rows, from_rows])
        self.closeness = np.concatenate([near, BACK * near])
        order = np.lexsort((self.kin, rows))
        rows, self.kin, self.closeness = rows[order], self.kin[order], self.closeness[order]
        # Works that name each other are tied by both.
        first = np.flatnonzero(np.r_[True, (np.diff(rows) != 0) | (np.diff(self.kin) != 0)][: len(rows)])
        if len(rows):
            self.closeness = np.add.reduceat(self.closeness, first)
        rows, self.kin = rows[first], self.kin[first]
        self.ties = np.searchsorted(rows, np.arange(len(self.works) + 1))
        self.tied = np.bincount(rows, self.closeness, len(self.works))
        called = np.log1p(np.bincount(to_rows, near, len(self.works)))
        self.called = called / max(called.max(initial=0.0), 1.0)

    def _take_series(self, resolve: Callable[[str], int | None]) -> None:
        """`series`: a number for each series. `openers`: row to the rows of which one must have been read before it."""
        openers: defaultdict[int, list[int]] = defaultdict(list)
        parent = list(range(len(self.works)))

        def root(row: int) -> int:
            while parent[row] != row:
                parent[row] = row = parent[parent[row]]
            return row

        for row, work in enumerate(self.works):
            for title, kind in work.related:
                other = resolve(title) if kind in HARD else None
                if other is None or other == row:
                    continue
                if kind in ("sequel", "side-story") and other not in openers:
                    openers[row].append(other)
                parent[root(row)] = root(other)
        # Two works that each call themselves the sequel of the other would both be unreachable.
        for row in list(openers):
            openers[row] = [other for other in openers[row] if row not in openers.get(other, ())]
        self.openers = {row: before for row, before in openers.items() if before}
        self.waiting = np.array(list(self.openers), int)
        self.followers: defaultdict[int, list[int]] = defaultdict(list)
        for row, before in self.openers.items():
            for other in before:
                self.followers[other].append(row)
        self.series = np.array([root(row) for row in range(len(self.works))], int)

    # --- Single works ----------------------------------------------------------------------------

    def rows_of(self, slugs: Iterable[str]) -> list[int]:
        return [self.row[slug] for slug in slugs if slug in self.row]

    def rows_by(self, authors: Iterable[str]) -> list[int]:
        """Rows of the works of `authors`, by their Japanese names."""
        return [row for name in authors for row in self.by_author.get(name, ())]

    def rows_made(self, kind: makers.Kind, names: Iterable[str]) -> list[int]:
        """Rows of the works that any of `names`, publishers or illustrators, made, see `language.names.makers`."""
        return self.rows_of(slug for name in names for slug in self.made[kind].get(name, ()))

    def likeness(self, one: str, other: str) -> float:
        """Cosine of the tags of two slugs, 0 to 1."""
        return float(self.weight[:, self.row[one]] @ self.weight[:, self.row[other]])

    def share(self, tag: str, among: str) -> tuple[float, int]:
        """Which part of the works that carry the tag `among` carry `tag` too, and how many carry `among`."""
        one, other = self.tag.get(tag, -1), self.tag.get(among, -1)
        return float(self.together[one, other] / max(self.carried[other], 1)), int(self.carried[other])

    def frequency(self, tag: str) -> float:
        """Which part of all works carry `tag`."""
        return float(self.carried[self.tag.get(tag, -1)] / max(len(self.works), 1))

    def is_told(self, tag: str) -> bool:
        """Whether a tag is something to speak for a work by: no warning, and not carried by every other work."""
        return tag not in self.warnings and self.frequency(tag) < 1 / 3

    def near(self, one: str, other: str) -> float:
        """How closely two slugs are tied: 0 where neither names the other."""
        row, column = self.row[one], self.row[other]
        first, last = self.ties[row], self.ties[row + 1]
        place = first + np.searchsorted(self.kin[first:last], column)
        return float(self.closeness[place]) if place < last and self.kin[place] == column else 0.0

    # --- Columns ---------------------------------------------------------------------------------

    def none(self) -> Mask:
        return np.zeros(len(self.works), bool)

    def of(self, slugs: Iterable[str]) -> Mask:
        """Where `slugs` are, as a mask."""
        mask = self.none()
        mask[self.rows_of(slugs)] = True
        return mask

    def tells(self, what: str) -> Mask:
        """Where synopses tell `what`, a name of `language.wishes.circumstances`."""
        return self.of(self.telling.get(what, ()))

    def strengths(self, tag: str) -> Column:
        strengths: Column = self.strength[self.tag.get(tag, -1)]
        return strengths

    def strongest(self, tags: Iterable[str]) -> Column:
        """The strength of whichever of `tags` is the strongest in each work."""
        strongest: Column = np.max([np.zeros(len(self.works)), *map(self.strengths, tags)], axis=0)
        return strongest

    def carries(self, tags: Iterable[str]) -> Mask:
        """Where at least one of `tags` is carried."""
        mask = self.none()
        for tag in tags:
            mask |= self.strengths(tag) > 0
        return mask

    def alike(self, row: int) -> Column:
        """Likeness of every work to the one in `row`."""
        column = np.zeros(len(self.works))
        for tag in self.works[row].tags:
            number = self.tag[tag]
            column += self.weight[number, row] * self.weight[number]
        return column

    def is_like(self, row: int) -> Mask:
        """Where what a reader would call the like of the work in `row` is: its kin from either side, and what has its tags."""
        like: Mask = self.alike(row) >= LIKE
        like[self.kin[self.ties[row] : self.ties[row + 1]]] = True
        return like

    def alike_to(self, tags: Mapping[str, int]) -> Column:
        """Likeness of every work to one that is not on the shelf and would carry `tags`."""
        numbers = [self.tag[slug] for slug in tags if slug in self.tag]
        weights = np.array([tags[slug] ** STRONGER * self.idf[slug] for slug in tags if slug in self.tag])
        if not numbers:
            return np.zeros(len(self.works))
        alike: Column = weights @ self.weight[numbers] / math.sqrt(weights @ weights)
        return alike

    def alike_among(self, rows: list[int], row: int) -> Column:
        return self.weight[:, rows].T @ self.weight[:, row]

    def kinship(self, row: int, direct: float, onward: float) -> Column:
        """How near every work is kin to the one in `row`: by `direct` ties, and `onward` through common kin.

        The walk through common kin is divided by how many ties lead away on both sides, so that neither a long list
        of kin nor a work that everybody names counts for more than what it says.
        """
        near = np.zeros(len(self.works))
        first, last = self.ties[row], self.ties[row + 1]
        near[self.kin[first:last]] += direct * self.closeness[first:last]
        for between, closeness in zip(self.kin[first:last], self.closeness[first:last], strict=True):
            start, end = self.ties[between], self.ties[between + 1]
            share = onward * closeness / math.sqrt(self.tied[row] * self.tied[between])
            near[self.kin[start:end]] += share * self.closeness[start:end]
        near[row] = 0.0
        return near

    def in_order(self, mask: Mask, *columns: Column) -> Iterator[int]:
        """Rows of `mask`, smallest of the first column first, then of the next; equals by slug. Sorted only as far as used."""
        rows, batch = np.flatnonzero(mask), FIRST_BATCH
        while len(rows):
            first = columns[0][rows]
            near = first <= (np.partition(first, batch)[batch] if len(rows) > batch else np.inf)
            chosen = rows[near]
            order = np.lexsort((self.alphabetical[chosen], *(column[chosen] for column in reversed(columns))))
            yield from chosen[order].tolist()
            rows, batch = rows[~near], batch * 8


def _resolver(catalogue: CatalogueSnapshot) -> Callable[[str], int | None]:
    """Title to the row of the work it names, or None. Works are named again and again; each title is folded once."""
    row = {work.slug: place for place, work in enumerate(catalogue.works)}
    known: dict[str, int | None] = {}

    def resolve(title: str) -> int | None:
        if title not in known:
            work = catalogue.find(title)
            known[title] = None if work is None else row[work.slug]
        return known[title]

    return resolve


@cached_per_snapshot
def features_of(catalogue: CatalogueSnapshot) -> Features:
    return Features(catalogue)
