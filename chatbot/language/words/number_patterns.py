"""The patterns of numbers, composed from the sections of `data/<language>/numbers.txt`. What they mean is in `numbers`."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ...text.matcher import typed
from ...text.phrasebook import LANGUAGES
from .phrasebook import PHRASES


class Rule(NamedTuple):
    """A pattern, what its numbers bound ("min", "max", "between", …) and what to add to them."""

    pattern: re.Pattern[str]
    what: str
    add: int = 0


def _words(section: str, *languages: str) -> str:
    return PHRASES.pattern("numbers", section, *languages)


def _valued(prefix: str, *languages: str) -> dict[str, str]:
    """Each phrase of the sections `<prefix>.<value>`, with that value."""
    return {
        phrase: section.removeprefix(f"{prefix}.")
        for section, language, phrase in PHRASES.each("numbers")
        if section.startswith(f"{prefix}.") and language in (languages or LANGUAGES)
    }


def _any_of(words: Iterable[str]) -> str:
    """Longest first, so that 열다섯 is not read as 열."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


# Numbers in words. Those that are loose ("a couple") count only beside what they count.
NUMBERS = {word: int(value) for prefix in ("number", "loose") for word, value in _valued(prefix).items()}
KO = rf"(\d{{1,4}}|(?<![가-힣])(?:{_any_of(_valued('number', 'ko'))}))"
EN = rf"(\d{{1,4}}|{_any_of(_valued('number', 'en') | _valued('loose', 'en'))})"
JA = rf"(\d{{1,4}}|{_any_of(_valued('number', 'ja'))})"
NUMBER = {"ko": KO, "en": EN, "ja": JA}
ANY = f"(?:{KO}|{EN}|{JA})"
# How many, not which one: "I want one with dragons" asks for no single book.
SEVERAL = rf"\d{{1,2}}|{_any_of(word for word, value in _valued('number', 'en').items() if value != '1')}"
MANY = rf"({SEVERAL}|{_words('pair')})"
ONE_OR_MORE = rf"({_words('number.1', 'en')}|{SEVERAL}|{_words('pair')})"

# Volumes. In each language the first rule that fits a number wins.
COUNTER = _words("volume-counter")
UNIT = {
    "ko": rf"\s?{_words('volume-counter', 'ko')}",
    "en": _words("volume-unit", "en"),
    "ja": rf"\s?{_words('volume-counter', 'ja')}",
}
RANGE = rf"(?:[-–~〜]|{_words('range-to')})"
VOLUME_SECTIONS = (
    ("before.under", "max", -1),
    ("before.at-most", "max", 0),
    ("before.at-least", "min", 0),
    ("after.at-most", "max", 0),
    ("after.under", "max", -1),
    ("before.over", "min", 1),
    ("after.over", "min", 1),
    ("after.at-least", "min", 0),
    ("after.round", "round", 0),
    ("before.about", "about", 0),
    ("after.about", "about", 0),
)


def _volumes() -> Iterator[Rule]:
    for language in LANGUAGES:
        for line in PHRASES.phrases("numbers", "volumes.after.also", language):
            yield Rule(re.compile(NUMBER[language] + UNIT[language] + typed(f"(?:{line})")), "also")
    yield Rule(re.compile(rf"{ANY}\s?{COUNTER}?\s?{RANGE}\s?{ANY}(?:\s?{COUNTER}|{UNIT['en']})"), "between")
    low, high = rf"{_words('volumes.from')}{EN}", rf"{_words('volumes.to')}{EN}{UNIT['en']}"
    yield Rule(re.compile(low + high), "between")
    low, high = rf"{_words('volumes.above')}{EN}", rf"{_words('volumes.below')}{EN}{UNIT['en']}"
    yield Rule(re.compile(low + high), "inside")
    for language in LANGUAGES:
        for section, what, add in VOLUME_SECTIONS:
            for line in PHRASES.phrases("numbers", f"volumes.{section}", language):
                yield Rule(re.compile(_beside(section, line, NUMBER[language] + UNIT[language])), what, add)
    yield Rule(re.compile(rf"{_words('volumes.not')}{EN}{UNIT['en']}{_words('volumes.long')}"), "max", -1)
    yield Rule(re.compile(rf"{EN}\+{UNIT['en']}"), "min")
    yield Rule(re.compile(rf"\b{EN}{_words('volumes.ish')}"), "max")


def _beside(section: str, line: str, number: str) -> str:
    """A line of a section `before.…` before `number`, one of `after.…` after it."""
    return f"(?:{line}){number}" if section.startswith("before.") else f"{number}(?:{line})"


VOLUMES = tuple(_volumes())

# Lengths without a number of volumes, and the volumes that they stand for.
SHORT, LONG = 5, 10  # volumes: what "short" and "long" mean where no number is given
LENGTHS = tuple(
    Rule(re.compile(_words(f"length.{section}")), what, volumes)
    for section, what, volumes in (
        ("one", "max", 1),
        ("single-digit", "max", 9),
        ("trilogy", "max", 3),
        ("duology", "max", 2),
        ("tetralogy", "max", 4),
        ("not-long", "max", LONG),
        ("short", "max", SHORT),
        ("long", "min", LONG),
    )
)

OF_A_TITLE = re.compile(rf"{_words('title-length')}$")  # a title is long or short there, and no series

# Years.
YEAR = r"(\d{4})"
EN_YEAR = rf"{YEAR}(?!s)"
YEAR_COUNTER = _words("year-counter", "ko", "ja")
DATED = {
    "ko": rf"{YEAR}\s?{_words('year-counter', 'ko')}{_words('year-suffix', 'ko')}?\s?",
    "en": YEAR,
    "ja": rf"{YEAR}\s?{_words('year-counter', 'ja')}\s?",
}
YEAR_SECTIONS = (
    ("before.since", "min", 0),
    ("before.later", "min", 1),
    ("after.since", "min", 0),
    ("before.earlier", "max", -1),
    ("after.earlier", "max", -1),
    ("before.until", "max", 0),
    ("after.until", "max", 0),
)
AGE = rf"(\d{{1,2}}|{_words('age-number')})\s?{_words('year-counter')}"
TENS = r"((?:19|20)?\d0)"
DECADE = _words("decade-counter")
KO_OR_JA_DECADE = rf"(?<!\d){TENS}\s?{_words('decade-counter', 'ko', 'ja')}\s?"
EN_DECADE = rf"{_words('article')}?{TENS}{_words('decade-counter', 'en')}"
PARTS = _valued("part")
EN_PART, PART = _any_of(_valued("part", "en")), _any_of(_valued("part", "ko", "ja"))
ERAS = _valued("era")  # a pattern to "<first year>-<last year>"
AGES = {word: int(years) for word, years in _valued("ago").items() if years.isdigit()}
EN_AGO = _any_of(word for word in AGES if word.isascii())
AGO = _any_of(word for word in AGES if not word.isascii())


def _years() -> Iterator[Rule]:
    yield Rule(re.compile(rf"{YEAR}\s?{YEAR_COUNTER}?\s?(?:～|{RANGE}|{_words('year-or')})\s?{YEAR}"), "between")
    for language in LANGUAGES:
        for section, what, add in YEAR_SECTIONS:
            number = EN_YEAR if section.startswith("before.") else DATED[language]
            for line in PHRASES.phrases("numbers", f"years.{section}", language):
                yield Rule(re.compile(_beside(section, line, number)), what, add)
    yield from _ages()
    yield from _decades()
    yield from _relative_years()
    exact = rf"{YEAR}\s?{YEAR_COUNTER}{_words('years.after.exact')}|{_words('years.before.exact')}{YEAR}\b"
    yield Rule(re.compile(exact), "exact")


def _ages() -> Iterator[Rule]:
    yield Rule(re.compile(rf"{_words('age.before.over')}{AGE}{_words('age.end')}"), "age", -1)
    yield Rule(re.compile(rf"{AGE}\s?{_words('age.after.over')}"), "age", -1)
    yield Rule(re.compile(rf"{AGE}\s?{_words('age.after.at-least')}"), "age")
    yield Rule(re.compile(rf"{AGE}\s?{_words('age.after.within')}"), "last")
    yield Rule(re.compile(_words("age.decade")), "last decade")
    yield Rule(re.compile(rf"{_words('age.before.within')}\s?{AGE}"), "last")


def _decades() -> Iterator[Rule]:
    joint = rf"(?:[-~〜・/]|{_words('decade-joint')})"
    yield Rule(re.compile(rf"(?<!\d){TENS}{DECADE}?\s?{joint}\s?{TENS}\s?{DECADE}"), "decades")
    yield Rule(re.compile(rf"{_words('decades.before.earlier')}{EN_DECADE}"), "before decade")
    yield Rule(re.compile(rf"{_words('decades.before.later')}{EN_DECADE}"), "after decade")
    yield Rule(re.compile(rf"{_words('decades.before.since')}{EN_DECADE}"), "since decade")
    yield Rule(re.compile(rf"{KO_OR_JA_DECADE}{_words('decades.after.earlier')}"), "before decade")
    yield Rule(re.compile(rf"{KO_OR_JA_DECADE}{_words('decades.after.since')}"), "since decade")
    yield Rule(re.compile(rf"\b(?P<part>{EN_PART})[\s-]{EN_DECADE}"), "decade")
    yield Rule(re.compile(rf"{KO_OR_JA_DECADE}{_words('of')}?\s?(?P<part>{PART})"), "decade")
    yield Rule(re.compile(rf"(?<!\d){TENS}\s?{DECADE}"), "decade")
    yield Rule(re.compile("|".join(f"(?P<era{place}>{era})" for place, era in enumerate(ERAS))), "era")


def _relative_years() -> Iterator[Rule]:
    yield Rule(re.compile(rf"(?P<ago>{AGO})\s?{_words('ago.since', 'ko', 'ja')}"), "since")
    yield Rule(re.compile(rf"{_words('ago.since', 'en')}(?P<ago>{EN_AGO})\b"), "since")
    # Only where it says when a work came out, and not when the reader read it.
    yield Rule(re.compile(rf"(?P<ago>{AGO})(?={_words('came-out.after')})"), "then")
    came_out = rf"{_words('came-out.before')}(?P<ago>{EN_AGO})\b"
    yield Rule(re.compile(rf"{came_out}|\b(?P<ago_too>{EN_AGO}){_words('possessive')}"), "then")


YEARS = tuple(_years())
RECENT_WORDS = re.compile(_words("recent"))
# "I read it recently" says nothing about the year a work should be of.
NOT_RECENT = re.compile(_words("not-recent"))
OLD_WORDS = re.compile(_words("old"))

# A bound that is refused ("nothing older than 2000", "10권 넘는 건 부담", "20巻以上は無理") binds the other way round. Between
# the two stands only what says nothing of its own: in "5권 이하 하렘 빼고" the harem is refused.
REFUSED_BEFORE = re.compile(rf"(?:{_words('refused-before')})\s(?:{_words('refused-between')}(?:['’]s)?\s)*$")
KO_REFUSED = (
    rf"{_words('refused-link', 'ko')}?\s?{_words('refused-noun', 'ko')}?{_words('refused-particle', 'ko')}?\s?"
    rf"{_words('refused-adverb', 'ko')}?\s?{_words('refused-because', 'ko')}?{_words('refused', 'ko')}"
)
JA_REFUSED = (
    rf"{_words('refused-link', 'ja')}?{_words('refused-noun', 'ja')}?{_words('refused-particle', 'ja')}?\s?"
    rf"{_words('refused-adverb', 'ja')}?{_words('refused-because', 'ja')}?{_words('refused', 'ja')}"
)
REFUSED_AFTER = re.compile(typed(rf"{KO_REFUSED}|{JA_REFUSED}|{_words('refused-after', 'en')}"))
SO_FAR_BEFORE = re.compile(rf"{_words('so-far-before')}$")
SO_FAR_AFTER = re.compile(_words("so-far-after"))

# Volumes that somebody buys or gives, of a series of any length: "a gift, 2 or 3 books max", 「1〜3巻セットであげたい」.
BOUGHT_BEFORE = re.compile(rf"{_words('bought-before', 'en')}$")
BOUGHT_AFTER = re.compile(_words("bought-after"))
GIFT, BOOKS = re.compile(_words("gift", "en")), re.compile(_words("books", "en"))

# How many picks. The first that fits a text wins.
KO_BARE = rf"(?<![가-힣])({_words('count.bare')})"
KO_END = typed(rf"(?=\s*(?:$|[.!?~,\n]|[ㄱ-ㅎ]|{_words('count.end', 'ko')}))")
JA_END = rf"(?=\s*(?:$|[。、!?！？\n]|{_words('count.end', 'ja')}))"
# "One single-volume mystery": read before the volumes are struck out.
COUNT_OF_LENGTH = re.compile(rf"\b({SEVERAL}|{_words('number.1', 'en')}){_words('count.of-length')}")
NOT_COUNTED = rf"(?![\s-]*(?:{_words('count.not')}|\d|%))"
COUNTS = tuple(
    re.compile(pattern)
    for pattern in (
        # All that is said: "One.", "한 권만요."
        rf"^\s*{_words('count.alone')}\s*[.!。]*\s*$",
        # Korean
        rf"{KO_BARE}{_words('count.bare-only')}|{KO}{_words('count.only', 'ko')}",
        rf"{_words('count.just')}(?:({_words('count.bare')})|{KO}{_words('count.counted', 'ko')})",
        rf"{KO}{_words('count.asked', 'ko')}",
        rf"({_words('count.bare-asked')}){_words('count.asks')}",
        rf"{KO}{_words('count.last', 'ko')}{KO_END}",
        rf"{_words('count.books', 'ko')}{KO}{_words('count.volumes')}{KO_END}",
        rf"{KO}{_words('count.more', 'ko')}",
        rf"{KO_BARE}{KO_END}",
        # English
        rf"{_words('count.before')}{EN}\b{NOT_COUNTED}",
        rf"{_words('count.wish')}{MANY}\b{NOT_COUNTED}",
        rf"\b{ONE_OR_MORE}{_words('count.more', 'en')}",
        rf"\b{EN}{_words('count.titles')}",
        rf"{_words('count.first')}{MANY}\s(?=[a-z]){NOT_COUNTED}",
        rf"\b{MANY}{_words('count.books', 'en')}",
        # Japanese
        rf"{JA}{_words('count.only', 'ja')}",
        rf"{JA}{_words('count.asked', 'ja')}",
        rf"{JA}{_words('count.last', 'ja')}{JA_END}",
        rf"{_words('count.further')}{JA}{_words('count.counted', 'ja')}",
        rf"({_words('count.one')})",
    )
)

# Without one of these no rule of volumes, none of years can fit, and most asks have none.
VOLUME_HINT = re.compile(_words("volume-hint"))
DATE_HINT = re.compile(rf"\d|{_words('date-hint')}")
