"""One reply being composed: what was said of it so far, and how this language speaks of works and tags."""

from __future__ import annotations

import math
import re
import zlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from ...catalogue.models import LANGUAGES, in_language
from ...catalogue.snapshot import CatalogueSnapshot, Work
from ...catalogue.snapshot_cache import cached_per_snapshot
from ...language.names.readings import read_as
from ...language.tag_relations import HEAVY_READS, IMPLIED, LIGHT_READS, WARM_READS
from ...language.topics import Confidence
from ...language.words import elsewhere, flavours, subjects
from ...recommender.candidates import Reason
from ...recommender.features import features_of
from ...recommender.flavours import flavours_of
from ...recommender.told import tellers_of
from ...text.folding import key
from .. import Brief, phrases
from ..phrases.loading import Words

MAX_TITLE_LENGTH = 80  # characters of a title only the reader knows
SUBTITLE = re.compile(r"\s*(?:[~〜～:：(（]|\s[-–—]\s?).*$", re.DOTALL)
# Marks that would be read as a pick, the end of a title, or Markdown, as harmless look-alikes. Folding a title drops
# them anyway, so it still resolves.
HARMLESS = str.maketrans("『』[]*_`<>#|\\", "「」〖〗＊＿＇＜＞＃｜＼")
# A synopsis names nothing by its quotes; an apostrophe has letters on both sides.
QUOTES = re.compile(r"[“”‘\"「」『』《》〈〉«»‹›【】〔〕〖〗＜＞＇]|(?<![A-Za-z])['’]|['’](?![A-Za-z])")

SLOT = re.compile(r"\{[^}]*\}|\[[^\]]*\]")  # what a frame leaves open, and particles that agree with it
MEASURABLE = ("genre", "bonds", "tone", "traits")  # groups of tags of which there can be a touch
MIN_SAID = 4  # letters by which a frame is known again

Slots = dict[str, Any]  # what a sentence says, by the names in its braces


class Reply:
    """Remembers what was said, so as not to say it twice."""

    def __init__(self, brief: Brief) -> None:
        self.brief, self.wish, self.catalogue = brief, brief.wish, brief.catalogue
        self.say = phrases.of(brief.language)
        self.language = self.say.language
        self.used: set[str] = set()  # frames
        self.last = ""  # the frame used last
        self.told: Counter[str] = Counter()  # tags by how often this reply has spoken of them
        self.speaks_of = ""  # slug of the one work that the part before was about: it needs no name again
        self.said_back: set[str] = set()  # questions of the reader that were not understood
        self.named: set[str] = set()  # tags that the opening names, each of which every pick has
        self.unmet: dict[str, list[str]] = {}  # slug of a pick to what was asked for and it has not
        self.breached_by_all: list[Reason] = []  # conditions that none of the picks keeps: the opening says so

    def unknown(self, known: Sequence[str] = ()) -> str:
        """That titles the reader named are not on the shelf; "" where there are none. `known`: of which she knows the
        like, so that she has more to say."""
        named = self.wish.unknown_titles
        strange = [title for title in named if title not in known]
        titles = [self.named_elsewhere(title) for title in strange or named if title.strip()][:2]
        if not titles or (known and not strange and not self.wish.liked):
            return ""
        are_known = all(map(elsewhere.medium_of, strange))
        return self.one_of(
            ("absent.named" if are_known else "unknown") if strange else "unknown_known",
            titles=self.say.listing(titles),
            **self.say.agreement(len(titles)),
        )

    def named_elsewhere(self, title: str) -> str:
        """A title that is not on the shelf, with what the work is before it where that is known: "the manga “Frieren”"."""
        named, medium = quoted(title[:MAX_TITLE_LENGTH]), elsewhere.medium_of(title)
        return self.say.part(f"media_named.{medium}", title=named) if medium else named

    # --- Words -------------------------------------------------------------------------------

    def one_of(self, name: str, seed: str = "", **slots: Any) -> str:
        """A phrasing of `name`, not used before in this reply where there is another."""
        frames = self.say.variants[name]
        group, _, kind = name.partition(".")
        frame = self.pick(f"{group.upper()}{kind}", frames, seed) or frames[0]
        return self.utter(frame, slots)

    def two(self, sentence: str, name: str, **slots: Any) -> str:
        """`sentence` and a phrasing of `name` after it."""
        return f"{sentence}{self.say.between}{self.one_of(name, **slots)}"

    def pick(self, name: str, frames: Sequence[str], seed: str = "") -> str | None:
        """An unused frame that sounds as little as can be like the sentence before it, or None."""
        start = zlib.crc32(f"{self.brief.turn}:{name}:{seed}".encode()) % max(len(frames), 1)
        unused = [frame for frame in [*frames[start:], *frames[:start]] if frame not in self.used]
        return min(unused, key=self._likeness, default=None)

    def _likeness(self, frame: str) -> tuple[bool, bool, bool]:
        """How much `frame` repeats what was said: in this conversation first, then the one used last, by its rhythm and
        by a word in both."""
        rhythm, echoes = self.say.rhythm, self.say.variants["echoes"]
        echoed = any(word in frame and word in self.last for word in echoes)
        return self.was_said(frame), rhythm(frame) == rhythm(self.last), echoed

    def was_said(self, frame: str) -> bool:
        """Whether an earlier reply has the longest words of `frame` between its slots."""
        return self.stands_in(frame, self._said)

    @staticmethod
    def stands_in(frame: str, said: str) -> bool:
        """Whether `said` has the longest words of `frame` between its slots."""
        words = max(SLOT.split(frame), key=len).strip(" .,:;。、")
        return len(words) >= MIN_SAID and words in said

    @cached_property
    def _said(self) -> str:
        return "\n".join(said for _ask, said in self.brief.history)

    def once(self, name: str) -> str:
        """A phrasing of what is said in the first reply of a conversation only; "" in later ones."""
        return "" if self.brief.history else self.one_of(name)

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

    def made_by(self, what: str, name: str) -> str:
        """A part `what`, of one who published or drew for a book, called as the reader can read them."""
        return self.say.part(what, maker=harmless(read_as(name, self.say.language)))

    def thing_asked(self, constraint: Reason | None, *, denied: bool = False) -> str:
        """What a constraint asks to be there: one tag, or any of several, of which only the named ones are told.
        `denied`: it is said that it is not."""
        if not constraint or constraint.kind != "tag":
            return ""
        tags = [slug for slug in constraint.tags if slug in self.wish.named_tags] or [constraint.value]
        things = [self.words(slug).thing for slug in tags[:2]]
        return self.say.neither(things) if denied else self.say.either(things)

    @property
    def unmet_by_all(self) -> list[str]:
        """What was asked for and none of the picks has."""
        first, *others = self.unmet.values() or [[]]
        return [thing for thing in first if all(thing in other for other in others)]

    def unmet_by(self, work: Work) -> list[str]:
        """What was asked for and the work has not, as things: moods, subjects, and what no tag says."""
        wish, features = self.wish, features_of(self.catalogue)
        groups = [set(tags) for tags in (*wish.any_of, *wish.leaning)]
        moods = [
            [tag for tag in tags if tag in wish.named_tags] or tags
            for tags in wish.leaning
            if not work.tags.keys() & set(tags) and not any(set(tags) < group for group in groups)
        ]
        things = [self.say.neither([self.words(tag).thing for tag in tags[:2]]) for tags in moods]
        about = [one for one in wish.about if work.slug not in tellers_of(one, self.catalogue)]
        things += [self.in_words(one) for one in about]
        has = flavours_of(wish, features).get(work.slug, ())
        lacked = [one for one in wish.flavours if one not in has and not flavours.only_leans(one)]
        things += [self.say.within(flavours.label(one, self.language)) for one in lacked]
        return list(dict.fromkeys(things))

    def in_words(self, subject: str) -> str:
        """A subject as this language calls it, or in the reader's own words where they are all there is."""
        if subjects.is_known(subject):
            return self.say.within(subjects.label(subject, self.language))
        return self.say.said_by_reader(plain(subject))

    def faint(self, work: Work) -> list[str]:
        """What was asked for by name and is no more than a trace in the work."""
        named = [tag for tag in self.wish.required if self.group(tag) in MEASURABLE]
        return [self.words(tag).thing for tag in named if work.tags.get(tag) == 1]

    def is_to_taste(self, slug: str) -> bool:
        """Whether a work may be called one of the reader's: not one that came from here and was only spoken of since, nor
        one they turned away from."""
        if slug in self.wish.refused:
            return False
        is_sure = slug in self.wish.liked and self.wish.sureness("liked", slug) >= Confidence.SAID
        return is_sure or not self._came_from_here(slug)

    def was_named(self, slug: str) -> bool:
        """Whether an earlier reply has named a work."""
        return self.title_of(slug).rstrip("』") in self._said

    def _came_from_here(self, slug: str) -> bool:
        """Whether the librarian named a work in this conversation before the reader did."""
        work, title = self.catalogue.by_slug[slug], self.title_of(slug).rstrip("』")
        names = {key(name) for name in (*work.titles.values(), *work.names)} - {""}
        for ask, said in self.brief.history:
            if any(name in key(ask) for name in names):
                return False
            if title in said:
                return True
        return False

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

    def is_named(self, slug: str) -> bool:
        """Whether the opening has said it of all picks, so that it tells nothing of one."""
        return slug in self.named

    def rarity(self, slug: str) -> float:
        """How much a tag says of a work: the fewer others carry it, the more. Never zero."""
        return math.log(1 + len(self.catalogue.works) / (self._carried[slug] or 1))

    def is_common(self, slug: str) -> bool:
        return self._carried[slug] * 3 > len(self.catalogue.works)


def essential(slugs: Sequence[str]) -> list[str]:
    """`slugs` without those another of them says already."""
    implied = {one for slug in slugs for one in IMPLIED.get(slug, ())}
    return [slug for slug in slugs if slug not in implied]


def short_title(work: Work, catalogue: CatalogueSnapshot, language: str) -> str:
    """The title a reader of `language` knows, without its subtitle where that still names this work and no other."""
    title = in_language(work.titles, language)
    short = SUBTITLE.sub("", title)
    if len(short) < 2 or catalogue.find(short) is not work or _begin_with(short, catalogue, language) > 1:
        return title
    return short


def _begin_with(short: str, catalogue: CatalogueSnapshot, language: str) -> int:
    """How many titles begin with `short`, counted to two: "Mobile Suit Gundam" alone would name none of them."""
    titles = _titles_in_order(catalogue)[language if language in LANGUAGES else "en"]
    place = bisect_left(titles, short)
    return sum(title.startswith(short) for title in titles[place : place + 2])


@cached_per_snapshot
def _titles_in_order(catalogue: CatalogueSnapshot) -> dict[str, list[str]]:
    return {code: sorted(in_language(work.titles, code) for work in catalogue.works) for code in LANGUAGES}


def authors_of(work: Work, language: str) -> Sequence[str]:
    """The authors as the shelf has them: in the reader's language where it knows that, else in Japanese."""
    return work.author_names.get(language) or work.authors


def quoted(title: str) -> str:
    return f"『{harmless(title)}』"


def harmless(text: str) -> str:
    """`text` on one line, with nothing in it that the page would read as a mark."""
    return " ".join(text.split()).translate(HARMLESS)


def plain(title: str) -> str:
    """A title that is not to be read as one on the shelf."""
    return QUOTES.sub("", harmless(title)).strip()
