"""Counts that can be added up, durations among them.

A duration is counted in a bucket of a logarithmic histogram, each bucket `RATIO` times as wide as the one before, and
is told as the geometric middle of its bucket: at most `ERROR` beside the true one. Histograms of days are added bucket
by bucket, so the percentiles of a month are those of its replies, and no mean of daily percentiles.
"""

import math
from collections import Counter
from collections.abc import Mapping
from typing import Any

RATIO = 1.1
ERROR = math.sqrt(RATIO) - 1  # 0.0488: a percentile is told up to so much too long or too short
_LOG = math.log(RATIO)


def bucket_of(ms: float) -> int:
    """The bucket of a duration in milliseconds. What took less than one, or ended before it began by the clocks of two
    machines, counts as one millisecond."""
    return math.floor(math.log(max(ms, 1.0)) / _LOG)


def told(bucket: int) -> float:
    """Milliseconds that stand for all of a bucket."""
    return math.pow(RATIO, bucket + 0.5)


def percentile(buckets: Mapping[str, int], share: float) -> float | None:
    """The nearest-rank percentile of a histogram in milliseconds; None where nothing was counted."""
    total = sum(buckets.values())
    if not total:
        return None
    rank, passed = max(1, math.ceil(share * total)), 0
    for bucket in sorted(map(int, buckets)):
        passed += buckets[str(bucket)]
        if passed >= rank:
            break
    return told(bucket)


class Counts:
    """How often what: by the name of a count ("turns", "failures") and, within it, by key ("down")."""

    def __init__(self, kept: Mapping[str, Mapping[str, int]] | None = None) -> None:
        self._by_name = {name: Counter(numbers) for name, numbers in (kept or {}).items()}

    def add(self, name: str, key: object = "", number: int = 1) -> None:
        self._by_name.setdefault(name, Counter())[str(key)] += number

    def time(self, name: str, start: Any, end: Any) -> None:
        """Count how long it took from one moment to the other, where both have come."""
        if start and end:
            self.add(name, bucket_of((end - start).total_seconds() * 1000))

    def __iadd__(self, other: "Counts") -> "Counts":
        self.merge(other._by_name)
        return self

    def merge(self, kept: Mapping[str, Mapping[str, int]]) -> None:
        """Add counts as they are kept."""
        for name, numbers in kept.items():
            self._by_name.setdefault(name, Counter()).update(numbers)

    def __getitem__(self, name: str) -> Counter[str]:
        """Numbers by key; empty where nothing was counted."""
        return self._by_name.get(name, Counter())

    def total(self, name: str) -> int:
        return self[name].total()

    def p50(self, name: str) -> float | None:
        return percentile(self[name], 0.5)

    def p95(self, name: str) -> float | None:
        return percentile(self[name], 0.95)

    def as_json(self) -> dict[str, dict[str, int]]:
        return {name: dict(sorted(numbers.items())) for name, numbers in sorted(self._by_name.items())}
