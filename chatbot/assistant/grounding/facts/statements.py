"""What a sentence states of a work. Cues stand in `data/<language>/fact_claims.txt`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...phrasebook import PHRASES
from .numerals import NUMBER, value_of
from .subjects import LANGUAGES, WORK, Sentence

BOOK = "fact_claims"
AROUND = 40  # letters looked at on either side of a number
NEGATION_WITHIN = 12
FIRST_YEAR, LAST_YEAR = 1970, 2100
MAX_VOLUMES = 300


@dataclass(frozen=True)
class Statement:
    """The words from `start` to `end` of the sentence say `value` of a work. `detail`: of which edition or season."""

    kind: str
    start: int
    end: int
    value: object
    detail: str = ""


def pattern(section: str, before: str = "", after: str = "") -> dict[str, re.Pattern[str]]:
    """The lines of a section by language, between what stands around them."""
    return {code: re.compile(before + PHRASES.pattern(BOOK, section, code) + after) for code in LANGUAGES}


def statements_in(sentence: Sentence) -> Iterator[Statement]:
    """All that a sentence states, but for who made the work (`credits`)."""
    for find in (_volumes, _status, _year, _anime, _editions, _seasons, _imprint):
        for one in find(sentence):
            if is_plain(sentence, one.start, one.end) and not _is_of_another_medium(one, sentence):
                yield one


_ASKS = pattern("asks", after=r"[\s\"'”’)）」』*]*$")
_DOUBTS = pattern("doubts")
_OTHER = pattern("other")
_SCREEN = pattern("screen")
_EDITION = pattern("edition.words")


def is_plain(sentence: Sentence, start: int, end: int) -> bool:
    """Whether what stands there is said for sure, and of the books: a manga, a web version, another part have figures
    of their own."""
    clause, language = sentence.clause(start, end), sentence.language
    if sentence.asks or _ASKS[language].search(sentence.text[-AROUND:]):
        return False
    return not (_DOUBTS[language].search(clause) or _OTHER[language].search(clause))


def _is_of_another_medium(one: Statement, sentence: Sentence) -> bool:
    """Whether a figure is that of an anime, or of a translation."""
    clause, language = sentence.clause(one.start, one.end), sentence.language
    if one.kind not in ("volumes", "status", "year", "imprint"):
        return False
    return bool(_SCREEN[language].search(clause) or _EDITION[language].search(clause))


# --- Volumes -------------------------------------------------------------------------------------------------------

_COUNTED = {
    code: re.compile(f"(?P<number>{NUMBER[code]})" + PHRASES.pattern(BOOK, "volumes.unit", code)) for code in LANGUAGES
}
_TOTAL_BEFORE = pattern("volumes.before", after=r"[\s*_]*$")
_TOTAL_AFTER = pattern("volumes.after", before=r"[\s*_]*")
_NO_TOTAL_BEFORE = pattern("volumes.not_before", after=r"[\s*_]*$")
_NO_TOTAL_AFTER = pattern("volumes.not_after", before=r"[\s*_]*")
_ONE = pattern("volumes.one")
_FIELD = pattern("volumes.field")


def _volumes(sentence: Sentence) -> Iterator[Statement]:
    text, language = sentence.text, sentence.language
    for found in _COUNTED[language].finditer(text):
        value = value_of(found["number"])
        before = text[max(0, found.start() - AROUND) : found.start()]
        if not value or value > MAX_VOLUMES or _NO_TOTAL_BEFORE[language].search(before):
            continue
        if _NO_TOTAL_AFTER[language].match(text, found.end()):
            continue
        if _TOTAL_BEFORE[language].search(before) or _TOTAL_AFTER[language].match(text, found.end()):
            yield Statement("volumes", *found.span(), value)
    for found in _FIELD[language].finditer(text):
        yield Statement("volumes", *found.span("number"), int(found["number"]))
    for found in _ONE[language].finditer(text):
        yield Statement("volumes", *found.span(), 1)


# --- Finished or not -----------------------------------------------------------------------------------------------

_STATUS = {name: pattern(f"status.{name}") for name in ("unfinished", "ongoing", "hiatus", "completed")}
_NEGATED, _JOINT = pattern("negated"), pattern("clause.joint")
_STATUS_NOT_AFTER = pattern("status.not_after")
_STATUS_SUBJECT = pattern("status.subject")
_STATUS_BETWEEN = pattern("status.not_between")


def _status(sentence: Sentence) -> Iterator[Statement]:
    text, language = sentence.text, sentence.language
    taken: list[tuple[int, int]] = []
    for status, patterns in _STATUS.items():
        for found in patterns[language].finditer(text):
            if any(found.start() < end and start < found.end() for start, end in taken):
                continue
            taken.append(found.span())
            if _STATUS_NOT_AFTER[language].match(text, found.end()):
                continue
            before = text[max(0, found.start() - 60) : found.start()]
            behind_title = before[before.rfind(WORK) + 1 :]
            if not _STATUS_SUBJECT[language].search(before + found[0]) or _STATUS_BETWEEN[language].search(
                behind_title
            ):
                continue
            said = status
            if _is_negated(found, language):
                said = "unfinished" if status in ("completed", "unfinished") else ""
            if said:
                yield Statement("status", *found.span(), said)


def _is_negated(found: re.Match[str], language: str) -> bool:
    """Whether a statement is denied, in its words or right behind them; what the next clause denies is another thing."""
    said = found.string[found.start() : found.end() + NEGATION_WITHIN]
    joint = _JOINT[language].search(said)
    return bool(_NEGATED[language].search(said[: joint.start()] if joint else said))


# --- Year ----------------------------------------------------------------------------------------------------------

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])(?:년|年)?")
_YEAR_BEFORE = pattern("year.before", after=r"[\s*_(]*$")
_YEAR_AFTER = pattern("year.after", before=r"[\s*_]*")
_YEAR_NOT = pattern("year.not")


def _year(sentence: Sentence) -> Iterator[Statement]:
    text, language = sentence.text, sentence.language
    for found in _YEAR.finditer(text):
        value = int(found[0][:4])
        before = text[max(0, found.start() - AROUND) : found.start()]
        if not FIRST_YEAR <= value <= LAST_YEAR or _YEAR_NOT[language].search(sentence.clause(*found.span())):
            continue
        if _YEAR_BEFORE[language].search(before) or _YEAR_AFTER[language].match(text, found.end()):
            yield Statement("year", *found.span(), value)


# --- Anime and editions --------------------------------------------------------------------------------------------

_HAS_ANIME, _NO_ANIME = pattern("anime.has"), pattern("anime.none")


def _anime(sentence: Sentence) -> Iterator[Statement]:
    yield from _either(sentence, "anime", _HAS_ANIME, _NO_ANIME)


_EDITIONS = {code: (pattern(f"edition.{code}.has"), pattern(f"edition.{code}.none")) for code in ("ko", "en")}


def _editions(sentence: Sentence) -> Iterator[Statement]:
    for code, (has, none) in _EDITIONS.items():
        yield from _either(sentence, "edition", has, none, code)


def _either(
    sentence: Sentence,
    kind: str,
    has: dict[str, re.Pattern[str]],
    none: dict[str, re.Pattern[str]],
    detail: str = "",
) -> Iterator[Statement]:
    """That there is such, or that there is none; nothing where the words could be read both ways."""
    text, language = sentence.text, sentence.language
    nothing = [found.span() for found in none[language].finditer(text)]
    for start, end in nothing:
        yield Statement(kind, start, end, False, detail)
    for found in has[language].finditer(text):
        if not nothing and not _is_negated(found, language):
            yield Statement(kind, *found.span(), True, detail)


# --- Which season ends where ---------------------------------------------------------------------------------------

# Compiled apart, for each line names its groups.
_SEASON = {code: [re.compile(line) for line in PHRASES.phrases(BOOK, "season", code)] for code in LANGUAGES}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}


def _seasons(sentence: Sentence) -> Iterator[Statement]:
    for found in (one for each in _SEASON[sentence.language] for one in each.finditer(sentence.text)):
        season = _ORDINALS.get(found["season"]) or value_of(found["season"])
        if season and (volume := value_of(found["volume"])):
            kind = "next" if "next" in found.re.groupindex else "season"
            yield Statement(kind, *found.span("volume"), volume, str(season))


# --- Imprint -------------------------------------------------------------------------------------------------------


def _imprints() -> dict[str, str]:
    """What an imprint is called, in small letters, to its Japanese name: the first of its section in Japanese."""
    found: dict[str, str] = {}
    for section, one in PHRASES.sections(BOOK, "ja").items():
        if section.startswith("imprint."):
            name = one.lines[0].text
            found |= {called.lower(): name for called in PHRASES.phrases(BOOK, section)}
    return found


IMPRINTS = _imprints()
_NAMED_IMPRINT = re.compile("|".join(map(re.escape, sorted(IMPRINTS, key=len, reverse=True))))
_IMPRINT_BEFORE = pattern("imprint_before", after=r"[\s*_]*$")
_IMPRINT_AFTER = pattern("imprint_after", before=r"[\s*_]*")


def _imprint(sentence: Sentence) -> Iterator[Statement]:
    text, language = sentence.text, sentence.language
    for found in _NAMED_IMPRINT.finditer(text):
        before = text[max(0, found.start() - AROUND) : found.start()]
        if _IMPRINT_BEFORE[language].search(before) or _IMPRINT_AFTER[language].match(text, found.end()):
            yield Statement("imprint", *found.span(), IMPRINTS[found[0]])
