"""Finding known phrases in what a reader typed, whatever its spacing, width, case or kana."""

import re
import unicodedata
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .folding import KATAKANA, key

INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
RUN = re.compile(r"(.)\1{4,}", re.DOTALL)
HANGUL = re.compile(r"[가-힣]")
KATAKANA_LETTER = re.compile(r"[ァ-ヺー]")
LATIN = re.compile(r"[a-z0-9]")
# What joins a word to the one before it where a reader types no spaces: 로봇나오는거말고 백합인데.
GLUE = re.compile(
    r"""
    (?:
        (?:
            이|가|은|는|을|를|도|의|에|에서|로|으로|랑|이랑|와|과|하고|만|이나|나
            |인|인데|이고|고|한|된|난|면|이면|요
            |중|중에|중에서
            |물|물은|물이|물인데|물중에|물로
            |거|것|건|게|같은|같은거|처럼
            |나오는|나오는데|나오고|나온|있는|있고|있는데|들어간
            |배경|배경에|배경인데
            |좋아하는데|좋은데|재밌게|보고|읽고
            |그리고|근데|그런데|지만|하는|하는데|되는
            |이야기|얘기|소설|작품|라노벨|편|책
            |이상|이하|권|년|이후|이전|정도|좀|더|걸|걸로
        )
    ){0,3}
    """,
    re.VERBOSE,
)
PLURAL = re.compile(r"'?e?s(?![a-z0-9])", re.IGNORECASE)
# What may stand inside a phrase without breaking it. Names may hold any mark of their own.
JOINTS = re.compile(r"[\s\-‐‑'’·・/]+")
REMEMBERED = 512  # texts that are looked at by several modules each


@lru_cache(maxsize=REMEMBERED)
def tidy(text: str) -> str:
    """`text` in NFKC, without what cannot be seen, long runs of one character cut short.

    The cut keeps hostile or playful input ("ㅋㅋㅋㅋㅋㅋ…", a page of blanks) from costing the patterns quadratic time.
    """
    text = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    if not text.replace("\n", "").isprintable():
        text = "".join(c if c.isprintable() or c == "\n" else " " for c in text)
    return RUN.sub(r"\1\1\1\1", re.sub(r"\s*\n\s*", "\n", re.sub(r"[^\S\n]+", " ", text))).strip()


def typed(pattern: str) -> str:
    """`pattern` as it must be to find letters typed alone (ㄴㄴ, ㄱㅊ) in a text in NFKC."""
    return re.sub("[ㄱ-ㅣ]", lambda letter: unicodedata.normalize("NFKC", letter[0]), pattern)


class Passage:
    """A text in two forms: `source`, as typed (NFKC), and `letters`, its folded letters and digits only.

    `at[i]` is the place in `source` of `letters[i]`, so that a phrase found in the letters can be shown in the source.
    """

    def __init__(self, text: str) -> None:
        self.source = tidy(text)
        folded = self.source.casefold().translate(KATAKANA)
        if len(folded) == len(self.source):  # else some letter became two: a long s, a ligature
            self.at = [place for place, character in enumerate(self.source) if character.isalnum()]
            self.letters = "".join(map(folded.__getitem__, self.at))
            return
        pairs = [
            (letter.translate(KATAKANA), place)
            for place, character in enumerate(self.source)
            if character.isalnum()
            for letter in character.casefold()
        ]
        self.letters, self.at = "".join(letter for letter, _ in pairs), [place for _, place in pairs]

    def gap(self, start: int, end: int) -> str:
        """The source between two places, lower case."""
        return self.source[start:end].lower()


@dataclass(frozen=True, slots=True)
class Span:
    """A phrase found: its place in `Passage.source` and everything the lexicon holds under it."""

    start: int
    end: int
    meanings: tuple[Any, ...]
    phrase: str  # its letters


class Lexicon:
    """Phrases and their meanings. `find` takes the longest phrase at each place, from left to right."""

    def __init__(self, base: "Lexicon | None" = None) -> None:
        """`base`: one that this one begins with. It stays as it is: what both hold is copied where it is added to."""
        self.entries: dict[str, _Entry] = dict(base.entries) if base else {}
        # The lengths, longest first, of the phrases that begin with the same one or two letters.
        self.lengths: dict[str, tuple[int, ...]] = dict(base.lengths) if base else {}
        self._shared = set(self.entries)

    def add(self, phrase: str, meaning: Any, *, name: bool = False) -> None:
        """Let `phrase` mean `meaning` too. A space in it may be left out by readers; `name` allows any spacing."""
        letters = key(phrase)
        if not letters:
            return
        if letters in self._shared:
            self._shared.remove(letters)
            self.entries[letters] = self.entries[letters].copy()
        elif letters not in self.entries:
            self.entries[letters] = _Entry(letters)
        self.entries[letters].add(phrase, meaning, name)
        self._note_length(letters)

    def _note_length(self, letters: str) -> None:
        lengths = self.lengths.get(letters[:2], ())
        if len(letters) not in lengths:
            self.lengths[letters[:2]] = tuple(sorted((*lengths, len(letters)), reverse=True))

    def without(self, kind: str) -> "Lexicon":
        """A lexicon of the phrases that mean something else than `kind` too, without that meaning."""
        rest = Lexicon()
        for letters, entry in self.entries.items():
            meanings = [one for one in entry.meanings if not (isinstance(one, tuple) and one[0] == kind)]
            if meanings:
                rest.entries[letters] = entry if len(meanings) == len(entry.meanings) else entry.copy(meanings)
                rest._note_length(letters)
        rest._shared = set(rest.entries)
        return rest

    def find(self, passage: Passage) -> list[Span]:
        """Spans in order, none overlapping."""
        spans: list[Span] = []
        letters, lengths, entries = passage.letters, self.lengths, self.entries
        place = last = 0
        while place < len(letters):
            for length in (*lengths.get(letters[place : place + 2], ()), *lengths.get(letters[place], ())):
                entry = entries.get(letters[place : place + length])
                if entry and (end := entry.ends(passage, place, last)):
                    start = passage.at[place]
                    spans.append(Span(start, passage.at[end - 1] + 1, tuple(entry.meanings), entry.letters))
                    place = last = end
                    break
            else:
                place += 1
        return spans


class _Entry:
    """One phrase of a lexicon, all that it means, and how it may be spaced where it stands."""

    __slots__ = ("breaks", "katakana", "latin", "letters", "loose", "meanings", "name", "short")

    def __init__(self, letters: str) -> None:
        self.letters = letters
        self.meanings: list[Any] = []
        self.name = self.loose = self.katakana = False
        self.breaks: set[int] = set()  # after how many letters the phrase itself has a space or a mark
        self.latin = bool(LATIN.match(letters[0])), bool(LATIN.match(letters[-1]))
        self.short = len(letters) <= 2 and bool(HANGUL.match(letters[0]))

    def copy(self, meanings: Iterable[Any] | None = None) -> "_Entry":
        """Another one that nothing added to this one changes; `meanings`: what it means, if not all that this one does."""
        entry = copy(self)
        entry.meanings = list(self.meanings if meanings is None else meanings)
        entry.breaks = set(self.breaks)
        return entry

    def add(self, phrase: str, meaning: Any, name: bool) -> None:
        self.name |= name
        # In scripts without spaces a longer phrase may be spaced in any way; a Latin one only between its words.
        self.loose |= len(self.letters) >= (6 if self.latin[0] else 5)
        if self.latin[0] and not name:
            self.loose = False
        katakana = len(phrase) <= 3 and all(KATAKANA_LETTER.match(c) for c in phrase)
        # Only where no spelling in hiragana is known: ナシ is also なし.
        self.katakana = katakana and (self.katakana or not self.meanings)
        if meaning not in self.meanings:
            self.meanings.append(meaning)
        letters = 0
        for character in unicodedata.normalize("NFKC", phrase).casefold():
            if character.isalnum():
                letters += 1
            else:
                self.breaks.add(letters)

    def ends(self, passage: Passage, place: int, last: int) -> int:
        """Where in `passage.letters` the phrase beginning at `place` ends, or 0 where it is part of other words.

        `last`: where the phrase found before it ends.
        """
        at, source, end = passage.at, passage.source, place + len(self.letters)
        start, stop = at[place], at[end - 1] + 1
        if stop - start != len(self.letters) and not self._well_spaced(passage, place, end):
            return 0
        before, after = source[start - 1 : start].lower(), source[stop : stop + 1].lower()
        if self.latin[0] and before and LATIN.match(before):
            return 0
        if self.latin[1] and after and LATIN.match(after):
            plural = PLURAL.match(source, stop)
            if not plural or self.letters[-1].isdigit():
                return 0
            return end + sum(c.isalnum() for c in plural.group())
        joined = place == last
        if self.short and not joined and HANGUL.match(before or " ") and before not in "노논무":
            glued = last and place - last <= 9 and GLUE.fullmatch(passage.letters, last, place)
            if not glued:
                return 0
        if self.katakana:
            # Kana is folded, so that a short katakana word would be found inside hiragana and longer words.
            if not KATAKANA_LETTER.match(source[start]) or (before and KATAKANA_LETTER.match(before) and not joined):
                return 0
            if len(self.letters) == 2 and after and KATAKANA_LETTER.match(after):
                return 0
        return end

    def _well_spaced(self, passage: Passage, place: int, end: int) -> bool:
        at, source = passage.at, passage.source
        for index in range(place + 1, end):
            between = source[at[index - 1] + 1 : at[index]]
            if not between:
                continue
            spaced = not self.name or " " in between
            if spaced and index - place not in self.breaks and not (self.loose and between == " "):
                return False
            if "\n" in between or len(between) > 3:
                return False
            if not self.name and not JOINTS.fullmatch(between):
                return False
        return True
