"""Works meant by a part of their names, in a text that is known to speak of works: "盾の勇者", "Bookworm", "86".

Too loose for an ask, where the same letters may be what is wished for; `act_reader` looks here only where the whole
turn tells that a work is asked about and no name was found by the strict way.
"""

import re
from dataclasses import dataclass

from ...catalogue.snapshot import CatalogueSnapshot, Work
from ...catalogue.snapshot_cache import cached_per_snapshot
from ...text.folding import fold, key
from ...text.matcher import Passage, tidy
from ..words.cue_book import CueBook
from ..words.phrasebook import PHRASES
from ..words.spoken_names import tied
from ..words.vocabulary import Vocabulary

BOOK = CueBook("focus")
MIN_LETTERS = 4  # of the beginning of a title that may stand for it
MIN_WORD = 6  # letters of one English word that may
MIN_PART = 3  # letters of one other word that may stand for a work that was spoken of
MAX_OTHERS = 5  # works told of by the same word
MAX_LETTERS = 24
MOST = 4
SEARCHED = 300  # characters of a text; what comes later is not looked at
BEGINS = re.compile(r"(?:^|(?<=[^\w])|(?<=[とや]))\w")
PARTICLES = "のにをがはと"
PARTS = re.compile(r"[a-z]+|[가-힣]+?(?=의?(?:[^가-힣]|$))|[ぁ-ゖー]+|[ァ-ヺー]+|[一-龥々]+", re.IGNORECASE)
VOLUMES = re.compile(rf"\s?\d{{1,3}}\s?{PHRASES.pattern('matching', 'unit')}$", re.IGNORECASE)
WORD = re.compile(rf"[a-z]{{{MIN_WORD},}}")
# What letters of a kind follow each other within a word.
SCRIPTS = (re.compile(r"[ぁ-ゖ]"), re.compile(r"[ァ-ヺー]"), re.compile(r"[一-龥々]"), re.compile(r"[가-힣]"),
           re.compile(r"[0-9a-z]"))  # fmt: skip


@dataclass(frozen=True)
class _Names:
    """Slugs by whole names, by beginnings of titles, and by English words that one title has. `everyday`: English
    words in which stories are told."""

    whole: dict[str, str]
    beginnings: dict[str, str]
    words: dict[str, str]
    everyday: frozenset[str]


def loosely_named(text: str, words: Vocabulary) -> tuple[str, ...]:
    """Slugs of the works that `text` may mean, in their order there."""
    names = _names(words.catalogue)
    source = tidy(text)[:SEARCHED]
    found: dict[int, str] = {}
    end = 0
    for match in BEGINS.finditer(source):
        if match.start() < end:
            continue
        if place := _named_at(source, match.start(), names, words):
            slug, end = place
            found[match.start()] = slug
    for word in WORD.finditer(source.lower()):
        if (meant := names.words.get(word[0])) and not is_wished(word[0], words):
            found.setdefault(word.start(), meant)
    return tuple(dict.fromkeys(found[start] for start in sorted(found)))[:MOST]


def begun(said: str, words: Vocabulary) -> str | None:
    """The work whose title alone begins with `said`, which is in no Latin letters, or None."""
    if said.isascii() or BOOK.has("role", said.strip()):
        return None
    return _names(words.catalogue).beginnings.get(key(said))


def meant_by(title: str, words: Vocabulary) -> str | None:
    """The work that `title`, which stands where the name of a work stands, means: by its name, but for one letter, or
    by the beginning that only its name has. What comes behind as a number of volumes is no part of it."""
    said = VOLUMES.sub("", title).strip() or title
    work = words.catalogue.find(said)
    if work:
        return work.slug if key(said) not in words.common else None
    return None if is_everyday(said, words) else words.nearly(said) or begun(said, words)


def only_one_with(said: str, words: Vocabulary) -> str | None:
    """The one work that has `said`, which stands where a title must stand, within its title; its series are one. None
    where several have it or it is a wish."""
    letters = key(said)
    if len(letters) < (MIN_WORD if said.isascii() else MIN_LETTERS) or is_everyday(said, words):
        return None
    having = {work.slug for work in words.catalogue.works if any(letters in key(one) for one in work.titles.values())}
    return having.pop() if len(having) == 1 else None


def is_everyday(said: str, words: Vocabulary) -> bool:
    """Whether `said` is made of words in which stories are told, and so only looks like a name spelt wrongly."""
    return is_wished(said, words) or all(word in _names(words.catalogue).everyday for word in fold(said).split())


def called_by_part(text: str, slugs: tuple[str, ...], words: Vocabulary) -> tuple[str, ...]:
    """Of `slugs`, which the conversation speaks of, the one that `text` calls by a word of its name: "the diaries one",
    "혼잣말은 몇 권이야?". A word that other works have too, or that is a wish before it is a name, names none."""
    source = f" {tidy(text)[:SEARCHED].lower()} "
    works = [work for slug in slugs if (work := words.catalogue.by_slug.get(slug))]
    called = [work.slug for work in works if any(stands_for(part, work, words) for part in _parts_in(source, work))]
    return tuple(called) if len(called) == 1 else ()


def _parts_in(source: str, work: Work) -> list[str]:
    """The words of a work's names that are words of `source`."""
    parts = {part.lower().lstrip(PARTICLES) for name in work.names for part in PARTS.findall(name)}
    return [
        part
        for part in parts
        if len(part) >= (MIN_WORD if part.isascii() else MIN_PART)
        and _is_word_of(source, part)
        and not BOOK.has("no_title", part)
    ]


def _is_word_of(source: str, part: str) -> bool:
    place = source.find(part)
    if place < 1 or source[place - 1].isalnum():
        return False
    after = source[place + len(part)]
    return not after.isalnum() or (not part.isascii() and _ends(source, place + len(part)))


def stands_for(part: str, work: Work, words: Vocabulary) -> bool:
    """Whether a word is no wish, and hardly another work is told of by it."""
    if is_wished(part, words):
        return False
    code = "en" if part.isascii() else "ko" if "가" <= part[0] <= "힣" else "ja"
    told = f" {part}" if part.isascii() else part
    others = sum(told in one.synopses.get(code, "").lower() for one in words.catalogue.works if one is not work)
    return others <= MAX_OTHERS


def _named_at(source: str, start: int, names: _Names, words: Vocabulary) -> tuple[str, int] | None:
    """The work named from `start` on, and where its name ends; the longest name wins."""
    for end in range(min(len(source), start + MAX_LETTERS), start + 1, -1):
        said = source[start:end]
        if not said[-1].isalnum() or not _ends(source, end):
            continue
        letters = key(said)
        whole, begun = names.whole.get(letters), names.beginnings.get(letters)
        if whole and (not said.isascii() or said.isdigit() or said[0].isupper()):
            return whole, end
        if begun and not whole and not said.isascii() and not (is_wished(said, words) or BOOK.has("role", said)):
            return begun, end
    return None


def _ends(source: str, end: int) -> bool:
    """Whether a word may end at `end`: before a blank or a mark, before letters of another kind, before a particle."""
    if end >= len(source) or not source[end].isalnum():
        return True
    before, after = source[end - 1], source[end]
    if "가" <= after <= "힣":
        return after in "은는이가을를도의랑과와에"
    return _script(before) != _script(after) or after in "はがをのともってに"


def _script(letter: str) -> int:
    return next((number for number, script in enumerate(SCRIPTS) if script.match(letter.lower())), -1)


def is_wished(said: str, words: Vocabulary) -> bool:
    """Whether `said` is what can be wished for, and no more."""
    passage = Passage(said)
    spans = words.plain.find(passage)
    return sum(span.end - span.start for span in spans) >= len(said) - 1


@cached_per_snapshot
def _names(catalogue: CatalogueSnapshot) -> _Names:
    whole: dict[str, str] = {}
    beginnings: dict[str, set[str]] = {}
    by_word: dict[str, set[str]] = {}
    first: dict[str, str] = {}
    everyday = {word for work in catalogue.works for word in re.findall(r"\b[a-z]{6,}", work.synopses.get("en", ""))}
    kin = tied(catalogue)
    for work in catalogue.works:  # the best known first
        for name in work.names:
            letters = key(name)
            if len(letters) > 1:
                whole.setdefault(letters, work.slug)
            for length in range(MIN_LETTERS, min(len(letters), MAX_LETTERS)):
                beginnings.setdefault(letters[:length], set()).add(work.slug)
                first.setdefault(letters[:length], work.slug)
        for word in WORD.findall(fold(work.titles.get("en", ""))):
            if word not in everyday:
                by_word.setdefault(word, set()).add(work.slug)
                first.setdefault(f" {word}", work.slug)
    return _Names(
        whole,
        {letters: first[letters] for letters, slugs in beginnings.items() if slugs <= kin[first[letters]]},
        {word: first[f" {word}"] for word, slugs in by_word.items() if slugs <= kin[first[f" {word}"]]},
        frozenset(everyday),
    )
