"""Which works' texts say the heart of a wish that no tag and no subject stands for.

Not which are nearest to it in what they mean (`descriptions.evidence`): here a work counts only where its synopsis, its
premise or its names have the words, so that a reply may say that it goes by the text.
"""

from collections.abc import Callable, Iterable, Set
from dataclasses import replace
from functools import lru_cache

import numpy as np

from ..catalogue.snapshot import CatalogueSnapshot
from ..catalogue.snapshot_cache import cached_per_snapshot
from ..language.wishes.hearts import content_of, without_asking
from ..language.wishes.wish import Wish
from ..language.words.subjects import is_known, works_about
from .descriptions import DescriptionIndex, Weights, described_in, evidence, index_of

VERB = 0.7  # what a word counts for that is no noun
LITERALLY = 0.95  # the share from which on a text says a heart in its own words
ENOUGH = 0.75  # the share of what a heart says that a text must have
NEAR = 0.6  # how far a work must stand out to be called the nearest to words that nothing tells of
TOO_MANY = 0.12  # what more than this part of all works have tells nothing of one


def hearts_among(subjects: Iterable[str]) -> list[str]:
    """Those of `subjects` that are in a reader's own words."""
    return [one for one in subjects if not is_known(one)]


def with_description(wish: Wish, text: str, catalogue: CatalogueSnapshot) -> Wish:
    """`wish`, with what `text`, the words it was read from, describes besides, and with what of it nothing tells of set
    apart."""
    untold = [one for one in hearts_among(wish.about) if not tellers_of(one, catalogue)]
    about = [one for one in wish.about if one not in untold]
    described = described_in(text, catalogue)
    if untold and not _stands_out(text, catalogue):
        described = ""  # what only asks for a book makes books about books stand out
    return replace(wish, about=about, untold=untold, described=described)


def _stands_out(text: str, catalogue: CatalogueSnapshot) -> bool:
    return float(evidence(without_asking(text), catalogue).max(initial=0.0)) >= NEAR


def tellers_of(subject: str, catalogue: CatalogueSnapshot) -> Set[str]:
    """Slugs of the works that are told to be about a subject, be it a known one or in a reader's own words."""
    if is_known(subject):
        return works_about(catalogue).get(subject, frozenset())
    return frozenset(catalogue.works[row].slug for row in np.flatnonzero(told(subject, catalogue)))


def told(heart: str, catalogue: CatalogueSnapshot) -> Weights:
    """How much of `heart` the texts of each work say, 0 to 1; 0 for those that say too little of it."""
    return _teller(catalogue)(heart)


@cached_per_snapshot
def _teller(catalogue: CatalogueSnapshot) -> Callable[[str], Weights]:
    index = index_of(catalogue)
    return lru_cache(maxsize=256)(lambda heart: _told(heart, index))


def _told(heart: str, index: DescriptionIndex) -> Weights:
    share, whole = np.zeros(len(index.works), np.float32), 0.0
    for word, is_noun in content_of(heart):
        # What goes by the same name is too far from it to be called found: a clerk is no lawyer.
        literally, _ = index.saying(word)
        weight = index.idf(len(literally)) * (1.0 if is_noun else VERB)
        said = np.zeros_like(share)
        said[literally] = 1.0
        share += weight * said
        whole += weight
    if not whole:
        return share
    share /= whole
    share[share < ENOUGH] = 0.0
    return share if np.count_nonzero(share) <= max(TOO_MANY * len(index.works), 1) else np.zeros_like(share)
