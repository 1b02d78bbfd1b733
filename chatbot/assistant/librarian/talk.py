"""Talk that wants no books: greetings, thanks, complaints, who she is, what a word means, what is not hers to answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from django.conf import settings

from ...catalogue.facts import facts_of
from ...catalogue.snapshot import Work
from ...language.acts import Act, ActPart, Question
from ...language.learned import feelings
from ...language.turns.act_parts import BOOK as ACTS
from ...language.turns.talk import kind_of, kinds_of, term_in
from ...language.wishes.turn_parser import asks_for_books
from ...language.words.cue_book import plain
from ...language.words.laughter import without_laughter
from .. import who_words
from ..material import NO_LIMIT
from . import found
from .kinds import kind_of as kind_of_book
from .reply import Reply, harmless
from .telling import STRONG

MAX_EXAMPLES = 2
MAX_ASKED = 2  # things asked of the site in one part that are answered
FULL = 3  # strength of a tag that a work is an example of
WORDED = {"self", "data", "person", "see"}  # what of the site depends on who words the replies
# What a question on the site, as its words have it, is a case of: told in its place.
CASES = {
    "see": "data",
    "sell": "data",
    "memory": "data",
    "person": "self",
    "name": "self",
    "choose": "method",
    "likes": "method",
    "trust": "truth",
}
# What is asked of the site in words that mean nothing else, whatever act they were taken for.
PLAIN = {"every", "loan", "sell", "prompt", "trust"}
TAKEN_FOR = {Act.CATALOGUE, Act.FIND, Act.OWN_DATA, Act.COMPLAINT, Act.DEFINITION, Act.GIBBERISH, Act.ABUSE}
OFFERED_A_BOOK = {"bedside", "work", "failed", "ill", "worry", "hurt", "lonely", "low", "pet", "heartbreak", "loss"}
SOUNDS_FELT = ("low", "moved", "laugh", "praise", "bored", "happy")
PARTINGS = {"leaving", "night"}
OF_HERSELF = {"person", "name", "likes"}  # what is asked of her while chatting
UNTOLD = (
    "facts.other",
    "facts.fate-unknown",
    "facts.beyond-",
    "unsure",
)  # what tells that it is not known
MAX_BESIDE_A_LAUGH = 10  # characters of what asks for nothing beside it
SUM = re.compile(r"\d\s*[-+*/×÷xX=]\s*\d")


def greeting(reply: Reply, part: ActPart) -> list[str]:
    """Who is here already is not asked what for."""
    if reply.brief.history:
        return [reply.one_of("greetings_again")]
    said = reply.one_of("greetings")
    return [reply.two(said, "greetings_next") if _is_last(reply, part) else said]


def thanks(reply: Reply, part: ActPart) -> list[str]:
    """A close; where she goes on to something else, only a word, and none where goodbye was said already."""
    if _is_last(reply, part) and kind_of(reply.brief.ask, "small_talk") == "night":
        return [reply.one_of("talk.night")]
    before = reply.brief.parts[: reply.brief.parts.index(part)] if part in reply.brief.parts else ()
    if any(kind_of(one.text, "small_talk") in PARTINGS for one in before):
        return []
    if not _is_last(reply, part) or part.detail.get("grief"):
        return [reply.one_of("talk.thanks-on")]
    return [reply.one_of("talk.thanks-gentle" if _is_tender(reply) else "thanks")]


def _is_tender(reply: Reply) -> bool:
    """Whether the reader has told of a sorrow in this conversation: no cheerful close, then."""
    return any(feelings.felt(ask) in OFFERED_A_BOOK for ask, _ in reply.brief.history)


def small_talk(reply: Reply, part: ActPart) -> list[str]:
    """A word that fits what was said, and nothing asked in return; only who is bored wants something."""
    kind = str(part.detail.get("kind") or "")
    of_her = [one for one in kinds_of(part.text, "site") if one in OF_HERSELF]
    if of_her and not kind:
        return [_of_the_site(reply, of_her[0])]
    kind = kind or _kind_of_talk(part.text)
    if works := [work for slug in part.works if (work := reply.work(slug))]:
        return [of_work(reply, part, works[0], kind)]
    said = reply.one_of(f"talk.{kind or 'chat'}", called=harmless(str(part.detail.get("name") or "")))
    if part.detail.get("quiet"):
        return [said]  # who wants no books now is offered none for later
    following = "gentle-next" if kind in OFFERED_A_BOOK and not _has_offered(reply) else f"{kind}-next"
    if not _is_last(reply, part) or not reply.say.has(f"talk.{following}"):
        return [said]
    return [reply.two(said, f"talk.{following}")]


def of_work(reply: Reply, part: ActPart, work: Work, kind: str = "") -> str:
    """What is said of one work, with what it is and what may follow; of a fault, what the catalogue says to it."""
    title = reply.title_of(work.slug)
    if kind == "fault":
        fault = str(part.detail.get("of"))
        if fault == "long":
            return reply.two(reply.one_of("talk.fault-long", title=title, volumes=work.volumes), "talk.fault-long-next")
        said = reply.one_of(f"criticism.{fault}") if reply.say.has(f"criticism.{fault}") else reply.one_of("talk.chat")
        return reply.two(said, "talk.fault-next")
    told = reply.one_of(
        "talk.on-work", title=title, kind=kind_of_book(reply, facts_of(work, reply.catalogue)), volumes=work.volumes
    )
    remark = reply.one_of(f"talk.{kind}") if kind in feelings.REMARKS else ""
    said = reply.say.between.join(filter(None, [remark, told]))
    return reply.two(said, "talk.on-work-next") if _is_last(reply, part) else said


def _kind_of_talk(text: str) -> str:
    """By its words, but a remark on books where these only sound like a feeling: "the ending was so sad"."""
    said = kind_of(text, "small_talk")
    return (feelings.remarked(text) if said in ("", *SOUNDS_FELT) else "") or said or feelings.felt(text)


def _has_offered(reply: Reply) -> bool:
    """Whether a gentle book was offered before in this conversation: once is enough."""
    return _was_said(reply, "talk.gentle-next")


def _was_said(reply: Reply, name: str) -> bool:
    """Whether a phrasing of `name` stands in an earlier reply."""
    frames = reply.say.variants[name]
    return any(frame in said for _, said in reply.brief.history for frame in frames)


def complaint(reply: Reply, part: ActPart) -> list[str]:
    """Owned, with the one step that helps; where she goes on to what was asked, that is the step."""
    if part.detail.get("kind") == "misfit":
        things = reply.say.listing([reply.words(tag).thing for tag in part.detail["tags"][:2]])
        return [reply.one_of("talk.misfit", title=reply.title_of(part.works[0]), things=things)]
    if said := _breach(reply, part):
        return [said]
    kind = str(part.detail.get("kind") or kind_of(part.text, "complaint") or "complaint")
    if kind == "unclear":
        return [_said_plainly(reply)]
    titles = reply.say.listing([reply.title_of(slug) for slug in part.works if reply.work(slug)])
    said = reply.one_of(f"talk.{kind}", titles=titles) if kind == "not_it" else reply.one_of(f"talk.{kind}")
    if kind == "wrong" and (works := [slug for slug in part.works if reply.work(slug)]):
        return [reply.two(said, "talk.wrong-noted", works=reply.title_of(works[0])) if _is_last(reply, part) else said]
    if kind == "again" and (works := [slug for slug in part.works if reply.work(slug)]):
        said = reply.one_of("corrected.again", works=reply.title_of(works[0]))
    if named := _taken_back(reply, part):
        return [f"{said}{reply.say.between}{named}"]
    following = f"talk.{kind}-next"
    asks_back = _is_last(reply, part) and reply.say.has(following) and not _was_said(reply, following)
    return [reply.two(said, following) if asks_back else said]


def _said_plainly(reply: Reply) -> str:
    """What the last reply said, or in other words that it did not know."""
    told = reply.brief.history[-1][1].strip().split("\n")[0] if reply.brief.history else ""
    untold = (name for name in reply.say.variants if name.startswith(UNTOLD))
    if not told or any(reply.stands_in(frame, told) for name in untold for frame in reply.say.variants[name]):
        return reply.one_of("talk.unclear-untold")
    return reply.one_of("talk.unclear", told=told)


def _breach(reply: Reply, part: ActPart) -> str:
    """Which of the works complained of really are what was not wanted, by name; "" where none is."""
    works = [work for slug in part.works if (work := reply.work(slug))]
    tags = [tag for tag in dict.fromkeys(part.detail.get("tags", ())) if tag in reply.catalogue.labels]
    of_tags = [work for work in works if any(work.tags.get(tag, 0) >= STRONG for tag in tags)]
    if said := _protested(reply, part, works, tags, of_tags):
        return said
    if of_tags:
        things = reply.say.listing([reply.words(tag).thing for tag in tags[:2]])
        if not any(reply.was_named(work.slug) for work in of_tags):
            return reply.one_of("talk.breach-plain", titles=_titles(reply, of_tags), things=things)
        said = reply.one_of("talk.breach", titles=_titles(reply, of_tags), things=things)
        return reply.two(said, "talk.breach-next", things=things) if _is_last(reply, part) else said
    if not works or part.detail.get("status") != "completed":
        return ""
    unfinished = [work for work in works if work.status != "completed"]
    if not unfinished:  # the reader is mistaken
        topic = reply.say.topic(reply.title_of(works[0].slug))
        return reply.one_of("facts.status-completed", topic=topic, volumes=works[0].volumes)
    said = reply.one_of("talk.unfinished", titles=_titles(reply, unfinished), **reply.say.agreement(len(unfinished)))
    return reply.two(said, "talk.unfinished-next") if _is_last(reply, part) else said


def _protested(reply: Reply, part: ActPart, works: Sequence[Work], tags: Sequence[str], of_tags: Sequence[Work]) -> str:
    """What was wrong with books that came although it had been said, or that are not what was wanted; "" where that is
    told otherwise."""
    if part.detail.get("kind") == "too-long" and works:
        return reply.one_of("talk.too-long", lengths=reply.say.listing([_length(reply, work) for work in works]))
    if part.detail.get("kind") == "read-before":
        return reply.one_of("talk.read-before")
    lacking = [reply.words(tag).thing for tag in part.detail.get("lacking", ()) if tag in reply.catalogue.labels]
    if lacking:
        return reply.one_of("talk.lacking", things=reply.say.listing(lacking))
    if tags and works and not of_tags and reply.brief.wishes:
        things = reply.say.listing([reply.words(tag).thing for tag in tags[:2]])
        name = "talk.said-before" if part.detail.get("kind") == "said-before" else "talk.no-breach"
        return reply.one_of(name, things=things)
    return ""


def _length(reply: Reply, work: Work) -> str:
    return reply.say.finish_part("lengthy", title=reply.title_of(work.slug), volumes=work.volumes)


def _titles(reply: Reply, works: Sequence[Work]) -> str:
    return reply.say.listing([reply.title_of(work.slug) for work in works])


def _taken_back(reply: Reply, part: ActPart) -> str:
    """What the reader never asked for, never refused or never said they like, by its name; else ""."""
    of = part.detail.get("taken_back")
    values, works = part.detail.get("values", ()), part.detail.get("works", ())
    tags = [reply.words(tag).thing for tag in values if tag in reply.catalogue.labels]
    titles = [reply.title_of(slug) for slug in works if reply.work(slug)]
    if tags and of:
        name = "talk.taken-back-refused" if of == "refused" else "talk.taken-back"
        return reply.one_of(name, things=reply.say.listing(list(dict.fromkeys(tags))))
    return reply.one_of("talk.taken-back-liked", things=reply.say.listing(titles)) if titles and of == "asked" else ""


def abuse(reply: Reply, part: ActPart) -> list[str]:
    """Affection that came in rough words is no abuse."""
    if kind_of(part.text, "small_talk") == "affection":
        return small_talk(reply, part)
    said = reply.one_of("talk.abuse")
    asks_back = _is_last(reply, part) and not _was_said(reply, "talk.complaint-next")
    return [reply.two(said, "talk.complaint-next") if asks_back else said]


def gibberish(reply: Reply, part: ActPart) -> list[str]:
    if SUM.search(part.text):
        return [reply.one_of("talk.sum")]
    if kind_of(part.text, "small_talk"):
        return small_talk(reply, part)
    return [reply.one_of("talk.gibberish")]


def off_topic(reply: Reply, part: ActPart) -> list[str]:
    """Declined in a sentence. What is of the site after all is answered."""
    if SUM.search(part.text):
        return [reply.one_of("talk.sum")]
    if asked := _asked_of_the_site(reply, part.text):
        return [_of_the_site(reply, kind) for kind in asked]
    if kind_of(part.text, "small_talk"):
        return small_talk(reply, part)
    return [reply.one_of("elsewhere")]


def distress(reply: Reply, part: ActPart) -> list[str]:
    """Whoever is hurt by others is told where they are heard, whoever would end their life, where that is."""
    return [reply.one_of("talk.harmed" if kind_of(part.text, "distress") == "harmed" else "distress")]


def yes(reply: Reply, part: ActPart) -> list[str]:
    """To nothing she had offered to do: what works were offered or told of is found good, or the one looked for."""
    if part.is_found and reply.work(part.works[0]):
        return [found.settled(reply, part)]
    return [reply.one_of("talk.yes-on" if reply.brief.recent else "talk.yes")]


def no(reply: Reply, part: ActPart) -> list[str]:
    """To a list: what was off is asked, once in a conversation, for that ends none."""
    if not _is_last(reply, part):
        return []
    of_list = part.detail.get("kind") == "list" and not _was_said(reply, "talk.no-list")
    return [reply.one_of("talk.no-list" if of_list else "talk.no")]


def _is_last(reply: Reply, part: ActPart) -> bool:
    return not reply.brief.wishes and reply.brief.parts[-1:] == (part,)


# --- The site ---------------------------------------------------------------------------------------------------------


def service(reply: Reply, part: ActPart) -> list[str]:
    """All that was asked and no more, a paragraph each: as its words have it, else as it was read."""
    asked = _asked_of_the_site(reply, part.text) if part.detail.get("of") != "words" else []
    told = {*asked, *(CASES.get(kind, "") for kind in asked)}
    of = part.detail.get("of") or ()
    read = [
        kind for kind in dict.fromkeys([of] if isinstance(of, str) else of) if _named(reply, kind) and kind not in told
    ]
    if asked:
        read = [kind for kind in read if kind not in ("self", "limits")]  # what is read where nothing else is
    return [_of_the_site(reply, kind) for kind in [*asked, *read] or ["self"]]


def mistaken(reply: Reply, part: ActPart) -> list[str]:
    """The answer to what plainly asks after the site, where it was taken for something else; else nothing."""
    asks_nothing_known = part.act is Act.ABOUT and set(part.questions) <= {Question.OTHER}
    if not (part.act in TAKEN_FOR or asks_nothing_known) or part.detail.get("of") == "offered":
        return []
    plain = PLAIN | {"likes"} if part.act in (Act.CATALOGUE, Act.FIND) or asks_nothing_known else PLAIN
    return [_of_the_site(reply, kind) for kind in _asked_of_the_site(reply, part.text) if kind in plain]


def instead_of_books(reply: Reply) -> list[str]:
    """What is said to an ask that wishes for nothing one could look for, and is talk; else nothing."""
    ask = ActPart(Act.SMALL_TALK, without_laughter(reply.brief.ask))
    if not reply.wish.is_vague or reply.wish.unknown_titles:
        return []
    if asked := _asked_of_the_site(reply, ask.text):
        return [_of_the_site(reply, kind) for kind in asked]
    if reply.brief.history and kind_of(ask.text, "complaint") in ("again", "misread"):
        return complaint(reply, ask)
    if asks_for_books(ask.text) or ACTS.has("recommend", plain(ask.text)):
        return []  # whatever else it tells, it wants to be asked what kind
    if not kind_of(ask.text, "small_talk") and len(ask.text) <= MAX_BESIDE_A_LAUGH:
        ask = ActPart(Act.SMALL_TALK, reply.brief.ask)  # "hahaha oh no" is a laugh
    kind = kind_of(ask.text, "small_talk")
    return small_talk(reply, ask) if kind and kind != "bored" else []


def _asked_of_the_site(reply: Reply, text: str) -> list[str]:
    return [kind for kind in kinds_of(text, "site") if _named(reply, kind)][:MAX_ASKED]


def _named(reply: Reply, kind: str) -> str:
    """The name of what is said of a kind here; "" where there is none."""
    name = f"service.{kind}"
    if kind in WORDED:
        name = f"{name}-{who_words()}"
    elif kind == "price" and settings.DAILY_REPLIES >= NO_LIMIT:
        name = f"{name}-free"
    return name if reply.say.has(name) else ""


def _of_the_site(reply: Reply, kind: str) -> str:
    pages = {page: reply.say.part(f"pages.{page}") for page in ("account", "delete", "taste", "catalogue")}
    best = sorted(reply.catalogue.works, key=lambda work: (-work.renown, work.slug))[:MAX_EXAMPLES]
    works = reply.say.listing([reply.title_of(work.slug) for work in best])
    return reply.one_of(_named(reply, kind), a_day=settings.DAILY_REPLIES, works=works, **pages)


# --- Words of the field -----------------------------------------------------------------------------------------------


def definition(reply: Reply, part: ActPart) -> list[str]:
    """What a word means, and for a kind of book one or two that show it."""
    term = _term(reply, part)
    meaning = _meaning(reply, term)
    if not meaning:
        return [reply.one_of("definition.untold")]
    examples = reply.say.listing([reply.title_of(slug) for slug in _examples(reply, term)])
    return [reply.two(meaning, "definition.examples", works=examples) if examples else meaning]


def _term(reply: Reply, part: ActPart) -> str:
    """The name of a definition or the slug of a tag: as read, or found in the words."""
    asked = str(part.detail.get("of") or "")
    known = reply.say.has(f"definitions.{asked}") or asked in reply.catalogue.labels
    return asked if known else term_in(asked) or term_in(part.text)


def _meaning(reply: Reply, term: str) -> str:
    if reply.say.has(f"definitions.{term}"):
        return reply.say.part(f"definitions.{term}")
    return reply.one_of("definition.tag", thing=reply.words(term).thing) if term in reply.catalogue.labels else ""


def _examples(reply: Reply, term: str) -> list[str]:
    """The best known works that carry a tag at full strength, and nothing at full strength to be warned of."""
    if reply.group(term) == "warnings":
        return []
    works = [work for work in reply.catalogue.works if work.tags.get(term) == FULL and not any(_warned(reply, work))]
    works.sort(key=lambda work: (-work.renown, work.slug))
    return [work.slug for work in works[:MAX_EXAMPLES]]


def _warned(reply: Reply, work) -> Iterator[bool]:
    return (strength == FULL and reply.group(slug) == "warnings" for slug, strength in work.tags.items())
