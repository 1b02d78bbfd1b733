"""What a reply says of books, held against the catalogue.

A voice points at a candidate with `[[slug]]`. At the start of a line it is a pick: the card of that work, with the
rest of the paragraph as the reason. Elsewhere it is a mention. Every other name a reply gives is looked up; what the
catalogue does not know is marked as unverified, and never becomes a card.
"""

import re
from dataclasses import dataclass, field

from ..catalogue.hearing import LONGEST, hear
from ..catalogue.titles import key

MARK = r"\[\[\s*([A-Za-z0-9][A-Za-z0-9-]{0,79})\s*\]\]"
MARKED = re.compile(MARK)
# Possessive, here and in `lead`: a model that lost itself in spaces would otherwise be read in cubic time.
PICK = re.compile(rf"^[ \t>]*+(?:[-*•]|\d{{1,2}}[.)])?+[ \t]*+[*_#]*+[ \t]*+{MARK}[*_]*[ \t]*[:：—–-]?[ \t]*")
HALF_MARK = re.compile(r"\[\[?[^\]\n]{0,90}\]?$|\[$")
SENTINEL = re.compile("[\ue000-\uf8ff]")

# Names stand in title brackets, in quotes, in bold or italics, or lead a list item. Only title brackets are sure.
NAMED = re.compile(
    rf"(?P<mark>{MARK})"
    r"|(?P<sure>『[^『』\n]{1,120}』|《[^《》\n]{1,120}》)"
    r"|(?P<quoted>「[^「」\n]{2,120}」|〈[^〈〉\n]{2,120}〉|<<[^<>\n]{2,120}>>|“[^“”\n]{2,120}”|‘[^‘’\n]{2,120}’"
    r"|(?<![\w\"=])\"[^\"\n]{2,120}\"(?!\w))"
    r"|(?P<bold>\*\*[^*\n]{2,120}\*\*|__[^_\n]{2,120}__|(?<![*\w])\*[^*\s][^*\n]{1,118}\*(?![*\w]))"
    r"|(?P<lead>(?m:(?<=^)(?:#{1,6}[ \t]++(?:\d{1,2}[.)][ \t]++)?|\d{1,2}[.)][ \t]++|[-*•][ \t]++))"
    r"(?P<led>[^\n\[\]*『《「“\"]{2,80}?)(?<![ \t])(?=[ \t]++[-–—][ \t]|[ \t]*+[(（:：]|[ \t]*+$))",
    re.MULTILINE,
)
MOST_REFUSED = 40  # names kept of one reply
EDGES = '『』《》「」〈〉<>“”‘’"*_ \t#'
VOLUME = re.compile(
    r"[\s,(（]*+(?:第?\s*+\d++\s*+[권巻卷](?:까지|부터)?|(?:vol(?:ume)?s?\.?|#)\s*+\d++)[)）]?\s*+$", re.IGNORECASE
)
SUBTITLE = re.compile(r"\s*+(?:[~〜～:：|(（]|(?<=\s)[-–—]\s).*$")
SENTENCE = re.compile(r"(?:[.!?。！？…,，、]|[다요죠까네]|ます|です|した|ください|ね|よ)$")
LABELS = {
    key(word)
    for word in (
        "줄거리 줄거리소개 추천이유 추천하는이유 추천포인트 이유 장르 분위기 작가 저자 일러스트 출판사 특징 권수 상태 제목 원제 참고 주의 "
        "plot synopsis reason reasons why whyitfits genre mood author illustrator note title summary status volumes "
        "あらすじ おすすめ理由 おすすめの理由 理由 ジャンル 雰囲気 作者 著者 特徴 注意 題名"
    ).split()
}


@dataclass
class Prose:
    """Markdown between the picks; `names` are the titles it gives, as written, by their place in the text."""

    text: str


@dataclass
class PickLine:
    """A candidate pointed at, with the reason in the voice's words (Markdown, may be empty)."""

    slug: str
    reason: str = ""


@dataclass
class Named:
    """One place where a text names a work.

    `sure`: in title brackets, so certainly meant as a title. `claim`: reads like a title, so it is worth a warning when
    nothing is known by that name; a short emphasised word is a title only when it turns out to be one.
    """

    start: int
    end: int
    name: str
    slug: str = ""
    sure: bool = False
    claim: bool = True
    refused: bool = False  # never to be offered to this reader again
    keys: tuple = field(default_factory=tuple)


def read(reply, *, unfinished=False):
    """`reply` as a list of Prose and PickLine, in order. `unfinished`: a mark still being written is held back."""
    text = SENTINEL.sub("", reply)
    if unfinished:
        text = HALF_MARK.sub("", text)
    blocks, prose = [], []
    current = None
    for line in text.split("\n"):
        if found := PICK.match(line):
            if prose:
                blocks.append(Prose("\n".join(prose).strip("\n")))
                prose = []
            current = PickLine(found[1].lower(), line[found.end() :].strip())
            blocks.append(current)
        elif current is not None and line.strip():
            current.reason = f"{current.reason} {line.strip()}".strip()
        else:
            current = None
            prose.append(line)
    blocks.append(Prose("\n".join(prose).strip("\n")))
    return [block for block in blocks if isinstance(block, PickLine) or block.text.strip()]


def names_in(text, ask=""):
    """Where `text` names works, as a list of Named. What only repeats the reader's own `ask` in quotes is left out."""
    found = []
    asked = key(ask)
    for match in NAMED.finditer(text):
        if match["mark"]:
            found.append(Named(match.start(), match.end(), match["mark"], slug=match[2].lower()))
            continue
        sure = match["sure"] is not None
        group = "led" if match["led"] is not None else match.lastgroup
        start, end = match.span(group)
        name = match[group].strip(EDGES)
        if key(name) and (sure or _may_be_title(name, text[end : end + 1], asked)):
            claim = group in ("sure", "quoted") or " " in name or len(key(name)) > 6
            found.append(Named(start, end, name, sure=sure, claim=claim, keys=keys_of(name)))
    return found


def names_of_refused(text, words, refusals, spared):
    """Names in `text`, as written, of works that `refusals` forbid, bare names in running text too.

    `spared`: slugs of works the reader spoke of, which may be spoken of in return, unless refused by name.
    """
    found, by_slug = {}, words.shelf.by_slug
    for paragraph in text.split("\n"):
        heard = hear(paragraph[:LONGEST], words)  # kept by its words: what stands already is not heard again
        for target in heard.targets:
            work = by_slug.get(target.values[0]) if target.kind == "work" else None
            if work and refusals.forbids(work) and (work.slug not in spared or refusals.by_name(work)):
                found[heard.source[target.start : target.end]] = None
    return list(found)[:MOST_REFUSED]


def places_of(names, text):
    """Where the bare `names` stand in `text`, as a list of Named marked as refused: any width, case and spacing."""
    letters, at = [], []
    for place, character in enumerate(text) if names else ():
        folded = key(character)
        letters += folded
        at += [place] * len(folded)
    letters, found = "".join(letters), []
    for name in names:
        folded, place = key(name), 0
        while folded and (place := letters.find(folded, place)) >= 0:
            start, end = at[place], at[place + len(folded) - 1] + 1
            around = text[max(0, start - 1) : start], text[end : end + 1]
            inside_word = folded.isascii() and any(one.isascii() and one.isalnum() for one in around)
            if end - start <= 2 * len(folded) + 4 and not inside_word:
                found.append(Named(start, end, text[start:end], keys=(folded,), refused=True))
            place += len(folded)
    return found


def with_refused(found, names, text):
    """`found`, names in `text`, with the bare `names` of refused works that none of them covers, in order."""
    kept = list(found)
    for one in sorted(places_of(names, text), key=lambda one: one.start - one.end):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def keys_of(name):
    """The keys under which `name` may be known: as it is, without a volume number, without its subtitle."""
    plain = VOLUME.sub("", name)
    return tuple(dict.fromkeys(k for k in (key(name), key(plain), key(SUBTITLE.sub("", plain))) if len(k) > 1))


def _may_be_title(name, following, asked):
    """Whether a name in quotes, bold or at the head of a list item reads like a title and not like a label or a saying."""
    folded = key(name)
    return (
        len(folded) > 1
        and folded not in LABELS
        and folded not in asked
        and not (following in (":", "：") and len(folded) < 8)
        and not name.endswith((":", "："))
        and not SENTENCE.search(name)
    )


def picks_in(reply, candidates, *, resolve):
    """The candidates a reply offers, as (slug, reason) in order, each once.

    A model that forgets the marks and writes the title of a candidate out still offers it. `resolve` maps a tuple of
    title keys to a slug or None.
    """
    offered = {}
    allowed = {candidate["slug"] for candidate in candidates}
    for block in read(reply):
        if isinstance(block, PickLine):
            if block.slug in allowed:
                offered.setdefault(block.slug, block.reason)
            continue
        for named in names_in(block.text):
            slug = named.slug or resolve(named.keys)
            if slug in allowed:
                offered.setdefault(slug, "")
    return list(offered.items())
