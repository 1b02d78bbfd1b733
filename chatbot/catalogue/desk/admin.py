"""The desk in the admin: checks beside a work's form, its history, and what was marked as wrong of it."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import JSONField, TextField
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from ..loading import Cause, novel_from, row_of, writer_for
from ..models import Novel, Revision, Tag
from ..reasons import BadRow, in_words
from . import checks, history
from .differences import differences, flat
from .forms import LISTS, LinesField, NovelForm, at_field
from .models import Change, FactMark
from .words import differences_in_words, label_of, shown_value, tag_labels

CHANGES_A_PAGE = 20
MAX_MARKS = 20  # shown beside one work
INLINES = {"novel_tags": "tags", "names": "names"}  # what the checks call them


def titled(model_admin, context):
    """`context` of a list with its rows' name for a title, as nothing is to be chosen there."""
    return {"title": capfirst(model_admin.opts.verbose_name_plural), **(context or {})}


class WithChecks(admin.ModelAdmin):
    """Remarks at the fields of a work: on the page, while it is edited, and once more when it is saved."""

    form = NovelForm

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in LISTS:
            kwargs["form_class"] = LinesField
        elif isinstance(db_field, (JSONField, TextField)):
            kwargs["widget"] = forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_urls(self):
        check = self.admin_site.admin_view(self.checks_view)
        return [
            path("checks/", check, name="catalogue_novel_checks"),
            path("<int:pk>/checks/", check, name="catalogue_novel_checks_of"),
            *super().get_urls(),
        ]

    def checks_view(self, request, pk=None):
        """The remarks on a form as it stands, as pieces that take their places on its page."""
        novel = self.get_object(request, str(pk)) if pk else None
        if pk and novel is None:
            raise Http404
        if not (self.has_change_permission(request, novel) if novel else self.has_add_permission(request)):
            raise PermissionDenied
        return require_POST(self._checked)(request, novel)

    def _checked(self, request, novel):
        form = self.get_form(request, novel, change=novel is not None)(request.POST, instance=novel)
        formsets = list(self._formsets(request, novel or form.instance))
        form.is_valid()
        found = [*_faults(form), *_faults_of_formsets(formsets), *_remarks(form.cleaned_data, formsets, novel)]
        names = [name for name, field in form.fields.items() if not field.widget.is_hidden]
        context = {"remarks": _worded(found), "places": [at_field(name, found, is_swapped=True) for name in names]}
        return TemplateResponse(request, "admin/catalogue/novel/_checked.html", context)

    def _formsets(self, request, novel):
        for formset, inline in self.get_formsets_with_inlines(request, novel if novel.pk else None):
            prefix = formset.get_default_prefix()
            yield formset(**self.get_formset_kwargs(request, novel, inline, prefix))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form = context["adminform"].form
        if isinstance(form, NovelForm) and (add or self.has_change_permission(request, obj)):
            found = self._found(form, [one.formset for one in context["inline_admin_formsets"]], obj)
            form.show(found)
            context |= {"remarks": _worded(found), "is_checked": True}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _found(self, form, formsets, novel):
        """The remarks on what the page shows. What has been sent has its errors at the fields already."""
        if form.is_bound:
            found = _remarks(getattr(form, "cleaned_data", {}), formsets, novel)
            return [one for one in found if not one.is_error]
        if form.row_before:
            fields = flat(form.row_before)
            return checks.check(fields, fields.pop("tags"), fields.pop("names"), form.instance.pk)
        filled = {name: value for name, value in form.initial.items() if value not in ("", None, [])}
        return checks.check(filled, {}, (), None) if len(filled) > 1 else []

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        novel = history.whole(form.instance.pk)
        fields = flat(row_of(novel))
        left = checks.check(fields, fields.pop("tags"), fields.pop("names"), novel.pk)
        if left:
            text = ngettext(
                "%(number)d remark on %(work)s is left.", "%(number)d remarks on %(work)s are left.", len(left)
            )
            address = reverse("admin:catalogue_novel_change", args=[novel.pk])
            said = text % {"number": len(left), "work": novel}
            self.message_user(request, format_html('<a href="{}">{}</a>', address, said), messages.WARNING)


def _faults(form):
    """The form's own errors but for what is merely not filled in yet."""
    for name, errors in form.errors.as_data().items():
        for error in errors:
            if error.code != "required":
                yield from (checks.Remark("" if name == "__all__" else name, text, True) for text in error.messages)


def _faults_of_formsets(formsets):
    for formset in formsets:
        formset.is_valid()
        name = INLINES.get(formset.get_default_prefix(), "")
        for form in formset.forms:
            yield from (
                checks.Remark(name, text, True)
                for errors in form.errors.as_data().values()
                for error in errors
                if error.code != "required"
                for text in error.messages
            )
        yield from (checks.Remark(name, text, True) for text in formset.non_form_errors())


def _remarks(fields, formsets, novel):
    """The warnings on what was sent. Errors are the form's."""
    tags, names = {}, []
    for formset in formsets:
        for form in formset.forms:
            said = getattr(form, "cleaned_data", {})
            if said.get("DELETE"):
                continue
            if tag := said.get("tag"):
                tags[tag.slug] = said.get("strength") or 0
            if said.get("text"):
                names.append(said["text"])
    found = checks.check(fields, tags, names, novel.pk if novel else None)
    return [one for one in found if not one.is_error]


def _worded(remarks):
    """(what the field is called, where it stands on the page, the remark), the errors first."""
    anchors = {"tags": "novel_tags-group", "names": "names-group", "volume_rows": "volumes"}
    return [
        (label_of(one.field) if one.field else "", anchors.get(one.field, f"id_{one.field}"), one)
        for one in sorted(remarks, key=lambda one: not one.is_error)
    ]


class WithHistory(admin.ModelAdmin):
    """What became of a work, and the way back to an earlier state of it."""

    def get_urls(self):
        restore = self.admin_site.admin_view(self.restore_view)
        return [
            path("<int:pk>/history/<int:change>/restore/", restore, name="catalogue_novel_restore"),
            *super().get_urls(),
        ]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        how = Change.How.BY_HAND if change else Change.How.ADDED
        after = row_of(history.whole(form.instance.pk))
        noted = history.note(form.instance, form.row_before, after, how=how, by=request.user)
        if noted and change:
            closed = FactMark.objects.filter(novel=form.instance, field__in=noted.differences)
            if number := closed.close(FactMark.State.MENDED, request.user):
                text = ngettext("%d mark was closed as mended.", "%d marks were closed as mended.", number)
                self.message_user(request, text % number)

    def delete_model(self, request, obj):
        history.note_deleted(Novel.objects.filter(pk=obj.pk), request.user)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        history.note_deleted(queryset.order_by(), request.user)
        super().delete_queryset(request, queryset)

    def _novel(self, request, object_id):
        novel = self.get_object(request, str(object_id))
        if novel is None:
            raise Http404
        return novel

    def history_view(self, request, object_id, extra_context=None):
        novel = self._novel(request, object_id)
        if not self.has_view_or_change_permission(request, novel):
            raise PermissionDenied
        page = Paginator(novel.changes.select_related("by", "of"), CHANGES_A_PAGE).get_page(request.GET.get("p"))
        tags = tag_labels()
        context = {
            **self.admin_site.each_context(request),
            "title": _("What became of %s") % novel,
            "opts": self.opts,
            "original": novel,
            "page": page,
            "changes": [(one, differences_in_words(one.differences, tags)) for one in page],
            "may_restore": self.has_change_permission(request, novel),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/catalogue/novel/history.html", context)

    def restore_view(self, request, pk, change):
        """Shows what would differ, and on POST makes the work what it was before a change."""
        novel = self._novel(request, pk)
        if not self.has_change_permission(request, novel):
            raise PermissionDenied
        one = novel.changes.filter(pk=change).first()
        if one is None:
            raise Http404
        with transaction.atomic():
            # Held, so that what is shown or written is of one moment.
            Novel.objects.select_for_update().get(pk=novel.pk)
            wanted, faults, made = _earlier(novel, one)
            is_outdated = request.method == "POST" and request.POST.get("seen") != str(history.latest(novel.pk))
            if request.method == "POST" and not is_outdated and not faults:
                _restore(made, request.user)
                self.log_change(request, novel, [{"changed": {}}])
                self.message_user(request, _("%s is again what it was.") % novel, messages.SUCCESS)
                return redirect(reverse("admin:catalogue_novel_history", args=[novel.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("An earlier state of %s") % novel,
            "opts": self.opts,
            "original": novel,
            "change": one,
            "differing": differences_in_words(differences(row_of(history.whole(novel.pk)), wanted)),
            "faults": faults,
            "is_outdated": is_outdated,
            "seen": history.latest(novel.pk),
        }
        status = 422 if request.method == "POST" else 200
        return TemplateResponse(request, "admin/catalogue/novel/restore.html", context, status=status)


def _earlier(novel, change):
    """(the line before `change`, why it cannot stand again, what `novel_from` made of it)."""
    known = dict(Tag.objects.values_list("slug", "pk"))
    wanted = history.before(change)
    # Its name for tools is not history: lists and links elsewhere lead to it. A tag that is gone cannot come back.
    wanted |= {"slug": novel.slug, "tags": {slug: n for slug, n in wanted["tags"].items() if slug in known}}
    fields = flat(wanted)
    faults = [f"{label_of(one.field)}: {one.text}" for one in checks.errors(fields, novel.pk)]
    try:
        made = novel_from(wanted, known)
    except BadRow as error:
        return wanted, faults or [in_words(error.reason.as_json())], None
    return wanted, faults, made


def _restore(made, user):
    known = dict(Tag.objects.values_list("slug", "pk"))
    writer_for(known, [made], Cause(Change.How.RESTORED, user)).write([], [made])
    Revision.advance()


class WithMarks(admin.ModelAdmin):
    """Beside a work's form: what was marked as wrong of it."""

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj and request.user.has_perm("catalogue.view_factmark"):
            marks = obj.fact_marks.open()[:MAX_MARKS]
            context["marks"] = [_presented(mark, request) for mark in marks]
        return super().render_change_form(request, context, add, change, form_url, obj)


def _presented(mark, request):
    return {
        "mark": mark,
        "label": label_of(mark.field) if mark.field else "",
        "shelf": shown_value(mark.field, mark.shelf),
        "turns": mark.turns[::-1] if request.user.has_perm("chatbot.view_turn") else (),
        "may_close": request.user.has_perm("catalogue.change_factmark"),
    }


class StateFilter(admin.SimpleListFilter):
    """What is open, unless something else is asked for."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [*FactMark.State.choices[1:], ("all", gettext_lazy("All"))]

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        yield first | {"display": FactMark.State.OPEN.label}
        yield from others

    def queryset(self, request, queryset):
        if self.value() == "all":
            return queryset
        return queryset.filter(state=self.value() if self.value() in FactMark.State.values else FactMark.State.OPEN)


@admin.register(FactMark)
class FactMarkAdmin(admin.ModelAdmin):
    """Works and fields that somebody marked as wrong; each leads to its row, at that field."""

    list_display = ["work", "field_name", "said", "on_the_shelf", "source", "times", "last_at", "state"]
    list_display_links = None
    list_filter = [StateFilter, "source"]
    list_select_related = ["novel"]
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["novel__slug", "novel__title_ko", "novel__title_ja", "novel__title_en", "said"]
    actions = ["row_was_right", "row_was_mended"]

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, titled(self, extra_context))

    def has_add_permission(self, request):
        return False

    goes_with_owner = True  # its novel

    def has_delete_permission(self, request, obj=None):
        return False

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_term.replace("\x00", ""))

    def get_urls(self):
        close = self.admin_site.admin_view(self.close_view)
        return [path("<int:pk>/close/", close, name="catalogue_factmark_close"), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Its work, at the field."""
        mark = self.get_object(request, object_id)
        if mark is None:
            raise Http404
        if not self.has_view_permission(request, mark):
            raise PermissionDenied
        return redirect(_row_of_mark(mark))

    def close_view(self, request, pk):
        mark = self.get_object(request, str(pk))
        if mark is None:
            raise Http404
        if not self.has_change_permission(request, mark):
            raise PermissionDenied
        return require_POST(self._close)(request, mark)

    def _close(self, request, mark):
        state = FactMark.State.MENDED if request.POST.get("state") == "mended" else FactMark.State.RIGHT
        FactMark.objects.filter(pk=mark.pk).close(state, request.user)
        if request.htmx:
            return TemplateResponse(request, "admin/catalogue/novel/_mark_closed.html", {"state": state.label})
        self.message_user(request, _("Closed: %s.") % state.label, messages.SUCCESS)
        back = request.POST.get("next", "")
        is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()})
        return redirect(back if is_ours else _row_of_mark(mark))

    @admin.display(description=gettext_lazy("novel"), ordering="novel__title_ko")
    def work(self, mark):
        return format_html('<a href="{}">{}</a>', _row_of_mark(mark), mark.novel)

    @admin.display(description=gettext_lazy("field"), ordering="field")
    def field_name(self, mark):
        return label_of(mark.field) if mark.field else _("not said")

    @admin.display(description=gettext_lazy("what the shelf said"))
    def on_the_shelf(self, mark):
        return shown_value(mark.field, mark.shelf)

    @admin.action(description=gettext_lazy("Close: the row was right"), permissions=["change"])
    def row_was_right(self, request, queryset):
        self._closed(request, queryset.close(FactMark.State.RIGHT, request.user))

    @admin.action(description=gettext_lazy("Close: the row was mended"), permissions=["change"])
    def row_was_mended(self, request, queryset):
        self._closed(request, queryset.close(FactMark.State.MENDED, request.user))

    def _closed(self, request, number):
        self.message_user(request, ngettext("%d mark was closed.", "%d marks were closed.", number) % number)


def _row_of_mark(mark):
    address = reverse("admin:catalogue_novel_change", args=[mark.novel_id])
    return f"{address}#id_{mark.field}" if mark.field else address


@admin.register(Change)
class ChangeAdmin(admin.ModelAdmin):
    """All that became of the works lately, deletions among it; each leads to the history of its work."""

    list_display = ["at", "work", "how", "by", "changed_fields"]
    list_display_links = None
    list_filter = ["how"]
    list_select_related = ["novel", "by"]
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["=slug"]
    search_help_text = gettext_lazy("The slug of a work")

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, titled(self, extra_context))

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=gettext_lazy("novel"))
    def work(self, change):
        if change.novel is None:
            return change.slug
        address = reverse("admin:catalogue_novel_history", args=[change.novel_id])
        return format_html('<a href="{}">{}</a>', address, change.novel)

    @admin.display(description=gettext_lazy("what was changed"))
    def changed_fields(self, change):
        return ", ".join(str(label_of(name)) for name in change.differences)
