"""The last part of `make fuzz`: asks of the rules' own words, as long as may be. None costs more to read than a bound.

A quarter of `FUZZ_SECONDS`; the cost is CPU time, and a text is only told once it was too much three times in a row.
"""

import sys
import time
from heapq import nlargest
from statistics import median

from chatbot.catalogue.tests.factories import known_shelf
from chatbot.language.acts import Act, Dialogue
from chatbot.language.stances.parse import _parser_of
from chatbot.language.tests.costly import Costly, understood

from .fuzz import SECONDS, SEED

SHELF = known_shelf()
PICKS = tuple(work.slug for work in SHELF.works[:3])
OFFERED = Dialogue(PICKS, PICKS, (Act.RECOMMEND,))
PLAIN = "{0}권 안쪽으로, 하렘은 싫고 이세계물로 부탁해요. 어두운 건 빼고 추천해 주세요"
TIMES, LEAST = 15, 0.05  # what a text may cost: as often as much as a plain ask, or seconds


def cost(text):
    _parser_of(SHELF).cache_clear()
    began = time.process_time()
    understood(text, OFFERED, SHELF)
    return time.process_time() - began


def test_no_ask_costs_more_than_a_bound(capsys):
    cost(PLAIN.format(0))
    costly, until, costs = Costly(SHELF, SEED), time.monotonic() + SECONDS / 4, []
    texts = iter(costly.texts(40))
    while time.monotonic() < until:
        plain = median(cost(PLAIN.format(number)) for number in range(1, 8))
        for text in [next(texts, None) or costly.text() for _ in range(50)]:
            took = cost(text)
            costs.append((took / plain, took, text))
            if took > max(TIMES * plain, LEAST):
                plain = median(cost(PLAIN.format(number)) for number in range(1, 8))
                took = min(cost(text) for _ in range(3))
                assert took < max(TIMES * plain, LEAST), f"seed {SEED}: {took * 1000:.0f} ms to read {text!r}"
    told = f"{len(costs)} asks of up to 4,000 characters; a plain one costs {plain * 1000:.1f} ms"
    worst = [
        f"{took * 1000:6.0f} ms, {times:4.1f} times a plain one  {text[:70]!r}\n"
        for times, took, text in nlargest(5, costs)
    ]
    with capsys.disabled():
        sys.stdout.write(f"\nseed {SEED}: {told}, the worst:\n{''.join(worst)}")
