from datetime import timedelta
from functools import wraps

from allauth.account.decorators import secure_admin_login
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from chatbot.assistant import speaks_for_itself
from chatbot.assistant.wire import connection
from chatbot.costs.models import DailyCost, Spending
from chatbot.costs.spending import is_used_up
from chatbot.models import Alert, ReviewItem, Turn
from chatbot.review.counting import counted
from huey_tasks import task_health
from huey_tasks.models import Letter, Worker

from . import latency

TASK_PERIODS = {
    "hour": (_("Last hour"), timedelta(hours=1)),
    "day": (_("Last day"), timedelta(days=1)),
    "week": (_("Last 7 days"), timedelta(days=7)),
}
MAX_WORKERS = 50  # shown, those that beat last
MAX_ALERTS = 20  # shown on the front page
MAX_COUNTED = 1000  # letters that wait


# The front page: what is opened daily first. A section leads to the page of its first model's app. What is in none of
# them comes behind, by app, as Django has it.
SECTIONS = {
    _("Day by day"): (
        "chatbot.ReviewItem",
        "chatbot.Turn",
        "chatbot.Conversation",
        "chatbot.Alert",
        "chatbot.DailyCost",
        "chatbot.Look",
    ),
    _("Catalogue"): (
        "catalogue.Novel",
        "catalogue.Gap",
        "catalogue.FactMark",
        "catalogue.Draft",
        "catalogue.Upload",
        "catalogue.Import",
        "catalogue.Change",
        "catalogue.Volume",
        "catalogue.Tag",
    ),
    _("Rules and instructions"): (
        "chatbot.PromptVersion",
        "chatbot.RegressionCase",
        "chatbot.Criterion",
        "chatbot.ReviewRule",
        "chatbot.AlertRule",
        "chatbot.PriceRule",
        "chatbot.RetentionDay",
    ),
    _("Readers and operators"): (
        "users.User",
        "auth.Group",
        "account.EmailAddress",
        "mfa.Authenticator",
        "usersessions.UserSession",
        "socialaccount.SocialAccount",
    ),
}
ORDER = {label: place for place, label in enumerate(label for labels in SECTIONS.values() for label in labels)}


def lacks_second_step(user):
    return settings.OPERATORS_NEED_MFA and not is_mfa_enabled(
        user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    )


def spent_today():
    """For the page's line on money: today's spending and its bound, where there is one; else what today's replies cost,
    where they cost anything."""
    if settings.DAILY_BUDGET is None:
        cost = DailyCost.objects.total(timezone.localdate())
        return {"spending": Spending(spent=cost)} if cost else {}
    return {
        "spending": Spending.objects.today(),
        "budget": settings.DAILY_BUDGET,
        "over_budget": is_used_up(),
    }


def alerts_for(user):
    """What is wrong now, the latest first, for those who may see it."""
    if not user.has_perm("chatbot.view_alert"):
        return []
    return Alert.objects.going_on().select_related("rule")[:MAX_ALERTS]


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
        now = {"alerts": alerts_for(request.user), "has_worker": Worker.alive().exists(), **spent_today()}
        if request.user.has_perm("chatbot.view_reviewitem"):
            now["to_review"] = counted(ReviewItem.objects.open())
        return super().index(request, {**(extra_context or {}), **now})

    def get_app_list(self, request, app_label=None):
        """The sections of the front page; of one app the models in the same order."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda one: ORDER.get(one["model"]._meta.label, len(ORDER)))
        if app_label:
            return apps
        found = {one["model"]._meta.label: (app, one) for app in apps for one in app["models"]}
        sections = []
        for name, labels in SECTIONS.items():
            if there := [found.pop(label) for label in labels if label in found]:
                sections.append({**there[0][0], "name": name, "models": [one for _app, one in there]})
        rest = [{**app, "models": [one for one in app["models"] if one["model"]._meta.label in found]} for app in apps]
        return sections + [app for app in rest if app["models"]]

    def get_urls(self):
        # Only here: the pages of the apps register with the site that is being made when this module is read.
        from chatbot.admin.figures import figures_view

        return [
            path("latency/", self.admin_view(self.latency_view), name="latency"),
            path("tasks/", self.admin_view(self.tasks_view), name="tasks"),
            path("figures/", self.admin_view(figures_view), {"site": self}, name="figures"),
            *super().get_urls(),
        ]

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
            "letters_given_up": Letter.objects.failed().count(),
            "max_lines": latency.MAX_LINES,
            "max_turns": latency.MAX_TURNS,
        }
        return TemplateResponse(request, "admin/latency.html", context)

    def tasks_view(self, request):
        """What the workers do besides replies: who lives, what waits, how each task fares; `?period=` is one of
        TASK_PERIODS."""
        if not request.user.has_perm("huey_tasks.view_worker"):
            raise PermissionDenied
        period = request.GET.get("period")
        if period not in TASK_PERIODS:
            period = "day"
        context = {
            **self.each_context(request),
            "title": _("How the tasks fare"),
            "period": period,
            "periods": {code: name for code, (name, _span) in TASK_PERIODS.items()},
            "tasks": task_health.tasks_since(TASK_PERIODS[period][1]),
            "lengths": task_health.queue_lengths(),
            "workers": Worker.objects.all()[:MAX_WORKERS],
            "letters": Letter.objects.due().values("pk")[:MAX_COUNTED].count(),
            "letters_given_up": Letter.objects.failed().count(),
        }
        return TemplateResponse(request, "admin/tasks.html", context)
