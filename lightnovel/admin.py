from functools import wraps

from allauth.account.decorators import secure_admin_login
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import admin, messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from chatbot.assistant import speaks_for_itself
from chatbot.assistant.wire import connection
from chatbot.models import Turn
from chatbot.spending import Spending, is_used_up
from huey_tasks.models import Worker

from . import latency


def lacks_second_step(user):
    return settings.OPERATORS_NEED_MFA and not is_mfa_enabled(
        user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    )


def spent_today():
    """For the page's line on money: today's spending and its bound, where there is one."""
    if settings.DAILY_BUDGET is None:
        return {}
    return {
        "spending": Spending.objects.today(),
        "budget": settings.DAILY_BUDGET,
        "over_budget": is_used_up(),
    }


class LibraryAdminSite(admin.AdminSite):
    site_header = _("The keepers' room")
    site_title = _("The light-novel librarian")
    index_title = _("What there is to look after")
    enable_nav_sidebar = False  # the lists and transcripts need the width

    @method_decorator(secure_admin_login)
    def login(self, request, extra_context=None):
        """Staff log in where everybody does, so the same limits and second factors hold; the admin's own form is shut,
        also for who is logged in already and could try another's password there."""
        return redirect("admin:index")

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    def admin_view(self, view, cacheable=False):
        """Also asks for a second step where operators need one: whoever has none is led to set it up."""
        view = super().admin_view(view, cacheable)

        @wraps(view)
        def with_second_step(request, *args, **kwargs):
            leaving = request.resolver_match.url_name == "logout"
            if self.has_permission(request) and not leaving and lacks_second_step(request.user):
                messages.warning(
                    request, _("Keepers need a second step. Set one up here, then the keepers' room opens.")
                )
                return redirect("mfa_index")
            return view(request, *args, **kwargs)

        return with_second_step

    def index(self, request, extra_context=None):
        return super().index(request, {**(extra_context or {}), **spent_today()})

    def get_urls(self):
        return [path("latency/", self.admin_view(self.latency_view), name="latency"), *super().get_urls()]

    def latency_view(self, request):
        """How long requests and replies take; `?period=` is one of latency.PERIODS."""
        period = request.GET.get("period")
        if period not in latency.PERIODS:
            period = "day"
        start = latency.since(period)
        context = {
            **self.each_context(request),
            **spent_today(),
            "title": _("How long things take"),
            "period": period,
            "periods": latency.PERIOD_NAMES,
            "routes": latency.routes(start),
            "voices": latency.voices(start),
            "worker": Worker.objects.first(),
            "connection": None if speaks_for_itself() else connection(),
            "queue": Turn.objects.filter(state=Turn.State.QUEUED).count(),
            "max_lines": latency.MAX_LINES,
            "max_turns": latency.MAX_TURNS,
        }
        return TemplateResponse(request, "admin/latency.html", context)
