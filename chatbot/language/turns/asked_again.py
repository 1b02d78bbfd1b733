"""A question that the reader puts once more, because books or something else came in its place: "i asked if it is good",
"추천 말고 완결됐냐고", 「質問に答えて」. It is answered, of the work that is named now, and no books are chosen.
"""

from collections.abc import Iterator
from dataclasses import replace

from ..acts import Act, ActPart, Question, ReadTurn
from ..asking import asked, particulars, questions
from ..learned import noted
from ..words.clauses import Clause, clauses_of
from ..words.cue_book import CueBook, plain
from . import act_parts
from .act_parts import Reader

BOOK = CueBook("asked_again")
NOT_OF_ANOTHER = ("unknown", "author", "corrected")
GUESSED = {Question.OVERVIEW, Question.OTHER}


def asked_again(reader: Reader) -> ReadTurn | None:
    """The turn as the question it insists on: as it words it, else the one that stands open."""
    lower = plain(reader.text)
    insists = BOOK.has("insists", lower)
    if not reader.dialogue.acts or BOOK.has("wishes", lower) or not (insists or denies_wish(lower)):
        return None
    rest = _without("leads", _without("no_wish", _without("insists", reader.text))).strip(" ,.!?…。、！？~")
    part = _put_in(rest, reader) or _left_open(rest, reader)
    if part and insists and _has_asked(reader):
        part = replace(part, detail={**part.detail, "corrected": "question"})
    return ReadTurn((part,), "") if part else None


def _has_asked(reader: Reader) -> bool:
    """Whether something was asked before, so that it was answered amiss."""
    return bool(reader.dialogue.asked) or questions.is_question(reader.dialogue.said)


def denies_wish(lower: str) -> bool:
    """Whether words say that no books are wished for: "NOT recs"."""
    return BOOK.has("no_wish", lower)


def _without(section: str, text: str) -> str:
    for match in BOOK.every(section, plain(text)):
        text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    return text.strip()


def _put_in(rest: str, reader: Reader) -> ActPart | None:
    """The question that `rest` holds, of the work that it means or that is spoken of; None where it holds none."""
    for clause in clauses_of(rest):
        clause = clause if questions.is_question(clause.text) else replace(clause, text=f"{clause.text}?")
        lower = plain(clause.text)
        if act_parts.BOOK.has("author", lower):
            part = act_parts.authorship(reader.stretch(clause), reader)
        elif _asks(clause.text, reader):
            part = act_parts.about(reader.stretch(clause), reader)
        else:
            continue
        works = part.works if part else ()
        if part and (works := works if 0 < len(works) < 3 else _spoken(rest, reader)):
            return replace(part, works=works)
    return None


def _asks(text: str, reader: Reader) -> bool:
    if {*questions.questions_in(text)} - GUESSED or particulars.topic_in(text) or asked.topics_in(text):
        return True
    return bool(reader.tags_asked(text) or noted.best(reader.untitled(text)))


def _left_open(rest: str, reader: Reader) -> ActPart | None:
    """What was asked last, of the work that is named now."""
    dialogue = reader.dialogue
    works = _spoken(rest, reader)
    if before := next((part for part in dialogue.asked if part.act is not Act.COMPARE or len(works) > 1), None):
        told = {name: held for name, held in before.detail.items() if name not in NOT_OF_ANOTHER}
        return replace(before, works=works or before.works, detail=told)
    for clause in _asking_clauses(dialogue.said):
        part = act_parts.about(reader.stretch(clause), reader)
        if part.works or works:
            return replace(part, works=works or part.works)
    return None


def _asking_clauses(said: str) -> Iterator[Clause]:
    return (clause for clause in clauses_of(said) if questions.is_question(clause.text))


def _spoken(rest: str, reader: Reader) -> tuple[str, ...]:
    """The work that `rest` names or points at, else the one that is spoken of."""
    clauses = clauses_of(rest)
    for stretch in (reader.stretch(clause) for clause in clauses):
        if works := stretch.named.works or stretch.pointed:
            return works
    if len(reader.spoken) == 1:
        return reader.spoken
    return next((part.works for part in reader.dialogue.asked if len(part.works) == 1), ())
