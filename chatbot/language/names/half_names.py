"""The work of a conversation that a stretch calls by a part of its name, or by what it tells: "마왕님은 몇 권이야?",
「治癒魔法のやつ」, "the bookshop one".

Only the few works spoken of or offered are looked at, so that one distinctive word is enough there.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from ...catalogue.snapshot import CatalogueSnapshot, Work
from ...catalogue.snapshot_cache import cached_per_snapshot
from ...text.folding import fold, key
from ...text.matcher import Passage, tidy
from ..acts import Question
from ..asking import questions
from ..words.cue_book import CueBook, plain
from ..words.fillers import without_fillers
from ..words.phrasebook import PHRASES
from ..words.vocabulary import Vocabulary, is_slip
from .loose_names import called_by_part, is_everyday, stands_for

BOOK = CueBook("focus")
SEARCHED = 200  # characters of a stretch; what comes later calls nothing
REMEMBERED = 4096  # names and synopses of works lately spoken of, each looked at for every stretch
MIN_SLIP = 6  # letters of a Latin word in which one may be mistaken
MIN_ABRIDGED = 4  # letters of the pieces of a name that may stand for it
PIECES = re.compile("[a-z]+|[0-9]+|[가-힣]+|[ァ-ヺー]+|[一-龥々]+")
MAX_RUN = 6  # words of what is settled on
MAX_WORDS = 4  # of what may be a name at the head of a stretch
MAX_ONLY, MAX_LATIN_ONLY = 14, 30  # characters of what only names a work
MIN_LATIN = 4
MIN_POINTED = 3  # of one before "one": "the tax one"
MIN_KANA = 3  # letters of hiragana alone, which are endings before they are a part of a name
PARTICLE = re.compile(rf"(?<=..){PHRASES.pattern('focus', 'particle')}$")
NAME_ENDS = re.compile(rf"(?=[\s,、。？?！!])|$|(?<=.)(?={PHRASES.pattern('focus', 'head_end')})")
NUMBERS = str.maketrans("一二三四五六七八九", "123456789")
COUNTS = (("첫번", "1번"), ("두번", "2번"), ("세번", "3번"))
APOSTROPHE = re.compile("['’]")
MAX_LEAD = 5  # letters before what points one out: "ooh"
LED_BY = re.compile("[一-龥々]{2,}(?=[ぁ-ゖ])|[ァ-ヺー]{3,}(?=[ぁ-ゖ])")  # what a Japanese stretch begins with
LATIN_WORD = re.compile("[a-z0-9]+")
KANJI = re.compile("[一-龥々]")
HIRAGANA = re.compile(r"[ぁ-ゖー]+")
KANA = re.compile(r"[ぁ-ゖァ-ヺー]+")
SCRIPTS = {"latin": re.compile("[a-z0-9]+"), "kana": KANA, "hangul": re.compile("[가-힣]+")}
MIN_ALONE = {"latin": 5, "kana": 4, "hangul": 3, "mixed": 3}  # letters of a part that may stand for a work unspoken of
# Questions whose words stand beside a name only: what is in a work is asked in the words of wishes.
PLAIN_FACTS = {Question.VOLUMES, Question.STATUS, Question.GOES_ON, Question.TOLD_IN, Question.ANIME,
               Question.AFTER_ANIME, Question.ORDER,
               Question.NEXT_VOLUME, Question.YEAR, Question.WHERE, Question.EDITION, Question.ILLUSTRATOR,
               Question.NAMES, Question.WEB_NOVEL, Question.WHY}  # fmt: skip


def heads(source: str) -> Iterator[str]:
    """What may be a name at the head of `source`, the longest first."""
    source = without_fillers(source)[:60]
    ends = sorted({match.start() for match in NAME_ENDS.finditer(source) if match.start()})
    for end in reversed(ends[: MAX_WORDS * 2]):
        yield source[:end]
        if (bare := PARTICLE.sub("", source[:end])) and bare != source[:end]:
            yield bare


def called_in(
    text: str, slugs: Sequence[str], words: Vocabulary, asked: Sequence[Question], *, told: bool
) -> tuple[str, str] | None:
    """The one of `slugs` that `text` calls, and by which words; None where it calls none or several.

    `asked`: what it asks. `told`: whether something is said of a work beside that ("who wrote it", "I have read it").
    """
    works = [work for slug in dict.fromkeys(slugs) if (work := words.catalogue.by_slug.get(slug))]
    source = tidy(text)[:SEARCHED]
    if works and (found := _only_named(source, works)):
        return found.slug, source
    if not works or not (asked or told or questions.is_question(text)):
        return None
    for said in pointed_out(source):
        if found := _one_by_name(said, works, pointed=True) or _one_by_story(said, works, words, MIN_POINTED):
            return found.slug, said
    if run := _one_by_run(source, works, words):
        return run
    plain_facts = told or any(one in PLAIN_FACTS for one in asked)
    for said in heads(source):
        found = _one_by_name(said, works)
        if found and (plain_facts or _is_name(said, found, words)):
            return found.slug, said
    if (led := LED_BY.match(source)) and (found := _one_by_name(led[0], works)) and _is_name(led[0], found, words):
        return found.slug, led[0]
    return None


def only_named(text: str, slugs: Sequence[str], words: Vocabulary) -> tuple[str, str] | None:
    """The one of `slugs` of which a few words name a part of its name and ask nothing, and by which words: "just iris",
    「とんでもスキル、」; None where there is none."""
    source = tidy(text).strip(" ,、.。!！…~")
    if len(source) > (MAX_LATIN_ONLY if source.isascii() else MAX_ONLY) or questions.is_question(text):
        return None
    works = [work for slug in dict.fromkeys(slugs) if (work := words.catalogue.by_slug.get(slug))]
    found = ((_one_by_name(said, works), said) for said in _runs(without_fillers(source)))
    return next(((one.slug, said) for one, said in found if one and _is_name(said, one, words)), None)


def called_for_short(text: str, words: Vocabulary) -> tuple[str, int, int] | None:
    """(slug, begin, end) of the work of the whole shelf that `text`, tidied, points out by a name of its row, which is
    an everyday word otherwise: "the slime one", "거미 그거"."""
    lower = plain(text)
    for match in BOOK.matches("by_short_name", lower):
        name = next(name for name, value in match.groupdict().items() if value is not None)
        said = text[match.start(name) : match.end(name)]
        if BOOK.has("no_title", plain(said)):
            continue
        if work := words.catalogue.find(said):
            return work.slug, match.start(name), match.end(name)
    return None


def on_the_shelf(text: str, words: Vocabulary) -> str | None:
    """The work of the whole shelf that `text`, which asks of a work, calls by a word that only its name has."""
    source = tidy(text)[:SEARCHED]
    if short := called_for_short(source, words):
        return short[0]
    for said in (*pointed_out(source), *heads(source)):
        letters = letters_of(said)
        if len(letters) < MIN_ALONE[_script(letters)] or BOOK.has("no_title", plain(said)) or is_everyday(said, words):
            continue
        found = having_part(said, letters, words.catalogue.works, words.catalogue)
        if len(found) == 1 and stands_for(key(said), found[0], words):
            return found[0].slug
    return None


def having_part(said: str, letters: str, works: Iterable[Work], catalogue: CatalogueSnapshot) -> list[Work]:
    """Those of `works`, of `catalogue`, that have `said`, whose `letters` are these, as a part of a name."""
    lettered = _lettered(catalogue)  # few names hold the letters at all, and only these are cut into words
    near = (work for work in works if any(letters in name for name in lettered[work.slug]))
    return [work for work in near if any(is_part(said, letters, name) for name in work.names)]


@cached_per_snapshot
def _lettered(catalogue: CatalogueSnapshot) -> dict[str, tuple[str, ...]]:
    return {work.slug: tuple(letters_of(name) for name in work.names) for work in catalogue.works}


def _script(letters: str) -> str:
    return next((name for name, script in SCRIPTS.items() if script.fullmatch(letters)), "mixed")


def _is_name(said: str, found: Work, words: Vocabulary) -> bool:
    """Whether `said` is rather the name of a work than what may be in one."""
    return bool(words.catalogue.find(said)) or (not _is_wish(said, words) and stands_for(key(said), found, words))


def is_only_called(text: str) -> bool:
    """Whether `text` does nothing but point one out, as before a question about it: 「喫茶店のやつ、」, "ooh the inn one"."""
    bare = plain(text).strip(" ,、.。?？!！…")
    return any(len(match[0]) >= len(bare) - MAX_LEAD for match in BOOK.matches("called", bare))


def called_by_words(said: str, slugs: Sequence[str], words: Vocabulary, *, story: bool = True) -> str:
    """The one of `slugs` that some words of `said` name by a part of its names, or else tell of (where `story` may
    tell); "" where none is. More words come before fewer."""
    works = [work for slug in dict.fromkeys(slugs) if (work := words.catalogue.by_slug.get(slug))]
    runs = list(_runs(without_fillers(tidy(said)[:SEARCHED])))
    if named := next((one for run in runs if (one := _one_by_name(run, works))), None):
        return named.slug
    told = (one for run in runs if (one := _one_by_story(run, works, words)))
    return found.slug if story and (found := next(told, None)) else ""


def _runs(said: str) -> Iterator[str]:
    """Runs of the words of `said`, without the particle or the word for "one" behind them, the longest first."""
    yield from heads(said)
    parts = said.split()[:MAX_RUN]
    for length in range(len(parts), 0, -1):
        for start in range(len(parts) - length + 1):
            run = " ".join(parts[start : start + length])
            yield run
            bare = PARTICLE.sub("", without_fillers(run))
            for match in BOOK.matches("called", plain(run)):
                bare = next((run[match.start(g) : match.end(g)] for g, one in match.groupdict().items() if one), bare)
            if bare != run:
                yield bare


def called_together(text: str, slugs: Sequence[str], words: Vocabulary) -> tuple[str, ...]:
    """Those of `slugs` that an order, `text`, calls one beside the other by a word or two of their names, or by what
    points one out: "put restaurant and the gun one on my list"."""
    works = [work for slug in dict.fromkeys(slugs) if (work := words.catalogue.by_slug.get(slug))]
    pieces = re.split(PHRASES.pattern("focus", "between"), tidy(text)[:SEARCHED])
    return tuple(dict.fromkeys(slug for piece in pieces if (slug := _called_alone(piece, works, words))))


def _called_alone(piece: str, works: Sequence[Work], words: Vocabulary) -> str:
    for said in (*pointed_out(piece), *(led[0] for led in LED_BY.finditer(piece))):
        if found := _one_by_name(said, works) or _one_by_story(said, works, words, MIN_POINTED):
            return found.slug
    if run := _one_by_run(piece, works, words):
        return run[0]
    if part := called_by_part(piece, tuple(work.slug for work in works), words):
        return part[0]
    parts = (word for word in _words_of(piece) if len(word) > MIN_LATIN)
    return next((found.slug for word in parts if (found := _one_by_name(word, works))), "")


def several_called(text: str, slugs: Sequence[str], catalogue: CatalogueSnapshot) -> tuple[str, ...]:
    """Works held against each other in `text` by half their names: "식당이랑 마왕님 중에"."""
    works = [work for slug in dict.fromkeys(slugs) if (work := catalogue.by_slug.get(slug))]
    found = []
    for piece in re.split(PHRASES.pattern("focus", "between"), tidy(text)[:SEARCHED]):
        last = piece.rpartition(",")[2]  # "which is longer, raven …"
        for said in (*heads(piece.strip()), *(heads(last.strip()) if last != piece else ())):
            one = _one_by_name(said, works) or (_whole(said, catalogue))
            if one:
                found.append(one.slug)
                break
    return tuple(dict.fromkeys(found))


def _whole(said: str, catalogue: CatalogueSnapshot) -> Work | None:
    return catalogue.find(said) if len(key(said)) > 1 and not said.isascii() else None


def pointed_out(source: str) -> Iterator[str]:
    """What stands before a word that points one out: "the … one", 「…のやつ」, "… 쪽"."""
    for match in BOOK.matches("called", plain(source)):
        for group, said in match.groupdict().items():
            if said is None:
                continue
            said = without_fillers(source[match.start(group) : match.end(group)].strip())
            parts = said.split()
            yield from (" ".join(parts[place:]) for place in range(len(parts)))


def _only_named(source: str, works: Sequence[Work]) -> Work | None:
    """The work of which two words of a name, or more, are all that `source` says: "gods games!!"."""
    said = _words_of(without_fillers(source))
    if len(said) < 2 or sum(len(word) >= MIN_LATIN for word in said) < 2:
        return None
    for told in (lambda work: work.names, lambda work: (work.synopses.get("en", ""),)):
        found = [work for work in works if any(f" {' '.join(said)} " in _unmarked(text) for text in told(work))]
        if len(found) == 1:
            return found[0]
    return None


def _one_by_run(source: str, works: Sequence[Work], words: Vocabulary) -> tuple[str, str] | None:
    """The work of which two words in a row tell, or more, by its names or else its synopsis, and these words: "do they
    marry in dukes daughter?", "bear onesie"."""
    said = _words_of(source)
    texts = (
        [(work, " ".join(_unmarked(name) for name in work.names)) for work in works],
        [(work, _unmarked(work.synopses.get("en", ""))) for work in works],
    )
    for length in range(min(MAX_RUN, len(said)), 1, -1):
        for start in range(len(said) - length + 1):
            run = said[start : start + length]
            if sum(len(word) >= MIN_LATIN for word in run) < 2 or _is_wish(" ".join(run), words):
                continue
            for told in texts:
                found = [work for work, text in told if f" {' '.join(run)} " in text]
                if len(found) == 1:
                    return found[0].slug, " ".join(run)
    return None


def _words_of(source: str) -> list[str]:
    return LATIN_WORD.findall(APOSTROPHE.sub("", fold(source)))


@lru_cache(maxsize=REMEMBERED)
def _unmarked(text: str) -> str:
    """The Latin words of `text`, with a blank around each, without apostrophes."""
    return f" {' '.join(_words_of(text))} "


def _one_by_name(said: str, works: Sequence[Work], *, pointed: bool = False) -> Work | None:
    """`pointed`: whether a word that points one out stands behind `said`, so that fewer letters tell: "the dog one"."""
    letters = letters_of(said)
    if (len(letters) < 2 and not (KANJI.fullmatch(letters) or (pointed and SCRIPTS["hangul"].fullmatch(letters)))) or (
        BOOK.has("no_title", plain(said)) and not any(c.isdigit() for c in letters)
    ):
        return None
    whole = [work for work in works if any(letters_of(name) == letters for name in work.names)]
    if len(whole) == 1:
        return whole[0]
    if said.isascii() and len(letters) < (MIN_POINTED if pointed else MIN_LATIN):
        return None
    if HIRAGANA.fullmatch(said) and len(letters) < MIN_KANA - pointed:
        return None
    found = [work for work in works if any(is_part(said, letters, name) for name in work.names)]
    found = found or [work for work in works if any(is_abridged(said, name) for name in work.names)]
    found = found or [work for work in works if any(_is_near_part(letters, name) for name in work.names)]
    return found[0] if len(found) == 1 else None


def is_part(said: str, letters: str, name: str) -> bool:
    """Whether `name` has `said`, whose `letters` are these, as a part: in Latin letters whole words, in Hangul what one of
    its words begins with."""
    if said.isascii():
        return f" {' '.join(LATIN_WORD.findall(said.lower()))} " in _latin_words(name)
    if not SCRIPTS["hangul"].search(letters):
        return letters in letters_of(name)
    return any(tail.startswith(letters) for tail in _tails(name))


def is_abridged(said: str, name: str) -> bool:
    """Whether `said` is two or more pieces of `name`: 「スライム300年」 of 「スライム倒して300年、…」."""
    pieces = pieces_of(said)
    return bool(pieces) and all(piece in key(name) for piece in pieces)


@lru_cache(maxsize=REMEMBERED)
def pieces_of(said: str) -> tuple[str, ...]:
    """The pieces by which `said` may stand for a name; none where they are too few or too short."""
    pieces = tuple(PIECES.findall(key(said)))
    return () if len(pieces) < 2 or said.isascii() or sum(map(len, pieces)) < MIN_ABRIDGED else pieces


def _is_near_part(letters: str, name: str) -> bool:
    """Whether a word of `name` was left unfinished, or one letter of it mistaken: "schwarzes", "alderamim"."""
    if len(letters) < (MIN_SLIP if letters.isascii() else MIN_ABRIDGED):
        return False
    parts = _long_pieces(name)
    begun = letters.isascii() and any(part.startswith(letters) for part in parts)
    return begun or any(is_slip(part, letters) for part in parts)


@lru_cache(maxsize=REMEMBERED)
def _long_pieces(name: str) -> tuple[str, ...]:
    return tuple(part for part in map(key, PIECES.findall(fold(name))) if len(part) >= MIN_ABRIDGED)


@lru_cache(maxsize=REMEMBERED)
def _latin_words(name: str) -> str:
    return f" {' '.join(LATIN_WORD.findall(fold(name)))} "


@lru_cache(maxsize=REMEMBERED)
def _tails(name: str) -> tuple[str, ...]:
    """The letters of `name` from each of its words on."""
    parts = fold(name).split()
    return tuple(letters_of("".join(parts[place:])) for place in range(len(parts)))


@lru_cache(maxsize=REMEMBERED)
def _story(synopsis: str) -> str:
    return plain(synopsis).replace("ー", "")


def _one_by_story(said: str, works: Sequence[Work], words: Vocabulary, shortest: int = MIN_LATIN) -> Work | None:
    """The one work that is told of by the words `said`, or that has what they name. `shortest`: letters of a Latin word
    that may tell of one."""
    letters = plain(said).replace("ー", "")
    if len(letters) < (shortest if said.isascii() else MIN_KANA if KANA.fullmatch(said) else 2) or BOOK.has(
        "no_title", plain(said)
    ):
        return None
    told = [work for work in works if any(_tells(_story(text), letters) for text in work.synopses.values())]
    if len(told) == 1:
        return told[0]
    tags = {
        m[1]
        for span in words.plain.find(Passage(said))
        for m in span.meanings
        if isinstance(m, tuple) and m[0] == "tag"
    }
    having = [work for work in works if any(work.tags.get(tag, 0) > 1 for tag in tags)]
    return having[0] if len(having) == 1 else None


def _tells(story: str, letters: str) -> bool:
    """Whether a synopsis has the words `letters`, in Latin ones as whole words: "cat" is in no "catastrophe"."""
    return bool(re.search(rf"\b{re.escape(letters)}", story)) if letters.isascii() else letters in story


def _is_wish(said: str, words: Vocabulary) -> bool:
    """Whether `said` is what can be wished for, and so what a question may be about."""
    spans = words.plain.find(Passage(said))
    return sum(span.end - span.start for span in spans) >= len(said) - 1


@lru_cache(maxsize=REMEMBERED)
def letters_of(name: str) -> str:
    """The letters of `name`, with its numbers as figures."""
    letters = key(name).translate(NUMBERS)
    for written, number in COUNTS:
        letters = letters.replace(written, number)
    return letters
