"""Going along the shelf: what a reader may ask for in the address of /novels/, and the novels that answer it."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Case, IntegerField, When
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..text.folding import key
from . import search
from .models import Novel, Tag

MAX_FOUND = 500  # works one search lists
MAX_TAGS = 12  # wanted, and as many unwanted; each wanted one is a join, of which SQLite makes 64
FIRST_YEAR, LAST_YEAR, MAX_VOLUMES = 1970, 2100, 999

SORTS = [
    ("renown", _("Best known first")),
    ("newest", _("Newest first")),
    ("title", _("By title")),
    ("volumes", _("Shortest first")),
]
EDITIONS = [("", _("Any")), ("ko", _("Korean edition known")), ("en", _("English edition known"))]


def whole_number(label, least, most):
    """A number between `least` and `most`, both told to the browser too."""
    return forms.IntegerField(
        label=label,
        required=False,
        validators=[MinValueValidator(least), MaxValueValidator(most)],
        widget=forms.NumberInput(attrs={"min": least, "max": most, "inputmode": "numeric"}),
    )


class BrowseForm(forms.Form):
    """Reads an address. What it does not understand is told in `problems` and left out, never refused."""

    q = forms.CharField(label=_("Title, nickname or author"), required=False, max_length=120)
    tag = forms.Field(label=_("With these"), required=False, widget=forms.SelectMultiple)
    without = forms.Field(label=_("Without these"), required=False, widget=forms.SelectMultiple)
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("Any")), *Novel.Status.choices])
    year_from = whole_number(_("First volume from"), FIRST_YEAR, LAST_YEAR)
    year_to = whole_number(_("First volume until"), FIRST_YEAR, LAST_YEAR)
    volumes = whole_number(_("Volumes at most"), 1, MAX_VOLUMES)
    edition = forms.ChoiceField(label=_("Edition"), required=False, choices=EDITIONS)
    anime = forms.BooleanField(label=_("Has an anime"), required=False)
    sort = forms.ChoiceField(label=_("Sort by"), required=False, choices=SORTS)

    def __init__(self, address):
        super().__init__(address)
        self.tags = {tag.slug: tag for tag in Tag.objects.all()}

    def clean_q(self):
        text = self.cleaned_data["q"]
        if text and not key(text):
            raise forms.ValidationError(_("A search needs at least one letter or digit."))
        return text

    def clean_tag(self):
        return self._known_tags("tag")

    def clean_without(self):
        return self._known_tags("without")

    def _known_tags(self, field):
        asked = dict.fromkeys(self.cleaned_data[field] or ())
        known = [slug for slug in asked if slug in self.tags]
        if len(known) < len(asked):
            self.add_error(field, _("Some of these tags are not known here."))
        if len(known) > MAX_TAGS:
            self.add_error(field, _("At most 12 tags are looked for at once; the first ones count."))
        return known[:MAX_TAGS]

    def clean(self):
        years = [self.cleaned_data.get(name) for name in ("year_from", "year_to")]
        if all(years) and years[0] > years[1]:
            self.add_error("year_to", _("The last year lies before the first."))
        return self.cleaned_data

    @property
    def wanted(self):
        """What was understood, by field; empty values are left out."""
        self.is_valid()
        wanted = {name: self.cleaned_data[name] for name in self.fields if self.cleaned_data.get(name)}
        if wanted.get("sort") == SORTS[0][0]:
            del wanted["sort"]
        return wanted

    @property
    def problems(self):
        return [(self.fields[name].label, message) for name, messages in self.errors.items() for message in messages]

    @property
    def tag_groups(self):
        """Tags by group, each with whether it is wanted or unwanted."""
        wanted, unwanted = self.wanted.get("tag", ()), self.wanted.get("without", ())
        groups = {}
        for tag in self.tags.values():
            groups.setdefault(Tag.Group(tag.group), []).append((tag, tag.slug in wanted, tag.slug in unwanted))
        return [(group.value, group.label, groups[group]) for group in Tag.Group if group in groups]

    @property
    def chosen(self):
        """Each filter in force: its words, whether it excludes, and the address without it."""
        chosen = []
        for name, value in self.wanted.items():
            if name == "sort":
                continue
            for one in value if isinstance(value, list) else [value]:
                chosen.append((self._words(name, one), name == "without", self.address(leave_out=(name, one))))
        return chosen

    @property
    def filters_in_force(self):
        """How many of the folded filters narrow what is found."""
        folded = [value for name, value in self.wanted.items() if name not in {"q", "sort"}]
        return sum(len(value) if isinstance(value, list) else 1 for value in folded)

    def _words(self, name, value):
        field = self.fields[name]
        if name in {"tag", "without"}:
            return self.tags[value].label
        if name == "q":
            return f"“{value}”"
        if isinstance(field, forms.ChoiceField):
            return dict(field.choices)[value]
        return field.label if value is True else f"{field.label}: {value}"

    def address(self, leave_out=None, **more):
        """The query string that asks for the same, with `more`, less the pair `leave_out`."""
        query = QueryDict(mutable=True)
        for name, value in (self.wanted | more).items():
            values = value if isinstance(value, list) else [value]
            query.setlist(name, ["on" if one is True else one for one in values if (name, one) != leave_out])
        encoded = query.urlencode()
        return f"?{encoded}" if encoded else "?"

    def novels(self):
        wanted = self.wanted
        novels = Novel.objects.all()
        for slug in wanted.get("tag", ()):
            novels = novels.filter(novel_tags__tag=self.tags[slug])
        if unwanted := wanted.get("without"):
            novels = novels.exclude(novel_tags__tag__in=[self.tags[slug] for slug in unwanted])
        if "status" in wanted:
            novels = novels.filter(status=wanted["status"])
        if "year_from" in wanted:
            novels = novels.filter(year__gte=wanted["year_from"])
        if "year_to" in wanted:
            novels = novels.filter(year__lte=wanted["year_to"])
        if "volumes" in wanted:
            novels = novels.filter(volumes__lte=wanted["volumes"])
        if "anime" in wanted:
            novels = novels.filter(anime=True)
        if "edition" in wanted:
            novels = novels.filter(**{f"editions__{wanted['edition']}__known": True})
        if "q" in wanted:
            # Without another filter there is no need to ask of each work whether it is among them.
            novels = called(wanted["q"], among=novels if wanted.keys() - {"q", "sort"} else None)
        return novels.order_by(*self._order())

    def _order(self):
        language = (get_language() or "ko")[:2]
        return {
            "newest": ("-year", "-renown", "slug"),
            "title": (f"title_{language if language in {'ko', 'en', 'ja'} else 'en'}", "slug"),
            "volumes": ("volumes", "-renown", "slug"),
        }.get(self.wanted.get("sort"), (*(["rank"] if "q" in self.wanted else []), "-renown", "slug"))


def called(text, among):
    """At most `MAX_FOUND` novels that `text` may mean, with a `rank`: 0 for the likeliest."""
    tiers = search.ranked(text, MAX_FOUND, among)
    by_tier = {}
    for pk, tier in tiers.items():
        by_tier.setdefault(tier, []).append(pk)
    whens = [When(pk__in=pks, then=tier) for tier, pks in by_tier.items()]
    rank = Case(*whens, default=0, output_field=IntegerField())
    return Novel.objects.filter(pk__in=tiers).annotate(rank=rank)
