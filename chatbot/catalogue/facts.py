"""What is known of a work: the one place that both voices and the pages may speak of it from."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..text.folding import key
from .adaptations import Adaptation
from .reading_orders import MAIN, Step
from .series import INVERSE
from .snapshot import CatalogueSnapshot, Work
from .snapshot_cache import cached_per_snapshot
from .volumes import Coming

MAX_OTHERS = 8  # other works of the same authors
MAX_KIN = 6
MAX_SHARED = 3  # tags named as what a work and its kin share
STRONG = 2
FINISHED = "read"  # the state on a shelf of a work that was read to its end


@dataclass(frozen=True, slots=True)
class Member:
    """A work of a series. `kind`: what it is to the one asked about: sequel, prequel, side-story, main-story,
    same-world, or "" for that one itself. `work` is None where the shelf does not have it."""

    title_ja: str
    kind: str
    work: Work | None


@dataclass(frozen=True, slots=True)
class ReaderFacts:
    """What a reader has of a work. `state`: on their shelf (as ShelfEntry has it) or "". `read_to`: the volume they have
    read up to, or None. `said` and `reasons`: with which words, and for which computed reasons, it was offered to them
    in this conversation."""

    state: str = ""
    read_to: int | None = None
    said: str = ""
    reasons: tuple[dict[str, Any], ...] = ()

    @property
    def horizon(self) -> int | None:
        """The volume behind which nothing is told; None where it is not known, or where all is read."""
        return None if self.state == FINISHED else self.read_to

    @property
    def is_offered(self) -> bool:
        return bool(self.said or self.reasons)


UNREAD = ReaderFacts()


@dataclass(frozen=True)
class WorkFacts:
    """All that is known of `work`; the rest of what a row says is in the work itself.

    `others`: other works of its authors here, the best known first. `series`: works tied to it, itself left out, in
    the order they are read. `order`: the steps of its series, as the row of the main work keeps them, and none where
    no row does. `kin`: kindred works here, `shared`: slug of each to the tags that are strong in both, the strongest
    first. `warnings` and `tags`: slug to strength, 3 to 1, the strongest first. `coming`: the next volume by language, of
    works of which that is asked.
    """

    work: Work
    others: tuple[Work, ...] = ()
    series: tuple[Member, ...] = ()
    order: tuple[Step, ...] = ()
    kin: tuple[Work, ...] = ()
    shared: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tags: dict[str, int] = field(default_factory=dict)
    warnings: dict[str, int] = field(default_factory=dict)
    reader: ReaderFacts = UNREAD
    coming: tuple[Coming, ...] = ()

    @property
    def told_order(self) -> tuple[Step, ...]:
        """The steps of the order that may be told to the reader: what stands beside the main line behind a volume they
        have not reached is kept back."""
        return tuple(step for step in self.order if not is_beyond(step, self.reader.horizon))


def facts_of(
    work: Work, catalogue: CatalogueSnapshot, reader: ReaderFacts = UNREAD, coming: Sequence[Coming] = ()
) -> WorkFacts:
    ranked = dict(sorted(work.tags.items(), key=lambda one: -one[1]))
    is_warning = {slug: _group(slug, catalogue) == "warnings" for slug in ranked}
    order = order_of(work, catalogue)
    kin = tuple(one for one in map(catalogue.find, work.kin) if one)[:MAX_KIN]
    return WorkFacts(
        work=work,
        others=tuple(others_of(work, catalogue)[:MAX_OTHERS]),
        series=tuple(_in_order(_series(work, catalogue), order)),
        order=order,
        kin=kin,
        shared={one.slug: shared_tags(work, one, catalogue) for one in kin},
        tags={slug: strength for slug, strength in ranked.items() if not is_warning[slug]},
        warnings={slug: strength for slug, strength in ranked.items() if is_warning[slug]},
        reader=reader,
        coming=tuple(coming),
    )


def is_beyond(step: Step, horizon: int | None) -> bool:
    """Whether a step stands beside the main line, behind a volume that is not read yet."""
    return horizon is not None and step.kind != MAIN and (step.after or 0) > horizon


def shared_tags(
    work: Work, other: Work, catalogue: CatalogueSnapshot, most: int | None = MAX_SHARED
) -> tuple[str, ...]:
    """Tags that are strong in both, the strongest first; warnings bind no two works together."""
    strong = [
        slug
        for slug, strength in work.tags.items()
        if strength >= STRONG and other.tags.get(slug, 0) >= STRONG and _group(slug, catalogue) != "warnings"
    ]
    return tuple(sorted(strong, key=lambda slug: -work.tags[slug] * other.tags[slug])[:most])


def order_of(work: Work, catalogue: CatalogueSnapshot) -> tuple[Step, ...]:
    """The steps of the series that `work` belongs to; its own row says them, or another one that names it."""
    return work.reading_order or _orders(catalogue).get(work.slug, ())


@cached_per_snapshot
def _orders(catalogue: CatalogueSnapshot) -> dict[str, tuple[Step, ...]]:
    """Slug to the steps in which another row names it: of two rows the one to which it is no mere neighbour."""
    found: dict[str, tuple[Step, ...]] = {}
    near: dict[str, tuple[Step, ...]] = {}
    for work in catalogue.works:
        for step in work.reading_order:
            (near if step.kind == "world" else found).setdefault(step.slug, work.reading_order)
    return near | found


def _in_order(members: Sequence[Member], order: Sequence[Step]) -> list[Member]:
    places = {step.slug: place for place, step in enumerate(order) if step.slug}
    last = len(places)
    return sorted(members, key=lambda one: places.get(one.work.slug, last) if one.work else last)


def others_of(work: Work, catalogue: CatalogueSnapshot) -> list[Work]:
    """Other works of the authors of `work`."""
    by_author = works_by_author(catalogue)
    found = {other.slug: other for author in work.authors for other in by_author.get(author, ())}
    return [other for slug, other in found.items() if slug != work.slug]


@cached_per_snapshot
def works_by_author(catalogue: CatalogueSnapshot) -> dict[str, list[Work]]:
    """Works by the Japanese name of their author, the best known first."""
    found: dict[str, list[Work]] = {}
    for work in catalogue.works:
        for author in work.authors:
            found.setdefault(author, []).append(work)
    return found


def works_called_by(author: str, catalogue: CatalogueSnapshot) -> list[Work]:
    """Works of an author, who may be called by any of their names, the best known first."""
    return _by_any_name(catalogue).get(key(author), [])


@cached_per_snapshot
def _by_any_name(catalogue: CatalogueSnapshot) -> dict[str, list[Work]]:
    """Works by the key of any name of their authors, the best known first. A name that one row gives serves them all."""
    called: dict[str, set[str]] = {}  # an author's names in Japanese, by the key of any of their names
    for work in catalogue.works:
        for names in (work.authors, *work.author_names.values()):
            for name, author in zip(names, work.authors, strict=False):
                called.setdefault(key(name), set()).add(author)
    called.pop("", None)
    by_author = works_by_author(catalogue)
    ranks = {work.slug: rank for rank, work in enumerate(catalogue.works)}
    return {name: _of_all(authors, by_author, ranks) for name, authors in called.items()}


def _of_all(authors: Iterable[str], by_author: dict[str, list[Work]], ranks: dict[str, int]) -> list[Work]:
    works = {work.slug: work for author in authors for work in by_author[author]}
    return sorted(works.values(), key=lambda work: ranks[work.slug])


def names_of_parts(steps: Iterable[Step], adaptations: Iterable[Adaptation], related: Iterable[str]) -> Iterator[str]:
    """The titles that a row gives besides its own, in all languages: steps of its series, seasons and films, works
    tied to it by their Japanese titles. A work of its own need not stand behind one."""
    for one in (*steps, *adaptations):
        yield from one.title.values()
    yield from related


@cached_per_snapshot
def _tied_by(catalogue: CatalogueSnapshot) -> dict[str, list[tuple[str, str]]]:
    """Japanese title to (kind, Japanese title) of the works that say they are tied to it, as seen from there."""
    found: dict[str, list[tuple[str, str]]] = {}
    for work in catalogue.works:
        for title, kind in work.related:
            found.setdefault(title, []).append((INVERSE.get(kind, "same-world"), work.titles["ja"]))
    return found


def _series(work: Work, catalogue: CatalogueSnapshot) -> Sequence[Member]:
    ties = dict(work.related)
    for kind, title in _tied_by(catalogue).get(work.titles["ja"], ()):
        ties.setdefault(title, kind)
    return [Member(title, kind, catalogue.find(title)) for title, kind in ties.items()]


def _group(slug: str, catalogue: CatalogueSnapshot) -> str:
    label = catalogue.labels.get(slug)
    return label.group if label else ""
