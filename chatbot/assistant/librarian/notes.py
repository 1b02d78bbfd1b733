"""What the librarian's notes answer: how a book reads, what its people are like, how hard it is, how its parts are called.

A note is said as the row has it, where it answers better than tags do; a work without notes is told of as before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...catalogue.arcs import Arc
from ...catalogue.models import in_language
from ...language.acts import Question
from ...language.asking import asked
from ...language.asking.particulars import topic_in
from ...language.asking.questions import may_be_question, questions_in
from ...language.learned import noted
from ...language.tag_relations import LOVE, OF_LOVE, OF_VIOLENCE, TOO_MUCH_LOVE
from ...language.words.subjects import tropes
from ...text.folding import key
from . import subjects_asked
from .contents import is_of_young
from .telling import HALVES, MAX_COMPARED, NAMED, NAMED_WORK, Telling

SURE = 0.85  # how likely a note must be to answer a piece of the words that asks for a fact as well
MIN_PIECE = 2  # letters
LATIN = re.compile("[a-z]{4,}")  # a word that may begin the name of a part
SEVERAL = 3  # titles in a reply that offers books
MOST = 2  # notes of one answer
MOST_ARCS = 8  # of a work that are told in a row
# What a row's columns say better than any note.
OF_FACTS = frozenset(
    (
        Question.VOLUMES, Question.STATUS, Question.NEXT_VOLUME, Question.YEAR, Question.IMPRINT, Question.ILLUSTRATOR,
        Question.NAMES, Question.AFTER_ANIME, Question.EDITION, Question.WHERE, Question.ORDER, Question.READING_TIME,
        Question.WHY, Question.PLOT,
    )
)  # fmt: skip
# What a note answers in place of tags, and by which note where the words alone do not tell.
BY_QUESTION = {
    Question.QUALITY: "feel",
    Question.CHARACTERS: "people",
    Question.LEVEL: "reading",
    Question.WARNINGS: "content",
    Question.CONTENT: "",
    Question.OTHER: "",
}
BY_GROUP = {"warnings": "content", "hero": "people", "tone": "feel", "bonds": "love"}
# What a question by a tag is answered by, whatever its words are like.
BY_TAG = {
    **dict.fromkeys(OF_VIOLENCE, "content"),
    **dict.fromkeys((*OF_LOVE, *LOVE, *TOO_MUCH_LOVE), "love"),
}
MISTAKEN = frozenset(("love", "content", "feel"))  # kinds that one question is easily taken for another of
# Topics of whoever holds the anime against the books.
AGAINST_ANIME = frozenset(("against-anime", "anime-only"))
# Verdicts that come before the note which bears them out.
FIRST = (Question.SUITS, Question.ENDING, Question.ANIME, Question.AFTER_ANIME)
# Questions that a note of a kind answers too.
ALSO = {
    "anime": {Question.ANIME, Question.WEB_NOVEL},
    "reading": {Question.ORDER},
    "love": {Question.CHARACTERS},
}
# Topics that a note says nothing of.
BESIDES = frozenset(
    ("late", "sequel", "author", "live", "film", "format", "followup", "merch", "gender", "named", "finisher")
)
# Questions that the volumes of a named part answer.
OF_ARCS = {
    Question.VOLUMES, Question.ORDER, Question.OTHER, Question.OVERVIEW, Question.NEXT_VOLUME, Question.STATUS,
    Question.AFTER_ANIME, Question.PLOT,
}  # fmt: skip


def kinds_asked(telling: Telling, questions: Sequence[Question]) -> list[str]:
    """The kinds of notes that answer the words, of those that the work has, those that were not told before; where
    all were, they are told again."""
    meant = _kinds_meant(telling, questions)
    fresh = [kind for kind in meant if not _was_answered(telling, text_of(telling, kind))]
    return (fresh or meant)[:MOST]


def _was_answered(telling: Telling, text: str) -> bool:
    """Whether a reply has told a note, and not only as a reason for one of several picks."""
    return any(text[:MAX_COMPARED] in said and len(NAMED_WORK.findall(said)) < SEVERAL for said in telling.replies)


def _kinds_meant(telling: Telling, questions: Sequence[Question]) -> list[str]:
    """The kinds of notes that answer the words, of those that the work has."""
    found = [
        kind
        for piece in _pieces(telling.text)
        if (kind := _of_quality(piece) or _kind_of(telling, piece) or _of_warnings(piece, questions))
    ]
    if not found and set(questions) & BY_QUESTION.keys():
        found = [kind for question in questions if (kind := _by_question(telling, question))]
    if Question.SUITS in questions and is_of_young(telling):
        found = ["content", *(found if len(questions) > 1 else ())]  # what the verdict rests on
    if Question.ENDING in questions and telling.wants("couple"):
        found = ["love", *found]
    if asks_of_manga(telling):
        found = [kind for kind in found if kind != "anime"]  # told after that the manga is not known
    if subjects := subjects_asked.subjects_of(telling):
        found = _on_subjects(telling, subjects)
    return [kind for kind in dict.fromkeys(found) if text_of(telling, kind)]


def _on_subjects(telling: Telling, subjects: Sequence[str]) -> list[str]:
    """The kinds of notes that speak of what is asked after and no tag tells: of people, where such a one is asked after."""
    named = [kind for kind in telling.work.notes if subjects_asked.is_named(text_of(telling, kind), subjects, telling)]
    return named or (["people"] if {*subjects} & {*tropes()} else [])


def _of_quality(piece: str) -> str:
    """The kind of note that answers a piece which asks how the book is and nothing else; "" for any other."""
    of_it = questions_in(piece) == (Question.QUALITY,) and (asked.is_put(piece, "verdict") or not noted.best(piece))
    return BY_QUESTION[Question.QUALITY] if of_it else ""


def _of_warnings(piece: str, questions: Sequence[Question]) -> str:
    """The kind of note that answers a piece which asks how bad it gets, in whatever words, beside other questions."""
    of_it = Question.WARNINGS in questions and Question.WARNINGS in questions_in(piece)
    return BY_QUESTION[Question.WARNINGS] if of_it else ""


def asks_of_manga(telling: Telling) -> bool:
    """Whether a manga is held against the books or the anime, of which the shelf seldom tells."""
    return telling.topic == "manga" and telling.is_put("media")


def text_of(telling: Telling, kind: str) -> str:
    """The note of a kind in the reader's language; "" where there is none."""
    texts = telling.work.notes.get(kind)
    return in_language(texts, telling.language) if texts else ""


def told(telling: Telling, kinds: Sequence[str]) -> Iterator[str]:
    for kind in kinds:
        yield telling.tell_note(kind, text_of(telling, kind))


def kind_compared(text: str) -> str:
    """The kind of note by which works are held against each other."""
    best = noted.best(text)
    return best if best and best != "anime" else "feel"


def left(
    telling: Telling, kinds: Sequence[str], questions: Sequence[Question], topics: Sequence[str]
) -> tuple[list[Question], list[str]]:
    """What of the questions and topics is still to be answered beside the notes of `kinds`."""
    answered = {*BY_QUESTION}.union(*(ALSO.get(kind, ()) for kind in kinds))
    answered |= {Question.OVERVIEW} - {*questions_in(telling.text)}  # which is only guessed
    if Question.ORDER not in questions and not AGAINST_ANIME & {*topics}:
        answered.discard(Question.ANIME)  # whether there is one, and then how it differs
    return [one for one in questions if one not in answered], [one for one in topics if one in BESIDES]


def answers(telling: Telling, piece: str) -> bool:
    """Whether a note of the work answers a piece of the words."""
    return bool((kind := _kind_of(telling, piece)) and text_of(telling, kind))


def _pieces(text: str) -> list[str]:
    pieces = [piece.strip() for piece in HALVES.split(text)]
    pieces = [piece for piece in pieces if len(piece.replace(NAMED, "").strip()) >= MIN_PIECE]
    return [piece for piece in pieces if may_be_question(piece)] or pieces


def _kind_of(telling: Telling, piece: str) -> str:
    """The kind of note that answers a piece of the words; "" where none is likely to. What it names by a tag tells
    violence from love, whatever it sounds like."""
    if topic_in(piece) == "manga" and not asks_of_manga(telling):
        return ""  # whether there is one
    kind = noted.best(piece, SURE if OF_FACTS & {*questions_in(piece)} else noted.LIKELY)
    if kind not in MISTAKEN:
        return kind
    tags = asked.tags_in(piece, telling.reply.catalogue)
    kinds = {meant for slug in tags if (meant := of_tag(telling, slug))}
    return next(iter(kinds)) if len(kinds) == 1 else kind


def of_tag(telling: Telling, slug: str) -> str:
    """The kind of note that speaks of a tag, "" where none surely does. One that has a word for it comes first."""
    if (kind := BY_TAG.get(slug, "")) == "love":
        return kind
    if telling.reply.group(slug) == "warnings" and telling.is_named_in(slug, text_of(telling, "content")):
        return "content"
    return _naming(telling, slug) or kind or BY_GROUP.get(telling.reply.group(slug), "")


def _naming(telling: Telling, slug: str) -> str:
    """The kind of the first note that has a word for a tag."""
    return next((kind for kind in telling.work.notes if telling.is_named_in(slug, text_of(telling, kind))), "")


def _by_question(telling: Telling, question: Question) -> str:
    if kind := BY_QUESTION.get(question, ""):
        return kind
    if question is Question.CONTENT and (tags := telling.asked_tags()):
        return (
            "love"
            if {*LOVE, *OF_LOVE} & {*tags}
            else (BY_GROUP.get(telling.reply.group(tags[0]), "") or _unlisted(telling, tags))
        )
    return ""


def _unlisted(telling: Telling, tags: Sequence[str]) -> str:
    """The kind of a note that speaks of what the catalogue does not list of the work."""
    missing = [slug for slug in tags if not telling.strength_of(slug)]
    return next((kind for slug in missing if (kind := _naming(telling, slug) or BY_TAG.get(slug, ""))), "")


# --- Parts with names ------------------------------------------------------------------------------------------------


def arcs_named(telling: Telling) -> list[Arc]:
    """The parts of the work that the words name."""
    return arcs_in(telling, telling.part.text)


def arcs_in(telling: Telling, text: str) -> list[Arc]:
    """The parts of the work that `text` names, in Latin letters also by how their names begin: "kizu"."""
    said = key(text)
    named = [arc for arc in telling.work.arcs if any(name in said for name in arc.keys)] or _begun_by(telling, text)
    titled = {key(title) for title in (*telling.work.titles.values(), *telling.work.names)}
    return [arc for arc in named if not arc.keys & titled] or named


def _begun_by(telling: Telling, text: str) -> list[Arc]:
    """The part of whose one-word title alone a word of `text` is the beginning."""
    for word in LATIN.findall(text.lower()):
        begun = [arc for arc in telling.work.arcs for title in arc.title.values()
                 if " " not in title and title.lower().startswith(word)]  # fmt: skip
        if len(begun) == 1:
            return begun
    return []


def of_arcs(telling: Telling, arcs: Sequence[Arc]) -> Iterator[str]:
    """Which volumes the parts are."""
    for arc in arcs[:MOST]:
        name = "arc" if arc.first < arc.last else "arc-single"
        title = in_language(arc.title, telling.language)
        if arc.anew:
            yield telling.tell("part-anew", part=title, last=arc.last)
            continue
        yield telling.tell(name, arc=title, first=arc.first, last=arc.last)


def all_arcs(telling: Telling) -> Iterator[str]:
    """How the work falls into parts, where that is known."""
    arcs = telling.work.arcs[:MOST_ARCS]
    told = [telling.say.finish_part(_frame_of(arc), first=arc.first, last=arc.last,
                                    arc=in_language(arc.title, telling.language)) for arc in arcs]  # fmt: skip
    yield telling.tell("arcs", arcs=telling.say.listing(told))


def _frame_of(arc: Arc) -> str:
    if arc.anew:
        return "works.arc-anew"
    return "works.arc" if arc.first < arc.last else "works.arc-one"
