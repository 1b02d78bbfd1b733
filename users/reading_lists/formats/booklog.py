"""ブクログ: cp932, mostly without a header. 17 columns come out of it, and whatever was hung on behind them; the first 11
alone are what it takes in, without titles."""

from ..isbn import isbn13
from ..lines import Faulty, Line, day, half_stars, has_unread_day, notes, one_line, title
from .tables import said, state_of

TAKEN_IN, GIVEN_OUT, MOST = 11, 17, 24  # columns
FIRST_COLUMN = "サービスID"
STATES = {"読みたい", "いま読んでる", "読み終わった", "積読", ""}
COMIC = "コミック"


def is_list(table):
    """Whether the first rows have its columns: a service, an item, a state in its words and a date."""
    if not _fits(table.width):
        return False
    rows = [row[1] for row, _place in zip(_rows(table), range(20), strict=False) if not isinstance(row, Faulty)]
    fitting = [cells for cells in rows if _is_row(cells)]
    return bool(rows) and len(fitting) * 2 > len(rows)


def _is_row(cells):
    return _fits(len(cells)) and cells[0].strip().isdecimal() and cells[5].strip() in STATES and _is_date(cells[9])


def _fits(width):
    return width == TAKEN_IN or GIVEN_OUT <= width <= MOST


def _rows(table):
    return table.rows(skip_header=table.header[:1] == [FIRST_COLUMN.casefold()])


def _is_date(cell):
    return cell.strip()[:4].isdecimal() or not cell.strip()


def read(table):
    for row in _rows(table):
        if isinstance(row, Faulty):
            yield row
            continue
        number, cells = row
        if not _fits(len(cells)):
            yield Faulty(number, "columns", said(cells))
            continue
        made = _line(number, cells)
        yield made if made.title or made.isbn else Faulty(number, "no_title", said(cells))


def _line(number, cells):
    told = len(cells) >= GIVEN_OUT
    return Line(
        number,
        title=title(cells[11]) if told else "",
        authors=one_line(cells[12], 200) if told else "",
        kind="manga" if told and COMIC in cells[15] else "",
        isbn=isbn13(cells[2]) or isbn13(cells[1]),
        rating=half_stars(cells[4], 5),
        state=state_of(cells[5]),
        note=notes(cells[8], cells[6]),
        finished_on=day(cells[10]),
        unread_day=has_unread_day(cells[10]),
    )
