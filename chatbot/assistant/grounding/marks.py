"""The marks by which a voice points at works, whatever dress a model puts them in.

A mark is `[[slug]]`. Models write 【slug】, `slug`, [slug](address), `id: slug`, a title where the slug should be, and
more; here all of it is rewritten to marks, of which the reading of a reply knows only the one form.
"""

import re
from collections.abc import Collection
from functools import partial
from typing import NamedTuple

from ..candidate_ids import id_meant_by, is_id
from ..phrasebook import PHRASES, either

_words = partial(either, "marks")

MARK = r"\[\[([^\[\]\n]{1,160})\]\]"
MARKED = re.compile(MARK)

# Possessive wherever two parts could share a character: a model that lost itself must be read in linear time.
_LETTER = "A-Za-z0-9Ａ-Ｚａ-ｚ０-９"
_ID = rf"[{_LETTER}][{_LETTER}_＿\-‐‑－]{{0,79}}+"
_LABEL = (
    rf"[*_]{{0,2}}(?<![A-Za-z])(?:{_words('label.of')}[ \t]?{_words('label.possessive')}?)?"
    rf"{_words('label.id')}[*_]{{0,2}}[ \t]*+[:：=][*_]{{0,2}}[ \t]*+"
)
LABEL = re.compile(_LABEL, re.IGNORECASE)
# Only before a mark, as they lead titles just as well.
_TITLED = rf"{_words('titled')}(?:[ \t]?\d{{1,2}})?"
_NOT_TOP = "".join(f"(?<!{word} )" for word in PHRASES.phrases("marks", "titled.not_behind"))
BEFORE_MARK = re.compile(
    rf"(?:{_LABEL}|{_NOT_TOP}[*_]{{0,2}}{_TITLED}[*_]{{0,2}}[ \t]*+[:：][*_]{{0,2}}[ \t]*+)(?=\[\[)",
    re.IGNORECASE,
)
ADDRESS = r"(?:\([^()\s]{0,300}\))?"
DOUBLE = re.compile(rf"[\[［【]{{2}}([^\[\]［］【】\n]{{1,160}}+)([\]］】]{{1,2}}){ADDRESS}")
PAIRS = {
    **dict(zip("[［【(（<＜{｛«‹“‘「『《〈〔", "]］】)）>＞}｝»›”’」』》〉〕", strict=True)),
    **{mark: mark for mark in ("`", '"', "'", "**", "__", "*", "_")},
}
_OPENING = "|".join(re.escape(mark) for mark in sorted(PAIRS, key=len, reverse=True))
WRAPPED = re.compile(
    rf"""
    (?<![A-Za-z0-9\[])
    (?P<open>{_OPENING})[ \t]*+
    (?P<label>{_LABEL})?(?P<id>{_ID})[ \t]*+
    (?P<close>\*\*|__|[\]］】)）>＞}}｝»›”’」』》〉〕`"'*_])(?!\])
    {ADDRESS}
    """,
    re.IGNORECASE | re.VERBOSE,
)
DRESSED = re.compile(
    "|".join(
        rf"{re.escape(opening)}(?=\[\[){MARK}{re.escape(closing)}"
        for opening, closing in sorted(PAIRS.items(), key=lambda pair: -len(pair[0]))
        if opening not in "(（"  # a mark behind a title, "The Tale (mark)", keeps its brackets
    )
)
BARE = re.compile(
    rf"""
    \[\[[^\[\]\n]*+\]\]  # what is a mark already is passed over, and so are addresses
    | https?://\S*+
    | (?<![{_LETTER}_/.@#=&\-])(?P<label>{_LABEL})?(?P<id>{_ID})(?![./=@:][A-Za-z0-9])
    """,
    re.IGNORECASE | re.VERBOSE,
)
EMOJI = "(?:[0-9]\ufe0f?\u20e3|[\u2190-\u2bff\U0001f000-\U0001faff]\ufe0f?)"
HEAD = re.compile(
    rf"""
    [ \t>|]*+(?:[*_]{{1,3}}(?=\d))?
    (?: {EMOJI}
      | [-*•·・▪●○◆■★☆▶►–—+]
      | \#{{1,6}}
      | [(（]?\#?\d{{1,2}}(?:{_words("rank.unit")})?[.)）．、:：]
      | [①-⑳]
    )?+
    [ \t]*+[*_#]*+[ \t]*+[(（]?
    """,
    re.VERBOSE,
)
SEPARATED = re.compile(r"[ \t*_]*+(?:[:：—–|=→,，]|-(?![A-Za-z0-9])|\n|$)")
CJK = "가-힣\u3040-\u30ff\u3400-\u9fff"
IN_CJK_BEFORE = re.compile(rf"(?:^|[{CJK}])[^\w\n]{{0,3}}$")
IN_CJK_AFTER = re.compile(rf"[ \t]?[{CJK}]")
PARTED = "¦"  # between slug and title in a mark: a bar would part the cells of a table
CELL_BEFORE, CELL_AFTER = re.compile(r"\|[ \t]*+$"), re.compile(r"[ \t]*+\|")  # all of a cell of a table
MAX_PARTS = 8  # works pointed at in one pair of brackets

# What may become a mark once the rest has come.
HALF_DOUBLE = re.compile(r"[\[［【]{1,2}[^\]］】\n]{0,160}[\]］】]?$")
HALF_ADDRESS = re.compile(r"(?<=[\]］】])\([^()\s]{0,300}$")
HALF_ID = re.compile(
    rf"""
    (?P<open>(?:(?:{_OPENING})[ \t]*+){{0,3}}+)
    (?:(?P<label>{_LABEL})|(?<![{_LETTER}_/.@#=&\-]))
    (?P<id>{_ID})?(?P<rest>[ \t]*+)$
    """,
    re.IGNORECASE | re.VERBOSE,
)
HALF_LABEL = re.compile(
    rf"(?<![A-Za-z])(?:{_words('label.of.half')}[ \t]?{_words('label.possessive')}?)?"
    rf"{_words('label.id.half')}[*_]{{0,2}}[ \t]*$",
    re.IGNORECASE,
)
HALF_DRESS = re.compile(r"(?:[［【(（<＜{｛«‹“‘「『《〈〔]|(?:(?<=\s)|^)(?:[`\"'*_]{1,3}))+[ \t]*$", re.MULTILINE)
DRESS_BEFORE_MARK = re.compile(rf"(?:{_OPENING}){{1,3}}\[\[[^\[\]\n]{{1,160}}\]\]$")


class Mark(NamedTuple):
    """What one mark holds: a slug in lower case, or "" where it is none, and the name as it is written."""

    slug: str
    name: str


def read_mark(inside: str) -> Mark:
    """What stands between the brackets of a mark, as a Mark."""
    slug, _, title = inside.replace("|", PARTED).partition(PARTED)
    slug = slug.strip()
    if is_id(slug):
        return Mark(slug.lower(), title.strip() or slug)
    return Mark("", title.strip() or slug)


def with_marks(text: str, slugs: Collection[str], *, unfinished: bool = False) -> str:
    """`text` with everything that points at one of `slugs` as a mark, and only marks in double brackets.

    `unfinished`: what may still become a mark is held back.
    """
    if unfinished:
        text = _without_half(text, slugs)
    text = DOUBLE.sub(lambda found: _double(found, slugs), text)
    if slugs:
        text = WRAPPED.sub(lambda found: _wrapped(found, slugs), text)
        text = BARE.sub(lambda found: _bare(found, slugs), text)
    for _ in range(3):
        text, changed = DRESSED.subn(_undressed, text)
        if not changed:
            break
    if unfinished:
        text = DRESS_BEFORE_MARK.sub("", text)
    return BEFORE_MARK.sub("", text)


def _undressed(found):
    return f"[[{next(filter(None, found.groups()))}]]"


def _double(found, slugs):
    inside = found[1].strip()
    if pointed := _pointed(inside, slugs):
        return ", ".join(f"[[{slug}]]" for slug in pointed)
    inside = LABEL.sub("", inside, count=1).strip(" \t|*_`\"'「」『』《》“”‘’")
    if len(found[2]) < 2 or not any(map(str.isalnum, inside)):
        return found[0]
    return f"[[{inside.replace('|', PARTED)}]]"


def _pointed(inside, slugs):
    """The works among `slugs` that the inside of double brackets points at: "id", "id: x", "x|title", "a, b"."""
    if (whole := id_meant_by(inside)) in slugs:
        return [whole]
    for part in re.split(r"[|:：=]", inside, maxsplit=MAX_PARTS):
        several = [
            id_meant_by(one.strip("*_`\"' ")) for one in re.split(r"[,，、;/]|\band\b", part, maxsplit=MAX_PARTS)
        ]
        if several and all(one in slugs for one in several):
            return list(dict.fromkeys(several))
    return []


def _wrapped(found, slugs):
    slug = id_meant_by(found["id"])
    if slug not in slugs or PAIRS[found["open"]] != found["close"]:
        return found[0]
    # "(86)" may be a page and "[86]" a note; a word in italics or single quotes may be a word, and is more than that
    # only where Latin letters are out of place.
    doubtful = slug.isdecimal() or found["open"] in "*_'‘"
    if not doubtful or found["label"] or "-" in slug or _leads(found.string, found.start()):
        return f"[[{slug}]]"
    return f"[[{slug}]]" if _is_foreign_here(found, slug) else found[0]


def _leads(text, place):
    """Whether nothing but a bullet or a number stands before `place` on its line."""
    start = text.rfind("\n", max(0, place - 24), place) + 1
    if not start and place > 24:
        return False
    return bool(HEAD.fullmatch(text, start, place))


def _bare(found, slugs):
    if not found["id"] or (slug := id_meant_by(found["id"])) not in slugs:
        return found[0]
    # With capitals it is rather a part of a title: 『Dokuro-chan Returns!』.
    is_slug = "-" in slug and found["id"].islower()
    if found["label"] or is_slug or _stands_apart(found, slug):
        return f"[[{slug}]]"
    return found[0]


def _stands_apart(found, slug):
    """Whether a bare slug of one word cannot be a word of the text.

    "overlord", "gate" and "86" are English words and numbers, and a mention lays a card: so it must lead its line with
    a separator or nothing behind it. Among Korean or Japanese words Latin ones in the slug's very spelling are no
    words of the language, but numbers are.
    """
    if _leads(found.string, found.start()) and SEPARATED.match(found.string, found.end()):
        return True
    is_cell = CELL_BEFORE.search(found.string[max(0, found.start() - 8) : found.start()])
    return bool(is_cell and CELL_AFTER.match(found.string, found.end())) or _is_foreign_here(found, slug)


def _is_foreign_here(found, slug):
    """Whether `slug` stands in its very spelling among Korean or Japanese words."""
    text = found.string
    if slug.isdecimal() or len(slug) < 4 or found["id"] != slug:
        return False
    before = text[
        max(text.rfind("\n", max(0, found.start() - 8), found.start()) + 1, found.start() - 8) : found.start()
    ]
    return bool(IN_CJK_AFTER.match(text, found.end())) and bool(
        _leads(text, found.start()) or IN_CJK_BEFORE.search(before)
    )


def _without_half(text, slugs):
    """`text` without its end, as far as that may be the beginning of a mark. Looks no further back than a mark is long."""
    start = max(text.rfind("\n") + 1, len(text) - 400)
    kept, tail = text[:start], text[start:]
    tail = HALF_DOUBLE.sub("", HALF_ADDRESS.sub("", tail))
    tail = HALF_LABEL.sub("", tail) if slugs else tail
    found = HALF_ID.search(tail) if slugs else None
    if found and (found["label"] or _may_grow(found, kept + tail, len(kept), slugs)):
        tail = tail[: found.start()]
    return kept + HALF_DRESS.sub("", tail)


def _may_grow(found, text, start, slugs):
    """Whether the last word of a growing text may turn out to point at a work."""
    if not found["id"]:
        return False
    begun = id_meant_by(found["id"])
    if found["rest"]:
        # Behind a bare slug at the head of a line a separator may follow, or a sentence.
        return begun in slugs and "-" not in begun and _leads(text, start + found.start("id"))
    return any(slug.startswith(begun) for slug in slugs)
