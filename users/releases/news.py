"""Coming and fresh volumes of the works on a reader's shelf."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Paginator
from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, LPad
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from chatbot.catalogue.models import Novel
from chatbot.catalogue.volumes import WIDTH, Volume, shown

from ..shelf.models import ShelfEntry

State = ShelfEntry.State
FOLLOWED = (State.READING, State.FINISHED, State.PLANNED, State.ON_HOLD)
FRESH = timedelta(days=60)  # how long a volume is new
SOON = timedelta(days=30)
A_PAGE = 40
MAX_FRESH = 8
MAX_IN_FEED = 200
BY = ("released_on", "novel_id", "language", "number")  # what one line of the news is


@dataclass(frozen=True)
class News:
    """A volume of one day in one language, in whichever formats."""

    novel: Novel
    released_on: date
    language: str
    number: str
    formats: tuple[str, ...]

    @property
    def shown_number(self):
        return shown(self.number)

    @property
    def language_name(self):
        return Volume.Language(self.language).label

    @property
    def format_names(self):
        return [Volume.Format(one).label for one in self.formats]

    @property
    def uid(self):
        """The same however often it is asked for, and wherever its day moves."""
        return f"{self.novel.slug}-{self.language}-{self.number}-{self.formats[0]}"


def of_shelf(settings, state=None):
    """Volumes that `settings` (of one reader) want to hear of: of followed works, or those in `state`, beyond what was
    read."""
    entries = Q(novel__shelf_entries__reader=settings.reader_id)
    entries &= Q(novel__shelf_entries__state__in=[state] if state else FOLLOWED)
    read = LPad(Cast("novel__shelf_entries__volumes_read", CharField()), WIDTH, Value("0"))
    unread = Q(novel__shelf_entries__volumes_read=None) | Q(number__gt=read)
    # One join: what was read is that of the same entry.
    return Volume.objects.filter(
        entries, unread, language__in=settings.languages, format__in=settings.formats, released_on__isnull=False
    )


def coming(volumes, today):
    """A paginator over the volumes that are still to come, the next first."""
    return NewsPaginator(_keys(volumes.filter(released_on__gt=today), "released_on"), volumes)


def fresh(volumes, today):
    """The volumes that have just come out, the latest first."""
    found = _keys(volumes.filter(released_on__gt=today - FRESH, released_on__lte=today), "-released_on")
    return _news(list(found[:MAX_FRESH]), volumes)


def in_feed(volumes, today):
    """What a feed tells: everything fresh and coming, by day."""
    found = _keys(volumes.filter(released_on__gt=today - FRESH), "released_on")
    return _news(list(found[:MAX_IN_FEED]), volumes)


@dataclass(frozen=True)
class Glance:
    """The one volume to be named at a glance, whether it is out, and how many others there are."""

    news: News
    is_out: bool
    others: int

    @property
    def in_words(self):
        volume = gettext("“%(title)s” volume %(number)s (%(language)s)") % {
            "title": self.news.novel.short_title,
            "number": self.news.shown_number,
            "language": self.news.language_name,
        }
        told = gettext("%(what)s came out on %(day)s") if self.is_out else gettext("%(what)s comes out on %(day)s")
        told %= {"what": volume, "day": date_format(self.news.released_on, "MONTH_DAY_FORMAT")}
        if not self.others:
            return told
        others = ngettext("%(others)s more volume", "%(others)s more volumes", self.others)
        return f"{told} · {others % {'others': self.others}}"


def at_a_glance(settings, today):
    """What comes next within a month, else what came last; None where there is nothing. Two queries."""
    volumes = of_shelf(settings)
    keys = list(_keys(volumes.filter(released_on__gt=today - FRESH / 4, released_on__lte=today + SOON), "released_on"))
    if not keys:
        return None
    is_coming = [key for key in keys if key["released_on"] > today]
    key = is_coming[0] if is_coming else keys[-1]
    return Glance(_news([key], volumes)[0], not is_coming, len(keys) - 1)


def listed_languages():
    """The languages of which any volume with a day is known. A query a language, each ended by its first row."""
    dated = Volume.objects.filter(released_on__isnull=False)
    return [language for language in Volume.Language.values if dated.filter(language=language).exists()]


@dataclass(frozen=True)
class Coverage:
    """Of which languages that a reader asks for there are volumes at all."""

    listed: list[str]  # of all languages
    asked: list[str]

    @property
    def lacking(self):
        """Names of the languages asked for of which nothing is known."""
        return _names(code for code in Volume.Language.values if code in self.asked and code not in self.listed)

    @property
    def is_void(self):
        """Whether nothing is known of any language that is asked for."""
        return bool(self.asked) and not set(self.asked) & set(self.listed)

    @property
    def in_words(self):
        """Empty where every language that is asked for is listed."""
        if not self.lacking:
            return ""
        lacking = ", ".join(self.lacking)
        if not self.listed:
            return gettext("No new volumes are listed yet: %(languages)s.") % {"languages": lacking}
        told = gettext("New volumes are listed for these languages so far: %(listed)s. Not yet: %(languages)s.")
        return told % {"listed": ", ".join(_names(self.listed)), "languages": lacking}


def _names(languages):
    return [str(Volume.Language(one).label) for one in languages]


def coverage(settings):
    return Coverage(listed_languages(), settings.languages)


def as_of(settings):
    """The day of the latest list in the languages asked for, None where there is none."""
    return max(filter(None, map(_as_of, settings.languages)), default=None)


def _as_of(language):
    # By the index: a maximum over several languages would read all of them.
    days = Volume.objects.filter(language=language).exclude(as_of=None).order_by("-as_of")
    return days.values_list("as_of", flat=True).first()


class NewsPaginator(Paginator):
    def __init__(self, keys, volumes):
        super().__init__(keys, A_PAGE)
        self.volumes = volumes

    def page(self, number):
        page = super().page(number)
        page.object_list = _news(list(page.object_list), self.volumes)
        return page


def _keys(volumes, day):
    return volumes.order_by(day, "novel_id", "language", "number").values(*BY).distinct()


def _news(keys, volumes):
    """The news of `keys`, with the works and the formats: two queries."""
    novels = Novel.objects.in_bulk({key["novel_id"] for key in keys})
    formats = defaultdict(set)
    days = [key["released_on"] for key in keys]
    rows = (
        volumes.filter(novel__in=novels, released_on__range=(min(days), max(days))) if days else Volume.objects.none()
    )
    for *by, one in rows.values_list(*BY, "format"):
        formats[tuple(by)].add(one)
    order = list(Volume.Format.values)
    return [
        News(
            novels[key["novel_id"]],
            key["released_on"],
            key["language"],
            key["number"],
            tuple(sorted(formats[tuple(key[name] for name in BY)], key=order.index)),
        )
        for key in keys
        if key["novel_id"] in novels and formats[tuple(key[name] for name in BY)]
    ]
