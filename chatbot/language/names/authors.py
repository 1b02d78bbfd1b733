"""Authors as readers call them: by the whole name, by half of it (니시오, "Kawahara", 森見), in whichever letters.

A half is a word like any other until something beside it says that books are written by it: `authors.txt` has what says
so plainly (`strong`) and what says so of nobody but an author (`weak`), unless stories here have a hero of that name.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import takewhile

from ...catalogue.snapshot import CatalogueSnapshot
from ...catalogue.snapshot_cache import cached_per_snapshot
from ...text.folding import key
from ...text.matcher import Lexicon, Passage, Span
from ...text.spelling import by_sound, has_kana, jamo
from ...text.transliteration import in_hangul, in_romaji, romaji_of
from ..words.cue_book import CueBook, plain
from ..words.phrasebook import PHRASES
from ..words.vocabulary import Vocabulary

BOOK = CueBook("authors")
ALSO_CALLED = {
    now: before for now, _, before in (line.partition("=") for line in PHRASES.phrases("authors", "also", "ja"))
}
MIN_NAME = 3  # letters of a whole name
MIN_ALONE = 7  # letters of a pen name of one Latin word that may stand alone
MAX_HALF = 24  # letters of half a name: whether a longer word is romaji would take for ever to say
MIN_HALF = {"hangul": 2, "latin": 3, "kana": 3, "kanji": 2}
MIN_SPELT = 4  # letters of a half that is looked for as it sounds in Hangul
PLAIN_HALF = 3  # letters of a Hangul half from which on what says little beside it is enough
BEST_KNOWN = 3_000  # works whose stories tell which names are of people in them
MAX_BESIDE = 24  # characters on either side of a half that tell what it is
AUTHOR_BEFORE = re.compile(PHRASES.pattern("focus", "author.before"), re.IGNORECASE)
AUTHOR_AFTER = re.compile(PHRASES.pattern("focus", "author.after"), re.IGNORECASE)
RUNS = re.compile(r"(?P<hangul>[가-힣]+)|(?P<latin>[A-Za-z]+)|(?P<kanji>[一-龥々]+)|(?P<kana>[ァ-ヺー]+|[ぁ-ゖー]+)")
OWNER = re.compile(r"([一-龥々]{2,4}|[가-힣]{2,5}|[A-Z][a-z]+)(?:(?:さん|先生)?の|의 |['’]s )(?=\S)")
KATAKANA_NAME = re.compile("[ァ-ヺー・]{4,}")
KANJI_HEAD = re.compile("[一-龥々]+")
# Hangul that writes one Japanese sound: 가와하라 is 카와하라, 쓰 is 츠, a long vowel may be left out.
ONE_SOUND = str.maketrans("ㅋㄲㅌㄸㅍㅃㅆㅉㅊㅛㅠㅑㅡ", "ㄱㄱㄷㄷㅂㅂㅅㅈㅈㅗㅜㅏㅜ")
LONG_VOWEL = re.compile("(?<=[ㅗㅜ])ㅇㅜ|(?<=ㅗ)ㅇㅗ")


@dataclass(frozen=True, slots=True)
class Called:
    """The authors, by their Japanese names, whom the words from `start` to `end` call: several where they share the name,
    the best known first."""

    authors: tuple[str, ...]
    start: int
    end: int


def called(text: str, words: Vocabulary, known: Collection[str] = ()) -> list[Called]:
    """Whom `text` calls, in order. `known`: authors of the works spoken of, who are meant before others of their name."""
    whole = [Called((author,), start, end) for author, start, end in named_whole(text, words.catalogue)]
    taken = [(one.start, one.end) for one in whole]
    halves = [
        one
        for one in _called_by_half(text, words, known)
        if not any(one.start < end and start < one.end for start, end in taken)
    ]
    return sorted([*whole, *halves], key=lambda one: one.start)


def authors_in(text: str, words: Vocabulary, known: Collection[str] = ()) -> tuple[str, ...]:
    """The authors whom `text` calls by a name that only one of them has."""
    found = called(text, words, known)
    return tuple(dict.fromkeys(one.authors[0] for one in found if len(one.authors) == 1))


def namesakes_in(text: str, words: Vocabulary, known: Collection[str] = ()) -> tuple[str, ...]:
    """The authors who share a name that `text` says, where it is not clear which of them is meant."""
    return next((one.authors for one in called(text, words, known) if len(one.authors) > 1), ())


def told_apart(text: str, namesakes: Collection[str], words: Vocabulary) -> str:
    """The one of `namesakes` whom `text` names by what tells them apart: the whole name, the other half, a work; or ""."""
    spelt = _spelt(words.catalogue)
    said = key(text)
    for name in namesakes:
        halves = [half for told in spelt.get(name, {}).values() for half in told.split()]
        shared = [half for half in halves if all(half in " ".join(spelt.get(one, {}).values()) for one in namesakes)]
        own = [key(half) for half in halves if half not in shared and len(half) > 1]
        by_work = (work for work in words.catalogue.works if name in work.authors)
        titles = [key(called) for work in by_work for called in work.names if len(key(called)) > MIN_NAME]
        alike = sum(1 for _ in takewhile(lambda letters: len({*letters}) == 1, zip(*namesakes, strict=False)))
        rest = name[alike:]
        own += [key(rest)] if len(rest) > 1 else []
        if key(name) in said or any(one in said for one in (*own, *titles)):
            return name
    return ""


# --- By the whole name ---------------------------------------------------------------------------------------------


def named_whole(text: str, catalogue: CatalogueSnapshot) -> Iterator[tuple[str, int, int]]:
    """(author, begin, end) of each that `text` names in full, by their Japanese names."""
    passage = Passage(text)
    for span in _names(catalogue).find(passage):
        if _is_author(span, passage.source):
            yield span.meanings[0][1], span.start, span.end


@cached_per_snapshot
def _names(catalogue: CatalogueSnapshot) -> Lexicon:
    """Names of authors in three languages, each with its Japanese one."""
    lexicon = Lexicon()
    for author, names in _spelt(catalogue).items():
        for name in (author, *names.values()):
            if len(key(name)) >= MIN_NAME:
                lexicon.add(name, ("author", author), name=True)
                first, _, last = name.partition(" ")
                if first.isascii() and last:
                    lexicon.add(f"{last} {first}", ("author", author), name=True)
    return lexicon


@cached_per_snapshot
def _spelt(catalogue: CatalogueSnapshot) -> dict[str, dict[str, str]]:
    """Author to their name in Korean and in English, the authors of the best known works first."""
    found: dict[str, dict[str, str]] = {}
    for work in catalogue.works:
        for place, author in enumerate(work.authors):
            names = found.setdefault(author, {})
            for language in ("ko", "en"):
                told = work.author_names.get(language) or []
                if len(told) == len(work.authors):
                    names.setdefault(language, told[place])
            if author in ALSO_CALLED:
                names.setdefault("also", ALSO_CALLED[author])
    return found


def _is_author(span: Span, source: str) -> bool:
    """Whether a name is meant as one: a short one that is one word needs more than itself ("first", 시키)."""
    name = source[span.start : span.end]
    if name.isascii() and key(name) != key(span.phrase):
        return False  # "diamonds"
    if " " in name or len(span.phrase) >= (MIN_ALONE if name.isascii() else MIN_NAME + 1):
        return not name.isascii() or name.lower() == name or name.istitle() or name.isupper()
    if AUTHOR_BEFORE.search(source[: span.start].rstrip()) or AUTHOR_AFTER.match(source, span.end):
        return True
    lower = plain(source)
    # Of kana it would be the end of any word: いのり is in 「明るいノリの」.
    return not (name.isascii() or has_kana(name)) and any(
        stands_beside(how, lower, span.start, span.end) for how in ("strong", "weak")
    )


# --- By half of it -------------------------------------------------------------------------------------------------


def _called_by_half(text: str, words: Vocabulary, known: Collection[str]) -> Iterator[Called]:
    lower = plain(text)
    for match in RUNS.finditer(text):
        script = str(match.lastgroup)
        for end in range(match.end(), match.start() + MIN_HALF[script] - 1, -1):
            said = text[match.start() : end]
            authors = _authors_of_half(said, script, words)
            if authors and _is_half(said, script, lower, (match.start(), end), words, authors, known):
                yield Called(tuple(one for one in authors if one in known) or authors, match.start(), end)
                break
            if script in ("latin", "kana"):
                break  # these end where the word ends


def _is_half(
    said: str,
    script: str,
    lower: str,
    span: tuple[int, int],
    words: Vocabulary,
    authors: tuple[str, ...],
    known: Collection[str],
) -> bool:
    """Whether half a name is meant as one, by what stands beside it."""
    if stands_beside("strong", lower, *span):
        return not (script == "latin" and said.islower() and said in words.common)
    if not stands_beside("weak", lower, *span):
        return False
    if not set(authors).isdisjoint(known):
        return True
    short = script == "hangul" and len(said) < PLAIN_HALF
    everyday = key(said) in _in_stories(words.catalogue) or words.catalogue.find(said) or words.wished_share(said) > 0
    return not (short or everyday or (script == "latin" and (said.islower() and said in words.common)))


def without_brackets(text: str) -> str:
    """`text` with an author's name that stands in brackets behind what they are, before it: "작가(와타세 소이치로) 다른 책" asks
    for other books of theirs."""
    for match in BOOK.every("aside", text):
        who, name = (value for value in match.groupdict().values() if value is not None)
        text = text.replace(match[0], f"{name} {who}")
    return text


def without_author(title: str, words: Vocabulary) -> str:
    """`title` without the half of an author's name that stands before it: 「古橋のブラックロッド」."""
    match = OWNER.match(title)
    who = match[1] if match else ""
    if not match or not who:
        return title
    rest, script = title[match.end() :], next(str(one.lastgroup) for one in RUNS.finditer(who))
    is_name = bool(KATAKANA_NAME.fullmatch(rest)) and words.wished_share(who) == 0  # 「古橋のブラックロッド」
    return rest if is_name or _authors_of_half(who, script, words) else title


def stands_beside(what: str, lower: str, start: int, end: int, reach: int = MAX_BESIDE) -> bool:
    """Whether what stands right before or behind a place is `what` (sections `….before`, `….after` of authors.txt), see
    `CueBook.beside`."""
    return BOOK.beside(what, lower, start, end, reach) is not None


def _authors_of_half(said: str, script: str, words: Vocabulary) -> tuple[str, ...]:
    if len(said) > MAX_HALF:
        return ()
    halves = _halves(words.catalogue)
    if script == "kanji":
        return halves.get(said, ())
    if script == "hangul":
        return halves.get(_hangul_sound(said), ())
    romaji = romaji_of(said) if script == "latin" else in_romaji(said)
    if found := halves.get(by_sound((romaji or said).lower()), ()):
        return found
    if len(romaji) < MIN_SPELT or said.lower() in words.common:
        return ()
    spelt = (halves.get(_hangul_sound(one), ()) for one in sorted(in_hangul(romaji)))
    return next(filter(None, spelt), ())


@cached_per_snapshot
def _halves(catalogue: CatalogueSnapshot) -> dict[str, tuple[str, ...]]:
    """Authors by halves of their names: kanji as they are, all else by its sound."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for author, names in _spelt(catalogue).items():
        for half in _halves_of(author, names.get("ko", ""), names.get("en", "")):
            found[half][author] = None
    return {half: tuple(authors) for half, authors in found.items()}


def _halves_of(author: str, korean: str, english: str) -> Iterator[str]:
    family, _, given = korean.partition(" ")
    if given and len(family) >= MIN_HALF["hangul"]:
        yield _hangul_sound(family)
    first, *others = english.split() or [""]
    if others:
        yield by_sound(others[-1].lower())
    elif given:
        # A pen name in one word: as much of it as is read as the first half in Korean.
        heads = (first[:end].lower() for end in range(MIN_HALF["latin"] + 1, len(first)))
        yield from (
            by_sound(head)
            for head in heads
            if romaji_of(head) and _hangul_sound(family) in map(_hangul_sound, in_hangul(head))
        )
    if head := KANJI_HEAD.match(author):
        # How many of the characters are the family's, nothing tells: two, of long names maybe three.
        yield from {head[0][:2], *([head[0][:3]] if len(author) > 4 else [])} if len(head[0]) > 1 else ()


def _hangul_sound(word: str) -> str:
    letters = "".join(jamo(one) if "가" <= one <= "힣" else one for one in word.replace("쓰", "츠"))
    return LONG_VOWEL.sub("", letters.translate(ONE_SOUND))


@cached_per_snapshot
def _in_stories(catalogue: CatalogueSnapshot) -> frozenset[str]:
    """Halves of names that synopses have too: of a hero, of a place, or as a word."""
    found: set[str] = set()
    for work in catalogue.works[:BEST_KNOWN]:
        for text in (*work.synopses.values(), *work.premises.values()):
            for match in RUNS.finditer(text):
                script = str(match.lastgroup)
                ends = [len(match[0])] if script in ("latin", "kana") else range(2, min(len(match[0]), 5) + 1)
                for end in ends:
                    if _authors_of_half_plainly(said := match[0][:end], script, catalogue):
                        found.add(key(said))
    return frozenset(found)


def _authors_of_half_plainly(said: str, script: str, catalogue: CatalogueSnapshot) -> bool:
    halves = _halves(catalogue)
    sound = said if script == "kanji" else _hangul_sound(said) if script == "hangul" else by_sound(said.lower())
    return sound in halves
