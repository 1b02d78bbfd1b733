"""Pages that belong to no app: the lamp's switch, the sign of life, and the error pages."""

import logging

from django.conf import settings
from django.db import Error as DatabaseTrouble
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_POST, require_safe

from chatbot.models import Turn
from huey_tasks.models import GONE_AFTER, Worker

logger = logging.getLogger(__name__)

THEMES = {"night", "paper"}


@require_POST
def theme(request):
    """Night or paper, kept in a cookie; anything else follows the system again."""
    chosen = request.POST.get("theme")
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    # Not `redirect`, which would take a word without a slash for the name of a view.
    response = HttpResponseRedirect(target)
    if chosen in THEMES:
        response.set_cookie("theme", chosen, max_age=365 * 24 * 3600, samesite="Lax", secure=settings.HTTPS)
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


@require_safe
def healthz(request):
    """200 while a worker lives, 503 when none has shown itself for a while or the database does not answer."""
    try:
        beat = Worker.last_beat()
        queue = Turn.objects.filter(state=Turn.State.QUEUED).count()
    except DatabaseTrouble:
        logger.exception("the database does not answer")
        status, beat, queue = "no database", None, None
    else:
        status = "ok" if beat and timezone.now() - beat < GONE_AFTER else "no worker"
    return JsonResponse(
        {"status": status, "worker_beat": beat.isoformat() if beat else None, "queue": queue},
        status=200 if status == "ok" else 503,
        headers={"Cache-Control": "no-store"},
    )


@requires_csrf_token
def csrf_failure(request, reason=""):
    return render(request, "error.html", {"code": 403, "kind": "csrf"}, status=403)


# Not with `requires_csrf_token`: it reads the body, which may be what is wrong with the request. The middleware has
# taken the token from the cookie before.
def bad_request(request, exception):
    return render(request, "error.html", {"code": 400}, status=400)


def permission_denied(request, exception):
    return render(request, "error.html", {"code": 403}, status=403)


def page_not_found(request, exception):
    return render(request, "error.html", {"code": 404}, status=404)


def server_error(request):
    # Without the request's context: whatever broke may break again in a context processor.
    return render(None, "500.html", status=500)
