"""What an operator sees beside a turn: its waits, what was understood, what could be chosen from and what was."""

from dataclasses import dataclass, fields

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..assistant import grounding
from ..assistant.grounding import PickLine
from ..catalogue.models import Novel, Tag
from ..language import subjects
from ..language.wish import Wish
from .filters import voice_name

LABELS = {
    "liked": _("Liked"),
    "read": _("Has read"),
    "refused": _("Refused works"),
    "required": _("Must carry"),
    "any_of": _("Must carry one of"),
    "leaning": _("Rather with one of"),
    "wanted": _("Would like"),
    "unwanted": _("Must not carry"),
    "about": _("About"),
    "not_about": _("Not about"),
    "status": _("Status"),
    "min_volumes": _("Volumes, at least"),
    "max_volumes": _("Volumes, at most"),
    "min_year": _("Begun in or after"),
    "max_year": _("Begun in or before"),
    "edition": _("Edition in"),
    "anime": _("Has an anime"),
    "brightness": _("Tone"),
    "less_known": _("Less known"),
    "count": _("How many"),
    "unknown_titles": _("Titles not on the shelf"),
    "anything": _("Leaves the choice to the librarian"),
    "sure": _("How sure, where it was not said plainly"),
    "quiet": _("The ask says nothing to choose by"),
    "taste": _("Added by the standing taste"),
}
ORDER = {part.name: place for place, part in enumerate(fields(Wish))}
WORKS = {"liked", "read", "refused"}
TAGS = {"required", "wanted", "unwanted"}
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


@dataclass
class Given:
    """A candidate as the voice was given it. `picked`: it was offered to the reader."""

    slug: str
    novel: Novel | None
    score: float
    fits: list
    breaches: list
    picked: bool


@dataclass
class Called:
    """A call of the model: `said` as it came, `told` what was understood of it, `heard` what we had understood."""

    said: str
    fault: str
    told: list
    dropped: list
    heard: list


@dataclass
class Evidence:
    """`waits`: (label, milliseconds or None). `wish`: (label, values). `strays`: slugs pointed at that were not given.

    `unverified`: names in the reply that the catalogue does not know.
    """

    voice: str
    waits: list
    wish: list
    given: list
    picked: int
    strays: list
    unverified: list
    calls: list


def milliseconds(start, end):
    """From one moment to the other, or None where one of them has not come."""
    return round((end - start).total_seconds() * 1000) if start and end else None


def with_evidence(turns):
    """Give each of `turns` (presented) its `evidence`. Two queries, however many turns."""
    turns = list(turns)
    catalogue = _Shelf(turns)
    for turn in turns:
        turn.evidence = _evidence(turn, catalogue)
    return turns


def _evidence(turn, catalogue):
    picked = {pick.novel_id for pick in turn.picks.all()}
    given = [catalogue.given(candidate, picked) for candidate in turn.candidates]
    slugs = {one.slug for one in given}
    pointed = [block for block in grounding.read(turn.reply, turn.candidates) if isinstance(block, PickLine)]
    strays = [block.slug for block in pointed if block.slug and block.slug not in slugs]
    return Evidence(
        voice=voice_name(turn.voice),
        waits=[
            (_("Asked to started"), milliseconds(turn.queued_at, turn.started_at)),
            (_("Started to first text"), milliseconds(turn.started_at, turn.first_text_at)),
            (_("First text to finished"), milliseconds(turn.first_text_at, turn.finished_at)),
            (_("Asked to finished"), milliseconds(turn.queued_at, turn.finished_at)),
        ],
        wish=catalogue.wish(turn.wish),
        given=given,
        picked=sum(one.picked for one in given),
        strays=list(dict.fromkeys(strays)),
        unverified=[name for name in dict.fromkeys(_unknown_names(turn)) if name.lower() not in strays],
        calls=[catalogue.called(call) for call in turn.calls],
    )


def _unknown_names(turn):
    for block in turn.blocks:
        for parts in [block.parts or [], *(card.reason for card in block.cards or ())]:
            yield from (part.name for part in parts if part.name and not part.novel)


class _Shelf:
    """The novels and tags that wishes and candidates name by their slugs."""

    def __init__(self, turns):
        slugs = set()
        for turn in turns:
            wishes = [turn.wish, *(call[part] for call in turn.calls for part in ("told", "heard"))]
            slugs.update(slug for wish in wishes for name in WORKS for slug in wish.get(name, ()))
            for candidate in turn.candidates:
                slugs.add(candidate["slug"])
                slugs.update(one["value"] for one in candidate["reasons"] if one["kind"] in ("kin", "author", "series"))
        titles = Novel.objects.only("slug", "title_ko", "title_en", "title_ja", "title_romaji")
        self.novels = titles.in_bulk(slugs, field_name="slug") if slugs else {}
        self.tags = {tag.slug: tag for tag in Tag.objects.all()}

    def given(self, candidate, picked):
        novel = self.novels.get(candidate["slug"])
        return Given(
            slug=candidate["slug"],
            novel=novel,
            score=candidate["score"],
            fits=[self._receipt(one) for one in candidate["reasons"]],
            breaches=[self._receipt(one) for one in candidate["breaches"]],
            picked=candidate["pk"] in picked,
        )

    def _receipt(self, one):
        value = one["value"]
        return {
            "kind": one["kind"],
            "value": value,
            "tag": self.tags.get(value) if one["kind"] in ("tag", "aside") else None,
            "novel": self.novels.get(value) if one["kind"] in ("kin", "author", "series") else None,
            "tags": [self.tags[slug] for slug in one.get("tags", ()) if slug in self.tags],
        }

    def called(self, call):
        return Called(call["said"], call["fault"], self.wish(call["told"]), call["dropped"], self.wish(call["heard"]))

    def wish(self, said):
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
        """What the taste holds of one kind: topics as "what:value", slugs, volumes by slug, or one word."""
        if isinstance(topics, dict):
            return ", ".join(f"{slug} {volume}" for slug, volume in topics.items())
        return ", ".join(self._topic(topic) for topic in topics) if isinstance(topics, list) else topics

    def _topic(self, topic):
        what, _colon, value = topic.partition(":")
        return self._tag(value, ()) if what == "tag" else value or topic

    def _tag(self, slug, weights):
        label = self.tags[slug].label if slug in self.tags else slug
        return f"{label} {weights[slug]:g}" if isinstance(weights, dict) else label
