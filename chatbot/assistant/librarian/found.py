"""Works that fit what somebody remembers of a book."""

from __future__ import annotations

import re

from ...catalogue.facts import facts_of
from ...catalogue.models import in_language
from ...language.acts import ActPart
from ...language.words import elsewhere
from ...recommender.descriptions import Found
from ..material import named_of
from .kinds import kind_of
from .reply import QUOTES, Reply, authors_of, harmless, quoted

FIRST = re.compile(r"[^.。!！?？]+[.。!！?？]+[」』”’\"]?")
NEAREST = 2  # works that come nearest to one that is not on the shelf
ROOM = {"ko": 90, "ja": 90, "en": 170}  # characters of a synopsis's beginning


def answer(reply: Reply, part: ActPart) -> list[str]:
    """The work where it is sure, the likeliest where it is not, each with what speaks for it, else what else would help
    to find it; first what this turn has told of it."""
    found = reply.brief.found
    if missing := elsewhere.told_of(part.text):
        return [_missing(reply, next(iter(missing.values())))]
    taken_up = _taken_up(reply, part)
    if not found:
        return [_after(reply, taken_up, reply.one_of("found.nothing-more" if taken_up else "found.nothing"))]
    titles = [reply.title_of(one.work.slug) for one in named_of(found)]
    is_still = bool(taken_up) and found[0].work.slug in reply.brief.recent and len(titles) == 1
    if found[0].is_sure:
        said = reply.one_of("found.still" if is_still else "found.sure", title=titles[0])
        return [_after(reply, taken_up, said), _told(reply, found[0])]
    name = "found.still" if is_still else "found.unsure" if len(titles) > 1 else "found.perhaps"
    said = reply.one_of(name, **({"title": titles[0]} if is_still else {}))
    told = [
        f"{title}{reply.say.part('found.gist')}{_gist(reply, one)}" for title, one in zip(titles, found, strict=False)
    ]
    return [_after(reply, taken_up, said), *told, reply.one_of("found.ask")]


def settled(reply: Reply, part: ActPart) -> str:
    """That the book is found, and what may follow."""
    title = reply.title_of(part.works[0])
    return reply.two(reply.one_of("found.it-is", title=title), "verdict.next-similar")


def _taken_up(reply: Reply, part: ActPart) -> str:
    """What a turn adds to what was told before it; "" where it is the first to tell anything of the book."""
    if len(reply.brief.recent) == 0 or not part.detail.get("goes_on") or not reply.brief.history:
        return ""
    if part.detail.get("unsure"):
        return reply.one_of("found.no-more")
    denied = [reply.title_of(slug) for slug in part.detail.get("denied", ()) if reply.work(slug)]
    if denied:
        held = next((name for name in ("older", "newer") if part.detail.get(name)), "left-out")
        return reply.one_of(f"found.{held}", titles=reply.say.listing(denied))
    return reply.one_of("found.added")


def _after(reply: Reply, taken_up: str, said: str) -> str:
    return reply.say.between.join(filter(None, [taken_up, said]))


def _missing(reply: Reply, taste: str) -> str:
    """That the book looked for is not on the shelf, by its title where that is known, and what on it comes nearest."""
    title = in_language(elsewhere.TASTES[taste].title, reply.language)
    near = [slug for slug in elsewhere.TASTES[taste].kin if slug in reply.catalogue.by_slug][:NEAREST]
    if not near:
        return reply.one_of("found.nothing")
    listed = reply.say.listing([reply.title_of(slug) for slug in near])
    if title:
        return reply.one_of("found.missing_named", title=quoted(title), near=listed)
    return reply.one_of("found.missing", near=listed)


def _told(reply: Reply, one: Found) -> str:
    """What speaks for the one found: how it begins, who wrote it and how long it is."""
    work = one.work
    names = reply.say.listing([harmless(name) for name in authors_of(work, reply.language)])
    name = "found.placed-single" if work.is_single else "found.placed"
    placed = reply.one_of(
        name, authors=names, volumes=work.volumes, kind=kind_of(reply, facts_of(work, reply.catalogue))
    )
    return reply.say.between.join(filter(None, [_beginning(reply, one), placed]))


def _gist(reply: Reply, one: Found) -> str:
    """How it begins, and which words of the reader speak for it."""
    gist = _beginning(reply, one) or kind_of(reply, facts_of(one.work, reply.catalogue))
    if not one.said:
        return gist
    words = reply.say.listing([reply.say.said_by_reader(harmless(word)) for word in one.said])
    return f"{gist}{reply.say.between}{reply.one_of('found.said', words=words)}"


def _beginning(reply: Reply, one: Found) -> str:
    """The first sentence of its synopsis, and the next where there is room."""
    text = QUOTES.sub("", harmless(in_language(one.work.synopses, reply.language) or ""))
    told = ""
    for sentence in FIRST.findall(text):
        if told and len(told) + len(sentence) > ROOM[reply.language]:
            break
        told += sentence
    return told.strip()
