from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from chatbot.models import Turn
from huey_tasks.models import Worker

from . import latency


class LibraryAdminSite(admin.AdminSite):
    site_header = _("The keepers' room")
    site_title = _("The light-novel librarian")
    index_title = _("What there is to look after")
    enable_nav_sidebar = False  # the lists and transcripts need the width

    # Staff log in where everybody does, so the same limits and second factors hold.
    login = method_decorator(secure_admin_login)(admin.AdminSite.login)

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
            "title": _("How long things take"),
            "period": period,
            "periods": latency.PERIOD_NAMES,
            "routes": latency.routes(start),
            "voices": latency.voices(start),
            "worker": Worker.objects.first(),
            "queue": Turn.objects.filter(state=Turn.State.QUEUED).count(),
            "max_lines": latency.MAX_LINES,
            "max_turns": latency.MAX_TURNS,
        }
        return TemplateResponse(request, "admin/latency.html", context)
