"""The operators' form of a work: checked as a whole, and told when somebody else has been at the work meanwhile."""

from django import forms
from django.db import connection
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..loading import row_of
from ..models import Novel
from . import checks, history
from .words import shown_value


class LinesField(forms.JSONField):
    """A list of texts, one a line. JSON is taken as well, as long lists are often at hand that way."""

    widget = forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})

    def to_python(self, value):
        if isinstance(value, str) and not value.lstrip().startswith(("[", "{")):
            return [line.strip() for line in value.splitlines() if line.strip()]
        return super().to_python(value)

    def bound_data(self, data, initial):
        return initial if self.disabled else data

    def prepare_value(self, value):
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return "\n".join(value)
        return value if isinstance(value, str) else super().prepare_value(value)

    def has_changed(self, initial, data):
        try:
            return (initial or []) != (self.to_python(data) or [])
        except forms.ValidationError:
            return True


LISTS = ("authors", "authors_ko", "authors_en", "illustrators", "kin")


class NovelForm(forms.ModelForm):
    """`seen`: the last change of the work when the form was opened. `row_before`: its line before it was saved."""

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    class Meta:
        model = Novel
        fields = ["slug"]  # the admin says which others

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        novel = history.whole(self.instance.pk) if self.instance.pk else None
        self.row_before = row_of(novel) if novel else None
        self.taken_over = []
        if novel:
            self.initial["seen"] = history.latest(novel.pk)

    def clean(self):
        cleaned = super().clean()
        for field, error in checks.as_validation_errors(checks.errors(cleaned, self.instance.pk)).items():
            self.add_error(field, error)
        if self.instance.pk and cleaned.get("seen") is not None:
            self._compare_with_others(cleaned)
        return cleaned

    def _compare_with_others(self, cleaned):
        """What others have changed since the form was opened: taken over where it was left alone here, else told."""
        if connection.in_atomic_block:  # held until the work is saved, so that nobody comes in between
            list(Novel.objects.select_for_update().filter(pk=self.instance.pk).values_list("pk"))
        later = history.since(self.instance.pk, cleaned["seen"])
        theirs = {}
        for change in later:
            for field, (was, now) in change.differences.items():
                theirs[field] = (theirs.get(field, (was,))[0], now)
        told = [field for field, (was, now) in theirs.items() if self._tell_of(field, was, now, cleaned)]
        if not told:
            return
        self._set("seen", later[-1].pk)
        who = {
            "who": later[-1].by or later[-1].get_how_display(),
            "when": date_format(timezone.localtime(later[-1].at), "SHORT_DATETIME_FORMAT"),
        }
        text = _(
            "%(who)s changed this work at %(when)s, while you had it open. "
            "Nothing you typed is lost: look at it, and save again."
        )
        self.add_error(None, text % who)
        if self.taken_over:
            self.add_error(None, _("Taken over, as you had left it alone: %s.") % ", ".join(self.taken_over))

    def _tell_of(self, field, was, now, cleaned):
        """Whether there is something to be told of a field that somebody else has changed."""
        if field not in self.fields:
            label = {"tags": _("Tags"), "names": _("Other names")}.get(field, field)
            self.add_error(
                None, _("%(field)s: changed to %(value)s.") % {"field": label, "value": shown_value(field, now)}
            )
            return True
        if field not in cleaned or cleaned[field] == now:
            return False
        if cleaned[field] == was:
            self._set(field, now)
            self.taken_over.append(str(self.fields[field].label))
        else:
            self.add_error(field, _("Changed meanwhile to: %s") % shown_value(field, now))
        return True

    def _set(self, field, value):
        self.data = self.data.copy()
        if isinstance(self.fields[field], forms.BooleanField):
            self.data.pop(self.add_prefix(field), None)
            value = "on" if value else None
        if value is not None:
            self.data[self.add_prefix(field)] = self.fields[field].prepare_value(value)

    def show(self, remarks):
        """Have each field carry the remarks on it, also for who hears the page: they are a part of its help."""
        for name, field in self.fields.items():
            if not field.widget.is_hidden:
                # Of the bound field, which is made once and may be there already.
                self[name].help_text = format_html("{}{}", field.help_text, at_field(name, remarks))


def at_field(name, remarks, *, is_swapped=False) -> SafeString:
    """The place below a field with the remarks on it. `is_swapped`: takes the place of the one on the page."""
    own = [one for one in remarks if one.field == name]
    return render_to_string(
        "admin/catalogue/novel/_remarks.html", {"name": name, "remarks": own, "is_swapped": is_swapped}
    )
