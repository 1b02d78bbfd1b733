"""What is heard: things a stand can be taken on, and all that one text said of them."""

from dataclasses import dataclass, field

from .numbers import Bounds

REFUSALS = ("refuse", "dislike")
OFTEN_REFUSED = {"harem", "reverse-harem", "love-triangle", "bl", "overpowered", "tearjerker", "monsters"}


@dataclass(slots=True)
class Mention:
    """Something a stand can be taken on. `kind`: work, tag, unknown (a title), or one of
    a section of `data/<language>/facts.txt`."""

    kind: str
    values: tuple
    start: int
    end: int
    phrase: str = ""
    quoted: bool = False
    stand: str = ""
    soft: bool = False  # "not too …"
    chain: int = 0
    joined: str = ""  # how it is joined to the one before it in its chain: any, all, comma


@dataclass(slots=True)
class Parsed:
    """What one text said. Read-only once made, for it is kept between asks."""

    targets: list = field(default_factory=list)
    bounds: Bounds = field(default_factory=Bounds)
    lists: dict = field(default_factory=dict)  # chain number: True when any one of its targets will do
    source: str = ""


def often_refused(target, groups):
    """Whether a comma may join `target` to what is refused: "하렘, 노예 없는" is two refusals, "판타지, 노예 없는" one."""
    tags = set(target.values)
    refusable = tags & OFTEN_REFUSED or any(groups.get(tag) == "warnings" for tag in tags)
    return target.kind == "work" or bool(target.kind == "tag" and refusable)


def is_tone(target, groups):
    return target.kind == "tag" and groups.get(target.values[0]) == "tone"
