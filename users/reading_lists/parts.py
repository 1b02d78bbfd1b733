"""Which part of a work a line is about, where it names one: a list may have 偽物語, the shelf has the series as one work.

Whoever has read a part has not read the work. Where the catalogue knows the volumes of the part (`catalogue/arcs.py`),
those are what was read; else all that is known is that it is a part.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher

from chatbot.catalogue.snapshot_cache import cached_per_snapshot
from chatbot.text.folding import key, without_subtitle
from chatbot.text.spelling import letters

JAPANESE = re.compile("[ぁ-ゖァ-ヺ一-鿿]")
FIRST, MIDDLE, LAST = "first", "middle", "last"
MAX_HALVED = 3  # volumes of a work that are called 上, 中 and 下
MIN_ALONE = 3  # letters by which a part is known without the name of its work
MIN_HEAD = 4  # letters of "Part 2", which is a name of a part behind that of the work
SPELT_OTHERWISE = 0.6  # likeness of two words from which on one may be the other, spelt otherwise
MIN_RUN = 2  # letters in a row that are another word, where words have no spaces between them


@dataclass(frozen=True)
class Part:
    """The volumes of a part, in the numbering of the row; 0 where they are not known."""

    first: int = 0
    last: int = 0

    def volume(self, number=None):
        """The volume of the row that is `number` of this part: counted within it, or by the row. None: all of it."""
        if not self.first:
            return number
        if number in (None, LAST):
            return self.last
        if number == FIRST:
            return self.first
        if number == MIDDLE:
            return min(self.first + 1, self.last)
        if self.first <= number <= self.last:
            return number
        return min(self.first - 1 + number, self.last)


class Parts:
    """The named parts of all works. `alone`: {key: {pk: Part}}; `within`: {pk: {key: Part}}, shorter names too."""

    def __init__(self, works):
        self.alone, self.within, self.titles = defaultdict(dict), {work.pk: {} for work in works}, {}
        for work in works:
            self.titles[work.pk] = {key(title) for title in work.titles.values()}
            for arc in work.arcs:
                part = Part(arc.first, arc.last)
                for name in arc.keys - self.titles[work.pk]:
                    self.within[work.pk][name] = part
                    if len(name) >= MIN_ALONE:
                        self.alone[name].setdefault(work.pk, part)
                for title in arc.title.values():
                    if len(short := key(without_subtitle(title))) >= MIN_HEAD:
                        self.within[work.pk].setdefault(short, part)

    def owners(self, name, called):
        """{pk: Part} of works that have a part called `name`, a key, alone or behind a name of the work.

        `called(key)`: works of that name.
        """
        found = dict(self.alone.get(name, {}))
        for place in range(1, len(name)):
            for work in called(name[:place]):
                if part := self.within[work.pk].get(name[place:]):
                    found.setdefault(work.pk, part)
        return found


@cached_per_snapshot
def parts_of(catalogue):
    return Parts(catalogue.works)


def part_of(index, names, pk):
    """(Part, number within it) that `names`, least cut first, say of the work `pk`; None where they name the work."""
    work = index.works[pk]
    for name in names:
        folded = key(name.text)
        if name.is_whole and folded in index.parts.titles[pk]:
            return None
        if part := index.parts.within[pk].get(folded) or index.part_owners(folded).get(pk):
            return part, name.mark or name.volume
        if name.mark and work.volumes <= MAX_HALVED and pk in index.called(name.text):
            return Part(1, work.volumes), name.mark
    whole = [name for name in names if name.is_whole]
    if any(pk in index.called(name.text) for name in whole):
        return None
    said_otherwise = (pk in index.called(name.text) for name in names if name.is_wider)
    if any(said_otherwise) or (whole and has_other_words(whole[-1].text, (*work.names, *work.titles.values()))):
        return Part(), None
    return None


def has_other_words(title, names):
    """Whether `title` has words that none of `names` has, however they are spelt."""
    return all(_other_words(title, name) for name in names if key(name))


def _other_words(title, name):
    if JAPANESE.search(title) and JAPANESE.search(name):
        runs = SequenceMatcher(None, key(name), key(title), autojunk=False).get_opcodes()
        return any(tag in ("insert", "replace") and end - start >= MIN_RUN for tag, _b, _e, start, end in runs)
    joined, words = letters(name), [letters(word) for word in name.split()]
    return not all(_is_among(letters(word), joined, words) for word in title.split())


def _is_among(word, joined, words):
    return word in joined or any(SequenceMatcher(None, word, one).ratio() >= SPELT_OTHERWISE for one in words)
