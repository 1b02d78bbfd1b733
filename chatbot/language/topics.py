"""What a taste and a wish are made of, and the texts in which these parts are kept.

With a turn, with a line of the taste and in the values of forms a part is one text, "kind:value". Everywhere else it is
one of the two types here: a `Topic` is a thing that a taste speaks of, a `WishPart` one condition of a wish.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import NamedTuple, Self

EITHER = "+"  # between the tags of a part of which any one will do


class TopicKind(StrEnum):
    TAG = "tag"
    WORK = "work"
    AUTHOR = "author"
    READ_TO = "read_to"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class Topic:
    """A thing that a taste speaks of: "tag:harem", "work:overlord", "author:丸山くがね", "read_to:overlord", "level".

    `value`: a slug, or the name of an author as the catalogue has it in Japanese; empty for the level.
    """

    kind: TopicKind
    value: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises ValueError where the text is none."""
        kind, _colon, value = text.partition(":")
        return cls(TopicKind(kind), value)

    @classmethod
    def tag(cls, slug: str) -> Self:
        return cls(TopicKind.TAG, slug)

    @classmethod
    def work(cls, slug: str) -> Self:
        return cls(TopicKind.WORK, slug)

    @classmethod
    def author(cls, name: str) -> Self:
        return cls(TopicKind.AUTHOR, name)

    @classmethod
    def read_to(cls, slug: str) -> Self:
        return cls(TopicKind.READ_TO, slug)

    @classmethod
    def level(cls) -> Self:
        return cls(TopicKind.LEVEL)

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}" if self.value else str(self.kind)


class WishPart(NamedTuple):
    """One condition of a wish: "required:isekai", "min_volumes:3", "any_of:cozy+heartwarming", "taste:likes:tag:war".

    `kind`: a field of Wish, or "taste" for what the reader's taste added. Any text can be parsed, as one may have been
    kept before a field was renamed; a part that is not there takes nothing away.
    """

    kind: str
    value: str

    @classmethod
    def parse(cls, text: str) -> Self:
        kind, _colon, value = text.partition(":")
        return cls(kind, value)

    @classmethod
    def of_tags(cls, kind: str, tags: Iterable[str]) -> Self:
        return cls(kind, EITHER.join(tags))

    @classmethod
    def of_taste(cls, name: str, topic: Topic) -> Self:
        """`name`: where the topic stands in `Wish.taste`: likes, dislikes or level."""
        return cls("taste", f"{name}:{topic}")

    @property
    def tags(self) -> list[str]:
        """The tags of which any one will do."""
        return self.value.split(EITHER)

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"


class Confidence(float, Enum):
    """How sure it is that a part of a wish was meant: said in so many words, inferred from them, or only hoped for.

    What is only hoped for is a leaning and never a condition.
    """

    SAID = 1.0
    INFERRED = 0.7
    HOPED = 0.4
