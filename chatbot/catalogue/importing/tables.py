"""Tables of the operator's own: CSV, also as Excel saves it, whose columns a map gives to our fields."""

import csv
import json
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from ...text.folding import key
from ..loading import BadRow
from ..models import LANGUAGES, Tag
from . import records
from .records import Record, Rejected, text

LARGEST = 100_000  # letters of one cell
TITLES = [f"titles.{code}" for code in ("ja", "ko", "en", "romaji")]
SYNOPSES = [f"synopsis.{code}" for code in LANGUAGES]
EDITIONS = ["editions.ko", "editions.en"]
LISTS = ["authors", "authors_ko", "authors_en", "illustrators", "names", "tags"]
FIELDS = [*TITLES, *SYNOPSES, *EDITIONS, *LISTS, "id", "slug", "imprint", "year", "volumes", "status", "anime", "tone"]
SEPARATORS = re.compile(r"[|;/、，；\n]|,\s?")
YEAR = re.compile(r"(\d{4})(?:\s*[년年]|[-/.]\d{1,2}(?:[-/.]\d{1,2})?)?")
VOLUMES = re.compile(r"(?:전|全)?\s*(\d{1,4})\s*(?:권|巻|冊|volumes?|vols?\.?)?", re.IGNORECASE)
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


class BadMap(ValueError):
    """The map cannot be used; the message says why."""


@dataclass
class Map:
    """`columns`: field to (name of its column, what separates the values in a cell)."""

    columns: dict = field(default_factory=dict)
    encoding: str = "utf-8-sig"
    delimiter: str = ""

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
        if not set(made.columns) & set(TITLES):
            raise BadMap(f"no column is mapped to a title: one of {', '.join(TITLES)}")
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
        if name not in FIELDS:
            raise BadMap(f"no such field: {name[:40]!r}; there are {', '.join(FIELDS)}")
        if not column:
            raise BadMap(f"{name} is mapped to no column")
        self.columns[name] = (column, separator)


def read(path, columns, **options):
    """Record or Rejected of each row. BadMap when the file has not the columns of the map."""
    csv.field_size_limit(LARGEST)
    seen, tags = {}, _tag_words()
    with open(path, encoding=columns.encoding, errors="replace", newline="") as file:
        reader = csv.reader(file, delimiter=columns.delimiter or _delimiter(file), strict=False)
        places = _places(columns, _header(reader), columns.encoding)
        while True:
            where = f"line {reader.line_num + 1}"
            try:
                cells = next(reader, None)
                if cells is None:
                    return
                if not any(cell.strip() for cell in cells):
                    continue
                record = _record(
                    where, {name: cells[at] for name, at in places.items() if at < len(cells)}, columns, tags
                )
                if record.source_id and record.source_id in seen:
                    raise BadRow(f"the id is already used in {seen[record.source_id]}")
                seen[record.source_id] = where
                yield record
            except (BadRow, csv.Error) as error:
                yield Rejected(where, str(error))


def _delimiter(file):
    """Of the first line: a comma, a tab or a semicolon, whichever it has most of."""
    line = file.readline(LARGEST)
    file.seek(0)
    return max(",\t;", key=line.count)


def _header(reader):
    try:
        return [" ".join(cell.replace("\ufeff", "").split()) for cell in next(reader, [])]
    except csv.Error as error:
        raise BadMap(f"the first line cannot be read: {error}") from None


def _places(columns, header, encoding):
    """{field: number of its column}."""
    missing = sorted({column for column, _ in columns.columns.values()} - set(header))
    if missing:
        there = ", ".join(name[:40] for name in header[:30]) or "none"
        raise BadMap(f"no column {', '.join(missing)} in the file read as {encoding}; its columns: {there}")
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
    strengths, unknown = _tags(lists.pop("tags", []), known_tags)
    row = {
        "titles": records.titles({name.partition(".")[2]: cells.get(name) for name in TITLES}, remarks),
        "synopsis": _synopses(cells),
        "editions": _editions(cells),
        **{name: _people(name, values) for name, values in lists.items() if name != "names"},
        "names": records.texts(lists.get("names"), "names", 250, records.MAX_NAMES, remarks),
        "slug": text(cells.get("slug"), "slug", 60),
        "imprint": text(cells.get("imprint"), "imprint", records.MAX_LENGTH["imprint"]),
        "year": records.year(_number(cells.get("year"), YEAR)),
        "volumes": records.volumes(_number(cells.get("volumes"), VOLUMES)),
        "status": _one_of(cells.get("status"), STATUSES, "status"),
        "tone": _tone(cells.get("tone")),
        "tags": strengths,
    }
    row = {name: value for name, value in row.items() if value not in ("", None, [], {})}
    if (anime := _yes(cells.get("anime"))) is not None:
        row["anime"] = anime
    return Record(where, text(cells.get("id"), "id", 64), row, remarks, unknown)


def _split(cell, separator):
    return [part for part in (cell.split(separator) if separator else SEPARATORS.split(cell)) if part.strip()]


def _people(name, values):
    people = records.texts(values, name, records.MAX_LENGTH["person"], records.MAX_PEOPLE)
    return [records.person(one) for one in people] if name in ("authors", "illustrators") else people


def _number(cell, pattern):
    """The number a cell means, itself where it means none, for the message."""
    cell = (cell or "").strip()
    found = pattern.fullmatch(cell)
    return found[1] if found else cell


def _one_of(cell, meanings, what):
    folded = key(cell or "")
    if folded and folded not in meanings:
        raise BadRow(f"{what} means nothing here: {cell[:40]!r}")
    return meanings.get(folded, "")


def _yes(cell):
    word = (cell or "").strip().lower()
    if not word:
        return None
    if word not in YES | NO:
        raise BadRow(f"anime is neither yes nor no: {cell[:40]!r}")
    return word in YES


def _tone(cell):
    cell = (cell or "").strip()
    if not re.fullmatch(r"[+-]?[0-2]|", cell):
        raise BadRow(f"tone is not between -2 and 2: {cell[:40]!r}")
    return int(cell) if cell else None


def _synopses(cells):
    """The operator's own words, as plain text."""
    found = {}
    for name in SYNOPSES:
        synopsis = text(cells.get(name), name, records.MAX_LENGTH["synopsis"])
        if records.HTML.search(synopsis):
            raise BadRow(f"{name} holds HTML")
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
