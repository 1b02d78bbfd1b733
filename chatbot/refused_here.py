"""What a conversation refuses by now, over all that was wished for in it: a wish that begins anew forgets it, its reader
does not."""

from collections.abc import Iterable, Sequence

from .language.tag_relations import implied_by
from .language.topics import Topic, WishPart
from .language.wishes.wish import Wish


def refused_in(wishes: Iterable[tuple[Wish, Sequence[str]]]) -> tuple[list[str], list[str]]:
    """(topics as texts, what no topic is) that `wishes`, oldest first, each with what its reader took back, refuse and
    none of the later ones asks for."""
    topics: dict[Topic, None] = {}
    said: dict[str, None] = {}
    for wish, waived in wishes:
        taken_back = {part.value for part in map(WishPart.parse, waived)}
        kept = [topic for topic in topics if topic.value not in wish.asked_tags | taken_back | {*wish.liked}]
        told = [*map(Topic.tag, wish.unwanted), *map(Topic.author, wish.not_by), *map(Topic.work, wish.refused)]
        topics = dict.fromkeys([*kept, *(topic for topic in told if topic.value not in taken_back)])
        said = dict.fromkeys([*(one for one in said if one not in wish.about), *wish.not_about])
    implied = {*implied_by([topic.value for topic in topics if topic.kind == "tag"])}
    return [str(topic) for topic in topics if topic.value not in implied], [*said]
