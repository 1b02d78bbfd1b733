"""Choosing from the shelf. Pure: a wish and works in, ranked candidates with their reasons out.

What is chosen is what weighing every work one by one would choose (`tests/plain.py` does it); here it is done for the
whole shelf at once, a column at a time, see `index`.
"""

from dataclasses import dataclass, field, replace
from itertools import islice

import numpy as np

from ..language.wish import Wish
from .features import features_of
from .personalization import TasteScorer

MIN_PICKS = 3  # picks below which those that only lack a mood are offered too
MAX_REASONS = 4
POOL = 60  # best candidates among which diversity is sought
WANTED, MISSED = 0.9, 0.6
HIDDEN = 0.3  # the renown of a hidden gem: known to some, for what nobody knows is seldom one
DIVERSITY = 0.35  # what a candidate loses for being like one already picked
EXACT = 9  # decimals of a score that count, so that the order of adding up does not

# The step aside: see `_aside`.
SERENDIPITY_MIN_FITTING = 20  # works that must fit, below which a wish is too narrow for one
SERENDIPITY_MAX_CONDITIONS = 3  # conditions from which a wish is too clear for one
SERENDIPITY_MIN_PICKS = 4
SERENDIPITY_POOL = 200  # best works among which it is sought
SERENDIPITY_MAX_LIKENESS = 0.45  # most likeness to any other pick
SERENDIPITY_RENOWN = 0.45
DIVISIVE = frozenset(("harem", "reverse-harem", "bl", "siblings", "age-gap"))  # liked by some, refused by many
SERENDIPITY_PLACE = 5  # it is the last of the first five


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
    aside   the tag through which this pick leads away from the others, or "" (see `_aside`)

    As a breach or in `blocked_by`, the value of a tag is the tag that is missing (`tags`: all that would have done),
    and status, volumes, year, anime hold the work's own value; in `blocked_by` the value asked for, volumes
    and year as (lowest, highest), None where open.
    """

    kind: str
    value: object
    tags: tuple = ()

    def as_json(self):
        return {"kind": self.kind, "value": self.value, "tags": list(self.tags)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A work that may be offered. `breaches` is empty unless nothing kept every constraint of the wish.

    `aside`: a deliberate step aside from the other picks, and to be called one.
    """

    work: object
    score: float
    reasons: tuple = ()
    breaches: tuple = ()
    serendipity: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen. `relaxed`: nothing kept every constraint, so these are the nearest; `blocked_by` says why."""

    candidates: list = field(default_factory=list)
    blocked_by: list = field(default_factory=list)
    relaxed: bool = False


def choose(wish, catalogue, *, offered=frozenset(), count=5):
    """Up to `count` works of `shelf` for `wish`, best first. `offered`: pks that must not come again."""
    index = features_of(catalogue)
    scorer = _Scorer(wish, index)
    allowed = _allowed(wish, index)
    allowed[[index.row_by_pk[pk] for pk in offered if pk in index.row_by_pk]] = False
    constraints = _constraints(wish.firm(), index)
    fitting = allowed.copy()
    for _, keeps in constraints:
        fitting &= keeps
    if constraints and not fitting.any():
        return _nearest(scorer, allowed, constraints, count) if allowed.any() else Choice()
    full, lacking = fitting & (scorer.missed == 0), fitting & (scorer.missed > 0)
    picks = _diverse(full, scorer, count)
    if len(picks) < min(MIN_PICKS, count) and lacking.any():
        fewest = lacking & (scorer.missed == scorer.missed[lacking].min())
        picks = _diverse(fewest, scorer, min(MIN_PICKS, count), picks)
        picks = _diverse(lacking, scorer, min(MIN_PICKS, count), picks)
    candidates = [scorer.candidate(row) for row in picks]
    if _leaves_room(wish, full, constraints, picks):
        _with_serendipity(candidates, picks, full, scorer)
    return Choice(candidates)


def rank(wish, catalogue, count, weights=WEIGHTS):
    """`count` works for `wish` in the plain order of their scores, without regard to variety: what is measured."""
    index = features_of(catalogue)
    scorer = _Scorer(wish, index, weights)
    return [index.works[row] for row in islice(index.in_order(_allowed(wish, index), -scorer.scores), count)]


def similar(work, catalogue, count=6):
    """Up to `count` candidates nearest to `work`, each with its reasons. None of its own series, of another only one."""
    index = features_of(catalogue)
    scorer = _Scorer(Wish(liked=[work.slug]), index)
    mask = _allowed(scorer.wish, index) & (index.series != index.series[index.row[work.slug]])
    found, series = [], set()
    for row in index.in_order(mask, -scorer.scores):
        if len(found) == count:
            break
        if index.series[row] not in series:
            series.add(index.series[row])
            found.append(scorer.candidate(row))
    return found


# --- What may be offered -------------------------------------------------------------------------------------------


def _allowed(wish, index):
    """What is never relaxed: named works, refused tags, later parts of a series not begun, sharing with a liked work."""
    allowed = ~index.none()
    if len(index.waiting):
        allowed[index.waiting] = False
        begun = index.rows_of([*wish.liked, *wish.read])
        allowed[[follower for row in begun for follower in index.followers.get(row, ())]] = True
    allowed[index.rows_of(wish.names_works)] = False
    allowed &= ~index.carries(wish.unwanted)
    for subject in wish.not_about:
        allowed[index.rows_of(index.about.get(subject, ()))] = False
    liked = [index.by_slug[slug] for slug in wish.liked if slug in index.by_slug]
    if liked:
        allowed &= index.carries({tag for work in liked for tag in work.tags})
    return allowed


def _constraints(wish, index):
    """The wish's constraints as (Reason saying what was asked, mask of the works that keep it)."""
    found = [(Reason("tag", tag, (tag,)), index.carries([tag])) for tag in wish.required]
    found += [(Reason("tag", tags[0], tuple(tags)), index.carries(tags)) for tags in wish.any_of]
    if wish.status:
        found.append((Reason("status", wish.status), index.status == wish.status))
    for kind in ("volumes", "year"):
        low, high = getattr(wish, f"min_{kind}"), getattr(wish, f"max_{kind}")
        if low is not None or high is not None:
            found.append((Reason(kind, (low, high)), _within(getattr(index, kind), low, high)))
    if wish.edition:
        keeps = index.none()
        keeps[index.editions.get(wish.edition, [])] = True
        found.append((Reason("edition", wish.edition), keeps))
    if wish.anime is not None:
        found.append((Reason("anime", wish.anime), index.anime == wish.anime))
    return found


def _within(values, low, high):
    keeps = np.ones(len(values), bool)
    if low is not None:
        keeps &= values >= low
    if high is not None:
        keeps &= values <= high
    return keeps


def _has_edition(work, language):
    return (work.editions.get(language) or {}).get("known") is True


def _nearest(scorer, allowed, constraints, count):
    """Nothing fits: the works that breach least, and the constraints without which something would fit."""
    index = scorer.index
    broken = sum((~keeps).astype(int) for _, keeps in constraints)
    alone = allowed & (broken == 1)
    blocked_by = [asked for asked, keeps in constraints if (alone & ~keeps).any()] or [
        asked for asked, _ in constraints
    ]
    # A rare tag is what the reader would miss most.
    cost = sum(
        ~keeps * (index.idf.get(asked.value, 1.0) if asked.kind == "tag" else 1.0) for asked, keeps in constraints
    )
    candidates, series = [], set()
    for row in index.in_order(allowed, cost.round(EXACT), -scorer.scores):
        if len(candidates) == count:
            break
        if index.series[row] not in series:
            series.add(index.series[row])
            breaches = tuple(_breach(asked, index.works[row]) for asked, keeps in constraints if not keeps[row])
            candidates.append(replace(scorer.candidate(row), breaches=breaches))
    return Choice(candidates, blocked_by, relaxed=True)


def _breach(asked, work):
    """`asked` with the work's own value in place of the one asked for."""
    return asked if asked.kind in ("tag", "edition") else Reason(asked.kind, getattr(work, asked.kind))


# --- How well it fits ----------------------------------------------------------------------------------------------


class _Scorer:
    """Every work of a shelf weighed for one wish: `scores`, and `missed`, how many things that only lean it lacks."""

    def __init__(self, wish, index, weights=WEIGHTS):
        self.wish, self.index, self.weights = wish, index, weights
        self.liked = [index.by_slug[slug] for slug in wish.liked if slug in index.by_slug]
        # A work read, but not said to be liked, still says something about a taste.
        self.like = self.liked or [index.by_slug[slug] for slug in wish.read if slug in index.by_slug]
        self.lean = TasteScorer(wish, index)
        self.missed = self._missed()
        self.scores = self._scores().round(EXACT)

    def _missed(self):
        missed = np.zeros(len(self.index.works), int)
        for tags in self.wish.leaning:
            missed += ~self.index.carries(tags)
        for _, keeps in _constraints(self.wish.hoped(), self.index):
            missed += ~keeps
        for subject in self.wish.about:
            missed += ~self.index.of(self.index.about.get(subject, ()))
        return missed

    def _scores(self):
        wish, index, weights = self.wish, self.index, self.weights
        scores = self.lean.column() - MISSED * self.missed + 0.3 * wish.brightness * index.tone / 2
        if wish.less_known:
            scores -= 0.8 * abs(index.renown - HIDDEN)
        else:
            scores += weights.renown * index.renown
        if self.like:
            scores += self._likeness_to_liked()
        if wish.wanted:
            scores += WANTED * self._wanted()
        return scores

    def _wanted(self):
        wanted, idf = self.wish.wanted, self.index.idf
        total = sum(weight * idf.get(tag, 1.0) for tag, weight in wanted.items())
        found = sum(weight * idf.get(tag, 1.0) / 3 * self.index.strengths(tag) for tag, weight in wanted.items())
        return found / total

    def _likeness_to_liked(self):
        index, weights = self.index, self.weights
        nearest, total, kin = 0.0, 0.0, 0.0
        tone_gap, year_gap, by_author = 9, 9_999, index.none()
        for row in index.rows_of([work.slug for work in self.like]):
            alike = index.alike(row)
            nearest, total = np.maximum(nearest, alike), total + alike
            if weights.kin or weights.kin_of_kin:
                kin = kin + index.kinship(row, weights.kin, weights.kin_of_kin)
            tone_gap = np.minimum(tone_gap, abs(index.tone - index.tone[row]))
            year_gap = np.minimum(year_gap, abs(index.year - index.year[row]))
            for name in index.works[row].authors:
                by_author[index.by_author[name]] = True
        count = len(self.like)
        # Near to one liked work counts more than lukewarm to all.
        scores = weights.tags * (0.7 * nearest + 0.3 * total / count)
        scores += kin / np.sqrt(count)
        scores += weights.called * index.called * (not self.wish.less_known)
        scores += weights.author * by_author
        scores += weights.tone * (1 - tone_gap / 4)
        return scores + weights.era * np.exp(-year_gap / 6)

    def candidate(self, row):
        work = self.index.works[row]
        return Candidate(work, round(float(self.scores[row]), 4), self.reasons(work))

    def reasons(self, work):
        """At most four reasons, the strongest first."""
        found = [*self._kinship_reasons(work), *self._tag_reasons(work), *self._fact_reasons(work)]
        if not found and not self.wish.less_known:
            found.append((0.1, Reason("renown", work.renown)))
        found.sort(key=lambda pair: -pair[0])
        chosen, tags = [], 0
        for _, reason in found:
            tags += reason.kind == "tag"
            # Room for what is not a tag, for four tags say less than three and the status asked for.
            if len(chosen) < MAX_REASONS and not (reason.kind == "tag" and tags > 3):
                chosen.append(reason)
        return tuple(chosen)

    def _kinship_reasons(self, work):
        for one in self.like:
            shared = sorted(
                set(one.tags) & set(work.tags),
                key=lambda tag: (-one.tags[tag] * work.tags[tag] * self.index.idf[tag], tag),
            )
            if set(work.authors) & set(one.authors):
                yield 2.2, Reason("author", one.slug)
            if self.index.series[self.index.row[one.slug]] == self.index.series[self.index.row[work.slug]]:
                yield 2.5, Reason("series", one.slug)
            elif shared:
                near = self.index.near(one.slug, work.slug)
                yield 1.2 + near + self.index.likeness(one.slug, work.slug), Reason("kin", one.slug, tuple(shared[:4]))

    def _tag_reasons(self, work):
        asked = {*self.wish.required, *(tag for tags in self.wish.any_of for tag in tags)}
        for tag, weight in self.wish.wanted.items():
            if tag in work.tags and (weight > 0.5 or tag in asked):
                bonus = 1.0 if tag in self.wish.required else 0.5 if weight > 0.5 else 0.0
                yield 0.3 * weight * work.tags[tag] * self.index.idf[tag] / 2 + bonus, Reason("tag", tag)

    def _fact_reasons(self, work):
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


def _diverse(mask, scorer, count, picks=()):
    """Add to `picks` rows of `mask` until there are `count`: the best that is not too like those before, one a series."""
    index, picks = scorer.index, list(picks)
    taken = {index.series[row] for row in picks}
    waiting = (row for row in index.in_order(mask, -scorer.scores) if index.series[row] not in taken)
    likest = {}  # row to its likeness to the pick most like it
    while len(picks) < count:
        likest = {row: like for row, like in likest.items() if index.series[row] not in taken}
        for row in islice(waiting, POOL - len(likest)):
            likest[row] = max(index.alike_among(picks, row), default=0.0)
        if not likest:
            break
        best = max(likest, key=lambda row: round(scorer.scores[row] - DIVERSITY * likest[row], EXACT))
        picks.append(best)
        taken.add(index.series[best])
        rows = list(likest)
        for row, like in zip(rows, index.alike_among(rows, best), strict=True):
            likest[row] = max(likest[row], like)
    return picks


# --- The step aside ------------------------------------------------------------------------------------------------


def _leaves_room(wish, full, constraints, picks):
    """Whether a pick may step aside: enough are given, enough would fit, and the reader was not that exact."""
    if len(picks) < SERENDIPITY_MIN_PICKS or (wish.count is not None and wish.count < SERENDIPITY_MIN_PICKS):
        return False
    return len(constraints) < SERENDIPITY_MAX_CONDITIONS and full.sum() >= SERENDIPITY_MIN_FITTING


def _with_serendipity(candidates, picks, full, scorer):
    """Put a step aside in the place of one of the first five `candidates`, where there is one worth it."""
    place = min(SERENDIPITY_PLACE, len(picks)) - 1
    others = [row for position, row in enumerate(picks) if position != place]
    if (found := _serendipity(others, full, scorer)) is not None:
        row, tag = found
        candidate = scorer.candidate(row)
        reasons = (Reason("aside", tag), *candidate.reasons[: MAX_REASONS - 1])
        candidates[place] = replace(candidate, reasons=reasons, serendipity=True)


def _serendipity(picks, full, scorer):
    """(row, tag) of the work far from all `picks` that one strong thing still ties to the reader; None without one.

    The tie is kinship the catalogue names, or a tag that was asked for and is what the work is about. `tag` is the
    strongest thing it has that neither was asked for nor is what a pick or a liked work is about.
    """
    index = scorer.index
    mask = full & _tied(scorer) & ~np.isin(index.series, index.series[picks])
    if not scorer.wish.less_known:
        mask &= index.renown >= SERENDIPITY_RENOWN
    # Nobody is led unasked to what many refuse.
    welcome = {tag for work in scorer.like for tag in work.tags} | {*scorer.wish.wanted}
    for tag in (index.warnings | DIVISIVE) - welcome:
        mask &= index.strengths(tag) < 2
    known = welcome | {tag for row in picks for tag, strength in index.works[row].tags.items() if strength == 3}
    for row in islice(index.in_order(mask, -scorer.scores), SERENDIPITY_POOL):
        if index.alike_among(picks, row).max() > SERENDIPITY_MAX_LIKENESS:
            continue
        tags = index.works[row].tags
        new = [tag for tag, strength in tags.items() if strength > 1 and tag not in known and index.is_told(tag)]
        if new:
            return row, min(new, key=lambda tag: (-tags[tag] * index.idf[tag], tag))
    return None


def _tied(scorer):
    """Works to which one strong thing ties the reader."""
    index, tied = scorer.index, scorer.index.none()
    for row in index.rows_of([work.slug for work in scorer.liked]):
        tied[index.kin[index.ties[row] : index.ties[row + 1]]] = True
    if not scorer.liked:
        for tag, weight in scorer.wish.wanted.items():
            if weight > 0.5:
                tied |= index.strengths(tag) == 3
    return tied
