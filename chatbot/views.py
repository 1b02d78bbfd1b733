import uuid

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget, trigger_client_event

from users import guests, limits
from users.quota import quota_of
from users.releases.models import ReleaseSettings
from users.releases.news import at_a_glance

from . import replies
from .assistant import speaks_for_itself
from .catalogue.models import Novel
from .forms import AskForm, FeedbackForm, FirstAskForm, RenameForm
from .long_polling import long_poll
from .models import SEEN_BY_POLL, Conversation, Turn
from .presentation import examples
from .presentation.kept import have
from .presentation.turns import present, with_earlier
from .room import own_conversation as _own_conversation
from .room import room as _room

TURNS_A_PAGE = 20
TURNS_BEHIND = 10  # shown behind the one that was looked for


@require_safe
def home(request):
    if not request.user.is_authenticated:
        return render(request, "chatbot/welcome.html", _welcome(request))
    return render(request, "chatbot/home.html", _room(request, **_home(request)))


def _welcome(request, form=None):
    """What who has no account and is no guest yet is shown."""
    return {
        "form": form or FirstAskForm(initial={"text": _like(request.GET.get("like", ""))}),
        "novels": Novel.objects.all()[:12],
        "quota": guests.quota_of_strangers(request),
        "built_in": speaks_for_itself(is_guest=True),
        "example": examples.presented((get_language() or "ko")[:2]),
    }


def _home(request, form=None):
    deleted = request.GET.get("deleted", "")
    return {
        "form": form or FirstAskForm(initial={"text": _like(request.GET.get("like", ""))}),
        "first_visit": not request.user.conversations.exists(),
        "glance": at_a_glance(ReleaseSettings.of(request.user), request.user.today),
        "deleted": request.user.conversations.restorable().filter(pk=int(deleted)).first()
        if deleted.isdecimal() and len(deleted) < 19
        else None,
    }


def _like(slug):
    """The ask a work page's "more like this" begins with."""
    novel = Novel.objects.filter(slug=slug[:60].replace("\x00", "")).first() if slug else None
    return _("I'd like something like “%s”.") % novel.title if novel else ""


@require_POST
def start(request):
    """The first ask of a conversation. Whoever has no account is a guest from here on; a page of an account whose session
    has ended says so, and leads to the login."""
    if not request.user.is_authenticated and ("account" in request.POST or not settings.GUEST_REPLIES):
        return redirect_to_login(request.get_full_path())
    form = FirstAskForm(request.POST)
    if not _accepts(request, form):
        if request.htmx:
            return _ask_error(request, form)
        if not request.user.is_authenticated:
            return _form_page(request, "chatbot/welcome.html", form, _welcome(request, form))
        return _form_page(request, "chatbot/home.html", form, _room(request, **_home(request, form)))
    if not request.user.is_authenticated:
        request.user = guests.admit(request, form.cleaned_data["key"])
    turn = Conversation.begin(
        request.user,
        form.cleaned_data["text"],
        key=form.cleaned_data["key"],
        language=form.language,
        title=form.title,
        temporary=form.cleaned_data["temporary"],
    )
    if not request.htmx:
        return redirect(turn.conversation)
    return _kept(HttpResponseClientRedirect(turn.conversation.get_absolute_url()))


@login_required
@require_safe
def conversation(request, pk):
    """The conversation; with `version` as it was before that turn took the place of others, to be read only."""
    conversation = _own_conversation(request, pk)
    instead = _instead(conversation, request.GET.get("version", ""))
    turns = conversation.as_it_was(instead) if instead else None
    context = {
        "conversation": conversation,
        "instead": instead,
        **_turns(conversation, request.GET.get("before"), turns, at=request.GET.get("turn")),
    }
    if request.htmx and not request.htmx.history_restore_request and "before" in request.GET:
        return render(request, "chatbot/turn/_turns.html", context)
    template = "chatbot/earlier.html" if instead else "chatbot/conversation.html"
    return render(request, template, _room(request, form=AskForm(), **context))


def _instead(conversation, pk):
    """The turn with the id `pk`, if it stands in for another one of the conversation."""
    turns = conversation.turns.exclude(replaces=None).select_related("replaces")
    return turns.filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < 19 else None


def _turns(conversation, before=None, turns=None, at=None):
    """The last of `turns` (else of those that stand), or those before the turn with the id `before`, or those around
    the one with the id `at`, ready for reading."""
    turns = conversation.turns.filter(hidden=False) if turns is None else turns
    if at and at.isdecimal() and len(at) < 19:
        behind = list(turns.filter(pk__gte=int(at)).order_by("pk").values_list("pk", flat=True)[: TURNS_BEHIND + 1])
        before = str(behind[-1]) if len(behind) > TURNS_BEHIND else before
    turns = turns.order_by("-pk")
    if before and before.isdecimal() and len(before) < 19:
        turns = turns.filter(pk__lt=int(before))
    turns = list(turns[: TURNS_A_PAGE + 1])
    shown = turns[:TURNS_A_PAGE][::-1]
    return {
        "turns": with_earlier(present(shown)),
        "has_earlier": len(turns) > TURNS_A_PAGE,
        "has_later": bool(at and before),
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
    return _asked(request, turn)


def _asked(request, turn):
    """The answer to an ask: all that the page has not shown yet, which is the turn and what came between."""
    if not request.htmx:
        return redirect(turn)
    after = request.POST.get("after", "")
    since = int(after) if after.isdecimal() and len(after) < 19 else turn.pk - 1
    new = turn.conversation.turns.filter(hidden=False, pk__gt=since, pk__lte=turn.pk).order_by("-pk")[:TURNS_A_PAGE]
    context = {"turns": with_earlier(present(new[::-1])), "quota": quota_of(request.user), "form": AskForm()}
    return _kept(render(request, "chatbot/turn/_asked.html", context))


def _kept(response):
    """Tells the page that we have the words now, so that it need not keep them any more."""
    return trigger_client_event(response, "asked")


def _ask_refused(request, conversation, form):
    """What was wrong with an ask, its words kept: for htmx only the message, for a plain form the whole page."""
    if request.htmx:
        return _ask_error(request, form)
    context = {"conversation": conversation, "form": form, **_turns(conversation)}
    return _form_page(request, "chatbot/conversation.html", form, _room(request, **context))


def _ask_error(request, form):
    response = _form_page(request, "chatbot/room/_ask_error.html", form, {"form": form})
    return reswap(retarget(response, "#ask-error"), "innerHTML")


def _accepts(request, form):
    """Whether this is an ask that can be taken: whole, and not one too many in a short time, or of a guest's day."""
    return form.is_valid() and not _is_too_many(request, form)


def _is_too_many(request, form):
    form.used_up = _has_none_left(request)
    form.wait = 0 if form.used_up else limits.wait_to_ask(request)
    return bool(form.used_up or form.wait)


def _has_none_left(request):
    """Whether the reader is a guest whose replies of today are used up: nothing of theirs is kept then. An account keeps
    the words of such an ask as a turn."""
    if not request.user.is_authenticated:
        return not guests.quota_of_strangers(request).left
    return request.user.is_guest and not quota_of(request.user).left


def _form_page(request, template, form, context):
    """A form to be filled in, or once more because something was wrong with it."""
    status = 429 if form.wait or form.used_up else 422 if request.method == "POST" else 200
    response = render(request, template, context, status=status)
    if form.wait:
        response["Retry-After"] = form.wait
    return response


def _too_soon(request, conversation):
    """The answer to a button that asks once too often in a short time; None where it may ask."""
    form = AskForm()
    return _ask_refused(request, conversation, form) if _is_too_many(request, form) else None


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
    turn = Turn.objects.polled(request.user, pk)
    if seen == turn.etag():
        return HttpResponse(status=204)
    return _render_turn(request, turn)


def _hold(request, pk, seen):
    """Wait for a change where the page has seen all there is. A few places gained in a long line are no change: told of
    each, every waiting page would ask all the time."""
    version, place = Turn.parse_etag(seen)
    turn = Turn.objects.polled(request.user, pk, SEEN_BY_POLL)
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
        _("I'd like something like “%s”.") % novel.title,
        key=uuid.uuid5(turn.key, f"more {novel.slug}"),
        language=turn.language,
    )
    return _asked(request, asked)


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
    if request.htmx.current_url_abs_path == request.path:  # the form in a page of its own
        return _kept(HttpResponseClientRedirect(asked.get_absolute_url()))
    response = render(
        request, "chatbot/turn/_turns.html", {"conversation": turn.conversation, **_turns(turn.conversation)}
    )
    return _kept(reswap(retarget(response, "#turns"), "innerHTML"))


@login_required
@require_POST
def feedback(request, pk):
    """Keep what the reader says of a reply."""
    turn = _own_turn(request, pk)
    form = FeedbackForm(request.POST)
    if turn.state != Turn.State.DONE:
        raise Http404
    if form.is_valid():
        turn.judge(form.cleaned_data["thumb"], form.cleaned_data["shortcoming"], form.cleaned_data["words"])
    if not request.htmx:
        if form.errors:
            messages.error(request, next(iter(form.errors.values()))[0])
        return redirect(turn)
    said = "shortcoming" in request.POST or "words" in request.POST
    context = {"turn": turn, "form": form, "said": said and form.is_valid()}
    return render(request, "chatbot/turn/_feedback.html", context, status=200 if form.is_valid() else 422)


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
    if conversation.temporary:  # nobody means to get it back
        Conversation.objects.filter(pk=conversation.pk).delete_for_good()
        return redirect("chatbot:home")
    conversation.delete_soon()
    return redirect(f"{reverse('chatbot:home')}?deleted={conversation.pk}")


@login_required
@require_POST
def restore(request, pk):
    conversation = get_object_or_404(request.user.conversations.restorable(), pk=pk)
    conversation.restore()
    return redirect(conversation)
