"""Words and patterns that stand in files: one language a folder, one subject a file, one phrase a line.

    # A comment.
    [after.refuse]              a section of phrases: words as readers type them
    없는<TAB>하렘 없는 판타지      the phrase, a tab, the sentence that needed it
    [frames] pattern            a section of regular expressions, each with a sentence it finds something in

A phrase is found in its sentence by its folded letters (`folding.key`), a pattern in the sentence as it is or in small
letters. A line that is there twice, lacks its sentence or is not found in it is refused, so that none of them can rot.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .folding import key

LANGUAGES = ("ko", "en", "ja")
HEADER = re.compile(r"\[(?P<name>[a-z0-9_.:+-]+)\](?P<is_pattern> pattern)?")


class BadLine(ValueError):
    """A line that cannot be used. The message names its file and number."""


class NoSection(LookupError):
    """A section that no file has."""


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    example: str


@dataclass(frozen=True, slots=True)
class Section:
    name: str
    is_pattern: bool
    lines: tuple[Line, ...]


class Phrasebook:
    """The files below one folder: `<folder>/<language>/<subject>.txt`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read = lru_cache(maxsize=None)(self._read_file)

    def sections(self, subject: str, language: str) -> dict[str, Section]:
        """The sections of one file by their names; none where the language has no such file. Raises BadLine."""
        return self._read(self.folder / language / f"{subject}.txt")

    def phrases(self, subject: str, section: str, *languages: str) -> list[str]:
        """The lines of one section, in the languages given or in all of them; none where it is not there."""
        found: list[str] = []
        for language in languages or LANGUAGES:
            if one := self.sections(subject, language).get(section):
                found += [line.text for line in one.lines]
        return found

    def each(self, subject: str) -> Iterator[tuple[str, str, str]]:
        """(section, language, phrase) of every line of a subject."""
        for language in LANGUAGES:
            for name, section in self.sections(subject, language).items():
                yield from ((name, language, line.text) for line in section.lines)

    def pattern(self, subject: str, section: str, *languages: str) -> str:
        """The lines of a section as one regular expression, in their order: `(?:one|two)`. Raises NoSection."""
        return f"(?:{self.alternatives(subject, section, *languages)})"

    def alternatives(self, subject: str, section: str, *languages: str) -> str:
        """The same without a group around them: `one|two`.

        Raises NoSection where none of the languages has it, for a pattern of no lines would be found everywhere.
        """
        return "|".join(
            line.text if one.is_pattern else re.escape(line.text)
            for one in self._held(subject, section, *languages)
            for line in one.lines
        )

    def keys(self, subject: str, section: str, *languages: str) -> frozenset[str]:
        """The lines of a section by their letters, as `matcher.Span.phrase` has them. Raises NoSection."""
        return frozenset(key(line.text) for one in self._held(subject, section, *languages) for line in one.lines)

    def _held(self, subject: str, section: str, *languages: str) -> list[Section]:
        held = [self.sections(subject, language).get(section) for language in languages or LANGUAGES]
        found = [one for one in held if one and one.lines]
        if not found:
            raise NoSection(f"no lines under [{section}] in {subject}.txt ({', '.join(languages or LANGUAGES)})")
        return found

    def check(self) -> int:
        """Read every file, and try each pattern on its sentence. Returns how many lines there are; raises BadLine."""
        count = 0
        for path in sorted(self.folder.glob("*/*.txt")):
            for section in self._read(path).values():
                count += len(section.lines)
                for line in section.lines if section.is_pattern else ():
                    place = f"{path.name} ({path.parent.name}), [{section.name}] {line.text}"
                    try:
                        found = _finds(line)
                    except re.error as error:
                        raise BadLine(f"{place}: no pattern, {error}") from None
                    if not found:
                        raise BadLine(f"{place}: not in its sentence")
        return count

    @staticmethod
    def _read_file(path: Path) -> dict[str, Section]:
        if not path.is_file():
            return {}
        found: dict[str, tuple[bool, dict[str, Line]]] = {}
        lines: dict[str, Line] | None = None
        is_pattern = False
        for number, written in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            place = f"{path.name} ({path.parent.name}) line {number}"
            if not written.strip() or written.startswith("# "):
                continue
            if header := HEADER.fullmatch(written):
                is_pattern = bool(header["is_pattern"])
                if header["name"] in found:
                    raise BadLine(f"{place}: the section {header['name']} is there twice")
                lines = {}
                found[header["name"]] = (is_pattern, lines)
                continue
            if lines is None:
                raise BadLine(f"{place}: no section yet")
            text, tab, example = written.partition("\t")
            if not tab or not example.strip():
                raise BadLine(f"{place}: {text} has no sentence")
            if text in lines:
                raise BadLine(f"{place}: {text} is there twice")
            if not is_pattern and not _holds(text, example):
                raise BadLine(f"{place}: {text} is not in its sentence")
            lines[text] = Line(text, example)
        return {name: Section(name, pattern, tuple(held.values())) for name, (pattern, held) in found.items()}


def _holds(phrase: str, example: str) -> bool:
    return phrase.lower() in example.lower() or (bool(key(phrase)) and key(phrase) in key(example))


def _finds(line: Line) -> bool:
    pattern = re.compile(line.text)
    return bool(pattern.search(line.example) or pattern.search(line.example.lower()))
