"""Titles in running text without any quotes, where the sentence says that they are books."""

import re

from .generic_words import CJK, is_generic
from .named import Named, keys_of
from .title_cues import ENGLISH, JAPANESE, KOREAN
from .title_sense import is_feature, is_label_like

MAX_TITLE_LENGTH = 60
CLAUSE = re.compile(r"[^\n。.!?！？…,]{4,200}")
DRESSED = re.compile(r"[『《「〈“”‘\"*\[\]|<>`【_]")
KOREAN_OFFER = re.compile(
    r"(?P<name>\S.{2,58}?)(?:을|를|도|은|는)[ ](?:(?:꼭|특히|한번|한 번|먼저|적극|강력히?|함께|같이|더)[ ]){0,2}"
    r"(?:추천(?:합|해|드|할)|권(?:해|합|하고|할)|읽어 ?보(?:세|시|길)|읽으(?:세|시))"
)
KOREAN_IS = re.compile(
    r"(?:번째|추천|마지막|다음)(?:[ ](?:책|작품|추천))?[은는][ ](?P<name>\S.{2,58}?)(?:입니다|이에요|예요)"
    r"|(?P<asked>\S.{2,58}?)(?:은|는|도)?[,]?[ ](?:어떠세|어떠신|어떨까|어때)"
)
KOREAN_CALLED = re.compile(r"(?P<name>\S.{2,58}?)(?:이)?라는 (?:책|작품|소설|라노벨|라이트노벨|시리즈)")
# Behind these a title may begin: who it is for, when, what was said before.
KOREAN_LEAD = re.compile(
    r".*(?:[다라으하]면|[께은는]|에게|으로|[에도]는|지만|니까|해서|그리고|혹시|또|바로|특히|저는|제가)[ ]"
)
JAPANESE_INTRO = re.compile(
    r"(?:もう(?:一つ|一冊|ひとつ|一作)|次|最後|まず|一つ目|二つ目|三つ目|[一二三]冊目|[123]冊目|[123]つ目|イチオシ|おすすめ(?:したいの)?|一番|"
    r"お薦め|ご紹介したいの)(?:に|は)(?:、|は、?)?"
)
JAPANESE_OFFER = re.compile(
    r"(?P<name>\S[^、]{3,50}?)(?:(?:という|と題した)(?:作品|小説|本|ラノベ|ライトノベル|シリーズ)"
    r"|を(?:ぜひ|特に|まず)?(?:おすすめ|オススメ|お薦め|お勧め|推薦)|(?:は|も)(?:いかが|おすすめ|オススメ))"
)
JAPANESE_LEAD = re.compile(
    r".*(?:には|なら|たら|れば|ので|では|方に|人に|から|または|さらに|そして|また、?|私は|ほかに(?:は|も)?|他に(?:は|も)?|今回は|今日は|特に)"
)
JAPANESE_WORD = re.compile(r"[うくすつるいただ]$|(?:もの|物|系|方|人|こと|作|冊|ところ|感じ|さ|集|話|編)$|を")
ENGLISH_RUN = (
    r"(?P<name>[A-Z][\w'’-]*+"
    r"(?:(?:[ ](?:a|an|the|of|in|on|to|for|with|at|by|from|and|or|as|is|into|my|your|no|vs\.?))*+"
    r"[ ][A-Z0-9][\w'’-]*+){1,12}+)"
)
ENGLISH_OFFER = re.compile(
    rf"\b(?:recommend|suggest|[Tt]ry|[Rr]ead|miss|pick up|[Cc]heck out|[Ss]tart with|[Cc]onsider|go with"
    rf"|[Hh]ow about|love|enjoy|adore|[Aa]nother(?:[ ](?:one|pick|option|choice|favou?rite))?[ ]is|[Nn]ext[ ]is"
    rf"|(?:first|second|third|last|top)[ ](?:pick|one|choice)[ ]is|[Tt]here(?:'s|’s|[ ]is)[ ]also)[ ]"
    rf"(?:(?:also|reading|out|picking up|maybe)[ ]){{0,2}}{ENGLISH_RUN}"
)
ENGLISH_CALLED = re.compile(rf"\b(?:novel|book|series|story|title)[ ](?:called|titled|named)[ ]{ENGLISH_RUN}")
ENGLISH_APPOSED = re.compile(
    rf"(?:,[ ](?:an?|the)[ ](?:[\w'-]+[ ]){{0,5}}?(?:{ENGLISH.kinds})\b|[ ]by[ ][A-Z]|[ ]\(\d{{4}})"
)
SMALL_WORDS = frozenset("a an the of in on to for with at by from as is into my your no".split())
KINDS = re.compile(
    rf"(?:{KOREAN.kinds}|{JAPANESE.kinds}|쪽|편|것|거|걸|이야기|스토리|물|번째|세계|코미디|러브코미디|연애|노벨|만화|애니"
    r"|도서|순서|권|가지|작|들|순|일상|여행|모험|世界|異世界|恋愛|日常|学園|ラブコメ|もの|旅|冒険|アニメ|漫画)$"
)


def bare_titles(text):
    """Yield a Named for each title that a sentence of `text` names without quotes."""
    for clause in CLAUSE.finditer(text):
        yield from _in_clause(text, clause.start(), clause.end())
    for pattern in (ENGLISH_OFFER, ENGLISH_CALLED):
        for match in pattern.finditer(text):
            yield _in_english(text, match, called=pattern is ENGLISH_CALLED)
    for match in JAPANESE_INTRO.finditer(text):
        yield from _behind_intro(text, match)


def _in_english(text, match, called):
    name = re.split(r"[ ]by[ ](?=[A-Z]\w+[ ][A-Z]\w+$)", match["name"])[0]
    words = name.split()
    counting = [word for word in words if word.lower() not in SMALL_WORDS]
    several = "and" in words or "or" in words  # one title, or two of which each may be known
    plain = len(counting) < 4 and len(counting) == len(words)
    apposed = ENGLISH_APPOSED.match(text, match.start("name") + len(name))
    claim = not several and len(counting) > 1 and (called or bool(apposed) or not plain) and not is_generic(name)
    return Named(match.start("name"), match.start("name") + len(name), name, claim=claim, keys=keys_of(name))


def _in_clause(text, start, end):
    clause = text[start:end]
    if not CJK.search(clause):
        return
    for pattern, lead in (
        (KOREAN_OFFER, KOREAN_LEAD),
        (KOREAN_CALLED, KOREAN_LEAD),
        (KOREAN_IS, KOREAN_LEAD),
        (JAPANESE_OFFER, JAPANESE_LEAD),
    ):
        if not (match := pattern.search(clause)):
            continue
        group = "asked" if match.groupdict().get("asked") else "name"
        name, place = match[group], match.start(group)
        whole = name
        if re.search("[~～〜]", name):
            pass  # a subtitle may be a whole sentence
        elif intro := JAPANESE_INTRO.match(name) or lead.match(name):
            place, name = place + intro.end(), name[intro.end() :]
        name, place = name.lstrip("、 "), place + len(name) - len(name.lstrip("、 "))
        if _may_be_title(name):
            at = start + place
            yield Named(at, at + len(name), name, keys=tuple(dict.fromkeys((*keys_of(whole), *keys_of(name)))))


def _behind_intro(text, intro):
    """ "もう一つは、…です。": what is introduced as one more."""
    match = re.compile(
        r"(?P<name>[^\n。、！？!?]{4,50}?)(?:です|でしょうか|はいかが|をおすすめ)(?=[。、！!？?\n]|$)"
    ).match(text, intro.end())
    if match and _may_be_title(match["name"]):
        yield Named(match.start("name"), match.end("name"), match["name"], keys=keys_of(match["name"]))


def _may_be_title(name):
    if len(name) < 5 or len(name) > MAX_TITLE_LENGTH or DRESSED.search(name) or name != name.strip():
        return False
    if re.search(r"(?:^|\s)[-–—:]|[-–—:]$|(?:니다|[요죠])[ ]", name):
        return False
    if is_generic(name) or is_feature(name) or is_label_like(name) or KINDS.search(name):
        return False
    if re.search("[가-힣]", name):
        return " " in name and not re.match(r"(?:이|그|저|이런|그런|두|세|위|아래|다음|먼저|우선|오늘은|첫) ", name)
    return (
        not JAPANESE_WORD.search(name)
        and not re.match("[このそのあの以下次]{2}", name)
        and CJK.search(name) is not None
    )
