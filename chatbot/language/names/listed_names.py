"""Which work one name of a row of titles means: by its name, by a half of it, or for short.

In a row of titles every item is one, so that much less of a name is enough than where a wish may stand.
"""

import re
from collections import defaultdict
from functools import lru_cache

from ...catalogue.snapshot import CatalogueSnapshot, Work
from ...catalogue.snapshot_cache import cached_per_snapshot
from ...text.folding import fold, key
from ..words.cue_book import CueBook, plain
from ..words.spoken_names import tied
from ..words.vocabulary import Vocabulary
from .half_names import PARTICLE
from .loose_names import VOLUMES, is_wished, meant_by
from .short_names import is_short_for

BOOK = CueBook("read_lists")
REMEMBERED = 512
WORD = re.compile(r"[^\W_]+")
SYLLABLES = re.compile(r"[가-힣ぁ-ヺ一-龥]")
MIN_PART, MIN_LATIN_PART = 2, 5  # letters of a beginning that may stand for a title
MIN_HELD, MIN_LATIN_HELD = 3, 6  # letters of words from the middle of a title
MIN_SHORT, MAX_SHORT = 2, 6  # syllables of a title said for short


def named_in_a_row(said: str, words: Vocabulary) -> str:
    """The slug of the work that `said`, one item of a row of titles, means; "" where it is none, or several."""
    return _named(said.strip(), words, words.catalogue)


@lru_cache(maxsize=REMEMBERED)
def _named(said: str, words: Vocabulary, catalogue: CatalogueSnapshot) -> str:
    bare = VOLUMES.sub("", said).strip() or said
    for name in dict.fromkeys((said, bare, PARTICLE.sub("", bare), _spelt_out(bare))):
        if work := catalogue.find(name):
            return work.slug
    for name in dict.fromkeys((bare, PARTICLE.sub("", bare))):
        if slug := meant_by(name, words):
            return slug
        if BOOK.has("no_item", plain(name)) or is_wished(name, words):
            continue
        if slug := _by_part(name, catalogue) or _for_short(name, catalogue):
            return slug
    return ""


def _spelt_out(said: str) -> str:
    """`said` with "and" for what is typed for it."""
    lower = plain(said)
    match = next(BOOK.matches("and", lower), None)
    return f"{lower[: match.start()]} and {lower[match.end() :]}" if match else lower


def _by_part(said: str, catalogue: CatalogueSnapshot) -> str:
    """The work, or the best known of a series, whose titles alone begin with `said` or hold it as a whole word."""
    letters = "".join(_words(_spelt_out(said)))
    if len(letters) < (MIN_LATIN_PART if letters.isascii() else MIN_PART) or letters.isdigit():
        return ""
    parts, kin = _parts(catalogue), tied(catalogue)
    holds = len(letters) >= (MIN_LATIN_HELD if letters.isascii() else MIN_HELD)
    for where in ("begins", *(("holds",) if holds else ())):
        found = parts[where].get(letters, ())
        if found and set(found) <= kin[found[0]]:
            return found[0]
    return ""


def _for_short(said: str, catalogue: CatalogueSnapshot) -> str:
    if not MIN_SHORT <= len(said) <= MAX_SHORT or not all(map(SYLLABLES.match, said)):
        return ""
    works = _by_first_syllable(catalogue).get(key(said)[:1], ())
    found = [work for work in works if any(is_short_for(said, title) for title in work.titles.values() if title)]
    return found[0].slug if found and {one.slug for one in found} <= tied(catalogue)[found[0].slug] else ""


def _words(name: str) -> list[str]:
    """The words of a name, articles left out."""
    found = WORD.findall(fold(name).replace("'", "").replace("’", ""))
    return [word for word in found if not BOOK.has("article", word)] or found


@cached_per_snapshot
def _parts(catalogue: CatalogueSnapshot) -> dict[str, dict[str, list[str]]]:
    """The runs of words with which names begin, and those that stand further in, to slugs, the best known first."""
    begins: defaultdict[str, list[str]] = defaultdict(list)
    holds: defaultdict[str, list[str]] = defaultdict(list)
    for work in catalogue.works:
        for name in {*work.titles.values(), *work.names}:
            words = _words(name or "")
            for start in range(len(words)):
                for end in range(start + 1, len(words) + 1):
                    found = (holds if start else begins)["".join(words[start:end])]
                    if work.slug not in found:
                        found.append(work.slug)
    return {"begins": begins, "holds": holds}


@cached_per_snapshot
def _by_first_syllable(catalogue: CatalogueSnapshot) -> dict[str, list[Work]]:
    found: defaultdict[str, list[Work]] = defaultdict(list)
    for work in catalogue.works:
        for first in {key(title)[:1] for title in work.titles.values() if title}:
            found[first].append(work)
    return found
