"""RanobeDB's public dump (rndb-db-public-….dump.gz): PostgreSQL's plain text dump, gzipped, its rows in COPY blocks.

The tables come in no useful order, so what is needed of them goes into a temporary SQLite file first, which also keeps
memory small. Columns are taken by name, as later dumps have more of them. Relations between series are left out: the
dump does not say which side "sequel" is about.
"""

import gzip
import json
import re
import sqlite3
import tempfile
import unicodedata
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path

from ..reasons import BadRow, Reason
from ..volumes import sortable
from . import records, releases, tags
from .records import Record, Rejected, text, texts
from .releases import Release

MAX_LINE = 4_000_000  # bytes
BATCH = 5000
SITES_NAMED = ("mal", "anilist", "anidb", "bookwalker")  # whose ids a series tells, as mal_id
NEEDED = {
    "series": ["id", "hidden", "publication_status", "aliases", "start_date", "c_start_date", "olang"]
    + [f"{site}_id" for site in SITES_NAMED],
    "series_title": ["series_id", "lang", "official", "title", "romaji"],
    "series_book": ["series_id", "book_id", "sort_order", "book_type"],
    "series_tag": ["series_id", "tag_id"],
    "tag": ["id", "name"],
    "book": ["id", "hidden", "release_date", "c_release_date"],
    "book_edition": ["book_id", "eid", "lang", "title"],
    "book_staff_alias": ["book_id", "staff_alias_id", "eid", "role_type"],
    "staff_alias": ["id", "name", "romaji"],
    "release": ["id", "hidden", "lang", "release_date", "format", "isbn13", "website"],
    "release_book": ["release_id", "book_id"],
    "release_publisher": ["release_id", "publisher_id", "publisher_type"],
    "publisher": ["id", "name"],
}
LOOKED_UP_BY = {
    "series_title": "series_id", "series_book": "series_id", "series_tag": "series_id", "tag": "id", "book": "id",
    "book_edition": "book_id", "book_staff_alias": "book_id", "staff_alias": "id", "release": "id",
    "release_book": "book_id", "release_publisher": "release_id", "publisher": "id",
}  # fmt: skip
COPY = re.compile(rb'COPY (?:"?\w+"?\.)?"?(\w+)"? \(([^)]*)\) FROM stdin;')
ESCAPE = re.compile(rb"\\(x[0-9a-fA-F]{1,2}|[0-7]{1,3}|.)", re.DOTALL)
ESCAPED = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}
STATUS = {
    "completed": "completed", "ongoing": "ongoing", "hiatus": "hiatus", "stalled": "hiatus", "cancelled": "hiatus",
}  # fmt: skip
UNKNOWN_DATE = 99_999_999  # a date that is not known
NUMBERED = re.compile(r"[\W_]*(?:第|vol(?:ume)?\.?\s*)?(\d{1,3}(?:\.\d{1,2})?)(?![\d年月回])", re.IGNORECASE)


class NotADump(ValueError):
    """The file is something else; the message says what to do."""


def read(path, **options):
    """Record or Rejected of each series that is not hidden. NotADump when the file is none."""
    with _spooled(path) as (database, faults):
        yield from faults
        yield from _series(database)


def read_releases(path, **options):
    """Release or Rejected of each volume of the main story, in the languages of the shelf. NotADump."""
    with _spooled(path) as (database, faults):
        yield from faults
        for record in _series(database):
            yield from [record] if isinstance(record, Rejected) else _releases(record, database)


@contextmanager
def _spooled(path):
    """(the needed tables as a database, what of the dump cannot be read; to be gone through first)."""
    with tempfile.TemporaryDirectory(prefix="ranobedb-") as folder:
        database = sqlite3.connect(Path(folder) / "dump.sqlite3")
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        database.row_factory = sqlite3.Row
        try:
            with _opened(path) as file:
                yield database, _spool(file, database)
        finally:
            database.close()


def _opened(path):
    with open(path, "rb") as file:
        start = file.read(5)
    if start == b"PGDMP":
        raise NotADump("the dump is in PostgreSQL's custom format: make it text first, pg_restore -f dump.sql FILE")
    return gzip.open(path, "rb") if start[:2] == b"\x1f\x8b" else open(path, "rb")


def _spool(file, database):
    """Put the needed tables into `database`; yields what cannot be read."""
    for table, columns in NEEDED.items():
        database.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
    found, lines = set(), _numbered(file)
    for _number, line in lines:
        block = COPY.match(line) if line else None
        if not block:
            continue
        table = block[1].decode()
        if table in NEEDED:
            found.add(table)
            names = [name.strip(b' "').decode("utf-8", "replace") for name in block[2].split(b",")]
            yield from _copy(lines, table, names, database)
        else:
            for _number, line in lines:
                if line == b"\\.":
                    break
    if missing := {"series", "series_title"} - found:
        raise NotADump(f"not a dump of RanobeDB: no table {' and no table '.join(sorted(missing))} in the file")
    for table, column in LOOKED_UP_BY.items():
        database.execute(f"CREATE INDEX by_{table} ON {table} ({column})")


def _numbered(file):
    """(number, line without its end), None for a line too long to look at. The end of a broken gzip file is an end."""
    number = 0
    while True:
        try:
            line = file.readline(MAX_LINE)
            is_long = False
            while line and not line.endswith(b"\n") and (rest := file.readline(MAX_LINE)):
                is_long, line = True, rest
        except (OSError, EOFError) as error:
            raise NotADump(f"the file breaks off after line {number}: {error}") from None
        if not line:
            return
        number += 1
        yield number, None if is_long else line.rstrip(b"\r\n")


def _copy(lines, table, names, database):
    """One COPY block. Yields what cannot be read of it."""
    wanted = [(column, names.index(column)) for column in NEEDED[table] if column in names]
    insert = f"INSERT INTO {table} ({', '.join(c for c, _ in wanted)}) VALUES ({', '.join('?' * len(wanted))})"  # noqa: S608
    faults = []

    def rows():
        for number, line in lines:
            if line == b"\\.":
                return
            where = f"line {number}, table {table}"
            fields = line.split(b"\t") if line is not None else None
            if fields is None:
                faults.append(Rejected(where, Reason("long_line", most=MAX_LINE)))
            elif len(fields) != len(names):
                faults.append(Rejected(where, Reason("columns", number=len(fields), wanted=len(names))))
            else:
                try:
                    yield [_value(fields[place]) for _, place in wanted]
                except UnicodeDecodeError:
                    faults.append(Rejected(where, Reason("not_utf8")))

    source = rows()
    while batch := list(islice(source, BATCH)):
        database.executemany(insert, batch)
        yield from faults
        faults.clear()
    yield from faults


def _value(field):
    if field == b"\\N":
        return None
    return ESCAPE.sub(_unescaped, field).decode() if b"\\" in field else field.decode()


def _unescaped(match):
    said = match[1]
    if said[:1] == b"x" and len(said) > 1:
        return bytes([int(said[1:], 16)])
    return bytes([int(said, 8) & 255]) if said.isdigit() else ESCAPED.get(said, said)


def _series(database):
    seen = set()
    cursor = database.execute("SELECT * FROM series ORDER BY CAST(id AS INTEGER)")
    for series in cursor:
        where = f"series {str(series['id'])[:20]}"
        if series["hidden"] == "t":
            continue
        try:
            if series["id"] in seen or not str(series["id"]).isdecimal():
                raise BadRow("id_twice" if series["id"] in seen else "no_id")
            seen.add(series["id"])
            if series["olang"] not in ("ja", None):
                raise BadRow("not_japanese", field="olang", said=series["olang"][:10])
            yield _record(where, series, database)
        except BadRow as error:
            yield Rejected(where, error.reason)


def _record(where, series, database):
    remarks = []
    said, is_official = _titles(series["id"], database, remarks)
    books = _books(series["id"], database)
    first = books[0]["id"] if books else None
    authors, authors_en = _people(first, "author", database)
    known, unknown = tags.from_names(
        (name, 2)
        for (name,) in database.execute(
            "SELECT name FROM tag JOIN series_tag ON tag_id = id WHERE series_id = ?", [series["id"]]
        )
    )
    row = {
        "titles": said,
        "ko_certain": is_official,
        "names": texts((series["aliases"] or "").split("\n"), "aliases", 250, records.MAX_NAMES, remarks),
        "authors": authors,
        "authors_en": authors_en,
        "illustrators": _people(first, "artist", database)[0],
        "imprint": _publisher(first, "ja", database),
        "year": _year(series, books),
        "volumes": _volumes(books),
        "status": STATUS.get(series["publication_status"], ""),
        "tags": known,
        "editions": _editions(books, database),
        "external_ids": _ids(series, remarks),
    }
    if "ko" not in said:
        del row["ko_certain"]
    kept = {name: value for name, value in row.items() if value or name == "ko_certain"}
    return Record(where, series["id"], kept, remarks, unknown)


def _ids(series, remarks):
    said = {site: series[f"{site}_id"] for site in SITES_NAMED}
    return records.external_ids({**said, "ranobedb": series["id"]}, remarks)


def _titles(series, database, remarks):
    """(titles by language, whether the Korean one was published)."""
    rows = database.execute("SELECT lang, official, title, romaji FROM series_title WHERE series_id = ?", [series])
    by_language = {row["lang"]: row for row in rows}
    said = {code: by_language[code]["title"] for code in ("ja", "ko", "en") if code in by_language}
    if "ja" in by_language:
        said["romaji"] = by_language["ja"]["romaji"]
    return records.titles(said, remarks), "ko" in said and by_language["ko"]["official"] == "t"


def _books(series, database):
    """The volumes of the main story, the first first."""
    return database.execute(
        "SELECT book.* FROM series_book JOIN book ON book.id = book_id WHERE series_id = ? AND hidden = 'f' "
        "AND COALESCE(book_type, 'main') = 'main' ORDER BY CAST(sort_order AS INTEGER), CAST(book.id AS INTEGER)",
        [series],
    ).fetchall()


def _people(book, role, database):
    """(names, the same in Latin letters) of those who made the original edition of `book`."""
    rows = database.execute(
        "SELECT DISTINCT name, romaji FROM book_staff_alias AS made JOIN staff_alias ON id = staff_alias_id "
        "LEFT JOIN book_edition AS edition ON edition.book_id = made.book_id AND edition.eid = made.eid "
        "WHERE made.book_id = ? AND role_type = ? AND edition.lang IS NULL ORDER BY CAST(id AS INTEGER)",
        [book, role],
    ).fetchmany(records.MAX_PEOPLE)
    longest = records.MAX_LENGTH["person"]
    names = [records.person(text(row["name"], role, longest)) for row in rows]
    return [name for name in names if name], [text(row["romaji"], role, longest) for row in rows if row["romaji"]]


def _date(value):
    """A date as RanobeDB writes it, 20150499 for some day of April; 0 where there is none."""
    return int(value) if value and value.isdecimal() and int(value) < UNKNOWN_DATE else 0


def _released(book):
    return _date(book["release_date"]) or _date(book["c_release_date"])


def _year(series, books):
    dates = [_date(series["start_date"]), _date(series["c_start_date"]), *map(_released, books)]
    return records.year(next((one // 10_000 for one in dates if one), None))


def _volumes(books):
    """How many have come out."""
    today = int(date.today().strftime("%Y%m%d"))
    return records.volumes(sum(0 < _released(book) <= today for book in books) or None)


def _publisher(book, language, database):
    """Who published `book` in `language`: the imprint where one is told. "" when nobody did."""
    row = database.execute(
        "SELECT publisher.name FROM release_book JOIN release ON release.id = release_book.release_id "
        "JOIN release_publisher AS made ON made.release_id = release.id JOIN publisher ON publisher.id = publisher_id "
        "WHERE release_book.book_id = ? AND release.lang = ? AND release.hidden = 'f' "
        "ORDER BY (publisher_type = 'imprint') = (? = 'ja') DESC, CAST(release.id AS INTEGER), publisher.name LIMIT 1",
        [book, language, language],
    ).fetchone()
    return text(row["name"], "publisher", records.MAX_LENGTH["imprint"]) if row else ""


def _editions(books, database):
    """Translations that exist. That one is not told of does not say that there is none."""
    found = {}
    for language in ("ko", "en"):
        if books and (publisher := _publisher(books[0]["id"], language, database)):
            found[language] = {"known": True, "publisher": publisher}
    return found


# --- Volumes ---------------------------------------------------------------------------------------------------------


def _releases(record, database):
    books = _books(record.source_id, database)
    numbers = _numbers(record, books, database)
    rows = database.execute(
        "SELECT release.*, GROUP_CONCAT(book_id) AS books FROM release_book JOIN release ON release.id = release_id "
        "WHERE book_id IN (SELECT value FROM json_each(?)) AND hidden = 'f' AND lang IN ('ko', 'en', 'ja') "
        "GROUP BY release.id ORDER BY CAST(release.id AS INTEGER)",
        [json.dumps([book["id"] for book in books])],
    )
    for row in rows:
        where = f"{record.where}, release {str(row['id'])[:20]}"
        try:
            yield _release(where, record, row, [numbers[one] for one in row["books"].split(",")])
        except BadRow as error:
            yield Rejected(where, error.reason)


def _release(where, record, row, numbers):
    remarks = []
    # Several volumes in one book.
    first, last = min(numbers), max(numbers)
    return Release(
        where,
        record.title,
        first if first == last else f"{first}-{last}",
        row["lang"],
        releases.format_of(row["format"]),
        isbn13=releases.isbn13(row["isbn13"], remarks),
        released_on=_day(row["release_date"]),
        url=releases.address(row["website"], remarks),
        record=record,
        remarks=remarks,
    )


def _day(value):
    """A whole date of RanobeDB's, None where it knows less: 20150499 is some day of April."""
    said = f"{_date(value):08}"
    return releases.day(said) if said[6:] not in ("00", "99") and said[4:6] not in ("00", "99") else None


def _numbers(record, books, database):
    """{id of a book: its number}: what stands behind the title of the series, else its place among the others.

    Where not every title but the first tells a number of its own, all are counted, as a mixture would name one twice.
    """
    said = {}
    for at, book in enumerate(books):
        rows = database.execute(
            "SELECT title FROM book_edition WHERE book_id = ? ORDER BY (lang IS NULL OR lang = 'ja') DESC", [book["id"]]
        )
        said[book["id"]] = _number_in(next((row["title"] for row in rows if row["title"]), ""), record) or (
            "" if at else "1"
        )
    if "" in said.values() or len(set(said.values())) < len(said):
        return {book["id"]: sortable(str(at)) for at, book in enumerate(books, 1)}
    return {book: sortable(number) for book, number in said.items()}


def _number_in(title, record):
    title = unicodedata.normalize("NFKC", title)
    for name in record.row["titles"].values():
        name = unicodedata.normalize("NFKC", name)
        if title.startswith(name) and (found := NUMBERED.match(title[len(name) :])):
            return found[1]
    return ""
