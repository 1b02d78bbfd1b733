"""The shelf as a file."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from ..reading_year import listed_volumes
from . import myanimelist, table


@login_required
@require_safe
def shelf_table(request):
    volume_days = listed_volumes.days(request.user)
    return _file(table.write(_entries(request), volume_days), "shelf.csv", "text/csv")


@login_required
@require_safe
def shelf_myanimelist(request):
    return _file(myanimelist.write(_entries(request)), "shelf-myanimelist.xml", "application/xml")


def _entries(request):
    return request.user.shelf_entries.select_related("novel")


def _file(content, name, kind):
    response = HttpResponse("".join(content), content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "no-store"
    return response
