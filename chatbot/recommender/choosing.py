"""Choosing from the catalogue. Pure: a wish and works in, ranked candidates with their reasons out.

What is chosen is what weighing every work one by one would choose (`tests/plain.py` does it); here it is done for the
whole shelf at once, a column at a time, see `index`.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

import numpy as np

from ..catalogue.snapshot import CatalogueSnapshot, Work
from ..language.tag_relations import DIVISIVE
from ..language.wish import Wish
from .features import Column, Features, Mask, features_of
from .personalization import TasteScorer
from .pick_counts import MAX_PICKS, PICKS, PICKS_WITH_SERENDIPITY

MAX_REASONS = 4
POOL = 60  # best candidates among which diversity is sought
WANTED, MISSED = 0.9, 0.6
HIDDEN = 0.3  # the renown of a hidden gem: known to some, for what nobody knows is seldom one
DIVERSITY = 0.35  # what a candidate loses for being like one already picked
EXACT = 9  # decimals of a score that count, so that the order of adding up does not

# Serendipity, on the page "a step aside": see `_serendipity`.
SERENDIPITY_MIN_FITTING = 20  # works that must fit, below which a wish is too narrow for one
SERENDIPITY_MAX_CONDITIONS = 3  # conditions from which a wish is too clear for one
SERENDIPITY_POOL = 200  # best works among which it is sought
SERENDIPITY_MAX_LIKENESS = 0.45  # most likeness to any other pick
SERENDIPITY_RENOWN = 0.45


@dataclass(frozen=True, slots=True)
class Weights:
    """What each kind of evidence adds to a score, measured by `evaluate_recommender --steps`."""

    tags: float = 1.0
    kin: float = 0.35  # called kindred by the catalogue, from either side
    kin_of_kin: float = 1.0
    called: float = 0.4  # how often the catalogue names it as kin at all
    author: float = 0.1
    tone: float = 0.06
    era: float = 0.28
    renown: float = 0.35


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a work fits, or what it breaches.

    kind    value                       tags
    tag     the tag's slug
    kin     slug of the liked work      tags the two share, strongest first
    author  slug of the liked work
    series  slug of the liked work
    tone    "bright" or "dark"
    status, volumes, year, edition, anime: the work's own value
    renown  the work's renown (it is widely read; only when little else is known)
    aside   the tag through which this pick leads away from the others, or "" (see `_serendipity`)

    As a breach or in `blocked_by`, the value of a tag is the tag that is missing (`tags`: all that would have done),
    and status, volumes, year, anime hold the work's own value; in `blocked_by` the value asked for, volumes
    and year as (lowest, highest), None where open.
    """

    kind: str
    value: Any
    tags: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "value": self.value, "tags": list(self.tags)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A work that may be offered. `breaches` is empty unless nothing kept every constraint of the wish.

    `serendipity`: a deliberate step aside from the other picks, and to be called one.
    """

    work: Work
    score: float
    reasons: tuple[Reason, ...] = ()
    breaches: tuple[Reason, ...] = ()
    serendipity: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen. `relaxed`: nothing kept every constraint, so these are the nearest; `blocked_by` says why."""

    candidates: list[Candidate] = field(default_factory=list)
    blocked_by: list[Reason] = field(default_factory=list)
    relaxed: bool = False


def choose(
    wish: Wish, catalogue: CatalogueSnapshot, *, offered: Collection[int] = frozenset(), count: int = MAX_PICKS
) -> Choice:
    """Up to `count` works of `catalogue` for `wish`, best first. `offered`: pks that must not come again."""
    features = features_of(catalogue)
    scorer = _Scorer(wish, features)
    allowed = _allowed(wish, features)
    allowed[[features.row_by_pk[pk] for pk in offered if pk in features.row_by_pk]] = False
    constraints = _constraints(wish.firm(), features)
    fitting = allowed.copy()
    for _, keeps in constraints:
        fitting &= keeps
    if constraints and not fitting.any():
        return _nearest(scorer, allowed, constraints, count) if allowed.any() else Choice()
    full, lacking = fitting & (scorer.missed == 0), fitting & (scorer.missed > 0)
    picks = _diverse(full, scorer, count)
    if len(picks) < min(PICKS, count) and lacking.any():
        fewest = lacking & (scorer.missed == scorer.missed[lacking].min())
        picks = _diverse(fewest, scorer, min(PICKS, count), picks)
        picks = _diverse(lacking, scorer, min(PICKS, count), picks)
    candidates = [scorer.candidate(row) for row in picks]
    if _leaves_room(wish, full, constraints, picks):
        _with_serendipity(candidates, picks, full, scorer)
    return Choice(candidates)


def rank(wish: Wish, catalogue: CatalogueSnapshot, count: int, weights: Weights = WEIGHTS) -> list[Work]:
    """`count` works for `wish` in the plain order of their scores, without regard to variety: what is measured."""
    features = features_of(catalogue)
    scorer = _Scorer(wish, features, weights)
    return [features.works[row] for row in islice(features.in_order(_allowed(wish, features), -scorer.scores), count)]


# --- What may be offered -------------------------------------------------------------------------------------------


def _allowed(wish: Wish, features: Features) -> Mask:
    """What is never relaxed: named works, refused tags, later parts of a series not begun, sharing with a liked work."""
    allowed = ~features.none()
    if len(features.waiting):
        allowed[features.waiting] = False
        begun = features.rows_of([*wish.liked, *wish.read])
        allowed[[follower for row in begun for follower in features.followers.get(row, ())]] = True
    allowed[features.rows_of(wish.names_works)] = False
    allowed &= ~features.carries(wish.unwanted)
    for subject in wish.not_about:
        allowed[features.rows_of(features.about.get(subject, ()))] = False
    liked = [features.by_slug[slug] for slug in wish.liked if slug in features.by_slug]
    if liked:
        allowed &= features.carries({tag for work in liked for tag in work.tags})
    return allowed


def _constraints(wish: Wish, features: Features) -> list[tuple[Reason, Mask]]:
    """The wish's constraints as (Reason saying what was asked, mask of the works that keep it)."""
    found = [(Reason("tag", tag, (tag,)), features.carries([tag])) for tag in wish.required]
    found += [(Reason("tag", tags[0], tuple(tags)), features.carries(tags)) for tags in wish.any_of]
    if wish.status:
        found.append((Reason("status", wish.status), features.status == wish.status))
    for kind in ("volumes", "year"):
        low, high = getattr(wish, f"min_{kind}"), getattr(wish, f"max_{kind}")
        if low is not None or high is not None:
            found.append((Reason(kind, (low, high)), _within(getattr(features, kind), low, high)))
    if wish.edition:
        keeps = features.none()
        keeps[features.editions.get(wish.edition, [])] = True
        found.append((Reason("edition", wish.edition), keeps))
    if wish.anime is not None:
        found.append((Reason("anime", wish.anime), features.anime == wish.anime))
    return found


def _within(values: Column, low: int | None, high: int | None) -> Mask:
    keeps = np.ones(len(values), bool)
    if low is not None:
        keeps &= values >= low
    if high is not None:
        keeps &= values <= high
    return keeps


def _has_edition(work: Work, language: str) -> bool:
    return (work.editions.get(language) or {}).get("known") is True


def _nearest(scorer: "_Scorer", allowed: Mask, constraints: list[tuple[Reason, Mask]], count: int) -> Choice:
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
        cost += ~keeps * (features.idf.get(asked.value, 1.0) if asked.kind == "tag" else 1.0)
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


def _breach(asked: Reason, work: Work) -> Reason:
    """`asked` with the work's own value in place of the one asked for."""
    return asked if asked.kind in ("tag", "edition") else Reason(asked.kind, getattr(work, asked.kind))


# --- How well it fits ----------------------------------------------------------------------------------------------


class _Scorer:
    """Every work of a catalogue weighed for one wish: `scores`, and `missed`, how many things that only lean it lacks."""

    def __init__(self, wish: Wish, features: Features, weights: Weights = WEIGHTS) -> None:
        self.wish, self.features, self.weights = wish, features, weights
        self.liked = [features.by_slug[slug] for slug in wish.liked if slug in features.by_slug]
        # A work read, but not said to be liked, still says something about a taste.
        self.like = self.liked or [features.by_slug[slug] for slug in wish.read if slug in features.by_slug]
        self.lean = TasteScorer(wish, features)
        self.missed = self._missed()
        self.scores = self._scores().round(EXACT)

    def _missed(self) -> Column:
        missed = np.zeros(len(self.features.works), int)
        for tags in self.wish.leaning:
            missed += ~self.features.carries(tags)
        for _, keeps in _constraints(self.wish.hoped(), self.features):
            missed += ~keeps
        for subject in self.wish.about:
            missed += ~self.features.of(self.features.about.get(subject, ()))
        return missed

    def _scores(self) -> Column:
        wish, features, weights = self.wish, self.features, self.weights
        scores: Column = self.lean.column() - MISSED * self.missed + 0.3 * wish.brightness * features.tone / 2
        if wish.less_known:
            scores -= 0.8 * abs(features.renown - HIDDEN)
        else:
            scores += weights.renown * features.renown
        if self.like:
            scores += self._likeness_to_liked()
        if wish.wanted:
            scores += WANTED * self._wanted()
        return scores

    def _wanted(self) -> Column:
        wanted, idf = self.wish.wanted, self.features.idf
        total = sum(weight * idf.get(tag, 1.0) for tag, weight in wanted.items())
        found: Column = np.zeros(len(self.features.works))
        for tag, weight in wanted.items():
            found += weight * idf.get(tag, 1.0) / 3 * self.features.strengths(tag)
        return found / total

    def _likeness_to_liked(self) -> Column:
        features, weights = self.features, self.weights
        nothing = np.zeros(len(features.works))
        nearest, total, kin = nothing, nothing, nothing
        tone_gap, year_gap, by_author = nothing + 9, nothing + 9_999, features.none()
        for row in features.rows_of([work.slug for work in self.like]):
            alike = features.alike(row)
            nearest, total = np.maximum(nearest, alike), total + alike
            if weights.kin or weights.kin_of_kin:
                kin = kin + features.kinship(row, weights.kin, weights.kin_of_kin)
            tone_gap = np.minimum(tone_gap, abs(features.tone - features.tone[row]))
            year_gap = np.minimum(year_gap, abs(features.year - features.year[row]))
            for name in features.works[row].authors:
                by_author[features.by_author[name]] = True
        count = len(self.like)
        # Near to one liked work counts more than lukewarm to all.
        scores: Column = weights.tags * (0.7 * nearest + 0.3 * total / count)
        scores += kin / np.sqrt(count)
        scores += weights.called * features.called * (not self.wish.less_known)
        scores += weights.author * by_author
        scores += weights.tone * (1 - tone_gap / 4)
        return scores + weights.era * np.exp(-year_gap / 6)

    def candidate(self, row: int) -> Candidate:
        work = self.features.works[row]
        return Candidate(work, round(float(self.scores[row]), 4), self.reasons(work))

    def reasons(self, work: Work) -> tuple[Reason, ...]:
        """At most four reasons, the strongest first."""
        found = [*self._kinship_reasons(work), *self._tag_reasons(work), *self._fact_reasons(work)]
        if not found and not self.wish.less_known:
            found.append((0.1, Reason("renown", work.renown)))
        found.sort(key=lambda pair: -pair[0])
        chosen: list[Reason] = []
        tags = 0
        for _, reason in found:
            tags += reason.kind == "tag"
            # Room for what is not a tag, for four tags say less than three and the status asked for.
            if len(chosen) < MAX_REASONS and not (reason.kind == "tag" and tags > 3):
                chosen.append(reason)
        return tuple(chosen)

    def _kinship_reasons(self, work: Work) -> Iterator[tuple[float, Reason]]:
        for one in self.like:
            shared = sorted(
                set(one.tags) & set(work.tags),
                key=lambda tag: (-one.tags[tag] * work.tags[tag] * self.features.idf[tag], tag),
            )
            if set(work.authors) & set(one.authors):
                yield 2.2, Reason("author", one.slug)
            if self.features.series[self.features.row[one.slug]] == self.features.series[self.features.row[work.slug]]:
                yield 2.5, Reason("series", one.slug)
            elif shared:
                near = self.features.near(one.slug, work.slug)
                yield (
                    1.2 + near + self.features.likeness(one.slug, work.slug),
                    Reason("kin", one.slug, tuple(shared[:4])),
                )

    def _tag_reasons(self, work: Work) -> Iterator[tuple[float, Reason]]:
        asked = {*self.wish.required, *(tag for tags in self.wish.any_of for tag in tags)}
        for tag, weight in self.wish.wanted.items():
            if tag in work.tags and (weight > 0.5 or tag in asked):
                bonus = 1.0 if tag in self.wish.required else 0.5 if weight > 0.5 else 0.0
                yield 0.3 * weight * work.tags[tag] * self.features.idf[tag] / 2 + bonus, Reason("tag", tag)

    def _fact_reasons(self, work: Work) -> Iterator[tuple[float, Reason]]:
        wish = self.wish
        if wish.status and work.status == wish.status:
            yield 1.1, Reason("status", work.status)
        if wish.min_volumes is not None or wish.max_volumes is not None:
            yield 1.0, Reason("volumes", work.volumes)
        if wish.min_year is not None or wish.max_year is not None:
            yield 0.9, Reason("year", work.year)
        if wish.edition and _has_edition(work, wish.edition):
            yield 0.8, Reason("edition", wish.edition)
        if wish.anime is not None and work.anime == wish.anime:
            yield 0.7, Reason("anime", work.anime)
        if wish.brightness * work.tone > 0:
            yield 0.95, Reason("tone", "bright" if work.tone > 0 else "dark")


def _diverse(mask: Mask, scorer: _Scorer, count: int, picks: Iterable[int] = ()) -> list[int]:
    """Add to `picks` rows of `mask` until there are `count`: the best that is not too like those before, one a series."""
    features, picks = scorer.features, list(picks)
    taken = {features.series[row] for row in picks}
    waiting = (row for row in features.in_order(mask, -scorer.scores) if features.series[row] not in taken)
    likest: dict[int, float] = {}  # row to its likeness to the pick most like it
    while len(picks) < count:
        likest = {row: like for row, like in likest.items() if features.series[row] not in taken}
        for row in islice(waiting, POOL - len(likest)):
            likest[row] = max(features.alike_among(picks, row), default=0.0)
        if not likest:
            break
        best = max(likest, key=lambda row: round(float(scorer.scores[row]) - DIVERSITY * likest[row], EXACT))
        picks.append(best)
        taken.add(features.series[best])
        rows = list(likest)
        for row, like in zip(rows, features.alike_among(rows, best), strict=True):
            likest[row] = max(likest[row], like)
    return picks


# --- Serendipity ---------------------------------------------------------------------------------------------------


def _leaves_room(wish: Wish, full: Mask, constraints: Sequence[tuple[Reason, Mask]], picks: Sequence[int]) -> bool:
    """Whether a pick may step aside: enough are given, enough would fit, and the reader was not that exact."""
    if len(picks) < PICKS_WITH_SERENDIPITY or (wish.count is not None and wish.count < PICKS_WITH_SERENDIPITY):
        return False
    return len(constraints) < SERENDIPITY_MAX_CONDITIONS and full.sum() >= SERENDIPITY_MIN_FITTING


def _with_serendipity(candidates: list[Candidate], picks: Sequence[int], full: Mask, scorer: _Scorer) -> None:
    """Put a step aside in the place of one of the first five `candidates`, where there is one worth it."""
    place = min(MAX_PICKS, len(picks)) - 1
    others = [row for position, row in enumerate(picks) if position != place]
    if (found := _serendipity(others, full, scorer)) is not None:
        row, tag = found
        candidate = scorer.candidate(row)
        reasons = (Reason("aside", tag), *candidate.reasons[: MAX_REASONS - 1])
        candidates[place] = replace(candidate, reasons=reasons, serendipity=True)


def _serendipity(picks: Sequence[int], full: Mask, scorer: _Scorer) -> tuple[int, str] | None:
    """(row, tag) of the work far from all `picks` that one strong thing still ties to the reader; None without one.

    The tie is kinship the catalogue names, or a tag that was asked for and is what the work is about. `tag` is the
    strongest thing it has that neither was asked for nor is what a pick or a liked work is about.
    """
    features = scorer.features
    mask = full & _tied(scorer) & ~np.isin(features.series, features.series[picks])
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


def _tied(scorer: _Scorer) -> Mask:
    """Works to which one strong thing ties the reader."""
    features, tied = scorer.features, scorer.features.none()
    for row in features.rows_of([work.slug for work in scorer.liked]):
        tied[features.kin[features.ties[row] : features.ties[row + 1]]] = True
    if not scorer.liked:
        for tag, weight in scorer.wish.wanted.items():
            if weight > 0.5:
                tied |= features.strengths(tag) == 3
    return tied
