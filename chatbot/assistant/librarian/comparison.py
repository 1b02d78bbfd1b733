"""Two or more works held against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from ...catalogue.facts import WorkFacts
from ...language.acts import Act, ActPart, Question
from ...language.asking import asked, particulars
from ...language.asking.questions import asked_of
from ...language.names import focus
from ...language.tag_relations import (
    AMUSING,
    BRIGHTNESS,
    CRUELLER,
    FEMALE_LEAD,
    HARD_TO_BEAR,
    HEAVY_READS,
    LIGHTER,
    MEASURED_BY,
    ROMANCE,
    SADDER,
    SCARIER,
    UNFIT_FOR_CHILDREN,
    UNFIT_FOR_TEENS,
    WORLDLY,
    narrower,
)
from ...language.words.flavours import FLAVOURS
from . import absent, authors, notes, orders, questions, works
from .contents import CHILD, TEEN, against
from .kinds import kind_of, main_tags
from .reply import Reply, essential
from .several import Several
from .telling import Telling, content_note

MOST = 4  # works that are told apart in one answer
NEARLY = 10  # of renown; what is finished is taken before what is as well known
LONG_TITLE = {"ko": 16, "ja": 16, "en": 34}  # characters of a title that is said in full but once
STRONG = 2
COUNTED = frozenset(("short", "long", "beginner"))  # measures whose verdict tells the volumes
CLEARLY = 2  # of gravity, or of strengths summed: from which on works differ by it
TELLING = ("genre", "tone")  # groups of tags that tell most of what a book is like
LIGHT = "light"
BY_TONE = {**BRIGHTNESS, LIGHT: 1}  # measures that the tone of a work counts for
MEASURES = {
    **MEASURED_BY,
    LIGHT: LIGHTER,
    "funny": AMUSING,
    "sad": SADDER,
    "world": WORLDLY,
    "cruel": CRUELLER,
    "scary": SCARIER,
}
OF_NOTHING = frozenset(("quality", "best", "better"))  # by which it is only asked which one to take
# The kind of note that tells of what is measured, whatever the words are like; of all of a work ("alike") how it reads.
NOTED_BY = {
    **dict.fromkeys((*BY_TONE, "funny", "sad", "scary", "alike", *OF_NOTHING), "feel"),
    **dict.fromkeys((ROMANCE, "sweet"), "love"),
    "cruel": "content",
}
# What is asked for by another name.
SAME_AS = {"shortest": "short", "longest": "long", "status": "finished"}


def _gravity(facts: WorkFacts) -> float:
    """How much there is in a work to be careful of."""
    return sum(facts.warnings.values()) - facts.work.tone / 2


def _is_noted_for(facts: WorkFacts, age: int) -> bool:
    """Whether the note on what is in a work recommends it for `age`."""
    return 0 < (asked.from_age(content_note(facts.work)) or 0) <= age


Value = Callable[[WorkFacts], float]
PLAIN: dict[str, Value] = {
    "short": lambda one: -one.work.volumes,
    "long": lambda one: one.work.volumes,
    "finished": lambda one: one.work.status == "completed",
    "popular": lambda one: one.work.renown,
    "new": lambda one: one.work.year,
    "old": lambda one: -one.work.year,
    "anime": lambda one: one.work.anime,
    "gentle": lambda one: -_gravity(one),
    "warnings": lambda one: sum(one.warnings.values()),
    "sweet": lambda one: sum(weight * one.work.tags.get(tag, 0) for tag, weight in FLAVOURS["sweet"].weights.items()),
    "beginner": lambda one: -one.work.volumes - 4 * sum(one.warnings.values()),
}


class Measure(NamedTuple):
    """How much of what was asked each work has. `most`: those that have most of it; all where none stands out."""

    values: list[float]
    most: list[WorkFacts]

    @classmethod
    def of(cls, known: Sequence[WorkFacts], value: Value, finer: Value | None = None) -> Measure:
        """`finer`: what tells apart those that have as much, where they differ clearly by it."""
        values = [value(one) for one in known]
        if finer and len(set(values)) == 1:
            fine = [finer(one) for one in known]
            values = fine if max(fine) - min(fine) >= CLEARLY else values
        return cls(values, [one for one, given in zip(known, values, strict=True) if given == max(values)])

    @property
    def is_clear(self) -> bool:
        return len(self.most) < len(self.values)


def answer(reply: Reply, part: ActPart) -> list[str]:
    """First which one to take, by what was asked or by what is known of the reader, then where they differ; of works of
    one series in which order they are read."""
    known = works.known_of(reply, part)
    missing = absent.not_here(reply, part)
    if part.detail.get("has"):
        return [missing, having(reply, known, part.detail["by"][0])]
    if len(known) > MOST or (len(known) > 2 and focus.counts_two(part.text)):
        return [missing, works.which_one(reply, known)]
    if not known:
        return [missing or reply.one_of("compare.one_only")]
    if len(known) == 1:
        if told := _noted_alone(reply, known[0], part):
            return [missing, told]
        return [missing or reply.one_of("compare.one_only"), _alone(reply, known[0])]
    measures = _measures(reply, part)
    if set(measures) <= OF_NOTHING | {"beginner", "old"} and (one := orders.asked_of(known)):
        return [missing, *questions.paragraphs(Telling(reply, one, part), (Question.ORDER,))]
    compared = Comparison(reply, known, measures, part.text, part.detail.get("claim", ""))
    compared.is_loved = bool(part.detail.get("loved"))
    told = compared.paragraphs()
    if asked.is_put(part.text, "anime") and "anime" not in measures:
        told.append(reply.say.between.join(Several(reply, known, part).together(Question.ANIME)))
    if "author" in asked.topics_in(part.text) and not any(one.act is Act.AUTHOR for one in reply.brief.parts):
        told += authors.answer(reply, replace(part, act=Act.AUTHOR))
    return [missing, *told]


def having(reply: Reply, known: Sequence[WorkFacts], slug: str) -> str:
    """Which of `known` have something, and that of the others it is not noted."""
    has = [one.work.slug for one in known if max(one.work.tags.get(tag, 0) for tag in (slug, *narrower([slug]))) > 0]
    name = "compare.has_none" if not has else "compare.has_all" if len(has) == len(known) else "compare.has"
    titles = reply.say.listing([reply.title_of(one) for one in has])
    return reply.one_of(name, titles=titles, what=_thing(reply, slug), **reply.say.agreement(len(has)))


def _thing(reply: Reply, by: str) -> str:
    name = f"compare.things.{by}"
    return reply.say.part(name) if reply.say.has(name) else reply.words(by).thing


def _measures(reply: Reply, part: ActPart) -> list[str]:
    """By what works are compared: as it was read, or as the words name a tag; whoever begins wants the easier one."""
    read = part.detail.get("by") or ""
    found = [SAME_AS.get(one, one) for one in ([read] if isinstance(read, str) else read) if one]
    if asked.is_put(part.text, "first") and all(one in OF_NOTHING or one in MEASURES for one in found):
        return ["beginner"]
    named = [slug for slug in asked.tags_in(part.text, reply.catalogue) if slug in reply.catalogue.labels][:1]
    if named and OF_NOTHING & {*found}:
        found = [*named, *(one for one in found if one not in OF_NOTHING)]  # better in what is named
    return found or named


def _noted_alone(reply: Reply, facts: WorkFacts, part: ActPart) -> str:
    """What the notes say where one work is held against itself: the books or the anime, the start or what follows."""
    telling = Telling(reply, facts, part)
    return reply.say.between.join(notes.told(telling, notes.kinds_asked(telling, (Question.OTHER,))))


def _alone(reply: Reply, facts: WorkFacts) -> str:
    """A line on the one that is here."""
    topic = reply.say.topic(reply.title_of(facts.work.slug))
    status = reply.say.part(f"compare.status.{facts.work.status}", volumes=facts.work.volumes)
    return reply.one_of("compare.alone", topic=topic, kind=kind_of(reply, facts), status=status)


class Comparison:
    """`measures`: by what the works are to be compared; none where it is only asked which one to take. `claim`: what is
    asked of the first against the last, see `language.turns.likenings`."""

    def __init__(
        self, reply: Reply, known: Sequence[WorkFacts], measures: Sequence[str], text: str = "", claim: str = ""
    ) -> None:
        self.reply, self.say, self.known, self.text = reply, reply.say, known, text
        self.measures, self.claim = measures, claim
        self.is_loved = False  # whether the measure is what the reader says they love
        self.named: set[str] = set()  # works that were called by their whole title
        self.counted = False  # whether the verdict has told the volumes
        self.praised: list[str] = []  # tags that the verdict has spoken of
        self.taken: WorkFacts | None = None  # the one chosen, where nothing else was asked than which

    def paragraphs(self) -> list[str]:
        verdicts = [self._verdict(by) for by in self.measures] or [self._choice()]
        verdict = self.say.between.join(dict.fromkeys(verdicts))
        if lead := self._lead():
            verdict = f"{self.say.part(f'compare.{lead}')}{self.say.between}{verdict}"
        # Three or more are told by the verdict alone; of two it is told how they differ.
        if len(self.known) > 2:
            return [verdict]
        before = self.reply.brief.history[-1][1] if self.reply.brief.history else ""
        return [verdict, self.say.between.join(one for one in self._differences() if one and one not in before)]

    def _lead(self) -> str:
        """ "yes" or "no" to what is claimed of the first work; "" where nothing is, or the shelf does not say."""
        by = next(iter(self.measures), "") if self.claim else ""
        measure = self._measured(by) if by not in OF_NOTHING else None
        values = [one is self.taken for one in self.known] if by in OF_NOTHING else measure.values if measure else []
        if not values:
            return ""
        first, last = values[0], values[-1]
        is_so = {"more": first > last, "less": first < last}.get(self.claim, first >= last)
        return "yes" if is_so else "no"

    # --- Which to take -----------------------------------------------------------------------

    def _choice(self, *, by_story: bool = False) -> str:
        """One of them for this reader: the gentler where somebody has to be spared, else what has most of what they
        wish for, else the better known, for what it has before the others. `by_story`: it is asked which is better, of
        which neither its length nor that it is finished tells anything."""
        wish = self.reply.wish
        if unfit := self._unfit_table():
            return self._spare(unfit)
        if chosen := self._by_wish():
            return chosen
        if wish.gentle:
            return self._take("gentle", min(self.known, key=_gravity))
        return self._by_taste() if by_story else self._best()

    def _by_taste(self) -> str:
        """For whom each of two is, and which to open first where nothing is known of the reader."""
        best, *others = sorted(self.known, key=lambda one: -one.work.renown)
        things, *rest = [self._for_whom(one) for one in (best, *others)]
        if len(rest) != 1 or not things or not rest[0] or {*things} & {*rest[0]}:
            return self._for_its_own(best)
        other = self.title(others[0])
        return self._take("taste", best, things=self.things(things), other=other, others=self.things(rest[0]))

    def _by_wish(self) -> str:
        """The one that has most of what the reader wishes for; "" where none has."""
        wanted = [slug for slug in self.reply.wish.named_tags if slug in self.reply.catalogue.labels]
        measured = Measure.of(self.known, lambda one: sum(one.work.tags.get(slug, 0) for slug in wanted))
        if not measured.is_clear or len(measured.most) > 1:
            return ""
        has = [slug for slug in wanted if measured.most[0].work.tags.get(slug, 0) >= STRONG]
        return self._take("wish", measured.most[0], things=self.things(has[:2])) if has else ""

    def _for_its_own(self, facts: WorkFacts) -> str:
        self.praised = self.own(facts)[:1]
        return self._take("for", facts, things=self.things(self.praised))

    def _unfit_table(self) -> dict[str, int]:
        """What leaves a work out for whom the book is; nothing where nobody has to be spared."""
        said, age = asked_of(self.text), asked.age_in(self.text) or 0
        audience = said if said in ("child", "teen") else self.reply.wish.audience
        is_child = age <= CHILD if age else audience == "child"
        if is_child or particulars.is_put(self.text, "child"):
            return UNFIT_FOR_CHILDREN
        if particulars.is_put(self.text, "fear"):
            return HARD_TO_BEAR
        is_teen = audience == "teen" or CHILD < age <= TEEN
        return UNFIT_FOR_TEENS if is_teen or particulars.is_put(self.text, "school") else {}

    def _spare(self, unfit: dict[str, int]) -> str:
        """The gentlest, or that none of them will do."""
        gentlest = min(self.known, key=lambda one: (len(against(one.work, unfit)), _gravity(one)))
        if (age := asked.age_in(self.text) or 0) and (fit := [one for one in self.known if _is_noted_for(one, age)]):
            mildest = min(fit, key=_gravity)
            who = self.say.part("works.age", age=age)
            return (
                self._take("both", mildest, who=who) if len(fit) == len(self.known) else self._take("gentle", mildest)
            )
        if found := against(gentlest.work, unfit):
            return self.reply.one_of("compare.take_none", title=self.title(gentlest), things=self.things(found[:2]))
        return self._take("gentle", gentlest)

    def _best(self) -> str:
        best = max(self.known, key=lambda one: one.work.renown)
        finished = [one for one in self.known if one.work.status == "completed"]
        if len(finished) == 1 and finished[0].work.renown >= best.work.renown - NEARLY:
            return self._take("finished", finished[0])
        others = [one for one in self.known if one is not best]
        if all(best.work.volumes * 2 <= one.work.volumes for one in others):
            return self._take("short", best, volumes=best.work.volumes)
        if all(_gravity(best) + CLEARLY <= _gravity(one) for one in others):
            return self._take("mild", best)
        return self._for_its_own(best)

    def _tie_broken(self) -> str:
        """One of works that have as much of what was asked: what the reader wishes for, else what it has before the
        others; how long it is and whether it is finished was not asked."""
        return self._by_wish() or self._by_taste()

    def _take(self, name: str, facts: WorkFacts, **slots: object) -> str:
        self.taken = facts
        return self.reply.one_of(f"compare.take_{name}", title=self.title(facts), **slots)

    # --- What was asked ----------------------------------------------------------------------

    def _verdict(self, by: str) -> str:
        if by in OF_NOTHING:
            return self._choice(by_story=True)
        if by == FEMALE_LEAD:
            return having(self.reply, self.known, by)
        measure = self._measured(by)
        if measure is None:
            return self.say.between.join([self.reply.one_of("compare.unmeasured"), self._choice()])
        name = by if self.say.has(f"compare.{by}") else "more"
        if len(self.known) == 2 and self.say.has(f"compare.{by}_two"):
            name = f"{by}_two"
        if by == "finished" and not measure.is_clear:
            return self.reply.one_of("compare.finished_all" if any(measure.values) else "compare.finished_none")
        if not measure.is_clear:
            even = self.reply.one_of("compare.even", what=self._what(by))
            return even if self.claim else self.say.between.join([even, self._tie_broken()])
        if by in MEASURES and particulars.is_put(self.text, "least"):
            least = [one for one, given in zip(self.known, measure.values, strict=True) if given == min(measure.values)]
            return self.reply.one_of("compare.less", titles=self.titles(least), what=self._what(by))
        titles = self.titles(measure.most)
        slots = {"titles": titles, "what": self._what(by), **self.say.agreement(len(measure.most))}
        name = "loved" if self.is_loved and by not in OF_NOTHING else name
        told = [self.reply.one_of(f"compare.{name}", **slots)]
        told += self._figures(by, measure.most)
        return self.say.between.join(told)

    def _measured(self, by: str) -> Measure | None:
        """How much the works have of what was asked; None where the catalogue does not say."""
        if value := PLAIN.get(by):
            return Measure.of(self.known, value)
        if not (tags := MEASURES.get(by)) and not (tags := self._as_tag(by)):
            return None
        side, weighs_warnings = BY_TONE.get(by, 0), by in HEAVY_READS
        return Measure.of(
            self.known,
            lambda one: 2 * side * one.work.tone + max(one.work.tags.get(slug, 0) for slug in tags),
            lambda one: sum(one.work.tags.get(slug, 0) for slug in tags) + weighs_warnings * sum(one.warnings.values()),
        )

    def _as_tag(self, by: str) -> tuple[str, ...]:
        return (by, *narrower([by])) if by in self.reply.catalogue.labels else ()

    def _what(self, by: str) -> str:
        """What was asked as a thing: "romance"."""
        return _thing(self.reply, by)

    def _figures(self, by: str, most: Sequence[WorkFacts]) -> Iterator[str]:
        """Volumes or years of all, where the verdict rests on them."""
        if by == "beginner" and most[0].work.volumes > min(one.work.volumes for one in self.known):
            yield self.reply.one_of("compare.beginner_mild")
        elif by in COUNTED:
            self.counted = True
            yield self._row("compare.volumes_of", [one.work.volumes for one in self.known])
        elif by in ("new", "old"):
            yield self._row("compare.year_of", [one.work.year for one in self.known])

    def _row(self, name: str, numbers: Sequence[int]) -> str:
        told = [
            self.say.finish_part(name, title=self.title(one, whole=True), number=number)
            for one, number in zip(self.known, numbers, strict=True)
        ]
        return self.reply.one_of("compare.figures", figures=self.say.choices(told))

    # --- How they differ ----------------------------------------------------------------------

    def _differences(self) -> Iterator[str]:
        """How each reads by the notes on it; where one has none, for whom each is, and how far it has come, unless the
        verdict told it."""
        if noted := self.noted():
            yield from noted
            return
        frames = self.say.variants["compare.each_told" if self.counted else "compare.each"]
        for place, facts in enumerate(self.known):
            status = self.say.part(f"compare.status.{facts.work.status}", volumes=facts.work.volumes)
            # By its whole title: "the second" could be read as the one named last.
            slots = {
                "topic": self.say.topic(self.title(facts, whole=True)),
                "things": self.things(self._for_whom(facts)),
            }
            yield self.reply.utter(frames[place % len(frames)], {**slots, "status": status})
        for things, warned in self._warned().items():
            name = "warned_both" if len(warned) == len(self.known) else "warned"
            yield self.reply.one_of(f"compare.{name}", things, titles=self.titles(warned), things=things)

    def noted(self) -> list[str]:
        """A note on each, of the kind that was asked, unless this conversation has told it; none where one has none."""
        kind = next((NOTED_BY[by] for by in self.measures if by in NOTED_BY), "") or notes.kind_compared(self.text)
        told = [Telling(self.reply, one, ActPart(Act.COMPARE, self.text), alone=False) for one in self.known]
        texts = [notes.text_of(telling, kind) for telling in told]
        if not all(texts):
            return []
        return [
            self.say.finish_part("works.noted", title=self.title(telling.facts, whole=True), text=text)
            for telling, text in zip(told, texts, strict=True)
            if not telling.was_told(text)
        ]

    def _for_whom(self, facts: WorkFacts) -> list[str]:
        """The two things that tell it apart best, without what the verdict has named."""
        own = self.own(facts)
        return ([slug for slug in own if slug not in self.praised] or own)[:2]

    def _warned(self) -> dict[str, list[WorkFacts]]:
        """Those with a clear warning by what it is of, so that what two have alike is said once."""
        found: dict[str, list[WorkFacts]] = {}
        for one in self.known:
            if strong := [slug for slug, given in one.warnings.items() if given >= STRONG]:
                found.setdefault(self.things(strong), []).append(one)
        return found

    def own(self, facts: WorkFacts) -> list[str]:
        """What a work has clearly and more of than the others, genre and mood first, of moods only one; what it is about
        where there is nothing of the kind."""
        others = [one for one in self.known if one is not facts]

        def lead(slug: str) -> int:
            return facts.tags[slug] - max(one.work.tags.get(slug, 0) for one in others)

        def rank(slug: str) -> int:
            return lead(slug) * facts.tags[slug] + (self.reply.group(slug) in TELLING)

        mine = [slug for slug, given in facts.tags.items() if given >= STRONG and lead(slug) > 0]
        mine = essential(sorted(mine, key=lambda slug: (-rank(slug), -self.reply.rarity(slug))))
        moods = [slug for slug in mine if self.reply.group(slug) == "tone"]
        return [slug for slug in mine if slug not in moods[1:]] or main_tags(self.reply, facts)

    def things(self, slugs: Sequence[str]) -> str:
        return self.say.listing([self.reply.words(slug).thing for slug in slugs])

    def title(self, facts: WorkFacts, *, whole: bool = False) -> str:
        """The title; of one that is long, once it has been said, which of the two it is."""
        title = self.reply.title_of(facts.work.slug)
        if not whole and title in self.named and len(title) > LONG_TITLE[self.reply.language] and len(self.known) == 2:
            return self.say.part("compare.first" if facts is self.known[0] else "compare.second")
        self.named.add(title)
        return title

    def titles(self, known: Sequence[WorkFacts]) -> str:
        return self.say.listing([self.title(one) for one in known])
