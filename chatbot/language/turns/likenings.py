"""A book held against another one that is named: "is it like Toradora?", "그거 오버로드보다 어두워?", 「とらドラみたい？」."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..acts import Act, ActPart
from ..asking import questions
from ..asking.asked import NAMELESS
from ..names import focus
from ..names.half_names import heads
from ..words import elsewhere
from ..words.cue_book import CueBook, plain
from . import act_parts
from .act_parts import Reader, Stretch

BOOK = CueBook("likenings")
CLAIMS = ("surely", "less", "more", "as", "like")  # what is asked, the most particular first
MARK, SOMETHING = "\ue000", "x"  # what stands for the yardstick, and for any other work
QUOTED = re.compile(rf"[\"“『「《]?{NAMELESS}!*[\"”』」》]?!*")


class Likening(NamedTuple):
    """`against`: the work that is the yardstick; `others`: works named beside it; `by`: what of, "" where in all."""

    claim: str
    against: str
    others: tuple[str, ...]
    by: str


def likened(stretch: Stretch, reader: Reader) -> ActPart | None:
    """The question whether works are like the one that a clause names behind "like", or have more or less of something;
    `against` is no work that "it" means. Where books of the kind are looked for, that wish; else None."""
    if not (stretch.asks or questions.is_question(stretch.text)):
        return None
    if BOOK.has("kind", _nameless(stretch.text, reader)):
        reader.sure = True
        return act_parts.wish(stretch, reader)
    if part := _against_absent(stretch, reader):
        return part
    if BOOK.has("bare", stretch.lower) and reader.text[stretch.clause.end :].strip():
        return None  # "like Toradora, but darker"
    for claim, yardstick, named, by in likenings_in(stretch.text, reader):
        pointed = focus.pointed_at(stretch.text, reader.dialogue, reader.recent)
        meant = ([slug for slug in slugs if slug != yardstick] for slugs in (named, pointed, *_spoken(reader)))
        works = next(filter(None, meant), [])
        wished = any(part.act.wishes for _, part in reader.found if part)
        if claim == "like" and wished and not (named or pointed):
            reader.ordered.append(part := act_parts.wish(stretch, reader))
            return part  # "a quiet journey. like Kino?"
        if works and (len(works) == 1 or claim == "like"):
            reader.sure = True
            detail = {"claim": claim, "against": [yardstick], **({"by": by} if by else {})}
            return ActPart(Act.COMPARE, stretch.text, (*works, yardstick), detail=detail)
    return None


def _against_absent(stretch: Stretch, reader: Reader) -> ActPart | None:
    """The question whether a work is like one that is not on the shelf, of which it is known what it is loved for."""
    for title, taste in elsewhere.named(stretch.text).items():
        held = plain(reader.untitled(stretch.text.replace(title, MARK))).replace(NAMELESS, SOMETHING)
        held = QUOTED.sub(NAMELESS, held.replace(MARK, NAMELESS))
        if not BOOK.has("surely", held) and (BOOK.has("wished", held) or not BOOK.has("like", held)):
            continue
        pointed = stretch.pointed or focus.pointed_at(stretch.text, reader.dialogue, reader.recent)
        works = next(filter(None, (stretch.named.works, pointed, *_spoken(reader))), ())
        if len(works) == 1:
            reader.sure = True
            detail = {"claim": "like", "elsewhere": taste, "title": title}
            return ActPart(Act.COMPARE, stretch.text, tuple(works), detail=detail)
    return None


def _spoken(reader: Reader) -> Iterator[tuple[str, ...]]:
    yield reader.recent if len(reader.recent) == 1 else ()
    yield reader.dialogue.spoken


def likenings_in(text: str, reader: Reader) -> Iterator[Likening]:
    """How `text`, which asks, holds a work against one that it names."""
    named = [one.values[0] for one in reader.mentions(text) if one.kind == "work"]
    lower = _nameless(text, reader)
    if BOOK.has("back", lower) and len(reader.recent) == 1:
        yield Likening("like", reader.recent[0], (), "")
    if not named or NAMELESS not in lower:  # the mark may also have been typed
        return
    is_wish = BOOK.has("wished", lower)
    for section in CLAIMS:
        claim = "like" if section == "surely" else section
        by = "" if claim == "like" else questions.compared_by(text)
        if (is_wish and section != "surely") or not (by or claim == "like"):
            continue
        if (claim, by) == ("less", "light"):
            claim = "more"  # "less sad" is read as "lighter"
        for match in BOOK.matches(section, lower):
            # The yardstick stands at an edge of what is found, the other work, if any, within.
            place = match.end() if match[0].endswith(NAMELESS) else match.start() + match[0].find(NAMELESS) + 1
            if not named:
                continue
            against = named[min(lower[:place].count(NAMELESS), len(named)) - 1]
            others = tuple(slug for slug in named if slug != against) or _subject(text, reader)
            yield Likening(claim, against, others, by)


def _nameless(text: str, reader: Reader) -> str:
    """`text` in small letters with a mark for each work that it names."""
    return QUOTED.sub(NAMELESS, plain(reader.untitled(text)))


def _subject(text: str, reader: Reader) -> tuple[str, ...]:
    """The work that `text` begins with by a name which is an everyday word otherwise: "is Slime like Overlord?"."""
    begins = BOOK.pattern("lead", "en").sub("", reader.untitled(text))
    found = (reader.catalogue.find(said) for said in heads(begins) if len(said) > 1 and NAMELESS not in said)
    return tuple(work.slug for work in found if work)[:1]
