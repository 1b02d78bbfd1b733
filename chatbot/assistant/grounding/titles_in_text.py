"""Where a text names works: in title brackets, in quotes, in bold, at the head of a line, or as the reader named them."""

import re

from ...language.parse import MAX_LENGTH
from ...text.folding import fold, key
from . import title_sense as sense
from .bare_titles import bare_titles
from .generic_words import CJK, is_generic, is_label
from .marks import ADDRESS, EMOJI, MARK, read_mark
from .named import Named, add_apart, keys_of, places_of
from .tables import title_cells
from .unwrapping import unwrapped

# "3위 — ", "【3】 ", "Rank 3: ", "추천 ③ ", "3位　": the place of a work in a list, which is no part of its name.
_GAP = r"[ \t\u3000]*+"
_RANKED_BY = (
    r"(?:추천작?|순위|작품|Rank|No\.?|Pick|Option|Recommendation|Suggestion|Choice|Entry|第|おすすめ|作品|#)[ \t]?"
)
RANK = (
    rf"(?:(?:{_RANKED_BY})?+(?:\d\d?[ \t]?(?:위|位|등|순위|選|番|번|작|作|冊)(?:目|째)?+|[①-⑳]){_GAP}[.:：—–―\-、]*+{_GAP}"
    rf"|{_RANKED_BY}(?:\#|No\.)?\d\d?{_GAP}[.:：—–―\-)]++{_GAP}|No\.[ \t]?\d\d?[ \t]++"
    rf"|[【\[(（]\d\d?[】\])）]{_GAP})"
)

# Only title brackets are sure. A particle may follow any closing quote at once, so only Latin letters tell a quote from
# an apostrophe or an inch. What a quote holds may be as long as it likes, or the next would be paired wrongly.
NAMED = re.compile(
    rf"(?P<mark>{MARK})"
    r"|(?P<sure>『[^『』\n]++』|《[^《》\n]++》)"
    r"|(?P<quoted>「[^「」\n]++」|〈[^〈〉\n]++〉|<<[^<>\n]++>>|“[^“”\n]++”|„[^„“”\n]++[“”]|‘(?:[^‘’\n]|’(?=[A-Za-z]))++’"
    r"|«[^«»\n]++»|‹[^‹›\n]++›|〔[^〔〕\n]++〕|【(?!\d{1,2}】)[^【】\n]++】|＜[^＜＞\n]++＞|<(?![/!?\s])[^<>\n]++>(?![^<>\n]{0,120}</)"
    rf"|(?:［[^［］\n]++］|(?<!\[)\[(?![\s^]|\d\d?\])[^\[\]\n]++\]){ADDRESS}"
    r"|＂[^＂\n]++＂|＇[^＇\n]++＇|`[^`\n]++`"
    r"|(?<![A-Za-z0-9\"=])\"[^\"\n]++\"(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9'])'(?![\s'])(?:[^'\n]|(?<=[A-Za-z])'(?=[A-Za-z]))++'(?![A-Za-z0-9]))"
    r"|(?P<bold>\*\*[^*\n]{2,120}\*\*|__[^_\n]{2,120}__|(?<![*A-Za-z0-9])\*[^*\s][^*\n]{1,118}\*(?![*A-Za-z0-9])"
    r"|(?<![_A-Za-z0-9])_[^_\s][^_\n]{1,118}_(?![_A-Za-z0-9])"
    r"|<(?:b|strong|em|i|u|cite)>[^<>\n]{2,120}</(?:b|strong|em|i|u|cite)>)"
    r"|(?P<lead>(?m:(?<=^)(?:#{1,6}[ \t]++(?:\d{1,2}[.)][ \t]++)?|[ \t]{0,8}(?:\d{1,2}[.)．、][ \t]*+|[-*•·▪●○◆■★☆▶►][ \t]++|[①-⑳・][ \t]*+)(?:\[[ xX]\][ \t]++)?)"
    rf"|(?m:(?<=^)[ \t>]*+(?:\#{{1,6}}[ \t]++)?+(?:{EMOJI}[ \t]*+)?+{RANK})|(?<=[.!?。！？요다])[ \t]++\d{{1,2}}[).][ \t]++)"
    r"(?P<led>(?![【［〔])[^\n\[\]*『《「“\"|]{2,120}?)(?<![ \t])(?=[ \t]++[-–—―][ \t]|[ \t]*+(?:[(（:：—―|/→⇒]|$)))",
    re.MULTILINE,
)
# A line of its own that begins with a name: what follows must be its year, its author or what is said of it.
HEAD = re.compile(
    rf"^[ \t>]*+(?:{EMOJI}[ \t]*+)?(?P<headed>\w[^\n\[\]*『《「“\"|#<>]{{1,119}}?)(?<![ \t])"
    r"(?P<note>[ \t]*+[(（][^()（）\n]{1,40}[)）])?(?P<sign>[ \t]*+(?::(?=[ \t]++\S|[가-힣\u3040-\u30ff\u3400-\u9fff])|：(?=[ \t]*+\S))|[ \t]++[-–—―][ \t]++(?=\S)|[ \t]*+[—―]{1,2}[ \t]*+(?=\S)|(?(note)[ \t]*+$|(?!)))",
    re.MULTILINE,
)
# "제목: …": what follows is said to be a title.
TITLED = re.compile(
    r"^[ \t>]*+(?:[-*•·・▪●+]|#{1,6}|\d{1,2}[.)])?+[ \t]*+[*_]{0,2}(?:(?:책|작품|소설|추천)[ \t]?)?(?:제목|작품명?|추천작?|도서명|책[ \t]?이름|book|novel|title|work|"
    r"recommendation|pick|タイトル|作品名?|題名|書名|(?:次の)?一冊|おすすめ(?:作品|の本)?)(?:[ \t]?\d{1,2})?[*_]{0,2}[ \t]*+[:：][*_]{0,2}[ \t]*+"
    r"(?P<titled>[^\s*_\[『《「“\"'‘][^\n\[\]*『《「“\"|]{1,79}?)(?<![ \t])(?=[ \t]*+$|[ \t]++[-–—―/][ \t]|[ \t]*+[(（,，])",
    re.MULTILINE | re.IGNORECASE,
)
# A title in its own brackets inside other quotes: alone there it is the name, else the quotes hold a saying.
INNER = re.compile("[『《]")
WHOLLY = re.compile(r"[^\w『《]{1,4}[『《][^『』《》]++[』》][^\w』》]{1,4}")
TAG = re.compile(r"</?[a-z][a-z0-9-]*(?:\s[^<>]*)?/?>|<[a-z]+:[^<>]*>")
RANKED = re.compile(rf"[ \t>#*_]*+(?:{EMOJI}[ \t]*+)?+{RANK}")
SPACED = re.compile(r"[*_]*+[ \t]")
MAX_NAME_LENGTH = 120
YEAR_OR_AUTHOR = re.compile(r"[*_]*[ \t]*(?:[(（][^()（）\n]*[0-9]{4}|[ \t]by[ \t][A-Z])")
BY = re.compile(r"(?:[ \t]++/[ \t]|,?[ \t]++by[ \t](?=[A-Z])|,[ \t](?=[A-Z]\w*[ \t][A-Z]\w*$)).*$")
SENTENCE = re.compile(
    r"(?:[…、，,]|[다요죠까네]|ます|です|した|でした|ません|(?:ます|です|でしょう|しょう|ません)か|ください|ね|よ)$"
)
SENTENCE_TITLE = 8  # letters from which a sentence may be a title
ENDED = re.compile(r"[.。…,，、][\s\"'”’」*_\])>】》〉]*$")
OBJECT = re.compile(r"[을를を]")  # "…"를 추천해요: what a sentence said is never the object of
POLITE = re.compile(r"(?:[요죠네까]|니다|ください|ます(?:ね|よ|か)?|です(?:ね|よ|か)|ね|よ)[!?！？]*$")
PLAIN_FORM = re.compile(r"(?<!니)다$")
CALLS = ".,。，、!?！？… "  # marks inside the quotes that are no part of a name
LATIN_WORD = re.compile(r"[^\W_][\w'’.-]*")
SMALL_WORDS = frozenset(
    "a an the of and in on to for with at by from or but as is are into no vs nor my your his her their that this it's "
    "was be than versus when if so up out over under who after before between de la le no wa ga wo ni to mo".split()
)
# How a line begins that speaks to the reader and names nothing.
TALK = re.compile(
    r"(?:이번|오늘|지금|먼저|우선|그리고|또|혹시|만약|참고|다만|특히|그래서|그러니|하지만|그러나|마지막(?:으로|은|이[에야]|에|[,:]|$| (?:추천|작품|책|권|한|하나))|다음|그다음|제가|저는|저의|당신|독자|말씀|원하|찾으|추천|"
    r"이유|요청|조건|[한두세네] ?가지|[이그저] (?:책|작품|이야기|소설|중)|이건|그건|이것|아래|위의?|여기|왜|무엇|어떤|어느|혹은|즉|결론|정리|요약|솔직|사실|물론)"
    r"|(?:まず|次に|最後|今回|今日|そして|また|ちなみに|もし|ただ|この|その|あの|これ|それ|あなた|ご希望|おすすめ|理由|条件|以下|ここ|こちら|ひとつ|一つ|結論|要約|つまり|なお|実は|もちろん|では|さて)"
    r"|(?:here|this|that|these|those|first|second|third|finally|also|note|if|you|your|i|i'm|i'd|we|my|both|all|overall|next|because|since|"
    r"however|but|and|one thing|in short|in (?:this|that)|to (?:be|sum)|ps|p\.s|let|what|why|how|when|there)\b",
    re.IGNORECASE,
)
KOREAN_TAIL = re.compile(
    r"(?:[은는를]|(?<![마가노고겨])을|에서|에게|으로|처럼|보다|까지|부터|지만|는데|은데|인데|려면|다면|하면|으면|하고|하며|면서|해서|어서|아서|니까|거나|든지|[한할될된인]\s?지|습니다)$"
)
JAPANESE_TAIL = re.compile(r"(?:[はがをにへでとも]|ので|から|けど|けれど|たら|なら|れば|ても|て|って)$")
DESCRIBES = re.compile(
    r"(?:[는은한운인된]|같은|있는|없는|な|い|る|た|の)\s?(?:이야기|소설|책|작품|것|거|느낌|분위기|라노벨|라이트노벨|物語|話|小説|本|作品|もの|感じ|ラノベ)$"
)
SPEAKER = re.compile(r"[ ](?:she|he|they|it|I|we)\b")
ARTICLE = re.compile(r"\b(?:the|an?|his|her|their|its)[ \t]$", re.IGNORECASE)
ONE_SHORT_WORD = re.compile("[가-힣]{1,3}|[\u3040-\u30ff\u3400-\u9fff]{1,3}")
SHORT = re.compile("[가-힣\\u3040-\\u30ff\\u3400-\\u9fff]{1,2}|[\\u3400-\\u9fff]{3}")
QUALIFIED = re.compile(r"[한운은는인된] |[なしいる][^\W\d]")
KIND_OF_WORKS = re.compile(r"(?:もの|モノ|系|多め|少なめ|控えめ|[계생귀원활애투협]물)$")
HANGUL = re.compile("[가-힣]")
ORNAMENT = re.compile(rf"^(?:{EMOJI}|\s)++(?:\d{{1,2}}[.)][ \t]++)?|^\d{{1,2}}[.)][ \t]++|{EMOJI}$")
PAUSE = re.compile(r"[.;；。,，、…]")
LOWER_SAYING = re.compile(r"(?:i|i'm|it|it's|you|we|he|she|they|please|no|not|like|feels?|makes?|something|anything)\b")
PARTICLES = re.compile(
    r"(?:은|는|이|가|을|를|의|와|과|도|만|에|에서|로|으로|랑|이랑|나|이나|처럼|보다|까지|부터|라는|이라는|라고|이라고|이란|란|예요|이에요|입니다|요)*+(?![가-힣])"
)


def names_in(text, ask="", titles=(), *, lines=True):
    """Where `text` names works, as a list of Named in order.

    `ask`: the reader's words. What only repeats them in quotes is left out, but what they named as a title, and what is
    among `titles`, is found wherever it stands. `lines`: whether the lines of `text` may begin with a name.
    """
    asked = tuple(dict.fromkeys((*titles, *titles_said(ask))))
    known = {one for title in asked for one in keys_of(title)}
    finder = _Finder(text, _letters(ask), known, lines)
    finder.look(0, len(text))
    found = finder.found
    if lines:
        add_apart(found, finder.heads())
        add_apart(found, list(finder.cells()))
        add_apart(found, bare_titles(text))
    if asked:
        add_apart(found, [place for place in places_of(asked, text) if _stands_alone(place, text)])
    return sorted(found, key=lambda one: one.start)


def titles_said(ask):
    """What a reader put in quotes or title brackets and so named as a title, as written."""
    if not ask:
        return []
    said = []
    for match in NAMED.finditer(ask[:MAX_LENGTH]):
        if match["sure"] or match["quoted"]:
            name = _plain(match["sure"] or match["quoted"])
            if key(name) and len(name) <= MAX_NAME_LENGTH and (match["sure"] or _is_title_of_reader(name)):
                said.append(name)
    return said


def _is_title_of_reader(name):
    """Whether a name in a reader's quotes is one: readers write titles in lower case too, and describe what they want."""
    if is_generic(name) or SENTENCE.search(name) or DESCRIBES.search(name):
        return False
    if CJK.search(name):
        return len(key(name)) > 2
    return _is_title_cased(name) or (" " in name and not LOWER_SAYING.match(name.lower()))


class _Finder:
    """One search through one text."""

    def __init__(self, text, asked, known, lines):
        self.text, self.asked, self.known, self.lines, self.found = text, asked, known, lines, []

    def look(self, start, end, depth=0):
        for match in NAMED.finditer(self.text, start, end):
            if not self._take(match) and match.lastgroup in ("quoted", "bold") and depth < 3:
                # A saying in quotes or a sentence in bold may name a work inside it.
                self.look(match.start() + 1, match.end() - 1, depth + 1)

    def _take(self, match):
        if match["mark"]:
            self.found.append(_named_by_mark(match))
            return True
        group = "led" if match["led"] is not None else match.lastgroup
        start, end = match.span(group)
        if group == "bold":
            start, end = _without_rank(start, end, self.text)
        whole = name = _plain(self.text[start:end])
        if group in ("led", "bold"):
            name, place = _without_author(name, start, end, self.text)
            end = place if group == "led" else end  # a bold is closed behind the author
        return self._add(name, start, end, group, authored=name != whole)

    def _add(self, name, start, end, group, *, authored):
        written = self.text[start:end]
        if not key(name) or len(name) > MAX_NAME_LENGTH:
            return False
        if group in ("quoted", "bold") and (inner := INNER.search(written, 1)) and not WHOLLY.fullmatch(written):
            return False
        sure = group == "sure" or (group in ("quoted", "bold") and inner is not None)
        names = keys_of(name)
        told = any(one in self.known for one in names)
        if not sure and not told and not self._may_be_title(name, start, end, group):
            return False
        claim = told or ((sure or not is_generic(name)) and self._is_claim(name, start, end, group, sure or authored))
        self.found.append(Named(start, end, name, sure=sure, claim=claim, keys=names))
        return True

    def _may_be_title(self, name, start, end, group):
        """Whether a name in quotes, bold or at the head of a line can be a title, and is no label and no saying."""
        folded, written = key(name), self.text[start:end]
        if len(folded) < 2 or folded in self.asked or is_label(name) or TAG.fullmatch(written):
            return False
        following = self.text[end : end + 2].lstrip()[:1]
        if is_generic(name) and (following in (":", "：") or written.rstrip("*_ ")[-1:] in (":", "：")):
            return False
        common = is_generic(name) or (not self.lines and ONE_SHORT_WORD.fullmatch(name))
        likened = sense.is_likened(self.text, end) and not is_generic(name)
        if common and group != "led" and not likened and not self._is_offered(start, end):
            return False  # many a common word is the nickname of some work
        if not CJK.search(name):
            return _is_title_cased(name) or sum(word[0].isupper() for word in name.split()) > 1
        if _is_sentence(name):
            if group in ("led", "bold") and POLITE.search(name):
                return False
            # Many a work is called by a sentence, and no known one is passed over; none ends in a period.
            return len(folded) >= SENTENCE_TITLE and not ENDED.search(written)
        weak = written[:1] in "'‘" and len(folded) < 4 and " " not in name
        return not weak and not (written[:1] in "[［【" and folded.isdigit())

    def _is_claim(self, name, start, end, group, sure):
        """Whether a name not known deserves a warning: it stands as titles do, and is spoken of as a book."""
        written = self.text[start:end]
        if sense.is_told_as_phrase(self.text, end) or (written[-2:-1] in ("?", "!") and SPEAKER.match(self.text, end)):
            return False
        if sure:
            short = bool(SHORT.fullmatch(name))
            short = short or (is_generic(name) and (is_label(name) or " " not in name) and len(key(name)) < 7)
            return not short or self._is_offered(start, end)
        if group != "quoted" and PLAIN_FORM.search(name) and self._is_ranked(start):
            return True  # many a work is called by a sentence, and what is ranked is a work
        if is_generic(re.split("[:：]", name, maxsplit=1)[0]) and not name[:1].isascii():
            return False  # "규칙: …"
        if not _reads_like_title(name, written, group, self.text[end : end + 2]) or sense.is_label_like(name):
            return False
        if group == "led" or self._heads_line(start, end):
            if sense.labels_a_name(self.text, end):
                return False
            return self._is_ranked(start) or not self._is_feature(name, start, end, group)
        if not sense.has_cue(self.text, start, end, self._dressed):
            # In English so many capitals seldom tell of anything else.
            owned = ARTICLE.search(self.text[max(0, start - 8) : start])
            return self.lines and len(name.split()) > 3 and not CJK.search(name) and not owned
        return not DESCRIBES.search(name) and not KIND_OF_WORKS.search(name)

    def _is_offered(self, start, end):
        return self._heads_line(start, end) or sense.has_cue(self.text, start, end, self._dressed)

    def _heads_line(self, start, end):
        if not self.lines or not (sense.stands_at_head(self.text, start) or self._is_ranked(start)):
            return False
        return sense.closes_head(self.text, end) or (
            bool(SPACED.match(self.text, end)) and (self._is_ranked(start) or sense.is_numbered(self.text, start))
        )

    def _is_ranked(self, start):
        rank = RANKED.match(self.text, self.text.rfind("\n", 0, start) + 1)
        return bool(rank) and rank.end() >= start

    def _dressed(self, text, place):
        """The next name in quotes or bold, where one begins at `place`."""
        found = NAMED.match(text, place)
        return found if found and found.lastgroup in ("sure", "quoted", "bold") else None

    def _is_feature(self, name, start, end, group):
        """Whether a name at the head of a line is what a book has, or a kind of books, and no book."""
        numbered, said = sense.is_numbered(self.text, start), self.text[end : end + 80].split("\n")[0].strip(" *_")
        if DESCRIBES.search(name) or (sense.is_feature(name) and (not numbered or QUALIFIED.search(name))):
            return True
        if group in ("led", "bold") and sense.is_list_of_features(self.text, start, bare=not said):
            return True
        if numbered:
            return False
        if not CJK.search(name) and " " not in name:
            return not YEAR_OR_AUTHOR.match(self.text, end)
        return not said and sense.does_something(name)

    def heads(self):
        """Names that begin a line of their own, with what is said of them behind."""
        for match in HEAD.finditer(self.text):
            start, end = match.span("headed")
            name, end = _without_author(_plain(match["headed"]), start, end, self.text)
            told = any(one in self.known for one in keys_of(name))
            if _no_bullet(self.text, match.start()) and (told or self._may_head(name, match["note"])):
                yield Named(start, end, name, claim=told or self._may_claim_head(name, start), keys=keys_of(name))

        for match in TITLED.finditer(self.text):
            start, end = match.span("titled")
            name, end = _without_author(_plain(match["titled"]), start, end, self.text)
            if key(name) and not is_generic(name) and not _is_sentence(name) and len(name) <= MAX_NAME_LENGTH:
                yield Named(start, end, name, keys=keys_of(name))

    def _may_claim_head(self, name, start):
        return not (
            _is_sentence(name)
            or sense.is_label_like(name)
            or sense.is_feature(name)
            or sense.is_list_of_features(self.text, start)
        )

    def _may_head(self, name, note):
        if (
            key(name) in self.asked
            or is_generic(name)
            or TALK.match(name)
            or PAUSE.search(name)
            or DESCRIBES.search(name)
        ):
            return False
        if not CJK.search(name):
            several = len([word for word in LATIN_WORD.findall(name) if word.lower() not in SMALL_WORDS]) > 1
            return _is_title_cased(name) and (several or note is not None) and len(name.split()) < 14
        if _is_sentence(name):
            return bool(PLAIN_FORM.search(name)) and len(key(name)) >= SENTENCE_TITLE
        if len(key(name)) < 3 or len(name.split()) > 9:
            return False
        return not KOREAN_TAIL.search(name) and not JAPANESE_TAIL.search(name)

    def cells(self):
        """Names in the title column of a table."""
        for start, end in title_cells(self.text):
            name = _plain(self.text[start:end])
            if len(name) <= MAX_NAME_LENGTH and len(key(name)) > 1 and not is_generic(name):
                for one in self.found:
                    one.claim = one.claim or (start <= one.start and one.end <= end and one.name == name)
                yield Named(start, end, name, keys=keys_of(name))


def _named_by_mark(match):
    mark = read_mark(match[2])
    return Named(match.start(), match.end(), mark.name, slug=mark.slug, pointed=True, keys=keys_of(mark.name))


def _reads_like_title(name, written, group, following):
    """Whether a name by itself can be an invented title, and is not just an emphasised word or a saying."""
    if not CJK.search(name):
        alone = " " not in name
        spoken = alone and bool(re.search(r"[.!?]\W?$", written))  # "Go." he said
        return _is_title_cased(name) and not spoken and (group == "quoted" or not alone or len(key(name)) > 6)
    if _is_sentence(name):
        return group == "quoted" and bool(OBJECT.match(following))
    if group == "quoted":
        return " " in name or len(key(name)) > (4 if written[:1] in "'‘" else 3)
    # Japanese puts no spaces between words, and says more with a letter.
    return " " in name or len(key(name)) > (6 if HANGUL.search(name) else 4)


def _is_sentence(name):
    plain = name.rstrip(CALLS)
    return not plain or bool(SENTENCE.search(plain))


def _no_bullet(text, place):
    """Whether the line at `place` is no item of a list, which is read as one."""
    return not re.compile(r"[ \t]*+(?:[-*•#・]|\d{1,2}[.)．、])").match(text, place)


def _plain(written):
    """A name without what it stands in, and without the comma or period that belongs to the sentence around it."""
    name = re.sub(r"\]\([^()\s]*\)$", "]", written)
    name = unwrapped(ORNAMENT.sub("", unwrapped(re.sub(r"^<[a-z]+>|</[a-z]+>$", "", name))))
    if name[-1:] in (":", "："):
        name = unwrapped(name[:-1])
    if name[-1:] in ",，、;；" or (
        name[-1:] in ".。" and not name.endswith(("..", "...")) and not _is_abbreviated(name)
    ):
        name = unwrapped(name[:-1])
    return name


def _is_abbreviated(name):
    """Whether the last period is part of a name: "R.D.G."."""
    return bool(re.search(r"\b\w\.\w\.$", name))


def _without_rank(start, end, text):
    """Where a name in bold begins and ends within the marks, where its rank stands before it."""
    inside = re.compile(rf"[*_]{{1,2}}[ \t]*+(?:{EMOJI}[ \t]*+)?+{RANK}(?=\w)").match(text, start, end)
    return (inside.end(), end - len(re.search(r"[*_]*$", text[start:end])[0])) if inside else (start, end)


def _without_author(name, start, end, text):
    """`name` at the head of a line without the author behind it, and where it ends."""
    short = BY.sub("", name)
    if short != name and (" " in short.strip() or CJK.search(short)) and name in text[start:end]:
        return short.rstrip(), start + text[start:end].index(name) + len(short.rstrip())
    return name, end


def _is_title_cased(name):
    """Whether a Latin name is written as titles are: every word that counts begins with a capital or is a number."""
    words = LATIN_WORD.findall(name)
    counting = [word for word in words if word.lower() not in SMALL_WORDS]
    if not any(map(str.isalpha, name)):
        return len(key(name)) > 1 and not name.strip("(){} ").isdigit()
    return bool(counting) and not any(word[0].islower() for word in (words[0], *counting))


def _stands_alone(place, text):
    """Whether a name the reader gave stands in running text as a name, and is not part of a word or a common word."""
    letters, name = key(place.name), place.name
    if letters.isascii():
        # "another", "gate": a single word is a name only where a capital tells so, and not at the start of a sentence.
        before = text[max(0, place.start - 3) : place.start].rstrip()
        return " " in name or len(letters) > 9 or (name[:1].isupper() and before[-1:] not in ("", ".", "!", "?", "\n"))
    if len(letters) > 3:
        return True
    before = text[place.start - 1 : place.start] if place.start else ""
    return len(letters) > 1 and not before.isalnum() and bool(PARTICLES.match(text, place.end))


def _letters(text):
    return "".join(filter(str.isalnum, fold(text)))
