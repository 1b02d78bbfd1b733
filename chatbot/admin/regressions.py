"""Regression cases: made of a correction on the desk, tried in the worker, mended here."""

import re

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..assistant import failures
from ..catalogue.models import Novel
from ..forms import CleanTextField
from ..models import RegressionCase, Turn
from ..review.differences import differences
from .filters import Filter, voice_name
from .read_only import BoundedPaginator

MARK = re.compile(r"\[\[([a-z0-9-]+)\]\]")
DIFFERENCES = {
    "failed": gettext_lazy("There was no reply: %s"),
    "stood_in": gettext_lazy("The built-in librarian stood in: %s"),
    "offers_none": gettext_lazy("Offers no book"),
    "offers_some": gettext_lazy("Offers books: %s"),
    "lacks": gettext_lazy("Does not name “%s”"),
    "names": gettext_lazy("Names “%s”"),
    "fact": gettext_lazy("States a fact of “%s” wrongly"),
}
UNMADE = {
    "none": gettext_lazy("Submit a corrected reply first: it says what the case expects."),
    "temporary": gettext_lazy("A temporary conversation leaves nothing behind, no case either."),
}


def words_of(difference, titles=None):
    """A difference (see `regressions.differences_from`) in words. `titles`: of works, by their slugs."""
    kind, what = difference["kind"], difference["what"]
    if kind == "failed":
        what = failures.cause(what)
    elif kind == "stood_in":
        what = dict(Turn.StandIn.choices).get(what, what)
    words = str(DIFFERENCES[kind])
    return words % (titles or {}).get(what, what) if "%s" in words else words


class RegressionViews:
    """For the admin of what is reviewed: a corrected reply becomes a case by a press."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.make_case_view)
        return [path("<int:pk>/case/", view, name="chatbot_reviewitem_case"), *super().get_urls()]

    def may_make_case(self, request):
        return request.user.has_perm("chatbot.add_regressioncase")

    def make_case_view(self, request, pk):
        if not self.may_make_case(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        item = get_object_or_404(self.get_queryset(request), pk=pk)
        if case := self.make_case(request, item):
            return redirect("admin:chatbot_regressioncase_change", case.pk)
        return redirect("admin:chatbot_reviewitem_change", item.pk)

    def make_case(self, request, item):
        """The case of the corrected reply, which is tried at once; None, and a message why, where none can be made."""
        from ..review import regressions  # here: it brings the way of a reply along, which the web process does without

        review = correction_of(item)
        try:
            if review is None:
                raise regressions.Unmade("none")
            case, is_new = regressions.make_case(review, request.user)
        except regressions.Unmade as unmade:
            self.message_user(request, UNMADE[str(unmade)], "warning")
            return None
        if is_new:
            RegressionCase.objects.filter(pk=case.pk).ask()
            address = reverse("admin:chatbot_regressioncase_change", args=[case.pk])
            said = _("The case is made and being tried. Look whether it expects what you mean.")
            self.message_user(request, format_html('<a href="{}">{}</a>', address, said))
        return case


def correction_of(item):
    """The review whose corrected reply counts: the one that settles, else the latest."""
    submitted = item.reviews.submitted().exclude(corrected="")
    return submitted.order_by("-is_resolution", "-submitted_at").first()


def for_desk(request, item):
    """What the desk shows of cases: the one made of this reply, or whether one can be made."""
    if not request.user.has_perm("chatbot.add_regressioncase"):
        return {}
    case = (
        RegressionCase.objects.filter(turn=item.turn_id)
        .only("passed", "asked_at", "offers", "must_name", "must_not_name")
        .first()
    )
    return {
        "case": case,
        "may_make_case": case is None and correction_of(item) is not None,
        "may_correct_into_case": not item.turn.conversation.temporary,
    }


class PassedFilter(Filter):
    title = gettext_lazy("passes")
    parameter_name = "passed"

    def lookups(self, request, model_admin):
        return [("no", gettext_lazy("No")), ("yes", gettext_lazy("Yes")), ("untried", gettext_lazy("Not tried"))]

    def queryset(self, request, queryset):
        if self.value() not in ("no", "yes", "untried"):
            return queryset
        return queryset.filter(passed={"no": False, "yes": True, "untried": None}[self.value()])


class CaseForm(forms.ModelForm):
    must_name = CleanTextField(
        required=False,
        max_length=2000,
        label=gettext_lazy("Must name"),
        help_text=gettext_lazy("One a line: the slug of a work, or words."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    must_not_name = CleanTextField(
        required=False,
        max_length=2000,
        label=gettext_lazy("Must not name"),
        help_text=gettext_lazy("One a line: the slug of a work, or words."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = RegressionCase
        fields = ("name", "is_on", "offers", "must_name", "must_not_name")


@admin.register(RegressionCase)
class RegressionCaseAdmin(admin.ModelAdmin):
    """The words of a case stay as they were; what it expects of a reply can be mended."""

    form = CaseForm
    list_display = [
        "name",
        "passed",
        "what_differs",
        "language",
        "voice_tried",
        "tried_with",
        "finished_at",
        "is_on",
    ]
    list_filter = [PassedFilter, "is_on"]
    list_per_page = 50
    list_max_show_all = 0
    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    sortable_by = []
    actions = ["try_again"]
    change_list_template = "admin/chatbot/regressioncase/change_list.html"
    change_form_template = "admin/chatbot/regressioncase/case.html"

    def get_queryset(self, request):
        return super().get_queryset(request).defer("conversation", "candidates", "reading", "wish")

    def has_add_permission(self, request):
        return False  # a case is made of a correction

    def has_try_permission(self, request):
        return request.user.has_perm("chatbot.change_regressioncase")

    @admin.display(description=gettext_lazy("what differs"))
    def what_differs(self, case):
        if case.is_waiting:
            return _("is being tried")
        told = [words_of(one) for one in case.differences[:3]]
        return "; ".join([_("expects nothing"), *told] if case.expects_nothing else told)

    @admin.display(description=gettext_lazy("voice"))
    def voice_tried(self, case):
        return voice_name(case.voice)

    @admin.display(description=gettext_lazy("model, prompt"))
    def tried_with(self, case):
        return " ".join(filter(None, (case.model, case.prompt_version)))

    @admin.action(description=gettext_lazy("Try again"), permissions=["try"])
    def try_again(self, request, cases):
        self._asked(request, RegressionCase.objects.filter(pk__in=cases.values("pk")))

    def _asked(self, request, cases):
        number = cases.ask()
        said = ngettext("%d case is being tried.", "%d cases are being tried.", number) % number
        self.message_user(request, said)

    def get_urls(self):
        view = self.admin_site.admin_view(self.try_all_view)
        return [path("try/", view, name="chatbot_regressioncase_try"), *super().get_urls()]

    def try_all_view(self, request):
        """Have all cases in use tried by a worker."""
        if not self.has_try_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        self._asked(request, RegressionCase.objects.in_use())
        return redirect("admin:chatbot_regressioncase_changelist")

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"may_try": self.has_try_permission(request), **(extra_context or {})})

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            works = _works(obj)
            titles = {slug: novel.title for slug, novel in works.items()}
            with translation.override(obj.language):  # as the reader saw them, and as the correction was written
                said = {slug: novel.title for slug, novel in works.items()}
            corrected, reply = (_with_titles(text, said) for text in (obj.corrected, obj.reply))
            context |= {
                "case": obj,
                "voice": voice_name(obj.voice),
                "what_differs": [words_of(one, titles) for one in obj.differences],
                "corrected": corrected,
                "wrong_reply": _with_titles(obj.wrong_reply, said),
                "before": [(one["text"], _with_titles(one["reply"], said)) for one in obj.conversation],
                "compared": differences(corrected, reply) if obj.finished_at else None,
            }
        return super().render_change_form(request, context, add, change, form_url, obj)


def _works(case):
    """The works that a case's texts point at and that it is about, by their slugs. One query."""
    texts = (case.corrected, case.reply, case.wrong_reply, *(one["reply"] for one in case.conversation))
    slugs = {slug for text in texts for slug in MARK.findall(text)} | {one["what"] for one in case.differences}
    return Novel.objects.in_bulk(slugs, field_name="slug")


def _with_titles(text, titles):
    """`text` with titles in place of the marks by which a model points at works."""
    return MARK.sub(lambda mark: f"『{titles[mark[1]]}』" if mark[1] in titles else mark[0], text)
