"""One place where a text names a work, and finding known names in a text."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import partial

from ...language.stances.parse import parse
from ...text.cleaning import MAX_LENGTH
from ...text.folding import key
from ..phrasebook import either

_words = partial(either, "title_mentions")

MAX_REFUSED = 40  # names kept of one reply
VOLUME = re.compile(
    rf"""
    [\s,(（]*+
    (?: {_words("volume.before")}?\s*+\d++\s*+{_words("volume.unit")}{_words("volume.range")}?
      | (?:{_words("volume")}|\#)\s*+\d++
    )
    [)）]?\s*+$
    """,
    re.IGNORECASE | re.VERBOSE,
)
SUBTITLE = re.compile(r"\s*+(?:[~〜～:：|(（]|(?<=\s)[-–—]\s).*$")


@dataclass
class Named:
    """One place where a text names a work.

    `sure`: in title brackets, so certainly meant as a title. `claim`: reads like a title, so it is worth a warning when
    nothing is known by that name; a short emphasised word is a title only when it turns out to be one.
    """

    start: int
    end: int
    name: str
    slug: str = ""
    sure: bool = False
    claim: bool = True
    pointed: bool = False  # by a mark, so shown by its title
    refused: bool = False  # never to be offered to this reader again
    echoed: bool = False  # said by the reader first: to repeat it claims nothing
    keys: tuple[str, ...] = field(default_factory=tuple)


def add_apart(found: list[Named], more: Iterable[Named]) -> None:
    """Add to `found` those of `more` that none of it covers."""
    for one in more:
        if not any(one.start < other.end and other.start < one.end for other in found):
            found.append(one)


def names_of_refused(text: str, words, refusals, spared: Collection[str]) -> list[str]:
    """Names in `text`, as written, of works that `refusals` forbid, bare names in running text too.

    `spared`: slugs of works the reader spoke of, which may be spoken of in return, unless refused by name.
    """
    found: dict[str, None] = {}
    by_slug = words.catalogue.by_slug
    for paragraph in text.split("\n"):
        heard = parse(paragraph[:MAX_LENGTH], words)  # kept by its words: what stands already is not heard again
        for mention in heard.mentions:
            work = by_slug.get(mention.values[0]) if mention.kind == "work" else None
            if work and refusals.forbids(work) and (work.slug not in spared or refusals.by_name(work)):
                found[heard.source[mention.start : mention.end]] = None
    return list(found)[:MAX_REFUSED]


def places_of(names: Collection[str], text: str) -> list[Named]:
    """Where the bare `names` stand in `text`, as a list of Named: any width, case and spacing."""
    if not names:
        return []
    letters, at = "", []  # the folded letters of the text, and where each of them stands
    for place, character in enumerate(text):
        folded = key(character)
        letters += folded
        at += [place] * len(folded)
    found = []
    for name in names:
        folded, place = key(name), 0
        while folded and (place := letters.find(folded, place)) >= 0:
            start, end = at[place], at[place + len(folded) - 1] + 1
            around = text[max(0, start - 1) : start], text[end : end + 1]
            inside_word = folded.isascii() and any(one.isascii() and one.isalnum() for one in around)
            if end - start <= 2 * len(folded) + 4 and not inside_word:
                found.append(Named(start, end, text[start:end], keys=(folded,)))
            place += len(folded)
    return found


def with_refused(found: list[Named], names: Collection[str], text: str) -> list[Named]:
    """`found`, names in `text`, with the bare `names` of refused works that none of them covers, in order."""
    kept = list(found)
    for one in sorted(places_of(names, text), key=lambda one: one.start - one.end):
        one.refused = True
        add_apart(kept, [one])
    return sorted(kept, key=lambda one: one.start)


def keys_of(name: str) -> tuple[str, ...]:
    """The keys under which `name` may be known: as it is, without a volume number, without its subtitle."""
    plain = VOLUME.sub("", name)
    return tuple(dict.fromkeys(k for k in (key(name), key(plain), key(SUBTITLE.sub("", plain))) if len(k) > 1))
