"""What readers ask a story to be about and no tag says: elves, cats, maids. Found in titles and synopses."""

import re
from collections.abc import Iterable

from ..catalogue.snapshot import CatalogueSnapshot
from ..catalogue.snapshot_cache import cached_per_snapshot
from ..text.folding import fold
from ..text.phrasebook import LANGUAGES
from .phrasebook import PHRASES


def slugs() -> tuple[str, ...]:
    """Every subject there is a word for."""
    return tuple(PHRASES.sections("subjects", "ko"))


def words_of(slug: str) -> dict[str, list[str]]:
    """Language to the words for a subject."""
    return {language: PHRASES.phrases("subjects", slug, language) for language in LANGUAGES}


def label(slug: str, language: str) -> str:
    """The subject as a reader of `language` calls it, or the slug where it is none."""
    return words_of(slug).get(language, [slug])[0] if slug in slugs() else slug


@cached_per_snapshot
def works_about(catalogue: CatalogueSnapshot) -> dict[str, frozenset[str]]:
    """Subject to the slugs of the works whose titles or synopses name it; subjects of no work are left out."""
    patterns = {language: _pattern(language) for language in LANGUAGES}
    found: dict[str, set[str]] = {}
    for work in catalogue.works:
        for language, (pattern, subject_of) in patterns.items():
            text = fold(f"{work.titles.get(language, '')}\n{work.synopses.get(language, '')}")
            for match in pattern.finditer(text):
                for slug in subject_of.get(match["word"], ()):
                    found.setdefault(slug, set()).add(work.slug)
    return {subject: frozenset(works) for subject, works in found.items()}


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
