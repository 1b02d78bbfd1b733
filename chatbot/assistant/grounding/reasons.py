"""The reason of a pick as a sentence of its own: without what tied it to the mark or the title before it."""

import re
from functools import partial

from ...text.particles import agreeing
from ..phrasebook import either
from .candidates import Given, given_of
from .led_lines import CLOSES, NOTE, OPENS
from .marks import EMOJI

_words = partial(either, "reasons")

REASON_WORD = _words("reason_word")
PARTICLE = re.compile(
    rf"""
    {_words("particle", "ko")}(?=[ \t,.:!?·—\-]|$)
    | [ \t]++{_words("particle.apart")}(?=[ \t,]|$)
    | [ \t]++{_words("particle.copula", "ko")}(?=[.,!])
    | {_words("particle.copula", "ja")}(?=[。、.,\s]|$)
    | {_words("particle", "ja")}
    | ['’]s(?=[ \t])
    """,
    re.VERBOSE,
)
# What leads from the work to what is said of it, and says nothing itself.
LINK = re.compile(rf"[ \t\u3000]*+{_words('link')}[、,，:：]?[ \t]*+(?=\S)")
OFFER = re.compile(rf"[ \t]*+{_words('offer.particle')}{_words('offer.verb')}[.。!！]++[ \t]*+")
CLAUSE = re.compile(rf"(?:,[ \t]{_words('clause.lead')},?[ \t])?(?:[ \t]?{_words('clause.verb')}\b|['’]s[ \t])")
# Behind a space the Japanese particles begin words of their own: とても, にぎやか.
TIES = re.compile(rf"[ \t]?{_words('ties', 'ko')}|{_words('ties', 'ja')}")
PUNCTUATION = re.compile(
    rf"[ \t\u3000]*+(?:(?:[,，、.:：;；。!！·・|/–—―─→⇒←=>~～〜▶►…-]|{EMOJI}[ \t]*+(?=[-–—→:：]))*+[ \t\u3000]*+)"
)
LABEL = re.compile(
    rf"""
    (?:[-*•·▪–—+▶►>][ \t]++|・[ \t]*+)?
    [*_【\[(（]{{0,3}}
    (?: {REASON_WORD}[*_】\])）]{{0,3}}[ \t]*+[:：–—-]
      | (?<=[【\[(（]){REASON_WORD}[】\])）]
      | {_words("summary_label")}[*_】\])）]{{0,3}}[ \t]*+[:：]
    )
    [*_]{{0,3}}[ \t]*+
    """,
    re.IGNORECASE | re.VERBOSE,
)
FIELD_WORD = _words("field")
FIELD = re.compile(
    rf"[ \t]*+(?:[-*•·▪–—+>][ \t]*+|・)?[*_【\[\"]{{0,3}}{FIELD_WORD}[*_】\]\"]{{0,3}}[ \t]*+[:：]", re.IGNORECASE
)
WITHIN = re.compile(rf"[*_【\[(（]{{0,3}}\b{REASON_WORD}[*_】\])）]{{0,3}}[:：][*_]{{0,3}}[ \t]*+", re.IGNORECASE)
_STARS = r"(?:[★☆⭐🌟]\ufe0f?){2,10}(?:[ \t]*+[(（]?\d(?:\.\d)?(?:[ \t]?/[ \t]?\d{1,3})?[)）]?)?"
_SCORE = rf"(?:{_STARS}|\d{{1,3}}(?:\.\d{{1,2}})?[ \t]?(?:/[ \t]?\d{{1,3}}|%|{_words('rated.unit')})?)"
_RATED = _words("rated")
RATING = re.compile(
    rf"""
    [★☆]?[*_(（\[]{{0,3}}{_RATED}[*_]{{0,2}}[ \t]*+[:：][*_]{{0,2}}[ \t]*+{_SCORE}[)）\]]?[ \t]*+[|·,.、。—–-]?
    | {_STARS}
    | (?<![\d.])\d{{1,2}}(?:\.\d)?[ \t]?/[ \t]?(?:10|5)(?!\d)
    """,
    re.IGNORECASE | re.VERBOSE,
)
# An address between dashes, or alone behind the title: the page links nowhere.
BESIDES = re.compile(r"(?:^|(?<=[-–—|·]))[ \t]*+[-–—|·]?[ \t]*+https?://\S{1,300}[ \t]*+[-–—|·]*+")
# Genres, status and the like in brackets before what is said.
DATA_NOTE = re.compile(r"[(（\[【][^()（）\[\]【】\n]{1,60}[)）\]】][ \t]*+(?=\S)")
RATED = re.compile(rf"{_RATED}|{_words('status')}", re.IGNORECASE)
ASKED = re.compile(rf"\*\*{_words('asks_why')}[?？]\*\*[ \t]*+", re.IGNORECASE)
OWNS = re.compile(r"['’]s[ \t]")
QUOTE = re.compile(r"^[ \t>]*>[ \t>]*+")


def reason_behind(line: str, place: int, given: Given | None = None, slug: str = "") -> str:
    """What `line` says behind the mark that ends at `place`, fit to stand alone under the title."""
    return cleaned(line[place:], given, slug)


def cleaned(rest: str, given: Given | None = None, slug: str = "") -> str:
    """`rest` of a line without closing marks, the title said again, particles, labels and ratings."""
    given = given_of(given or ())
    rest = rest.lstrip("*_")
    rest = rest[CLOSES.match(rest).end() :] if CLOSES.match(rest) and not OWNS.match(rest) else rest
    rest, said_again = _without_title(rest, given, slug)
    rest = NOTE.sub("", rest, count=1) if _is_note(rest, said_again) else rest
    rest = _without_tie(rest, given, slug)
    return without_label(rest)


def _without_title(rest, given, slug):
    for _ in range(2):
        skipped = re.compile(r"[ \t\u3000]*+(?:[:：—–―─|→-]++[ \t]*+)?").match(rest).end()
        opened = OPENS.match(rest, skipped)
        start = opened.end() if opened else skipped
        if rest.startswith(f"[[{slug}]]", start):
            end = start + len(slug) + 4
        elif (found := given.title_at(rest, start)) and found[0] == slug:
            end = found[1]
            if not opened and not _is_set_apart(rest, end):
                return rest, False
        else:
            return rest, False
        closed = CLOSES.match(rest, end)
        if closed and rest[closed.end() : closed.end() + 1].isalnum() and not PARTICLE.match(rest, closed.end()):
            return rest, False
        rest = rest[closed.end() if closed else end :]
        if opened and not closed:
            return rest, True
        return rest, True
    return rest, True


SET_APART = re.compile(rf"[*_ \t]*+(?:[:：—–―─|→(（。.,、]|-[ \t]|$)|{_words('set_apart')}")


def _is_set_apart(rest, end):
    """Whether the title is said for itself, and does not begin a sentence: "T: …", "T is …"."""
    return bool(SET_APART.match(rest, end))


VOLUMES = re.compile(
    rf"[(（]{_words('volumes.of')}?[ \t]?\d{{1,3}}[ \t]?{_words('volumes.unit')}[^()（）\n]{{0,20}}[)）]", re.IGNORECASE
)


def _is_note(rest, said_again):
    found = NOTE.match(rest)
    if found and found[0].lstrip()[:1] in ",b":
        return True
    if not found or found.end() == len(rest.rstrip()):
        return bool(found and said_again)
    return said_again or bool(VOLUMES.match(rest.lstrip()))


def _without_tie(rest, given, slug):
    """`rest` without the particle that tied it to the title; with the title again where it would be a stump."""
    title = _title_for(rest, given, slug)
    if found := OFFER.match(rest):
        told = rest[found.end() :].strip()
        return told or (f"{title}{rest.strip()}" if title else rest.strip())
    if found := LINK.match(rest):
        return rest[found.end() :]
    if title and (found := CLAUSE.match(rest)):
        return f"{title}{rest}" if found[0][:1] in " ,'’" else f"{title} {rest}"
    if title and TIES.match(rest):
        particle = agreeing(title, rest)
        return f"{title}{particle[0]}{rest[particle[1] :].rstrip()}" if particle else f"{title}{rest.rstrip()}"
    return PARTICLE.sub("", rest, count=1) if PARTICLE.match(rest) else rest


def _title_for(rest, given, slug):
    """The title of a work in the language of what is said of it."""
    titles = given.titles.get(slug, ())
    hangul, kana = re.compile("[가-힣]"), re.compile("[\u3040-\u30ff]")
    if hangul.search(rest):
        return next(filter(hangul.search, titles), "")
    if kana.search(rest):
        return next(
            (one for one in titles if not hangul.search(one) and re.search("[\u3040-\u30ff\u3400-\u9fff]", one)), ""
        )
    return next(
        (one for one in titles if re.search("[A-Za-z]", one) and not re.search("[\u3040-\u9fff가-힣]", one)), ""
    )


TAIL = re.compile(
    rf"[ \t]*+[*_(（]{{0,3}}{_words('genres')}[*_]{{0,2}}[ \t]?[:：][^.。\n:：]{{1,80}}[.。)）]?[ \t]*+$", re.IGNORECASE
)


def _without_tail(rest):
    """`rest` without the genres and tags said behind it."""
    for _ in range(2):
        start = max(rest.rfind(":"), rest.rfind("："))
        found = TAIL.search(rest, max(0, start - 12)) if start > 0 else None
        if not found or not rest[: found.start()].strip():
            break
        rest = rest[: found.start()]
    return rest


def without_label(rest: str) -> str:
    """`rest` without the label, the fields and the rating about what is said."""
    rest = QUOTE.sub("", rest).lstrip()
    if (found := DATA_NOTE.match(rest)) and (RATED.search(found[0]) or "/" in found[0]):
        rest = rest[found.end() :]
    rest = _without_tail(RATING.sub(" ", rest))
    rest = BESIDES.sub("", rest) if "://" in rest else rest
    rest = rest[PUNCTUATION.match(rest).end() :].strip()
    if FIELD.match(rest) and (found := WITHIN.search(rest, 0, 600)):
        rest = rest[found.end() :]
    for _ in range(3):
        found = ASKED.match(rest) or LABEL.match(rest)
        bracketed = re.match(rf"[【\[(（]{REASON_WORD}[】\])）][ \t]*+[:：]?[ \t]*+", rest, re.IGNORECASE)
        found = bracketed or found
        if not found:
            break
        rest = rest[found.end() :]
        rest = rest[PUNCTUATION.match(rest).end() :]
    return rest.strip() if any(map(str.isalnum, rest)) else ""
