"""What speaks for a work and against it, and why it was offered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from ...catalogue.snapshot import Work
from ...language.tag_relations import DIVISIVE, HARD_TO_READ, PLAIN_TO_READ
from . import notes, publication
from .kinds import kind_of, main_tags
from .reply import essential, harmless
from .telling import LONG, STRONG, Telling

WELL_KNOWN, KNOWN = 85, 60  # renown


def quality(telling: Telling) -> Iterator[str]:
    strong = main_tags(telling.reply, telling.facts)
    # What it is strong in is not said a second time by the kind of book it is.
    rest = {slug: telling.facts.tags[slug] for slug in strong[2:]} or telling.facts.tags
    kind = kind_of(telling.reply, replace(telling.facts, tags=rest))
    yield telling.tell("quality", things=telling.things(strong[:2]), kind=kind)
    if against := [slug for slug in _bothers(telling) if slug not in strong[:2]]:
        yield telling.tell("quality-but", things=telling.things(against[:2]))


def _bothers(telling: Telling) -> list[str]:
    """What in it some readers would rather not meet."""
    against = [slug for slug, given in telling.facts.warnings.items() if given >= STRONG]
    return against + [slug for slug, given in telling.facts.tags.items() if slug in DIVISIVE and given >= STRONG]


def drawbacks(telling: Telling) -> Iterator[str]:
    if against := _bothers(telling):
        yield telling.tell("drawback", things=telling.things(against[:3]))
    if telling.work.volumes >= LONG:
        yield telling.tell("drawback-long", volumes=telling.work.volumes)
    elif telling.work.status != "completed":
        yield telling.tell("drawback-open", volumes=telling.work.volumes)
    elif not against:
        yield telling.tell("drawback-none")


def reviews(telling: Telling) -> Iterator[str]:
    high, known = telling.work.renown >= WELL_KNOWN, telling.work.renown >= KNOWN
    yield telling.tell("renown-high" if high else "renown-mid" if known else "renown-low")


def why(telling: Telling) -> Iterator[str]:
    """The reasons with which it was offered, as they were computed then."""
    reader = telling.facts.reader
    evidence = list(_evidence(telling, reader.reasons))
    told = list(_reasons(telling, reader.reasons, "why-so" if evidence else "why-tags"))
    if told:
        yield from evidence
        yield from told
        if {"status", "volumes"} & {str(one.get("kind")) for one in reader.reasons}:
            yield from publication.status(telling)
    elif reader.said:
        yield telling.tell("why-said")
        yield "\n" + harmless(reader.said)
    else:
        yield telling.tell("why-not-offered", things=telling.things(main_tags(telling.reply, telling.facts)[:2]))


def _evidence(telling: Telling, reasons: Sequence[dict[str, Any]]) -> Iterator[str]:
    """What in the book meets what was asked for, by the note that speaks of that."""
    tags = [str(one["value"]) for one in reasons if one.get("kind") == "tag"]
    tags += [str(tag) for one in reasons if one.get("kind") == "kin" for tag in one.get("tags") or ()]
    kinds = (notes.of_tag(telling, slug) for slug in tags if slug in telling.reply.catalogue.labels)
    found = next((kind for kind in kinds if kind and notes.text_of(telling, kind)), "feel")
    if reasons and (text := notes.text_of(telling, found)):
        yield telling.tell_note(found, text)


def _reasons(telling: Telling, reasons: Sequence[dict[str, Any]], by_tags: str) -> Iterator[str]:
    tags = [one["value"] for one in reasons if one.get("kind") == "tag"]
    tags = essential([slug for slug in tags if slug in telling.reply.catalogue.labels])
    if tags:
        yield telling.tell(by_tags, things=telling.things(tags))
    about = [telling.reply.in_words(str(one["value"])) for one in reasons if one.get("kind") in ("told", "told_alike")]
    if about:
        yield telling.tell("why-about", words=telling.say.listing(about[:2]))
    for one in reasons:
        liked = telling.reply.work(str(one.get("value")))
        if liked and one.get("kind") in ("kin", "author", "series"):
            yield _because_of(telling, liked, str(one["kind"]), one.get("tags") or [])
            return


def _because_of(telling: Telling, liked: Work, kind: str, tags: Sequence[str]) -> str:
    title = telling.reply.title_of(liked.slug)
    if kind != "kin":
        return telling.tell(f"why-{kind}", liked=title)
    shared = [slug for slug in tags if slug in telling.reply.catalogue.labels]
    return (
        telling.tell("why-shared", liked=title, things=telling.things(shared[:2]))
        if shared
        else telling.tell("why-like", liked=title)
    )


def level(telling: Telling) -> Iterator[str]:
    tags = {slug for slug, strength in telling.facts.tags.items() if strength >= STRONG}
    hard, plain = len(tags & HARD_TO_READ), len(tags & PLAIN_TO_READ)
    yield telling.tell("level-hard" if hard > plain else "level-easy" if plain > hard else "level")
