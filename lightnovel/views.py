"""Pages that belong to no app: the lamp's switch, the sign of life, and the error pages."""

import logging
import sys
from datetime import timedelta

from allauth.account.internal.templatekit import get_entrance_context_data
from django.conf import settings
from django.db import Error as DatabaseTrouble
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_POST, require_safe

from chatbot.assistant import speaks_for_itself
from chatbot.assistant.wire import connection
from chatbot.models import Turn
from chatbot.text.cleaning import MAX_LENGTH
from huey_tasks.models import Worker
from users import passwords
from users.forms import LoginForm, ResetPasswordForm, SignupForm

from . import outage

logger = logging.getLogger(__name__)

LATE = timedelta(seconds=20)  # a turn that is told of every two seconds (the rescue) is begun long before
THEMES = {"night", "paper"}
# Forms whose words outlive a refusal for too many tries.
TYPED = {
    "account_login": ("account/login.html", LoginForm),
    "account_signup": ("account/signup.html", SignupForm),
    "account_reset_password": ("account/password_reset.html", ResetPasswordForm),
}
PRIVATE = ("accounts", "admin", "conversations", "turns", "users")
ROBOTS = "\n".join(["User-agent: *", *(f"Disallow: /{name}/" for name in PRIVATE), ""])


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
    """200 while replies are written: by a living worker that takes what waits. 503 when none has shown itself for a
    while, a turn waits though a worker is free, or the database does not answer."""
    try:
        beat = Worker.last_beat()
        queue, late = Turn.objects.line(LATE)
        status = _status(late)
    except DatabaseTrouble:
        logger.exception("the database does not answer")
        status, beat, queue = "no database", None, None
    detail = {"status": status, "worker_beat": beat.isoformat() if beat else None, "queue": queue}
    if not speaks_for_itself():
        asked = connection()
        detail["model"] = {"name": asked.model, "api": asked.wire, "left_out": [one.part for one in asked.left_out]}
    return JsonResponse(
        detail,
        status=200 if status == "ok" else 503,
        headers={"Cache-Control": "no-store"},
    )


def _status(late):
    """ok, no worker, or stalled. Where every place of the workers is taken, a line is just a line."""
    workers = Worker.alive().count()
    if not workers:
        return "no worker"
    if not late or not Turn.objects.claimable().waiting_since(LATE).exists():
        return "ok"
    running = Turn.objects.filter(state=Turn.State.RUNNING).count()
    return "stalled" if running < workers * settings.WORKERS else "ok"


@requires_csrf_token
def csrf_failure(request, reason=""):
    # Not a form to send once more: it may have come from anywhere.
    words = request.POST.get("text", "")[:MAX_LENGTH]
    return render(request, "error.html", {"code": 403, "kind": "csrf", "words": words}, status=403)


# Not with `requires_csrf_token`: it reads the body, which may be what is wrong with the request. The middleware has
# taken the token from the cookie before.
def bad_request(request, exception):
    return render(request, "error.html", {"code": 400}, status=400)


def permission_denied(request, exception):
    return render(request, "error.html", {"code": 403}, status=403)


def page_not_found(request, exception):
    return render(request, "error.html", {"code": 404}, status=404)


def server_error(request):
    """Called while the exception is being handled. A store that does not answer is no fault of ours: 503."""
    error = sys.exc_info()[1]
    if isinstance(error, passwords.Busy):
        return outage.busy(request)
    if not outage.is_one(error):
        # Without the request's context: whatever broke may break again in a context processor.
        return render(None, "500.html", status=500)
    outage.let_go(request)
    return outage.page(request)


def too_many_requests(request):
    """allauth's refusal of one try too many. The form stands there again with what was typed, but for the passwords."""
    template, form = TYPED.get(request.resolver_match.view_name, ("429.html", None))
    context = {"too_many": True}
    if form and not request.htmx:
        typed = {name: request.POST[name][:254] for name in ("login", "username", "email") if name in request.POST}
        context |= {**get_entrance_context_data(request), "form": form(initial=typed)}
    else:
        template = "429.html"
    response = render(request, template, context, status=429)
    response["Retry-After"] = 60
    return response


@require_safe
def robots(request):
    """What is each reader's own is nothing for a search engine; the shelf is for everybody."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")
