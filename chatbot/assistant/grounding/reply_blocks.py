"""A reply by its lines: prose, and picks with their reasons."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial

from ..candidate_ids import ID
from ..phrasebook import either
from .candidates import Given, given_of
from .generic_words import is_generic
from .led_lines import KEEPS_FROM, REFUSES, is_unsettled, split_glued_lines, with_leading_mark
from .marks import EMOJI, MARK, MARKED, read_mark, with_marks
from .reasons import FIELD, LABEL, reason_behind, without_label
from .tables import without_tables
from .title_mentions import Named, keys_of
from .titles_in_text import names_in

_words = partial(either, "reply_blocks")

SENTINEL = re.compile("[\ue000-\uf8ff]")
BULLET = rf"""
    (?: {EMOJI}
      | [-*•·・▪●○◆■★☆▶►–—+]
      | \#{{1,6}}
      | [(（]?\#?\d{{1,2}}{_words("rank.unit")}?[.)）．、:：]?(?![\w])
      | [①-⑳]
      | {_words("ordinal")}
    )
"""
# Marks joined as equals are picks alike; one that the sentence of another comes to is a mention in it.
_JOIN = rf"""
    (?: [ \t]*+
        (?: [,，、/／・·&＆+＋;；|]
          | {_words("joint", "ko", "ja")}(?=[ \t]*+[\[*])
          | (?<![A-Za-z]){_words("joint", "en")}(?![A-Za-z])
        )
    ){{0,2}}+
    [ \t]*+[*_]{{0,2}}
"""
# Possessive throughout: a model that lost itself in spaces would otherwise be read in cubic time.
PICK = re.compile(
    rf"""
    ^[ \t>]*+(?:[*_]{{1,3}}(?=\d))?{BULLET}?+[ \t]*+[*_#]*+[ \t]*+[『「《〈“‘(（【<"']*+
    (?P<marks>
        {MARK}[*_]{{0,2}}
        (?:{_JOIN}\[\[[^\[\]\n]{{1,160}}\]\][*_]{{0,2}})*+
    )
    """,
    re.VERBOSE,
)
JOIN_ALONE = re.compile(rf"{_JOIN}[ \t]*", re.VERBOSE)
IN_BRACKETS = re.compile(r"[ \t]*+(?:[-*•·▪–—+][ \t]++|・[ \t]*+)[【\[][^\n【】\[\]]{1,20}[】\]]")
LABELLED = re.compile(
    r"[ \t]*+(?:[-*•·▪–—+][ \t]++|・[ \t]*+)?[*_]{0,2}(?P<label>[^\n:：*_]{1,30})[*_]{0,2}[ \t]*+[:：]"
)
ITEM = re.compile(r"[-*•·▪–—+][ \t]++|・")
# An id that was made up for a work that is none of the candidates': nothing to read.
RAW_ID = re.compile(
    r"""
    [\s*_`・•·-]*(?:id|slug)[*_`]*\s*[:：]\s*
    [\[`"']{0,3}[a-z0-9]+(?:-[a-z0-9]+)*[\]`"']{0,3}\s*
    """,
    re.IGNORECASE | re.VERBOSE,
)
# A question or an offer put to the reader, not part of what is said of a work.
ASKS = re.compile(rf"(?:[?？]|{_words('asks')})[\s\"'”’)）」』]*$")
OFFERS = re.compile(_words("offers"), re.IGNORECASE)
OFFERS_PLAINLY = re.compile(_words("offers.plainly"), re.IGNORECASE)


@dataclass
class Prose:
    """Markdown between the picks. `leads`: a pick follows, so that a heading at its end is that one's and no title."""

    text: str
    leads: bool = field(default=False, compare=False)


@dataclass
class PickLine:
    """A work pointed at, with the reason in the voice's words (Markdown, may be empty).

    `slug` is that of a candidate, or of anything; "" where a title was written in its place. `name` and `keys` tell
    then, and where nothing is known by the slug, what was meant.
    """

    slug: str
    reason: str = ""
    name: str = field(default="", compare=False)
    keys: tuple[str, ...] = field(default=(), compare=False)


def read(
    reply: str, candidates: Given | Iterable[dict | str] | None = (), *, unfinished: bool = False
) -> list[Prose | PickLine]:
    """`reply` as a list of Prose and PickLine, in order.

    `candidates`: what its writer was given, as it is kept with the turn (or its slugs alone): a line that one of their
    titles leads is a pick like a marked one. `unfinished`: what may still become a mark or a title is held back.
    """
    given = given_of(candidates)
    if unfinished:
        return _blocks(reply, given, unfinished)
    # A finished reply is read for its picks, its gaps, the page, the memory of the next turns: copies, for those who
    # read it fill in what they find.
    return [replace(block) for block in _read_once(reply, given)]


@lru_cache(maxsize=500)
def _read_once(reply, given):
    return _blocks(reply, given, False)


def _blocks(reply, given, unfinished):
    text = _with_breaks(SENTINEL.sub("", reply))
    text = with_marks(WORD_ID.sub(lambda found: _meant(found, given), text), given.slugs, unfinished=unfinished)
    lines = without_tables(text).split("\n")
    if unfinished and is_unsettled(lines[-1], given):
        lines.pop()
    reader = _Reader(given, unfinished)
    for line in lines:
        for piece in split_glued_lines(line, given, unfinished):
            reader.take(piece)
    return reader.blocks()


# Models copy the word from the instructions: "[[id]] re-zero: …".
WORD_ID = re.compile(rf"\[\[(?:id|slug)\]\][ \t]*+[:：]?[ \t]*+(?P<slug>{ID})?", re.IGNORECASE)
BREAK = re.compile(r"(?<!\\)(?:\\r)?\\n(?![a-z])")


def _meant(found, given):
    if slug := given.slug_in(found["slug"]):
        return f"[[{slug}]]"
    place = found.start("slug") if found["slug"] else found.end()
    names = found.string.startswith("[[", place) or given.title_at(found.string, place)
    return found.string[place : found.end()] if names else found[0]


def _with_breaks(text):
    """`text` with the line breaks that a model has written as they are written in JSON."""
    return BREAK.sub("\n", text) if "\\n" in text else text


class _Reader:
    """The lines of one reply as they are read: stretches of prose and groups of picks that share a line."""

    def __init__(self, given, unfinished=False):
        self.given, self.unfinished = given, unfinished
        self.groups = []  # lists of prose lines, and _Picks
        self.current = None  # the picks whose reason is being read
        self.empty = 0  # empty lines since a mark that has no reason yet
        self.told = set()  # slugs that have their reason
        self.item = None  # how the line of the current picks begins, where it is one of a list

    def take(self, line):
        if found := self._pick(line):
            self._begin(*found)
            self.item = _item_of(line, by_title=found[1] is not line)
        elif self.current is None:
            self._prose(line)
        elif not line.strip():
            self._leave_line()
        elif (self.empty or self._is_next_item(line)) and not self._is_labelled(line):
            self._end_reason()
            self._prose(line)
        else:
            self.current.lines.append(line.strip())
            self.empty = 0

    def _pick(self, line):
        """The marks a line begins with and the line, or None. A title at its head is read as a mark."""
        found = PICK.match(line)
        if not found and self.given.slugs:
            self._note_told()
            if marked := with_leading_mark(line, self.given, going_on=self._waiting(), picked=self.told):
                line, found = marked, PICK.match(marked)
        return found and (found, line)

    def _begin(self, found, line):
        picks = _Picks(found, line, self.given)
        last = next((group for group in reversed(self.groups) if isinstance(group, _Picks)), None)
        if last and last is self.groups[-1] and last.is_bare and last.slugs == picks.slugs:
            # "제목: …" and "id: …" of one work, or its title said again below its mark.
            last.first, self.current, self.empty = picks.first, last, 0
            return
        self.current, self.empty = picks, 0
        self.groups.append(picks)

    def _waiting(self):
        """The slug of the work pointed at last, where its reason is still to come."""
        last = self.groups[-1] if self.groups else None
        return last.slugs[0] if isinstance(last, _Picks) and last.is_bare and len(last.slugs) == 1 else ""

    def _note_told(self):
        for group in self.groups[-2:]:
            if isinstance(group, _Picks) and not group.is_bare:
                self.told.update(group.slugs)

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
        if RAW_ID.fullmatch(line):
            return
        if not self.groups or isinstance(self.groups[-1], _Picks):
            self.groups.append([])
        self.groups[-1].append(line)

    def _is_next_item(self, line):
        """Whether a line stands in the list whose item the current picks are: it speaks of something else."""
        item = self.item and _item_of(line, by_title=self.item[1] in PARTED_BY)
        return item is not None and item[1] == self.item[1] and item[0] <= self.item[0]

    def _is_labelled(self, line):
        found = LABELLED.match(line)
        labelled = found and (is_generic(found["label"]) or LABEL.match(line.strip()) or FIELD.match(line))
        return bool(labelled or IN_BRACKETS.match(line))

    def blocks(self):
        last = next((group for group in reversed(self.groups) if isinstance(group, _Picks)), None)
        blocks = []
        for place, group in enumerate(self.groups):
            if isinstance(group, _Picks):
                closing = group.take_closing() if group is last else []
                blocks += group.pick_lines()
                blocks.append(Prose("\n".join(closing)))
            else:
                follows = self.groups[place + 1 : place + 2]
                blocks.append(Prose("\n".join(group).strip("\n"), leads=bool(follows)))
        return [block for block in blocks if isinstance(block, PickLine) or block.text.strip()]


# A line that is no more than a heading: marked as one, or set apart as a whole.
HEADING_LINE = re.compile(
    r"""
    \s*
    (?: \#{1,6}\s.*
      | [*_]{1,3}[^*_\n]+[*_]{1,3}\s*[:：]?
      | [【\[〈<≪][^\n]*[】\]〉>≫]
      | [■◆●▶★◇□☆▪◎✦][^\n]*
    )
    \s*
    """,
    re.VERBOSE,
)


class _Picks:
    """The picks of one line, which share its reason: `first` on the line itself, `lines` below it."""

    def __init__(self, found, line, given):
        self.marks = [read_mark(inside) for inside in dict.fromkeys(MARKED.findall(found["marks"]))]
        self.slugs = [mark.slug for mark in self.marks]
        self.first = _reason_after(line, found.end(), given, self.slugs)
        self.lines = []

    @property
    def is_bare(self):
        """Whether nothing is said of them so far, but by fields such as the author."""
        return not self.first and not any(self.told())

    def told(self):
        """The lines below without their labels; where one is labelled as the reason, not what the fields say."""
        return [without_label(_without_item(line)) for line in self.lines if not FIELD.match(line)]

    def take_closing(self):
        """What turns to the reader at the end, taken out of the reason."""
        closing = []
        while self.lines and _is_closing(self.lines[-1]):
            closing.insert(0, self.lines.pop())
        if self.lines:
            self.lines[-1], asked = _parted(self.lines[-1])
        else:
            self.first, asked = _parted(self.first)
        return [asked, *closing] if asked else closing

    def pick_lines(self):
        reason = self.first
        for line, told in zip((line for line in self.lines if not FIELD.match(line)), self.told(), strict=True):
            if told:
                reason += f"{' · ' if reason and ITEM.match(line) else ' '}{told}"
        reason = _balanced(reason).strip()
        return [PickLine(mark.slug, reason, mark.name, keys_of(mark.name)) for mark in self.marks]


def _reason_after(line, place, given, slugs):
    """What follows the marks on their line, without the particle and the punctuation that tied it to them."""
    if JOIN_ALONE.fullmatch(line, place):
        return ""
    return reason_behind(line, place, given if len(slugs) == 1 else None, slugs[0])


def _without_item(line):
    return ITEM.sub("", line, count=1) if ITEM.match(line) else line


SENTENCE_END = re.compile(r"(?<=[.。!！?？…])[\"”’」』)）*_]{0,3}[ \t]*+")
ASKS_READER = re.compile(_words("asks_reader"), re.IGNORECASE)


def _parted(told):
    """`told` as what is said of the work, and the sentence at its end that asks the reader."""
    ends = [found.end() for found in SENTENCE_END.finditer(told, 0, len(told.rstrip()) - 1)]
    if not ends or not told[: ends[-1]].strip():
        return told, ""
    last = told[ends[-1] :].strip()
    asks = (ASKS.search(last) and ASKS_READER.search(last)) or OFFERS_PLAINLY.search(last)
    return (told[: ends[-1]].strip(), last) if asks else (told, "")


LIST_ITEM = re.compile(
    rf"""
    (?P<indent>[ \t]*+)[*_]{{0,3}}
    (?: (?P<sign>[-*•▪●○◆■★☆▶►–—+・#]|[①-⑳])
      | [(（【\[]?\d{{1,2}}(?:[.)）】\]．、:：]|{_words("item.unit")})
    )
    """,
    re.VERBOSE,
)


PARTED_BY = ":：–—―-"
PARTED = re.compile(
    rf"(?P<indent>[ \t]*+)\w[^\n。{PARTED_BY}]{{1,60}}+(?:(?P<sign>[:：–—―])|(?<=[ \t])(?P<dash>-)(?=[ \t]))"
)


def _item_of(line, by_title=False):
    """How a line begins that is one of a list, as (indent, kind); None where it is none.

    `by_title`: a title and a sign behind it make an item too.
    """
    found = LIST_ITEM.match(line)
    if not found:
        found = PARTED.match(line) if by_title else None
        return found and (len(found["indent"]), found["sign"] or found["dash"])
    sign = found["sign"] or "1"
    return len(found["indent"]), "①" if "①" <= sign <= "⑳" else sign


def _balanced(reason):
    """`reason` without the end of a bold that began before the mark."""
    return reason.replace("**", "", 1) if reason.count("**") % 2 else reason


def _is_closing(line):
    return bool((ASKS.search(line) and OFFERS.search(line)) or OFFERS_PLAINLY.search(line))


def names_of(block: Prose | PickLine, ask: str = "", titles: Iterable[str] = ()) -> list[Named]:
    """The works a block of a reply names; see `names_in`."""
    if isinstance(block, Prose):
        found = names_in(block.text, ask, titles)
        start = block.text.rstrip().rfind("\n") + 1
        if block.leads and HEADING_LINE.fullmatch(block.text, start):
            for one in found:
                one.claim = one.claim and (one.sure or one.start < start)
        return found
    return names_in(block.reason, ask, titles, lines=False)


def claims_in(
    reply: str, candidates: Given | Iterable[dict | str] | None, ask: str = "", titles: Iterable[str] = ()
) -> list[Named]:
    """What a reply names as titles, as a list of Named; a slug, whether known or not, is no title."""
    blocks = read(reply, candidates)
    written = [
        Named(0, 0, block.name, keys=block.keys) for block in blocks if isinstance(block, PickLine) and not block.slug
    ]
    named = [one for block in blocks for one in names_of(block, ask, titles) if one.claim and not one.slug]
    return [*written, *named]


def offered_by_lines(
    blocks: Iterable[Prose | PickLine], offered_by: Callable[[PickLine], str | None]
) -> dict[str, PickLine]:
    """The works that lines of a reply pick, as {slug: block}, in order, each by the first line that gives a reason.

    `offered_by` maps a PickLine to the slug of the candidate it means, or None.
    """
    offered: dict[str, PickLine] = {}
    for block in blocks:
        if not isinstance(block, PickLine):
            continue
        slug = offered_by(block)
        if slug and (slug not in offered or _says_more(block, offered[slug])):
            offered[slug] = block
    return offered


SCRAP = 16  # letters; a reason no longer gives way to one that is


def _says_more(block, before):
    short = len(before.reason) <= SCRAP and len(block.reason) > 2 * len(before.reason)
    return bool(block.reason and (not before.reason or short))


def offers_in_prose(block: Prose, names: Sequence[Named]) -> list[Named]:
    """Those of `names` that a stretch of prose offers: none that the reader is told not to read."""
    ends = [*(one.start for one in names[1:]), len(block.text)][: len(names)]
    return [one for one, end in zip(names, ends, strict=True) if not _is_refused(block.text, one, end)]


def _is_refused(text, named, end):
    """Whether the words around a name, up to the next at `end`, keep the reader from the work."""
    before = text[max(0, named.start - 30) : named.start].rstrip("“\"'『「*")
    behind = SENTENCE.split(text[named.end : min(end, named.end + 80)], maxsplit=1)[0]
    return bool(REFUSES.search(behind) or KEEPS_FROM.search(before))


SENTENCE = re.compile(r"[.。!！?？\n]")


def picks_in(
    reply: str,
    candidates: Sequence[dict],
    *,
    resolve: Callable[[tuple[str, ...]], str | None],
    ask: str = "",
    titles: Iterable[str] = (),
    unfinished: bool = False,
) -> list[tuple[str, str]]:
    """The candidates a reply offers, as (slug, reason) in order, each once.

    A model that neither marks a line nor begins one by a title still offers the candidates it names. `resolve` maps a
    tuple of title keys to a slug or None.
    """
    allowed = {candidate["slug"] for candidate in candidates}

    def meant(one):
        slug = one.slug if one.slug in allowed else resolve(one.keys)
        return slug if slug in allowed else None

    blocks = read(reply, candidates, unfinished=unfinished)
    if offered := offered_by_lines(blocks, meant):
        return [(slug, block.reason) for slug, block in offered.items()]
    named = [
        one
        for block in blocks
        if isinstance(block, Prose)
        for one in offers_in_prose(block, names_of(block, ask, titles))
    ]
    return [(slug, "") for slug in dict.fromkeys(map(meant, named)) if slug]
