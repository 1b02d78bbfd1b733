"""Novels and tags as pages show them, kept in the process until the catalogue changes.

A reply is shown several times while it grows, to every reader who waits for one; what its cards say of a work is the
same each time.
"""

from functools import lru_cache

from .models import Novel, Revision, Tag

MAX_NOVELS = 2_000  # novels kept; each takes some kilobytes


def get_many(slugs, tags):
    """({slug: novel with its tags}, {slug: tag}) of those there are. One small query when they are kept already."""
    novels_kept, tags_kept = _kept(Revision.current())
    found = {slug: novel for slug in slugs if (novel := novels_kept.get(slug))}
    if missing := set(slugs) - found.keys():
        if len(novels_kept) > MAX_NOVELS:
            novels_kept.clear()
        fetched = {novel.slug: novel for novel in Novel.objects.filter(slug__in=missing).with_tags()}
        novels_kept.update(fetched)
        found |= fetched
    if tags and not tags_kept:
        tags_kept.update({tag.slug: tag for tag in Tag.objects.all()})
    return found, {slug: tag for slug in tags if (tag := tags_kept.get(slug))}


@lru_cache(maxsize=1)
def _kept(revision):
    return {}, {}
