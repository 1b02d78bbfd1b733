"""A reader's standing taste laid over one wish. Pure: what was learned and a wish in, a wish out.

What is said now always weighs more than what was learned: likes only lean a choice, dislikes yield to an ask for the
very thing. Only "never again" does not yield; it leaves the wish, and what was asked for in vain is told.

`Wish.taste` is kept with its turn: in it topics stand as texts.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..catalogue.snapshot import CatalogueSnapshot, Work
from ..language.tag_relations import narrower
from ..language.topics import Topic, TopicKind, WishPart
from ..language.wishes.wish import Wish
from ..text.folding import key
from .features import Column, Features, features_of

LIKED_TAG, LIKED_WORK, LIKED_AUTHOR = 0.3, 0.3, 0.15
DISLIKED_TAG, DISLIKED_WORK, DISLIKED_AUTHOR = 0.4, 0.35, 0.4
WANTED_BOOK = 0.5  # of the weight of a liked work: a book somebody wants to read is not yet one they like
LIKE_FROM = 0.25  # likeness to a disliked work from which it counts
IN_LANGUAGE = {"none": 0.35, "n5": 0.25, "n4": 0.2, "n3": 0.1}  # what an edition in the reader's language adds
EDITIONS = ("ko", "en")  # languages in which an edition may be lacking
MAX_TAGS = 24  # liked or disliked tags that are weighed
MAX_TOPICS = 200  # topics of a kind kept with a wish


@dataclass(frozen=True)
class Taste:
    """What is known of a reader, less what is paused."""

    likes: tuple[Topic, ...] = ()
    dislikes: tuple[Topic, ...] = ()
    never: tuple[Topic, ...] = ()
    read_to: dict[str, int] = field(default_factory=dict)  # slug to the last volume read
    level: str = ""  # of Japanese, as in TasteLine.Level
    wants: tuple[str, ...] = ()  # slugs the reader wants to read
    not_for: tuple[str, ...] = ()  # slugs the reader put away as "not for me"

    @property
    def leads(self) -> bool:
        """Whether it says enough to choose by when an ask says nothing."""
        return bool(self.likes or self.wants)

    @property
    def refusals(self) -> "Refusals":
        return Refusals(self.never)


class Refusals:
    """What is never to be offered: topics, with the narrower forms of their tags."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        topics = list(topics)
        tags = {topic.value for topic in topics if topic.kind == TopicKind.TAG}
        self.tags = tags.union(narrower(tags))
        self.works = {topic.value for topic in topics if topic.kind == TopicKind.WORK}
        self.authors = {key(topic.value) for topic in topics if topic.kind == TopicKind.AUTHOR}

    def __bool__(self) -> bool:
        return bool(self.tags or self.works or self.authors)

    def by_name(self, work: Any) -> bool:
        """Whether the work itself or who wrote it is refused. `work`: a Work or a Novel."""
        return work.slug in self.works or (
            bool(self.authors) and any(key(str(name)) in self.authors for name in work.authors)
        )

    def forbids(self, work: Work) -> bool:
        """Whether the work is refused by its name, its author or a tag."""
        return self.by_name(work) or not self.tags.isdisjoint(work.tags)

    def forbidden(self, catalogue: CatalogueSnapshot) -> frozenset[int]:
        """Ids of all works of `catalogue` that may not be offered."""
        features = features_of(catalogue)
        rows = features.carries(self.tags) | features.of(self.works)
        rows[[row for name in self.authors for row in features.by_author_key.get(name, ())]] = True
        return frozenset(catalogue.works[row].pk for row in np.flatnonzero(rows))


def apply_taste(
    taste: Taste, wish: Wish, *, language: str, dismissed: Collection[WishPart] = frozenset(), asks: bool = False
) -> Wish:
    """Lay `taste` over `wish`, which is changed and returned; what came from the taste stands in `wish.taste`.

    `dismissed`: parts that the reader has removed in this conversation, as `WishPart.of_taste` names them.
    `asks`: whether the ask is for books at all; a greeting needs none, however well the reader is known.
    """
    laid: dict[str, Any] = {}
    for name in ("likes", "dislikes"):
        topics = [topic for topic in getattr(taste, name) if WishPart.of_taste(name, topic) not in dismissed]
        laid[name] = [str(topic) for topic in topics if not _said_now(topic, wish)][:MAX_TOPICS]
    laid["wants"] = [slug for slug in taste.wants if slug not in wish.names_works]
    laid["not_for"] = list(taste.not_for)
    laid["read_to"] = dict(list(taste.read_to.items())[:MAX_TOPICS])
    if taste.level and WishPart.of_taste("level", Topic.level()) not in dismissed:
        laid["level"] = taste.level
        if language in EDITIONS and taste.level in IN_LANGUAGE and not wish.edition:
            laid["edition"] = language
    laid["never"] = [str(topic) for topic in taste.never[:MAX_TOPICS]]
    # Laid once more over a wish the model has read anew, what was told before stays told.
    laid["refused"] = list(dict.fromkeys([*wish.taste.get("refused", ()), *map(str, _take_out(taste, wish))]))
    wish.taste = {name: value for name, value in laid.items() if value}
    if laid["refused"] or (wish.quiet and asks and taste.leads):
        # What is left of the wish may be nothing: then the choice is the librarian's, by what she knows.
        wish.anything, wish.quiet = True, False
    return wish


def reads_only(wish: Wish, language: str, dismissed: Collection[WishPart] = ()) -> str:
    """The language of a reader of whom no Japanese is known, where an edition in it may be lacking; else ""."""
    level = WishPart.of_taste("level", Topic.level())
    knows_more = wish.edition or wish.taste.get("level") or level in dismissed
    return language if language in EDITIONS and not knows_more else ""


def _said_now(topic: Topic, wish: Wish) -> bool:
    """Whether the ask itself speaks of the topic, for or against: then the taste has nothing to add."""
    if topic.kind == TopicKind.TAG:
        return topic.value in _said(wish) or topic.value in (*wish.unwanted, *wish.less)
    if topic.kind == TopicKind.WORK:
        return topic.value in wish.names_works  # of one set aside ("something else entirely") nothing more is said
    return False


def _said(wish: Wish) -> set[str]:
    grouped = {tag for tags in (wish.required, *wish.any_of, *wish.leaning) for tag in tags}
    return grouped.union(wish.named_tags)


def _take_out(taste: Taste, wish: Wish) -> list[Topic]:
    """Take what is never to be offered out of what is wanted. Returns the topics that were asked for in vain."""
    refusals = taste.refusals
    plainly = {*wish.required, *wish.named_tags}
    refused = []
    for topic in taste.never:
        liked = topic.kind == TopicKind.WORK and topic.value in wish.liked
        liked |= topic.kind == TopicKind.AUTHOR and topic.value in wish.by
        if liked or plainly.intersection(Refusals([topic]).tags):
            refused.append(topic)
    wish.required = [tag for tag in wish.required if tag not in refusals.tags]
    wish.by, wish.authors = (
        [name for name in some if key(name) not in refusals.authors] for some in (wish.by, wish.authors)
    )
    for name in ("any_of", "leaning"):
        left = [[tag for tag in tags if tag not in refusals.tags] for tags in getattr(wish, name)]
        setattr(wish, name, [tags for tags in left if tags])
    wish.wanted = {tag: weight for tag, weight in wish.wanted.items() if tag not in refusals.tags}
    return refused


class TasteScorer:
    """What a wish's taste adds to the score of every work, as a column.

    Many works liked or put away are one profile: two columns of likeness, however long the taste.
    """

    def __init__(self, wish: Wish, features: Features) -> None:
        self.features, self.taste = features, wish.taste
        self.likes, self.dislikes = self._sorted("likes"), self._sorted("dislikes")

    def _sorted(self, name: str) -> dict[TopicKind, list[str]]:
        """Values of the topics of one side of the taste, by their kind."""
        topics: dict[TopicKind, list[str]] = {kind: [] for kind in TopicKind}
        for topic in map(Topic.parse, self.taste.get(name, ())):
            topics[topic.kind].append(topic.value)
        return topics

    def column(self) -> Column:
        score = np.zeros(len(self.features.works))
        if not self.taste:
            return score
        score += LIKED_TAG * self._carried(self.likes[TopicKind.TAG]) - DISLIKED_TAG * self._carried(
            self.dislikes[TopicKind.TAG]
        )
        wants, not_for = self.taste.get("wants", ()), self.taste.get("not_for", ())
        score += LIKED_WORK * self._along(
            {**dict.fromkeys(wants, WANTED_BOOK), **dict.fromkeys(self.likes[TopicKind.WORK], 1.0)}
        )
        unlike = self._along(dict.fromkeys([*not_for, *self.dislikes[TopicKind.WORK]], 1.0))
        score -= DISLIKED_WORK * np.maximum(0.0, unlike - LIKE_FROM) / (1 - LIKE_FROM)
        score[self._rows_by(self.likes[TopicKind.AUTHOR])] += LIKED_AUTHOR
        score[self._rows_by(self.dislikes[TopicKind.AUTHOR])] -= DISLIKED_AUTHOR
        if edition := self.taste.get("edition"):
            score[self.features.editions.get(edition, [])] += IN_LANGUAGE.get(self.taste.get("level", ""), 0.0)
        return score

    def _carried(self, tags: Sequence[str]) -> Column:
        """How much of `tags` each work carries, 0 to 1: the strongest counts most."""
        if not tags:
            return np.zeros(len(self.features.works))
        strengths = np.sort(np.array([self.features.strengths(tag) for tag in tags[:MAX_TAGS]]) / 3, axis=0)[::-1]
        fading = 0.35 ** np.arange(len(strengths))
        carried: Column = np.minimum(1.0, fading @ strengths)
        return carried

    def _along(self, weights: Mapping[str, float]) -> Column:
        """Likeness of each work to the direction in which the works of `weights`, slug to weight, lie together."""
        profile = np.zeros(len(self.features.weight))
        for slug, weight in weights.items():
            if slug in self.features.row:
                profile += weight * self.features.weight[:, self.features.row[slug]]
        # One book wanted says less than one liked: what is short stays short.
        profile /= max(math.sqrt(profile @ profile), 1.0)
        tags = np.flatnonzero(profile)
        along: Column = profile[tags] @ self.features.weight[tags] if len(tags) else np.zeros(len(self.features.works))
        return along

    def _rows_by(self, authors: Iterable[str]) -> list[int]:
        return [row for name in authors for row in self.features.by_author_key.get(key(name), ())]
