"""What an ask says of its reader for good, in Korean, English or Japanese. Pure.

"난 하렘 싫어해" is a taste, "하렘 말고" the wish of one ask, "다시는 하렘 추천하지 마" for ever. Only what is said plainly is
read: a question, a friend's taste, a condition or a mood of today teach nothing, for what is learned in error follows a
reader around. What can be meant is found by `parse`; whether it is meant for good is decided here.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from ...catalogue.snapshot import CatalogueSnapshot
from ...text.cleaning import MAX_LENGTH
from ...text.folding import key
from ...text.matcher import Lexicon, Passage
from ..names import authors
from ..stances.parse import parse
from ..topics import Topic, TopicKind
from ..words.mentions import Parsed
from ..words.phrasebook import PHRASES
from ..words.vocabulary import Vocabulary
from . import first_ask


@dataclass(frozen=True)
class Preference:
    """One thing a reader said of themselves. `kind`: like, dislike, never, read_to or level.

    `begins`, `ends`: the place of the sentence in the text as given.
    """

    kind: str
    topic: Topic
    level: str = ""
    volume: int | None = None
    begins: int = 0
    ends: int = 0


STRENGTH = {"never": 3, "dislike": 2, "like": 1}
OTHER_KIND = 9  # the strength of any other kind: its last word counts
MAX_PREFERENCES = 12  # taken from one ask
MAX_VOLUME = 999
AFTER = 30  # characters after a thing that may still speak of it
ENDING = 3  # characters of the ending of a verb, which make it a condition


def _pattern(section: str, *languages: str) -> str:
    return PHRASES.pattern("preferences", section, *languages)


SENTENCE = re.compile(r"(?:[^.!?。！？\n]|(?<=\w)\.(?=\w))+[.!?。！？]*|\n")
# Of this moment or of somebody else: nothing to remember.
TODAY = re.compile(_pattern("today"))
OTHERS = re.compile(_pattern("others"))
CLAUSE = re.compile(rf"[,，、;]|{_pattern('clause')}")
TURN = re.compile(rf"[.!。！\n]|{_pattern('turn')}")
NOT_MEANT = re.compile(_pattern("not_meant"))
ASKS_BACK = re.compile(r"[가-힣ぁ-ん]{0,4}\s?[?？]")
IS_QUESTION = re.compile(r"[?？]\s*$")

# --- For ever ---------------------------------------------------------------------------------------------------------

NEVER = re.compile(_pattern("never"))
ALWAYS_OUT = re.compile(_pattern("always_out"))
# "다시는 … 추천하지 마": two words apart, in either order.
EVER_AND_DONT = [
    (re.compile(_pattern("ever", language)), re.compile(_pattern("dont", language))) for language in ("ko", "ja")
]
LIKENED_AFTER = re.compile(rf"\s?{_pattern('likened.after')}")
LIKENED_BEFORE = re.compile(rf"\b{_pattern('likened.before')}\s$")
AUTHOR_REF = re.compile(_pattern("author"))

# --- As a taste -------------------------------------------------------------------------------------------------------

SELF = re.compile(rf"(?:^|\s){_pattern('self')}\s")
DISLIKE_AFTER, DISLIKE_BEFORE = re.compile(_pattern("dislike.after")), re.compile(_pattern("dislike.before"))
LIKE_AFTER, LIKE_BEFORE = re.compile(_pattern("like.after")), re.compile(_pattern("like.before"))
WEAK_DISLIKE = re.compile(_pattern("weak_dislike"))

# --- How far, and how well --------------------------------------------------------------------------------------------

READ_TO, READING = re.compile(_pattern("read_to")), re.compile(_pattern("reading"))
READ_TO_ANY_CASE = re.compile(READ_TO.pattern, re.IGNORECASE)
READING_ANY_CASE = re.compile(READING.pattern, re.IGNORECASE)
VOLUMES = re.compile(_pattern("volumes"), re.IGNORECASE)
ODD_VOLUME = re.compile(_pattern("odd_volume"), re.IGNORECASE)
OF_ANOTHER_SERIES = re.compile(_pattern("side_volumes"))  # "외전 3권까지": of side stories no count is kept
MAY_I = re.compile(_pattern("may_i"))
TEN = "十"
KANJI = {digit: number for number, digit in enumerate(PHRASES.phrases("preferences", "digit", "ja"), start=1)}

JAPANESE = re.compile(_pattern("japanese"), re.IGNORECASE)
N_LEVEL = re.compile(rf"(?<![a-z])n ?([1-5])(?![0-9a-z])(?! ?{_pattern('studies_for')})", re.IGNORECASE)
STUDIES = re.compile(_pattern("studies"))
LEVELS = {level: re.compile(_pattern(f"level.{level}")) for level in ("none", "books", "n5", "n3", "n1")}
SAYS_OF_WHAT = ("none", "books")  # levels whose words say themselves that they are of Japanese
OWN_JAPANESE = re.compile(_pattern("own_japanese"))


def read_preferences(
    text: str,
    vocabulary: Vocabulary,
    *,
    named: Sequence[str] = (),
    last_picks: Sequence[str] = (),
) -> list[Preference]:
    """What one ask says for good, one preference a topic, in order.

    `named`: slugs the conversation is about, for an ask that only says "it".
    `last_picks`: slugs the last reply offered.
    """
    text = text[:MAX_LENGTH]
    lines = first_ask.read(text)
    found = [preference for line in lines for preference in _answered(line, vocabulary)]
    before = None
    for match in SENTENCE.finditer(first_ask.without(text, lines, keep_places=True)):
        if match.group().strip():
            sentence = _Sentence(match, vocabulary, before, meant_by_it(named, last_picks))
            found += sentence.preferences()
            before = sentence
    return _one_each(found)


def says_for_ever(lower: str) -> bool:
    """Whether words, in small letters, say that something is never to be offered again."""
    if NEVER.search(lower) or ALWAYS_OUT.search(lower):
        return True
    return any(ever.search(lower) and dont.search(lower) for ever, dont in EVER_AND_DONT)


def meant_by_it(named: Sequence[str], last_picks: Sequence[str]) -> list[str]:
    """The one work an ask without a title speaks of; none where it may be one of several."""
    return next((list(slugs) for slugs in (last_picks, named) if len(slugs) == 1), [])


def odd_volume(text: str) -> str:
    """A volume that `text` names and that is none of the main line's ("7.5권", "short story collection vol 1"); or ""."""
    found = ODD_VOLUME.search(halves(text))
    return found[0].strip() if found else ""


def halves(text: str) -> str:
    """`text` with its letters of full width narrow, and a half after a number as ".5" ("7½巻" is no "71⁄2巻")."""
    return unicodedata.normalize("NFKC", re.sub(r"(?<=\d)½", ".5", text))


def without_progress(text: str) -> str:
    """`text` less the numbers of volumes it calls read: they are no limit on what is wanted."""
    text = ODD_VOLUME.sub("", text)
    for pattern in (READ_TO_ANY_CASE, READING_ANY_CASE):
        text = pattern.sub(lambda match: VOLUMES.sub("", match[0]), text)
    return text


def _answered(line: first_ask.Line, vocabulary: Vocabulary) -> Iterator[Preference]:
    """What a line of the first visit's form says for good."""
    kind = {"genre": "like", "dislike": "dislike"}.get(line.question)
    if kind and line.answer:
        for mention in parse(line.answer, vocabulary).mentions:
            if mention.kind == "tag" and len(mention.values) == 1 and not mention.stance:
                yield Preference(kind, Topic.tag(mention.values[0]), begins=line.start, ends=line.end)


def _one_each(preferences: Iterable[Preference]) -> list[Preference]:
    """One preference a topic: the strongest kind, else the last word."""
    kept: dict[Topic, Preference] = {}
    for one in preferences:
        before = kept.get(one.topic)
        if before is None or STRENGTH.get(one.kind, OTHER_KIND) >= STRENGTH.get(before.kind, OTHER_KIND):
            kept[one.topic] = one
    return list(kept.values())[:MAX_PREFERENCES]


@dataclass
class _Thing:
    """A work, a tag or an author in a sentence."""

    topic: Topic
    start: int
    end: int
    chain: int
    soft: bool = False


class _Sentence:
    """One sentence, the one before it, and what it says of the reader for good."""

    def __init__(
        self, match: re.Match[str], vocabulary: Vocabulary, before: "_Sentence | None", meant_by_it: list[str]
    ) -> None:
        self.begins, self.ends = match.span()
        self.vocabulary, self.before, self.meant_by_it = vocabulary, before, meant_by_it
        parsed = parse(match.group(), vocabulary)
        self.source, self.lower = parsed.source, parsed.source.lower().replace("’", "'")
        self.things = self._things(parsed)
        self.is_of_today = bool(TODAY.search(self.lower))
        self.is_of_others = bool(OTHERS.search(self.lower))
        self.is_conditional = bool(NOT_MEANT.search(self.lower))

    def _things(self, parsed: Parsed) -> list[_Thing]:
        mentions = [mention for mention in parsed.mentions if mention.kind in ("tag", "work")]
        places = [(mention.start, mention.end) for mention in mentions]
        things = [
            _Thing(
                Topic(TopicKind(mention.kind), mention.values[0]),
                mention.start,
                mention.end,
                mention.coordination,
                mention.soft,
            )
            for mention in mentions
            # A word that may be one of several tags, or is two at once, is too little to remember.
            if len(mention.values) == 1 and places.count((mention.start, mention.end)) == 1
        ]
        for author, start, end in self._authors_named(parsed.source):
            if not any(start < place[1] and place[0] < end for place in places):
                things.append(_Thing(Topic.author(author), start, end, -start - 1))
        return sorted(things, key=lambda thing: thing.start)

    def _authors_named(self, source: str) -> list[tuple[str, int, int]]:
        """(author, begin, end) of those named in full, and of those called by a half that no other has."""
        lexicon = author_names(self.vocabulary.catalogue)
        whole = [(str(span.meanings[0]), span.start, span.end) for span in lexicon.find(Passage(source))]
        halves = [one for one in authors.called(source, self.vocabulary) if len(one.authors) == 1]
        others = [one for one in halves if not any(one.start < end and start < one.end for _, start, end in whole)]
        return whole + [(one.authors[0], one.start, one.end) for one in others]

    def named(self, kind: TopicKind) -> list[str]:
        """Values of the things of a kind, in their order."""
        return [thing.topic.value for thing in self.things if thing.topic.kind == kind]

    def preferences(self) -> list[Preference]:
        if self.is_of_today:
            return []
        if never := self._never():
            return never
        return [] if self.is_of_others else [*self._tastes(), *self._read_to(), *self._level()]

    def _said(self, kind: str, topic: Topic, *, level: str = "", volume: int | None = None) -> Preference:
        return Preference(kind, topic, level=level, volume=volume, begins=self.begins, ends=self.ends)

    # --- Never again ---------------------------------------------------------------------------

    def _never(self) -> list[Preference]:
        cue = self._never_cue()
        if cue is None:
            return []
        if AUTHOR_REF.search(self.lower) and (authors := self._authors_meant()):
            return [self._said("never", Topic.author(name)) for name in authors]
        refused = self._refused(cue)
        if refused and not self.things and self.before is not None:
            # "하렘은 질색이야. 다시는 추천하지 마.": the words are both sentences.
            self.begins = self.before.begins
        # "책벌레의 하극상 같은 거": more than the one work, and nobody can say how much more.
        return [self._said("dislike" if self._is_likened(thing) else "never", thing.topic) for thing in refused]

    def _is_likened(self, thing: _Thing) -> bool:
        if thing.topic.kind != TopicKind.WORK or thing not in self.things:
            return False
        before, after = self._around(thing)
        return bool(LIKENED_AFTER.match(after) or LIKENED_BEFORE.search(before))

    def _never_cue(self) -> tuple[int, int] | None:
        """The place of a plain "never recommend … again", or None."""
        for pattern in (NEVER, ALWAYS_OUT):
            if match := pattern.search(self.lower):
                return match.span()
        for ever, dont in EVER_AND_DONT:
            if ever.search(self.lower) and (match := dont.search(self.lower)):
                return match.span()
        return None

    def _refused(self, cue: tuple[int, int]) -> list[_Thing]:
        """What the cue speaks of: one list of things in its own clause, else the nearest before it."""
        liked = {id(thing) for thing in self.things if self._taste(thing) == "like"}
        things = [thing for thing in self.things if id(thing) not in liked]
        start, end = self._clause(cue)
        within = [thing for thing in things if start <= thing.start < end]
        chains = {thing.chain for thing in within}
        if len(chains) > 1:
            # "하렘 나오는 이세계물": a kind of other world, and neither of the two by itself.
            return []
        if not chains:
            earlier = [thing for thing in things if thing.end <= cue[0]]
            if not earlier and not self.things and self.before is not None and not self.before.is_of_today:
                earlier = self.before.things if len({one.chain for one in self.before.things}) == 1 else []
                return list(earlier)
            chains = {earlier[-1].chain} if earlier else set()
        return [thing for thing in things if thing.chain in chains]

    def _clause(self, cue: tuple[int, int]) -> tuple[int, int]:
        cuts = [0, *(match.end() for match in CLAUSE.finditer(self.lower)), len(self.lower)]
        for start, end in pairwise(cuts):
            if start <= cue[0] < end:
                return start, max(end, cue[1])
        return 0, len(self.lower)

    def _authors_meant(self) -> list[str]:
        named = self.named(TopicKind.AUTHOR)
        if named:
            return named
        works = self.named(TopicKind.WORK)
        if not works and self.before is not None:
            works = self.before.named(TopicKind.WORK)
        works = works or self.meant_by_it
        work = self.vocabulary.catalogue.by_slug.get(works[-1]) if works else None
        return list(work.authors[:1]) if work else []

    # --- Likes and dislikes --------------------------------------------------------------------

    def _tastes(self) -> list[Preference]:
        return [self._said(kind, thing.topic) for thing in self.things if (kind := self._taste(thing))]

    def _taste(self, thing: _Thing) -> str:
        """like, dislike or empty."""
        before, after = self._around(thing)
        for kind, behind, ahead in (
            ("dislike", DISLIKE_AFTER, DISLIKE_BEFORE),
            ("like", LIKE_AFTER, LIKE_BEFORE),
        ):
            match = behind.search(after)
            if match and not ASKS_BACK.match(after, match.end()) and not (kind == "dislike" and thing.soft):
                return "" if NOT_MEANT.search(after[: match.end() + ENDING]) else kind
            if ahead.search(before) and not NOT_MEANT.search(before):
                return kind
        weak = WEAK_DISLIKE.search(after)
        if weak and not thing.soft and SELF.search(f" {self.lower}") and not ASKS_BACK.match(after, weak.end()):
            return "dislike"
        return ""

    @cached_property
    def _chains(self) -> dict[int, tuple[int, int]]:
        """Where each list of things begins and ends."""
        chains: dict[int, tuple[int, int]] = {}
        for one in self.things:
            chains[one.chain] = (chains.get(one.chain, (one.start,))[0], one.end)
        return chains

    @cached_property
    def _starts(self) -> list[int]:
        return sorted(one.start for one in self.things)

    @cached_property
    def _ends(self) -> list[int]:
        return sorted(one.end for one in self.things)

    def _around(self, thing: _Thing) -> tuple[str, str]:
        """What stands before and after a thing and its list, as far as it may speak of it."""
        start, end = self._chains[thing.chain]
        before, behind = bisect_right(self._ends, start), bisect_left(self._starts, end)
        earlier = self._ends[before - 1] if before else 0
        later = self._starts[behind] if behind < len(self._starts) else None
        after = self.lower[end:later][:AFTER]
        return self.lower[earlier:start], TURN.split(after)[0]

    # --- How far, and how well -----------------------------------------------------------------

    def _read_to(self) -> list[Preference]:
        if self.is_conditional or MAY_I.search(self.lower):
            return []
        read = READ_TO.search(self.lower)
        match = read or READING.search(self.lower)
        if not match or ASKS_BACK.match(self.lower, match.end()):
            return []
        number = next(place for place, group in enumerate(match.groups(), start=1) if group)
        if OF_ANOTHER_SERIES.search(self.lower[: match.start(number)]):
            return []
        volume = _number(next(group for group in match.groups() if group)) - (0 if read else 1)
        slug = self._work_read(match)
        if slug is None or volume < 1:
            return []
        return [self._said("read_to", Topic.read_to(slug), volume=min(volume, MAX_VOLUME))]

    def _work_read(self, match: re.Match[str]) -> str | None:
        works = [thing for thing in self.things if thing.topic.kind == TopicKind.WORK]
        if works:
            return min(works, key=lambda thing: abs(thing.start - match.start())).topic.value
        if self.named(TopicKind.AUTHOR):
            return None
        earlier = self.before.named(TopicKind.WORK) if self.before else []
        meant = earlier[-1:] or self.meant_by_it
        return meant[0] if meant else None

    def _level(self) -> list[Preference]:
        if not JAPANESE.search(self.lower) or IS_QUESTION.search(self.source):
            return []
        level = self._level_said()
        return [self._said("level", Topic.level(), level=level)] if level else []

    def _level_said(self) -> str:
        named = N_LEVEL.search(self.lower)
        if self.is_conditional:
            return ""
        if named and not STUDIES.search(self.lower):
            return f"n{named[1]}"
        for level, pattern in LEVELS.items():
            if pattern.search(self.lower) and (level in SAYS_OF_WHAT or OWN_JAPANESE.search(self.lower)):
                return level
        return ""


def _number(text: str) -> int:
    if not set(text) <= {*KANJI, TEN}:
        return int(text)
    tens, ten, ones = text.rpartition(TEN)
    return (KANJI.get(tens, 1) * 10 if ten else 0) + KANJI.get(ones, 0)


@lru_cache(maxsize=2)
def author_names(catalogue: CatalogueSnapshot) -> Lexicon:
    """The names of all authors of a shelf, in three languages, each meaning the Japanese one."""
    lexicon = Lexicon()
    for work in catalogue.works:
        for place, author in enumerate(work.authors):
            spelled = [author]
            for names in work.author_names.values():
                spelled += names[place : place + 1]
            for name in spelled:
                if len(key(name)) >= 3:
                    lexicon.add(name, author, name=True)
    return lexicon
