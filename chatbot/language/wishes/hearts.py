"""What is left of an ask once all that is understood in it is taken out: its heart, where no tag and no subject says it.

"A coward for a hero", "서술트릭", "大正時代が舞台": words of the story that only the plot's text can answer. What merely asks
("추천해 주세요", "something with") stands in `asking.txt` and is none.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ...text.matcher import Passage
from ..names import authors
from ..stances.parse import parse
from ..words import elsewhere, flavours
from ..words.mentions import Parsed
from ..words.phrasebook import PHRASES
from ..words.vocabulary import Vocabulary
from . import circumstances, first_ask

MAX_HEARTS = 1  # of one ask: more of them read like a report of errors
MAX_RUN = 4  # words of a heart
MAX_READ = 300  # letters among which they are looked for
MAX_WORDS = 30  # letters of a heart, as it is said back
COVERED = "\0"
GAP = re.compile(
    r"(?:[가-힣]{0,2}\s+(?:[가-힣]{1,3}\s+)?)?"
)  # between words side by side: what is left of a Korean particle
CLOSING = ("'", '"', "’", "”", "」")
VERBAL = re.compile(r"(?:s|ed|ing)$")

SENTENCE_END = re.compile(r"[.!?。！？\n]")
ITEM = re.compile(r"[^,、，/·]+")
CLAUSE = re.compile(r"[.,!?;:()。、，！？…\n~/·]+")
WORD = re.compile(
    r"[A-Za-z\u00df-\u024f][A-Za-z'’\u00df-\u024f-]*|[가-힣]+|[一-龥々〆ヵヶ]+|[ァ-ヺー]+|[ぁ-ゖ]+|\0+|[^\s\w\0]+"
)
LATIN, HANGUL, HAN = (re.compile(one) for one in (r"[a-z\u00df-\u024f]", "[가-힣]", "[一-龥々ァ-ヺ]"))


@dataclass(frozen=True, slots=True)
class Heart:
    """Words of an ask that nothing understood covers. `refused`: a story must not have that."""

    words: str
    refused: bool = False


@dataclass(frozen=True, slots=True)
class _Word:
    """A word that tells of a story: its place, where it ends as it is said back, and how it is looked for."""

    start: int
    end: int
    bare: str
    is_noun: bool


@cache
def _asking(*languages: str) -> re.Pattern[str]:
    return re.compile(PHRASES.pattern("asking", "word", *languages), re.IGNORECASE)


@cache
def _section(name: str, *languages: str, ends: bool = False) -> re.Pattern[str]:
    """`ends`: where it stands last."""
    return re.compile(PHRASES.pattern("asking", name, *languages) + ("$" if ends else ""), re.IGNORECASE)


def hearts_of(text: str, words: Vocabulary) -> tuple[Heart, ...]:
    """The hearts of `text`, the words of a turn that wish."""
    parsed = parse(first_ask.without(text, first_ask.read(text))[:MAX_READ], words)
    source = parsed.source
    found: dict[str, Heart] = {}
    for start, end in _places(source, _uncovered(parsed, words)):
        said = source[start:end]
        found.setdefault(said.lower(), Heart(said, _is_refused(source, start, end)))
    return (*_refused_items(parsed, words), *found.values())[:MAX_HEARTS]


def _refused_items(parsed: Parsed, words: Vocabulary) -> Iterator[Heart]:
    """Of a list of what is refused the items that nothing understood covers: "hard nos: harem, tentacles"."""
    left = _uncovered(parsed, words)
    for match in _section("refused_list").finditer(parsed.source):
        end = SENTENCE_END.search(parsed.source, match.end())
        for item in ITEM.finditer(parsed.source, match.end(), end.start() if end else len(parsed.source)):
            if item[0].strip() and COVERED not in left[item.start() : item.end()] and not _is_unjudged(item[0]):
                yield Heart(item[0].strip()[:MAX_WORDS], refused=True)


def _is_unjudged(said: str) -> bool:
    return bool(_section("unjudged").search(said))


def unjudged_in(text: str) -> list[str]:
    """What `text` asks of a book that nothing here tells of any: how old its heroine is, what is on its cover."""
    return [found[0].strip() for found in _section("unjudged").finditer(text[:MAX_READ])]


def names_something(text: str, words: Vocabulary) -> bool:
    """Whether `text` has a noun that nothing understood covers, be it wished for or not."""
    parsed = parse(text[:MAX_READ], words)
    left = _uncovered(parsed, words)
    places = _clauses(parsed.source)
    return any(one.is_noun for start, end in places for one in _content(left, parsed.source, start, end))


def _is_refused(source: str, start: int, end: int) -> bool:
    end += source[end : end + 1] in CLOSING  # "'국뽕' 없는"
    return bool(
        _section("refused_after").match(source, end) or _section("refused_before", ends=True).search(source[:start])
    )


def content_of(said: str) -> tuple[tuple[str, bool], ...]:
    """The words of a heart that tell of a story, without particles, and whether each is a noun."""
    lower = said.lower()
    return tuple(dict.fromkeys((one.bare, one.is_noun) for one in _content(lower, lower)))


def without_asking(text: str) -> str:
    """`text` without the words that only ask."""
    words = (found[0] for found in WORD.finditer(text))
    return " ".join(word for word in words if not _asking().fullmatch(word))


def tail_of(clause: str, words: Vocabulary) -> str:
    """What stands in a clause behind the last of it that is understood."""
    parsed = parse(clause[:MAX_READ], words)
    last = max((one.end for one in parsed.mentions), default=0)
    last = max([last, *(span.end for span in words.lexicon.find(Passage(parsed.source)) if span.end > span.start + 1)])
    tail = parsed.source[last:]
    # An ending of what is understood is no word of its own: "좋아하는데 …".
    return tail[tail.find(" ") + 1 :].strip() if last and " " in tail else tail.strip()


def _uncovered(parsed: Parsed, words: Vocabulary) -> str:
    """The source with everything blotted out that is understood already."""
    source = parsed.source
    letters = list(source)
    spans = [(one.start, one.end) for one in parsed.mentions]
    spans += [(span.start, span.end) for span in words.lexicon.find(Passage(source)) if span.end > span.start + 1]
    spans += [*flavours.spans(source), *circumstances.spans(source), *elsewhere.spans(source)]
    spans += [(start, end) for _, start, end in authors.named_whole(source, words.catalogue)]
    spans += [found.span() for found in _section("aside").finditer(source)]
    for start, end in spans:
        letters[start:end] = COVERED * (end - start)
    for found in _section("says_more").finditer(source):
        letters[found.start() : found.end()] = found[0]
    return "".join(letters)


def _places(source: str, left: str) -> Iterator[tuple[int, int]]:
    """Where the words stand that a clause plainly asks a story to have or not to have: "a book about …", "… 나오는"."""
    for start, end in _clauses(source):
        for run in _runs(_content(left, source, start, end), source):
            first, last = run[0].start, run[-1].end
            if len(run) > MAX_RUN or last - first > MAX_WORDS or not any(one.is_noun for one in run):
                continue
            if _is_asked_for(source, first, last, run) and not _is_cut(left, source, first, last):
                # "악역이 이기는 이야기": what the ending leads to is said back with it.
                head = _section("head").match(source, last)
                yield first, head.end() if head else last


def _clauses(source: str) -> Iterator[tuple[int, int]]:
    """Where each clause stands, but for those that tell of the reader."""
    start = 0
    for cut in [*CLAUSE.finditer(source), None]:
        end = cut.start() if cut else len(source)
        if not _section("reader").search(source[start:end]):
            yield start, end
        start = cut.end() if cut else end


def _runs(content: Iterable[_Word], source: str) -> Iterator[list[_Word]]:
    """The words that stand side by side, each run by itself."""
    run: list[_Word] = []
    for word in content:
        if run and not GAP.fullmatch(source, run[-1].end, word.start):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _is_cut(left: str, source: str, first: int, last: int) -> bool:
    """Whether some words are a piece of what is understood ("imperial [China]", 大学 and 生), or a letter by itself that
    does not come up in a story by name ("仲を深める")."""
    if HAN.match(source[first].lower()) and last - first == 1:
        return left[max(first - 1, 0) : first] == COVERED or not _section("comes_up").match(source, last)
    return bool(LATIN.match(source[first].lower())) and left[last:].lstrip(" ").startswith(COVERED)


def _is_asked_for(source: str, first: int, last: int, run: Sequence[_Word]) -> bool:
    """Whether what stands around some words says that a story is to have them, or not to have them."""
    before = source[:first]
    if _section("wished_after").match(source, last) or _section("wished_before", ends=True).search(before):
        return True
    if _section("cast_after").match(source, last) and _section("cast_before", ends=True).search(before):
        return True
    if len(run) > 1 and _section("head").match(source, last):
        return True
    return bool(_section("spurned_after").match(source, last) or _section("spurned_before", ends=True).search(before))


def _content(left: str, source: str, start: int = 0, end: int | None = None) -> Iterator[_Word]:
    """The words of `left`, the source with what is understood blotted out, that tell of a story, between two places."""
    for found in WORD.finditer(left, start, len(left) if end is None else end):
        first, last = found.span()
        word = found[0].lower()
        read = next((read for letters, read in _READ if letters.match(word)), None)
        if read and (one := read(left, source, first, last, word)):
            yield one


def _korean(left: str, source: str, start: int, end: int, word: str) -> _Word | None:
    bare, has_particle = _bare(word)
    is_particle = start and left[start - 1] == COVERED  # of what is understood
    if is_particle or len(bare) < 2 or _asking("ko").fullmatch(word) or _asking("ko").fullmatch(bare):
        return None
    framed = _section("frame_after", "ko").match(left, end)
    framed = framed or _section("refused_after", "ko").match(source, start + len(bare))
    is_noun = has_particle or bool(framed) or not _section("verbal").search(word)
    # "악역이 이기는 이야기": what the ending leads to needs it.
    leads_on = _section("leads_on").search(word) and left[end : end + 1] in (" ", "")
    return _Word(start, end if leads_on else start + len(bare), bare, is_noun)


def _english(left: str, source: str, start: int, end: int, word: str) -> _Word | None:
    if len(word) < 3 or _asking("en").fullmatch(word.replace("’", "'")):
        return None
    before = left[:start]
    # "The [prince] drops out": what an article belongs to may be understood already.
    led = _section("noun_after", ends=True).search(before) and not (
        before.rstrip().endswith(COVERED) and VERBAL.search(word)
    )
    is_noun = bool(led or _section("frame_after", "en").match(left, end))
    return _Word(start, end, word, is_noun)


def _japanese(left: str, source: str, start: int, end: int, word: str) -> _Word | None:
    if _asking("ja").fullmatch(word) or (len(word) == 1 and not _section("noun_ends").match(left, end)):
        return None
    return _Word(
        start, end, _section("suffix", "ja").sub("", word), bool(_section("frame_after", "ja").match(source, end))
    )


_READ = ((HANGUL, _korean), (LATIN, _english), (HAN, _japanese))


@lru_cache(maxsize=2048)
def _bare(word: str) -> tuple[str, bool]:
    """A Korean word without its particle or ending; whether it was a particle of nouns."""
    for section in ("particle", "ending"):
        if found := _section(section).search(word, 2):
            return word[: found.start()], section == "particle"
    return word, False
