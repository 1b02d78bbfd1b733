"""What is asked of a work that no column of the catalogue says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ...language.acts import Act, Question
from ...language.asking.particulars import topic_in
from ...language.asking.questions import season_in
from ...language.tag_relations import AT_SCHOOL, FEMALE_LEAD, GROWN_UP, TELLS_OF
from . import anime, notes, orders, publication, story, worth
from .editions import shops_of
from .kinds import kind_of, main_tags
from .reply import authors_of, harmless
from .telling import STRONG, Telling

# What a bookshop's page tells of a copy.
IN_SHOPS = frozenset(("price", "ebook", "audiobook", "pages", "merch"))
HERE = "here"  # whether it is on the shelf, and nothing else
REST = "rest"  # a half of the question that was not understood
NAMED = "named"  # what `particulars` has a name for, beside another question
# What the answer to a question says of a topic.
SAID_BY = {
    "late": (Question.NEXT_VOLUME,),
    "kind": (Question.AFTER_ANIME,),
    "web": (Question.WEB_NOVEL,),
    "hero": (Question.CHARACTERS,),
    "sequel": (Question.AFTER_ANIME, Question.GOES_ON),
    "arc": (Question.AFTER_ANIME, Question.TOLD_IN),
    "film": (Question.TOLD_IN, Question.AFTER_ANIME),
    "followup": (Question.GOES_ON,),
    "finisher": (Question.GOES_ON,),
    "couple": (Question.ENDING,),
    "power": (Question.ENDING,),
    "secret": (Question.ENDING,),
    "author": (Question.OVERVIEW,),
}


# Topics of which the words of another are taken for both.
NEARLY_ONE = {
    "format": {"medium"},
    "reception": {"controversy"},
    "author": {"controversy"},
    "pace": {"later", "aftertaste"},
    "later": {"aftertaste"},
    "film": {"live"},
    "arc": {"followup", "parts"},
}


def told(telling: Telling, topic: str) -> Iterator[str]:
    """The answer to what is asked by name."""
    if topic in telling.told:
        return
    telling.told.add(topic)
    if topic == "drawbacks":
        yield from worth.drawbacks(telling)
    elif topic == "reviews":
        yield from worth.reviews(telling)
    elif topic in IN_SHOPS:
        yield telling.tell(f"other-{topic}", shops=telling.say.listing(shops_of(telling.language)[:2]))
    elif topic == "manga" and notes.asks_of_manga(telling):
        yield from _manga(telling)
    else:
        yield telling.tell(f"other-{topic}")


def _manga(telling: Telling) -> Iterator[str]:
    """What is noted of the manga; else that nothing is, and what is noted of the anime and the books, or of these."""
    text = notes.text_of(telling, "anime")
    if topic_in(text) == "manga":
        yield telling.tell_note("anime", text)
        return
    yield telling.tell("manga-beside")
    name, text = ("manga-anime", text) if text else ("manga-book", notes.text_of(telling, "feel"))
    if text and not telling.was_told(text):
        yield telling.tell(name, text=text)


def topics_left(telling: Telling, questions: Iterable[Question]) -> list[str]:
    """The topics asked that the answers to `questions` do not speak of; of two that are nearly one, the first."""
    asked = set(questions)
    left = [topic for topic in telling.topics if not asked & set(SAID_BY.get(topic, ()))]
    if any(part.act is Act.AUTHOR for part in telling.reply.brief.parts):
        left = [topic for topic in left if topic != "author"]
    return [topic for topic in left if not NEARLY_ONE.get(topic, set()) & {*left}]


def on(telling: Telling, topic: str) -> Iterator[str]:
    """That it is not known, and what is known that comes nearest."""
    return NEAREST.get(topic, _nearest_tags)(telling, topic)


def _named(telling: Telling, topic: str) -> Iterator[str]:
    yield from told(telling, telling.topic)


def _nearest_tags(telling: Telling, topic: str) -> Iterator[str]:
    yield telling.tell(f"beyond-{topic}")
    told = telling.asked_tags()
    near = [slug for slug in TELLS_OF.get(topic, ()) if telling.work.tags.get(slug, 0) >= STRONG and slug not in told]
    if near and telling.is_alone:
        near.sort(key=lambda slug: -telling.work.tags[slug])
        yield telling.tell("beyond-near", things=telling.things(near[:2]))


def _late(telling: Telling, topic: str) -> Iterator[str]:
    yield from publication.next_volume(telling)


def _finisher(telling: Telling, topic: str) -> Iterator[str]:
    yield telling.tell("beyond-finisher")
    if not telling.has_told("volumes-", "status-", "next-"):
        yield from publication.status(telling)


def _hero(telling: Telling, topic: str) -> Iterator[str]:
    yield from story.characters(telling)


def _gender(telling: Telling, topic: str) -> Iterator[str]:
    """A heroine is noted; of a work without one nothing is."""
    heroine = telling.work.tags.get(FEMALE_LEAD, 0)
    yield telling.tell("gender-female" if heroine >= STRONG else "gender-mixed" if heroine else "beyond-gender")


def _against_anime(telling: Telling, topic: str) -> Iterator[str]:
    """What is noted of how its anime departs from the books, the latest first."""
    if not telling.work.anime:
        yield telling.tell("no-anime")
        return
    yield telling.tell("beyond-against-anime")
    notes = [one.note for one in reversed(telling.work.adaptations) if telling.say.has(f"facts.anime-{one.note}")]
    for note in dict.fromkeys(notes[:1]):
        yield telling.tell(f"anime-{note}")


def _sequel(telling: Telling, topic: str) -> Iterator[str]:
    number = season_in(telling.text)
    known = [one for one in telling.work.adaptations if one.kind == "season" and one.number == number and one.year]
    if number and known:
        season = telling.say.part("works.season", number=number)
        yield telling.tell("season-year", season=season, year=known[-1].year)
        return
    yield telling.tell("beyond-sequel")
    if not telling.has_told("anime"):
        yield from anime.anime(telling)


def _live(telling: Telling, topic: str) -> Iterator[str]:
    yield telling.tell("beyond-live" if telling.work.anime else "beyond-live-none")


def _film(telling: Telling, topic: str) -> Iterator[str]:
    if telling.has_told("anime-seasons", "after"):
        return  # films are counted with the seasons, or were just told of
    films = [one for one in telling.work.adaptations if one.kind == "film"]
    titles = anime.titles_of(telling, films)
    if titles:
        yield telling.tell("film-known", titles=telling.say.listing(titles))
    else:
        yield telling.tell("film-untitled" if films else "film-none")


def _followup(telling: Telling, topic: str) -> Iterator[str]:
    """What is read next in its series; where nothing is, how far the work itself has come."""
    if titles := orders.following(telling):
        yield telling.tell("followup", titles=telling.say.in_order(titles))
        return
    yield telling.tell("followup-none")
    if not telling.has_told("volumes-", "status-", "next-"):
        yield from publication.status(telling)


def _format(telling: Telling, topic: str) -> Iterator[str]:
    """The imprint, which tells most of it."""
    if telling.work.imprint and not telling.has_told("imprint"):
        yield from publication.imprint(telling)
    if telling.topic in IN_SHOPS:
        yield from told(telling, telling.topic)
    else:
        yield telling.tell("beyond-format", shops=telling.say.listing(shops_of(telling.language)[:2]))


def _anime_only(telling: Telling, topic: str) -> Iterator[str]:
    told_to = max((one.to_volume or 0 for one in telling.work.adaptations), default=0)
    if 0 < told_to < telling.work.volumes:
        yield telling.tell("anime-only")
    if not telling.has_told("after", "no-anime"):
        yield from anime.after_anime(telling)


def _reception(telling: Telling, topic: str) -> Iterator[str]:
    yield from told(telling, "reviews")


def _aftertaste(telling: Telling, topic: str) -> Iterator[str]:
    yield from story.aftertaste(telling)


def _hero_age(telling: Telling, topic: str) -> Iterator[str]:
    tags = telling.work.tags
    known = "-adult" if tags.get(GROWN_UP) else "-school" if tags.get(AT_SCHOOL, 0) >= STRONG else ""
    yield telling.tell(f"hero-age{known}")


def _author(telling: Telling, topic: str) -> Iterator[str]:
    names = [harmless(name) for name in authors_of(telling.work, telling.language)]
    yield telling.tell("wrote", authors=telling.say.listing(names))


def _counted(telling: Telling, topic: str) -> Iterator[str]:
    """How many volumes there are, and which side stories the catalogue knows apart from them."""
    yield telling.tell("beyond-counted", volumes=telling.work.volumes)
    if sides := orders.sides_of(telling):
        yield telling.tell("counted-sides", titles=telling.say.listing(sides))


def _parts(telling: Telling, topic: str) -> Iterator[str]:
    """How it falls into parts: by their volumes, or by name as its reading order has them; what falls into which is not
    noted."""
    if telling.work.arcs:
        yield from notes.all_arcs(telling)
    elif parts := orders.parts_of(telling):
        yield telling.tell("parts-known", titles=telling.say.in_order(parts))
    else:
        yield telling.tell("beyond-parts", volumes=telling.work.volumes)


def _medium(telling: Telling, topic: str) -> Iterator[str]:
    yield telling.tell("beyond-medium", shops=telling.say.listing(shops_of(telling.language)[:2]))


def _fans(telling: Telling, topic: str) -> Iterator[str]:
    """What it has to offer, by which a reader can tell."""
    yield telling.tell("beyond-fans", things=telling.things(main_tags(telling.reply, telling.facts)[:2]))


def _kind(telling: Telling, topic: str) -> Iterator[str]:
    """Some of the shelf come from lines of general fiction; that they stand beside light novels is all it knows."""
    name = "kind-general" if publication.is_general(telling) else "kind-ln"
    yield telling.tell(name, **({"imprint": publication.imprint_of(telling)} if name == "kind-general" else {}))


def _here(telling: Telling, topic: str) -> Iterator[str]:
    yield telling.tell("here-yes", kind=kind_of(telling.reply, telling.facts), volumes=telling.work.volumes)


def web_novel(telling: Telling, topic: str = "") -> Iterator[str]:
    is_born_there = any(step.kind == "web" for step in telling.facts.order)
    if telling.wants("web-born"):
        yield telling.tell("web-born" if is_born_there else "web-born-unknown")
        return
    yield telling.tell("web-novel")
    if is_born_there:
        yield telling.tell("order-web")


def other(telling: Telling) -> Iterator[str]:
    """That it is not known, and where one could look; nothing else of the work, which nobody asked after."""
    yield telling.tell("other-again" if telling.is_said("other") or _said_before(telling) else "other")


def _said_before(telling: Telling) -> bool:
    said = [frame.rpartition("}")[2].strip() for frame in telling.say.variants["facts.other"]]
    return any(one and telling.was_told_whole(one) for one in said)


NEAREST: dict[str, Callable[[Telling, str], Iterator[str]]] = {
    NAMED: _named,
    "late": _late,
    "finisher": _finisher,
    "hero": _hero,
    "gender": _gender,
    "web": web_novel,
    "against-anime": _against_anime,
    "sequel": _sequel,
    "live": _live,
    "film": _film,
    "followup": _followup,
    "format": _format,
    "anime-only": _anime_only,
    "reception": _reception,
    "aftertaste": _aftertaste,
    "hero-age": _hero_age,
    "author": _author,
    "counted": _counted,
    "parts": _parts,
    "medium": _medium,
    "fans": _fans,
    "kind": _kind,
    HERE: _here,
}
