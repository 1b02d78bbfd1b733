"""On the desk: the same turn once more, and both replies side by side."""

import copy
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..assistant import failures, librarian, speaks_for_itself
from ..catalogue.models import Novel
from ..costs import pricing
from ..models import PromptVersion, Replay, Turn
from ..presentation.plain_text import plain_text
from ..presentation.turns import present
from ..review.differences import differences
from ..review.trial_models import BUDGET, NO_PROMPT, NO_VOICE
from . import privacy
from .evidence import milliseconds, with_evidence
from .filters import VOICES, voice_name

MAX_VERSIONS = 50  # that can be chosen, the latest
SHOWN = 5  # replays that the desk lists, the latest
FAILURES = {
    BUDGET: gettext_lazy("The day's budget is used up; the model was not asked."),
    NO_VOICE: gettext_lazy("This voice is not set any more."),
    NO_PROMPT: gettext_lazy("This prompt version is not there any more."),
}


class ReplayForm(forms.Form):
    voice = forms.ChoiceField(label=gettext_lazy("Voice"))
    model = forms.ChoiceField(label=gettext_lazy("Model"), required=False)
    prompt = forms.ChoiceField(label=gettext_lazy("Prompt version"), required=False)
    books = forms.ChoiceField(
        label=gettext_lazy("Books"),
        choices=[
            ("anew", gettext_lazy("Chosen anew from the present catalogue")),
            ("then", gettext_lazy("The candidates given then")),
        ],
        initial="anew",
        widget=forms.RadioSelect,
    )

    def __init__(self, data=None):
        super().__init__(data, auto_id="replay-%s")
        own = [] if speaks_for_itself() else ["chatgpt"]
        self.fields["voice"].choices = [(name, VOICES[name]) for name in (*own, "librarian")]
        if own:
            others = [(name, name) for name in pricing.models_priced() if name != settings.OPENAI_MODEL]
            is_set = _("The one that is set (%(model)s)") % {"model": settings.OPENAI_MODEL}
            self.fields["model"].choices = [("", is_set), *others]
        else:
            del self.fields["model"]
        versions = PromptVersion.objects.order_by("-pk").values_list("name", "is_active")[:MAX_VERSIONS]
        named = [(name, f"{name} ({_('in force')})" if active else name) for name, active in versions]
        self.fields["prompt"].choices = [("", _("The one in force")), *named]

    def clean(self):
        """The built-in librarian asks no model, whichever stands in the field."""
        asked = super().clean()
        if asked.get("voice") == librarian.NAME:
            asked["model"] = ""
        return asked


@dataclass
class Side:
    """One of two replies. `facts`: (label, value) in one order for both; `wrong`, `unverified`: as evidence has them."""

    name: str
    facts: list
    wrong: list
    unverified: list


class ReplayViews:
    """For the admin of what is reviewed: the pages of replays, below the reply's own."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/replay/", view(self.replay_view), name="chatbot_reviewitem_replay"),
            path("<int:pk>/replays/<int:replay>/", view(self.replayed_view), name="chatbot_reviewitem_replayed"),
            *super().get_urls(),
        ]

    def replay_view(self, request, pk):
        """Ask for a replay and go to its page."""
        if not request.user.has_perm("chatbot.add_replay"):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        item = get_object_or_404(self.get_queryset(request), pk=pk)
        form = ReplayForm(request.POST)
        if not form.is_valid():
            self.message_user(request, _("Choose a voice, a model, a prompt version and the books."), "error")
            return redirect("admin:chatbot_reviewitem_change", item.pk)
        asked = form.cleaned_data
        replay = Replay.objects.ask(
            item.turn,
            asked_by=request.user,
            with_voice=asked["voice"],
            with_model=asked.get("model", ""),
            with_prompt=asked["prompt"],
            keeps_candidates=asked["books"] == "then",
        )
        return redirect("admin:chatbot_reviewitem_replayed", item.pk, replay.pk)

    def replayed_view(self, request, pk, replay):
        """Both replies side by side. While it waits the page asks again, and gets nothing until there is news."""
        if not request.user.has_perm("chatbot.view_replay"):
            raise PermissionDenied
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        if not request.htmx and (asked := privacy.reason_asked(request)):
            return asked
        item = get_object_or_404(self.get_queryset(request).select_related("turn__conversation"), pk=pk)
        made = get_object_or_404(item.turn.replays.select_related("asked_by"), pk=replay)
        context = {"item": item, "replay": made, "opts": self.opts, **_compared(request, item.turn, made)}
        if request.htmx:
            return TemplateResponse(request, "admin/chatbot/replay/_replay.html", context)
        context |= {
            **self.admin_site.each_context(request),
            "title": _("Reply #%d once more") % item.turn_id,
            "may_show_personal_data": privacy.may_show(request),
        }
        return TemplateResponse(request, "admin/chatbot/replay/replay.html", context)


def for_desk(request, item):
    """What the desk shows of replays: the form, and the latest ones."""
    if not request.user.has_perm("chatbot.add_replay"):
        return {}
    replays = item.turn.replays.defer("reply", "candidates", "reading")[:SHOWN]
    causes = [FAILURES.get(one.failure) or failures.cause(one.failure) for one in replays]
    return {"replay_form": ReplayForm(), "replays": list(zip(replays, causes, strict=True))}


def _compared(request, turn, replay):
    shows = privacy.opened(request, turn.conversation, [turn])
    if replay.is_waiting:
        return {"shows_personal_data": shows}
    again = _as_turn(turn, replay)
    if not shows:
        again.reply, again.failure_detail = privacy.masked(again.reply), privacy.masked(again.failure_detail)
    (before,) = with_evidence(present([turn]))
    (after,) = with_evidence(present([again]))
    novels = Novel.objects.in_bulk(replay.picks, field_name="slug")
    offered = [novels[slug].title for slug in replay.picks if slug in novels]
    offered_then = [one.novel.title for one in before.evidence.given if one.picked and one.novel]
    return {
        "shows_personal_data": shows,
        "turn": turn,
        "failure": FAILURES.get(replay.failure) or failures.WORDS.get(replay.failure, ""),
        "failure_detail": again.failure_detail,
        "compared": differences(plain_text(before.presented), plain_text(after.presented)),
        "sides": [
            Side(
                _("Then"),
                _facts(turn, offered_then, milliseconds(turn.started_at, turn.finished_at), None),
                before.evidence.wrong,
                before.evidence.unverified,
            ),
            Side(
                _("Once more"),
                _facts(again, offered, replay.whole_ms, replay.cost),
                after.evidence.wrong,
                after.evidence.unverified,
            ),
        ],
    }


def _as_turn(turn, replay):
    """`turn` with what the replay came to; not to be saved."""
    again = copy.copy(turn)
    for name in ("voice", "model", "prompt_version", "reply", "stand_in", "failure", "failure_detail"):
        setattr(again, name, getattr(replay, name))
    for name in ("wish", "reading", "candidates", "corrections", "tokens_in", "tokens_out"):
        setattr(again, name, getattr(replay, name))
    again.calls, again.refused = [], []
    again.state = Turn.State.FAILED if replay.failure else Turn.State.DONE
    return again


def _facts(turn, offered, took, cost):
    tokens = None if turn.tokens_in is None else f"{turn.tokens_in} / {turn.tokens_out or 0}"
    return [
        (_("Voice"), voice_name(turn.voice)),
        (_("Model"), turn.model),
        (_("Prompt version"), turn.prompt_version),
        (_("Offered"), ", ".join(f"『{title}』" for title in offered)),
        (_("Started to finished"), None if took is None else f"{took} ms"),
        (_("Tokens read and written"), tokens),
        (_("Cost"), None if cost is None else f"{cost / 1_000_000:.6f}"),
    ]
