"""Conversations found again, kept above the others, and put away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from . import own_search
from .history import COLUMNS
from .models import MAX_PINNED
from .room import own_conversation, room

ARCHIVED_A_PAGE = 40


@login_required
@require_safe
def find(request):
    """What was said in one's own conversations; `before` is the `older` of the page before."""
    query = request.GET.get("q", "")[: own_search.MAX_QUERY].replace("\x00", "").strip()
    before = request.GET.get("before", "")
    before = int(before) if before.isdecimal() and len(before) < 19 else None
    context = {"query": query, "before": before, "found": own_search.find(request.user, query, before)}
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "chatbot/find/_found.html", context)
    return render(request, "chatbot/find/find.html", room(request, **context))


@login_required
@require_safe
def archived(request):
    conversations = request.user.conversations.archived().only(*COLUMNS)
    page = Paginator(conversations, ARCHIVED_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "chatbot/find/archived.html", room(request, page=page))


@login_required
@require_POST
def pin(request, pk):
    conversation = own_conversation(request, pk)
    if not conversation.pin(request.POST.get("do") != "undo"):
        words = _("Up to %(n)s conversations can be kept at the top; please let one of them go first.")
        messages.error(request, words % {"n": MAX_PINNED})
    return redirect(conversation)


@login_required
@require_POST
def archive(request, pk):
    conversation = own_conversation(request, pk)
    is_put_away = request.POST.get("do") != "undo"
    conversation.archive(is_put_away)
    messages.success(
        request,
        _("This conversation is archived. You find it below the list, under “Archived conversations”.")
        if is_put_away
        else _("This conversation stands in the list again."),
    )
    return redirect(conversation)
