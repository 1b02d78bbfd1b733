"""What a reply tells of volumes that its reader has not come to is kept back, whoever words it.

A voice is asked not to (rule 6 of the prompt), and a model forgets. So each sentence that tells what happens in a later
volume of a work, of which it is known how far the reader is, gives way to one that says so. What is not known to be
behind the reader is left alone.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ..catalogue.models import LANGUAGES
from ..language.asking import asked, particulars
from ..language.words.cue_book import CueBook, plain
from . import Brief, phrases

BOOK = CueBook("spoilers")
SENTENCE = re.compile(r"[^.!?。！？…\n]*(?:[.!?。！？…]+[」』”\"')）]*|\n+|$)\s*")
MARK = re.compile(r"\[\[([a-z0-9-]+)\]\]")
ABBREVIATED = re.compile(r"\b([Vv]ol)\.(?= ?\d)")
MIN_TITLE = 3  # letters of a title that is looked for in a sentence


@dataclass(frozen=True)
class Horizons:
    """How far the reader of a reply is: slug to volume. `names`: what the works in play are called, small letters, to
    their slug; all of them, as a sentence about another work tells nothing of these."""

    read: Mapping[str, int]
    names: Mapping[str, str]
    language: str

    @classmethod
    def of(cls, brief: Brief) -> "Horizons":
        read = {slug: one.reader.horizon for slug, one in brief.facts.items() if one.reader.horizon is not None}
        if not read:
            return cls(read, {}, brief.language)
        works = [one.work for one in brief.facts.values()] + [one.work for one in brief.candidates]
        names = {plain(work.titles[code]): work.slug for work in works for code in LANGUAGES}
        return cls(read, {name: slug for name, slug in names.items() if len(name) >= MIN_TITLE}, brief.language)

    @cached_property
    def alone(self) -> str:
        """The one work that is spoken of where none is named, or ""."""
        return next(iter(self.read)) if len(self.read) == 1 else ""

    def told(self, text: str, *, finished: bool) -> str:
        """`text` without what lies behind a horizon. A sentence that is still being written waits for its end."""
        if not self.read:
            return text
        return "".join(self._sentences(text, finished))

    def _sentences(self, text: str, finished: bool) -> Iterator[str]:
        subject, kept_back = self.alone, False
        shown = ABBREVIATED.sub(r"\1", text)
        for match in SENTENCE.finditer(shown):
            words = match[0]
            if not words or (match.end() == len(shown) and not finished and not words.endswith("\n")):
                continue
            subject = self._named(words) or subject
            read = self.read.get(subject)
            if read is None or not is_told(words, read):
                kept_back = False
                yield words
                continue
            marks = "".join(f"{mark[0]} " for mark in MARK.finditer(words))  # a pick stays a pick
            ending = words[len(words.rstrip()) :]
            said = "" if kept_back else phrases.of(self.language).part("spoilers.kept_back", read=read)
            kept_back = True
            yield f"{marks}{said}{ending if said or marks else ''}"

    def _named(self, words: str) -> str:
        """The work that a sentence names last, or points at."""
        places = [(match.start(), match[1]) for match in MARK.finditer(words)]
        lower = plain(words)
        places += [(lower.rfind(name), slug) for name, slug in self.names.items() if name in lower]
        return max(places, default=(0, ""))[1]


def allows_spoilers(brief: Brief) -> bool:
    """Whether the reader says, now or earlier in the conversation, that the story may be told."""
    asks = (brief.ask, *(ask for ask, _ in brief.history))
    return any(particulars.is_put(ask, "spoilers") or asked.is_put(ask, "spoilers") for ask in asks)


def is_told(words: str, read: int) -> bool:
    """Whether a sentence tells what happens behind volume `read`."""
    lower = plain(words)
    if BOOK.has("tells_nothing", lower):
        return False
    volumes = [int(next(filter(None, match.groups()))) for match in BOOK.every("tells", lower)]
    return any(volume > read for volume in volumes) or BOOK.has("tells.end", lower)
