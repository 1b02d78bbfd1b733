"""Choosing from the catalogue. Pure: a wish and works in, ranked candidates with their reasons out.

What is chosen is what weighing every work one by one would choose (`tests/plain.py` does it); here it is done for the
whole shelf at once, a column at a time, see `index`.
"""

import math
from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import islice

import numpy as np

from ..catalogue.snapshot import CatalogueSnapshot, Work
from ..language.names.makers import KINDS
from ..language.topics import Topic
from ..language.wishes.wish import Wish
from ..language.words.subjects import is_known
from .candidates import Candidate, Choice, LeftOut, Reason
from .constraints import allowed_by, constraints_of, holds, in_the_way, readable
from .descriptions import evidence
from .features import Column, Features, Mask, features_of
from .personalization import Refusals
from .pick_counts import MAX_PICKS, PICKS
from .scoring import EXACT, WEIGHTS, Scorer, Weights, asked_for
from .serendipity import leaves_room, with_serendipity
from .told import tellers_of
from .welcome import first_book, says_little

POOL = 60  # best candidates among which diversity is sought
DIVERSITY = 0.35  # what a candidate loses for being like one already picked
NARROWED = 0.35  # by how much less that is for each thing asked for: who asks for one thing gets books that are alike
LITTLE = 1  # things hoped for that a book may lack before one that its reader cannot read comes instead
ANOTHERS = 9.0  # what it costs a work to be by another author than asked for: more than whatever else it may breach
MAX_LEFT_OUT = 2  # works that are told to have been left out for what was refused
YEARS_OFF, LENGTHS_OFF = 3, 1.0  # how far beyond a limit, in years and in lengths asked for, the nearest may lie


def choose(
    wish: Wish,
    catalogue: CatalogueSnapshot,
    *,
    offered: Collection[int] = frozenset(),
    count: int = MAX_PICKS,
    reads: str = "",
    begins: bool = False,
    seed: str = "",
    aside: bool = True,
) -> Choice:
    """Up to `count` works of `catalogue` for `wish`, best first. `offered`: pks that must not come again. `reads`: the
    only language the reader is known to read, of which nothing was asked; "" where that is no matter.

    `begins`: the reader is new to such books. `seed`: of a conversation; where a wish says little, what is best to begin
    with is chosen by chance, by it. `aside`: whether one of the picks may step aside."""
    features = features_of(catalogue)
    described = evidence(wish.described, catalogue) if wish.described else None
    scorer = Scorer(wish, features, reads=reads, described=described)
    if begins or (seed and says_little(wish)):
        scorer.begin(first_book(features, seed, reads, is_first=begins))
    gone = [features.row_by_pk[pk] for pk in offered if pk in features.row_by_pk]
    # Who asks for the other books of an author, or of an illustrator, wants what follows one they know of, too.
    allowed = allowed_by(wish, features, begun=gone if wish.by or wish.drawn_by else ())
    allowed[gone] = False
    constraints = constraints_of(wish.firm(), features)
    held = [(asked, keeps) for asked, keeps in constraints if holds(asked, wish)]
    unheld = allowed.copy()
    for _, keeps in held:
        allowed &= keeps
    fitting = allowed.copy()
    for _, keeps in constraints:
        fitting &= keeps
    yielding = [one for one in constraints if one not in held]
    if constraints and not allowed.any():
        return Choice(blocked_by=in_the_way(unheld, held))
    main = _told_first(allowed, yielding, wish, catalogue, features)
    if yielding and not (fitting & main).any():
        return _nearest(scorer, main, yielding, count)
    picks = _picked(fitting, scorer, reads, count)
    candidates = [scorer.candidate(row) for row in picks]
    full = fitting & (scorer.lacks == 0)
    if aside and leaves_room(wish, full, constraints, picks):
        with_serendipity(candidates, picks, full, scorer)
    return Choice(candidates, left_out=_left_out(wish, scorer, gone, constraints, picks))


def _left_out(
    wish: Wish, scorer: Scorer, gone: list[int], constraints: list[tuple[Reason, Mask]], picks: list[int]
) -> list[LeftOut]:
    """The works that would have come before all `picks`, had the reader not refused a tag of theirs in this conversation.
    Nobody who chooses for a child, or can bear little, is told what they were spared."""
    never = Refusals(map(Topic.parse, wish.taste.get("never", ()))).tags
    said = [tag for tag in wish.unwanted if tag not in never]
    if not (said and picks) or wish.audience or wish.gentle:
        return []
    features = scorer.features
    fitting = allowed_by(replace(wish, unwanted=[tag for tag in wish.unwanted if tag in never]), features)
    fitting[gone] = False
    for _, keeps in constraints:
        fitting &= keeps
    fitting &= features.carries(said) & (scorer.lacks == 0) & (scorer.scores > scorer.scores[picks].max())
    works = (features.works[row] for row in islice(features.in_order(fitting, -scorer.scores), MAX_LEFT_OUT))
    return [LeftOut(work, tuple(tag for tag in said if tag in work.tags)) for work in works]


def _picked(fitting: Mask, scorer: Scorer, reads: str, count: int) -> list[int]:
    """Up to `count` rows of `fitting`, best first: those that lack nothing hoped for before others, readable ones before
    those that are not."""
    features = scorer.features
    full, lacking = fitting & (scorer.lacks == 0), fitting & (scorer.lacks > 0)
    picks = _diverse(readable(full, features, reads), scorer, count)
    if len(picks) < min(PICKS, count) and reads:
        # What lacks a little of what was hoped for is worth more to a reader than what they cannot read.
        nearly = readable(lacking & (scorer.lacks <= LITTLE), features, reads)
        picks = _diverse(nearly, scorer, min(PICKS, count), picks)
    if len(picks) < min(PICKS, count):
        picks = _diverse(full, scorer, count, picks)
    if len(picks) < min(PICKS, count) and lacking.any():
        fewest = lacking & (scorer.lacks == scorer.lacks[lacking].min())
        picks = _diverse(fewest, scorer, min(PICKS, count), picks)
        picks = _diverse(lacking, scorer, min(PICKS, count), picks)
    return picks


def _told_first(
    allowed: Mask, yielding: list[tuple[Reason, Mask]], wish: Wish, catalogue: CatalogueSnapshot, features: Features
) -> Mask:
    """Of `allowed` the works that tell of every subject asked for and breach no more than one condition; all where none
    does. A cat, a witch is what such a reader came for: a limit of length yields before it."""
    subjects = [one for one in wish.about if is_known(one)]
    if not subjects:
        return allowed
    told = allowed.copy()
    for subject in subjects:
        mask = features.none()
        mask[features.rows_of(tellers_of(subject, catalogue))] = True
        told &= mask
    broken = np.sum([~keeps for _, keeps in yielding], axis=0) if yielding else np.zeros(len(told))
    near = told & (broken <= 1)
    return near if near.any() else allowed


def rank(wish: Wish, catalogue: CatalogueSnapshot, count: int, weights: Weights = WEIGHTS) -> list[Work]:
    """`count` works for `wish` in the plain order of their scores, without regard to variety: what is measured."""
    features = features_of(catalogue)
    scorer = Scorer(wish, features, weights)
    return [features.works[row] for row in islice(features.in_order(allowed_by(wish, features), -scorer.scores), count)]


def _nearest(scorer: Scorer, allowed: Mask, constraints: list[tuple[Reason, Mask]], count: int) -> Choice:
    """Nothing fits: the works that breach least, and the constraints without which something would fit."""
    features = scorer.features
    broken = np.sum([~keeps for _, keeps in constraints], axis=0)
    alone = allowed & (broken == 1)
    blocked_by = [asked for asked, keeps in constraints if (alone & ~keeps).any()] or [
        asked for asked, _ in constraints
    ]
    # A rare tag is what the reader would miss most.
    cost = np.zeros(len(features.works))
    for asked, keeps in constraints:
        cost += ~keeps * _cost(asked, keeps, features)
        off = _off(asked, features)
        cost += np.minimum(off, 9)
        near = allowed & (off <= 1)
        if asked.kind == "year" and near.any():
            allowed = near  # who asks for what is new is not offered what is old
    candidates: list[Candidate] = []
    series: set[int] = set()
    for row in features.in_order(allowed, cost.round(EXACT), -scorer.scores):
        if len(candidates) == count:
            break
        if features.series[row] not in series:
            series.add(features.series[row])
            breaches = tuple(_breach(asked, features.works[row]) for asked, keeps in constraints if not keeps[row])
            candidates.append(replace(scorer.candidate(row), breaches=breaches))
    return Choice(candidates, blocked_by, relaxed=True)


def _cost(asked: Reason, keeps: Mask, features: Features) -> float:
    """What it costs a work to breach a constraint, which those in `keeps` do not."""
    if asked.kind == "by":
        return ANOTHERS
    if asked.kind in KINDS:
        return math.log(1 + len(keeps) / max(int(keeps.sum()), 1))  # as of a tag
    return features.idf.get(asked.value, 1.0) if asked.kind == "tag" else 1.0


def _off(asked: Reason, features: Features) -> Column:
    """How far each work lies outside of the volumes or years asked for, 1 being the farthest that is still near."""
    off: Column = np.zeros(len(features.works))
    if asked.kind not in ("volumes", "year"):
        return off
    low, high = asked.value
    values = getattr(features, asked.kind)
    for limit, beyond in ((low, -1), (high, 1)):
        if limit is not None:
            step = YEARS_OFF if asked.kind == "year" else max(LENGTHS_OFF * limit, 1)
            off = np.maximum(off, beyond * (values - limit) / step)
    return off


def _breach(asked: Reason, work: Work) -> Reason:
    """`asked` with the work's own value in place of the one asked for."""
    return asked if asked.kind in ("tag", "edition", "by", *KINDS) else Reason(asked.kind, getattr(work, asked.kind))


def _diverse(mask: Mask, scorer: Scorer, count: int, picks: Iterable[int] = ()) -> list[int]:
    """Add to `picks` rows of `mask` until there are `count`: the best that is not too like those before, one a series."""
    features, picks = scorer.features, list(picks)
    diversity = DIVERSITY / (1 + NARROWED * asked_for(scorer.wish))
    taken = {scorer.series[row] for row in picks}
    waiting = (row for row in features.in_order(mask, -scorer.scores) if scorer.series[row] not in taken)
    likest: dict[int, float] = {}  # row to its likeness to the pick most like it
    while len(picks) < count:
        likest = {row: like for row, like in likest.items() if scorer.series[row] not in taken}
        for row in islice(waiting, POOL - len(likest)):
            likest[row] = max(features.alike_among(picks, row), default=0.0)
        if not likest:
            break
        best = max(likest, key=lambda row: round(float(scorer.scores[row]) - diversity * likest[row], EXACT))
        picks.append(best)
        taken.add(scorer.series[best])
        rows = list(likest)
        for row, like in zip(rows, features.alike_among(rows, best), strict=True):
            likest[row] = max(likest[row], like)
    return picks
