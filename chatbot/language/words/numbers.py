"""Numbers that readers give in words or digits: volumes, years and how many picks. Three languages at once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from .fillers import without_fillers
from .number_patterns import (
    AGES,
    BOOKS,
    BOUGHT_AFTER,
    BOUGHT_BEFORE,
    COUNT_OF_LENGTH,
    COUNTS,
    DATE_HINT,
    ERAS,
    GIFT,
    LENGTHS,
    LONG,
    NOT_RECENT,
    NUMBERS,
    OF_A_TITLE,
    OLD_WORDS,
    PARTS,
    RECENT_WORDS,
    REFUSED_AFTER,
    REFUSED_BEFORE,
    SHORT,
    SO_FAR_AFTER,
    SO_FAR_BEFORE,
    VOLUME_HINT,
    VOLUMES,
    YEARS,
)

Range = tuple[int | None, int | None]  # lowest and highest, None where open

RECENT = 2  # years before the newest work that still count as recent
OLD = 15  # years before the newest work from which a work counts as old
MAX_COUNT = 10
MANY = 15  # volumes from which on "about as many" asks for a long series
ROUND = 0.25  # the part of a number by which more and fewer volumes are still "around" it
MAX_BESIDE, MAX_LATIN_BESIDE = 3, 8  # letters of a particle, or of "please", beside nothing but a limit
MAX_VOLUMES = 200  # what is more than this counts no volumes
FIRST_YEAR, LAST_YEAR = 1970, 2100
PARTS_OF_DECADE = {"first": (0, 4), "middle": (3, 7), "second": (5, 9)}
WHOLE_DECADE = (0, 9)
CENTURY_TURNS = 70  # from '70 on a year of two digits is one of the last century


@dataclass(slots=True)
class Bounds:
    """Limits a text sets; None where it says nothing."""

    min_volumes: int | None = None
    max_volumes: int | None = None
    min_year: int | None = None
    max_year: int | None = None
    count: int | None = None
    places: list[tuple[int, int]] = field(default_factory=list)  # the parts of the text that were understood
    where: dict[str, tuple[int, int]] = field(default_factory=dict)  # name of a limit to the part it was read from
    also_volumes: int | None = None  # so many are all right too, whatever was said before
    bought: bool = False  # a number of volumes is said that somebody buys, of a series of any length
    guessed: set[str] = field(default_factory=set)  # limits read from words ("short", "recent") and not from a number


def bounds(text: str, newest: int, this_year: int) -> Bounds:
    """The `Bounds` that `text` (lower case, NFKC) sets. `newest` is the latest year in the catalogue."""
    found = Bounds()
    _take_count(text, found, (COUNT_OF_LENGTH,))
    text = _take_years(text, found, newest, this_year)
    text = _take_volumes(text, found)
    if found.count is None:
        _take_count(text, found, COUNTS)
    return found


def sets_only_limits(text: str, found: Bounds) -> bool:
    """Whether `text`, of which `found` was read, does nothing but set limits: "단권!", "3 volumes at most"."""
    if not found.where:
        return False
    said = list(text.lower())
    for start, end in found.places:
        said[start:end] = " " * (end - start)
    rest = re.sub(r"[\W\d_]", "", without_fillers("".join(said).strip()))
    return len(rest) <= (MAX_LATIN_BESIDE if rest.isascii() else MAX_BESIDE)


def _take_count(text: str, found: Bounds, patterns: Iterable[re.Pattern[str]]) -> None:
    for pattern in patterns:
        if match := pattern.search(text):
            count = _number(next(group for group in match.groups() if group))
            if 1 <= count <= MAX_COUNT:
                found.count = count
                found.places.append(match.span())
                return


def _number(text: str) -> int:
    """The number that `text` says. What counts one thing and is no number is one."""
    if text in NUMBERS:
        return NUMBERS[text]
    digits = re.match(r"\d+", text)
    return int(digits.group()) if digits else 1


def _numbers(groups: Iterable[str | None]) -> list[int]:
    return [_number(group) for group in groups if group]


def _strike(text: str, match: re.Match[str], found: Bounds, names: Iterable[str], *, guessed: bool = False) -> str:
    """`text` with what was understood struck out, so that it is not read twice."""
    names = tuple(names)
    found.places.append(match.span())
    found.where |= dict.fromkeys(names, match.span())
    if guessed:
        found.guessed.update(names)
    return text[: match.start()] + "\0" * (match.end() - match.start()) + text[match.end() :]


def _is_refused(text: str, match: re.Match[str]) -> bool:
    return bool(REFUSED_BEFORE.search(text, 0, match.start()) or REFUSED_AFTER.match(text, match.end()))


def _is_progress(text: str, match: re.Match[str]) -> bool:
    """Whether the volumes are those a reader has read so far: "3권까지 읽었는데", "read about 3 volumes"."""
    return bool(SO_FAR_BEFORE.search(text, 0, match.start()) or SO_FAR_AFTER.match(text, match.end()))


def _is_bought(text: str, match: re.Match[str]) -> bool:
    """Whether the volumes are those that somebody buys or gives, and say nothing of how long a series is."""
    if BOUGHT_BEFORE.search(text, 0, match.start()) or BOUGHT_AFTER.match(text, match.end()):
        return True
    return bool(BOOKS.search(match.group()) and GIFT.search(text))


def _other_way(low: int | None, high: int | None) -> Range:
    """What is left when all from `low` to `high` is refused: (None, None) where that is no one stretch."""
    if low is None and high is not None:
        return high + 1, None
    if high is None and low is not None:
        return None, low - 1
    return None, None


def _bind(text: str, match: re.Match[str], span: Range, found: Bounds, what: str, *, guessed: bool = False) -> str:
    """Take the bounds `span` of `what`, the other way round where they are refused."""
    low, high = _other_way(*span) if _is_refused(text, match) else span
    sides = {f"{side}_{what}": value for side, value in (("min", low), ("max", high)) if value is not None}
    for name, value in sides.items():
        if getattr(found, name) is None:
            setattr(found, name, value)
    return _strike(text, match, found, sides, guessed=guessed)


def _take_volumes(text: str, found: Bounds) -> str:
    turned = False  # whether the number is only what is too many: "10巻も読めるかよ。短いの"
    for pattern, what, add in VOLUMES if VOLUME_HINT.search(text) else ():
        if not (match := pattern.search(text)) or _is_progress(text, match):
            continue
        if what == "also" or _is_bought(text, match):
            text = _take_no_limit(text, match, what, found)
            continue
        if span := _span_of_volumes(what, match, add):
            if what == "about" and _is_refused(text, match):
                span = (span[1], None)  # "nothing like 15 volumes" refuses more of them too
            turned |= what != "about" and _is_refused(text, match)
            text = _bind(text, match, span, found, "volumes")
            most = found.max_volumes or 0
            if what == "about" and most == span[1] and most >= MANY and not found.min_volumes:
                found.min_volumes = most * 2 // 3
                found.where["min_volumes"] = match.span()
                found.guessed.add("min_volumes")
    if found.min_volumes is None and (found.max_volumes is None or turned) and not found.bought:
        text = _take_length(text, found)
    return text


def _take_length(text: str, found: Bounds) -> str:
    """Take "short" or "long"; beside a number that is too many only "short", as far as it says more."""
    for pattern, what, volumes in LENGTHS:
        if found.max_volumes is not None and (what, volumes) != ("max", SHORT):
            continue
        if match := next((one for one in pattern.finditer(text) if not _is_of_title(text, one)), None):
            name = f"{what}_volumes"
            setattr(found, name, min(volumes, found.max_volumes or volumes))
            return _strike(text, match, found, [name], guessed=volumes in (SHORT, LONG))
    return text


def _take_no_limit(text: str, match: re.Match[str], what: str, found: Bounds) -> str:
    """Take a number of volumes that limits nothing by itself: so many are all right too, or are what somebody buys."""
    if what == "also":
        found.also_volumes = max(_numbers(match.groups()))
    else:
        found.bought = True
    return _strike(text, match, found, ())


def _is_of_title(text: str, match: re.Match[str]) -> bool:
    """Whether what is long or short is a title and no series: 「題名が短いの」."""
    return bool(OF_A_TITLE.search(text[max(0, match.start() - 12) : match.start()]))


def _span_of_volumes(what: str, match: re.Match[str], add: int) -> Range | None:
    """(fewest, most) volumes; None where the number counts no volumes."""
    numbers = [number + add for number in _numbers(match.groups())]
    if not all(0 < number < MAX_VOLUMES for number in numbers):
        return None
    if what == "between":
        return (min(numbers) if min(numbers) > 1 else None), max(numbers)
    if what == "round":
        return round(numbers[0] * (1 - ROUND)), round(numbers[0] * (1 + ROUND))
    if what == "inside":
        return min(numbers) + 1, max(numbers) - 1
    return (numbers[0], None) if what == "min" else (None, numbers[0])


def _take_years(text: str, found: Bounds, newest: int, this_year: int) -> str:
    for pattern, what, add in YEARS if DATE_HINT.search(text) else ():
        if (match := pattern.search(text)) and (span := _span_of_years(what, match, add, this_year)):
            text = _bind(text, match, span, found, "year")
    if found.min_year is None and found.max_year is None:
        if (match := RECENT_WORDS.search(text)) and not NOT_RECENT.search(text):
            return _bind(text, match, (newest - RECENT, None), found, "year", guessed=True)
        if match := OLD_WORDS.search(text):
            return _bind(text, match, (None, newest - OLD), found, "year", guessed=True)
    return text


def _span_of_years(what: str, match: re.Match[str], add: int, this_year: int) -> Range | None:
    """(first, last) year; None where the number is no year."""
    said = match.groupdict()
    if what == "era":
        return _span_of_era(next(place for place, name in enumerate(said) if said[name]))
    if what in ("since", "then"):
        year = this_year - AGES[said.get("ago") or said["ago_too"]]
        return year, (year if what == "then" else None)
    if what == "last decade":
        return this_year - 10, None
    numbers = _numbers(group for group in match.groups() if group != said.get("part"))
    if what == "last":
        return this_year - numbers[0], None
    if what == "age":
        return None, this_year - numbers[0] + add
    if "decade" in what:
        return _span_of_decades(what, numbers, said.get("part"))
    if not all(FIRST_YEAR <= number <= LAST_YEAR for number in numbers):
        return None
    if what in ("between", "exact"):
        return min(numbers), max(numbers)
    return (numbers[0] + add, None) if what == "min" else (None, numbers[0] + add)


def _span_of_era(place: int) -> Range:
    """The years of the era at `place` in `ERAS`."""
    first, _, last = list(ERAS.values())[place].partition("-")
    return (int(first) if first else None), (int(last) if last else None)


def _span_of_decades(what: str, numbers: list[int], part: str | None) -> Range:
    """The years of one or two decades, or of a part of one, and what is before, since or after them."""
    starts = [_in_full(number) for number in numbers]
    if what == "before decade":
        return None, starts[0] - 1
    if what == "since decade":
        return starts[0], None
    if what == "after decade":
        return starts[0] + 10, None
    first, last = PARTS_OF_DECADE[PARTS[part]] if part else WHOLE_DECADE
    return min(starts) + first, max(starts) + last


def _in_full(decade: int) -> int:
    """The year in which a decade of two digits began: 90 is 1990, 10 is 2010."""
    if decade >= 100:
        return decade
    return decade + (1900 if decade >= CENTURY_TURNS else 2000)
