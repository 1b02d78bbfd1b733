"""A wish in words, for operators."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..catalogue.models import Novel, Tag
from ..language.topics import Topic, TopicKind
from ..language.wishes.wish import Wish
from ..language.words import subjects

LABELS = {
    "liked": _("Liked"),
    "read": _("Has read"),
    "refused": _("Refused works"),
    "unlike": _("Refused with their likes"),
    "authors": _("Books of, or like those of"),
    "by": _("Books by"),
    "not_by": _("No books by"),
    "published": _("Published by"),
    "not_published": _("Not published by"),
    "drawn_by": _("Illustrated by"),
    "not_drawn_by": _("Not illustrated by"),
    "required": _("Must carry"),
    "any_of": _("Must carry one of"),
    "leaning": _("Rather with one of"),
    "wanted": _("Would like"),
    "unwanted": _("Must not carry"),
    "less": _("Should carry little of"),
    "about": _("About"),
    "untold": _("In words nothing here tells of"),
    "described": _("In words no tag stands for"),
    "not_about": _("Not about"),
    "flavours": _("Of the kind no tag says"),
    "elsewhere": _("Like works not on the shelf"),
    "unliked": _("No longer to choose by"),
    "status": _("Status"),
    "min_volumes": _("Volumes, at least"),
    "max_volumes": _("Volumes, at most"),
    "min_year": _("Begun in or after"),
    "max_year": _("Begun in or before"),
    "edition": _("Edition in"),
    "anime": _("Has an anime"),
    "brightness": _("Tone"),
    "less_known": _("Less known"),
    "audience": _("Whom it is for"),
    "age": _("How old they are"),
    "gentle": _("Why nothing may weigh down"),
    "count": _("How many"),
    "unknown_titles": _("Titles not on the shelf"),
    "anything": _("Leaves the choice to the librarian"),
    "musts": _("Nothing may loosen"),
    "sure": _("How sure, where it was not said plainly"),
    "quiet": _("The ask says nothing to choose by"),
    "taste": _("Added by the standing taste"),
}
ORDER = {part.name: place for place, part in enumerate(fields(Wish))}
WORKS = {"liked", "read", "refused", "unlike"}
TAGS = {"required", "wanted", "unwanted", "less"}
CHOICES = {"any_of", "leaning"}
SUBJECTS = {"about", "not_about"}
TASTE = {
    "likes": _("Likes"),
    "dislikes": _("Dislikes"),
    "wants": _("Want it"),
    "not_for": _("Not for me"),
    "read_to": _("Read so far"),
    "level": _("Level of Japanese"),
    "edition": _("Edition in"),
    "never": _("Never again"),
    "refused": _("Asked for, though never to be offered again"),
}
WORDS = {
    "status": dict(Novel.Status.choices),
    "edition": {"ko": _("Korean"), "en": _("English"), "ja": _("Japanese")},
    "brightness": {1: _("Brighter"), -1: _("Darker")},
}


class WishWords:
    """`novels` and `tags`: those that wishes name, by their slugs; a slug that is missing stands for itself."""

    def __init__(self, novels: Mapping[str, Novel], tags: Mapping[str, Tag]):
        self.novels, self.tags = novels, tags

    def of(self, said: Mapping[str, Any]):
        """`said` (Wish.as_json) as (label, list of words); what has no label yet keeps its name."""
        # In the wish's own order, which a PostgreSQL column of JSON does not keep.
        names = sorted(said, key=lambda name: ORDER.get(name, len(ORDER)))
        return [(LABELS.get(name, name), self._values(name, said[name])) for name in names]

    def _values(self, name, value):
        if name in WORKS:
            return [self.novels[slug].title if slug in self.novels else slug for slug in value]
        if name in TAGS:
            return [self._tag(slug, value) for slug in value]
        if name in CHOICES:
            return [" / ".join(self._tag(slug, ()) for slug in slugs) for slugs in value]
        if name in SUBJECTS:
            return [subjects.label(subject, get_language()) for subject in value]
        if name == "sure":
            return [f"{part} {sureness:g}" for part, sureness in value.items()]
        if name == "taste":
            return [f"{label}: {self._topics(value[part])}" for part, label in TASTE.items() if part in value]
        if value is True or value is False:
            return [_("Yes") if value else _("No")]
        if name in WORDS:
            return [WORDS[name].get(value, value)]
        return value if isinstance(value, list) else [value]

    def _topics(self, topics):
        """What the taste holds of one kind: topics as texts of a `Topic`, slugs, volumes by slug, or one word."""
        if isinstance(topics, dict):
            return ", ".join(f"{slug} {volume}" for slug, volume in topics.items())
        return ", ".join(self._topic(topic) for topic in topics) if isinstance(topics, list) else topics

    def _topic(self, topic):
        if ":" not in topic and topic not in set(TopicKind):  # the slug of a work
            return self.novels[topic].title if topic in self.novels else topic
        named = Topic.parse(topic)
        return self._tag(named.value, ()) if named.kind == TopicKind.TAG else named.value or topic

    def _tag(self, slug, weights):
        label = self.tags[slug].label if slug in self.tags else slug
        return f"{label} {weights[slug]:g}" if isinstance(weights, dict) else label
