"""What can be spoken of: the works and tags of a shelf, whatever else can be wanted, and the words that take a stand on it."""

import re
from collections import defaultdict

from ..catalogue.snapshot_cache import cached_per_snapshot
from ..text.folding import key
from ..text.matcher import Lexicon, Passage
from ..text.spelling import differ_by_one
from .cues import Cue, add_cues
from .phrasebook import PHRASES
from .subjects import words_of, works_about

EVERYDAY = 1_000  # best known works whose synopses tell which words are everyday ones
FUNCTION_WORDS = re.compile(r"\b(?:in|the|a|an|of|with|and|to|for|no|i|my)+\b|[のがでとにはを]")


class Vocabulary:
    """Everything that can be recognised on one shelf."""

    def __init__(self, catalogue):
        self.catalogue = catalogue
        self.newest = max((work.year for work in catalogue.works), default=2026)
        self.lexicon = Lexicon()
        self.groups = {label.slug: label.group for label in catalogue.labels.values()}
        add_cues(self.lexicon)
        for word, meaning in self._words():
            self.lexicon.add(word, meaning)
        for work in catalogue.works:
            for name in work.names:
                self.lexicon.add(name, ("work", work.slug), name=True)
        self.common = self._common_names()
        self.by_ends = self._names_by_ends()
        self.plain = self.lexicon.without("work")  # for reading what only looked like a title

    def _words(self):
        """Every word that is no name, with its meaning."""
        for section, _language, word in PHRASES.each("facts"):
            kind, _, value = section.partition(":")
            # A word may say two tags at once: "다크 판타지".
            yield word, ("both", tuple(value.split("+"))) if kind == "tags" else (kind, value)
        for label in self.catalogue.labels.values():
            for language in ("ko", "en", "ja"):
                words = _forms([*label.words.get(language, ()), label.labels.get(language, "")], language)
                yield from ((word, ("tag", label.slug)) for word in words)
        for subject in works_about(self.catalogue):
            for words in words_of(subject).values():
                yield from ((word, ("about", subject)) for word in words)

    def _common_names(self):
        """Names that are also everyday words: tags, cues, and words found in the synopses of other works."""
        english, told = {}, self.catalogue.works[:EVERYDAY]
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
            named = {meaning[1] for meaning in entry.meanings if not isinstance(meaning, Cue) and meaning[0] == "work"}
            short = len(letters) < 3
            everyday = bool(english.get(letters, set()) - named)
            if len(kinds) > 1 or short or everyday:
                common.add(letters)
            elif not entry.latin[0] and len(letters) <= 4:
                code = "ko" if "가" <= letters[0] <= "힣" else "ja"
                if texts[code].count(letters) >= 2:
                    common.add(letters)
        return common

    def nearly(self, title):
        """The slug of the work that `title` names but for one letter, or None where that is not one work."""
        letters = key(title)
        if len(letters) < (6 if letters.isascii() else 4):
            return None
        near = {*self.by_ends.get("^" + letters[:2], ()), *self.by_ends.get("$" + letters[-2:], ())}
        named = [
            meaning for name in near if differ_by_one(name, letters) for meaning in self.lexicon.entries[name].meanings
        ]
        slugs = {meaning[1] for meaning in named if not isinstance(meaning, Cue) and meaning[0] == "work"}
        return slugs.pop() if len(slugs) == 1 else None

    def _names_by_ends(self):
        """Names of works by their first and by their last two letters, of which one mistake leaves either."""
        names = defaultdict(list)
        for letters, entry in self.lexicon.entries.items():
            if any(not isinstance(meaning, Cue) and meaning[0] == "work" for meaning in entry.meanings):
                names["^" + letters[:2]].append(letters)
                names["$" + letters[-2:]].append(letters)
        return names

    def is_made_of_tags(self, name):
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


@cached_per_snapshot
def vocabulary(catalogue):
    """The vocabulary of `shelf`, made once: the shelf never changes."""
    return Vocabulary(catalogue)


def _forms(words, language):
    """`words` and the inflections in which readers negate or join them."""
    for word in words:
        yield word
        if language == "ko" and word.endswith("한") and len(word) >= 2:
            yield from (word[:-1] + ending for ending in ("하지", "하고", "하게", "했으면"))
        if language == "ja" and word.endswith("い") and len(word) >= 2:
            yield from (word[:-1] + ending for ending in ("く", "すぎ", "め"))
