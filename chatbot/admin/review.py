"""The operators' desk: the queue of replies to look at, one page a reply, and the rules and criteria behind them."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from .. import voice_input
from ..catalogue.gaps import Gap
from ..forms import CleanTextField
from ..models import Turn
from ..presentation.turns import present
from ..review.agreement import kappa
from ..review.counting import counted
from ..review.models import Criterion, Review, ReviewItem, ReviewRule, Why
from ..text.cleaning import title_of
from ..wrong_facts import note_verdict
from . import privacy, regressions, replays
from .evidence import with_evidence
from .filters import Filter, ItemDayFilter
from .read_only import ReadOnlyAdmin

BEFORE = 4  # turns shown before the one that is judged
LEFT = "desks_left"  # in the session: items, the last one last
MAX_LEFT = 20
MAX_COMPARED = 1000  # pairs of verdicts that tell how far reviewers agree


class StateFilter(Filter):
    """What nobody has seen yet, unless another state or all are asked for."""

    title = gettext_lazy("state")
    parameter_name = "state"
    ALL = "all"

    def lookups(self, request, model_admin):
        return [*ReviewItem.State.choices, (self.ALL, gettext_lazy("All"))]

    def value(self):
        return super().value() or ReviewItem.State.OPEN.value

    def choices(self, changelist):
        for value, title in self.lookup_choices:
            chosen = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": self.value() == value, "query_string": chosen, "display": title}

    def queryset(self, request, queryset):
        return queryset if self.value() == self.ALL else queryset.filter(state=self.value())


class WhyFilter(Filter):
    title = gettext_lazy("reasons")
    parameter_name = "why"

    def lookups(self, request, model_admin):
        return Why.choices

    def queryset(self, request, queryset):
        # A list of codes as the database keeps it, in quotes.
        return queryset.filter(why__icontains=self.value()) if self.value() in Why.values else queryset


class FlagFilter(Filter):
    title = gettext_lazy("flagged")
    parameter_name = "flagged"

    def lookups(self, request, model_admin):
        return [("yes", gettext_lazy("Yes"))]

    def queryset(self, request, queryset):
        return queryset.exclude(flag="") if self.value() else queryset


class VerdictForm(forms.Form):
    """A verdict by the criteria in use. As a draft it may be incomplete."""

    notes = CleanTextField(
        required=False,
        max_length=2000,
        label=gettext_lazy("Notes"),
        widget=forms.Textarea(attrs={"rows": 3, "data-key": "o"}),
    )
    corrected = CleanTextField(
        required=False,
        max_length=6000,
        label=gettext_lazy("How it should have been answered"),
        widget=forms.Textarea(attrs={"rows": 4, "data-key": "c"}),
    )

    def __init__(self, data=None, *, review=None, is_draft=False):
        initial = {"notes": review.notes, "corrected": review.corrected} if review else {}
        super().__init__(data, initial=initial)
        self.criteria = list(Criterion.objects.filter(is_on=True))
        for criterion in self.criteria:
            scale = criterion.kind == Criterion.Kind.SCALE
            values = [(n, n) for n in range(1, 6)] if scale else [(1, _("Yes")), (0, _("No"))]
            self.fields[f"score-{criterion.pk}"] = forms.TypedChoiceField(
                label=criterion.name,
                help_text=criterion.description,
                required=criterion.is_required and not is_draft,
                choices=values,
                coerce=int,
                empty_value=None,
                widget=forms.RadioSelect,
                initial=review.scores.get(str(criterion.pk)) if review else None,
                error_messages={"required": _("“%s” is still open.") % _(criterion.name)},
            )

    @property
    def score_fields(self):
        return [self[f"score-{criterion.pk}"] for criterion in self.criteria]

    @property
    def scores(self):
        given = {str(one.pk): self.cleaned_data.get(f"score-{one.pk}") for one in self.criteria}
        return {pk: value for pk, value in given.items() if value is not None}


@admin.register(ReviewItem)
class ReviewItemAdmin(replays.ReplayViews, regressions.RegressionViews, ReadOnlyAdmin):
    """What is to be looked at, the weightiest first; each row leads to the desk."""

    list_display = ["words", "reasons", "weight", "state", "held_by", "flag", "created_at"]
    list_select_related = ["turn", "claimed_by"]
    list_filter = [StateFilter, WhyFilter, FlagFilter, ItemDayFilter]
    sortable_by = []
    actions = ["accept"]

    def get_queryset(self, request):
        items = super().get_queryset(request)
        return items.filter(turn__conversation__deleted_at=None, turn__reader__leaving_at=None)

    def get_ordering(self, request):
        """Of one state the weightiest first, of all states the latest: both by an index."""
        return ["-pk"] if request.GET.get("state") == StateFilter.ALL else ["state", "-weight", "pk"]

    goes_with_owner = True  # its turn

    def has_delete_permission(self, request, obj=None):
        return False

    def has_review_permission(self, request):
        return request.user.has_perm("chatbot.add_review")

    @admin.display(description=gettext_lazy("the reader's words"))
    def words(self, item):
        return title_of(privacy.masked(item.turn.text))  # cut first, half a number would pass

    @admin.display(description=gettext_lazy("reasons"))
    def reasons(self, item):
        return ", ".join(map(str, item.reasons))

    @admin.display(description=gettext_lazy("held by"))
    def held_by(self, item):
        return item.claimed_by if item.claimed_until and item.claimed_until > timezone.now() else ""

    @admin.action(description=gettext_lazy("Accept without a verdict"), permissions=["review"])
    def accept(self, request, items):
        number = ReviewItem.objects.filter(pk__in=items.values("pk")).accept()
        self.message_user(request, ngettext("%d reply was accepted.", "%d replies were accepted.", number) % number)

    def changelist_view(self, request, extra_context=None):
        context = {"agreement": _agreement(), "may_review": self.has_review_permission(request)}
        if request.user.has_perm("catalogue.view_gap"):
            context["named_in_lists"] = counted(Gap.objects.from_lists())
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def get_urls(self):
        return [
            path("next/", self.admin_site.admin_view(self.next_view), name="chatbot_reviewitem_next"),
            path("<int:pk>/renew/", self.admin_site.admin_view(self.renew_view), name="chatbot_reviewitem_renew"),
            *super().get_urls(),
        ]

    def next_view(self, request):
        """Claim the next reply and go to its desk."""
        if not self.has_review_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        return self._to_next(request)

    def _to_next(self, request):
        if item := ReviewItem.objects.claim_next(request.user):
            return redirect(reverse("admin:chatbot_reviewitem_change", args=[item.pk]))
        self.message_user(request, _("Nothing is left to look at."))
        return redirect("admin:chatbot_reviewitem_changelist")

    def renew_view(self, request, pk):
        """The open desk says that somebody is at it: 204, or 409 where another has it by now."""
        if not self.has_review_permission(request):
            raise PermissionDenied
        return require_POST(self._renewed)(request, pk)

    def _renewed(self, request, pk):
        return HttpResponse(status=204 if ReviewItem.objects.claim(pk, request.user) else 409)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The desk of one reply."""
        item = self.get_object_or_404(request, object_id)
        if request.method == "POST":
            return self._judged(request, item)
        if asked := privacy.reason_asked(request):
            return asked
        if self.has_review_permission(request) and item.state == ReviewItem.State.OPEN:
            ReviewItem.objects.claim(item.pk, request.user)
            item.refresh_from_db()
        return self._desk(request, item, VerdictForm(review=_own(item, request.user)))

    def _judged(self, request, item):
        if not self.has_review_permission(request):
            raise PermissionDenied
        do = request.POST.get("do", "")
        if do == "skip":
            item.skip(request.user)
            self.message_user(request, _("Reply #%d was left to others.") % item.turn_id)
            _remember(request, item)
            return self._to_next(request)
        if do == "flag":
            item.flag = title_of(request.POST.get("flag", ""))[:200]
            item.save(update_fields=["flag"])
            self.message_user(request, _("Flagged.") if item.flag else _("The flag was taken off."))
            return redirect(request.path)
        form = VerdictForm(request.POST, review=_own(item, request.user), is_draft=do == "draft")
        if item.is_held_by_another(request.user):
            form.add_error(None, _("%s is at this reply. Your words are still here.") % item.claimed_by)
        if not form.is_valid():
            return self._desk(request, item, form, status=422)
        review, _is_new = Review.objects.get_or_create(item=item, reviewer=request.user)
        review.keep(
            scores=form.scores,
            notes=form.cleaned_data["notes"],
            corrected=form.cleaned_data["corrected"],
            submit=do != "draft",
            is_resolution="settles" in request.POST and _may_settle(item, request.user),
        )
        note_verdict(review, {one.pk: one.name for one in form.criteria})
        if do == "draft":
            self.message_user(request, _("The draft was kept."))
            return redirect(request.path)
        _remember(request, item)
        self._tell_kept(request, item)
        if "case" in request.POST and review.corrected and self.may_make_case(request):
            self.make_case(request, item)
        return self._to_next(request)

    def _tell_kept(self, request, item):
        desk = reverse("admin:chatbot_reviewitem_change", args=[item.pk])
        said = _("Your verdict on reply #%d was kept.") % item.turn_id
        self.message_user(request, format_html('<a href="{}">{}</a>', desk, said), messages.SUCCESS)

    def _desk(self, request, item, form, status=200):
        turns = list(
            Turn.objects.filter(conversation_id=item.turn.conversation_id, pk__lte=item.turn_id)
            .exclude(hidden=True, pk__lt=item.turn_id)
            .select_related("conversation")
            .order_by("-pk")
            .prefetch_related("picks")[: BEFORE + 1]
        )[::-1]
        shows = privacy.opened(request, item.turn.conversation, [*turns, item.turn])
        *before, judged = with_evidence(present(turns))
        own = _own(item, request.user)
        criteria = Criterion.objects.in_bulk() if own else {}
        context = {
            **self.admin_site.each_context(request),
            "title": _("Reply #%d") % item.turn_id,
            "opts": self.opts,
            "item": item,
            "before": before,
            "judged": judged,
            "sent": voice_input.sent(item.turn_id, str if shows else privacy.masked),
            "form": form,
            "shows_personal_data": shows,
            "may_show_personal_data": privacy.may_show(request),
            "own": own,
            "earlier": [_earlier(one, criteria) for one in reversed(own.history)] if own else (),
            "others": _others(item, request.user, shows, criteria) if own and own.submitted_at else (),
            "may_review": self.has_review_permission(request),
            "may_settle": _may_settle(item, request.user),
            "is_held": item.is_held_by_another(request.user),
            "progress": _progress(request.user),
            **replays.for_desk(request, item),
            **regressions.for_desk(request, item),
            "previous": _previous(request, item),
        }
        return TemplateResponse(request, "admin/chatbot/reviewitem/desk.html", context, status=status)


def _remember(request, item):
    """Keep in the session what was left last, for the way back."""
    left = [pk for pk in request.session.get(LEFT, ()) if pk != item.pk]
    request.session[LEFT] = [*left, item.pk][-MAX_LEFT:]


def _previous(request, item):
    """The desk that was left before this one; "" where there is none."""
    left = request.session.get(LEFT, [])
    before = left[: left.index(item.pk)] if item.pk in left else left
    return reverse("admin:chatbot_reviewitem_change", args=[before[-1]]) if before else ""


def _own(item, reviewer):
    return item.reviews.filter(reviewer=reviewer).first()


def _others(item, reviewer, shows, criteria):
    """What others found, in words: to be seen only once one's own verdict is in. `shows`: with personal data."""
    reviews = item.reviews.submitted().exclude(reviewer=reviewer).select_related("reviewer")[:20]
    mask = str if shows else privacy.masked
    return [
        {
            "by": review.reviewer,
            "at": review.submitted_at,
            "settles": review.is_resolution,
            "scores": _scores(review.scores, criteria),
            "notes": mask(review.notes),
            "corrected": mask(review.corrected),
        }
        for review in reviews
    ]


def _earlier(state, criteria):
    """What one's own verdict was before, in words."""
    return {**state, "at": parse_datetime(state["at"]), "scores": _scores(state["scores"], criteria)}


def _scores(scores, criteria):
    """Each score with its criterion. `criteria`: all of them, by pk."""
    return [_told(criteria.get(int(pk)), pk, score) for pk, score in scores.items()]


def _told(criterion, pk, score):
    """(name of the criterion, its answer in words). One that is gone is known by its number alone."""
    if criterion is None:
        return pk, score
    is_scale = criterion.kind == Criterion.Kind.SCALE
    return criterion.name, f"{score} / 5" if is_scale else _("Yes") if score else _("No")


def _may_settle(item, reviewer):
    """Whether `reviewer`, whose verdict is in, may say which of several holds."""
    own = _own(item, reviewer)
    return bool(own and own.submitted_at and item.reviews.submitted().exclude(reviewer=reviewer).exists())


def _progress(reviewer):
    """(judged by this reviewer today, still open), as they are shown."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    judged = Review.objects.filter(reviewer=reviewer, submitted_at__gte=today)
    return counted(judged), counted(ReviewItem.objects.open())


def _agreement():
    """Cohen's kappa of the first two verdicts on each reply by yes-or-no criteria; None where there are too few."""
    passing = {str(pk) for pk in Criterion.objects.filter(kind=Criterion.Kind.PASS).values_list("pk", flat=True)}
    by_item = {}
    submitted = Review.objects.submitted().order_by("-submitted_at").values_list("item_id", "scores")
    for item, scores in submitted[: 2 * MAX_COMPARED]:
        by_item.setdefault(item, []).append(scores)
    pairs = [
        (one[pk], other[pk])
        for one, other, *_rest in (found for found in by_item.values() if len(found) > 1)
        for pk in one.keys() & other.keys() & passing
    ]
    value = kappa(pairs)
    return None if value is None else {"kappa": round(value, 2), "pairs": len(pairs)}


@admin.register(ReviewRule)
class ReviewRuleAdmin(admin.ModelAdmin):
    list_display = ["why", "weight", "threshold", "is_on"]
    list_editable = ["weight", "threshold", "is_on"]
    fields = ["why", "weight", "threshold", "words", "is_on"]

    def has_add_permission(self, request):
        return super().has_add_permission(request) and ReviewRule.objects.count() < len(Why)


@admin.register(Criterion)
class CriterionAdmin(admin.ModelAdmin):
    list_display = ["shown_name", "shown_description", "kind", "is_required", "is_on", "position"]
    list_editable = ["is_required", "is_on", "position"]

    @admin.display(description=gettext_lazy("name"), ordering="name")
    def shown_name(self, criterion):
        return _(criterion.name)

    @admin.display(description=gettext_lazy("description"))
    def shown_description(self, criterion):
        return _(criterion.description) if criterion.description else ""
