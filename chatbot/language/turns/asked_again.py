"""A question that the reader puts once more, because books or something else came in its place: "i asked if it is good",
"추천 말고 완결됐냐고", 「質問に答えて」. It is answered, of the work that is named now, and no books are chosen.
"""

from collections.abc import Iterator
from dataclasses import replace

from ..acts import Act, ActPart, Question, ReadTurn
from ..asking import asked, particulars, questions
from ..learned import noted
from ..names import authors
from ..words.clauses import Clause, clauses_of
from ..words.cue_book import CueBook, plain
from . import act_parts
from .act_parts import Reader

BOOK = CueBook("asked_again")
NOT_OF_ANOTHER = ("unknown", "author", "corrected")
MOST_MEANT = 3  # works of which one or two are meant
GUESSED = {Question.OVERVIEW, Question.OTHER}


def asked_again(reader: Reader) -> ReadTurn | None:
    """The turn as the question it insists on: as it words it, else the one that stands open."""
    lower = plain(reader.text)
    insists = BOOK.has("insists", lower)
    if not reader.dialogue.acts or _wishes(lower) or not (insists or denies_wish(lower)):
        return None
    if reader.dialogue.asked and act_parts.ORDERS.first("matter.", lower):
        return None  # the matter is put right by its name, see `orders`
    rest = _without("amiss", reader.text) if insists else reader.text
    rest = _without("leads", _without("no_wish", _without("insists", rest))).strip(" ,.!?…。、！？~")
    parts = list(_put_in(rest, reader))
    plain_part = next((part for part in parts if _asks_plainly(part) or part.detail.get("subjects")), None)
    is_open = bool(parts) or Act.RECOMMEND in reader.dialogue.acts
    part = plain_part or (_left_open(rest, reader) if is_open else None) or next(iter(parts), None)
    if part and insists and _has_asked(reader):
        part = replace(part, detail={**part.detail, "corrected": "question"})
    if not part:
        return None
    besides = [one for one in parts if part is plain_part and one is not part and _asks_plainly(one)]
    return ReadTurn((part, *besides), "")


def _asks_plainly(part: ActPart) -> bool:
    return part.act is not Act.ABOUT or not {*part.questions} <= GUESSED


def _wishes(lower: str) -> bool:
    """Whether words wish for books, and not for one of two that are held against each other: "하나만 골라줘"."""
    return BOOK.has("wishes", lower) and not act_parts.BOOK.has("compare", lower)


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


def _put_in(rest: str, reader: Reader) -> Iterator[ActPart]:
    """The questions that `rest` holds, of the work that it means or that is spoken of."""
    for clause in clauses_of(rest):
        if compared := _compared_by(clause.text, reader):
            yield compared
            continue
        clause = clause if questions.is_question(clause.text) else replace(clause, text=f"{clause.text}?")
        if act_parts.BOOK.has("compare", plain(clause.text)):
            part = act_parts.comparison(reader.stretch(clause), reader)
            if part and part.act is Act.COMPARE and len(part.works) == MOST_MEANT - 1:
                yield part
                continue
        if act_parts.BOOK.has("author", plain(clause.text)) or _names_author(clause.text, reader):
            part = act_parts.authorship(reader.stretch(clause), reader)
            if part and part.detail.get("author"):
                yield part
                continue
        else:
            part = act_parts.about(reader.stretch(clause), reader) if _asks(clause.text, reader) else None
        works = part.works if part else ()
        if part and (works := works if 0 < len(works) < MOST_MEANT else _spoken(rest, reader)):
            yield replace(part, works=works)


def _compared_by(text: str, reader: Reader) -> ActPart | None:
    """The comparison that was asked for, by what alone `text` names: "정치싸움 물어봤는데"."""
    before = next((part for part in reader.dialogue.asked if part.act is Act.COMPARE), None)
    tags = reader.tags(text)
    if not (before and tags) or reader.named(text).works or questions.is_question(text):
        return None
    return replace(before, text=text, detail={"by": tags[:1]})


def _names_author(text: str, reader: Reader) -> bool:
    return bool(authors.authors_in(text, reader.words, reader.known_authors))


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
