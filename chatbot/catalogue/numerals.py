"""Numbers that readers give in words or digits: volumes, years and how many picks. Three languages at once."""

import re
from dataclasses import dataclass

KOREAN = {
    "한": 1, "하나": 1, "두": 2, "둘": 2, "세": 3, "셋": 3, "네": 4, "넷": 4, "다섯": 5, "여섯": 6, "일곱": 7,
    "여덟": 8, "아홉": 9, "열": 10, "열다섯": 15, "스무": 20, "스물": 20, "십": 10, "십오": 15, "이십": 20,
    "삼십": 30, "두어": 2, "두세": 3, "서너": 4, "너댓": 5, "대여섯": 6,
}  # fmt: skip
ENGLISH = {
    "a": 1, "one": 1, "single": 1, "two": 2, "couple": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "dozen": 12, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
}  # fmt: skip
JAPANESE = {
    "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "十五": 15,
    "二十": 20, "三十": 30, "ひと": 1, "ふた": 2, "みっ": 3, "よっ": 4, "いつ": 5,
}  # fmt: skip
NUMBERS = KOREAN | ENGLISH | JAPANESE
# Longest first, so that 열다섯 is not read as 열.
KO = r"(\d{1,4}|(?<![가-힣])(?:" + "|".join(sorted(KOREAN, key=len, reverse=True)) + "))"
EN = r"(\d{1,4}|" + "|".join(sorted((w for w in ENGLISH if w != "a"), key=len, reverse=True)) + ")"
JA = r"(\d{1,4}|" + "|".join(sorted(JAPANESE, key=len, reverse=True)) + ")"

SHORT, LONG = 5, 10  # volumes: what "short" and "long" mean where no number is given
RECENT = 4  # years before the newest work that still count as recent
OLD = 15  # years before the newest work from which a work counts as old

# How many, not which one: "I want one with dragons" asks for no single book.
EN_MANY = r"(\d{1,2}|" + "|".join(w for w in ENGLISH if w not in ("a", "one", "single", "couple")) + r"|couple(?= of))"
NOT_COUNTED = (
    r"(?![\s-]*(?:volume|vol|vols|year|season|star|girl|boy|guy|hero|heroine|people|person|protagonist|character|sister|"
    r"brother|sibling|lover|friend|world|live|lives|kid|child|wives|main|or (?:less|more|fewer)|\d|%))"
)
EN_UNIT = r"[\s-]*(?:volumes?|vols?\.?|books?|tomes?|novels long)"
KO_REFUSAL = (
    r"(?=[^.!?\n,]{0,14}(?:부담|싫|말고|않|빼|별로|힘들|제외|ㄴㄴ|지쳐|무리|안\s?읽|못\s?읽|너무|안\s?돼|피하))"
)
JA_REFUSAL = r"(?=[^。！？\n、]{0,14}(?:苦手|嫌|きつ|つらい|無理|避け|なし|ない|以外|除|しんどい|ちょっと))"

# (pattern, what its number bounds, what to add to it). The first that fits a place wins.
VOLUMES = [
    # Korean
    (KO + r"\s?권(?:이|을|은|도)?\s?(?:안|못)\s?(?:넘|되)", "max", 0),
    (KO + r"\s?권(?:이|을|은|도|을)?\s?(?:넘지|넘어가지|초과하지)\s?(?:는\s?)?(?:않|말|마|못)", "max", 0),
    (KO + r"\s?권(?:이|을|은|도)?\s?(?:넘|초과)" + KO_REFUSAL, "max", 0),
    (KO + r"\s?권\s?(?:이상|보다\s?(?:길|긴|많))" + KO_REFUSAL, "max", -1),
    (KO + r"\s?권\s?(?:이하|이내|까지|안쪽|안으로|안에|내로|내외)", "max", 0),
    (KO + r"\s?권\s?(?:정도|쯤)?\s?(?:미만|보다\s?(?:짧|적)|아래|밑)", "max", -1),
    (KO + r"\s?권(?:이|을|은)?\s?(?:넘|초과|보다\s?(?:길|긴|많))", "min", 1),
    (KO + r"\s?권\s?(?:이상|부터)", "min", 0),
    (KO + r"\s?권\s?(?:정도|쯤)?(?:으로|에서)?\s?(?:완결|짜리|끝나|분량|정도|쯤)", "max", 0),
    # English
    (r"(?:no|not|nothing|isn't)\s(?:more|longer|over)\s?(?:than)?\s" + EN + EN_UNIT, "max", 0),
    (r"(?:nothing|not|isn't|don't want[^.,]{0,12})\s(?:over|above|beyond)\s" + EN + EN_UNIT, "max", 0),
    (r"(?:under|below|less than|fewer than|shorter than)\s" + EN + EN_UNIT, "max", -1),
    (r"(?:at most|up to|max(?:imum)?(?: of)?|within|only|no more than|<=|≤)\s?" + EN + EN_UNIT, "max", 0),
    (EN + EN_UNIT + r"\s(?:or (?:less|fewer|under|shorter)|at most|tops|max)", "max", 0),
    (r"(?:over|more than|longer than|above)\s" + EN + EN_UNIT + r"(?=\s(?:is|are|feels)\s(?:too|a bit))", "max", 0),
    (r"(?:at least|min(?:imum)?(?: of)?|>=|≥)\s?" + EN + EN_UNIT, "min", 0),
    (r"(?:over|more than|longer than|above)\s" + EN + EN_UNIT, "min", 1),
    (EN + r"\+" + EN_UNIT, "min", 0),
    (EN + EN_UNIT + r"\s(?:or more|or longer|at least|minimum|plus)", "min", 0),
    (r"\d{1,2}\s?(?:-|–|to|or)\s?" + EN + EN_UNIT, "max", 0),
    (r"\b(?:in|is|are|about|around)\s" + EN + EN_UNIT, "max", 0),
    # Japanese
    (JA + r"\s?巻(?:以上|を?超え|より(?:長|多))" + JA_REFUSAL, "max", 0),
    (
        JA
        + r"\s?(?:巻|冊)\s?(?:くらい|ぐらい|程度|ほど)?(?:まで|以内|以下|で完結|完結|で終わ|で読み切|で読める|に収まる)",
        "max",
        0,
    ),
    (JA + r"\s?(?:巻|冊)\s?(?:くらい|程度)?(?:未満|より短|より少な)", "max", -1),
    (JA + r"\s?(?:巻|冊)以上", "min", 0),
    (JA + r"\s?巻(?:を?超え|より(?:長|多))", "min", 1),
    (JA + r"\s?(?:巻|冊)(?:くらい|ぐらい|程度|ほど)", "max", 0),
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
    (r"\btrilogy\b|삼부작|三部作", "max", 3),
    (
        r"(?:너무|넘|많이)\s?(?:길|긴)|길지\s?않|안\s?긴|긴\s?(?:건|거|것|시리즈)[^.,!?\n]{0,6}(?:싫|말고|부담|별로|힘들)",
        "max",
        LONG,
    ),
    (r"(?:not|isn't|nothing)\s(?:too |that |so )?long\b", "max", LONG),
    (r"長すぎ|長くない|長いのは(?:苦手|嫌|ちょっと|つらい)", "max", LONG),
    (r"짧은|짧고|짧게|짤막|\b(?:short|shorter|quick read)\b|短い|短め|短く|短編|サクッと|さくっと", "max", SHORT),
    (
        r"장편|오래 ?읽을|긴\s?(?:거|것|걸로|시리즈|작품|이야기)|\blong(?:er)?[- ](?:series|one|ones|running|read|story)\b",
        "min",
        LONG,
    ),
    (r"長編|長い(?:もの|の|シリーズ|作品|話)|長く(?:楽しめ|読め)", "min", LONG),
]
KO_YEAR, JA_YEAR = r"(\d{4})\s?년(?:도)?\s?", r"(\d{4})\s?年\s?"
YEARS = [
    (r"(\d{4})\s?(?:년|年)?\s?(?:-|–|~|～|에서|부터|から|to|and)\s?(\d{4})", "between", 0),
    (KO_YEAR + r"(?:이후|부터|이상|넘어|지나|후)", "min", 0),
    (KO_YEAR + r"(?:이전|전|보다 (?:오래|이전|먼저))", "max", -1),
    (KO_YEAR + r"(?:까지|이하)", "max", 0),
    (r"\b(?:since|from|starting(?: in| from)?|as of)\s(\d{4})(?!s)", "min", 0),
    (r"\b(?:after|post|later than|newer than|past)[\s-](\d{4})(?!s)", "min", 1),
    (r"(\d{4})\s(?:or|and)\s(?:later|newer|after|onwards?|up|above)|(\d{4})\s?(?:onwards?|\+)", "min", 0),
    (r"\b(?:before|pre|prior to|older than|earlier than)[\s-](\d{4})(?!s)", "max", -1),
    (r"\b(?:until|up to|by|no later than)\s(\d{4})(?!s)|(\d{4})\s(?:or|and)\s(?:earlier|older|before)", "max", 0),
    (JA_YEAR + r"(?:以降|以後|から|より後|よりあと)", "min", 0),
    (JA_YEAR + r"(?:以前|より前|よりまえ|前)", "max", -1),
    (JA_YEAR + r"(?:まで|以下)", "max", 0),
    (r"(?:최근|지난|ここ|この|\b(?:last|past|recent))\s?" + r"(\d{1,2}|five|ten)\s?(?:년|年|years?)", "last", 0),
    (r"(?<!\d)((?:19|20)?\d0)\s?(?:년대|年代|'?s\b)", "decade", 0),
    (r"(\d{4})\s?(?:년|年)(?:에|작|도|の|に|発|刊)|\bin\s(\d{4})\b", "exact", 0),
]
RECENT_WORDS = re.compile(
    r"최신|신작|최근작|새로 나온|더 최근|최근 ?(?:걸|거|것)|최근(?:에)? (?:나온|출간|시작|출시|작품)|요즘 (?:나온|나오는|작품|거|것|유행)|"
    r"\b(?:recent|more recent|newer|newest|latest|brand new|new (?:series|releases?|titles?|ones?|novels?|works?|light novels?))\b|"
    r"最新|新作|新しい|新しめ|最近(?:の|始|出)|近年|今どき"
)
# "I read it recently" says nothing about the year a work should be of.
NOT_RECENT = re.compile(
    r"\brecent(?:ly)? (?:read|reads|favou?rites?|watch)|최근(?:에)? 작품(?:은|을|으로)? ?(?:읽|봤)|最近の(?:気分|私|趣味)"
)
OLD_WORDS = re.compile(
    r"옛날|(?<![가-힣])고전(?![쟁투])|오래된|추억의|올드|\b(?:classics?|old[- ]school|older (?:series|works?|titles?|ones?)|vintage|retro)\b|"
    r"昔の|古い|古典|懐かし|往年|古め"
)
KO_END = r"(?=\s*(?:$|[.!?~,\n]|[ㄱ-ㅎ]|요(?:$|\W)|부탁|추천|플리즈|더(?:$|\W)|좀(?:$|\W)))"
JA_END = r"(?=\s*(?:$|[。、!?！？\n]|お願い|おねがい|頼|たの|よろしく|くれ|欲し|ほし|知り|教え|おしえ|だけ))"
COUNTS = [
    re.compile(r"(?<![가-힣])(하나|둘|셋)\s?만(?!화)|" + KO + r"\s?(?:개|작품|편|권|종|가지|질|시리즈)\s?만(?!화)"),
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
        + r"\s?(?:作品|作|冊|つ|本|個|タイトル)\s?(?:ほど|くらい|ぐらい)?(?:を)?\s?"
        + r"(?:教え|おすすめ|オススメ|お勧め|紹介|選ん|お願い|挙げ|ください|下さい|頼む)"
    ),
    re.compile(JA + r"\s?(?:作品|作|冊|つ|本|個)(?:ほど|くらい|ぐらい)?" + JA_END),
    re.compile(r"(?:もう|あと)" + JA + r"\s?(?:作品|作|冊|つ|本|個)"),
    re.compile(r"(一つ|ひとつ|1つ|一冊|1冊|一作|1作)(?=$|[。!\n]|で[。!\n]?$)"),
]
MOST = 10


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


def bounds(text, newest):
    """The `Bounds` that `text` (lower case, NFKC) sets. `newest` is the latest year on the shelf."""
    found = Bounds(places=[], where={}, guessed=set())
    text = _years(text, found, newest)
    text = _volumes(text, found)
    for pattern in COUNTS:
        if match := pattern.search(text):
            count = _number(next(group for group in match.groups() if group))
            if 1 <= count <= MOST:
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


def _volumes(text, found):
    for pattern, what, add in COMPILED["volumes"]:
        match = pattern.search(text)
        if match:
            number = _number(match[1]) + add
            if 0 < number < 200 and getattr(found, f"{what}_volumes") is None:
                setattr(found, f"{what}_volumes", number)
                text = _take(text, match, found, f"{what}_volumes")
    if found.min_volumes is None and found.max_volumes is None:
        for pattern, what, number in COMPILED["lengths"]:
            if match := pattern.search(text):
                setattr(found, f"{what}_volumes", number)
                return _take(text, match, found, f"{what}_volumes", guessed=number in (SHORT, LONG))
    return text


def _years(text, found, newest):
    for pattern, what, add in COMPILED["years"]:
        match = pattern.search(text)
        if not match:
            continue
        numbers = [_number(group) for group in match.groups() if group]
        low, high = _span_of_years(what, numbers, add, newest)
        if low is None and high is None:
            continue
        if low is not None and found.min_year is None:
            found.min_year = low
        if high is not None and found.max_year is None:
            found.max_year = high
        text = _take(text, match, found, "min_year", "max_year")
    if found.min_year is None and found.max_year is None:
        if (match := RECENT_WORDS.search(text)) and not NOT_RECENT.search(text):
            found.min_year = newest - RECENT
            return _take(text, match, found, "min_year", guessed=True)
        if match := OLD_WORDS.search(text):
            found.max_year = newest - OLD
            return _take(text, match, found, "max_year", guessed=True)
    return text


def _span_of_years(what, numbers, add, newest):
    """(first, last) year, None where open; both None where the number is no year."""
    if what == "last":
        return newest - numbers[0] + 1, None
    if what == "decade":
        start = numbers[0]
        if start < 100:
            start += 1900 if start >= 70 else 2000
        return start, start + 9
    if not all(1970 <= number <= 2100 for number in numbers):
        return None, None
    if what == "between":
        return min(numbers), max(numbers)
    if what == "exact":
        return numbers[0], numbers[0]
    return (numbers[0] + add, None) if what == "min" else (None, numbers[0] + add)
