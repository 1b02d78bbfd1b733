from itertools import groupby
from operator import attrgetter

from django.conf import settings as config
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, When
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chatbot.assistant import speaks_for_itself

from . import guests, redirects, zones
from . import taste as tastes
from .forms import DeletionForm, SettingsForm, TasteChangeForm, TasteForm
from .models import TasteLine
from .quota import quota_of

LINES_A_PAGE = 40
LOOKS_A_PAGE = 40
TAUGHT_SHOWN = 3  # of what the shelf has taught, the lines of a kind that are not folded
KINDS_IN_ORDER = ("never", "like", "dislike", "read_to", "level")
MAX_QUERY_LENGTH = 120  # characters of a search


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request):
    data = request.POST if request.method == "POST" else None
    form = SettingsForm(data, instance=request.user, near=zones.of_browser(request))
    if form.is_valid():
        form.save()
        messages.success(request, _("Your time zone is saved."))
        return redirect("users:settings")
    context = {"form": form, "quota": quota_of(request.user), "zone": zones.place(request.user.timezone)}
    return render(request, "users/settings.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request):
    form = DeletionForm(request.POST if request.method == "POST" else None, user=request.user)
    if not form.is_valid():
        return render(request, "users/delete.html", {"form": form}, status=422 if form.is_bound else 200)
    reader = request.user
    logout(request)
    reader.leave()
    messages.success(
        request,
        _("Your account is closed for good, and everything in it is being deleted. Thank you for reading here."),
    )
    return redirect("/")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def guest(request):
    """What being a guest means, and what an account adds; by POST all that the guest has is deleted."""
    if not request.user.is_guest:
        return redirect("users:settings")
    if request.method != "POST":
        context = {
            "quota": quota_of(request.user),
            "written_by_model": speaks_for_itself(is_guest=True) and not speaks_for_itself(),
        }
        return render(request, "users/guest.html", context)
    guests.dismiss(request)
    request.user.leave()
    messages.success(request, _("All you asked and kept here is being deleted. Thank you for reading here."))
    return redirect("/")


@login_required
@require_safe
def looks(request):
    """When operators opened this reader's conversations."""
    looked = request.user.looks.filter(conversation__deleted_at=None).select_related("conversation")
    page = Paginator(looked, LOOKS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "users/looks.html", {"page": page, "kept_for": config.KEEP_CONVERSATIONS_DAYS})


@login_required
@require_safe
def taste(request):
    """What the librarian has learned of this reader, and a search for what to tell her."""
    query = request.GET.get("q", "")[:MAX_QUERY_LENGTH].replace("\x00", "").strip()
    found = dict(zip(("tags", "authors", "novels"), tastes.topics_for(query), strict=True)) if query else {}
    context = {"query": query, "found": found, "stands": _stands()}
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "users/_taste_found.html", context)
    return render(request, "users/taste.html", {**context, **_lines(request)})


def _stands():
    return [(kind.value, kind.label) for kind in TasteLine.STANDS]


def _lines(request):
    """One page of the reader's lines, kind by kind, and the one forgotten last where it can be brought back."""
    lines = request.user.taste.kept().select_related("tag", "novel", "turn__conversation", "entry__novel")
    order = Case(
        *(When(kind=kind, then=place) for place, kind in enumerate(KINDS_IN_ORDER)), output_field=IntegerField()
    )
    is_taught = Case(When(entry=None, then=0), default=1, output_field=IntegerField())
    page = Paginator(lines.order_by(order, is_taught, "-said_at", "-pk"), LINES_A_PAGE).get_page(
        request.GET.get("page")
    )
    forgotten = request.GET.get("forgotten", "")
    gone = request.user.taste.exclude(forgotten_at=None).select_related("tag", "novel")
    return {
        "page": page,
        "groups": [_group(kind, list(group)) for kind, group in groupby(page.object_list, attrgetter("kind"))],
        "levels": TasteLine.Level.choices,
        "has_level": request.user.taste.kept().filter(kind=TasteLine.Kind.LEVEL).exists(),
        "forgotten": gone.filter(pk=int(forgotten)).first() if forgotten.isdecimal() and len(forgotten) < 19 else None,
    }


def _group(kind, lines):
    """The lines of one kind: what the reader said stands open, what their shelf has taught is folded after the first."""
    said, taught = [line for line in lines if not line.entry_id], [line for line in lines if line.entry_id]
    at = TAUGHT_SHOWN if len(taught) > TAUGHT_SHOWN + 1 else len(taught)
    return {"kind": kind, "label": TasteLine.Kind(kind).label, "open": said + taught[:at], "folded": taught[at:]}


@login_required
@require_POST
def add_taste(request):
    """Tell her by hand: on the page of one's taste, on a card, on the page of a work."""
    form = TasteForm(request.POST)
    if not form.is_valid():
        wrong = next(iter(form.errors.values()))[0]
        return _told(request, error=wrong, status=422)
    line = tastes.add(request.user, form.preference)
    if line is None:
        return _told(request, error=_("There is no room for another line; please let one go first."), status=422)
    return _told(request, line=line)


def _told(request, line=None, error="", status=200):
    if request.htmx:
        return render(request, "users/_taste_added.html", {"line": line, "error": error}, status=status)
    if error:
        messages.error(request, error)
    else:
        messages.success(request, _("I will remember that."))
    return redirects.back(request, reverse("users:taste"))


@login_required
@require_POST
def change_taste(request, pk):
    line = get_object_or_404(
        request.user.taste.select_related("tag", "novel", "turn__conversation", "entry__novel"), pk=pk
    )
    form = TasteChangeForm(request.POST)
    if not form.is_valid() or not _changed(line, form):
        if request.htmx:
            return render(
                request,
                "users/_taste_line.html",
                {"line": line, "levels": TasteLine.Level.choices, "stands": _stands(), "wrong": True},
                status=422,
            )
        messages.error(request, _("That could not be understood; nothing was changed."))
        return redirects.back(request, reverse("users:taste"))
    if request.htmx:
        template = "users/_taste_lesson.html" if request.POST.get("from") == "reply" else "users/_taste_line.html"
        return render(request, template, {"line": line, "levels": TasteLine.Level.choices, "stands": _stands()})
    forgotten = f"?forgotten={line.pk}" if line.forgotten_at else ""
    return redirects.back(request, f"{reverse('users:taste')}{forgotten}#line-{line.pk}")


def _changed(line, form):
    """Do what the form says. False where a correction says nothing that can be said of this line."""
    do = form.cleaned_data["do"]
    if do == "correct":
        changes = form.changes_of(line)
        if changes:
            tastes.correct(line, **changes)
        return bool(changes)
    if do in ("pause", "resume"):
        tastes.pause(line, do == "pause")
    else:
        {"forget": tastes.forget, "restore": tastes.bring_back}[do](line)
    return True


@login_required
@require_POST
def pause_taste(request):
    """All of it, at once: nothing is used and nothing learned; or all of it again."""
    tastes.pause_all(request.user, request.POST.get("do") == "pause")
    return redirect("users:taste")
