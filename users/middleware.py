import time
from contextlib import suppress

from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction
from django.utils.functional import SimpleLazyObject

from . import guests

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


class GuestMiddleware:
    """Makes the guest of this browser the reader, where guests may be: nowhere else are they anybody."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.guest = SimpleLazyObject(lambda: guests.guest_of(request))
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        is_open = request.resolver_match.view_name in guests.OPEN_TO_GUESTS
        if is_open and not request.user.is_authenticated and request.guest:
            request.user = request.guest
