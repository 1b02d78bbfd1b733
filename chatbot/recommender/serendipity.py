"""A step aside: one pick far from the others that one strong thing still ties to the reader."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

import numpy as np

from ..language.tag_relations import DIVISIVE, HEAVY_MOODS, HEAVY_READS, LIGHT_MOODS, SADDER
from ..language.wishes.wish import Wish
from .candidates import Candidate, Reason
from .features import Mask
from .flavours import marked
from .pick_counts import MAX_PICKS, PICKS_WITH_SERENDIPITY
from .scoring import MAX_REASONS, Scorer, asked_for

SERENDIPITY_MIN_FITTING = 20  # works that must fit, below which a wish is too narrow for one
SERENDIPITY_MAX_CONDITIONS = 2  # conditions from which a wish is too clear for one
SERENDIPITY_MAX_SAID = 1  # likes, kinds and refusals; who said more has said where they want to go
SERENDIPITY_POOL = 200  # best works among which it is sought
SERENDIPITY_MAX_LIKENESS = 0.45  # most likeness to any other pick
SERENDIPITY_RENOWN = 0.45


def leaves_room(wish: Wish, full: Mask, constraints: Sequence[tuple[Reason, Mask]], picks: Sequence[int]) -> bool:
    """Whether a pick may step aside: enough are given, enough would fit, and the reader was not that exact, nor tender
    or a child."""
    if wish.gentle or wish.audience:
        return False
    if asked_for(wish) + len(wish.liked) + bool(wish.unwanted) + bool(wish.elsewhere) > SERENDIPITY_MAX_SAID:
        return False
    if len(picks) < PICKS_WITH_SERENDIPITY or (wish.count is not None and wish.count < PICKS_WITH_SERENDIPITY):
        return False
    return len(constraints) < SERENDIPITY_MAX_CONDITIONS and full.sum() >= SERENDIPITY_MIN_FITTING


def with_serendipity(candidates: list[Candidate], picks: Sequence[int], full: Mask, scorer: Scorer) -> None:
    """Put a step aside in the place of one of the first five `candidates`, where there is one worth it."""
    place = min(MAX_PICKS, len(picks)) - 1
    others = [row for position, row in enumerate(picks) if position != place]
    if (found := _serendipity(others, full, scorer)) is not None:
        row, tag = found
        candidate = scorer.candidate(row)
        reasons = (Reason("aside", tag), *candidate.reasons[: MAX_REASONS - 1])
        candidates[place] = replace(candidate, reasons=reasons, serendipity=True)


def _serendipity(picks: Sequence[int], full: Mask, scorer: Scorer) -> tuple[int, str] | None:
    """(row, tag) of the work far from all `picks` that one strong thing still ties to the reader; None without one.

    The tie is kinship the catalogue names, or a tag that was asked for and is what the work is about. `tag` is the
    strongest thing it has that neither was asked for nor is what a pick or a liked work is about.
    """
    features = scorer.features
    mask = (
        full
        & _tied(scorer)
        & marked(scorer.wish, features)
        & _of_the_kind(scorer)
        & ~np.isin(features.series, features.series[picks])
    )
    if not scorer.wish.less_known:
        mask &= features.renown >= SERENDIPITY_RENOWN
    # Nobody is led unasked to what many refuse.
    welcome = {tag for work in scorer.like for tag in work.tags} | {*scorer.wish.wanted}
    for tag in (features.warnings | DIVISIVE) - welcome:
        mask &= features.strengths(tag) < 2
    known = welcome | {tag for row in picks for tag, strength in features.works[row].tags.items() if strength == 3}
    for row in islice(features.in_order(mask, -scorer.scores), SERENDIPITY_POOL):
        if features.alike_among(list(picks), row).max() > SERENDIPITY_MAX_LIKENESS:
            continue
        tags = features.works[row].tags
        new = [tag for tag, strength in tags.items() if strength > 1 and tag not in known and features.is_told(tag)]
        if new:
            return row, min(new, key=lambda tag: (-tags[tag] * features.idf[tag], tag))
    return None


def _of_the_kind(scorer: Scorer) -> Mask:
    """Works that are what was asked for, and not only touched by it: a step aside must not lead away from that."""
    features, kind = scorer.features, ~scorer.features.none()
    for tags in [[tag] for tag in scorer.wish.required] + scorer.wish.any_of:
        kind &= np.max([features.strengths(tag) for tag in tags], axis=0) > 1
    asked = scorer.wish.asked_tags
    if asked & LIGHT_MOODS:
        kind &= features.tone >= 0
        for tag in {*HEAVY_READS, *SADDER} - asked:
            kind &= features.strengths(tag) < 2
    elif scorer.wish.brightness < 0 or asked & HEAVY_MOODS:
        kind &= features.tone <= 0
    return kind


def _tied(scorer: Scorer) -> Mask:
    """Works to which one strong thing ties the reader."""
    features, tied = scorer.features, scorer.features.none()
    for row in features.rows_of([work.slug for work in scorer.liked]):
        tied[features.kin[features.ties[row] : features.ties[row + 1]]] = True
    if not scorer.liked:
        for tag, weight in scorer.wish.wanted.items():
            if weight > 0.5:
                tied |= features.strengths(tag) == 3
    return tied
