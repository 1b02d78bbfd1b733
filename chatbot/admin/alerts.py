"""The rules by which operators are told that something is wrong, and the alerts that came of them."""

from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..alerts.measuring import measure
from ..alerts.models import Alert, AlertRule, Measure
from ..models import Turn
from .filters import Filter
from .read_only import ReadOnlyAdmin

# How the list of turns is told to show what a measure counts.
REPLIES = {Measure.FAILED: {"failure": "any"}, Measure.DOWN: {"thumb": Turn.Thumb.DOWN}}
WAITS = {Measure.TEXT: "first", Measure.WHOLE: "whole"}


class WithReadings(ChangeList):
    """The rules with what each measures now."""

    def get_results(self, request):
        super().get_results(request)
        rules = list(self.result_list)
        readings = measure(rules)
        for rule in rules:
            rule.reading = readings[rule.pk]
        self.result_list = rules


@admin.register(AlertRule)
class AlertRuleAdmin(admin.ModelAdmin):
    list_display = ["measure", "window", "limit", "now", "least", "again_after", "no_data", "is_on"]
    list_per_page = 50
    list_filter = []
    fields = ["measure", "threshold", "window", "least", "again_after", "no_data", "is_on"]
    sortable_by = []

    def get_changelist(self, request, **kwargs):
        return WithReadings

    @admin.display(description=_("threshold"))
    def limit(self, rule):
        return rule.in_words(rule.threshold)

    @admin.display(description=_("now"))
    def now(self, rule):
        reading = rule.reading
        of = gettext("of %d") % reading.turns
        return format_html('{} <span class="quiet">{}</span>', rule.in_words(reading.value), of)


class StateFilter(Filter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("on", _("Going on")), ("over", _("Over"))]

    def queryset(self, request, queryset):
        return queryset.filter(ended_at__isnull=self.value() == "on") if self.value() else queryset


@admin.register(Alert)
class AlertAdmin(ReadOnlyAdmin):
    """What was wrong, from when to when."""

    list_display = ["its_rule", "kind", "since", "ended_at", "measured", "highest", "its_replies", "told"]
    list_display_links = None
    actions = None
    list_filter = [StateFilter]
    list_select_related = ["rule"]
    sortable_by = []

    def has_delete_permission(self, request, obj=None):
        return request.user.has_perm("chatbot.delete_alert")  # they go with their rule

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"recipients": settings.ALERT_RECIPIENTS, **(extra_context or {})})

    @admin.display(description=_("rule"))
    def its_rule(self, alert):
        address = reverse("admin:chatbot_alertrule_change", args=[alert.rule_id])
        return format_html('<a href="{}">{}</a>', address, alert.rule)

    @admin.display(description=_("replies"))
    def its_replies(self, alert):
        """Those of the days it lasted that the rule is about, as far as the list of turns tells them apart."""
        window = timedelta(minutes=alert.rule.window)
        days = [timezone.localdate(one) for one in (alert.since - window, alert.ended_at or timezone.now())]
        chosen = {"day": "..".join(day.isoformat() for day in days), **REPLIES.get(alert.rule.measure, {})}
        if alert.rule.measure in WAITS:
            chosen["took"] = f"{WAITS[alert.rule.measure]}-{alert.rule.threshold.normalize():f}"
        address = reverse("admin:chatbot_turn_changelist")
        return format_html('<a href="{}?{}">{}</a>', address, urlencode(chosen), gettext("Look at them"))

    @admin.display(description=_("measured last"))
    def measured(self, alert):
        return alert.value_in_words

    @admin.display(description=_("highest"))
    def highest(self, alert):
        return alert.worst_in_words
