"""What belongs together: mentions joined by nothing but a connector are a coordination, on which one stance is taken."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ..words.mentions import Mention, often_refused
from ..words.phrasebook import PHRASES

if TYPE_CHECKING:
    from .matching import MentionFinder

MAX_GAP = 24  # characters between two mentions that are joined


def _words(section: str, *languages: str) -> str:
    return PHRASES.pattern("coordination", section, *languages)


# The end of a clause, across which nothing is joined and no cue speaks.
BREAK = re.compile(rf"[.!?。！？;…\n]|{_words('break')}")

# The end of a word or of a clause that goes on to the next: "포근하고 …", 「切なくて…」, 「ラブコメで…」.
LINK_END = re.compile(rf"{_words('link-end', 'ko', 'ja')}$")
LINK = re.compile(_words("link", "ko", "ja"))
GENRE_ENDING = _words("genre-ending")
ASPECT_ENDING = _words("aspect-ending")
ANY = rf"(?:{_words('any')}|/)"
ALL = rf"(?:{_words('all')}|[·・&+])"
CONNECTOR = re.compile(
    rf"(?:\s*{_words('suffix')})?\s*"
    rf"(?:(?P<any>{ANY}\s*[,、，]?)"
    rf"|(?P<all>{ALL}\s*[,、，]?)"
    rf"|(?P<comma>[,、，]\s*)(?:(?P<any_too>{ANY})|(?P<all_too>{ALL}))?)"
    rf"\s*(?:{_words('determiner')}\s+)?"
)
# "Isekai, school, whatever": any one of the list before it will do.
ANY_AFTER = re.compile(_words("any-after"))
# "No game systems, levels or overpowered boys": one of a list may be a word that names nothing here.
UNKNOWN_BETWEEN = re.compile(_words("unknown-between", "en"))
COMPOUND = re.compile(rf"{_words('compound')}?")

# "Comedy + overpowered + harem x": a mark right behind the last of a sum is its own.
SUM, OWN_MARK = re.compile(r"\s*[+＋]\s*"), re.compile(r"\s?[x×✕✖❌](?![a-z가-힣])")

WITH = re.compile(rf"\s*{_words('with')}\s*")

# What stands for things named before it.
KO_SUCH = _words("such", "ko")
JA_SUCH = _words("such", "ja")
EN_SUCH_NOUN = rf"(?:\s{_words('such-noun')})?"
EN_SUCH = rf"(?:{_words('such', 'en')}{EN_SUCH_NOUN}\s)"
SUMMED_UP = re.compile(
    rf"\s?{GENRE_ENDING}?(?:{_words('sum-particle')}|{EN_SUCH}|,)?\s?(?:{KO_SUCH}|{JA_SUCH}|{_words('sum')}|:)"
)


def coordinate(found: "MentionFinder") -> set[int]:
    """Number the coordinations. Returned: the numbers of those of which any one mention will do."""
    cue_starts = [span.start for span, _ in found.cues]
    number, choices = 0, set()
    for index, mention in enumerate(found.mentions):
        if index:
            previous = found.mentions[index - 1]
            apart = any(previous.end <= start < mention.start for start in cue_starts)
            mention.joined = _joint(found, previous, mention, apart=apart)
            if not mention.joined and number in choices and _tells_of_the_hero(found, previous, mention):
                mention.joined = "any"
            number += not mention.joined
        mention.coordination = number
        if mention.joined == "any":
            choices.add(number)
    return choices


def _joint(found: "MentionFinder", previous: Mention, mention: Mention, *, apart: bool) -> str:
    """How `mention` is joined to the one before it, "" where it is not. `apart`: a cue stands between them."""
    if mention.start == previous.start:
        return "both"
    gap = found.lower[previous.end : mention.start]
    both_titles = mention.kind == previous.kind == "work" or (mention.quoted and previous.quoted)
    if not gap.strip() and both_titles:
        return "comma"
    connector = CONNECTOR.fullmatch(gap)
    apart = apart and not (connector and connector["any"])  # "or at least"
    if len(gap) > MAX_GAP or apart or BREAK.search(gap):
        return ""
    if _is_compound(previous, mention, gap, found.groups):
        return "compound"
    if SUM.fullmatch(gap) and OWN_MARK.match(found.lower, mention.end):
        return ""
    if not connector:
        return "any" if UNKNOWN_BETWEEN.fullmatch(gap) else ""
    if connector["any"] or connector["any_too"] or ANY_AFTER.match(found.lower, mention.end):
        return "any"
    return "all" if connector["all"] or connector["all_too"] else "comma"


def _tells_of_the_hero(found: "MentionFinder", hero: Mention, mention: Mention) -> bool:
    """Whether `mention` only says more of the hero who is the last of a choice: "married, or adults with jobs"."""
    is_hero = hero.kind == "tag" and found.groups.get(hero.values[0]) == "hero"
    return is_hero and bool(WITH.fullmatch(found.lower[hero.end : mention.start]))


def _is_compound(first: Mention, second: Mention, gap: str, groups: Mapping[str, str]) -> bool:
    """Whether two tags stand as one word (追放ざまぁ) or, of what is often refused, side by side (하렘 노예 없는)."""
    both_tags = first.kind == second.kind == "tag"
    if not both_tags or first.end > second.start or not COMPOUND.fullmatch(gap.strip()) or links(first):
        return False
    return not gap or (often_refused(first, groups) and often_refused(second, groups))


def links(mention: Mention) -> bool:
    """Whether the word of `mention` itself goes on to the next: 「切なくて」."""
    return bool(LINK_END.search(mention.phrase))


def is_list(coordination: Sequence[Mention]) -> bool:
    """Whether `coordination` names more than one thing; a word that says two tags at once names one."""
    return any(mention.joined not in ("", "both") for mention in coordination[1:])


def is_choice(coordination: Sequence[Mention]) -> bool:
    """Whether any one of `coordination` is asked for: "スリラーかホラー"."""
    return any(mention.joined == "any" for mention in coordination)
