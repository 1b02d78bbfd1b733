"""Hearing what one text says: which works and tags it names, and whether it likes, refuses or has read them.

Rules over phrases, for three languages at once. Targets (works, tags, and whatever else can be wanted or refused) and
cues are found first; targets joined as a list form a chain; a chain takes the stand of the cue before or after it.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from django.utils import timezone

from .cues import Cue, add_cues
from .kept import once_a_shelf
from .numerals import Bounds, bounds
from .phrases import Lexicon, Passage, Span, typed
from .spelling import differ_by_one
from .subjects import words_of, works_about
from .titles import key

DID = re.compile(r"\b(?:i|i've|ive|i have|we|just|already|recently)\s$")
TARGET_KINDS = ("tag", "status", "anime", "edition", "known", "obscure", "male", "anything", "about")
DONE = {"alreadyfinished", "finishedalready", "alreadydone"}
STATE = re.compile(r"(?:\b(?:is|are|be|been|it's|that's|thats|its)|\bhas|['’]s)\s$")
# "性格終わってる主人公", "세상이 끝난 뒤": what is over here is not the series.
DOOMED = re.compile(
    r"(?:세상|세계|인류|인생|문명|전쟁|일|시험|퇴근|학기|방학|世界|文明|人類|人生|性格|倫理観?|頭|戦争|仕事|学校|テスト|世)(?:이|가|은|는|도|の|が|は|も)?\s?(?:이미|다|もう|すでに|既に)?\s?$"
)
LONGEST = 4_000  # characters of an ask
EVERYDAY = 1_000  # best known works whose synopses tell which words are everyday ones

BREAK = re.compile(
    r"[.!?。！？;…\n]|(?:^|\s)(?:근데|그런데|하지만|그치만|다만|단)(?=[\s,])|지만\s|[은는인한던]데\s|\bbut\b|\bhowever\b|\bthough\b|\balthough\b|"
    r"(?<=[、，\s])でも|でも[、\s]|けど|けれど|ただし|(?<=[たすいだ])が[、，,]|\bnow i want\b|\bi want\b|\bi'd like\b"
)
# "이미 본 거: …": what stands before a colon is said of all that follows.
HEADS_LIST = re.compile(
    r"\s?(?:거|것|작품|책|소설|목록|리스트|もの|作品|リスト|list|books?|series)?(?:들)?(?:은|는|は)?\s?:\s*"
)
COMMA = re.compile(r"[,、，]")
SUFFIX = r"(?:\s*(?:물|계|류|장르|요소|쪽|작품|소설|系|もの|モノ|物|要素|作品|같은 거|같은거|거|것|건|이|가|の|のもの|やつ|画面|シーン|描写|展開|ネタ|장면|묘사|전개|내용|소재|stuff|novels?|stories|genres?|types?|mcs?|protagonists?|leads?|main characters?|characters?|plots?|tropes?|elements?|scenes?|themes?|content|settings?|series|books?|things?|하는 거|하는 것))?"
ANY = r"이나|나|이든가?|든가?|이든지|든지|거나|또는|혹은|아니면|/|や|とか|か|または|もしくは|あるいは|\bor\b|\bor maybe\b|\bor a\b|\band/or\b|\bnor\b"
ALL = r"이랑|랑|와|과|하고|도|이고|및|그리고|·|・|&|\+|と|でも|も|かつ|\band\b|\bplus\b|\band also\b|\bas well as\b"
CONNECTOR = re.compile(
    rf"{SUFFIX}\s*(?:(?P<any>(?:{ANY})\s*[,、，]?)|(?P<all>(?:{ALL})\s*[,、，]?)|(?P<comma>[,、，]\s*)(?:(?P<any2>{ANY})|(?P<all2>{ALL}))?)"
    r"\s*(?:(?:a|an|the|some|any|too much|too many|lots of|a lot of|tons of|any kind of|stuff like|things like|all the|"
    r"graphic|explicit|excessive|gratuitous|constant|generic|typical|cheap|heavy)\s+)?"
)
ATTRIBUTE = re.compile(r"(?:나오는|있는|많은|가득한|인|한|な|がある|の出る|が出る)\s*$")
# "용사가 마왕 쓰러뜨리는 얘기 말고": a whole story is refused, of which the last tag says most.
TELLS = re.compile(r"(?:이|가|에서|에|으로|로|을|를|의|과|와|랑|이랑|が|の|で|に|を)?\s?")
TOLD = re.compile(
    r"[^.!?,。、\n]{0,14}(?:얘기|이야기|스토리|내용|전개|작품|소설|거|것|건|류|話|やつ|の|もの|展開|ストーリー)(?:들)?(?:은|는|は)?\s?(?:이제|정말|너무|진짜|좀|다|もう|ちょっと)?\s?"
    r"(?:말고|빼고|제외|싫|질[렸리려]|물[렸리려]|지[겨겹]|별로|그만|以外|じゃなく|は?苦手|は?嫌|は?飽)"
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
SOFTENED = re.compile(
    r"(?:너무|덜|지나치게|그렇게|너무나|완전|\btoo\b|\bless\b|\boverly\b|\bthat\b(?!['’]?s?\s(?:not|is|are|has|does|do))|\bso\b|あまり|そんなに|すぎ|過ぎ)"
)
QUOTED = re.compile(
    r"『([^』\n]{1,120})』|「([^」\n]{1,120})」|《([^》\n]{1,120})》|〈([^〉\n]{1,120})〉|“([^”\n]{1,120})”|\"([^\"\n]{1,120})\""
)
# Of a compound ("奴隷ハーレム", "追放ざまぁ") these are refused with its last word; any other first word only describes it.
REFUSED_TOGETHER = {"exiled", "revenge", "villainess", "reincarnation", "summoned"}
READ_AFTER = re.compile(
    r"(?:은|는|을|를|도)?\s?(?:이미|다|전부|벌써)?\s?(?:읽[었은음]|봤|본\s?적|완독|정주행)|(?:같은|처럼)\s?(?:책|작품|소설|라노벨)|"
    r"\swas\s(?:so |really |very |pretty )?(?:great|good|amazing|awesome|fun|peak|fantastic|nice|excellent|wonderful|boring|bad|meh)|"
    r"(?:は|も|を|なら)?\s?(?:もう|既に|すでに|全部|全巻|一応)?\s?(?:読[んみ了破]|既読|履修|完走|追って)|(?:みたいな|のような|っぽい)(?:の|やつ|作品|小説|ラノベ|話|$)|以外"
)
# Between a verb and the name that it is said of: "finished all volumes of 86".
VOLUMES_OF = re.compile(
    r"[^.!?,]{0,5}|\s(?:(?:all|every|the|available|volumes?|books?|vols?|of|up|to|through|first|last|latest|\d+)\s)*"
)
READ_BEFORE = re.compile(
    r"\b(?:i've read|ive read|i read|already read|seen|watched|finished|dropped|caught up (?:on|with|to))\s(?:the\s)?$"
)
NAME_ENDS = re.compile(r"\s*(?:$|[,.;!?)])|\s(?:and|but|or|so)\b")
LIKED_BEFORE = re.compile(r"\b(?:loved?|liked?|enjoyed|adored?|like|similar to)\s$")
BUT = re.compile(r"\s(?:but|meets|except|minus|with less|with more)\b")
SMALL = re.compile(r"\b(?:in|the|a|an|of|with|and|to|for|no|i|my)+\b|[のがでとにはを]")
REFUSALS = ("refuse", "dislike")
COMPOUND = {"", "거", "것", "건", "게", "물", "もの", "系"}
FOR_WHOM = re.compile(
    r"(?:の|な)?(?:娘|息子|妹|弟|姉|兄|友達|友人|彼女|彼氏|母|父|親|子|子供|子ども|孫|甥|姪)?(?:に|へ|への)(?:プレゼント|贈|あげ|買っ|読ませ|すすめ|勧め|薦め)|"
    r"(?:인|생인|생)?\s?(?:딸|아들|동생|친구|여동생|남동생|조카|아이|애|누나|언니|오빠|형|아내|남편|여친|남친|엄마|아빠)?(?:내미)?\s?"
    r"(?:한테|에게|께)\s?(?:줄|주려|사줄|사 줄|사주|선물|추천|권|읽)"
)
MOOD_AFTER = re.compile(r"(?:해서|할\s?때|하니까|증)(?!\s?(?:좋|재[밌미]))|(?:で|でい)?る?(?:ので|時|とき|時期)")
OWN_MOODS = ("우울", "울적", "슬프", "슬퍼", "침울", "鬱", "病", "悲し")
MOOD_BEFORE = re.compile(
    r"(?:요즘|요새|지금|제가|내가|기분이?|마음이?|상태가)\s(?:너무|좀|많이|계속)?\s?$|"
    r"\b(?:i['’]?m|i am|i feel|feeling|(?:i['’]ve|have|has) been)\s(?:so |really |kinda |a bit |pretty |very |too )*$"
)
PERSON_WANTS = re.compile(
    r"(?:이|가|은|는)\s?(?:읽을|볼|좋아할|읽기|보기)\s?(?:만|좋|에|법)|\s(?:likes|loves|enjoys|is into|wants|hates|asked for)\b"
)
PERSONS = {"wife", "husband", "sister", "brother", "딸", "여동생", "남동생", "동생", "wives", "妹", "弟"}
FOR_MY = re.compile(r"\b(?:for|gift for|give|giving) (?:my|our|his|her) (?:[\w']+ ){0,2}$")
# Plain ない denies the verb before it: 出ない, 行かない say that there is none, 負けない does not.
BARE_NOT = {"ない", "無い", "なく"}
OTHER_VERB = re.compile(r"[一-龥][ぁ-ん]{0,2}$")
OCCURS = re.compile(r"[行出登入含絡関扱描使頼混持要起転生召喚]")
REASON = re.compile(r"\b(?:because of|due to|bc of|cuz of|thanks to|for)\s(?:all\s|its\s|the\s|too much\s)*$")
SHUNS = re.compile(
    r"\b(?:avoid(?:ing)?|no|skip|without|hate|dislike|sick of|tired of|don['’]?t (?:like|want|enjoy)|can['’]?t stand|steer clear of|hard pass on)"
    r"\s(?:any |more |the |all |all the |too much )?$"
)
# What stands for things named before it.
KO_SUCH = r"(?:그런|이런|저런|요런|그딴|이딴)\s?(?:거|것|건|게|류|쪽|식|장르|요소|작품|소재|부류|종류|내용|전개)(?:들)?(?:은|는|도|이|가|을|를|로)?\s?"
JA_SUCH = r"(?:そういう|こういう|ああいう|そんな|こんな|その手の|この手の|そういった|それ系の?)(?:の|もの|系|やつ|話|要素|展開|作品|ジャンル)?(?:は|も|が|を)?\s?"
EN_SUCH = (
    r"(?:all (?:of )?)?(?:those|these|they|both|that stuff|(?:that|this) (?:kind|sort)(?: of (?:thing|stuff))?|(?:stuff|things) like that)"
    r"(?:\s(?:things?|stuff|ones?|tropes?|kinds?|genres?))?\s"
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
EITHER = re.compile(r",?\s?(?:どっちでも|どちらでも|둘\s?중|either\b|whichever\b)")
BRACKETS = re.compile(r"\([^()\n]{2,80}\)")
LOVE_STORIES = ("romance", "romcom", "drama")
# Bonds that are genres of their own: "no harem romance" asks for a romance.
ALONE = ("harem", "reverse-harem", "yuri", "bl")
SUMMED_UP = re.compile(
    rf"\s?(?:물|계|류|系|もの)?(?:은|는|이|가|을|를|도|は|も|とか|なんか|{EN_SUCH}|,)?\s?"
    rf"(?:{KO_SUCH}|{JA_SUCH}|(?:다|전부|싹\s?다?|모두|모조리|죄다|일절|全部|全て|すべて|一切|どれも|全般)\s?|"
    r"(?:이|この)\s?(?:둘|셋|두|세|네|[2-5二三四])\s?(?:다|개|가지|종류|つ|種類)?|:)"
)
VERDICT = re.compile(
    typed(
        r"(?:\s?(?:물|계|류|系|もの|stuff|content|scenes?))?(?:은|는|は|도|も)?\s*[:;,=\-–—?]?\s*"
        r"(?:(?P<no>(?<![a-z])(?:no|isn't|is not|aren't|are not|not (?:ok|okay|fine|allowed|cool|for me|my thing)|nope|nah|hard no|hard pass|big no|no thanks|no thank you|no way|pass|yuck|ew+)|ㄴㄴ?ㄴ?|노노?|놉|아웃|"
        r"[x×✕✖❌]|ng|なし|ノー|バツ|アウト|むり|無理|(?:이나\s?)?(?:이런|그런)?\s?(?:건|거는|것은)?\s?(?:좀|조금)(?=\s?(?:\.\.|…|ㅠ|ㅜ)))|(?P<fine>(?<![a-z])(?:ok|okay|fine|whatever|allowed)|ㅇㅋ|오케이|가능|허용|可|おk|ㄱㅊ|[○◯⭕]))"
        r"(?=\s*(?:$|[.,;!?~\n。、！？)/])|\s(?:for me|from me|please|pls))"
    )
)
FAR_BACK = 40  # characters between what is named and the refusal that refers back to it
UNIT = re.compile(
    r"\s?(?:권|화|년|개|편|巻|冊|話|年|歳|세|살|위|만|원|円|%|명|人|volumes?|vols?|years?|books?|chapters?|episodes?)"
)
OFTEN_REFUSED = {"harem", "reverse-harem", "love-triangle", "bl", "overpowered", "tearjerker", "monsters"}
# In "ホラー、グロは苦手" the first of the list is disliked too; in "恋愛もの、悲恋は苦手" it is what is asked for.
OFTEN_DISLIKED = REFUSED_TOGETHER | {"horror", "isekai", "dark", "gritty", "siblings", "death-game", "absurd", "yuri"}
TOPIC = re.compile(r"\s?(?:물|계|류|系|もの|モノ|物|要素|요소)?(?:은|는|は)")
SAID_OF = re.compile(
    r"\s?(?:물|계|류|系|もの|モノ|物|要素|요소)?(?:은|는|は|が|도|も)\s?(?:너무|좀|다|진짜|정말|내용이|ちょっと|本当に)?\s?|"
    r"\s(?:was|is|are|were|got|has|had)\s(?:too|so|way too|a bit|pretty|really|too much)?\s?"
)
BECAUSE = re.compile(r"[가-힣]{0,2}(?:워서|어서|아서|해서|라서|니까|서)\s|(?:い|くて|で|だ)?(?:から|ので|し|て)")
FAR = {"ko": 22, "ja": 20, "en": 6}  # characters between a target and the cue after it
FAR_BEFORE = 48


@dataclass(slots=True)
class Target:
    """Something a stand can be taken on. `kind`: work, tag, unknown (a title), or one of `OTHER_TARGETS`."""

    kind: str
    values: tuple
    start: int
    end: int
    phrase: str = ""
    quoted: bool = False
    stand: str = ""
    soft: bool = False  # "not too …"
    chain: int = 0
    joined: str = ""  # how it is joined to the one before it in its chain: any, all, comma


@dataclass(slots=True)
class Heard:
    """What one text said. Read-only once made, for it is kept between asks."""

    targets: list = field(default_factory=list)
    bounds: Bounds = field(default_factory=Bounds)
    unknown: list = field(default_factory=list)
    lists: dict = field(default_factory=dict)  # chain number: True when any one of its targets will do
    source: str = ""


class Vocabulary:
    """Everything that can be recognised on one shelf."""

    def __init__(self, shelf):
        self.shelf = shelf
        self.newest = max((work.year for work in shelf.works), default=2026)
        self.lexicon = Lexicon()
        self.groups = {label.slug: label.group for label in shelf.labels.values()}
        add_cues(self.lexicon)
        for word, meaning in self._words():
            self.lexicon.add(word, meaning)
        for work in shelf.works:
            for name in work.names:
                self.lexicon.add(name, ("work", work.slug), name=True)
        self.common = self._common_names()
        self.by_ends = self._names_by_ends()
        self.plain = self.lexicon.without("work")  # for reading what only looked like a title
        self._kept = lru_cache(maxsize=512)(self._hear)

    def _words(self):
        """Every word that is no name, with its meaning."""
        for target, words in OTHER_TARGETS.items():
            yield from ((word.strip(), target) for word in words.split("|"))
        for tags, words in BOTH.items():
            yield from ((word, ("both", tags)) for word in words.split("|"))
        for label in self.shelf.labels.values():
            for language in ("ko", "en", "ja"):
                words = _forms([*label.words.get(language, ()), label.labels.get(language, "")], language)
                yield from ((word, ("tag", label.slug)) for word in words)
        for subject in works_about(self.shelf):
            for words in words_of(subject).values():
                yield from ((word, ("about", subject)) for word in words)

    def _common_names(self):
        """Names that are also everyday words: tags, cues, and words found in the synopses of other works."""
        english, told = {}, self.shelf.works[:EVERYDAY]
        for work in told:
            # A word that is only ever written with a capital is a name there too.
            for word in re.findall(r"\b[a-z0-9]+", work.synopses.get("en", "")):
                english.setdefault(word, set()).add(work.slug)
        texts = {code: "\n".join(key(w.synopses.get(code, "")) for w in told) for code in ("ko", "ja")}
        common = set()
        for letters, entry in self.lexicon.entries.items():
            kinds = {meaning[0] if isinstance(meaning, tuple) else "cue" for meaning in entry.meanings}
            if "work" not in kinds:
                continue
            named = {meaning[1] for meaning in entry.meanings if not isinstance(meaning, Cue) and meaning[0] == "work"}
            short = len(letters) < 3
            everyday = bool(english.get(letters, set()) - named)
            if len(kinds) > 1 or short or everyday:
                common.add(letters)
            elif not entry.latin[0] and len(letters) <= 4:
                code = "ko" if "가" <= letters[0] <= "힣" else "ja"
                if texts[code].count(letters) >= 2:
                    common.add(letters)
        return common

    def nearly(self, title):
        """The slug of the work that `title` names but for one letter, or None where that is not one work."""
        letters = key(title)
        if len(letters) < (6 if letters.isascii() else 4):
            return None
        near = {*self.by_ends.get("^" + letters[:2], ()), *self.by_ends.get("$" + letters[-2:], ())}
        named = [
            meaning for name in near if differ_by_one(name, letters) for meaning in self.lexicon.entries[name].meanings
        ]
        slugs = {meaning[1] for meaning in named if not isinstance(meaning, Cue) and meaning[0] == "work"}
        return slugs.pop() if len(slugs) == 1 else None

    def _names_by_ends(self):
        """Names of works by their first and by their last two letters, of which one mistake leaves either."""
        names = defaultdict(list)
        for letters, entry in self.lexicon.entries.items():
            if any(not isinstance(meaning, Cue) and meaning[0] == "work" for meaning in entry.meanings):
                names["^" + letters[:2]].append(letters)
                names["$" + letters[-2:]].append(letters)
        return names

    def is_made_of_tags(self, name):
        """Whether a name is a wish before it is a title, as "Slow Life in Another World" is."""
        passage = Passage(name)
        spans = self.plain.find(passage) if len(passage.letters) >= 6 else ()
        tags = [span for span in spans if any(m[0] == "tag" for m in span.meanings if not isinstance(m, Cue))]
        if len(tags) < 2:
            return False
        rest = list(passage.source.lower())
        for span in tags:
            rest[span.start : span.end] = " " * (span.end - span.start)
        return not SMALL.sub("", "".join(rest)).strip()

    def hear(self, text):
        return self._kept(text, timezone.localdate().year)

    def _hear(self, text, this_year):
        return _Hearing(self, text, this_year).result


@once_a_shelf
def vocabulary(shelf):
    """The vocabulary of `shelf`, made once: the shelf never changes."""
    return Vocabulary(shelf)


OTHER_TARGETS = {
    ("status", "completed"): """
        완결|완결된|완결작|완결난|완결 난|완간|완결된 거|끝난|다 나온|끝까지 나온|finished|completed|complete|
        concluded|fully released|ended|完結|完結済み|完結済|完結した|完結作品|終わっている|全巻出て|
        이미 끝난|다 끝난|결말까지|결말 난|결말이 난|결말 나온|엔딩 난|엔딩이 난|엔딩까지|엔딩 나온|끝맺은|막을 내린|막 내린|종결된|마무리된|
        마무리 된|전권 나온|전권 출간|all the volumes are out|all volumes are out|all volumes out|every volume is out|
        all volumes released|fully out|fully published|completely published|wrapped up|already wrapped|wrapped already|proper ending|finished publishing|
        finished running|over and done with|done publishing|already over|終わってる|終わってて|終わった作品|終わったやつ|終わったもの|終わったの|最後まで出て|
        最後まで出た|最終巻まで|最終巻が出|全巻出|全部出て|全巻揃|全巻刊行|結末まで|ラストまで出|完結まで""",
    ("status", "ongoing"): """
        연재중|연재 중|연재중인|진행중|진행 중|연중 아닌|미완결|아직 나오는|계속 나오는|현재 연재|ongoing|on going|
        still running|still publishing|still being published|still coming out|in progress|unfinished|incomplete|
        連載中|刊行中|続いてる|続いている|未完|未完結|継続中|現在進行|안 끝난|아직 안 끝난|끝나지 않은|끝 안 난|신간 나오는|신간이 나오는|
        신간 계속|후속권 나오는|currently running|currently publishing|currently being|still being written|still getting|
        hasn't ended|has not ended|hasnt ended|hasn't finished|hasn't concluded|hasn't been completed|not over yet|
        아직 나오고 있는|지금도 나오고|신간 나오고|현재진행형|続きが出て|今も出て|still continuing|still active|new volumes coming|終わってない|終わっていない|完結していない|完結してない|まだ出てる|まだ出ている|出続けて|
        続刊中|続刊が出|新刊が出|刊行が続""",
    ("anime", ""): """
        애니화|애니화된|애니 있는|애니가 있는|애니메이션화|애니로 나온|애니로도|애니 나온|애니로 만들어진|영상화|
        anime adaptation|anime adaptations|adapted into an anime|has an anime|with an anime|with anime|have an anime|
        got an anime|an anime|has anime|animated|anime version|turned into an anime|made into an anime|anime series|
        애니로 제작|애니로 방영|애니 방영|애니로 볼 수|アニメ化|アニメ化された|アニメ化済み|アニメになった|アニメがある|アニメあり""",
    ("anime", "maybe"): "애니|애니로|애니로는|애니메이션|애니메이션으로|anime|アニメ|アニメに",
    ("edition", "ko"): """
        정발|정발된|정식 발매|정식발매|국내 출간|국내에 나온|국내 발매|한국어판|한국어로 나온|한국어로 읽|
        한국어로 된|한국어 번역|한글로|한글판|한국에 나온|한국에서 나온|한국 출간|in korean|korean translation|
        korean edition|韓国語|韓国語版""",
    ("edition", "en"): """
        영어로 나온|영어로 된|영어판|영어로 읽|영문판|영어 번역|in english|english translation|english translated|
        english release|english edition|official translation|officially translated|official english|
        officially licensed|licensed|available in english|英語|英語版|英訳""",
    ("edition", ""): "번역된|번역본|번역돼|번역되어|translated|翻訳",
    ("known", ""): """
        유명한|유명|인기 있는|인기작|인기 많은|잘 알려진|알려진|메이저|메이저한|대중적인|popular|famous|
        well known|well-known|mainstream|hyped|有名|有名な|人気|人気の|メジャー|定番|知られている|知られて""",
    ("obscure", ""): """
        마이너|마이너한|숨은 명작|숨겨진 명작|숨은 작품|숨겨진|덜 알려진|덜 유명한|잘 안 알려진|안 유명한|안 알려진|
        인지도 낮은|묻힌|비주류|hidden gem|hidden gems|lesser known|lesser-known|less known|less popular|underrated|
        obscure|niche|overlooked|unknown|under the radar|off the beaten path|穴場|マイナー|隠れた名作|隠れた|
        知られざる|無名|埋もれた|知る人ぞ知る|掘り出し物""",
    ("anything", "known"): """
        명작|띵작|수작|갓작|대작|입문작|입문용|입문|국룰|must read|must-read|masterpiece|masterpieces|best|beginner|
        beginners|starter|top rated|highly rated|名作|傑作|神作|入門|初心者|王道""",
    ("male", ""): """
        남자 주인공|남주|남주인공|남주물|남자주인공|남성주인공|남주 시점|남자 시점|남성 시점|주인공이 남성|남성이 주인공|
        주인공 남자|소년이 주인공|남자애가 주인공|boy protagonist|boy lead|boy mc|boy main character|male leads|male pov|
        male protagonists|guy protagonist|guy mc|guy main character|man protagonist|protagonist is a guy|
        protagonist is a man|protagonist is a boy|protagonist is male|mc is a guy|mc is male|main character is male|
        main character is a guy|main character is a man|main character is a boy|男の主人公|男が主人公|男性が主人公|
        男主|主人公は男|主人公は男性|主人公が男性|主人公が男の子|少年が主人公|少年主人公|男性視点|男の子が主人公|남성 주인공|주인공이 남자|남자가 주인공|male lead|male protagonist|male mc|
        male main character|male hero|man as the protagonist|男主人公|男性主人公|主人公が男""",
    ("anything", ""): """
        아무거나|아무 거나|아무꺼나|암거나|뭐든 좋|뭐든지 좋|아무 책|알아서 추천|니 맘대로|네 맘대로|맘대로|랜덤|i'm open|
        literally anything|anything you like|up to you|dealer's choice|your choice|random|ランダム|おすすめなら|何でもいい|
        なんでもいい|なんでもok|何でもok|適当|お好きに|どれでもいい|아무거라도|뭐든|뭐든지|아무 작품|알아서 골라|알아서|다 좋아|뭐라도|anything goes|
        anything is fine|anything works|anything good|anything fun|anything really|anything will do|just anything|
        anything at all|whatever|surprise me|you pick|you choose|なんでも|何でも|おまかせ|お任せ|適当に|どれでも""",
}


# Words that say two tags at once.
BOTH = {
    ("romance", "fantasy"): "로판|로맨스 판타지|로판물",
    ("isekai", "reincarnation"): "이세계 전생|이세계 환생|이세계 전생물|異世界転生",
    ("isekai", "summoned"): "이세계 전이|이세계 소환|이세계 전이물|異世界転移|異世界召喚|isekai transfer",
    (
        "adult-lead",
        "female-lead",
    ): "adult woman|grown woman|adult female lead|adult female protagonist|older female lead|성인 여성|주인공이 성인 여성|大人の女性|主人公が大人の女性",
    ("dark", "fantasy"): "다크 판타지|dark fantasy|ダークファンタジー",
    ("female-lead", "mystery"): "female detective|lady detective|girl detective|여탐정|여자 탐정|女探偵|少女探偵",
}


def _forms(words, language):
    """`words` and the inflections in which readers negate or join them."""
    for word in words:
        yield word
        if language == "ko" and word.endswith("한") and len(word) >= 2:
            yield from (word[:-1] + ending for ending in ("하지", "하고", "하게", "했으면"))
        if language == "ja" and word.endswith("い") and len(word) >= 2:
            yield from (word[:-1] + ending for ending in ("く", "すぎ", "め"))


def _is_list(chain):
    """Whether `chain` names more than one thing; a word that says two tags at once names one."""
    return any(target.joined not in ("", "both") for target in chain[1:])


def _is_choice(chain):
    """Whether any one of `chain` is asked for: "スリラーかホラー"."""
    return any(target.joined == "any" for target in chain)


class _Hearing:
    """One pass over one text. The result is in `result`."""

    def __init__(self, vocabulary, text, this_year):
        self.vocabulary = vocabulary
        self.passage = Passage(text[:LONGEST])
        self.source = self.passage.source
        self.lower = self.source.lower()
        self.result = Heard(source=self.source)
        self.result.bounds = bounds(self.lower, vocabulary.newest, this_year)
        self.masks = []
        self.targets, self.cues, self.doubtful, self.rivals = [], [], [], []
        self._take_quotes()
        self._take_spans()
        self._join()
        self._judge()
        self.result.targets = self.targets

    # --- What is there ---------------------------------------------------------------------------

    def _take_quotes(self):
        """Quoted titles are works or unknown titles, never tags: 『異世界薬局』 asks for no other world."""
        shelf = self.vocabulary.shelf
        for match in QUOTED.finditer(self.source):
            text = next(group for group in match.groups() if group is not None).strip()
            letters = key(text)
            if work := shelf.find(text):
                self._add("work", (work.slug,), match.span(), letters, quoted=True)
            elif len(letters) < 2 or (match.group()[0] not in "『《" and self._is_known_words(text)):
                continue
            else:
                self._add("unknown", (text,), match.span(), letters, quoted=True)
            self.masks.append(match.span())

    def _is_known_words(self, text):
        """Whether a quotation is made of tag words ("다크 판타지") or is a whole sentence, and so no title."""
        passage = Passage(text)
        covered = sum(len(span.phrase) for span in self.vocabulary.lexicon.find(passage))
        return covered >= len(passage.letters) * 0.75 or bool(re.search(r"[가-힣](?:다|요|줘|어)[.!?]?$", text))

    def _take_spans(self):
        self._take_found(self.vocabulary.lexicon.find(self.passage))
        self._take_doubtful()
        self.targets.sort(key=lambda target: target.start)
        self.cues.sort(key=lambda pair: pair[0].start)

    def _take_found(self, spans):
        places = self.result.bounds.places or []
        for span in spans:
            if any(span.start < end and start < span.end for start, end in self.masks):
                continue
            meanings = {}
            for meaning in span.meanings:
                kind = "cue" if isinstance(meaning, Cue) else meaning[0]
                meanings.setdefault(kind, []).append(meaning)
            inside = any(span.start < end and start < span.end for start, end in places)
            if inside and not {"status", "work", "anything"} & meanings.keys():
                continue
            if self._is_recipient(span) or self._is_own_mood(span, meanings):
                continue
            self._sort(span, meanings)

    def _take_doubtful(self):
        """A name that is an everyday word or a number ("86") is meant where it stands beside other works.

        A number or a capitalised word also where a stand is taken on it, or where it is all that was said.
        """
        for span, slug in self.doubtful:
            after, before = self.lower[span.end : span.end + 16], self.source[: span.start]
            if UNIT.match(after):
                continue
            stands = any(
                cue.kind not in ("none", "bonus", "indifferent")
                and (
                    (cue.after and 0 <= heard.start - span.end <= 6 and heard.start > span.end - 1)
                    or (
                        not cue.after
                        and cue.kind != "refuse"
                        and VOLUMES_OF.fullmatch(self.lower[heard.end : span.start])
                    )
                )
                for heard, cues in self.cues
                for cue in cues
            )
            name = span.phrase.isdigit() or self.source[span.start].isupper()
            alone = not (before.strip() or after.strip())
            if self._beside_works(span) or (name and (stands or alone or BUT.match(after))):
                self._add("work", (slug,), (span.start, span.end), span.phrase)
        for span, slug in self.rivals:
            if self._beside_works(span):
                self.targets = [target for target in self.targets if target.start != span.start]
                self._add("work", (slug,), (span.start, span.end), span.phrase)

    def _beside_works(self, span):
        return any(
            target.kind == "work"
            and (
                CONNECTOR.fullmatch(self.lower[target.end : span.start])
                or CONNECTOR.fullmatch(self.lower[span.end : target.start])
            )
            for target in self.targets
        )

    def _take_inside(self, span):
        """What a name that was no name is made of."""
        inner = self.vocabulary.plain.find(Passage(self.source[span.start : span.end]))
        self._take_found(Span(span.start + one.start, span.start + one.end, one.meanings, one.phrase) for one in inner)

    def _is_own_mood(self, span, meanings):
        """Whether a mood is the reader's and not a book's: "요즘 우울한데", "I've been so sad lately"."""
        if not any(self.vocabulary.groups.get(tag) == "tone" for _, tag in meanings.get("tag", ())):
            return False
        before = self.lower[max(0, span.start - 30) : span.start]
        if MOOD_BEFORE.search(before):
            return before.isascii() or self.lower.startswith(("한데", "데", "해", "하", "합"), span.end)
        return span.phrase.startswith(OWN_MOODS) and bool(MOOD_AFTER.match(self.lower, span.end))

    def _is_recipient(self, span):
        """Whether a word says for whom a book is: "高校生の娘にプレゼント" asks for no school."""
        if span.phrase in PERSONS and PERSON_WANTS.match(self.lower, span.end):
            return True
        return bool(
            FOR_WHOM.match(self.lower, span.end) or FOR_MY.search(self.lower[max(0, span.start - 24) : span.start])
        )

    def _sort(self, span: Span, meanings):
        named = meanings.pop("work", None)
        if named and (not self._is_common(span) or self._clearly_named(span, bool(meanings))):
            self._add("work", (named[0][1],), (span.start, span.end), span.phrase)
            return
        text = self.source[span.start : span.end]
        if named and (text[:1].isupper() or not text[:1].isascii() or text.isdigit()):
            (self.rivals if meanings else self.doubtful).append((span, named[0][1]))
        if named and not meanings:
            self._take_inside(span)
        elif "both" in meanings:
            for tag in meanings["both"][0][1]:
                self._add("tag", (tag,), (span.start, span.end), span.phrase)
        elif kind := next((kind for kind in TARGET_KINDS if kind in meanings), None):
            self._sort_target(span, kind, meanings[kind])
        elif span.phrase in DONE and STATE.search(self.lower[: span.start]):
            self._add("status", ("completed",), (span.start, span.end), span.phrase)
        elif "cue" in meanings:
            self.cues.append((span, tuple(meanings["cue"])))

    def _sort_target(self, span, kind, meanings):
        if kind == "status" and DOOMED.search(self.lower[: span.start]):
            return
        if kind == "status" and span.phrase in ("finished", "complete", "completed") and self._is_verb(span):
            self.cues.append((span, (Cue("read", False),)))
            return
        self._add(kind, tuple(meaning[1] for meaning in meanings), (span.start, span.end), span.phrase)

    def _is_common(self, span):
        text = self.source[span.start : span.end]
        return span.phrase in self.vocabulary.common or self.vocabulary.is_made_of_tags(text)

    def _is_verb(self, span):
        """Whether "finished" is what the reader did: "finished Overlord", not "something finished"."""
        before, after = self.source[: span.start], self.source[span.end : span.end + 2]
        if found := DID.search(before.lower()):
            return not STATE.search(before.lower()[: found.start()])
        return not before.strip() and bool(re.match(r"\s[A-Z]", after))

    def _clearly_named(self, span, ambiguous):
        """Whether a name that is also an everyday word is meant as a name here."""
        text = self.source[span.start : span.end]
        if ambiguous:
            return self._is_read(span)
        if text[:1].isascii() and text[:1].isalpha():
            sentence_start = not self.source[: span.start].strip() or self.source[: span.start].rstrip()[-1:] in ".!?\n"
            if text.isupper() and len(text) > 1:
                return True
            if text[0].isupper() and not sentence_start:
                return True
        after = self.lower[span.end : span.end + 14]
        before = self.lower[max(0, span.start - 18) : span.start]
        if re.match(
            r"\s?(?:이?랑|을|를|은|는|이|가|도)?\s?(?:재밌|재미있|읽었|봤|좋아|같은|처럼|비슷|말고)|みたい|のよう|っぽい|"
            r"(?:は|が|も|を)?(?:もう|全部|全巻)?(?:読[んみ了]|既読|履修|大?好き|面白|最高)",
            after,
        ):
            return True
        return bool(
            re.search(
                r"\b(?:loved|love|like|liked|enjoyed|read|finished|watched|similar to|fan of)\s(?:the\s)?$", before
            )
        ) and (len(span.phrase) > 2 or span.phrase.isdigit())

    def _is_read(self, span):
        """Whether the words around a name that is a tag's too are said of books only: "薬屋は読んだ", "loved Gamers!"."""
        if READ_AFTER.match(self.lower, span.end):
            return True
        before = self.lower[max(0, span.start - 24) : span.start]
        written_as_name = self.source[span.start].isupper() and NAME_ENDS.match(self.lower, span.end)
        return bool(READ_BEFORE.search(before) or (written_as_name and LIKED_BEFORE.search(before)))

    def _add(self, kind, values, place, phrase="", quoted=False):
        self.targets.append(Target(kind, values, *place, phrase, quoted))

    # --- What belongs together -------------------------------------------------------------------

    def _join(self):
        """Number the chains: targets joined by nothing but a connector."""
        starts = [span.start for span, _ in self.cues]
        chain = 0
        for index, target in enumerate(self.targets):
            if index:
                previous = self.targets[index - 1]
                gap = self.lower[previous.end : target.start]
                between = any(previous.end <= start < target.start for start in starts)
                joins = len(gap) <= 24 and not between and not BREAK.search(gap)
                match = CONNECTOR.fullmatch(gap) if joins else None
                if target.start == previous.start:
                    target.joined = "both"
                elif not gap.strip() and (
                    target.kind == previous.kind == "work" or (target.quoted and previous.quoted)
                ):
                    target.joined = "comma"
                elif joins and self._is_compound(previous, target, gap):
                    target.joined = "compound"
                elif match:
                    target.joined = (
                        "any" if match["any"] or match["any2"] else "all" if match["all"] or match["all2"] else "comma"
                    )
                else:
                    chain += 1
            target.chain = chain
            if target.joined == "any":
                self.result.lists[chain] = True

    def _is_compound(self, first, second, gap):
        """Whether two tags stand as one word (追放ざまぁ) or, of what is often refused, side by side (하렘 노예 없는)."""
        if not (first.kind == second.kind == "tag") or first.end > second.start or gap.strip() not in COMPOUND:
            return False
        return not gap or (self._often_refused(first) and self._often_refused(second))

    # --- What is thought of it -------------------------------------------------------------------

    def _judge(self):
        chains = {}
        for target in self.targets:
            chains.setdefault(target.chain, []).append(target)
        ordered = list(chains.values())
        for index, chain in enumerate(ordered):
            earlier = ordered[index - 1][-1].end if index else 0
            later = ordered[index + 1][0].start if index + 1 < len(ordered) else len(self.source)
            if not (_is_choice(chain) and EITHER.match(self.lower, chain[-1].end)):
                self._spread_back(chain, self._verdict(chain[-1]) or self._cues_after(chain[-1], later))
            self._spread_forward(chain, self._cues_before(chain[0], earlier))
            if not any(target.stand not in ("", "read") for target in chain):
                self._refer_back(chain, later)
            if any(t.stand == "like" for t in chain) and all(t.kind == "tag" for t in chain) and _is_list(chain):
                # "I like isekai, romance and comedy": nobody means all of them in one work.
                self.result.lists[chain[0].chain] = True
        for chain, following in reversed(list(pairwise(ordered))):
            self._drop_attribute(chain[-1], following[0])
            self._refuse_bond(chain[-1], following[0])
            self._refuse_head(chain[-1], following[0])
            self._refuse_topic(chain[-1], following[0])
        for first, second in pairwise(self.targets):
            self._part_pair(first, second)
        self._spread_into_brackets()
        self._give_reasons()

    def _verdict(self, target):
        """The cue that a bare yes or no after `target` is: "하렘은 ㄴㄴ", "romance: no", "ハーレム可"."""
        match = VERDICT.match(self.lower, target.end)
        if not match:
            return []
        return [Cue("refuse" if match["no"] else "indifferent", True)]

    def _refer_back(self, chain, limit):
        """Take the stand on `chain` that the words after it take: "harems? sick of those", "오버로드 봤는데 재밌더라"."""
        end = chain[-1].end
        for span, cues in self.cues:
            if not end <= span.start < min(limit, end + FAR_BACK):
                continue
            gap = self.lower[end : span.start]
            kinds = (*REFUSALS, "like") if chain[-1].kind == "work" else REFUSALS
            stand = next((cue for cue in cues if cue.kind in kinds), None)
            if stand and self._refers_back(stand, gap, span.end):
                for target in chain:
                    target.stand = stand.kind
                return

    def _refers_back(self, cue, gap, end):
        if cue.after:
            return TRIED.fullmatch(gap) or (cue.kind in REFUSALS and THEY.fullmatch(gap))
        return THEM.match(self.lower, end) or (BUT_I.fullmatch(gap) and IT.match(self.lower, end))

    def _cues_after(self, target, limit):
        """Cues that stand after `target` and before `limit`, in order, as far as the clause and their reach go."""
        found, place = [], target.end
        for span, cues in self.cues:
            if span.start < target.end:
                continue
            gap = self.lower[place : span.start]
            if span.start >= limit or self._is_out_of_reach(target, span, place) or (COMMA.search(gap) and not found):
                break
            cue = self._one(cues, span, after=True)
            if span.phrase in BARE_NOT and OTHER_VERB.search(gap) and not OCCURS.search(gap):
                cue = Cue("none", True)
            if cue is not None and found and found[-1].kind == "refuse":
                # "하렘 없는 건 싫어", "完結してない作品は嫌": two refusals ask for it.
                return [Cue("like", True)] if cue.kind in REFUSALS and HEAD.fullmatch(gap) else found
            if cue is not None:
                found.append(cue)
                if cue.kind in ("dislike", "indifferent", "none", "bonus"):
                    break
            place = span.end
        return found

    def _is_out_of_reach(self, target, span, place):
        """Whether the cue at `span`, after whatever ends at `place`, is too far from `target` to speak of it."""
        if BREAK.search(self.lower[place : span.start]):
            return True
        # "완결이고 5권 넘는 건 싫어": what follows a number speaks of the number.
        if any(place <= start and end <= span.start for start, end in self.result.bounds.where.values()):
            return True
        reach = span.start - target.end
        if latin := span.phrase[0].isascii():
            reach -= len(KIND_OF_BOOK.match(self.lower, target.end).group())
        # "I loved it" may follow at some distance, "harem-free" may not; nor may what refuses a male hero.
        return reach > (FAR["en"] if latin or target.kind == "male" else FAR["ko"])

    def _cues_before(self, target, limit):
        """Cues that stand before `target`, nearest first."""
        found, place = [], target.start
        for span, cues in reversed(self.cues):
            if span.end > target.start:
                continue
            if span.start < limit:
                break
            gap = self.lower[span.end : place]
            if BREAK.search(gap) or COMMA.search(gap) or target.start - span.end > FAR_BEFORE:
                break
            if HEADS_LIST.fullmatch(gap) and (cue := self._one(cues, span, after=True)):
                return [cue]
            cue = self._one(cues, span, after=False)
            if span.phrase in COPULAS and ELSEWHERE.search(gap):
                break
            latin = span.phrase[0].isascii()
            if cue is not None and (latin or len(gap.strip()) == 0):
                found.append(cue)
            place = span.start
        return found

    def _one(self, cues, span, *, after):
        """The meaning of a phrase on this side of its target; one that may be a question is none before a "?"."""
        here = [cue for cue in cues if cue.after == after]
        if not here:
            return None
        if span.phrase == "enough" and self.source[: span.start].rstrip()[-1:] not in ("", ".", "!", "?", "\n", ","):
            return None
        asks = re.match(r"[가-힣ぁ-ん]{0,3}\s?[?？]", self.source[span.end : span.end + 5])
        if asks and span.phrase in ASKED:
            return Cue("none", after)
        order = ("refuse", "dislike", "indifferent", "bonus", "like", "similar", "read", "none")
        return min(here, key=lambda cue: order.index(cue.kind))

    def _spread_back(self, chain, cues):
        for place in range(len(chain) - 1, -1, -1):
            self._stand(chain[place], cues)
            if chain[place].joined == "compound" and cues and cues[0].kind in ("refuse", "dislike"):
                first = chain[place - 1]
                if not (self._often_refused(first) or set(first.values) & REFUSED_TOGETHER):
                    first.stand = "indifferent"
                    break
            near = cues and (
                cues[0].kind in ("refuse", "indifferent", "bonus")
                or (cues[0].kind == "dislike" and (TOPIC.match(self.source, chain[-1].end) or self._only_commas(chain)))
            )
            if chain[place].joined == "comma" and near and not SUMMED_UP.match(self.lower, chain[-1].end):
                previous = chain[place - 1]
                disliked = cues[0].kind == "dislike" and set(previous.values) & OFTEN_DISLIKED
                if not (disliked or self._often_refused(previous)):
                    break

    def _spread_forward(self, chain, cues):
        # "no harem, slavery or gore" is one list; in "no harem, fantasy" the comma ends what is refused.
        last_of_list = max((place for place, target in enumerate(chain) if target.joined in ("any", "all")), default=0)
        for place, target in enumerate(chain):
            ends_list = target.joined in ("comma", "compound") and not self._often_refused(target)
            if place > last_of_list and ends_list and cues and cues[0].kind in ("refuse", "indifferent"):
                break
            if place and target.joined == "all" and self._is_tone(target) and cues and cues[0].kind == "refuse":
                break
            if place and target.kind == "status":
                break
            self._stand(target, cues)

    def _only_commas(self, chain):
        """Whether English names stand side by side and are no list: "mystery, horror is not my thing"."""
        return chain[-1].phrase.isascii() and not any(target.joined in ("any", "all") for target in chain)

    def _often_refused(self, target):
        """Whether a comma may join `target` to what is refused: "하렘, 노예 없는" is two refusals, "판타지, 노예 없는" one."""
        tags = set(target.values)
        refusable = tags & OFTEN_REFUSED or any(self.vocabulary.groups.get(tag) == "warnings" for tag in tags)
        return target.kind == "work" or bool(target.kind == "tag" and refusable)

    def _is_tone(self, target):
        return target.kind == "tag" and self.vocabulary.groups.get(target.values[0]) == "tone"

    def _stand(self, target, cues):
        """The stand that `cues`, nearest first, give `target`; a refusal outweighs a liking already found."""
        kinds = [cue.kind for cue in cues if cue.kind != "none"]
        if not kinds:
            return
        if target.kind == "work":
            order = ("dislike", "like", "similar", "refuse", "read", "indifferent", "bonus")
            best = kinds[0] if kinds[0] in ("refuse", "dislike") else min(kinds, key=order.index)
            if target.stand in ("", "read", "indifferent") or best in ("refuse", "dislike"):
                target.stand = best
            return
        # "초능력 같은 거 안 나오는": a tag is not compared to, so that what follows counts.
        best = next((kind for kind in kinds if kind not in ("similar", "read")), kinds[0])
        if target.stand in ("refuse", "dislike"):
            return
        if best in ("refuse", "dislike"):
            around = self.lower[max(0, target.start - 12) : target.end + 4]
            target.soft = bool(SOFTENED.search(around))
        target.stand = best

    def _drop_attribute(self, target, following):
        """ "어두운 이세계물은 싫어" refuses a kind of other world, and does not ask for the dark."""
        gap = self.lower[target.end : following.start]
        refused = following.stand == "dislike" or (following.stand == "refuse" and self._refuses_whole(following))
        both_tags = target.kind == following.kind == "tag" and not target.stand
        if target.kind == "status" and following.kind == "tag" and following.stand in REFUSALS and not target.stand:
            if gap.strip() in ("", "인", "な", "の", "된"):
                # "연재중인 판타지는 싫어" refuses what goes on, and no fantasy.
                target.stand, following.stand = following.stand, ""
            return
        if following.stand in REFUSALS and self._runs_on(target, following) and self._is_summed_up(following):
            for one in self.targets:
                if one.chain == target.chain:
                    one.stand = one.stand or following.stand
            return
        told = following.stand in REFUSALS and TELLS.fullmatch(gap) and TOLD.match(self.lower, following.end)
        describes = ATTRIBUTE.search(gap) or (self._is_tone(target) and not gap.strip())
        if both_tags and (told or (refused and describes)):
            target.stand = "indifferent"

    def _spread_into_brackets(self):
        """What stands in brackets tells what was just refused: "no game elements (levels, skills)"."""
        for match in BRACKETS.finditer(self.lower):
            before = [one for one in self.targets if 0 <= match.start() - one.end <= 1 and one.stand in REFUSALS]
            for target in self.targets if before else ():
                if match.start() < target.start < match.end() and not target.stand:
                    target.stand = before[-1].stand

    def _runs_on(self, target, following):
        """Whether `following` stands beside `target` with nothing but the ending of a genre between: "추방물 복수물"."""
        return not self.lower[target.end : following.start].strip("물계류系 ")

    def _is_summed_up(self, target):
        """Whether the run of names that `target` begins or goes on with is summed up: "노예 하렘 이딴 거"."""
        for one, other in pairwise(self.targets[self.targets.index(target) :]):
            if not self._runs_on(one, other):
                return bool(SUMMED_UP.match(self.lower, one.end))
        return bool(SUMMED_UP.match(self.lower, self.targets[-1].end))

    def _refuse_bond(self, target, following):
        """ "No age gap romance", "나이차 로맨스 빼줘": the bond is refused, and romance neither refused nor wanted."""
        side_by_side = self.lower[target.end : following.start] in ("", " ", "の")
        bond = target.kind == "tag" and self.vocabulary.groups.get(target.values[0]) == "bonds"
        if not (side_by_side and bond and following.values[0] in LOVE_STORIES):
            return
        if target.stand in REFUSALS and not following.stand and target.values[0] not in ALONE:
            following.stand = "indifferent"
        elif following.stand in REFUSALS and target.stand in ("", "indifferent"):
            target.stand, following.stand = following.stand, "indifferent"

    def _refuse_topic(self, target, following):
        """ "戦争ものは重いから避けて": the mood is the reason for which what it is said of is refused."""
        said_of = SAID_OF.fullmatch(self.lower[target.end : following.start])
        reason = following.stand in REFUSALS and BECAUSE.match(self.lower, following.end)
        if not (said_of and reason) or target.stand or following.kind != "tag":
            return
        if target.kind == "work":
            target.stand = following.stand
        elif target.kind == "tag" and self._is_tone(following):
            target.stand, following.stand = following.stand, "indifferent"

    def _part_pair(self, first, second):
        """ "No dark fantasy", "로판 말고" refuse what is said of the fantasy; one less dark is still wanted."""
        if first.start == second.start and second.stand in REFUSALS:
            plain = next((one for one in (first, second) if one.values == ("fantasy",)), None)
            if plain is not None:
                plain.stand = "" if first.soft or second.soft else "indifferent"

    def _refuse_head(self, target, following):
        """ "Avoid heavy drama": what the mood describes is avoided with it, unless it is wanted elsewhere."""
        gap = self.lower[target.end : following.start]
        if following.phrase in ("heavy", "nonsense") and gap in (" ", "-"):
            # "Not romance heavy", "no isekai nonsense" say nothing of a mood.
            following.stand = "indifferent"
        if not (self._is_tone(target) and target.stand in REFUSALS and not target.soft):
            return
        side_by_side = gap == " " and target.phrase.isascii()
        elsewhere = any(one is not following and one.values == following.values for one in self.targets)
        if side_by_side and not elsewhere and not following.stand and SHUNS.search(self.lower[: target.start]):
            following.stand = target.stand

    def _give_reasons(self):
        """ "I dropped X because of the harem": the reason is liked or disliked as the work is."""
        works = [target for target in self.targets if target.kind == "work" and target.stand in ("dislike", "like")]
        for target in self.targets:
            if target.kind != "tag" or target.stand or not REASON.search(self.lower[: target.start]):
                continue
            before = [w for w in works if w.end <= target.start and not BREAK.search(self.lower[w.end : target.start])]
            if before:
                target.stand = before[-1].stand

    def _refuses_whole(self, target):
        return bool(
            re.match(r".{0,6}(?:말고|빼|제외|以外|じゃなく|ではなく)", self.lower[target.end : target.end + 12])
        )


ASKED = {key(word) for word in ("없음", "없어", "ない", "ありません", "なし", "없는데", "ダメ", "무리")}
