"""How welcoming a work is: to whom it is for, to somebody who can bear little, and as a first book. Pure.

Columns that are added to a score where a wish says little of the books themselves: what is most widely read is not yet
what is best put into a child's hands, or to somebody who wishes only for what it is not.
"""

from collections.abc import Collection, Mapping
from zlib import crc32

import numpy as np

from ..language.tag_relations import BONDS_OF_THEIR_OWN, DIVISIVE, HEAVY_WISHES, NEVER_FOR_MINORS, TROUBLING, WARNINGS
from ..language.wishes.circumstances import FIT, FULL
from ..language.wishes.wish import Wish
from .features import Column, Features, Mask

# What speaks for a first book.
SHORT, FAIRLY_SHORT, TO_BEGIN = 6, 13, 0.15  # volumes
WHOLE = 0.1  # it is complete
FRIENDLY = 0.2  # a bright tone, taken off for a dark one
AT_HOME = 0.2  # it can be had in the language of the one who asks
OBSCURE, NOT_OBSCURE = 0.55, 0.4  # renown below which few could vouch for it
LONG, LONG_FOR_A_FIRST = 15, 0.3  # volumes above which a work is much for the first of all
BEGUN_BY_MANY = 0.7  # what the best known work gains where it is the first of all
VARIETY, VARIETY_OF_FIRST = 1.3, 0.45  # how much chance decides, so that not every conversation has the same three
WARNED, DIVIDES = 0.6, 0.4
TROUBLED = 0.15  # for each thing of it, however faint, that some would rather not meet
UNASKED_DIVIDES = 0.25  # what it loses where it is about what many refuse, and nothing asked for that
UNASKED_WARNING = 1.0  # what a work loses for a warning at full strength that nothing in the wish asked for


def fit(wish: Wish, features: Features) -> Column:
    """How far each work suits whom it is for and how the reader is."""
    column: Column = np.zeros(len(features.works))
    for who in (wish.audience, wish.gentle):
        if who in FIT:
            weights, worth = FIT[who]
            column += worth * np.clip(_weighed(weights, features) / 2, -1.0, 1.0)
    return column


def unasked_divides(wish: Wish, features: Features) -> Mask:
    """Works that are about what many refuse, and what nothing in the wish asked for or liked leads to."""
    if wish.liked or wish.read:
        return features.none()
    return _warned(features, FULL, DIVISIVE - wish.asked_tags)


def unasked_warnings(wish: Wish, features: Features) -> Mask:
    """Works that carry a warning at full strength which nothing asked for or liked leads to. Who asks for the dark has
    not asked for what is sexual."""
    if wish.liked or wish.read:
        return features.none()
    heavy = wish.brightness < 0 or wish.asked_tags & HEAVY_WISHES
    return _warned(features, FULL, set(NEVER_FOR_MINORS if heavy else WARNINGS) - wish.asked_tags)


def says_little(wish: Wish) -> bool:
    """Whether nothing in the wish, nor in the taste laid over it, speaks for one book more than for another."""
    said = (
        wish.liked,
        wish.read,
        wish.required,
        wish.any_of,
        wish.leaning,
        wish.wanted,
        wish.about,
        wish.described,
        wish.flavours,
    )
    known = (wish.taste.get("likes"), wish.taste.get("wants"))
    return not any((*said, *known)) and not wish.brightness


def first_book(features: Features, seed: str, reads: str = "", *, is_first: bool = False) -> Column:
    """How good each work is to begin with. Chance has a part in it, by `seed`: the same for the same one. `is_first`:
    it is to be the first of all for its reader, who then is handed what many have begun with."""
    column: Column = FRIENDLY * np.clip(features.tone, -1, 1)
    column += np.where(features.volumes <= SHORT, TO_BEGIN, np.where(features.volumes <= FAIRLY_SHORT, TO_BEGIN / 2, 0))
    column += WHOLE * (features.status == "completed")
    column[features.editions.get(reads, [])] += AT_HOME
    column -= NOT_OBSCURE * (features.renown < OBSCURE)
    column -= WARNED * _warned(features, 2)
    for tag in TROUBLING:
        column -= TROUBLED * (features.strengths(tag) > 0)
    for tag in sorted(DIVISIVE.union(BONDS_OF_THEIR_OWN)):
        column -= DIVIDES * (features.strengths(tag) > 1)
    if is_first:
        column -= LONG_FOR_A_FIRST * (features.volumes > LONG)
        column += BEGUN_BY_MANY * np.clip((features.renown - OBSCURE) / (1 - OBSCURE), 0, 1)
    variety = VARIETY_OF_FIRST if is_first else VARIETY
    return column + variety * np.array([crc32(f"{seed}:{work.slug}".encode()) / 2**32 for work in features.works])


def _warned(features: Features, strength: int, tags: Collection[str] = WARNINGS) -> Mask:
    warned = features.none()
    for tag in tags:
        warned |= features.strengths(tag) >= strength
    return warned


def _weighed(weights: Mapping[str, float], features: Features) -> Column:
    column: Column = np.zeros(len(features.works))
    for tag, weight in weights.items():
        column += weight / 3 * features.strengths(tag)
    return column
