from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from . import news
from .forms import AddressForm, ReleaseSettingsForm
from .models import ReleaseSettings


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def releases(request):
    """What comes and what has just come of the reader's shelf; which languages and formats they want to hear of."""
    settings, listed = ReleaseSettings.of(request.user), news.listed_languages()
    data = request.POST if request.method == "POST" else None
    form = ReleaseSettingsForm(data, instance=settings, listed=listed)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved. This page, the calendar and the feed follow it."))
        return redirect("users:releases")
    if form.is_bound:
        settings = ReleaseSettings.of(request.user)  # what was refused is in the form alone
    volumes, today = news.of_shelf(settings), request.user.today
    page = news.coming(volumes, today).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "fresh": news.fresh(volumes, today) if page.number == 1 else [],
        "as_of": news.as_of(settings),
        "coverage": news.Coverage(listed, settings.languages),
        "settings": settings,
        "has_shelf": request.user.shelf_entries.filter(state__in=news.FOLLOWED).exists,  # asked for an empty page alone
        "addresses": _addresses(request, settings),
    }
    return render(request, "users/releases/releases.html", context, status=422 if form.is_bound else 200)


def _addresses(request, settings):
    if not settings.token:
        return None
    language = urlencode({"lang": get_language()})
    return {
        name: f"{request.build_absolute_uri(reverse(f'users:releases_{name}', args=[settings.token]))}?{language}"
        for name in ("ics", "rss")
    }


@login_required
@require_POST
def address(request):
    """Make the secret address, make another one, or take it away."""
    form = AddressForm(request.POST)
    if not form.is_valid():
        return render(request, "error.html", {"code": 400}, status=400)
    settings = ReleaseSettings.of(request.user)
    if form.cleaned_data["what"] == "remove":
        settings.remove_address()
        messages.success(request, _("The address is no longer there; who had it reads nothing any more."))
    else:
        settings.renew_address()
        messages.success(request, _("The address is new. Nobody else knows it."))
    return redirect(reverse("users:releases") + "#address")
