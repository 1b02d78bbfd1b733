"""The reason of a pick as a sentence of its own: without what tied it to the mark or the title before it."""

import re

from ...text.particles import agreeing
from .heads import CLOSES, NOTE, OPENS, given_of
from .marks import EMOJI

REASON_WORD = (
    r"(?:추천[ \t]?(?:하는[ \t]?)?(?:이유|포인트|사유)|선정[ \t]?이유|이유|reasons?"
    r"|why(?:[ \t](?:it[ \t]fits|this|it|you(?:['’]ll|[ \t]will|[ \t]might)?[ \t](?:like|love|enjoy)[ \t]it))?"
    r"|(?:お?(?:すすめ|薦め|勧め)|推薦|選んだ|選定)(?:の|する)?(?:理由|ポイント)|理由|見どころ|見所|読みどころ"
    r"|(?:관전|감상|매력)[ \t]?포인트|볼거리|highlights?)"
)
PARTICLE = re.compile(
    r"(?:(?:을[(（]를[)）]|를[(（]을[)）]|은[(（]는[)）]|는[(（]은[)）]|이[(（]가[)）]|가[(（]이[)）]|와[(（]과[)）]|과[(（]와[)）]|[(（]으[)）]로|"
    r"이라는|라는|이에요|예요|입니다|이죠|이고|은|는|이|가|을|를|와|과|도|의|만|로|으로|부터|이?랑)(?=[ \t,.:!?·—\-]|$)"
    r"|[ \t]++(?:을[(（]를[)）]|은[(（]는[)）]|이[(（]가[)）]|는|은|를|을)(?=[ \t,]|$)|[ \t]++(?:입니다|이에요|예요)(?=[.,!])"
    r"|(?:です|でした|だ)(?=[。、.,\s]|$)|は(?!じめ|るか|っき|ず|や)|が(?!ん|っ|く)|を|も(?!う|の|っと|し|ち)|なら(?!ば|ん)"
    r"|['’]s(?=[ \t]))"
)
# What leads from the work to what is said of it, and says nothing itself.
LINK = re.compile(
    r"[ \t\u3000]*+(?:의[ \t]경우(?:에는|는|엔)?|이?라면|이?라는[ \t]?(?:작품|책|소설|시리즈)(?:은|이|도|을|인데)?|에서는|에선|(?:에[ \t])?대해[ \t]?말하자면"
    r"|なら(?!ば|ん)|では|については?|の場合は?|に関しては|といえば|といったら|は(?!じめ|るか|っき|ず|や)"
    r"|という(?:作品|本|小説|ラノベ|シリーズ|物語)?(?:は|が|も|なら|で)?)[、,，:：]?[ \t]*+(?=\S)"
)
OFFER = re.compile(
    r"[ \t]*+(?:[을를도이가][ \t]++|[をもが]|도[ \t]빼놓을[ \t]수[ \t]없|もおすすめ|もお薦め)"
    r"(?:추천(?:해요|합니다|드려요|드립니다|할게요|해[ \t]드려요|해[ \t]드릴게요)|있(?:어요|습니다)|좋(?:아요|습니다)|죠|지요|어요|습니다"
    r"|お?(?:すすめ|薦め|勧め|ススメ)(?:します|いたします|です|しま?す)?|推薦します|外せません|見逃せません)[.。!！]++[ \t]*+"
)
CLAUSE = re.compile(
    r"(?:,[ \t](?:on the other hand|however|meanwhile|by contrast|too|for example"
    r"|in turn),?[ \t])?(?:[ \t]?(?:is|was|has|are|follows|tells|offers|gives|takes|puts|adds|does|"
    r"remains|makes|brings|blends|mixes|stands|features|sounds|feels|might|may|will|would|can|should)\b|['’]s[ \t])"
)
TIES = re.compile(
    r"[ \t]?(?:[와과로](?=[ \t])|으로(?=[ \t])|만(?=[ \t])|부터(?=[ \t])|[도][ \t](?:빼놓|좋|추천|있|괜찮))"
    # Behind a space these begin words of their own: とても, にぎやか.
    r"|も(?!う|の|っと|し|ち|ふ|と)|と(?!ても|び|に|あ|り|も|く|こ|き)|に(?!ぎ|こ|っ|わ|じ|お|く)|から(?!っと|だ|く)"
    r"|が(?:お?好き|おすすめ|オススメ)|を(?:お?読|お?すすめ)"
)
PUNCTUATION = re.compile(
    rf"[ \t\u3000]*+(?:(?:[,，、.:：;；。!！·・|/–—―─→⇒←=>~～〜▶►…-]|{EMOJI}[ \t]*+(?=[-–—→:：]))*+[ \t\u3000]*+)"
)
LABEL = re.compile(
    rf"(?:[-*•·▪–—+▶►>][ \t]++|・[ \t]*+)?[*_【\[(（]{{0,3}}(?:{REASON_WORD}[*_】\])）]{{0,3}}[ \t]*+[:：–—-]|"
    rf"(?<=[【\[(（]){REASON_WORD}[】\])）]|(?:概要|あらすじ|내용|줄거리|한[ \t]?마디|(?:한[ \t]?줄[ \t]?)?(?:소개|평|요약)|一行紹介|ひとこと|一言"
    rf"|synopsis|summary|comment)[*_】\])）]{{0,3}}[ \t]*+[:：])[*_]{{0,3}}[ \t]*+",
    re.IGNORECASE,
)
FIELD_WORD = (
    r"(?:id|slug|제목|작품명?|작가|저자|글|장르|권수|분량|연도|출판사|태그|상태|title|work|author|genres?|tags?|volumes?|year|publisher"
    r"|status|score"
    r"|題名|タイトル|作品名?|作者|著者|作家|ジャンル|巻数|刊行年?|出版社|タグ|状態|키워드|キーワード|keywords?|url|link|링크|リンク)"
)
FIELD = re.compile(
    rf"[ \t]*+(?:[-*•·▪–—+>][ \t]*+|・)?[*_【\[\"]{{0,3}}{FIELD_WORD}[*_】\]\"]{{0,3}}[ \t]*+[:：]", re.IGNORECASE
)
WITHIN = re.compile(rf"[*_【\[(（]{{0,3}}\b{REASON_WORD}[*_】\])）]{{0,3}}[:：][*_]{{0,3}}[ \t]*+", re.IGNORECASE)
_STARS = r"(?:[★☆⭐🌟]\ufe0f?){2,10}(?:[ \t]*+[(（]?\d(?:\.\d)?(?:[ \t]?/[ \t]?\d{1,3})?[)）]?)?"
_SCORE = rf"(?:{_STARS}|\d{{1,3}}(?:\.\d{{1,2}})?[ \t]?(?:/[ \t]?\d{{1,3}}|%|점|点)?)"
_RATED = r"(?:お?すすめ度|オススメ度|推薦度|評価|満足度|マッチ度|추천[ \t]?도|추천[ \t]?지수|평점|별점|적합도|신뢰도|일치도|rating|score|confidence|match|fit)"
RATING = re.compile(
    rf"[★☆]?[*_(（\[]{{0,3}}{_RATED}[*_]{{0,2}}[ \t]*+[:：][*_]{{0,2}}[ \t]*+{_SCORE}[)）\]]?[ \t]*+[|·,.、。—–-]?"
    rf"|{_STARS}|(?<![\d.])\d{{1,2}}(?:\.\d)?[ \t]?/[ \t]?(?:10|5)(?!\d)",
    re.IGNORECASE,
)
# An address between dashes, or alone behind the title: the page links nowhere.
BESIDES = re.compile(r"(?:^|(?<=[-–—|·]))[ \t]*+[-–—|·]?[ \t]*+https?://\S{1,300}[ \t]*+[-–—|·]*+")
# Genres, status and the like in brackets before what is said.
DATA_NOTE = re.compile(r"[(（\[【][^()（）\[\]【】\n]{1,60}[)）\]】][ \t]*+(?=\S)")
RATED = re.compile(rf"{_RATED}|완결|연재|完結|連載|ongoing|completed|\bvols?\b|全\d", re.IGNORECASE)
ASKED = re.compile(r"\*\*(?:왜[^*?？\n]{0,16}|why[^*?？\n]{0,24}|なぜ[^*?？\n]{0,16})[?？]\*\*[ \t]*+", re.IGNORECASE)
OWNS = re.compile(r"['’]s[ \t]")
QUOTE = re.compile(r"^[ \t>]*>[ \t>]*+")


def reason_behind(line, place, given=None, slug=""):
    """What `line` says behind the mark that ends at `place`, fit to stand alone under the title."""
    return cleaned(line[place:], given, slug)


def cleaned(rest, given=None, slug=""):
    """`rest` of a line without closing marks, the title said again, particles, labels and ratings."""
    given = given_of(given or ())
    rest = rest.lstrip("*_")
    rest = rest[CLOSES.match(rest).end() :] if CLOSES.match(rest) and not OWNS.match(rest) else rest
    rest, said_again = _without_title(rest, given, slug)
    rest = NOTE.sub("", rest, count=1) if _is_note(rest, said_again) else rest
    rest = _without_tie(rest, given, slug)
    return without_label(rest)


def _without_title(rest, given, slug):
    for _ in range(2):
        skipped = re.compile(r"[ \t\u3000]*+(?:[:：—–―─|→-]++[ \t]*+)?").match(rest).end()
        opened = OPENS.match(rest, skipped)
        start = opened.end() if opened else skipped
        if rest.startswith(f"[[{slug}]]", start):
            end = start + len(slug) + 4
        elif (found := given.title_at(rest, start)) and found[0] == slug:
            end = found[1]
            if not opened and not _is_set_apart(rest, end):
                return rest, False
        else:
            return rest, False
        closed = CLOSES.match(rest, end)
        if closed and rest[closed.end() : closed.end() + 1].isalnum() and not PARTICLE.match(rest, closed.end()):
            return rest, False
        rest = rest[closed.end() if closed else end :]
        if opened and not closed:
            return rest, True
        return rest, True
    return rest, True


def _is_set_apart(rest, end):
    """Whether the title is said for itself, and does not begin a sentence: "T: …", "T is …"."""
    return bool(re.compile(r"[*_ \t]*+(?:[:：—–―─|→(（。.,、]|-[ \t]|$)|[은는]\b|は|が").match(rest, end))


VOLUMES = re.compile(
    r"[(（](?:全|既刊|전|총|완결|現在)?[ \t]?\d{1,3}[ \t]?(?:巻|권|vols?|volumes?)[^()（）\n]{0,20}[)）]", re.IGNORECASE
)


def _is_note(rest, said_again):
    found = NOTE.match(rest)
    if found and found[0].lstrip()[:1] in ",b":
        return True
    if not found or found.end() == len(rest.rstrip()):
        return bool(found and said_again)
    return said_again or bool(VOLUMES.match(rest.lstrip()))


def _without_tie(rest, given, slug):
    """`rest` without the particle that tied it to the title; with the title again where it would be a stump."""
    title = _title_for(rest, given, slug)
    if found := OFFER.match(rest):
        told = rest[found.end() :].strip()
        return told or (f"{title}{rest.strip()}" if title else rest.strip())
    if found := LINK.match(rest):
        return rest[found.end() :]
    if title and (found := CLAUSE.match(rest)):
        return f"{title}{rest}" if found[0][:1] in " ,'’" else f"{title} {rest}"
    if title and TIES.match(rest):
        particle = agreeing(title, rest)
        return f"{title}{particle[0]}{rest[particle[1] :].rstrip()}" if particle else f"{title}{rest.rstrip()}"
    return PARTICLE.sub("", rest, count=1) if PARTICLE.match(rest) else rest


def _title_for(rest, given, slug):
    """The title of a work in the language of what is said of it."""
    titles = given.titles.get(slug, ())
    hangul, kana = re.compile("[가-힣]"), re.compile("[\u3040-\u30ff]")
    if hangul.search(rest):
        return next(filter(hangul.search, titles), "")
    if kana.search(rest):
        return next(
            (one for one in titles if not hangul.search(one) and re.search("[\u3040-\u30ff\u3400-\u9fff]", one)), ""
        )
    return next(
        (one for one in titles if re.search("[A-Za-z]", one) and not re.search("[\u3040-\u9fff가-힣]", one)), ""
    )


TAIL = re.compile(
    r"[ \t]*+[*_(（]{0,3}(?:장르|태그|genres?|tags?|ジャンル|タグ)[*_]{0,2}[ \t]?[:：][^.。\n:：]{1,80}[.。)）]?[ \t]*+$",
    re.IGNORECASE,
)


def _without_tail(rest):
    """`rest` without the genres and tags said behind it."""
    for _ in range(2):
        start = max(rest.rfind(":"), rest.rfind("："))
        found = TAIL.search(rest, max(0, start - 12)) if start > 0 else None
        if not found or not rest[: found.start()].strip():
            break
        rest = rest[: found.start()]
    return rest


def without_label(rest):
    """`rest` without the label, the fields and the rating about what is said."""
    rest = QUOTE.sub("", rest).lstrip()
    if (found := DATA_NOTE.match(rest)) and (RATED.search(found[0]) or "/" in found[0]):
        rest = rest[found.end() :]
    rest = _without_tail(RATING.sub(" ", rest))
    rest = BESIDES.sub("", rest) if "://" in rest else rest
    rest = rest[PUNCTUATION.match(rest).end() :].strip()
    if FIELD.match(rest) and (found := WITHIN.search(rest, 0, 600)):
        rest = rest[found.end() :]
    for _ in range(3):
        found = ASKED.match(rest) or LABEL.match(rest)
        bracketed = re.match(rf"[【\[(（]{REASON_WORD}[】\])）][ \t]*+[:：]?[ \t]*+", rest, re.IGNORECASE)
        found = bracketed or found
        if not found:
            break
        rest = rest[found.end() :]
        rest = rest[PUNCTUATION.match(rest).end() :]
    return rest.strip() if any(map(str.isalnum, rest)) else ""
