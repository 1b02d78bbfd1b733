"""The prose of a reply: rendered, and cut where it names a work."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..assistant.grounding import Named
from ..catalogue.models import Novel
from ..text.particles import agreeing
from .lookup import Lookup
from .markdown import to_html

# A model can write the same characters as entities (&#xE000;): what is no number of ours stays text.
PLACE = re.compile("\ue000([0-9]{1,5})\ue001")


@dataclass
class Part:
    """A stretch of rendered prose, or (with `name`) a title in it: known with its novel, unverified without."""

    html: str = ""
    name: str = ""
    novel: Novel | None = None
    marked: bool = False  # named by a mark, so shown by its title
    refused: bool = False  # its reader asked never to be offered it: told as such, and no link

    @property
    def words(self) -> str:
        return self.novel.title if self.marked and self.novel else self.name


def parts_of(text: str, names: Sequence[Named], lookup: Lookup, *, inline: bool = False) -> list[Part]:
    """`text` rendered, cut where it names a work. Places are held by private-use characters through the rendering."""
    # A word in bold that names nothing we know is just a word in bold.
    names = [named for named in names if named.claim or named.refused or lookup.find(named)]
    parts = []
    for position, piece in enumerate(PLACE.split(to_html(_with_places(text, names, lookup), inline))):
        if position % 2 == 0:
            if piece:
                parts.append(Part(html=piece))
        elif int(piece) < len(names):
            named = names[int(piece)]
            novel = lookup.find(named)
            parts.append(Part(name=named.name, novel=novel, marked=named.pointed, refused=named.refused))
    return parts


def _with_places(text: str, names: Sequence[Named], lookup: Lookup) -> str:
    """`text` with the number of each name in its place, and particles behind it that agree with the title shown."""
    pieces, last = [], 0
    for place, named in enumerate(names):
        pieces += [text[last : named.start], f"\ue000{place}\ue001"]
        last = named.end
        novel = lookup.find(named) if named.pointed else None
        if novel and (particle := agreeing(novel.title, text, last)):
            pieces.append(particle[0])
            last = particle[1]
    pieces.append(text[last:])
    return "".join(pieces)
