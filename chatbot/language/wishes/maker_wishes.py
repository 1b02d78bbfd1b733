"""What a reader wants of publishers and of illustrators: books of theirs, or none: "전격문고 작품", "no J-Novel Club",
「狼と香辛料と同じ絵師で」.

Whom "the same artist" means is told by the work that stands beside it, or by those that are spoken of.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...catalogue.snapshot import CatalogueSnapshot
from ...text.matcher import tidy
from ..names import makers
from ..names.makers import BOOK
from ..words.cue_book import plain
from ..words.mentions import Mention
from ..words.vocabulary import Vocabulary
from .author_wishes import is_refused

MAKERS = ("published", "not_published", "drawn_by", "not_drawn_by")  # fields of a wish
MAX_APART = 12  # characters between a work and the words that point at its illustrator
COMMA, MAX_COMMA = re.compile(r"[,、，]\s*"), 3
FILLER = "□■"  # stands for the letters of a name, where others are looked for; a run of one mark would be cut short


@dataclass(frozen=True, slots=True)
class MakerWish:
    """Publishers and illustrators as `names.makers` names them. `published`, `drawn_by`: of whom books are wanted, any of
    them; `not_published`, `not_drawn_by`: of whom none is. `pointed`: works that only tell whose pictures are meant."""

    published: tuple[str, ...] = ()
    not_published: tuple[str, ...] = ()
    drawn_by: tuple[str, ...] = ()
    not_drawn_by: tuple[str, ...] = ()
    pointed: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        return bool(self.not_published or self.not_drawn_by)

    def as_detail(self) -> dict[str, list[str]]:
        """Only what was said, by the names of MAKERS."""
        return {name: [*said] for name in MAKERS if (said := getattr(self, name))}


NOTHING = MakerWish()


def read(text: str, words: Vocabulary, works: Iterable[Mention] = (), meant: Sequence[str] = ()) -> MakerWish:
    """What `text`, tidied, wants of publishers and illustrators. `works`: those that it names. `meant`: slugs of the works
    whose illustrator "this illustrator" means where none stands beside it."""
    found = makers.named(text, words.catalogue)
    pointed = [match.span() for match in BOOK.every("pointed", plain(text))]
    if not (found or pointed):
        return NOTHING
    said: dict[str, list[str]] = {name: [] for name in MAKERS}
    for one in found:
        begins = _item_of(text, one, found)
        refused = is_refused(text[begins:], one.start - begins, one.end - begins, words)
        said[f"not_{one.kind}" if refused else one.kind].append(one.name)
    works = [*works]
    by_whom: list[str] = []
    for start, end in pointed:
        slugs = _beside(start, end, works) or meant
        by_whom += slugs
        known = (words.catalogue.by_slug.get(slug) for slug in slugs)
        artists = [one for work in known if work for one in work.illustrators]
        said["not_drawn_by" if is_refused(text, start, end, words) else "drawn_by"] += artists
    unique = {name: tuple(dict.fromkeys(names)) for name, names in said.items()}
    return MakerWish(**unique, pointed=tuple(by_whom))


def _item_of(text: str, one: makers.Maker, found: Sequence[makers.Maker]) -> int:
    """Where the words that say how its writer stands to a name begin: behind a comma, unless another name stands before
    it: "no harem, Yen Press please"."""
    comma = max((place.end() for place in COMMA.finditer(text, 0, one.start)), default=0)
    return 0 if any(other.end <= comma <= other.end + MAX_COMMA for other in found) else comma


def masked(text: str, catalogue: CatalogueSnapshot) -> str:
    """`text`, tidied, in which nothing else is found where a publisher or an illustrator is named: no fantasy in "Fantasia
    Bunko", no seven in "Seven Seas". All keeps its place; `text` itself where none is named."""
    for one in makers.named(tidied := tidy(text), catalogue):
        length = one.end - one.start
        tidied = text = tidied[: one.start] + (FILLER * length)[:length] + tidied[one.end :]
    return text


def _beside(start: int, end: int, works: Sequence[Mention]) -> tuple[str, ...]:
    """The work nearest to the words from `start` to `end`, where one is near."""
    apart = [(max(one.start - end, start - one.end, 0), one.values[0]) for one in works]
    near = min(apart, default=(MAX_APART + 1, ""))
    return (near[1],) if near[0] <= MAX_APART else ()
