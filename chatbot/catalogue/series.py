"""Which works belong together, and in which order they are read."""

from functools import lru_cache
from typing import NamedTuple

from .models import Novel, Revision
from .reading_orders import Step, steps_from

# What a work is to the one it names, and what that one then is to it.
INVERSE = {"sequel": "prequel", "prequel": "sequel", "side-story": "main-story", "same-world": "same-world"}
MAX_MEMBERS = 12  # works of one series that a page lists


class Ties(NamedTuple):
    """`kinds`: Japanese title to (kind, Japanese title) of every work tied to the one so called, which is the kind of
    that one. `steps`: slug to the steps of its series, as the row of the main work keeps them."""

    kinds: dict[str, list[tuple[str, str]]]
    steps: dict[str, tuple[Step, ...]]


def ties():
    """What the shelf knows of series. A tie is said by either of two works; what a work says itself comes first.

    One small query when nothing has changed.
    """
    return _ties(Revision.current())


@lru_cache(maxsize=1)
def _ties(revision):
    rows = Novel.objects.exclude(related=[], reading_order=[]).order_by("pk")
    said = list(rows.values_list("title_ja", "slug", "related", "reading_order"))
    return Ties(_kinds(said), _steps(said))


def _kinds(said):
    kinds = {}
    for title, _slug, related, _order in said:
        if related:
            kinds.setdefault(title, []).extend((one["kind"], one["title_ja"]) for one in related)
    for title, _slug, related, _order in said:
        for one in related:
            back = kinds.setdefault(one["title_ja"], [])
            if title not in {other for _kind, other in back}:
                back.append((INVERSE.get(one["kind"], "same-world"), title))
    return kinds


def _steps(said):
    """Of a work in the steps of several rows those of its own; a mere neighbour in the world belongs to no series."""
    own, part_of = {}, {}
    for _title, slug, _related, order in said:
        steps = steps_from(order)
        if steps:
            own[slug] = steps
        for step in steps:
            if step.kind != "world":
                part_of.setdefault(step.slug, steps)
    return part_of | own


def reading_order(title, kinds):
    """(Japanese title, the work if it is on the shelf) of the series `title` belongs to, in the order they are read.

    Empty when it stands alone; works that merely share a world are no series. A work that is not on the shelf has no
    year here and comes last.
    """
    members, waiting, before = {title}, [title], set()
    while waiting and len(members) < MAX_MEMBERS:
        one = waiting.pop(0)
        for kind, other in kinds.get(one, ()):
            if kind != "same-world":
                before.add((one, other) if kind in ("prequel", "main-story") else (other, one))
                waiting += [other] if other not in members else []
                members.add(other)
    if len(members) < 2:
        return []
    shelved = {novel.title_ja: novel for novel in Novel.objects.filter(title_ja__in=members)}
    return [(one, shelved.get(one)) for one in _sorted(members, before, shelved)]


def _sorted(members, before, shelved):
    """`members`, each after those it follows, else by year. Two that each follow the other stand by year."""
    ordered = []
    left = sorted(members, key=lambda title: (shelved[title].year if title in shelved else 9999, title))
    while left:
        free = [title for title in left if not any(one in left and other == title for one, other in before)]
        ordered.append((free or left)[0])
        left.remove(ordered[-1])
    return ordered
