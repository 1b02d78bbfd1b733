"""What an ask says of its reader for good, in Korean, English or Japanese. Pure.

"난 하렘 싫어해" is a taste, "하렘 말고" the wish of one ask, "다시는 하렘 추천하지 마" for ever. Only what is said plainly is
read: a question, a friend's taste, a condition or a mood of today teach nothing, for what is learned in error follows a
reader around. What can be meant is found by `hearing`; whether it is meant for good is decided here.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ..text.folding import key
from ..text.matcher import Lexicon, Passage
from . import turn_parser
from .parse import MAX_LENGTH, parse


@dataclass(frozen=True)
class Preference:
    """`what`: tag, work, author, read_to or level. `value`: a slug, or an author's name as the shelf has it in Japanese.

    `kind`: like, dislike, never, read_to or level. `begins`, `ends`: the place of the sentence in the text as given.
    """

    kind: str
    what: str
    value: str = ""
    level: str = ""
    volume: int | None = None
    begins: int = 0
    ends: int = 0


STRENGTH = {"never": 3, "dislike": 2, "like": 1}
MAX_STATEMENTS = 12  # statements taken from one ask

SENTENCE = re.compile(r"(?:[^.!?。！？\n]|(?<=\w)\.(?=\w))+[.!?。！？]*|\n")
# Of this moment or of somebody else: nothing to remember.
TODAY = re.compile(
    r"오늘|이번(?!.{0,8}작가)|지금은|지금 ?당장|당분간|요즘은|요새는|일단|오늘밤|\btoday\b|\btonight\b|\bthis time\b|\bright now\b|\bfor now\b|\bat the moment\b|"
    r"\bthis week|\bnot in the mood|\blately\b|\bcurrently\b|今日|今回|今は|今夜|とりあえず|最近は|しばらく"
)
OTHERS = re.compile(
    r"친구|동생|남편|아내|와이프|누나|오빠|언니|형이|형은|엄마|아빠|아들|딸이|딸은|여친|남친|여자친구|남자친구|사람들|다들|주인공[은이가]|히로인[은이가]|"
    r"\b(?:my|a) (?:\w+ )?(?:friend|brother|sister|wife|husband|son|daughter|mom|mum|mother|dad|father|girlfriend|boyfriend|partner|kid|roommate)s?\b|"
    r"\b(?:he|she|they|people|everyone|everybody|someone|who) (?:\w+ )?(?:hates?|loves?|likes?|enjoys?|can't|doesn't|don't|reads?|is|are)\b|"
    r"友達|友人|弟[がは]|妹[がは]|兄[がは]|姉[がは]|彼氏|彼女[がは]|夫[がは]|妻[がは]|息子|娘[がは]|母[がは]|父[がは]|みんな|主人公[がは]|ヒロイン[がは]"
)
CLAUSE = re.compile(
    r"[,，、;]|지만\s|[은는인한던]데\s|(?<=[가-힣])고\s|(?<=[가-힣])니까?\s|\bbut\b|\bso\b|\bbecause\b|けど|けれど|ので|から、|(?<=[たすいだ])が、?"
)

# --- For ever ----------------------------------------------------------------------------------------------------------

EVER_KO = re.compile(
    r"다시는|다신\s|두 ?번 ?다시|절대로?|앞으로|이제부터|영원히|평생|죽어도|더 ?이상|다시 ?추천하지|다시 ?권하지"
)
DONT_KO = re.compile(
    r"(?:추천|권유|소개|제안)(?:을|은|도|는)? ?(?:좀 ?)?(?:은 ?)?(?:해 ?주지|하지|해주지|하진|하지는|하지도|주지)\s?(?:를 )?(?:좀 )?(?:마(?![음법왕을녀지])|말|않아도 ?(?:돼|되|괜)|않았으면)|"
    r"(?:권하|권해 ?주|보여 ?주|보이|내놓|가져오|꺼내|들이밀|골라 ?주|내밀|올리|언급하)지\s?(?:도 |는 )?(?:좀 )?(?:마(?![음법왕을녀지])|말|않았으면|않아도 ?(?:돼|되))|"
    r"(?:추천|권유)(?:은|을|도)? ?(?:금지|사절|그만|받고 싶지 않)|추천에서 ?(?:꼭 )?(?:빼|제외)|안 ?(?:추천|권)해 ?(?:줬으면|도 돼)|추천 ?안 ?(?:받|했으면)"
)
ALWAYS_OUT_KO = re.compile(
    r"(?:앞으로(?:는|도)?|항상|언제나|이제부터|무조건 항상).{0,24}(?:빼 ?(?:줘|주)|제외해|걸러 ?(?:줘|주))"
)
NEVER_EN = re.compile(
    r"(?<!you )(?<!they )(?<!i )(?<!i'd )(?<!would )(?<!people )(?<!have )(?<!'ve )(?<!has )(?<!we )(?<!who )(?<!friends )"
    r"\bnever(?: ever| again)? (?:\w+ )?(?:recommend|suggest|show|offer|give|bring|mention|propose)\b|"
    r"\b(?:don'?t|do not) (?:you )?ever (?:\w+ )?(?:recommend|suggest|show|offer|give|bring|mention|propose)\b|"
    r"\b(?:don'?t|do not|stop|quit) (?:\w+ )?(?:recommend|suggest|show|offer|giv|bring|mention|propos)\w*\b[^.!?]{1,60}\b(?:ever again|again|any ?more|any longer|ever)\b|"
    r"\bno (?:more )?[^.!?,]{1,40}\bever(?: again)?\b|(?<!i )(?<!'ve )\bnever again\b(?! (?:found|felt|read|saw|did|have))"
)
EVER_JA = re.compile(r"二度と|絶対|今後|これから|金輪際|永久に|一生|もう")
DONT_JA = re.compile(
    r"(?:勧め|すすめ|薦め|奨め|(?:お勧め|おすすめ|オススメ|推薦|紹介|提案)し|出さ|見せ|挙げ)ない(?:で|よう)|"
    r"(?:勧め|すすめ|薦め|(?:お勧め|おすすめ|オススメ|推薦|紹介)し)なくて(?:も)?(?:いい|良い|結構|大丈夫)|(?:勧め|すすめ|薦め|紹介す)るな|"
    r"(?:お勧め|おすすめ|オススメ|推薦|紹介)(?:は|も)?(?:禁止|不要|いらない|やめて)|(?:勧める|すすめる|薦める|おすすめする|紹介する)のは?(?:は)?やめて"
)
LIKENED_AFTER = re.compile(r"\s?(?:같은|처럼|비슷한|류의|みたいな|のような|っぽい)")
LIKENED_BEFORE = re.compile(r"\b(?:like|similar to)\s$")
AUTHOR_REF = re.compile(
    r"(?:이|그|저) ?(?:작가|저자)|작가(?:의|가|님|님의)? ?(?:책|작품|글|소설|것|거|이야기)|작가(?:는|도|님은)|\b(?:this|that|the|same) (?:author|writer)|\bauthors? of\b|(?:この|その|の)(?:作者|作家|著者)"
)

# --- As a taste --------------------------------------------------------------------------------------------------------

SELF_KO = re.compile(
    r"(?:^|\s)(?:난|나는|나|저는|전|제가|내가|원래|워낙|정말|진짜|너무|아주|엄청|완전|평소에?|개인적으로)\s"
)
DISLIKE_AFTER = re.compile(
    r"싫어(?:해(?!도)|함|하는데|하는 ?편|합니다|하고|해서|하니까?|하거든|하지만|하는 ?(?:거|것|건|장르|요소))|싫(?:더라|거든|은 ?편)|"
    r"질색|극혐|혐오(?!스)|못 ?(?:보겠|읽겠|견디|참겠|봐요|읽어요|보는 ?편|읽는 ?편)|취향(?:이|은|엔|에|에는|과는|이랑)? ?(?:전혀 ?|정말 ?|좀 ?)?(?:아니|아님|아냐|안 ?맞)|"
    r"(?:나랑|저랑|나한테|저한테|나와|저와)?(?:은|는)? ?안 ?맞(?:아|더라|는 ?편|음)|안 ?좋아(?:해|함|합|하는)|좋아하지 ?(?:는 ?)?않|거부감|"
    r"다시는 ?(?:안 ?[보읽]|보고 ?싶지|읽고 ?싶지)|그만 ?(?:추천|권)|(?:もう)?二度と(?:見|読み)たくな|見られ(?:ない|ません)|"
    r"大?嫌い(?!じゃ|では|でな|でもな|な(?!の|ん)|かも)|苦手(?!じゃ|では|でな|でもな|な(?!の|ん)|意識|かも)|無理(?!な|に|せ|を|の|が|じゃ|では|でも)|受け付け(?:ない|ません|られ)|地雷(?!原)|"
    r"好きじゃない|好きではない|好きになれない|耐えられない|耐えられません|(?:が|は)(?:どうしても)?合わない|生理的に|"
    r"\b(?:is|are|was|were)(?:n'?t| not) (?:really |just )?(?:my thing|for me|my cup of tea|my jam)\b|\b(?:bores?|annoys?|disgusts?) me\b|\bturns? me off\b|\bputs? me off\b"
)
WEAK_DISLIKE_KO = re.compile(
    r"싫(?:어(?:요)?(?![가-힣])|다(?!면|는)|습니다|음|은데|고)|별로(?:야|예요|에요|라|임|더라)"
)
DISLIKE_BEFORE = re.compile(
    r"(?:싫어하는|꺼리는) ?(?:장르|거|것|건|게|요소|소재|작가)?(?:은|는|이|가)?\s?$|(?:嫌いな|苦手な)(?:のは|ジャンルは|ものは|要素は|作家は|の?は)\s?$|"
    r"(?:\bi (?:\w+ )?|^|\band |\bbut |, )(?:hate|detest|loathe|despise|dislike|can'?t stand|cannot stand|can'?t bear|can'?t tolerate|can'?t handle|couldn'?t stand|"
    r"(?:don'?t|do not|never) (?:really |particularly |usually |at all )?(?:like|liked|enjoy|enjoyed|care for))\b[^.;!?]{0,30}$|"
    r"\bnever (?:ever )?want to (?:see|read)\b[^.;!?]{0,20}$|\bstop (?:recommending|suggesting|giving|offering|showing)(?: me)?\b[^.;!?]{0,20}$|"
    r"\b(?:not|never been|no) (?:really |much of )?(?:an? |a big |a huge )?fan of\b[^.;!?]{0,20}$|\bnot fond of\b[^.;!?]{0,20}$|\ballergic to\b[^.;!?]{0,20}$"
)
LIKE_AFTER = re.compile(
    r"(?<!안 )(?<!안)좋아(?:해(?!도)|함|하는데|하는 ?편|합니다|해서|하거든|하고(?! ?싶)|했|하니까?)|최애|인생작|인생 ?(?:책|라노벨|작품)|사랑(?:해|합니다)|팬(?:이에|이야|입니|임|이라|인데)|취향 ?(?:저격|이야|이에요|입니다|이라)|"
    r"(?:재밌|재미있|인상 ?깊|감명 ?깊|즐겁)게 ?(?:읽었|봤|읽은|본 ?적|보고)|재밌었|재미있었|"
    r"大?好き(?!じゃ|では|でな|な(?!の|ん)|なら|そう|にな|かも)|面白かった|おもしろかった|ハマ(?:った|って|りま)|推しです|お気に入り|のファン|"
    r"\b(?:is|are|was|were) (?:one of )?my (?:all[- ]time )?(?:favou?rites?|jam)\b"
)
LIKE_BEFORE = re.compile(
    r"(?:좋아하는|선호하는) ?(?:장르|거|것|건|게|작품|작가|책|라노벨)(?:은|는|이|가)?\s?$|(?:제|내|나의|저의) ?취향(?:은|이)\s?$|(?:最愛|好きな(?:ジャンル|もの|作品|作家|の)|好み)は\s?$|"
    r"\bi(?:'ve| have)?(?: (?:really|always|absolutely|just|also|do|truly|generally|usually|still|quite|totally))* (?:love|loved|like|liked|enjoy|enjoyed|adore|adored)\b(?! to\b)[^.;!?]{0,30}$|"
    r"\b(?:i am|i'm|been) (?:an? )?(?:big |huge |massive |total )?(?:fan of|into|really into|obsessed with)\b[^.;!?]{0,20}$|\bmy (?:all[- ]time )?favou?rites? (?:\w+ )?(?:is|are|was)\b[^.;!?]{0,20}$"
)
# A condition, a wish or another's words about the same verb.
NOT_MEANT = re.compile(
    r"\b(?:if|when|unless|used to|would|wouldn'?t|might|maybe i|do i|should i|pretend)\b|다면|라면|으면"
)
ASKS_BACK = re.compile(r"[가-힣ぁ-ん]{0,4}\s?[?？]")

# --- How far, and how well -----------------------------------------------------------------------------------------------

NUMBER = r"(\d{1,3}|[一二三四五六七八九十]{1,3})"
READ_TO = re.compile(
    rf"{NUMBER} ?권까지(?:는|만|밖에)? ?(?:다 |전부 |겨우 |지금 )?(?:읽었|읽은 ?(?:상태|사람|독자)|읽음|읽고 ?있|읽는 ?중|봤|봄\b|보고 ?있|못 ?(?:읽|봤)|안 ?(?:읽|봤)|정주행|완독|읽어 ?(?:뒀|놨))|"
    rf"{NUMBER} ?巻まで(?:は|しか|なら)?(?:もう|既に|全部)?(?:読んだ|読みました|読了|読んで(?!み)|読み終|既読|読んでい|読んでな)|"
    rf"\b(?:i|i've|i have|have|already|only)\b[^.!?]{{0,12}}\bread\b[^.!?]{{0,60}}?\b(?:up to|up until|through|until|till|as far as)(?: and including)? (?:vol(?:ume|s)?\.?|book) ?{NUMBER}|"
    rf"\b(?:i|i've|i have|just|already)\b[^.!?]{{0,16}}\b(?:read|finished|done with)\b (?:up to )?(?:vol(?:ume)?\.?|book) ?{NUMBER}\b|"
    rf"\b(?:i|i've|i have|already)\b[^.!?]{{0,12}}\bread\b (?:the )?(?:first )?{NUMBER} (?:volumes|books)\b"
)
READING = re.compile(
    rf"{NUMBER} ?권(?:째)?(?:을|를)? ?(?:읽는 ?중|읽고 ?있)|{NUMBER} ?巻(?:目)?を?読(?:んでいる|んでる|んでいま|んでます|書中)|"
    rf"\bi(?:'m| am) (?:currently )?(?:on|at|in|reading) (?:vol(?:ume)?\.?|book) ?{NUMBER}\b"
)
READ_TO_ANY_CASE = re.compile(READ_TO.pattern, re.IGNORECASE)
READING_ANY_CASE = re.compile(READING.pattern, re.IGNORECASE)
VOLUMES = re.compile(
    rf"{NUMBER} ?권(?:째)?(?:까지)?(?:는|만|밖에|을|를)? ?|{NUMBER} ?巻(?:目)?(?:まで)?(?:は|しか|なら|を)?|"
    rf" ?(?:up to|up until|through|until|till|as far as)?(?: and including)? ?(?:on |at |in )?(?:vol(?:ume|s)?\.?|book) ?{NUMBER}(?: of)?| ?(?:the )?(?:first )?{NUMBER} (?:volumes|books)(?: of)?",
    re.IGNORECASE,
)
KANJI = {letter: number for number, letter in enumerate("一二三四五六七八九", start=1)}

JAPANESE = re.compile(r"일본어|일어|원서|JLPT|japanese|日本語|原書|原文|日本の本", re.IGNORECASE)
N_LEVEL = re.compile(
    r"(?<![a-z])n ?([1-5])(?![0-9a-z])(?! ?(?:을|를)? ?(?:공부|준비|목표|따고|시험|過去|目指|受け|勉強))", re.IGNORECASE
)
LEVELS = (
    (
        "none",
        r"일본어(?:는|를|가)? ?(?:전혀 |하나도 |아예 )?(?:못 ?(?:읽|해|하|봐)|몰라|모르|모릅|할 ?줄 ?모)|원서(?:는|를|로)? ?(?:전혀 |아예 )?못 ?(?:읽|봐)|"
        r"\b(?:can'?t|cannot|don'?t|do not) (?:really |actually )?(?:read|speak|know|understand)(?: any| a word of)? japanese\b|\bno japanese\b|日本語(?:は|が)?(?:全然|まったく)?(?:読め|分から|わから|でき)(?:ない|ません)",
    ),
    (
        "books",
        r"원서(?:도|로|를|는)? ?(?:문제 ?없이 |술술 |그냥 |잘 )?(?:읽을 ?수 ?있|읽어요|읽습니다|읽는 ?편|읽고 ?있|볼 ?수 ?있|봐요|봅니다|가능)|일본어(?:가|는|로)? ?(?:원어민|모국어|네이티브)|일본어 ?원서(?:도|를|로)? ?읽|"
        r"\bi (?:can |could )?read (?:\w+ )?(?:in japanese|japanese (?:books|novels|originals)|the (?:japanese )?originals?|raws)\b|\bnative japanese\b|\bjapanese is my (?:native|first)\b|\bfluent in japanese\b|\bmy japanese is (?:fluent|native)\b|"
        r"原書(?:も|で|が|を)?(?:読め(?:ます|る)|読んで|大丈夫|いけ)|日本語(?:は|が)(?:母語|ネイティブ|母国語)",
    ),
    (
        "n5",
        r"(?:초급|초보|왕초보|기초|입문)|\bbeginner|\bbasic\b|\bjust started|\bstill learning|初級|初心者|始めたばかり|勉強し始め",
    ),
    ("n3", r"중급|\bintermediate\b|中級"),
    ("n1", r"고급|유창|능숙|\badvanced\b|上級|流暢"),
)
LEVELS = tuple((level, re.compile(pattern)) for level, pattern in LEVELS)
# Beside one of the words of a level: what it is the level of.
OWN_JAPANESE = re.compile(
    r"일본어(?:는|가|실력|를|로는|도|수준|\s)|일어(?:는|가)|\bmy japanese\b|\bin japanese\b|\bjapanese (?:level|is|learner|beginner)\b|\b(?:learner|beginner) (?:of|in|at) japanese\b|\bjlpt\b|日本語(?:は|力|が|の?レベル|も)|原書"
)


def read_preferences(text, words, language, *, named=(), last_picks=()):
    """The standing statements of one ask, one a topic, in order.

    `words`: the `vocabulary` of the shelf. `named`: slugs the conversation is about, for an ask that only says "it";
    `last_picks`: slugs the last reply offered.
    """
    found, text = [], text[:MAX_LENGTH]
    text = turn_parser.FORM.sub(lambda match: _form(match, words, found), text)
    before = None
    for match in SENTENCE.finditer(text):
        if not match.group().strip():
            continue
        sentence = _Sentence(match, words, before, named, last_picks)
        found += sentence.statements()
        before = sentence
    return _one_each(found)


def without_progress(text):
    """`text` less the numbers of volumes it calls read: they are no limit on what is wanted."""
    for pattern in (READ_TO_ANY_CASE, READING_ANY_CASE):
        text = pattern.sub(lambda match: VOLUMES.sub("", match[0]), text)
    return text


def _form(match, words, found):
    """A line of the first visit's form. It leaves as many blanks, so that what follows keeps its place."""
    kind = {"genre": "like", "dislike": "dislike"}.get(next((name for name in turn_parser.ANSWERS if match[name]), ""))
    if kind and not turn_parser.NOTHING.fullmatch(match["answer"].strip()):
        for target in parse(match["answer"], words).mentions:
            if target.kind == "tag" and len(target.values) == 1 and not target.stance:
                found.append(Preference(kind, "tag", target.values[0], begins=match.start(), ends=match.end()))
    return " " * len(match.group())


def _one_each(statements):
    """One statement a topic: the strongest stand, else the last word."""
    kept = {}
    for one in statements:
        topic = one.what, one.value
        if topic not in kept or STRENGTH.get(one.kind, 9) >= STRENGTH.get(kept[topic].kind, 9):
            kept[topic] = one
    return list(kept.values())[:MAX_STATEMENTS]


@dataclass
class _Thing:
    """A work, a tag or an author in a sentence."""

    what: str
    value: str
    start: int
    end: int
    chain: int
    soft: bool = False


class _Sentence:
    def __init__(self, match, words, before, named, last_picks):
        self.begins, self.ends = match.span()
        self.words, self.before, self.named, self.last_picks = words, before, named, last_picks
        heard = parse(match.group(), words)
        self.source, self.lower = heard.source, heard.source.lower().replace("’", "'")
        self.things = self._things(heard)
        self.of_today = bool(TODAY.search(self.lower))
        self.of_others = bool(OTHERS.search(self.lower))

    def _things(self, heard):
        targets = [target for target in heard.mentions if target.kind in ("tag", "work")]
        places = [(target.start, target.end) for target in targets]
        things = [
            _Thing(target.kind, target.values[0], target.start, target.end, target.coordination, target.soft)
            for target in targets
            # A word that may be one of several tags, or is two at once, is too little to remember.
            if len(target.values) == 1 and places.count((target.start, target.end)) == 1
        ]
        for span in author_names(self.words.catalogue).find(Passage(heard.source)):
            overlaps = any(span.start < end and start < span.end for start, end in places)
            if not overlaps:
                things.append(_Thing("author", span.meanings[0], span.start, span.end, -span.start - 1))
        return sorted(things, key=lambda thing: thing.start)

    def statements(self):
        if self.of_today:
            return []
        never = self._never()
        if never:
            return never
        found = [] if self.of_others else [*self._stands(), *self._read_to(), *self._level()]
        return found

    def _said(self, kind, thing):
        return Preference(kind, thing.what, thing.value, begins=self.begins, ends=self.ends)

    # --- Never again ---------------------------------------------------------------------------

    def _never(self):
        cue = self._never_cue()
        if cue is None:
            return []
        if AUTHOR_REF.search(self.lower) and (authors := self._authors_meant()):
            return [Preference("never", "author", name, begins=self.begins, ends=self.ends) for name in authors]
        refused = self._refused(cue)
        if refused and not self.things:
            # "하렘은 질색이야. 다시는 추천하지 마.": the words are both sentences.
            self.begins = self.before.begins
        # "책벌레의 하극상 같은 거": more than the one work, and nobody can say how much more.
        return [self._said("dislike" if self._is_likened(thing) else "never", thing) for thing in refused]

    def _is_likened(self, thing):
        if thing.what != "work" or thing not in self.things:
            return False
        before, after = self._around(thing)
        return bool(LIKENED_AFTER.match(after) or LIKENED_BEFORE.search(before))

    def _never_cue(self):
        """The place of a plain "never recommend … again", or None."""
        if match := NEVER_EN.search(self.lower):
            return match.span()
        if match := ALWAYS_OUT_KO.search(self.lower):
            return match.span()
        for ever, dont in ((EVER_KO, DONT_KO), (EVER_JA, DONT_JA)):
            if ever.search(self.lower) and (match := dont.search(self.lower)):
                return match.span()
        return None

    def _refused(self, cue):
        """What the cue speaks of: one list of things in its own clause, else the nearest before it."""
        liked = {id(thing) for thing in self.things if self._stand(thing) == "like"}
        things = [thing for thing in self.things if id(thing) not in liked]
        start, end = self._clause(cue)
        within = [thing for thing in things if start <= thing.start < end]
        chains = {thing.chain for thing in within}
        if len(chains) > 1:
            # "하렘 나오는 이세계물": a kind of other world, and neither of the two by itself.
            return []
        if not chains:
            earlier = [thing for thing in things if thing.end <= cue[0]]
            if not earlier and not self.things and self.before is not None and not self.before.of_today:
                earlier = self.before.things if len({one.chain for one in self.before.things}) == 1 else []
                return list(earlier)
            chains = {earlier[-1].chain} if earlier else set()
        return [thing for thing in things if thing.chain in chains]

    def _clause(self, cue):
        cuts = [0, *(match.end() for match in CLAUSE.finditer(self.lower)), len(self.lower)]
        for start, end in pairwise(cuts):
            if start <= cue[0] < end:
                return start, max(end, cue[1])
        return 0, len(self.lower)

    def _authors_meant(self):
        named = [thing.value for thing in self.things if thing.what == "author"]
        if named:
            return named
        works = [thing.value for thing in self.things if thing.what == "work"]
        if not works and self.before is not None:
            works = [thing.value for thing in self.before.things if thing.what == "work"]
        works = works or self._meant_by_it()
        work = self.words.catalogue.by_slug.get(works[-1]) if works else None
        return list(work.authors[:1]) if work else []

    def _meant_by_it(self):
        """The one work an ask without a title speaks of; none where it may be one of several."""
        for slugs in (self.last_picks, self.named):
            if len(slugs) == 1:
                return list(slugs)
        return []

    # --- Likes and dislikes --------------------------------------------------------------------

    def _stands(self):
        return [self._said(stand, thing) for thing in self.things if (stand := self._stand(thing))]

    def _stand(self, thing):
        before, after = self._around(thing)
        for stand, behind, ahead in (
            ("dislike", DISLIKE_AFTER, DISLIKE_BEFORE),
            ("like", LIKE_AFTER, LIKE_BEFORE),
        ):
            match = behind.search(after)
            if match and not ASKS_BACK.match(after, match.end()) and not (stand == "dislike" and thing.soft):
                return stand if not self._conditional(after[: match.end() + 3]) else ""
            if (match := ahead.search(before)) and not self._conditional(before):
                return stand
        weak = WEAK_DISLIKE_KO.search(after)
        if weak and not thing.soft and SELF_KO.search(f" {self.lower}") and not ASKS_BACK.match(after, weak.end()):
            return "dislike"
        return ""

    @staticmethod
    def _conditional(around):
        return bool(NOT_MEANT.search(around))

    def _around(self, thing):
        """What stands before and after a thing and its list, as far as it may speak of it."""
        chain = [one for one in self.things if one.chain == thing.chain]
        start, end = chain[0].start, chain[-1].end
        earlier = max((one.end for one in self.things if one.end <= start and one.chain != thing.chain), default=0)
        later = min((one.start for one in self.things if one.start >= end and one.chain != thing.chain), default=None)
        after = self.lower[end:later][:30]
        return self.lower[earlier:start], re.split(r"[.!。！\n]|\bbut\b|지만\s", after)[0]

    # --- How far, and how well -----------------------------------------------------------------

    def _read_to(self):
        if NOT_MEANT.search(self.lower) or re.search(
            r"읽을까|읽어야|읽으면|\bshould i\b|\bcan i\b|読むべき", self.lower
        ):
            return []
        match, reading = READ_TO.search(self.lower), None
        if not match:
            match = reading = READING.search(self.lower)
        if not match or ASKS_BACK.match(self.lower, match.end()):
            return []
        volume = _number(next(group for group in match.groups() if group)) - bool(reading)
        slug = self._work_read(match)
        if slug is None or volume < 1:
            return []
        volume = min(volume, 999)
        return [Preference("read_to", "read_to", slug, volume=volume, begins=self.begins, ends=self.ends)]

    def _work_read(self, match):
        works = [thing for thing in self.things if thing.what == "work"]
        if works:
            return min(works, key=lambda thing: abs(thing.start - match.start())).value
        if self.things and any(thing.what == "author" for thing in self.things):
            return None
        earlier = [thing.value for thing in self.before.things if thing.what == "work"] if self.before else []
        meant = earlier[-1:] or self._meant_by_it()
        return meant[0] if meant else None

    def _level(self):
        if not JAPANESE.search(self.lower) or re.search(r"[?？]\s*$", self.source):
            return []
        level = self._level_said()
        return [Preference("level", "level", level=level, begins=self.begins, ends=self.ends)] if level else []

    def _level_said(self):
        named = N_LEVEL.search(self.lower)
        if (
            named
            and not NOT_MEANT.search(self.lower)
            and not re.search(r"공부|준비|目指|勉強|studying for", self.lower)
        ):
            return f"n{named[1]}"
        for level, pattern in LEVELS:
            if not pattern.search(self.lower) or NOT_MEANT.search(self.lower):
                continue
            if level in ("none", "books") or OWN_JAPANESE.search(self.lower):
                return level
        return ""


def _number(text):
    if not set(text) <= {*KANJI, "十"}:
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (KANJI.get(tens, 1) * 10 if ten else 0) + KANJI.get(ones, 0)


@lru_cache(maxsize=2)
def author_names(catalogue):
    """The names of all authors of a shelf, in three languages, each meaning the Japanese one."""
    lexicon = Lexicon()
    for work in catalogue.works:
        for place, author in enumerate(work.authors):
            spelled = [author]
            for names in work.author_names.values():
                spelled += names[place : place + 1]
            for name in spelled:
                if len(key(name)) >= 3:
                    lexicon.add(name, author, name=True)
    return lexicon
