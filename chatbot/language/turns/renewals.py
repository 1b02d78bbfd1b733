"""Clauses that want other books than those the conversation speaks of: "another one", "anything but harems?", 「それ以外で」.

After a list, words that hold something to choose by ask nothing of the books in it unless they plainly do; a question
and a wish may stand in one breath, and then both are meant. Such a wish is firm: no likeness takes it for a question.
"""

from collections.abc import Iterable
from dataclasses import replace

from ..acts import Act, ActPart, ReadTurn
from ..asking import particulars, questions
from ..names import focus
from ..stances.parse import parse
from ..wishes.turn_parser import WOMAN_OF, lifted_by
from ..words.cue_book import CueBook, plain
from ..words.mentions import Mention, Stance
from ..words.numbers import Bounds, sets_only_limits
from . import act_parts
from .act_parts import ORDERS, Reader, Stretch
from .verdicts import UNDONE

BOOK = CueBook("renewals")
CHOSEN_BY = ("tag", "about", "male")  # kinds of mentions that a bare condition may name
TOLD_OF_ANY = ("anime", "edition", "status")  # kinds of mentions that are told of any book, and asked for too
LOOSENED = ("edition", "status")  # kinds of limits that may no longer matter
MAX_CONDITION = 80  # characters of one


def renewed(stretch: Stretch, reader: Reader) -> ActPart | None:
    """The wish for other books in a clause, None where it only speaks of those there are. What it says became of one of
    these is told before it."""
    if not wants_others(stretch, reader):
        return None
    strict = {"strict": True} if _only_limits(stretch, reader) else {}
    part = replace(act_parts.wish(stretch, reader), detail={"renewed": True, **strict})
    reader.ordered.append(part)
    told = act_parts.verdict(stretch, reader)
    if told.works and told.detail.get("state") in ("read", "loved", "dropped") and not part.works:
        reader.found.append((stretch.clause, told))
    return part


def wants_others(stretch: Stretch, reader: Reader) -> bool:
    """Whether a clause wants other books than those offered or spoken of, by words for another or by a bare condition."""
    if not (reader.dialogue.last_picks or reader.dialogue.spoken):
        return False
    if sets_apart(stretch, reader) or _only_lifts(stretch, reader):
        return True
    if _asks_of_these(stretch):
        return False
    marks = act_parts.mark_in(stretch.lower) and not BOOK.has("swaps", stretch.lower)
    if marks or act_parts.verdict_in(stretch.lower) in UNDONE:
        return False
    untitled = plain(reader.untitled(stretch.text))
    if BOOK.has("another", untitled) or BOOK.has("another", stretch.lower) or _answers(stretch, reader):
        return True
    if stretch.named.works or stretch.pointed or stretch.said or len(stretch.text) > MAX_CONDITION:
        return False
    if ORDERS.first("takes_back.", stretch.lower) or BOOK.has("states", untitled) or act_parts.verdict_in(untitled):
        return False
    if BOOK.has("hope", untitled) or _goes_on(stretch, reader) or _only_limits(stretch, reader):
        return True
    if particulars.topic_in(stretch.text):
        return False  # "or only used for crazy prices": asked of a work
    return BOOK.has("condition", untitled) and _names_a_condition(stretch.text, reader)


def sets_apart(stretch: Stretch, reader: Reader) -> bool:
    """Whether a clause says which books it is to be by what each of those offered could be asked for as well, and asks
    nothing: "without anime", "only in English"."""
    if not reader.dialogue.last_picks or stretch.clause.asks or questions.is_question(stretch.text):
        return False
    if stretch.named.works or stretch.pointed or stretch.said or focus.points(stretch.lower):
        return False
    told = [one for one in reader.mentions(stretch.text) if one.kind in TOLD_OF_ANY]
    untitled = plain(reader.untitled(stretch.text))
    if told and BOOK.has("only", untitled):
        return True
    denied = any(one.kind == "anime" and one.stance == Stance.REFUSE for one in told)
    return denied and not (BOOK.has("states", untitled) or act_parts.tells_of_one(reader.dialogue))


def _only_lifts(stretch: Stretch, reader: Reader) -> bool:
    """Whether a clause says to a list that a limit no longer matters: "length doesn't matter anymore"."""
    if not reader.dialogue.last_picks or Act.ABOUT in reader.dialogue.acts or stretch.named.works:
        return False
    loosened = loosens(stretch.text, reader.mentions(stretch.text)) or reader.parsed.bounds.also_volumes
    return bool(loosened) and not questions.is_question(stretch.text)


def loosens(text: str, mentions: Iterable[Mention]) -> bool:
    """Whether `text` says that a limit no longer matters: "any length will do", "완결 아니어도 됨"."""
    return bool(lifted_by(text)) or any(one.kind in LOOSENED and one.stance == Stance.INDIFFERENT for one in mentions)


def weighs_all(reader: Reader) -> ReadTurn | None:
    """A turn that tells of a reader and wants the choice made anew by it: "with that in mind?"."""
    if not reader.dialogue.last_picks or not BOOK.has("weighs", plain(reader.text)):
        return None
    reader.ordered.append(ActPart(Act.RECOMMEND, reader.text, detail={"renewed": True}))
    return ReadTurn((reader.ordered[-1],), reader.text)


def hopes(lower: str) -> bool:
    """Whether words only say what would be welcome: that asks nothing."""
    return BOOK.has("hope", lower)


def names_others(lower: str) -> bool:
    """Whether words name another book than those there are."""
    return BOOK.has("another", lower)


def leads_up(lower: str) -> bool:
    """Whether words only tell what the book is to be that is asked for behind them: 「大人が主人公の、」."""
    return BOOK.has("leads", lower)


def _asks_of_these(stretch: Stretch) -> bool:
    """Whether a clause with words for another asks of volumes, seasons or books of an author all the same."""
    of_author = act_parts.BOOK.has("author", stretch.lower) and not hopes(stretch.lower)
    return of_author or BOOK.has("of_these", stretch.lower) or focus.BOOK.has("other", stretch.lower)


def _answers(stretch: Stretch, reader: Reader) -> bool:
    """Whether a clause answers which of two kinds it is to be, as was asked beside a list: "the tearjerker kind"."""
    offered = Act.RECOMMEND in reader.dialogue.acts and bool(reader.dialogue.last_picks)
    return offered and BOOK.has("answers", stretch.lower) and bool(reader.tags(stretch.text))


def _only_limits(stretch: Stretch, reader: Reader) -> bool:
    """Whether all that a clause says to a list is how long the books are to be, or when from: "단권! 한 권짜리!".
    Such a limit is meant strictly."""
    offered = reader.dialogue.last_picks and {Act.RECOMMEND, Act.COMPLAINT} & {*reader.dialogue.acts}
    if not offered or stretch.text.rstrip().endswith(("?", "？")):
        return False
    parsed = parse(stretch.text, reader.words)
    if any(one.kind != "status" for one in parsed.mentions) or parsed.bounds.guessed:  # "short" is no number
        return False
    return sets_only_limits(parsed.source, parsed.bounds)


def _goes_on(stretch: Stretch, reader: Reader) -> bool:
    """Whether a clause goes on with a condition, though alone it might ask: "modern day. and finished"."""
    before = reader.found[-1][1] if reader.found else None
    if not (before and before.act.wishes) or stretch.text.rstrip().endswith(("?", "？")):
        return False
    return any(one.kind in TOLD_OF_ANY for one in reader.mentions(stretch.text))


def _names_a_condition(text: str, reader: Reader) -> bool:
    if any(one.kind in CHOSEN_BY for one in reader.mentions(text)) or WOMAN_OF.search(text.lower()):
        return True
    return parse(text, reader.words).bounds != Bounds()
