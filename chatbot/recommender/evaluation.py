"""Measuring what is understood and chosen, against asks with conditions and against works liked together."""

import csv
import json
import math
import random
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from os import PathLike
from typing import Any

from ..catalogue.snapshot import CatalogueSnapshot, Work
from ..language.wishes.wish import Wish, understand
from .candidates import Choice
from .choosing import choose, rank
from .features import features_of
from .pick_counts import MAX_PICKS
from .scoring import WEIGHTS, Weights
from .told import with_description

AT = 10
RESAMPLES = 1_000
SEED = 20

Ask = Mapping[str, Any]  # a line of a file of asks, see tests/asks_with_conditions.jsonl
Interval = tuple[float, float, float]  # mean, and the bounds of 95 %
Method = Callable[[CatalogueSnapshot, str], list[str]]  # a snapshot and a slug to the slugs recommended, best first


def read_asks(path: str | PathLike[str]) -> list[Ask]:
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def answer(ask: Ask, catalogue: CatalogueSnapshot) -> tuple[Wish, Choice]:
    """(wish, choice) for one ask by a new reader."""
    understood = understand([ask["ask"]], catalogue, ask.get("lang", "ko"), with_hearts=True)
    wish = with_description(understood, ask["ask"], catalogue)
    return wish, choose(wish, catalogue, count=wish.count or MAX_PICKS)


def picks_of(choice: Choice) -> list[Work]:
    """The works chosen. What is offered with a breach named, because nothing keeps every condition, is no pick."""
    return [candidate.work for candidate in choice.candidates if not candidate.breaches]


def nearest_of(choice: Choice) -> list[Work]:
    """The works offered with their breaches named."""
    return [candidate.work for candidate in choice.candidates if candidate.breaches]


def faults(ask: Ask, works: Sequence[Work], catalogue: CatalogueSnapshot) -> list[str]:
    """What is wrong with `works` as the answer to `ask`; empty when every condition holds.

    Conditions of a pick are those of `_broken`; `picks` is the fewest works, `count` the most.
    """
    found = []
    fitting = sum(not _broken(ask, work, catalogue) for work in catalogue.works)
    needed = min(ask.get("picks", 0), fitting)
    if len(works) < needed and not ask.get("asks_back"):
        found.append(f"{len(works)} picks of {needed}")
    if len(works) > ask.get("count", len(works)):
        found.append(f"{len(works)} picks, {ask['count']} asked for")
    for work in works:
        found += [f"{work.slug}: {condition}" for condition in _broken(ask, work, catalogue)]
    return found


def _broken(ask: Ask, work: Work, catalogue: CatalogueSnapshot) -> list[str]:
    """The conditions of `ask` that `work` breaks."""
    tags = set(work.tags)
    liked = [one for title in ask.get("like", ()) if (one := catalogue.find(title))]
    refused = [one for title in ask.get("not", ()) if (one := catalogue.find(title))]
    checks = {
        "tags_all": tags >= set(ask.get("tags_all", ())),
        "tags_any": not ask.get("tags_any") or bool(tags & set(ask["tags_any"])),
        "tags_none": not tags & set(ask.get("tags_none", ())),
        "status": work.status == ask.get("status", work.status),
        "min_volumes": work.volumes >= ask.get("min_volumes", 0),
        "max_volumes": work.volumes <= ask.get("max_volumes", work.volumes),
        "min_year": work.year >= ask.get("min_year", 0),
        "max_year": work.year <= ask.get("max_year", work.year),
        "anime": work.anime == ask.get("anime", work.anime),
        "edition": "edition" not in ask or (work.editions.get(ask["edition"]) or {}).get("known") is True,
        "not": work.slug not in {one.slug for one in refused},
        "like": work.slug not in {one.slug for one in liked} and (not liked or any(tags & set(w.tags) for w in liked)),
    }
    return [name for name, holds in checks.items() if not holds]


def read_pairs(path: str | PathLike[str], catalogue: CatalogueSnapshot) -> dict[str, set[str]]:
    """First work's slug to the set of slugs liked with it, both on the shelf."""
    liked: defaultdict[str, set[str]] = defaultdict(set)
    with open(path, encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            first, second = catalogue.find(row["src_ja"]), catalogue.find(row["dst_ja"])
            if first and second and first.slug != second.slug:
                liked[first.slug].add(second.slug)
    return dict(liked)


def count_missing(path: str | PathLike[str], catalogue: CatalogueSnapshot) -> dict[str, int]:
    """First work's slug to how many of its pairs have a second work that is not on the shelf."""
    missing: defaultdict[str, int] = defaultdict(int)
    with open(path, encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            first = catalogue.find(row["src_ja"])
            if first and not catalogue.find(row["dst_ja"]):
                missing[first.slug] += 1
    return dict(missing)


def ours(catalogue: CatalogueSnapshot, slug: str, weights: Weights = WEIGHTS) -> list[str]:
    return [work.slug for work in rank(Wish(liked=[slug]), catalogue, AT, weights)]


def by_chance(catalogue: CatalogueSnapshot, slug: str) -> list[str]:
    others = sorted(work.slug for work in catalogue.works if work.slug != slug)
    return random.Random(f"{SEED}{slug}").sample(others, min(AT, len(others)))  # noqa: S311


def by_popularity(catalogue: CatalogueSnapshot, slug: str) -> list[str]:
    return [w.slug for w in sorted(catalogue.works, key=lambda w: (-w.renown, w.slug)) if w.slug != slug][:AT]


def by_tags(catalogue: CatalogueSnapshot, slug: str) -> list[str]:
    """Cosine of plain tag sets with a little popularity: what a catalogue site would do."""
    own = set(catalogue.by_slug[slug].tags)

    def score(work: Work) -> float:
        tags = set(work.tags)
        return len(own & tags) / math.sqrt(max(1, len(own) * len(tags))) + 0.3 * work.renown / 100

    others = [work for work in catalogue.works if work.slug != slug]
    return [work.slug for work in sorted(others, key=lambda work: (-score(work), work.slug))[:AT]]


METHODS: dict[str, Method] = {
    "random": by_chance,
    "popularity": by_popularity,
    "tags and popularity": by_tags,
    "ours": ours,
}


def _steps() -> dict[str, Method]:
    """What each kind of evidence brings: from nothing but the likeness of tags to all that is weighed."""
    weights = Weights(**dict.fromkeys(Weights.__slots__, 0.0))
    steps: dict[str, Method] = {}
    for name, added in (
        ("tags by strength", ["tags"]),
        ("+ renown", ["renown"]),
        ("+ kin", ["kin"]),
        ("+ kin of kin", ["kin_of_kin"]),
        ("+ era", ["era"]),
        ("+ called kin", ["called"]),
        ("+ author, tone", ["author", "tone"]),
    ):
        weights = replace(weights, **{field: getattr(WEIGHTS, field) for field in added})
        steps[name] = partial(ours, weights=weights)
    return steps


STEPS = {name: METHODS[name] for name in ("random", "popularity", "tags and popularity")} | _steps()


def measure(
    pairs: Mapping[str, set[str]], catalogue: CatalogueSnapshot, methods: Mapping[str, Method] = METHODS
) -> dict[str, dict[str, Interval]]:
    """Method to measure to (mean, low, high), the bounds of a 95 % bootstrap interval over first works."""
    features_of(catalogue)
    results = {}
    for method, pick in methods.items():
        rows = [_measures(pick(catalogue, slug), wanted) for slug, wanted in sorted(pairs.items())]
        results[method] = {name: _interval([row[name] for row in rows]) for name in ("recall", "hits", "ndcg")}
    return results


def recall_of_all(pairs: Mapping[str, set[str]], missing: Mapping[str, int], catalogue: CatalogueSnapshot) -> Interval:
    """(mean, low, high) of our recall when a pair whose second work is not on the shelf counts as missed."""
    rows = []
    for slug in sorted({*pairs, *missing}):
        wanted = pairs.get(slug, set())
        rows.append(len(wanted.intersection(ours(catalogue, slug))) / (len(wanted) + missing.get(slug, 0)))
    return _interval(rows)


def _measures(picks: Sequence[str], wanted: Collection[str]) -> dict[str, float]:
    found = [slug in wanted for slug in picks]
    gain = sum(1 / math.log2(place + 2) for place, hit in enumerate(found) if hit)
    ideal = sum(1 / math.log2(place + 2) for place in range(min(len(wanted), AT)))
    return {"recall": sum(found) / len(wanted), "hits": float(any(found)), "ndcg": gain / ideal}


def _interval(values: Sequence[float]) -> Interval:
    if not values:
        return 0.0, 0.0, 0.0
    chance = random.Random(SEED)  # noqa: S311
    means = sorted(sum(chance.choices(values, k=len(values))) / len(values) for _ in range(RESAMPLES))
    return sum(values) / len(values), means[int(0.025 * RESAMPLES)], means[int(0.975 * RESAMPLES)]
