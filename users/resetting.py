"""Letters to readers who have forgotten their password, written by the worker."""

import io
from urllib.parse import urlsplit

from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.password_reset import request_password_reset
from allauth.account.internal.userkit import filter_users_by_email
from allauth.core import context
from django.contrib.auth.models import AnonymousUser
from django.core.handlers.wsgi import WSGIRequest
from django.utils import translation


def send(email, language, origin):
    """Send a way to a new password to whoever has this address, or say there that nobody has.

    origin: scheme and host the page was asked at, to which the letter's links lead.
    """
    request = _request(origin)
    with context.request_context(request), translation.override(language):
        readers = filter_users_by_email(email, is_active=True, prefer_verified=True, for_login=True)
        request_password_reset(request, email, readers, default_token_generator)


def _request(origin):
    """A request to this origin, as allauth takes the addresses in its letters from one."""
    scheme, host = urlsplit(origin)[:2]
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "HTTP_HOST": host,
            "SERVER_NAME": host,
            "SERVER_PORT": "443" if scheme == "https" else "80",
            "wsgi.url_scheme": scheme,
            "wsgi.input": io.BytesIO(),
        }
    )
    request.user = AnonymousUser()
    return request
