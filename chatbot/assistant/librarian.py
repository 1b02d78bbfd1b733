"""The built-in librarian: replies composed from the catalogue, with no model behind them.

Her words are in `phrases`. What is said and in which order is decided here; which of several phrasings is used follows
from the turn and the work, so that the same turn always reads the same and two turns seldom do.
"""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from ..catalogue.models import in_language
from ..catalogue.snapshot import CatalogueSnapshot, Work
from ..language import focus
from ..language.tag_relations import HEAVY_READS, IMPLIED, LIGHT_READS, NAMED_LAST, TONE_OF, WARM_READS, narrower
from ..language.topics import Topic, TopicKind
from ..recommender.choosing import Candidate, Reason
from ..recommender.features import features_of
from ..recommender.pick_counts import MAX_PICKS, PICKS
from . import Brief, Events, Text, phrases
from .phrases.loading import Words

NAME = "librarian"
PROMPT_VERSION = "1"

# Characters of a reason and of a whole reply. English needs nearly twice as many for the same.
ROOM = {"ko": (140, 860), "ja": (140, 860), "en": (230, 1500)}
FACTS = {"status", "volumes", "year", "edition", "anime", "renown"}  # reasons told as facts
MAX_TITLE_LENGTH = 80  # characters of a title only the reader knows
RANK = {"tone": 0, "warnings": 1, "traits": 1, "bonds": 1, "hero": 1, "setting": 2, "genre": 3}
TWO_SENTENCES = re.compile(r"[.。].")
SUBTITLE = re.compile(r"\s*(?:[~〜～:：(（]|\s[-–—]\s?).*$", re.DOTALL)
# Marks that would be read as a pick, the end of a title, or Markdown, as harmless look-alikes. Folding a title drops
# them anyway, so it still resolves.
HARMLESS = str.maketrans("『』[]*_`<>#|\\", "「」〖〗＊＿＇＜＞＃｜＼")
# A synopsis names nothing by its quotes; an apostrophe has letters on both sides.
QUOTES = re.compile(r"[“”‘\"「」『』《》〈〉«»‹›【】〔〕〖〗＜＞＇]|(?<![A-Za-z])['’]|['’](?![A-Za-z])")


Slots = dict[str, Any]  # what a sentence says, by the names in its braces


def model_name() -> str:
    return ""


def write(brief: Brief) -> Events:
    """The reply, a paragraph at a time."""
    for number, paragraph in enumerate(Reply(brief).paragraphs()):
        yield Text(f"\n\n{paragraph}" if number else paragraph)


class Reply:
    """One reply being composed. Remembers what was said, so as not to say it twice."""

    def __init__(self, brief: Brief) -> None:
        self.brief, self.wish, self.catalogue = brief, brief.wish, brief.catalogue
        self.say = phrases.of(brief.language)
        self.language = self.say.language
        self.used: set[str] = set()  # frames
        self.last = ""  # the frame used last
        self.told: Counter[str] = Counter()  # tags by how often this reply has spoken of them

    def paragraphs(self) -> list[str]:
        return [paragraph for paragraph in self._shape() if paragraph]

    def _shape(self) -> list[str]:
        ask, wish = self.brief.ask, self.wish
        if focus.is_distress(ask):
            return [self.one_of("distress")]
        if focus.is_thanks(ask):
            return [self.one_of("thanks")]
        if focus.is_greeting(ask):
            return [self.two(self._greeting(), "ask_back")]
        if fact := self._fact():
            return fact
        if focus.is_about_her(ask):
            return [self.one_of("about"), self.one_of("ask_back")]
        if wish.is_vague:
            return self._ask_back()
        if not self.brief.candidates:
            return [self._unknown(), self._nothing()]
        return self._offer()

    # --- Picks -------------------------------------------------------------------------------

    def _offer(self) -> list[str]:
        wanted = self.wish.count or PICKS
        chosen = self._chosen(min(wanted, MAX_PICKS))
        opening = self._opening(chosen, wanted)
        single = len(chosen) == 1
        closing = self.one_of("closings_one" if single else "closings")
        most, whole = ROOM[self.language]
        room = min(most, (whole - len(opening) - len(closing)) // len(chosen))
        return [opening, *(f"[[{one.work.slug}]] {Explanation(self, one, room).text()}" for one in chosen), closing]

    def _chosen(self, wanted: int) -> list[Candidate]:
        """The first candidates, and last the one that steps aside: among so many when a number was asked for, else one
        more."""
        straight = [one for one in self.brief.candidates if not one.serendipity]
        serendipity = [one for one in self.brief.candidates if one.serendipity][:1]
        if self.wish.count:
            serendipity = serendipity if wanted > PICKS else []
            wanted -= len(serendipity)
        return [*straight[:wanted], *serendipity]

    def _opening(self, chosen: Sequence[Candidate], wanted: int) -> str:
        slots = self._asked_slots(len(chosen))
        sentences = [self._refused_for_good()] if self.wish.taste.get("refused") else []
        if self.wish.unknown_titles:
            sentences.append(self._unknown())
        if self.brief.relaxed:
            sentences.append(self._relaxed(slots))
        elif self.wish.unknown_titles:
            sentences.append(self.one_of("unknown_go_on", **slots))
        else:
            sentences.append(self.one_of(f"openings.{self._kind_of_opening(slots)}", **slots))
        if wanted > MAX_PICKS:
            sentences.append(self.one_of("too_many", most=self.say.part(f"counts.{MAX_PICKS}")))
        elif len(chosen) < wanted and not self.brief.relaxed:
            sentences.append(self.one_of("fewer"))
        return self.say.between.join(sentences)

    def _refused_for_good(self) -> str:
        """What was asked for now, though the reader had asked never to be offered it."""
        things = []
        for topic in map(Topic.parse, self.wish.taste["refused"][:2]):
            is_work = topic.kind == TopicKind.WORK and self.work(topic.value)
            things.append(self.title_of(topic.value) if is_work else self.words(topic.value).thing)
        return self.one_of("refused_for_good", things=self.say.listing(things))

    def _kind_of_opening(self, slots: Slots) -> str:
        if slots["liked"] and (not self.brief.history or self._names_liked()):
            return "liked"
        if self.brief.history and not self.wish.anything:
            return "again"
        return "anything" if slots["bare"] else "asked"

    def _names_liked(self) -> bool:
        work = focus.work_in(self.brief.ask, self.catalogue, set(self.wish.liked))
        return work is not None and work.slug in self.wish.liked

    def _asked_slots(self, count: int) -> Slots:
        """What was understood, as parts of a sentence. `bare`: nothing was said that limits the choice."""
        tags, any_of = self._kind_of_book_asked()
        limits = self.say.limits(self.wish.firm())
        words = [self.words(slug) for slug in tags]
        excluded = self._excluded()
        kind = self.say.kind_of_book(words, limits, any_of=any_of)
        if not (tags or limits) and (self.brief.history or (excluded and not self.wish.liked)):
            kind = self.say.part("others")
        return {
            "liked": self.say.listing([self.title_of(slug) for slug in self.wish.liked[:2] if self.work(slug)]),
            "np": kind,
            "without": self.say.without(excluded),
            "n": self.say.part(f"counts.{count}"),
            "bare": not (tags or limits or excluded),
            **self.say.agreement(count),
        }

    def _kind_of_book_asked(self) -> tuple[list[str], bool]:
        """The tags that name the kind of book asked for, in speaking order, and whether any one of them will do."""
        wish = self.wish
        named = wish.named_tags
        choices = [[slug for slug in group if slug in named] for group in wish.any_of]
        choices = [group for group in choices if len(group) > 1]
        moods = [slug for group in choices for slug in group if self.group(slug) == "tone"]
        # "Dark or serious" is said of moods as "dark and serious": nobody minds both.
        choices = [group for group in choices if not set(group) <= set(moods)]
        if len(choices) == 1 and not wish.required:
            return choices[0][:2], True
        open_choice = {slug for group in choices for slug in group}
        tags = list(dict.fromkeys([*wish.required, *(slug for slug in named if slug not in open_choice)]))
        tags = essential(tags)[:3]
        mood = TONE_OF.get(wish.brightness)
        if mood and len(tags) < 3 and not any(self.group(slug) == "tone" for slug in tags):
            tags.append(mood)
        return sorted(tags, key=lambda slug: (RANK.get(self.group(slug), 1), slug in NAMED_LAST)), False

    def _excluded(self) -> list[str]:
        refused = self.wish.unwanted
        implied = set(narrower(refused))
        things = [self.words(slug).thing for slug in refused if slug not in implied][:3]
        return things + [self.title_of(slug) for slug in self.wish.refused[:1] if self.work(slug)]

    def _relaxed(self, slots: Slots) -> str:
        things = [self._condition(reason) for reason in self.brief.blocked_by]
        things = list(dict.fromkeys(thing for thing in things if thing))[:2]
        if not things:
            return self.one_of("relaxed_blind", **slots)
        return self.one_of("relaxed", blocked=self.say.listing(things), **slots)

    def _condition(self, reason: Reason) -> str:
        return self.say.condition(reason.kind, self.wish, self.thing_asked(reason))

    def _nothing(self) -> str:
        blocked = next(iter(self.brief.blocked_by), None)
        kind = blocked.kind if blocked and self.say.has(f"loosen.{blocked.kind}") else "any"
        loosen = self.say.finish(self.say.part(f"loosen.{kind}", thing=self.thing_asked(blocked)))
        return self.one_of("nothing", loosen=loosen, **self._asked_slots(PICKS))

    # --- No picks ----------------------------------------------------------------------------

    def _greeting(self) -> str:
        return self.one_of("greetings_again" if self.brief.history else "greetings")

    def _ask_back(self) -> list[str]:
        if self.wish.unknown_titles:
            return [self.two(self._unknown(), "unknown_alone")]
        if focus.is_for_another_trade(self.brief.ask):
            return [self.two(self.one_of("elsewhere"), "ask_back")]
        if focus.fact_of(self.brief.ask):
            return [self.one_of("unsure")]
        return [self.two(self.one_of("leads"), "ask_back")]

    def _unknown(self) -> str:
        titles = [quoted(title[:MAX_TITLE_LENGTH]) for title in self.wish.unknown_titles if title.strip()][:2]
        if not titles:
            return ""
        return self.one_of("unknown", titles=self.say.listing(titles), **self.say.agreement(len(titles)))

    def _fact(self) -> list[str] | None:
        """The answer where the ask is about one work's facts, else None."""
        if self.wish.unknown_titles or not (kind := focus.fact_of(self.brief.ask)):
            return None
        subjects = self.brief.subjects
        work = (
            subjects[0] if len(subjects) == 1 else focus.work_in(self.brief.ask, self.catalogue, self.wish.names_works)
        )
        if work is None:
            return [self.one_of("unsure")] if subjects else None
        slots: Slots = {
            "title": self.title_of(work.slug),
            "volumes": work.volumes,
            "year": work.year,
            "authors": self.say.listing([harmless(name) for name in authors_of(work, self.language)]),
        }
        plot = in_language(work.synopses, self.language)
        if kind == "plot" and plot:
            plot = QUOTES.sub("′", harmless(plot))
            return [self.one_of("facts.plot", **slots), plot, self.one_of("facts.more")]
        frame = {
            "volumes": f"volumes-{work.status}",
            "anime": "anime" if work.anime else "no-anime",
            "plot": "author",
        }.get(kind, kind)
        if kind == "edition":
            language = focus.edition_of(self.brief.ask, self.language)
            known = (work.editions.get(language) or {}).get("known")
            frame = "edition" if known is True else "no-edition" if known is False else "edition-unsure"
            slots["edition"] = self.say.edition(language)
        return [self.two(self.one_of(f"facts.{frame}", **slots), "facts.more")]

    # --- Words -------------------------------------------------------------------------------

    def one_of(self, name: str, seed: str = "", **slots: Any) -> str:
        """A phrasing of `name`, not used before in this reply where there is another."""
        frames = self.say.variants[name]
        group, _, kind = name.partition(".")
        frame = self.pick(f"{group.upper()}{kind}", frames, seed) or frames[0]
        return self.utter(frame, slots)

    def two(self, sentence: str, name: str) -> str:
        """`sentence` and a phrasing of `name` after it."""
        return f"{sentence}{self.say.between}{self.one_of(name)}"

    def pick(self, name: str, frames: Sequence[str], seed: str = "") -> str | None:
        """An unused frame that sounds as little as can be like the sentence before it, or None."""
        start = zlib.crc32(f"{self.brief.turn}:{name}:{seed}".encode()) % len(frames)
        unused = [frame for frame in [*frames[start:], *frames[:start]] if frame not in self.used]
        return min(unused, key=self._likeness, default=None)

    def _likeness(self, frame: str) -> tuple[bool, bool]:
        """How much `frame` sounds like the one used last: by its rhythm first, then by a word in both."""
        rhythm, echoes = self.say.rhythm, self.say.variants["echoes"]
        return rhythm(frame) == rhythm(self.last), any(word in frame and word in self.last for word in echoes)

    def utter(self, frame: str, slots: Slots) -> str:
        self.used.add(frame)
        self.last = frame
        return self.say.finish(frame.format(**slots))

    def words(self, slug: str) -> Words:
        """How this language speaks of a tag; from its label where the phrases do not know it."""
        if known := self.say.tags.get(slug):
            return known
        label = self.catalogue.labels.get(slug)
        return self.say.unknown_tag(harmless(in_language(label.labels, self.language) if label else str(slug)))

    def thing_asked(self, constraint: Reason | None) -> str:
        """What a constraint asks to be there: one tag, or any of several, of which only the named ones are told."""
        if not constraint or constraint.kind != "tag":
            return ""
        tags = [slug for slug in constraint.tags if slug in self.wish.named_tags] or [constraint.value]
        return self.say.either([self.words(slug).thing for slug in tags[:2]])

    def group(self, slug: str) -> str:
        label = self.catalogue.labels.get(slug)
        return label.group if label else ""

    def work(self, slug: str) -> Work | None:
        return self.catalogue.by_slug.get(slug)

    def title_of(self, slug: str) -> str:
        return quoted(short_title(self.catalogue.by_slug[slug], self.catalogue, self.language))

    @cached_property
    def out_of_tune(self) -> frozenset[str]:
        """Tags not to speak for a book by, because the reader asked for the opposite mood."""
        if self.wish.brightness < 0:
            return LIGHT_READS
        named = set(self.wish.named_tags)
        return HEAVY_READS if self.wish.brightness > 0 or named & WARM_READS else frozenset()

    @cached_property
    def _carried(self) -> Counter[str]:
        index = features_of(self.catalogue)
        return Counter({slug: int(index.carried[row]) for slug, row in index.tag.items()})

    def rarity(self, slug: str) -> float:
        """How much a tag says of a work: the fewer others carry it, the more. Never zero."""
        return math.log(1 + len(self.catalogue.works) / (self._carried[slug] or 1))

    def is_common(self, slug: str) -> bool:
        return self._carried[slug] * 3 > len(self.catalogue.works)


class Sentence(NamedTuple):
    """A sentence that may be said: of what kind, in which frame, and the tags it would speak of."""

    kind: str
    text: str
    frame: str
    tags: tuple[str, ...]


class Explanation:
    """Why one candidate fits this reader, in at most `room` characters."""

    def __init__(self, reply: Reply, candidate: Candidate, room: int) -> None:
        self.reply, self.say, self.wish = reply, reply.say, reply.wish
        self.work, self.room = candidate.work, room
        self.reasons, self.breaches = candidate.reasons, candidate.breaches
        self.tags = [one.value for one in candidate.reasons if one.kind == "tag"]
        # Whether a second sentence is sure to come, so that the first should be one only.
        self.has_more = bool(self.breaches or {one.kind for one in self.reasons} & FACTS)

    def text(self) -> str:
        """One or two sentences: what fits best, then a breach, a fact asked for, or what else the book is like."""
        first = self._first()
        text = self._tell(first) if first else self.reply.one_of("frames.renown", self.work.slug)
        for following in self._following(first):
            if len(text) + len(following.text) < self.room:
                return f"{text}{self.say.between}{self._tell(following)}"
        return text

    def _first(self) -> Sentence | None:
        return self._by(self.reasons) or self._coloured() or next(self._facts(), None)

    def _tie(self) -> Sentence | None:
        """What ties a pick that steps aside to the reader all the same."""
        return self._by([one for one in self.reasons if one.kind != "aside"])

    def _by(self, reasons: Iterable[Reason]) -> Sentence | None:
        ways = {
            "aside": self._aside,
            "kin": self._kin,
            "author": self._named,
            "series": self._named,
            "tag": self._asked,
            "tone": self._tone,
        }
        for reason in reasons:
            if (way := ways.get(reason.kind)) and (sentence := way(reason)):
                return sentence
        return None

    def _following(self, first: Sentence | None) -> Iterator[Sentence]:
        """What may come second, best first."""
        if self.breaches:
            yield self._breach()
            return
        if first and first.kind == "aside" and (tie := self._tie()):
            yield tie
        yield from (fact for fact in self._facts() if not first or fact.kind != first.kind)
        if warning := self._warning():
            yield warning
        # A frame of two sentences has said what the book is like already.
        if first and not TWO_SENTENCES.search(first.frame) and (coloured := self._with_colour("also", ())):
            yield coloured

    # --- Kinds of sentences ------------------------------------------------------------------

    def _aside(self, reason: Reason) -> Sentence | None:
        return self._sentence("aside", [reason.value], thing=self._things([reason.value]))

    def _kin(self, reason: Reason) -> Sentence | None:
        if not self.reply.work(reason.value):
            return None
        told = self.reply.told
        shared = [slug for slug in reason.tags if slug in self.work.tags and self.reply.group(slug) != "warnings"]
        shared = sorted(essential(shared), key=lambda slug: (told[slug] > 0, self.reply.is_common(slug)))[:2]
        kin = self.reply.title_of(reason.value)
        if shared and (sentence := self._sentence("kin+shared", shared, kin=kin, shared=self._things(shared))):
            return sentence
        return self._with_colour("kin+line", (), kin=kin) or self._sentence("kin", (), kin=kin)

    def _named(self, reason: Reason) -> Sentence | None:
        if not self.reply.work(reason.value):
            return None
        return self._sentence(reason.kind, (), kin=self.reply.title_of(reason.value))

    def _asked(self, reason: Reason) -> Sentence | None:
        """The tags asked for: named while the reply has not yet named them, later by what they mean for the reader."""
        told = self.reply.told
        untold = [slug for slug in essential(self.tags) if not told[slug]][:2]
        if untold:
            asked_for = self._things(untold)
            with_colour = self._with_colour("tag+line", untold, asked=asked_for)
            if sentence := with_colour or self._sentence("tag", untold, asked=asked_for):
                return sentence
        paraphrased = [slug for slug in self.tags if told[slug] < 2 and self._line(slug)][:1]
        if paraphrased:
            line = self._line(paraphrased[0])
            if sentence := self._sentence("asked-line", paraphrased * 2, line=line):
                return sentence
        return self._coloured()

    def _tone(self, reason: Reason) -> Sentence | None:
        return self._sentence("bright" if reason.value == "bright" else "dark", ())

    def _coloured(self) -> Sentence | None:
        """What the book is like, for its own sake. The first pick cannot be called another."""
        later = self._with_colour("another", ()) if self.reply.told else None
        return later or self._with_colour("line", ())

    def _facts(self) -> Iterator[Sentence]:
        """Sentences on what was asked besides the kind of book: status, length, year, edition, anime, renown."""
        kinds = {one.kind for one in self.reasons}
        for reason in self.reasons:
            if reason.kind == "volumes" and "status" in kinds:
                continue  # the status is told with its volumes
            name = self._name_of_fact(reason)
            if name and (sentence := self._sentence(name, (), volumes=self.work.volumes, year=self.work.year)):
                yield sentence

    def _name_of_fact(self, reason: Reason) -> str:
        if reason.kind in ("status", "volumes"):
            if self.work.status == "completed" and self.work.volumes == 1:
                return "completed-one"
            return self.work.status if reason.kind == "status" else "volumes"
        if reason.kind == "edition":
            name = f"edition-{self.wish.edition or self.reply.language}"
            return name if self.say.has(f"frames.{name}") else ""
        if reason.kind == "anime":
            return "anime" if self.work.anime else "no-anime"
        if reason.kind == "tone":
            return "bright" if reason.value == "bright" else "dark"
        return reason.kind if reason.kind in ("year", "renown") else ""

    def _warning(self) -> Sentence | None:
        for slug, strength in self.work.tags.items():
            if strength == 3 and self.reply.group(slug) == "warnings" and slug not in self.tags:
                return self._sentence("warning", [slug], thing=self.reply.words(slug).thing)
        return None

    def _breach(self) -> Sentence:
        *followed, last = self.breaches[:2]
        forms = [*((breach, "followed") for breach in followed), (last, "last")]
        what = self.say.between.join(self._breach_words(breach, form) for breach, form in forms)
        frames = self.say.variants["breaches"]
        frame = self.reply.pick("BREACHES", frames, self.work.slug) or frames[0]
        return Sentence("breach", self.say.finish(frame.format(what=what)), frame, ())

    def _breach_words(self, breach: Reason, form: str) -> str:
        """What a breach is called, to be "followed" by another or to come "last"."""
        slots = {
            "thing": self.reply.thing_asked(breach),
            "volumes": self.work.volumes,
            "year": self.work.year,
            "edition": self.say.edition(self.wish.edition or self.reply.language),
        }
        return self.say.part(f"breach.{self._name_of_breach(breach)}.{form}", **slots)

    def _name_of_breach(self, breach: Reason) -> str:
        work, wish = self.work, self.wish
        if breach.kind == "tag":
            return "carries" if breach.value in work.tags else "tag"
        if breach.kind == "status":
            return work.status
        if breach.kind == "volumes":
            return "long" if wish.max_volumes and work.volumes > wish.max_volumes else "short"
        if breach.kind == "edition":
            known = (work.editions.get(wish.edition) or {}).get("known")
            return "no-edition" if known is False else "edition"
        if breach.kind == "anime":
            return "anime" if work.anime else "no-anime"
        return breach.kind if breach.kind in ("year", "tone") else "other"

    # --- Parts -------------------------------------------------------------------------------

    def _sentence(self, kind: str, tags: Sequence[str], **slots: Any) -> Sentence | None:
        """A sentence in an unused frame of `kind`, or None where every one has been used."""
        frames = self.say.variants[f"frames.{kind}"]
        short = [frame for frame in frames if not TWO_SENTENCES.search(frame)] if self.has_more else []
        frame = (short and self.reply.pick(kind, short, self.work.slug)) or self.reply.pick(
            kind, frames, self.work.slug
        )
        return Sentence(kind, self.say.finish(frame.format(**slots)), frame, tuple(tags)) if frame else None

    def _with_colour(self, kind: str, tags: Sequence[str], **slots: Any) -> Sentence | None:
        colour = self._colour({*tags})
        return self._sentence(kind, [*tags, colour], line=self._line(colour), **slots) if colour else None

    def _tell(self, sentence: Sentence) -> str:
        self.reply.told.update(sentence.tags)
        self.reply.used.add(sentence.frame)
        self.reply.last = sentence.frame
        return sentence.text

    def _things(self, slugs: Sequence[str]) -> str:
        return self.say.listing([self.reply.words(slug).thing for slug in slugs])

    def _line(self, slug: str) -> str:
        return self.reply.words(slug).line

    def _colour(self, spoken: set[str]) -> str | None:
        """The tag that says most of this book and was neither asked for nor told: strong and rare."""
        passed_over = {*self.tags, *self.wish.required, *spoken, *self.reply.out_of_tune}
        lines = [
            (-strength * self.reply.rarity(slug), slug)
            for slug, strength in self.work.tags.items()
            if slug not in passed_over and not self.reply.told[slug] and strength > 1 and self._line(slug)
        ]
        return min(lines)[1] if lines else None


def essential(slugs: Sequence[str]) -> list[str]:
    """`slugs` without those another of them says already."""
    implied = {one for slug in slugs for one in IMPLIED.get(slug, ())}
    return [slug for slug in slugs if slug not in implied]


def short_title(work: Work, catalogue: CatalogueSnapshot, language: str) -> str:
    """The title a reader of `language` knows, without its subtitle where that still names this work and no other."""
    title = in_language(work.titles, language)
    short = SUBTITLE.sub("", title)
    return short if len(short) > 1 and catalogue.find(short) is work else title


def authors_of(work: Work, language: str) -> Sequence[str]:
    """The authors as the shelf has them: in the reader's language where it knows that, else in Japanese."""
    return work.author_names.get(language) or work.authors


def quoted(title: str) -> str:
    return f"『{harmless(title)}』"


def harmless(text: str) -> str:
    """`text` on one line, with nothing in it that the page would read as a mark."""
    return " ".join(text.split()).translate(HARMLESS)
