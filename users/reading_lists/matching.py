"""Which work on our shelf a line of a list is about. What is not sure is said to be doubtful, with what it might be.

Ids first, then ISBN, then names with the author. The manga of a novel bears its name: a list that does not tell them
apart is believed by its ids alone.
"""

from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from chatbot.catalogue.models import Novel
from chatbot.text.folding import key

from . import titles
from .isbn import language_of
from .parts import Part, part_of

LIKE, LIKE_WITH_AUTHOR, LIKE_AGAINST_AUTHOR = 0.7, 0.45, 0.85
UNLIKE = 0.2  # likeness below which a title is not that of the work, whatever its number says
MAX_CANDIDATES = 5
SHORT = {True: 6, False: 3}  # letters of a title that any book may bear, Latin or not
WELL_KNOWN = 80  # renown of a work that is meant by its title, however short
BY_NUMBER = {"id", "id_title", "ids_differ", "isbn", "isbn_title"}  # reasons that need no name
SURE = {"title_author", "title"}  # reasons for which a name is believed
# Sites that hold novels and manga in one list, with another number for each.
KINDLESS = {"mal", "anilist"}


class Verdict(models.TextChoices):
    MATCHED = "matched", _("Found")
    DOUBTFUL = "doubtful", _("To check")
    MISSING = "missing", _("Not in the catalogue")
    NOT_NOVEL = "not_novel", _("Not a novel")
    FAULTY = "faulty", _("Lines not read")


class Reason(models.TextChoices):
    ID = "id", _("the number of the work is the same")
    ISBN = "isbn", _("the ISBN is the same")
    TITLE_AND_AUTHOR = "title_author", _("title and author are the same")
    TITLE = "title", _("the title is the same, and no other work bears it")
    SAID_BEFORE = "said_before", _("you said so with an earlier list")
    ID_AND_TITLE = "id_title", _("the number is that of this novel, but the list calls it otherwise")
    IDS_DIFFER = "ids_differ", _("its numbers belong to different works")
    ISBN_AND_TITLE = "isbn_title", _("the ISBN belongs to another work than the title")
    ISBN_DIFFERS = "isbn_differs", _("the title is the same, but the ISBN is not one we know of this work")
    AUTHOR_DIFFERS = "author_differs", _("the title is the same, but the author is another")
    SEVERAL = "several", _("several works bear this title")
    NOVEL_OR_MANGA = "novel_or_manga", _("the list does not say whether this is the novel or the manga")
    SHORT_TITLE = "short", _("the title is the same, but other books may bear so short a one")
    PART_OF_TITLE = "part", _("only a part of the title is the same")
    NEARLY = "nearly", _("the title is similar")
    OTHER_ID = "other_id", _("the novel has another number there, so this will be the manga")
    OTHER_NUMBER = "other_number", _("the list calls it a novel, but the novel has another number there")
    MANGA = "manga", _("the list calls it a manga or comic")
    ANIME = "anime", _("the list calls it an anime")
    UNKNOWN_ID = "unknown_id", _("the list gives only a number, which we do not know")
    UNKNOWN = "unknown", _("no work here bears this title")


@dataclass
class Match:
    """`works`: pk of the work it is, or of those it may be, the likeliest first. `volume`: what the line is about."""

    verdict: str
    reason: str
    works: list = field(default_factory=list)
    volume: float | None = None
    part: Part | None = None  # the part of the first of `works` that the line names
    base: str = ""  # the key under which lines about one work meet
    is_novel: bool = False  # the list says so


def match(index, line, remembered=None, corrected=frozenset()):
    """`remembered`: what the reader answered before, {base: pk or None for none of ours}. `corrected`: those of its keys
    of which we had been sure, and wrongly; the other answers hold for what would be asked again."""
    if line.kind == "anime":
        return Match(Verdict.NOT_NOVEL, Reason.ANIME)
    read = titles.read(line.title, line.series, index.imprints)
    kind = line.kind or read.kind
    base = _base(line, read)
    said = _said_before(index, read, remembered[base]) if remembered and base in remembered else None
    found = _found(index, line, read, kind, said, base in corrected)
    counts_otherwise = line.volumes_read not in (None, found.volume) and found.reason != Reason.ISBN
    if line.volume is not None or line.numbered or counts_otherwise:
        # What a column says stands above a number in the title, which of a whole work is none of a volume: 300年, 16歳.
        found.volume = line.volume
    if found.works and found.reason not in BY_NUMBER:
        _look_for_part(index, line, read, found)
    found.base = base
    found.is_novel = kind == "novel"
    return found


def _look_for_part(index, line, read, found):
    part, number = part_of(index, _names(line, read), found.works[0]) or (None, None)
    if part and part.first:
        found.part, found.volume = part, part.volume(number if line.volume is None else line.volume)
    elif part and not _counts_all(line, index.works[found.works[0]].volumes):
        found.part = part


def _counts_all(line, volumes):
    """Whether the list counts as many volumes as the whole work has."""
    return max(line.volumes or 0, line.volumes_read or 0) >= volumes


def _names(line, read):
    return [*read.names, *map(titles.Name, line.other_titles)]


def _base(line, read):
    """Where a novel and its manga bear one title, only the number tells lines about one from lines about the other."""
    numbered = [f"{site}:{number}" for site, number in line.ids.items() if site in KINDLESS]
    return numbered[0] if numbered else read.base or next((f"{site}:{one}" for site, one in line.ids.items()), "")


def _said_before(index, read, pk):
    if pk is None:
        return Match(Verdict.MISSING, Reason.SAID_BEFORE, volume=read.volume)
    return Match(Verdict.MATCHED, Reason.SAID_BEFORE, [pk], read.volume) if pk in index.works else None


def _found(index, line, read, kind, said, is_correction):
    by_id = {index.by_site_id[one] for one in line.ids.items() if one in index.by_site_id}
    if len(by_id) == 1:
        return _by_id(index, line, read, kind, said, *by_id)
    if by_id:
        return Match(Verdict.DOUBTFUL, Reason.IDS_DIFFER, sorted(by_id), read.volume)
    works, name = _called(index, line, read)
    if line.isbn in index.by_isbn:
        pk, number = index.by_isbn[line.isbn]
        if pk not in works and (kind == "manga" or (works and name.is_whole)):
            return Match(Verdict.DOUBTFUL, Reason.ISBN_AND_TITLE, [pk, *works][:MAX_CANDIDATES], number)
        return Match(Verdict.MATCHED, Reason.ISBN, [pk], number if number is not None else read.volume)
    if kind == "manga":
        return Match(Verdict.NOT_NOVEL, Reason.MANGA, works[:MAX_CANDIDATES], read.volume)
    if said and is_correction:
        return said
    named = _by_name(index, line, kind, works, name) if works else None
    if named and named.verdict == Verdict.MATCHED:
        return named  # that its manga is none of ours says nothing of the novel
    return said or named or _by_part(index, line, read) or _nearly(index, line, read)


def _by_id(index, line, read, kind, said, pk):
    others = _called_otherwise(index, line, read, pk)
    if "slug" in line.ids or (kind != "manga" and others is None):
        return Match(Verdict.MATCHED, Reason.ID, [pk], read.volume)
    return said or Match(Verdict.DOUBTFUL, Reason.ID_AND_TITLE, [pk, *(others or ())][:MAX_CANDIDATES], read.volume)


def _called_otherwise(index, line, read, pk):
    """Works that the title of the line is that of, maybe none, where it is plainly not that of `pk`; else None."""
    names = [name.text for name in _names(line, read)]
    if any(pk in index.called(name) or pk in index.part_owners(key(name)) for name in names):
        return None
    works, name = _called(index, line, read)
    if works and name.is_whole:
        return works
    likeness = index.is_like(pk, names)
    return [] if likeness is not None and likeness < UNLIKE else None


def _called(index, line, read):
    """Works called by one of the names, the least cut first, and that name."""
    for name in _names(line, read):
        if name.authors and line.authors:
            continue
        if works := index.called(name.text):
            return works, name
    return [], None


def _by_name(index, line, kind, works, name):
    agrees = {pk: index.author_agrees(pk, line.authors or name.authors) for pk in works}
    if len(works) > 1:
        works = [pk for pk in works if agrees[pk]] or works
    if len(works) > 1:
        return Match(Verdict.DOUBTFUL, Reason.SEVERAL, works[:MAX_CANDIDATES], name.volume)
    work = works[0]
    verdict, reason = _judged(index, line, kind, work, name, agrees[work])
    return Match(verdict, reason, [work], name.volume)


def _by_part(index, line, read):
    """A part of a work under the part's own name."""
    for name in _names(line, read):
        works = [
            pk
            for pk in index.part_owners(key(name.text))
            if index.author_agrees(pk, line.authors or name.authors) is not False
        ]
        if works:
            return Match(Verdict.DOUBTFUL, Reason.PART_OF_TITLE, works[:MAX_CANDIDATES], name.volume)
    return None


def _judged(index, line, kind, work, name, agrees):
    known = index.site_ids.get(work, {})
    if any(site in known for site in line.ids):
        if kind == "novel":
            return Verdict.DOUBTFUL, Reason.OTHER_NUMBER
        return Verdict.NOT_NOVEL, Reason.OTHER_ID
    if _isbn_differs(index, line, work, name.volume):
        return Verdict.DOUBTFUL, Reason.ISBN_DIFFERS
    if name.authors and not agrees:
        return Verdict.DOUBTFUL, Reason.PART_OF_TITLE
    if agrees is False:
        return Verdict.DOUBTFUL, Reason.AUTHOR_DIFFERS
    if (line.numbered or KINDLESS & set(line.ids)) and kind != "novel":
        return Verdict.DOUBTFUL, Reason.NOVEL_OR_MANGA
    if name.is_wider:
        return Verdict.DOUBTFUL, Reason.PART_OF_TITLE  # a side story has the same author
    if agrees:
        return Verdict.MATCHED, Reason.TITLE_AND_AUTHOR
    if kind != "novel" and _is_any_books(index.works[work], name.text):
        return Verdict.DOUBTFUL, Reason.SHORT_TITLE
    return (Verdict.MATCHED, Reason.TITLE) if name.is_whole else (Verdict.DOUBTFUL, Reason.PART_OF_TITLE)


def _is_any_books(work, title):
    """Whether another book may well be meant by a title so short, as the work is not one that everybody knows."""
    letters = key(title)
    return work.renown < WELL_KNOWN and " " not in title.strip() and len(letters) <= SHORT[letters.isascii()]


def _isbn_differs(index, line, work, volume):
    """Whether we know the ISBNs this line could have, and it has another; or a finished work has no such volume."""
    if not line.isbn:
        return False
    if index.works[work].status == Novel.Status.COMPLETED and (volume or 0) > index.works[work].volumes:
        return True  # its manga has more of them
    editions = index.editions.get((work, language_of(line.isbn)))
    if not editions:
        return False
    known = editions.isbns if volume is None else editions.by_number.get(volume)
    return bool(known) and line.isbn not in known


def _nearly(index, line, read):
    names = [name.text for name in read.names] + list(line.other_titles)
    if not names:
        return Match(Verdict.MISSING, Reason.UNKNOWN_ID if line.ids else Reason.UNKNOWN)
    likely = {}
    for pk, likeness in index.near(names).items():
        agrees = index.author_agrees(pk, line.authors) if likeness >= LIKE_WITH_AUTHOR else None
        least = {True: LIKE_WITH_AUTHOR, False: LIKE_AGAINST_AUTHOR, None: LIKE}[agrees]
        if likeness >= least:
            likely[pk] = (bool(agrees), likeness)
    if not likely:
        return Match(Verdict.MISSING, Reason.UNKNOWN, volume=read.volume)
    best = sorted(likely, key=likely.get, reverse=True)[:MAX_CANDIDATES]
    return Match(Verdict.DOUBTFUL, Reason.NEARLY, best, read.volume)
