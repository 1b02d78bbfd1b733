"""Tables in a reply: the page renders none, so their rows are read as items of a list."""

import re
from collections.abc import Iterator

from ...text.folding import key
from ..phrasebook import PHRASES, either
from .generic_words import is_generic
from .marks import MARKED

RULE = re.compile(r"[ \t]*+\|?[ \t]*+:?[-–—=]++:?[ \t]*+(?:\|[ \t]*+:?[-–—=]++:?[ \t]*+)*+\|?[ \t]*+")
CELL = re.compile(r"[^|\n]+")
ROW = re.compile(r"^[ \t]*+[|｜│┃║][^\n]*", re.MULTILINE)  # also drawn with bars of full width, or of a box
BARS = str.maketrans("｜│┃║", "||||")
# A line of a box drawn around the cells: "+---+---+", "├───┼───┤".
BORDER = re.compile(r"[ \t]*+[+┌├└┏┣┗╔╠╚][-=+─━═┬┼┴┳╋┻╦╬╩╤╪╧]{2,}[+┐┤┘┓┫┛╗╣╝][ \t]*+")
ESCAPED = re.compile(r"[ \t]*\\\|[ \t]*")
BREAK = re.compile(r"[ \t]*<br[ \t]*/?>[ \t]*", re.IGNORECASE)
TITLE_COLUMNS = frozenset(map(key, PHRASES.phrases("tables", "title_column")))
RANK_COLUMNS = frozenset(map(key, PHRASES.phrases("tables", "rank_column")))
NUMBER = re.compile(rf"\W*+\d{{1,3}}+{either('tables', 'counted')}?\W*+|[①-⑳]", re.IGNORECASE)
MAX_CELLS = 12


class Row:
    """One row of a table: its cells as (start, end) in the text, the cell with the title first told by `title`, and the
    names of its columns by their number."""

    def __init__(
        self, cells: list[tuple[int, int]], title: tuple[int, int] | None, heads: dict[int, str], start: int
    ) -> None:
        self.cells, self.title, self.heads, self.start = cells, title, heads, start


def rows_of(text: str) -> Iterator[tuple[int, Row | None]]:
    """The rows of `text` that tell of works, as (number of the line, Row); headers and rules have None for a Row."""
    lines, place = [], 0
    for line in text.split("\n"):
        lines.append((place, line))
        place += len(line) + 1
    column, inside, heads = None, False, {}
    for number, (start, line) in enumerate(lines):
        following = lines[number + 1][1] if number + 1 < len(lines) else ""
        opens = line.lstrip().startswith("|")
        if "|" not in line or not (opens or inside or _is_rule(following) or _begins(text, line, start, following)):
            column, inside, heads = None, False, {}
            continue
        if not inside:
            column, heads = None, {}
        cells = _cells(line, start)
        if _is_rule(line) or not cells:
            yield number, None
        elif _is_rule(following) or (not inside and _names_columns(text, cells)):
            column = _title_column(text, cells)
            heads = {_column(text, start, cell): text[slice(*cell)] for cell in cells}
            yield number, None
        else:
            yield number, Row(cells, _title(text, cells, column), heads, start)
        inside = True


def title_cells(text: str) -> Iterator[tuple[int, int]]:
    """The places, as (start, end), of the cells that hold the titles of a table."""
    for _number, row in rows_of(text) if "|" in text else ():
        if row and row.title is not None:
            yield row.title


def without_tables(text: str) -> str:
    """`text` with the rows of its tables as items of a list, the title or the mark first, the rest by its column."""
    text = ROW.sub(lambda found: ESCAPED.sub(" / ", found[0].translate(BARS)), text)
    if "|" not in text:
        return text
    text = _without_borders(text)
    lines: list[str | None] = [*text.split("\n")]
    rows = dict(rows_of(text))
    for number, row in rows.items():
        lines[number] = None if row is None else _item(text, row)
        behind = lines[number + 1] if number + 1 < len(lines) else None
        if row and behind and number + 1 not in rows:
            lines[number + 1] = f"\n{behind}"  # or it would go on with the last item
    return "\n".join(line for line in lines if line is not None)


def _without_borders(text):
    """`text` with the tables in it that are drawn as boxes as others are: of their lines only that below the head."""
    lines, borders = [], 0
    for line in text.split("\n"):
        if BORDER.fullmatch(line):
            borders += 1
            if borders == 2:
                lines.append("|---|")
            continue
        borders = borders if line.lstrip().startswith("|") else 0
        lines.append(line)
    return "\n".join(lines)


def _item(text, row):
    words = [BREAK.sub(" ", text[start:end]) for start, end in row.cells]
    lead = next((word for word in words if MARKED.fullmatch(word)), None)
    title = BREAK.sub(" ", text[slice(*row.title)]) if row.title else None
    rest = [
        (word, head)
        for place, (word, cell) in enumerate(zip(words, row.cells, strict=True))
        for head in [row.heads.get(_column(text, row.start, cell))]
        # A number that begins the row mostly counts it.
        if word not in (lead, title) and not (place == 0 and NUMBER.fullmatch(word) and _counts(head))
    ]
    # What is one column of words says itself what it is; figures do not.
    told = " · ".join(
        f"{head}: {word}" if head and (len(rest) > 1 or NUMBER.fullmatch(word)) else word for word, head in rest
    )
    if lead is None and title is None:
        return told
    return f"- {lead or title}" + (f" — {told}" if told else "")


def _column(text, start, cell):
    """The number of the column a cell of the line that begins at `start` stands in; empty cells count."""
    return text.count("|", start, cell[0]) - text[start : cell[0]].lstrip().startswith("|")


def _counts(head):
    """Whether a column of this name numbers the rows, and is no volume or year."""
    return not head or key(head) in RANK_COLUMNS or not key(head)


def _is_rule(line):
    return "|" in line and bool(RULE.fullmatch(line))


def _begins(text, line, start, following):
    """Whether a line without a frame names the columns of the line behind it."""
    cells = _cells(line, start)
    return len(cells) > 1 and line.count("|") == following.count("|") and _names_columns(text, cells)


def _names_columns(text, cells):
    return all(is_generic(text[start:end]) or NUMBER.fullmatch(text[start:end]) for start, end in cells)


def _cells(line, start):
    cells = []
    for found in CELL.finditer(line):
        word = found[0]
        if word.strip():
            left = len(word) - len(word.lstrip())
            cells.append((start + found.start() + left, start + found.start() + len(word.rstrip())))
    return cells[:MAX_CELLS]


def _title_column(text, cells):
    named = [place for place, (start, end) in enumerate(cells) if key(text[start:end]) in TITLE_COLUMNS]
    words = [place for place in named if key(text[slice(*cells[place])]) not in ("id", "slug")]
    return next(iter(words or named), None)


def _title(text, cells, column):
    if column is not None and column < len(cells):
        return cells[column]
    return next((cell for cell in cells if not NUMBER.fullmatch(text[slice(*cell)])), None)
