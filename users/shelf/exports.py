"""The shelf as a file."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from . import myanimelist, table


@login_required
@require_safe
def shelf_table(request):
    return _file(request, table.write, "shelf.csv", "text/csv")


@login_required
@require_safe
def shelf_myanimelist(request):
    return _file(request, myanimelist.write, "shelf-myanimelist.xml", "application/xml")


def _file(request, write, name, kind):
    content = "".join(write(request.user.shelf_entries.select_related("novel")))
    response = HttpResponse(content, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "no-store"
    return response
