"""What is thought of what was named: each coordination takes the stance of the cues in whose scope it stands."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..tag_relations import OFTEN_DISLIKED, OPPOSITE_HEROES, REFUSED_TOGETHER
from ..words.cues import Cue
from ..words.mentions import REFUSALS, Mention, Stance, is_tone, often_refused
from ..words.phrasebook import PHRASES
from .context_rules import BRACKETS, apply_context_rules
from .coordination import ASPECT_ENDING, GENRE_ENDING, SUMMED_UP, is_choice, is_list
from .scope import clause, cues_after, cues_before, inverted, is_too_much, names_likes, rather, refer_back, verdict
from .score_sheets import take_marks

if TYPE_CHECKING:
    from .matching import MentionFinder

EITHER = re.compile(rf",?\s?{PHRASES.pattern('stance_exceptions', 'either')}")
SOFTENED = re.compile(PHRASES.pattern("stance_exceptions", "softened"))
# "A, B, C: all out", 「勘弁してほしいのは全部でA、B」: one verdict on a whole list.
LIST_REFUSED = re.compile(PHRASES.pattern("stance_exceptions", "list-refused"))
LIST_HEAD = re.compile(rf"{PHRASES.pattern('stance_exceptions', 'list-head')}\s*$")
MAX_HEAD = 40  # characters before a list in which it may be refused
# "판타지, 로맨스 싫음, 무거운 거 싫음": who gives each item its own verdict says nothing of what has none.
OWN_VERDICT = re.compile(
    rf"{PHRASES.pattern('scope', 'verdict-particle')}?\s?(?P<own>{PHRASES.pattern('stance_exceptions', 'own-verdict')})"
    rf"\s*[,、]\s*[^,、.!?\n。]{{1,14}}?(?P=own)"
)
# "No romance slop", "not stupid funny": a poor one of its kind is refused.
POOR_BEFORE = re.compile(rf"{PHRASES.pattern('stance_exceptions', 'poor-before')}$")
POOR_AFTER = re.compile(PHRASES.pattern("stance_exceptions", "poor-after"))
ASKS_BEFORE = re.compile(rf"{PHRASES.pattern('stance_exceptions', 'asks-before')}$")
ASKS_AFTER = re.compile(PHRASES.pattern("stance_exceptions", "asks-after"))
FAVOURITES = re.compile(rf"{PHRASES.pattern('stance_exceptions', 'favourites', 'ko', 'ja')}$")
TOPIC = re.compile(rf"\s?(?:{GENRE_ENDING}|{ASPECT_ENDING})?{PHRASES.pattern('stance_exceptions', 'topic')}")
MAX_PARTICLE = 2  # characters between a work and its anime: "는 "
LIMITS = ("status", "edition", "anime", "known", "obscure")  # kinds that no list of dislikes holds
MANY = 3  # genres without another word that are rather likes than one wish
# Which of several stances on a work counts.
WORK_ORDER = (
    Stance.DISLIKE,
    Stance.LIKE,
    Stance.SIMILAR,
    Stance.REFUSE,
    Stance.READ,
    Stance.INDIFFERENT,
    Stance.BONUS,
)


def assign_stances(found: "MentionFinder") -> set[int]:
    """Give every mention its stance. Returned: the numbers of coordinations of which any one mention will do."""
    by_number: dict[int, list[Mention]] = {}
    for mention in found.mentions:
        by_number.setdefault(mention.coordination, []).append(mention)
    choices, ordered = set(), list(by_number.values())
    refused = _refused_lists(found, ordered)
    for index, coordination in enumerate(ordered):
        if index in refused:
            continue
        earlier = ordered[index - 1][-1].end if index else 0
        later = ordered[index + 1][0].start if index + 1 < len(ordered) else len(found.source)
        first, last = coordination[0], coordination[-1]
        whole = clause(found, last)
        if not (is_choice(coordination) and EITHER.match(found.lower, last.end)):
            _spread_back(found, coordination, verdict(found, last) or whole or _cues_behind(found, ordered, index))
        if not (whole and first is last):  # "harem no / op mc eh": each has its own
            before = cues_before(found, first, earlier) or rather(found, first, earlier) or inverted(found, first)
            _spread_forward(found, coordination, before)
        if not any(mention.stance not in (Stance.NONE, Stance.READ) for mention in coordination):
            refer_back(found, coordination, later)
        if _names_favourites(found, coordination) or _is_bare_list(found, coordination):
            for mention in coordination:
                mention.stance = mention.stance or Stance.LIKE
        _refuse_excess(found, coordination[:-1])
        if _is_list_of_liked_tags(coordination):
            choices.add(coordination[0].coordination)
    take_marks(found.lower, found.mentions)
    apply_context_rules(found, ordered)
    return choices


def _refused_lists(found: "MentionFinder", ordered: Sequence[Sequence[Mention]]) -> set[int]:
    """Refuse the lists on which as a whole a verdict stands behind or before them. Returned: which of `ordered`."""
    refused: set[int] = set()
    for index, coordination in enumerate(ordered):
        if LIST_REFUSED.match(found.lower, coordination[-1].end):
            run = range(_beginning(found, ordered, index), index + 1)
        elif LIST_HEAD.search(found.lower[max(0, coordination[0].start - MAX_HEAD) : coordination[0].start]):
            run = range(index, index + 1)
        else:
            continue
        items = [mention for place in run for mention in ordered[place]]
        if len(items) < 2 or any(mention.kind in LIMITS for mention in items):
            continue
        for mention, following in zip(items, [*items[1:], None], strict=True):
            mention.stance = Stance.INDIFFERENT if _only_says_which(found, mention, following) else Stance.REFUSE
        refused.update(run)
    return refused


def _beginning(found: "MentionFinder", ordered: Sequence[Sequence[Mention]], index: int) -> int:
    """Where the list that ends with the coordination at `index` begins: "school romance" joins two to one item."""
    while index and found.lower[ordered[index - 1][-1].end : ordered[index][0].start] == " ":
        index -= 1
    return index


def _only_says_which(found: "MentionFinder", mention: Mention, following: Mention | None) -> bool:
    """Whether a setting only says which kind of the one behind it is refused: 学園ラブコメ, "school romance"."""
    if following is None or mention.kind != "tag" or often_refused(mention, found.groups):
        return False
    beside = following.joined == "compound" or (
        not following.joined and found.lower[mention.end : following.start] == " " and mention.phrase.isascii()
    )
    return beside and found.groups.get(mention.values[0]) == "setting"


def _refuse_excess(found: "MentionFinder", coordination: Sequence[Mention]) -> None:
    """ "Too violent, any fantasy?": what there was too much of is not asked for with what follows."""
    for mention in coordination:
        if mention.kind == "tag" and is_too_much(found, mention):
            mention.stance = Stance.DISLIKE


def _cues_behind(found: "MentionFinder", ordered: Sequence[Sequence[Mention]], index: int) -> list[Cue]:
    """The cues after the coordination at `index`, or behind the brackets after it, up to what is named next."""
    last = ordered[index][-1]
    brackets = BRACKETS.match(found.lower, last.end)
    end = brackets.end() if brackets else last.end
    following = index + 1
    while following < len(ordered) and (
        ordered[following][0].start < end or _is_its_anime(last, ordered[following][0])
    ):
        following += 1
    limit = ordered[following][0].start if following < len(ordered) else len(found.source)
    return cues_after(found, last, limit, end)


def _is_its_anime(work: Mention, mention: Mention) -> bool:
    """Whether `mention` is the anime of the work named before it: "오버로드 애니 보다가 하차", "토라도라는 애니로 봤고"."""
    return work.kind == "work" and mention.kind == "anime" and mention.start - work.end <= MAX_PARTICLE


def _names_favourites(found: "MentionFinder", coordination: Sequence[Mention]) -> bool:
    """ "좋아하는 장르는 판타지, 추리", 「好きなジャンルは…」: what stands before the list says that all are liked."""
    before = found.lower[max(0, coordination[0].start - 20) : coordination[0].start]
    return len(coordination) > 1 and bool(FAVOURITES.search(before))


def _is_bare_list(found: "MentionFinder", coordination: Sequence[Mention]) -> bool:
    """ "isekai, romance, comedy" and no other word: what somebody likes, any of which will do."""
    if len(coordination) < MANY or len(coordination) < len(found.mentions):
        return False
    kinds = all(one.kind == "tag" and found.groups.get(one.values[0]) in ("genre", "setting") for one in coordination)
    around = found.source[: coordination[0].start] + found.source[coordination[-1].end :]
    return kinds and all(one.joined == "comma" for one in coordination[1:]) and not around.strip(" .!~")


def _is_list_of_liked_tags(coordination: Sequence[Mention]) -> bool:
    """ "I like isekai, romance and comedy": nobody means all of them in one work."""
    liked = any(mention.stance == Stance.LIKE for mention in coordination)
    return liked and all(mention.kind == "tag" for mention in coordination) and is_list(coordination)


def _spread_back(found: "MentionFinder", coordination: Sequence[Mention], cues: Sequence[Cue]) -> None:
    """Take the stance of `cues`, which stand after the last of `coordination`, as far towards its first as they speak."""
    last = coordination[-1]
    for place in range(len(coordination) - 1, -1, -1):
        mention = coordination[place]
        _take(found, mention, cues)
        if mention.joined == "compound" and cues and cues[0].stance in REFUSALS:
            first = coordination[place - 1]
            if not (often_refused(first, found.groups) or set(first.values) & REFUSED_TOGETHER):
                first.stance = Stance.INDIFFERENT
                break
        near = cues and (
            cues[0].stance in (Stance.REFUSE, Stance.INDIFFERENT, Stance.BONUS)
            or (
                cues[0].stance == Stance.DISLIKE and (TOPIC.match(found.source, last.end) or _only_commas(coordination))
            )
        )
        own = cues and cues[0].stance in REFUSALS and _has_own_verdict(found, coordination, place)
        if mention.joined == "comma" and (near or own) and not SUMMED_UP.match(found.lower, last.end):
            previous = coordination[place - 1]
            disliked = cues[0].stance == Stance.DISLIKE and set(previous.values) & OFTEN_DISLIKED
            if not (disliked or often_refused(previous, found.groups)):
                break


def _has_own_verdict(found: "MentionFinder", coordination: Sequence[Mention], place: int) -> bool:
    """Whether the verdict behind the last of `coordination` leaves what stands before `place` alone: the next item has one
    of its own, or its hero is the opposite of the one refused ("어른 주인공, 고딩 싫음")."""
    heroes = {*coordination[place].values, *coordination[place - 1].values}
    return heroes >= OPPOSITE_HEROES or bool(OWN_VERDICT.match(found.lower, coordination[-1].end))


def _spread_forward(found: "MentionFinder", coordination: Sequence[Mention], cues: Sequence[Cue]) -> None:
    """Take the stance of `cues`, which stand before the first of `coordination`, as far as they speak."""
    last_of_list = _last_of_list(coordination)
    stance = cues[0].stance if cues else Stance.NONE
    for place, mention in enumerate(coordination):
        ends_list = mention.joined in ("comma", "compound") and not often_refused(mention, found.groups)
        refused = stance == Stance.REFUSE
        ends = refused or stance == Stance.INDIFFERENT
        if place > last_of_list and ends_list and ends:
            break
        if place and ends_list and stance in (Stance.DISLIKE, Stance.BONUS) and _are_asked(found, coordination, place):
            break
        if place and mention.joined == "all" and is_tone(mention, found.groups) and refused:
            break
        if place and mention.kind == "status":
            break
        _take(found, mention, cues)


def _last_of_list(coordination: Sequence[Mention]) -> int:
    """Where the first list of `coordination` ends.

    "No harem, slavery or gore" is one list; in "no harem, fantasy" the comma ends what is refused, and in "no harem or
    slavery, a thriller or mystery" the comma behind the "or".
    """
    joined = [place for place, mention in enumerate(coordination) if mention.joined in ("any", "all")]
    if not joined:
        return 0
    last = joined[0]
    while last + 1 < len(coordination) and coordination[last + 1].joined in ("any", "all", "both"):
        last += 1
    return last


def _are_asked(found: "MentionFinder", coordination: Sequence[Mention], place: int) -> bool:
    """Whether the list of `coordination` that begins at `place`, behind a comma, is asked for.

    "Not big on romance, court politics please", "bored of romcoms, fantasy or mystery please".
    """
    run = place
    while run + 1 < len(coordination) and coordination[run + 1].joined in ("any", "all", "both"):
        run += 1
    if run == place and ASKS_BEFORE.search(found.lower[: coordination[place].start]):
        return True
    end = coordination[run].end
    for other in found.mentions:
        end = other.end if other.start == end + 1 else end  # "office romance would be good"
    asks = ASKS_AFTER.match(found.lower, end)
    return asks is not None and not any(end <= other.start < asks.end() for other in found.mentions)


def _only_commas(coordination: Sequence[Mention]) -> bool:
    """Whether English names stand side by side and are no list: "mystery, horror is not my thing"."""
    joined = any(mention.joined in ("any", "all") for mention in coordination)
    return coordination[-1].phrase.isascii() and not joined


def _take(found: "MentionFinder", mention: Mention, cues: Sequence[Cue]) -> None:
    """Give `mention` the stance of `cues`, nearest first; a refusal outweighs a liking already found."""
    stances = [cue.stance for cue in cues if cue.stance]
    if not stances:
        return
    if mention.kind == "work":
        best = stances[0] if stances[0] in REFUSALS else min(stances, key=WORK_ORDER.index)
        if mention.stance in (Stance.NONE, Stance.READ, Stance.INDIFFERENT) or best in REFUSALS:
            mention.stance = best
            mention.alike = best in REFUSALS and (any(cue.alike for cue in cues) or names_likes(found, mention))
        return
    # "초능력 같은 거 안 나오는": a tag is not compared to, so that what follows counts.
    best = next((stance for stance in stances if stance not in (Stance.SIMILAR, Stance.READ)), stances[0])
    if mention.stance in REFUSALS:
        return
    if best in REFUSALS:
        around = found.lower[max(0, mention.start - 12) : mention.end + 4]
        mention.soft = bool(SOFTENED.search(around))
        mention.mild = any(cue.mild for cue in cues if cue.stance == best)
        if _is_poor(found, mention):
            mention.soft, mention.mild = True, mention.mild or not often_refused(mention, found.groups)
    mention.stance = best


def _is_poor(found: "MentionFinder", mention: Mention) -> bool:
    """Whether only a poor one of what is named is refused: "no romance slop", 「安っぽい恋愛」."""
    before = found.lower[max(0, mention.start - 12) : mention.start]
    return bool(POOR_BEFORE.search(before) or POOR_AFTER.match(found.lower, mention.end))
