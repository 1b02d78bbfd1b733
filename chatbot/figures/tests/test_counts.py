"""Histograms: what a percentile may differ by, and that days can be added."""

import math
import random

import pytest

from chatbot.figures.counts import ERROR, Counts, bucket_of, percentile, told


@pytest.mark.parametrize("ms", [1, 1.05, 7, 99.9, 100, 1000, 12_345, 600_000, 86_400_000])
def test_a_duration_is_told_within_the_stated_error(ms):
    assert abs(told(bucket_of(ms)) / ms - 1) <= ERROR + 1e-9


def test_the_stated_error_is_under_five_per_cent():
    assert 0.048 < ERROR < 0.05


@pytest.mark.parametrize("ms", [0, -3, 0.2])
def test_what_took_no_time_counts_as_a_millisecond(ms):
    assert bucket_of(ms) == bucket_of(1) == 0


def test_percentiles_of_added_days_are_those_of_all_replies():
    chance = random.Random(3)
    days = [[chance.lognormvariate(7, 1.2) for _ in range(size)] for size in (400, 3, 150)]
    added = Counts()
    for durations in days:
        one = Counts()
        for ms in durations:
            one.add("whole", bucket_of(ms))
        added += Counts(one.as_json())
    ordered = sorted(ms for durations in days for ms in durations)
    for share, found in ((0.5, added.p50("whole")), (0.95, added.p95("whole"))):
        exact = ordered[math.ceil(share * len(ordered)) - 1]
        assert abs(found / exact - 1) <= ERROR


def test_nothing_counted_has_no_percentile():
    assert percentile({}, 0.5) is None
    assert Counts().p95("whole") is None


def test_counts_are_kept_and_read_back():
    counts = Counts()
    counts.add("failures", "down")
    counts.add("failures", "down", 2)
    counts.add("cost", number=7)
    assert counts.as_json() == {"cost": {"": 7}, "failures": {"down": 3}}
    assert Counts(counts.as_json()).as_json() == counts.as_json()
    assert (counts.total("failures"), counts["failures"]["slow"], counts.total("never")) == (3, 0, 0)
