"""What readers ask a story to be about and no tag says: elves, cats, maids. Found in titles and synopses."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from ...catalogue.snapshot import CatalogueSnapshot, Work
from ...catalogue.snapshot_cache import cached_per_snapshot
from ...text.folding import fold
from ...text.phrasebook import LANGUAGES
from .phrasebook import PHRASES

# A tag to the hearts of wishes of which nothing is like them without it.
TROPES = Path(__file__).parents[1] / "data" / "tropes.toml"
# What every reader of a work knows it to be about, though no synopsis says so: subject to slugs.
KNOWN: dict[str, list[str]] = tomllib.loads((TROPES.parent / "about.toml").read_text(encoding="utf-8"))
NEEDING: dict[str, list[str]] = tomllib.loads(TROPES.read_text(encoding="utf-8"))


def slugs() -> tuple[str, ...]:
    """Every subject there is a word for."""
    return (*PHRASES.sections("subjects", "ko"), *tropes())


def is_known(subject: str) -> bool:
    """Whether there is a word for it: else it is in the words of a reader, see `hearts.py`."""
    return subject in _known()


# Subjects that the notes on what is in a work tell of where no synopsis does.
DEATH = "death"
TOLD_IN_NOTES = {
    DEATH: re.compile(
        r"\b(?:deaths?|die[sd]?|dying|dead|kill(?:s|ed|ing)?|murders?|corpses?|terminal|suicide|grief|loss|illness"
        r"|taken apart|break your heart)\b"
    )
}


@cache
def _known() -> frozenset[str]:
    return frozenset(slugs())


def tropes() -> tuple[str, ...]:
    """Those that are the heart of a wish, and heard even where no work tells of them."""
    return tuple(PHRASES.sections("tropes", "ko"))


def needed_by(slug: str) -> list[str]:
    """The tags without which nothing is like a subject."""
    return [tag for tag, hearts in NEEDING.items() if slug in hearts]


def words_of(slug: str) -> dict[str, list[str]]:
    """Language to the words for a subject."""
    held = "tropes" if slug in tropes() else "subjects"
    return {language: PHRASES.phrases(held, slug, language) for language in LANGUAGES}


def label(slug: str, language: str) -> str:
    """The subject as a reader of `language` calls it; the reader's own words where it is in those."""
    return words_of(slug).get(language, [slug])[0] if is_known(slug) else slug


@cached_per_snapshot
def works_about(catalogue: CatalogueSnapshot) -> dict[str, frozenset[str]]:
    """Subject to the slugs of the works whose titles or synopses name it, or that are known for it; those of no work are left
    out."""
    patterns = {language: _pattern(language) for language in LANGUAGES}
    found: dict[str, set[str]] = {}
    for work in catalogue.works:
        for language, (pattern, subject_of) in patterns.items():
            text = fold(f"{work.titles.get(language, '')}\n{work.synopses.get(language, '')}")
            for match in pattern.finditer(text):
                for slug in subject_of.get(match["word"], ()):
                    found.setdefault(slug, set()).add(work.slug)
    for section, pattern in TOLD_IN_NOTES.items():
        tellers = (work.slug for work in catalogue.works if pattern.search(_noted(work)))
        found.setdefault(section, set()).update(tellers)
    for slug, known in KNOWN.items():
        if works := {one for one in known if one in catalogue.by_slug}:
            found.setdefault(slug, set()).update(works)
    return {subject: frozenset(works) for subject, works in found.items()}


def _noted(work: Work) -> str:
    return "\n".join(work.notes.get(kind, {}).get("en", "") for kind in ("content", "feel"))


def _pattern(language: str) -> tuple[re.Pattern[str], dict[str, list[str]]]:
    """(what finds every word of a language at once, word to its subjects). A match without a word is none."""
    subject_of: dict[str, list[str]] = {}
    for slug in slugs():
        for word in words_of(slug)[language]:
            subject_of.setdefault(fold(word), []).append(slug)
    words = _any(subject_of)
    if language == "en":
        return re.compile(rf"\b(?P<word>{words})(?=(?:e?s)?\b)"), subject_of
    if language == "ko":
        return re.compile(_korean(words, subject_of)), subject_of
    return re.compile(rf"(?P<word>{words})"), subject_of


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _korean(words: str, subject_of: Iterable[str]) -> str:
    """A pattern of Korean words that are words there: 냥이 is none in 사냥이, nor 타로 in 쿠데타로, nor 배우 in 배우는."""
    verbs = [
        word for word in map(fold, PHRASES.phrases("facts", "nothing", "ko")) if word.startswith(tuple(subject_of))
    ]
    begins, ends = (PHRASES.pattern("matching", section, "ko") for section in ("subject-begins", "subject-ends"))
    return rf"(?<![가-힣])(?:{_any(verbs)}|{begins}??(?P<word>{words})(?=[^가-힣]|$|{ends}))"
