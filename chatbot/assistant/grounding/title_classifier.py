"""Whether a phrase that a text sets apart is meant as a title: what is said around it, and how it ends."""

import re
from collections.abc import Callable
from functools import lru_cache, partial

from ..phrasebook import either
from .generic_words import CJK, is_generic
from .title_cues import ENGLISH, JAPANESE, KOREAN

_words = partial(either, "title_classifier")

REACH = 40  # characters behind a title in which it may be recommended
OPENING = '「『《〈“‘«‹〔【＜［"＂`'
JOINS = re.compile(rf"[ \t]?+(?:{_words('joins')}|、|・|,|/|&|＆)?+[ \t]?+(?:{_words('joins.word')}[ \t]++)?+")
ENDED = re.compile(r"[.!?。！？…\n]")
LINE_HEAD = re.compile(
    rf"""
    [ \t>#*_·•・▪●○◆■★☆▶►+\-–—]*+
    (?:[\[(（【]?+(?:\d{{1,2}}|[①-⑳])[\])）】.．、:]?+{_words("rank.unit")}?+[ \t*_]*+)?+
    [^\w\s「『《〈“‘«‹〔【＜［"'＂`<\[]{{0,3}}[ \t*_]*+
    """,
    re.VERBOSE,
)
LISTED = re.compile(r"[ \t>#*_]*+(?:[\[(（【]?+(?:\d{1,2}|[①-⑳])[\])）】.．、:]++)")
CLOSES_HEAD = re.compile(r"[*_]*+[\"'”’」』》〉】\]]?+[*_]*+[ \t]*+(?:$|[-–—―:：(（|/→⇒])", re.MULTILINE)

_KOREAN_AFTER = re.compile(rf"(?:\([^()\n]{{1,20}}\))?[ \t]?{_words('after', 'ko')}[ \t]")
_KOREAN_TOO = re.compile(
    rf"[ \t]?{_words('also', 'ko')}[ \t]?(?:[가-힣]{{1,5}}[ \t]){{0,2}}(?:{KOREAN.too}|{KOREAN.kinds})"
)
_KOREAN_CALLED = re.compile(
    rf"[ \t]?(?:{_words('called', 'ko')}[ \t](?:[가-힣]+[ \t])?(?:{KOREAN.kinds})"
    rf"|{_words('possessive', 'ko')}?(?:{KOREAN.bound}))"
)
_JAPANESE_AFTER = re.compile(rf"(?:[(（][^()（）\n]{{1,20}}[)）])?{_words('after', 'ja')}")
_JAPANESE_TOO = re.compile(rf"{_words('also', 'ja')}[^。、\n]{{0,8}}?(?:{JAPANESE.too})")
_JAPANESE_CALLED = re.compile(
    rf"{_words('called', 'ja')}(?:{JAPANESE.kinds})|{_words('possessive', 'ja')}?(?:{JAPANESE.bound})"
)
_ENGLISH_BEFORE = re.compile(
    rf"(?:\b(?:{ENGLISH.offers})[ \t]+(?:{_words('offers.object')}[ \t]+){{0,2}}"
    rf"|\b(?:{ENGLISH.before}),?:?[ \t]+)\W{{0,3}}$",
    re.IGNORECASE,
)
_SOME_WORDS = r"(?:[\w'-]+[ \t]){0,4}?"
_ENGLISH_AFTER = re.compile(
    rf"[^\w\n]{{0,3}}(?:[ \t]+(?:{ENGLISH.bound})"
    rf"|[ \t]+{_words('is')}[ \t]{_SOME_WORDS}(?:{ENGLISH.too}|{ENGLISH.kinds})\b"
    rf"|[ \t]*{_words('article')}[ \t]{_SOME_WORDS}(?:{ENGLISH.kinds})\b"
    rf"|[ \t]+{_words('comes_to_mind')})",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"(?:{KOREAN.before}|{JAPANESE.before})[ \t:：,、]*$")
_APPOSED = re.compile(rf",[ \t]?[^.\n,]{{1,24}}?(?:{KOREAN.kinds})(?:{_words('copula')}|[.\n]|$)")
_OFFERS = re.compile(rf"{KOREAN.offers}|{JAPANESE.offers}")
_LIKENS = re.compile(rf"[*_]*[ \t]?(?:{KOREAN.likens}|{JAPANESE.likens})")
_STOPS = re.compile(rf"{KOREAN.stops}|{JAPANESE.stops}")
_QUALIFIES = re.compile(rf"(?!(?:[가-힣]{{1,3}}[ \t])?(?:{KOREAN.offers})){_words('attributive')}")
_IN_A_ROW = re.compile(rf"[『《]([^『』《》\n]++)[』》][ *_]*(?:{_words('row')}|、|・|, ?)?[ ]?[^\w\n]?\Z")
_DIRECT = re.compile(rf"[ \t]?(?:{KOREAN.offers}|{JAPANESE.offers})")
_TOLD = re.compile(
    rf"[ \t]?(?:{_words('told.as', 'ko')}(?![가-힣 ]{{0,8}}(?:{KOREAN.kinds}))"
    rf"|{_words('told.as', 'ja')}(?!(?:[^。、\n]{{0,6}}(?:{JAPANESE.kinds})))"
    rf"|(?:{KOREAN.tells})(?![가-힣]{{4}})|(?:{JAPANESE.tells})(?![\u3400-\u9fff])|{_words('told.what')})"
)
_FEATURE = re.compile(rf"(?:{KOREAN.features}|{JAPANESE.features})[!.]?$|\b(?:{ENGLISH.features})$", re.IGNORECASE)
_LABEL = re.compile(rf"(?:{KOREAN.labels}|{JAPANESE.labels})[!?！？]?$", re.IGNORECASE)
_LATIN_LABEL = re.compile(rf"(?:the )?(?:{ENGLISH.labels})[!?]?", re.IGNORECASE)
_CHAPTER = re.compile(_words("chapter"))
_HEADING = re.compile(rf"{KOREAN.headings}|{JAPANESE.headings}|\b(?:{ENGLISH.headings})\b", re.IGNORECASE)
_OF_BOOKS = re.compile(_words("of_books"), re.IGNORECASE)
_DOES = re.compile(_words("does"))
_BULLET = re.compile(r"[ \t]*+(?:[-*•·・▪●○◆■★☆▶►+]|\d\d?[.)．、])")
_ASKS = re.compile(rf"[?？]$|{_words('asks')}", re.IGNORECASE)
_LABELLED = re.compile(
    rf"[ \t*_]*+[:：→⇒][ \t*_]*+(?:\[\[|[『《][^『』《》\n]{{1,120}}[』》](?!{_words('labelled.not')}))"
)


@lru_cache(maxsize=4000)
def is_label_like(name: str) -> bool:
    """Whether `name` ends as labels and headings do."""
    if not CJK.search(name):
        return bool(_LATIN_LABEL.fullmatch(name.strip(" .")))
    return bool(_LABEL.search(name) or _CHAPTER.match(name))


@lru_cache(maxsize=4000)
def is_feature(name: str) -> bool:
    """Whether `name` ends in what a book has: "섬세한 심리 묘사", "緻密な世界観", "Slow-Burn Romance"."""
    return bool(_FEATURE.search(name))


def does_something(name: str) -> bool:
    """Whether a Japanese phrase is a clause that tells what is done: "漫画風のイラストが付く"."""
    return bool(_DOES.search(name))


def is_told_as_phrase(text: str, end: int) -> bool:
    """Whether what ends at `end` is called a word, a feeling, a rule: "『ゆるく読みたい』という気分"."""
    return bool(_TOLD.match(text, end))


def stands_at_head(text: str, start: int) -> bool:
    """Whether nothing but bullets, numbers and ornaments stands before `start` on its line."""
    begin = text.rfind("\n", 0, start) + 1
    return start - begin < 24 and bool(LINE_HEAD.fullmatch(text, begin, start))


def closes_head(text: str, end: int) -> bool:
    """Whether behind `end` the line ends, or a sign divides it from what is said."""
    return bool(CLOSES_HEAD.match(text, end))


def is_numbered(text: str, start: int) -> bool:
    """Whether the line of `start` is numbered."""
    return bool(LISTED.match(text, text.rfind("\n", 0, start) + 1))


def is_list_of_features(text: str, start: int, bare: bool = False) -> bool:
    """Whether the item at `start` stands in a list whose heading tells of anything but books.

    `bare`: nothing is said of the item, so below a question it may be a choice of moods.
    """
    begin = text.rfind("\n", 0, start) + 1
    if not _BULLET.match(text, begin):
        return False
    for line in reversed(text[max(0, begin - 1500) : begin].split("\n")[:-1]):
        if line.strip() and not _BULLET.match(line.replace("**", "")):
            heading = line.strip(" #*_:：")
            if len(heading) > 60 or _OF_BOOKS.search(heading) or _OFFERS.search(heading):
                return False
            return bool(_HEADING.search(heading)) or (bare and bool(_ASKS.search(heading)))
    return False


def labels_a_name(text: str, end: int) -> bool:
    """Whether what ends at `end` is the label of a name behind it: "머리를 쓰고 싶을 때 → 『…』"."""
    return bool(_LABELLED.match(text, end))


def has_cue(text: str, start: int, end: int, dressed: Callable[[str, int], re.Match | None]) -> bool:
    """Whether what stands at `start` to `end` is spoken of as a book; `dressed` finds the next name in quotes."""
    before, place = text[max(0, start - REACH) : start], end
    if _is_cued_before(before, text[start:end]):
        return True
    for _ in range(6):
        if _is_cued_behind(text, place):
            return True
        join = JOINS.match(text, place)
        following = dressed(text, join.end())
        if not following:
            return False
        if following["sure"]:
            return not is_told_as_phrase(text, following.end()) and not is_generic(following[0])
        place = following.end()
    return False


def is_likened(text: str, end: int) -> bool:
    """Whether a book is compared with what ends at `end`, or somebody is said to like or know it."""
    return bool(_LIKENS.match(text, end))


def _is_cued_before(before, name):
    if (row := _IN_A_ROW.search(before)) and not is_generic(row[1]):
        return True
    if CJK.search(name):
        return bool(_BEFORE.search(before))
    return bool(_ENGLISH_BEFORE.search(before))


def _is_cued_behind(text, end):
    after = text[end : end + REACH + 40].lstrip("*_")
    if _TOLD.match(after):
        return False
    if _KOREAN_CALLED.match(after) or _JAPANESE_CALLED.match(after) or _ENGLISH_AFTER.match(after):
        return True
    if _KOREAN_TOO.match(after) or _JAPANESE_TOO.match(after) or _APPOSED.match(after) or _DIRECT.match(after):
        return True
    particle = _KOREAN_AFTER.match(after) or _JAPANESE_AFTER.match(after)
    if not particle:
        return False
    clause = _clause(after[particle.end() :])
    return bool(_OFFERS.search(clause)) and not _QUALIFIES.match(clause)


def _clause(after):
    """What is said up to the end of the clause or to the next name."""
    after = after[:REACH]
    for stop in (ENDED.search(after), _STOPS.search(after), re.search(f"[{OPENING},、]", after[1:])):
        if stop:
            after = after[: stop.start() + 1]
    return after
