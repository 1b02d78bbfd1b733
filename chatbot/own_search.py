"""What a reader said and was told, found again: in their own conversations, those put away too.

The index (`conversation_search`) names the turns that may say it; these are read and compared, so that each hit is one.
A work that was offered is found by any of its names, as the reply holds its slug.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.translation import get_language

from .catalogue import novel_cache
from .catalogue import search as catalogue_search
from .catalogue.models import Novel
from .conversation_search import CONVERSATIONS, TURNS, folded, grams, initial
from .models import Conversation, Turn
from .text.cleaning import clean
from .text.quoting import titled
from .text.spelling import INITIALS, is_syllable

PAGE = 20  # hits
BATCH = 60  # turns read at once
MAX_READ = 600  # turns read for one page
MAX_QUERY = 120  # characters
MAX_WORDS = 6
MAX_SPACED = 24  # ways to write words of a query in two
MAX_WORKS = 4  # that a query may be the name of
MAX_TITLES = 5  # conversations found by their own name
AROUND = 70  # characters of a text shown before its first hit; behind it twice as many
MARK = re.compile(r"\[\[([a-z0-9-]{1,60})\]\]")
MARKUP = re.compile(r"[*_`#>|]+")
Piece = tuple[str, bool]  # words, and whether they are a hit


@dataclass
class Hit:
    """A turn that says it. `asked`, `told`: the places of it, in pieces; empty where nothing of it stands there."""

    turn: Turn
    asked: list[Piece]
    told: list[Piece]
    works: list[Novel]


@dataclass
class Found:
    """`titled`: conversations that are called so. `older`: where the next page begins, or ""."""

    hits: list[Hit] = field(default_factory=list)
    titled: list[tuple[Conversation, list[Piece]]] = field(default_factory=list)
    older: str = ""


def words_of(query: str) -> list[str]:
    return [folded(word) for word in clean(query[:MAX_QUERY]).split()[:MAX_WORDS] if grams(word)]


def find(reader, query: str, before: int | None = None) -> Found:
    """A page of what `reader` finds, newest first, `before` the turn of that id. A handful of queries."""
    words = [_Word(word) for word in words_of(query)]
    if not words:
        return Found()
    found = Found(titled=[] if before else _titled(reader, words))
    works = {novel.slug: novel for novel in catalogue_search.find(query[:MAX_QUERY], MAX_WORKS)}
    together = set().union(*(word.grams for word in words))
    wanted = [together, *_spaced(words), *(grams(slug) for slug in works)]
    read = 0
    while read < MAX_READ:
        pks = TURNS.find_own(reader.pk, wanted, BATCH, before)
        turns = list(_turns(pks))
        titles = _titles(turns)
        for turn in turns:
            if hit := _hit(turn, words, works, titles):
                found.hits.append(hit)
            before = turn.pk
            if len(found.hits) == PAGE:
                break
        read += len(pks)
        if len(found.hits) == PAGE or read >= MAX_READ:
            found.older = str(before)
        if len(found.hits) == PAGE or len(pks) < BATCH:
            break
        before = pks[-1]
    return found


def _spaced(words: Sequence["_Word"]) -> list[set[str]]:
    """What is said where one of `words` is written in two, as Korean may: 다크판타지 as 다크 판타지."""
    found = []
    for word in words:
        others = set().union(*(one.grams for one in words if one is not word))
        found += [others.union(*(_Word(part).grams for part in halves)) for halves in word.halves]
    return found[:MAX_SPACED]


@dataclass
class _Word:
    """A word looked for: as it stands or, where it is nothing but consonants, as the beginnings of syllables."""

    text: str

    def __post_init__(self) -> None:
        self.consonants = "".join(CONSONANT.get(letter, "") for letter in self.text)
        if len(self.consonants) < 2 or len(self.consonants) != len(self.text):
            self.consonants = ""

    @property
    def grams(self) -> set[str]:
        if self.consonants:
            return {self.consonants[at : at + 2] for at in range(len(self.consonants) - 1)}
        found = grams(self.text)
        # What two neighbours say, each of them says too.
        return {one for one in found if len(one) > 1 and one[0] not in INITIALS} or found

    @property
    def halves(self) -> list[tuple[str, str]]:
        """Each way to write it in two words; none where it is not Hangul throughout."""
        is_hangul = len(self.text) > 2 and all(map(is_syllable, self.text))
        return [(self.text[:at], self.text[at:]) for at in range(1, len(self.text))] if is_hangul else []

    def places(self, said: "_Said") -> Iterator[tuple[int, int]]:
        """Where it stands; where it does not as it is, with spaces within."""
        found = list(self._places(said))
        if not found and self.halves:
            found = [hit.span() for hit in _spaced_out(self.text).finditer(said.folded)]
        yield from found

    def _places(self, said: "_Said") -> Iterator[tuple[int, int]]:
        wanted, among = (self.consonants, said.initials) if self.consonants else (self.text, said.folded)
        at = among.find(wanted)
        while at >= 0:
            yield at, at + len(wanted)
            at = among.find(wanted, at + len(wanted))


@lru_cache(maxsize=64)
def _spaced_out(word: str) -> re.Pattern[str]:
    """`word` from the beginning of one in the text on, with spaces anywhere in it."""
    return re.compile(r"(?<!\w)" + r"\s*".join(map(re.escape, word)))


# Both ways a lone consonant may stand in a folded text.
CONSONANT = dict(zip(INITIALS, INITIALS, strict=True)) | {chr(0x1100 + n): one for n, one in enumerate(INITIALS)}


class _Said:
    """A text with its folded form; `places` are of the text itself."""

    def __init__(self, text: str) -> None:
        self.text, self.folded = text, folded(text)
        self.at = range(len(text) + 1)
        if len(self.folded) != len(text):
            letters = [folded(letter) for letter in text]
            self.folded = "".join(letters)
            self.at = [place for place, letter in enumerate(letters) for _one in letter] + [len(text)]
        self.initials = "".join(initial(letter) if is_syllable(letter) else letter for letter in self.folded)

    def places(self, words: Sequence[_Word]) -> list[tuple[int, int]]:
        """Where any of `words` stands, in order and none within another."""
        kept: list[tuple[int, int]] = []
        for start, end in sorted(place for word in words for place in word.places(self)):
            if not kept or start >= kept[-1][1]:
                kept.append((start, end))
        return [(self.at[start], max(self.at[end], self.at[start] + 1)) for start, end in kept]

    def has(self, word: _Word) -> bool:
        return next(word.places(self), None) is not None


def pieces(text: str, places: Sequence[tuple[int, int]]) -> list[Piece]:
    """The stretch of `text` around the first of `places`, cut where it is a hit; nothing without a place."""
    if not places:
        return []
    start, end = max(0, places[0][0] - AROUND), min(len(text), places[0][0] + 2 * AROUND)
    found: list[Piece] = [("…", False)] if start else []
    last = start
    for begins, ends in places:
        if begins >= end:
            break
        found += [(text[last:begins], False), (text[begins:ends], True)]
        last = ends
    found.append((text[last:end] + ("…" if end < len(text) else ""), False))
    return [piece for piece in found if piece[0]]


def _titled(reader, words: Sequence[_Word]) -> list[tuple[Conversation, list[Piece]]]:
    wanted = set().union(*(word.grams for word in words))
    pks = CONVERSATIONS.find_own(reader.pk, [wanted, *_spaced(words)], BATCH)
    found = []
    for conversation in Conversation.objects.owned_by(reader).filter(pk__in=pks, temporary=False).order_by("-pk"):
        said = _Said(conversation.title)
        if all(map(said.has, words)):
            found.append((conversation, pieces(said.text, said.places(words))))
    return found[:MAX_TITLES]


def _turns(pks: Iterable[int]) -> Iterable[Turn]:
    turns = Turn.objects.filter(
        pk__in=list(pks), hidden=False, conversation__deleted_at=None, conversation__temporary=False
    )
    columns = ("text", "reply", "language", "queued_at", "reader_id", "conversation__title")
    return turns.select_related("conversation").only(*columns).order_by("-pk")


def _titles(turns: Iterable[Turn]) -> dict[str, str]:
    """What the works that replies point at are called, marked as titles, by slug. One query at most."""
    slugs = {slug for turn in turns for slug in MARK.findall(turn.reply)}
    novels, _tags = novel_cache.get_many(slugs, set()) if slugs else ({}, {})
    return {slug: titled(novel.title, get_language()) for slug, novel in novels.items()}


def _hit(turn: Turn, words: Sequence[_Word], works: dict[str, Novel], titles: dict[str, str]) -> Hit | None:
    offered = [works[slug] for slug in dict.fromkeys(MARK.findall(turn.reply)) if slug in works]
    asked, told = _Said(" ".join(turn.text.split())), _Said(plain(turn.reply, titles))
    if not offered and not all(asked.has(word) or told.has(word) for word in words):
        return None
    hit = Hit(turn, pieces(asked.text, asked.places(words)), pieces(told.text, told.places(words)), offered)
    if not hit.asked and not hit.told:
        hit.asked = [(asked.text[: 2 * AROUND], False)]
    return hit


def plain(reply: str, titles: dict[str, str]) -> str:
    """A reply in one line, without what is markup, and with the titles of works in place of their marks."""
    named = MARK.sub(lambda mark: titles.get(mark[1], ""), reply)
    return " ".join(MARKUP.sub(" ", named).split())
