"""Where operators review what was said: read here, never written.

What a reader has deleted is left out at once, even while it can still be brought back: they wanted it gone.
"""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from .. import transcript
from ..models import Conversation, Pick, Turn
from ..text.cleaning import title_of
from . import search
from .evidence import milliseconds, with_evidence
from .filters import (
    ConversationDayFilter,
    FailureFilter,
    ReaderFilter,
    StateFilter,
    StateOfAnyTurnFilter,
    TurnDayFilter,
    VoiceFilter,
    VoiceOfAnyTurnFilter,
    voice_name,
)

TURNS_A_PAGE = 50


class BoundedPaginator(Paginator):
    """Counts up to `LIMIT` rows and stops there: a count of them all grows with the table."""

    LIMIT = 1000

    @cached_property
    def count(self):
        return self.object_list.order_by().values("pk")[: self.LIMIT].count()


class ReadOnlyAdmin(admin.ModelAdmin):
    """Read with the view permission; deleted by superusers; neither added to nor changed by anybody."""

    paginator = BoundedPaginator
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_superuser

    def changelist_view(self, request, extra_context=None):
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def get_object_or_404(self, request, object_id):
        """The row, for those who may see it. Unknown and malformed ids are 404."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if (found := self.get_object(request, object_id)) is None:
            raise Http404
        return found


@admin.register(Conversation)
class ConversationAdmin(ReadOnlyAdmin):
    list_display = ["title", "reader", "turn_count", "last_state", "last_voice", "updated_at"]
    list_filter = [StateOfAnyTurnFilter, VoiceOfAnyTurnFilter, ConversationDayFilter, ReaderFilter]
    sortable_by = ["updated_at"]
    search_fields = ["title"]
    search_help_text = _("Titles, readers' names, and the words of asks and replies.")

    @property
    def media(self):
        return super().media + ReaderFilter.media()

    def get_queryset(self, request):
        turns = Turn.objects.filter(conversation=OuterRef("pk"), hidden=False).order_by("-pk")
        counted = turns.order_by().values("conversation").annotate(count=Count("pk")).values("count")
        return (
            super()
            .get_queryset(request)
            .filter(deleted_at=None)
            .select_related("reader")
            .annotate(
                turns_shown=Coalesce(Subquery(counted), 0),
                state_of_last=Subquery(turns.values("state")[:1]),
                voice_of_last=Subquery(turns.values("voice")[:1]),
            )
        )

    def get_search_results(self, request, queryset, search_term):
        """Every word has to be found somewhere: in the title, the reader's name, or one of the turns."""
        for word in search.words(search_term):
            queryset = queryset.filter(search.conversations_with(word))
        return queryset, False

    @admin.display(description=_("turns"))
    def turn_count(self, conversation):
        return conversation.turns_shown

    @admin.display(description=_("last state"))
    def last_state(self, conversation):
        return conversation.state_of_last and Turn.State(conversation.state_of_last).label

    @admin.display(description=_("voice"))
    def last_voice(self, conversation):
        return voice_name(conversation.voice_of_last)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The transcript."""
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        conversation = self.get_object_or_404(request, object_id)
        sought = request.GET.get("turn", "")
        sought = int(sought) if sought.isdecimal() and len(sought) < 19 else None
        page = turns_page(conversation, number=request.GET.get("p"), turn=sought)
        context = {
            **self.admin_site.each_context(request),
            "title": conversation.title,
            "opts": self.opts,
            "conversation": conversation,
            "page": page,
            "page_numbers": list(page.paginator.get_elided_page_range(page.number)),
            "turns": with_evidence(transcript.present(page.object_list)),
            "sought": sought,
            "may_delete": self.has_delete_permission(request, conversation),
        }
        return TemplateResponse(request, "admin/chatbot/conversation/transcript.html", context)

    def get_deleted_objects(self, objs, request):
        """What goes, in numbers: the lists Django would make name every turn and pick."""
        pks = [conversation.pk for conversation in objs]
        counts = {
            self.opts.verbose_name_plural: len(pks),
            Turn._meta.verbose_name_plural: Turn.objects.filter(conversation__in=pks).count(),
            Pick._meta.verbose_name_plural: Pick.objects.filter(turn__conversation__in=pks).count(),
        }
        return [str(conversation) for conversation in objs], counts, set(), []


def turns_page(conversation, *, number=None, turn=None):
    """A page of the conversation's turns, replaced ones included: by number, the one with `turn`, or the last."""
    turns = conversation.turns.order_by("pk").prefetch_related("picks")
    paginator = Paginator(turns, TURNS_A_PAGE)
    if turn:
        before = conversation.turns.filter(pk__lt=turn).count()
        return paginator.get_page(before // TURNS_A_PAGE + 1)
    return paginator.get_page(number or paginator.num_pages)


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
