"""What a turn orders of the shelf, work by work: "mark A and B as read, put C on my list".

A turn is cut where it goes on with another work or another order. Each piece has the works that it names or points at
and the mark that it asks for; a mere name ("A, B and …") belongs to the piece that says what becomes of it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from ..acts import Act, ActPart
from ..asking import questions
from ..names import focus
from ..names.half_names import called_together
from ..names.loose_names import loosely_named
from ..words.clauses import SENTENCE_END, Clause, clauses_of
from ..words.cue_book import plain
from ..words.mentions import Stance
from . import act_parts
from .act_parts import SHELF as BOOK
from .act_parts import Reader, Stretch, mark_in
from .choices import chosen_in
from .orders import refuses
from .renewals import names_others
from .verdicts import UNDONE, VERB_LAST

FINISHED = ("read", "loved")
UNTOLD = ("", "cool", "curious")  # what is said of a work and tells nothing to mark
FIVE, TEN, HUNDRED = 5, 10, 100
NUMBERS = re.compile(r"\d+(?:\.\d+)?|[한두세네]|다섯|\b(?:one|two|three|four|five)\b|[一二三四五]")
IN_WORDS = {
    word: number
    for words in (("한", "두", "세", "네", "다섯"), ("one", "two", "three", "four", "five"), "一二三四五")
    for number, word in enumerate(words, 1)
}
MAX_PIECES = 24  # of a turn; what stands behind them is left to its clauses


@dataclass(frozen=True)
class ShelfOrder:
    """A piece of a turn: the works it is of and what becomes of them, see `acts.txt` and `shelf.txt`."""

    clause: Clause
    works: tuple[str, ...]
    state: str
    ordered: bool  # and not only told
    rating: str = ""
    unknown: str = ""  # a title that is not in the catalogue

    @property
    def part(self) -> ActPart:
        detail: dict[str, Any] = {"state": self.state}
        if self.rating and self.works:
            detail["rating"] = self.rating
        if self.ordered and self.state not in UNDONE:
            detail["ordered"] = True
        if self.unknown and not self.works:
            detail["unknown"] = self.unknown
        return ActPart(Act.VERDICT, self.clause.text, self.works, detail=detail)


def orders_in(reader: Reader) -> tuple[ShelfOrder, ...]:
    """What the turn tells of works, piece by piece, where it orders anything of the shelf or rates a work; else none."""
    text = plain(reader.text)
    if reader.parsed.source and not (_may_order(text) or _puts_right(text, reader)):
        return ()
    found = [order for group in _groups(reader) if (order := _order(group, reader))]
    found = [*_put_right(reader)] or found
    if not any(one.ordered or (one.rating and one.works) for one in found):
        return ()
    return tuple(_with_what_was_told(found, reader))


def rating_in(lower: str) -> str:
    """How many points of how many a work is given, as it is said, or ""."""
    return next((match[0].strip() for match in BOOK.matches("rating", lower)), "")


def half_stars(words: str) -> int | None:
    """How many half stars of ten the `words` of a rating give; None where it is not said of how many points."""
    lower = plain(words)
    if stars := words.count("★"):
        return 2 * stars
    given = [_number(one) for one in NUMBERS.findall(lower)]
    if not given:
        return None
    half = 0.5 if BOOK.has("rating.half", lower) else 0
    if BOOK.has("rating.stars", lower):
        return _of_ten(given[0] + half, 5 if given[0] <= FIVE else TEN)
    if BOOK.has("rating.of", lower) and len(given) > 1:
        points, most = (min(given), max(given))
        return _of_ten(points, most)
    return _of_ten(given[0], TEN) if given[0] > FIVE else None


def _number(words: str) -> float:
    return float(IN_WORDS.get(words, words))


def _of_ten(points: float, most: float) -> int | None:
    found = round(TEN * points / most) if most in (FIVE, TEN, HUNDRED) else 0
    return found if 1 <= found <= TEN else None


def drop_reasons(text: str) -> list[str]:
    """Why a work was dropped, by the words of `text`, as ShelfEntry.DropReason has it."""
    lower = plain(text)
    names = (name for name in BOOK.sections if name.startswith("reason."))
    return [name.removeprefix("reason.") for name in names if BOOK.has(name, lower)]


def _may_order(lower: str) -> bool:
    return bool(mark_in(lower) or rating_in(lower) or BOOK.has("drops", lower))


# --- Pieces --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Piece:
    clause: Clause
    works: tuple[str, ...]
    state: str
    ordered: bool
    rating: str
    unknown: str
    ends: bool  # a sentence


def _groups(reader: Reader) -> Iterator[_Piece]:
    """Pieces of the turn, mere names joined to what is said of them."""
    held: list[Clause] = []
    for clause, ends in _pieces(reader):
        before = _piece(_joined(held, reader), reader, ends=False) if held else None
        now = _piece(clause, reader, ends=ends)
        if before and _is_apart(before, now, reader):
            yield before
            held = []
        held.append(clause)
        if ends:
            yield _piece(_joined(held, reader), reader, ends=True)
            held = []
    if held:
        yield _piece(_joined(held, reader), reader, ends=True)


def _pieces(reader: Reader) -> list[tuple[Clause, bool]]:
    """Pieces of a turn, and whether a sentence ends with each. Within a name nothing is cut."""
    text, lower = reader.text, plain(reader.text)
    names = {plain(reader.parsed.words_of(one)) for one in reader.parsed.works}
    named = [match.span() for name in names for match in re.finditer(re.escape(name), lower)]
    cuts = {0: False, len(text): True}
    for name in ("piece.after", "piece.before"):
        for language in BOOK.sections[name]:
            if language == "en" and VERB_LAST.search(text):
                continue
            for match in BOOK.pattern(name, language).finditer(lower):
                cuts.setdefault(match.end() if name == "piece.after" else match.start(), False)
    cuts |= {match.end(): True for match in SENTENCE_END.finditer(text)}
    places = sorted(cut for cut in cuts if not any(start < cut < end for start, end in named))
    found = []
    for start, end in pairwise(places):
        words = text[start:end]
        if stripped := words.strip():
            begins = start + words.index(stripped[0])
            found.append((Clause(stripped, begins, begins + len(stripped)), cuts[end]))
    return found[:MAX_PIECES]


def _joined(clauses: Sequence[Clause], reader: Reader) -> Clause:
    start, end = clauses[0].start, clauses[-1].end
    return Clause(reader.text[start:end], start, end)


def _is_apart(before: _Piece, now: _Piece, reader: Reader) -> bool:
    """Whether `now` says something of its own, and is no mere name that `before` speaks of, or the other way round."""
    if now.state == "want" and now.works and not before.state and _only_opens(before, reader):
        return False
    if BOOK.has("opens", act_parts.without_names(before.clause.text, reader)):
        return questions.is_question(now.clause.text)
    if not before.state:
        return not (before.works and _is_bare(before, reader))
    if now.state:
        return bool(now.works) or now.state != before.state
    return bool(VERB_LAST.search(now.clause.text)) or not (now.works and _is_bare(now, reader))


def _only_opens(piece: _Piece, reader: Reader) -> bool:
    """Whether a piece orders without saying what, and names a work of the conversation: "put the inn" before "and the
    tower on my list"."""
    return bool(
        BOOK.has("opens_on", plain(piece.clause.text))
        and called_together(piece.clause.text, reader.known, reader.words)
    )


def _is_bare(piece: _Piece, reader: Reader) -> bool:
    """Whether a piece only names works."""
    return BOOK.has("bare", act_parts.without_names(piece.clause.text, reader).strip(" .!~。！"))


def _piece(clause: Clause, reader: Reader, *, ends: bool) -> _Piece:
    lower = act_parts.without_names(clause.text, reader)
    state, ordered = _state(lower)
    stretch = reader.stretch(clause)
    works = stretch.named.works
    says_place = focus.places_beside_a_name if works else focus.places_in
    if says_place(stretch.lower) or (len(stretch.pointed) == 1 and not works):
        works = tuple(dict.fromkeys((*works, *_pointed(stretch, reader))))
    if state or BOOK.has("drops", lower):
        works = tuple(
            dict.fromkeys((*works, *called_together(reader.untitled(clause.text), reader.known, reader.words)))
        )
    if not state and works and BOOK.has("drops", lower) and not questions.is_question(clause.text):
        state, ordered = "not", True
    if len(stretch.pointed) > 1 and focus.BOOK.has("all", stretch.lower):
        together = _told_together(clause.start, reader)
        works = together if len(together) > 1 else works
    if state and any(one.stance is Stance.SIMILAR for one in reader.mentions(clause.text)):
        state, ordered = "", False
    if not works and not stretch.pointed and (state or rating_in(lower)):
        works = loosely_named(clause.text, reader.words)
    unknown = next(iter(stretch.named.unknown), "")
    return _Piece(clause, works, state, ordered, rating_in(plain(clause.text)), unknown, ends)


def _pointed(stretch: Stretch, reader: Reader) -> tuple[str, ...]:
    """What a piece points at: "it" is the work that the turn has named last, where it has named one."""
    if focus.places_in(stretch.lower) or not focus.BOOK.has("it", stretch.lower):
        return stretch.pointed
    return reader.named(reader.text[: stretch.clause.start]).works[-1:] or stretch.pointed


def _told_together(before: int, reader: Reader) -> tuple[str, ...]:
    """The works that "both" means where the pieces of the turn `before` it have just called them one by one."""
    stretches = [reader.stretch(clause) for clause, _ in _pieces(reader) if clause.end <= before]
    called = (one.named.works or (() if focus.points(one.lower) else one.pointed) for one in stretches)
    return tuple(dict.fromkeys(slug for works in called for slug in works))


def _state(lower: str) -> tuple[str, bool]:
    """What becomes of a work by the words of a piece, and whether it is ordered."""
    said = act_parts.verdict_in(lower)
    if said in UNDONE:
        return said, True
    mark = mark_in(lower)
    if mark == "shelf":
        return ("read" if said in FINISHED else "want"), True
    if mark:
        return mark, True
    if rating_in(lower) and said in ("", *FINISHED):
        return "read", False
    return ("" if said in UNTOLD else said), False


def _order(piece: _Piece, reader: Reader) -> ShelfOrder | None:
    if not piece.state or (not piece.ordered and _asks(piece)):
        return None
    if piece.state == "unread" and refuses(piece.clause.text, reader):
        return None
    return ShelfOrder(piece.clause, piece.works, piece.state, piece.ordered, piece.rating, piece.unknown)


def _asks(piece: _Piece) -> bool:
    return questions.is_question(piece.clause.text) and not piece.rating


# --- Pieces beside each other --------------------------------------------------------------------------------------


def _with_what_was_told(orders: Sequence[ShelfOrder], reader: Reader) -> Iterator[ShelfOrder]:
    """Orders with the works of those before them where they say none: what was just told to be finished goes to the
    shelf as read."""
    before: ShelfOrder | None = None
    for one in orders:
        works = one.works
        if not works and act_parts.names_its_object(one.clause.text):
            before = one  # which work is asked back, for none is sure
            yield before
            continue
        if one.state in UNDONE and not focus.places_in(plain(one.clause.text)) and not _is_correction(one):
            works = act_parts.marked_before(reader.stretch(one.clause), reader)
        if not works and not one.unknown:
            works = before.works if before else _spoken_before(one, reader)
        finished = before and before.works == works and before.state in FINISHED
        state = "read" if finished and one.ordered and one.state == "want" and _is_of_shelf(one) else one.state
        before = replace(one, works=works, state=state)
        yield before


def _named(text: str, reader: Reader) -> tuple[str, ...]:
    return reader.named(text).works or loosely_named(text, reader.words)


def _spoken_before(order: ShelfOrder, reader: Reader) -> tuple[str, ...]:
    """The work that a turn names last before an order, else the one that the conversation speaks of."""
    told = reader.text[: order.clause.start]
    if named := reader.named(told).works:
        return named[-1:]
    for clause in reversed(clauses_of(told)):
        if chosen := chosen_in(clause.text, reader.dialogue, (), reader.words):
            return chosen.works
        stretch = reader.stretch(clause)
        works = stretch.named.works or (() if focus.points(stretch.lower) else stretch.pointed)
        if len(works) == 1:
            return works
    return reader.spoken if len(reader.spoken) == 1 else ()


def _is_correction(order: ShelfOrder) -> bool:
    return BOOK.has("not_this", plain(order.clause.text))


def _is_of_shelf(order: ShelfOrder) -> bool:
    return mark_in(plain(order.clause.text)) == "shelf"


# --- What was marked wrongly ---------------------------------------------------------------------------------------


def _puts_right(lower: str, reader: Reader) -> bool:
    """Whether a turn says that another work than the one just marked was meant: "no, not A, B"."""
    return bool(reader.dialogue.marked) and Act.VERDICT in reader.dialogue.acts and BOOK.has("not_this", lower)


def _put_right(reader: Reader) -> Iterator[ShelfOrder]:
    """The mark set last goes from its works to those that were meant. A work that is only asked about, or named as what
    another is to be like, is not meant."""
    lower = plain(reader.text)
    match = next(BOOK.matches("not_this", lower), None) if _puts_right(lower, reader) else None
    if not match:
        return
    denied = Clause(match[0].strip(), match.start(), match.end())
    rest = [(reader.text[: match.start()], 0), (reader.text[match.end() :], match.end())]
    meant = next((place for place in rest if _meant(place[0], reader)), None)
    wrong = _denied(denied.text, reader)
    if not meant or not set(wrong) & set(reader.dialogue.marked):
        return
    text, start = meant
    works = tuple(slug for slug in _meant(text, reader) if slug not in wrong)
    if not works:
        return
    said = act_parts.verdict_in(act_parts.without_names(text, reader))
    state = said if said not in (*UNTOLD, *UNDONE) else reader.dialogue.mark
    orders = [ShelfOrder(denied, wrong, "unmark", ordered=True)]
    if state:
        clause = Clause(text.strip(), start, start + len(text))
        orders.append(ShelfOrder(clause, works, state, ordered=True))
    yield from sorted(orders, key=lambda one: one.clause.start)


def _denied(text: str, reader: Reader) -> tuple[str, ...]:
    """The works that `text` says were not meant: those it names, else those marked last, unless it denies something
    that is no work."""
    return _named(text, reader) or (() if reader.says_more_than_names(text) else reader.dialogue.marked)


def _meant(text: str, reader: Reader) -> tuple[str, ...]:
    """The works that `text` names to be marked instead."""
    clauses = [one for one in clauses_of(text) if not (one.asks or questions.is_question(one.text))]
    if any(focus.says_similar(one.text) or names_others(plain(one.text)) for one in clauses):
        return ()
    return tuple(dict.fromkeys(slug for one in clauses for slug in _named(one.text, reader)))
