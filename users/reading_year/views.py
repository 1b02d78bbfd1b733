from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from . import charts, listed_volumes
from .reading_year import ReadingYear, years


@login_required
@require_safe
def latest(request):
    """The year of what was finished last; this year where nothing was yet."""
    found = years(request.user, listed_volumes.days(request.user))
    return redirect("users:year", found[0] if found else request.user.today.year)


@login_required
@require_safe
def year(request, year):
    listed = listed_volumes.days(request.user)
    found = years(request.user, listed)
    if year not in found and year != request.user.today.year:
        raise Http404
    counted = ReadingYear(request.user, year, listed)
    context = {"year": year, "years": found, "counted": counted, "charts": _charts(counted)}
    return render(request, "users/year/year.html", context)


def _charts(counted):
    stars = [f"{half / 2:g}" for half in range(1, 11)]
    made = []
    if counted.books:
        made.append(charts.columns("months", _("Works finished, by month"), _by_month(counted.months)))
    if counted.volume_months:
        made.append(charts.columns("volumes", _("Volumes read, by month"), _by_month(counted.volume_months)))
    if any(counted.ratings):
        made.append(charts.columns("ratings", _("By stars"), list(zip(stars, counted.ratings, strict=True))))
    if counted.tags:
        made.append(charts.rows("tags", _("What they were about"), [(tag.label, works) for tag, works in counted.tags]))
    if counted.authors and counted.authors[0][1] > 1:  # bars of one say nothing
        made.append(charts.rows("authors", _("By author"), counted.authors))
    return made


def _by_month(numbers):
    return list(zip(_months(), numbers, strict=True))


def _months():
    """1월, Jan, 1月: short names of the months."""
    # Translators: how a date format writes a month in a narrow column, as in 1월, Jan or 1月.
    written = pgettext("month", "M")
    return [date_format(date(2000, month, 1), written) for month in range(1, 13)]
