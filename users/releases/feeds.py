"""A reader's news for calendars and feed readers, at an address that only they know."""

from datetime import UTC, datetime, time

from django.conf import settings as project
from django.contrib.syndication.views import Feed
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from . import calendar, news
from .models import ReleaseSettings

LANGUAGES = {code for code, _name in project.LANGUAGES}
AN_HOUR = 3600


def _settings(token):
    """404 for who does not know the address, and once the account is closed."""
    return get_object_or_404(ReleaseSettings.objects.select_related("reader"), token=token, reader__is_active=True)


def _language(request):
    asked = request.GET.get("lang", "")
    return asked if asked in LANGUAGES else translation.get_language()


def _private(response):
    response["Cache-Control"] = f"private, max-age={AN_HOUR}"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def headline(one):
    """As "『제목』 12권 (영어, 전자책)"."""
    return _("“%(title)s” volume %(number)s (%(language)s, %(formats)s)") % {
        "title": one.novel.short_title,
        "number": one.shown_number,
        "language": one.language_name,
        "formats": ", ".join(map(str, one.format_names)),
    }


def _told_by(day):
    return _("As of the list of %(day)s.") % {"day": _written(day)} if day else ""


def _written(day):
    return date_format(day, "DATE_FORMAT")


def _about(settings, day):
    """What the whole of it is: an empty calendar or feed says why."""
    parts = (_told_by(day), news.coverage(settings).in_words)
    return " ".join(filter(None, parts))


@require_safe
def ics(request, token):
    settings = _settings(token)
    with translation.override(_language(request)):
        day = news.as_of(settings)
        events = [
            {
                "uid": f"{one.uid}@{request.get_host()}",
                "day": one.released_on,
                "stamp": day or one.released_on,
                "summary": headline(one),
                "description": _told_by(day),
                "url": request.build_absolute_uri(one.novel.get_absolute_url()),
            }
            for one in news.in_feed(news.of_shelf(settings), settings.reader.today)
        ]
        content = calendar.written(_("New for my shelf"), _about(settings, day), events)
    return _private(HttpResponse(content, content_type="text/calendar; charset=utf-8"))


@method_decorator(require_safe, name="__call__")
class ReleaseFeed(Feed):
    link = "/"

    def __call__(self, request, *args, **kwargs):
        with translation.override(_language(request)):
            return _private(super().__call__(request, *args, **kwargs))

    def get_object(self, request, token):
        settings = _settings(token)
        settings.day = news.as_of(settings)
        return settings

    def title(self, settings):
        return _("New for my shelf")

    def description(self, settings):
        return _about(settings, settings.day)

    def items(self, settings):
        """(news, when it was published); what comes last stands first, as feed readers expect it."""
        found = news.in_feed(news.of_shelf(settings), settings.reader.today)[::-1]
        # What is still to come was published by the list: some readers hide a day in the future.
        return [(one, min(one.released_on, settings.day or one.released_on)) for one in found]

    def item_title(self, item):
        return f"{headline(item[0])} · {_written(item[0].released_on)}"

    def item_description(self, item):
        return _written(item[0].released_on)

    def item_link(self, item):
        return item[0].novel.get_absolute_url()

    def item_guid(self, item):
        return item[0].uid

    item_guid_is_permalink = False

    def item_pubdate(self, item):
        return datetime.combine(item[1], time(), UTC)
