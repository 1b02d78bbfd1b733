"""Filters of the operators' lists. None of them asks the table what values there are."""

from datetime import date, datetime, timedelta

from django import forms
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..assistant import failures
from ..models import Conversation, Turn
from .search import any_turn

# The voices by their NAME; named here, because importing the model's client costs the web process a second.
VOICES = {"librarian": _("Built-in librarian"), "chatgpt": "ChatGPT"}
YEARS = range(2000, 2100)


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
        return queryset.filter(state=self.value()) if self.value() else queryset


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
        return [("any", _("Any failure")), *((code, code) for code in failures.WORDS)]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        # The state narrows it down to the few failed ones before any code is compared.
        failed = queryset.filter(state=Turn.State.FAILED)
        return failed if self.value() == "any" else failed.filter(failure=self.value())


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
    """One day, or the last few. A range over an index, unlike `date_hierarchy`, which reads every row for its years."""

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
        ]

    @property
    def chosen(self):
        """The day for the date field, when it is a single one."""
        return self.value() if self.value() and "-" in self.value() else ""

    def span(self):
        """First moment of the chosen days and first moment after them."""
        today = timezone.localdate()
        if self.value() in {"7", "30"}:
            return _midnight(today - timedelta(days=int(self.value()) - 1)), _midnight(today + timedelta(days=1))
        try:
            day = date.fromisoformat(self.value())
        except ValueError as error:
            raise IncorrectLookupParameters(error) from error
        if day.year not in YEARS:
            raise IncorrectLookupParameters(day)
        return _midnight(day), _midnight(day + timedelta(days=1))


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
        get_user_model().objects.all(),
        label=_("Reader"),
        widget=AutocompleteSelect(
            Conversation._meta.get_field("reader"), admin.site, attrs={"data-placeholder": _("Type a name")}
        ),
    )
