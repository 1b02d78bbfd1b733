from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from chatbot import views
from chatbot.forms import AskForm
from chatbot.models import Conversation, Turn
from users.quota import quota_of

from . import answering


@login_required
def ask(request, pk):
    conversation = Conversation.objects.owned_by(request.user).get(pk=pk)
    form = AskForm(request.POST)
    form.is_valid()
    turn = conversation.ask(form.cleaned_data["text"], key=form.cleaned_data["key"], language=form.language)
    if settings.ANSWERED_BY == "inline":
        answering.answer(turn.pk)
        turn = Turn.objects.select_related("conversation").get(pk=turn.pk)
    context = {"turns": [views._presented(turn)], "quota": quota_of(request.user), "form": AskForm()}
    return render(request, "chatbot/turn/_asked.html", context)


@login_required
def turn(request, pk):
    """The poll, answered at once."""
    turn = Turn.objects.owned_by(request.user).select_related("conversation").get(pk=pk)
    if request.GET.get("seen") == turn.etag():
        return HttpResponse(status=204)
    return views._render_turn(request, turn)
