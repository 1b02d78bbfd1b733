"""The figures of a period as charts and tables."""

from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ..figures.panels import Panels
from ..figures.report import PERIODS, report

NAMES = {
    "today": gettext_lazy("Today"),
    "7": gettext_lazy("Past 7 days"),
    "30": gettext_lazy("Past 30 days"),
    "90": gettext_lazy("Past 90 days"),
}
USUAL = "7"


@require_safe
def figures_view(request, site):
    """`?period=` is one of report.PERIODS; anything else is the usual one. For whoever may see turns."""
    if not request.user.has_perm("chatbot.view_turn"):
        raise PermissionDenied
    period = request.GET.get("period")
    shown = report(period if period in PERIODS else USUAL)
    panels = Panels(shown, sees=lambda label: request.user.has_perm("{}.view_{}".format(*label.split("."))))
    context = {
        **site.each_context(request),
        "title": _("Figures"),
        "period": shown.period,
        "periods": NAMES,
        "report": shown,
        "tiles": panels.tiles(),
        "panels": panels.panels(),
    }
    return TemplateResponse(request, "admin/figures.html", context)
