"""An open loop: readers come by chance, at a rate that does not wait for those before them.

Readers who ask again only when they were answered come more slowly the longer they wait, so they never show how long a
line can grow. Here asks arrive as a Poisson process does, and the line either stays as it is or grows.
"""

import asyncio
import random
import time
from dataclasses import dataclass
from statistics import median

RATES = (2, 5, 8, 12, 16)  # asks a second
SECONDS, SHORT_SECONDS = 60, 8  # for which they come
MAX_READERS = 600  # who wait at once; whoever comes then finds nobody free to be, and is counted as turned away
# A line grows where those who came in the second half waited so much longer for the model than those of the first.
GROWTH, MARGIN = 1.5, 0.3  # times, and seconds


@dataclass
class Arrivals:
    """What came of one rate. `turned_away`: asks for which no reader was left."""

    sights: list
    turned_away: int
    seconds: float  # from the first ask to the last answer


async def arrive(readers, rate, seconds):
    """Let `readers`, whose pages are open, ask at `rate` for so many `seconds`, and wait for all answers."""
    free, asking, turned_away = list(readers), [], 0
    began = time.monotonic()
    due = began + random.expovariate(rate)
    while due < began + seconds:
        await asyncio.sleep(max(0, due - time.monotonic()))
        if free:
            asking.append(asyncio.create_task(_ask(free.pop(0), free)))
        else:
            turned_away += 1
        due += random.expovariate(rate)
    return Arrivals(await asyncio.gather(*asking), turned_away, time.monotonic() - began)


async def _ask(reader, free):
    sight = await reader.read()
    free.append(reader)
    return sight


def grows(waits):
    """Whether a line grew, by the seconds each ask waited in it, in the order they came."""
    half = len(waits) // 2
    return half > 0 and median(waits[half:]) > GROWTH * median(waits[:half]) + MARGIN
