"""The candidates a writer was given, and where a text names one of them by a title."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial

from ...text.folding import fold, key, without_subtitle
from ..phrasebook import either
from .marks import CJK

_words = partial(either, "candidates")

LEAST = 2  # letters of a title that may lead a line


MAX_CALLED = 10  # names of a work that are kept with a turn


def called(work) -> list[str]:
    """What a reply may call a work: its titles first, then what readers call it, each spelling of a name once."""
    names: dict[str, str] = {}
    for name in [*work.titles.values(), *work.names]:
        if key(name):
            names.setdefault(key(name), name)
    return [*names.values()][:MAX_CALLED]


class Given:
    """The candidates a writer was given: their slugs, and the titles by which a line may name them.

    `titles`: slug to its titles as written. Turns kept before titles were have none, and are read by their marks.
    """

    def __init__(self, candidates: Sequence[tuple[str, Sequence[str]]]) -> None:
        self.slugs = frozenset(slug for slug, _titles in candidates)
        self.titles = {slug: titles for slug, titles in candidates if titles}
        # The first letter of a title to those that begin so, the longest first: (folded, slug, as written).
        self.starts: dict[str, list[tuple[str, str, str]]] = {}
        self._gather([(title, slug) for slug, titles in self.titles.items() for title in titles])
        self.longest = max((len(name) for names in self.starts.values() for name, _slug, _title in names), default=0)

    def _gather(self, named):
        full = {key(title): (slug, title) for title, slug in named}
        short = {}
        for title, slug in named:
            head = without_subtitle(title)
            short.setdefault(key(head), {})[slug] = head
        for name, slugs in short.items():
            if len(slugs) == 1:
                full.setdefault(name, next(iter(slugs.items())))
        for name in sorted(full, key=len, reverse=True):
            if len(name) >= LEAST:
                self.starts.setdefault(name[0], []).append((name, *full[name]))

    def title_at(self, text: str, place: int) -> tuple[str, int, bool] | None:
        """The title that stands at `place`, as (slug, end, is_ordinary), or None. The longest is tried first."""
        names = self.starts.get(_folded(text[place])[:1]) if place < len(text) else None
        if not names:
            return None
        letters, ends = _letters(text, place, self.longest)
        for name, slug, title in names:
            if letters.startswith(name):
                end = ends[len(name) - 1]
                if not _goes_on(text, end):
                    return slug, _past_marks(text, end, title), name.isascii() and " " not in title.strip()
        return None

    def slug_in(self, text: str | None) -> str:
        """The slug of the candidate that `text`, such as the inside of a mark, points at; "" where it is none."""
        slug = (text or "").strip().lower()
        return slug if slug in self.slugs else ""

    def names_more(self, text: str) -> bool:
        """Whether `text` names a candidate somewhere."""
        letters = key(text)
        return any(len(name) > LEAST and name in letters for names in self.starts.values() for name, *_ in names)

    def may_begin(self, text: str, place: int) -> bool:
        """Whether what stands from `place` to the end of `text` may grow into a title."""
        letters, ends = _letters(text, place, self.longest)
        if not letters or any(map(_folded, text[ends[-1] :])):
            return False
        names = self.starts.get(letters[:1], ())
        return any(name.startswith(letters) for name, _slug, _title in names)


def given_of(candidates: Given | Iterable[dict | str] | None) -> Given:
    """What was given, from the candidates kept with a turn, from slugs alone, or as it is."""
    if isinstance(candidates, Given):
        return candidates
    return _given(
        tuple(
            (one, ()) if isinstance(one, str) else (one["slug"], tuple(one.get("titles") or ()))
            for one in candidates or ()
        )
    )


@lru_cache(maxsize=200)
def _given(candidates):
    return Given(candidates)


@lru_cache(maxsize=20_000)
def _folded(character):
    return key(character)


def _letters(text, place, longest):
    """The letters from `place` on, folded, as far as a title may be long, and where each of them ends."""
    letters, ends, gap = "", [], 0
    for at in range(place, min(len(text), place + 2 * longest + 8)):
        folded = _folded(text[at])
        gap = 0 if folded else gap + 1
        if text[at] == "\n" or gap > 4 or len(letters) >= longest:
            break
        letters += folded
        ends += [at + 1] * len(folded)
    return letters, ends


PARTICLE = re.compile(rf"{_words('particle', 'ko')}(?![가-힣])|{_words('particle', 'ja')}")
LETTER = re.compile(rf"[A-Za-z0-9{CJK}]")


def _goes_on(text, end):
    """Whether the word goes on behind `end`, so that it is not the title that stands there."""
    return bool(LETTER.match(text, end)) and (not text[end - 1 : end] or not PARTICLE.match(text, end))


def _past_marks(text, end, title):
    """`end` behind the marks a title itself ends in: "まちがっている。", "Lead to Doom!"."""
    folded = fold(title)
    trail = folded[max((place for place, one in enumerate(folded) if one.isalnum()), default=-1) + 1 :]
    while trail:
        written = fold(text[end : end + 1])
        if written and trail.startswith(written):
            end, trail = end + 1, trail[len(written) :]
        else:
            trail = trail[1:]
    return end
