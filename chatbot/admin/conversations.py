"""The list of conversations, and the transcript that each row leads to."""

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from lightnovel.counted_deletion import CountedDeletion

from .. import voice_input
from ..models import Conversation, Turn
from ..presentation.turns import present
from . import privacy, search
from .evidence import with_evidence
from .filters import (
    ConversationDayFilter,
    ReaderFilter,
    StateOfAnyTurnFilter,
    ThumbOfAnyTurnFilter,
    VoiceOfAnyTurnFilter,
    voice_name,
)
from .read_only import ReadOnlyAdmin

TURNS_A_PAGE = 50


@admin.register(Conversation)
class ConversationAdmin(CountedDeletion, ReadOnlyAdmin):
    list_display = ["title_masked", "reader", "turn_count", "last_state", "last_voice", "updated_at"]
    list_filter = [
        StateOfAnyTurnFilter,
        VoiceOfAnyTurnFilter,
        ThumbOfAnyTurnFilter,
        ConversationDayFilter,
        ReaderFilter,
    ]
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
            .filter(deleted_at=None, reader__leaving_at=None)
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

    @admin.display(description=_("title"))
    def title_masked(self, conversation):
        return privacy.masked(conversation.title)

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
        if asked := privacy.reason_asked(request):
            return asked
        sought = request.GET.get("turn", "")
        sought = int(sought) if sought.isdecimal() and len(sought) < 19 else None
        page = turns_page(conversation, number=request.GET.get("p"), turn=sought)
        page.object_list = list(page.object_list)
        shows = privacy.opened(request, conversation, page.object_list)
        context = {
            **self.admin_site.each_context(request),
            "title": conversation.title,
            "opts": self.opts,
            "conversation": conversation,
            "page": page,
            "page_numbers": list(page.paginator.get_elided_page_range(page.number)),
            "turns": with_evidence(present(page.object_list)),
            "sought": sought,
            "sent": _sent(sought, page.object_list, shows),
            "shows_personal_data": shows,
            "may_show_personal_data": privacy.may_show(request),
            "may_delete": self.has_delete_permission(request, conversation),
        }
        return TemplateResponse(request, "admin/chatbot/conversation/transcript.html", context)

    def delete_rows(self, rows):
        rows.delete_for_good()


def _sent(sought, turns, shows):
    """What was sent for the turn that is sought; for all of them it would be too much."""
    if sought not in {turn.pk for turn in turns}:
        return []
    return voice_input.sent(sought, str if shows else privacy.masked)


def turns_page(conversation, *, number=None, turn=None):
    """A page of the conversation's turns, replaced ones included: by number, the one with `turn`, or the last."""
    turns = conversation.turns.order_by("pk").prefetch_related("picks")
    paginator = Paginator(turns, TURNS_A_PAGE)
    if turn:
        before = conversation.turns.filter(pk__lt=turn).count()
        return paginator.get_page(before // TURNS_A_PAGE + 1)
    return paginator.get_page(number or paginator.num_pages)
