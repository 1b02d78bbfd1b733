"""Which work on the shelf a record is about. What is not sure is said to be doubtful, with what it might be."""

from dataclasses import dataclass, field

from ...text.folding import key
from ..reasons import Reason
from ..snapshot import current_catalogue


@dataclass
class Match:
    """`work`: the one it is. Without it, `doubt` says why none was taken, or is empty where the shelf has none."""

    work: object = None
    doubt: str = ""
    candidates: list = field(default_factory=list)


class Matcher:
    """Matches the records of one file. No work is matched twice."""

    def __init__(self):
        self.catalogue = current_catalogue()
        self.taken = {}  # what a record was about: where that record stands

    def match(self, record):
        match = self._match(record)
        if match.work:
            if match.work.pk in self.taken:
                return Match(doubt=Reason("same_work", where=self.taken[match.work.pk]), candidates=[match.work])
            self.taken[match.work.pk] = record.where
        elif not match.doubt:
            if record.title_key in self.taken:
                return Match(doubt=Reason("same_title", where=self.taken[record.title_key]))
            self.taken[record.title_key] = record.where
        return match

    def by_external_id(self, ids):
        """The one work that other sites know by one of `ids`, or None."""
        found = {work.pk: work for one in ids.items() if (work := self.catalogue.by_external_id.get(one))}
        return next(iter(found.values())) if len(found) == 1 else None

    def _match(self, record):
        known = self.by_external_id(record.row.get("external_ids", {}))
        if known and not _contradicts(record, known):
            return Match(known)
        titles = {code: key(title) for code, title in record.row.get("titles", {}).items() if key(title)}
        japanese = self._called(titles.get("ja"), lambda work: [work.titles["ja"]])
        if len(japanese) == 1 and not _contradicts(record, japanese[0]):
            return Match(japanese[0])
        titled = _different(self._called(one, lambda work: work.titles.values()) for one in titles.values())
        if len(titled) == 1 and not _contradicts(record, titled[0]) and _agrees(record, titled[0]):
            return Match(titled[0])
        if titled:
            reason = Reason("titles_of_several" if len(titled) > 1 else "other_author")
            return Match(doubt=reason, candidates=titled)
        nicknames = [*titles.values(), *(key(name) for name in record.row.get("names", ()))]
        named = _different(self.catalogue.by_key.get(one, []) for one in nicknames if one)
        if len(named) == 1 and _shares_author(record, named[0]) and _is_year(record, named[0]):
            return Match(named[0])
        if named:
            reason = Reason("names_of_several" if len(named) > 1 else "only_nickname")
            return Match(doubt=reason, candidates=named)
        return Match()

    def _called(self, folded, titles_of):
        works = self.catalogue.by_key.get(folded, []) if folded else []
        return [work for work in works if folded in map(key, titles_of(work))]


def _different(found):
    return list({work.pk: work for works in found for work in works}.values())


def _authors(row_or_work):
    lists = (row_or_work.get(name, ()) for name in ("authors", "authors_ko", "authors_en"))
    return {key(name) for names in lists for name in names}


def _authors_of(work):
    return {key(name) for names in (work.authors, *work.author_names.values()) for name in names}


def _shares_author(record, work):
    return not _authors(record.row).isdisjoint(_authors_of(work))


def _is_year(record, work):
    year = record.row.get("year")
    return year is not None and abs(year - work.year) <= 1


def _agrees(record, work):
    """Whether something besides the title speaks for it; nothing has to where the record says nothing more."""
    says_more = _authors(record.row) or record.row.get("year")
    return not says_more or _shares_author(record, work) or _is_year(record, work)


def _contradicts(record, work):
    """Whether author and year both speak against it."""
    authors, year = _authors(record.row), record.row.get("year")
    against = [not _shares_author(record, work)] if authors else []
    against += [not _is_year(record, work)] if year else []
    return bool(against) and all(against)
