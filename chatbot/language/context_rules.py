"""What a stance on one mention says of those beside it: what only describes what is refused, or is the reason for it."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from .coordination import ASPECT_ENDING, BREAK, GENRE_ENDING, SUMMED_UP
from .mentions import REFUSALS, Mention, Stance, is_tone
from .phrasebook import PHRASES
from .tag_relations import BONDS_OF_THEIR_OWN, FANTASY, LOVE_STORIES

if TYPE_CHECKING:
    from .matching import MentionFinder


def _words(section: str, *languages: str) -> str:
    return PHRASES.pattern("context_rules", section, *languages)


ATTRIBUTE = re.compile(rf"{_words('attribute')}\s*$")
STATUS_ATTRIBUTE = re.compile(rf"{_words('status-attribute')}?")
# "용사가 마왕 쓰러뜨리는 얘기 말고": a whole story is refused, of which the last tag says most.
TELLS = re.compile(rf"{_words('tells')}?\s?")
TOLD = re.compile(
    rf"[^.!?,。、\n]{{0,14}}{_words('told')}{PHRASES.pattern('stance_exceptions', 'topic')}?\s?"
    rf"{_words('told-adverb')}?\s?{_words('told-refused')}"
)
REFUSES_WHOLE = re.compile(rf".{{0,6}}{_words('refuses-whole')}")
SIDE_BY_SIDE = re.compile(rf"(?:{_words('side-by-side')}| )*")
ONE_THING = re.compile(rf"(?:{_words('of')}| )?")
BRACKETS = re.compile(r"\([^()\n]{2,80}\)")
NO_MOOD = PHRASES.keys("context_rules", "no-mood")
SAID_OF = re.compile(
    rf"\s?(?:{GENRE_ENDING}|{ASPECT_ENDING})?{_words('topic', 'ko', 'ja')}\s?{_words('topic-adverb', 'ko', 'ja')}?\s?"
    rf"|\s{_words('topic', 'en')}\s{_words('topic-adverb', 'en')}?\s?"
)
BECAUSE = re.compile(_words("because"))
SHUNS = re.compile(rf"{_words('shuns')}\s{_words('shuns-quantity')}?$")
REASON = re.compile(rf"{_words('reason')}{_words('reason-quantity')}*$")


def apply_context_rules(found: "MentionFinder", coordinations: Sequence[Sequence[Mention]]) -> None:
    """Set right, between what stands side by side, the stances that `coordinations` have taken."""
    for coordination, following in reversed(list(pairwise(coordinations))):
        _drop_attribute(found, coordination[-1], following[0])
        _refuse_bond(found, coordination[-1], following[0])
        _refuse_head(found, coordination[-1], following[0])
        _refuse_topic(found, coordination[-1], following[0])
    for first, second in pairwise(found.mentions):
        _part_pair(first, second)
    _spread_into_brackets(found)
    _give_reasons(found)


def _drop_attribute(found: "MentionFinder", mention: Mention, following: Mention) -> None:
    """ "어두운 이세계물은 싫어" refuses a kind of other world, and does not ask for the dark."""
    gap = found.lower[mention.end : following.start]
    if mention.kind == "status" and following.kind == "tag" and following.stance in REFUSALS and not mention.stance:
        if STATUS_ATTRIBUTE.fullmatch(gap.strip()):
            # "연재중인 판타지는 싫어" refuses what goes on, and no fantasy.
            mention.stance, following.stance = following.stance, Stance.NONE
        return
    if following.stance in REFUSALS and _runs_on(found, mention, following) and _is_summed_up(found, following):
        for one in found.mentions:
            if one.coordination == mention.coordination:
                one.stance = one.stance or following.stance
        return
    if mention.kind == following.kind == "tag" and not mention.stance and _describes(found, mention, following, gap):
        mention.stance = Stance.INDIFFERENT


def _describes(found: "MentionFinder", mention: Mention, following: Mention, gap: str) -> bool:
    """Whether `mention` says what kind of `following` is refused, or is told of with it."""
    if following.stance in REFUSALS and TELLS.fullmatch(gap) and TOLD.match(found.lower, following.end):
        return True
    refused = following.stance == Stance.DISLIKE or (
        following.stance == Stance.REFUSE and _refuses_whole(found, following)
    )
    return refused and bool(ATTRIBUTE.search(gap) or (is_tone(mention, found.groups) and not gap.strip()))


def _refuses_whole(found: "MentionFinder", mention: Mention) -> bool:
    return bool(REFUSES_WHOLE.match(found.lower[mention.end : mention.end + 12]))


def _runs_on(found: "MentionFinder", mention: Mention, following: Mention) -> bool:
    """Whether `following` stands beside `mention` with nothing but the ending of a genre between: "추방물 복수물"."""
    return bool(SIDE_BY_SIDE.fullmatch(found.lower[mention.end : following.start]))


def _is_summed_up(found: "MentionFinder", mention: Mention) -> bool:
    """Whether the run of names that `mention` begins or goes on with is summed up: "노예 하렘 이딴 거"."""
    for one, other in pairwise(found.mentions[found.mentions.index(mention) :]):
        if not _runs_on(found, one, other):
            return bool(SUMMED_UP.match(found.lower, one.end))
    return bool(SUMMED_UP.match(found.lower, found.mentions[-1].end))


def _refuse_bond(found: "MentionFinder", mention: Mention, following: Mention) -> None:
    """ "No age gap romance", "나이차 로맨스 빼줘": the bond is refused, and romance neither refused nor wanted."""
    side_by_side = ONE_THING.fullmatch(found.lower[mention.end : following.start])
    bond = mention.kind == "tag" and found.groups.get(mention.values[0]) == "bonds"
    if not (side_by_side and bond and following.values[0] in LOVE_STORIES):
        return
    if mention.stance in REFUSALS and not following.stance and mention.values[0] not in BONDS_OF_THEIR_OWN:
        following.stance = Stance.INDIFFERENT
    elif following.stance in REFUSALS and mention.stance in (Stance.NONE, Stance.INDIFFERENT):
        mention.stance, following.stance = following.stance, Stance.INDIFFERENT


def _refuse_head(found: "MentionFinder", mention: Mention, following: Mention) -> None:
    """ "Avoid heavy drama": what the mood describes is avoided with it, unless it is wanted elsewhere."""
    gap = found.lower[mention.end : following.start]
    if following.phrase in NO_MOOD and gap in (" ", "-"):
        # "Not romance heavy", "no isekai nonsense" say nothing of a mood.
        following.stance = Stance.INDIFFERENT
    if not (is_tone(mention, found.groups) and mention.stance in REFUSALS and not mention.soft):
        return
    side_by_side = gap == " " and mention.phrase.isascii()
    elsewhere = any(one is not following and one.values == following.values for one in found.mentions)
    if side_by_side and not elsewhere and not following.stance and SHUNS.search(found.lower[: mention.start]):
        following.stance = mention.stance


def _refuse_topic(found: "MentionFinder", mention: Mention, following: Mention) -> None:
    """ "戦争ものは重いから避けて": the mood is the reason for which what it is said of is refused."""
    said_of = SAID_OF.fullmatch(found.lower[mention.end : following.start])
    reason = following.stance in REFUSALS and BECAUSE.match(found.lower, following.end)
    if not (said_of and reason) or mention.stance or following.kind != "tag":
        return
    if mention.kind == "work":
        mention.stance = following.stance
    elif mention.kind == "tag" and is_tone(following, found.groups):
        mention.stance, following.stance = following.stance, Stance.INDIFFERENT


def _part_pair(first: Mention, second: Mention) -> None:
    """ "No dark fantasy", "로판 말고" refuse what is said of the fantasy; one less dark is still wanted."""
    if first.start == second.start and second.stance in REFUSALS:
        plain = next((one for one in (first, second) if one.values == (FANTASY,)), None)
        if plain is not None:
            plain.stance = Stance.NONE if first.soft or second.soft else Stance.INDIFFERENT


def _spread_into_brackets(found: "MentionFinder") -> None:
    """What stands in brackets tells what was just refused: "no game elements (levels, skills)"."""
    for match in BRACKETS.finditer(found.lower):
        before = [one for one in found.mentions if 0 <= match.start() - one.end <= 1 and one.stance in REFUSALS]
        for mention in found.mentions if before else ():
            if match.start() < mention.start < match.end() and not mention.stance:
                mention.stance = before[-1].stance


def _give_reasons(found: "MentionFinder") -> None:
    """ "I dropped X because of the harem": the reason is liked or disliked as the work is."""
    works = [one for one in found.mentions if one.kind == "work" and one.stance in (Stance.DISLIKE, Stance.LIKE)]
    for mention in found.mentions:
        if mention.kind != "tag" or mention.stance or not REASON.search(found.lower[: mention.start]):
            continue
        before = [w for w in works if w.end <= mention.start and not BREAK.search(found.lower[w.end : mention.start])]
        if before:
            mention.stance = before[-1].stance
