"""The built-in librarian: replies composed from the catalogue, with no model behind them.

Her words are in `phrases`. What is said and in which order is decided here; which of several phrasings is used follows
from the turn and the work, so that the same turn always reads the same and two turns seldom do.
"""

import re
import zlib
from collections import Counter
from functools import cached_property

from ..catalogue.models import in_language
from ..catalogue.wish import NARROWER
from . import Text, phrases
from .phrases import asked
from .phrases.words import Words

NAME = "librarian"
PROMPT_VERSION = "1"

PICKS, MOST_PICKS = 3, 5
# Characters of a reason and of a whole reply. English needs nearly twice as many for the same.
ROOM = {"ko": (140, 860), "ja": (140, 860), "en": (230, 1500)}
SAID = 0.7  # weight from which a wanted tag was named by the reader, not inferred
# Genres that end the name of a kind of book: "school romantic comedy", not "romantic comedy school".
LAST = ("fantasy", "romance", "drama", "comedy", "romcom", "mystery", "sf", "horror", "suspense")
RANK = {"tone": 0, "warnings": 1, "traits": 1, "bonds": 1, "hero": 1, "setting": 2, "genre": 3}
# Said in one word by the other, when both were asked for.
IMPLIED = {
    "romcom": ("romance", "comedy"),
    "high-fantasy": ("fantasy",),
    "urban-fantasy": ("fantasy",),
    "summoned": ("isekai",),
    "otome-game-world": ("isekai",),
    "suicide": (),
}
SUBTITLE = re.compile(r"\s*(?:[~〜～:：(（]|\s[-–—]\s?).*$", re.DOTALL)
# Marks that would be read as a pick, the end of a title, or Markdown, as harmless look-alikes. Folding a title drops
# them anyway, so it still resolves.
HARMLESS = str.maketrans("『』[]*_`<>#|\\", "「」［］＊＿＇＜＞＃｜＼")
QUOTES = str.maketrans(dict.fromkeys("“”‘’\"「」『』《》〈〉", "'"))


def model_name():
    return ""


def write(brief):
    """The reply, a paragraph at a time."""
    for number, paragraph in enumerate(Reply(brief).paragraphs()):
        yield Text(f"\n\n{paragraph}" if number else paragraph)


class Reply:
    """One reply being composed. Remembers what was said, so as not to say it twice."""

    def __init__(self, brief):
        self.brief, self.wish, self.shelf = brief, brief.wish, brief.shelf
        self.say = phrases.of(brief.language)
        self.language = brief.language if brief.language in phrases.LANGUAGES else "en"
        self.used = set()
        self.rhythm = ""
        self.told = Counter()  # tags by how often this reply has spoken of them
        self.written = 0

    def paragraphs(self):
        return [paragraph for paragraph in self._shape() if paragraph]

    def _shape(self):
        ask, wish = self.brief.ask, self.wish
        if asked.is_thanks(ask):
            return [self.one_of("THANKS")]
        if asked.is_about_her(ask):
            return [self.one_of("ABOUT"), self.one_of("ASK_BACK")]
        if asked.is_greeting(ask):
            return [f"{self._greeting()} {self.one_of('ASK_BACK')}"]
        if fact := self._fact():
            return fact
        if wish.is_vague:
            return self._ask_back()
        if not self.brief.candidates:
            return [self._unknown(), self._nothing()]
        return self._offer()

    # --- Picks -------------------------------------------------------------------------------

    def _offer(self):
        wanted = self.wish.count or PICKS
        chosen = self.brief.candidates[: min(wanted, MOST_PICKS)]
        opening = self._opening(chosen, wanted)
        self.written = len(opening)
        single = len(chosen) == 1
        closing = self.one_of("CLOSINGS_ONE" if single else "CLOSINGS")
        most, whole = ROOM[self.language]
        room = min(most, (whole - len(opening) - len(closing)) // len(chosen))
        return [opening, *(f"[[{one.work.slug}]] {Reason(self, one, room).text()}" for one in chosen), closing]

    def _opening(self, chosen, wanted):
        slots = self._asked_slots(len(chosen))
        sentences = []
        if self.wish.unknown_titles:
            sentences.append(self._unknown())
        if self.brief.relaxed:
            sentences.append(self._relaxed(slots))
        elif self.wish.unknown_titles:
            sentences.append(self.one_of("UNKNOWN_GO_ON", **slots))
        else:
            sentences.append(self.one_of("OPENINGS", self._kind_of_opening(slots), **slots))
        if wanted > MOST_PICKS:
            sentences.append(self.one_of("TOO_MANY"))
        elif len(chosen) < wanted and not self.brief.relaxed:
            sentences.append(self.one_of("FEWER"))
        return " ".join(sentences) if self.language != "ja" else "".join(sentences)

    def _kind_of_opening(self, slots):
        if slots["liked"] and (not self.brief.history or self._names_liked()):
            return "liked"
        if slots["bare"]:
            return "anything"
        return "again" if self.brief.history else "asked"

    def _names_liked(self):
        work = asked.work_in(self.brief.ask, self.shelf, set(self.wish.liked))
        return work is not None and work.slug in self.wish.liked

    def _asked_slots(self, count):
        """What was understood, as parts of a sentence. `bare`: nothing was said that limits the choice."""
        tags, any_of = self._kind_of_book_asked()
        limits = self.say.limits(self.wish)
        words = [self.words(slug) for slug in tags]
        excluded = self._excluded()
        kind = self.say.kind_of_book(words, tags, count, limits, any_of)
        return {
            "liked": self.say.listing([self.title_of(slug) for slug in self.wish.liked[:2] if self.work(slug)]),
            "np": kind,
            "np_capital": kind[:1].upper() + kind[1:],
            "without": self.say.without(excluded),
            "n": self.say.COUNTS[count],
            "bare": not (tags or limits or excluded),
            **(getattr(self.say, "SINGULAR" if count == 1 else "PLURAL", {})),
        }

    def _kind_of_book_asked(self):
        """The tags that name the kind of book asked for, in speaking order, and whether any one of them will do."""
        wish = self.wish
        named = [slug for slug, weight in wish.wanted.items() if weight >= SAID]
        choices = [[slug for slug in group if slug in named] for group in wish.any_of]
        choices = [group for group in choices if len(group) > 1]
        if len(choices) == 1 and not wish.required:
            return choices[0][:3], True
        open_choice = {slug for group in choices for slug in group}
        tags = list(dict.fromkeys([*wish.required, *(slug for slug in named if slug not in open_choice)]))
        said_by_others = {implied for slug in tags for implied in IMPLIED.get(slug, ())}
        tags = [slug for slug in tags if slug not in said_by_others][:3]
        mood = {1: "bright", -1: "dark"}.get(wish.brightness)
        if mood and len(tags) < 3 and not any(self.group(slug) == "tone" for slug in tags):
            tags.append(mood)
        return sorted(tags, key=lambda slug: (RANK.get(self.group(slug), 1), slug in LAST)), False

    def _excluded(self):
        refused = self.wish.unwanted
        narrower = {narrow for slug in refused for narrow in NARROWER.get(slug, ())}
        things = [self.words(slug).thing for slug in refused if slug not in narrower][:3]
        return things + [self.title_of(slug) for slug in self.wish.refused[:1] if self.work(slug)]

    def _relaxed(self, slots):
        things = [self._condition(reason) for reason in self.brief.blocked_by]
        things = list(dict.fromkeys(thing for thing in things if thing))[:2]
        if not things:
            return self.one_of("RELAXED_BLIND", **slots)
        return self.one_of("RELAXED", blocked=self.say.listing(things), **slots)

    def _condition(self, reason):
        thing = self.words(reason.value).thing if reason.kind == "tag" else ""
        return self.say.condition(reason.kind, self.wish, thing)

    def _nothing(self):
        blocked = next(iter(self.brief.blocked_by), None)
        kind = blocked.kind if blocked and blocked.kind in self.say.LOOSEN else "any"
        thing = self.words(blocked.value).thing if kind == "tag" else ""
        loosen = self.say.finish(self.say.LOOSEN[kind].format(thing=thing))
        return self.one_of("NOTHING", loosen=loosen, **self._asked_slots(PICKS))

    # --- No picks ----------------------------------------------------------------------------

    def _greeting(self):
        return self.one_of("GREETINGS_AGAIN" if self.brief.history else "GREETINGS")

    def _ask_back(self):
        if self.wish.unknown_titles:
            return [f"{self._unknown()} {self.one_of('UNKNOWN_ALONE')}"]
        if asked.is_for_another_trade(self.brief.ask):
            return [f"{self.one_of('ELSEWHERE')} {self.one_of('ASK_BACK')}"]
        return [f"{self.one_of('LEADS')} {self.one_of('ASK_BACK')}"]

    def _unknown(self):
        titles = [quoted(title) for title in self.wish.unknown_titles if title.strip()][:2]
        if not titles:
            return ""
        several = len(titles) > 1
        number = {"is": "are" if several else "is", "it": "them" if several else "it"}
        return self.one_of("UNKNOWN", titles=self.say.listing(titles), **number)

    def _fact(self):
        """The answer where the ask is about one work's facts, else None."""
        if self.wish.unknown_titles or not (kind := asked.fact_of(self.brief.ask)):
            return None
        work = asked.work_in(self.brief.ask, self.shelf, self.wish.names_works)
        if work is None:
            return None
        slots = {
            "title": self.title_of(work.slug),
            "volumes": work.volumes,
            "year": work.year,
            "authors": self.say.listing([harmless(name) for name in authors_of(work, self.language)]),
        }
        if kind == "plot":
            plot = harmless(in_language(work.synopses, self.language)).translate(QUOTES)
            return [self.one_of("FACTS", "plot", **slots), plot, self.one_of("FACTS", "more")]
        frame = {
            "volumes": f"volumes-{work.status}",
            "anime": "anime" if work.anime else "no-anime",
        }.get(kind, kind)
        if kind == "edition":
            language = asked.edition_of(self.brief.ask, self.language)
            known = (work.editions.get(language) or {}).get("known")
            frame = {True: "edition", False: "no-edition"}.get(known, "edition-unsure")
            slots["edition"] = self.say.EDITIONS[language]
        return [f"{self.one_of('FACTS', frame, **slots)} {self.one_of('FACTS', 'more')}"]

    # --- Words -------------------------------------------------------------------------------

    def one_of(self, name, kind="", seed="", **slots):
        """A phrasing of `name` (or of one kind of it), not used before in this reply where there is another."""
        frames = getattr(self.say, name)
        frames = frames[kind] if kind else frames
        frame = self.pick(f"{name}{kind}", frames, seed) or frames[0]
        return self.utter(frame, slots)

    def pick(self, name, frames, seed=""):
        """An unused frame that does not sound like the sentence before it, or None."""
        start = zlib.crc32(f"{self.brief.turn}:{name}:{seed}".encode()) % len(frames)
        unused = [frame for frame in [*frames[start:], *frames[:start]] if frame not in self.used]
        fresh = [frame for frame in unused if self.say.rhythm(frame) != self.rhythm]
        return next(iter(fresh or unused), None)

    def utter(self, frame, slots):
        self.used.add(frame)
        self.rhythm = self.say.rhythm(frame)
        return self.say.finish(frame.format(**slots))

    def words(self, slug):
        """How this language speaks of a tag; from its label where the phrases do not know it."""
        if known := self.say.TAGS.get(slug):
            return known
        label = self.shelf.labels.get(slug)
        return self.say.unknown_tag(harmless(in_language(label.labels, self.language) if label else str(slug)))

    def group(self, slug):
        label = self.shelf.labels.get(slug)
        return label.group if label else ""

    def work(self, slug):
        return self.shelf.by_slug.get(slug)

    def title_of(self, slug):
        return quoted(short_title(self.work(slug), self.shelf, self.language))

    @cached_property
    def frequency(self):
        """How many works on the shelf carry each tag: the rarer, the more it says."""
        return Counter(slug for work in self.shelf.works for slug in work.tags)


class Reason:
    """Why one candidate fits this reader, in at most `room` characters."""

    FIRST = ("kin", "author", "series", "tag", "tone")

    def __init__(self, reply, candidate, room):
        self.reply, self.say, self.wish = reply, reply.say, reply.wish
        self.work, self.room = candidate.work, room
        self.reasons, self.breaches = candidate.reasons, candidate.breaches
        self.tags = [one.value for one in candidate.reasons if one.kind == "tag"]
        self.spoken = set()  # tags this reason has already put into words

    def text(self):
        """One or two sentences: what fits best, then a breach, a fact asked for, or what else the book is like."""
        first = self._first()
        sentences = [first]
        for following in self._following():
            if len(" ".join([*sentences, following])) <= self.room:
                sentences.append(following)
                break
        return ("" if self.reply.language == "ja" else " ").join(sentences)

    def _first(self):
        ways = {"kin": self._kin, "author": self._named, "series": self._named, "tag": self._asked, "tone": self._tone}
        for reason in self.reasons:
            if (way := ways.get(reason.kind)) and (sentence := way(reason)):
                return sentence
        return self._coloured() or next(self._facts(), "") or self.reply.one_of("FRAMES", "renown", self.work.slug)

    def _following(self):
        """What may come second, best first. Made one by one: what is made counts as said."""
        if self.breaches:
            yield self._breach()
            return
        yield from self._facts()
        if sentence := self._coloured():
            yield sentence
        if sentence := self._warning():
            yield sentence

    # --- Kinds of sentences ------------------------------------------------------------------

    def _kin(self, reason):
        if not self.reply.work(reason.value):
            return ""
        shared = [slug for slug in reason.tags if slug in self.work.tags]
        shared = sorted(shared, key=lambda slug: self.reply.told[slug])[:2]
        slots = {"kin": self.reply.title_of(reason.value)}
        if shared and (frame := self._frame("kin+shared")):
            return self._say(frame, shared, shared=self._things(shared), **slots)
        if (colour := self._colour()) and (frame := self._frame("kin+line")):
            return self._say(frame, [colour], line=self._line(colour), **slots)
        frame = self._frame("kin")
        return self._say(frame, (), **slots) if frame else ""

    def _named(self, reason):
        if not self.reply.work(reason.value) or not (frame := self._frame(reason.kind)):
            return ""
        return self._say(frame, (), kin=self.reply.title_of(reason.value))

    def _asked(self, reason):
        """The tags asked for: named while the reply has not yet named them, later by what they mean for the reader."""
        told = self.reply.told
        untold = [slug for slug in self.tags if not told[slug]][:2]
        colour = self._colour()
        if untold:
            if colour and (frame := self._frame("tag+line")):
                return self._say(frame, [*untold, colour], asked=self._things(untold), line=self._line(colour))
            if frame := self._frame("tag"):
                return self._say(frame, untold, asked=self._things(untold))
        paraphrased = [slug for slug in self.tags if told[slug] < 2 and self.reply.words(slug).line]
        if paraphrased and (frame := self._frame("asked-line")):
            return self._say(frame, paraphrased[:1] * 2, line=self._line(paraphrased[0]))
        return self._coloured()

    def _tone(self, reason):
        frame = self._frame("bright" if reason.value == "bright" else "dark")
        return self._say(frame, ()) if frame else ""

    def _coloured(self):
        colour = self._colour()
        frame = colour and self._frame("line")
        return self._say(frame, [colour], line=self._line(colour)) if frame else ""

    def _facts(self):
        """Sentences on what was asked besides the kind of book: status, length, year, edition, anime, renown."""
        kinds = list(dict.fromkeys(one.kind for one in self.reasons))
        if "status" in kinds and "volumes" in kinds:
            kinds.remove("volumes")  # the status is told with its volumes
        for reason in self.reasons:
            if reason.kind in kinds and (name := self._name_of_fact(reason)) and (frame := self._frame(name)):
                yield self._say(frame, (), volumes=self.work.volumes, year=self.work.year)

    def _name_of_fact(self, reason):
        if reason.kind == "status":
            single = self.work.status == "completed" and self.work.volumes == 1
            return "completed-one" if single else self.work.status
        if reason.kind == "volumes":
            return "completed-one" if self.work.status == "completed" and self.work.volumes == 1 else "volumes"
        if reason.kind == "edition":
            name = f"edition-{self.wish.edition or self.reply.language}"
            return name if name in self.say.FRAMES else ""
        if reason.kind == "anime":
            return "anime" if self.work.anime else "no-anime"
        if reason.kind == "tone":
            return "bright" if reason.value == "bright" else "dark"
        return reason.kind if reason.kind in ("year", "renown") else ""

    def _warning(self):
        heavy = [s for s, strength in self.work.tags.items() if strength == 3 and self.reply.group(s) == "warnings"]
        heavy = [slug for slug in heavy if slug not in self.tags]
        frame = heavy and self._frame("warning")
        return self._say(frame, heavy[:1], thing=self.reply.words(heavy[0]).thing) if frame else ""

    def _breach(self):
        breaches = [self._breach_words(breach) for breach in self.breaches[:2]]
        what = breaches[0][1] if len(breaches) == 1 else f"{breaches[0][0]} {breaches[1][1]}"
        if self.reply.language == "ja":
            what = what.replace("、 ", "、")
        frame = self.reply.pick("BREACHES", self.say.BREACHES, self.work.slug) or self.say.BREACHES[0]
        return self.reply.utter(frame, {"what": what})

    def _breach_words(self, breach):
        words = self.say.BREACH[self._name_of_breach(breach)]
        slots = {
            "thing": self.reply.words(breach.value).thing if breach.kind == "tag" else "",
            "volumes": self.work.volumes,
            "year": self.work.year,
            "edition": self.say.EDITIONS.get(self.wish.edition or self.reply.language, ""),
        }
        return [self.say.finish(one.format(**slots)) for one in words]

    def _name_of_breach(self, breach):
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

    def _frame(self, kind):
        return self.reply.pick(kind, self.say.FRAMES[kind], self.work.slug)

    def _say(self, frame, tags, **slots):
        self.reply.told.update(tags)
        self.spoken.update(tags)
        return self.reply.utter(frame, slots)

    def _things(self, slugs):
        return self.say.listing([self.reply.words(slug).thing for slug in slugs])

    def _line(self, slug):
        return self.reply.words(slug).line

    def _colour(self):
        """The tag that says most of this book and was neither asked for nor told: strong, then rare."""
        asked_for = {*self.tags, *self.spoken, *self.wish.required}
        lines = [
            (-strength, self.reply.frequency[slug], slug)
            for slug, strength in self.work.tags.items()
            if slug not in asked_for and not self.reply.told[slug] and strength > 1 and self._line(slug)
        ]
        return min(lines)[2] if lines else None


def short_title(work, shelf, language):
    """The title a reader of `language` knows, without its subtitle where that still names this work and no other."""
    title = in_language(work.titles, language)
    short = SUBTITLE.sub("", title)
    return short if len(short) > 1 and shelf.find(short) is work else title


def authors_of(work, language):
    """The authors as the shelf has them: in the reader's language where it knows that, else in Japanese."""
    return getattr(work, "author_names", {}).get(language) or work.authors


def quoted(title):
    return f"『{harmless(title)}』"


def harmless(text):
    """`text` on one line, with nothing in it that the page would read as a mark. A very long one is cut."""
    text = " ".join(text.split()).translate(HARMLESS)
    return text


