"""Which cues speak of a mention: those before and after it, as far as the clause and their scope go."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ...text.matcher import Span, typed
from ..tag_relations import BEINGS, LEADS
from ..words.cues import Cue
from ..words.mentions import REFUSALS, Mention, Stance, often_refused
from ..words.phrasebook import PHRASES
from .coordination import BREAK, EN_SUCH, EN_SUCH_NOUN, GENRE_ENDING, JA_SUCH, KO_SUCH, LINK, links

if TYPE_CHECKING:
    from .matching import MentionFinder


def _words(section: str, *languages: str) -> str:
    return PHRASES.pattern("scope", section, *languages)


COMMA = re.compile(r"[,、，]")
MAX_AFTER = 22  # characters between a mention and the cue after it
MAX_AFTER_LATIN = 6  # the same for an English cue; "I loved it" may follow at some distance, "harem-free" may not
MAX_BEFORE = 48
MAX_BACK = 40  # characters between what is named and the refusal that refers back to it

# "이미 본 거: …": what stands before a colon is said of all that follows.
HEADS_LIST = re.compile(rf"\s?{_words('list-head')}?{_words('list-particle')}?\s?:\s*")
# "하차한 건 오버로드예요", 「読んだのは…」: what stands before a topic is said of what follows.
HEADS_TOPIC = re.compile(_words("topic-head", "ko", "ja"))
# What stands between two refusals that undo each other.
DOUBLED = re.compile(rf"\s?{_words('doubled-head')}\s?|{_words('doubled-if')}\s?")
KIND_OF_BOOK = re.compile(rf"(?:\s{_words('kind-of-book')})?{_words('in-it')}?")
# "A hero who isn't a teenager in a fantasy world" does not refuse the world.
COPULAS = PHRASES.keys("scope", "copula")
ELSEWHERE = re.compile(_words("elsewhere"))
# "No schoolgirls in spaceships": whom the refusal names stands between it and where they are.
PLACED = re.compile(rf"{_words('placed', 'en')}{_words('placed-in', 'en')}")
# Plain ない denies the verb before it: 出ない, 行かない say that there is none, 負けない does not.
BARE_NOT = PHRASES.keys("scope", "bare-not")
OTHER_VERB = re.compile(rf"[一-龥][ぁ-ん]{{0,2}}$|{_words('other-verb')}$")
OCCURS = re.compile(_words("occurs"))
# A denial speaks of the word before it, and not of what its clause was joined on to: 「ほっこりできて説教くさくない」.
DENIES = re.compile(_words("denies", "ko", "ja"))
# Of what is said to be in it all is denied: "전쟁하고 사람 죽는 장면 없는".
WHOLE = re.compile(rf"{_words('whole', 'ko', 'ja')}$")
MAX_DENIAL = 8  # characters between what is named and the denial of it alone
# Cues that ask before a question mark, and those that count only where a sentence begins.
ASKED = PHRASES.keys("scope", "asks")
QUESTION_MARK = re.compile(r"[가-힣ぁ-ん]{0,3}\s?[?？]")
CLOSING = PHRASES.keys("scope", "closing")
# "戦記ものはないですか": a denial that goes on as a question asks for what it denies.
DENIED = PHRASES.keys("scope", "denied")
GOES_ON_ASKING = re.compile(_words("goes-on-asking"))
# "전쟁에 지친 용사", "a hero who hates magic": what somebody in the story feels is no stance of the reader.
FELT = re.compile(
    rf"{_words('felt-ending')}{PHRASES.pattern('matching', 'somebody')}(?!{PHRASES.pattern('matching', 'as-genre')})"
)
FELT_BY = re.compile(rf"{_words('not-reader')}{PHRASES.pattern('matching', 'somebody', 'en')}{_words('who')}$")
# "Skip a class to fight monsters" refuses no monsters.
DIRECT = PHRASES.keys("scope", "direct")
TO_ANOTHER = re.compile(_words("to-another"))
FEELINGS = PHRASES.keys("scope", "feelings")
# "추리 x 학원물": a mark that refuses what often is refused and joins what is not.
PAIRS = PHRASES.keys("scope", "pairs")
# "로맨스 외에 모험도": what is there too leaves out nothing.
BESIDES = PHRASES.keys("scope", "besides")
THERE_TOO = re.compile(_words("there-too"))
PLOT_TOO = re.compile(_words("plot-too"))
# "로맨스 싫어했는데 요즘 땡겨": a dislike that is over.
TURNED = re.compile(_words("turned"))
# "그냥 로맨스 말고", "ただの恋愛じゃなくて": a poor one is refused.
MERE = re.compile(rf"{_words('mere')}$")
# "Too much romance and want more".
STILL_WANTED = re.compile(_words("still-wanted"))
RATHER_THAN = re.compile(rf"{_words('rather-than')}$")
# "싫진 않은데 오늘은 말고", "平気です、むしろ好き": where a sentence that bore with something goes on.
TURNS_TO_NO = re.compile(rf"[^.!?\n]{{0,12}}?{_words('turns-to-no')}")
TURNS_TO_YES = re.compile(rf"[^!?\n]{{0,12}}?{_words('turns-to-yes')}")
# "너무 암울ㅠㅠ", 「暗すぎて」: there was too much of it.
EXCESS = re.compile(_words("excess", "ja"))
EXCESS_BEFORE = re.compile(rf"{_words('excess-before', 'ko', 'en')}$")
EXCESS_AFTER = re.compile(typed(_words("excess-after", "ko", "en")))
TOO_BEFORE = re.compile(rf"{_words('too-before', 'en')}$")
TOO_END = re.compile(_words("too-end", "en"))
INVERTED = re.compile(rf"{_words('inverted')}[,、.!\s]{{1,3}}$")
INVERTED_END = re.compile(rf"{_words('inverted-end')}\s*(?:$|[.!?~。！？\n])")
OVER = re.compile(rf"{_words('over')}$")
# "Overlord 같은 거 말고", "anything but things like X": what may stand between a likeness and the refusal of it.
LIKES_BEHIND = re.compile(rf"(?:\s?{_words('likes-behind')})*\s?")
LIKES_AHEAD = re.compile(rf"\s?(?:{_words('likes-ahead', 'en')}\s)*")
MEASURED = re.compile(_words("measured"))  # "not as dark as X" refuses a measure, and nothing like it
WITH_LIKES = re.compile(_words("with-likes"))  # "Overlord or the like"
LESS = "less"  # as in "harem-less"; a word between spaces refuses what follows it
COMPARED = PHRASES.keys("scope", "compared")
# "Little magic" is a quantity, "little witch" is none.
LITTLE = PHRASES.keys("scope", "little")
LITTLE_ONE = re.compile(_words("little-one"))
# Words of a refusal that belong to the noun before them: in "a romance without them" the love story is not refused.
ATTACHED = PHRASES.keys("scope", "attached")
# "하렘은 ㄴㄴ", "romance: no": a bare yes or no after what is named.
VERDICT = re.compile(
    typed(
        rf"(?:\s?(?:{GENRE_ENDING}|{_words('verdict-noun')}))?{_words('verdict-particle')}?"
        rf"(?:\s*[:;,=\-–—?]?\s*(?:(?P<no>{_words('verdict-no')}|[x×✕✖❌])|(?P<fine>{_words('verdict-fine')}|[○◯⭕]))"
        rf"|\s?[.!]{{1,3}}\s?(?P<no_then>{_words('verdict-then')}))"
        rf"(?=\s*(?:$|[.,;!?~\n。、！？)/])|{_words('verdict-end')})"
    )
)
# Whole clauses after what is named, tried in this order: one that insists on it, bears it, or would not have it.
CLAUSE_HEAD = rf"(?:\s?{PHRASES.pattern('coordination', 'suffix')})?{_words('clause-head')}{{0,3}}"
DROPPED_IF = rf"{_words('drop-if')}{_words('drop-adverb')}{{0,2}}{_words('drop')}"
CLAUSES = tuple(
    (cue, re.compile(typed(rf"{CLAUSE_HEAD}\s?(?:{said})")))
    for cue, said in (
        (Cue(Stance.LIKE, True), _words("clause-wanted")),
        (Cue(Stance.REFUSE, True, mild=True), _words("clause-less")),
        (Cue(Stance.INDIFFERENT, True), _words("clause-allowed")),
        (Cue(Stance.DISLIKE, True), rf"{_words('clause-refused')}|{DROPPED_IF}"),
    )
)
# "여주가 답답한 거 싫어": what somebody is like is refused, and no heroine.
TRAIT = re.compile(PHRASES.pattern("matching", "trait"))
TRAIT_BEFORE = re.compile(rf"{PHRASES.pattern('matching', 'trait-before')}$")
AS_GIRL = re.compile(PHRASES.pattern("matching", "as-girl"))
# What refers back to what was named, before the refusal ("하렘. 그런 거 싫어") and after it ("sick of those").
TOPIC_ASKED = rf"{_words('own-question')}?{PHRASES.pattern('stance_exceptions', 'topic')}?\s*\?\s*"
THEY = re.compile(
    rf"{TOPIC_ASKED}"
    rf"|[\s,.;:!?~…、。—–-]*{_words('then')}?"
    rf"(?:{EN_SUCH}"
    rf"|{KO_SUCH}(?:{_words('degree', 'ko')}\s?)*"
    rf"|{_words('like-such')}?{JA_SUCH}(?:{_words('degree', 'ja')}\s?)*)"
)
THEM = re.compile(rf"\s{_words('them')}{EN_SUCH_NOUN}(?=\s*(?:$|[.,;!?\n)]|{_words('them-end')}))")
IT = re.compile(rf"\s{_words('it')}(?=\s*(?:$|[.,;!?\n)]|{_words('it-end')}))")
BUT_I = re.compile(rf"\s?,?\s{_words('but-i')}")
# "X 봤는데 별로더라", "I read X but didn't like it": tried and not liked.
KO_TRIED, JA_TRIED = (_words("tried-verb", language) + _words("tried-turn", language) for language in ("ko", "ja"))
TRIED = re.compile(
    rf"{_words('tried-object', 'ko')}{KO_TRIED}\s?{_words('tried-adverb', 'ko')}*\s?"
    rf"|{_words('tried-object', 'ja')}?{JA_TRIED}[、,\s]?{_words('tried-adverb', 'ja')}?\s?"
    rf"|\s?,?\s{_words('but-tried')}"
)
# Which of several meanings of one phrase counts.
CUE_ORDER = (
    Stance.REFUSE,
    Stance.DISLIKE,
    Stance.INDIFFERENT,
    Stance.BONUS,
    Stance.LIKE,
    Stance.SIMILAR,
    Stance.READ,
    Stance.NONE,
)
# Cues behind which no other speaks of the same mention.
LAST_CUES = (Stance.DISLIKE, Stance.INDIFFERENT, Stance.NONE, Stance.BONUS)


def verdict(found: "MentionFinder", mention: Mention) -> list[Cue]:
    """The cue that a bare yes or no after `mention` is: "하렘은 ㄴㄴ", "romance: no", "ハーレム可"."""
    match = VERDICT.match(found.lower, mention.end)
    if not match:
        return []
    if _has_trait(found, mention):
        return [Cue(Stance.INDIFFERENT, True)]
    return [Cue(Stance.INDIFFERENT if match["fine"] else Stance.REFUSE, True)]


def clause(found: "MentionFinder", mention: Mention) -> list[Cue]:
    """The cue that a whole clause after `mention` is: "ハーレムは出た瞬間閉じる", "romance if it must"."""
    if _has_trait(found, mention):
        return [Cue(Stance.INDIFFERENT, True)]
    if mention.kind not in ("tag", "about"):
        return []
    if is_too_much(found, mention):
        return [Cue(Stance.DISLIKE, True)]
    for cue, pattern in CLAUSES:
        if match := pattern.match(found.lower, mention.end):
            turned = _turned(found, match.end()) if cue.stance == Stance.INDIFFERENT else Stance.NONE
            return [Cue(turned, True) if turned else cue]
    return []


def _has_trait(found: "MentionFinder", mention: Mention) -> bool:
    """Whether a lead is only said to be so and so; the word for one may hold the particle behind it."""
    is_lead = mention.kind == "male" or LEADS & {*mention.values}
    if not is_lead:
        return False
    before = found.lower[max(0, mention.start - 24) : mention.start]
    return any(TRAIT.match(found.lower, end) for end in (mention.end, mention.end - 1)) or bool(
        TRAIT_BEFORE.search(before)
    )


def is_too_much(found: "MentionFinder", mention: Mention) -> bool:
    """Whether there was too much of `mention` for the reader: "너무 암울ㅠㅠ", "too dark for me", 「暗すぎて」."""
    if EXCESS.match(found.lower, max(mention.start, mention.end - 2)) or EXCESS.match(found.lower, mention.end):
        return True
    before = found.lower[max(0, mention.start - 16) : mention.start]
    if TOO_BEFORE.search(before) and TOO_END.match(found.lower, mention.end):
        return True
    return bool(EXCESS_BEFORE.search(before) and EXCESS_AFTER.match(found.lower, mention.end))


def _turned(found: "MentionFinder", place: int) -> Stance:
    """Where a sentence that bore with something goes on after `place`: "…, not today", "…, I even like it"."""
    following = bisect_left(found.mentions, place, key=lambda one: one.start)
    named = found.mentions[following].start if following < len(found.mentions) else place + 40
    after = found.lower[place : min(named, place + 40)]
    if TURNS_TO_NO.match(after):
        return Stance.DISLIKE
    return Stance.LIKE if TURNS_TO_YES.match(after) else Stance.NONE


def inverted(found: "MentionFinder", mention: Mention) -> list[Cue]:
    """The cue of a refusal that stands before its object where it should be behind: "もういい、異世界は"."""
    if not INVERTED_END.match(found.lower, mention.end):
        return []
    before = found.lower[max(0, mention.start - 16) : mention.start]
    return [Cue(Stance.DISLIKE, False)] if INVERTED.search(before) else []


def rather(found: "MentionFinder", mention: Mention, earlier: int) -> list[Cue]:
    """The cue that "rather …, than" before `mention` is, or "over" behind what ends at `earlier`."""
    if mention.kind != "tag":
        return []
    begin = max(0, mention.start - 72)
    before = found.lower[begin : mention.start]
    over = OVER.search(before)
    if RATHER_THAN.search(before) or (over and earlier == begin + over.start()):
        return [_compared_to(found, mention, after=False)]
    return []


def _compared_to(found: "MentionFinder", mention: Mention, *, after: bool) -> Cue:
    """The cue on what something else is preferred to: what many refuse is refused, of the rest little is wanted."""
    return Cue(Stance.REFUSE, after, mild=not often_refused(mention, found.groups))


def cues_after(found: "MentionFinder", mention: Mention, limit: int, end: int) -> list[Cue]:
    """Cues that stand after `mention` and before `limit`, in order, as far as the clause and their scope go.

    `end`: where `mention` ends, or the brackets behind it: "키잡(키워서 결혼하는 거) 못 보겠어요".
    """
    near: list[Cue] = []
    place = end
    for index in range(_cues_until(found, end), len(found.cues)):
        span, cues = found.cues[index]
        gap = found.lower[place : span.start]
        if (
            span.start >= limit
            or _is_out_of_scope(found, mention, span, place, end)
            or (COMMA.search(gap) and not near)
        ):
            break
        cue = _one(found, cues, span, after=True)
        if cue is not None and (said_otherwise := _not_said_of(found, mention, span, cue, gap)) is not None:
            cue = said_otherwise
        if cue is not None and _refuses_likes(cue, near) and LIKES_BEHIND.fullmatch(gap):
            return [replace(cue, alike=True)]
        if cue is not None and near and near[-1].stance == Stance.REFUSE:
            # "하렘 없는 건 싫어", "完結してない作品は嫌": two refusals ask for it.
            return [Cue(Stance.LIKE, True)] if cue.stance in REFUSALS and DOUBLED.fullmatch(gap) else near
        if cue is not None:
            if cue.stance in (Stance.INDIFFERENT, Stance.LIKE) and (turned := _turned(found, span.end)):
                cue = Cue(turned, True)
            near.append(cue)
            if cue.stance in LAST_CUES:
                break
        place = span.end
    return near


def _refuses_likes(cue: Cue, near: Sequence[Cue]) -> bool:
    """Whether `cue` refuses what a likeness nearer to the mention is asked of."""
    return cue.stance in REFUSALS and bool(near) and near[-1].stance == Stance.SIMILAR


def _with_likes(found: "MentionFinder", cue: Cue, near: list[Cue], place: int) -> list[Cue]:
    """`cue` as it refuses all that the likeness at `place` names; no more than `near` where that is only a measure."""
    return near if MEASURED.match(found.lower, place) else [replace(cue, alike=True)]


def names_likes(found: "MentionFinder", mention: Mention) -> bool:
    """Whether a work is named together with what is like it: "Overlord or the like", "오버로드 부류"."""
    return mention.kind == "work" and bool(WITH_LIKES.match(found.lower, mention.end))


def _cues_until(found: "MentionFinder", place: int) -> int:
    """How many cues begin before `place`."""
    return bisect_left(found.cues, place, key=lambda pair: pair[0].start)


def _is_out_of_scope(found: "MentionFinder", mention: Mention, span: Span, place: int, end: int) -> bool:
    """Whether the cue at `span`, after whatever ends at `place`, is too far from `mention` to speak of it."""
    # "달달한데 느끼하진 않은": the ending that breaks may begin within the word itself.
    broken = BREAK.search(found.lower, max(0, place - 1), span.start)
    if broken and broken.end() > place:
        return True
    # "완결이고 5권 넘는 건 싫어": what follows a number speaks of the number.
    if any(place <= start and end <= span.start for start, end in found.bounds.where.values()):
        return True
    if _denies_another(found, mention, span, end):
        return True
    distance = span.start - end
    latin = span.phrase[0].isascii()
    if latin and (kind := KIND_OF_BOOK.match(found.lower, mention.end)):
        distance -= len(kind.group())
    # What refuses a male hero stands as near as an English cue.
    return distance > (MAX_AFTER_LATIN if latin or mention.kind == "male" else MAX_AFTER)


def _denies_another(found: "MentionFinder", mention: Mention, span: Span, end: int) -> bool:
    """Whether the cue at `span` denies what a clause behind `mention` says, of which it is no part.

    Of what readers are warned of both are denied: "잔인하고 역겹지 않은".
    """
    warned_of = any(found.groups.get(value) == "warnings" for value in mention.values)
    if warned_of or not DENIES.match(span.phrase):
        return False
    gap = found.lower[max(0, end - 1) : span.start]
    link = LINK.search(gap)
    rest = gap[link.end() :] if link else gap[1:] if links(mention) else ""
    return bool(rest.strip()) and not WHOLE.search(rest)


def is_denied_alone(found: "MentionFinder", mention: Mention) -> bool:
    """Whether the cue behind `mention` denies that it is so, and says nothing of what stands before it."""
    for index in range(_cues_until(found, mention.end), len(found.cues)):
        span, _ = found.cues[index]
        return span.start - mention.end <= MAX_DENIAL and bool(DENIES.match(span.phrase))
    return False


def _not_said_of(found: "MentionFinder", mention: Mention, span: Span, cue: Cue, gap: str) -> Cue | None:
    """The cue that a refusal of `mention` is where it refuses nothing: it pairs, adds, or is somebody's in the story.

    `gap`: what stands before the cue, after whatever was found before it.
    """
    if span.phrase == LESS and found.lower[span.start - 1 : span.start] == found.lower[span.end : span.end + 1] == " ":
        return Cue(Stance.NONE, True)  # "more mystery less romance", but "harem-less"
    if span.phrase in COMPARED and mention.kind == "tag":
        return _compared_to(found, mention, after=True)
    if _is_a_girl(found, mention):
        return Cue(Stance.INDIFFERENT, True)
    if span.phrase in PAIRS:
        pair = any(0 <= other.start - span.end <= 1 for other in found.mentions)
        return Cue(Stance.NONE, True) if pair and not often_refused(mention, found.groups) else None
    if span.phrase in BESIDES:
        return Cue(Stance.NONE, True) if mention.kind == "tag" and THERE_TOO.match(found.lower, span.end) else None
    if span.phrase in BARE_NOT:
        done = OTHER_VERB.search(gap) and not OCCURS.search(gap) and not often_refused(mention, found.groups)
        return Cue(Stance.NONE, True) if done else None
    if cue.stance == Stance.REFUSE and mention.kind == "tag" and _refuses_little(found, mention, span.end):
        return Cue(Stance.INDIFFERENT, True)
    if cue.stance == Stance.DISLIKE and TURNED.match(found.lower, span.end):
        return Cue(Stance.NONE, True)
    felt = cue.stance == Stance.DISLIKE or span.phrase in FEELINGS
    if felt and mention.kind in ("tag", "about") and FELT.match(found.lower, span.end):
        return _of_somebody(found, mention, after=True)
    return None


def _refusal_before(found: "MentionFinder", mention: Mention, span: Span, cue: Cue, gap: str) -> Cue:
    """What the refusal at `span` says of `mention` behind it: nothing where more is wanted, or somebody else feels it."""
    if _is_a_girl(found, mention) or (cue.stance == Stance.REFUSE and _is_only_the_place(found, mention, gap)):
        return Cue(Stance.INDIFFERENT, False)
    if PLOT_TOO.match(found.lower, mention.end):
        return Cue(Stance.INDIFFERENT, False)
    small = span.phrase in LITTLE and LITTLE_ONE.match(found.lower, mention.start)
    if small or STILL_WANTED.match(found.lower, mention.end):
        return Cue(Stance.NONE, False)
    felt = cue.stance == Stance.DISLIKE or span.phrase in FEELINGS
    if felt and mention.kind in ("tag", "about") and FELT_BY.search(found.lower[max(0, span.start - 40) : span.start]):
        return _of_somebody(found, mention, after=False)
    return cue


def _is_a_girl(found: "MentionFinder", mention: Mention) -> bool:
    """Whether what is named is only what a girl is: "not a dragon girl" refuses no dragons."""
    return bool(BEINGS & {*mention.values} and AS_GIRL.match(found.lower, mention.end))


def _refuses_little(found: "MentionFinder", mention: Mention, end: int) -> bool:
    """Whether a refusal that ends at `end` is of a mere one, or only asks for a plot besides."""
    return _is_mere(found, mention) or bool(PLOT_TOO.match(found.lower, end))


def _is_mere(found: "MentionFinder", mention: Mention) -> bool:
    return bool(MERE.search(found.lower[max(0, mention.start - 10) : mention.start]))


def _of_somebody(found: "MentionFinder", mention: Mention, *, after: bool) -> Cue:
    """What a feeling of somebody in the story says of `mention`: nothing; what is often refused is not asked for."""
    return Cue(Stance.INDIFFERENT if often_refused(mention, found.groups) else Stance.NONE, after)


def cues_before(found: "MentionFinder", mention: Mention, limit: int) -> list[Cue]:
    """Cues that stand before `mention` and not before `limit`, nearest first."""
    near: list[Cue] = []
    place = mention.start
    for index in reversed(range(_cues_until(found, mention.start))):
        span, cues = found.cues[index]
        if span.end > mention.start:
            continue
        gap = found.lower[span.end : place]
        ends = BREAK.search(gap) or COMMA.search(gap)
        if span.start < limit or ends or mention.start - span.end > MAX_BEFORE:
            break
        if cue := _heading(found, cues, span, gap):
            return [cue]
        cue = _one(found, cues, span, after=False)
        if (span.phrase in COPULAS and ELSEWHERE.search(gap)) or (span.phrase in DIRECT and TO_ANOTHER.search(gap)):
            break
        if cue is not None and cue.stance in REFUSALS:
            cue = _refusal_before(found, mention, span, cue, gap)
        latin = span.phrase[0].isascii()
        if cue is None and not latin:
            break
        if cue is not None and _refuses_likes(cue, near) and LIKES_AHEAD.fullmatch(gap):
            return _with_likes(found, cue, near, place)
        if cue is not None and (latin or not gap.strip()):
            near.append(cue)
        place = span.start
    return near


def _heading(found: "MentionFinder", cues: Sequence[Cue], span: Span, gap: str) -> Cue | None:
    """What the cue at `span` says of all behind `gap`, where that makes it the head of a list or a topic."""
    if HEADS_LIST.fullmatch(gap) and (cue := _one(found, cues, span, after=True)):
        return cue
    return _of_topic(found, cues, span) if HEADS_TOPIC.fullmatch(gap) else None


def _of_topic(found: "MentionFinder", cues: Sequence[Cue], span: Span) -> Cue | None:
    """What the cue at `span`, the head of a topic, says of what follows: that it was read, or is not liked."""
    cue = _one(found, cues, span, after=True)
    place, others = found.cues[max(0, _cues_until(found, span.start) - 1)]
    liked = 0 <= span.start - place.end <= 2 and any(other.stance == Stance.LIKE for other in others)
    return cue if cue and not liked and cue.stance in (Stance.DISLIKE, Stance.READ) else None


def _is_only_the_place(found: "MentionFinder", mention: Mention, gap: str) -> bool:
    """Whether `mention` is where somebody is whom the cue before `gap` refuses: "no schoolgirls in spaceships"."""
    return mention.kind == "tag" and found.groups.get(mention.values[0]) == "setting" and bool(PLACED.fullmatch(gap))


def _one(found: "MentionFinder", cues: Sequence[Cue], span: Span, *, after: bool) -> Cue | None:
    """The meaning of a phrase on this side of its mention; one that may be a question is a pseudo-cue before a "?"."""
    here = [cue for cue in cues if cue.after == after]
    if not here:
        return None
    if span.phrase in CLOSING and found.source[: span.start].rstrip()[-1:] not in ("", ".", "!", "?", "\n", ","):
        return None
    if span.phrase in ASKED and QUESTION_MARK.match(found.source[span.end : span.end + 5]):
        return Cue(Stance.NONE, after)
    if span.phrase in DENIED and GOES_ON_ASKING.match(found.source, span.end):
        return Cue(Stance.NONE, after)
    return min(here, key=lambda cue: CUE_ORDER.index(cue.stance))


def refer_back(found: "MentionFinder", coordination: Sequence[Mention], limit: int) -> None:
    """Take the stance on `coordination` that words after it take: "harems? sick of those", "오버로드 봤는데 재밌더라"."""
    end = coordination[-1].end
    allowed = (*REFUSALS, Stance.LIKE) if coordination[-1].kind == "work" else REFUSALS
    for span, cues in found.cues:
        if not end <= span.start < min(limit, end + MAX_BACK):
            continue
        gap = found.lower[end : span.start]
        cue = next((cue for cue in cues if cue.stance in allowed), None)
        if gap == " " and span.phrase in ATTACHED:
            continue
        if cue and _refers_back(found, cue, gap, span.end):
            for mention in coordination:
                mention.stance = cue.stance
            return


def _refers_back(found: "MentionFinder", cue: Cue, gap: str, end: int) -> bool:
    if cue.after:
        return bool(TRIED.fullmatch(gap) or (cue.stance in REFUSALS and THEY.fullmatch(gap)))
    return bool(THEM.match(found.lower, end) or (BUT_I.fullmatch(gap) and IT.match(found.lower, end)))
