"""How well each work has the flavours of a wish: sweet, literary, one of the great ones. Pure.

What a flavour leans to stands in `language/data/flavours.toml`.
"""

import numpy as np

from ..language.wishes.wish import Wish
from ..language.words.flavours import FLAVOURS, Flavour
from .features import Column, Features, Mask

WORTH = 1.1  # what the best of a flavour gains by it
FULLY = 3.2  # the weighed tags from which a work could not have more of it
CALLED = 0.5  # beside renown: how much being named as kin by many counts
YOUNG, DECADES = 2018, 15  # the year from which on a work is too new to have lasted, and how long makes it a classic
FAMOUS = 0.75  # the renown from which a work may be called one of the great ones
MARKED = 0.4  # of WORTH: from which a work is marked by the flavours asked for


def flavour(wish: Wish, features: Features) -> Column:
    """What the flavours asked for add to the score of every work."""
    column: Column = np.zeros(len(features.works))
    for name, one in _asked(wish):
        column += WORTH * np.clip(_weighed(name, one, wish, features) / FULLY, -1.0, 1.0)
        if one.renown and not wish.less_known:
            column += one.renown * (features.renown + CALLED * features.called)
            column += one.elder * np.clip((YOUNG - features.year) / DECADES, 0.0, 1.0)
    return column


def marked(wish: Wish, features: Features) -> Mask:
    """Works that have every flavour asked for, and more than a little of each together."""
    asked = len(_asked(wish))
    kept: Mask = (lacking(wish, features) == 0) & (flavour(wish, features) >= MARKED * WORTH * asked)
    return kept


def flavours_of(wish: Wish, features: Features) -> dict[str, list[str]]:
    """Slug to the flavours asked for that a work has, in the order they were asked for."""
    found: dict[str, list[str]] = {}
    for name, one in _asked(wish):
        strong = _weighed(name, one, wish, features) > 0 if not one.renown else features.renown >= FAMOUS
        for row in np.flatnonzero(_has(name, one, wish, features) & strong):
            found.setdefault(features.works[row].slug, []).append(name)
    return found


def lacking(wish: Wish, features: Features) -> Column:
    """How many of the flavours asked for each work lacks."""
    missed = np.zeros(len(features.works), int)
    for name, one in _asked(wish):
        missed += ~_has(name, one, wish, features)
    return missed


def _asked(wish: Wish) -> list[tuple[str, Flavour]]:
    return [(name, FLAVOURS[name]) for name in wish.flavours if name in FLAVOURS]


def _weighed(name: str, one: Flavour, wish: Wish, features: Features) -> Column:
    """The tags of `one` in every work. What was asked for by name is not held against a work."""
    column: Column = np.zeros(len(features.works))
    for tag, weight in one.weights.items():
        if weight > 0 or tag not in wish.asked_tags:
            column += weight / 3 * features.strengths(tag)
    if one.general:
        column += one.general * features.general
    if one.told:
        column += features.of(features.flavoured[name])
    return column


def _has(name: str, one: Flavour, wish: Wish, features: Features) -> Mask:
    lowest, highest = one.tones
    has: Mask = (features.tone >= lowest) & (features.tone <= highest)
    if one.told:
        has &= features.of(features.flavoured[name])
    if one.core:
        strongest = np.max([features.strengths(tag) for tag in one.core], axis=0)
        has &= strongest >= one.core_from
    for tag, strength in one.spoilt_by.items():
        if tag not in wish.asked_tags:
            has &= features.strengths(tag) < strength
    return has
