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
from ..language import subjects
from ..language.circumstances import DEATH, SUITORS
from ..language.elsewhere import HEART, TASTES
from ..language.flavours import FLAVOURS
from ..language.tag_relations import (
    AKIN_TO_REFUSED,
    DIVISIVE,
    FANTASY,
    HEAVY_MOODS,
    HEAVY_READS,
    LIGHT_MOODS,
    REFUSED_WITH,
    SADDER,
)
from ..language.wish import Wish
from .descriptions import evidence
from .features import LATER, Column, Features, Mask, features_of
from .flavours import flavour, flavours_of, lacking, marked
from .personalization import TasteScorer
from .pick_counts import MAX_PICKS, PICKS, PICKS_WITH_SERENDIPITY
from .told import LITERALLY, hearts_among, tellers_of, told
from .welcome import (
    OBSCURE,
    UNASKED_DIVIDES,
    UNASKED_WARNING,
    first_book,
    fit,
    says_little,
    unasked_divides,
    unasked_warnings,
)

MAX_REASONS = 4
POOL = 60  # best candidates among which diversity is sought
WANTED, MISSED = 0.9, 0.6
BY_AUTHOR = 1.5  # how much it weighs that a work is by an author whose books, or the like of them, are asked for
FLAVOURED = 5.0  # how much that a work has a flavour asked for weighs among the reasons for it
TRACE = 2  # subjects that are missed, as many as which a trace of a tag asked for counts
FAINT = 0.6  # what a work loses where a tag asked for is only a trace in it
LESS = 0.4  # what a work loses for a tag at full strength of which little is wanted
UNLIKE = 1.0  # what a work loses for each part of likeness to one whose likes are refused
AKIN = 0.4  # what a work loses for being, at full strength, what is akin to a kind that is refused
MUCH = 2  # the strength from which it has much of it
IN_OWN_LANGUAGE = 0.7  # what an edition gains that the reader can read: where one fits it comes first
GENTLE_TONE = 0.2  # what the brightest work gains for a reader who can bear nothing heavy
ELSEWHERE_KIN = 0.6  # what a work gains for being known as the nearest to one that is not on the shelf
DESCRIBED = 0.9  # what standing out by a description adds
TOLD = 0.4  # how far a work has to stand out for it to be a reason
WIDELY_READ = 60  # the renown from which it speaks for a work that many know it
HIDDEN = 0.3  # the renown of a hidden gem: known to some, for what nobody knows is seldom one
DIVERSITY = 0.35  # what a candidate loses for being like one already picked
NARROWED = 0.35  # by how much less that is for each thing asked for: who asks for one thing gets books that are alike
ANOTHERS = 9.0  # what it costs a work to be by another author than asked for: more than whatever else it may breach
YEARS_OFF, LENGTHS_OFF = 3, 1.0  # how far beyond a limit, in years and in lengths asked for, the nearest may lie
EXACT = 9  # decimals of a score that count, so that the order of adding up does not

# Serendipity, on the page "a step aside": see `_serendipity`.
SERENDIPITY_MIN_FITTING = 20  # works that must fit, below which a wish is too narrow for one
SERENDIPITY_MAX_CONDITIONS = 2  # conditions from which a wish is too clear for one
SERENDIPITY_MAX_SAID = 1  # likes, kinds and refusals; who said more has said where they want to go
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
    status, volumes, year, edition, anime: the work's own value; less_known: that it has to be
    suits   whom it is for, or why nothing may weigh down (`tags`: warnings that are not there); every pick has it
    renown  the work's renown (it is widely read; only when little else is known)
    flavour a flavour asked for, which it has
    by      as a breach: the author whose books were asked for
    elsewhere  the taste of works that are not on the shelf; `tags`: what it shares with them
    told    words of the reader that no tag and no subject stands for, which the texts of the work say
    told_alike  the same where the texts say it in other words
    description  the reader's words that no tag stands for, which what is written of the work is like
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
    scorer = _Scorer(wish, features, reads=reads, described=described)
    if begins or (seed and says_little(wish)):
        scorer.begin(first_book(features, seed, reads, is_first=begins))
    gone = [features.row_by_pk[pk] for pk in offered if pk in features.row_by_pk]
    # Who asks for the other books of an author wants what follows one they know of, too.
    allowed = _allowed(wish, features, begun=gone if wish.by else ())
    allowed[gone] = False
    constraints = _constraints(wish.firm(), features)
    held = [(asked, keeps) for asked, keeps in constraints if _holds(asked, wish)]
    unheld = allowed.copy()
    for _, keeps in held:
        allowed &= keeps
    fitting = allowed.copy()
    for _, keeps in constraints:
        fitting &= keeps
    if constraints and not fitting.any():
        yielding = [one for one in constraints if one not in held]
        if not allowed.any():
            return Choice(blocked_by=_in_the_way(unheld, held))
        return _nearest(scorer, allowed, yielding, count)
    full, lacking = fitting & (scorer.lacks == 0), fitting & (scorer.lacks > 0)
    picks = _diverse(_readable(full, features, reads), scorer, count)
    if len(picks) < min(PICKS, count):
        picks = _diverse(full, scorer, count, picks)
    if len(picks) < min(PICKS, count) and lacking.any():
        fewest = lacking & (scorer.lacks == scorer.lacks[lacking].min())
        picks = _diverse(fewest, scorer, min(PICKS, count), picks)
        picks = _diverse(lacking, scorer, min(PICKS, count), picks)
    candidates = [scorer.candidate(row) for row in picks]
    if aside and _leaves_room(wish, full, constraints, picks):
        _with_serendipity(candidates, picks, full, scorer)
    return Choice(candidates)


def rank(wish: Wish, catalogue: CatalogueSnapshot, count: int, weights: Weights = WEIGHTS) -> list[Work]:
    """`count` works for `wish` in the plain order of their scores, without regard to variety: what is measured."""
    features = features_of(catalogue)
    scorer = _Scorer(wish, features, weights)
    return [features.works[row] for row in islice(features.in_order(_allowed(wish, features), -scorer.scores), count)]


# --- What may be offered -------------------------------------------------------------------------------------------


def _allowed(wish: Wish, features: Features, begun: Iterable[int] = ()) -> Mask:
    """What is never relaxed: named works, refused tags and authors, later parts of a series not begun, sharing with a liked work."""
    allowed = ~features.none()
    if len(features.waiting):
        allowed[features.waiting] = False
        begun = [*begun, *features.rows_of([*wish.liked, *wish.read])]
        allowed[[follower for row in begun for follower in features.followers.get(row, ())]] = True
    allowed[features.rows_of(wish.names_works)] = False
    # Whoever turns from a work turns from its sequels, and who wants what few know from those of all they name.
    turned_from = wish.names_works if wish.less_known else wish.refused
    allowed &= ~np.isin(features.series, features.series[features.rows_of(turned_from)])
    for row in features.rows_of(wish.unlike):
        allowed &= ~features.is_like(row)
    allowed &= ~features.carries(wish.unwanted)
    allowed[features.rows_by(wish.not_by)] = False
    allowed &= _bearable(wish, features)
    for subject in wish.not_about:
        allowed[features.rows_of(tellers_of(subject, features.catalogue))] = False
    liked = [features.by_slug[slug] for slug in wish.liked if slug in features.by_slug]
    if liked:
        allowed &= features.carries({tag for work in liked for tag in work.tags})
    return allowed


def _bearable(wish: Wish, features: Features) -> Mask:
    """What suits whom it is for and the mood asked for, by tags, tone, and what synopses tell where no tag does."""
    excluded = wish.exclusions
    bearable: Mask = features.tone >= excluded.lowest_tone
    for tag, strength in excluded.tags.items():
        bearable &= features.strengths(tag) < strength
    told = [*excluded.told, *([SUITORS] if REFUSED_WITH.keys() & {*wish.unwanted} else [])]
    told += [DEATH] if subjects.DEATH in wish.not_about else []
    for what in told:
        bearable &= ~features.tells(what)
    return bearable


def _constraints(wish: Wish, features: Features) -> list[tuple[Reason, Mask]]:
    """The wish's constraints as (Reason saying what was asked, mask of the works that keep it)."""
    found = [(Reason("tag", tag, (tag,)), features.carries([tag])) for tag in wish.required]
    found += [(Reason("tag", tags[0], tuple(tags)), features.carries(tags)) for tags in wish.any_of]
    if wish.by:
        keeps = features.none()
        keeps[features.rows_by(wish.by)] = True
        found.append((Reason("by", wish.by[0]), keeps))
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
    if wish.less_known:
        found.append((Reason("less_known", True), features.renown < OBSCURE))
    return found


def _holds(asked: Reason, wish: Wish) -> bool:
    """Whether a constraint is one that nothing may loosen: what cannot be read is no book, however near it comes."""
    return any(name.endswith(asked.kind) for name in wish.held)


def _in_the_way(allowed: Mask, held: list[tuple[Reason, Mask]]) -> list[Reason]:
    """Of the constraints that nothing may loosen those that the reader might still give up, for without them something
    would be left; the edition they need is none of these."""
    found = []
    for asked, keeps in held:
        others = allowed & ~keeps
        for other, mask in held:
            if other is not asked:
                others &= mask
        if asked.kind != "edition" and others.any():
            found.append(asked)
    return found


def _within(values: Column, low: int | None, high: int | None) -> Mask:
    keeps = np.ones(len(values), bool)
    if low is not None:
        keeps &= values >= low
    if high is not None:
        keeps &= values <= high
    return keeps


def _keeps_limit(value: int, low: int | None, high: int | None) -> bool:
    """Whether a limit was set, and `value` keeps it: one only hoped for may not be kept, and is no reason then."""
    return (low, high) != (None, None) and (low is None or value >= low) and (high is None or value <= high)


def _readable(works: Mask, features: Features, reads: str) -> Mask:
    """Of `works` those with an edition in the only language the reader reads; all where that is no matter."""
    if not reads:
        return works
    readable = features.none()
    readable[features.editions.get(reads, [])] = True
    return works & readable


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
        cost += ~keeps * _cost(asked, features)
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


def _cost(asked: Reason, features: Features) -> float:
    """What it costs a work to breach a constraint."""
    if asked.kind == "by":
        return ANOTHERS
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
    return asked if asked.kind in ("tag", "edition", "by") else Reason(asked.kind, getattr(work, asked.kind))


# --- How well it fits ----------------------------------------------------------------------------------------------


class _Scorer:
    """Every work of a catalogue weighed for one wish: `scores`, and `missed`, how many things that only lean it lacks."""

    def __init__(
        self,
        wish: Wish,
        features: Features,
        weights: Weights = WEIGHTS,
        *,
        reads: str = "",
        described: Column | None = None,
    ) -> None:
        self.wish, self.features, self.weights = wish, features, weights
        self.reads, self.described, self.begins = reads, described, False
        self.liked = [features.by_slug[slug] for slug in wish.liked if slug in features.by_slug]
        # A work read, but not said to be liked, still says something about a taste.
        self.like = self.liked or [features.by_slug[slug] for slug in wish.read if slug in features.by_slug]
        self.by = [work for work in features.works if set(work.authors) & set(wish.authors)]
        self.like = self.like or self.by
        # Of an author whose own books are asked for several of one series may come.
        self.series = np.arange(len(features.works)) if wish.by else features.series
        self.lean = TasteScorer(wish, features)
        self.flavoured = flavours_of(wish, features)
        self.missed = self._missed()
        # What only names a subject never stands before what has the tag asked for at heart.
        self.lacks = self.missed + (TRACE if wish.about and not self.by else 0) * self._faint()
        self.scores = self._scores().round(EXACT)

    def begin(self, column: Column) -> None:
        """Weigh besides how good each work is to begin with."""
        self.begins = True
        self.scores = (self.scores + column).round(EXACT)

    def _missed(self) -> Column:
        missed = np.zeros(len(self.features.works), int)
        for tags in self._widest_moods():
            missed += ~self.features.carries(tags)
        for _, keeps in _constraints(self.wish.hoped(), self.features):
            missed += ~keeps
        for forms in self.wish.little_of.values():
            missed += self.features.strongest(forms) >= MUCH
        for subject in self.wish.about:
            missed += ~self.features.of(tellers_of(subject, self.features.catalogue))
        missed += self._unlike_elsewhere()
        return missed + lacking(self.wish, self.features)

    def _unlike_elsewhere(self) -> Mask:
        """Works without the heart of any of the tastes named."""
        features = self.features
        if not self.wish.elsewhere:
            return features.none()
        unlike = ~features.none()
        for taste in map(TASTES.__getitem__, self.wish.elsewhere):
            has = np.sum([features.strengths(tag) >= MUCH for tag in taste.heart], axis=0)
            unlike &= (has < min(len(taste.heart), HEART)) & ~features.of(taste.kin)
        return unlike

    def _widest_moods(self) -> list[list[str]]:
        """The moods that lean, without those within another: a word for two moods asks for either of them."""
        groups = [set(tags) for tags in (*self.wish.any_of, *self.wish.leaning)]
        return [tags for tags in self.wish.leaning if not any(set(tags) < group for group in groups)]

    def _faint(self) -> Column:
        """How many of the tags every pick must carry are no more than a trace in each work."""
        faint = np.zeros(len(self.features.works), int)
        for tag in self.wish.required:
            faint += self.features.strengths(tag) == 1
        return faint

    def _scores(self) -> Column:
        wish, features = self.wish, self.features
        scores: Column = (
            self.lean.column()
            - MISSED * self.missed
            - FAINT * self._faint()
            + 0.3 * wish.brightness * features.tone / 2
        )
        for forms in wish.little_of.values():
            scores -= LESS / 3 * features.strongest(forms)
        for tag in self._akin_to_refused():
            scores -= AKIN / 3 * features.strengths(tag)
        if self.reads:
            scores[features.editions.get(self.reads, [])] += IN_OWN_LANGUAGE
        if wish.gentle:
            scores += GENTLE_TONE * features.tone / 2
        scores += fit(wish, features) + flavour(wish, features) - UNASKED_WARNING * unasked_warnings(wish, features)
        scores -= UNASKED_DIVIDES * unasked_divides(wish, features)
        scores += self._renown() - UNLIKE * self._likeness_to_unlike()
        if self.like:
            scores += self._likeness_to_liked()
        if wish.elsewhere:
            scores += self._likeness_to_elsewhere()
        if self.by:
            scores[features.rows_of([work.slug for work in self.by])] += BY_AUTHOR
        if wish.wanted:
            scores += WANTED * self._wanted()
        return scores + DESCRIBED * self._told_by_texts()

    def _renown(self) -> Column:
        renown: Column = self.features.renown
        return -0.8 * abs(renown - HIDDEN) if self.wish.less_known else self.weights.renown * renown

    def _likeness_to_unlike(self) -> Column:
        nothing: Column = np.zeros(len(self.features.works))
        return sum((self.features.alike(row) for row in self.features.rows_of(self.wish.unlike)), nothing)

    def _akin_to_refused(self) -> list[str]:
        akin = [tag for refused in self.wish.unwanted for tag in AKIN_TO_REFUSED.get(refused, ())]
        fantasy = FANTASY in self.wish.asked_tags  # whoever asks for fantasy without isekai asks for these
        return [] if fantasy or self.liked else [tag for tag in akin if tag not in self.wish.asked_tags]

    def _told_by_texts(self) -> Column:
        """How far the texts of each work say what no tag stands for, and what the wish describes."""
        column: Column = np.zeros(len(self.features.works))
        for heart in hearts_among(self.wish.about):
            column += told(heart, self.features.catalogue)
        return column if self.described is None else column + self.described

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

    def _likeness_to_elsewhere(self) -> Column:
        """How near each work is to what was named and is not on the shelf: by tags, and by what is known as kin."""
        features = self.features
        scores: Column = np.zeros(len(features.works))
        for name in self.wish.elsewhere:
            near = self.weights.tags * features.alike_to(TASTES[name].tags)
            for place, row in enumerate(features.rows_of(TASTES[name].kin)):
                near[row] += ELSEWHERE_KIN * LATER**place
            scores = np.maximum(scores, near)
        return scores

    def candidate(self, row: int) -> Candidate:
        work = self.features.works[row]
        return Candidate(work, round(float(self.scores[row]), 4), self.reasons(work))

    def reasons(self, work: Work) -> tuple[Reason, ...]:
        """At most four reasons, the strongest first."""
        found = [*self._kinship_reasons(work), *self._tag_reasons(work), *self._fact_reasons(work)]
        found += self._elsewhere_reasons(work)
        found += [(FLAVOURED, Reason("flavour", name)) for name in self.flavoured.get(work.slug, ())]
        if not found and self.begins and work.status == "completed" and work.volumes > 1:
            found.append((0.2, Reason("status", work.status)))
        if not found and not self.wish.less_known and work.renown >= WIDELY_READ:
            found.append((0.1, Reason("renown", work.renown)))
        suits = self._suits()
        found.sort(key=lambda pair: -pair[0])
        chosen: list[Reason] = []
        tags = 0
        for _, reason in found:
            tags += reason.kind == "tag"
            # Room for what is not a tag, for four tags say less than three and the status asked for.
            if len(chosen) < MAX_REASONS - len(suits) and not (reason.kind == "tag" and tags > 3):
                chosen.append(reason)
        return (*chosen, *suits)

    def _suits(self) -> list[Reason]:
        """What every pick keeps for whom it is for; the warnings in `tags` are not there at all."""
        if not (self.wish.audience or self.wish.gentle):
            return []
        return [Reason("suits", self.wish.audience or self.wish.gentle, self.wish.exclusions.warnings())]

    def _kinship_reasons(self, work: Work) -> Iterator[tuple[float, Reason]]:
        own = {work.slug for work in self.by} if set(work.authors) & set(self.wish.by) else set()
        for one in self.like:
            if one is work or (one.slug in own and one not in self.liked):
                continue  # that it is by the author asked for says nothing for one of their books over another
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

    def _elsewhere_reasons(self, work: Work) -> Iterator[tuple[float, Reason]]:
        for name in self.wish.elsewhere:
            taste = TASTES[name]
            shared = [tag for tag in taste.known_for if work.tags.get(tag, 0) > 1]
            if len(shared) > 1 or (shared and work.slug in taste.kin):
                yield 2.0 + (work.slug in taste.kin), Reason("elsewhere", name, tuple(shared[:4]))

    def _tag_reasons(self, work: Work) -> Iterator[tuple[float, Reason]]:
        asked = {*self.wish.required, *(tag for tags in self.wish.any_of for tag in tags)}
        for tag, weight in self.wish.wanted.items():
            if tag in work.tags and (weight > 0.5 or tag in asked):
                bonus = 1.0 if tag in self.wish.required else 0.5 if weight > 0.5 else 0.0
                yield 0.3 * weight * work.tags[tag] * self.features.idf[tag] / 2 + bonus, Reason("tag", tag)

    def _fact_reasons(self, work: Work) -> Iterator[tuple[float, Reason]]:
        wish = self.wish
        for heart in hearts_among(wish.about):
            if share := float(told(heart, self.features.catalogue)[self.features.row[work.slug]]):
                yield 1.5 + share, Reason("told" if share > LITERALLY else "told_alike", heart)
        if self.described is not None and (told_of := self.described[self.features.row[work.slug]]) >= TOLD:
            yield 1.0 + float(told_of), Reason("description", wish.described)
        if wish.status and work.status == wish.status:
            yield 1.1, Reason("status", work.status)
        if _keeps_limit(work.volumes, wish.min_volumes, wish.max_volumes):
            yield 1.0, Reason("volumes", work.volumes)
        if _keeps_limit(work.year, wish.min_year, wish.max_year):
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
    diversity = DIVERSITY / (1 + NARROWED * _asked_for(scorer.wish))
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


def _asked_for(wish: Wish) -> int:
    """How many things were asked for that make books alike."""
    alike = [name for name in wish.flavours if not FLAVOURS[name].renown]
    return len(wish.required) + len(wish.any_of) + len(wish.leaning) + len(alike)


# --- Serendipity ---------------------------------------------------------------------------------------------------


def _leaves_room(wish: Wish, full: Mask, constraints: Sequence[tuple[Reason, Mask]], picks: Sequence[int]) -> bool:
    """Whether a pick may step aside: enough are given, enough would fit, and the reader was not that exact, nor tender
    or a child."""
    if wish.gentle or wish.audience:
        return False
    if _asked_for(wish) + len(wish.liked) + bool(wish.unwanted) + bool(wish.elsewhere) > SERENDIPITY_MAX_SAID:
        return False
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


def _of_the_kind(scorer: _Scorer) -> Mask:
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
