"""A snapshot of the whole catalogue in memory, for choosing and for finding titles in text.

A process keeps one copy and loads it anew when `Revision` says that the catalogue has changed. While a large one is
being loaded, readers are answered from the copy there is.
"""

import logging
import threading
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import connection

from ..text.folding import key
from .adaptations import Adaptation, adaptations_from
from .arcs import Arc, arcs_from
from .models import Name, Novel, NovelTag, Revision, Tag
from .reading_orders import Step, steps_from
from .snapshot_cache import make_ready

logger = logging.getLogger(__name__)

AT_ONCE = 5_000  # works up to which a reader waits for the change of a moment ago; loading them takes about two seconds


@dataclass(frozen=True, slots=True)
class Work:
    """What choosing needs to know of a novel. `tags` maps slug to strength, 1 to 3."""

    pk: int
    slug: str
    titles: dict[str, str]
    names: tuple[str, ...]
    authors: tuple[str, ...]
    year: int
    volumes: int
    status: str
    anime: bool
    renown: int
    tone: int
    tags: dict[str, int]
    synopses: dict[str, str]
    editions: dict[str, Any]
    related: tuple[tuple[str, str], ...]
    kin: tuple[str, ...]
    author_names: dict[str, list[str]] = field(default_factory=dict)  # by language, as pages show them
    title_ko_certain: bool = True
    adaptations: tuple[Adaptation, ...] = ()
    imprint: str = ""
    illustrators: tuple[str, ...] = ()
    reading_order: tuple[Step, ...] = ()
    premises: dict[str, str] = field(default_factory=dict)  # by language, see `premises`
    external_ids: dict[str, str] = field(default_factory=dict)  # by site, see `external_ids`
    notes: dict[str, dict[str, str]] = field(default_factory=dict)  # by kind and language, see `notes`
    arcs: tuple[Arc, ...] = ()

    @property
    def is_single(self) -> bool:
        """Whether it is one volume and no more will come."""
        return self.volumes == 1 and self.status == "completed"


@dataclass(frozen=True, slots=True)
class Label:
    """A tag as readers know it: `labels` and `words` by language, `group` as in `Tag.Group`."""

    slug: str
    group: str
    labels: dict[str, str]
    words: dict[str, list[str]]


@dataclass(frozen=True, eq=False)
class CatalogueSnapshot:
    """Every work and every tag at one revision. Never changed once made.

    Compared and hashed by identity, so that what is computed from a snapshot can be cached by it.
    """

    revision: int
    works: tuple[Work, ...]
    labels: dict[str, Label] = field(default_factory=dict)
    cache: dict[Any, Any] = field(default_factory=dict, repr=False)  # see `snapshot_cache`
    making: Any = field(default_factory=threading.RLock, repr=False)

    @cached_property
    def by_pk(self) -> dict[int, Work]:
        return {work.pk: work for work in self.works}

    @cached_property
    def by_slug(self) -> dict[str, Work]:
        return {work.slug: work for work in self.works}

    @cached_property
    def by_key(self) -> dict[str, list[Work]]:
        """Works by the key of any of their names, the best known first."""
        found: dict[str, list[Work]] = {}
        for work in self.works:
            for name in work.names:
                if folded := key(name):
                    found.setdefault(folded, []).append(work)
        return found

    @cached_property
    def by_external_id(self) -> dict[tuple[str, str], Work]:
        """Works by (site, id there). Of two works with one id the best known."""
        return {one: work for work in reversed(self.works) for one in work.external_ids.items()}

    def find(self, name: str) -> Work | None:
        """The best known work called `name`, or None."""
        works = self.by_key.get(key(name))
        return works[0] if works else None


_current: CatalogueSnapshot | None = None
_loading = threading.Lock()


def current_catalogue() -> CatalogueSnapshot:
    """The catalogue as it is now. One small query when nothing has changed.

    Of a large catalogue that has changed it is the copy from before, until another thread has made the new one ready.
    """
    revision = Revision.current()
    if _current is not None and _current.revision == revision:
        return _current
    if _current is None or len(_current.works) <= AT_ONCE:
        with _loading:
            _renew(revision)
    elif _loading.acquire(blocking=False):
        threading.Thread(target=_renew_in_background, args=[revision], name="catalogue", daemon=True).start()
    return _current


def _renew(revision: int) -> None:
    global _current
    earlier = _current
    if earlier is None or earlier.revision != revision:
        new = load(revision)
        if earlier is not None:
            make_ready(new, earlier)
        _current = new


def _renew_in_background(revision: int) -> None:
    try:
        _renew(revision)
    except Exception:
        # The copy there is goes on serving; the next ask tries again.
        logger.exception("the catalogue of revision %s could not be loaded", revision)
    finally:
        _loading.release()
        connection.close()


def load(revision: int = 0) -> CatalogueSnapshot:
    """Read the catalogue from the database: four queries, whatever its size."""
    tags: dict[int, dict[str, int]] = {}
    names: dict[int, list[str]] = {}
    # Kin are named by titles, and titles are names: of a large catalogue this saves hundreds of megabytes.
    shared: dict[str, str] = {}

    def one(text: str) -> str:
        return shared.setdefault(text, text)

    for novel_id, slug, strength in NovelTag.objects.values_list("novel_id", "tag__slug", "strength"):
        tags.setdefault(novel_id, {})[slug] = strength
    for novel_id, text in Name.objects.order_by("pk").values_list("novel_id", "text"):
        names.setdefault(novel_id, []).append(one(text))
    works = tuple(
        Work(
            pk=novel.pk,
            slug=novel.slug,
            titles={code: one(title) for code, title in novel.titles.items()},
            names=tuple(names.get(novel.pk, ())),
            authors=tuple(novel.authors),
            title_ko_certain=novel.title_ko_certain,
            author_names={"ko": novel.authors_ko, "en": novel.authors_en, "ja": novel.authors},
            year=novel.year,
            volumes=novel.volumes,
            status=novel.status,
            anime=novel.anime,
            adaptations=adaptations_from(novel.adaptations),
            reading_order=steps_from(novel.reading_order),
            imprint=novel.imprint,
            illustrators=tuple(novel.illustrators),
            renown=novel.renown,
            tone=novel.tone,
            tags=tags.get(novel.pk, {}),
            synopses=novel.synopses,
            premises=novel.premise,
            notes=novel.notes,
            arcs=arcs_from(novel.arcs),
            editions=novel.editions,
            related=tuple((one["title_ja"], one["kind"]) for one in novel.related),
            kin=tuple(one(title) for title in novel.kin),
            external_ids=novel.external_ids,
        )
        for novel in Novel.objects.order_by("-renown", "slug").iterator()
    )
    labels = {tag.slug: Label(tag.slug, tag.group, tag.labels, tag.words) for tag in Tag.objects.all()}
    return CatalogueSnapshot(revision, works, labels)
