"""Time zones: the one a browser says it is in, and those to choose from."""

from datetime import datetime
from functools import cache
from itertools import groupby
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext_lazy as _

COOKIE = "zone"  # set by zone.js
LONGEST = 40  # of `User.timezone`
AREAS = {
    "Africa": _("Africa"),
    "America": _("America"),
    "Asia": _("Asia"),
    "Atlantic": _("Atlantic"),
    "Australia": _("Australia"),
    "Europe": _("Europe"),
    "Indian": _("Indian Ocean"),
    "Pacific": _("Pacific"),
}
# Those most readers live in, by the names their cities have in each language.
OFTEN = {
    "Asia/Seoul": _("Seoul"),
    "Asia/Tokyo": _("Tokyo"),
    "Asia/Shanghai": _("Shanghai"),
    "Asia/Taipei": _("Taipei"),
    "Asia/Hong_Kong": _("Hong Kong"),
    "Asia/Singapore": _("Singapore"),
    "Australia/Sydney": _("Sydney"),
    "Europe/London": _("London"),
    "Europe/Paris": _("Paris"),
    "Europe/Berlin": _("Berlin"),
    "America/New_York": _("New York"),
    "America/Chicago": _("Chicago"),
    "America/Los_Angeles": _("Los Angeles"),
    "UTC": "UTC",
}


@cache
def known():
    """The names of all zones. Python reads them from the disk each time it is asked."""
    return frozenset(available_timezones())


def of_browser(request):
    """The zone that the browser says it is in; empty where it says none that is known."""
    name = request.COOKIES.get(COOKIE, "")
    return name if len(name) <= LONGEST and name in known() else ""


def choices(*own):
    """Zones as `optgroup`s: first `own`, such as the one that is set, with those that are chosen often; then by area."""
    first = dict.fromkeys([*filter(None, own), *OFTEN])
    areas = [name for name in sorted(known()) if name.split("/")[0] in AREAS and "/" in name]
    rest = groupby((name for name in areas if name not in first), key=lambda name: name.split("/")[0])
    return [
        (_("Chosen often"), [(name, shown(name)) for name in first]),
        *((AREAS[area], [(name, shown(name)) for name in names]) for area, names in rest),
    ]


def shown(name):
    """As "Seoul (UTC+9)": the place, and what its clocks show now."""
    return place(name) if name == "UTC" else f"{place(name)} (UTC{_offset(name)})"


def place(name):
    return str(OFTEN.get(name, name.partition("/")[2].replace("_", " ") or name))


def _offset(name):
    minutes = int(datetime.now(ZoneInfo(name)).utcoffset().total_seconds()) // 60
    hours, left = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours}" + (f":{left:02}" if left else "")
