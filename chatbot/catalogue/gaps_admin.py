"""Gaps as operators see them: what most readers named in vain first, and the way from there to a novel."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from ..text.matcher import HANGUL
from .gaps import Gap


@admin.register(Gap)
class GapAdmin(admin.ModelAdmin):
    """Titles are strangers' text: shown as such, set aside or filled, never edited."""

    list_display = ["title", "create", "readers", "in_asks", "in_replies", "state", "last_at", "turns"]
    list_filter = ["state", "last_at"]
    list_per_page = 50
    search_fields = ["title"]
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    list_select_related = ["novel"]
    fields = ["title", "state", "novel", "readers", "in_asks", "in_replies", "first_at", "last_at", "turns"]
    readonly_fields = [name for name in fields if name not in ("state", "novel")]
    autocomplete_fields = ["novel"]
    actions = ["ignore", "open_again"]

    def has_add_permission(self, request):
        return False

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_term.replace("\x00", ""))

    @admin.display(description=_("novel"))
    def create(self, gap):
        if gap.novel:
            return format_html(
                '<a href="{}">{}</a>', reverse("admin:catalogue_novel_change", args=[gap.novel_id]), gap.novel
            )
        address = f"{reverse('admin:catalogue_novel_add')}?gap={gap.pk}"
        return format_html('<a href="{}">{}</a>', address, _("Create"))

    @admin.display(description=_("turns"))
    def turns(self, gap):
        links = ((reverse("admin:chatbot_turn_change", args=[pk]), pk) for pk in reversed(gap.examples))
        return format_html_join(" ", '<a href="{}">{}</a>', links)

    @admin.action(description=_("Ignore the selected gaps"), permissions=["change"])
    def ignore(self, request, queryset):
        queryset.filter(novel=None).update(state=Gap.State.IGNORED)

    @admin.action(description=_("Open the selected gaps again"), permissions=["change"])
    def open_again(self, request, queryset):
        queryset.filter(novel=None).update(state=Gap.State.OPEN)


class FromGap(admin.ModelAdmin):
    """For the novel's admin: a new novel begins with the name a gap is known by, and fills it when it is saved."""

    def _gap(self, request):
        number = request.GET.get("gap", "")
        return Gap.objects.filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None

    def get_changeform_initial_data(self, request):
        gap = self._gap(request)
        if gap is None:
            return super().get_changeform_initial_data(request)
        return {f"title_{_language_of(gap.title)}": gap.title}

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not change and (gap := self._gap(request)):
            gap.fill(form.instance)


def _language_of(title):
    if HANGUL.search(title):
        return "ko"
    return "en" if title.isascii() else "ja"
