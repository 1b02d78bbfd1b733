"""Imports as operators see them: what each did, taking one back, and the works that wait to be completed."""

import time

from django.contrib import admin, messages
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lightnovel import batches

from ..models import LANGUAGES, Tag
from ..reasons import place_in_words
from . import applying
from .models import Draft, Import, ImportedWork

PATIENCE = 2  # seconds a page may take for an undo, before the worker goes on with it
NAMES = {
    "titles.ko": _("Korean title"),
    "titles.ja": _("Japanese title"),
    "titles.en": _("English title"),
    "authors": _("authors"),
    "year": _("first year"),
    "volumes": _("volumes"),
    "status": _("status"),
    "synopsis.ko": _("Korean synopsis"),
    "synopsis.en": _("English synopsis"),
    "synopsis.ja": _("Japanese synopsis"),
    "tags": _("six tags or more"),
}
ACTIONS = {
    "added": _("added"),
    "drafted": _("added, unfinished"),
    "changed": _("changed"),
    "untouched": _("untouched"),
    "kept": _("kept as changed by hand"),
    "rejected": _("rejected"),
    "doubtful": _("doubtful"),
    "elsewhere": _("not on the shelf"),
}


class ReadOnly(admin.ModelAdmin):
    list_per_page = 50

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Import)
class ImportAdmin(ReadOnly):
    list_display = ["file_name", "source", "made_at", "made_by", "result", "undone_at"]
    list_filter = ["source"]
    list_select_related = ["made_by"]
    date_hierarchy = "made_at"
    fields = ["source", "file_name", "made_at", "made_by", "ended_at", "result", "its_works", "undone_at", "undone_by"]
    actions = ["undo_selected"]

    def has_undo_permission(self, request):
        return request.user.has_perm("catalogue.undo_import")

    @admin.display(description=_("result"))
    def result(self, imported):
        counts = [f"{ACTIONS[action]} {imported.counts[action]}" for action in ACTIONS if imported.counts.get(action)]
        return " · ".join(counts) or _("It broke off")

    @admin.display(description=_("works"))
    def its_works(self, imported):
        address = reverse("admin:catalogue_importedwork_changelist")
        number = imported.works.count()
        text = ngettext("%(number)d work", "%(number)d works", number) % {"number": number}
        return format_html('<a href="{}?of__id__exact={}">{}</a>', address, imported.pk, text)

    @admin.action(description=_("Undo the selected imports"), permissions=["undo"])
    def undo_selected(self, request, queryset):
        waiting = queryset.filter(undone_at=None).order_by("-pk")
        if not waiting:
            self.message_user(request, _("They have been undone already."), messages.WARNING)
        elif "confirmed" in request.POST:
            for imported in waiting:
                self._undo(request, imported)
        else:
            context = {**self.admin_site.each_context(request), "title": _("Undo imports"), "opts": self.opts}
            return TemplateResponse(request, "admin/catalogue/import/undo.html", {**context, "imports": waiting})
        return None

    def _undo(self, request, imported):
        try:
            applying.begin_undo(imported, request.user)
        except applying.AlreadyUndone:  # somebody else was quicker
            return
        self.log_change(request, imported, "undone")
        if not applying.go_on_undoing(time.monotonic() + PATIENCE):
            batches.nudge()
            text = _("%(import)s is being undone: the list of its works fills with what was left.")
            self.message_user(request, text % {"import": imported}, messages.SUCCESS)
            return
        left = applying.left_of(imported)
        self.message_user(request, _("%(import)s has been undone.") % {"import": imported}, messages.SUCCESS)
        if left:
            text = ngettext(
                "%(number)d work was left as it is: the list of its works says why.",
                "%(number)d works were left as they are: the list of its works says why.",
                len(left),
            )
            self.message_user(request, text % {"number": len(left)}, messages.WARNING)


@admin.register(ImportedWork)
class ImportedWorkAdmin(ReadOnly):
    list_display = ["title", "action", "place", "changes", "left"]
    list_filter = ["action", "left"]
    search_fields = ["title"]
    fields = ["of", "title", "place", "action", "novel", "draft", "before", "after", "left"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("drafted_before")

    def lookup_allowed(self, lookup, value, request=None):
        return lookup == "of__id__exact" or super().lookup_allowed(lookup, value, request)

    def get_model_perms(self, request):
        """Reached from its import; not a list of its own."""
        return {}

    @admin.display(description=_("where in the file"))
    def place(self, work):
        return place_in_words(work.where)

    @admin.display(description=_("what was changed"))
    def changes(self, work):
        if work.action == ImportedWork.Action.VOLUMES:
            return ngettext("%(number)d volume", "%(number)d volumes", len(work.after)) % {"number": len(work.after)}
        if not work.before:
            return ""
        return ", ".join(str(name) for name, value in work.after.items() if work.before.get(name) != value)


@admin.register(Draft)
class DraftAdmin(ReadOnly):
    list_display = ["title", "source", "lacking", "changed_at", "completing"]
    list_filter = ["source"]
    search_fields = ["title"]
    fields = ["title", "source", "source_id", "lacking", "row", "changed_at", "completing"]

    def has_delete_permission(self, request, obj=None):
        return admin.ModelAdmin.has_delete_permission(self, request, obj)

    @admin.display(description=_("what is missing"))
    def lacking(self, draft):
        return ", ".join(str(NAMES.get(name, name)) for name in draft.lacks)

    @admin.display(description=_("put on the shelf"))
    def completing(self, draft):
        address = reverse("admin:catalogue_novel_add")
        return format_html('<a href="{}?draft={}">{}</a>', address, draft.pk, _("Complete this work"))


class FromDraft(admin.ModelAdmin):
    """For the novel's admin: a new novel begins with what a draft knows, and takes its place when it is saved."""

    def _draft(self, request):
        number = request.GET.get("draft", "")
        return Draft.objects.filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None

    def get_changeform_initial_data(self, request):
        draft = self._draft(request)
        return initial_of(draft.row) if draft else super().get_changeform_initial_data(request)

    def get_inline_instances(self, request, obj=None):
        inlines = super().get_inline_instances(request, obj)
        draft = self._draft(request) if obj is None and request.method == "GET" else None
        for inline in inlines if draft else ():
            inline.extra += len(_inline_initial(inline, draft.row))
        return inlines

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        # Only to show: what is posted back unchanged would count as an empty form.
        if obj.pk is None and request.method == "GET" and (draft := self._draft(request)):
            kwargs["initial"] = _inline_initial(inline, draft.row)
        return kwargs

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not change and (draft := self._draft(request)):
            draft.delete()


def initial_of(row):
    """The form's fields from a line of the catalogue's file."""
    said = {name: row[name] for name in row if name not in ("titles", "synopsis", "tags", "names", "ko_certain")}
    said |= {f"title_{code}": row.get("titles", {}).get(code, "") for code in (*LANGUAGES, "romaji")}
    said |= {f"synopsis_{code}": row.get("synopsis", {}).get(code, "") for code in LANGUAGES}
    return said | {"title_ko_certain": row.get("ko_certain", True)}


def _inline_initial(inline, row):
    if inline.model._meta.model_name == "name":
        return [{"text": text} for text in row.get("names", ())]
    pks = dict(Tag.objects.values_list("slug", "pk"))
    return [{"tag": pks[slug], "strength": strength} for slug, strength in row.get("tags", {}).items() if slug in pks]
