"""How often may be asked, by one reader and from one address. Counted in the database, which every web process shares;
logging in and signing up have allauth's limits, which count in the cache."""

from ipaddress import ip_address, ip_network
from math import ceil

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import transaction

from .models import Pace

MINUTE = 60
LISTS_AN_HOUR = 30


def wait_to_ask(request):
    """Seconds until the reader may ask again; 0 when they may now, and then it is counted."""
    if not settings.RATE_LIMITS:
        return 0
    limits = [(f"address:{address(request)}", settings.ASKS_A_MINUTE_BY_ADDRESS)]
    if request.user.is_authenticated:  # a stranger, who is no guest yet, has no row to count by
        limits.insert(0, (f"reader:{request.user.pk}", settings.ASKS_A_MINUTE))
    with transaction.atomic():
        for key, amount in limits:
            if wait := Pace.objects.take(key, amount, MINUTE):
                transaction.set_rollback(True)  # what is refused counts nowhere
                return ceil(wait)
    return 0


def wait_to_send_list(request):
    """Seconds until the reader may send another reading list; 0 when they may now, and then it is counted."""
    if not settings.RATE_LIMITS:
        return 0
    return ceil(Pace.objects.take(f"lists:{request.user.pk}", LISTS_AN_HOUR, 60 * MINUTE))


def address(request):
    """Where a request comes from, behind the proxies that are trusted; of IPv6 the network, which one household owns."""
    found = ip_address(get_adapter().get_client_ip(request).split("%")[0])
    return str(ip_network(f"{found}/64", strict=False)) if found.version == 6 else str(found)
