"""Patterns of one subject's file, tried only in the languages that a text is written in."""

import re
from collections.abc import Iterator
from functools import lru_cache

from ...text.phrasebook import LANGUAGES
from .phrasebook import PHRASES

SCRIPTS = {"ko": re.compile("[가-힣ㄱ-ㅣ]"), "ja": re.compile("[ぁ-ヺ一-龥々ー]"), "en": re.compile("[A-Za-z]")}
# Letters as wide as Chinese ones, which Japanese keyboards write.
NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
REMEMBERED = 512  # texts, mostly the clauses of a few turns, that are looked at by several modules each


@lru_cache(maxsize=REMEMBERED)
def plain(text: str) -> str:
    """`text` in small letters of one width and with straight quotes; every character keeps its place."""
    narrow = text.translate(NARROW).replace("’", "'").replace("‘", "'")
    lower = narrow.lower()
    return lower if len(lower) == len(narrow) else narrow


@lru_cache(maxsize=REMEMBERED)
def languages_in(text: str) -> tuple[str, ...]:
    """The languages `text` may be written in, by its letters."""
    return tuple(language for language, script in SCRIPTS.items() if script.search(text)) or LANGUAGES


class CueBook:
    """The sections of a file, compiled a language each when they are first asked for: pages need none of them."""

    def __init__(self, subject: str) -> None:
        self.subject = subject
        self.sections: dict[str, list[str]] = {}  # by name: the languages that have it
        for language in LANGUAGES:
            for name in PHRASES.sections(subject, language):
                self.sections.setdefault(name, []).append(language)
        self.pattern = lru_cache(maxsize=None)(self._compiled)
        # Of a clause the same is asked by several modules.
        self.has = lru_cache(maxsize=2 * REMEMBERED)(self._has)

    def matches(self, section: str, text: str) -> Iterator[re.Match[str]]:
        """A match of `section` in `text` (as `plain` has it), one a language at most."""
        return filter(None, (pattern.search(text) for pattern in self._patterns(section, text)))

    def every(self, section: str, text: str) -> Iterator[re.Match[str]]:
        """Every match of `section` in `text`, language by language."""
        return (match for pattern in self._patterns(section, text) for match in pattern.finditer(text))

    def _compiled(self, section: str, language: str) -> re.Pattern[str]:
        return re.compile(PHRASES.pattern(self.subject, section, language))

    def _patterns(self, section: str, text: str) -> Iterator[re.Pattern[str]]:
        languages = self.sections[section]
        return (self.pattern(section, language) for language in languages_in(text) if language in languages)

    def _has(self, section: str, text: str) -> bool:
        return any(pattern.search(text) for pattern in self._patterns(section, text))

    def beside(self, what: str, text: str, start: int, end: int, reach: int) -> tuple[int, int] | None:
        """A place in `text` with what stands right before or behind it that is `what` (sections `….before`, `….after`);
        None where nothing does. `reach`: characters on either side that are looked at."""
        first = max(0, start - reach)
        before, after = text[first:start], text[end : end + reach]
        if f"{what}.before" in self.sections:
            for match in self.every(f"{what}.before", before):
                if match.end() == len(before):
                    return first + match.start(), end
        behind = (match for match in self.every(f"{what}.after", after) if match.start() == 0)
        return next(((start, end + match.end()) for match in behind), None)

    def first(self, prefix: str, text: str) -> str:
        """What follows `prefix` in the name of the first section found in `text`, or ""."""
        names = (name for name in self.sections if name.startswith(prefix))
        return next((name.removeprefix(prefix) for name in names if self.has(name, text)), "")
