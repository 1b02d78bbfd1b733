"""Lines that a candidate leads: by its title, or by its mark behind a few words, it is a pick as by its mark alone."""

import re
from functools import lru_cache

from ...text.folding import fold, key, without_subtitle
from .marks import CJK, EMOJI

LEAST = 2  # letters of a title that may lead a line


MAX_CALLED = 10  # names of a work that are kept with a turn


def called(work):
    """What a reply may call a work: its titles first, then what readers call it, each spelling of a name once."""
    names = {}
    for name in [*work.titles.values(), *work.names]:
        if key(name):
            names.setdefault(key(name), name)
    return [*names.values()][:MAX_CALLED]


class Given:
    """The candidates a writer was given: their slugs, and the titles by which a line may name them.

    `titles`: slug to its titles as written. Turns kept before titles were have none, and are read by their marks.
    """

    def __init__(self, candidates):
        self.slugs = frozenset(slug for slug, _titles in candidates)
        self.titles = {slug: titles for slug, titles in candidates if titles}
        self.starts = {}
        self._gather([(title, slug) for slug, titles in self.titles.items() for title in titles])
        self.longest = max((len(name) for names in self.starts.values() for name, _slug, _title in names), default=0)

    def _gather(self, named):
        full = {key(title): (slug, title) for title, slug in named}
        short = {}
        for title, slug in named:
            head = without_subtitle(title)
            short.setdefault(key(head), {})[slug] = head
        for name, slugs in short.items():
            if len(slugs) == 1:
                full.setdefault(name, next(iter(slugs.items())))
        for name in sorted(full, key=len, reverse=True):
            if len(name) >= LEAST:
                self.starts.setdefault(name[0], []).append((name, *full[name]))

    def title_at(self, text, place):
        """The title that stands at `place`, as (slug, end, is_ordinary), or None. The longest is tried first."""
        names = self.starts.get(_folded(text[place])[:1]) if place < len(text) else None
        if not names:
            return None
        letters, ends = _letters(text, place, self.longest)
        for name, slug, title in names:
            if letters.startswith(name):
                end = ends[len(name) - 1]
                if not _goes_on(text, end):
                    return slug, _past_marks(text, end, title), name.isascii() and " " not in title.strip()
        return None

    def names_more(self, text):
        """Whether `text` names a candidate somewhere."""
        letters = key(text)
        return any(len(name) > LEAST and name in letters for names in self.starts.values() for name, *_ in names)

    def may_begin(self, text, place):
        """Whether what stands from `place` to the end of `text` may grow into a title."""
        letters, ends = _letters(text, place, self.longest)
        if not letters or any(map(_folded, text[ends[-1] :])):
            return False
        names = self.starts.get(letters[:1], ())
        return any(name.startswith(letters) for name, _slug, _title in names)


def given_of(candidates):
    """What was given, from the candidates kept with a turn, from slugs alone, or as it is."""
    if isinstance(candidates, Given):
        return candidates
    return _given(
        tuple(
            (one, ()) if isinstance(one, str) else (one["slug"], tuple(one.get("titles") or ()))
            for one in candidates or ()
        )
    )


@lru_cache(maxsize=200)
def _given(candidates):
    return Given(candidates)


@lru_cache(maxsize=20_000)
def _folded(character):
    return key(character)


def _letters(text, place, longest):
    """The letters from `place` on, folded, as far as a title may be long, and where each of them ends."""
    letters, ends, gap = "", [], 0
    for at in range(place, min(len(text), place + 2 * longest + 8)):
        folded = _folded(text[at])
        gap = 0 if folded else gap + 1
        if text[at] == "\n" or gap > 4 or len(letters) >= longest:
            break
        letters += folded
        ends += [at + 1] * len(folded)
    return letters, ends


PARTICLE = re.compile(
    r"(?:은|는|이(?!야기)|가|을|를|도|의|와|과|입니다|이에요|예요|이라는|라는|이죠|부터|이라면|라면|에서는)(?![가-힣])"
    r"|(?:は|が|を|も|の|なら|では|です|という|といえば|については)"
)
LETTER = re.compile(rf"[A-Za-z0-9{CJK}]")


def _goes_on(text, end):
    """Whether the word goes on behind `end`, so that it is not the title that stands there."""
    return bool(LETTER.match(text, end)) and (not text[end - 1 : end] or not PARTICLE.match(text, end))


def _past_marks(text, end, title):
    """`end` behind the marks a title itself ends in: "まちがっている。", "Lead to Doom!"."""
    folded = fold(title)
    trail = folded[max((place for place, one in enumerate(folded) if one.isalnum()), default=-1) + 1 :]
    while trail:
        written = fold(text[end : end + 1])
        if written and trail.startswith(written):
            end, trail = end + 1, trail[len(written) :]
        else:
            trail = trail[1:]
    return end


# --- What may stand before ------------------------------------------------------------------------------------------

SPACE = re.compile(r"[ \t\u3000>]++")
STRESS = re.compile(r"[*_]{1,3}+")
COUNTED = (
    r"(?:위|位|순위|번째?|番目?|冊目|作目|つ目|작품?|選|st|nd|rd|th)?(?:[ \t]?(?:추천|작품|책)(?=[은는]))?(?:는|은|は)?"
)
_SIGNS = (
    rf"#{{1,6}}(?=[ \t])|{EMOJI}|[*+](?=[ \t])|[-•·・▪●○◆■★☆▶►–—―→](?!\w)|[・◆■□◇★☆●◎〇○▶▼▷→✔✓]|[①-⑳❶-❿]"
    r"|\[[ xX]?\](?=[ \t])|</?(?:b|strong|i|em|br|h[1-6]|li|p)[ \t]?/?>"
)
_NUMBERS = (
    rf"[(（【\[]?(?:第|제|No\.?[ \t]?|#|Rank[ \t]?|Top[ \t]?)?\d{{1,2}}{COUNTED}(?:[)）】\].．、:：]{{1,2}}|(?![A-Za-z0-9%]))"
    r"|[(（]?(?:[A-E]|[IVX]{1,4})[.)）](?=[ \t])|[Ⅰ-Ⅻ][.．、:：]?"
)
_ORDINALS = (
    r"(?:[첫두세네]|다섯)[ \t]?번째[ \t]?(?:추천|작품|책)?(?:는|은|로는|로|,|:)?(?=[ \t])"
    r"|(?:첫|둘|셋|넷|다섯)째(?:는|로는|로)?[,:]?(?=[ \t])|가장[ \t]먼저(?=[ \t])"
    rf"|(?:[一二三四五]|ひと|ふた|みっ){COUNTED}[、,:：]?"
    r"|(?:まず|次|続いて|最後)(?:は[、,]?|に?[、,])|まず(?=[一二三\d①-⑳「『])"
    r"|(?:first|second|third|fourth|fifth|next|last|final)(?:ly)?[ \t]?[,:–—-][ \t]|option[ \t][A-E1-9][:.)]"
)
_COUNTED_WORDS = (
    r"(?:추천(?:[ \t]?도서|[ \t]?작품|작)?|おすすめ|オススメ|recommendation|pick|choice|option|rank)[ \t]?(?=[#①-⑳\d])"
)
LEADS = re.compile("|".join((_SIGNS, _NUMBERS, _ORDINALS, _COUNTED_WORDS)), re.IGNORECASE)
# One more work that a paragraph of its own goes on to: "그리고 [[x]]도 …", "And [[x]] is …".
JOINED = re.compile(
    r"[ \t]*+(?P<joint>(?:그리고|또한?|여기에|もう一冊|そして|また|さらに|and|also|then|plus)[、,]?[ \t]*+)"
    r"\[\[(?P<slug>[^\[\]\n|¦]{1,80})\]\][*_]{0,3}"
    r"(?:[ \t]?(?:도(?!요)|은|는|も|は)|[ \t](?:is|too|as well)\b|,?[ \t]too\b)",
    re.IGNORECASE,
)
SAME = r"[ \t:：—–-]*+[(（\[]?\[\[{}\]\][)）\]]?[*_]{{0,3}}"
LABEL = re.compile(r"[^\n:：\[\]「」『』《》。.!?！？|]{1,40}+[:：][*_]{0,2}+[ \t\u3000]*+")
# Behind a title: it is told not to be read.
REFUSES = re.compile(
    r"이미[ \t]?(?:읽|보)[^ ]{0,4}|제외(?:했|하|합|할)|[ \t]?말고|안[ \t]?맞|맞지[ \t]?않|비추(?:천|예|입|합|해|$)|빼고|뺐|뺄게"
    r"|除外|除きま|外しま|合わない|合いませ|既読|すでに(?:お読|読)|もう(?:お読|読)|おすすめしません|お勧めしません"
    r"|\bnot (?:for you|recommend|a (?:good )?(?:fit|match))|\b(?:don't|do not|wouldn't|would not|can't"
    r"|cannot) recommend|\balready (?:read|know)|\bskip (?:it|this)|\bskipped\b",
    re.IGNORECASE,
)
# Before it: what follows is not what is offered.
KEEPS_FROM = re.compile(
    r"(?:\bskip|\bexcept(?: for)?|\bexcluding|\binstead of|\brather than|\bother than|\bavoid"
    r"|\bnot)[ \t]++(?:reading[ \t]++)?$",
    re.IGNORECASE,
)
SPEAKS_OF = re.compile(
    r"이미|제외|말고|안[ \t]?맞|비추|빼고|비슷|같은|원작|除外|既読|読了|似た|同じ|原作|\bexclud|\bskip|\bsimilar|\bsame\b|\boriginal\b"
    r"|\bavoid|\balready",
    re.IGNORECASE,
)
SAYS_NOTHING_NEW = re.compile(r"이유|사유|포인트|理由|ポイント|reason|why|note|비고|참고|注意|備考", re.IGNORECASE)
LIKENS = re.compile(
    r"[ \t]*+(?:처럼|만큼|보다|같(?:은|이|아)|[와과](?:[ \t]|는)|이?랑|のよう|みたい|に(?:似|近)|より|ほど|と[はも]?|や|[-‐]like\b|(?:and|or|but)\b"
    r"|[을를이가][ \t]?(?:좋아하|재미있게|재밌게|마음에|취향)|[がを](?:お?好き|お?読|気に入|楽し))",
    re.IGNORECASE,
)
OPENS = re.compile(r"[『「《〈“‘\"'\[［【<＜(（`*_]{1,6}+")
CLOSES = re.compile(r"(?:</(?:b|strong|i|em|h[1-6])>){1,2}|[』」》〉”’\"'\]］】>＞)）`*_]{1,6}+")
MARK_HERE = re.compile(r"[*_『「《“\"'(（【<]{0,4}\[\[([^\[\]\n|¦]{1,80})")
MAX_PIECES = 12


# --- What may stand behind ------------------------------------------------------------------------------------------

ENDS = re.compile(rf"[ \t\u3000]*+(?:[*_。.…~～:：]|{EMOJI}[ \t]*+)*+[ \t\u3000]*+$")
PARTS = re.compile(r"[ \t\u3000]*+(?:[:：—–―─|=→⇒←▶~～〜]|-(?=[ \t])|…|・・|[.]{2})|[ \t\u3000]++/[ \t]", re.IGNORECASE)
NOTE = re.compile(
    r"[ \t\u3000]*+(?:[(（\[【][^()（）\[\]\n]{1,80}[)）\]】]"
    r"|(?:,[ \t]*+)?(?<=[ \t])by[ \t][A-Z][^\n:–—,(-]{1,40}?(?=[ \t]*[-–—:,(]|$))[*_]{0,3}"
)
VOLUME = re.compile(
    r"[ \t]*+(?:第?\d{1,3}(?:권|巻)(?:까지|부터)?|vol(?:ume)?\.?[ \t]?\d{1,3}|시리즈|シリーズ)(?![가-힣])",
    re.IGNORECASE,
)
RECOMMENDS = re.compile(
    r"(?:[을를] (?:추천|권)|도 추천|[をがも]お?(?:すすめ|薦め|勧め|ススメ)|[をがも](?:推薦|推し)|を推)"
)
LOOSELY = re.compile(r"[ \t\u3000]++(?=\S)|[.。!！](?=\s|\S)|[,，、]|['’]s[ \t]")
SPOKEN = re.compile(r"[ \t\u3000]++(?![은는이가을를도의와과][ \t])[\u3040-\u30ff\u3400-\u9fff가-힣]")


def led(line, given, *, going_on="", picked=frozenset()):
    """`line` as a mark and what is said behind it, where a candidate leads it; else None.

    `going_on`: slug of a work pointed at above without a reason, to whose title any words may follow. `picked`: slugs
    that have theirs; a line that names them again is running text.
    """
    place, leads, stressed, labelled = 0, False, False, False
    for _ in range(MAX_PIECES):
        if taken := _title_line(line, place, given, leads, stressed, going_on, picked):
            return taken
        if place and (found := MARK_HERE.match(line, place)) and found[1].strip().lower() in given.slugs:
            return line[found.start() :]
        if not place and (found := JOINED.match(line)) and found["slug"].strip().lower() in given.slugs - picked:
            return line[found.end("joint") :]
        if found := SPACE.match(line, place):
            place = found.end()
        elif found := LEADS.match(line, place):
            place, leads = found.end(), True
        elif found := STRESS.match(line, place):
            place, stressed = found.end(), True
        elif not labelled and (found := LABEL.match(line, place)) and not _keeps_back(found[0]):
            place, leads, labelled = found.end(), True, True
        else:
            return None
    return None


def _keeps_back(label):
    return bool(SPEAKS_OF.search(label) or SAYS_NOTHING_NEW.search(label))


def _title_line(line, place, given, leads, stressed, going_on, picked):
    opened = OPENS.match(line, place)
    found = given.title_at(line, opened.end() if opened else place)
    if found is None and opened:
        found, opened = given.title_at(line, place), None
    if found is None:
        return None
    slug, end, is_ordinary = found
    if slug in picked:
        return None
    closed = CLOSES.match(line, end)
    end = closed.end() if closed else end
    if volume := VOLUME.match(line, end):
        end = volume.end()
    stands_out = bool(closed and (opened or stressed))
    rest = _rest(line, end, slug, given, leads, stands_out, is_ordinary, going_on == slug)
    if rest is None or REFUSES.search(rest, 0, 60):
        return None
    return f"[[{slug}]]{rest}"


def _rest(line, end, slug, given, leads, stands_out, is_ordinary, goes_on):
    """What a line says behind the title it begins with; None where it only speaks of it."""
    if same := re.compile(SAME.format(re.escape(slug))).match(line, end):
        return line[same.end() :]
    parted, end = _parted(line, end, leads)
    if parted or goes_on:
        return line[end:]
    if LIKENS.match(line, end):
        return None
    said_freely = stands_out and SPOKEN.match(line, end) and not PARTICLE.match(line[end:].strip())
    recommended = not is_ordinary and RECOMMENDS.match(line, end)
    if recommended and stands_out and given.names_more(line[end : end + 400]):
        return None
    plainly = stands_out or not is_ordinary or line[end : end + 1] in (".", "。")
    tied = leads and plainly and (LOOSELY.match(line, end) or PARTICLE.match(line, end))
    return line[end:] if said_freely or recommended or tied else None


def _parted(line, end, leads):
    """Whether what follows is set apart from the title, with author and year left out; and where it begins."""
    for _ in range(3):
        if ENDS.match(line, end):
            return True, len(line)
        if PARTS.match(line, end):
            return True, end
        note = NOTE.match(line, end)
        if not note:
            break
        end = note.end()
        if leads and not PARTS.match(line, end):
            return True, end
    return False, end


UNSETTLED = 4  # characters behind a title that still do not tell whether it leads its line


def is_half(line, given):
    """Whether a line still being written may yet be led by a title: it is shown once that is settled."""
    if not given.starts:
        return False
    place = 0
    for _ in range(MAX_PIECES):
        opened = OPENS.match(line, place)
        start = opened.end() if opened else place
        if start < len(line) and given.may_begin(line, start):
            return True
        if found := given.title_at(line, start):
            return len(line) - found[1] < UNSETTLED
        ahead = SPACE.match(line, place) or LEADS.match(line, place) or STRESS.match(line, place)
        ahead = ahead or LABEL.match(line, place)
        if not ahead:
            return False
        place = ahead.end()
    return False


# --- Several on one line --------------------------------------------------------------------------------------------

SENTENCE_END = r"(?<!\d)[.。!！?？…~♪][\"”’』」)）]{0,2}+"
NEXT = re.compile(
    rf"{SENTENCE_END}(?P<gap>[ \t\u3000]*+)(?=(?:[-*•・]|[*_]{{1,3}}|\d{{1,2}}[.)])?[ \t]?\[\[(?P<slug>[^\[\]\n"
    rf"|¦]{{1,80}})\]\])"
    r"|[ \t\u3000]++(?=(?:[(（]?\d{1,2}[.)）]|[①-⑳])[ \t]*+\S)"
)
AFTER_MARK = re.compile(r"[ \t]?(?:[-*•・]|[*_]{1,3}|\d{1,2}[.)])?[ \t]?\[\[[^\[\]\n]{1,160}\]\][*_]{0,3}")
ENDED = re.compile(r"[.。!！?？:：][\"”’」』)）*_]{0,3}[ \t]*$")
NUMBERED = re.compile(r"[ \t]*+(?:[(（]?\d{1,2}[.)）]|[①-⑳])")
MAX_ON_A_LINE = 24


def apart(line, given, unfinished=False):
    """The lines that stand glued on one: a mark that begins a sentence, a number with a candidate behind it."""
    if "[[" not in line and not given.starts:
        return [line]
    pieces, start = [], 0
    for number, found in enumerate(NEXT.finditer(line)):
        if number >= MAX_ON_A_LINE:
            break
        if _begins(line, start, found, given, unfinished):
            pieces.append(line[start : found.end()].rstrip())
            start = found.end()
    return [*pieces, line[start:]]


def _begins(line, start, found, given, unfinished):
    if found["slug"] is None:
        before = line[start : found.start()]
        if NUMBERED.match(before) and (led(before, given) or MARK_HERE.search(before, 0, 40)):
            return bool(NUMBERED.match(line, found.end()))
        goes_on = ENDED.search(before) or led(before, given) or MARK_HERE.search(before, 0, 40)
        return bool(goes_on and led(line[found.end() : found.end() + 400], given))
    if found["slug"].strip().lower() not in given.slugs:
        return False
    mark = AFTER_MARK.match(line, found.end())
    return bool(mark) and not LIKENS.match(line, mark.end()) and not (unfinished and len(line) - mark.end() < 4)
