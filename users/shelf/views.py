from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chatbot.catalogue.models import Novel

from .. import redirects
from ..models import ShelfChange, ShelfEntry
from . import editing, questions
from .forms import EntryForm, ManyForm, PressForm, ShelfFilterForm

ENTRIES_A_PAGE = 48


@login_required
@require_safe
def shelf(request):
    """The reader's own shelf: narrowed, sorted and in pages as the address says."""
    form = ShelfFilterForm(request.GET, request.user)
    page = Paginator(form.entries().select_related("novel"), ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    is_plain = not form.wanted and page.number == 1
    return render(
        request,
        "users/shelf.html",
        {
            "form": form,
            "page": page,
            "counts": form.counts(),
            "here": reverse("users:shelf") + form.address(page=page.number if page.number > 1 else ""),
            "states": ShelfEntry.State.choices,
            "previous": form.address(page=page.previous_page_number()) if page.has_previous() else "",
            "next": form.address(page=page.next_page_number()) if page.has_next() else "",
            "actions": ManyForm.ACTIONS,
            "last_change": editing.undoable(request.user),
            "asked": questions.due(request.user) if is_plain else (),
        },
    )


@login_required
@require_POST
def put_on_shelf(request, slug):
    """A state in one press; or, with an empty one, off the shelf again."""
    novel = get_object_or_404(Novel, slug=slug)
    form = PressForm(request.POST)
    if not form.is_valid():
        return render(request, "error.html", {"code": 400}, status=400)
    try:
        change = editing.set_state(request.user, novel, form.cleaned_data["state"])
    except ObjectDoesNotExist:
        raise Http404 from None
    if request.htmx:
        return _pressed(request, novel, form.cleaned_data, change)
    return redirects.back(request, novel.get_absolute_url())


def _pressed(request, novel, pressed, change=None):
    """The buttons of a card as they stand now, or the work's place on the shelf. What a press threw away, stars and note
    with it, can be had back at once."""
    entry = request.user.shelf_entries.filter(novel=novel).select_related("novel").first()
    if pressed["on"] != PressForm.SHELF:
        state = entry.state if entry else ""
        context = {"novel": novel, "state": state, "place": pressed["place"], "undoable": None if entry else change}
        if pressed["pick"]:
            return render(request, "chatbot/card/_pick_actions.html", {**context, "pick": pressed["pick"]})
        return render(request, "users/_marks.html", context)
    here = redirects.asked_for(request) or reverse("users:shelf")
    form = ShelfFilterForm(QueryDict(urlsplit(here).query), request.user)
    context = {
        "entry": entry,
        "novel": novel,
        "undoable": change,
        "here": here,
        "states": ShelfEntry.State.choices,
        "form": form,
        "counts": form.counts(),
    }
    return render(request, "users/_shelf_pressed.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request, slug):
    """All that the reader says of one work."""
    novel = get_object_or_404(Novel, slug=slug)
    shelved, read_to = request.user.standing_with(novel)
    shown = shelved or ShelfEntry(novel=novel, state=ShelfEntry.State.READING)
    shown.reader, shown.volumes_read = request.user, read_to
    form = EntryForm(request.POST if request.method == "POST" else None, instance=shown)
    if form.is_valid():
        try:
            editing.change(request.user, [novel.pk], form.cleaned_data, adds=True)
        except ObjectDoesNotExist:
            raise Http404 from None
        messages.success(request, _("Saved: %(title)s") % {"title": novel.short_title})
        return redirects.back(request, reverse("users:shelf"))
    context = {"form": form, "novel": novel, "is_new": shelved is None, "next": redirects.asked_for(request)}
    return render(request, "users/shelf_entry.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def change_many(request):
    """What is ticked, or all that the address finds, at once."""
    asked = ShelfFilterForm(request.GET, request.user)
    form = ManyForm(request.POST, asked.entries())
    if not form.is_valid():
        messages.error(request, _("Please choose what is to become of them."))
        return redirects.back(request, reverse("users:shelf"))
    change = editing.change(request.user, form.novel_ids, form.changed_fields)
    if change is None:
        messages.info(request, _("Nothing was changed: no work was ticked, or all of them were so already."))
    return redirects.back(request, reverse("users:shelf"))


@login_required
@require_POST
def undo(request, pk):
    """Take a change back. What was pressed, a card's buttons or a place on the shelf, comes back with it."""
    change = get_object_or_404(ShelfChange, pk=pk, reader=request.user)
    number = editing.undo(change)
    form = PressForm(request.POST)
    if request.htmx and form.is_valid():
        novel = get_object_or_404(Novel, slug=request.POST.get("novel", "").replace("\x00", ""))
        return _pressed(request, novel, form.cleaned_data)
    told = ngettext("%(n)s work is back as it was.", "%(n)s works are back as they were.", number) % {"n": number}
    messages.success(request, told if number else _("These works were changed again since; they stay as they are."))
    return redirects.back(request, reverse("users:shelf"))


@login_required
@require_POST
def not_yet(request, slug):
    """The reader was asked what became of a work, and nothing has: it is not asked again for a while."""
    entry = get_object_or_404(request.user.shelf_entries, novel__slug=slug)
    entry.asked_at = timezone.now()
    entry.save(update_fields=["asked_at"])
    if request.htmx:
        return render(request, "users/_shelf_asked.html", {"asked": questions.due(request.user)})
    return redirect("users:shelf")
