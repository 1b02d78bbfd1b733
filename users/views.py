from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chatbot.catalogue.models import Novel

from .forms import DeletionForm, SettingsForm, ShelfForm
from .models import ShelfEntry
from .quota import quota_of

ENTRIES_A_PAGE = 48


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request):
    form = SettingsForm(request.POST if request.method == "POST" else None, instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, _("Your time zone is kept."))
        return redirect("users:settings")
    context = {"form": form, "quota": quota_of(request.user)}
    return render(request, "users/settings.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request):
    form = DeletionForm(request.POST if request.method == "POST" else None, user=request.user)
    if not form.is_valid():
        return render(request, "users/delete.html", {"form": form}, status=422 if form.is_bound else 200)
    reader = request.user
    for session in UserSession.objects.filter(user=reader):
        session.end()
    logout(request)
    reader.leave()
    messages.success(request, _("Your account and everything in it are gone for good. Thank you for reading here."))
    return redirect("/")


@login_required
@require_safe
def shelf(request):
    """The reader's own shelf, one state at a time."""
    state = request.GET.get("state")
    if state not in ShelfEntry.State.values:
        state = ShelfEntry.State.WANT
    entries = request.user.shelf_entries.filter(state=state).select_related("novel")
    page = Paginator(entries, ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "users/shelf.html", {"page": page, "state": state, "states": ShelfEntry.State.choices})


@login_required
@require_POST
def put_on_shelf(request, slug):
    """Read it, want it, not for me; or, with an empty state, off the shelf again."""
    novel = get_object_or_404(Novel, slug=slug)
    form = ShelfForm(request.POST)
    if not form.is_valid():
        return render(request, "error.html", {"code": 400}, status=400)
    ShelfEntry.objects.put(request.user, novel, form.cleaned_data["state"])
    if request.htmx:
        return render(request, "users/_marks.html", {"novel": novel, "state": form.cleaned_data["state"]})
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(target) if safe else redirect(novel)
