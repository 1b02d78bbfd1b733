"""Back to where a reader came from, if that is here."""

from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme


def asked_for(request):
    """The address here that a form or a link wants to be led back to, or ""."""
    target = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else ""


def back(request, otherwise):
    return HttpResponseRedirect(asked_for(request) or otherwise)
