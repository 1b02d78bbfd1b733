"""Bringing works in by a file: sent, its columns chosen, looked at before anything is written, then applied."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ..desk.admin import titled
from ..desk.words import differences_of_lines, tag_labels
from ..models import Novel
from ..reasons import in_words, place_in_words
from . import uploads
from .admin import ACTIONS, NAMES
from .models import Upload
from .upload_forms import ENCODINGS, ColumnsForm, UploadForm, words_for

WORKS_A_PAGE = 25
ROWS_SHOWN = 3
State = Upload.State


@admin.register(Upload)
class UploadAdmin(admin.ModelAdmin):
    """Who may add an upload may apply it. What has been applied is undone from its page, or where imports are listed."""

    list_display = ["file_name", "source", "made_at", "made_by", "state", "result"]
    list_filter = ["state"]
    list_select_related = ["made_by"]
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def has_change_permission(self, request, obj=None):
        return False

    def get_urls(self):
        step = self.admin_site.admin_view(self.step_view)
        return [path("<int:pk>/step/<slug:step>/", step, name="catalogue_upload_step"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, titled(self, extra_context))

    @admin.display(description=gettext_lazy("result"))
    def result(self, upload):
        return " · ".join(f"{ACTIONS[name]} {number}" for name, number in upload.counts.items() if name in ACTIONS)

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        is_sent = request.method == "POST"
        form = UploadForm(
            request.POST if is_sent else None,
            request.FILES if is_sent else None,
            too_large=getattr(request, "too_large", False),
        )
        if is_sent and form.is_valid():
            made = uploads.take(form.cleaned_data["data"], form.cleaned_data["name"], request.user)
            self.log_addition(request, made, [{"added": {}}])
            return redirect(self._address(made))
        context = {"title": _("Bring works in by a file"), "form": form, "kilobytes": uploads.MAX_BYTES // 1024}
        return self._page(request, "admin/catalogue/upload/add.html", context, 422 if is_sent else 200)

    @staticmethod
    def _address(upload):
        return reverse("admin:catalogue_upload_change", args=[upload.pk])

    def _page(self, request, template, context, status=200):
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, template, context, status=status)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """An upload, whatever state it is in: its columns, the progress, what would become of its works."""
        upload = self.get_object(request, object_id)
        if upload is None:
            raise Http404
        if not self.has_view_permission(request, upload):
            raise PermissionDenied
        return self._shown(request, upload)

    def _shown(self, request, upload, form=None):
        may_go_on = self.has_add_permission(request)
        context = {
            "title": str(upload),
            "upload": upload,
            "may_go_on": may_go_on,
            "failure": in_words(words_for(upload.failure)),
        }
        if request.htmx and request.GET.get("progress"):
            if not upload.is_at_work:
                return HttpResponse(headers={"HX-Redirect": self._address(upload)})
            return self._page(request, "admin/catalogue/upload/_progress.html", context)
        if upload.state == State.CHOOSING:
            context |= self._columns(request, upload, form)
        elif upload.state in (State.READY, State.APPLIED):
            context |= _preview(request, upload)
            context |= {"applied": upload.applied_as, "result": self.result(upload)}
        context["encoding"] = ENCODINGS.get(upload.encoding, upload.encoding)
        status = 422 if form is not None else 200
        return self._page(request, "admin/catalogue/upload/upload.html", context, status)

    def _columns(self, request, upload, form):
        asked = request.GET.get("encoding", "")
        text, encoding = _text_of(upload, asked)
        if asked and encoding != asked:
            messages.error(request, _("The file cannot be read in these letters."))
        header = uploads.header_of(text)
        form = form or ColumnsForm(header=header, initial={"encoding": encoding})
        rows = uploads.first_rows(text, ROWS_SHOWN)
        cells = [[row[place] if place < len(row) else "" for row in rows] for place in range(len(header))]
        return {"form": form, "columns": list(zip(form.columns, cells, strict=False))}

    def step_view(self, request, pk, step):
        """POST: `columns`, `again` (back to the columns), `apply` or `forget`."""
        steps = {"columns": self._choose, "again": self._again, "apply": self._apply, "forget": self._forget}
        if step not in steps or (upload := self.get_object(request, str(pk))) is None:
            raise Http404
        if not self.has_add_permission(request):
            raise PermissionDenied
        return require_POST(steps[step])(request, upload)

    def _choose(self, request, upload):
        if upload.state != State.CHOOSING:
            return redirect(self._address(upload))
        text, encoding = _text_of(upload, request.POST.get("encoding", ""))
        form = ColumnsForm(request.POST, header=uploads.header_of(text))
        if not form.is_valid():
            return self._shown(request, upload, form)
        uploads.choose(upload, encoding, form.cleaned_data["chosen"])
        return redirect(self._address(upload))

    def _again(self, request, upload):
        if upload.source == "csv":
            uploads.choose_again(upload)
        return redirect(self._address(upload))

    def _apply(self, request, upload):
        if upload.state == State.READY:
            uploads.apply(upload)
            self.log_change(request, upload, "applied")
        return redirect(self._address(upload))

    def _forget(self, request, upload):
        if upload.state != State.APPLYING:
            upload.delete()
            self.message_user(request, _("%s was let go. The shelf is as it was.") % upload, messages.SUCCESS)
        return redirect(reverse("admin:catalogue_upload_changelist"))

    def has_delete_permission(self, request, obj=None):
        return False  # `forget`, which asks for nothing else to go


def _text_of(upload, asked):
    """(the text of its file in the letters `asked` for, or in those found; the letters)."""
    data = bytes(upload.file.data)
    if asked in ENCODINGS:
        try:
            return uploads.decoded(data, asked), asked
        except uploads.WrongFile:
            pass
    return uploads.decoded(data, upload.encoding), upload.encoding


def _preview(request, upload):
    numbers = [(name, label, upload.counts[name]) for name, label in ACTIONS.items() if upload.counts.get(name)]
    action = request.GET.get("action")
    if action not in upload.counts:
        action = numbers[0][0] if numbers else ""
    page = Paginator(upload.works.filter(action=action), WORKS_A_PAGE).get_page(request.GET.get("p"))
    tags = tag_labels()
    slugs = {slug for work in page for slug in [work.slug, *work.more.get("candidates", ())] if slug}
    novels = Novel.objects.only("slug", "title_ko", "title_en", "title_ja", "title_romaji").in_bulk(
        slugs, field_name="slug"
    )
    return {
        "numbers": numbers,
        "action": action,
        "page": page,
        "works": [_presented(work, novels, tags) for work in page],
        "writes": uploads.may_apply(upload),
    }


def _presented(work, novels, tags):
    more = work.more
    return {
        "work": work,
        "where": place_in_words(work.where),
        "novel": novels.get(work.slug),
        "reason": in_words(more.get("reason", work.reason)),
        "differing": differences_of_lines(more.get("changes", {}), tags),
        "lacks": [NAMES.get(name, name) for name in more.get("lacks", ())],
        "candidates": [(novels.get(slug), slug) for slug in more.get("candidates", ())],
        "unknown_tags": more.get("unknown_tags", ()),
        "remarks": [in_words(one) for one in more.get("remarks", ())],
    }
