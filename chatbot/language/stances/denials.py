"""Denials that no cue takes up: what stands in doubt beside one is refused, where many refuse it anyway, and "something
that isn't" refuses what was named just before."""

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from ..tag_relations import WARNINGS
from ..words.mentions import REFUSALS, Mention, Stance
from ..words.phrasebook import PHRASES

if TYPE_CHECKING:
    from .matching import MentionFinder

# What denies behind what it is said of, and what does so before it.
DENIES_BEHIND = re.compile(PHRASES.pattern("context_rules", "denial-behind"))
DENIES_AHEAD = re.compile(
    rf"{PHRASES.pattern('context_rules', 'denial-ahead', 'en')}(?!{PHRASES.pattern('context_rules', 'denial-none', 'en')})"
    rf"(?:(?!{PHRASES.pattern('context_rules', 'denial-ends', 'en')}).)*$"
)
NOT_THAT = re.compile(PHRASES.pattern("context_rules", "not-that"))
SENTENCE_ENDS = re.compile(r"[.!?。！？\n]")
MAX_BACK = 80  # characters between what is named and the words that refuse it afterwards
IN_DOUBT = (Stance.NONE, Stance.INDIFFERENT)


def take_denials(found: "MentionFinder") -> None:
    """Refuse what the denials in `found` mean that no cue has taken up."""
    _refuse_that(found)
    _refuse_in_doubt(found)


def is_warned_of(mention: Mention) -> bool:
    """Whether a mention names what readers are warned of: nobody is led to it by a misreading."""
    return mention.kind == "tag" and not {*WARNINGS}.isdisjoint(mention.values)


def _refuse_that(found: "MentionFinder") -> None:
    """ "Everything is isekai nowadays. Give me something that isn't", "요즘 다 이세계야. 아닌 거 줘": the last named is
    refused, unless something in its list has a stance of its own."""
    for match in NOT_THAT.finditer(found.lower):
        before = [one for one in found.mentions if one.kind in ("tag", "about") and one.end <= match.start()]
        if not before or match.start() - before[-1].end > MAX_BACK:
            continue
        meant = [one for one in before if one.coordination == before[-1].coordination]
        if all(one.stance in IN_DOUBT for one in meant):
            for one in meant:
                one.stance = Stance.DISLIKE


def _refuse_in_doubt(found: "MentionFinder") -> None:
    """Refuse what readers are warned of where a denial stands beside it and no cue says whose it is."""
    mentions = found.mentions
    for place, mention in enumerate(mentions):
        if mention.stance or not is_warned_of(mention):
            continue
        before = mentions[place - 1].end if place else 0
        after = mentions[place + 1].start if place + 1 < len(mentions) else len(found.lower)
        behind = _within_sentence(found.lower[mention.end : max(after, mention.end)])
        ahead = SENTENCE_ENDS.split(found.lower[min(before, mention.start) : mention.start])[-1]
        if DENIES_BEHIND.search(behind) or DENIES_AHEAD.search(ahead):
            mention.stance = Stance.REFUSE
    for mention, following in reversed([*pairwise(mentions)]):
        joined = mention.coordination == following.coordination and following.stance in REFUSALS
        if joined and not mention.stance and is_warned_of(mention) and is_warned_of(following):
            mention.stance = following.stance


def _within_sentence(words: str) -> str:
    """`words` as far as their sentence goes; "" of a question, which asks for what it denies."""
    ends = SENTENCE_ENDS.search(words)
    if ends and ends.group() in "?？":
        return ""
    return words[: ends.start()] if ends else words
