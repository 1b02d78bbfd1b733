"""What is the reader's own: shelf, offers, taste, quota; and what they say of a work or of themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ...catalogue.facts import works_by_author
from ...language.acts import Act, ActPart
from ...language.topics import Topic, TopicKind
from ...language.turns.marks_told import is_of_anime
from ...language.turns.shelf_orders import half_stars
from ...language.turns.talk import kind_of
from ...language.turns.verdicts import UNDONE
from ..material import MAX_MARKED, MAX_NAMED, MOST_SPOKEN, OwnData
from . import talk
from .editions import edition_state
from .reply import MAX_TITLE_LENGTH, Reply, authors_of, harmless, plain, quoted

MAX_TOPICS = 6
MAX_LISTED = 20  # works or topics of a list that was asked for
STATES = ("reading", "read", "want", "hold", "dropped", "not")
# What a mark on the shelf is called, by what its reader says of the work.
MARKED = {
    "read": "read", "loved": "read", "want": "want", "reading": "reading", "hold": "hold", "dropped": "dropped", "not": "not",
}  # fmt: skip
UNDER_WAY = {"reading", "hold"}  # after which nothing is offered: there is a book at hand
LIKED = ("read", "loved", "want")
# What is said of a work and sets no mark; of what only leads up to something else nothing is said back.
UNMARKED = {*UNDONE, "hearsay", "later", "partly", "owned", "cool", "curious"}
LEADS_UP = {"curious", "hearsay", "later"}

Told = Callable[[Reply, OwnData], list[str]]  # sentences


def answer(reply: Reply, part: ActPart) -> list[str]:
    own = reply.brief.own or OwnData()
    of = str(part.detail.get("of") or "")
    if states := part.detail.get("states"):
        return [reply.say.between.join(_listed(reply, own, states))]
    if of in TOLD:
        return [reply.say.between.join(TOLD[of](reply, own))]
    return _all(reply, own)


def _page(reply: Reply, page: str) -> str:
    return reply.say.part(f"pages.{page}")


def _pages(reply: Reply) -> dict[str, str]:
    return {page: _page(reply, page) for page in ("account", "delete", "taste")}


# --- Shelf and offers -------------------------------------------------------------------------------------------------


def _shelf(reply: Reply, own: OwnData) -> list[str]:
    if told := _shelved(reply, own):
        return [told, reply.one_of("own.shelf-where", page=_page(reply, "shelf"))]
    return [reply.one_of("own.shelf-empty")]


def _shelved(reply: Reply, own: OwnData) -> str:
    """How many works are on the shelf, and the latest of each state; "" where there are none."""
    states = [_state(reply, own, state) for state in STATES if own.shelf_counts.get(state)]
    total = sum(own.shelf_counts.values())
    return reply.one_of("own.shelf", states=_joined(reply, states), total=total) if states else ""


def _state(reply: Reply, own: OwnData, state: str, most: int = MAX_NAMED) -> str:
    count = own.shelf_counts[state]
    works = _joined(reply, _titles(reply, own.shelf.get(state, ()), most))
    if count > most:
        works = reply.say.part("own.several", works=works)
    return reply.say.part(f"own.state.{state}", count=count, works=works)


def _listed(reply: Reply, own: OwnData, states: Sequence[str]) -> list[str]:
    """What stands in some of the lists of the shelf, by title: these were asked for."""
    told = [_state(reply, own, state, MAX_LISTED) for state in states if own.shelf_counts.get(state)]
    empty = [reply.one_of(f"own.none-{state}") for state in states if not own.shelf_counts.get(state)]
    held = [reply.one_of("own.listed", states=_joined(reply, told))] if told else []
    where = [reply.one_of("own.shelf-where", page=_page(reply, "shelf"))] if told else []
    return [*held, *empty, *where]


def _joined(reply: Reply, things: Sequence[str]) -> str:
    return reply.say.part("own.joint").join(things)


def _titles(reply: Reply, slugs: Iterable[str], most: int = MAX_NAMED) -> list[str]:
    return [reply.title_of(slug) for slug in slugs if reply.work(slug)][:most]


def _offered(reply: Reply, own: OwnData) -> list[str]:
    if own.asks_then:
        return _offered_then(reply, own)
    if here := [reply.title_of(slug) for slug in own.offered_here if reply.work(slug)]:
        return [reply.one_of("own.offered-here", count=len(here), works=reply.say.listing(here))]
    latest = _titles(reply, dict.fromkeys(own.offered))
    if not latest:
        return [reply.one_of("own.offered-none")]
    told = reply.one_of("own.offered", count=own.offered_count, works=reply.say.listing(latest))
    return [told, reply.one_of("own.offered-where")]


def _offered_then(reply: Reply, own: OwnData) -> list[str]:
    """What was offered in the days asked about."""
    works = [reply.title_of(slug) for slug in own.offered_then if reply.work(slug)][:MOST_SPOKEN]
    if not works:
        return [reply.one_of("own.offered-then-none")]
    told = reply.one_of("own.offered-then", count=own.offered_then_count, works=reply.say.listing(works))
    return [told, reply.one_of("own.offered-where")]


# --- Taste ------------------------------------------------------------------------------------------------------------


def _all(reply: Reply, own: OwnData) -> list[str]:
    """All she knows of the reader, a paragraph each: what was learned, the shelf, and how both are removed."""
    shelf = "" if _also_asks(reply, "shelf") else _shelved(reply, own)
    return [reply.say.between.join(_taste(reply, own)), shelf, reply.one_of("own.delete-all", **_pages(reply))]


def _also_asks(reply: Reply, of: str) -> bool:
    return any(part.act is Act.OWN_DATA and part.detail.get("of") == of for part in reply.brief.parts)


def _taste(reply: Reply, own: OwnData) -> list[str]:
    learned = _learned_so_far(reply, own) or [reply.one_of("own.taste-empty")]
    if own.taste_paused:
        learned.append(reply.one_of("own.taste-paused"))
    return [*learned, reply.one_of("own.taste-where", page=_page(reply, "taste"))]


def _learned_so_far(reply: Reply, own: OwnData) -> list[str]:
    kinds = {"likes": own.likes, "dislikes": own.dislikes, "never": own.never}
    told = [
        reply.one_of(f"own.{kind}", things=reply.say.listing(things))
        for kind, topics in kinds.items()
        if (things := _things(reply, topics))
    ]
    volumes = [_volume(reply, slug, volume) for slug, volume in own.read_to.items() if reply.work(slug)][:MAX_NAMED]
    if volumes:
        told.append(reply.one_of("own.read-to", volumes=reply.say.listing(volumes)))
    return [*told, reply.one_of("own.level-none" if own.level == "none" else "own.level")] if own.level else told


def _things(reply: Reply, topics: Sequence[str], most: int = MAX_TOPICS) -> list[str]:
    return [thing for topic in topics if (thing := _thing(reply, Topic.parse(topic)))][:most]


def _thing(reply: Reply, topic: Topic) -> str:
    """A topic as it is called; "" where it has left the catalogue."""
    if topic.kind == TopicKind.TAG:
        return reply.words(topic.value).thing
    if topic.kind == TopicKind.WORK:
        return reply.title_of(topic.value) if reply.work(topic.value) else ""
    return _author(reply, topic.value) if topic.kind == TopicKind.AUTHOR else ""


def _author(reply: Reply, name: str) -> str:
    for work in works_by_author(reply.catalogue).get(name, ())[:1]:
        names = dict(zip(work.authors, authors_of(work, reply.language), strict=False))
        return harmless(names.get(name, name))
    return harmless(name)


def _volume(reply: Reply, slug: str, volume: int) -> str:
    return reply.say.part("own.volume", title=reply.title_of(slug), volume=volume)


def _refused(reply: Reply, own: OwnData) -> list[str]:
    """All that is refused: in this conversation, for good, and on the shelf. What one says the next does not repeat."""
    shelved = own.shelf.get("not", [])
    here = [topic for topic in own.refused_here if Topic.parse(topic).value not in shelved]
    things = [*_things(reply, here, MAX_LISTED), *map(reply.in_words, own.refused_said)]
    told = [reply.one_of("own.refused-here", things=reply.say.listing(things))] if things else []
    for kind, topics in (("never", own.never), ("dislikes", own.dislikes)):
        if others := _things(reply, [topic for topic in topics if topic not in here], MAX_LISTED):
            told.append(reply.one_of(f"own.{kind}", things=reply.say.listing(others)))
    if titles := reply.say.listing(_titles(reply, shelved, MAX_LISTED)):
        told.append(reply.one_of("own.refused-shelf", works=titles))
    return [*(told or [reply.one_of("own.refused-none")]), reply.one_of("own.taste-where", page=_page(reply, "taste"))]


# --- The account ------------------------------------------------------------------------------------------------------


def _quota(reply: Reply, own: OwnData) -> list[str]:
    if own.replies_left is None or own.replies_a_day is None:
        return [reply.one_of("own.quota-free")]
    name = "quota" if own.replies_left else "quota-last"
    return [reply.one_of(f"own.{name}", left=own.replies_left, a_day=own.replies_a_day)]


def _delete(reply: Reply, own: OwnData) -> list[str]:
    return [reply.one_of("own.delete", **_pages(reply)), reply.one_of("own.delete-one", **_pages(reply))]


def _spending(reply: Reply, own: OwnData) -> list[str]:
    return [reply.one_of("own.spending")]


TOLD: dict[str, Told] = {
    "shelf": _shelf,
    "offered": _offered,
    "refused": _refused,
    "quota": _quota,
    "delete": _delete,
    "spending": _spending,
}


# --- What is said of a work, and of oneself ---------------------------------------------------------------------------


def verdict(reply: Reply, part: ActPart) -> list[str]:
    """What became of a work, or what its reader decided."""
    works = [slug for slug in part.works if reply.work(slug)][:MAX_MARKED]
    if works and part.detail.get("chosen"):
        return [_chosen(reply, part, works)]
    return _became(reply, part, works)


def _has_mark(reply: Reply, slug: str) -> bool:
    facts = reply.brief.facts.get(slug)
    return bool(facts and facts.reader.state)


def _became(reply: Reply, part: ActPart, works: Sequence[str]) -> list[str]:
    """Said back, with the mark it has on the shelf now; a fault is agreed to, and asked after where none was found."""
    state = str(part.detail.get("state") or "")
    title = str(part.detail.get("unknown") or "")[:MAX_TITLE_LENGTH]
    unknown = [reply.one_of("verdict.unknown", title=quoted(title))] if title else []
    unknown += _unlisted(reply, part)
    volume = plain(str(part.detail.get("volume") or "")[:MAX_TITLE_LENGTH])
    if state in LEADS_UP and len(reply.brief.parts) > 1 and not volume:
        return unknown
    if not works:
        return _verdict_on_none(reply, state, unknown)
    asks = any(one.act in (Act.ABOUT, Act.COMPARE, Act.AUTHOR) or one.act.wishes for one in reply.brief.parts)
    if state == "unread" and asks and not any(_has_mark(reply, slug) for slug in works):
        return unknown  # beside a question it only tells who asks
    if not state and is_of_anime(part.text):
        state = "read"
    if not state and (work := reply.work(works[0])):
        return [talk.of_work(reply, part, work)]
    if state not in MARKED and state not in UNMARKED:
        return unknown or [reply.one_of("unsure")]
    said = reply.one_of(
        f"verdict.{_name_of_verdict(reply, part, works, state)}",
        works=reply.say.listing([reply.title_of(slug) for slug in works]),
        volume=volume,
        **reply.say.agreement(len(works)),
    )
    fault = "" if state in LIKED else kind_of(part.text, "criticism") or kind_of(reply.brief.ask, "criticism")
    if fault:
        said = reply.two(said, f"criticism.{fault}")
    if part.detail.get("rating"):
        counts = half_stars(str(part.detail["rating"]))
        said = reply.two(said, "verdict.rating" if counts else "verdict.rating-unsure")
    asks_on = not (part.detail.get("ordered") or fault or state in UNMARKED - {"cool"} or state in UNDER_WAY)
    if not asks_on or reply.brief.wishes or reply.brief.parts[-1] != part:
        return [said, *unknown]
    return [*unknown, reply.two(said, "verdict.next-similar" if state in LIKED else "verdict.next-other")]


def _unlisted(reply: Reply, part: ActPart) -> list[str]:
    """Titles of a row of which none knows which book is meant."""
    titles = [quoted(str(title)[:MAX_TITLE_LENGTH]) for title in part.detail.get("unlisted", ())]
    return [reply.one_of("verdict.unlisted", titles=reply.say.listing(titles))] if titles else []


def _verdict_on_none(reply: Reply, state: str, unknown: list[str]) -> list[str]:
    """A verdict on no work that is known: which one is meant is asked, where something is to be marked."""
    if state in UNDONE:
        return [*unknown, reply.one_of("verdict.unmarked-none")]
    if state == "curious":
        return [*unknown, reply.one_of("verdict.curious-which")]
    return unknown or [reply.one_of("verdict.which" if state in MARKED else "unsure")]


def _chosen(reply: Reply, part: ActPart, works: Sequence[str]) -> str:
    """A decision is welcomed, with what its reader needs next: where it begins, how long it is, and in which language.
    Where more is asked of the work, that is told there."""
    titles = reply.say.listing([reply.title_of(slug) for slug in works])
    mark = "chosen" if _is_marked(reply, works, "want") else "chosen-only"
    said = reply.one_of(f"verdict.{mark}", works=titles, **reply.say.agreement(len(works)))
    work = reply.work(works[0]) if len(works) == 1 else None
    if part.detail.get("grief") or not work or not work.volumes or reply.brief.parts[-1] != part:
        return said
    length = "one" if work.volumes == 1 else "completed" if work.status == "completed" else "going-on"
    told = [said, reply.one_of(f"verdict.chosen-{length}", volumes=work.volumes)]
    if reply.language != "ja":
        told.append(reply.one_of(f"verdict.chosen-{edition_state(work, reply.language)}"))
    return reply.say.between.join(told)


def _name_of_verdict(reply: Reply, part: ActPart, works: Sequence[str], state: str) -> str:
    """Of what is not the whole book only that is said back."""
    if state == "read" and is_of_anime(part.text):
        return "watched"
    if state == "read" and (unread := kind_of(part.text, "verdict")):
        return unread
    if part.detail.get("volume"):
        return "partly-odd"
    if state in UNMARKED:
        return state
    return f"{state}-set" if _is_marked(reply, works, MARKED[state]) else state


def _is_marked(reply: Reply, works: Iterable[str], state: str) -> bool:
    shelved = reply.brief.own.shelf.get(state, ()) if reply.brief.own else ()
    return all(slug in shelved for slug in works)


def taste(reply: Reply, part: ActPart) -> list[str]:
    """What was learned of the reader now is said back; or honestly, that nothing was."""
    own = reply.brief.own or OwnData()
    if own.taste_paused:
        return [reply.one_of("own.taste-paused")]
    told = list(_learned_now(reply, own))
    page = _page(reply, "taste")
    if not told:
        return [] if reply.brief.wishes else [reply.one_of("learned.nothing", page=page)]
    if not reply.brief.wishes:
        told.append(reply.one_of("learned.where", page=page))
    return [reply.say.between.join(told)]


def _learned_now(reply: Reply, own: OwnData) -> Iterable[str]:
    by_kind: dict[str, list[str]] = {}
    for kind, topic in own.learned:
        by_kind.setdefault(kind, []).append(topic)
    for kind, topics in by_kind.items():
        if kind == "level":
            yield reply.one_of("learned.level-none" if own.level == "none" else "learned.level")
        elif kind == "read_to":
            volumes = [_volume(reply, slug, own.read_to[slug]) for slug in _slugs(reply, own, topics)]
            if volumes:
                yield reply.one_of("learned.read_to", things=reply.say.listing(volumes))
        elif things := _things(reply, topics):
            yield reply.one_of(f"learned.{kind}", things=reply.say.listing(things))


def _slugs(reply: Reply, own: OwnData, topics: Iterable[str]) -> list[str]:
    slugs = (Topic.parse(topic).value for topic in topics)
    return [slug for slug in slugs if slug in own.read_to and reply.work(slug)][:MAX_NAMED]
