"""Taking out: a conversation, the books offered in it, all that is one's own."""

from itertools import chain

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from lightnovel.telling import tell_worker
from users.shelf import myanimelist

from ..models import Pick
from ..room import own_conversation, room
from . import picks as picked
from .archive import file_name
from .models import Takeout
from .transcripts import FORMS


def _download(content, name, kind):
    """`content`, text in pieces, as a file; its first piece is made before the answer begins, so that what fails there
    is an error page."""
    pieces = iter(content)
    response = StreamingHttpResponse(chain([next(pieces, "")], pieces), content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_safe
def conversation(request, pk):
    """One conversation, as Markdown, plain text or JSON."""
    own = own_conversation(request, pk)
    form = request.GET.get("form", "md")
    if form not in FORMS:
        raise Http404
    write, kind = FORMS[form]
    return _download(write(own), f"{file_name(own.title)}.{form}", f"{kind}; charset=utf-8")


@login_required
@require_safe
def picks(request, pk):
    """The books offered in a conversation, to be ticked; with `save` those ticked as a text."""
    own = own_conversation(request, pk)
    offered = Pick.objects.filter(turn__conversation=own, turn__hidden=False)
    works = picked.works_of(offered.select_related("novel").order_by("turn_id", "position")[: picked.MAX_PICKS])
    if "save" in request.GET:
        ticked = [one for one in works if one.slug in set(request.GET.getlist("pick"))]
        if ticked:
            return _download(
                [picked.as_text(own.title, ticked)], f"{file_name(own.title)}.txt", "text/plain; charset=utf-8"
            )
    context = room(request, conversation=own, works=works, none_ticked="save" in request.GET)
    return render(request, "chatbot/takeout/picks.html", context, status=422 if "save" in request.GET else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def takeout(request):
    """Where all that is one's own is asked for, and got."""
    if request.method == "POST":
        asked = Takeout.objects.request(request.user)
        Takeout.objects.filter(pk=asked.pk).update(language=(get_language() or "ko")[:2])
        tell_worker("make_takeouts")
        return redirect("chatbot:takeout")
    latest = request.user.takeouts.first()
    if latest and latest.finished_at and latest.until < timezone.now():
        latest = None
    context = {"takeout": latest, "left_out": myanimelist.left_out(request.user.shelf_entries.order_by())}
    return render(request, "chatbot/takeout/takeout.html", context)


@login_required
@require_safe
def archive(request, pk):
    ready = get_object_or_404(Takeout.objects.ready().filter(reader=request.user), pk=pk)
    response = StreamingHttpResponse(ready.read(), content_type="application/zip")
    response["Content-Length"] = ready.size
    day = timezone.localtime(ready.finished_at, request.user.zone).date()
    response["Content-Disposition"] = content_disposition_header(True, f"lightnovel-{day}.zip")
    response["Cache-Control"] = "no-store"
    return response if request.method == "GET" else HttpResponse(headers=dict(response.items()))
