"""What a turn says of the books to come beside the words of it that wish: "how many volumes? and no sexual violence,
I can't take that", "finished series only", "I just want a good cry".

A refusal and a limit hold for the whole conversation, wherever they are said; a mood is asked for where a book is.
"""

import re
from collections.abc import Sequence

from ..acts import Act, ActPart
from ..stances.parse import parse
from ..wishes.circumstances import spans
from ..wishes.question_left import MARK
from ..wishes.turn_parser import WishUpdate, lifted_by, parse_ask, turns_away
from ..words.clauses import clauses_of
from ..words.cue_book import plain
from ..words.mentions import REFUSALS, Parsed, Stance
from ..words.phrasebook import PHRASES
from ..words.vocabulary import Vocabulary
from . import judgements

# What is named in these says nothing of the books to come, or is kept for good.
NO_REFUSALS = frozenset((Act.COMPLAINT, Act.DISTRESS, Act.SMALL_TALK, Act.OFF_TOPIC, Act.ABUSE, Act.TASTE))
MOOD_WISHED = re.compile(PHRASES.pattern("turn_parser", "mood_wished"), re.IGNORECASE)
ONLY_SUCH = re.compile(PHRASES.pattern("turn_parser", "only_such"), re.IGNORECASE)


def take_what_is_left(
    update: WishUpdate, text: str, wish_text: str, parts: Sequence[ActPart], words: Vocabulary, language: str
) -> None:
    """Add to `update`, read from `wish_text`, what the other clauses of `text` say."""
    left = [one.text for one in clauses_of(text) if one.text not in wish_text and not MARK.search(one.text)]
    update.also_volumes = update.also_volumes or parse(text, words).bounds.also_volumes
    if refusing := [clause for clause in left if _refuses(clause, parts, words)]:
        _take_refusals(update, parse_ask(". ".join(refusing), words, language, ()))
    for clause in left:
        update.lifted |= lifted_by(clause)
        if ONLY_SUCH.search(clause):
            facts = parse_ask(clause, words, language, ()).facts
            update.facts |= {name: facts[name] for name in ("status", "edition") if name in facts}
        elif wish_text and MOOD_WISHED.search(clause):
            moods = [group for group in parse_ask(clause, words, language, ()).groups if group.kind == "mood"]
            update.groups += [group for group in moods if group not in update.groups]
            update.turns |= bool(moods) and turns_away(clause)


def _take_refusals(update: WishUpdate, also: WishUpdate) -> None:
    wanted = {tag for group in update.groups for tag in group.said} | update.released
    update.unwanted += [tag for tag in also.unwanted if tag not in wanted and tag not in update.unwanted]
    update.less += [tag for tag in also.less if tag not in wanted and tag not in (*update.less, *update.unwanted)]


def _refuses(clause: str, parts: Sequence[ActPart], words: Vocabulary) -> bool:
    """Whether a clause plainly refuses a kind of book, and not one that it only judges or asks about."""
    if judgements.BOOK.has("it", plain(clause)):
        return False
    parsed = parse(clause, words)
    refused = [one.stance for one in parsed.mentions if one.kind == "tag" and one.stance in REFUSALS]
    if not refused or parsed.works or _is_of_the_day(clause, parsed):
        return False
    reading = [part for part in parts if clause in part.text]
    if any(part.act in NO_REFUSALS for part in reading):
        return False
    return Stance.REFUSE in refused or not any(part.act is Act.VERDICT and part.works for part in reading)


def _is_of_the_day(clause: str, parsed: Parsed) -> bool:
    """Whether what is disliked is of the reader's own day: "회사 가기 싫어"."""
    of_the_day = spans(parsed.source)
    return any(start < one.end and one.start < end for start, end in of_the_day for one in parsed.mentions)
