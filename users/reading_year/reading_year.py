"""What a reader read in one year, counted: works by the day they were finished, and volumes by theirs where a list that
was brought in has told it. What is not finished is in none of the numbers."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count
from django.db.models.functions import ExtractYear

from chatbot.catalogue.models import Novel, NovelTag, Tag, in_language

from ..shelf.models import MAX_RATING, ShelfEntry

TOP = 8  # tags and authors that are named
STRONG = 2  # of a tag's strength, from which on a work is counted for it


@dataclass(frozen=True)
class Finished:
    """One entry of the year, with what is counted of it."""

    novel_id: int
    day: object
    rating: int | None
    volumes: int | None  # None where nobody knows how many were read
    days: int | None  # from the first to the last, both counted

    @property
    def stars(self):
        return self.rating / 2 if self.rating else None


def finished(reader):
    """The reader's entries that are finished on a day that is known, and not one to come."""
    return reader.shelf_entries.filter(state=ShelfEntry.State.FINISHED, finished_on__lte=reader.today)


def years(reader, listed):
    """The years in which something was finished, the latest first. `listed`: see `listed_volumes.days`."""
    found = finished(reader).order_by().annotate(year=ExtractYear("finished_on")).values_list("year", flat=True)
    return sorted({*found.distinct(), *(day.year for day in listed.values())}, reverse=True)


class ReadingYear:
    def __init__(self, reader, year, listed):
        """`listed`: see `listed_volumes.days`."""
        self.reader, self.year, self.listed = reader, year, listed

    @cached_property
    def _entries(self):
        return finished(self.reader).filter(finished_on__year=self.year).order_by()

    @cached_property
    def books(self):
        names = ("novel_id", "finished_on", "started_on", "rating", "volumes_read", "novel__volumes", "novel__status")
        return [
            Finished(pk, ended, rating, _volumes(read, volumes, status), _days(began, ended))
            for pk, ended, began, rating, read, volumes, status in self._entries.values_list(*names)
        ]

    @cached_property
    def listed_here(self):
        """(novel id, day) of each volume that a list says was finished in this year."""
        return [(novel_id, day) for (novel_id, _volume), day in self.listed.items() if day.year == self.year]

    @cached_property
    def _volumes_by_month(self):
        """Each volume in its own month where a list told it, the rest of a work in the month in which it was finished."""
        counts = Counter(day.month for _novel_id, day in self.listed_here)
        listed = Counter(novel_id for novel_id, _volume in self.listed)
        for book in self.books:
            counts[book.day.month] += max(0, (book.volumes or 0) - listed[book.novel_id])
        return counts

    @cached_property
    def volumes(self):
        return self._volumes_by_month.total()

    @cached_property
    def volume_months(self):
        """How many volumes in each of the twelve months; empty where no list told of single ones."""
        return [self._volumes_by_month[month] for month in range(1, 13)] if self.listed_here else []

    @cached_property
    def uncounted(self):
        """How many finished works there are of which nobody knows the volumes."""
        return sum(book.volumes is None for book in self.books)

    @cached_property
    def _novel_ids(self):
        return {book.novel_id for book in self.books} | {novel_id for novel_id, _day in self.listed_here}

    @cached_property
    def months(self):
        """How many were finished in each of the twelve months."""
        counts = Counter(book.day.month for book in self.books)
        return [counts[month] for month in range(1, 13)]

    @cached_property
    def ratings(self):
        """How many got one half star, two, and so on to ten."""
        counts = Counter(book.rating for book in self.books)
        return [counts[rating] for rating in range(1, MAX_RATING + 1)]

    @cached_property
    def mean_rating(self):
        """In stars; None where nothing was rated."""
        rated = [book.rating for book in self.books if book.rating]
        return sum(rated) / len(rated) / 2 if rated else None

    @cached_property
    def tags(self):
        """(tag, how many works) of what they were most often about, warnings aside."""
        rows = (
            NovelTag.objects.filter(novel__in=self._novel_ids, strength__gte=STRONG)
            .exclude(tag__group=Tag.Group.WARNINGS)
            .order_by()
            .values("tag")
            .annotate(works=Count("novel"))
            .order_by("-works", "tag__position")[:TOP]
        )
        tags = Tag.objects.in_bulk([row["tag"] for row in rows])
        return [(tags[row["tag"]], row["works"]) for row in rows if row["tag"] in tags]

    @cached_property
    def authors(self):
        """(name, how many works), the most read first."""
        counts, shown = Counter(), {}
        novels = Novel.objects.filter(pk__in=self._novel_ids).order_by()
        columns = novels.values_list("authors", "authors_ko", "authors_en")
        for names, names_ko, names_en in columns:
            in_words = in_language({"ko": names_ko, "en": names_en, "ja": names}) or names
            for at, name in enumerate(names):
                counts[name] += 1
                # The lists stand in one order, where they are of one length.
                shown[name] = in_words[at] if len(in_words) == len(names) else name
        return [(shown[name], count) for name, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:TOP]]

    @cached_property
    def extremes(self):
        """(longest, shortest, best) as (novel, Finished), None where there is nothing to compare."""
        if len(self.books) < 2:
            return None, None, None
        by_length = sorted(
            (book for book in self.books if book.volumes), key=lambda book: (book.volumes, book.novel_id)
        )
        best = max((book for book in self.books if book.rating), key=lambda book: book.rating, default=None)
        longest, shortest = (by_length[-1], by_length[0]) if by_length else (None, None)
        chosen = [longest, shortest if longest and shortest.volumes < longest.volumes else None, best]
        novels = Novel.objects.in_bulk([book.novel_id for book in chosen if book])
        return tuple((novels[book.novel_id], book) if book and book.novel_id in novels else None for book in chosen)

    @cached_property
    def quickest(self):
        """Days of the book that was read in the fewest, and of the one in the most; None without two that tell both."""
        days = [book.days for book in self.books if book.days]
        return (min(days), max(days)) if len(days) > 1 else None


def _volumes(read, volumes, status):
    """How many were read of a work that is finished with: whoever names no number has read all of one that is complete,
    and of one that goes on nobody knows."""
    if status == Novel.Status.COMPLETED:
        return min(read or volumes, volumes)
    return read or (1 if volumes == 1 else None)


def _days(began, ended):
    return (ended - began).days + 1 if began and began <= ended else None
