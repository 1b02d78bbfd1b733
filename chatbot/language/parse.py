"""Hearing what one text says: which works and tags it names, and whether it likes, refuses or has read them.

Rules over phrases, for three languages at once. Targets (works, tags, and whatever else can be wanted or refused) and
cues are found first (`finding`); targets joined as a list form a chain (`chains`); a chain takes the stand (`stands`)
of the cue before or after it (`reach`), and what stands beside it may change that (`neighbours`).
"""

from functools import lru_cache, partial

from django.utils import timezone

from ..catalogue.snapshot_cache import cached_per_snapshot
from .coordination import join
from .matching import MentionFinder
from .mentions import Parsed
from .stance import assign_stances
from .vocabulary import vocabulary

MAX_LENGTH = 4_000  # characters of an ask


def parse(text, words):
    """What `text` says. `words`: the `vocabulary` of the shelf."""
    return _parser_of(words.catalogue)(text, timezone.localdate().year)


@cached_per_snapshot
def _parser_of(catalogue):
    return lru_cache(maxsize=512)(partial(_parse, vocabulary(catalogue)))


def _parse(words, text, this_year):
    found = MentionFinder(words, text[:MAX_LENGTH], this_year)
    heard = Parsed(found.targets, found.bounds, source=found.source)
    heard.lists = join(found) | assign_stances(found)
    return heard
