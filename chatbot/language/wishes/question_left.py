"""A question of a turn that nothing in it answers: "요즘 뭐가 유행이야?" beside a wish. It is said back, and not passed over."""

import re
from collections.abc import Sequence

from ..acts import ActPart
from ..words.clauses import clauses_of
from ..words.phrasebook import PHRASES
from ..words.vocabulary import Vocabulary
from . import circumstances
from .hearts import content_of, names_something, tail_of
from .turn_parser import asks_for_books

MARK = re.compile(r"[?？]\s*$")
ASKS = re.compile(PHRASES.pattern("asking", "question"), re.IGNORECASE)
MAX_CLAUSES = 3
MAX_SAID = 40  # letters of it that are said back


def question_left(text: str, parts: Sequence[ActPart], words: Vocabulary) -> str:
    """The first question of `text`, of which `parts` are read, that none of them takes up; "" where all are."""
    asking = [one for one in clauses_of(text) if MARK.search(one.text) and ASKS.search(one.text)]
    for clause in asking[:MAX_CLAUSES]:
        if any(_takes_up(part, clause.text) for part in parts):
            continue
        if circumstances.says(circumstances.STARTERS, clause.text):
            continue  # books to begin with are offered
        asked = tail_of(clause.text, words)
        if len(asked) > MAX_SAID or not ASKS.search(asked) or asks_for_books(asked):
            continue
        if any(not part.act.wishes and asked in part.text for part in parts):
            continue
        if content_of(asked) and not names_something(clause.text, words):
            return asked
    return ""


def _takes_up(part: ActPart, clause: str) -> bool:
    return not part.act.wishes and (clause in part.text or part.text in clause)
