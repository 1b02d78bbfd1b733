"""The catalogue as a list looks works up in it: by ids of other sites, ISBNs, names, and names that are nearly so."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from chatbot.catalogue.models import Novel
from chatbot.catalogue.snapshot import current_catalogue
from chatbot.catalogue.snapshot_cache import cached_per_snapshot
from chatbot.catalogue.volumes import Volume, shown
from chatbot.text.folding import key
from chatbot.text.spelling import differ_by_one, letters

from . import parts, persons
from .parts import JAPANESE

OUR_SCRIPTS = re.compile("[A-Za-z가-힣ぁ-ゖァ-ヺ一-鿿]")  # in which every work has a title
MAX_HOLDING = 3000  # names that are looked at for sharing a piece with one
MAX_NEAR = 60  # works compared with one name
ONE_SLIP = 0.8  # likeness of names that one letter tells apart, however short they are
LEAST_SLIPPED = {True: 4, False: 5}  # letters of a name that is taken for one so; kana and kanji say more each


@dataclass
class Editions:
    """ISBNs of one work in one language, all of them and by the volume's number."""

    isbns: set = field(default_factory=set)
    by_number: dict = field(default_factory=lambda: defaultdict(set))


class CatalogueIndex:
    """Built once a snapshot, apart from ids and ISBNs, which are read anew for each list."""

    def __init__(self):
        self.catalogue = current_catalogue()
        self.names = _names(self.catalogue)
        self.parts = parts.parts_of(self.catalogue)
        self.works = self.catalogue.by_pk
        self.imprints = {key(work.imprint) for work in self.catalogue.works} - {""}
        self.site_ids = {}
        self.by_site_id = {("slug", work.slug): work.pk for work in self.catalogue.works}
        self._read_ids()
        self.by_isbn = {}
        self.editions = defaultdict(Editions)
        self._read_isbns()
        self._near = {}  # volumes of a work we lack come one after another

    def _read_ids(self):
        for pk, ids in Novel.objects.exclude(external_ids={}).values_list("pk", "external_ids").iterator():
            if pk in self.works:
                self.site_ids[pk] = ids
                for site, number in ids.items():
                    self.by_site_id.setdefault((site, str(number)), pk)

    def _read_isbns(self):
        rows = Volume.objects.exclude(isbn13="").values_list("isbn13", "novel_id", "language", "number")
        for isbn, pk, language, number in rows.iterator():
            if pk in self.works:
                number = _number(shown(number))
                self.by_isbn.setdefault(isbn, (pk, number))
                editions = self.editions[pk, language]
                editions.isbns.add(isbn)
                editions.by_number[number].add(isbn)

    def called(self, name):
        """Works one of whose names is `name`, the best known first."""
        return list(dict.fromkeys(work.pk for work in self.catalogue.by_key.get(key(name), ())))

    def part_owners(self, name):
        """{pk: Part} of works that have a part called `name`, a key, alone or behind the name of the work."""
        return self.parts.owners(name, lambda head: self.catalogue.by_key.get(head, ()))

    def near(self, names):
        """{pk: likeness from 0 to 1} of works called nearly so."""
        best = {}
        for name in names:
            if name not in self._near:
                self._near[name] = self.names.near(name)
            for pk, likeness in self._near[name].items():
                best[pk] = max(likeness, best.get(pk, 0))
        return best

    def is_like(self, pk, names):
        """How like one of `names` is to one of the work's, from 0 to 1; None where none is in a script of ours."""
        ours = [name for name in names if OUR_SCRIPTS.search(name)]
        return max((self.names.like(pk, name) for name in ours), default=None)

    def author_agrees(self, pk, authors):
        """True, False, or None where it cannot be told: nothing said, or in a script we do not know the names in."""
        known = [name for names in self.works[pk].author_names.values() for name in names]
        return persons.agree(known, authors)


def _number(text):
    found = re.match(r"\d+(?:\.\d+)?", text)
    return float(found[0]) if found else None


class _NearNames:
    """Every name in pieces: three letters (of Hangul, its jamo), two kana or kanji. Names that share rare ones are compared."""

    def __init__(self, works):
        self.spelled, self.pieces, self.owners, self.holding = [], [], [], defaultdict(list)
        self.places = defaultdict(list)
        for work in works:
            for name in {letters(name) for name in (*work.names, *work.titles.values())} - {""}:
                pieces = _pieces(name)
                for piece in pieces:
                    self.holding[piece].append(len(self.owners))
                self.places[work.pk].append(len(self.owners))
                self.spelled.append(name)
                self.pieces.append(pieces)
                self.owners.append(work.pk)

    def near(self, name):
        spelled = letters(name)
        pieces = _pieces(spelled)
        is_long_enough = len(spelled) >= LEAST_SLIPPED[bool(JAPANESE.search(spelled))]
        shared = Counter()
        for holding in sorted((self.holding[one] for one in pieces if one in self.holding), key=len):
            shared.update(holding)
            if shared.total() > MAX_HOLDING:
                break  # what else they share is common
        found = {}
        for place, _count in shared.most_common(MAX_NEAR):
            likeness = self._shared(pieces, place)
            if is_long_enough and differ_by_one(spelled, self.spelled[place]):
                likeness = max(likeness, ONE_SLIP)
            pk = self.owners[place]
            found[pk] = max(likeness, found.get(pk, 0))
        return found

    def like(self, pk, name):
        pieces = _pieces(letters(name))
        return max((self._shared(pieces, place) for place in self.places[pk]), default=0)

    def _shared(self, pieces, place):
        return 2 * len(pieces & self.pieces[place]) / (len(pieces) + len(self.pieces[place]))


def _pieces(name):
    size = 2 if JAPANESE.search(name) else 3
    padded = f"\0{name}\0"
    return {padded[place : place + size] for place in range(max(1, len(padded) - size + 1))}


@cached_per_snapshot
def _names(catalogue):
    return _NearNames(catalogue.works)
