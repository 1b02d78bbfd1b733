"""Numbers that readers give in words or digits: volumes, years and how many picks. Three languages at once."""

import re
from dataclasses import dataclass

from ..text.matcher import typed

KOREAN = {
    "한": 1, "하나": 1, "두": 2, "둘": 2, "세": 3, "셋": 3, "네": 4, "넷": 4, "다섯": 5, "여섯": 6, "일곱": 7,
    "여덟": 8, "아홉": 9, "열": 10, "열다섯": 15, "스무": 20, "스물": 20, "십": 10, "십오": 15, "이십": 20,
    "삼십": 30, "한두": 2, "두어": 2, "두세": 3, "서너": 4, "너댓": 5, "대여섯": 6,
}  # fmt: skip
ENGLISH = {
    "a": 1, "one": 1, "single": 1, "two": 2, "couple": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "dozen": 12, "decade": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
}  # fmt: skip
JAPANESE = {
    "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "十五": 15,
    "二十": 20, "三十": 30, "ひと": 1, "ふた": 2, "みっ": 3, "よっ": 4, "いつ": 5,
}  # fmt: skip
NUMBERS = KOREAN | ENGLISH | JAPANESE
# Longest first, so that 열다섯 is not read as 열.
KO = r"(\d{1,4}|(?<![가-힣])(?:" + "|".join(sorted(KOREAN, key=len, reverse=True)) + "))"
EN = r"(\d{1,4}|" + "|".join(sorted((w for w in ENGLISH if w not in ("a", "decade")), key=len, reverse=True)) + ")"
JA = r"(\d{1,4}|" + "|".join(sorted(JAPANESE, key=len, reverse=True)) + ")"
ANY = f"(?:{KO}|{EN}|{JA})"

SHORT, LONG = 5, 10  # volumes: what "short" and "long" mean where no number is given
RECENT = 4  # years before the newest work that still count as recent
OLD = 15  # years before the newest work from which a work counts as old

# How many, not which one: "I want one with dragons" asks for no single book.
EN_MANY = (
    r"(\d{1,2}|"
    + "|".join(w for w in ENGLISH if w not in ("a", "one", "single", "couple", "decade"))
    + r"|couple(?= of))"
)
NOT_COUNTED = (
    r"(?![\s-]*(?:volume|vol|vols|year|season|star|girl|boy|guy|hero|heroine|people|person|protagonist|character|sister|"
    r"brother|sibling|lover|friend|world|live|lives|kid|child|wives|main|or (?:less|more|fewer)|\d|%))"
)
EN_UNIT = r"(?:[\s-]?ish)?[\s-]*(?:volumes?|vols?\.?|books?|tomes?|novels long)"
# A bound that is refused ("nothing older than 2000", "10권 넘는 건 부담", "20巻以上は無理") binds the other way round. Between
# the two stands only what says nothing of its own: in "5권 이하 하렘 빼고" the harem is refused.
REFUSED_BEFORE = re.compile(
    r"(?:\bno(?:t|thing|ne)?|n['’]?t|\bnever|\bavoid(?:ing)?|\bskip|\bexclud(?:e|ing)|\bexcept(?: for)?|\bwithout|\bnor)\s"
    r"(?:(?:want|need|read|like|do|recommend|give me|show me|any|anything|stuff|things|series|works?|ones|books?|novels?|"
    r"that|which|it|was|were|is|are|be|to|much|a|from|with|of|out|come|came|published|released|written|made|started|too|very|so|super)(?:['’]s)?\s)*$"
)
REFUSED_AFTER = re.compile(
    typed(
        r"(?:(?:이|인|의|짜리|(?:에|으로)?\s?(?:나온|나오는|된|되는|되|시작한|시작된|출간된|출시된|발매된|쓰인))?\s?(?:건|거|것|게|걸|작품|책|소설|라노벨|"
        r"시리즈|애들|장편)?(?:들)?(?:은|는|도|이|가|을|면|으면)?\s?(?:다|전부|아예|절대|좀|너무|제발|이제)?\s?"
        r"(?:[^.,!?\n]{1,14}(?:서|니까)\s)?"
        r"(?:부담|싫|말고|말구|빼|뺀|별로|힘들|제외|ㄴㄴ|노노|사절|지쳐|지루|무리|안\s?읽|못\s?읽|안\s?볼|안\s?봐|안\s?돼|안\s?됨|너무|피하|패스|됐|안\s?맞|못\s?보|접어|접음|하차))|"
        r"(?:に?(?:出た|始まった|書かれた|発売された)?(?:な|の|ある|する)?(?:もの|の|やつ|作品|本|シリーズ|長編)?(?:は|も|が|だと|と|を)?\s?(?:ちょっと|さすがに|全部|絶対)?"
        r"(?:[^。、!?\n]{1,12}(?:ので|から|て)、?)?"
        r"(?:苦手|嫌|いや|きつ|キツ|つら|辛|無理|ムリ|避け|なし|無し|ナシ|NG|ng|以外|除|しんど|パス|外して|いらな|要らな|読まな|読めな|見な|合わな|やめ|じゃな|ではな|でな))|"
        r"[^.,!?;\n]{0,12}\b(?:(?:is|are|feels?|would be)\s(?:too|a bit|a no|not for|out|off|a turn)|(?:loses?|bores?) me|(?:do|does)(?:n['’]t| not) (?:work|do it) for me|isn['’]t for me|aren['’]t for me)|\s?(?:puts? me off|scares? me|,? no thanks)"
    )
)
SO_FAR_BEFORE = re.compile(
    r"\b(?:read|finished|bought|own|watched|dropped(?: it)?|stopped|quit)\s(?:it\s|only\s|just\s|at\s|up to\s|the first\s)*$"
)
SO_FAR_AFTER = re.compile(
    r"(?:까지|만|정도|쯤)?\s?(?:까지|만)?\s?(?:은|는)?\s?(?:다\s?)?(?:읽었|읽고|읽다|읽은|읽음|읽어|봤|봄|보다|보고|하차|샀|사서)|"
    r"(?:まで|だけ|くらい)?(?:は|も)?(?:読んだ|読んで|読みま|読了|買った|買って|で切|で挫折)"
)
# (pattern, what its number bounds, what to add to it). The first that fits a place wins.
VOLUMES = [
    # Any language
    (
        ANY + r"\s?(?:권|巻|冊)?\s?(?:-|–|~|〜|to|and|에서|부터|から)\s?" + ANY + r"(?:\s?[권巻冊]|" + EN_UNIT + ")",
        "between",
        0,
    ),
    (
        r"at least\s"
        + EN
        + r",?\s(?:but|and)\s(?:no more than|at most|up to|not more than|not over|max)\s"
        + EN
        + EN_UNIT,
        "between",
        0,
    ),
    (
        r"(?:more than|over)\s" + EN + r",?\s(?:but\s|and\s)?(?:less than|fewer than|under)\s" + EN + EN_UNIT,
        "inside",
        0,
    ),
    # Korean
    (r"(?:최소|적어도|못해도)\s?" + KO + r"\s?권", "min", 0),
    (r"(?:최대|많아도|길어도|많아야)\s?" + KO + r"\s?권", "max", 0),
    (KO + r"\s?권(?:이|을|은|도)?\s?(?:안|못)\s?넘", "max", 0),
    (KO + r"\s?권(?:이|을|은|도)?\s?(?:안|못)\s?(?:되는|된|되|돼)", "max", -1),
    (KO + r"\s?권(?:이|을|은|도|을)?\s?(?:넘지|넘어가지|초과하지)\s?(?:는\s?)?(?:않|말|마|못)", "max", 0),
    (KO + r"\s?권(?:짜리)?\s?(?:이하|이내|까지|안쪽|안으로|안에|내로|내외|선)", "max", 0),
    (KO + r"\s?권\s?(?:정도|쯤)?\s?(?:미만|보다\s?(?:짧은|짧|적은|적)|아래|밑)", "max", -1),
    (KO + r"\s?권(?:이|을|은)?\s?(?:넘는|넘게|넘어가는|넘어가|넘|초과하는|초과|보다\s?(?:긴|길|많은|많))", "min", 1),
    (KO + r"\s?권(?:짜리)?\s?(?:이상|부터)", "min", 0),
    (KO + r"\s?권\s?(?:정도|쯤)?(?:으로|에서)?\s?(?:완결|짜리|끝나|분량|정도|쯤)", "max", 0),
    # English
    (r"(?:under|below|less than|fewer than|shorter than)\s" + EN + EN_UNIT, "max", -1),
    (r"(?:at most|up to|max(?:imum)?(?: of)?|within|only|no more than|<=|≤)\s?" + EN + EN_UNIT, "max", 0),
    (EN + EN_UNIT + r"\s(?:or (?:less|fewer|under|shorter)|at most|tops|max)", "max", 0),
    (r"(?:at least|min(?:imum)?(?: of)?|>=|≥)\s?" + EN + EN_UNIT, "min", 0),
    (r"(?:over|more than|longer than|above|beyond|past|exceeds?|exceeding)\s" + EN + EN_UNIT, "min", 1),
    (EN + r"\+" + EN_UNIT, "min", 0),
    (EN + EN_UNIT + r"\s(?:or more|or longer|at least|minimum|plus)", "min", 0),
    (r"(?:isn't|not|n't)\s" + EN + EN_UNIT + r"\slong", "max", -1),
    (r"\d{1,2}\s?(?:or)\s?" + EN + EN_UNIT, "max", 0),
    (r"\b(?:in|is|are|about|around|like|maybe|roughly)\s" + EN + EN_UNIT, "max", 0),
    (r"\b" + EN + r"[\s-]?ish\s(?:volumes|vols|books)", "max", 0),
    # Japanese
    (r"(?:最低でも|最低|少なくとも)\s?" + JA + r"\s?[巻冊]", "min", 0),
    (r"(?:最大でも|最大|最高でも|多くても|長くても)\s?" + JA + r"\s?[巻冊]", "max", 0),
    (
        JA
        + r"\s?(?:巻|冊)\s?(?:くらい|ぐらい|程度|ほど)?(?:まで|以内|以下|で完結|完結|で終わ|で読み切|で読める|に収まる)",
        "max",
        0,
    ),
    (JA + r"\s?(?:巻|冊)\s?(?:くらい|程度)?(?:未満|より短い?|より少な)", "max", -1),
    (JA + r"\s?(?:巻|冊)以上", "min", 0),
    (JA + r"\s?巻(?:を?超え(?:る|てる|て)?|より(?:長い?|多い?))", "min", 1),
    (JA + r"\s?(?:巻|冊)(?:くらい|ぐらい|程度|ほど)(?!は?(?:ある|出て|続))", "max", 0),
]
LENGTHS = [
    (r"단권|단편|단행본 한 권|한 ?권짜리|1권짜리|한 ?권으로 끝|한 ?권 ?완결", "max", 1),
    (r"\b(?:stand-?alone|one-?shot|single[- ]volume|one[- ]volume|single book)\b", "max", 1),
    (r"単巻|一巻完結|読み切り|単発|一冊完結|1冊完結", "max", 1),
    (
        r"한\s?자릿수|single[- ]digit|一桁(?:巻)?(?!年)|(?:두\s?자릿수|double[- ]digits?|二桁)[^.!?\n。]{0,8}(?:안|않|못|전|미만|말고|not|いかない|行かない|ならない|届かない)",
        "max",
        9,
    ),
    (r"\btrilogy\b|[삼3]\s?부작|[三3]部作", "max", 3),
    (r"\b(?:duology|dilogy)\b|[이2]\s?부작|[二2]部作", "max", 2),
    (r"\b(?:tetralogy|quartet)\b|[사4]\s?부작|[四4]部作", "max", 4),
    (
        r"(?:너무|넘|많이)\s?(?:길|긴)|길지\s?않|안\s?긴|(?<![가-힣])긴\s?(?:건|거|것|시리즈)[^.,!?\n]{0,6}(?:싫|말고|부담|별로|힘들)",
        "max",
        LONG,
    ),
    (
        r"(?:not|isn't|nothing|n't|no)\s(?:be )?(?:an? |any )?(?:(?:too|that|so|super|really|very|overly) )?long\b",
        "max",
        LONG,
    ),
    (r"長すぎ|長くない|長いのは(?:苦手|嫌|ちょっと|つらい)", "max", LONG),
    (r"짧은|짧고|짧게|짤막|\b(?:short|shorter|quick read)\b|短い|短め|短く|短編|サクッと|さくっと", "max", SHORT),
    (
        r"장편|오래 ?읽을|길게 (?:이어|읽|볼|볼만)|(?<![가-힣])긴\s?(?:거|것|걸로|시리즈|작품|이야기)|\blong(?:er)?[- ](?:series|one|ones|running|read|story)\b|\b(?:really|very|super|nice and|pretty) long\b",
        "min",
        LONG,
    ),
    (r"長編|長い(?:もの|の|シリーズ|作品|話)|長く(?:楽しめ|読め)", "min", LONG),
]
KO_YEAR, JA_YEAR = r"(\d{4})\s?년(?:도)?\s?", r"(\d{4})\s?年\s?"
DECADE = r"(?:년대|年代|'?s\b)"
AGO = r"(\d{1,2}|five|ten|fifteen|twenty)\s?(?:년|年|years?)"
# This year, last year: only where they say when a work came out, and not when the reader read it.
CAME_OUT_AFTER = r"(?=(?:에|의|の|に)?\s?(?:나온|나오는|출간|출시|발매|시작|신작|신간|나올|出た|出てる|発売|刊行|始ま|新作|新刊|(?<=の)(?:作品|ラノベ|本)|작품|작\b))"
CAME_OUT_BEFORE = r"\b(?:from|released|published|out|came out|started|began|new|series of)\s(?:in\s|earlier\s)?"
YEARS = [
    (r"(\d{4})\s?(?:년|年)?\s?(?:-|–|~|～|〜|에서|부터|から|to|and)\s?(\d{4})", "between", 0),
    (KO_YEAR + r"(?:이후|부터|이상|넘어|지나|후)", "min", 0),
    (KO_YEAR + r"(?:이전|전|보다 (?:오래된|오래|이전|먼저))", "max", -1),
    (KO_YEAR + r"(?:까지|이하)", "max", 0),
    (r"\b(?:since|from|starting(?: in| from)?|as of)\s(\d{4})(?!s)", "min", 0),
    (r"\b(?:after|post|later than|newer than|more recent than|past)[\s-](\d{4})(?!s)", "min", 1),
    (r"(\d{4})\s(?:or|and)\s(?:later|newer|after|onwards?|up|above)|(\d{4})\s?(?:onwards?|\+)", "min", 0),
    (r"\b(?:before|pre|prior to|older than|earlier than)[\s-](\d{4})(?!s)", "max", -1),
    (r"\b(?:until|up to|by|no later than)\s(\d{4})(?!s)|(\d{4})\s(?:or|and)\s(?:earlier|older|before)", "max", 0),
    (JA_YEAR + r"(?:以降|以後|から|より後|よりあと|より新しい)", "min", 0),
    (JA_YEAR + r"(?:以前|より前|よりまえ|より古い|前)", "max", -1),
    (JA_YEAR + r"(?:まで|以下)", "max", 0),
    (r"\b(?:older than|over|more than)\s" + AGO + r"(?: old|\b(?! of))(?!\s(?:apart|older|younger|ago))", "age", -1),
    (AGO + r"\s?(?:넘은|넘게 지난|지난|이상 된|より古い)", "age", -1),
    (AGO + r"\s?(?:以上前の?)", "age", 0),
    (AGO + r"\s?(?:안 된|안된|이 안 된|이내|経っていない|以内)", "last", 0),
    (r"\b(?:last|past)\s(decade)\b", "last", 0),
    (r"(?:최근|지난|ここ|この|直近|\b(?:last|past|recent))\s?" + AGO, "last", 0),
    (
        r"(?<!\d)((?:19|20)?\d0)" + DECADE + r"?\s?(?:-|~|〜|or|and|to|에서|이나|나|랑|하고|와|か|や|と|から|・|/)\s?"
        r"((?:19|20)?\d0)\s?" + DECADE,
        "decades",
        0,
    ),
    (r"\b(?:before|pre|prior to|older than|earlier than)[\s-](?:the\s)?((?:19|20)?\d0)'?s\b", "before decade", 0),
    (r"\b(?:after|post|newer than|later than)[\s-](?:the\s)?((?:19|20)?\d0)'?s\b", "after decade", 0),
    (r"\b(?:since)\s(?:the\s)?((?:19|20)?\d0)'?s\b", "since decade", 0),
    (r"(?<!\d)((?:19|20)?\d0)\s?(?:년대|年代)\s?(?:이전|以前|より前|보다 (?:오래된|이전))", "before decade", 0),
    (r"(?<!\d)((?:19|20)?\d0)\s?(?:년대|年代)\s?(?:이후|부터|以降|以後|から)", "since decade", 0),
    (r"\b(?P<part>early|mid|late)[\s-](?:the\s)?((?:19|20)?\d0)'?s\b", "decade", 0),
    (
        r"(?<!\d)((?:19|20)?\d0)\s?(?:년대|年代)\s?의?の?\s?(?P<part>초반|초중반|전반|초기|초|중반|중후반|후반|말|前半|初頭|初期|後半|半ば|末)",
        "decade",
        0,
    ),
    (r"(?<!\d)((?:19|20)?\d0)\s?" + DECADE, "decade", 0),
    (
        r"(?P<era>\beighties\b|\bnineties\b|ゼロ年代|零年代|제로년대|昭和(?=の|期|時代)|平成(?=の|期|時代|初)|令和(?=の|に|以降))",
        "era",
        0,
    ),
    (r"(?P<ago>올해|금년|재작년|작년|지난해|今年|一昨年|おととし|去年|昨年)\s?(?:이후|부터|以降)", "since", 0),
    (r"(?:since|after)\s(?P<ago>last year)\b", "since", 0),
    (r"(?P<ago>올해|금년|재작년|작년|지난해|今年|一昨年|おととし|去年|昨年)" + CAME_OUT_AFTER, "then", 0),
    (CAME_OUT_BEFORE + r"(?P<ago>this year|last year)\b|\b(?P<ago2>this year|last year)'s\b", "then", 0),
    (r"(\d{4})\s?(?:년|年)(?:에|작|도|の|に|発|刊)|\bin\s(\d{4})\b", "exact", 0),
]
AGES = {
    "올해": 0, "금년": 0, "今年": 0, "this year": 0, "작년": 1, "지난해": 1, "去年": 1, "昨年": 1, "last year": 1,
    "재작년": 2, "一昨年": 2, "おととし": 2,
}  # fmt: skip
ERAS = {"eighties": (1980, 1989), "nineties": (1990, 1999), "ゼロ年代": (2000, 2009), "零年代": (2000, 2009), "제로년대": (2000, 2009), "昭和": (None, 1988),
        "平成": (1989, 2019), "令和": (2019, None)}  # fmt: skip
# The years of a decade that a part of it is.
FIRST, MIDDLE, SECOND = (0, 4), (3, 7), (5, 9)
PARTS = dict.fromkeys(("early", "초반", "초중반", "전반", "초기", "초", "前半", "初頭", "初期"), FIRST)
PARTS |= dict.fromkeys(("mid", "중반", "半ば"), MIDDLE)
PARTS |= dict.fromkeys(("late", "중후반", "후반", "말", "後半", "末"), SECOND)
RECENT_WORDS = re.compile(
    r"최신(?!\s?(?:권|화|편|간))|신작|최근작|새로 나온|더 최근|최근 ?(?:걸|거|것)|최근(?:에)? (?:나온|출간|시작|출시|작품)|요즘 (?:나온|나오는|작품|거|것|유행)|"
    r"\b(?:recent|more recent|newer|newest|latest|brand new|(?<!\ba )(?<!some )(?<!for )(?<!need )(?<!want )new (?:series|releases?|titles?|ones?|novels?|works?|light novels?))\b|"
    r"最新(?!巻|刊|話|\d)|新作|新しい|新しめ|最近(?:の|始|出)|近年|今どき"
)
# "I read it recently" says nothing about the year a work should be of.
NOT_RECENT = re.compile(
    r"\brecent(?:ly)? (?:read|reads|favou?rites?|watch)|최근(?:에)? 작품(?:은|을|으로)? ?(?:읽|봤)|最近の(?:気分|私|趣味)"
)
OLD_WORDS = re.compile(
    r"옛날|(?<![가-힣])고전(?![쟁투])|오래된|추억의|올드|\b(?:classics?|old[- ]school|older (?:series|works?|titles?|ones?)|vintage|retro)\b|"
    r"昔の|古い|古すぎる?|古典|懐かし|往年|古め"
)
KO_END = typed(r"(?=\s*(?:$|[.!?~,\n]|[ㄱ-ㅎ]|요(?:$|\W)|부탁|추천|플리즈|더(?:$|\W)|좀(?:$|\W)))")
JA_END = r"(?=\s*(?:$|[。、!?！？\n]|お願い|おねがい|頼|たの|よろしく|くれ|欲し|ほし|知り|教え|おしえ|だけ))"
COUNTS = [
    re.compile(
        r"(?<![가-힣])(하나|둘|셋)\s?만(?!화)|"
        + KO
        + r"\s?(?:개|작품|편|권|종|가지|질|시리즈)\s?만(?!화|\s?(?:아니|빼|없|말고|읽|봤|본|샀))"
    ),
    re.compile(r"딱\s?(하나|둘|셋)|딱\s?" + KO + r"\s?(?:개|작품|편|권|종|가지)"),
    re.compile(
        KO
        + r"\s?(?:개|작품|편|권|종|가지)\s?(?:정도|쯤|씩|쯤만)?\s?(?:만\s)?(?:추천|골라|알려|뽑|부탁|줘|소개|보여|찾아)"
    ),
    re.compile(r"(하나|둘|셋|넷|다섯)\s?(?:정도|쯤)?\s?(?:만\s)?(?:추천|골라|알려|뽑|부탁|줘|소개|찾아)"),
    re.compile(KO + r"\s?(?:개|작품|편|종|가지|질)\s?(?:정도|쯤)?" + KO_END),
    re.compile(r"(?:책|소설|라노벨|라이트노벨|작품)\s?" + KO + r"\s?권" + KO_END),
    re.compile(KO + r"\s?(?:개|작품|편|권|종|가지|질)\s?(?:정도|쯤)?\s?더"),
    re.compile(r"(?<![가-힣])(하나|둘|셋)" + KO_END),
    re.compile(
        r"\b(?:just|only|exactly|give me|gimme|recommend(?: me)?|suggest|name|list|top|pick|show me)\s(?:me\s)?(?:a\s)?"
        + EN
        + r"\b"
        + NOT_COUNTED
    ),
    re.compile(
        r"\b(?:surprise me with|hit me with|throw me|find me|get me|send me|i want|i need|i'd like|want|need|looking for)\s"
        r"(?:like\s|about\s|maybe\s|around\s)?(?:a\s)?" + EN_MANY + r"\b" + NOT_COUNTED
    ),
    re.compile(r"\b(one|" + EN_MANY[1:-1] + r")\smore\b(?!\s(?:volume|than))"),
    re.compile(
        r"\b"
        + EN
        + r"\s(?:of\s)?(?:more\s|good\s|great\s|light\s|different\s)*"
        + r"(?:recommendations?|recs?|titles?|novels?|series|suggestions?|picks?|works?|options?|lns?)\b"
    ),
    re.compile(r"(?:^|[.!?\n]\s*|\bplease,?\s|\bpls\s)(?:a\s)?" + EN_MANY + r"\s(?=[a-z])" + NOT_COUNTED),
    re.compile(r"\b" + EN_MANY + r"\s(?:[a-z-]+\s){0,2}(?:books|novels|titles|stories)\b"),
    re.compile(JA + r"\s?(?:作品|作|冊|つ|本|個|タイトル)?\s?(?:だけ|のみ)"),
    re.compile(
        JA
        + r"\s?(?:作品|作|冊|つ|本|個|タイトル)\s?(?:ほど|くらい|ぐらい)?(?:を)?\s?(?:まとめて)?"
        + r"(?:教え|おすすめ|オススメ|お勧め|紹介|選ん|お願い|挙げ|ください|下さい|頼む)"
    ),
    re.compile(JA + r"\s?(?:作品|作|冊|つ|本|個)(?:ほど|くらい|ぐらい)?" + JA_END),
    re.compile(r"(?:もう|あと)" + JA + r"\s?(?:作品|作|冊|つ|本|個)"),
    re.compile(r"(一つ|ひとつ|1つ|一冊|1冊|一作|1作)(?=$|[。!\n]|で[。!\n]?$)"),
]
MAX_COUNT = 10


@dataclass(slots=True)
class Bounds:
    """Limits a text sets; None where it says nothing. `places` are the parts of the text they were read from."""

    min_volumes: int | None = None
    max_volumes: int | None = None
    min_year: int | None = None
    max_year: int | None = None
    count: int | None = None
    places: list | None = None
    where: dict | None = None  # name of a limit to the part of the text it was read from
    guessed: set | None = None  # names of limits read from words ("short", "recent") and not from a number


def _number(text):
    if text in NUMBERS:
        return NUMBERS[text]
    digits = re.match(r"\d+", text)
    return int(digits.group()) if digits else 1


COMPILED = {
    name: [(re.compile(pattern), what, add) for pattern, what, add in table]
    for name, table in (("volumes", VOLUMES), ("lengths", LENGTHS), ("years", YEARS))
}


# Without one of these no pattern above can fit, and most asks have none.
COUNTS_VOLUMES = re.compile(r"[권巻冊]|vol|book|tome|novels long")
DATES = re.compile(
    r"\d|year|decade|eighties|nineties|年|(?:최근|지난)|올해|금년|작년|지난해|おととし|昭和|平成|令和|제로년대|[한두세네섯일곱덟홉열십]\s?년"
)


def bounds(text, newest, this_year):
    """The `Bounds` that `text` (lower case, NFKC) sets. `newest` is the latest year on the shelf."""
    found = Bounds(places=[], where={}, guessed=set())
    text = _years(text, found, newest, this_year)
    text = _volumes(text, found)
    for pattern in COUNTS:
        if match := pattern.search(text):
            count = _number(next(group for group in match.groups() if group))
            if 1 <= count <= MAX_COUNT:
                found.count = count
                found.places.append(match.span())
                break
    return found


def _take(text, match, found, *names, guessed=False):
    """`text` with what was understood struck out, so that it is not read twice."""
    found.places.append(match.span())
    found.where |= dict.fromkeys(names, match.span())
    if guessed:
        found.guessed.update(names)
    return text[: match.start()] + "\0" * (match.end() - match.start()) + text[match.end() :]


def _is_refused(text, match):
    return bool(REFUSED_BEFORE.search(text, 0, match.start()) or REFUSED_AFTER.match(text, match.end()))


def _is_progress(text, match):
    """Whether the volumes are those a reader has read so far: "3권까지 읽었는데", "read about 3 volumes"."""
    return bool(SO_FAR_BEFORE.search(text, 0, match.start()) or SO_FAR_AFTER.match(text, match.end()))


def _other_way(low, high):
    """What is left when all from `low` to `high` is refused: (None, None) where that is no one stretch."""
    if low is not None and high is not None:
        return None, None
    return (high + 1, None) if low is None else (None, low - 1)


def _bind(text, match, span, found, what, *, guessed=False):
    """Take the bounds (lowest, highest) `span` of `what`, the other way round where they are refused."""
    low, high = _other_way(*span) if _is_refused(text, match) else span
    names = [f"{side}_{what}" for side, value in (("min", low), ("max", high)) if value is not None]
    for name, value in (("min", low), ("max", high)):
        if value is not None and getattr(found, f"{name}_{what}") is None:
            setattr(found, f"{name}_{what}", value)
    return _take(text, match, found, *names, guessed=guessed)


def _volumes(text, found):
    for pattern, what, add in COMPILED["volumes"] if COUNTS_VOLUMES.search(text) else ():
        if not (match := pattern.search(text)) or _is_progress(text, match):
            continue
        if span := _span_of_volumes(what, match, add):
            text = _bind(text, match, span, found, "volumes")
    if found.min_volumes is None and found.max_volumes is None:
        for pattern, what, number in COMPILED["lengths"]:
            if match := pattern.search(text):
                setattr(found, f"{what}_volumes", number)
                return _take(text, match, found, f"{what}_volumes", guessed=number in (SHORT, LONG))
    return text


def _span_of_volumes(what, match, add):
    """(fewest, most) volumes, None where open; None where the number counts no volumes."""
    numbers = [_number(group) + add for group in match.groups() if group]
    if not all(0 < number < 200 for number in numbers):
        return None
    if what == "between":
        return (min(numbers) if min(numbers) > 1 else None), max(numbers)
    if what == "inside":
        return min(numbers) + 1, max(numbers) - 1
    return (numbers[0], None) if what == "min" else (None, numbers[0])


def _years(text, found, newest, this_year):
    for pattern, what, add in COMPILED["years"] if DATES.search(text) else ():
        if (match := pattern.search(text)) and (span := _span_of_years(what, match, add, this_year)):
            text = _bind(text, match, span, found, "year")
    if found.min_year is None and found.max_year is None:
        if (match := RECENT_WORDS.search(text)) and not NOT_RECENT.search(text):
            return _bind(text, match, (newest - RECENT, None), found, "year", guessed=True)
        if match := OLD_WORDS.search(text):
            return _bind(text, match, (None, newest - OLD), found, "year", guessed=True)
    return text


def _span_of_years(what, match, add, this_year):
    """(first, last) year, None where open; None where the number is no year."""
    said = match.groupdict()
    if what in SPANS:
        return SPANS[what](said.get("ago") or said.get("ago2") or said.get("era"), this_year)
    numbers = [_number(group) for group in match.groups() if group and group != said.get("part")]
    if what == "last":
        return this_year - numbers[0], None
    if what == "age":
        return None, this_year - numbers[0] + add
    if what.endswith(" decade"):
        start = _century(numbers[0])
        return {"before": (None, start - 1), "since": (start, None), "after": (start + 10, None)}[what.split()[0]]
    if what.startswith("decade"):
        starts = [_century(number) for number in numbers]
        first, last = PARTS.get(said.get("part"), (0, 9))
        return min(starts) + first, max(starts) + last
    if not all(1970 <= number <= 2100 for number in numbers):
        return None
    if what in ("between", "exact"):
        return min(numbers), max(numbers)
    return (numbers[0] + add, None) if what == "min" else (None, numbers[0] + add)


SPANS = {
    "era": lambda said, this_year: ERAS[said],
    "since": lambda said, this_year: (this_year - AGES[said], None),
    "then": lambda said, this_year: (this_year - AGES[said], this_year - AGES[said]),
}


def _century(decade):
    if decade >= 100:
        return decade
    return decade + (1900 if decade >= 70 else 2000)
