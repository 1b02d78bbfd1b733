"""Choosing from the shelf. Pure: a wish and works in, ranked candidates with their reasons out."""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

ENOUGH = 3  # picks below which those that only lack a mood are offered too
MOST_REASONS = 4
POOL = 60  # best candidates among which diversity is sought

# What each kind of evidence adds to a score, measured by `evaluate_recommender`.
TAGS, KIN, KIN_OF_KIN, AUTHOR, TONE, RENOWN, ERA = 1.0, 0.9, 0.8, 0.2, 0.12, 0.35, 0.2
WANTED, MISSED = 0.9, 0.6
HIDDEN = 0.3  # the renown of a hidden gem: known to some, for what nobody knows is seldom one
DIVERSITY = 0.35  # what a candidate loses for being like one already picked

HARD = ("sequel", "prequel", "side-story", "same-world")


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
    """A work that may be offered. `breaches` is empty unless nothing kept every constraint of the wish."""

    work: object
    score: float
    reasons: tuple = ()
    breaches: tuple = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen. `relaxed`: nothing kept every constraint, so these are the nearest; `blocked_by` says why."""

    candidates: list = field(default_factory=list)
    blocked_by: list = field(default_factory=list)
    relaxed: bool = False


def choose(wish, shelf, *, offered=frozenset(), count=5):
    """Up to `count` works of `shelf` for `wish`, best first. `offered`: pks that must not come again."""
    index = index_of(shelf)
    allowed = [work for work in shelf.works if work.pk not in offered and _allowed(work, wish, index)]
    constraints = _constraints(wish)
    fitting = [work for work in allowed if all(test(work) for _, test in constraints)]
    if not fitting and allowed and constraints:
        return _nearest(wish, index, allowed, constraints, count)
    scorer = _Scorer(wish, index)
    full, lacking = [], []
    for work in fitting:
        (full if not _missed_moods(work, wish) else lacking).append(work)
    picks = _diverse(full, scorer, index, count)
    if len(picks) < min(ENOUGH, count):
        lacking.sort(key=lambda work: _missed_moods(work, wish))
        fewest = [w for w in lacking if _missed_moods(w, wish) == _missed_moods(lacking[0], wish)]
        picks = _diverse(fewest, scorer, index, min(ENOUGH, count), picks)
        picks = _diverse(lacking, scorer, index, min(ENOUGH, count), picks)
    return Choice([Candidate(work, round(score, 4), scorer.reasons(work)) for work, score in picks])


def rank(wish, shelf, count):
    """`count` works for `wish` in the plain order of their scores, without regard to variety: what is measured."""
    index = index_of(shelf)
    scorer = _Scorer(wish, index)
    allowed = [work for work in shelf.works if _allowed(work, wish, index)]
    return sorted(allowed, key=lambda work: (-scorer.score(work), work.slug))[:count]


# --- What may be offered -------------------------------------------------------------------------------------------


def _allowed(work, wish, index):
    """What is never relaxed: named works, refused tags, later parts of a series not begun, sharing with a liked work."""
    if work.slug in wish.names_works:
        return False
    if not work.tags.keys().isdisjoint(wish.unwanted):
        return False
    openers = index.openers.get(work.slug, ())
    if openers and not any(slug in wish.liked or slug in wish.read for slug in openers):
        return False
    liked = [index.by_slug[slug] for slug in wish.liked if slug in index.by_slug]
    return not liked or any(not work.tags.keys().isdisjoint(one.tags) for one in liked)


def _constraints(wish):
    """The wish's constraints as (Reason saying what was asked, test of a work)."""
    found = []
    for tag in wish.required:
        found.append((Reason("tag", tag, (tag,)), lambda work, tag=tag: tag in work.tags))
    for tags in wish.any_of:
        group = tuple(tags)
        found.append((Reason("tag", group[0], group), lambda work, group=group: any(tag in work.tags for tag in group)))
    if wish.status:
        found.append((Reason("status", wish.status), lambda work: work.status == wish.status))
    low, high = wish.min_volumes, wish.max_volumes
    if low is not None or high is not None:
        found.append((Reason("volumes", (low, high)), lambda work: _within(work.volumes, low, high)))
    first, last = wish.min_year, wish.max_year
    if first is not None or last is not None:
        found.append((Reason("year", (first, last)), lambda work: _within(work.year, first, last)))
    if wish.edition:
        found.append((Reason("edition", wish.edition), lambda work: _has_edition(work, wish.edition)))
    if wish.anime is not None:
        found.append((Reason("anime", wish.anime), lambda work: work.anime == wish.anime))
    return found


def _within(value, low, high):
    return (low is None or value >= low) and (high is None or value <= high)


def _has_edition(work, language):
    return (work.editions.get(language) or {}).get("known") is True


def _missed_moods(work, wish):
    return sum(not any(tag in work.tags for tag in tags) for tags in wish.leaning)


def _nearest(wish, index, allowed, constraints, count):
    """Nothing fits: the works that breach least, and the constraints without which something would fit."""
    scorer = _Scorer(wish, index)
    broken = {work.slug: [asked for asked, test in constraints if not test(work)] for work in allowed}
    alone = [breaches[0] for breaches in broken.values() if len(breaches) == 1]
    blocked_by = [asked for asked, _ in constraints if asked in alone] or [asked for asked, _ in constraints]

    def cost(work):
        # A rare tag is what the reader would miss most.
        return sum(index.idf.get(asked.value, 1.0) if asked.kind == "tag" else 1.0 for asked in broken[work.slug])

    candidates, series = [], set()
    for work in sorted(allowed, key=lambda work: (cost(work), -scorer.score(work), work.slug)):
        if len(candidates) == count:
            break
        if index.series[work.slug] not in series:
            series.add(index.series[work.slug])
            breaches = tuple(_breach(asked, work) for asked in broken[work.slug])
            candidates.append(Candidate(work, round(scorer.score(work), 4), scorer.reasons(work), breaches))
    return Choice(candidates, blocked_by, relaxed=True)


def _breach(asked, work):
    """`asked` with the work's own value in place of the one asked for."""
    return asked if asked.kind in ("tag", "edition") else Reason(asked.kind, getattr(work, asked.kind))


# --- How well it fits ----------------------------------------------------------------------------------------------


class Index:
    """What is computed once for a shelf: tag weights, likeness, kinship and series."""

    def __init__(self, shelf):
        self.by_slug = shelf.by_slug
        carried = Counter(tag for work in shelf.works for tag in work.tags)
        total = max(len(shelf.works), 1)
        self.idf = {tag: math.log(1 + total / n) for tag, n in carried.items()}
        self.vectors = {work.slug: self._vector(work) for work in shelf.works}
        self.kin = self._kinship(shelf)
        self.openers, self.series = self._series(shelf)

    def _vector(self, work):
        weights = {tag: strength**1.2 * self.idf[tag] for tag, strength in work.tags.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {tag: weight / length for tag, weight in weights.items()}

    def likeness(self, one, other):
        """Cosine of the tags of two slugs, 0 to 1."""
        one, other = self.vectors[one], self.vectors[other]
        if len(one) > len(other):
            one, other = other, one
        return sum(weight * other[tag] for tag, weight in one.items() if tag in other)

    def _kinship(self, shelf):
        """Slug to {slug: closeness}: what the catalogue's writers called kindred, from either side."""
        kin = defaultdict(dict)
        for work in shelf.works:
            for place, title in enumerate(work.kin):
                other = shelf.find(title)
                if other is None or other.slug == work.slug:
                    continue
                close = 1.0 - 0.03 * place
                kin[work.slug][other.slug] = min(1.0 + 0.3 * (work.slug in kin[other.slug]), 1.3) * close
                kin[other.slug][work.slug] = max(kin[other.slug].get(work.slug, 0), 0.85 * close)
        return kin

    def _series(self, shelf):
        """(slug to what must be read before it, slug to the name of its series)."""
        openers, series = defaultdict(list), {work.slug: work.slug for work in shelf.works}

        def root(slug):
            while series[slug] != slug:
                slug = series[slug]
            return slug

        for work in shelf.works:
            for title, kind in work.related:
                other = shelf.find(title)
                if other is None or other.slug == work.slug or kind not in HARD:
                    continue
                if kind in ("sequel", "side-story") and other.slug not in openers:
                    openers[work.slug].append(other.slug)
                series[root(work.slug)] = root(other.slug)
        # Two works that each call themselves the sequel of the other would both be unreachable.
        for slug in list(openers):
            openers[slug] = [other for other in openers[slug] if slug not in openers.get(other, ())]
        return {slug: before for slug, before in openers.items() if before}, {slug: root(slug) for slug in series}


@lru_cache(maxsize=2)
def index_of(shelf):
    return Index(shelf)


class _Scorer:
    """Scores for one wish."""

    def __init__(self, wish, index):
        self.wish, self.index = wish, index
        self.liked = [index.by_slug[slug] for slug in wish.liked if slug in index.by_slug]
        # A work read, but not said to be liked, still says something about a taste.
        self.like = self.liked or [index.by_slug[slug] for slug in wish.read if slug in index.by_slug]
        self.kin = self._near_kin()
        self.scores = {}

    def _near_kin(self):
        """Slug to how near it is kin to the liked works: directly, or through common kin."""
        near = defaultdict(float)
        for work in self.like:
            direct = self.index.kin.get(work.slug, {})
            for slug, close in direct.items():
                near[slug] += KIN * close
                onward = self.index.kin.get(slug, {})
                for other, closeness in onward.items():
                    if other != work.slug:
                        near[other] += KIN_OF_KIN * close * closeness / math.sqrt(4 + len(onward) * len(direct))
        return near

    def score(self, work):
        if work.slug not in self.scores:
            self.scores[work.slug] = self._score(work)
        return self.scores[work.slug]

    def _score(self, work):
        wish, index = self.wish, self.index
        score = 0.0
        if self.like:
            alike = [index.likeness(one.slug, work.slug) for one in self.like]
            # Near to one liked work counts more than lukewarm to all.
            score += TAGS * (0.7 * max(alike) + 0.3 * sum(alike) / len(alike))
            score += self.kin.get(work.slug, 0.0) / math.sqrt(len(self.like))
            score += AUTHOR * any(set(work.authors) & set(one.authors) for one in self.like)
            score += TONE * (1 - min(abs(work.tone - one.tone) for one in self.like) / 4)
            score += ERA * max(math.exp(-abs(work.year - one.year) / 6) for one in self.like)
        if wish.wanted:
            total = sum(weight * index.idf.get(tag, 1.0) for tag, weight in wish.wanted.items())
            found = sum(
                weight * index.idf.get(tag, 1.0) * work.tags[tag] / 3
                for tag, weight in wish.wanted.items()
                if tag in work.tags
            )
            score += WANTED * found / total
        score -= MISSED * _missed_moods(work, wish)
        score += 0.3 * wish.brightness * work.tone / 2
        renown = work.renown / 100
        return score + (-0.8 * abs(renown - HIDDEN) if wish.less_known else RENOWN * renown)

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
            if len(chosen) < MOST_REASONS and not (reason.kind == "tag" and tags > 3):
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
            if self.index.series[one.slug] == self.index.series[work.slug]:
                yield 2.5, Reason("series", one.slug)
            elif shared:
                near = self.index.kin.get(one.slug, {}).get(work.slug, 0)
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


def _diverse(works, scorer, index, count, picks=()):
    """Add to `picks` from `works` until there are `count`: the best that is not too like those before, one a series."""
    picks = list(picks)
    taken = {work.slug for work, _ in picks}
    series = {index.series[slug] for slug in taken}
    pool = sorted((w for w in works if w.slug not in taken), key=lambda work: (-scorer.score(work), work.slug))
    while len(picks) < count:
        pool = [work for work in pool if index.series[work.slug] not in series]
        if not pool:
            break
        best = max(pool[:POOL], key=lambda work: scorer.score(work) - DIVERSITY * _likest(work, picks, index))
        picks.append((best, scorer.score(best)))
        series.add(index.series[best.slug])
    return picks


def _likest(work, picks, index):
    return max((index.likeness(work.slug, other.slug) for other, _ in picks), default=0.0)
