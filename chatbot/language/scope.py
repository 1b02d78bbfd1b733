"""Which cues speak of a mention: those before and after it, as far as the clause and their scope go."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..text.matcher import Span, typed
from .coordination import BREAK, EN_SUCH, EN_SUCH_NOUN, GENRE_ENDING, JA_SUCH, KO_SUCH
from .cues import Cue
from .mentions import REFUSALS, Mention, Stance, often_refused
from .phrasebook import PHRASES

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
# What stands between two refusals that undo each other.
DOUBLED = re.compile(rf"\s?{_words('doubled-head')}\s?|{_words('doubled-if')}\s?")
KIND_OF_BOOK = re.compile(rf"(?:\s{_words('kind-of-book')})?{_words('in-it')}?")
# "A hero who isn't a teenager in a fantasy world" does not refuse the world.
COPULAS = PHRASES.keys("scope", "copula")
ELSEWHERE = re.compile(_words("elsewhere"))
# Plain ない denies the verb before it: 出ない, 行かない say that there is none, 負けない does not.
BARE_NOT = PHRASES.keys("scope", "bare-not")
OTHER_VERB = re.compile(rf"[一-龥][ぁ-ん]{{0,2}}$|{_words('other-verb')}$")
OCCURS = re.compile(_words("occurs"))
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
# "로맨스 싫어했는데 요즘 땡겨": a dislike that is over.
TURNED = re.compile(_words("turned"))
# "그냥 로맨스 말고", "ただの恋愛じゃなくて": a poor one is refused.
MERE = re.compile(rf"{_words('mere')}$")
# "Too much romance and want more".
STILL_WANTED = re.compile(_words("still-wanted"))
RATHER_THAN = re.compile(rf"{_words('rather-than')}$")
# "Little magic" is a quantity, "little witch" is none.
LITTLE = PHRASES.keys("scope", "little")
LITTLE_ONE = re.compile(_words("little-one"))
# Words of a refusal that belong to the noun before them: in "a romance without them" the love story is not refused.
ATTACHED = PHRASES.keys("scope", "attached")
# "하렘은 ㄴㄴ", "romance: no": a bare yes or no after what is named.
VERDICT = re.compile(
    typed(
        rf"(?:\s?(?:{GENRE_ENDING}|{_words('verdict-noun')}))?{_words('verdict-particle')}?\s*[:;,=\-–—?]?\s*"
        rf"(?:(?P<no>{_words('verdict-no')}|[x×✕✖❌])|(?P<fine>{_words('verdict-fine')}|[○◯⭕]))"
        rf"(?=\s*(?:$|[.,;!?~\n。、！？)/])|{_words('verdict-end')})"
    )
)
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
    return [Cue(Stance.REFUSE if match["no"] else Stance.INDIFFERENT, True)]


def rather(found: "MentionFinder", mention: Mention) -> list[Cue]:
    """The cue that "rather …, than" before `mention` is."""
    before = found.lower[max(0, mention.start - 72) : mention.start]
    return [Cue(Stance.INDIFFERENT, False)] if mention.kind == "tag" and RATHER_THAN.search(before) else []


def cues_after(found: "MentionFinder", mention: Mention, limit: int) -> list[Cue]:
    """Cues that stand after `mention` and before `limit`, in order, as far as the clause and their scope go."""
    near: list[Cue] = []
    place = mention.end
    for span, cues in found.cues:
        if span.start < mention.end:
            continue
        gap = found.lower[place : span.start]
        if span.start >= limit or _is_out_of_scope(found, mention, span, place) or (COMMA.search(gap) and not near):
            break
        cue = _one(found, cues, span, after=True)
        if cue is not None and (said_otherwise := _not_said_of(found, mention, span, cue, gap)) is not None:
            cue = said_otherwise
        if cue is not None and near and near[-1].stance == Stance.REFUSE:
            # "하렘 없는 건 싫어", "完結してない作品は嫌": two refusals ask for it.
            return [Cue(Stance.LIKE, True)] if cue.stance in REFUSALS and DOUBLED.fullmatch(gap) else near
        if cue is not None:
            near.append(cue)
            if cue.stance in LAST_CUES:
                break
        place = span.end
    return near


def _is_out_of_scope(found: "MentionFinder", mention: Mention, span: Span, place: int) -> bool:
    """Whether the cue at `span`, after whatever ends at `place`, is too far from `mention` to speak of it."""
    if BREAK.search(found.lower[place : span.start]):
        return True
    # "완결이고 5권 넘는 건 싫어": what follows a number speaks of the number.
    if any(place <= start and end <= span.start for start, end in found.bounds.where.values()):
        return True
    distance = span.start - mention.end
    latin = span.phrase[0].isascii()
    if latin and (kind := KIND_OF_BOOK.match(found.lower, mention.end)):
        distance -= len(kind.group())
    # What refuses a male hero stands as near as an English cue.
    return distance > (MAX_AFTER_LATIN if latin or mention.kind == "male" else MAX_AFTER)


def _not_said_of(found: "MentionFinder", mention: Mention, span: Span, cue: Cue, gap: str) -> Cue | None:
    """The cue that a refusal of `mention` is where it refuses nothing: it pairs, adds, or is somebody's in the story.

    `gap`: what stands before the cue, after whatever was found before it.
    """
    if span.phrase in PAIRS:
        pair = any(0 <= other.start - span.end <= 1 for other in found.mentions)
        return Cue(Stance.NONE, True) if pair and not often_refused(mention, found.groups) else None
    if span.phrase in BESIDES:
        return Cue(Stance.NONE, True) if mention.kind == "tag" and THERE_TOO.match(found.lower, span.end) else None
    if span.phrase in BARE_NOT:
        done = OTHER_VERB.search(gap) and not OCCURS.search(gap) and not often_refused(mention, found.groups)
        return Cue(Stance.NONE, True) if done else None
    if cue.stance == Stance.REFUSE and mention.kind == "tag" and _is_mere(found, mention):
        return Cue(Stance.INDIFFERENT, True)
    if cue.stance == Stance.DISLIKE and TURNED.match(found.lower, span.end):
        return Cue(Stance.NONE, True)
    felt = cue.stance == Stance.DISLIKE or span.phrase in FEELINGS
    if felt and mention.kind in ("tag", "about") and FELT.match(found.lower, span.end):
        return _of_somebody(found, mention, after=True)
    return None


def _refusal_before(found: "MentionFinder", mention: Mention, span: Span, cue: Cue) -> Cue:
    """What the refusal at `span` says of `mention` behind it: nothing where more is wanted, or somebody else feels it."""
    small = span.phrase in LITTLE and LITTLE_ONE.match(found.lower, mention.start)
    if small or STILL_WANTED.match(found.lower, mention.end):
        return Cue(Stance.NONE, False)
    felt = cue.stance == Stance.DISLIKE or span.phrase in FEELINGS
    if felt and mention.kind in ("tag", "about") and FELT_BY.search(found.lower[max(0, span.start - 40) : span.start]):
        return _of_somebody(found, mention, after=False)
    return cue


def _is_mere(found: "MentionFinder", mention: Mention) -> bool:
    return bool(MERE.search(found.lower[max(0, mention.start - 8) : mention.start]))


def _of_somebody(found: "MentionFinder", mention: Mention, *, after: bool) -> Cue:
    """What a feeling of somebody in the story says of `mention`: nothing; what is often refused is not asked for."""
    return Cue(Stance.INDIFFERENT if often_refused(mention, found.groups) else Stance.NONE, after)


def cues_before(found: "MentionFinder", mention: Mention, limit: int) -> list[Cue]:
    """Cues that stand before `mention` and not before `limit`, nearest first."""
    near: list[Cue] = []
    place = mention.start
    for span, cues in reversed(found.cues):
        if span.end > mention.start:
            continue
        if span.start < limit:
            break
        gap = found.lower[span.end : place]
        if BREAK.search(gap) or COMMA.search(gap) or mention.start - span.end > MAX_BEFORE:
            break
        if HEADS_LIST.fullmatch(gap) and (cue := _one(found, cues, span, after=True)):
            return [cue]
        cue = _one(found, cues, span, after=False)
        if (span.phrase in COPULAS and ELSEWHERE.search(gap)) or (span.phrase in DIRECT and TO_ANOTHER.search(gap)):
            break
        if cue is not None and cue.stance in REFUSALS:
            cue = _refusal_before(found, mention, span, cue)
        latin = span.phrase[0].isascii()
        if cue is None and not latin:
            break
        if cue is not None and (latin or not gap.strip()):
            near.append(cue)
        place = span.start
    return near


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
