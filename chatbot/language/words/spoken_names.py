"""Names as readers say them that no row has: in other letters (오레가이루, ようじつ), and long titles by a half that
only they have ("that time i got reincarnated", 「この素晴らしい世界に」)."""

import re
from collections.abc import Callable, Iterator

from ...catalogue.snapshot import CatalogueSnapshot, Work
from ...catalogue.snapshot_cache import cached_per_snapshot
from ...text.folding import fold, key, without_subtitle
from ...text.transliteration import in_hangul, in_other_letters, romaji_of
from .phrasebook import PHRASES

BEST_KNOWN = 3_000  # works whose names are looked for so; of less known ones readers give the title
MIN_LATIN, MIN_KANA, MIN_HANGUL = 5, 4, 3  # letters of a name in other letters
MIN_WORDS = 4  # of the half of an English title
MIN_TELLING = 2  # words of its first half that are no small ones
MIN_ENGLISH, MIN_ROMAJI, MIN_JAPANESE, MIN_KOREAN = 15, 9, 8, 7  # letters of the half of a title
MIN_ANY_KOREAN = 10  # letters of a Korean one that holds nothing of a story
MAX_WISHED = 0.5  # the share of it that may be a wish
SMALL = frozenset(PHRASES.phrases("vocabulary", "small", "en"))
WORD = re.compile(r"[^\W_](?:[^\W_]|['’])*")
SCRIPT_ENDS = re.compile(r"(?<=[ぁ-ゖ])(?=[^ぁ-ゖ])|(?<=[ァ-ヺー])(?=[^ァ-ヺー])|(?<=[一-龥々])(?=[^一-龥々])")

Coverage = Callable[[str], float]  # the share of a text that is wished for in so many words


def in_letters(name: str) -> list[str]:
    """`name` in other letters."""
    return sorted(in_other_letters(without_subtitle(name) or name, MIN_LATIN, MIN_KANA, MIN_HANGUL))


def half_in_hangul(half: str) -> list[str]:
    """A half of a romaji title in Hangul. In kana it would be words of any sentence (でしょうか, ですけど)."""
    romaji = romaji_of(half)
    return sorted(in_hangul(romaji)) if len(romaji) >= MIN_ROMAJI else []


def halves(catalogue: CatalogueSnapshot, coverage: Coverage) -> Iterator[tuple[str, str]]:
    """(half of a title, slug) of each that only one work and its kin have, and that is no wish itself."""
    works = catalogue.works[:BEST_KNOWN]
    had: dict[str, set[str]] = {}
    first: dict[str, str] = {}
    for work in works:
        for half in set(_halves_of(work)):
            had.setdefault(half, set()).add(work.slug)
            first.setdefault(half, work.slug)
    kin = tied(catalogue)
    for half, slugs in had.items():
        if not slugs <= kin[first[half]]:
            continue
        wished = coverage(half)
        everyday = not wished and "가" <= half[0] <= "힣" and len(key(half)) < MIN_ANY_KOREAN
        if wished <= MAX_WISHED and not everyday:
            yield half, first[half]


@cached_per_snapshot
def tied(catalogue: CatalogueSnapshot) -> dict[str, frozenset[str]]:
    """Slug to the slugs of the works of its series, its own among them."""
    by_title = {work.titles.get("ja", ""): work.slug for work in catalogue.works}
    found = {work.slug: {work.slug} for work in catalogue.works}
    for work in catalogue.works:
        for title, _kind in work.related:
            if other := by_title.get(title):
                found[work.slug].add(other)
                found[other].add(work.slug)
    return {slug: frozenset(slugs) for slug, slugs in found.items()}


def _words(title: str) -> list[str]:
    return WORD.findall(fold(title).replace("’", "'"))


def _halves_of(work: Work) -> Iterator[str]:
    for language, title in work.titles.items():
        for part in {title, without_subtitle(title) or title, title.partition(": ")[2]}:
            if language == "en":
                yield from _of_english(_words(part))
            elif language == "romaji":
                yield from _of_romaji(_words(part))
            elif language == "ko":
                yield from _of_korean(_words(part))
            elif language == "ja":
                yield from _of_japanese(part)


def _of_english(words: list[str]) -> Iterator[str]:
    """Beginnings and ends; the latter are what anybody may say, so that they tell more. The article is left out."""
    if words[:1] in (["the"], ["a"], ["an"]):
        words = words[1:]
        if len(" ".join(words)) >= MIN_ENGLISH and len(words) >= MIN_WORDS:
            yield " ".join(words)
    for place in range(1, len(words)):
        for run, telling in ((words[:place], MIN_TELLING), (words[place:], MIN_TELLING + 1)):
            whole = " ".join(run)
            told = sum(word not in SMALL for word in run)
            if len(run) >= MIN_WORDS and told >= telling and run[-1] not in SMALL and len(whole) >= MIN_ENGLISH:
                yield whole


def _of_romaji(words: list[str]) -> Iterator[str]:
    runs = [words[:end] for end in range(2, len(words))] + [words[start:] for start in range(1, len(words) - 1)]
    for run in runs:
        whole = " ".join(run)
        if len(whole) >= MIN_ROMAJI and romaji_of(whole):
            yield whole


def _of_korean(words: list[str]) -> Iterator[str]:
    for end in range(2, len(words)):
        if len("".join(words[:end])) >= MIN_KOREAN:
            yield " ".join(words[:end])


def _of_japanese(title: str) -> Iterator[str]:
    title = fold(title)
    for end in (match.start() for match in SCRIPT_ENDS.finditer(title)):
        if len(key(title[:end])) >= MIN_JAPANESE:
            yield title[:end]
