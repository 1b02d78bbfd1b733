"""Closing accounts.

An account that is closed is marked in one short transaction: nobody can log in to it, it holds no name, no address and
no login at another service any more, and stands in no list. Name and address are free again from then on, because what
is still there hangs on the row and on neither of them. The worker then deletes what was said and kept, and the row
last (`huey_tasks.sweeping`).
"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from chatbot.figures.models import LateChange
from chatbot.models import Turn
from lightnovel import batches

from .models import User

AT_ONCE = 200  # accounts marked in one transaction
NAMELESS = "/"  # begins a name that no reader can have


def close(readers):
    """Close the accounts `readers`, a queryset, and tell the worker. Returns how many there were."""
    pks = list(readers.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), AT_ONCE):
        some = pks[start : start + AT_ONCE]
        _mark(some, LateChange.objects.days_of(Turn.objects.filter(reader__in=some)))
    batches.nudge()
    return len(pks)


@transaction.atomic
def _mark(pks, days):
    # First, as it holds back new rows of these readers until the mark can be seen; in order, as `User.hold` does.
    list(User.objects.filter(pk__in=pks).order_by("pk").select_for_update().values_list("pk", flat=True))
    User.objects.filter(pk__in=pks, leaving_at=None).update(
        leaving_at=timezone.now(),
        username=Concat(Value(NAMELESS), Cast("pk", CharField())),
        password=UNUSABLE_PASSWORD_PREFIX,
        email="",
        first_name="",
        last_name="",
        is_active=False,
        is_staff=False,
        is_superuser=False,
    )
    sessions = UserSession.objects.filter(user__in=pks)
    Session.objects.filter(session_key__in=list(sessions.values_list("session_key", flat=True))).delete()
    for model in (UserSession, EmailAddress, SocialAccount, Authenticator):
        model.objects.filter(user__in=pks).delete()
    Turn.objects.filter(reader__in=pks).stop_all()
    LateChange.objects.note_days(days)
