"""Works asked about that are not on the shelf: what each is, where that is known, and what here comes nearest."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from ...language.acts import ActPart, Question
from ...language.asking import asked
from ...language.words import elsewhere
from .reply import MAX_TITLE_LENGTH, Reply, quoted

NEAREST = 2  # works that come nearest to one that is not on the shelf
MOST = 2  # titles that are told of
IN_WORDS = frozenset(("novel", "childrens-novel", "web-novel", "korean-web-novel", "chinese-web-novel"))
ASKS_NO_FACT = frozenset((Question.OVERVIEW, Question.OTHER, Question.WEB_NOVEL, Question.IMPRINT, Question.QUALITY))


def not_here(reply: Reply, part: ActPart) -> str:
    """That titles asked about are not on the shelf; "" where there are none."""
    titles = part.unknown[:MOST]
    media = [medium for title in titles if (medium := elsewhere.medium_of(title))]
    if not titles:
        return ""
    if len(media) == len(titles) and not part.works:
        return _what_they_are(reply, part, titles, media)
    if "kind" in asked.topics_in(part.text) and not (part.works or media):
        named = reply.say.listing([quoted(title[:MAX_TITLE_LENGTH]) for title in titles])
        return reply.one_of("facts.kind-unknown", titles=named)
    named = reply.say.listing([reply.named_elsewhere(title) for title in titles])
    name = "absent.named" if len(media) == len(titles) else "unknown"
    return reply.one_of(name, titles=named, **reply.say.agreement(len(titles)))


def _what_they_are(reply: Reply, part: ActPart, titles: Sequence[str], media: Sequence[str]) -> str:
    named = [quoted(title[:MAX_TITLE_LENGTH]) for title in titles]
    whats = [reply.say.part(f"media.{medium}") for medium in media]
    if len({*media}) < len(media):
        return reply.one_of("absent.alike", title=named[0], other=named[1], what=whats[0])
    if titles[1:]:
        return reply.one_of("absent.both", title=named[0], what=whats[0], other=named[1], other_what=whats[1])
    return reply.one_of(f"absent.{_as_asked(part, media[0])}", title=named[0], what=whats[0])


def _as_asked(part: ActPart, medium: str) -> str:
    """What is asked: whether there is a book of it, what it is, something else of it, or only whether it is here."""
    if part.detail.get("asks") == "book":
        return "book" if medium in IN_WORDS else "no-book"
    if part.detail.get("asks") == "medium" or "kind" in asked.topics_in(part.text):
        return "kind"
    return "fact" if {*part.questions} - ASKS_NO_FACT else "here"


def with_way_on(reply: Reply, part: ActPart, missing: str) -> str:
    """`missing`, that something is not here, with what comes nearest to it or what would help to find that; alone where
    the reply has other parts."""
    if len(reply.brief.parts) > 1:
        return missing
    told = with_near(reply, part, missing)
    if reply.brief.proposed == "alike":
        return reply.two(told, "absent.offer-more" if told != missing else "absent.offer")
    return told if told != missing else reply.two(missing, how_to_find(part.unknown))


def how_to_find(titles: Sequence[str]) -> str:
    """The name of the sentence that asks what would help to find the like of what is not here."""
    return "absent.ask" if titles and all(map(elsewhere.medium_of, titles)) else "unknown_alone"


def with_near(reply: Reply, part: ActPart, missing: str) -> str:
    """`missing` with the works of the shelf that come nearest to what is named from elsewhere and were not named yet."""
    tastes = elsewhere.tastes("\n".join((part.text, *part.unknown)))
    kin = zip_longest(*(elsewhere.TASTES[name].kin for name in tastes))  # of several the nearest to each first
    near = [slug for slugs in kin for slug in slugs if slug and reply.work(slug) and slug not in reply.brief.recent]
    titles = [reply.title_of(slug) for slug in near if not reply.was_named(slug)][:NEAREST]
    return reply.two(missing, "facts.unknown-near", near=reply.say.listing(titles)) if titles else missing
