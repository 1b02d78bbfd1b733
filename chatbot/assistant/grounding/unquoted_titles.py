"""Titles in running text without any quotes, where the sentence says that they are books."""

import re
from collections.abc import Iterator
from functools import partial

from ..phrasebook import PHRASES, either
from .generic_words import CJK, is_generic
from .title_classifier import is_feature, is_label_like
from .title_cues import ENGLISH, JAPANESE, KOREAN
from .title_mentions import Named, keys_of

_words = partial(either, "unquoted_titles")

MAX_TITLE_LENGTH = 60
CLAUSE = re.compile(r"[^\n。.!?！？…,]{4,200}")
DRESSED = re.compile(r"[『《「〈“”‘\"*\[\]|<>`【_]")
KOREAN_OFFER = re.compile(
    rf"(?P<name>\S.{{2,58}}?){_words('object')}[ ](?:{_words('adverb')}[ ]){{0,2}}{_words('offer', 'ko')}"
)
KOREAN_IS = re.compile(
    rf"""
    {_words("counted")}(?:[ ]{_words("counted.of")})?{_words("topic.first")}[ ]
        (?P<name>\S.{{2,58}}?){_words("copula")}
    | (?P<asked>\S.{{2,58}}?){_words("topic")}?[,]?[ ]{_words("asks")}
    """,
    re.VERBOSE,
)
KOREAN_CALLED = re.compile(rf"(?P<name>\S.{{2,58}}?){_words('called', 'ko')}")
# Behind these a title may begin: who it is for, when, what was said before.
KOREAN_LEAD = re.compile(rf".*{_words('lead', 'ko')}[ ]")
JAPANESE_INTRO = re.compile(rf"{_words('intro')}{_words('intro.particle')}")
JAPANESE_OFFER = re.compile(rf"(?P<name>\S[^、]{{3,50}}?)(?:{_words('called', 'ja')}|{_words('offer', 'ja')})")
JAPANESE_INTRODUCED = re.compile(rf"(?P<name>[^\n。、！？!?]{{4,50}}?){_words('sentence_end')}(?=[。、！!？?\n]|$)")
JAPANESE_LEAD = re.compile(rf".*{_words('lead', 'ja')}")
NOT_AT_END = {language: re.compile(_words("no_title_end", language)) for language in ("ko", "ja")}
ENGLISH_RUN = rf"""
    (?P<name>[A-Z][\w'’-]*+
        (?: (?:[ ]{_words("within_title")})*+ [ ][A-Z0-9][\w'’-]*+ ){{1,12}}+
    )
"""
ENGLISH_OFFER = re.compile(
    rf"\b{_words('offer', 'en')}[ ](?:{_words('offer.object')}[ ]){{0,2}}{ENGLISH_RUN}", re.VERBOSE
)
ENGLISH_CALLED = re.compile(rf"\b{_words('called', 'en')}[ ]{ENGLISH_RUN}", re.VERBOSE)
ENGLISH_APPOSED = re.compile(
    rf"(?:,[ ]{_words('article')}[ ](?:[\w'-]+[ ]){{0,5}}?(?:{ENGLISH.kinds})\b|[ ]by[ ][A-Z]|[ ]\(\d{{4}})"
)
SMALL_WORDS = frozenset(PHRASES.phrases("unquoted_titles", "small_words"))
KINDS = re.compile(rf"(?:{KOREAN.kinds}|{JAPANESE.kinds}|{_words('kinds')})$")
NOT_AT_START = {language: re.compile(_words("no_title_start", language)) for language in ("ko", "ja")}
SAID_SO_FAR = re.compile(rf"(?:^|\s)[-–—:]|[-–—:]$|{_words('said_so_far')}")


def unquoted_titles(text: str) -> Iterator[Named]:
    """Yield a Named for each title that a sentence of `text` names without quotes."""
    for clause in CLAUSE.finditer(text):
        yield from _in_clause(text, clause.start(), clause.end())
    for pattern in (ENGLISH_OFFER, ENGLISH_CALLED):
        for match in pattern.finditer(text):
            yield _in_english(text, match, called=pattern is ENGLISH_CALLED)
    for match in JAPANESE_INTRO.finditer(text):
        yield from _behind_intro(text, match)


def _in_english(text, match, called):
    name = re.split(r"[ ]by[ ](?=[A-Z]\w+[ ][A-Z]\w+$)", match["name"])[0]
    words = name.split()
    counting = [word for word in words if word.lower() not in SMALL_WORDS]
    several = "and" in words or "or" in words  # one title, or two of which each may be known
    plain = len(counting) < 4 and len(counting) == len(words)
    apposed = ENGLISH_APPOSED.match(text, match.start("name") + len(name))
    claim = not several and len(counting) > 1 and (called or bool(apposed) or not plain) and not is_generic(name)
    return Named(match.start("name"), match.start("name") + len(name), name, claim=claim, keys=keys_of(name))


def _in_clause(text, start, end):
    clause = text[start:end]
    if not CJK.search(clause):
        return
    for pattern, lead in (
        (KOREAN_OFFER, KOREAN_LEAD),
        (KOREAN_CALLED, KOREAN_LEAD),
        (KOREAN_IS, KOREAN_LEAD),
        (JAPANESE_OFFER, JAPANESE_LEAD),
    ):
        if not (match := pattern.search(clause)):
            continue
        group = "asked" if match.groupdict().get("asked") else "name"
        name, place = match[group], match.start(group)
        whole = name
        if re.search("[~～〜]", name):
            pass  # a subtitle may be a whole sentence
        elif intro := JAPANESE_INTRO.match(name) or lead.match(name):
            place, name = place + intro.end(), name[intro.end() :]
        name, place = name.lstrip("、 "), place + len(name) - len(name.lstrip("、 "))
        if _may_be_title(name):
            at = start + place
            yield Named(at, at + len(name), name, keys=tuple(dict.fromkeys((*keys_of(whole), *keys_of(name)))))


def _behind_intro(text, intro):
    """ "もう一つは、…です。": what is introduced as one more."""
    match = JAPANESE_INTRODUCED.match(text, intro.end())
    if match and _may_be_title(match["name"]):
        yield Named(match.start("name"), match.end("name"), match["name"], keys=keys_of(match["name"]))


def _may_be_title(name):
    if len(name) < 5 or len(name) > MAX_TITLE_LENGTH or DRESSED.search(name) or name != name.strip():
        return False
    if SAID_SO_FAR.search(name):
        return False
    if is_generic(name) or is_feature(name) or is_label_like(name) or KINDS.search(name):
        return False
    if re.search("[가-힣]", name):
        return " " in name and not NOT_AT_START["ko"].match(name) and not NOT_AT_END["ko"].search(name)
    return not NOT_AT_END["ja"].search(name) and not NOT_AT_START["ja"].match(name) and CJK.search(name) is not None
