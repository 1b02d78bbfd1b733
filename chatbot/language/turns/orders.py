"""What is told the librarian outright: to shelve a work or take it off, to list what she offered, that she misread.

Such words mean one thing, so they come before the rules of `clause_acts`, and likeness to other turns leaves them alone.
"""

import re
from dataclasses import replace
from typing import Any

from ..acts import Act, ActPart, Question
from ..asking import questions
from ..names import focus
from ..names.loose_names import loosely_named
from ..words.cue_book import CueBook, languages_in, plain
from ..words.mentions import REFUSALS
from ..words.phrasebook import PHRASES
from . import act_parts
from .act_parts import Reader, Stretch
from .choices import meant_by
from .marks_told import is_of_anime, is_wanted
from .verdicts import UNDONE

BOOK = CueBook("orders")
SHELF_TALK = {Act.VERDICT, Act.OWN_DATA}  # after which "take it off" speaks of the shelf
ASKED = {Act.ABOUT, Act.COMPARE, Act.AUTHOR}  # what can have been answered wrongly
TALK = ("comfort", "hard_day", "story", "musing", "pleased", "startled")
TOLD_BESIDE = {"hearsay", "later", "reading", "partly", "owned"}  # what is told of works and marks none
TOLD_OF_NAMED = {"read", "dropped", "not", "hold"}  # what became of a work, where it is named
LIMITS = ("min_volumes", "max_volumes", "min_year", "max_year", "count")
LIMIT_OF = {"known": "less_known", "obscure": "less_known"}
ENDS_CLAUSE = re.compile(r"[,.;!?]|\b(?:just|only|but)\b", re.IGNORECASE)
FIGURE = re.compile(r"\d")
LETTERS = re.compile(r"[^\W_]")
MAX_BESIDE_LIST = 12  # letters beside the names of a row: "already read"
REACTIONS = ("musing", "pleased", "startled")  # talk only where nothing else is said
KIND_OF_TALK = {"comfort": "low", "hard_day": "low"}


def order_of(stretch: Stretch, reader: Reader) -> ActPart | None:
    """What a clause orders or puts right, or None."""
    part = (
        _given_up(stretch, reader)
        or _of_the_shelf(stretch, reader)
        or _of_own_words(stretch)
        or _taken_back(stretch, reader)
        or _put_right(stretch, reader)
        or _misheard(stretch, reader)
        or _disputed(stretch, reader)
        or _own_list(stretch)
        or _chat(stretch, reader)
    )
    if part:
        reader.ordered.append(part)
    return part


def is_no_noise(text: str) -> bool:
    """Whether a turn orders something, however few letters it has."""
    lower = plain(text)
    return bool(_reactions(text)) or bool(act_parts.mark_in(lower)) or act_parts.verdict_in(lower) in UNDONE


# --- The shelf -----------------------------------------------------------------------------------------------------


def _of_the_shelf(stretch: Stretch, reader: Reader) -> ActPart | None:
    if BOOK.has("own_question", stretch.lower):
        return None
    again = SHELF_TALK & {*reader.dialogue.acts, *(part.act for _, part in reader.found if part)}
    state = _taken_off(stretch, reader)
    if not state and again and not reader.tags(stretch.text):
        state = BOOK.first("again.", stretch.lower)
    asked = {*questions.questions_in(stretch.text)} - {Question.OVERVIEW, Question.QUALITY}
    finished = act_parts.SHELF.has("finished", act_parts.without_names(stretch.text, reader))
    finished = finished and not is_of_anime(stretch.text)
    asks = (asked and not finished) or _ends_asking(stretch.text)
    if not state and not _ends_asking(stretch.text):
        told = _told_beside(stretch, reader)
        tells = told in TOLD_BESIDE and not questions.is_question(stretch.text)
        state = told if tells or not asks else ""
    if not state and not asks:
        state = "curious" if _is_curious(stretch, reader) else ""
    if not state:
        return None
    spoken = reader.spoken if len(reader.spoken) == 1 or again else ()
    spoken = () if act_parts.names_its_object(stretch.text) else spoken
    if state in UNDONE:
        works = act_parts.marked_before(stretch, reader) or spoken
    else:
        works = stretch.named.works or stretch.pointed or spoken
    if state in ("unread", "unrefuse") and not works:
        return None
    unknown = {"unknown": stretch.named.unknown[0]} if stretch.named.unknown and not works else {}
    return ActPart(Act.VERDICT, stretch.text, works, detail={"state": state, **unknown})


def _taken_off(stretch: Stretch, reader: Reader) -> str:
    """Which mark is to go by what a clause says, or "": before all that only sounds like it."""
    state = act_parts.verdict_in(stretch.lower)
    if state not in UNDONE:
        return ""
    if state == "unrefuse" and reader.tags(stretch.text) and not stretch.speaks_of_works:
        return ""
    wishes = act_parts.BOOK.has("recommend" if state == "unread" else "recommends", stretch.lower)
    denies = bool(BOOK.first("takes_back.", stretch.lower))  # "I never said I read it??"
    asks = state == "unread" and questions.is_question(stretch.text) and not denies
    if state == "unread" and refuses(stretch.text, reader):
        return ""
    return "" if wishes or asks else state


def _only_lists(stretch: Stretch, reader: Reader) -> bool:
    """Whether a clause says nothing but what became of a row of works: "read baccano kino 86"."""
    rest = act_parts.without_names(stretch.text, reader).replace(" it", "")
    return rest.isascii() and len(LETTERS.findall(rest)) <= MAX_BESIDE_LIST


def refuses(text: str, reader: Reader) -> bool:
    """Whether `text` refuses what may be in a book and names none: "leave out violence, I can't read that"."""
    told = [*reader.mentions(text)]
    tags = any(one.kind == "tag" and one.stance in REFUSALS for one in told)
    return tags and not any(one.kind == "work" for one in told)


def _given_up(stretch: Stretch, reader: Reader) -> ActPart | None:
    """That a work of the conversation, which was settled on before, is given up: its mark goes."""
    for match in BOOK.matches("gives_up", stretch.lower):
        said = next((part for part in match.groupdict().values() if part), "")
        works = meant_by(said, reader.dialogue, reader.recent, reader.words)
        known = tuple(slug for slug in works if slug in reader.dialogue.known())
        alone = works == reader.dialogue.spoken
        if reader.tags(said) and not (alone or all(is_wanted(slug, reader) for slug in works)):
            continue  # "forget yandere" gives up a kind
        if known and known == works and not focus.points(plain(said)):  # "forget it" gives up no book
            return ActPart(Act.VERDICT, stretch.text, works, detail={"state": "unwant"})
    return None


def _told_beside(stretch: Stretch, reader: Reader) -> str:
    """What is told of a work and sets no mark: planned, somebody else's, begun, owned; and after a verdict that it was
    liked after all. "" where a wish is beside it."""
    if focus.says_similar(stretch.text) or BOOK.first("list.", stretch.lower):
        return ""
    named = stretch.named.works
    wants = act_parts.SHELF.has("wants", stretch.lower) and not act_parts.BOOK.has("author", stretch.lower)
    if named and wants and not reader.says_more_than_names(stretch.text):
        return "want"
    promises = act_parts.verdict_in(stretch.lower) == "later" and act_parts.SHELF.has("promise", stretch.lower)
    if act_parts.BOOK.has("recommend", stretch.lower) and not promises:
        return ""
    if named:
        state = act_parts.verdict_in(act_parts.without_names(stretch.text, reader))
        return (
            state
            if state in TOLD_BESIDE or (state in TOLD_OF_NAMED and (len(named) == 1 or _only_lists(stretch, reader)))
            else ""
        )
    state = act_parts.verdict_in(stretch.lower)
    spoken = stretch.speaks_of_works or len(reader.spoken) == 1
    changed = state == "loved" and Act.VERDICT in reader.dialogue.acts and bool(reader.dialogue.marked)
    return state if (state in TOLD_BESIDE and spoken) or changed else ""


def _is_curious(stretch: Stretch, reader: Reader) -> bool:
    """Whether a work is only said to look good: nothing is shelved by that."""
    alone = stretch.speaks_of_works or len(reader.spoken) == 1
    return bool(alone and BOOK.has("curious", stretch.lower) and not focus.says_similar(stretch.text))


def _ends_asking(text: str) -> bool:
    return text.rstrip().endswith(("?", "？"))


def _own_list(stretch: Stretch) -> ActPart | None:
    if of := BOOK.first("list.", stretch.lower):
        return ActPart(Act.OWN_DATA, stretch.text, detail={"of": of})
    return None


# --- What was misread ----------------------------------------------------------------------------------------------


def _of_own_words(stretch: Stretch) -> ActPart | None:
    """A question about what she said herself: it asks for no definition."""
    return ActPart(Act.SERVICE, stretch.text, detail={"of": "words"}) if BOOK.has("own_words", stretch.lower) else None


def _taken_back(stretch: Stretch, reader: Reader) -> ActPart | None:
    """A condition that the reader never set, or a refusal that was none: `detail` names what is taken back."""
    if not reader.dialogue.acts:
        return None
    of = BOOK.first("takes_back.", stretch.lower)
    what = _conditions(_what_is_taken_back(stretch.text, of), reader) if of else {}
    if not of or not (what or (of == "refused" and reader.dialogue.last_picks and not stretch.named.works)):
        return None
    return ActPart(Act.COMPLAINT, stretch.text, detail={"kind": "misread", "taken_back": of, **what})


def _what_is_taken_back(text: str, of: str) -> str:
    """The words of `text` that name what was never asked for: what is asked for instead stands behind them.

    English names it behind "I never asked for", up to the next clause; the others before it.
    """
    lower = plain(text)
    for match in BOOK.matches(f"takes_back.{of}", lower):
        if lower.isascii():
            return text[: match.end()] + ENDS_CLAUSE.split(text[match.end() :], maxsplit=1)[0]
        return text[: match.end()]
    return text


def _conditions(text: str, reader: Reader) -> dict[str, Any]:
    """What a clause names that a wish may hold."""
    named = list(reader.mentions(text))
    values = [value for one in named if one.kind not in ("work", "unknown") for value in one.values]
    works = [value for one in named if one.kind == "work" for value in one.values]
    limits = [name for name in LIMITS if getattr(reader.parsed.bounds, name) is not None]
    limits += [LIMIT_OF.get(one.kind, one.kind) for one in named if one.kind not in ("work", "unknown", "tag")]
    found = (("values", values), ("limits", limits), ("works", works))
    return {name: held for name, held in found if held}


def _disputed(stretch: Stretch, reader: Reader) -> ActPart | None:
    """That what was just told of a work is not so: in plain words, or by another fact put against it."""
    if not reader.dialogue.asked or not ASKED & {*reader.dialogue.acts} or _ends_asking(stretch.text):
        return None
    contradicts = BOOK.has("contradicts", stretch.lower) and not BOOK.has("corrects", stretch.lower)
    contradicts = contradicts and _states_fact(stretch, reader)
    if not (contradicts or BOOK.has("disputes", stretch.lower)):
        return None
    works = stretch.named.works or stretch.pointed or reader.spoken
    return ActPart(Act.COMPLAINT, stretch.text, works, detail={"kind": "wrong"})


def _states_fact(stretch: Stretch, reader: Reader) -> bool:
    """Whether a clause tells what a catalogue may have wrong: a number, a name, a state, what is in a work."""
    told = bool(FIGURE.search(stretch.text)) or reader.says_something(stretch.text)
    return told or bool(questions.questions_in(stretch.text)) or bool(BOOK.first("matter.", stretch.lower))


def _misheard(stretch: Stretch, reader: Reader) -> ActPart | None:
    """That something else was asked than was answered, in words that do not tell what: it is asked back, unless the rest
    of the turn tells."""
    if not (BOOK.has("own_question", stretch.lower) and reader.dialogue.acts) or _ends_asking(stretch.text):
        return None
    of_offers = not ASKED & {*reader.dialogue.acts}
    if of_offers and (reader.chooses or act_parts.BOOK.has("complaint", stretch.lower)):
        return None
    if questions.questions_in(stretch.text) or stretch.named.unknown:
        return None
    return ActPart(Act.COMPLAINT, stretch.text, detail={"kind": "misread"})


def _put_right(stretch: Stretch, reader: Reader) -> ActPart | None:
    """The question asked before, of the work or the matter that was meant: "no, I meant X", "I asked about the anime"."""
    puts_right = BOOK.has("corrects", stretch.lower) or BOOK.has("own_question", stretch.lower)
    if not puts_right or not reader.dialogue.asked or act_parts.BOOK.has("recommends", stretch.lower):
        return None
    meant = _without_denied(stretch.text)
    works = reader.named(meant).works or (stretch.named.works if meant == stretch.text else ())
    works = works or loosely_named(meant, reader.words)
    works = works or focus.pointed_at(meant, reader.dialogue) or (stretch.pointed if meant == stretch.text else ())
    matter = BOOK.first("matter.", plain(meant))
    asked = questions.questions_in(meant) or ((Question(matter),) if matter not in ("", "author") else ())
    of = works or reader.spoken
    same = {*of} <= {slug for part in reader.dialogue.asked for slug in part.works}
    corrected = {"corrected": "question" if same else "work"}
    if asked and of:
        return ActPart(Act.ABOUT, meant, of, asked, corrected)
    if matter and of:
        return ActPart(Act.AUTHOR, meant, of, detail=corrected)
    before = next((part for part in reader.dialogue.asked if part.act is not Act.COMPARE or len(works) > 1), None)
    if not works or not before or {*works} == {*before.works}:
        return None  # nothing else is named than what was answered
    detail = {name: told for name, told in before.detail.items() if name not in ("unknown", "author")}
    return replace(before, works=works, detail={**detail, "corrected": "work"})


def _without_denied(text: str) -> str:
    """`text` without what it says was not meant: "not A but B", "A가 아니라 B", 「AじゃなくてB」."""
    kept = text
    for language in languages_in(text):
        pattern = PHRASES.pattern("orders", "denied", language)
        kept = re.sub(pattern, " ", kept, flags=re.IGNORECASE)
    return kept.strip() or text


def _reactions(text: str) -> tuple[str, ...]:
    """What the whole of a text may be where it only reacts."""
    return tuple(kind for kind in REACTIONS if BOOK.has(kind, plain(text).strip()))


# --- Talk ----------------------------------------------------------------------------------------------------------


def _chat(stretch: Stretch, reader: Reader) -> ActPart | None:
    if BOOK.has("of_her", stretch.lower):
        return ActPart(Act.SERVICE, stretch.text, detail={"of": "likes"})
    kind = next((one for one in TALK if BOOK.has(one, stretch.lower)), "")
    if not kind or (kind not in KIND_OF_TALK and reader.says_something(stretch.text)):
        return None
    if kind in REACTIONS and kind not in _reactions(reader.text):
        return None
    if kind == "pleased" and reader.dialogue.proposed:
        return None
    return ActPart(Act.SMALL_TALK, stretch.text, detail={"kind": KIND_OF_TALK.get(kind, kind)})
