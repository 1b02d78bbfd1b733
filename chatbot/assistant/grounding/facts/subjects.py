"""Of which work a statement is: named before it in its sentence, right behind it, or in the sentences before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from ...phrasebook import PHRASES, either
from .row import KnownWork

_words = partial(either, "fact_claims")

LANGUAGES = ("ko", "en", "ja")
WORK, FOREIGN = "\ufffc", "\ufffd"  # stand for a title that is known, and for one that is not
ENDS = re.compile(r"[!?。！？]+|(?<!vol)(?<!no)\.+(?=[\s\"'”’)）」』*]|$)|\n")
WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "！？"}
HANGUL, KANA, KANJI = re.compile("[가-힣]"), re.compile("[\u3040-\u30ff]"), re.compile("[\u3400-\u9fff]")
CLAUSE = re.compile(r"[,、;；]")
WISHED = {"volumes", "status", "anime", "edition"}  # kinds of statements that may be of what is wished for
NEAR = 24  # letters between a statement and the title it leads to: "a twelve-volume series called X"
AROUND = 24
REACH = 300  # letters of a sentence that are looked at on either side: one without an end must not cost its square

LIKENED_AFTER = {
    code: re.compile(f"['’”\"*_』」]*(?:{PHRASES.pattern('fact_claims', 'likened.after', code)})") for code in LANGUAGES
}
LIKENED_BEFORE = {
    code: re.compile(f"(?:{PHRASES.pattern('fact_claims', 'likened.before', code)})[『「*_\"'“‘ ]*$")
    for code in LANGUAGES
}
OWNER = {
    name: {
        code: re.compile(f"['’”\"*_』」]*(?:{PHRASES.pattern('fact_claims', f'likened.unless_{name}', code)})")
        for code in LANGUAGES
    }
    for name in ("author", "anime")
}
AUTHOR_OF = re.compile(f"(?:{PHRASES.pattern('fact_claims', 'author.of', 'en')})[ \"'“‘*_『]*$")
TOPIC = {code: re.compile(f"['’”\"*_』」]*(?:{PHRASES.pattern('fact_claims', 'topic', code)})") for code in LANGUAGES}
OFFERS = {code: re.compile(PHRASES.pattern("fact_claims", "offers", code)) for code in LANGUAGES}
CHOSEN = {code: re.compile(PHRASES.pattern("fact_claims", "chosen", code)) for code in LANGUAGES}
JOINT = {code: re.compile(PHRASES.pattern("fact_claims", "clause.joint", code)) for code in LANGUAGES}
PRONOUN = {code: re.compile(PHRASES.pattern("fact_claims", "pronoun", code)) for code in LANGUAGES}


@dataclass(frozen=True)
class Mention:
    """Where a text names a work; `work` is None where the catalogue does not know it."""

    start: int
    end: int
    work: KnownWork | None


@dataclass
class Sentence:
    """`text`: its words in small letters and one width, titles masked; `start`: where it begins in the whole.

    `about`: the work that the sentences before speak of. `given`: that is the one whose reason this is; `far`: it
    was spoken of before an empty line.
    """

    text: str
    start: int
    asks: bool  # it ends in a question mark
    mentions: list[Mention]
    about: KnownWork | None = None
    given: bool = False
    far: bool = False
    language: str = field(init=False)

    def __post_init__(self) -> None:
        self.language = _language(self.text)

    def subject(self, start: int, end: int, kind: str = "") -> KnownWork | None:
        """The work of which the words from `start` to `end` are said; None where that is not plain. `kind`: what they
        state; an author or an anime is spoken of as that of a work."""
        before = [one for one in self.mentions if one.end <= start]
        if kind in WISHED and CHOSEN[self.language].search(self.text):
            return None
        if before:
            return self._named_before(before, kind)
        if following := next((one for one in self.mentions if one.start >= end), None):
            return self._named_behind(following, end) or (self.about if self.given or self._says_it(end) else None)
        if kind in WISHED and OFFERS[self.language].search(self.text):
            return None
        plain = self.given or (self.language != "en" and not self.far)
        return self.about if plain or self._says_it(end) else None

    def _named_before(self, before: Sequence[Mention], kind: str) -> KnownWork | None:
        last = before[-1]
        if self.is_likened(last, kind) or self._is_owner(last, kind):
            return None
        several = len({one.work and one.work.slug for one in before}) > 1
        if (several or self._is_beside_reason(last)) and not self._is_topic(last):
            return None
        return last.work

    def _is_beside_reason(self, mention: Mention) -> bool:
        """Whether another work is named in the reason for one: what follows may be said of either."""
        return self.given and self.about is not None and (mention.work is None or mention.work.slug != self.about.slug)

    def _named_behind(self, following: Mention, end: int) -> KnownWork | None:
        gap = self.text[end : following.start]
        apart = re.search("[,、.;:：]", gap) or JOINT[self.language].search(gap)
        if len(gap) > NEAR or apart or self.is_likened(following) or self._is_owner(following, ""):
            return None
        return following.work

    def _says_it(self, end: int) -> bool:
        return bool(PRONOUN[self.language].search(self.text[max(0, end - REACH) : end + AROUND]))

    def _is_owner(self, mention: Mention, kind: str) -> bool:
        """Whether something else is spoken of, the author or the anime of the work."""
        by_author, by_anime = (OWNER[name][self.language].match(self.text, mention.end) for name in ("author", "anime"))
        return bool((by_author and kind != "author") or (by_anime and kind not in ("anime", "season", "next")))

    def is_likened(self, mention: Mention, kind: str = "") -> bool:
        """Whether a work is only named beside what is spoken of: "like X", "longer than X", "who liked X"."""
        before = self.text[max(0, mention.start - AROUND) : mention.start]
        found = LIKENED_BEFORE[self.language].search(before)
        if kind == "author" and found and AUTHOR_OF.search(before):
            return False
        return bool(found or LIKENED_AFTER[self.language].match(self.text, mention.end))

    def _is_topic(self, mention: Mention) -> bool:
        return bool(TOPIC[self.language].match(self.text, mention.end))

    def clause(self, start: int, end: int) -> str:
        """The clause around the words from `start` to `end`."""
        reach = max(0, start - REACH)
        begins = max((one.end() for one in CLAUSE.finditer(self.text, reach, start)), default=reach)
        ends = CLAUSE.search(self.text, end, end + REACH)
        return self.text[begins : ends.start() if ends else end + REACH]


def sentences_of(
    text: str,
    mentions: Iterable[Mention],
    given: KnownWork | None = None,
    only: KnownWork | None = None,
    *,
    named_before: bool = False,
) -> Iterator[Sentence]:
    """The sentences of `text`, each with what it names and what is spoken of. `given`: the work whose reason it is.
    `only`: the one work that the whole reply names, if it does; `named_before`: a stretch before this has named it."""
    named = sorted(mentions, key=lambda one: one.start)
    masked = _masked(text, named)
    spoken, last_mark = named_before, "\n"
    about, far, place = given or (only if spoken else None), True, 0
    for start, end, mark in _spans(masked):
        mine = []
        while place < len(named) and named[place].start < end:
            one = named[place]
            mine.append(Mention(one.start - start, one.end - start, one.work))
            place += 1
        words = masked[start:end]
        is_line, last_mark = last_mark == "\n", mark
        if not words.strip():
            if is_line:  # an empty line begins something else
                about, far = given or (only if spoken else None), True
            continue
        if words.startswith("#"):
            about, far = given, True
        spoken = spoken or bool(mine)
        sentence = Sentence(
            words, start, "?" in mark or "？" in mark, mine, about, given is not None and about is given, far
        )
        yield sentence
        # A reason speaks of its own work again after whatever it has likened it to.
        about, far = given or _spoken_of(sentence), far and not mine


def _spoken_of(sentence: Sentence) -> KnownWork | None:
    """What the next sentence speaks of, where it names nothing."""
    named = [one for one in sentence.mentions if not sentence.is_likened(one)]
    if not named:
        return sentence.about if sentence.given or not sentence.mentions else None
    works = {one.work.slug if one.work else "": one.work for one in named}
    return next(iter(works.values())) if len(works) == 1 else None


def _spans(masked: str) -> Iterator[tuple[int, int, str]]:
    start = 0
    for found in ENDS.finditer(masked):
        yield start, found.start(), found[0]
        start = found.end()
    if start < len(masked):
        yield start, len(masked), ""


def _masked(text: str, named: Sequence[Mention]) -> str:
    plain = "".join(one.lower() if len(one.lower()) == 1 else one for one in text.translate(WIDE))
    pieces, last = [], 0
    for one in named:
        if one.start >= last:
            pieces += [plain[last : one.start], (WORK if one.work else FOREIGN) * (one.end - one.start)]
            last = one.end
    return "".join([*pieces, plain[last:]])


def _language(text: str) -> str:
    if HANGUL.search(text):
        return "ko"
    return "ja" if KANA.search(text) or KANJI.search(text) else "en"


def ends_as_title(text: str, start: int, end: int) -> bool:
    """Whether a name without brackets stands there whole: nothing goes on behind it but a particle or a verb."""
    before = text[max(0, start - 1) : start]
    if before.isalnum() and before.isascii():
        return False
    return any(TOPIC[code].match(text, end) for code in LANGUAGES) or not text[end : end + 1].strip(" .!?。！？\n")
