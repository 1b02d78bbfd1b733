"""Works that are not in the catalogue and readers name all the same: manga, films, web novels, books from elsewhere.

What is like them stands in `data/elsewhere.toml`. What is taken back by the words around a title is not named.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from ...text.cleaning import MAX_LENGTH
from ...text.phrasebook import LANGUAGES
from . import flavours

TABLE = Path(__file__).parents[1] / "data" / "elsewhere.toml"
FULL = 3
HEART = 2  # tags at the heart of a taste of which a work must have some
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


@cache
def _pattern(*, makers: bool) -> tuple[re.Pattern[str], dict[str, str]]:
    """(what finds every title, or everybody who made such works; each of them as it is folded to its taste)."""
    taste_of: dict[str, str] = {}
    for name, taste in TASTES.items():
        written = taste.makers if makers else [title for language in LANGUAGES for title in getattr(taste, language)]
        taste_of |= dict.fromkeys(map(_folded, written), name)
    longest_first = sorted(taste_of, key=len, reverse=True)
    return re.compile("|".join(map(_one, longest_first))), taste_of


def _one(title: str) -> str:
    spaced = r"\s?".join(map(re.escape, title)) if re.search("[가-힣]", title) else re.escape(title)
    before = r"(?<![a-z0-9])" if title[0].isascii() else "(?<![가-힣])" if re.match("[가-힣]", title) else ""
    return f"{before}{spaced}{r'(?![a-z0-9])' if title[-1].isascii() else ''}"


def _folded(title: str) -> str:
    lower = title.lower().replace("’", "'")
    return lower.replace(" ", "") if re.search("[가-힣]", lower) else lower


def named(text: str) -> dict[str, str]:
    """The titles of works from elsewhere that `text` names, as it writes them, to their tastes."""
    return {text[begin:end]: taste for begin, end, taste in _places(text, makers=False)}


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
def _places(text: str, *, makers: bool) -> list[tuple[int, int, str]]:
    """(begin, end, taste) of each title, or of each of those who made such works, in the order of `text`."""
    pattern, taste_of = _pattern(makers=makers)
    text = text[:MAX_LENGTH]
    lower = text.lower().replace("’", "'")
    if len(lower) != len(text):
        return []  # small letters of another length would name other words
    found = [(one, taste_of[_folded(one[0])]) for one in pattern.finditer(lower)]
    if not makers:
        cased = [(title, name) for name, taste in TASTES.items() for title in taste.cased]
        found += [(one, name) for title, name in cased for one in _as_is(title).finditer(text)]
    places = [(*one.span(), taste) for one, taste in found if not flavours.taken_back(lower, one)]
    return sorted(places)


@cache
def _as_is(title: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(title)}\b")


def tastes(text: str) -> list[str]:
    """The tastes that `text` names by a title or by who made such works."""
    return list(dict.fromkeys([*named(text).values(), *makers_named(text).values()]))


def tags(text: str) -> list[str]:
    """What the works from elsewhere that `text` names are known for."""
    return list(dict.fromkeys(tag for name in tastes(text) for tag in TASTES[name].known_for))


def is_named(name: str, text: str) -> bool:
    """Whether `name`, taken for a title, is a work from elsewhere."""
    lower = name.lower()
    return any(one.lower() in lower or lower in one.lower() for one in named(text))
