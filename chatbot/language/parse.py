"""Hearing what one text says: which works and tags it names, and whether it likes, refuses or has read them.

Rules over phrases, for three languages at once. Targets (works, tags, and whatever else can be wanted or refused) and
cues are found first (`finding`); targets joined as a list form a chain (`chains`); a chain takes the stand (`stands`)
of the cue before or after it (`reach`), and what stands beside it may change that (`neighbours`).
"""

from functools import lru_cache, partial

from django.utils import timezone

from ..catalogue.snapshot_cache import once_a_shelf
from .coordination import join
from .matching import Finding
from .mentions import Heard
from .stance import take_stands
from .vocabulary import vocabulary

LONGEST = 4_000  # characters of an ask


def hear(text, words):
    """What `text` says. `words`: the `vocabulary` of the shelf."""
    return _kept(words.shelf)(text, timezone.localdate().year)


@once_a_shelf
def _kept(shelf):
    return lru_cache(maxsize=512)(partial(_hear, vocabulary(shelf)))


def _hear(words, text, this_year):
    found = Finding(words, text[:LONGEST], this_year)
    heard = Heard(found.targets, found.bounds, source=found.source)
    heard.lists = join(found) | take_stands(found)
    return heard
