"""Tables of the operator's own: CSV, also as Excel saves it, whose columns a map gives to our fields."""

import ast
import csv
import json
import re
import tomllib
import unicodedata
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from ...text.folding import key
from ..external_ids import SITES
from ..models import LANGUAGES, Tag
from ..reasons import BadRow, Reason
from . import dates, records
from .records import Record, Rejected, text

LARGEST = 100_000  # letters of one cell
MAX_LINES = 200  # of one row, whose cells may hold line breaks
TITLES = [f"titles.{code}" for code in ("ja", "ko", "en", "romaji")]
SYNOPSES = [f"synopsis.{code}" for code in LANGUAGES]
EDITIONS = ["editions.ko", "editions.en"]
EXTERNAL_IDS = [f"external_ids.{site}" for site in SITES]
LISTS = ["authors", "authors_ko", "authors_en", "illustrators", "names", "tags"]
FIELDS = [*TITLES, *SYNOPSES, *EDITIONS, *LISTS, *EXTERNAL_IDS]
FIELDS += ["id", "slug", "imprint", "year", "volumes", "status", "anime", "tone"]
SEPARATORS = re.compile(r"[|｜;/、，；\n]|,\s?")
VOLUMES = re.compile(
    r"(?:전|총|全|既刊|기존|1\s*[-~〜–]\s*(?=\d))?\s*(\d{1,4})(?:[.,]0+)?\s*(?:권|巻|冊|volumes?|vols?\.?|books?)?"
    r"\s*(?:까지|まで|\(?(?:완결|연재 ?중|完結|刊行中|既刊|complete[d]?|finished|ongoing)\)?)?",
    re.IGNORECASE,
)
STATUS = {
    "completed": "완결 완결됨 完結 完結済 complete completed finished ended 완".split(),
    "ongoing": "연재 연재중 미완결 連載 連載中 刊行中 未完結 ongoing publishing releasing continuing".split(),
    "hiatus": "휴재 중단 연재중단 休載 休止 中断 hiatus cancelled canceled discontinued stalled".split(),
}
STATUSES = {key(word): status for status, words in STATUS.items() for word in words}
YES, NO = (
    {"1", "y", "yes", "true", "o", "있음", "예", "あり", "有", "はい"},
    {"0", "n", "no", "false", "x", "없음", "なし", "無"},
)


OPEN = Reason("open_quote")
# A cell that holds a list as programs write it: ['a', 'b'], ["a"], ('a',). A work may well be called "[映]アムリタ".
WRITTEN_LIST = re.compile(r"\[\s*\]|\(\s*\)|[\[({]\s*(?:u?['\"\[({]|None\b|null\b).*[\])}]", re.DOTALL)
BARE_LIST = re.compile(r"\s*\[([^\[\]]*)\]\s*")  # without quotes around its texts
# The same within the name of what made it: array(['a', 'b'], dtype=object).
MADE = re.compile(
    r"(?:\w+\.)?(?:array|list|tuple|set|frozenset|Index|Series)\(\s*([\[({].*[\])}])\s*(?:,[^\[\](){}]*)?\)", re.DOTALL
)
LISTED_BARE = re.compile(r"\s*(['\"])[^'\"]*\1\s*(?:[,;|]\s*(['\"])[^'\"]*\2\s*)+")  # 'a', 'b'
OPEN_LIST = re.compile(r"\s*[\[({]\s*u?(['\"])[^'\"]*\1\s*,")  # and never closed
NAMES = ("name", "full", "title")  # what an object of a list is called by
EMPTY = {"nan", "none", "null", "<na>", "n/a", "#n/a"}  # as programs write an empty cell


class BadMap(ValueError):
    """The map cannot be used; the message says why."""

    def __init__(self, said):
        super().__init__(said)
        self.reason = said if isinstance(said, Reason) else Reason("as_said", what=said)


@dataclass
class Map:
    """`columns`: field to (name of its column, what separates the values in a cell)."""

    columns: dict = field(default_factory=dict)
    encoding: str = "utf-8-sig"
    delimiter: str = ""

    fields: ClassVar = FIELDS
    needed: ClassVar = ("a title", TITLES)  # what the fields are of which one has to be there

    @classmethod
    def from_options(cls, options, encoding=None):
        """From what is said on the command line: FIELD=COLUMN, FIELD=COLUMN;sep=X, or a .json or .toml file."""
        made = cls()
        for option in options or ():
            if option.lower().endswith((".json", ".toml")) and "=" not in option:
                made._read(Path(option))
            else:
                name, _, column = option.partition("=")
                column, _, separator = column.partition(";sep=")
                made.add(name, column, separator)
        made.encoding = encoding or made.encoding
        try:
            b"".decode(made.encoding)
        except LookupError:
            raise BadMap(f"no such encoding: {made.encoding}") from None
        what, names = cls.needed
        if not set(made.columns) & set(names):
            raise BadMap(f"no column is mapped to {what}: one of {', '.join(names)}")
        return made

    def _read(self, path):
        try:
            said = path.read_bytes()
            values = json.loads(said) if path.suffix.lower() == ".json" else tomllib.loads(said.decode())
        except (OSError, ValueError) as error:
            raise BadMap(f"cannot read the map {path}: {error}") from None
        columns = values.get("columns") if isinstance(values, dict) else None
        if not isinstance(columns, dict):
            raise BadMap(f"the map {path} has no table of columns")
        for name, column in columns.items():
            said = column if isinstance(column, dict) else {"column": column}
            self.add(name, str(said.get("column", "")), str(said.get("sep", "")))
        self.encoding = str(values.get("encoding", self.encoding))
        self.delimiter = str(values.get("delimiter", self.delimiter))[:1]

    def add(self, name, column, separator=""):
        if name not in self.fields:
            raise BadMap(f"no such field: {name[:40]!r}; there are {', '.join(self.fields)}")
        if not column:
            raise BadMap(f"{name} is mapped to no column")
        self.columns[name] = (column, separator)


def read(path, columns, **options):
    """Record or Rejected of each row. BadMap when the file has not the columns of the map."""
    seen, tags = {}, _tag_words()
    for where, cells, reason in cells_of(path, columns):
        try:
            if reason:
                raise BadRow(reason)
            record = _record(where, cells, columns, tags)
            if record.source_id and record.source_id in seen:
                raise BadRow("id_used", where=seen[record.source_id])
            seen[record.source_id] = where
            yield record
        except BadRow as error:
            yield Rejected(where, error.reason)


def cells_of(path, columns):
    """(where, {field: cell}, why there is none) of each row that is not empty. BadMap."""
    csv.field_size_limit(LARGEST)
    with open(path, encoding=columns.encoding, errors="replace", newline="") as file:
        rows = _rows(file, columns.delimiter or _delimiter(file))
        places = _places(columns, _header(rows), columns.encoding)
        for number, cells, reason in rows:
            if reason or any(cell.strip() for cell in cells):
                yield f"line {number}", {name: cells[at] for name, at in places.items() if at < len(cells)}, reason


def _rows(file, delimiter):
    """(number of its first line, cells, why there are none) of each row.

    A quote that is opened and never closed costs its own row alone: the lines behind it are read for themselves.
    """
    lines, waiting, width = enumerate(file, 1), deque(), 0
    while line := waiting.popleft() if waiting else next(lines, None):
        taken = [line]
        cells, reason = _cells([line[1]], delimiter)
        while reason == OPEN and len(taken) < MAX_LINES and sum(len(text) for _, text in taken) < LARGEST:
            more = waiting.popleft() if waiting else next(lines, None)
            if more is None:
                break
            taken.append(more)
            # The quotes of a whole row are even in number.
            if '"' in more[1] and sum(text.count('"') for _, text in taken) % 2 == 0:
                cells, reason = _cells([text for _, text in taken], delimiter)
        if len(taken) > 1 and (reason or (width and len(cells) != width)):
            reason = OPEN
            waiting.extendleft(reversed(taken[1:]))
        width = width or len(cells)
        yield line[0], cells, reason


def _cells(lines, delimiter):
    """(cells, reason why there are none) of the lines of one row."""
    for is_strict in (True, False) if len(lines) == 1 else (True,):
        try:
            return next(csv.reader(lines, delimiter=delimiter, strict=is_strict), []), ""
        except csv.Error as error:
            if "unexpected end of data" in str(error):
                return [], OPEN
            reason = Reason("as_said", what=error)
    return [], reason


def _delimiter(file):
    """Of the first line: a comma, a tab or a semicolon, whichever it has most of."""
    line = file.readline(LARGEST)
    file.seek(0)
    return max(",\t;", key=line.count)


def _header(rows):
    _, cells, reason = next(rows, (1, [], ""))
    if reason:
        raise BadMap(Reason("first_line", what=reason))
    return [" ".join(cell.replace("\ufeff", "").split()) for cell in cells]


def _places(columns, header, encoding):
    """{field: number of its column}."""
    missing = sorted({column for column, _ in columns.columns.values()} - set(header))
    if missing:
        there = ", ".join(name[:40] for name in header[:30]) or "none"
        raise BadMap(Reason("no_column", what=", ".join(missing), encoding=encoding, there=there))
    return {name: header.index(column) for name, (column, _) in columns.columns.items()}


def _tag_words():
    """What a cell may call a tag: its slug, or its label in any of our languages."""
    words = {}
    for tag in Tag.objects.all():
        words |= {key(word): tag.slug for word in (tag.slug, *tag.labels.values())}
    return words


def _record(where, cells, columns, known_tags):
    for name, cell in cells.items():
        if "\0" in cell or "\ufffd" in cell:
            text(cell, name)
    remarks = []
    lists = {name: _split(cells.get(name, ""), columns.columns[name][1]) for name in LISTS if name in columns.columns}
    cells = {name: cell if name in LISTS else _one(name, cell) for name, cell in cells.items()}
    strengths, unknown = _tags(lists.pop("tags", []), known_tags)
    row = {
        "titles": records.titles({name.partition(".")[2]: cells.get(name) for name in TITLES}, remarks),
        "synopsis": _synopses(cells),
        "editions": _editions(cells),
        "external_ids": records.external_ids(
            {name.partition(".")[2]: cells.get(name) for name in EXTERNAL_IDS}, remarks
        ),
        **{name: _people(name, values) for name, values in lists.items() if name != "names"},
        "names": records.texts(lists.get("names"), "names", 250, records.MAX_NAMES, remarks),
        "slug": text(cells.get("slug"), "slug", 60),
        "imprint": text(cells.get("imprint"), "imprint", records.MAX_LENGTH["imprint"]),
        "year": records.year(dates.year_of(cells.get("year", "")) or cells.get("year")),
        "volumes": records.volumes(_number(cells.get("volumes"), VOLUMES)),
        "status": _one_of(cells.get("status"), STATUSES, "status"),
        "tone": _tone(cells.get("tone")),
        "tags": strengths,
    }
    row = {name: value for name, value in row.items() if value not in ("", None, [], {})}
    if (anime := _yes(cells.get("anime"))) is not None:
        row["anime"] = anime
    return Record(where, text(cells.get("id"), "id", 64), row, remarks, unknown)


def _values(cell):
    """The texts of a list as programs write it, None where the cell is no such list."""
    said = cell.strip()
    said = made[1] if (made := MADE.fullmatch(said)) else said
    said = f"[{re.sub(r'[;|]', ',', said)}]" if LISTED_BARE.fullmatch(said) else said
    if not WRITTEN_LIST.fullmatch(said):
        return None
    # A set has no order of its own: the first author is who is written first.
    said = re.sub(r"^\{([^:]*)\}$", r"[\1]", said)
    for read, nothing in ((json.loads, "null"), (ast.literal_eval, "None")):
        try:
            values = read(re.sub(r"\bnan\b(?=\s*[,\])])", nothing, said))
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        values = [_called(one) for one in (values if isinstance(values, (list, tuple)) else [values])]
        if all(isinstance(one, (str, int, type(None))) for one in values):
            return [str(one) for one in values if one is not None]
    raise BadRow("not_listed", said=cell.strip()[:40])


def _called(value):
    """What an object is called; anything else as it is."""
    if not isinstance(value, dict):
        return value
    return next((value[name] for name in NAMES if isinstance(value.get(name), str)), value)


def _one(name, cell):
    """The one value of a cell that may be written as a list."""
    values = _values(cell)
    if values is not None and len(values) > 1:
        raise BadRow("several", field=name, number=len(values), said=cell[:40])
    value = cell if values is None else "".join(values)
    is_empty = name not in TITLES and value.strip().lower() in EMPTY
    return "" if is_empty else value


def _split(cell, separator):
    parts = _values(cell)
    if parts is None:
        if OPEN_LIST.match(cell):
            raise BadRow("not_listed", said=cell.strip()[:40])
        cell = bare[1] if (bare := BARE_LIST.fullmatch(cell)) else cell
        parts = cell.split(separator) if separator else SEPARATORS.split(cell)
    return [part for part in parts if part.strip() and part.strip().lower() not in EMPTY]


def _people(name, values):
    people = records.texts(values, name, records.MAX_LENGTH["person"], records.MAX_PEOPLE)
    return [records.person(one) for one in people] if name in ("authors", "illustrators") else people


def _number(cell, pattern):
    """The number a cell means, itself where it means none, for the message."""
    cell = unicodedata.normalize("NFKC", cell or "").strip()
    found = pattern.fullmatch(cell)
    return found[1] if found else cell


def _one_of(cell, meanings, what):
    folded = key(cell or "")
    if folded and folded not in meanings:
        raise BadRow("means_nothing", field=what, said=repr(cell[:40]))
    return meanings.get(folded, "")


def _yes(cell):
    word = (cell or "").strip().lower()
    if not word:
        return None
    if word not in YES | NO:
        raise BadRow("anime", said=repr(cell[:40]))
    return word in YES


def _tone(cell):
    cell = (cell or "").strip()
    if not re.fullmatch(r"[+-]?[0-2]|", cell):
        raise BadRow("tone", said=repr(cell[:40]))
    return int(cell) if cell else None


def _synopses(cells):
    """The operator's own words, as plain text."""
    found = {}
    for name in SYNOPSES:
        synopsis = text(cells.get(name), name, records.MAX_LENGTH["synopsis"])
        if records.HTML.search(synopsis):
            raise BadRow("html", field=name)
        found[name.partition(".")[2]] = synopsis
    return {code: synopsis for code, synopsis in found.items() if synopsis}


def _editions(cells):
    """A publisher, or yes or no."""
    found = {}
    for name in EDITIONS:
        said = text(cells.get(name), name, records.MAX_LENGTH["imprint"])
        if said.lower() in YES | NO:
            found[name.partition(".")[2]] = {"known": said.lower() in YES, "publisher": ""}
        elif said:
            found[name.partition(".")[2]] = {"known": True, "publisher": said}
    return found


def _tags(words, known):
    """({slug: strength}, unknown words) of "이세계" or "이세계:3"."""
    found, unknown = {}, []
    for word in words:
        name, _, strength = word.strip().partition(":")
        if slug := known.get(key(name)):
            found[slug] = int(strength) if strength.strip() in ("1", "2", "3") else 2
        else:
            unknown.append(name[:60])
    return dict(list(found.items())[: records.MAX_TAGS]), unknown
