import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe
from django_htmx.http import reswap, retarget

from users import limits
from users.quota import quota_of

from . import history, replies, spending
from .assistant import speaks_for_itself
from .catalogue.models import Novel
from .forms import AskForm, FirstAskForm, RenameForm
from .long_polling import long_poll
from .models import Conversation, Turn
from .presentation.kept import have
from .presentation.turns import present, with_earlier

TURNS_A_PAGE = 20


def _room(request, **context):
    """What every page with the shelf of conversations shows. `conversation` in the context is the open one."""
    return {
        "history": history.page(request.user, before=request.GET.get("older")),
        "quota": quota_of(request.user),
        "built_in": speaks_for_itself(),
        "over_budget": spending.is_used_up(),
        **context,
    }


@require_safe
def home(request):
    if not request.user.is_authenticated:
        return render(request, "chatbot/welcome.html", {"novels": Novel.objects.all()[:12]})
    return render(request, "chatbot/home.html", _room(request, **_home(request)))


def _home(request, form=None):
    deleted = request.GET.get("deleted", "")
    return {
        "form": form or FirstAskForm(initial={"text": _like(request.GET.get("like", ""))}),
        "first_visit": not request.user.conversations.exists(),
        "deleted": request.user.conversations.exclude(deleted_at=None).filter(pk=int(deleted)).first()
        if deleted.isdecimal() and len(deleted) < 19
        else None,
    }


def _like(slug):
    """The ask a work page's "more like this" begins with."""
    novel = Novel.objects.filter(slug=slug[:60].replace("\x00", "")).first() if slug else None
    return _("I'd like something like 『%s』.") % novel.title if novel else ""


@login_required
@require_POST
def start(request):
    form = FirstAskForm(request.POST)
    if not _accepts(request, form):
        return _form_page(request, "chatbot/home.html", form, _room(request, **_home(request, form)))
    turn = Conversation.begin(
        request.user,
        form.cleaned_data["text"],
        key=form.cleaned_data["key"],
        language=form.language,
        title=form.title,
    )
    return redirect(turn.conversation)


@login_required
@require_safe
def conversation(request, pk):
    conversation = _own_conversation(request, pk)
    context = {"conversation": conversation, **_turns(conversation, before=request.GET.get("before"))}
    if request.htmx and not request.htmx.history_restore_request and "before" in request.GET:
        return render(request, "chatbot/turn/_turns.html", context)
    return render(request, "chatbot/conversation.html", _room(request, form=AskForm(), **context))


def _turns(conversation, before=None):
    """The last turns, or those before the turn with the id `before`, ready for reading."""
    turns = conversation.turns.filter(hidden=False).order_by("-pk")
    if before and before.isdecimal() and len(before) < 19:
        turns = turns.filter(pk__lt=int(before))
    turns = list(turns[: TURNS_A_PAGE + 1])
    shown = turns[:TURNS_A_PAGE][::-1]
    return {
        "turns": with_earlier(present(shown)),
        "has_earlier": len(turns) > TURNS_A_PAGE,
        "waiting": any(not turn.is_finished for turn in shown),
    }


@login_required
@require_POST
def ask(request, pk):
    conversation = _own_conversation(request, pk)
    form = AskForm(request.POST)
    if not _accepts(request, form):
        return _ask_refused(request, conversation, form)
    turn = conversation.ask(form.cleaned_data["text"], key=form.cleaned_data["key"], language=form.language)
    if not request.htmx:
        return redirect(turn)
    context = {"presented": _presented(turn), "quota": quota_of(request.user), "form": AskForm()}
    return render(request, "chatbot/turn/_asked.html", context)


def _ask_refused(request, conversation, form):
    """What was wrong with an ask, its words kept: for htmx only the message, for a plain form the whole page."""
    if request.htmx:
        response = _form_page(request, "chatbot/room/_ask_error.html", form, {"form": form})
        return reswap(retarget(response, "#ask-error"), "innerHTML")
    context = {"conversation": conversation, "form": form, **_turns(conversation)}
    return _form_page(request, "chatbot/conversation.html", form, _room(request, **context))


def _accepts(request, form):
    """Whether this is an ask that can be taken: whole, and not one too many in a short time."""
    if form.is_valid():
        form.wait = limits.wait_to_ask(request)
    return form.is_valid() and not form.wait


def _form_page(request, template, form, context):
    """A form to be filled in, or once more because something was wrong with it."""
    response = render(request, template, context, status=429 if form.wait else 422 if request.method == "POST" else 200)
    if form.wait:
        response["Retry-After"] = form.wait
    return response


def _too_soon(request, conversation):
    """The answer to a button that asks once too often in a short time; None where it may ask."""
    form = AskForm()
    form.wait = limits.wait_to_ask(request)
    return _ask_refused(request, conversation, form) if form.wait else None


def _own_conversation(request, pk):
    return get_object_or_404(Conversation.objects.owned_by(request.user), pk=pk)


def _own_turn(request, pk):
    return get_object_or_404(Turn.objects.owned_by(request.user).select_related("conversation"), pk=pk)


def _presented(turn, have=frozenset()):
    return with_earlier(present([turn], have))[0]


def _render_turn(request, turn):
    """One turn as a partial, less what the page says to `have` of it. When it has ended, today's quota comes with it:
    what failed was given back."""
    quota = quota_of(request.user) if turn.is_finished else None
    presented = _presented(turn, have(request.GET.get("have", "")))
    return render(request, "chatbot/turn/_polled.html", {"presented": presented, "quota": quota})


@login_required
@require_GET
def turn(request, pk):
    """The poll: 204 while nothing has changed since what the page has `seen`; with `hold` not before a while."""
    if not request.htmx:
        return redirect(_own_turn(request, pk))
    seen = request.GET.get("seen", "")
    if "hold" in request.GET:
        _hold(request, pk, seen)
    turn = _own_turn(request, pk)
    if seen == turn.etag():
        return HttpResponse(status=204)
    return _render_turn(request, turn)


def _hold(request, pk, seen):
    """Wait for a change where the page has seen all there is. A few places gained in a long line are no change: told of
    each, every waiting page would ask all the time."""
    version, place = Turn.parse_etag(seen)
    columns = ("reader_id", "version", "state", "first_text_at")
    turn = get_object_or_404(Turn.objects.owned_by(request.user).only(*columns), pk=pk)
    if turn.version == version and not turn.is_finished:
        long_poll.wait_for_change(turn, place, request)


@login_required
@require_POST
def stop(request, pk):
    turn = _own_turn(request, pk)
    if not turn.is_finished:
        replies.stop(turn)
    # The page has a poll on its way, which shows it.
    return HttpResponse(status=204) if request.htmx else redirect(turn)


@login_required
@require_POST
def retry(request, pk):
    turn = _own_turn(request, pk)
    if turn.is_finished:
        if refused := _too_soon(request, turn.conversation):
            return refused
        turn = turn.conversation.ask(
            turn.text,
            # It follows from the turn, so that pressing twice asks once.
            key=uuid.uuid5(turn.key, "again"),
            language=turn.language,
            replacing=turn,
            dismissed=turn.waived,
        )
    if not request.htmx:
        return redirect(turn)
    return _render_turn(request, turn)


@login_required
@require_POST
def more(request, pk):
    """Ask for more like a work that was offered in this turn."""
    turn = _own_turn(request, pk)
    slug = request.POST.get("novel", "")
    if slug not in {candidate["slug"] for candidate in turn.candidates}:
        raise Http404
    novel = get_object_or_404(Novel, slug=slug)
    if refused := _too_soon(request, turn.conversation):
        return refused
    asked = turn.conversation.ask(
        _("I'd like something like 『%s』.") % novel.title,
        key=uuid.uuid5(turn.key, f"more {novel.slug}"),
        language=turn.language,
    )
    if not request.htmx:
        return redirect(asked)
    context = {"presented": _presented(asked), "quota": quota_of(request.user), "form": AskForm()}
    return render(request, "chatbot/turn/_asked.html", context)


@login_required
@require_POST
def without(request, pk):
    """Ask again without one part of the wish as it was understood."""
    turn = _own_turn(request, pk)
    part = request.POST.get("part", "")
    presented = _presented(turn)
    if part not in {chip.part for chip in (*presented.chips, *presented.taste_chips)}:
        raise Http404
    if refused := _too_soon(request, turn.conversation):
        return refused
    if not turn.is_finished:
        replies.stop(turn)
    again = turn.conversation.ask(
        turn.text,
        key=uuid.uuid5(turn.key, f"without {part}"),
        language=turn.language,
        replacing=turn,
        dismissed=[*turn.waived, part],
    )
    if not request.htmx:
        return redirect(again)
    return _render_turn(request, again)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request, pk):
    turn = _own_turn(request, pk)
    form = AskForm(request.POST or None, initial={"text": turn.text}, auto_id=f"edit-{turn.pk}-%s")
    if request.method == "GET" or not _accepts(request, form):
        template = "chatbot/turn/_edit.html" if request.htmx else "chatbot/edit.html"
        context = {"turn": turn, "form": form, "conversation": turn.conversation}
        context = context if request.htmx else _room(request, **context)
        return _form_page(request, template, form, context)
    if not turn.is_finished:
        replies.stop(turn)
    asked = turn.conversation.ask(
        form.cleaned_data["text"], key=form.cleaned_data["key"], language=form.language, replacing=turn
    )
    if not request.htmx:
        return redirect(asked)
    response = render(
        request, "chatbot/turn/_turns.html", {"conversation": turn.conversation, **_turns(turn.conversation)}
    )
    return reswap(retarget(response, "#turns"), "innerHTML")


@login_required
@require_http_methods(["GET", "POST"])
def rename(request, pk):
    conversation = _own_conversation(request, pk)
    form = RenameForm(request.POST or None, initial={"title": conversation.title})
    if request.method == "POST" and form.is_valid():
        conversation.rename(form.cleaned_data["title"])
        return redirect(conversation)
    context = _room(request, conversation=conversation, form=form)
    return render(request, "chatbot/rename.html", context, status=422 if request.method == "POST" else 200)


@login_required
@require_POST
def delete(request, pk):
    conversation = _own_conversation(request, pk)
    conversation.delete_soon()
    return redirect(f"{reverse('chatbot:home')}?deleted={conversation.pk}")


@login_required
@require_POST
def restore(request, pk):
    conversation = get_object_or_404(request.user.conversations.exclude(deleted_at=None), pk=pk)
    conversation.restore()
    return redirect(conversation)
