"""Finding works by any spelling of any name, and by who wrote them.

One table, `Spelling`, serves SQLite and PostgreSQL alike: each name is there from every place a reader may begin, so
that "contains" is a range of an ordinary index and needs no scan, no extension and no second engine. Measured with
100,000 works (`manage.py benchmark_search`) against the alternatives:
- an inverted table of grams takes as many rows, but a name of common grams is an intersection of long lists;
- FTS5 trigrams and pg_trgm are smaller, but are two mechanisms, know nothing of the two-letter names that Korean and
  Japanese readers use, and cannot stop at the best known works: a common word is fetched whole and then sorted.
The forms are bytes because both databases order those in one way, whatever the locale.

Nothing is written behind the caller's back: who changes names or authors calls `index`.
"""

from enum import IntEnum
from functools import reduce
from math import isqrt
from operator import or_

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from . import spelling
from .models import Name, Novel, Spelling
from .titles import fold, key

Kind = Spelling.Kind

LIMIT = 20
LONGEST = 120  # letters of a query that are looked at
INSIDE = 20  # letters kept of what begins inside a name
FEWEST, MOST = 4, 40  # letters of a name in which a typo is forgiven
FEWEST_JAMO = FEWEST_BEGINNING = 6
LOOKED_AT = 60
BATCH = 200
# Part of what the loading compares: raise it when what `index` writes changes, so that all is written anew.
EDITION = "1"


class Tier(IntEnum):
    """How well a work answers, the best first. Within a tier the best known work comes first."""

    EXACT = 0
    BEGINS = 1
    AUTHOR = 2
    CONTAINS = 3
    NEARLY = 4


def find(query, limit=LIMIT, among=None):
    """The novels that `query` may mean, the likeliest first."""
    tiers = ranked(query, limit, among)
    novels = Novel.objects.in_bulk(tiers)
    return [novels[pk] for pk in tiers if pk in novels]


def ranked(query, limit=LIMIT, among=None):
    """{pk of a novel: Tier}, the likeliest first. `among`: a queryset of novels, when not all are wanted."""
    text = (query or "")[: 2 * LONGEST]
    if not key(text) or limit < 1:
        return {}
    search = _Search(limit, among)
    search.by_names(spelling.asked(text))
    if pattern := spelling.lone_consonants(text):
        search.by_initials(pattern)
    meant = [spelling.letters(text)]
    if not search.found and (typed := spelling.other_layout(text)):
        search.by_names(spelling.asked(typed))
        meant.append(typed)
    if not search.has_beginnings:
        for letters in meant:
            search.nearly(letters)
    if not search.found:
        for letters in meant:
            search.beginning_nearly(letters)
    return search.best


class _Search:
    """What has been found so far: {pk: (tier, -renown, slug)}."""

    def __init__(self, limit, among):
        self.limit, self.among = limit, among
        self.found = {}
        # Up to so many rows are fetched and sorted here; what matches more is common enough for the best known works
        # to be asked one by one, which ends after few. Both cost the same where rows = sqrt(limit * works).
        self.crowd = 300 * isqrt(limit)

    @property
    def best(self):
        ordered = sorted(self.found, key=self.found.get)[: self.limit]
        return {pk: self.found[pk][0] for pk in ordered}

    @property
    def has_beginnings(self):
        return any(tier <= Tier.AUTHOR for tier, *_ in self.found.values())

    def add(self, tier, pk, renown, slug):
        known = self.found.get(pk)
        if known is None or tier < known[0]:
            self.found[pk] = (tier, -renown, slug)

    def by_names(self, forms):
        forms = [form[:LONGEST] for form in forms]
        if not forms:
            return
        if all(len(form) <= INSIDE for form in forms):
            self._look((Kind.NAME, Kind.AUTHOR, Kind.INSIDE), forms)
        else:
            self._look((Kind.NAME, Kind.AUTHOR), forms)
            self._look((Kind.INSIDE,), [form[:INSIDE] for form in forms])

    def by_initials(self, pattern):
        """`pattern`: sounds, those that are one consonant standing for any syllable that begins with it."""
        pattern = pattern[:INSIDE]
        form = "".join(sound[0] for sound in pattern)
        if all(len(sound) == 1 for sound in pattern):
            self._look((Kind.INITIALS, Kind.INITIALS_INSIDE), [form])
            return
        for kind, written, *novel in self._rows((Kind.INITIALS, Kind.INITIALS_INSIDE), _encode(form), 5 * self.crowd):
            sounds = _decode(written).split(" ")[1:]
            if all(sound.startswith(asked) for sound, asked in zip(sounds, pattern, strict=False)):
                self.add(_tier(kind, len(sounds) == len(pattern)), *novel)

    def nearly(self, letters):
        """Names that are `letters` but for one. Cut in two, one half of the name has to be there unharmed."""
        length = len(letters)
        if not _may_be_mistyped(letters) or length > MOST + 1:
            return
        halves = [half for n in (length - 1, length, length + 1) for half in _halves(letters, n)]
        rows = self._spellings(Q(kind=Kind.NEARLY) & _any_of(halves))
        for _, written, *novel in _told(rows, self.crowd):
            if spelling.differ_by_one(_whole(_decode(written)), letters):
                self.add(Tier.NEARLY, *novel)

    def beginning_nearly(self, letters):
        """Names that begin with `letters` but for one, for who has not typed the whole name."""
        whole = (Kind.NAME, Kind.AUTHOR)
        for form in spelling.asked(letters):
            if not FEWEST_BEGINNING <= len(form) <= LONGEST:
                continue
            start, end = spelling.halves(form)
            self._add_beginning(self._rows(whole, _encode(start), self.crowd), form)
            # If the first half is wrong, the second stands inside some names, of which the best known are looked at.
            inside = self._rows((Kind.AUTHOR, Kind.INSIDE), _encode(end[:INSIDE]), self.crowd)
            known = sorted({(-renown, pk) for _, _, pk, renown, _ in inside})[:LOOKED_AT]
            of_these = Spelling.objects.filter(novel__in=[pk for _, pk in known], kind__in=whole)
            self._add_beginning(_told(of_these, self.crowd), form)

    def _add_beginning(self, rows, form):
        for _, written, *novel in rows:
            if spelling.begins_nearly(_decode(written), form):
                self.add(Tier.NEARLY, *novel)

    def _look(self, kinds, forms):
        left = set()
        for form in map(_encode, forms):
            rows = list(self._rows(kinds, form, self.crowd + 1))
            for kind, written, *novel in rows:
                self.add(_tier(kind, written == form or written.startswith(form + b" ")), *novel)
            if len(rows) > self.crowd:
                left |= {kind for kind in kinds if kind >= rows[-1][0]}
        for kind in sorted(left):
            if sum(1 for tier, *_ in self.found.values() if tier <= TIERS[kind]) < self.limit or kind == min(left):
                self._walk(kind, [_encode(form) for form in forms])

    def _walk(self, kind, forms):
        """The best known novels with a form of `kind` that begins with one of `forms`, asked in their order."""
        spelt = Spelling.objects.filter(_any_of(forms), novel=OuterRef("pk"), kind=kind)
        novels = Novel.objects.all() if self.among is None else self.among
        novels = novels.filter(Exists(spelt)).order_by("-renown", "slug")
        for novel in novels.values_list("pk", "renown", "slug")[: self.limit]:
            self.add(TIERS[kind], *novel)

    def _rows(self, kinds, form, most):
        """(kind, form, pk, renown, slug) of what begins with `form`; a kind is whole where a later one follows."""
        return _told(self._spellings(Q(kind__in=kinds) & _any_of([form])).order_by("kind", "form"), most)

    def _spellings(self, condition):
        rows = Spelling.objects.filter(condition)
        return rows if self.among is None else rows.filter(novel__in=self.among.order_by().values("pk"))


def _told(rows, most):
    for kind, form, *novel in rows.values_list("kind", "form", "novel_id", "novel__renown", "novel__slug")[:most]:
        yield kind, bytes(form), *novel


TIERS = {
    Kind.NAME: Tier.BEGINS,
    Kind.INITIALS: Tier.BEGINS,
    Kind.AUTHOR: Tier.AUTHOR,
    Kind.INSIDE: Tier.CONTAINS,
    Kind.INITIALS_INSIDE: Tier.CONTAINS,
}


def _tier(kind, is_whole):
    tier = TIERS[kind]
    return Tier.EXACT if is_whole and tier is Tier.BEGINS else tier


def _any_of(forms):
    """Forms that begin with one of `forms`. No byte of UTF-8 is 255, so the range ends behind the last of them."""
    return reduce(or_, (Q(form__gte=form, form__lt=form + b"\xff") for form in forms))


# A jamo takes one byte: the 33 of them fill the place of the capital letters, which no form has.
TO_BYTES = {ord(letter): 0x40 + n for n, letter in enumerate(spelling.JAMO)}
FROM_BYTES = {there: here for here, there in TO_BYTES.items()}


def _encode(form):
    return form.translate(TO_BYTES).encode()


def _decode(form):
    return form.decode().translate(FROM_BYTES)


def _may_be_mistyped(letters):
    fewest = FEWEST_JAMO if any(letter in spelling.JAMO for letter in letters) else FEWEST
    return len(letters) >= fewest


def _halves(letters, length):
    """The beginnings of the two `NEARLY` forms a name of `length` letters has, if `letters` are right in that half."""
    middle = length // 2
    return [_encode(f"0{length:02}{letters[:middle]}"), _encode(f"1{length:02}{letters[middle - length :]}")]


def _nearly(letters):
    """The two forms of a whole name: length, then its first half and the rest; length, its second half and the rest."""
    length, middle = len(letters), len(letters) // 2
    return [f"0{length:02}{letters}", f"1{length:02}{letters[middle:]}{letters[:middle]}"]


def _whole(form):
    """The letters of a `NEARLY` form in their order."""
    side, length, rest = form[0], int(form[1:3]), form[3:]
    second = length - length // 2
    return rest if side == "0" else rest[second:] + rest[:second]


def index(novels):
    """Write anew how `novels` (primary keys) may be looked for. To be called when a name, title or author changed."""
    pks = list(novels)
    for start in range(0, len(pks), BATCH):
        some = pks[start : start + BATCH]
        with transaction.atomic():
            Spelling.objects.filter(novel__in=some).delete()
            Spelling.objects.bulk_create(spellings(some), batch_size=10 * BATCH)


def spellings(pks):
    """The rows of the novels `pks`, not saved."""
    names = {pk: [] for pk in pks}
    for novel_id, text in Name.objects.filter(novel__in=pks).values_list("novel_id", "text"):
        names[novel_id].append(text)
    for pk, *authors in Novel.objects.filter(pk__in=pks).values_list("pk", "authors", "authors_ko", "authors_en"):
        for kind, form in _forms(names[pk], _texts(authors)):
            yield Spelling(novel_id=pk, kind=kind, form=_encode(form))


def index_missing():
    """Index every novel that is not: after a change of EDITION, or in a database from before there was an index."""
    has_any = Exists(Spelling.objects.filter(novel=OuterRef("pk")))
    index(Novel.objects.filter(~has_any).values_list("pk", flat=True))


def _texts(lists):
    """The texts in `lists`, which operators write as JSON and may have filled with anything."""
    return [text for one in lists if isinstance(one, list) for text in one if isinstance(text, str)]


def _forms(names, authors):
    """[(kind, form)] of one novel, sorted."""
    # What NFKC makes of a text may be eighteen times as long, and PostgreSQL has no index for that.
    names, authors = ([key(text) and fold(text)[:250] for text in texts] for texts in (names, authors))
    forms = set()
    for name in names:
        for form, is_whole in spelling.spellings(name, INSIDE):
            forms.add((Kind.NAME if is_whole else Kind.INSIDE, form))
        for consonants, sounds, is_first in spelling.initials(name):
            kind = Kind.INITIALS if is_first else Kind.INITIALS_INSIDE
            forms.add((kind, " ".join([consonants[:INSIDE], *sounds[:INSIDE]])))
    for author in authors:
        forms |= {(Kind.AUTHOR, form) for form, _ in spelling.spellings(author, INSIDE, by_words=True)}
    for letters in map(spelling.letters, [*names, *authors]):
        if _may_be_mistyped(letters) and len(letters) <= MOST:
            forms |= {(Kind.NEARLY, form) for form in _nearly(letters)}
    ordered = sorted(one for one in forms if one[1])
    # A form with which another begins is found by that one, unless it matters where it ends.
    return [
        (kind, form)
        for (kind, form), (next_kind, following) in zip(ordered, [*ordered[1:], (None, "")], strict=True)
        if not (kind == next_kind and kind in (Kind.INSIDE, Kind.AUTHOR) and following.startswith(form))
    ]
