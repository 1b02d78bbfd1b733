"""What the page of one work shows beside the work itself. Each part is read once, when the template asks for it."""

from functools import cached_property

from django.db.models import Case, F, IntegerField, Q, Sum, Value, When
from django.utils.translation import gettext_lazy as _

from .models import Novel, Tag

STRONG = 2
KINDS = {
    "sequel": _("Sequel of"),
    "prequel": _("Prequel of"),
    "side-story": _("Side story of"),
    "same-world": _("Same world as"),
}
# The same kinds seen from the other work.
KINDS_BACK = {
    "sequel": _("Sequel"),
    "prequel": _("Prequel"),
    "side-story": _("Side story"),
    "same-world": _("Same world as"),
}
TITLES = [("ko", _("Korean title")), ("ja", _("Japanese title")), ("en", _("English title"))]


class WorkPage:
    def __init__(self, novel):
        self.novel = novel

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
    def related(self):
        """(what the other work is to this one, its Japanese title, the work if it is on the shelf)."""
        ours = [(one["title_ja"], one["kind"]) for one in self.novel.related]
        shelved = {work.title_ja: work for work in Novel.objects.filter(title_ja__in=[title for title, _kind in ours])}
        rows = [(KINDS.get(kind, KINDS["same-world"]), title, shelved.get(title)) for title, kind in ours]
        said = {title for title, _kind in ours}
        # A database-neutral "contains" does not exist for JSON lists; few works have relations at all.
        for work in Novel.objects.exclude(related=[]).exclude(pk=self.novel.pk).exclude(title_ja__in=said):
            rows += [
                (KINDS_BACK.get(one["kind"], KINDS_BACK["same-world"]), work.title_ja, work)
                for one in work.related
                if one["title_ja"] == self.novel.title_ja
            ]
        return rows

    @cached_property
    def similar(self):
        """Up to six works: those the cataloguer named, then those that share most of what this one is about."""
        strong = [one.tag_id for one in self._novel_tags if one.strength >= STRONG and one.tag not in self.warnings]
        named = Case(When(title_ja__in=self.novel.kin, then=Value(8)), default=Value(0), output_field=IntegerField())
        return (
            Novel.objects.exclude(pk=self.novel.pk)
            .exclude(title_ja__in=[title for _kind, title, _work in self.related])
            .filter(Q(novel_tags__tag__in=strong, novel_tags__strength__gte=STRONG) | Q(title_ja__in=self.novel.kin))
            .annotate(shared=Sum(F("novel_tags__strength"), filter=Q(novel_tags__tag__in=strong), default=0) + named)
            .order_by("-shared", "-renown", "slug")[:6]
        )
