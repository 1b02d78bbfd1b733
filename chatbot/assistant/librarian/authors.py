"""Who wrote a work, and what else of theirs is here."""

from __future__ import annotations

from collections.abc import Sequence

from ...catalogue.facts import WorkFacts, facts_of, works_called_by
from ...catalogue.snapshot import Work
from ...language.acts import Act, ActPart, Question
from ...language.asking import asked, particulars
from ...language.names.authors import BOOK as AUTHORS
from ...language.words.cue_book import plain
from ...text.folding import key
from ..material import MOST_SPOKEN
from . import absent, questions, works
from .kinds import with_gist
from .reply import MAX_TITLE_LENGTH, Reply, authors_of, harmless
from .several import Several
from .telling import Telling

SHOWN = MOST_SPOKEN
# Asked in one breath with who wrote it.
BESIDES = frozenset(
    (Question.VOLUMES, Question.STATUS, Question.ILLUSTRATOR, Question.IMPRINT, Question.YEAR, Question.EDITION)
)


def answer(reply: Reply, part: ActPart) -> list[str]:
    """Of a work its authors and their other works; of an author named, their works here."""
    if namesakes := part.detail.get("namesakes"):
        return [_which_author(reply, namesakes)]
    if several := part.detail.get("authors"):
        return [_works_of(reply, str(one)) for one in several]
    if name := str(part.detail.get("author") or ""):
        newest = AUTHORS.has("newest", plain(part.text))
        told = _works_of(reply, name, asks_of_them=particulars.is_put(part.text, "person"), asks_newest=newest)
        return [told if works_called_by(name, reply.catalogue) else absent.with_near(reply, part, told)]
    known = works.known_of(reply, part)
    missing = absent.not_here(reply, part)
    if not known:
        return [missing or reply.one_of("unsure" if part.works else "unnamed")]
    if len(known) > works.MOST_MEANT:
        return [missing, works.which_one(reply, known)]
    if particulars.is_put(part.text, "person"):
        others = [_others_of(reply, known[0])] if asked.is_put(part.text, "others") else []
        return [missing, _of_person(reply, known[0], part), *others]
    if len(known) > 1:
        return [missing, _of_works(reply, known, part)]
    return [missing, _of_work(reply, known[0], part), *_besides(reply, known[0], part)]


def _besides(reply: Reply, facts: WorkFacts, part: ActPart) -> list[str]:
    """What is asked of the work in one breath with who wrote it."""
    asked_too = [one for one in part.questions if one in BESIDES]
    if particulars.topic_in(part.text) == "cast" or {*asked.topics_in(part.text)} - {"author"}:
        asked_too.append(Question.OTHER)
    return questions.paragraphs(Telling(reply, facts, part), asked_too, leads=False) if asked_too else []


def _of_works(reply: Reply, known: Sequence[WorkFacts], part: ActPart) -> str:
    """Who wrote each, those of one author together; what else is here of those authors, once."""
    by_author: dict[tuple[str, ...], list[WorkFacts]] = {}
    for facts in known:
        by_author.setdefault(tuple(facts.work.authors), []).append(facts)
    told = [_wrote(reply, alike) for alike in by_author.values()]
    if particulars.is_put(part.text, "same"):
        told[0] = reply.say.led("yes" if len(by_author) == 1 else "no", told[0])
    if Question.ILLUSTRATOR in part.questions:
        told += Several(reply, known, part).paragraphs([Question.ILLUSTRATOR])
    if _has_company(reply, part) and not asked.is_put(part.text, "others"):
        return reply.say.between.join(told)
    asked_of = {facts.work.slug for facts in known}
    others = {one.slug: one for facts in known for one in facts.others if one.slug not in asked_of}
    told.append(_others(reply, [*others.values()]) if others else reply.one_of("authors.none_else"))
    return reply.say.between.join(told)


def _of_person(reply: Reply, facts: WorkFacts, part: ActPart) -> str:
    """That nothing is known of an author's life, and how far their book has come."""
    names = reply.say.listing([harmless(name) for name in authors_of(facts.work, reply.language)])
    told = reply.one_of("authors.person", authors=names)
    return reply.say.between.join([told, Telling(reply, facts, part).tell(_status(facts), volumes=facts.work.volumes)])


def _status(facts: WorkFacts) -> str:
    return "volumes-single" if facts.work.is_single else f"volumes-{facts.work.status}"


def _of_work(reply: Reply, facts: WorkFacts, part: ActPart) -> str:
    """Beside other questions what else the author wrote is told only where it is asked."""
    told = [_wrote(reply, [facts])]
    if asked.is_put(part.text, "others") or not _has_company(reply, part):
        told.append(_others_of(reply, facts))
    return reply.say.between.join(told)


def _has_company(reply: Reply, part: ActPart) -> bool:
    """Whether something else is asked of works beside who wrote them."""
    others = (one for one in reply.brief.parts if one.act in (Act.ABOUT, Act.COMPARE))
    return any(one.works for one in others) or bool(BESIDES & {*part.questions})


def _wrote(reply: Reply, works: Sequence[WorkFacts]) -> str:
    """Who wrote `works`, which are of one author; the one that is spoken of already needs no name."""
    names = reply.say.listing([harmless(name) for name in authors_of(works[0].work, reply.language)])
    slugs = [facts.work.slug for facts in works]
    topic = reply.say.topic(
        "" if slugs == [reply.speaks_of] else reply.say.listing([reply.title_of(slug) for slug in slugs])
    )
    sentence = reply.one_of("authors.wrote", topic=topic, authors=names)
    return reply.say.of_several(sentence, topic) if len(works) > 1 else sentence


def _others_of(reply: Reply, facts: WorkFacts) -> str:
    return _others(reply, facts.others) if facts.others else reply.one_of("authors.nothing_else")


def _others(reply: Reply, others: Sequence[Work]) -> str:
    name = "authors.others" if len(others) <= SHOWN else "authors.some_others"
    return reply.one_of(name, titles=_with_gists(reply, others), count=len(others))


def _works_of(reply: Reply, name: str, *, asks_of_them: bool = False, asks_newest: bool = False) -> str:
    """`asks_of_them`: whether it is the author's life that is asked about, of which nothing is known. `asks_newest`:
    whether it is their latest book."""
    found = works_called_by(name, reply.catalogue)
    if not found:
        return reply.one_of("authors.unknown", author=harmless(name[:MAX_TITLE_LENGTH]))
    shown = shown_name(reply, name)
    if asks_newest:
        newest = max(found, key=lambda work: work.year or 0)
        slots = {"author": shown, "title": reply.title_of(newest.slug), "year": newest.year}
        return reply.one_of("authors.newest" if newest.year else "authors.newest-undated", **slots)
    told = [reply.one_of("authors.person", authors=shown)] if asks_of_them else []
    if len(found) == 1:
        told.append(reply.one_of("authors.only", author=shown, titles=_with_gists(reply, found)))
    else:
        which = "authors.works" if len(found) <= SHOWN else "authors.some_works"
        told.append(reply.one_of(which, author=shown, titles=_with_gists(reply, found), count=len(found)))
    return reply.say.between.join(told)


def shown_name(reply: Reply, name: str) -> str:
    """The author called `name` as the reader's language has them."""
    for work in works_called_by(name, reply.catalogue)[:1]:
        shown = authors_of(work, reply.language)
        names = [*work.author_names.values(), work.authors]
        places = (place for some in names for place, one in enumerate(some) if key(one) == key(name))
        place = next(places, 0)
        return harmless(shown[place] if place < len(shown) else name)
    return harmless(name[:MAX_TITLE_LENGTH])


def _which_author(reply: Reply, names: Sequence[str]) -> str:
    """The question back which of the authors of one name is meant, each with the best known of their books."""
    told = [
        reply.say.part("authors.namesake", author=shown_name(reply, name), title=reply.title_of(found[0].slug))
        for name in names[:SHOWN]
        if (found := works_called_by(name, reply.catalogue))
    ]
    return reply.one_of("authors.which", authors=reply.say.listing(told), count=len(names))


def _with_gists(reply: Reply, found: Sequence[Work]) -> str:
    return reply.say.listing([with_gist(reply, facts_of(work, reply.catalogue)) for work in found[:SHOWN]])
