"""What was taken away because its time was over."""

from django.conf import settings
from django.contrib import admin

from ..models import RetentionDay
from .read_only import ReadOnlyAdmin


@admin.register(RetentionDay)
class RetentionDayAdmin(ReadOnlyAdmin):
    list_display = ["day", "conversations", "evidence", "emptied_until", "changed_at"]
    list_display_links = None
    sortable_by = []

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        rules = {"conversations": settings.KEEP_CONVERSATIONS_DAYS, "evidence": settings.KEEP_EVIDENCE_DAYS}
        return super().changelist_view(request, {"rules": rules, **(extra_context or {})})
