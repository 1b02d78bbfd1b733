"""A row of titles that are said to have been read: "ive read bookworm, spice n wolf, 86", 「ハルヒ、キノ、禁書は読んだ」.

Each of them is a title, however it is typed, and none is a wish: they are noted together, what is not recognised is
said back, and what else the turn says is read as if they did not stand there.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..acts import Act, ActPart, Dialogue, ReadTurn
from ..asking import questions
from ..names.focus import says_similar
from ..names.listed_names import BOOK, named_in_a_row
from ..words.clauses import SENTENCE_END
from ..words.cue_book import plain
from ..words.fillers import without_fillers
from ..words.vocabulary import Vocabulary
from .act_parts import verdict_in

STATES = ("read", "loved")
MIN_ITEMS, MIN_NAMED = 3, 2  # of a row, and of those that are recognised
MAX_WORDS, MAX_TITLE = 5, 16  # words of a title, and characters of one that is not recognised, in no Latin letters
MAX_LATIN_TITLE = 40
CUTS = re.compile(r"[,、，/・·;\n]+|\s[-–—]+\s")
TOKEN = re.compile(r"\S+")
MARKS = " \t.,!~…。、！・·-:'\"“”『』「」ㅋㅎㅠ"
MIN_REST = 2  # letters of what says something beside a row
LETTER = re.compile(r"[^\W_]")


@dataclass(frozen=True)
class ReadRow:
    """`text`: the row with what says that it was read. `strange`: items that are not recognised. `rest`: what the turn
    says besides."""

    text: str
    state: str
    works: tuple[str, ...]
    strange: tuple[str, ...]
    rest: str

    def part(self) -> ActPart:
        unlisted = {"unlisted": [*self.strange]} if self.strange else {}
        return ActPart(Act.VERDICT, self.text, self.works, detail={"state": self.state, **unlisted})


@dataclass
class _Items:
    works: list[str]
    strange: list[str]
    ends: int  # where the last of them ends

    @property
    def is_row(self) -> bool:
        named = len(set(self.works))
        return named >= MIN_NAMED and named + len(self.strange) >= MIN_ITEMS and named >= len(self.strange)


def row_in(text: str, words: Vocabulary) -> ReadRow | None:
    """The row of titles that a sentence of `text` says were read; None where none does."""
    start = 0
    for end in [*(match.end() for match in SENTENCE_END.finditer(text)), len(text)]:
        if row := _row_of(text, start, end, words):
            return row
        start = end
    return None


def as_listed(row: ReadRow, rest: ReadTurn) -> ReadTurn:
    """`rest`, what else the turn does, behind the verdict on the row: books that it asks for are others than those."""
    others = (
        replace(part, detail={"renewed": True, **part.detail}) if part.act is Act.RECOMMEND else part
        for part in rest.parts
    )
    return replace(rest, parts=(row.part(), *others))


def beside_row(row: ReadRow, dialogue: Dialogue) -> Dialogue:
    """The conversation as what stands beside the row is read: what is like them is like the row."""
    return replace(dialogue, spoken=row.works) if says_similar(row.rest) else dialogue


def _row_of(text: str, start: int, end: int, words: Vocabulary) -> ReadRow | None:
    sentence = text[start:end]
    if questions.is_question(sentence):
        return None
    lower = plain(sentence)
    for section, behind in (("behind", True), ("before", False)):
        for match in BOOK.every(section, lower):
            row = sentence[: match.start()] if behind else sentence[match.end() :]
            items = _items(row, words, verb_last=behind)
            if not (items and (items.is_row or (CUTS.match(match[0].strip()) and _is_one(row, items, words)))):
                continue
            said = match[0].strip(MARKS)
            state = verdict_in(said if behind else f"{said} it")
            if state not in STATES or BOOK.has("not_read", lower):
                return None
            begins, ends = (0, match.end()) if behind else (match.start(), match.end() + items.ends)
            rest = _rest(text[: start + begins], text[start + ends :])
            return ReadRow(
                text[start + begins : start + ends].strip(),
                state,
                tuple(dict.fromkeys(items.works)),
                tuple(dict.fromkeys(items.strange)),
                rest,
            )
    return None


def _is_one(row: str, items: _Items, words: Vocabulary) -> bool:
    """Whether a row is but one title, which is typed so that it is known in no other way."""
    said = row.strip(MARKS)
    alone = len(items.works) == 1 and not items.strange and said.count(" ") >= 1
    return alone and bool(named_in_a_row(said, words))


def _rest(before: str, after: str) -> str:
    """What stands beside a row, less what only leads up to it; "" where that says nothing."""
    led = all(BOOK.has("between", plain(one).strip(MARKS)) for one in before.split())
    rest = f"{'' if led else before} {after}".strip(MARKS)
    return rest if len(LETTER.findall(rest)) >= MIN_REST and without_fillers(rest).strip() else ""


def _items(row: str, words: Vocabulary, *, verb_last: bool) -> _Items | None:
    """The items of a row; None where something stands between them that is no title. A row whose verb comes first ends
    where no title follows."""
    found = _Items([], [], 0)
    start = 0
    for end in [*(match.start() for match in CUTS.finditer(row)), len(row)]:
        place, piece = start, row[start:end]
        start = end + 1
        if not piece.strip(MARKS):
            continue
        works, strange, over = _of_piece(piece, words, is_first=not (found.works or found.strange))
        if over is not None and (verb_last or not works):
            return None if verb_last else found
        found.works += works
        found.strange += strange
        found.ends = place + over if over is not None else end
        if over is not None or any(_says_more(one, words) for one in strange):
            return found if over is not None else None
    return found


def _of_piece(piece: str, words: Vocabulary, *, is_first: bool) -> tuple[list[str], list[str], int | None]:
    """What a piece between two commas names, what in it is not recognised, and where in it the row ends, if it does."""
    if slug := named_in_a_row(piece.strip(MARKS), words):
        return [slug], [], None
    if pair := _joined(piece.strip(MARKS), words):
        return pair, [], None
    found = [*TOKEN.finditer(piece)]
    tokens = [match[0] for match in found]
    works: list[str] = []
    strange: list[str] = []
    held: list[int] = []
    place = 0
    while place < len(tokens):
        slugs, taken = _longest(tokens, place, words)
        if slugs:
            if held and (works or not is_first or _is_title(_said(tokens, held))):
                strange.append(_said(tokens, held))
            held = []
            works += slugs
        elif not BOOK.has("between", plain(tokens[place]).strip(MARKS)):
            held.append(place)
        place += taken
    if not held:
        return works, strange, None
    said = _said(tokens, held)
    if _is_title(said) and not _says_more(said, words):
        return works, [*strange, said], None
    return works, strange, found[held[0]].start()


def _said(tokens: Sequence[str], places: Sequence[int]) -> str:
    return " ".join(tokens[place] for place in places).strip(MARKS)


def _longest(tokens: Sequence[str], place: int, words: Vocabulary) -> tuple[list[str], int]:
    """The works that the longest run of `tokens` from `place` on names, and how many of them that takes."""
    for length in range(min(MAX_WORDS, len(tokens) - place), 0, -1):
        run = " ".join(tokens[place : place + length]).strip(MARKS)
        if length == 1 and BOOK.has("between", plain(run)):
            return [], 1
        if slug := named_in_a_row(run, words):
            return [slug], length
        if length == 1 and (pair := _joined(run, words)):
            return pair, length
    return [], 1


def _joined(piece: str, words: Vocabulary) -> list[str]:
    """The works that `piece` names with nothing but a particle between them: 「ハルヒとキノも」."""
    found: list[str] = []
    rest = piece
    while rest:
        places = [*(match.span() for match in BOOK.every("joined", rest)), (len(rest), len(rest))]
        place = next((one for one in reversed(places) if named_in_a_row(rest[: one[0]], words)), None)
        if not place:
            return []
        found.append(named_in_a_row(rest[: place[0]], words))
        rest = rest[place[1] :]
    return found


def _is_title(said: str) -> bool:
    """Whether words of a row that are not recognised are few enough for a title."""
    return len(said) <= (MAX_LATIN_TITLE if said.isascii() else MAX_TITLE) and len(said.split()) <= MAX_WORDS


def _says_more(said: str, words: Vocabulary) -> bool:
    """Whether `said` wishes, asks or tells something, and is no title."""
    lower = plain(said)
    return BOOK.has("no_item", lower) or words.wished_share(said) > 0 or questions.is_question(said)
