"""Sharing a conversation, and reading one that was shared."""

import logging
import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..catalogue.cover_art import cover_images
from ..room import own_conversation
from ..text.quoting import titled
from . import card, snapshot
from .continuing import go_on
from .forms import ShareForm
from .models import MAX_SHARES, Share
from .visitors import is_person

logger = logging.getLogger(__name__)

SHARES_A_PAGE = 30
COUNTED_FOR = 24 * 3600  # seconds for which a browser is counted once


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def share(request, pk):
    """What others would see, to be looked at and changed; and by POST the link to just that."""
    conversation = own_conversation(request, pk)
    if conversation.temporary:
        raise Http404
    sharable = snapshot.sharable(conversation)
    private = snapshot.private_among(sharable)
    initial = {"turns": [turn.pk for turn in sharable if turn.pk not in private], "days": 0}
    data = request.POST if request.method == "POST" else request.GET if "days" in request.GET else None
    form = ShareForm(data, initial=initial, sharable=sharable)
    is_good = form.is_bound and form.is_valid()
    if request.method == "POST" and is_good and (made := _made(request, conversation, form)):
        return redirect(f"{reverse('chatbot:shares')}#share-{made.pk}")
    chosen = form.chosen if is_good else [turn for turn in sharable if turn.pk in initial["turns"]]
    context = {
        "conversation": conversation,
        "form": form,
        "turns": [(turn, turn in chosen, turn.pk in private) for turn in sharable],
        "shown": snapshot.presented(snapshot.freeze(chosen)),
        "chosen": chosen,
        "days": form.cleaned_data.get("days", 0) if form.is_bound else 0,
        "title": conversation.title,
    }
    part = request.htmx and not request.htmx.history_restore_request
    template = "chatbot/sharing/_preview.html" if part else "chatbot/sharing/share.html"
    return render(request, template, context, status=422 if form.is_bound and not is_good else 200)


def _made(request, conversation, form):
    if request.user.shares.count() >= MAX_SHARES:
        messages.error(
            request, _("There can be %(n)s links at once; please end one of them first.") % {"n": MAX_SHARES}
        )
        return None
    frozen = snapshot.freeze(form.chosen)
    language = (get_language() or "ko")[:2]
    return Share.objects.create(
        conversation=conversation,
        reader=request.user,
        title=conversation.title,
        language=language,
        turns=frozen,
        ends_at=form.ends_at,
        picture=_picture(conversation.title, frozen, language),
    )


def _picture(title, frozen, language):
    """A link is not lost over a picture that could not be drawn."""
    try:
        with translation.override(language):
            works = snapshot.works_of(snapshot.presented(frozen))
            covers = cover_images([novel.slug for novel in works[: card.COVERS]], language)
            return card.draw(title, _works(works), _("The light-novel librarian"), covers)
    except Exception:
        logger.exception("no picture of a shared conversation")
        return b""


def _works(works):
    return ngettext("%(n)s book offered", "%(n)s books offered", len(works)) % {"n": len(works)} if works else ""


@login_required
@require_safe
def shares(request):
    """One's own links, and how often each was opened."""
    own = request.user.shares.defer("turns", "picture").filter(conversation__deleted_at=None)
    page = Paginator(own, SHARES_A_PAGE).get_page(request.GET.get("page"))
    for one in page:
        one.address = request.build_absolute_uri(one.get_absolute_url())
    return render(request, "chatbot/sharing/shares.html", {"page": page})


@login_required
@require_POST
def revoke(request, pk):
    get_object_or_404(request.user.shares.only("pk"), pk=pk).delete()
    messages.success(request, _("The link leads nowhere any more."))
    return redirect("chatbot:shares")


@require_safe
def shared(request, token):
    """A shared conversation, for whoever has the link."""
    has_picture = ~Q(picture=b"")
    shares = Share.objects.open().defer("picture").annotate(has_picture=ExpressionWrapper(has_picture, BooleanField()))
    found = get_object_or_404(shares, token=token)
    shown = snapshot.presented(found.turns)
    works = snapshot.works_of(shown)
    context = {
        "share": found,
        "shown": shown,
        "title": found.title,
        "address": request.build_absolute_uri(found.get_absolute_url()),
        "picture": found.has_picture and request.build_absolute_uri(reverse("chatbot:shared_picture", args=[token])),
        "works": ", ".join(titled(novel.title, get_language()) for novel in works[:6]),
        "is_own": found.reader_id == request.user.pk,
    }
    response = render(request, "chatbot/sharing/shared.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "private, no-store"  # who took it back must not be read from a copy
    seen = f"seen-{found.pk}"
    if request.method == "GET" and not context["is_own"] and seen not in request.COOKIES and is_person(request):
        Share.objects.count_view(found.pk)
        response.set_cookie(
            seen, "1", max_age=COUNTED_FOR, path=found.get_absolute_url(), httponly=True, samesite="Lax"
        )
    return response


@require_safe
def picture(request, token):
    found = get_object_or_404(Share.objects.open().only("picture"), token=token)
    if not found.picture:
        raise Http404
    return HttpResponse(
        bytes(found.picture),
        content_type="image/png",
        headers={
            "Cache-Control": "public, max-age=3600",
            "X-Robots-Tag": "noindex",
            "Cross-Origin-Resource-Policy": "cross-origin",  # messengers show it on their own pages
        },
    )


@require_POST
def continue_(request, token):
    """A conversation of one's own that begins as the shared one."""
    found = get_object_or_404(Share.objects.open().defer("picture"), token=token)
    if not request.user.is_authenticated:
        return redirect_to_login(found.get_absolute_url())
    if found.reader_id == request.user.pk:
        return redirect("chatbot:conversation", found.conversation_id)
    return redirect(go_on(request.user, found, key=uuid.uuid5(uuid.NAMESPACE_URL, f"{found.token} {request.user.pk}")))
