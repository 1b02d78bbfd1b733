"""What a stance on one mention says of those beside it: what only describes what is refused, or is the reason for it."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from ..tag_relations import BONDS_OF_THEIR_OWN, COMEDY, FANTASY, FIGHTS, ISEKAI, LOVE_STORIES, OF_AN_AGE
from ..words.mentions import REFUSALS, Mention, Stance, is_tone, often_refused
from ..words.phrasebook import PHRASES
from .coordination import ASPECT_ENDING, BREAK, GENRE_ENDING, LINK, SUMMED_UP, links
from .denials import is_warned_of, take_denials
from .scope import is_denied_alone

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
DEED = re.compile(_words("deed", "en"))
# "No isekai. Well ok isekai if it's in China": said again, and allowed.
ALLOWED_BEFORE = re.compile(rf"{_words('allowed-before', 'en')}$")
ALLOWED_AFTER = re.compile(_words("allowed-after", "en"))
UNLESS = re.compile(_words("unless"))
EXCEPTED = re.compile(rf"{_words('excepted')}$")
MAX_EXCEPTION = 40  # characters between "unless" and what it allows or makes an exception of
# "I liked Overlord but nothing like it": what refuses the likes of the work named before it.
NOT_SUCH = re.compile(_words("not-such"))
# "Those aren't funny", 「全然笑えないんだけど」: a mood that what was given lacks.
NOT_SO = re.compile(rf"{_words('not-so', 'en')}$")
NOT_AT_ALL, FOUND_SO = re.compile(rf"{_words('not-at-all', 'ko', 'ja')}$"), re.compile(_words("found-so", "ko", "ja"))
MAX_OF_FAME = 4  # characters between what made books famous and their fame
# "The finished rule", "완결 조건은 빼도": a condition that is taken back.
CONDITION, DROPS = re.compile(_words("condition", "en")), re.compile(rf"{_words('drops', 'en')}$")
CONDITION_BEHIND = re.compile(_words("condition-behind", "ko", "ja"))
MAX_NOT_SUCH = 40  # characters between the two
BECAUSE = re.compile(_words("because"))
SHUNS = re.compile(rf"{_words('shuns')}\s{_words('shuns-quantity')}?$")
OTHER_TIMES = re.compile(_words("other-times"))
REASON = re.compile(rf"{_words('reason')}{_words('reason-quantity')}*$")
# "It sounds gory", "잔인할 것 같아", 「グロそう」: how a book looks to who has not read it.
SENTENCES = re.compile(r"[.!?。！？\n]")
LOOKS_BEFORE = re.compile(rf"{_words('looks', 'en')}$")
LOOKS_AFTER = re.compile(_words("looks", "ko", "ja"))
# "Doesn't like battles or teenagers being horny": what a refusal goes on to.
CARRIED = re.compile(rf"{_words('carried', 'en')}(?:(?!{_words('carried-not', 'en')})[a-z']+ ){{0,3}}")
# "I never asked for harem": the librarian took for a wish what was none; "why would you give me harem": what was none.
UNASKED, UNLIKED, PROTESTS = (re.compile(_words(name)) for name in ("unasked", "unliked", "protests"))


def apply_context_rules(found: "MentionFinder", coordinations: Sequence[Sequence[Mention]]) -> None:
    """Set right, between what stands side by side, the stances that `coordinations` have taken."""
    for coordination, following in reversed(list(pairwise(coordinations))):
        _refuse_both_moods(found, coordination[-1], following[0])
        _drop_attribute(found, coordination[-1], following[0])
        _drop_what_made_famous(found, coordination[-1], following[0])
        _refuse_bond(found, coordination[-1], following[0])
        _refuse_head(found, coordination[-1], following[0])
        _refuse_topic(found, coordination[-1], following[0])
        _drop_deed(found, coordination[-1], following[0])
    for coordination, following in pairwise(coordinations):
        _refuse_compound(found, coordination[-1], following[0])
        _carry_refusal(found, coordination[-1], following)
    for first, second in pairwise(found.mentions):
        _part_pair(first, second)
    _spread_into_brackets(found)
    _take_exceptions(found)
    _give_reasons(found)
    _refuse_what_repels(found)
    _leave_for_another_time(found)
    _take_sides(found)
    _take_protests(found)
    _refuse_likes(found)
    _lift_conditions(found)
    _miss_what_was_not_so(found)
    take_denials(found)


def _refuse_both_moods(found: "MentionFinder", mention: Mention, following: Mention) -> None:
    """ "어둡고 무거운 건 싫어": both are disliked. "밝고 무겁지 않은" denies one of them."""
    moods = is_tone(mention, found.groups) and is_tone(following, found.groups)
    if not moods or mention.stance or following.stance not in REFUSALS:
        return
    gap = found.lower[max(0, mention.end - 1) : following.start]
    goes_on = (links(mention) and not gap[1:].strip()) or LINK.fullmatch(gap)
    if goes_on and not is_denied_alone(found, following):
        mention.stance = following.stance


def _drop_what_made_famous(found: "MentionFinder", mention: Mention, following: Mention) -> None:
    """「アニメ化済みの超有名どころはいらん」 says which famous ones are refused, and asks for no anime."""
    if mention.kind != "anime" or mention.stance or following.kind != "known" or following.stance not in REFUSALS:
        return
    gap = found.lower[mention.end : following.start]
    if len(gap) <= MAX_OF_FAME and not BREAK.search(gap):
        mention.stance = Stance.INDIFFERENT


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
    if following.stance in REFUSALS and not mention.stance and often_refused(mention, found.groups) and gap == " ":
        # "하렘 노예 근친은 거르고": of a row of what is refused the last is not the only one.
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
    if BREAK.search(gap) or (links(mention) and is_denied_alone(found, following)):
        return False  # "밝고 무겁지 않은" asks for the bright
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
    of_an_age = side_by_side and mention.kind == "tag" and mention.values[0] in OF_AN_AGE
    if of_an_age and following.stance == Stance.DISLIKE and mention.stance in (Stance.NONE, Stance.INDIFFERENT):
        if following.values[0] in LOVE_STORIES or is_tone(following, found.groups):
            mention.stance, following.stance = following.stance, Stance.INDIFFERENT
        return
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


def _drop_deed(found: "MentionFinder", mention: Mention, following: Mention) -> None:
    """ "No gods popping up to hand out cheats": what is refused does that, and nobody asks for it."""
    told = mention.stance in REFUSALS and following.kind == "tag" and not following.stance
    if told and DEED.fullmatch(found.lower[mention.end : following.start][:48]):
        following.stance = Stance.INDIFFERENT


def _refuse_compound(found: "MentionFinder", mention: Mention, following: Mention) -> None:
    """ "Not into fantasy battles", "bored by revenge romance": one thing is refused, and the second word asks for none."""
    beside = found.lower[mention.end : following.start] == " " and mention.phrase.isascii()
    both = beside and mention.kind == following.kind == "tag"
    if not both or mention.stance not in REFUSALS or following.stance or mention.soft or mention.mild:
        return
    if following.values[0] in FIGHTS and not often_refused(mention, found.groups):
        mention.stance, following.stance = Stance.INDIFFERENT, mention.stance
    elif mention.stance == Stance.DISLIKE and not often_refused(mention, found.groups):
        following.stance = Stance.INDIFFERENT


def _carry_refusal(found: "MentionFinder", mention: Mention, following: Sequence[Mention]) -> None:
    """ "She doesn't enjoy battles or teenagers being horny": a refusal goes on past a few words to what many refuse."""
    if mention.stance not in REFUSALS or following[0].stance or not often_refused(following[0], found.groups):
        return
    if CARRIED.fullmatch(found.lower[mention.end : following[0].start]):
        following[0].stance = mention.stance


def _part_pair(first: Mention, second: Mention) -> None:
    """ "No dark fantasy", "로판 말고" refuse what is said of the fantasy; one less dark is still wanted. So do "isekai fantasy
    bores me", "이세계 판타지 말고"."""
    if first.values == (ISEKAI,) and second.values == (FANTASY,) and second.start - first.end == 1:
        if second.stance in REFUSALS and not first.stance:
            first.stance, second.stance = second.stance, Stance.INDIFFERENT
        return
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


def _take_exceptions(found: "MentionFinder") -> None:
    """ "No romance unless it's slow burn", "異世界はNG、ただしおっさん主人公なら許す": the exception is welcome.

    What is refused but for it is welcome too, unless many refuse it.
    """
    for mention in found.mentions:
        allowed = mention.stance == Stance.INDIFFERENT and EXCEPTED.search(
            found.lower[max(0, mention.start - 10) : mention.start]
        )
        if allowed and mention.kind == "tag":
            mention.stance = Stance.BONUS
    refused = {mention.values for mention in found.mentions if mention.stance in REFUSALS}
    for mention in found.mentions:
        again = mention.values in refused and ALLOWED_AFTER.match(found.lower, mention.end)
        if again and ALLOWED_BEFORE.search(found.lower[max(0, mention.start - 16) : mention.start]):
            mention.stance = Stance.INDIFFERENT
    starts = [mention.start for mention in found.mentions]
    for match in UNLESS.finditer(found.lower):
        but_for = bisect_left(starts, match.start() - MAX_EXCEPTION), bisect_left(starts, match.start())
        welcome = bisect_left(starts, match.end()), bisect_left(starts, match.end() + MAX_EXCEPTION)
        for mention in found.mentions[slice(*but_for)]:
            if mention.kind == "tag" and mention.stance in REFUSALS and not often_refused(mention, found.groups):
                mention.stance = Stance.BONUS
        for mention in found.mentions[slice(*welcome)]:
            if mention.kind == "tag" and mention.stance in (*REFUSALS, Stance.NONE):
                mention.stance = Stance.BONUS


def _leave_for_another_time(found: "MentionFinder") -> None:
    """ "I like isekai, but this time a mystery": what is liked at other times is not asked for now."""
    for mention in found.mentions:
        if mention.kind == "tag" and mention.stance == Stance.LIKE and OTHER_TIMES.match(found.lower, mention.end):
            mention.stance = Stance.INDIFFERENT


def _take_sides(found: "MentionFinder") -> None:
    """ "My brother loves harem, I don't": the reader's own side counts."""
    for places, stance in ((found.disowned, Stance.DISLIKE), (found.owned, Stance.LIKE)):
        for start, end in places:
            first, last = (bisect_left(found.mentions, place, key=lambda one: one.start) for place in (start, end))
            for mention in found.mentions[first:last]:
                if mention.kind in ("tag", "about"):
                    mention.stance = stance


def _refuse_likes(found: "MentionFinder") -> None:
    """ "I liked Overlord but nothing like it", "오버로드 재밌었는데 그런 거 말고": its likes are refused, whatever it is."""
    for place, work in enumerate(found.mentions):
        if work.kind != "work":
            continue
        following = found.mentions[place + 1].start if place + 1 < len(found.mentions) else len(found.source)
        if NOT_SUCH.search(found.lower[work.end : min(following, work.end + MAX_NOT_SUCH)]):
            work.stance, work.alike = Stance.REFUSE, True


def _take_protests(found: "MentionFinder") -> None:
    """ "Why would you give me harem" refuses it; "I never asked for harem", "I never said I like X": it was no wish."""
    for pattern, stance in ((UNASKED, Stance.INDIFFERENT), (UNLIKED, Stance.INDIFFERENT), (PROTESTS, Stance.DISLIKE)):
        for match in pattern.finditer(found.lower):
            for mention in found.mentions:
                if not (match.start() <= mention.start and mention.end <= match.end()):
                    continue
                if mention.kind == "work" and pattern is not PROTESTS:
                    mention.stance, mention.told = stance, True
                elif mention.kind in ("tag", "about") and (pattern is UNLIKED or mention.stance != Stance.LIKE):
                    # What readers are warned of and nobody asked for nobody wants.
                    mention.stance = Stance.DISLIKE if is_warned_of(mention) else stance


def _lift_conditions(found: "MentionFinder") -> None:
    """ "Drop the finished rule", "완결 조건은 빼도 돼": the condition is taken back, and its opposite not asked for."""
    for mention in found.mentions:
        behind = CONDITION_BEHIND.match(found.lower, mention.end)
        around = CONDITION.match(found.lower, mention.end) and DROPS.search(found.lower[: mention.start])
        if behind or around:
            mention.stance = Stance.INDIFFERENT


def _miss_what_was_not_so(found: "MentionFinder") -> None:
    """ "Those aren't funny", 「全然笑えないんだけど」 find a mood missing in what was given: it is not refused by that."""
    for mention in found.mentions:
        is_mood = is_tone(mention, found.groups) or COMEDY in mention.values
        if mention.stance not in REFUSALS or not is_mood:
            continue
        before = found.lower[max(0, mention.start - 36) : mention.start]
        if NOT_SO.search(before) or (NOT_AT_ALL.search(before) and FOUND_SO.match(found.lower, mention.end)):
            mention.stance = Stance.NONE


def _refuse_what_repels(found: "MentionFinder") -> None:
    """ "It sounds gory", "I put X down, too bloody": what readers are warned of is a reason against a book where it is
    said of its look or beside a book that was no good, and not what they wish for."""
    disliked = any(one.kind == "work" and one.stance in REFUSALS for one in found.mentions)
    for mention in found.mentions:
        if mention.kind != "tag" or mention.stance or found.groups.get(mention.values[0]) != "warnings":
            continue
        looks = LOOKS_BEFORE.search(found.lower[: mention.start]) or LOOKS_AFTER.match(found.lower, mention.end)
        if disliked or looks:
            mention.stance = Stance.REFUSE
        for work in found.mentions if looks else ():
            gap = found.lower[work.end : mention.start]
            if work.kind == "work" and not work.stance and work.end <= mention.start and not SENTENCES.search(gap):
                work.stance = Stance.DISLIKE  # which looks so


def _give_reasons(found: "MentionFinder") -> None:
    """ "I dropped X because of the harem": the reason is liked or disliked as the work is."""
    works = [one for one in found.mentions if one.kind == "work" and one.stance in (Stance.DISLIKE, Stance.LIKE)]
    for mention in found.mentions:
        if mention.kind != "tag" or mention.stance or not REASON.search(found.lower[: mention.start]):
            continue
        before = [w for w in works if w.end <= mention.start and not BREAK.search(found.lower[w.end : mention.start])]
        if before:
            mention.stance = before[-1].stance
