"""What an offer falls short of, each said once for all of its picks."""

from __future__ import annotations

from collections.abc import Sequence

from ...language.tag_relations import implied_by
from ...language.wishes.wish import understand
from ...language.words import subjects
from ...recommender.candidates import Candidate
from ...recommender.certainty import lacks_edition
from ...recommender.personalization import reads_only
from ...recommender.told import hearts_among, tellers_of
from .reply import Reply


def untold(reply: Reply, *, bare: object) -> str:
    """That nothing here tells of what this ask was for in words that no tag stands for, and what was gone by instead."""
    words = [one for one in reply.wish.untold if one.lower() in reply.brief.ask.lower()][:1]
    if not words:
        return ""
    kind = "untold-near" if reply.wish.described else "untold-alone" if bare else "untold"
    return reply.one_of(f"unmet.{kind}", things=reply.in_words(words[0]))


def by_their_text(reply: Reply, chosen: Sequence[Candidate], *, bare: object) -> list[str]:
    """That what no tag stands for was looked for, and in synopses where it is in the reader's own words."""
    told = {reason.value for one in chosen for reason in one.reasons if reason.kind in ("told", "told_alike")}
    slugs = {one.work.slug for one in chosen}
    about = reply.wish.about
    known = [one for one in about if one not in told and slugs & tellers_of(one, reply.catalogue)]
    found = {
        "about": known if bare else [],
        "told": [one for one in about if one in told],
        "unchecked": hearts_among(reply.wish.not_about),
    }
    return [
        reply.one_of(f"unmet.{kind}", things=reply.say.listing([reply.in_words(one) for one in words]))
        for kind, words in found.items()
        if words
    ]


def left_out(reply: Reply) -> str:
    """Which book a well-read reader will miss, and what they refused of it; told where they refuse it."""
    said = understand([reply.brief.ask], reply.catalogue, reply.language).unwanted
    refused = [tag for tag in said if tag not in implied_by(said)]
    first = next((one for one in reply.brief.left_out if {*one.tags} & {*refused}), None)
    if not first:
        return ""
    things = [reply.words(tag).thing for tag in first.tags if tag in refused][:1]
    return reply.one_of("left_out", title=reply.title_of(first.work.slug), thing=things[0])


def of_all(reply: Reply, chosen: Sequence[Candidate]) -> list[str]:
    """What nobody can tell of any of the picks, and what none of them has."""
    slugs = {one.work.slug for one in chosen}
    hearts = [one for one in reply.wish.about if one in subjects.tropes() or not subjects.is_known(one)]
    unmarked = [reply.in_words(one) for one in hearts if not slugs & tellers_of(one, reply.catalogue)]
    lacking = [thing for thing in reply.unmet_by_all if thing not in unmarked][:2]
    said = [reply.one_of("unmet.unmarked", things=unmarked[0])] if unmarked else []
    return [*said, reply.one_of("unmet.none", things=reply.say.listing(lacking))] if lacking else said


def of_some(reply: Reply, chosen: Sequence[Candidate]) -> str:
    """What only some of the picks have, or of what some have no more than a touch."""
    if reply.brief.relaxed:
        return ""
    things = dict.fromkeys(thing for lacked in reply.unmet.values() for thing in lacked)
    partly = [thing for thing in things if thing not in reply.unmet_by_all]
    having = [one for one in chosen if partly and partly[0] not in reply.unmet.get(one.work.slug, ())]
    if having:
        return reply.one_of("unmet.some", things=partly[0], titles=_titles(reply, having))
    faint = [one for one in chosen if reply.faint(one.work)]
    if not faint:
        return ""
    return reply.one_of("unmet.touch", things=reply.faint(faint[0].work)[0], titles=_titles(reply, faint))


def unpublished(reply: Reply, chosen: Sequence[Candidate]) -> str:
    """That of some of the picks no edition is known that the reader could read; "" where there is no need."""
    wish, brief = reply.wish, reply.brief
    language = reads_only(wish, reply.language, brief.dismissed) or wish.taste.get("edition", "")
    lacking = [one for one in chosen if lacks_edition(one.work, language)]
    if not lacking:
        return ""
    which = "all" if len(lacking) == len(chosen) > 1 else "some"
    return reply.one_of(f"no_edition.{which}", titles=_titles(reply, lacking), edition=reply.say.edition(language))


def _titles(reply: Reply, chosen: Sequence[Candidate]) -> str:
    return reply.say.listing([reply.title_of(one.work.slug) for one in chosen])
