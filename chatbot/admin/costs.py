"""What replies cost: prices of models with their days of effect, and what each day was spent on."""

from datetime import timedelta

from django.contrib import admin
from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from ..costs import pricing
from ..costs.models import MILLION, DailyCost, PriceRule
from .filters import DayFilter, VoiceFilter, voice_name
from .read_only import ReadOnlyAdmin

PERIODS = {1: _("Today"), 7: _("Past 7 days"), 30: _("Past 30 days")}
DIGITS = 4  # of an amount: a reply costs far less than a hundredth


def amount(millionths, digits=DIGITS):
    """Millionths as an amount of the currency."""
    return number_format(millionths / MILLION, digits, force_grouping=True)


def price(of_a_million):
    """Without the zeros at its end, but for those of hundredths."""
    whole, _point, rest = f"{of_a_million:.4f}".partition(".")
    return number_format(f"{whole}.{rest.rstrip('0'):0<2}")


def totals():
    """[(period, amount spent in it)] of today, a week and a month."""
    today = timezone.localdate()
    since = {f"d{days}": today - timedelta(days=days - 1) for days in PERIODS}
    sums = {name: Sum("cost", filter=Q(day__gte=day)) for name, day in since.items()}
    found = DailyCost.objects.filter(day__gte=min(since.values())).aggregate(**sums)
    return [(name, amount(found[f"d{days}"] or 0)) for days, name in PERIODS.items()]


@admin.register(PriceRule)
class PriceRuleAdmin(admin.ModelAdmin):
    """A rule in effect is read only: replies were priced by it. A later one replaces it."""

    list_display = ["model", "valid_from", "in_effect", "read_", "cached_", "cache_written_", "written_"]
    list_filter = ["valid_from"]
    list_per_page = 50
    search_fields = ["model"]
    search_help_text = _("Model")
    show_facets = admin.ShowFacets.NEVER
    fields = ["model", "valid_from", "read", "cached", "cache_written", "written"]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and obj.is_in_effect())

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.is_in_effect())

    def get_actions(self, request):
        return {}  # of several at once, some may be in effect

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        pricing.reread()

    @admin.display(description=_("in effect"), boolean=True)
    def in_effect(self, rule):
        return rule.is_in_effect()

    @admin.display(description=_("read"))
    def read_(self, rule):
        return price(rule.read)

    @admin.display(description=_("read from the cache"))
    def cached_(self, rule):
        return price(rule.cached)

    @admin.display(description=_("put into the cache"))
    def cache_written_(self, rule):
        return price(rule.cache_written)

    @admin.display(description=_("written"))
    def written_(self, rule):
        return price(rule.written)


class SpendingDayFilter(DayFilter):
    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        start, end = (timezone.localdate(moment) for moment in self.span())
        return queryset.filter(day__gte=start, day__lt=end)


@admin.register(DailyCost)
class DailyCostAdmin(ReadOnlyAdmin):
    """What was spent, a row a day, model and voice; kept whatever becomes of the turns."""

    list_display = ["day", "model", "voice_name", "replies_", "read_", "cached_", "written_", "cost_", "assumed_"]
    list_display_links = None
    fields = list_display
    list_filter = [SpendingDayFilter, VoiceFilter]
    search_fields = ["model"]
    search_help_text = _("Model")
    sortable_by = []

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"totals": totals(), **(extra_context or {})})

    @admin.display(description=_("voice"))
    def voice_name(self, row):
        return voice_name(row.voice)

    @admin.display(description=_("replies"))
    def replies_(self, row):
        return intcomma(row.replies)

    @admin.display(description=_("tokens read"))
    def read_(self, row):
        return intcomma(row.tokens_read)

    @admin.display(description=_("of those read, from the cache"))
    def cached_(self, row):
        return intcomma(row.tokens_cached)

    @admin.display(description=_("tokens written"))
    def written_(self, row):
        return intcomma(row.tokens_written)

    @admin.display(description=_("cost"))
    def cost_(self, row):
        return amount(row.cost)

    @admin.display(description=_("of it, assumed"))
    def assumed_(self, row):
        return amount(row.assumed) if row.assumed else "–"
