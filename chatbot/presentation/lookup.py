"""Every novel and tag that turns show, fetched at once, and which of the works their reader refused for good."""

# mypy: allow-untyped-calls, disable-error-code="attr-defined"

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from users import taste

from ..assistant.grounding import Named, PickLine, keys_of
from ..catalogue import novel_cache
from ..catalogue.adaptations import adaptations_from
from ..catalogue.facts import names_of_parts
from ..catalogue.models import Novel, Tag
from ..catalogue.reading_orders import steps_from
from ..language.topics import Topic, TopicKind
from .lines import NAMES_A_WORK
from .parsed import ParsedTurn


@dataclass
class Lookup:
    """`refused`: ids of novels their reader asked never to be offered; `refused_by_name`: those that were named, or
    whose author was."""

    by_slug: dict[str, Novel]
    by_key: dict[str, Novel]
    tags: dict[str, Tag]
    refused: frozenset[int] = frozenset()
    refused_by_name: frozenset[int] = frozenset()

    def find(self, named: Named | PickLine) -> Novel | None:
        """The novel that is meant, by its slug or else by its name."""
        if named.slug in self.by_slug:
            return self.by_slug[named.slug]
        return next((self.by_key[key] for key in named.keys if key in self.by_key), None)

    def refuses(self, novel: Novel | None, parsed: ParsedTurn) -> bool:
        """Whether `novel` must not pass as offered here. What the reader spoke of may be spoken of in return."""
        if novel is None or novel.pk not in self.refused:
            return False
        return novel.pk in self.refused_by_name or novel.slug not in parsed.wish.names_works

    def is_part(self, named: Named | PickLine) -> bool:
        """Whether a name that no work has is that of a part of one: it is told from a row, and no invention."""
        return not self._parts.isdisjoint(named.keys)

    @cached_property
    def _parts(self) -> frozenset[str]:
        """Keys of the titles that the rows give besides their own: side stories, seasons, works of their series."""
        return frozenset(key for novel in self.by_slug.values() for title in _parts_of(novel) for key in keys_of(title))

    def note_refused(self, parsed: Sequence[ParsedTurn]) -> None:
        """Note what the reader refused for good, here and on the names. Where works are named one query, two more
        where there is such."""
        novels = {novel.pk: novel for novel in (*self.by_slug.values(), *self.by_key.values())}
        if not novels or not any(one.turn.reply for one in parsed):
            return
        refusals = taste.refusals_of(parsed[0].turn.reader_id)
        if not refusals:
            return
        self.refused = frozenset(taste.refused_among(refusals, novels.values()))
        self.refused_by_name = frozenset(pk for pk in self.refused if refusals.by_name(novels[pk]))
        for one in parsed:
            for named in one.all_names():
                named.refused = named.refused or self.refuses(self.find(named), one)


def fetch(parsed: Sequence[ParsedTurn]) -> Lookup:
    """Of the candidates only those that are offered so far: a growing reply is read many times a second."""
    by_key = _by_key(parsed)
    slugs = {line.slug for one in parsed for line in one.pick_lines if line.slug and line.slug not in one.kept}
    slugs |= {named.slug for one in parsed for named in one.all_names() if named.slug}
    slugs |= {novel.slug for novel in by_key.values()}
    slugs |= {slug for one in parsed for slug in one.in_focus}
    reasons = list(_reasons(parsed, slugs))
    # The works a reason refers to ("like what you loved") are shown by their titles.
    slugs |= {reason["value"] for reason in reasons if reason["kind"] in NAMES_A_WORK}
    slugs |= {slug for one in parsed if not one.keeps_chips for slug in one.wish.liked}
    topics = list(_topics(parsed))
    slugs |= {topic.value for topic in topics if topic.kind == TopicKind.WORK}
    tags = {topic.value for topic in topics if topic.kind == TopicKind.TAG}
    for one in parsed:
        if not one.keeps_chips:
            tags |= {slug for part in one.wish.parts() for slug in part.tags}
    tags |= {slug for reason in reasons for slug in (str(reason["value"]), *reason.get("tags", ()))}
    by_slug, known_tags = novel_cache.get_many(slugs, tags) if slugs or tags else ({}, {})
    return Lookup(by_slug, by_key, known_tags)


def _parts_of(novel: Novel) -> Iterator[str]:
    related = [one["title_ja"] for one in novel.related]
    return names_of_parts(steps_from(novel.reading_order), adaptations_from(novel.adaptations), related)


def _by_key(parsed: Sequence[ParsedTurn]) -> dict[str, Novel]:
    keys = {key for one in parsed for named in one.all_names() for key in named.keys}
    keys |= {key for one in parsed for line in one.pick_lines if line.slug not in one.candidates for key in line.keys}
    return Novel.objects.by_keys(keys) if keys else {}


def _reasons(parsed: Sequence[ParsedTurn], slugs: set[str]) -> Iterator[dict[str, Any]]:
    """What the receipts of the candidates among `slugs` say."""
    for one in parsed:
        for candidate in one.turn.candidates if one.turn.reply else ():
            if candidate["slug"] in slugs:
                yield from (*candidate["reasons"], *candidate["breaches"], *candidate.get("caveats", ()))


def _topics(parsed: Sequence[ParsedTurn]) -> Iterator[Topic]:
    """What the taste brought into the wishes, as it is shown."""
    for one in parsed:
        names = ("refused",) if one.keeps_chips else ("likes", "dislikes", "refused")
        for name in names:
            yield from map(Topic.parse, one.wish.taste.get(name, ()))
