"""The list of turns."""

from django.contrib import admin
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..models import Turn
from ..text.cleaning import title_of
from . import search
from .evidence import milliseconds
from .filters import FailureFilter, StateFilter, TurnDayFilter, VoiceFilter, voice_name
from .read_only import ReadOnlyAdmin


@admin.register(Turn)
class TurnAdmin(ReadOnlyAdmin):
    """For finding turns, failed and slow ones above all; each leads to its place in the transcript."""

    list_display = ["words", "reader", "state", "voice_name", "failure_code", "first_text_ms", "whole_ms", "queued_at"]
    list_select_related = ["reader"]
    list_filter = [StateFilter, VoiceFilter, FailureFilter, TurnDayFilter]
    ordering = ["-pk"]
    sortable_by = []
    search_fields = ["text", "failure_detail"]
    search_help_text = _("The reader's words, and what went wrong.")

    def get_queryset(self, request):
        turns = super().get_queryset(request).filter(conversation__deleted_at=None)
        return turns.defer("reply", "wish", "candidates", "failure_detail")

    def get_search_results(self, request, queryset, search_term):
        for word in search.words(search_term):
            queryset = queryset.filter(search.turns_with(word))
        return queryset, False

    @admin.display(description=_("the reader's words"))
    def words(self, turn):
        return title_of(turn.text)

    @admin.display(description=_("voice"))
    def voice_name(self, turn):
        return voice_name(turn.voice)

    @admin.display(description=_("failure"))
    def failure_code(self, turn):
        return turn.failure

    @admin.display(description=_("first text, ms"))
    def first_text_ms(self, turn):
        return milliseconds(turn.queued_at, turn.first_text_at)

    @admin.display(description=_("whole, ms"))
    def whole_ms(self, turn):
        return milliseconds(turn.queued_at, turn.finished_at)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        turn = self.get_object_or_404(request, object_id)
        page = reverse("admin:chatbot_conversation_change", args=[turn.conversation_id])
        return redirect(f"{page}?turn={turn.pk}#turn-{turn.pk}")
