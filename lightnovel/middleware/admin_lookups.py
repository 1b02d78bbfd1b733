"""A list of the admin can be asked for by any column of its table (`?novel=7`, `?id__in=1,2`), and Django answers a value
that is none of the column's with the whole list. What only the database finds to be none (a number of thirty digits, half
a range) breaks there, and it would be a 500."""

from django.contrib import admin
from django.contrib.admin.utils import prepare_lookup_value
from django.contrib.admin.views.main import IGNORED_PARAMS
from django.core.exceptions import FieldError, ValidationError
from django.db import DataError, ProgrammingError
from django.http import HttpResponseRedirect

BROKEN = (DataError, IndexError, OverflowError, ProgrammingError, TypeError, ValueError)


class AdminLookupsMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        """To the whole list, as Django does it, where one of the conditions alone breaks as the page did."""
        if isinstance(exception, BROKEN) and (model := _listed(request)) and _is_broken(model, request):
            return HttpResponseRedirect(f"{request.path}?e=1")
        return None


def _listed(request):
    match = request.resolver_match
    if not match or "admin" not in match.namespaces:
        return None
    for model in admin.site._registry:
        if match.url_name == f"{model._meta.app_label}_{model._meta.model_name}_changelist":
            return model
    return None


def _is_broken(model, request):
    conditions = [(name, request.GET.getlist(name)) for name in request.GET if name not in IGNORED_PARAMS]
    if selected := request.POST.getlist("_selected_action"):
        conditions.append(("pk__in", [",".join(selected)]))
    for name, values in conditions:
        try:
            for value in prepare_lookup_value(name, values):
                model._base_manager.filter(**{name: value}).order_by().exists()
        except (FieldError, ValidationError):
            continue
        except BROKEN:
            return True
    return False
