"""What a reply states of works on the shelf, held against their rows when it ends.

What differs is kept with the turn as it was then: a row that an operator mends later changes no mark.
"""

import logging
from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.db import transaction

from .assistant import grounding
from .assistant.grounding import Named, PickLine, Prose, facts
from .assistant.grounding.facts import KnownWork, Mention
from .catalogue.adaptations import adaptations_from
from .catalogue.models import Name, Novel
from .catalogue.snapshot import CatalogueSnapshot, Work
from .catalogue.snapshot_cache import cached_per_snapshot
from .models import Turn
from .text.folding import key

logger = logging.getLogger(__name__)

Found = tuple[dict[str, KnownWork], dict[str, KnownWork | None]]  # by slug; by title key, None where several have it
Fetch = Callable[[Collection[str], Collection[str]], Found]
MAX_KEYS = 500  # names of one reply that are looked up


def corrections_of(turn: Turn, reply: str, catalogue: CatalogueSnapshot | None = None) -> list[dict[str, Any]]:
    """What the reply states otherwise than the catalogue, as it is kept with the turn. Without a snapshot, which web
    processes need not have, the rows are read. Nothing that goes wrong here may lose the reply."""
    try:
        if catalogue is not None:
            return _check(turn, reply, _in_snapshot(catalogue), _keys_of_authors(catalogue), unfinished=False)
        with transaction.atomic():  # a query that fails must not break what the caller is doing
            return _check(turn, reply, _in_tables, {}, unfinished=True)
    except Exception:
        logger.exception("the facts stated in turn %s were not checked", turn.pk)
        return []


def _check(turn: Turn, reply: str, fetch: Fetch, authors: dict[str, str], *, unfinished: bool) -> list[dict[str, Any]]:
    blocks = grounding.read(reply, turn.candidates, unfinished=unfinished)
    titles = turn.wish.get("unknown_titles", ())
    names = [grounding.names_of(block, turn.text, titles) for block in blocks]
    given = {one["slug"] for one in turn.candidates} | set(turn.reading.get("spoken", ()))
    slugs = given | {block.slug for block in blocks if isinstance(block, PickLine)}
    slugs |= {named.slug for found in names for named in found if named.slug}
    keys = [one.keys[0] for found in names for one in found if one.keys and not one.slug][:MAX_KEYS]
    by_slug, by_key = fetch(slugs, keys)
    in_play = [by_slug[slug] for slug in given if slug in by_slug]
    in_play += [work for work in by_key.values() if work]
    bare = _names_to_works(in_play)
    stretches = []
    for block, found in zip(blocks, names, strict=True):
        text = words_of(block)
        mentions = [*_mentions(found, by_slug, by_key), *_bare_mentions(text, found, bare)]
        stretches.append((text, mentions, _whose_reason(block, blocks, by_slug)))
    beside = [*by_slug.values(), *filter(None, by_key.values())]
    return [one.as_json() for one in facts.corrections_in(stretches, authors, beside)]


def words_of(block: Prose | PickLine) -> str:
    """The words of a block in which facts are stated and marked."""
    words: str = block.text if isinstance(block, Prose) else block.reason
    return words


def _whose_reason(
    block: Prose | PickLine, blocks: list[Prose | PickLine], by_slug: dict[str, KnownWork]
) -> KnownWork | None:
    """The work a reason is given for; None where several works share it."""
    if not isinstance(block, PickLine):
        return None
    shared = any(
        other is not block and isinstance(other, PickLine) and other.reason == block.reason for other in blocks
    )
    return None if shared else by_slug.get(block.slug)


def _mentions(
    names: Iterable[Named], by_slug: dict[str, KnownWork], by_key: dict[str, KnownWork | None]
) -> Iterable[Mention]:
    for one in names:
        work = by_slug.get(one.slug) if one.slug else by_key.get(one.keys[0]) if one.keys else None
        if work or one.claim or one.sure or any(name in by_key for name in one.keys):
            yield Mention(one.start, one.end, work)


def _names_to_works(works: Iterable[KnownWork]) -> dict[str, KnownWork | None]:
    """The names by which a bare word can mean one of `works`; None where it could mean two of them."""
    found: dict[str, KnownWork | None] = {}
    for work in works:
        for name in work.names:
            letters = key(name)
            if len(letters) >= (6 if letters.isascii() else 4):
                known = found.setdefault(letters, work)
                found[letters] = work if known and known.slug == work.slug else None
    return found


def _bare_mentions(text: str, taken: Iterable[Named], works: dict[str, KnownWork | None]) -> list[Mention]:
    """Works of this reply named without brackets. A name that goes on may be another's, such as a sequel's."""
    places = sorted(grounding.places_of(works, text), key=lambda one: one.start - one.end)
    spans = [(one.start, one.end) for one in taken]
    found = []
    for one in places:
        if any(one.start < end and start < one.end for start, end in spans):
            continue
        spans.append((one.start, one.end))
        known = works[one.keys[0]] if facts.ends_as_title(text, one.start, one.end) else None
        found.append(Mention(one.start, one.end, known))
    return found


# --- The rows ------------------------------------------------------------------------------------------------------


def _in_snapshot(catalogue: CatalogueSnapshot) -> Fetch:
    def fetch(slugs: Collection[str], keys: Collection[str]) -> Found:
        by_slug = {slug: _of_work(catalogue.by_slug[slug]) for slug in slugs if slug in catalogue.by_slug}
        named = {one: catalogue.by_key[one] for one in keys if one in catalogue.by_key}
        return by_slug, {one: _of_work(works[0]) if len(works) == 1 else None for one, works in named.items()}

    return fetch


def _in_tables(slugs: Collection[str], keys: Collection[str]) -> Found:
    named: dict[str, list[Novel]] = {}
    for name in Name.objects.filter(key__in=set(keys)).select_related("novel"):
        named.setdefault(name.key, []).append(name.novel)
    by_slug = {novel.slug: _of_novel(novel) for novel in Novel.objects.filter(slug__in=slugs).prefetch_related("names")}
    return by_slug, {
        one: _of_novel(novels[0]) if len({novel.pk for novel in novels}) == 1 else None for one, novels in named.items()
    }


def _of_work(work: Work) -> KnownWork:
    names = [*work.titles.values(), *work.names]
    return KnownWork.of(work, names, work.author_names, work.illustrators, work.adaptations)


def _of_novel(novel: Novel) -> KnownWork:
    authors = {"ko": novel.authors_ko, "en": novel.authors_en, "ja": novel.authors}
    return KnownWork.of(novel, novel.titles.values(), authors, novel.illustrators, adaptations_from(novel.adaptations))


@cached_per_snapshot
def _keys_of_authors(catalogue: CatalogueSnapshot) -> dict[str, str]:
    """The letters of every name of an author, each with a name as it is written."""
    return {key(name): name for work in catalogue.works for names in work.author_names.values() for name in names}
