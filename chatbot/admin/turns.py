"""The list of turns."""

from itertools import chain

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from lightnovel.counted_deletion import CountedDeletion

from .. import turn_export
from ..figures.models import LateChange
from ..models import Turn
from ..text.cleaning import title_of
from . import privacy, search
from .evidence import milliseconds
from .filters import (
    FailureFilter,
    StateFilter,
    TagFilter,
    ThumbFilter,
    TookFilter,
    TurnDayFilter,
    UnknownTitleFilter,
    VoiceFilter,
    WorkFilter,
    WrongFactFilter,
    voice_name,
)
from .read_only import ReadOnlyAdmin


@admin.register(Turn)
class TurnAdmin(CountedDeletion, ReadOnlyAdmin):
    """For finding turns, failed and slow ones above all; each leads to its place in the transcript."""

    list_display = [
        "words",
        "reader",
        "state",
        "voice_name",
        "failure_code",
        "wrong_facts",
        "thumb_given",
        "first_text_ms",
        "whole_ms",
        "queued_at",
    ]
    list_select_related = ["reader"]
    # By tag last: it looks at what the others leave.
    list_filter = [
        StateFilter,
        VoiceFilter,
        FailureFilter,
        ThumbFilter,
        WrongFactFilter,
        UnknownTitleFilter,
        TookFilter,
        TurnDayFilter,
        WorkFilter,
        TagFilter,
    ]
    ordering = ["-pk"]
    sortable_by = []
    search_fields = ["text", "failure_detail"]
    search_help_text = _("The reader's words, and what went wrong.")

    def get_queryset(self, request):
        turns = super().get_queryset(request).filter(conversation__deleted_at=None, reader__leaving_at=None)
        return turns.defer("reply", "wish", "candidates", "failure_detail")

    def get_ordering(self, request):
        # The days are found by an index; in any other order all their turns would have to be sorted.
        return ["-finished_at", "-pk"] if request.GET.get("day") else self.ordering

    def get_search_results(self, request, queryset, search_term):
        for word in search.words(search_term):
            queryset = queryset.filter(search.turns_with(word))
        return queryset, False

    @admin.display(description=_("the reader's words"))
    def words(self, turn):
        return title_of(privacy.masked(turn.text))  # cut first, half a number would pass

    @admin.display(description=_("voice"))
    def voice_name(self, turn):
        return voice_name(turn.voice)

    @admin.display(description=_("failure"))
    def failure_code(self, turn):
        return turn.failure_cause

    @admin.display(description=_("facts stated wrongly"))
    def wrong_facts(self, turn):
        return len(turn.corrections) or ""

    @admin.display(description=_("reader's thumb"))
    def thumb_given(self, turn):
        return turn.get_thumb_display()

    @admin.display(description=_("first text, ms"))
    def first_text_ms(self, turn):
        return milliseconds(turn.queued_at, turn.first_text_at)

    @admin.display(description=_("whole, ms"))
    def whole_ms(self, turn):
        return milliseconds(turn.queued_at, turn.finished_at)

    def delete_rows(self, rows):
        days = LateChange.objects.days_of(rows)
        super().delete_rows(rows)
        LateChange.objects.note_days(days)

    def has_export_permission(self, request):
        return self.has_view_permission(request) and request.user.has_perm("chatbot.export_turns")

    def changelist_view(self, request, extra_context=None):
        context = {
            "may_export": self.has_export_permission(request),
            "may_show_personal_data": privacy.may_show(request),
            "chosen": request.GET.urlencode(),
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def get_urls(self):
        return [
            path("export/", self.admin_site.admin_view(self.export_view), name="chatbot_turn_export"),
            *super().get_urls(),
        ]

    def export_view(self, request):
        """What the list shows with the filters in the address, all pages of it, as a file."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        form = request.POST.get("form")
        if form not in turn_export.FORMS:
            raise Http404
        unmasked = privacy.SHOW in request.POST
        if unmasked and not privacy.may_show(request):
            raise PermissionDenied
        turns = self.get_changelist_instance(request).queryset
        pieces = turn_export.write(turns, form, request.user, unmasked=unmasked)
        # The first piece is made before the answer begins, so that what fails there is an error page.
        kind = turn_export.FORMS[form][-1]
        response = StreamingHttpResponse(chain([next(pieces, "")], pieces), content_type=f"{kind}; charset=utf-8")
        name = f"turns-{timezone.localdate()}.{form if form != 'messages' else 'messages.jsonl'}"
        response["Content-Disposition"] = content_disposition_header(True, name)
        return response

    def change_view(self, request, object_id, form_url="", extra_context=None):
        turn = self.get_object_or_404(request, object_id)
        page = reverse("admin:chatbot_conversation_change", args=[turn.conversation_id])
        return redirect(f"{page}?turn={turn.pk}#turn-{turn.pk}")
