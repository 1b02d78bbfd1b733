"""The whole shelf in memory, for choosing and for finding titles in text.

A process keeps one copy and loads it anew when `Revision` says that the catalogue has changed.
"""

import threading
from dataclasses import dataclass, field
from functools import cached_property

from .models import Name, Novel, NovelTag, Revision, Tag
from .titles import key


@dataclass(frozen=True, slots=True)
class Work:
    """What choosing needs to know of a novel. `tags` maps slug to strength, 1 to 3."""

    pk: int
    slug: str
    titles: dict
    names: tuple
    authors: tuple
    year: int
    volumes: int
    status: str
    anime: bool
    renown: int
    tone: int
    tags: dict
    synopses: dict
    editions: dict
    related: tuple
    kin: tuple
    author_names: dict = field(default_factory=dict)  # by language, as pages show them


@dataclass(frozen=True, slots=True)
class Label:
    """A tag as readers know it: `labels` and `words` by language, `group` as in `Tag.Group`."""

    slug: str
    group: str
    labels: dict
    words: dict


@dataclass(frozen=True, eq=False)
class Shelf:
    """Every work and every tag at one revision. Never changed once made.

    Compared and hashed by identity, so that what is computed from a shelf can be cached by it.
    """

    revision: int
    works: tuple
    labels: dict = field(default_factory=dict)

    @cached_property
    def by_pk(self):
        return {work.pk: work for work in self.works}

    @cached_property
    def by_slug(self):
        return {work.slug: work for work in self.works}

    @cached_property
    def by_key(self):
        """Works by the key of any of their names, the best known first."""
        found = {}
        for work in self.works:
            for name in work.names:
                if folded := key(name):
                    found.setdefault(folded, []).append(work)
        return found

    def find(self, name):
        """The best known work called `name`, or None."""
        works = self.by_key.get(key(name))
        return works[0] if works else None


_current = None
_loading = threading.Lock()


def shelf():
    """The shelf as it is now. One small query when nothing has changed."""
    global _current
    revision = Revision.current()
    if _current is None or _current.revision != revision:
        with _loading:
            if _current is None or _current.revision != revision:
                _current = load(revision)
    return _current


def load(revision=0):
    """Read the shelf from the database: four queries, whatever its size."""
    tags, names = {}, {}
    for novel_id, slug, strength in NovelTag.objects.values_list("novel_id", "tag__slug", "strength"):
        tags.setdefault(novel_id, {})[slug] = strength
    for novel_id, text in Name.objects.order_by("pk").values_list("novel_id", "text"):
        names.setdefault(novel_id, []).append(text)
    works = tuple(
        Work(
            pk=novel.pk,
            slug=novel.slug,
            titles=novel.titles,
            names=tuple(names.get(novel.pk, ())),
            authors=tuple(novel.authors),
            author_names={"ko": novel.authors_ko, "en": novel.authors_en, "ja": novel.authors},
            year=novel.year,
            volumes=novel.volumes,
            status=novel.status,
            anime=novel.anime,
            renown=novel.renown,
            tone=novel.tone,
            tags=tags.get(novel.pk, {}),
            synopses=novel.synopses,
            editions=novel.editions,
            related=tuple((one["title_ja"], one["kind"]) for one in novel.related),
            kin=tuple(novel.kin),
        )
        for novel in Novel.objects.order_by("-renown", "slug").iterator()
    )
    labels = {tag.slug: Label(tag.slug, tag.group, tag.labels, tag.words) for tag in Tag.objects.all()}
    return Shelf(revision, works, labels)
