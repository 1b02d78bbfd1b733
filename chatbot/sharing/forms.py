"""What is shared, and until when."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ShareForm(forms.Form):
    """`sharable`: the turns there are to choose from."""

    turns = forms.TypedMultipleChoiceField(
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Please leave at least one turn in."),
            "invalid_choice": _("The conversation has changed. Please look at it once more."),
        },
    )
    days = forms.TypedChoiceField(
        label=_("The link ends"),
        coerce=int,
        choices=[(0, _("when I end it")), (1, _("in a day")), (7, _("in a week")), (30, _("in a month"))],
        initial=0,
    )

    def __init__(self, *args, sharable, **kwargs):
        super().__init__(*args, **kwargs)
        self.sharable = sharable
        self.fields["turns"].choices = [(turn.pk, turn.text) for turn in sharable]

    @property
    def ends_at(self):
        days = self.cleaned_data["days"]
        return timezone.now() + timedelta(days=days) if days else None

    @property
    def chosen(self):
        wanted = set(self.cleaned_data["turns"])
        return [turn for turn in self.sharable if turn.pk in wanted]
