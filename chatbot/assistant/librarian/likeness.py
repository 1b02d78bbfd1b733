"""Whether a work is like another one that readers know: yes, partly or no, then what both have and how they differ."""

from __future__ import annotations

from ...catalogue.facts import WorkFacts, shared_tags
from ...language.acts import ActPart
from ...language.words.elsewhere import TASTES
from ...recommender.features import features_of
from . import orders, works
from .comparison import Comparison
from .reply import Reply, essential, quoted
from .telling import STRONG

TIED = 0.25  # how much it counts that the catalogue names one as kin of the other, beside the likeness of their tags
ALIKE, PARTLY = 0.5, 0.25  # from which likeness on it is a yes, and no plain no
DARKER = 2  # of tone: from which difference on two works are not alike, whatever they are about
MOST_SHARED, MOST_OWN, MOST_NEAR = 3, 2, 2


def answer(reply: Reply, part: ActPart) -> list[str]:
    """Nothing where no likeness is asked, or one of the two is not known. Of several the one that comes nearest."""
    known = works.known_of(reply, part)
    if known and "elsewhere" in part.detail:
        return [_to_absent(reply, known[0], part)]
    *asked_of, yardstick = known or [None]
    if part.detail.get("claim") != "like" or not asked_of or yardstick.work.slug not in part.detail["against"]:
        return []
    nearest = max(asked_of, key=lambda one: _likeness(reply, one, yardstick))
    told = Likeness(reply, nearest, yardstick, part.text).paragraphs()
    if len(asked_of) > 1:
        title, other = (reply.title_of(one.work.slug) for one in (nearest, yardstick))
        told.insert(0, reply.one_of("like.nearest", title=title, other=other))
    return told


def _to_absent(reply: Reply, facts: WorkFacts, part: ActPart) -> str:
    """Whether it is like a work that is not on the shelf; where it is not, what here comes nearer."""
    taste = TASTES[part.detail["elsewhere"]]
    shared = [tag for tag in essential(taste.known_for) if facts.work.tags.get(tag, 0) >= STRONG][:MOST_SHARED]
    things = reply.say.listing([reply.words(tag).thing for tag in shared])
    title = reply.title_of(facts.work.slug)
    slots = {"title": title, "other": quoted(part.detail["title"]), "things": things}
    if taste.is_like(facts.work.slug, facts.work.tags) and shared:
        return reply.one_of("like.absent", title, **slots)
    told = reply.one_of("like.absent_partly" if shared else "like.absent_not", title, **slots)
    near = [slug for slug in taste.kin if reply.work(slug) and slug != facts.work.slug][:MOST_NEAR]
    nearer = reply.say.listing([reply.title_of(slug) for slug in near])
    return reply.two(told, "like.absent_nearer", titles=nearer) if near else told


class Likeness:
    """How `facts` stand to those of the `yardstick`."""

    def __init__(self, reply: Reply, facts: WorkFacts, yardstick: WorkFacts, text: str) -> None:
        self.reply, self.facts, self.yardstick = reply, facts, yardstick
        self.both = Comparison(reply, [facts, yardstick], ("alike",), text)

    def paragraphs(self) -> list[str]:
        apart = [one for one in (self._difference(), *self.both.noted()) if one and not self._was_told(one)]
        return [self._verdict(), self.reply.say.between.join(apart)]

    def _verdict(self) -> str:
        pair = [self.facts, self.yardstick]
        slots = {"title": self._title(self.facts), "other": self._title(self.yardstick)}
        if orders.is_one_series(pair):
            return self.reply.one_of("like.series", **slots)
        shared = self._shared()
        if not shared:
            return self.reply.one_of("like.nothing", **slots)
        likeness = _likeness(self.reply, self.facts, self.yardstick)
        is_apart = abs(self.facts.work.tone - self.yardstick.work.tone) >= DARKER
        name = "no" if likeness < PARTLY else "partly" if likeness < ALIKE or is_apart else "yes"
        return self.reply.one_of(f"like.{name}", things=self.both.things(shared), **slots)

    def _shared(self) -> list[str]:
        """What both have clearly, the rarer before what every other book has."""
        shared = shared_tags(self.facts.work, self.yardstick.work, self.reply.catalogue, most=None)
        ranked = essential(sorted(shared, key=lambda slug: -self.reply.rarity(slug) * self._weight(slug) ** 2))
        return ranked[:MOST_SHARED]

    def _weight(self, slug: str) -> int:
        return self.facts.work.tags[slug] * self.yardstick.work.tags[slug]

    def _difference(self) -> str:
        """What each has more of, and which is the darker where that is plain."""
        own = [self._own(one) for one in (self.facts, self.yardstick)]
        titles = [self._title(one) for one in (self.facts, self.yardstick)]
        told = [(title, self.both.things(things)) for title, things in zip(titles, own, strict=True) if things]
        if len(told) == 2:
            (title, things), (other, others) = told
            return self.reply.one_of("like.apart", title=title, things=things, other=other, others=others)
        return "".join(self.reply.one_of("like.apart_one", title=title, things=things) for title, things in told)

    def _own(self, facts: WorkFacts) -> list[str]:
        """What it has more of than the other."""
        other = self.yardstick if facts is self.facts else self.facts
        return [slug for slug in self.both.own(facts) if other.work.tags.get(slug, 0) < STRONG][:MOST_OWN]

    def _title(self, facts: WorkFacts) -> str:
        return self.reply.title_of(facts.work.slug)

    def _was_told(self, text: str) -> bool:
        return any(text in said for _, said in self.reply.brief.history)


def _likeness(reply: Reply, one: WorkFacts, other: WorkFacts) -> float:
    """By their tags, and by whether the catalogue names one as kin of the other."""
    features, pair = features_of(reply.catalogue), (one.work.slug, other.work.slug)
    return features.likeness(*pair) + TIED * min(features.near(*pair), 1)
