"""Finding the work that somebody describes: "the one where a cat lives on a space station".

BM25 over what is written of each work in three languages, by pairs of letters where words are not spaced and by stems
of words where they are. What a tag, a subject or a ring of synonyms calls by several words counts as one concept
whatever the language, so that a Korean reader finds what only the English synopsis mentions.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..catalogue.snapshot import CatalogueSnapshot, Work
from ..catalogue.snapshot_cache import cached_per_snapshot
from ..language import subjects
from ..text.folding import fold
from ..text.phrasebook import LANGUAGES, Phrasebook

DATA = Path(__file__).parent / "data"
PHRASES = Phrasebook(DATA)
BATCH = 4_000  # works whose letters are counted at once
MAX_LETTERS = 600  # of a description; what comes later is not read

SATURATION, BY_LENGTH = 1.2, 0.75  # k1 and b of BM25
HIRAGANA, HAN, STEM = 0.5, 0.8, 1.2  # what else counts beside a pair of letters: two hiragana, one kanji, a word
CONCEPT = 3.0  # and a concept
SCALE = 0.25  # of scores, where they become shares: so the mean share of the best is how often it is right
SURE = 0.7  # the share from which on the best is right in 19 of 20
EVERYWHERE = 0.5  # what more than this part of all works has tells nothing

WORD = re.compile(r"[a-z0-9\u00df-\u024f]+")
LETTERS = re.compile(r"[^\W_]+")
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

    @property
    def is_sure(self) -> bool:
        return self.share >= SURE


@dataclass(frozen=True, slots=True)
class Posting:
    """The works that have a term or a concept, and how much each has of it, weighed by how rare it is."""

    rows: Rows
    weights: Weights


def find(text: str, catalogue: CatalogueSnapshot, count: int = 10) -> list[Found]:
    """The works that `text` may describe, likeliest first; none where no word of it is known."""
    index = index_of(catalogue)
    scores = index.scores(text)
    rows = _best(scores, count)
    shares = np.exp(SCALE * (scores - scores.max(initial=0.0)))
    total = float(shares.sum()) or 1.0
    return [Found(index.works[row], float(scores[row]), float(shares[row]) / total) for row in rows]


def _best(scores: Weights, count: int) -> list[int]:
    """The rows of the highest scores above nothing; of equals the first, which is the better known."""
    rows = np.flatnonzero(scores > 0)
    if len(rows) > count:
        least = np.partition(scores[rows], len(rows) - count)[len(rows) - count]
        rows = rows[scores[rows] >= least]
    best: list[int] = rows[np.argsort(-scores[rows], kind="stable")][:count].tolist()
    return best


class DescriptionIndex:
    """What is written of every work of one catalogue, by terms and by concepts. Rows have the order of its works."""

    def __init__(self, catalogue: CatalogueSnapshot) -> None:
        self.works = catalogue.works
        self.stems: dict[str, int] = {}
        self._count_terms()
        self.concepts: list[Posting] = []
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

    def _idf(self, count: int) -> float:
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

    def _add(self, words: dict[str, list[str]], carried: Iterable[tuple[int, float]] = ()) -> None:
        """A concept: what it is called by, and the works that carry it without being told so by a word."""
        strength = np.zeros(len(self.works), np.float32)
        for said in words.values():
            strength[self._saying(said)] += 1 / len(LANGUAGES)
        for row, least in carried:
            strength[row] = max(strength[row], least)
        rows = np.flatnonzero(strength).astype(np.int32)
        if len(rows):
            number = len(self.concepts)
            weights = self._idf(len(rows)) * np.sqrt(np.minimum(strength[rows], 1.0))
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
                scores[having.rows] += weight * self._idf(len(having.rows)) * having.weights
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

        def is_said(word: str) -> bool:
            if WORD.match(word):
                return f" {word} " in spaced
            if len(word) == 1:
                return ord(word) in terms
            return word in spelled or (len(word) > 2 and word.replace(" ", "") in joined)

        words = [word for word in self.named if is_said(word)]
        longest = [word for word in words if not any(word != other and word in other for other in words)]
        return {frozenset(self.named[word]) for word in longest}


def _written_of(work: Work) -> Iterator[str]:
    yield from work.synopses.values()
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


def meant(text: str) -> str:
    """A description without what its writer takes back: "not Overlord, the one where …". All of it where nothing is left."""
    left = _taken_back().sub(" ", text)
    return left if LETTERS.search(left) else text


@lru_cache(maxsize=1)
def _taken_back() -> re.Pattern[str]:
    return re.compile(PHRASES.pattern("descriptions", "taken-back"), re.IGNORECASE)


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
