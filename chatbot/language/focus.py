"""Asks that are not for a recommendation: a greeting, thanks, who she is, a fact about a work, another trade's work."""

import re

from ..text.folding import fold, key

GREETING = re.compile(
    r"안녕(?:하세요|하십니까|히 ?계세요|히)?|하이|헬로우?|여보세요|반가워요?|반갑습니다|처음 ?뵙겠습니다|좋은 ?(?:아침|저녁|밤)(?:이에요|입니다)?"
    r"|\b(?:hi|hello|hey|heya|greetings|good (?:morning|evening|afternoon)|howdy|there|librarian)\b"
    r"|こんにち[はわ]|こんばん[はわ]|おはよう(?:ございます)?|はじめまして|初めまして|もしもし|やあ|どうも"
    r"|사서님?|司書さん"
)
THANKS = re.compile(
    r"(?:정말|너무|진짜|많이)? ?(?:고마워요?|고맙습니다|고맙네요?|감사해요?|감사합니다|감사드려요|땡큐|ㄱㅅ|ㄳ)"
    r"|\b(?:thanks?(?: you| a lot| so much)?|thank you|thx|ty|cheers|much appreciated|very much|so much|a lot)\b"
    r"|(?:本当に|どうも)?(?:ありがとう(?:ございます|ございました)?|サンキュー|感謝(?:します|です)?|助かりました|助かる)"
)
FILLER = re.compile(
    r"[ㅋㅎㅠㅜ]+|요즘|네|넵|응|와|오|아|잘 ?볼게요?|잘 ?읽을게요?|\b(?:oh|ok|okay|great|wow|yes)\b|はい|うん|わあ|とても"
)
ABOUT = re.compile(
    r"(?:너|넌|너는|당신은?|그쪽은?|사서님은?)\s?(?:대체 |도대체 )?(?:누구|뭐야|뭐니|사람이|로봇|ai|인공지능|진짜 사람)|^누구(?:세요|시죠|야|예요)|이름이 ?뭐|자기 ?소개"
    r"|(?:뭘|무엇을|뭐) ?할 수 있"
    r"|\b(?:who|what) are you\b|\bare you (?:a |an )?(?:human|person|robot|bot|real|ai)\b|your name\b|what can you do"
    r"|あなたは(?:誰|だれ|何|人間|ai)|君は(?:誰|だれ|何)|誰ですか|お名前は|名前は何|自己紹介|人間ですか|何ができ"
)
# What the thing itself is, and no work of it.
GENERAL = re.compile(
    r"(?:라이트 ?노벨|라노벨)(?:이란|이|은|이라는 ?건|란)? ?(?:게 |건 )?(?:뭐|무엇|어떤 ?(?:거|건|책)|뭔)"
    r"|what(?:'s| is| are| exactly is)? (?:a )?light novels?\b(?! (?:do|should|would|can))"
    r"|(?:ライトノベル|ラノベ)(?:って|とは|というのは)(?:何|なに|どんな(?:もの|本)|どういう|[?？。\\s]*$)"
)
ELSEWHERE = re.compile(
    r"날씨|기온|파이썬|자바스크립트|코드 ?(?:짜|작성)|코딩|프로그래밍|주식|환율|비트코인|번역해|계산해|수학 ?문제|숙제|뉴스|맛집|레시피|길 ?찾|대통령|운세|로또"
    r"|\b(?:weather|forecast|python|javascript|write (?:me )?(?:a |some )?code|coding|stocks?|bitcoin|translate|homework|news|recipe|president"
    r"|horoscope|calculate)\b"
    r"|天気|気温|プログラミング|プログラム|コードを|株価|為替|翻訳して|計算して|宿題|ニュース|レシピ|占い|大統領|総理"
)
DISTRESS = re.compile(
    r"(?:죽고|죽어 ?버리고) ?싶(?:어요?(?!\s?하)|다|네요?|습니다|은 (?:기분|마음|생각))|살고 ?싶지 ?않(?:아|습|다)|살기 ?싫(?:어|다|네)|자살(?:하고 ?싶|할 ?거|하려고)|자해(?:하고 ?싶|했어)"
    r"|\b(?:i (?:just )?(?:want|wanna|wish) (?:to )?(?:die|be dead|kill myself|end my life)|kill(?:ing)? myself|i(?:'m| am) suicidal|hurt(?:ing)? myself)\b"
    r"|死にたい(?!と)|自殺したい|消えてしまいたい|生きていたくない|リストカットし"
)
# An ask for books, whatever else it holds.
FOR_BOOKS = re.compile(
    r"추천|비슷|같은 ?(?:거|것|책|작품|느낌|소설|라노벨|이야기)|처럼|말고|찾아|찾고|읽고 ?싶|골라|볼만한|읽을 ?만|좋아해|재밌게|재미있게"
    r"|recommend|suggest|similar|something|anything|books? like|novels? like|like (?:it|that|this)|looking for|want to read|loved|enjoyed"
    r"|おすすめ|オススメ|お勧め|みたい|似た|似て|ような|探して|読みたい|選んで|面白かった|好き"
)
# What is asked of a work, the most particular first.
FACTS = {
    "edition": r"정발|한국어판|한국어로|번역(?:본|판|됐|되었|돼)|영어판|영어로|korean edition|english edition|in english|in korean|translated|licensed"
    r"|英語版|韓国語版|翻訳され",
    "author": r"작가|누가 ?썼|누가 ?쓴|쓴 ?사람|지은이|저자|\bwho wrote|\bwho(?:'s| is) the author|\bauthor\b|written by|作者|著者|誰が書",
    "anime": r"애니(?:메이션)?(?:화|로|도|가|는)? ?(?:있|나왔|됐|되었|돼)|애니화|an? anime\b|anime adaptation|アニメ化|アニメはあ|アニメに",
    "year": r"언제 ?(?:나온|나왔|출간|시작|발매)|몇 ?년(?:도)?에|출간 ?(?:일|년도|연도)|what year|when (?:did|was|were)|first published|いつ(?:出|発売|刊行|始ま)|何年",
    "volumes": r"몇 ?권|권수|총 ?권|완결 ?(?:났|됐|되었|난|된|인가|이야|이에요|인지|했)|완결이?야|끝났|끝난|연재 ?중(?:이야|인가|이에요|인지|이니)"
    r"|how many (?:volumes|books)|how long is|is (?:it|.{1,60}) (?:finished|complete|completed|over|ongoing)|has .{1,60} (?:ended|finished)"
    r"|何巻|何冊|完結して(?:い)?(?:る|ます)|完結した|終わって(?:い)?(?:る|ます)|終わった|連載中です",
    "plot": r"어떤 ?(?:내용|이야기|작품|책|소설)|무슨 ?(?:내용|이야기|작품|책|소설)|줄거리|내용(?:이|은)? ?(?:뭐|알려|어때|궁금)|소개해|에 ?대해"
    r"|what is .{1,80} about|what's .{1,80} about|tell me about|plot of|synopsis|summary of"
    r"|どんな(?:話|内容|物語|作品|本|お話|小説)|あらすじ|について教え|内容を",
}
FACTS = {kind: re.compile(pattern) for kind, pattern in FACTS.items()}
QUESTION = re.compile(
    r"[?？]|몇 |몇권|누구|누가|언제|어떤|무슨|뭐|있어|있나|있니|됐어|됐나|났어|났나|왔어|왔나|알려|궁금|소개|작가|줄거리|내용"
    r"|\b(?:who|what|when|how|is|are|was|has|does|did|tell)\b|ですか|ますか|何|誰|いつ|どんな|教えて|あらすじ|作者"
)
MAX_SUBJECTS = 5
# Which of the works offered last is meant: by its place, or only "that one".
PLACES = (
    r"첫 ?번째|첫째|(?<!\d)1 ?번|처음 ?(?:거|것|책|작품)|\b(?:first|1st) (?:one|book|title|pick|novel)|(?:一|1|１)(?:番目|つ目|冊目)|最初の",
    r"두 ?번째|둘째|(?<!\d)2 ?번|\b(?:second|2nd) (?:one|book|title|pick|novel)|(?:二|2|２)(?:番目|つ目|冊目)",
    r"세 ?번째|셋째|(?<!\d)3 ?번|\b(?:third|3rd) (?:one|book|title|pick|novel)|(?:三|3|３)(?:番目|つ目|冊目)",
    r"네 ?번째|넷째|(?<!\d)4 ?번|\b(?:fourth|4th) (?:one|book|title|pick|novel)|(?:四|4|４)(?:番目|つ目|冊目)",
    r"다섯 ?번째|(?<!\d)5 ?번|\b(?:fifth|5th) (?:one|book|title|pick|novel)|(?:五|5|５)(?:番目|つ目|冊目)",
)
PLACES = tuple(map(re.compile, PLACES))
LAST_PLACE = re.compile(r"마지막 ?(?:거|것|책|작품)|\blast (?:one|book|title|pick|novel)|最後の")
THAT_ONE = re.compile(
    r"(?:그|이|저|방금) ?(?:책|작품|소설|라노벨|거|건|게|것)|방금|\b(?:that|this) (?:one|book|title|novel|series)|\b(?:is|does|has|was) it\b"
    r"|(?:その|この|さっきの)(?:本|作品|小説|ラノベ)|それ[はって]"
)
AFTER_A_NAME = "은|는|이|가|의|을|를|도|랑|は|が|の|って"
KOREAN, ENGLISH = re.compile(r"한국|정발|korean|韓国"), re.compile(r"영어|english|英語")


def is_only(pattern, ask):
    """Whether `ask` holds what `pattern` matches and, fillers aside, next to nothing else."""
    text = ask.lower().replace("’", "'")
    rest = FILLER.sub(" ", pattern.sub(" ", text))
    return bool(pattern.search(text)) and len(key(rest)) <= 2


def is_distress(ask):
    """Whether the reader speaks of ending their own life, and not of a book in which somebody does."""
    return bool(DISTRESS.search(ask.lower()))


def is_thanks(ask):
    return is_only(THANKS, ask)


def is_greeting(ask):
    return is_only(GREETING, ask)


def is_about_her(ask):
    return len(ask) <= 60 and bool(ABOUT.search(ask.lower()))


def is_general(ask):
    """Whether the ask is what a light novel is."""
    return len(ask) <= 60 and bool(GENERAL.search(ask.lower().replace("’", "'")))


def is_for_another_trade(ask):
    return bool(ELSEWHERE.search(ask.lower()))


def is_talk(ask, wish, about):
    """Whether the words want an answer and no books: a greeting, thanks, a question about her, or `about` works."""
    if is_distress(ask) or about:
        return True
    if FOR_BOOKS.search(ask.lower().replace("’", "'")):
        return False
    is_question = is_about_her(ask) or is_general(ask) or (wish.is_vague and is_for_another_trade(ask))
    return is_thanks(ask) or is_greeting(ask) or is_question


def works_asked_about(ask, catalogue, wish, last_picks):
    """The works on the shelf whose facts `ask` wants to know: the one it names, or the one of those offered last
    (`last_picks`, slugs in their order) that it points at; all of these where it only says "that one"."""
    if wish.unknown_titles or not fact_of(ask):
        return []
    # "The third one" is a place before it is a title.
    named = ask.lower()
    for place in (*PLACES, LAST_PLACE):
        named = place.sub(" ", named)
    if work := work_in(named, catalogue, wish.names_works):
        return [work]
    return [catalogue.by_slug[slug] for slug in pointed_at(ask, last_picks) if slug in catalogue.by_slug]


def pointed_at(ask, last_picks):
    """The slugs among `last_picks` that `ask` points at by their place, or by "that one"."""
    text = ask.lower()
    if LAST_PLACE.search(text):
        return last_picks[-1:]
    places = [place for place, pattern in enumerate(PLACES) if pattern.search(text)]
    if places:
        return [last_picks[place] for place in places if place < len(last_picks)]
    return last_picks[:MAX_SUBJECTS] if THAT_ONE.search(text) else []


def fact_of(ask):
    """What `ask` wants to know of a work (a key of FACTS), or None where it asks for books."""
    text = ask.lower().replace("’", "'")
    if len(text) > 120 or FOR_BOOKS.search(text) or not QUESTION.search(text):
        return None
    return next((kind for kind, pattern in FACTS.items() if pattern.search(text)), None)


def edition_of(ask, default):
    """The language of the edition asked about."""
    text = ask.lower()
    return "ko" if KOREAN.search(text) else "en" if ENGLISH.search(text) else default


def work_in(ask, catalogue, known):
    """The one work `ask` names: the longest name found in it, or None.

    `known`: slugs already recognised there; only for these may the name be short.
    """
    text, folded = key(ask), fold(ask)
    best, length = None, 0
    for name, works in catalogue.by_key.items():
        if len(name) <= length or name not in text:
            continue
        work = next((one for one in works if one.slug in known), works[0])
        if work.slug in known or (len(name) >= 4 and not name.isascii()) or _stands_alone(name, folded):
            best, length = work, len(name)
    return best


def _stands_alone(name, folded):
    """Whether a name stands in the ask as words of its own, at most with a particle after it."""
    if len(name) < 2:
        return False
    spaced = r"[\W_]*".join(map(re.escape, name))
    return bool(re.search(rf"(?<!\w){spaced}(?:{AFTER_A_NAME})?(?!\w)", folded))
