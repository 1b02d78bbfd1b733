"""Who wrote or drew a work, as a sentence states it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ....text.folding import key
from .statements import Statement, is_plain, pattern
from .subjects import FOREIGN, LANGUAGES, WORK, Sentence

# How a name is written: words of Hangul, capital words, a run of Japanese letters.
_NAME = {
    "ko": r"(?P<name>[가-힣A-Za-z0-9]{1,10}?(?: [가-힣A-Za-z0-9]{1,10}?)??)",
    "en": r"(?P<name>[A-Z][A-Za-z.'’-]{1,20}(?: [A-Z][A-Za-z.'’-]{0,20}){0,3})",
    "ja": r"(?P<name>[一-龥々ぁ-んァ-ヶーA-Za-z0-9・＝]{2,14}?)",
}
_LEADS = {kind: pattern(f"{kind}.before") for kind in ("author", "illustrator")}
_CLOSES = pattern("name.close")
_FOLLOWS = pattern("author.after")
_NO_NAME = pattern("name.not")


def _behind(kind: str, code: str) -> re.Pattern[str]:
    close = "" if code == "en" else rf"(?=[*_]{{0,2}}{_CLOSES[code].pattern})"
    return re.compile(rf"(?i:{_LEADS[kind][code].pattern})[ \t*_]{{0,4}}{_NAME[code]}{close}")


_NAMED_BEHIND = {kind: {code: _behind(kind, code) for code in LANGUAGES} for kind in _LEADS}
_BEFORE = {
    "ko": re.compile(r"([가-힣A-Za-z0-9]{1,10} )?([가-힣A-Za-z0-9]{1,10}) ?$"),
    "en": re.compile(r"([A-Z][A-Za-z.'’-]{1,20} )?([A-Z][A-Za-z.'’-]{1,20}) ?$"),
    "ja": re.compile(r"()([一-龥々ァ-ヶーA-Za-z0-9・＝]{2,14})$"),
}
_AROUND = 30


def credits_in(sentence: Sentence, whole: str, authors: Mapping[str, str]) -> Iterator[Statement]:
    """Names said to be of the author or the illustrator. `authors`: the keys of the names of all authors, by which one
    is known where no words set it apart."""
    # Names are told by their capitals, which the sentence has lost.
    cased = whole[sentence.start : sentence.start + len(sentence.text)]
    written = "".join(mask if mask in (WORK, FOREIGN) else one for mask, one in zip(sentence.text, cased, strict=True))
    language = sentence.language
    for kind, patterns in _NAMED_BEHIND.items():
        for found in patterns[language].finditer(written):
            if is_plain(sentence, *found.span("name")) and not _NO_NAME[language].search(found["name"]):
                yield Statement(kind, *found.span("name"), found["name"])
    for found in _FOLLOWS[language].finditer(sentence.text):
        before = _BEFORE[language].search(written[max(0, found.start() - _AROUND) : found.start()])
        if before and (one := _known(before, authors)) and is_plain(sentence, found.start(), found.end()):
            end = found.start() - (before.end() - before.end(2))
            yield Statement("author", end - len(one), end, one)


def _known(before: re.Match[str], authors: Mapping[str, str]) -> str:
    """The name at the end of the words before, where an author is called so."""
    both, last = f"{before[1] or ''}{before[2]}", before[2]
    return next((one for one in (both, last) if key(one) in authors), "")
