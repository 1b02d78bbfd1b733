"""Gaps as operators see them: what most readers named in vain first, and the way from there to a novel."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from ..text.matcher import HANGUL
from . import search
from .gaps import Gap
from .loading import rename
from .models import Revision
from .volumes import Volume

ALIKE = 3  # works that a gap may already be


@admin.register(Gap)
class GapAdmin(admin.ModelAdmin):
    """Titles are strangers' text: shown as such, set aside or filled, never edited."""

    list_display = ["title", "create", "language", "readers", "in_asks", "in_replies", "state", "last_at", "turns"]
    list_filter = ["state", "last_at"]
    list_per_page = 50
    search_fields = ["title"]
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    list_select_related = ["novel"]
    fields = ["title", "create", "state", "novel", "readers", "in_asks", "in_replies", "first_at", "last_at", "turns"]
    readonly_fields = [name for name in fields if name not in ("state", "novel")]
    autocomplete_fields = ["novel"]
    actions = ["ignore", "open_again"]

    def has_add_permission(self, request):
        return False

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_term.replace("\x00", ""))

    def get_list_display(self, request):
        return self._without_turns(request, super().get_list_display(request))

    def get_fields(self, request, obj=None):
        return self._without_turns(request, super().get_fields(request, obj))

    @staticmethod
    def _without_turns(request, names):
        """Who keeps the catalogue need not see what readers said."""
        return [name for name in names if name != "turns" or request.user.has_perm("chatbot.view_turn")]

    def save_model(self, request, obj, form, change):
        """A work that was chosen fills the gap, and is found by its title from now on."""
        super().save_model(request, obj, form, change)
        if "novel" in form.changed_data and obj.novel:
            obj.fill(obj.novel)
            rename(obj.novel)
            Revision.advance()

    @admin.display(description=_("language"))
    def language(self, gap):
        return Volume.Language(language_of(gap.title)).label

    @admin.display(description=_("on the shelf"))
    def create(self, gap):
        if gap.novel:
            return format_html(
                '<a href="{}">{}</a>', reverse("admin:catalogue_novel_change", args=[gap.novel_id]), gap.novel
            )
        address = f"{reverse('admin:catalogue_novel_add')}?gap={gap.pk}"
        return format_html('<a href="{}">{}</a>', address, _("Put it on the shelf"))

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
        return {f"title_{language_of(gap.title)}": gap.title}

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if add and (gap := self._gap(request)):
            language = Volume.Language(language_of(gap.title)).label
            context |= {"gap": gap, "gap_language": language, "alike": search.find(gap.title, ALIKE)}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_related(self, request, form, formsets, change):
        gap = None if change else self._gap(request)
        super().save_related(request, form, formsets, change)
        if gap and gap.novel_id is None:
            gap.fill(form.instance)
            rename(form.instance)


def language_of(title):
    """Of a title, by its letters."""
    if HANGUL.search(title):
        return "ko"
    return "en" if title.isascii() else "ja"
