"""What can be spoken of: the works and tags of a catalogue, whatever else can be wanted, and the cues of stances on it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any
from unicodedata import normalize

from ...catalogue.snapshot import CatalogueSnapshot
from ...catalogue.snapshot_cache import cached_per_snapshot
from ...text.folding import key
from ...text.matcher import Lexicon, Passage
from ...text.spelling import differ_by_one
from .cues import Cue, add_cues
from .phrasebook import PHRASES
from .spoken_names import BEST_KNOWN, half_in_hangul, halves, in_letters
from .subjects import tropes, words_of, works_about

MIN_SURE = 6  # syllables of a name from which one of them may be mistaken
EVERYDAY = 1_000  # best known works whose synopses tell which words are everyday ones
FUNCTION_WORDS = re.compile(PHRASES.pattern("vocabulary", "function-word"))
SPELT = tuple(
    tuple(line.split("="))
    for line in [*PHRASES.phrases("vocabulary", "spelt", "ko"), *PHRASES.phrases("vocabulary", "spelt", "ja")]
)

Meaning = tuple[str, Any]  # kind, and its value: a slug, or for "both" the slugs of two tags


class Vocabulary:
    """Everything that can be recognised in one catalogue."""

    def __init__(self, catalogue: CatalogueSnapshot) -> None:
        self.catalogue = catalogue
        self.newest: int = max((work.year for work in catalogue.works), default=2026)
        self.lexicon = Lexicon(_always())
        self.groups: dict[str, str] = {label.slug: label.group for label in catalogue.labels.values()}
        for word, meaning in self._words():
            self.lexicon.add(word, meaning)
        for work in catalogue.works:
            for name in work.names:
                for spelt in (name, *_spelt_otherwise(name)):
                    self.lexicon.add(spelt, ("work", work.slug), name=True)
        self.plain = self.lexicon.without("work")  # for reading what only looked like a title
        self._add_spoken_names()
        self.common = self._common_names()
        self.by_ends = self._names_by_ends()
        self.is_made_of_tags = lru_cache(maxsize=4096)(self._is_made_of_tags)

    def _words(self) -> Iterator[tuple[str, Meaning]]:
        """Every word that is no name and of this catalogue, with its meaning."""
        for label in self.catalogue.labels.values():
            for language in ("ko", "en", "ja"):
                said = [*label.words.get(language, ()), label.labels.get(language, "")]
                yield from ((word, ("tag", label.slug)) for word in _forms(said, language))
        heart = tropes()
        for subject in (*heart, *(one for one in works_about(self.catalogue) if one not in heart)):
            kind = "trope" if subject in heart else "about"
            for words in words_of(subject).values():
                yield from ((word, (kind, subject)) for word in words)

    def _add_spoken_names(self) -> None:
        """Names that no row has. What is a name or a word already stays that."""
        for work in self.catalogue.works[:BEST_KNOWN]:
            for name in work.names:
                for spelt in in_letters(name):
                    self._add_unless_known(spelt, work.slug)
        for work in self.catalogue.works:
            for name in sorted({name for arc in work.arcs for name in arc.names}):
                self._add_unless_known(name, work.slug)
        for half, slug in halves(self.catalogue, self.wished_share):
            for name in (half, *half_in_hangul(half)):
                self._add_unless_known(name, slug)

    def _add_unless_known(self, name: str, slug: str) -> None:
        if key(name) not in self.lexicon.entries:
            self.lexicon.add(name, ("work", slug), name=True)

    def wished_share(self, text: str) -> float:
        """The share of the letters of `text` that are words to wish by."""
        passage = Passage(text)
        return sum(len(span.phrase) for span in self.plain.find(passage)) / max(1, len(passage.letters))

    def _common_names(self) -> set[str]:
        """Names that are also everyday words: tags, cues, and words found in the synopses of other works."""
        english: dict[str, set[str]] = {}
        told = self.catalogue.works[:EVERYDAY]
        for work in told:
            # A word that is only ever written with a capital is a name there too.
            for word in re.findall(r"\b[a-z0-9]+", work.synopses.get("en", "")):
                english.setdefault(word, set()).add(work.slug)
        texts = {code: "\n".join(key(w.synopses.get(code, "")) for w in told) for code in ("ko", "ja")}
        common = set()
        for letters, entry in self.lexicon.entries.items():
            kinds = {meaning[0] if isinstance(meaning, tuple) else "cue" for meaning in entry.meanings}
            if "work" not in kinds:
                continue
            named = set(_works_of(entry.meanings))
            short = len(letters) < 3
            everyday = bool(english.get(letters, set()) - named)
            if len(kinds) > 1 or short or everyday:
                common.add(letters)
            elif not entry.latin[0] and len(letters) <= 4:
                code = "ko" if "가" <= letters[0] <= "힣" else "ja"
                if texts[code].count(letters) >= 2:
                    common.add(letters)
        return common

    def nearly(self, title: str) -> str | None:
        """The slug of the work that `title` names but for one letter, or None where that is not one work."""
        letters = key(title)
        if len(letters) < (6 if letters.isascii() else 4):
            return None
        near = {*self.by_ends.get("^" + letters[:2], ()), *self.by_ends.get("$" + letters[-2:], ())}
        names = (name for name in near if is_slip(name, letters))
        slugs = {slug for name in names for slug in _works_of(self.lexicon.entries[name].meanings)}
        return slugs.pop() if len(slugs) == 1 else None

    def _names_by_ends(self) -> dict[str, list[str]]:
        """Names of works by their first and by their last two letters, of which one mistake leaves either."""
        names: defaultdict[str, list[str]] = defaultdict(list)
        for letters, entry in self.lexicon.entries.items():
            if any(_works_of(entry.meanings)):
                names["^" + letters[:2]].append(letters)
                names["$" + letters[-2:]].append(letters)
        return names

    def _is_made_of_tags(self, name: str) -> bool:
        """Whether a name is a wish before it is a title, as "Slow Life in Another World" is."""
        passage = Passage(name)
        spans = self.plain.find(passage) if len(passage.letters) >= 6 else ()
        tags = [span for span in spans if any(m[0] == "tag" for m in span.meanings if not isinstance(m, Cue))]
        if len(tags) < 2:
            return False
        rest = list(passage.source.lower())
        for span in tags:
            rest[span.start : span.end] = " " * (span.end - span.start)
        return not FUNCTION_WORDS.sub("", "".join(rest)).strip()


@cache
def _always() -> Lexicon:
    """The cues, and what can be wanted of any catalogue."""
    lexicon = Lexicon()
    add_cues(lexicon)
    for section, _language, word in PHRASES.each("facts"):
        kind, _, value = section.partition(":")
        # A word may say two tags at once: "다크 판타지".
        lexicon.add(word, ("both", tuple(value.split("+"))) if kind == "tags" else (kind, value))
    return lexicon


@cached_per_snapshot
def vocabulary(catalogue: CatalogueSnapshot) -> Vocabulary:
    """The vocabulary of `catalogue`, made once: a snapshot never changes."""
    return Vocabulary(catalogue)


def is_slip(name: str, written: str) -> bool:
    """Whether one letter was mistaken. In few Hangul syllables that is a jamo: another syllable is another name."""
    if not differ_by_one(name, written):
        return False
    few = len(name) < MIN_SURE and "가" <= written[0] <= "힣"
    return not few or differ_by_one(normalize("NFD", name), normalize("NFD", written))


def _works_of(meanings: Iterable[Meaning | Cue]) -> Iterator[str]:
    """The slugs of the works among `meanings`."""
    return (meaning[1] for meaning in meanings if not isinstance(meaning, Cue) and meaning[0] == "work")


def _spelt_otherwise(name: str) -> Iterator[str]:
    """`name` as other typists spell it: 私の…, わたしの…; 나츠메, 나쓰메."""
    for kanji, kana in SPELT:
        if kanji in name:
            yield name.replace(kanji, kana)
        elif kana in name:
            yield name.replace(kana, kanji)


def _forms(words: Iterable[str], language: str) -> Iterator[str]:
    """`words` and the inflections in which readers negate or join them."""
    endings = PHRASES.phrases("vocabulary", "ending", language)
    inflections = PHRASES.phrases("vocabulary", "inflection", language)
    for word in words:
        yield word
        for ending in endings:
            if len(word) > len(ending) and word.endswith(ending):
                yield from (word.removesuffix(ending) + inflection for inflection in inflections)
