"""Why one pick fits its reader, in a sentence or two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from ...catalogue.facts import facts_of
from ...language.names.makers import KINDS
from ...language.words import elsewhere
from ...recommender.candidates import Candidate, Reason
from ...recommender.features import features_of
from .kinds import kind_of
from .notes import BY_GROUP
from .reply import Reply, essential, quoted

FACTS = {"status", "volumes", "year"}  # reasons told as facts; the rest of what limits a choice stands in the opening
NAMED_BY_OPENING = {"genre", "setting"}  # groups of tags
NOTE_OF = {"sweet": "love", "tender": "love", "fulfilled": "love", "together": "love", "human": "people"}  # of flavours
FEEL = "feel"  # the kind of note that tells how any book reads
MIN_NOTE = {"ko": 14, "ja": 14, "en": 32}  # characters below which a sentence of a note says too little by itself
MAX_TOLD = 2  # times that a reply speaks of one tag or work
LONG_TITLE = 20  # characters from which a title is named once
FIRST_SENTENCE = re.compile(r".+?(?:[.!?](?=\s|$)|[。！？])")
TWO_SENTENCES = re.compile(r"[.。].")
LATIN_WORD = re.compile(r"[a-z]{5,}")  # a word by which two phrases sound alike
RUN = 4  # letters in a row by which they do in other scripts


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
        self.premise = self.work.premises.get(self.say.language, "")
        # Of what is no more than a trace in it that is said, so that it is no reason.
        traces = {tag for tag in self.wish.required if self.work.tags.get(tag) == 1}
        self.tags = [one.value for one in candidate.reasons if one.kind == "tag" and one.value not in traces]
        # Whether a second sentence is sure to come, so that the first should be one only.
        self.has_more = bool(self.breaches or self._note() or {one.kind for one in self.reasons} & FACTS)

    def text(self) -> str:
        """What the book is about and how it meets the wish, how it reads, then a breach or a fact asked for."""
        first = self._first()
        told = [self._tell(first) if first else self.reply.one_of("frames.plain", self.work.slug, kind=self._kind())]
        last = [*self._last()]
        room = self.room - len(told[0]) - sum(len(one.text) for one in last)
        if following := next((one for one in self._following(first) if len(one.text) < room), None):
            told.append(self._tell(following))
        return self.say.between.join([*told, *(self._tell(one) for one in last)])

    def _kind(self) -> str:
        return kind_of(self.reply, facts_of(self.work, self.reply.catalogue))

    def _first(self) -> Sentence | None:
        if self.premise:
            return self._premised()
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

    def _last(self) -> Iterator[Sentence]:
        """What is told last of it: what it lacks of the conditions, or how it keeps them."""
        if self.breaches and (breach := self._breach()):
            yield breach
        yield from self._facts()

    def _following(self, first: Sentence | None) -> Iterator[Sentence]:
        """What may come second, best first."""
        if first and first.kind == "aside" and (tie := self._tie()):
            yield tie
        if first and first.kind.startswith("premise") and (noted := self._noted()):
            yield noted
        if first and first.kind in ("premise", "premise+flavour") and (tie := self._tied_again(first.kind)):
            yield tie
        # A premise, or a frame of two sentences, has said what the book is like already.
        if (
            first
            and not self.premise
            and not TWO_SENTENCES.search(first.frame)
            and (coloured := self._with_colour("also", ()))
        ):
            yield coloured

    # --- The premise, and what ties it to the reader -----------------------------------------

    def _premised(self) -> Sentence | None:
        """What the book is about, tied to what was asked by the strongest reason that this reply has not told yet."""
        ties = {
            "aside": self._premised_aside,
            "kin": self._premised_kin,
            "author": self._premised_work,
            "series": self._premised_work,
            "tag": self._premised_tag,
            "told": self._premised_told,
            "told_alike": self._premised_told,
            "flavour": self._premised_flavour,
            "elsewhere": self._premised_elsewhere,
        }
        for reason in self.reasons:
            if (tie := ties.get(reason.kind)) and (sentence := tie(reason)):
                return sentence
        return self._sentence("premise", (), premise=self.premise)

    def _premised_aside(self, reason: Reason) -> Sentence | None:
        thing = self._things([reason.value])
        return self._sentence("premise+aside", [reason.value], premise=self.premise, thing=thing) if thing else None

    def _premised_kin(self, reason: Reason) -> Sentence | None:
        shared = self._shared(reason)
        if not self._may_be_likened(reason) or not shared or self.reply.told[shared[0]]:
            return None
        kin = self.reply.title_of(reason.value)
        if self.reply.told[reason.value] >= (1 if len(kin) > LONG_TITLE else 2):
            return None  # said often enough
        slots = {"kin": kin, "shared": self._things(shared)}
        return self._sentence("premise+kin", [*shared, reason.value], premise=self.premise, **slots)

    def _may_be_likened(self, reason: Reason) -> bool:
        """Whether a reader would call it the like of a work they named: not of one they have turned away from."""
        liked = self.reply.work(reason.value)
        if not liked or not self.reply.is_to_taste(reason.value):
            return False
        features = features_of(self.reply.catalogue)
        return bool(features.is_like(features.row[liked.slug])[features.row[self.work.slug]])

    def _premised_elsewhere(self, reason: Reason) -> Sentence | None:
        """What it shares with a work that is not on the shelf."""
        title = next((one for one, taste in elsewhere.named(self.reply.brief.ask).items() if taste == reason.value), "")
        shared = [slug for slug in self._shared(reason) if not self.reply.told[slug]]
        if not title or not shared or self.reply.told[f"elsewhere:{title}"] > 1:
            return None
        slots = {"kin": quoted(title), "shared": self._things(shared)}
        return self._sentence("premise+kin", [*shared, f"elsewhere:{title}"], premise=self.premise, **slots)

    def _premised_work(self, reason: Reason) -> Sentence | None:
        if not self.reply.work(reason.value) or self.reply.told[reason.value]:
            return None
        kin = self.reply.title_of(reason.value)
        return self._sentence(f"premise+{reason.kind}", [reason.value], premise=self.premise, kin=kin)

    def _premised_tag(self, reason: Reason) -> Sentence | None:
        untold = [slug for slug in essential(self.tags) if not self.reply.told[slug] and not self.reply.is_named(slug)]
        untold = [slug for slug in untold if not self._echoes(slug)]
        if self._note():
            return None  # which says it of this book
        # The opening names the genre; that a fantasy is one says nothing of this book.
        telling = [slug for slug in untold if self.reply.group(slug) not in NAMED_BY_OPENING]
        untold = (telling if self.wish.flavours else telling or untold)[:2]
        if not telling and (told := self._premised_kind()):
            return told
        if not untold:
            return None
        return self._sentence("premise+tag", untold, premise=self.premise, asked=self._things(untold))

    def _premised_kind(self) -> Sentence | None:
        """What it is about, and what it is like among all of the kind that was asked for."""
        named = (slug for slug in essential(self.tags) if self.reply.group(slug) in NAMED_BY_OPENING)
        kinds = [slug for slug in named if not self.reply.told[slug]][:1]
        colour = self._colour({*kinds}) if kinds and not self.wish.flavours else None
        if not colour:
            return None
        slots = {"asked": self._things(kinds), "line": self._line(colour)}
        return self._sentence("premise+kind", [*kinds, colour], premise=self.premise, **slots)

    def _premised_told(self, reason: Reason) -> Sentence | None:
        return self._sentence(
            f"premise+{reason.kind}", (), premise=self.premise, words=self.reply.in_words(reason.value)
        )

    def _premised_flavour(self, reason: Reason) -> Sentence | None:
        """What it is about, and why it is of the kind that no tag says, where no note tells how it reads."""
        premised = self._sentence("premise", (), premise=self.premise)
        if self._note() or not premised:
            return premised
        if not (why := self.reply.pick(f"WHY{reason.value}", self._unsaid(reason.value), self.work.slug)):
            return None
        self.reply.used |= {why, premised.frame}
        text = f"{premised.text}{self.say.between}{why}"
        return premised._replace(kind="premise+flavour", text=text, frame=f"{premised.frame} {why}")

    def _unsaid(self, flavour: str) -> list[str]:
        """The sentences on a flavour that this conversation has not had yet."""
        frames = self.say.variants.get(f"why.{flavour}", ())
        return [one for one in frames if one not in self.reply.used and not self.reply.was_said(one)]

    # --- Kinds of sentences ------------------------------------------------------------------

    def _aside(self, reason: Reason) -> Sentence | None:
        return self._sentence("aside", [reason.value], thing=self._things([reason.value]))

    def _kin(self, reason: Reason) -> Sentence | None:
        shared = self._shared(reason)
        if not shared or not self._may_be_likened(reason):
            return None
        kin = self.reply.title_of(reason.value)
        return self._sentence("kin+shared", shared, kin=kin, shared=self._things(shared))

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

    def _noted(self) -> Sentence | None:
        """What the notes say first of the very thing that was asked for: of its heroine, its love; else how it reads."""
        note = self._note()
        return Sentence("noted", note, note, tuple(self.tags[:1])) if note else None

    def _note(self) -> str:
        kinds = [BY_GROUP.get(self.reply.group(slug), "") for slug in self.tags]
        kinds = [*(NOTE_OF.get(flavour, "") for flavour in self.wish.flavours), *kinds, FEEL]
        for kind in filter(None, kinds):
            if told := self._begun(self.work.notes.get(kind, {}).get(self.say.language, "")):
                return told
        return ""

    def _begun(self, note: str) -> str:
        """The first sentence of a note, with the second where it is a mere "Very funny."."""
        first, *rest = FIRST_SENTENCE.findall(note) or [""]
        if not rest or len(first) >= MIN_NOTE[self.say.language]:
            return str(first)
        return f"{first}{self.say.between}{rest[0].strip()}"

    def _tied_again(self, kind: str) -> Sentence | None:
        """What it has of a work that is liked or, after a premise alone, of what was asked for."""
        tags = [slug for slug in essential(self.tags) if self.reply.group(slug) not in NAMED_BY_OPENING]
        tags = [slug for slug in tags if self.reply.told[slug] < MAX_TOLD and not self.reply.is_named(slug)][:2]
        if tags and kind == "premise":
            return self._sentence("tie+tag", tags, asked=self._things(tags))
        for reason in self.reasons:
            told = self.reply.told[reason.value] >= MAX_TOLD if reason.kind == "kin" else True
            if told or not self._may_be_likened(reason):
                continue
            shared = [slug for slug in self._shared(reason) if not self.reply.is_common(slug)]
            if shared:
                slots = {"kin": self.reply.title_of(reason.value), "shared": self._things(shared)}
                return self._sentence("tie+kin", [*shared, reason.value], **slots)
        return None

    def _tone(self, reason: Reason) -> Sentence | None:
        return self._sentence("bright" if reason.value == "bright" else "dark", ())

    def _coloured(self) -> Sentence | None:
        """What the book is like, for its own sake. The first pick cannot be called another."""
        later = self._with_colour("another", ()) if self.reply.told else None
        return later or self._with_colour("line", ())

    def _facts(self) -> Iterator[Sentence]:
        """How long it is and whether it is finished, where either was asked for or it has broken off; else its year."""
        kinds = {one.kind for one in (*self.reasons, *self.breaches)}
        asked_length = self.wish.max_volumes or self.wish.min_volumes or self.wish.status
        if asked_length or {"status", "volumes"} & kinds or self.work.status == "hiatus":
            yield self._fact("completed-one" if self.work.is_single else self.work.status, volumes=self.work.volumes)
        elif "year" in kinds:
            yield self._fact("year", year=self.work.year)
        elif "tone" in kinds and not self.premise and (tone := self._tone_of(self.reasons)):
            yield tone

    def _tone_of(self, reasons: Iterable[Reason]) -> Sentence | None:
        return next((told for one in reasons if one.kind == "tone" and (told := self._tone(one))), None)

    def _fact(self, name: str, **slots: Any) -> Sentence:
        """A plain fact; in the same words again rather than not at all."""
        if told := self._sentence(name, (), **slots):
            return told
        frame = self.say.variants[f"frames.{name}"][0]
        return Sentence(name, self.say.finish(frame.format(**slots)), frame, ())

    def _breach(self) -> Sentence | None:
        """What it lacks of the conditions that the opening has not said of all; how long it is is told as a fact."""
        own = [one for one in self.breaches if one.kind not in FACTS and one not in self.reply.breached_by_all]
        if not own:
            return None
        frames = self.say.variants["breaches"]
        frame = self.reply.pick("BREACHES", frames, self.work.slug) or frames[0]
        return Sentence("breach", self.say.finish(frame.format(what=self._breach_words(own[0]))), frame, ())

    def _breach_words(self, breach: Reason) -> str:
        slots = {
            "thing": self.reply.thing_asked(breach, denied=True),
            "edition": self.say.edition(self.wish.edition or self.reply.language),
        }
        return self.say.part(f"breach.{self._name_of_breach(breach)}", **slots)

    def _name_of_breach(self, breach: Reason) -> str:
        if breach.kind == "tag":
            return "carries" if breach.value in self.work.tags else "tag"
        if breach.kind == "edition":
            known = (self.work.editions.get(self.wish.edition) or {}).get("known")
            return "no-edition" if known is False else "edition"
        if breach.kind == "anime":
            return "anime" if self.work.anime else "no-anime"
        return breach.kind if breach.kind in ("tone", "by", *KINDS) else "other"

    # --- Parts -------------------------------------------------------------------------------

    def _sentence(self, kind: str, tags: Sequence[str], **slots: Any) -> Sentence | None:
        """A sentence in an unused frame of `kind`, or None where every one has been used."""
        frames = self.say.variants[f"frames.{kind}"]
        short = [frame for frame in frames if not TWO_SENTENCES.search(frame)] if self.has_more else []
        fresh = [frame for frame in short if not self._echoes_note(frame)] if kind == "premise" else short
        choices = (fresh, short, frames)
        picked = (self.reply.pick(kind, one, self.work.slug) for one in choices if one)
        frame = next(filter(None, picked), None)
        return Sentence(kind, self.say.finish(frame.format(**slots)), frame, tuple(tags)) if frame else None

    def _echoes_note(self, frame: str) -> bool:
        """Whether a frame has a word that the note after it has too: "a story ... a story"."""
        return any(word in frame and word in self._note() for word in self.say.variants["echoes"])

    def _with_colour(self, kind: str, tags: Sequence[str], **slots: Any) -> Sentence | None:
        colour = self._colour({*tags})
        return self._sentence(kind, [*tags, colour], line=self._line(colour), **slots) if colour else None

    def _tell(self, sentence: Sentence) -> str:
        self.reply.told.update(sentence.tags)
        self.reply.used.add(sentence.frame)
        self.reply.last = sentence.frame
        return sentence.text

    def _things(self, slugs: Sequence[str]) -> str:
        words = [self.reply.words(slug) for slug in slugs]
        # "A warm and cosy mood" where both are moods that end alike.
        if len(words) == 2 and words[0].joined and words[1].joined and words[1].thing.startswith(words[1].mod):
            return f"{words[0].joined}{self.say.between}{words[1].thing}"
        return self.say.listing([word.thing for word in words])

    def _shared(self, reason: Reason) -> list[str]:
        """Two of the tags that the book shares with a liked one, first what was not told yet and what few others have."""
        told = self.reply.told
        shared = [slug for slug in reason.tags if slug in self.work.tags and self.reply.group(slug) != "warnings"]
        things = [self.reply.words(slug).thing for slug in shared]
        held = {one for one in things for other in things if one != other and one in other}  # games, in virtual games
        shared = [slug for slug in shared if self.reply.words(slug).thing not in held]
        return sorted(essential(shared), key=lambda slug: (told[slug] > 0, self.reply.is_common(slug)))[:2]

    def _line(self, slug: str) -> str:
        return self.reply.words(slug).line

    def _colour(self, spoken: set[str]) -> str | None:
        """The tag that says most of this book and was neither asked for nor told: strong and rare."""
        passed_over = {*self.tags, *self.wish.required, *spoken, *self.reply.out_of_tune}
        lines = [
            (-strength * self.reply.rarity(slug), slug)
            for slug, strength in self.work.tags.items()
            if slug not in passed_over and not self.reply.told[slug] and strength > 1 and self._line(slug)
            if not self._echoes(slug)
        ]
        return min(lines)[1] if lines else None

    def _echoes(self, slug: str) -> bool:
        """Whether the premise, which stands in the same sentence, has the words for a tag already."""
        thing, premise = self.reply.words(slug).thing.lower(), self.premise.lower()
        if thing.isascii():
            return any(word in premise for word in LATIN_WORD.findall(thing))
        letters, premise = thing.replace(" ", ""), premise.replace(" ", "")
        return any(letters[at : at + RUN] in premise for at in range(len(letters) - RUN + 1))
