"""Turns that put the librarian right: what was said and not heard, a book offered twice, the novel and not its anime.

Such a turn is one order and nothing else, so that it is read whole and before the rules of `clause_acts`. What is asked
of another work than the one that was answered for stands in `orders`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..acts import Act, ActPart, Question, ReadTurn
from ..asking import questions
from ..names import focus
from ..names.half_names import called_by_words
from ..names.loose_names import loosely_named
from ..words.clauses import Clause, clauses_of
from ..words.cue_book import CueBook, plain
from ..words.mentions import REFUSALS, Mention
from ..words.numbers import Bounds
from .act_parts import BOOK as ACTS
from .act_parts import ORDERS, WANTED, Reader, Stretch
from .breaches import praises
from .judgements import unjudged

BOOK = CueBook("corrections")
OF_WORKS = {Act.ABOUT, Act.AUTHOR, Act.COMPARE}  # after which a correction is of what was asked of works
OFFERING = {Act.RECOMMEND, Act.COMPLAINT}  # after which it is of what was offered
COMMAS, MARKS = " ,、，", " ,、，。.!?？！"
MIN_REST = 3  # letters behind a denial that say something of their own
MAX_CLAUSES = 2  # of a turn whose numbers are what is wanted, and not what was given
MAX_AGAIN = 60  # characters of a turn that only says a book was offered before


def correction(reader: Reader) -> ReadTurn | None:
    """What a turn corrects, with the wish it says again; None where it corrects nothing, or a work that it goes by."""
    if not reader.dialogue.acts or Act.FIND in reader.dialogue.acts:  # which book it is not is told of one looked for
        return None
    if ACTS.has("find", plain(reader.text)):
        return None  # "no, and isn't there one where …"
    if reader.parsed_works:
        goes_by = any(one.stance in WANTED for one in reader.parsed.works)
        return None if goes_by or _asks_of_named(reader) else _said_again(reader)
    return _of_the_medium(reader) or _offered_again(reader) or _said_again(reader)


def _asks_of_named(reader: Reader) -> bool:
    """Whether a turn says which work was meant and asks of it where to begin: the anime in it is no condition."""
    asked = {*questions.questions_in(reader.text)}
    begins = asked & {Question.ORDER, Question.AFTER_ANIME} or questions.asks_from_where(reader.text)
    return len({*reader.parsed_works}) == 1 and bool(begins) and not ACTS.has("recommends", plain(reader.text))


def _of_the_medium(reader: Reader) -> ReadTurn | None:
    """ "The novel, not the anime": what was asked before of a work is answered again, else it is told that all are novels."""
    lower = plain(reader.text)
    if not BOOK.has("medium", lower) or ACTS.has("recommends", lower):
        return None
    asked = tuple(
        replace(part, detail={**part.detail, "corrected": "medium"}) for part in reader.dialogue.asked if part.works
    )
    if asked and OF_WORKS & {*reader.dialogue.acts}:
        return ReadTurn(asked, "")
    return ReadTurn((ActPart(Act.COMPLAINT, reader.text, detail={"kind": "medium"}),), "")


def _offered_again(reader: Reader) -> ReadTurn | None:
    """A book that was offered before: another is looked for at once, by the wish so far."""
    text, lower = reader.text, plain(reader.text)
    if not reader.dialogue.last_picks or not OFFERING & {*reader.dialogue.acts}:
        return None
    if len(text) > MAX_AGAIN or reader.chooses:
        return None
    if not BOOK.has("again", lower) or BOOK.has("not_again", lower) or questions.questions_in(text):
        return None
    works = focus.pointed_at(text, reader.dialogue)
    works = works if len(works) < len(reader.dialogue.last_picks) else ()
    return ReadTurn(
        (
            ActPart(Act.COMPLAINT, text, works, detail={"kind": "again"}),
            ActPart(Act.RECOMMEND, "", detail={"corrected": "again"}),
        ),
        "",
    )


def _said_again(reader: Reader) -> ReadTurn | None:
    """What the reader wants, said once more because it was not heard."""
    text, lower = reader.text, plain(reader.text)
    if OF_WORKS & {*reader.dialogue.acts} or not BOOK.has("misheard", lower) or BOOK.has("asks_why", lower):
        return None
    if text.rstrip().endswith(("?", "？")) and not ACTS.has("restated", lower):
        return None
    bounds = reader.parsed.bounds
    dated = bounds.min_year is not None or bounds.max_year is not None
    limits = dated or (bounds != Bounds() and len(clauses_of(text)) <= MAX_CLAUSES)
    if focus.BOOK.first("place.", lower) or not (any(_wanted(reader)) or limits) or _is_new(reader, lower):
        return None
    return ReadTurn((ActPart(Act.RECOMMEND, text, detail={"corrected": "wish"}),), unjudged(text, reader))


def _is_new(reader: Reader, lower: str) -> bool:
    """Whether a turn turns from the books there are to what nobody has said before: "not that then, something sad"."""
    wished = reader.dialogue.wished
    named = {value for one in _wanted(reader) for value in one.values}
    return BOOK.has("turns", lower) and "asked" in wished and named.isdisjoint(wished["asked"])


# --- A title that is not it ------------------------------------------------------------------------------------------


def cut_behind_denials(clauses: Iterable[Clause]) -> list[Clause]:
    """Clauses, those that go on behind the words that say of a title that it is not it cut there."""
    return [piece for clause in clauses for piece in _behind_denial(clause)]


def _behind_denial(clause: Clause) -> Iterator[Clause]:
    end = max((match.end() for match in BOOK.matches("not_it", clause.text)), default=0)
    if not end:
        yield clause
        return
    rest = clause.text[end:].lstrip(MARKS)
    end = end if len(rest) >= MIN_REST else len(clause.text.rstrip(COMMAS))
    yield Clause(clause.text[:end], clause.start, clause.start + end)
    if len(rest) >= MIN_REST:
        yield Clause(rest, clause.end - len(rest), clause.end)


def turned_down(stretch: Stretch, reader: Reader) -> ActPart | None:
    """The one work of the conversation that a clause says is not it, or a book just offered that it finds to be something
    else; None where it does neither."""
    text, lower = stretch.text, stretch.lower
    asks = text.rstrip().endswith(("?", "？")) and not ACTS.has("complaint", lower)
    denies = BOOK.has("not_it", text)
    offered = Act.RECOMMEND in reader.dialogue.acts and BOOK.has("faults", text) and not praises(lower)
    if asks or not (denies or offered) or ORDERS.has("own_question", lower):
        return None
    known = reader.known if denies else reader.dialogue.last_picks
    works = tuple(slug for slug in stretch.named.works or stretch.pointed if slug in known)
    works = works or tuple(filter(None, [called_by_words(text, known, reader.words, story=False)]))
    works = works or tuple(slug for slug in loosely_named(text, reader.words) if slug in known)
    if len(works) != 1 or len(stretch.named.works) > 1:
        return None
    part = ActPart(Act.COMPLAINT, text, works, detail={"kind": "not_it"})
    reader.ordered.append(part)
    return part


# --- What was not heard ----------------------------------------------------------------------------------------------


def _wanted(reader: Reader) -> Iterator[Mention]:
    """What the turn names to choose by and nowhere refuses; that there be no anime is wanted too."""
    named = [one for one in reader.parsed.mentions if one.kind not in ("work", "unknown")]
    refused = {value for one in named if one.stance in REFUSALS for value in one.values}
    return (one for one in named if refused.isdisjoint(one.values) or one.kind == "anime")
