"""Who opened which conversation and why, and the page that asks why."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..forms import CleanTextField
from ..models import Look
from ..review.models import MAX_REASON
from . import privacy
from .filters import Filter
from .read_only import ReadOnlyAdmin

MAY_OPEN = ("chatbot.view_conversation", "chatbot.view_turn", "chatbot.view_reviewitem")


class ReasonFilter(Filter):
    title = gettext_lazy("why")
    parameter_name = "why"

    def lookups(self, request, model_admin):
        return Look.Reason.choices

    def queryset(self, request, queryset):
        return queryset.filter(why=self.value()) if self.value() else queryset


class ReasonForm(forms.Form):
    """Why conversations are opened."""

    why = forms.ChoiceField(
        label=gettext_lazy("Why do you open readers' conversations now?"),
        choices=[choice for choice in Look.Reason.choices if choice[0] != Look.Reason.EXPORT],
        widget=forms.RadioSelect(attrs={"autofocus": True}),
        initial=Look.Reason.QUALITY,
    )
    words = CleanTextField(
        label=gettext_lazy("In your own words, if there is more to say"), required=False, max_length=MAX_REASON
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("why") == Look.Reason.OTHER and not cleaned.get("words"):
            self.add_error("words", _("Say in a few words why, as nothing in the list does."))
        return cleaned


@admin.register(Look)
class LookAdmin(ReadOnlyAdmin):
    list_display = ["looked_at", "operator", "reader", "conversation_masked", "why", "words", "unmasked"]
    list_select_related = ["operator", "reader", "conversation"]
    list_filter = [ReasonFilter]
    ordering = ["-pk"]
    sortable_by = []

    def get_queryset(self, request):
        return super().get_queryset(request).filter(conversation__deleted_at=None, reader__leaving_at=None)

    goes_with_owner = True  # its conversation

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=gettext_lazy("conversation"))
    def conversation_masked(self, look):
        return privacy.masked(look.conversation.title)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        look = self.get_object_or_404(request, object_id)
        return redirect("admin:chatbot_conversation_change", look.conversation_id)

    def get_urls(self):
        return [
            path("reason/", self.admin_site.admin_view(self.reason_view), name="chatbot_look_reason"),
            *super().get_urls(),
        ]

    def reason_view(self, request):
        """Asked once in a session, and whenever an operator wants to give another reason."""
        if not any(map(request.user.has_perm, MAY_OPEN)):
            raise PermissionDenied
        onward = request.POST.get("next") or request.GET.get("next") or ""
        if not url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure()):
            onward = reverse("admin:index")
        form = ReasonForm(
            request.POST if request.method == "POST" else None, initial=request.session.get(privacy.REASON)
        )
        if request.method == "POST" and form.is_valid():
            request.session[privacy.REASON] = form.cleaned_data
            return redirect(onward)
        context = {**self.admin_site.each_context(request), "title": _("Why you look"), "form": form, "next": onward}
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "admin/chatbot/look/reason.html", context, status=status)
