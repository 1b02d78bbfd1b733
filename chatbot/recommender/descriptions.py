"""Finding the work that somebody describes: "the one where a cat lives on a space station".

BM25 over what is written of each work in three languages, by pairs of letters where words are not spaced and by stems
of words where they are. What a tag, a subject or a ring of synonyms calls by several words counts as one concept
whatever the language, so that a Korean reader finds what only the English synopsis mentions. To this comes how near
the synopses are to the description in what they mean, and that a well-known work is described more often.
"""

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from ..catalogue.snapshot import CatalogueSnapshot, Work
from ..catalogue.snapshot_cache import cached_per_snapshot
from ..language.stances.parse import parse
from ..language.words import subjects
from ..language.words.mentions import REFUSALS
from ..language.words.vocabulary import vocabulary
from ..text.folding import fold
from ..text.phrasebook import LANGUAGES, Phrasebook
from .features import features_of
from .senses import senses_of

DATA = Path(__file__).parent / "data"
PHRASES = Phrasebook(DATA)
BATCH = 4_000  # works whose letters are counted at once
MAX_LETTERS = 600  # of a description; what comes later is not read

SATURATION, BY_LENGTH = 1.2, 0.75  # k1 and b of BM25
HIRAGANA, HAN, STEM = 0.5, 0.8, 1.2  # what else counts beside a pair of letters: two hiragana, one kanji, a word
CONCEPT = 3.0  # and a concept
MEANING = 100.0  # and a synopsis that means the same, by the cosine of the two
RENOWN = 15.0  # and being known to everybody: a work known to few has to fit better
SCALE = 0.2  # of scores, where they become shares: so the mean share of the best is how often it is right
SURE = 0.7  # the share from which on the best is right in 19 of 20
BESIDE = 1.5  # a tag that is remembered, and twice that against one that the work did not have, by its strength
AGAINST = 12.0  # a work from another time, longer, or without the anime that is remembered
MAX_SAID = 3  # words of a description that a work is said to have
RARE = 0.2  # of all works; what more of them have speaks for none
OUT, FAR_OUT = 3.0, 7.0  # deviations above the mean from which a work stands out, and from which it could not more
TELLING = 0.35  # how far the first has to stand out for the words to be a description at all
MIN_SPREAD = 4.0  # so that of words that fit nothing none stands out
MAX_TOLD = 300  # letters of a wish among which what describes a story is looked for
MAX_DESCRIBED = 120  # letters
TOLD_OF = ("tag", "about")  # mentions that may be part of a story
EVERYWHERE = 0.5  # what more than this part of all works has tells nothing

WORD = re.compile(r"[a-z0-9\u00df-\u024f]+")
LETTERS = re.compile(r"[^\W_]+")
NUMBERS = re.compile(
    r"[0-9]+ ?(?:권|년|화|개|명|편|巻|年|冊|本|volumes?|vols?|books?)?(?: ?(?:이하|이상|이내|以内|以下|以上|まで))?"
)
SUFFIXES = ("ingly", "edly", "ings", "ing", "ies", "ers", "ed", "es", "er", "ly", "s", "y", "e")
MIN_STEM = 3
WORDS_FROM = 1 << 32  # numbers of stems; below stand letters and pairs of them, by their code points
PARTICLES = [ord(letter) for letter in "은는이가을를의과와도"]
MOST = 256  # one more than a term is counted to
END = 10  # the letter between two works

Rows = NDArray[np.int32]
Weights = NDArray[np.float32]
Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Found:
    """A work, what speaks for it, and its share of all that speaks for any: near 1 where no other is like it."""

    work: Work
    score: float
    share: float
    said: tuple[str, ...] = ()  # words of the description that tell of it

    @property
    def is_sure(self) -> bool:
        return self.share >= SURE


@dataclass(frozen=True, slots=True)
class Posting:
    """The works that have a term or a concept, and how much each has of it, weighed by how rare it is."""

    rows: Rows
    weights: Weights


@dataclass(frozen=True, slots=True)
class Beside:
    """What is remembered of a work beside its story. `wanted`, `refused`: tags. `denied`: slugs of works that it is
    not; nothing else of their series is it either."""

    wanted: Collection[str] = ()
    refused: Collection[str] = ()
    min_year: int | None = None
    max_year: int | None = None
    max_volumes: int | None = None
    anime: bool = False
    denied: Collection[str] = ()


def find(text: str, catalogue: CatalogueSnapshot, count: int = 10, beside: Beside | None = None) -> list[Found]:
    """The works that `text` may describe, likeliest first; none where no word of it is known."""
    index = index_of(catalogue)
    worded = index.scores(text)
    if not worded.any():
        return []
    scores: Weights = worded + MEANING * senses_of(catalogue).likeness(meant(text[:MAX_LETTERS])) + index.renown
    may_be = worded > 0
    if beside:
        scores += _beside(beside, catalogue)
        may_be &= ~_denied(beside, catalogue)
    if not may_be.any():
        return []
    rows = _best(scores, may_be, count)
    shares = np.where(may_be, np.exp(SCALE * (scores - scores[may_be].max())), 0.0)
    total = float(shares.sum())
    return [Found(index.works[row], float(scores[row]), float(shares[row]) / total) for row in rows]


def _beside(beside: Beside, catalogue: CatalogueSnapshot) -> Weights:
    """What speaks for and against each work beside what is told of its story."""
    features = features_of(catalogue)
    scores = np.zeros(len(features.works), np.float32)
    for tags, weight in ((beside.wanted, BESIDE), (beside.refused, -2 * BESIDE)):
        for tag in tags:
            row = features.tag.get(tag)
            if row is not None:
                scores += weight * features.idf[tag] * features.strength[row]
    against = np.zeros(len(features.works), bool)
    if beside.min_year is not None:
        against |= features.year < beside.min_year
    if beside.max_year is not None:
        against |= features.year > beside.max_year
    if beside.max_volumes is not None:
        against |= features.volumes > beside.max_volumes
    if beside.anime:
        against |= ~features.anime
    scores[against] -= AGAINST
    return scores


def _denied(beside: Beside, catalogue: CatalogueSnapshot) -> NDArray[np.bool_]:
    features = features_of(catalogue)
    rows = [features.row[slug] for slug in beside.denied if slug in features.row]
    denied: NDArray[np.bool_] = np.isin(features.series, features.series[rows])
    return denied


def with_words(found: Sequence[Found], text: str, catalogue: CatalogueSnapshot) -> list[Found]:
    """`found`, each with the words of `text` that speak for it: those that few other works have."""
    index, rows = index_of(catalogue), features_of(catalogue).row
    telling = dict(_telling(meant(text[:MAX_LETTERS]), index))
    return [
        replace(one, said=tuple(word for word in telling if rows[one.work.slug] in telling[word])[:MAX_SAID])
        for one in found
    ]


def _telling(text: str, index: "DescriptionIndex") -> Iterator[tuple[str, set[int]]]:
    """Each word of `text` that stands where nouns do, with the rows of the works that have it, where they are few: with
    its particle only where that is the noun's own end."""
    for match in _pattern("noun").finditer(text):
        for word in dict.fromkeys((next(filter(None, match.groups())), match[0])):
            rows = {*np.concatenate(index.saying(word)).tolist()}
            if rows:
                break
        if 0 < len(rows) <= RARE * len(index.works):
            yield word, rows


# --- Descriptions as evidence in choosing --------------------------------------------------------------------------


def described_in(text: str, catalogue: CatalogueSnapshot) -> str:
    """What a wish tells of the story that is sought ("a hero who runs an inn"), where that describes some works and not
    the others; "" where it tells nothing of one. What the reader tells of themselves describes no story."""
    told = _without_names(text, catalogue)
    if not _pattern("describes").search(told) or _pattern("reader").search(told):
        return ""
    rest = " ".join(meant(told).split())[:MAX_DESCRIBED]
    return rest if float(evidence(rest, catalogue).max(initial=0.0)) >= TELLING else ""


def evidence(text: str, catalogue: CatalogueSnapshot) -> Weights:
    """How far each work stands out from all as one that `text` describes, 0 to 1."""
    index = index_of(catalogue)
    if not index.works:
        return index.renown
    scores: Weights = index.scores(text) + MEANING * senses_of(catalogue).likeness(meant(text[:MAX_LETTERS]))
    above = (scores - scores.mean()) / max(float(scores.std()), MIN_SPREAD)
    far: Weights = np.clip((above - OUT) / (FAR_OUT - OUT), 0.0, 1.0).astype(np.float32)
    return far


def _without_names(text: str, catalogue: CatalogueSnapshot) -> str:
    """`text` without works, numbers and what else is no part of a story, and without what is refused."""
    parsed = parse(text, vocabulary(catalogue))
    letters = list(parsed.source[:MAX_TOLD])
    for mention in parsed.mentions:
        if mention.kind not in TOLD_OF or mention.stance in REFUSALS:
            letters[mention.start : mention.end] = " " * len(letters[mention.start : mention.end])
    return NUMBERS.sub(" ", "".join(letters))


def _best(scores: Weights, mask: NDArray[np.bool_], count: int) -> list[int]:
    """The rows of the highest scores in `mask`; of equals the first, which is the better known."""
    rows = np.flatnonzero(mask)
    if len(rows) > count:
        least = np.partition(scores[rows], len(rows) - count)[len(rows) - count]
        rows = rows[scores[rows] >= least]
    best: list[int] = rows[np.argsort(-scores[rows], kind="stable")][:count].tolist()
    return best


@dataclass(frozen=True, slots=True)
class _Said:
    """The words of concepts by how each is looked for, with what is looked for: every description tries them all."""

    latin: list[tuple[str, str]] = field(default_factory=list)  # as words of their own
    single: list[str] = field(default_factory=list)  # letters that are words
    others: list[tuple[str, str]] = field(default_factory=list)  # anywhere, and longer ones however they are spaced

    @classmethod
    def of(cls, words: Iterable[str]) -> Self:
        said = cls()
        for word in words:
            if WORD.match(word):
                said.latin.append((word, f" {word} "))
            elif len(word) == 1:
                said.single.append(word)
            else:
                said.others.append((word, word.replace(" ", "") if len(word) > 2 else ""))
        return said


class DescriptionIndex:
    """What is written of every work of one catalogue, by terms and by concepts. Rows have the order of its works."""

    def __init__(self, catalogue: CatalogueSnapshot) -> None:
        self.works = catalogue.works
        self.renown: Weights = np.array([RENOWN * work.renown / 100 for work in self.works], np.float32)
        self.stems: dict[str, int] = {}
        self._count_terms()
        self.concepts: list[Posting] = []
        self.called: list[
            frozenset[str]
        ] = []  # what else each goes by; of a tag's words each may mean something of its own
        self.said = _Said()
        self.named: defaultdict[str, list[int]] = defaultdict(list)  # a concept's word as `_spelled` to its concepts
        self._take_concepts(catalogue)

    # --- Terms ---------------------------------------------------------------------------------

    def _count_terms(self) -> None:
        """`terms`, sorted; the works that have the nth stand in `rows[starts[n] : starts[n + 1]]` with their weights."""
        counted = [self._count(first) for first in range(0, len(self.works), BATCH)]
        postings = np.concatenate(counted or [np.zeros(0, np.int64)])
        del counted  # of a large catalogue, as all that follows, hundreds of megabytes
        postings.sort()
        counts = (postings % MOST).astype(np.float32)
        postings //= MOST
        total = max(len(self.works), 1)
        self.rows: Rows = (postings % total).astype(np.int32)
        postings //= total
        starts = np.flatnonzero(np.diff(postings, prepend=-1))
        self.terms = postings[starts]
        self.starts = np.append(starts, len(postings))
        lengths = np.bincount(self.rows, counts, total).astype(np.float32)
        norm = SATURATION * (1 - BY_LENGTH + BY_LENGTH * lengths / max(float(lengths.mean()), 1.0))
        self.weights: Weights = (counts * (SATURATION + 1) / (counts + norm[self.rows])).astype(np.float32)

    def _count(self, first: int) -> Codes:
        """What each of a batch of works has: (term * number of works + row) * MOST + how often."""
        works = self.works[first : first + BATCH]
        text = fold(chr(END).join(" | ".join(_written_of(work)).replace(chr(END), " ") for work in works))
        codes = _codes_of(text)
        row = first + np.cumsum(codes == END)
        keys = [terms * len(self.works) + row[places] for places, terms in _letters(codes)]
        words = [
            self.stems.setdefault(stem(word), WORDS_FROM + len(self.stems)) * len(self.works) + first + number
            for number, line in enumerate(text.split(chr(END)))
            for word in WORD.findall(line)
        ]
        keys.append(np.array(words, np.int64))
        pairs, counts = np.unique(np.concatenate(keys), return_counts=True)
        batch: Codes = pairs * MOST + np.minimum(counts, MOST - 1)
        return batch

    def idf(self, count: int) -> float:
        return math.log(1 + (len(self.works) - count + 0.5) / (count + 0.5))

    def _having(self, term: int) -> Posting | None:
        place = int(np.searchsorted(self.terms, term))
        if place == len(self.terms) or self.terms[place] != term:
            return None
        first, last = self.starts[place], self.starts[place + 1]
        return Posting(self.rows[first:last], self.weights[first:last])

    # --- Concepts ------------------------------------------------------------------------------

    def _take_concepts(self, catalogue: CatalogueSnapshot) -> None:
        row = {work.slug: place for place, work in enumerate(self.works)}
        carried: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for work in self.works:
            for slug, strength in work.tags.items():
                carried[slug].append((row[work.slug], strength / 3))
        for label in catalogue.labels.values():
            words = {code: [*label.words.get(code, ()), label.labels.get(code, "")] for code in LANGUAGES}
            self._add(words, carried.get(label.slug, ()))
        for slug in subjects.slugs():
            self._add(subjects.words_of(slug))
        for ring in synonyms():
            self._add(ring)
        self.said = _Said.of(self.named)

    def _add(self, words: dict[str, list[str]], carried: Iterable[tuple[int, float]] = ()) -> None:
        """A concept: what it is called by, and the works that carry it without being told so by a word."""
        strength = np.zeros(len(self.works), np.float32)
        for said in words.values():
            strength[self._saying(said)] += 1 / len(LANGUAGES)
        carried = list(carried)
        for row, least in carried:
            strength[row] = max(strength[row], least)
        rows = np.flatnonzero(strength).astype(np.int32)
        if len(rows):
            number = len(self.concepts)
            self.called.append(frozenset(word for said in words.values() for word in said if word and not carried))
            weights = self.idf(len(rows)) * np.sqrt(np.minimum(strength[rows], 1.0))
            self.concepts.append(Posting(rows, weights.astype(np.float32)))
            for word in {spelled for said in words.values() for one in said if (spelled := _spelled(one))}:
                self.named[word].append(number)

    def _saying(self, words: Iterable[str]) -> Rows:
        """Rows of the works that have all terms of one of `words`: of a long word nearly always the word itself."""
        found = [np.zeros(0, np.int32)]
        for word in words:
            having = [self._having(term) for term in self._terms_of(word)]
            if having and None not in having:
                rows, *others = (one.rows for one in having if one is not None)
                for other in others:
                    rows = np.intersect1d(rows, other, assume_unique=True)
                found.append(rows)
        return np.unique(np.concatenate(found))

    def saying(self, word: str) -> tuple[Rows, Rows]:
        """Rows of the works whose texts have `word`, and of those that have what goes by the same name."""
        same = frozenset[str]().union(*(self.called[number] for number in self.named.get(_spelled(word), ())))
        # A single kanji stands in too many other words.
        return self._saying([word]), self._saying([one for one in same if len(one) > 1])

    def _terms_of(self, text: str) -> dict[int, float]:
        """Every term of `text` and what it counts for."""
        folded = fold(text)
        weights: dict[int, float] = {}
        for _places, terms in _letters(_codes_of(folded)):
            for term in terms.tolist():
                weights[term] = _weight_of(term)
        for word in WORD.findall(folded):
            weights[self.stems.get(stem(word), -1)] = STEM
        return weights

    # --- A description -------------------------------------------------------------------------

    def scores(self, text: str) -> Weights:
        """What speaks for each work."""
        text = meant(text[:MAX_LETTERS])
        scores = np.zeros(len(self.works), np.float32)
        for term, weight in self._terms_of(text).items():
            having = self._having(term)
            if having is not None and len(having.rows) <= max(EVERYWHERE * len(self.works), 1):
                scores[having.rows] += weight * self.idf(len(having.rows)) * having.weights
        for numbers in self._concepts_in(text):
            # A word that stands for several concepts counts by the one that fits a work best.
            best = np.zeros(len(self.works), np.float32)
            for number in numbers:
                concept = self.concepts[number]
                best[concept.rows] = np.maximum(best[concept.rows], concept.weights)
            scores += CONCEPT * best
        return scores

    def _concepts_in(self, text: str) -> set[frozenset[int]]:
        """The concepts each word of `text` may stand for; of words within each other the longest."""
        spelled, terms = _spelled(text), self._terms_of(text)
        spaced, joined = f" {spelled} ", spelled.replace(" ", "")

        words = [word for word, sought in self.said.latin if sought in spaced]
        words += [word for word in self.said.single if ord(word) in terms]
        words += [word for word, sought in self.said.others if word in spelled or (sought and sought in joined)]
        longest = [word for word in words if not any(word != other and word in other for other in words)]
        return {frozenset(self.named[word]) for word in longest}


def _written_of(work: Work) -> Iterator[str]:
    yield from work.synopses.values()
    yield from work.premises.values()
    yield from dict.fromkeys([*work.titles.values(), *work.names])


def _codes_of(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)


def _letters(codes: Codes) -> Iterator[tuple[NDArray[np.intp], Codes]]:
    """(places, terms) of single kanji and words of one Hangul letter, and of two letters beside each other."""
    hangul = (codes >= 0xAC00) & (codes <= 0xD7A3)
    han = ((codes >= 0x4E00) & (codes <= 0x9FFF)) | (codes == ord("々"))
    japanese = han | ((codes >= 0x3041) & (codes <= 0x30FF))
    single = np.flatnonzero(han | _alone(codes, hangul))
    yield single, codes[single]
    pairs = np.flatnonzero((hangul[:-1] & hangul[1:]) | (japanese[:-1] & japanese[1:]))
    yield pairs, (codes[pairs] << 16) | codes[pairs + 1]


def _alone(codes: Codes, hangul: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where a word of one Hangul letter stands, with a particle or without."""
    padded = np.concatenate([[False], hangul, [False, False]])
    before, after, behind = padded[:-3], padded[2:-1], padded[3:]
    particle = np.isin(np.append(codes[1:], 0), PARTICLES)
    alone: NDArray[np.bool_] = hangul & ~before & (~after | (particle & ~behind))
    return alone


def _weight_of(term: int) -> float:
    first, second = term >> 16, term & 0xFFFF
    if not first:
        return HAN
    return HIRAGANA if 0x3041 <= first <= 0x309F and 0x3041 <= second <= 0x309F else 1.0


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """An English word without its ending; roughly, but every form of it alike."""
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= MIN_STEM:
            word = word[: -len(suffix)]
            break
    return word[:-1] if len(word) > MIN_STEM and word[-1] == word[-2] else word


def _spelled(text: str) -> str:
    """`text` as words of concepts are looked for in it: folded, in stems, one space between words."""
    words = LETTERS.findall(fold(text))
    return " ".join(stem(word) if WORD.fullmatch(word) else word for word in words)


@lru_cache(maxsize=64)
def meant(text: str) -> str:
    """A description without what its writer takes back ("not Overlord, the one where …") and without what only asks for
    the work ("what's that one where …"). All of it where nothing is left."""
    left = _pattern("taken-back").sub(" ", text)
    left = left if LETTERS.search(left) else text
    asked = _pattern("frame").sub(" ", left)
    return asked if LETTERS.search(asked) else left


@lru_cache(maxsize=4)
def _pattern(section: str) -> re.Pattern[str]:
    return re.compile(PHRASES.pattern("descriptions", section), re.IGNORECASE)


@lru_cache(maxsize=1)
def synonyms() -> tuple[dict[str, list[str]], ...]:
    """Rings of words for the same thing, by language."""
    rings = []
    for line in (DATA / "synonyms.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            said = [[word.strip() for word in part.split(",")] for part in line.split("|")]
            rings.append(dict(zip(LANGUAGES, said, strict=True)))
    return tuple(rings)


@cached_per_snapshot
def index_of(catalogue: CatalogueSnapshot) -> DescriptionIndex:
    return DescriptionIndex(catalogue)
