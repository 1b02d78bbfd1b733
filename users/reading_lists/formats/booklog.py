"""ブクログ: cp932 and no header. 17 columns come out of it; the first 11 alone are what it takes in, without titles."""

from ..isbn import isbn13
from ..lines import Faulty, Line, day, half_stars, note, one_line, title
from .tables import said, state_of

WIDTHS = (11, 17)
STATES = {"読みたい", "いま読んでる", "読み終わった", "積読", ""}
COMIC = "コミック"


def is_list(table):
    """Whether the first rows have its columns: a service, an item, a state in its words and a date."""
    if table.width not in WIDTHS:
        return False
    rows = [row for row in _some(table) if not isinstance(row, Faulty)]
    fitting = [
        cells for _line, cells in rows if len(cells) in WIDTHS and cells[5].strip() in STATES and _is_date(cells[9])
    ]
    return bool(rows) and len(fitting) * 2 > len(rows)


def _some(table):
    return [row for row, _place in zip(table.rows(skip_header=False), range(20), strict=False)]


def _is_date(cell):
    return cell.strip()[:4].isdecimal() or not cell.strip()


def read(table):
    for row in table.rows(skip_header=False):
        if isinstance(row, Faulty):
            yield row
            continue
        number, cells = row
        if len(cells) not in WIDTHS:
            yield Faulty(number, "columns", said(cells))
            continue
        made = _line(number, cells)
        yield made if made.title or made.isbn else Faulty(number, "no_title", said(cells))


def _line(number, cells):
    told = len(cells) == 17
    return Line(
        number,
        title=title(cells[11]) if told else "",
        authors=one_line(cells[12], 200) if told else "",
        kind="manga" if told and COMIC in cells[15] else "",
        isbn=isbn13(cells[2]) or isbn13(cells[1]),
        rating=half_stars(cells[4], 5),
        state=state_of(cells[5]),
        note=note(cells[8]) or note(cells[6]),
        finished_on=day(cells[10]),
    )
