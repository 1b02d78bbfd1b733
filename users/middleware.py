import time
from contextlib import suppress

from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction

EVERY = 600  # seconds


class LastSeenMiddleware:
    """Notes for the list of sessions when each was last used. allauth's own does so at every request, which would
    make each poll of a waiting reader a write."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated and request.session.get("seen", 0) < (now := time.time()) - EVERY:
            request.session["seen"] = int(now)
            # The account may be deleted in this very moment.
            with suppress(IntegrityError), transaction.atomic():
                UserSession.objects.create_from_request(request)
        return self.get_response(request)
