"""What one text says: which works and tags it names, and whether its writer likes, refuses or has read them.

Rules over phrases, for three languages at once (ConText/NegEx, see the README beside). Mentions (works, tags, and
whatever else can be wanted or refused) and cues are found first (`matching`); mentions joined as a list form a
coordination (`coordination`); a coordination takes the stance (`stance`) of the cue in whose scope it stands (`scope`),
and what stands beside it may change that (`context_rules`).
"""

from collections.abc import Callable
from functools import lru_cache, partial

from django.utils import timezone

from ...catalogue.snapshot import CatalogueSnapshot
from ...catalogue.snapshot_cache import cached_per_snapshot
from ...text.cleaning import MAX_LENGTH
from ..words.mentions import Parsed
from ..words.vocabulary import Vocabulary, vocabulary
from .coordination import coordinate
from .matching import MentionFinder
from .stance import assign_stances


def parse(text: str, words: Vocabulary) -> Parsed:
    """What `text` says. `words`: the `vocabulary` of the catalogue."""
    return _parser_of(words.catalogue)(text, timezone.localdate().year)


@cached_per_snapshot
def _parser_of(catalogue: CatalogueSnapshot) -> Callable[[str, int], Parsed]:
    return lru_cache(maxsize=512)(partial(_parse, vocabulary(catalogue)))


def _parse(words: Vocabulary, text: str, this_year: int) -> Parsed:
    found = MentionFinder(words, text[:MAX_LENGTH], this_year)
    choices = coordinate(found) | assign_stances(found)
    return Parsed(found.mentions, found.bounds, frozenset(choices), found.source)
