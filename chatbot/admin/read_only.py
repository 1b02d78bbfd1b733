"""Pages of the admin that are read and never written."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.text import capfirst


class BoundedPaginator(Paginator):
    """Counts up to `LIMIT` rows and stops there: a count of them all grows with the table."""

    LIMIT = 1000

    @cached_property
    def count(self):
        return self.object_list.order_by().values("pk")[: self.LIMIT].count()


class ReadOnlyAdmin(admin.ModelAdmin):
    """Read with the view permission; deleted by superusers; neither added to nor changed by anybody."""

    paginator = BoundedPaginator
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_superuser

    def changelist_view(self, request, extra_context=None):
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def get_object_or_404(self, request, object_id):
        """The row, for those who may see it. Unknown and malformed ids are 404."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if (found := self.get_object(request, object_id)) is None:
            raise Http404
        return found
