"""Versions of the instructions: compared, written anew from one that is there, put in force and taken back."""

from django import forms
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..assistant.instructions import (
    MAX_PERSONA,
    PLACEHOLDERS,
    SHIPPED,
    faults_of_persona,
    faults_of_rules,
)
from ..forms import CleanTextField
from ..models import PromptVersion
from ..prompting.figures import LATEST, figures_of
from ..review.differences import differences
from .read_only import BoundedPaginator

CONTEXT = 200  # characters of what two versions have in common that are shown around what differs
FAULTS = {
    "short": gettext_lazy("That is too short to be the rules: write at least %s characters."),
    "long": gettext_lazy("That is too long: up to %s characters."),
    "brace": gettext_lazy("“%s” names nothing that is filled in. Braces may only stand around: {names}."),
    "missing": gettext_lazy("“%s” is missing: replies cannot be read, or are not safe, without it."),
    "speaker": gettext_lazy("“%s” may be taken for another speaker by a model's server. Write it in other words."),
}


def words_of(fault):
    """A fault as an operator reads it."""
    return FAULTS[fault.code].replace("{names}", ", ".join(PLACEHOLDERS)) % fault.what


class VersionForm(forms.ModelForm):
    persona = CleanTextField(
        max_length=MAX_PERSONA,
        label=gettext_lazy("Persona"),
        help_text=gettext_lazy("Who she is. She may tell readers this."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )
    rules = CleanTextField(
        label=gettext_lazy("Rules"),
        help_text=gettext_lazy(
            "Kept from readers. Filled in by code: {crisis} (who listens at any hour), {vague}, {least} and {most} (how "
            "many books). [[some-id]], &lt;shelf&gt; and &lt;ask&gt; have to stay, as replies are read by them."
        ),
        widget=forms.Textarea(attrs={"rows": 30, "class": "vLargeTextField"}),
    )

    class Meta:
        model = PromptVersion
        fields = ("name", "labels", "notes", "persona", "rules")
        widgets = {"notes": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})}
        help_texts = {"name": gettext_lazy("Every turn that it answers is marked with it.")}

    def clean_name(self):
        name = self.cleaned_data["name"].strip()
        if not all(letter.isalnum() or letter in "-._+" for letter in name):
            raise forms.ValidationError(_("Letters, digits and - . _ + make a name."))
        return name

    def clean_persona(self):
        return self._without_faults("persona", faults_of_persona)

    def clean_rules(self):
        return self._without_faults("rules", faults_of_rules)

    def _without_faults(self, field, faults_of):
        text = self.cleaned_data[field]
        if faults := [words_of(fault) for fault in faults_of(text)]:
            raise forms.ValidationError(faults)
        return text

    def clean(self):
        cleaned = super().clean()
        same = PromptVersion.objects.with_text(cleaned.get("persona"), cleaned.get("rules")).first()
        if same and not self.instance.pk:
            raise forms.ValidationError(_("Version %s says the same, word for word.") % same)
        return cleaned


@admin.register(PromptVersion)
class PromptVersionAdmin(admin.ModelAdmin):
    """A version is never changed and never deleted: turns name it. Only its labels and notes are an operator's."""

    form = VersionForm
    list_display = [
        "name",
        "in_force",
        "labels",
        "author",
        "replies",
        "satisfied",
        "grounded",
        "failures",
        "first_text",
        "whole",
        "tokens",
        "cost",
    ]
    list_select_related = ["author"]
    list_per_page = 10
    list_max_show_all = 0
    paginator = BoundedPaginator
    show_full_result_count = False
    sortable_by = []
    change_list_template = "admin/chatbot/promptversion/change_list.html"
    change_form_template = "admin/chatbot/promptversion/version.html"

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        return ("name", "persona", "rules") if obj else ()

    def get_changeform_initial_data(self, request):
        """The words of the version `?from=`, else of the one in force."""
        sent = request.GET.get("from", "")
        chosen = PromptVersion.objects.filter(pk=sent) if sent.isdecimal() and len(sent) < 19 else None
        version = (chosen and chosen.first()) or PromptVersion.objects.active().first()
        told = version.instructions if version else SHIPPED
        return {"persona": told.persona, "rules": told.rules}

    def save_model(self, request, obj, form, change):
        if change:
            obj.save(update_fields=["labels", "notes"])
        else:
            obj.author = request.user
            obj.save(force_insert=True)

    # --- The list ----------------------------------------------------------------------------

    def get_changelist_instance(self, request):
        changes = super().get_changelist_instance(request)
        found = figures_of(changes.result_list)
        for version in changes.result_list:
            version.figures = found[version.name]
        return changes

    def changelist_view(self, request, extra_context=None):
        before = PromptVersion.objects.before_active() if self.has_change_permission(request) else None
        return super().changelist_view(request, {"before": before, "latest": LATEST, **(extra_context or {})})

    @admin.display(description=gettext_lazy("in force"), boolean=True)
    def in_force(self, version):
        return version.is_active

    @admin.display(description=gettext_lazy("replies"))
    def replies(self, version):
        return version.figures.turns

    @admin.display(description=gettext_lazy("satisfied"), empty_value="–")
    def satisfied(self, version):
        one = version.figures
        return None if one.satisfied is None else f"{one.satisfied} % ({one.up}/{one.up + one.down})"

    @admin.display(description=gettext_lazy("grounded"), empty_value="–")
    def grounded(self, version):
        one = version.figures
        return None if one.grounded is None else f"{one.grounded} % (−{one.wrong_facts}, −{one.unverified})"

    @admin.display(description=gettext_lazy("failed, stood in for"), empty_value="–")
    def failures(self, version):
        one = version.figures
        return f"{one.failed}, {one.stood_in}" if one.turns else None

    @admin.display(description=gettext_lazy("first text, ms (p50, p95)"), empty_value="–")
    def first_text(self, version):
        return _spread(version.figures.first_text)

    @admin.display(description=gettext_lazy("whole, ms (p50, p95)"), empty_value="–")
    def whole(self, version):
        return _spread(version.figures.whole)

    @admin.display(description=gettext_lazy("tokens read, written"), empty_value="–")
    def tokens(self, version):
        one = version.figures
        return None if one.tokens_in is None else f"{number_format(one.tokens_in)}, {number_format(one.tokens_out)}"

    @admin.display(description=gettext_lazy("cost of 1,000"), empty_value="–")
    def cost(self, version):
        one = version.figures
        return None if one.cost is None else number_format(1000 * one.cost, decimal_pos=2)

    # --- One version -------------------------------------------------------------------------

    def get_urls(self):
        activate = self.admin_site.admin_view(self.activate_view)
        return [path("<int:pk>/activate/", activate, name="chatbot_promptversion_activate"), *super().get_urls()]

    def activate_view(self, request, pk):
        """Put it in force. Replies that have begun keep the version they began with."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            version = PromptVersion.objects.activate(pk)
        except PromptVersion.DoesNotExist:
            raise Http404 from None
        LogEntry.objects.log_actions(request.user.pk, [version], CHANGE, "put in force", single_object=True)
        self.message_user(request, _("Version %s is in force from the next reply on.") % version)
        return redirect("admin:chatbot_promptversion_changelist")

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            active = PromptVersion.objects.active().first()
            context |= {
                "version": obj,
                "figures": figures_of([obj])[obj.name],
                "latest": LATEST,
                "active": active,
                "compared": _compared(active, obj) if active and active != obj else None,
                "write_from": f"{reverse('admin:chatbot_promptversion_add')}?from={obj.pk}",
            }
        return super().render_change_form(request, context, add, change, form_url, obj)


def _compared(active, version):
    """Persona and rules of both, what differs in them marked."""
    whole = [f"{one.persona}\n\n{one.rules}" for one in (active, version)]
    return differences(*whole, context=CONTEXT)


def _spread(spread):
    return f"{number_format(spread.p50)}, {number_format(spread.p95)}" if spread.count else None
