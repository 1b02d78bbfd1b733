"""Which cues speak of a target: those before and after it, as far as the clause and their reach go."""

import re

from ..text.folding import key
from ..text.matcher import typed
from .coordination import BREAK, EN_SUCH, JA_SUCH, KO_SUCH
from .cues import Cue
from .mentions import REFUSALS

COMMA = re.compile(r"[,、，]")
MAX_AFTER = {"ko": 22, "ja": 20, "en": 6}  # characters between a target and the cue after it
MAX_BEFORE = 48
MAX_BACK = 40  # characters between what is named and the refusal that refers back to it
# "이미 본 거: …": what stands before a colon is said of all that follows.
HEADS_LIST = re.compile(
    r"\s?(?:거|것|작품|책|소설|목록|리스트|もの|作品|リスト|list|books?|series)?(?:들)?(?:은|는|は)?\s?:\s*"
)
# What stands between two refusals that undo each other.
HEAD = re.compile(
    r"\s?(?:건|거|것|게|걸|작품|책|소설|애|시리즈|の|もの|やつ|作品|本|シリーズ)(?:들)?(?:은|는|이|도|は|も|が)?\s?(?:다|전부|절대|아예|좀)?\s?|(?:으면|면|다면|이면|と|なら|んなら)\s?"
)
KIND_OF_BOOK = re.compile(
    r"(?:\s(?:tropes?|stuff|stor(?:y|ies)|things?|genres?|plots?|elements?|novels?|books?|series|scenes?|content|settings?|leads?))?(?:\sin (?:it|there|them|the story))?"
)
# "A hero who isn't a teenager in a fantasy world" does not refuse the world.
COPULAS = {"isnta", "isntan", "isnota", "isnotan", "nota", "notan", "isnt", "isnot", "arent", "arenot", "wasnt"}
ELSEWHERE = re.compile(r"[a-z]{3,}\s(?:in|at|from|for|with|who|of)\s")
# Plain ない denies the verb before it: 出ない, 行かない say that there is none, 負けない does not.
BARE_NOT = {"ない", "無い", "なく"}
OTHER_VERB = re.compile(r"[一-龥][ぁ-ん]{0,2}$")
OCCURS = re.compile(r"[行出登入含絡関扱描使頼混持要起転生召喚]")
ASKED = {key(word) for word in ("없음", "없어", "ない", "ありません", "なし", "없는데", "ダメ", "무리")}
VERDICT = re.compile(
    typed(
        r"(?:\s?(?:물|계|류|系|もの|stuff|content|scenes?))?(?:은|는|は|도|も)?\s*[:;,=\-–—?]?\s*"
        r"(?:(?P<no>(?<![a-z])(?:no|isn't|is not|aren't|are not|not (?:ok|okay|fine|allowed|cool|for me|my thing)|nope|nah|hard no|hard pass|big no|no thanks|no thank you|no way|pass|yuck|ew+)|ㄴㄴ?ㄴ?|노노?|놉|아웃|"
        r"[x×✕✖❌]|ng|なし|ノー|バツ|アウト|むり|無理|(?:이나\s?)?(?:이런|그런)?\s?(?:건|거는|것은)?\s?(?:좀|조금)(?=\s?(?:\.\.|…|ㅠ|ㅜ)))|(?P<fine>(?<![a-z])(?:ok|okay|fine|whatever|allowed)|ㅇㅋ|오케이|가능|허용|可|おk|ㄱㅊ|[○◯⭕]))"
        r"(?=\s*(?:$|[.,;!?~\n。、！？)/])|\s(?:for me|from me|please|pls))"
    )
)
KO_ALL = r"(?:다|전부|싹\s?다?|모두|모조리|죄다|일절|진짜|정말|좀|너무|절대|아예|이제|완전|제발|더는)"
JA_ALL = r"(?:全部|全て|すべて|一切|どれも|全般|もう|本当に|ちょっと|絶対)"
THEY = re.compile(
    rf"(?:물|もの|系)?(?:は|은|는)?\s*\?\s*|[\s,.;:!?~…、。—–-]*(?:(?:and|but|so|because)\s)?(?:{EN_SUCH}|{KO_SUCH}(?:{KO_ALL}\s?)*|(?:みたいな|とか)?{JA_SUCH}(?:{JA_ALL}\s?)*)"
)
THEM = re.compile(
    r"\s(?:any of |all (?:of )?)?(?:those|these|them|such|that (?:kind|sort|stuff)|stuff like that|things like that)\b"
    r"(?:\s(?:things?|stuff|ones?|tropes?|kinds?|genres?))?(?=\s*(?:$|[.,;!?\n)]|at all|pl|in |now|any|so |because|thanks|and |but |tbh|lol))"
)
# "X 봤는데 별로더라", "I read X but didn't like it": tried and not liked.
TRIED = re.compile(
    r"(?:물|계|류)?(?:은|는|을|를|도)?\s?(?:[가-힣]{0,4}\s)?(?:추천해?\s?)?[가-힣]{0,2}(?:봤었|봤|읽었|해봤|시도했|도전했|줬|받았|샀|먹었)(?:는데|지만|더니|으나|다가|었는데)\s?"
    r"(?:좀|너무|영|완전|진짜|개|저한텐|나한텐|제\s|내\s)*\s?|"
    r"(?:は|を|も)?(?:読んだ|読んでみた|見た|試した|勧められた|買った)(?:けど|けれど|が|のに|んだけど|んですが)[、,\s]?(?:ちょっと|正直|全然|あまり|自分には|私には)?\s?|"
    r"\s?,?\s(?:but|and)\s(?:it\s|they\s|honestly\s|that\s)*"
)
BUT_I = re.compile(r"\s?,?\s(?:but|and)\s(?:i\s|really\s|just\s|honestly\s|then\s)*")
IT = re.compile(r"\s(?:it|them|that)\b(?=\s*(?:$|[.,;!?\n)]|at all|so |because|tbh|lol))")


def verdict(found, target):
    """The cue that a bare yes or no after `target` is: "하렘은 ㄴㄴ", "romance: no", "ハーレム可"."""
    match = VERDICT.match(found.lower, target.end)
    if not match:
        return []
    return [Cue("refuse" if match["no"] else "indifferent", True)]


def cues_after(found, target, limit):
    """Cues that stand after `target` and before `limit`, in order, as far as the clause and their reach go."""
    near, place = [], target.end
    for span, cues in found.cues:
        if span.start < target.end:
            continue
        gap = found.lower[place : span.start]
        if span.start >= limit or _is_out_of_reach(found, target, span, place) or (COMMA.search(gap) and not near):
            break
        cue = _one(found, cues, span, after=True)
        if span.phrase in BARE_NOT and OTHER_VERB.search(gap) and not OCCURS.search(gap):
            cue = Cue("none", True)
        if cue is not None and near and near[-1].kind == "refuse":
            # "하렘 없는 건 싫어", "完結してない作品は嫌": two refusals ask for it.
            return [Cue("like", True)] if cue.kind in REFUSALS and HEAD.fullmatch(gap) else near
        if cue is not None:
            near.append(cue)
            if cue.kind in ("dislike", "indifferent", "none", "bonus"):
                break
        place = span.end
    return near


def _is_out_of_reach(found, target, span, place):
    """Whether the cue at `span`, after whatever ends at `place`, is too far from `target` to speak of it."""
    if BREAK.search(found.lower[place : span.start]):
        return True
    # "완결이고 5권 넘는 건 싫어": what follows a number speaks of the number.
    if any(place <= start and end <= span.start for start, end in found.bounds.where.values()):
        return True
    reach = span.start - target.end
    if latin := span.phrase[0].isascii():
        reach -= len(KIND_OF_BOOK.match(found.lower, target.end).group())
    # "I loved it" may follow at some distance, "harem-free" may not; nor may what refuses a male hero.
    return reach > (MAX_AFTER["en"] if latin or target.kind == "male" else MAX_AFTER["ko"])


def cues_before(found, target, limit):
    """Cues that stand before `target`, nearest first."""
    near, place = [], target.start
    for span, cues in reversed(found.cues):
        if span.end > target.start:
            continue
        if span.start < limit:
            break
        gap = found.lower[span.end : place]
        if BREAK.search(gap) or COMMA.search(gap) or target.start - span.end > MAX_BEFORE:
            break
        if HEADS_LIST.fullmatch(gap) and (cue := _one(found, cues, span, after=True)):
            return [cue]
        cue = _one(found, cues, span, after=False)
        if span.phrase in COPULAS and ELSEWHERE.search(gap):
            break
        latin = span.phrase[0].isascii()
        if cue is not None and (latin or len(gap.strip()) == 0):
            near.append(cue)
        place = span.start
    return near


def _one(found, cues, span, *, after):
    """The meaning of a phrase on this side of its target; one that may be a question is none before a "?"."""
    here = [cue for cue in cues if cue.after == after]
    if not here:
        return None
    if span.phrase == "enough" and found.source[: span.start].rstrip()[-1:] not in ("", ".", "!", "?", "\n", ","):
        return None
    asks = re.match(r"[가-힣ぁ-ん]{0,3}\s?[?？]", found.source[span.end : span.end + 5])
    if asks and span.phrase in ASKED:
        return Cue("none", after)
    order = ("refuse", "dislike", "indifferent", "bonus", "like", "similar", "read", "none")
    return min(here, key=lambda cue: order.index(cue.kind))


def refer_back(found, chain, limit):
    """Take the stand on `chain` that the words after it take: "harems? sick of those", "오버로드 봤는데 재밌더라"."""
    end = chain[-1].end
    for span, cues in found.cues:
        if not end <= span.start < min(limit, end + MAX_BACK):
            continue
        gap = found.lower[end : span.start]
        kinds = (*REFUSALS, "like") if chain[-1].kind == "work" else REFUSALS
        stand = next((cue for cue in cues if cue.kind in kinds), None)
        if stand and _refers_back(found, stand, gap, span.end):
            for target in chain:
                target.stand = stand.kind
            return


def _refers_back(found, cue, gap, end):
    if cue.after:
        return TRIED.fullmatch(gap) or (cue.kind in REFUSALS and THEY.fullmatch(gap))
    return THEM.match(found.lower, end) or (BUT_I.fullmatch(gap) and IT.match(found.lower, end))
