"""Works of the whole shelf by an everyday word, or by a part of their name, where only a name can stand: "is slime
finished?", 「天使様って何巻まで？」, "which volume after bookworm s2"."""

from ...catalogue.snapshot import CatalogueSnapshot, Work
from ...catalogue.snapshot_cache import cached_per_snapshot
from ...text.folding import fold
from ..acts import Question
from ..asking import questions
from ..words.cue_book import CueBook, plain
from ..words.phrasebook import PHRASES
from ..words.spoken_names import tied
from ..words.vocabulary import Vocabulary
from .half_names import LATIN_WORD, having_part, is_abridged, letters_of, pieces_of
from .loose_names import is_wished

BOOK = CueBook("focus")
SMALL = frozenset((*PHRASES.phrases("vocabulary", "small", "en"), *PHRASES.phrases("focus", "small", "en")))
OF_A_SERIES = {Question.VOLUMES, Question.STATUS, Question.NEXT_VOLUME, Question.AFTER_ANIME, Question.TOLD_IN}
OF_A_WORK = {*OF_A_SERIES, Question.QUALITY, Question.ORDER, Question.EDITION, Question.WHERE, Question.ANIME}
WELL_KNOWN, KNOWN = 200, 600  # works of which one may be called by a part, and none of those may have it too
MIN_LATIN, MIN_WIDE = 5, 2  # letters of such a part
MAX_WORDS = 6  # of a name before "anime"


def asked_plainly(title: str, source: str, words: Vocabulary) -> str | None:
    """The work that `title` means, which stands where a name stands in `source`: by its whole name, however everyday a
    word that is, or by a part that no other well-known work has. What can be wished for is a part where it is asked how
    much of a work there is."""
    asked = {*questions.questions_in(source)}
    if OF_A_WORK.isdisjoint(asked) or title.lower() in SMALL:
        return None
    if work := words.catalogue.find(title):
        return work.slug
    may_be_part = not OF_A_SERIES.isdisjoint(asked) or not is_wished(title, words)
    return by_part(title, words) if may_be_part else None


def by_part(said: str, words: Vocabulary) -> str | None:
    """The slug of the one well-known work that has `said` in its name."""
    letters = letters_of(said)
    if len(letters) < (MIN_LATIN if said.isascii() else MIN_WIDE) or BOOK.has("no_title", plain(said)):
        return None
    found = _having(said, letters, words.catalogue)
    if not found or found[0] not in words.catalogue.works[:WELL_KNOWN]:
        return None
    kin = tied(words.catalogue)[found[0].slug]
    return found[0].slug if all(work.slug in kin for work in found) else None


def _having(said: str, letters: str, catalogue: CatalogueSnapshot) -> list[Work]:
    """The known works that have `said` in a name, the best known first."""
    works = catalogue.works[:KNOWN]
    if said.isascii():
        told = _told(said)
        return [work for work in works if told and any(told in name for name in _told_names(catalogue)[work.slug])]
    parts = {work.slug for work in having_part(said, letters, works, catalogue)}
    return [
        work
        for work in works
        if work.slug in parts or (pieces_of(said) and any(is_abridged(said, name) for name in work.names))
    ]


@cached_per_snapshot
def _told_names(catalogue: CatalogueSnapshot) -> dict[str, tuple[str, ...]]:
    return {work.slug: tuple(map(_told, work.names)) for work in catalogue.works[:KNOWN]}


def _told(name: str) -> str:
    """The words of a Latin name without small ones, a blank around each; "" where it has none."""
    told = [word for word in LATIN_WORD.findall(fold(name)) if word not in SMALL]
    return f" {' '.join(told)} " if told else ""


def told_by_anime(source: str, words: Vocabulary) -> str | None:
    """The work whose name, an everyday word, stands right before its anime or season: "caught up on the slime anime"."""
    for match in BOOK.matches("before_anime", plain(source)):
        name = next(name for name, value in match.groupdict().items() if value is not None)
        said = source[match.start(name) : match.end(name)].split()[-MAX_WORDS:]
        names = [" ".join(said[place:]) for place in range(len(said))]
        found = (slug for name in names if name.lower() not in SMALL and (slug := _meant(name, words)))
        if slug := next(found, None):
            return slug
    return None


def _meant(name: str, words: Vocabulary) -> str | None:
    work = words.catalogue.find(name)
    return work.slug if work else words.nearly(name) or by_part(name, words)
