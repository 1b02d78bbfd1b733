"""The reading room: what its pages share, and the way to what is the reader's own."""

from django.shortcuts import get_object_or_404

from users.quota import quota_of

from . import history
from .assistant import speaks_for_itself
from .costs import spending
from .models import Conversation


def room(request, **context):
    """What every page with the shelf of conversations shows. `conversation` in the context is the open one."""
    return {
        "history": history.page(request.user, before=request.GET.get("older")),
        "quota": quota_of(request.user),
        "built_in": speaks_for_itself(is_guest=request.user.is_guest),
        "over_budget": not request.user.is_guest and spending.is_used_up(),
        **context,
    }


def own_conversation(request, pk):
    conversation = get_object_or_404(Conversation.objects.owned_by(request.user), pk=pk)
    conversation.reader = request.user  # which need not be read once more
    return conversation
