"""Whether something that no tag tells of is in a work: as its own texts say, else that it is not noted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...language.acts import Question
from ...language.words.subjects import is_known, words_of
from ...recommender.told import tellers_of
from .telling import Telling, listed

MOST = 2


def subjects_of(telling: Telling) -> list[str]:
    if not {*telling.part.questions} <= {Question.OTHER, Question.OVERVIEW}:
        return []
    return [one for one in listed(telling.detail.get("subjects")) if is_known(one)][:MOST]


def is_named(text: str, subjects: Sequence[str], telling: Telling) -> bool:
    """Whether `text` has a word for one of `subjects`."""
    return any(word.lower() in text.lower() for one in subjects for word in words_of(one)[telling.language])


def told(telling: Telling) -> Iterator[str]:
    for subject in subjects_of(telling):
        is_told = telling.work.slug in tellers_of(subject, telling.reply.catalogue)
        yield telling.tell("subject-told" if is_told else "subject-unknown", words=telling.reply.in_words(subject))
