"""What a reader remarks on the books just offered, in words that wish for nothing: "a cooking one? I said …", "그건
판타지고", 「SFじゃないし」.

Such words name what those books are, and ask for none of it. Of a turn that complains it is what was wrong with them,
unless it was asked for before. What the books are said not to be is missed, and refused by nobody.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ...text.folding import key
from ..acts import Act, ActPart, Dialogue, ReadTurn
from ..asking import questions
from ..names import focus
from ..names.half_names import called_by_words
from ..stances.parse import parse
from ..wishes import circumstances, maker_wishes
from ..words.clauses import Clause, clauses_of
from ..words.cue_book import CueBook, plain
from ..words.mentions import REFUSALS, Mention, Parsed, Stance
from ..words.vocabulary import Vocabulary
from .act_parts import BOOK as ACTS
from .act_parts import ORDERS, verdict_in
from .breaches import AGAIN, praises
from .choices import BOOK as CHOICES

BOOK = CueBook("remarks")
KINDS = ("tag", "about")  # kinds of mentions that a remark may name
JUST_TOLD = ("read", "loved", "dropped", "not")  # what became of another of the books, beside a remark
MAX_TEXT = 300  # characters of a turn in which remarks are looked for
MAX_REMARK = 90  # characters of one
MAX_PLACE = 8  # characters of what only places a book
OFFERING = {Act.RECOMMEND, Act.COMPLAINT, Act.ABUSE, Act.NO, Act.ABOUT, Act.SMALL_TALK, Act.VERDICT}
TELLS_NOTHING = {
    Act.COMPLAINT,
    Act.NO,
    Act.ABUSE,
    Act.SMALL_TALK,
    Act.GIBBERISH,
}  # beside which others are chosen at once


@dataclass(frozen=True, slots=True)
class Remarks:
    """`text`: the words that only remark, `rest`: the others. `works`: offered books that they are on. `faults`: tags of
    these that nobody asked for, `subjects`: the same of subjects; `missed`: tags asked for that they lack. `unfit`: books
    that are not for whom they are to be."""

    text: str
    rest: str
    works: tuple[str, ...]
    faults: tuple[str, ...]
    subjects: tuple[str, ...]
    missed: tuple[str, ...]
    unfit: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Piece:
    """A clause, or what of it stands before the words that end a remark, in its conversation."""

    text: str
    lower: str
    parsed: Parsed
    dialogue: Dialogue = field(compare=False, repr=False)
    words: Vocabulary = field(compare=False, repr=False)

    @cached_property
    def works(self) -> tuple[str, ...]:
        """Books of the conversation that it names or places. Looked for when they are asked for, as most pieces are none
        that remarks."""
        slug, _ = self._spoken_of
        if slug:
            return (slug,)
        return _works_in(self.text, self.parsed, self.dialogue, self.words)

    @cached_property
    def named(self) -> list[Mention]:
        _, name = self._spoken_of
        return [one for one in self.parsed.mentions if one.kind in KINDS and self.parsed.words_of(one) not in name]

    @cached_property
    def _spoken_of(self) -> tuple[str, str]:
        """The one book offered last by a word of its title that a piece begins with, and that word; a name is no thing
        that is found in it: "성녀는 여자잖아"."""
        for match in BOOK.matches("spoken_of", self.lower):
            name = key(match["name"])
            by_slug = self.words.catalogue.by_slug
            offered = (by_slug[slug] for slug in self.dialogue.last_picks if slug in by_slug)
            held = [one.slug for one in offered if any(name in key(title) for title in one.titles.values())]
            if len(name) > 1 and len(held) == 1:
                return held[0], match["name"]
        return ("", "")

    @property
    def asks_again(self) -> bool:
        """Whether it only says what was asked before: "I was asking whether it is gory"."""
        return len(self.text) <= MAX_REMARK and BOOK.has("asks_again", self.lower)

    @cached_property
    def is_for_somebody(self) -> bool:
        """Whether it wonders at whom a book is to be for, which refuses that book: "a pub, for a ten-year-old?"."""
        return self.text.rstrip(". ").endswith(("?", "？")) and bool(circumstances.read(self.text).audience)

    @property
    def wishes(self) -> bool:
        return BOOK.has("wishes", self.lower)

    @property
    def protests(self) -> bool:
        return BOOK.has("protests", self.lower)

    @property
    def denies(self) -> bool:
        """Whether it asks how books are what it names: "how is that horror?"."""
        return BOOK.has("denies", self.lower)

    @property
    def finds_fault(self) -> bool:
        """Whether it does not only tell again what was offered, or say what is not there."""
        told = self.denies or self.asks_again or self.is_for_somebody
        return not told and (self.protests or not self.retells)

    @property
    def retells(self) -> bool:
        return BOOK.has("retells", self.lower)


def remarked_in(text: str, dialogue: Dialogue, words: Vocabulary) -> Remarks | None:
    """What `text` remarks on the books offered last; None where it remarks on none, or praises."""
    if not dialogue.last_picks or not OFFERING & {*dialogue.acts} or len(text) > MAX_TEXT:
        return None
    pieces = [*_pieces(text, dialogue, words)]
    if _takes_back(text, pieces, dialogue):
        return None
    complains = any(one.protests or BOOK.has("turns_away", one.lower) for one in pieces)
    complains |= any(one.wishes for one in pieces) and len(pieces) > 1
    remarks = [one for one in pieces if one.asks_again or _remarks(one, dialogue, words, complains=complains)]
    if not remarks:
        return None
    rest = [one for one in pieces if one not in remarks and (one.named or one.wishes or not one.protests)]
    asked = {*dialogue.wished.get("asked", ())}
    missed = [tag for piece in remarks for tag in _missed(piece, dialogue)]
    finding = [one for one in remarks if one.finds_fault and not _missed(one, dialogue)]
    told = [one for piece in finding for one in piece.named]
    complains = any(one.protests for one in finding) or any(one.named or one.wishes for one in rest)
    faults = [tag for one in told if one.kind == "tag" for tag in one.values if tag not in asked] if complains else []
    subjects = [value for one in told if one.kind == "about" for value in one.values] if complains else []
    wanted = _wanted_in(rest)
    placed = [one for one in rest if _only_places(one)]
    found = Remarks(
        text=" ".join(one.text for one in remarks),
        rest=" ".join(one.text for one in rest if one not in placed),
        works=tuple(dict.fromkeys(slug for one in (*placed, *remarks) for slug in one.works)),
        faults=tuple(tag for tag in dict.fromkeys(faults) if tag not in wanted),
        subjects=tuple(one for one in dict.fromkeys(subjects) if one not in wanted),
        missed=tuple(dict.fromkeys(missed)),
        unfit=tuple(slug for one in remarks if one.is_for_somebody for slug in _carrying(one)),
    )
    beside = any((one.retells and (rest or one.protests)) or (one.asks_again and rest) for one in remarks)
    says_something = found.faults or found.subjects or found.missed or found.unfit or beside
    return found if says_something else None


def _only_places(piece: _Piece) -> bool:
    """Whether a piece only says which book the remark beside it is on: 「2番目、」."""
    return bool(piece.works) and not piece.named and not piece.wishes and len(piece.text) <= MAX_PLACE


def as_remarked(remarks: Remarks, rest: ReadTurn, dialogue: Dialogue) -> ReadTurn:
    """`rest`, what a turn does besides, with what it remarks; one that only complains wants other books, at once."""
    detail: dict[str, Any] = {
        "tags": [*remarks.faults],
        "refused": [*remarks.faults],
        "refused_about": [*remarks.subjects],
        "lacking": [*remarks.missed],
        "without": [*dict.fromkeys((*remarks.works, *remarks.unfit))],
        "remarked": True,
    }
    works = remarks.unfit or remarks.works or dialogue.last_picks
    if remarks.unfit:
        detail["kind"] = "not_it"
    part = ActPart(Act.COMPLAINT, remarks.text, works, detail={name: one for name, one in detail.items() if one})
    others = [_as_wish(one) for one in rest.parts if one.act is not Act.COMPLAINT or one.detail]
    if any(one.act.wishes for one in others) and not rest.wish_text:
        rest = ReadTurn(rest.parts, " ".join(one.text for one in others if one.act.wishes))
    if not (remarks.faults or remarks.subjects or remarks.missed or remarks.unfit):
        return rest if others else ReadTurn((ActPart(Act.SMALL_TALK, remarks.text),), "")
    does = {one.act for one in others if not (one.act is Act.VERDICT and one.detail.get("state") in JUST_TOLD)}
    again = () if does - TELLS_NOTHING else (AGAIN,)
    return ReadTurn((part, *others, *again), rest.wish_text)


def _as_wish(part: ActPart) -> ActPart:
    """A part that settles on a book beside a complaint about it says what is wanted instead: "all romance. a story of
    friends is what I want"."""
    settles = part.act is Act.VERDICT and (part.detail.get("chosen") or part.detail.get("ordered"))
    return ActPart(Act.RECOMMEND, part.text) if settles else part


def _takes_back(text: str, pieces: Sequence[_Piece], dialogue: Dialogue) -> bool:
    """Whether a turn says that the reader never refused something, or never asked for what was taken to be asked for."""
    if ORDERS.first("takes_back.", plain(text)) == "refused":
        return True
    return any(ORDERS.first("takes_back.", one.lower) and _asked_in(one, dialogue) for one in pieces)


def _pieces(text: str, dialogue: Dialogue, words: Vocabulary) -> Iterator[_Piece]:
    for said in _cut(_sentences(text)):
        parsed = parse(maker_wishes.masked(said, words.catalogue), words)
        yield _Piece(said, plain(said), parsed, dialogue, words)


def _works_in(said: str, parsed: Parsed, dialogue: Dialogue, words: Vocabulary) -> tuple[str, ...]:
    """Books of the conversation that a piece names or places; a word for a kind of book names none of that kind."""
    if parsed.works:
        return tuple(one.values[0] for one in parsed.works if one.values[0] in dialogue.known())
    if placed := focus.in_place(plain(said), dialogue.last_picks):
        return placed
    for one in parsed.mentions:
        said = said.replace(parsed.words_of(one), " ")
    return tuple(filter(None, [called_by_words(said, dialogue.last_picks, words, story=False)]))


def _sentences(text: str) -> Iterator[str]:
    """The clauses of `text`; those of a sentence that wishes for nothing in any of them are one."""
    joined: list[Clause] = []
    for clause in clauses_of(text):
        if (
            joined
            and joined[-1].text.endswith((",", "、", "，"))
            and not any(
                BOOK.has("wishes", plain(one.text)) or BOOK.has("protests", plain(one.text))
                for one in (joined[-1], clause)
            )
        ):
            clause = Clause(text[joined[-1].start : clause.end], joined.pop().start, clause.end)
        joined.append(clause)
    return (one.text for one in joined)


def _cut(sentences: Iterator[str]) -> Iterator[str]:
    """`sentences`, cut behind words that end a remark."""
    for said in sentences:
        start = 0
        for match in BOOK.every("ends", plain(said)):
            yield said[start : match.end()].strip()
            start = match.end()
        if rest := said[start:].strip():
            yield rest


def _remarks(piece: _Piece, dialogue: Dialogue, words: Vocabulary, *, complains: bool) -> bool:
    """Whether a piece names what books are, or are not, and wishes for nothing. `complains`: whether its turn does."""
    if not piece.named or len(piece.text) > MAX_REMARK or verdict_in(piece.lower) or ACTS.has("compare", piece.lower):
        return False
    if CHOICES.has("chosen", piece.lower):
        return False
    if piece.denies:
        return True
    wonders = piece.retells and (piece.protests or piece.text.rstrip().endswith(("?", "？")))
    if piece.wishes or (praises(piece.lower) and not wonders):
        return False
    if BOOK.has("is_not", piece.lower) and _asked_in(piece, dialogue):
        return True
    if any(one.stance in REFUSALS for one in piece.named):
        return piece.protests and not any(one.stance == Stance.REFUSE for one in piece.named)
    if piece.protests:
        return True
    carried = _carried(piece, dialogue, words)
    if complains and carried and piece.text.rstrip().endswith(("?", "？")) and not BOOK.has("is_asked", piece.lower):
        return True
    if piece.works and not (focus.says_similar(piece.text) and not BOOK.has("likens", piece.lower)):
        return not questions.is_question(piece.text) and BOOK.has("is_so", piece.lower)
    return piece.retells and (carried or complains)


def _asked_in(piece: _Piece, dialogue: Dialogue) -> list[str]:
    """What a piece names of what was asked for."""
    asked = {*dialogue.wished.get("asked", ())}
    return [tag for one in piece.named for tag in one.values if tag in asked]


def _carried(piece: _Piece, dialogue: Dialogue, words: Vocabulary) -> bool:
    """Whether a book offered last has one of the tags that a piece names, or it names none but subjects."""
    tags = {tag for one in piece.named if one.kind == "tag" for tag in one.values}
    works = (words.catalogue.by_slug.get(slug) for slug in dialogue.last_picks)
    return not tags or any(tag in work.tags for work in works if work for tag in tags)


def _carrying(piece: _Piece) -> list[str]:
    """The books offered last that a piece names, or that have most of a tag that it names."""
    tags = {tag for one in piece.named if one.kind == "tag" for tag in one.values}
    offered = [work for slug in piece.dialogue.last_picks if (work := piece.words.catalogue.by_slug.get(slug))]
    strength = {work.slug: max((work.tags.get(tag, 0) for tag in tags), default=0) for work in offered}
    most = max(strength.values(), default=0)
    return [*piece.works] or [slug for slug, has in strength.items() if has == most > 0]


def _missed(piece: _Piece, dialogue: Dialogue) -> list[str]:
    """What a piece says is not there: of what it names what was asked for; where it asks how books are that, all."""
    asked = _asked_in(piece, dialogue)
    if piece.denies:
        return asked or [tag for one in piece.named if one.kind == "tag" for tag in one.values]
    return asked if BOOK.has("is_not", piece.lower) else []


def _wanted_in(pieces: Sequence[_Piece]) -> set[str]:
    """What the other pieces of a turn name and do not refuse."""
    return {value for piece in pieces for one in piece.named if one.stance not in REFUSALS for value in one.values}
