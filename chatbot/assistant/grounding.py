"""What a reply says of books, held against the catalogue.

A voice points at a candidate with `[[slug]]`. At the start of a line it is a pick: the card of that work, with the
rest of the paragraph as the reason. Elsewhere it is a mention. Every other name a reply gives is looked up; what the
catalogue does not know is marked as unverified, and never becomes a card.

How a mark may be dressed is told in `marks`, what else names a work in `titles_in_text`; here a reply is read by lines.
"""

import re
from dataclasses import dataclass, field

from .generic_words import is_generic
from .marks import EMOJI, MARK, MARKED, read_mark, with_marks
from .named import Named, keys_of, names_of_refused, places_of, with_refused
from .tables import without_tables
from .titles_in_text import names_in, titles_said

__all__ = [
    "MARKED",
    "Named",
    "PickLine",
    "Prose",
    "claims_in",
    "keys_of",
    "names_in",
    "names_of",
    "names_of_refused",
    "picks_in",
    "places_of",
    "read",
    "titles_said",
    "with_refused",
]

SENTINEL = re.compile("[\ue000-\uf8ff]")
BULLET = rf"(?:{EMOJI}|[-*•·・▪●○◆■★☆▶►–—+]|#{{1,6}}|[(（]?#?\d{{1,2}}(?:위|位|순위)?[.)）．、:：]?(?![\w])|[①-⑳]|(?:첫|둘|셋|넷|다섯)째[,:]?|[첫두세네][ \t]?번째[는,:]?)"
# Marks joined as equals are picks alike; one that the sentence of another comes to is a mention in it.
_JOIN = (
    r"(?:[ \t]*+(?:[,，、/／・·&＆+＋;；|]|(?:이?랑|하고|그리고|및|이?나|또는|혹은|[와과도]|および|または|そして|それと|[とやもか])(?=[ \t]*+[\[*])"
    r"|(?<![A-Za-z])(?:and|or|plus|vs)(?![A-Za-z]))){0,2}+[ \t]*+[*_]{0,2}"
)
# Possessive throughout: a model that lost itself in spaces would otherwise be read in cubic time.
PICK = re.compile(
    rf"^[ \t>]*+(?:[*_]{{1,3}}(?=\d))?{BULLET}?+[ \t]*+[*_#]*+[ \t]*+[『「《〈“‘(（【<\"']*+(?P<marks>{MARK}[*_]{{0,2}}(?:{_JOIN}\[\[[^\[\]\n]{{1,160}}\]\][*_]{{0,2}})*+)"
)
JOIN_ALONE = re.compile(rf"{_JOIN}[ \t]*")
_CLOSING = "』」》〉”’)）]】>＞»›"
PARTICLE = re.compile(
    r"(?:(?:을[(（]를[)）]|를[(（]을[)）]|은[(（]는[)）]|는[(（]은[)）]|이[(（]가[)）]|가[(（]이[)）]|와[(（]과[)）]|과[(（]와[)）]|[(（]으[)）]로|"
    r"이라는|라는|이에요|예요|입니다|이죠|이고|은|는|이|가|을|를|와|과|도|의|만|로|으로|부터|이?랑)(?=[ \t,.:!?·—–\-]|$)"
    r"|[ \t]++(?:을[(（]를[)）]|은[(（]는[)）]|이[(（]가[)）]|는|은|를|을)(?=[ \t,]|$)"
    r"|(?:です|でした|だ)(?=[。、.,\s]|$)|は(?!じめ|るか|っき|ず|や)|が(?!ん|っ|く)|を|も(?!う|の|っと|し|ち)|なら(?!ば|ん)"
    r"|['’]s(?=[ \t]))"
)
PUNCTUATION = re.compile(r"[ \t]*+(?:[,，、.:：;；。!！·・|/–—―→⇒=>-]*+[ \t]*+)")
REASON_WORD = (
    r"(?:추천[ \t]?(?:하는[ \t]?)?(?:이유|포인트|사유)|선정[ \t]?이유|이유|reasons?|why(?:[ \t](?:it[ \t]fits|this|it|you(?:['’]ll|[ \t]will|[ \t]might)?[ \t](?:like|love|enjoy)[ \t]it))?"
    r"|(?:お?(?:すすめ|薦め|勧め)|推薦|選んだ|選定)(?:の|する)?(?:理由|ポイント)|理由)"
)
REASON_LABEL = re.compile(
    rf"(?:[-*•·▪–—+][ \t]++|・[ \t]*+)?[*_【\[]{{0,2}}{REASON_WORD}[*_】\]]{{0,2}}[ \t]*+[:：–—-][*_]{{0,2}}[ \t]*+",
    re.IGNORECASE,
)
LABELLED = re.compile(
    r"[ \t]*+(?:[-*•·▪–—+][ \t]++|・[ \t]*+)?[*_]{0,2}(?P<label>[^\n:：*_]{1,30})[*_]{0,2}[ \t]*+[:：]"
)
ITEM = re.compile(r"[-*•·▪–—+][ \t]++|・")
# A question or an offer put to the reader, not part of what is said of a work.
ASKS = re.compile(r"(?:[?？]|か[。．.]?|(?:까요|나요|ㄹ래요|을래요|실래요|은가요|세요)[.!]?)[\s\"'”’)）」』]*$")
OFFERS = re.compile(
    r"말씀|알려\s?주|찾아\s?(?:볼|드|줄)|골라\s?(?:볼|드)|추천해?\s?(?:드릴|볼)|보여\s?드릴|원하시|궁금|어떠[세신]|어떤|어느|더 |다른|마음에|끌리|필요하|편하게|괜찮으"
    r"|\b(?:shall|should|would|could|can|may) (?:i|we|you)\b|\bdo you\b|\bare you\b|\b(?:let me know|tell me|feel free|just (?:say|ask)|how about|which (?:one|of)|what (?:kind|about|do|would)|any of|want (?:me|something|more)|like me to|happy to|if you(?:'d| would)? (?:like|prefer|want))"
    r"|ましょうか|ますか|でしょうか|いかが|どう(?:です|でしょう)|教えて|お知らせ|おっしゃって|お申し付け|ほかに|他に|もっと|お探し|お好み",
    re.IGNORECASE,
)
OFFERS_PLAINLY = re.compile(
    r"말씀해\s?주|알려\s?주(?:세요|시면)|편하게|찾아\s?드릴게요|\blet me know\b|\btell me\b|\bfeel free\b|\bjust (?:say|ask)\b|\bi can (?:also )?(?:look|find|suggest|recommend)\b"
    r"|\bi'?d be happy\b|골라 ?보세요|즐거운 독서|\benjoy\b[^.!]{0,20}!|\b(?:i )?hope you\b|\bhappy reading\b|楽しんで|お楽しみ|教えてください|お知らせください|おっしゃってください|お申し付け|お探しします",
    re.IGNORECASE,
)


@dataclass
class Prose:
    """Markdown between the picks; `names` are the titles it gives, as written, by their place in the text."""

    text: str


@dataclass
class PickLine:
    """A work pointed at, with the reason in the voice's words (Markdown, may be empty).

    `slug` is that of a candidate, or of anything; "" where a title was written in its place. `name` and `keys` tell
    then, and where nothing is known by the slug, what was meant.
    """

    slug: str
    reason: str = ""
    name: str = field(default="", compare=False)
    keys: tuple = field(default=(), compare=False)


def read(reply, slugs=(), *, unfinished=False):
    """`reply` as a list of Prose and PickLine, in order. `slugs`: those of the candidates its writer was given.

    `unfinished`: a mark still being written is held back.
    """
    text = with_marks(SENTINEL.sub("", reply), frozenset(slugs), unfinished=unfinished)
    reader = _Reader()
    for line in without_tables(text).split("\n"):
        reader.take(line)
    return reader.blocks()


class _Reader:
    """The lines of one reply as they are read: stretches of prose and groups of picks that share a line."""

    def __init__(self):
        self.groups = []  # lists of prose lines, and _Picks
        self.current = None  # the picks whose reason is being read
        self.empty = 0  # empty lines since a mark that has no reason yet

    def take(self, line):
        if found := PICK.match(line):
            self.current = _Picks(found, line)
            self.groups.append(self.current)
            self.empty = 0
        elif self.current is None:
            self._prose(line)
        elif not line.strip():
            self._leave_line()
        elif self.empty and not self._is_labelled(line):
            self._end_reason()
            self._prose(line)
        else:
            self.current.lines.append(line.strip())
            self.empty = 0

    def _leave_line(self):
        # Below a mark alone on its line the reason may come as a labelled item.
        self.empty += 1
        if self.current.first or self.current.lines:
            self._end_reason()

    def _end_reason(self):
        for _ in range(self.empty):
            self._prose("")
        self.current, self.empty = None, 0

    def _prose(self, line):
        if not self.groups or isinstance(self.groups[-1], _Picks):
            self.groups.append([])
        self.groups[-1].append(line)

    def _is_labelled(self, line):
        found = LABELLED.match(line)
        return bool(found and (is_generic(found["label"]) or REASON_LABEL.match(line.strip())))

    def blocks(self):
        last = next((group for group in reversed(self.groups) if isinstance(group, _Picks)), None)
        blocks = []
        for group in self.groups:
            if isinstance(group, _Picks):
                closing = group.take_closing() if group is last else []
                blocks += group.pick_lines()
                blocks.append(Prose("\n".join(closing)))
            else:
                blocks.append(Prose("\n".join(group).strip("\n")))
        return [block for block in blocks if isinstance(block, PickLine) or block.text.strip()]


class _Picks:
    """The picks of one line, which share its reason: `first` on the line itself, `lines` below it."""

    def __init__(self, found, line):
        self.marks = [read_mark(inside) for inside in dict.fromkeys(MARKED.findall(found["marks"]))]
        self.first = _without_label(_reason_after(line, found.end()))
        self.lines = []

    def take_closing(self):
        """The lines at the end that turn to the reader, taken out of the reason."""
        closing = []
        while self.lines and _is_closing(self.lines[-1]):
            closing.insert(0, self.lines.pop())
        return closing

    def pick_lines(self):
        reason = self.first
        for line in self.lines:
            told = _without_label(line)
            reason += f"{' · ' if reason and ITEM.match(line) else ' '}{told}"
        reason = _balanced(reason).strip()
        return [PickLine(mark.slug, reason, mark.name, keys_of(mark.name)) for mark in self.marks]


def _reason_after(line, place):
    """What follows the marks on their line, without the particle and the punctuation that tied it to them."""
    rest = line[place:]
    if JOIN_ALONE.fullmatch(rest):
        return ""
    rest = rest.lstrip("*_").lstrip(_CLOSING).lstrip("*_")
    rest = PARTICLE.sub("", rest, count=1) if PARTICLE.match(rest) else rest
    return rest[PUNCTUATION.match(rest).end() :].strip()


def _without_label(line):
    """A line of a reason without the label before it: "이유: …", "- **Reason:** …"."""
    if found := REASON_LABEL.match(line):
        return line[found.end() :].strip()
    return ITEM.sub("", line, count=1) if ITEM.match(line) else line


def _balanced(reason):
    """`reason` without the end of a bold that began before the mark."""
    return reason.replace("**", "", 1) if reason.count("**") % 2 else reason


def _is_closing(line):
    return bool((ASKS.search(line) and OFFERS.search(line)) or OFFERS_PLAINLY.search(line))


def names_of(block, ask="", titles=()):
    """The works a block of a reply names; see `names_in`."""
    if isinstance(block, Prose):
        return names_in(block.text, ask, titles)
    return names_in(block.reason, ask, titles, lines=False)


def claims_in(reply, candidates, ask="", titles=()):
    """What a reply names as titles, as a list of Named; a slug, whether known or not, is no title."""
    blocks = read(reply, [candidate["slug"] for candidate in candidates])
    written = [
        Named(0, 0, block.name, keys=block.keys) for block in blocks if isinstance(block, PickLine) and not block.slug
    ]
    named = [one for block in blocks for one in names_of(block, ask, titles) if one.claim and not one.slug]
    return [*written, *named]


def picks_in(reply, candidates, *, resolve, ask="", titles=(), unfinished=False):
    """The candidates a reply offers, as (slug, reason) in order, each once.

    A model that forgets the marks and writes the title of a candidate out still offers it. `resolve` maps a tuple of
    title keys to a slug or None.
    """
    offered = {}
    allowed = {candidate["slug"] for candidate in candidates}
    for block in read(reply, allowed, unfinished=unfinished):
        if isinstance(block, PickLine):
            slug = block.slug if block.slug in allowed else resolve(block.keys)
            if slug in allowed:
                offered.setdefault(slug, block.reason)
            continue
        for named in names_of(block, ask, titles):
            slug = named.slug if named.slug in allowed else resolve(named.keys)
            if slug in allowed:
                offered.setdefault(slug, "")
    return list(offered.items())
