"""Filters of the operators' lists. None of them asks the table what values there are."""

import re
from datetime import date, datetime, timedelta

from django import forms
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth import get_user_model
from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..assistant import failures
from ..catalogue.models import Novel, Tag
from ..language.wishes.wish import Wish
from ..models import Conversation, Pick, Turn
from .read_only import BoundedPaginator
from .search import any_turn

# The voices by their NAME; named here, because importing the model's client costs the web process a second.
VOICES = {"librarian": _("Built-in librarian"), "chatgpt": "ChatGPT"}
YEARS = range(2000, 2100)
MAX_FEW = 1000  # turns that are named one by one
TOOK = re.compile(r"([a-z]+)-([0-9]{1,6}(?:\.[0-9]{1,3})?)")


def voice_name(voice):
    return VOICES.get(voice, voice)


class Filter(admin.SimpleListFilter):
    def value(self):
        """Less the NUL, on which PostgreSQL breaks off."""
        value = super().value()
        return value and value.replace("\x00", "")


class StateFilter(Filter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return Turn.State.choices

    def queryset(self, request, queryset):
        return of_state(queryset, self.value()) if self.value() else queryset


def of_state(queryset, state):
    """Turns of a state. Most are done: an index by state would only lead away from the one by which they are asked for,
    and what is said by exclusion uses none."""
    if state == Turn.State.DONE:
        return queryset.exclude(state__in=[one for one in Turn.State if one != Turn.State.DONE])
    return queryset.filter(state=state)


class VoiceFilter(Filter):
    title = _("voice")
    parameter_name = "voice"

    def lookups(self, request, model_admin):
        return VOICES.items()

    def queryset(self, request, queryset):
        return queryset.filter(voice=self.value()) if self.value() else queryset


class FailureFilter(Filter):
    title = _("failure")
    parameter_name = "failure"

    def lookups(self, request, model_admin):
        return [("any", _("Any failure")), *failures.CAUSES.items()]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        # The state narrows it down to the few failed ones before any code is compared.
        failed = queryset.filter(state=Turn.State.FAILED)
        return failed if self.value() == "any" else failed.filter(failure=self.value())


class WrongFactFilter(Filter):
    title = _("states a fact wrongly")
    parameter_name = "wrong_fact"

    def lookups(self, request, model_admin):
        return [("yes", _("Yes"))]

    def queryset(self, request, queryset):
        return queryset.exclude(corrections=[]) if self.value() else queryset


class UnknownTitleFilter(Filter):
    title = _("names a title nobody knows")
    parameter_name = "unknown_title"

    def lookups(self, request, model_admin):
        return [("yes", _("Yes"))]

    def queryset(self, request, queryset):
        return queryset.filter(unverified__gt=0) if self.value() else queryset


class ThumbFilter(Filter):
    title = _("reader's thumb")
    parameter_name = "thumb"

    def lookups(self, request, model_admin):
        return Turn.Thumb.choices

    def queryset(self, request, queryset):
        return queryset.filter(thumb=self.value()) if self.value() else queryset


class ThumbOfAnyTurnFilter(ThumbFilter):
    title = _("thumb on any turn")

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return queryset.filter(any_turn(Turn.objects.filter(thumb=self.value())))


class StateOfAnyTurnFilter(StateFilter):
    title = _("state of any turn")

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return queryset.filter(any_turn(Turn.objects.filter(state=self.value())))


class VoiceOfAnyTurnFilter(VoiceFilter):
    title = _("voice of any turn")

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return queryset.filter(any_turn(Turn.objects.filter(voice=self.value())))


class FormFilter(admin.SimpleListFilter):
    """A filter with a form of its own; `kept` is what the other filters and the search have set."""

    def has_output(self):
        return True

    def choices(self, changelist):
        self.kept = [
            (name, value)
            for name, values in changelist.filter_params.items()
            if name != self.parameter_name
            for value in values
        ]
        if changelist.query:
            self.kept.append(("q", changelist.query))
        return super().choices(changelist)


class DayFilter(FormFilter):
    """One day, from one to another ("2026-05-01..2026-05-07"), or the last few. A range over an index, unlike `date_hierarchy`, which reads every row for its years."""

    title = _("day")
    parameter_name = "day"
    template = "admin/day_filter.html"

    def lookups(self, request, model_admin):
        today = timezone.localdate()
        return [
            (today.isoformat(), _("Today")),
            ((today - timedelta(days=1)).isoformat(), _("Yesterday")),
            ("7", _("Past 7 days")),
            ("30", _("Past 30 days")),
            ("90", _("Past 90 days")),
        ]

    @property
    def chosen(self):
        """The day for the date field, when it is a single one."""
        return self.value() if self.value() and "-" in self.value() and ".." not in self.value() else ""

    def span(self):
        """First moment of the chosen days and first moment after them."""
        today = timezone.localdate()
        if self.value() in {"7", "30", "90"}:
            return _midnight(today - timedelta(days=int(self.value()) - 1)), _midnight(today + timedelta(days=1))
        first, _dots, last = self.value().partition("..")
        first, last = _day(first), _day(last or first)
        return _midnight(first), _midnight(last + timedelta(days=1))


def _day(text):
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise IncorrectLookupParameters(error) from error
    if day.year not in YEARS:
        raise IncorrectLookupParameters(day)
    return day


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


class ConversationDayFilter(DayFilter):
    title = _("day last asked")

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        start, end = self.span()
        return queryset.filter(updated_at__gte=start, updated_at__lt=end)


class TurnDayFilter(DayFilter):
    """By the end of the turn, which is indexed; what has not ended yet is found by its state."""

    title = _("day it ended")

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        start, end = self.span()
        return queryset.filter(finished_at__gte=start, finished_at__lt=end)


class ItemDayFilter(TurnDayFilter):
    """The same of what is to be reviewed."""

    title = _("day the reply ended")

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        start, end = self.span()
        # Looked at from each item, of which there are fewer than turns.
        ended = Turn.objects.filter(pk=OuterRef("turn"), finished_at__gte=start, finished_at__lt=end)
        return queryset.filter(Exists(ended))


class LedToFilter(Filter):
    """One that figures lead to; it stands beside the list only where the address has set it."""

    def lookups(self, request, model_admin):
        return [(self.value(), self.told(self.value()))] if self.value() else ()

    def told(self, value):
        return value


class WorkFilter(LedToFilter):
    title = _("work offered")
    parameter_name = "work"

    def told(self, value):
        return Novel.objects.filter(pk=_pk(value)).first() or value

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        picks = Pick.objects.filter(novel=_pk(self.value()))
        few = list(picks.values_list("turn", flat=True)[: MAX_FEW + 1])
        # From the picks where they are few, else looking at each turn, which fills a page as soon.
        if len(few) > MAX_FEW:
            return queryset.filter(Exists(picks.filter(turn=OuterRef("pk"))))
        return queryset.filter(pk__in=few)


class TagFilter(LedToFilter):
    title = _("tag asked for")
    parameter_name = "tag"

    def told(self, value):
        return Tag.objects.filter(slug=value).first() or value

    def queryset(self, request, queryset):
        """The latest of the list that ask for it, as many as a list counts."""
        slug = self.value()
        if not slug:
            return queryset
        named = queryset.filter(wish__icontains=f'"{slug}"').order_by("-finished_at", "-pk").values_list("pk", "wish")
        asked = [pk for pk, wish in named[: 2 * BoundedPaginator.LIMIT] if slug in Wish.from_json(wish).asked_tags]
        return queryset.filter(pk__in=asked[: BoundedPaginator.LIMIT])


class TookFilter(Filter):
    """Turns of which something took so long or longer, as "whole-10": the name of a time and seconds."""

    title = _("took")
    parameter_name = "took"
    ENDS = {"wait": "started_at", "first": "first_text_at", "whole": "finished_at"}
    WORDS = {
        "wait": _("waited for %(n)s s and longer"),
        "first": _("first text after %(n)s s and later"),
        "whole": _("whole reply after %(n)s s and later"),
    }

    def lookups(self, request, model_admin):
        usual = [f"whole-{n}" for n in (5, 10, 30, 60)]
        asked = [self.value()] if self.value() and self.value() not in usual else []
        return [(value, self.WORDS[name] % {"n": n}) for value in usual + asked for name, n in [self.parsed(value)]]

    def parsed(self, value):
        """(name of the time, seconds as a text)."""
        found = TOOK.fullmatch(value)
        if not found or found[1] not in self.ENDS:
            raise IncorrectLookupParameters(value)
        return found[1], found[2]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        name, n = self.parsed(self.value())
        rows = of_state(queryset, Turn.State.DONE) if name == "whole" else queryset
        return rows.filter(**{f"{self.ENDS[name]}__gte": F("queued_at") + timedelta(seconds=float(n))})


def _pk(value):
    if not value.isdecimal() or len(value) > 18:
        raise IncorrectLookupParameters(value)
    return int(value)


class ReaderFilter(FormFilter):
    """Found by typing; a list of all readers would grow with them."""

    title = _("reader")
    parameter_name = "reader"
    template = "admin/reader_filter.html"

    def lookups(self, request, model_admin):
        return ()

    def form(self):
        return ReaderForm({"reader": self.value()} if self.value() else None)

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        form = self.form()
        if not form.is_valid():
            raise IncorrectLookupParameters(form.errors)
        return queryset.filter(reader=form.cleaned_data["reader"])

    @staticmethod
    def media():
        return ReaderForm().media


class ReaderForm(forms.Form):
    reader = forms.ModelChoiceField(
        get_user_model().objects.filter(leaving_at=None),
        label=_("Reader"),
        widget=AutocompleteSelect(
            Conversation._meta.get_field("reader"), admin.site, attrs={"data-placeholder": _("Type a name")}
        ),
    )
