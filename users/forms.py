from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.account.utils import setup_user_email
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib import messages
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.forms.fields import InvalidJSONInput
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from chatbot.catalogue.models import Novel, Tag
from chatbot.language.topics import Topic, TopicKind
from chatbot.language.wishes.preferences import Preference
from huey_tasks import mail

from . import taste, usernames, zones
from .models import TasteLine, User

NO_PASSKEY = _("This passkey did not fit.")
NAME_ATTRS = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}


class LoginForm(account.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = _("Username or email")
        login.validators.append(MaxLengthValidator(254))
        login.widget.attrs |= NAME_ATTRS

    def clean_login(self):
        login = super().clean_login()
        return login if "@" in login else usernames.normal(login)


class SignupForm(account.SignupForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs |= NAME_ATTRS
        self.fields["username"].help_text = _("Letters of any language, digits, and . + - _; capitals become small.")
        self.fields["email"].label = _("Email (optional)")
        self.fields["email"].help_text = _("Only to get back in when the password is forgotten.")

    def save(self, request):
        """The same as allauth's, with the password hashed before the transaction and not in it."""
        adapter = get_adapter()
        reader = adapter.save_user(request, adapter.new_user(request), self, commit=False)
        email = self.cleaned_data.get("email")
        with transaction.atomic():
            reader.save()
            self.custom_signup(request, reader)
            setup_user_email(request, reader, [EmailAddress(email=email)] if email else [])
        return reader

    def try_save(self, request):
        try:
            return super().try_save(request)
        except IntegrityError:
            # Somebody took the name between the check and the save.
            messages.error(request, get_adapter().error_messages["username_taken"])
            return None, redirect("account_signup")


class ResetPasswordForm(account.ResetPasswordForm):
    """Looks nobody up: the worker does, so that the answer is the same, and as fast, for an address nobody has."""

    def clean_email(self):
        return get_adapter().clean_email(self.cleaned_data["email"].lower())

    def save(self, request, **kwargs):
        email = self.cleaned_data["email"]
        mail.post_reset(email, get_language(), f"{request.scheme}://{request.get_host()}")
        return email


class CredentialField(forms.JSONField):
    """What a passkey answered. It is good once, so a page shown anew does not carry it."""

    def __init__(self):
        super().__init__(widget=forms.HiddenInput, error_messages={"required": NO_PASSKEY, "invalid": NO_PASSKEY})

    def to_python(self, value):
        try:
            return super().to_python(value)
        except RecursionError:
            raise forms.ValidationError(NO_PASSKEY) from None

    def bound_data(self, data, initial):
        return InvalidJSONInput()


class CredentialForm(forms.Form):
    credential = CredentialField()

    def full_clean(self):
        try:
            super().full_clean()
        except (AttributeError, KeyError, TypeError, ValueError):
            # JSON from outside, and no answer of a passkey: a wrong one, not a broken page.
            self.add_error("credential", NO_PASSKEY)


class AddPasskeyForm(CredentialForm, webauthn.AddWebAuthnForm):
    name = forms.CharField(required=False, max_length=60, label=_("Name of this passkey"))
    passwordless = forms.BooleanField(
        required=False,
        initial=True,
        label=_("Log in with it alone"),
        help_text=_("Without username and password; the device asks for your finger, face or PIN instead."),
    )


class RenamePasskeyForm(webauthn.EditWebAuthnForm):
    name = forms.CharField(max_length=60, label=_("Name of this passkey"))


class LoginPasskeyForm(CredentialForm, webauthn.LoginWebAuthnForm):
    pass


class AuthenticatePasskeyForm(CredentialForm, webauthn.AuthenticateWebAuthnForm):
    pass


class ReauthenticatePasskeyForm(CredentialForm, webauthn.ReauthenticateWebAuthnForm):
    pass


class SettingsForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["timezone"]

    def __init__(self, *args, near, **kwargs):
        """`near`: the zone the browser says it is in, or empty; it stands among the first."""
        super().__init__(*args, **kwargs)
        field = self.fields["timezone"]
        self.fields["timezone"] = forms.ChoiceField(
            choices=zones.choices(self.instance.timezone, near),
            label=field.label,
            help_text=field.help_text,
            error_messages={"invalid_choice": _("This time zone is not known.")},
        )


class DeletionForm(forms.Form):
    """Asks for the password; readers who log in elsewhere and have none type their username."""

    proof = forms.CharField(strip=False, max_length=4096)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        proof = self.fields["proof"]
        if user.has_usable_password():
            proof.label = _("Password")
            proof.widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})
        else:
            proof.label = _("Your username, typed out")
            proof.widget.attrs |= NAME_ATTRS | {"autocomplete": "off"}

    def clean_proof(self):
        proof = self.cleaned_data["proof"]
        if self.user.has_usable_password():
            # Through the adapter, so that guessing meets the same limit as at the login.
            if not get_adapter().reauthenticate(self.user, proof):
                raise get_adapter().validation_error("incorrect_password")
        elif usernames.normal(proof.strip()) != self.user.username:
            raise forms.ValidationError(gettext("That is not your username."))
        return proof


class TasteForm(forms.Form):
    """One line of taste by hand. `topic`: the text of a `Topic`."""

    kind = forms.ChoiceField(choices=TasteLine.Kind.choices)
    topic = forms.CharField(max_length=260)
    level = forms.ChoiceField(choices=[("", ""), *TasteLine.Level.choices], required=False)
    volume = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=999,
        error_messages={"invalid": _("Please write the volume as a number.")},
    )

    def clean_topic(self):
        try:
            topic = Topic.parse(self.cleaned_data["topic"])
        except ValueError:
            topic = None
        if topic is None or not _is_known(topic):
            raise forms.ValidationError(_("That is not on the shelf."))
        return topic

    def clean(self):
        cleaned = super().clean()
        what = cleaned["topic"].kind if "topic" in cleaned else ""
        kind = cleaned.get("kind")
        if kind != what and {kind, what} & {"level", "read_to"}:
            self.add_error("kind", _("That does not go together."))
        if what == "level" and not cleaned.get("level"):
            self.add_error("level", _("Please choose a level."))
        if what == "read_to" and not cleaned.get("volume") and "volume" not in self.errors:
            self.add_error("volume", _("Please write the volume as a number."))
        return cleaned

    @property
    def preference(self):
        topic = self.cleaned_data["topic"]
        return Preference(
            self.cleaned_data["kind"],
            topic,
            level=self.cleaned_data["level"] if topic.kind == TopicKind.LEVEL else "",
            volume=self.cleaned_data["volume"] if topic.kind == TopicKind.READ_TO else None,
        )


def _is_known(topic):
    """Whether there is such a thing in the catalogue. A level is of nothing but Japanese."""
    if topic.kind == TopicKind.TAG:
        return Tag.objects.filter(slug=topic.value).exists()
    if topic.kind == TopicKind.AUTHOR:
        return bool(taste.names_of_author(topic.value))
    if topic.kind == TopicKind.LEVEL:
        return not topic.value
    return Novel.objects.filter(slug=topic.value).exists()


class TasteChangeForm(forms.Form):
    """What is to be done with a line: corrected, paused, forgotten or brought back."""

    do = forms.ChoiceField(choices=[(name, name) for name in ("correct", "pause", "resume", "forget", "restore")])
    kind = forms.ChoiceField(choices=[("", ""), *TasteLine.Kind.choices], required=False)
    level = forms.ChoiceField(choices=[("", ""), *TasteLine.Level.choices], required=False)
    volume = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=999,
        error_messages={"invalid": _("Please write the volume as a number.")},
    )

    def changes_of(self, line):
        """What a correction changes in `line`: what its kind has, and nothing else."""
        name = {"level": "level", "read_to": "volume"}.get(line.kind, "kind")
        value = self.cleaned_data.get(name)
        if name == "kind" and value not in TasteLine.STANDS:
            value = None
        return {name: value} if value else {}
