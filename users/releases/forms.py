from django import forms
from django.utils.translation import gettext_lazy as _

from chatbot.catalogue.volumes import Volume

from .models import ReleaseSettings


class ReleaseSettingsForm(forms.ModelForm):
    """A language without volumes may be chosen: it is told of once they come in."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=Volume.Language, widget=forms.CheckboxSelectMultiple, required=False
    )
    formats = forms.MultipleChoiceField(
        label=_("Formats"), choices=Volume.Format, widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = ReleaseSettings
        fields = ["languages", "formats"]

    def __init__(self, *args, listed, **kwargs):
        """`listed`: the languages of which there are volumes."""
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = [
            (code, name if code in listed else _("%(language)s (nothing listed yet)") % {"language": name})
            for code, name in Volume.Language.choices
        ]


class AddressForm(forms.Form):
    """What to do with the secret address."""

    what = forms.ChoiceField(choices=[("renew", ""), ("remove", "")])
