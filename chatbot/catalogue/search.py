"""Finding works by any spelling of any name, and by who wrote them.

One table, `Spelling`, serves SQLite and PostgreSQL alike: each name is there from every place a reader may begin, so
that "contains" is a range of an ordinary index and needs no scan, no extension and no second engine. Its price is
size: some hundred rows a work, 1.3 GB with 100,000 works. FTS5 trigrams over the same names take 66 MB and answer
common words no sooner (18 ms at p95), but know nothing of names shorter than three
letters, of where a name begins, or of PostgreSQL, which would need pg_trgm and code of its own. An inverted table of
grams has as many rows as this one, and has to intersect long lists where this one reads one range.
`manage.py benchmark_search` measures it. The forms are bytes because both databases order those in one way, whatever
the locale.

Nothing is written behind the caller's back: who changes names or authors calls `index`.
"""

from enum import IntEnum
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Subquery

from ..text import spelling
from ..text.folding import fold, key
from .models import Name, Novel, Spelling

Kind = Spelling.Kind

LIMIT = 20
MAX_QUERY_LENGTH = 120  # letters of a query that are looked at
INSIDE = 20  # letters kept of what begins inside a name
MIN_LETTERS, MAX_LETTERS = 4, 40  # letters of a name in which a typo is forgiven
FEWEST_JAMO = FEWEST_BEGINNING = 6
LOOKED_AT = 60  # works in which the second half of a mistyped beginning stands
READ = 1500  # rows at most that are told apart here, not by the database
# Up to so many rows the database sorts. What more works are called is found by asking the best known ones in turn.
CROWD = 10_000
CROWD_AMONG = 5_000  # when each of them has to be asked whether it is wanted
NAMES_EACH = 6  # spellings of one work that may answer at once
NEVER = Q(pk__in=[])
BATCH = 200
# Part of what the loading compares: raise it when what `index` writes changes, so that all is written anew.
EDITION = "2"


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
    text = (query or "")[: 2 * MAX_QUERY_LENGTH]
    if not key(text) or limit < 1:
        return {}
    search = _Search(limit, among)
    search.by_names(spelling.query_forms(text))
    if pattern := spelling.lone_consonants(text):
        search.by_initials(pattern)
    meant = [spelling.letters(text)]
    if not search.found and (typed := spelling.other_layout(text)):
        search.by_names(spelling.query_forms(typed))
        meant.append(typed)
    if not search.has_beginnings:
        for letters in meant:
            search.nearly(letters)
    if not search.found:
        for letters in meant:
            search.beginning_nearly(letters)
    return search.best


class _Search:
    """What has been found so far: {pk: (tier, -renown)}."""

    def __init__(self, limit, among):
        self.limit, self.among = limit, among
        self.crowd = CROWD if among is None else CROWD_AMONG
        self.found = {}

    @property
    def best(self):
        ordered = sorted(self.found, key=lambda pk: (*self.found[pk], pk))[: self.limit]
        return {pk: self.found[pk][0] for pk in ordered}

    @property
    def has_beginnings(self):
        return any(tier <= Tier.AUTHOR for tier, _ in self.found.values())

    def add(self, tier, pk, renown):
        known = self.found.get(pk)
        if known is None or tier < known[0]:
            self.found[pk] = (tier, -renown)

    def by_names(self, forms):
        for form in forms:
            if len(form) <= INSIDE:
                self._look((Kind.NAME, Kind.AUTHOR, Kind.INSIDE), form, is_whole=Q(form=_encode(form)))
            else:
                self._look((Kind.NAME, Kind.AUTHOR), form[:MAX_QUERY_LENGTH], is_whole=Q(form=_encode(form)))
                self._look((Kind.INSIDE,), form[:INSIDE])

    def by_initials(self, pattern):
        """`pattern`: sounds, those that are one consonant standing for any syllable that begins with it."""
        pattern, kinds = pattern[:INSIDE], (Kind.INITIALS, Kind.INITIALS_INSIDE)
        form = "".join(sound[0] for sound in pattern)
        if all(len(sound) == 1 for sound in pattern):
            self._look(kinds, form, is_whole=_begins_with(_encode(f"{form} ")))
            return
        for kind, written, *novel in self._told(_spellings(kinds, form).order_by("kind", "-renown"), READ):
            sounds = _decode(written).split(" ")[1:]
            if all(sound.startswith(asked) for sound, asked in zip(sounds, pattern, strict=False)):
                self.add(_tier(kind, len(sounds) == len(pattern)), *novel)

    def nearly(self, letters):
        """Names that are `letters` but for one. Cut in two, one half of the name has to be there unharmed."""
        length = len(letters)
        if not _may_be_mistyped(letters) or length > MAX_LETTERS + 1:
            return
        halves = [half for n in (length - 1, length, length + 1) for half in _halves(letters, n)]
        rows = Spelling.objects.filter(reduce(or_, map(_begins_with, halves)), kind=Kind.NEARLY)
        for _, written, *novel in self._told(rows, READ):
            if spelling.differ_by_one(_whole(_decode(written)), letters):
                self.add(Tier.NEARLY, *novel)

    def beginning_nearly(self, letters):
        """Names that begin with `letters` but for one, for who has not typed the whole name."""
        whole = (Kind.NAME, Kind.AUTHOR)
        for form in spelling.query_forms(letters):
            if not FEWEST_BEGINNING <= len(form) <= MAX_QUERY_LENGTH:
                continue
            start, end = spelling.halves(form)
            self._add_beginning(_spellings(whole, start), form)
            # If the first half is wrong, the second stands inside some names, of which the best known are looked at.
            inside = _spellings((Kind.AUTHOR, Kind.INSIDE), end[:INSIDE]).order_by("-renown", "novel_id")
            known = {pk for _, _, pk, _ in self._told(inside, LOOKED_AT)}
            self._add_beginning(Spelling.objects.filter(novel__in=known, kind__in=whole), form)

    def _add_beginning(self, rows, form):
        for _, written, *novel in self._told(rows, READ):
            if spelling.begins_nearly(_decode(written), form):
                self.add(Tier.NEARLY, *novel)

    def _look(self, kinds, form, is_whole=NEVER):
        """Add the best known novels with a spelling of `kinds` that begins with `form`, until there are enough."""
        rows = _spellings(kinds, form)
        if not self._is_crowd(rows):
            self._add_best(rows, is_whole)
            return
        if is_whole is not NEVER:
            # Not out of `rows`: of two ranges SQLite would read the wider one.
            self._add_best(Spelling.objects.filter(is_whole, kind__in=kinds), is_whole)
        for kind in kinds:
            if sum(1 for tier, _ in self.found.values() if tier <= TIERS[kind]) >= self.limit:
                break
            rows = _spellings([kind], form)
            if self._is_crowd(rows):
                self._walk(kind, form)
            else:
                self._add_best(rows, NEVER)

    def _is_crowd(self, rows):
        return rows[self.crowd : self.crowd + 1].values("kind").exists()

    def _add_best(self, rows, is_whole):
        rows = self._among(rows).annotate(is_whole=ExpressionWrapper(is_whole, BooleanField()))
        best = rows.order_by("kind", "-is_whole", "-renown", "novel_id").values_list(
            "kind", "is_whole", "novel_id", "renown"
        )
        for kind, whole, *novel in best[: NAMES_EACH * self.limit]:
            self.add(_tier(kind, whole), *novel)

    def _walk(self, kind, form):
        """Ask work after work, the best known first: what so many are called is found with few of them."""
        spelt = Spelling.objects.filter(_begins_with(_encode(form)), novel=OuterRef("pk"), kind=kind)
        novels = Novel.objects.all() if self.among is None else self.among
        # Not Exists: PostgreSQL would make a join of that, and sort all that match before it takes the first.
        novels = novels.alias(spelt=Subquery(spelt.values("kind")[:1])).filter(spelt__isnull=False)
        novels = novels.order_by("-renown", "slug")
        for novel in novels.values_list("pk", "renown")[: self.limit]:
            self.add(TIERS[kind], *novel)

    def _told(self, rows, most):
        """(kind, form, pk, renown) of the first of `rows`."""
        rows = self._among(rows).values_list("kind", "form", "novel_id", "renown")[:most]
        return [(kind, bytes(form), *novel) for kind, form, *novel in rows]

    def _among(self, rows):
        # Asked of each row: told as a list of novels, SQLite begins with that and reads every spelling they have.
        return rows if self.among is None else rows.filter(Exists(self.among.filter(pk=OuterRef("novel_id"))))


def _spellings(kinds, form):
    """Every row of `kinds` that begins with `form`."""
    return Spelling.objects.filter(_begins_with(_encode(form)), kind__in=kinds)


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


def _begins_with(form):
    """No byte of UTF-8 is 255, so the range ends behind the last form that begins so."""
    return Q(form__gte=form, form__lt=form + b"\xff")


# A jamo takes one byte: the 33 of them fill the place of the capital letters, which no form has.
TO_BYTES = {ord(letter): 0x40 + n for n, letter in enumerate(spelling.JAMO)}
FROM_BYTES = {there: here for here, there in TO_BYTES.items()}


def _encode(form):
    return form.translate(TO_BYTES).encode()


def _decode(form):
    return form.decode().translate(FROM_BYTES)


def _may_be_mistyped(letters):
    fewest = FEWEST_JAMO if any(letter in spelling.JAMO for letter in letters) else MIN_LETTERS
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
    """Write anew how `novels` (primary keys) may be looked for. To be called when their names, authors or renown
    have changed."""
    pks = list(novels)
    for start in range(0, len(pks), BATCH):
        some = pks[start : start + BATCH]
        with transaction.atomic():
            replace(some, spellings(some))


def replace(pks, rows):
    """Put `rows`, not saved, in the place of the spellings of the novels `pks`."""
    Spelling.objects.filter(novel__in=pks).delete()
    Spelling.objects.bulk_create(rows, batch_size=10 * BATCH)


def spellings(pks):
    """The rows of the novels `pks`, not saved."""
    for pk, (renown, authors, names) in sources(pks).items():
        for kind, form in forms(names, *authors):
            yield Spelling(novel_id=pk, kind=kind, form=form, renown=renown)


def sources(pks):
    """What the rows of the novels `pks` are made of: {pk: (renown, lists of authors, names)}."""
    names = {pk: [] for pk in pks}
    for novel_id, text in Name.objects.filter(novel__in=pks).order_by("pk").values_list("novel_id", "text"):
        names[novel_id].append(text)
    novels = Novel.objects.filter(pk__in=pks)
    rows = novels.values_list("pk", "renown", "authors", "authors_ko", "authors_en")
    return {pk: (renown, authors, names[pk]) for pk, renown, *authors in rows}


def forms(names, *authors):
    """[(kind, form)] of a novel with these names and lists of authors, as `Spelling` keeps them."""
    return [(kind, _encode(form)) for kind, form in _forms(names, _texts(authors))]


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
        if _may_be_mistyped(letters) and len(letters) <= MAX_LETTERS:
            forms |= {(Kind.NEARLY, form) for form in _nearly(letters)}
    ordered = sorted(one for one in forms if one[1])
    # A form with which another begins is found by that one, unless it matters where it ends.
    return [
        (kind, form)
        for (kind, form), (next_kind, following) in zip(ordered, [*ordered[1:], (None, "")], strict=True)
        if not (kind == next_kind and kind in (Kind.INSIDE, Kind.AUTHOR) and following.startswith(form))
    ]
