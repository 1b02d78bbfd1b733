"""With which yes or no an answer about a work begins, where one thing was asked that is so or is not."""

from __future__ import annotations

from collections.abc import Sequence

from ...language.acts import Question
from ...language.asking.asked import tells, volumes_in
from ...language.asking.traits import traits_in
from ...language.tag_relations import OF_TONE
from . import editions
from .editions import edition_state
from .telling import STRONG, Telling

OF_TAGS = frozenset((Question.CONTENT, Question.WARNINGS))
ABOUT_CONTENT = OF_TAGS | {Question.CHARACTERS}


def lead(telling: Telling, questions: Sequence[Question]) -> str:
    """ "yes" or "no" where one thing was asked that is so or is not; "" where that is not how it was asked."""
    if [*questions] == [Question.VOLUMES]:
        said = volumes_in(telling.text)
        return "" if not said else "yes" if said == telling.work.volumes else "no"
    if not questions and telling.has_told("kind-ln", "here-yes"):
        return "yes"
    if telling.is_put("negated", "amount", "fear", "child", "school") or telling.wants("open"):
        return ""
    if questions and questions[0] in ABOUT_CONTENT and Question.SUITS not in questions:
        return _lead_of_content(telling)
    if len(questions) != 1:
        return ""
    question = questions[0]
    if question is Question.STATUS:
        return "" if telling.is_put("running") else "yes" if telling.work.status == "completed" else "no"
    if question is Question.ANIME and not telling.topic:
        return "yes" if telling.work.anime else "no"
    if question is Question.EDITION and editions.counts(telling):
        return ""
    if question is Question.EDITION and not telling.topic and len(telling.editions_asked) == 1:
        return {"edition": "yes", "no-edition": "no"}.get(edition_state(telling.work, telling.edition_asked), "")
    return ""


def _lead_of_content(telling: Telling) -> str:
    """The same of what may be in a work: where one answer holds of all that was asked."""
    if traits_in(telling.text) or telling.topics or telling.wants("either"):
        return ""
    said = {_is_in(telling, slug) for slug in telling.asked_tags()}
    return said.pop() if len(said) == 1 else ""


def lead_of_note(telling: Telling, questions: Sequence[Question], kind: str) -> str:
    """ "indeed", "somewhat" or "not_so" where a note of `kind` is told of what was asked to be in a work, as far as its
    tags bear that out and it does not itself begin by denying it."""
    if telling.is_put("negated", "fear", "child", "school") or telling.topics:
        return ""
    if telling.wants("either") or telling.wants("open"):
        return ""
    tags = telling.asked_tags()
    if not questions or not {*questions} <= OF_TAGS or len(tags) != 1 or traits_in(telling.text):
        return ""
    strength = telling.strength_of(tags[0])
    least = STRONG + 1 if telling.is_put("amount") else STRONG
    if tells(telling.work.notes[kind].get("en", ""), "denies"):
        return "somewhat" if strength >= STRONG else "not_so"
    return "indeed" if strength >= least else "somewhat" if strength else "unnoted"


def _is_in(telling: Telling, slug: str) -> str:
    side = OF_TONE.get(slug)
    strength = telling.strength_of(slug)
    if side:
        turned = telling.work.tone * side
        return "yes" if turned > 0 else "" if strength >= STRONG or not turned else "no"
    return "yes" if strength else ""  # that none is listed is no promise
