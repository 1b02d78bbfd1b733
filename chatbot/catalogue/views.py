from csp.constants import NONE
from csp.decorators import csp
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from .. import covers
from .browse import BrowseForm
from .facts import ReaderFacts
from .models import Novel
from .novel_page import NovelPage

PAGE_SIZE = 24
A_YEAR = 365 * 24 * 3600
FIVE_MINUTES = 300


@require_safe
def browse(request):
    form = BrowseForm(request.GET)
    page = Paginator(form.novels(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "previous": form.address(page=page.previous_page_number()) if page.has_previous() else "",
        "next": form.address(page=page.next_page_number()) if page.has_next() else "",
    }
    if not request.htmx or request.htmx.boosted or request.htmx.history_restore_request:
        return render(request, "catalogue/browse.html", context)
    response = render(request, "catalogue/_found.html", context)
    here = form.address(page=page.number) if page.number > 1 else form.address()
    return push_url(response, reverse("catalogue:browse") + here.removesuffix("?"))


@require_safe
def novel(request, slug):
    known = request.user.is_authenticated
    work = get_object_or_404(Novel.objects.with_tags() if known else Novel, slug=slug)
    context = {"novel": work, "page": NovelPage(work)}
    if known:
        entry, read_to = request.user.standing_with(work)
        reader = ReaderFacts(state=entry.state if entry else "", read_to=read_to)
        context["page"] = NovelPage(work, refusals=request.user.refusals, horizon=reader.horizon)
        context |= {"entry": entry, "state": reader.state, "read_to": read_to}
        context["never"] = request.user.taste.on(work)
    return render(request, "catalogue/novel.html", context)


@require_safe
@csp({"default-src": [NONE], "frame-ancestors": [NONE]})
def cover(request, slug):
    work = get_object_or_404(Novel.objects.with_tags(), slug=slug)
    response = HttpResponse(covers.draw(work, request.GET.get("lang")), content_type="image/svg+xml; charset=utf-8")
    response["ETag"] = quote_etag(covers.fingerprint(response.content))
    # Under an address with another stamp, or none, the drawing may still change.
    if request.GET.get("v") == work.cover_stamp:
        patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    else:
        patch_cache_control(response, public=True, max_age=FIVE_MINUTES)
    return get_conditional_response(request, etag=response["ETag"], response=response)
