"""Works that are not in the catalogue and readers name all the same: manga, films, web novels, books from elsewhere.

What is like them stands in `data/elsewhere.toml`, what each first was in `data/media.toml`; a title that only the latter
knows brings no taste. What is taken back by the words around a title is not named.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from ...text.cleaning import MAX_LENGTH
from ...text.phrasebook import LANGUAGES
from . import flavours

DATA = Path(__file__).parents[1] / "data"
TABLE, MEDIA_TABLE = DATA / "elsewhere.toml", DATA / "media.toml"
FULL = 3
HEART = 2  # tags at the heart of a taste of which a work must have some
SPLITS = re.compile(r"\W")  # what parts a title from what it goes on with
STRONG = 2  # the strength from which a tag is what such works are known for


@dataclass(frozen=True, slots=True)
class Taste:
    """What works from elsewhere are like; the head of the file says what each field means."""

    tags: dict[str, int] = field(default_factory=dict)
    kin: tuple[str, ...] = ()
    begins: bool = False
    told: bool = False
    sparse: bool = False
    title: dict[str, str] = field(default_factory=dict)
    ko: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    ja: tuple[str, ...] = ()
    cased: tuple[str, ...] = ()
    makers: tuple[str, ...] = ()

    @classmethod
    def of(cls, values: dict[str, Any]) -> "Taste":
        fields: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
        }
        return cls(**fields)

    @property
    def heart(self) -> list[str]:
        """Tags without which nothing is like such works."""
        return [tag for tag, strength in self.tags.items() if strength == FULL] or self.known_for

    def is_like(self, slug: str, tags: Mapping[str, int]) -> bool:
        """Whether a work has enough of the heart of such works, or is known as one of the nearest to them."""
        has = sum(tags.get(tag, 0) >= STRONG for tag in self.heart)
        return slug in self.kin or has >= min(len(self.heart), HEART)

    @property
    def known_for(self) -> list[str]:
        """Tags at a strength that tells, the strongest first."""
        return [tag for tag, strength in self.tags.items() if strength >= STRONG]


TASTES = {name: Taste.of(values) for name, values in tomllib.loads(TABLE.read_text(encoding="utf-8")).items()}
MEDIA: dict[str, dict[str, list[str]]] = tomllib.loads(MEDIA_TABLE.read_text(encoding="utf-8"))
NO_TASTE = ""  # in place of the taste of a title that only `media.toml` knows


@cache
def _pattern(*, makers: bool) -> tuple[re.Pattern[str], dict[str, str]]:
    """(what finds every title, or everybody who made such works; each of them as it is folded to its taste)."""
    taste_of: dict[str, str] = {} if makers else dict.fromkeys(_media(), NO_TASTE)
    for name, taste in TASTES.items():
        written = taste.makers if makers else [title for language in LANGUAGES for title in getattr(taste, language)]
        taste_of |= dict.fromkeys(map(_folded, written), name)
    return re.compile("|".join(_alternatives(taste_of))), taste_of


@cache
def _media() -> dict[str, str]:
    """Each title as it is folded to what the work first was."""
    return {
        _folded(title): medium
        for medium, titles in MEDIA.items()
        for language in LANGUAGES
        for title in titles.get(language, ())
    }


def _alternatives(titles: Iterable[str]) -> Iterator[str]:
    """`titles` as patterns, the longest first. What must not stand before them is said once for all that begin with the
    same kind of letter: a pattern that begins with letters is passed over where its first one does not stand."""
    longest_first = sorted(titles, key=len, reverse=True)
    for before, begins in (("(?<![a-z0-9])", "[ -~]"), ("(?<![가-힣])", "[가-힣]"), ("", "[^ -~가-힣]")):
        if own := [_one(title) for title in longest_first if re.match(begins, title)]:
            yield f"{before}(?:{'|'.join(own)})"


def _one(title: str) -> str:
    spaced = r"\s?".join(map(re.escape, title)) if re.search("[가-힣]", title) else re.escape(title)
    return f"{spaced}{r'(?![a-z0-9])' if title[-1].isascii() else ''}"


def _folded(title: str) -> str:
    lower = title.lower().replace("’", "'")
    return lower.replace(" ", "") if re.search("[가-힣]", lower) else lower


def named(text: str) -> dict[str, str]:
    """The titles of works from elsewhere that `text` names, as it writes them, to their tastes, where these are known."""
    return {text[begin:end]: taste for begin, end, taste in _places(text, makers=False) if taste != NO_TASTE}


def titles_in(text: str, *, denied: bool = False) -> list[str]:
    """All titles of works from elsewhere that `text` names, as it writes them. `denied`: also those that the words around
    them take back."""
    places = _places(text, makers=False, denied=denied)
    return list(dict.fromkeys(text[begin:end] for begin, end, _ in places))


def medium_of(title: str) -> str:
    """What the work of that title first was, as `data/media.toml` names it; "" where that is not known. A title may go
    on where another begins it: "Frieren: Beyond Journey's End"."""
    title = title.strip()
    cased = (medium for medium, titles in MEDIA.items() if title in titles.get("cased", ()))
    if medium := _media().get(_folded(title)) or next(cased, ""):
        return medium
    begins = [title[:end] for begin, end, _ in _places(title, makers=False) if begin == 0 and SPLITS.match(title[end:])]
    return medium_of(begins[0]) if begins else ""


def told_of(text: str) -> dict[str, str]:
    """The same as `named`, of works that `text` names by their plots: who looks for such a book means that one."""
    return {title: taste for title, taste in named(text).items() if TASTES[taste].told}


def makers_named(text: str) -> dict[str, str]:
    """The same for who made such works."""
    return {text[begin:end]: taste for begin, end, taste in _places(text, makers=True)}


def spans(text: str) -> list[tuple[int, int]]:
    """Where `text` names any of them: the words of a title ask for nothing by themselves."""
    return [(begin, end) for makers in (False, True) for begin, end, _ in _places(text, makers=makers)]


@lru_cache(maxsize=64)
def _places(text: str, *, makers: bool, denied: bool = False) -> list[tuple[int, int, str]]:
    """(begin, end, taste) of each title, or of each of those who made such works, in the order of `text`."""
    pattern, taste_of = _pattern(makers=makers)
    text = text[:MAX_LENGTH]
    lower = text.lower().replace("’", "'")
    if len(lower) != len(text):
        return []  # small letters of another length would name other words
    found = [(one, taste_of[_folded(one[0])]) for one in pattern.finditer(lower)]
    if not makers:
        found += [(one, _cased()[one[0]]) for one in _as_is().finditer(text)]
    places = [(*one.span(), taste) for one, taste in found if denied or not flavours.taken_back(lower, one)]
    return sorted(places)


@cache
def _cased() -> dict[str, str]:
    """Titles that are everyday words too to their tastes."""
    titles = {title: NO_TASTE for media in MEDIA.values() for title in media.get("cased", ())}
    return titles | {title: name for name, taste in TASTES.items() for title in taste.cased}


@cache
def _as_is() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, _cased()))})\b")


def tastes(text: str) -> list[str]:
    """The tastes that `text` names by a title or by who made such works."""
    return list(dict.fromkeys([*named(text).values(), *makers_named(text).values()]))


def known_for(tastes: Iterable[str]) -> list[str]:
    """What works of these tastes are known for."""
    return list(dict.fromkeys(tag for name in tastes for tag in TASTES[name].known_for))


def is_named(name: str, text: str) -> bool:
    """Whether `name`, taken for a title, is a work from elsewhere."""
    lower = name.lower()
    return any(one.lower() in lower or lower in one.lower() for one in titles_in(text))
