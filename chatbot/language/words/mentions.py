"""What one text names, the stances that can be taken on it, and all that the text says of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ..tag_relations import OFTEN_REFUSED
from .numbers import Bounds


class Stance(StrEnum):
    """How a writer stands to what they name. The values are those of the sections of `data/<language>/stance_cues.txt`."""

    NONE = ""
    LIKE = "like"
    SIMILAR = "similar"  # the like of it is asked for
    READ = "read"
    BONUS = "bonus"  # welcome, not needed
    INDIFFERENT = "indifferent"  # either way will do
    DISLIKE = "dislike"
    REFUSE = "refuse"


REFUSALS = (Stance.REFUSE, Stance.DISLIKE)


@dataclass(slots=True)
class Mention:
    """Something a stance can be taken on. `kind`: work, tag, unknown (a title), or the kind of
    a section of `data/<language>/facts.txt`."""

    kind: str
    values: tuple[str, ...]
    start: int
    end: int
    phrase: str = ""
    quoted: bool = False
    stance: Stance = Stance.NONE
    soft: bool = False  # "not too …"
    mild: bool = False  # refused as "less …": a little of it is all right
    alike: bool = False  # a work that is refused with its likes
    told: bool = False  # a work that only others speak of
    coordination: int = 0  # number of the coordination it belongs to
    joined: str = ""  # how it is joined to the one before it there: any, all, comma, compound, both (one word says two)


@dataclass(slots=True)
class Parsed:
    """What one text said. Read-only once made, for it is kept between asks."""

    mentions: list[Mention] = field(default_factory=list)
    bounds: Bounds = field(default_factory=Bounds)
    choices: frozenset[int] = frozenset()  # numbers of the coordinations of which any one mention will do
    source: str = ""

    @property
    def works(self) -> list[Mention]:
        """The works named, in their order."""
        return [one for one in self.mentions if one.kind == "work"]

    def words_of(self, mention: Mention) -> str:
        """`mention` as it is written."""
        return self.source[mention.start : mention.end]

    def untitled(self, text: str, instead: str) -> str:
        """`text`, a part of the source, with `instead` for each work that it names."""
        for work in self.works:
            text = text.replace(self.words_of(work), instead)
        return text


def often_refused(mention: Mention, groups: Mapping[str, str]) -> bool:
    """Whether a comma may join `mention` to what is refused: "하렘, 노예 없는" is two refusals, "판타지, 노예 없는" one."""
    tags = set(mention.values)
    refusable = bool(tags & OFTEN_REFUSED) or any(groups.get(tag) == "warnings" for tag in tags)
    return mention.kind == "work" or (mention.kind == "tag" and refusable)


def is_tone(mention: Mention, groups: Mapping[str, str]) -> bool:
    return mention.kind == "tag" and groups.get(mention.values[0]) == "tone"
