"""What the page of one work shows beside the work itself. Each part is read once, when the template asks for it."""

from functools import cached_property
from urllib.parse import quote

from django.conf import settings
from django.db.models import Case, F, IntegerField, Max, Q, Sum, Value, When
from django.utils.translation import gettext_lazy as _

from . import adaptations, reading_orders, series
from . import notes as librarians_notes
from .facts import is_beyond
from .models import Novel, Tag, in_language
from .volumes import by_language

STRONG = 2
SIMILAR = 6  # works on the same shelf
SHARED = 3  # tags named as what two works share
KINDS = {
    "sequel": _("Sequel of"),
    "prequel": _("Prequel of"),
    "side-story": _("Side story of"),
    "main-story": _("Main story of"),
    "same-world": _("Same world as"),
}
SHOPPED = [("ko", _("In Korean")), ("ja", _("In Japanese")), ("en", _("In English"))]
TITLES = [("ko", _("Korean title")), ("ja", _("Japanese title")), ("en", _("English title"))]


class NovelPage:
    def __init__(self, novel, refusals=None, horizon=None):
        """`refusals`: what the reader before it asked never to be offered, as `personalization.Refusals`. `horizon`: the
        volume they are at, behind which nothing is told outright."""
        self.novel, self.refusals, self.horizon = novel, refusals, horizon

    @cached_property
    def titles(self):
        """Title by language, each with whether it is only our translation."""
        titles = [
            (code, language, self.novel.titles[code], code == "ko" and not self.novel.title_ko_certain)
            for code, language in TITLES
        ]
        if self.novel.title_romaji not in {"", self.novel.title_en}:
            titles.append(("ja-Latn", _("Romanised title"), self.novel.title_romaji, False))
        return titles

    @cached_property
    def names(self):
        """Names readers use that the titles do not already say."""
        titles = set(self.novel.titles.values())
        return [name.text for name in self.novel.names.filter(given=True).order_by("pk") if name.text not in titles]

    @cached_property
    def notes(self):
        """(what it is on, text) of each of the librarian's notes."""
        kept = self.novel.notes
        return [(label, in_language(kept[kind])) for kind, label in librarians_notes.KINDS.items() if kind in kept]

    @cached_property
    def arcs(self):
        """(title, first volume, last volume, whether these are numbers of its own) of each part that has a name."""
        return [(in_language(arc["title"]), arc["from"], arc["to"], arc.get("anew")) for arc in self.novel.arcs]

    @cached_property
    def _novel_tags(self):
        return list(self.novel.novel_tags.select_related("tag"))

    @cached_property
    def tag_groups(self):
        """(label, tags) for every group but the warnings, the strongest tag first."""
        groups = [(group, self._in_group(group)) for group in Tag.Group if group != Tag.Group.WARNINGS]
        return [(group.label, found) for group, found in groups if found]

    @cached_property
    def warnings(self):
        return self._in_group(Tag.Group.WARNINGS)

    def _in_group(self, group):
        return [one.tag for one in self._novel_tags if one.tag.group == group]

    @cached_property
    def editions(self):
        """(language, state, publisher); the state is known, none or unsure."""
        rows = []
        for code, language in (("ko", _("Korean edition")), ("en", _("English edition"))):
            edition = self.novel.editions.get(code) or {}
            state = {True: "known", False: "none"}.get(edition.get("known"), "unsure")
            rows.append((language, state, edition.get("publisher") or ""))
        return rows

    @cached_property
    def volumes(self):
        """(language, its volumes as (number, {format: first day or None}), the day of the list) by language."""
        return by_language(self.novel.volume_rows.all())

    @cached_property
    def adaptations(self):
        """(what it is called, the adaptation, its note in words, whether it tells more than the reader has read) of what
        is known to tell certain volumes, or no book."""
        told = adaptations.adaptations_from(self.novel.adaptations)
        return [
            (
                in_language(one.title) or adaptations.KINDS[one.kind] % {"number": one.number},
                one,
                adaptations.NOTES.get(one.note, ""),
                self.horizon is not None and (one.to_volume or 0) > self.horizon,
            )
            for one in told
            if one.to_volume or one.note
        ]

    @cached_property
    def _ties(self):
        return series.ties()

    @property
    def reading_steps(self):
        """The steps of the series that the reader is told outright, in reading order; see `_steps`."""
        return [one for one in self._steps if not is_beyond(one[0], self.horizon)]

    @property
    def later_steps(self):
        """Those that stand behind the volume the reader is at."""
        return [one for one in self._steps if is_beyond(one[0], self.horizon)]

    @cached_property
    def _steps(self):
        """(step, its title, the work if it is on the shelf, what it is in words) of the series, in reading order."""
        steps = self._ties.steps.get(self.novel.slug, ())
        slugs = [step.slug for step in steps if step.slug]
        shelved = {work.slug: work for work in Novel.objects.filter(slug__in=slugs)} if slugs else {}
        return [
            (step, in_language(step.title), shelved.get(step.slug), reading_orders.KINDS[step.kind]) for step in steps
        ]

    @cached_property
    def reading_order(self):
        """(Japanese title, the work if it is on the shelf) of the series it belongs to, itself among them."""
        return series.reading_order(self.novel.title_ja, self._ties.kinds)

    @cached_property
    def related(self):
        """(what this work is to the other, its Japanese title, the work if it is on the shelf)."""
        ties = self._ties.kinds.get(self.novel.title_ja, ())
        titles = [title for _kind, title in ties]
        shelved = {work.title_ja: work for work in Novel.objects.filter(title_ja__in=titles)} if titles else {}
        return [(KINDS.get(kind, KINDS["same-world"]), title, shelved.get(title)) for kind, title in ties]

    @cached_property
    def shops(self):
        """(language of the edition, its shops as (name, address of a search for this work)), without hopeless ones."""
        titles = {"ko": self.novel.title_ko, "en": self.novel.title_en, "ja": self.novel.title_ja}
        groups = []
        for code, language in SHOPPED:
            if code == "ja" or (self.novel.editions.get(code) or {}).get("known") is not False:
                found = [
                    (name, address.replace("{title}", quote(titles[code], safe=""))) for name, address in _shops(code)
                ]
                groups.append((language, found))
        return [(language, found) for language, found in groups if found]

    @cached_property
    def similar(self):
        """Up to six works, each with why: those the cataloguer named, then those that share most of what it is about."""
        strong = [one.tag_id for one in self._novel_tags if one.strength >= STRONG and one.tag not in self.warnings]
        named = Case(When(title_ja__in=self.novel.kin, then=Value(8)), default=Value(0), output_field=IntegerField())
        shared = Sum(F("novel_tags__strength"), filter=Q(novel_tags__tag__in=strong), default=0)
        found = (
            Novel.objects.exclude(pk=self.novel.pk)
            .exclude(title_ja__in=[title for _kind, title, _work in self.related])
            .filter(Q(novel_tags__tag__in=strong, novel_tags__strength__gte=STRONG) | Q(title_ja__in=self.novel.kin))
            # An aggregate of the one value a work has: without kin it is a bare number, by which PostgreSQL groups none.
            .annotate(shared=shared + Max(named))
            .order_by("-shared", "-renown", "slug")
            .with_tags()
        )
        if self.refusals:
            found = found.exclude(novel_tags__tag__slug__in=self.refusals.tags)
            # Who wrote a work cannot be asked of every database: more are fetched than are shown.
            found = [work for work in found[: 4 * SIMILAR] if not self.refusals.by_name(work)]
        return [self._likeness(work) for work in found[:SIMILAR]]

    def _likeness(self, work):
        """`work`, with what ties it to this one: `is_kin`, `same_author` and the tags that are strong in both."""
        strengths = {one.tag_id: one.strength for one in self._novel_tags if one.tag not in self.warnings}
        shared = [one for one in work.novel_tags.all() if one.tag_id in strengths]
        shared.sort(key=lambda one: (-one.strength * strengths[one.tag_id], one.tag.position))
        work.is_kin = work.title_ja in self.novel.kin
        work.same_author = not set(work.authors).isdisjoint(self.novel.authors)
        work.shared_tags = [one.tag for one in shared[:SHARED]]
        return work


def _shops(language):
    return [(shop["name"], shop["search"]) for shop in settings.SHOPS if shop["language"] == language]
