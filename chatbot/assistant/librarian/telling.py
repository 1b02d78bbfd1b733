"""What is told of one work, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from ...catalogue.facts import WorkFacts
from ...catalogue.models import in_language
from ...catalogue.snapshot import Work
from ...language.acts import ActPart, Question
from ...language.asking import asked, particulars
from ...language.asking.questions import questions_in
from ...language.names import focus
from ...language.tag_relations import FEMALE_LEAD, IMPLIED, narrower
from ..spoilers import allows_spoilers
from .reply import QUOTES, Reply, harmless

STRONG = 2
LONG = 15  # volumes from which on a series is much for a first one
MIN_NAME = 2  # letters of a name that is taken out of a question
NAMED = "…"  # what stands in its place
HALVES = re.compile(r"[?？。]+|\.(?=\s)")  # where a question ends
# What may be read beside the question what is in a work, of the same words.
OF_WHAT_IS_IN = frozenset((Question.CONTENT, Question.WARNINGS, Question.CHARACTERS, Question.QUALITY, Question.OTHER))
MAX_COMPARED = 40  # characters by which a text told before is known again
SENTENCE = re.compile(r"[^.。!！?？]+[.。!！?？]+[」』”’\"]?\s*")
NAMED_WORK = re.compile("『|\\[\\[")  # a title or the mark of a pick
LABEL_PARTS = re.compile(r"\s*[·・/,]\s*")
BARE = ("volumes-", "year", "imprint", "illustrator", "anime", "no-anime", "edition-from", "no-edition")


def content_note(work: Work) -> str:
    """The note on what is in a work in English, in which rules read it; "" where there is none."""
    return str(work.notes.get("content", {}).get("en", ""))


class Telling:
    """What is told of one work, a sentence at a time: the first one names it, the others speak of it.

    `others`: works of which the very same is to be told; they are named together with it. `alone`: whether nothing is
    told of any other work.
    """

    def __init__(
        self, reply: Reply, facts: WorkFacts, part: ActPart, others: Sequence[WorkFacts] = (), *, alone: bool = True
    ) -> None:
        self.reply, self.say, self.language = reply, reply.say, reply.language
        self.facts, self.work, self.detail, self.text = facts, facts.work, part.detail, _untitled(part.text, facts.work)
        self.others, self.part, self.is_alone = others, part, alone
        self.named = not others and reply.speaks_of == self.work.slug
        self.bare: set[str] = set()  # sentences that two of which may become one
        self.told: set[str] = set()  # particulars
        self.taken_up: list[str] = []  # tags that only the words name
        self.told_tags: set[str] = set()
        self.calls: list[tuple[str, str]] = []  # what was told, but for whom of

    def tell(self, name: str, **slots: Any) -> str:
        """A sentence about the work, which is named where it has not been yet."""
        self.calls.append((name, repr(sorted(slots.items()))))
        frames = self.say.variants[f"facts.{name}"]
        topic = ""
        if any("{topic}" in frame for frame in frames):
            topic = self.say.topic("" if self.named else self.title())
            self.named = True
            slots["topic"] = topic
        sentence = self.reply.one_of(f"facts.{name}", self.work.slug, **slots)
        if self.others:
            sentence = self.say.of_several(sentence, topic)
        if name.startswith(BARE):
            self.bare.add(sentence)
        return sentence

    def tell_note(self, kind: str, text: str) -> str:
        """A note of the work, which is named before it where it has not been yet."""
        self.calls.append((f"note-{kind}", self.work.slug))
        if self.named or self.was_named_last:
            return text
        self.named = True
        return self.reply.one_of("facts.note", self.work.slug, title=self.title(), text=text)

    @property
    def was_named_last(self) -> bool:
        """Whether the reply before told of this work alone, so that a note on it needs no name."""
        before = self.reply.brief.history[-1][1] if self.reply.brief.history else ""
        title = self.title()
        return self.is_alone and title in before and not NAMED_WORK.search(before.replace(title, ""))

    def title(self) -> str:
        slugs = [self.work.slug, *(other.work.slug for other in self.others)]
        return self.say.listing([self.reply.title_of(slug) for slug in slugs])

    def is_put(self, *ways: str) -> bool:
        return particulars.is_put(self.text, *ways)

    def wants(self, way: str) -> bool:
        """Whether the question is put in a `way` that asked.txt has."""
        return asked.is_put(self.text, way)

    def was_told(self, text: str) -> bool:
        """Whether this conversation has said `text` already."""
        return any(text[:MAX_COMPARED] in said for _, said in self.reply.brief.history)

    @property
    def replies(self) -> list[str]:
        """What the librarian has said in this conversation."""
        return [said for _, said in self.reply.brief.history]

    @property
    def allows_spoilers(self) -> bool:
        """Whether the end may be told, by these words or by earlier ones of the conversation."""
        return self.is_put("spoilers") or self.wants("spoilers") or allows_spoilers(self.reply.brief)

    def has_told(self, *names: str) -> bool:
        """Whether a sentence of one of `names` (as they begin) was told of the work."""
        return any(name.startswith(names) for name, _ in self.calls)

    def is_said(self, name: str) -> bool:
        return bool(self.reply.used & set(self.say.variants[f"facts.{name}"]))

    @property
    def edition_asked(self) -> str:
        return str(self.detail.get("edition") or self.language)

    @property
    def editions_asked(self) -> list[str]:
        """The languages of the editions asked about, the reader's own where none is named."""
        several = focus.editions_in(self.text)
        return several if len(several) > 1 else [self.edition_asked]

    def asked_tags(self) -> list[str]:
        heroine = [FEMALE_LEAD] if self.is_put("heroine") else []
        tags = dict.fromkeys([*heroine, *listed(self.detail.get("tags")), *self.taken_up])
        return [slug for slug in tags if slug in self.reply.catalogue.labels]

    def take_up_tags(self) -> bool:
        """Ask after the tags that the words name besides those read as asked for; whether there are any. What is named
        to ask something else ("is it for pupils?") is none of them."""
        halves = [half for half in HALVES.split(self.part.text) if not {*questions_in(half)} - OF_WHAT_IS_IN]
        named = [slug for half in halves for slug in asked.tags_in(half, self.reply.catalogue)]
        self.taken_up = [slug for slug in dict.fromkeys(named) if slug not in self.asked_tags()]
        return bool(self.taken_up)

    def strength_of(self, slug: str) -> int:
        """How much of a thing there is: a narrower form of it, or what says it in another word, is of it too."""
        said_by = [other for other, implied in IMPLIED.items() if slug in implied]
        return max(self.work.tags.get(one, 0) for one in (slug, *narrower([slug]), *said_by))

    def by_strength(self, name: str, tags: dict[str, int], least: int = 1) -> Iterator[str]:
        for strength in range(3, least - 1, -1):
            things = [self.reply.words(slug).thing for slug, given in tags.items() if given == strength]
            if things:
                joined = self.say.listing(things) if strength else self.say.either(things)
                yield self.tell(f"{name}-{strength}", things=joined)

    def things(self, slugs: Iterable[str]) -> str:
        return self.say.listing([self.reply.words(slug).thing for slug in list(slugs)[:3]])

    def synopsis(self) -> str:
        return QUOTES.sub("", harmless(in_language(self.work.synopses, self.language) or ""))

    def in_synopsis(self, slug: str) -> str:
        """The word for a tag, in the question, that the synopsis or the premise has too; "" where neither has one."""
        text = f"{self.synopsis()} {self.work.premises.get(self.language, '')}"
        return next((one for one in self._words_for(slug) if _has(self.text, one) and _has(text, one)), "").lower()

    def is_named_in(self, slug: str, text: str) -> bool:
        """Whether `text` has a word for a tag."""
        return any(_has(text, one) for one in self._words_for(slug))

    def _words_for(self, slug: str) -> list[str]:
        label = self.reply.catalogue.labels[slug]
        names = [*LABEL_PARTS.split(label.labels.get(self.language, "")), *label.words.get(self.language, ())]
        return [one for one in names if len(one) > 1]

    @cached_property
    def topics(self) -> list[str]:
        """What is asked that the catalogue does not say, by the sections of asked.txt."""
        return asked.topics_in(self.text)

    @cached_property
    def named_tags(self) -> list[str]:
        """The tags asked after; where none were read as such, those that the words name."""
        return self.asked_tags() or [
            slug for slug in asked.tags_in(self.text, self.reply.catalogue) if slug in self.reply.catalogue.labels
        ]

    @property
    def topic(self) -> str:
        """What is asked by name that no column of the catalogue says, or ""."""
        return particulars.topic_in(self.text)

    def was_told_whole(self, text: str) -> bool:
        return any(text in said for _, said in self.reply.brief.history)


def _untitled(text: str, work: Work) -> str:
    """`text` without the names of the work: "High School" asks nothing of a school."""
    names = sorted({*work.titles.values(), *work.names}, key=len, reverse=True)
    found = "|".join(re.escape(name) for name in names if len(name) >= MIN_NAME)
    return re.sub(found, NAMED, text, flags=re.IGNORECASE) if found else text


def _has(text: str, word: str) -> bool:
    edge = r"\b" if word.isascii() else ""
    return bool(re.search(f"{edge}{re.escape(word)}s?{edge}", text, re.IGNORECASE))


def listed(value: Any) -> list[str]:
    """What a detail holds, be it one or several."""
    return [value] if isinstance(value, str) else list(value or ())
