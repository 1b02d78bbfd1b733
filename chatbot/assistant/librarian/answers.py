"""A reply part by part: what each act is answered with, and the offer where books are wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ...language.acts import Act, ActPart, Question
from ...language.asking import asked
from . import authors, comparison, found, likeness, orders, own, shelf, talk, works
from .offers import Offer
from .questions import MARKS
from .reply import Reply

Answer = Callable[[Reply, ActPart], list[str]]  # paragraphs; none where there is nothing to say

ANSWERS: dict[Act, Answer] = {
    Act.ABOUT: lambda reply, part: _entry(reply, part) or works.answer(reply, part),
    Act.COMPARE: lambda reply, part: likeness.answer(reply, part) or comparison.answer(reply, part),
    Act.FIND: found.answer,
    Act.AUTHOR: authors.answer,
    Act.CATALOGUE: shelf.answer,
    Act.OWN_DATA: own.answer,
    Act.VERDICT: own.verdict,
    Act.TASTE: own.taste,
    Act.SERVICE: talk.service,
    Act.DEFINITION: talk.definition,
    Act.GREETING: talk.greeting,
    Act.SMALL_TALK: talk.small_talk,
    Act.THANKS: talk.thanks,
    Act.COMPLAINT: talk.complaint,
    Act.ABUSE: talk.abuse,
    Act.GIBBERISH: talk.gibberish,
    Act.OFF_TOPIC: talk.off_topic,
    Act.DISTRESS: talk.distress,
    Act.YES: talk.yes,
    Act.NO: talk.no,
}

# After which "it" is the one work that they were about.
OF_ONE_WORK = (Act.ABOUT, Act.AUTHOR)
# Those in a row of the same works are one question.
JOINED = (Act.ABOUT, Act.COMPARE)
LONG = {"ko": 60, "ja": 60, "en": 150}  # letters of a paragraph that is told once in a conversation
SHORT = 90  # characters of an ask whose words all belong to its one question
# Beside any other act these need no answer.
ONLY_TALK = (Act.SMALL_TALK, Act.GREETING, Act.THANKS, Act.YES, Act.NO)


def paragraphs(reply: Reply) -> list[str]:
    """Answers come in the order of the parts, the offer last: an answer stands above its cards."""
    parts = reply.brief.parts
    if any(part.act is Act.DISTRESS for part in parts):
        parts = tuple(part for part in parts if part.act is Act.DISTRESS)
    said = _answers(reply, list(_answered(tuple(_together(reply, parts)))))
    told_of = next((part.works[0] for part in parts if part.detail.get("described") and part.works), "")
    if said and told_of:
        said[0] = f"{reply.one_of('found.meant', title=reply.title_of(told_of))}{reply.say.between}{said[0]}"
    corrected = [part for part in parts if part.detail.get("corrected") and not part.act.wishes]
    if said and corrected:
        said[0] = f"{_acknowledged(reply, corrected[0])}{reply.say.between}{said[0]}"
    if not parts or any(part.act.wishes for part in parts):
        said += talk.instead_of_books(reply) or Offer(reply).paragraphs()
    said = _once(reply, list(dict.fromkeys(paragraph for paragraph in said if paragraph)))
    said = said or _at_least(reply, parts)
    return _as_said(reply, said) if said and not reply.brief.wishes and _was_just_said(reply, said) else said


def _at_least(reply: Reply, parts: Sequence[ActPart]) -> list[str]:
    """What is said where no part had an answer: to talk what answers talk, else which book is meant."""
    talked = [paragraph for part in parts if part.act in ONLY_TALK for paragraph in ANSWERS[part.act](reply, part)]
    return [paragraph for paragraph in talked if paragraph][:1] or [reply.one_of("unnamed")]


def _acknowledged(reply: Reply, part: ActPart) -> str:
    """That another thing was meant, by its name."""
    if part.detail["corrected"] == "medium":
        return reply.one_of("corrected.medium")
    if part.detail["corrected"] == "question":
        return reply.one_of("talk.misread")
    titles = [reply.title_of(slug) for slug in part.works if reply.work(slug)]
    return (
        reply.one_of("corrected.work", works=reply.say.listing(titles[:2])) if titles else reply.one_of("talk.misread")
    )


def _answers(reply: Reply, parts: Sequence[ActPart]) -> list[str]:
    """What each part is answered with. What else is asked of one work goes on where that was told, without its name."""
    said: list[str] = []
    is_short = False  # whether the part before took one paragraph
    for part in parts:
        goes_on = is_short and part.act in OF_ONE_WORK and part.works == (reply.speaks_of,)
        told = [paragraph for paragraph in _answer(reply, part) if paragraph]
        is_named = part.act in OF_ONE_WORK and len(part.works) == 1 and bool(told)
        is_short, reply.speaks_of = len(told) == 1, part.works[0] if is_named else ""
        if goes_on and told:
            said[-1] = f"{said[-1]}{reply.say.between}{told.pop(0)}"
        said += told
    return said


def _entry(reply: Reply, part: ActPart) -> list[str]:
    """Of works of several series the one to begin with, where it is asked with which of them to begin."""
    if len(part.works) < 2 or Question.ORDER not in part.questions or not asked.is_put(part.text, "begin"):
        return []
    known = works.known_of(reply, part)
    if len(known) < 2 or orders.is_one_series(known):
        return []
    return comparison.answer(reply, replace(part, act=Act.COMPARE, detail={**part.detail, "by": "beginner"}))


def _once(reply: Reply, said: Sequence[str]) -> list[str]:
    """`said`, beside other words without what the reply before had word for word, nor what any reply of the conversation
    has told at length; where nothing else is left, the same again."""
    if reply.brief.wishes or not reply.brief.history:
        return [*said]
    last = {_bare(one) for one in reply.brief.history[-1][1].split("\n")}
    before = {
        bare
        for _, told in reply.brief.history
        for one in told.split("\n")
        if len(bare := _bare(one)) >= LONG[reply.language]
    }
    if left := [one for one in said if _bare(one) not in last | before]:
        return left
    if said and all(_bare(one) in before for one in said):
        return _as_said(reply, said)
    return [*said]


def _was_just_said(reply: Reply, said: Sequence[str]) -> bool:
    """Whether the reply before was the very same."""
    return bool(reply.brief.history) and _bare("".join(said)) == _bare(reply.brief.history[-1][1])


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _as_said(reply: Reply, said: Sequence[str]) -> list[str]:
    first, *rest = said
    return [reply.say.part("works.again", told=first), *rest]


def _together(reply: Reply, parts: Sequence[ActPart]) -> Iterator[ActPart]:
    """`parts`, those in a row that ask about the same works as one: what is said of them is said once. A lone question
    is told by all the words of a short ask."""
    if len(parts) == 1 and parts[0].act in (*JOINED, Act.AUTHOR):
        parts = (_with_rest(parts[0], reply.brief.ask),)
    last: ActPart | None = None
    for part in parts:
        if last and last.act is part.act and part.act in JOINED and last.works and {*last.works} == {*part.works}:
            last = _joined(last, part)
            continue
        if last:
            yield last
        last = part
    if last:
        yield last


def _with_rest(part: ActPart, ask: str) -> ActPart:
    """`part` with the words of a short ask that come after its own: the second half of its question."""
    own, whole = "".join(part.text.split()), "".join(ask.split())
    is_half = own and (whole.startswith(own) or (own in whole and MARKS.search(whole.replace(own, ""))))
    return replace(part, text=ask) if is_half and len(ask) <= SHORT else part


def _joined(first: ActPart, second: ActPart) -> ActPart:
    detail = {**first.detail, **second.detail}
    for name in ("tags", "by"):
        if several := list(dict.fromkeys([*_several(first, name), *_several(second, name)])):
            detail[name] = several
    return replace(
        first,
        text=f"{first.text} {second.text}" if second.text not in first.text else first.text,
        questions=tuple(dict.fromkeys((*first.questions, *second.questions))),
        detail=detail,
    )


def _several(part: ActPart, name: str) -> list[str]:
    held = part.detail.get(name) or []
    return [held] if isinstance(held, str) else list(held)


def _answered(parts: Sequence[ActPart]) -> Iterator[ActPart]:
    """The parts that are answered in words of their own: no talk beside what was asked, and one apology of two."""
    acts = {part.act for part in parts}
    for part in parts:
        if not part.act.wishes and not _is_spare(part, acts):
            yield part


def _is_spare(part: ActPart, acts: set[Act]) -> bool:
    if part.act is Act.SMALL_TALK:
        return bool(acts - {*ONLY_TALK}) and not part.detail.get("told")
    if part.act is Act.ABUSE:
        return Act.COMPLAINT in acts
    return part.act is Act.VERDICT and Act.ABOUT in acts and not (part.works or part.detail.get("unknown"))


def _answer(reply: Reply, part: ActPart) -> list[str]:
    return talk.mistaken(reply, part) or ANSWERS[part.act](reply, part)
