"""One place where a text names a work, and finding known names in a text."""

import re
from dataclasses import dataclass, field

from ...language.parse import MAX_LENGTH, parse
from ...text.folding import key

MAX_REFUSED = 40  # names kept of one reply
VOLUME = re.compile(
    r"[\s,(（]*+(?:第?\s*+\d++\s*+[권巻卷](?:까지|부터)?|(?:vol(?:ume)?s?\.?|#)\s*+\d++)[)）]?\s*+$", re.IGNORECASE
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
    keys: tuple = field(default_factory=tuple)


def add_apart(found, more):
    """Add to `found` those of `more` that none of it covers."""
    for one in more:
        if not any(one.start < other.end and other.start < one.end for other in found):
            found.append(one)


def names_of_refused(text, words, refusals, spared):
    """Names in `text`, as written, of works that `refusals` forbid, bare names in running text too.

    `spared`: slugs of works the reader spoke of, which may be spoken of in return, unless refused by name.
    """
    found, by_slug = {}, words.catalogue.by_slug
    for paragraph in text.split("\n"):
        heard = parse(paragraph[:MAX_LENGTH], words)  # kept by its words: what stands already is not heard again
        for target in heard.mentions:
            work = by_slug.get(target.values[0]) if target.kind == "work" else None
            if work and refusals.forbids(work) and (work.slug not in spared or refusals.by_name(work)):
                found[heard.source[target.start : target.end]] = None
    return list(found)[:MAX_REFUSED]


def places_of(names, text):
    """Where the bare `names` stand in `text`, as a list of Named: any width, case and spacing."""
    letters, at = [], []
    for place, character in enumerate(text) if names else ():
        folded = key(character)
        letters += folded
        at += [place] * len(folded)
    letters, found = "".join(letters), []
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


def with_refused(found, names, text):
    """`found`, names in `text`, with the bare `names` of refused works that none of them covers, in order."""
    kept = list(found)
    for one in sorted(places_of(names, text), key=lambda one: one.start - one.end):
        one.refused = True
        add_apart(kept, [one])
    return sorted(kept, key=lambda one: one.start)


def keys_of(name):
    """The keys under which `name` may be known: as it is, without a volume number, without its subtitle."""
    plain = VOLUME.sub("", name)
    return tuple(dict.fromkeys(k for k in (key(name), key(plain), key(SUBTITLE.sub("", plain))) if len(k) > 1))
