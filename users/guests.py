"""Guests: who asks without an account.

A guest is a row like every reader, so that what is theirs is owned, shown, counted and deleted in the same way; but it
has no name and no password, it is inactive, and nobody can log in to it. One browser has it, by its session. It is made
by the first ask and by nothing else. `adopting` carries it over into an account; a week after its last ask it goes.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.crypto import salted_hmac

from chatbot.models import Conversation

from . import limits
from .models import GuestUse, User
from .quota import Quota

KEPT = timedelta(days=7)  # after the last ask
SESSION_KEY = "guest"
NAMELESS = "/g"  # begins a name that no reader can have

# What a guest may use, by the names of its addresses: there `request.user` is the guest. All else needs an account, or
# is the same for everybody.
OPEN_TO_GUESTS = {
    "catalogue:browse",
    "catalogue:novel",
    "chatbot:ask",
    "chatbot:conversation",
    "chatbot:delete",
    "chatbot:edit",
    "chatbot:feedback",
    "chatbot:home",
    "chatbot:more",
    "chatbot:rename",
    "chatbot:restore",
    "chatbot:retry",
    "chatbot:start",
    "chatbot:stop",
    "chatbot:turn",
    "chatbot:without",
    "users:add_taste",
    "users:change_taste",
    "users:guest",
    "users:pause_taste",
    "users:change_many",
    "users:not_yet_begun",
    "users:put_on_shelf",
    "users:shelf",
    "users:shelf_entry",
    "users:taste",
    "users:undo_on_shelf",
}


def guest_of(request):
    """The guest this browser is, or None."""
    pk = request.session.get(SESSION_KEY)
    return User.objects.filter(pk=pk, is_guest=True, leaving_at=None).first() if pk else None


def admit(request, key):
    """Make this browser a guest, for the ask with the idempotency key `key`.

    The name follows from the browser's form token and from the key, so that a first ask that is sent twice, before
    there is a session, makes one guest.
    """
    token = request.COOKIES.get(settings.CSRF_COOKIE_NAME) or secrets.token_hex()
    guest, _made = User.objects.get_or_create(
        username=f"{NAMELESS}{_digest(f'{token} {key}')}",
        is_guest=True,
        defaults={"password": make_password(None), "is_active": False, "guest_address": address_digest(request)},
    )
    request.session.cycle_key()  # a key that somebody has planted here opens nothing
    request.session[SESSION_KEY] = guest.pk
    return guest


def dismiss(request):
    """This browser is no guest any more."""
    request.session.pop(SESSION_KEY, None)


def quota_of_strangers(request):
    """What is left today for whoever comes from where `request` does and is no guest yet."""
    stranger = User(is_guest=True)
    left = min(stranger.replies_a_day, GuestUse.objects.left(address_digest(request), stranger.today))
    return Quota(left, stranger.replies_a_day, stranger.next_midnight, settings.DAILY_REPLIES)


def address_digest(request):
    return _digest(limits.address(request))


def _digest(text):
    return salted_hmac("users.guests", text, algorithm="sha256").hexdigest()[:32]


def expired():
    """Guests that have not asked for a week: the worker closes them."""
    since = timezone.now() - KEPT
    asked = Conversation.objects.filter(reader=OuterRef("pk"), updated_at__gte=since)
    return User.objects.filter(~Exists(asked), is_guest=True, leaving_at=None, date_joined__lt=since)
