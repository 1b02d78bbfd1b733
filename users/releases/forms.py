from django import forms
from django.utils.translation import gettext_lazy as _

from chatbot.catalogue.volumes import Volume

from .models import ReleaseSettings


class ReleaseSettingsForm(forms.ModelForm):
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=Volume.Language, widget=forms.CheckboxSelectMultiple, required=False
    )
    formats = forms.MultipleChoiceField(
        label=_("Formats"), choices=Volume.Format, widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = ReleaseSettings
        fields = ["languages", "formats"]


class AddressForm(forms.Form):
    """What to do with the secret address."""

    what = forms.ChoiceField(choices=[("renew", ""), ("remove", "")])
