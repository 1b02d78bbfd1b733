"""What allauth asks the project: names, words, mails, and which logins there are."""

import re
import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.core.internal.httpkit import clean_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from . import adopting, passwords, usernames, zones
from .devices import device
from .models import User

NOBODYS_ADDRESS = "0.0.0.0"  # noqa: S104  not listened on: what a server on a socket file knows of its clients

# The same words whether the name is unknown or the password wrong, so that nobody can ask who reads here.
NO_MATCH = _("This name and this password do not go together. Please look at both once more.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": NO_MATCH,
        "email_password_mismatch": NO_MATCH,
        "incorrect_password": _("This password is wrong."),
        "username_taken": _("Somebody else already has this name. Please choose another."),
        "email_taken": _("This email address cannot be used. If it is yours, log in or reset the password."),
        "too_many_login_attempts": _("Too many tries in a short time. Please wait five minutes and try again."),
    }

    def new_user(self, request):
        """Every sign-up begins here, by a form or by another service."""
        reader = super().new_user(request)
        reader.timezone = zones.of_browser(request) or reader.timezone
        return reader

    def clean_username(self, username, shallow=False):
        name = usernames.clean(username)
        if not shallow and User.objects.filter(username__in=usernames.twins(name)).exists():
            raise self.validation_error("username_taken")
        return super().clean_username(name, shallow)

    def generate_unique_username(self, txts, regex=None):
        """A nickname from another service keeps its script; allauth's own way drops all but ASCII."""
        for text in filter(None, txts):
            try:
                return self.clean_username(re.sub(r"[^\w.+-]+", "", usernames.normal(text.split("@")[0])))
            except ValidationError:
                continue
        return super().generate_unique_username(txts, regex)

    def login(self, request, user):
        """Every way in leads here: by password, passkey, second step and other services, and a sign-up as well."""
        super().login(request, user)
        adopting.adopt_from(request, user)

    def get_client_ip(self, request):
        """Always an address: one that is not known is nobody's, and shares its limits with the others like it."""
        try:
            return super().get_client_ip(request)
        except (ImproperlyConfigured, PermissionDenied):
            # Fewer hops than TRUSTED_PROXIES: it came round the proxies, so nothing it says of itself counts.
            return clean_client_ip(request.META.get("REMOTE_ADDR", "")) or NOBODYS_ADDRESS

    def is_safe_url(self, url):
        try:
            return super().is_safe_url(url)
        except ValueError:  # "//[" and the like, which no address is
            return False

    # --- Guessing ------------------------------------------------------------------------------

    def authenticate(self, request, **credentials):
        """Look whether guesses are left, and count a wrong one, while nobody else of this process guesses: so no more
        than one for each process gets past the limit, and a right password counts nowhere."""
        with passwords.one_at_a_time():
            return super().authenticate(request, **credentials)

    def pre_authenticate(self, request, **credentials):
        guess = self._guess(request, credentials)
        for rate in ratelimit.get_rates(app=guess["app"], action=guess["action"]):
            past = cache.get(ratelimit.get_cache_key(request, rate=rate, **guess), [])
            if not ratelimit.apply_rate(past, time.time(), rate, dry_run=True)[0]:
                raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request, **credentials):
        ratelimit.consume(request, **self._guess(request, credentials))

    def _guess(self, request, credentials):
        key = self._get_login_attempts_cache_key(request, **credentials)
        return {"app": "allauth.account", "action": "login_failed", "key": key}

    # -------------------------------------------------------------------------------------------

    def get_password_change_redirect_url(self, request):
        return reverse("users:settings")


class NotSetUp(Http404, SocialApp.DoesNotExist):
    """A login without keys: not found as a page, nothing in a template."""


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def get_app(self, request, provider, client_id=None):
        try:
            return super().get_app(request, provider, client_id)
        except SocialApp.DoesNotExist:
            raise NotSetUp(provider) from None


class MFAAdapter(DefaultMFAAdapter):
    def generate_authenticator_name(self, user, type):
        """A passkey is named after the device it is made on, until the reader has a better name."""
        return device(context.request.headers.get("User-Agent", ""))

    def get_public_key_credential_rp_entity(self):
        return super().get_public_key_credential_rp_entity() | {"name": gettext("The light-novel librarian")}
