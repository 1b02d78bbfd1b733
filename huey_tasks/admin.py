from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from .models import Letter


class GivenUpFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("failed", _("given up")), ("waiting", _("waiting"))]

    def queryset(self, request, letters):
        if self.value() is None:
            return letters
        return letters.filter(failed_at__isnull=self.value() == "waiting")


@admin.register(Letter)
class LetterAdmin(admin.ModelAdmin):
    """Mails that wait or could not be sent; never what is in them, which opens accounts."""

    list_display = ["address", "created_at", "attempts", "due_at", "failed_at", "error"]
    list_filter = [GivenUpFilter]
    search_fields = ["address"]
    fields = list_display

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
