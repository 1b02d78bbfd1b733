"""Deleting in the admin: asked for with counts, and done in batches.

Django's own way collects every row that goes, with all that hangs on it, and lists each on a page, within one
transaction: with a reader of ten thousand turns that is minutes and a gigabyte.
"""

from django.db.models import Max, QuerySet
from django.utils.translation import ngettext

from . import batches

NAMED = 50  # of what was selected
LOGGED_AT_ONCE = 500


class CountedDeletion:
    """For a ModelAdmin. A selection of all rows is carried on as such, up to the newest row that was asked about."""

    delete_selected_confirmation_template = "admin/delete_counted.html"
    uncounted = ()  # models that nobody has to be asked about

    def get_deleted_objects(self, objs, request):
        rows = objs if isinstance(objs, QuerySet) else self.model._base_manager.filter(pk__in=[one.pk for one in objs])
        rows = self._confirmed(request, rows)
        request.newest = rows.order_by().aggregate(newest=Max("pk"))["newest"]
        counts = {model: number for model, number in batches.count(_plain(rows)).items() if number}
        refused = {
            model._meta.verbose_name
            for model in counts
            if self.admin_site.is_registered(model) and self._is_kept(self.admin_site.get_model_admin(model), request)
        }
        named = [str(one) for one in rows[:NAMED]]
        if more := counts.get(self.model, 0) - len(named):
            named.append(ngettext("and %(number)d more", "and %(number)d more", more) % {"number": more})
        told = {str(model._meta.verbose_name_plural): n for model, n in counts.items() if model not in self.uncounted}
        return named, told, refused, []

    @staticmethod
    def _is_kept(model_admin, request):
        """Whether who asks may not delete these rows. Of some nobody deletes one by itself (`goes_with_owner`)."""
        return not (getattr(model_admin, "goes_with_owner", False) or model_admin.has_delete_permission(request))

    def _confirmed(self, request, rows):
        """What has come in since the question was asked is not deleted with the rest."""
        newest = request.POST.get("newest", "")
        return rows.filter(pk__lte=int(newest)) if newest.isdecimal() and len(newest) < 19 else rows

    def log_deletions(self, request, queryset):
        rows = self._confirmed(request, queryset) if isinstance(queryset, QuerySet) else queryset
        rows = list(rows)
        for start in range(0, len(rows), LOGGED_AT_ONCE):
            super().log_deletions(request, rows[start : start + LOGGED_AT_ONCE])

    def delete_view(self, request, object_id, extra_context=None):
        # Without the transaction that Django puts around it: what is to be let go between batches would be held.
        return self._delete_view(request, object_id, extra_context)

    def delete_model(self, request, obj):
        self.delete_rows(self.model._default_manager.filter(pk=obj.pk))

    def delete_queryset(self, request, queryset):
        self.delete_rows(_plain(self._confirmed(request, queryset)))

    def delete_rows(self, rows):
        """Delete `rows`, or mark them as to be deleted."""
        batches.delete(rows)


def _plain(rows):
    """The same rows without what a list adds to them."""
    return rows.model._default_manager.filter(pk__in=rows.order_by().values("pk"))
