"""Answers about works, from what the catalogue knows of them."""

from __future__ import annotations

from collections.abc import Sequence

from ...catalogue.facts import WorkFacts
from ...language.acts import Act, ActPart, Question
from ...language.asking import asked, particulars
from ...text.folding import key
from ..material import MOST_SPOKEN
from . import orders
from .absent import not_here, with_way_on
from .questions import GUESSED, paragraphs
from .reply import Reply
from .several import TOGETHER, Several
from .telling import Telling

MOST_MEANT = 3  # works that "it" may mean at once; of more it is asked which
# Acts that a reply answers with something of works.
ANSWERED = frozenset((Act.RECOMMEND, Act.ABOUT, Act.COMPARE, Act.FIND, Act.AUTHOR, Act.VERDICT))


def answer(reply: Reply, part: ActPart) -> list[str]:
    """What is asked of the works of a part; where it is not clear which are meant, a question back."""
    known = known_of(reply, part)
    missing = not_here(reply, part)
    if not known:
        return [with_way_on(reply, part, missing) if missing else _unmet(reply, part)]
    questions = part.questions or _asked_without_word(part)
    # Beside an answer nobody needs to hear what is not known, nor be asked which book is meant.
    is_lone = not any(other.act in ANSWERED and other.works != part.works for other in reply.brief.parts)
    by_name = particulars.topic_in(part.text) or asked.topics_in(part.text)
    if not is_lone and set(questions) == {Question.OTHER} and not by_name:
        return [missing]
    if _asks_order(part, questions) and (one := orders.asked_of(known)):
        known, questions = [one], (Question.ORDER,)
    if len(known) == 1:
        return [missing, *paragraphs(Telling(reply, known[0], part), questions)]
    if not _can_be_told(reply, known, part):
        return [missing, which_one(reply, known) if is_lone else ""]
    return [missing, *Several(reply, known, part).paragraphs(questions)]


def _unmet(reply: Reply, part: ActPart) -> str:
    return reply.one_of("unsure" if part.works else "unnamed")


def _asked_without_word(part: ActPart) -> tuple[Question, ...]:
    """What is asked where no question was read: by what is named, or by whom it is to suit."""
    if particulars.topic_in(part.text):
        return (Question.OTHER,)
    if part.detail.get("tags"):
        return (Question.CONTENT,)
    if particulars.is_put(part.text, "school", "child", "fear"):
        return (Question.SUITS,)
    return (Question.OVERVIEW,)


def _asks_order(part: ActPart, questions: Sequence[Question]) -> bool:
    """Whether it is asked in which order works are read, or whether one of them is needed beside another."""
    if Question.ORDER in questions:
        return True
    is_put = particulars.is_put(part.text, "needed") or asked.is_put(part.text, "begin")
    return len(part.works) > 1 and set(questions) <= GUESSED and is_put


def _can_be_told(reply: Reply, known: Sequence[WorkFacts], part: ActPart) -> bool:
    """Whether so many works may be answered for: few, a row told in one sentence, or each of them named."""
    if len(known) <= MOST_MEANT:
        return True
    if len(known) <= MOST_SPOKEN and (set(part.questions) <= TOGETHER or particulars.topic_in(part.text)):
        return True  # what is known of none of them is said once
    said = key(part.text)
    return all(key(reply.title_of(facts.work.slug)) in said for facts in known)


def which_one(reply: Reply, known: Sequence[WorkFacts]) -> str:
    """The question back which of several works is meant."""
    titles = [reply.title_of(facts.work.slug) for facts in known[:MOST_SPOKEN]]
    return reply.one_of("facts.which", titles=reply.say.choices(titles))


def known_of(reply: Reply, part: ActPart) -> list[WorkFacts]:
    return [reply.brief.facts[slug] for slug in part.works if slug in reply.brief.facts]
