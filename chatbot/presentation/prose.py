"""The prose of a reply: rendered, and cut where it names a work or states a fact otherwise than the catalogue."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..assistant.grounding import Named
from ..assistant.grounding.facts import Placed
from ..catalogue.models import Novel
from ..text.particles import agreeing
from .corrections import mark_of
from .lookup import Lookup
from .markdown import to_html

# A model can write the same characters as entities (&#xE000;): what is no number of ours stays text.
PLACE = re.compile("\ue000([0-9]{1,5})\ue001")


@dataclass
class Part:
    """A stretch of rendered prose, or (with `name`) a title in it: known with its novel, without one `echoed` from what
    the reader said, else unverified; or (with `correction`) words that state a fact otherwise than the catalogue, which says what stands there."""

    html: str = ""
    name: str = ""
    novel: Novel | None = None
    marked: bool = False  # named by a mark, so shown by its title
    echoed: bool = False
    refused: bool = False  # its reader asked never to be offered it: told as such, and no link
    said: str = ""
    correction: str = ""

    @property
    def words(self) -> str:
        return self.novel.title if self.marked and self.novel else self.name


def parts_of(
    text: str, names: Sequence[Named], lookup: Lookup, differs: Sequence[Placed] = (), *, inline: bool = False
) -> list[Part]:
    """`text` rendered, cut where it names a work and where it `differs`. Places are held by private-use characters
    through the rendering."""
    # A word in bold that names nothing we know is just a word in bold; a part of a series is no work of its own.
    names = [
        named for named in names if lookup.find(named) or named.refused or (named.claim and not lookup.is_part(named))
    ]
    places = _places(names, differs)
    parts = []
    for position, piece in enumerate(PLACE.split(to_html(_with_places(text, places, lookup), inline))):
        if position % 2 == 0:
            if piece:
                parts.append(Part(html=piece))
        elif int(piece) < len(places):
            parts.append(_part(places[int(piece)], text, lookup))
    return parts


def _places(names: Sequence[Named], differs: Sequence[Placed]) -> list[Named | Placed]:
    """What stands apart in a text, in order. A fact within a name, as an author in bold, is told behind the name."""
    kept: list[Named | Placed] = list(names)
    last = 0
    for one in differs:
        around = next((named for named in names if one.start < named.end and named.start < one.end), None)
        if around:
            kept.append(Placed(around.end, around.end, one.correction))
        elif one.start >= last:
            kept.append(one)
            last = one.end
    return sorted(kept, key=lambda one: (one.start, one.end))


def _part(place: Named | Placed, text: str, lookup: Lookup) -> Part:
    if isinstance(place, Placed):
        return Part(said=text[place.start : place.end], correction=mark_of(place.correction))
    novel = lookup.find(place)
    return Part(name=place.name, novel=novel, marked=place.pointed, echoed=place.echoed, refused=place.refused)


def _with_places(text: str, places: Sequence[Named | Placed], lookup: Lookup) -> str:
    """`text` with the number of each place in its stead, and particles behind it that agree with the title shown."""
    pieces, last = [], 0
    for number, place in enumerate(places):
        pieces += [text[last : place.start], f"\ue000{number}\ue001"]
        last = max(last, place.end)
        novel = lookup.find(place) if isinstance(place, Named) and place.pointed else None
        if novel and (particle := agreeing(novel.title, text, last)):
            pieces.append(particle[0])
            last = particle[1]
    pieces.append(text[last:])
    return "".join(pieces)
