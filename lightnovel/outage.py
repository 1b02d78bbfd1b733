"""Telling a store that does not answer (database or Redis) from a fault of ours."""

import sys

from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, InterfaceError, OperationalError

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
