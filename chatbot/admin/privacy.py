"""What operators see of readers: who somebody is stays hidden, and each look is written down with its reason."""

from urllib.parse import urlencode

from django.shortcuts import redirect
from django.urls import reverse

from ..models import Look
from ..review.masking import masked

SHOW = "personal"  # in the address: show what is hidden
REASON = "look_reason"  # in the session: {"why", "words"}, asked for once in each


def may_show(request):
    return request.user.has_perm("chatbot.see_personal_data")


def reason_asked(request):
    """The way to where a reason is asked for, before a conversation is opened for the first time in a session; None
    where it was given. What is sent is not held up, or its words would be lost."""
    if request.method not in {"GET", "HEAD"} or REASON in request.session:
        return None
    return redirect(f"{reverse('admin:chatbot_look_reason')}?{urlencode({'next': request.get_full_path()})}")


def opened(request, conversation, turns):
    """Write the look down, and hide personal data in `turns`, which are not to be saved, and in the title, unless the
    operator may see it and asked to. Whether it is shown."""
    shows = SHOW in request.GET and may_show(request)
    Look.objects.note(request.user, conversation, unmasked=shows, **request.session.get(REASON, {}))
    if not shows:
        conversation.title = masked(conversation.title)
        for turn in turns:
            turn.text, turn.reply, turn.thumb_words = map(masked, (turn.text, turn.reply, turn.thumb_words))
            turn.failure_detail = masked(turn.failure_detail)
            turn.calls = [{**call, "said": masked(call["said"])} for call in turn.calls]
    return shows
