"""What a reader may ask of their shelf, and what they may say of its works."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Count, F, Q
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from chatbot.catalogue import search
from chatbot.catalogue.browse import EDITIONS
from chatbot.catalogue.models import Novel, Tag
from chatbot.forms import CleanTextField

from .models import MAX_DROP_WORDS, MAX_NOTE, MAX_RATING, ShelfEntry, most_volumes, stars

MAX_FOUND = 500  # works one search lists
MAX_VOLUMES = 999
MAX_AT_ONCE = 500  # entries that one edit changes
FIRST_DAY = date(1970, 1, 1)
State = ShelfEntry.State
RATINGS = [
    ("", _("Any")),
    ("9", _("4.5 stars and more")),
    ("8", _("4 stars and more")),
    ("6", _("3 stars and more")),
    ("low", _("2 stars and less")),
    ("none", _("Not rated yet")),
]
SORTS = [
    ("changed", _("Changed last")),
    ("title", _("By title")),
    ("rating", _("Best rated first")),
    ("finished", _("Finished last")),
    ("started", _("Started last")),
    ("renown", _("Best known first")),
]


class PressForm(forms.Form):
    """`place`: which of several places on a page shows the work, so that the focus stays there. `on`: the page it was
    pressed on, where that is the shelf."""

    SHELF = "shelf"
    state = forms.ChoiceField(choices=[("", ""), *State.choices], required=False)
    place = forms.IntegerField(required=False, min_value=1)
    pick = forms.IntegerField(required=False, min_value=1)
    on = forms.ChoiceField(choices=[("", ""), (SHELF, SHELF)], required=False)


class ShelfFilterForm(forms.Form):
    """Reads an address. What it does not understand is left out, never refused."""

    q = forms.CharField(label=_("Title, nickname or author"), required=False, max_length=120)
    state = forms.ChoiceField(required=False, choices=State.choices)
    tag = forms.SlugField(label=_("Tag"), required=False)
    rating = forms.ChoiceField(label=_("Rating"), required=False, choices=RATINGS)
    edition = forms.ChoiceField(label=_("Edition"), required=False, choices=EDITIONS)
    sort = forms.ChoiceField(label=_("Sort by"), required=False, choices=SORTS)

    def __init__(self, address, reader):
        super().__init__(address)
        self.reader = reader
        self.tags = list(Tag.objects.all())
        self.is_valid()
        self.wanted = {name: self.cleaned_data[name] for name in self.fields if self.cleaned_data.get(name)}
        if self.wanted.get("tag") not in {tag.slug for tag in self.tags}:
            self.wanted.pop("tag", None)
        if self.wanted.get("sort") == SORTS[0][0]:
            del self.wanted["sort"]

    @property
    def is_sifted(self):
        """Whether the folded fields say anything."""
        return bool(self.wanted.keys() - {"state", "q"})

    @property
    def tag_groups(self):
        groups = {}
        for tag in self.tags:
            groups.setdefault(Tag.Group(tag.group), []).append((tag.slug, tag.label))
        return [(group.label, groups[group]) for group in Tag.Group if group in groups]

    def address(self, **more):
        """The query string that asks for the same, with `more`; what is empty there is left out."""
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in (self.wanted | more).items() if value})
        return f"?{query.urlencode()}"

    def counts(self):
        """(state, label, how many, address) of the whole shelf, the whole first. One query."""
        counted = dict(self.reader.shelf_entries.order_by().values_list("state").annotate(Count("pk")))
        states = [(state, label, counted.get(state, 0)) for state, label in State.choices]
        all_states = [("", _("All"), sum(counted.values())), *states]
        return [(*one, self.address(state=one[0])) for one in all_states]

    def entries(self):
        """The entries asked for, in their order."""
        wanted = self.wanted
        entries = self.reader.shelf_entries.all()
        if "state" in wanted:
            entries = entries.filter(state=wanted["state"])
        if "tag" in wanted:
            entries = entries.filter(novel__novel_tags__tag__slug=wanted["tag"])
        if "rating" in wanted:
            entries = entries.filter(_rated(wanted["rating"]))
        if "edition" in wanted:
            entries = entries.filter(**{f"novel__editions__{wanted['edition']}__known": True})
        if "q" in wanted:
            shelved = Novel.objects.filter(shelf_entries__reader=self.reader)
            entries = entries.filter(novel__in=list(search.ranked(wanted["q"], MAX_FOUND, shelved)))
        return entries.order_by(*self._order(), "-changed_at", "-pk")

    def _order(self):
        language = (get_language() or "ko")[:2]
        return {
            "title": (f"novel__title_{language if language in {'ko', 'en', 'ja'} else 'en'}",),
            "rating": (F("rating").desc(nulls_last=True),),
            "finished": (F("finished_on").desc(nulls_last=True),),
            "started": (F("started_on").desc(nulls_last=True),),
            "renown": ("-novel__renown",),
        }.get(self.wanted.get("sort"), ())


def _rated(asked):
    if asked == "none":
        return Q(rating=None)
    return Q(rating__lte=4) if asked == "low" else Q(rating__gte=int(asked))


class EntryForm(forms.ModelForm):
    """All that a reader says of one work."""

    drop_reasons = forms.MultipleChoiceField(
        label=_("Why you stopped"), required=False, choices=ShelfEntry.DropReason.choices
    )
    rating = forms.TypedChoiceField(
        label=_("Stars"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("none")), *((half, stars(half)) for half in range(1, MAX_RATING + 1))],
    )
    volumes_read = forms.IntegerField(
        label=_("Volumes read"),
        required=False,
        validators=[MinValueValidator(0), MaxValueValidator(MAX_VOLUMES)],
        widget=forms.NumberInput(attrs={"min": 0, "max": MAX_VOLUMES, "inputmode": "numeric"}),
    )
    note = CleanTextField(
        label=_("A note for yourself"),
        required=False,
        max_length=MAX_NOTE,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": MAX_NOTE}),
    )
    drop_words = CleanTextField(label=_("In your own words"), required=False, max_length=MAX_DROP_WORDS)

    class Meta:
        model = ShelfEntry
        fields = ["state", "rating", "volumes_read", "started_on", "finished_on", "note", "drop_reasons", "drop_words"]
        labels = {"state": _("Where you are with it"), "started_on": _("Started"), "finished_on": _("Finished")}

    def clean_volumes_read(self):
        """Nobody has read more volumes than a work has; of one that goes on we may not know the last."""
        read, novel = self.cleaned_data["volumes_read"], self.instance.novel
        if read and read > most_volumes(novel):
            raise ValidationError(_("It has %(n)s volumes.") % {"n": novel.volumes})
        return read

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = State.choices
        for name in ("started_on", "finished_on"):
            attrs = {"type": "date", "min": FIRST_DAY.isoformat(), "max": self._today().isoformat()}
            self.fields[name].widget = forms.DateInput(format="%Y-%m-%d", attrs=attrs)

    def _today(self):
        return self.instance.reader.today

    def clean_drop_words(self):
        return " ".join(self.cleaned_data["drop_words"].split())

    def _clean_day(self, name):
        day = self.cleaned_data[name]
        if day and not FIRST_DAY <= day <= self._today():
            raise forms.ValidationError(_("That day lies ahead, or too long ago."))
        return day

    def clean_started_on(self):
        return self._clean_day("started_on")

    def clean_finished_on(self):
        return self._clean_day("finished_on")

    def clean(self):
        cleaned = super().clean()
        began, ended = cleaned.get("started_on"), cleaned.get("finished_on")
        if began and ended and ended < began:
            self.add_error("finished_on", _("It was finished before it was started."))
        return cleaned


class ManyForm(forms.Form):
    """What becomes of several entries at once."""

    REMOVE = "remove"
    ACTIONS = (
        (_("Where you are with it"), [(f"state:{state}", label) for state, label in State.choices]),
        (_("Stars"), [*((f"rating:{half}", stars(half)) for half in range(MAX_RATING, 0, -1)), ("rating:", _("none"))]),
        (_("Remove"), [(REMOVE, _("Remove from my shelf"))]),
    )
    do = forms.ChoiceField(choices=ACTIONS)
    entries = forms.TypedMultipleChoiceField(required=False, coerce=int, choices=())
    everything = forms.BooleanField(required=False)

    def __init__(self, data, entries):
        """`entries`: all that may be meant, as they are asked for by the address."""
        super().__init__(data)
        self.asked = entries
        self.fields["entries"] = forms.Field(required=False, widget=forms.SelectMultiple)

    def clean_entries(self):
        ticked = [pk for pk in self.cleaned_data["entries"] or () if pk.isdecimal() and len(pk) < 19]
        return [int(pk) for pk in ticked[:MAX_AT_ONCE]]

    @property
    def novel_ids(self):
        """The works that are to change, at most `MAX_AT_ONCE`. One query."""
        meant = (
            self.asked if self.cleaned_data["everything"] else self.asked.filter(pk__in=self.cleaned_data["entries"])
        )
        return list(meant.values_list("novel_id", flat=True)[:MAX_AT_ONCE])

    @property
    def changed_fields(self):
        """The fields to set; None: off the shelf."""
        name, _colon, value = self.cleaned_data["do"].partition(":")
        if name == self.REMOVE:
            return None
        return {name: value if name == "state" else int(value) if value else None}
