"""Lines that a candidate leads: by its title, or by its mark behind a few words, it is a pick as by its mark alone."""

import re
from collections.abc import Collection
from functools import partial

from ..phrasebook import either
from .candidates import PARTICLE, Given
from .marks import CJK, EMOJI

_words = partial(either, "led_lines")

# --- What may stand before ------------------------------------------------------------------------------------------

SPACE = re.compile(r"[ \t\u3000>]++")
STRESS = re.compile(r"[*_]{1,3}+")
COUNTED = rf"{_words('counted')}?(?:[ \t]?{_words('counted.of')})?{_words('topic')}?"
_SIGNS = rf"""
    \#{{1,6}}(?=[ \t])
    | {EMOJI}
    | [*+](?=[ \t])
    | [-•·・▪●○◆■★☆▶►–—―→](?!\w)
    | [・◆■□◇★☆●◎〇○▶▼▷→✔✓]
    | [①-⑳❶-❿]
    | \[[ xX]?\](?=[ \t])
    | </?(?:b|strong|i|em|br|h[1-6]|li|p)[ \t]?/?>
"""
_NUMBERS = rf"""
    [(（【\[]?(?:{_words("number.before")}|\#)?\d{{1,2}}{COUNTED}(?:[)）】\].．、:：]{{1,2}}|(?![A-Za-z0-9%]))
    | [(（]?(?:[A-E]|[IVX]{{1,4}})[.)）](?=[ \t])
    | [Ⅰ-Ⅻ][.．、:：]?
"""
_ORDINALS = rf"""
    {_words("ordinal")}
    | {_words("ordinal.counted")}{COUNTED}[、,:：]?
"""
_COUNTED_WORDS = rf"{_words('counted_word')}[ \t]?(?=[#①-⑳\d])"
LEADS = re.compile("|".join((_SIGNS, _NUMBERS, _ORDINALS, _COUNTED_WORDS)), re.IGNORECASE | re.VERBOSE)
# One more work that a paragraph of its own goes on to: "그리고 [[x]]도 …", "And [[x]] is …".
JOINED = re.compile(
    rf"""
    [ \t]*+(?P<joint>{_words("joined")}[、,]?[ \t]*+)
    \[\[(?P<slug>[^\[\]\n|¦]{{1,80}})\]\][*_]{{0,3}}
    (?:[ \t]?{_words("joined.also", "ko", "ja")}|{_words("joined.also", "en")})
    """,
    re.IGNORECASE | re.VERBOSE,
)
SAME = r"[ \t:：—–-]*+[(（\[]?\[\[{}\]\][)）\]]?[*_]{{0,3}}"
LABEL = re.compile(r"[^\n:：\[\]「」『』《》。.!?！？|]{1,40}+[:：][*_]{0,2}+[ \t\u3000]*+")
# Behind a title: it is told not to be read.
REFUSES = re.compile(_words("refuses"), re.IGNORECASE)
# Before it: what follows is not what is offered.
KEEPS_FROM = re.compile(rf"{_words('keeps_from')}[ \t]++(?:{_words('keeps_from.object')}[ \t]++)?$", re.IGNORECASE)
SPEAKS_OF = re.compile(_words("speaks_of"), re.IGNORECASE)
SAYS_NOTHING_NEW = re.compile(_words("says_nothing_new"), re.IGNORECASE)
LIKENS = re.compile(rf"[ \t]*+{_words('likens')}", re.IGNORECASE)
OPENS = re.compile(r"[『「《〈“‘\"'\[［【<＜(（`*_]{1,6}+")
CLOSES = re.compile(r"(?:</(?:b|strong|i|em|h[1-6])>){1,2}|[』」》〉”’\"'\]］】>＞)）`*_]{1,6}+")
MARK_HERE = re.compile(r"[*_『「《“\"'(（【<]{0,4}\[\[([^\[\]\n|¦]{1,80})")
MAX_PIECES = 12


# --- What may stand behind ------------------------------------------------------------------------------------------

ENDS = re.compile(rf"[ \t\u3000]*+(?:[*_。.…~～:：]|{EMOJI}[ \t]*+)*+[ \t\u3000]*+$")
PARTS = re.compile(r"[ \t\u3000]*+(?:[:：—–―─|=→⇒←▶~～〜]|-(?=[ \t])|…|・・|[.]{2})|[ \t\u3000]++/[ \t]", re.IGNORECASE)
NOTE = re.compile(
    r"""
    [ \t\u3000]*+
    (?: [(（\[【][^()（）\[\]\n]{1,80}[)）\]】]
      | (?:,[ \t]*+)?(?<=[ \t])by[ \t][A-Z][^\n:–—,(-]{1,40}?(?=[ \t]*[-–—:,(]|$)
    )
    [*_]{0,3}
    """,
    re.VERBOSE,
)
VOLUME = re.compile(rf"[ \t]*+{_words('volume')}(?![가-힣])", re.IGNORECASE)
RECOMMENDS = re.compile(_words("recommends"))
LOOSELY = re.compile(r"[ \t\u3000]++(?=\S)|[.。!！](?=\s|\S)|[,，、]|['’]s[ \t]")
SPOKEN = re.compile(rf"[ \t\u3000]++(?!{_words('particle')})[{CJK}]")


def with_leading_mark(
    line: str, given: Given, *, going_on: str = "", picked: Collection[str] = frozenset()
) -> str | None:
    """`line` as a mark and what is said behind it, where a candidate leads it; else None.

    `going_on`: slug of a work pointed at above without a reason, to whose title any words may follow. `picked`: slugs
    that have theirs; a line that names them again is running text.
    """
    place, leads, stressed, labelled = 0, False, False, False
    for _ in range(MAX_PIECES):
        if taken := _title_line(line, place, given, leads, stressed, going_on, picked):
            return taken
        if place and (found := MARK_HERE.match(line, place)) and given.slug_in(found[1]):
            return line[found.start() :]
        if not place and (found := JOINED.match(line)) and given.slug_in(found["slug"]) not in {"", *picked}:
            return line[found.end("joint") :]
        if found := SPACE.match(line, place):
            place = found.end()
        elif found := LEADS.match(line, place):
            place, leads = found.end(), True
        elif found := STRESS.match(line, place):
            place, stressed = found.end(), True
        elif not labelled and (found := LABEL.match(line, place)) and not _keeps_back(found[0]):
            place, leads, labelled = found.end(), True, True
        else:
            return None
    return None


def _keeps_back(label):
    return bool(SPEAKS_OF.search(label) or SAYS_NOTHING_NEW.search(label))


def _title_line(line, place, given, leads, stressed, going_on, picked):
    opened = OPENS.match(line, place)
    found = given.title_at(line, opened.end() if opened else place)
    if found is None and opened:
        found, opened = given.title_at(line, place), None
    if found is None:
        return None
    slug, end, is_ordinary = found
    if slug in picked:
        return None
    closed = CLOSES.match(line, end)
    end = closed.end() if closed else end
    if volume := VOLUME.match(line, end):
        end = volume.end()
    stands_out = bool(closed and (opened or stressed))
    rest = _rest(line, end, slug, given, leads, stands_out, is_ordinary, going_on == slug)
    if rest is None or REFUSES.search(rest, 0, 60):
        return None
    return f"[[{slug}]]{rest}"


def _rest(line, end, slug, given, leads, stands_out, is_ordinary, goes_on):
    """What a line says behind the title it begins with; None where it only speaks of it."""
    if same := re.compile(SAME.format(re.escape(slug))).match(line, end):
        return line[same.end() :]
    parted, end = _parted(line, end, leads)
    if parted or goes_on:
        return line[end:]
    if LIKENS.match(line, end):
        return None
    said_freely = stands_out and SPOKEN.match(line, end) and not PARTICLE.match(line[end:].strip())
    recommended = not is_ordinary and RECOMMENDS.match(line, end)
    if recommended and stands_out and given.names_more(line[end : end + 400]):
        return None
    plainly = stands_out or not is_ordinary or line[end : end + 1] in (".", "。")
    tied = leads and plainly and (LOOSELY.match(line, end) or PARTICLE.match(line, end))
    return line[end:] if said_freely or recommended or tied else None


def _parted(line, end, leads):
    """Whether what follows is set apart from the title, with author and year left out; and where it begins."""
    for _ in range(3):
        if ENDS.match(line, end):
            return True, len(line)
        if PARTS.match(line, end):
            return True, end
        note = NOTE.match(line, end)
        if not note:
            break
        end = note.end()
        if leads and not PARTS.match(line, end):
            return True, end
    return False, end


UNSETTLED = 4  # characters behind a title that still do not tell whether it leads its line


def is_unsettled(line: str, given: Given) -> bool:
    """Whether a line still being written may yet be led by a title: it is shown once that is settled."""
    if not given.starts:
        return False
    place = 0
    for _ in range(MAX_PIECES):
        opened = OPENS.match(line, place)
        start = opened.end() if opened else place
        if start < len(line) and given.may_begin(line, start):
            return True
        if found := given.title_at(line, start):
            return len(line) - found[1] < UNSETTLED
        ahead = SPACE.match(line, place) or LEADS.match(line, place) or STRESS.match(line, place)
        ahead = ahead or LABEL.match(line, place)
        if not ahead:
            return False
        place = ahead.end()
    return False


# --- Several on one line --------------------------------------------------------------------------------------------

SENTENCE_END = r"(?<!\d)[.。!！?？…~♪][\"”’』」)）]{0,2}+"
NEXT = re.compile(
    rf"""
    {SENTENCE_END}(?P<gap>[ \t\u3000]*+)
        (?=(?:[-*•・]|[*_]{{1,3}}|\d{{1,2}}[.)])?[ \t]?\[\[(?P<slug>[^\[\]\n|¦]{{1,80}})\]\])
    | [ \t\u3000]++(?=(?:[(（]?\d{{1,2}}[.)）]|[①-⑳])[ \t]*+\S)
    """,
    re.VERBOSE,
)
AFTER_MARK = re.compile(r"[ \t]?(?:[-*•・]|[*_]{1,3}|\d{1,2}[.)])?[ \t]?\[\[[^\[\]\n]{1,160}\]\][*_]{0,3}")
ENDED = re.compile(r"[.。!！?？:：][\"”’」』)）*_]{0,3}[ \t]*$")
NUMBERED = re.compile(r"[ \t]*+(?:[(（]?\d{1,2}[.)）]|[①-⑳])")
MAX_ON_A_LINE = 24


def split_glued_lines(line: str, given: Given, unfinished: bool = False) -> list[str]:
    """The lines that stand glued on one: a mark that begins a sentence, a number with a candidate behind it."""
    if "[[" not in line and not given.starts:
        return [line]
    pieces, start = [], 0
    for number, found in enumerate(NEXT.finditer(line)):
        if number >= MAX_ON_A_LINE:
            break
        if _begins(line, start, found, given, unfinished):
            pieces.append(line[start : found.end()].rstrip())
            start = found.end()
    return [*pieces, line[start:]]


def _begins(line, start, found, given, unfinished):
    if found["slug"] is None:
        before = line[start : found.start()]
        if NUMBERED.match(before) and (with_leading_mark(before, given) or MARK_HERE.search(before, 0, 40)):
            return bool(NUMBERED.match(line, found.end()))
        goes_on = ENDED.search(before) or with_leading_mark(before, given) or MARK_HERE.search(before, 0, 40)
        return bool(goes_on and with_leading_mark(line[found.end() : found.end() + 400], given))
    if not given.slug_in(found["slug"]):
        return False
    mark = AFTER_MARK.match(line, found.end())
    return bool(mark) and not LIKENS.match(line, mark.end()) and not (unfinished and len(line) - mark.end() < 4)
