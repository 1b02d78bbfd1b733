"""When there is no answer: a store that is silent (database or Redis), told from a fault of ours, or a line too long."""

import sys

from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, InterfaceError, OperationalError
from django.shortcuts import render
from django.utils import translation

RETRY_AFTER = 10  # seconds; a restarted database is back sooner


def is_one(error):
    """Whether `error` means that the database or Redis is gone, locked or unreadable."""
    if isinstance(error, (OperationalError, InterfaceError)) or type(error) is DatabaseError:
        return True
    # Whoever has not loaded the client has not met its errors.
    redis = sys.modules.get("redis.exceptions")
    return redis is not None and isinstance(error, redis.ConnectionError | redis.TimeoutError | redis.BusyLoadingError)


def let_go(request):
    """Take from `request` what would ask the database again on the way out: each try may wait for a timeout."""
    request.user = AnonymousUser()
    for name in ("session", "_messages"):
        if hasattr(request, name):
            delattr(request, name)


def page(request, **context):
    """503, without the request's context, which asks the database, and not to be kept."""
    with translation.override(translation.get_language_from_request(request)):
        response = render(None, "503.html", context, status=503)
    response["Retry-After"], response["Cache-Control"] = RETRY_AFTER, "no-store"
    return response


def busy(request):
    """So many are before this request that it has waited in vain."""
    return page(request, busy=True)
