"""What kind of book a work is, in words."""

from __future__ import annotations

from ...catalogue.facts import WorkFacts
from ...language.tag_relations import NAMED_LAST
from .reply import Reply, essential

STRONG = 2


def main_tags(reply: Reply, facts: WorkFacts) -> list[str]:
    """What a work is about, what says most of it first: its strongest tags, the rarer before the common."""
    ranked = essential(sorted(facts.tags, key=lambda slug: (-facts.tags[slug], -reply.rarity(slug))))
    # Two moods side by side say nearly the same.
    moods = [slug for slug in ranked if reply.group(slug) == "tone"]
    return [slug for slug in ranked if slug not in moods[1:]] or ranked


def kind_of(reply: Reply, facts: WorkFacts, count: int = 2) -> str:
    """The kind of book a work is, by what is strongest in it, in speaking order."""
    main, *rest = main_tags(reply, facts) or [""]
    if not main:
        return reply.say.kind_of_book([], [])
    # One of the two should be the name of a kind of book, for the other to stand before.
    if not reply.words(main).head:
        named = [slug for slug in rest if reply.words(slug).head and facts.tags[slug] >= STRONG]
        rest = named or [slug for slug in rest if reply.group(slug) != "tone"]
    tags = [main, *rest][:count]
    order = {"tone": 0, "traits": 1, "bonds": 1, "hero": 1, "setting": 2, "genre": 3}
    tags.sort(key=lambda slug: (order.get(reply.group(slug), 1), slug in NAMED_LAST))
    return reply.say.kind_of_book([reply.words(slug) for slug in tags], [])


def with_gist(reply: Reply, facts: WorkFacts) -> str:
    """The title of a work with the kind of book it is and its length."""
    work = facts.work
    gist = reply.say.part(
        "works.title_gist", title=reply.title_of(work.slug), kind=kind_of(reply, facts), volumes=work.volumes
    )
    return reply.say.finish(gist)
