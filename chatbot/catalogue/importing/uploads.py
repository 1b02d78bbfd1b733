"""A file an operator has sent: taken in, looked through by the worker, and applied by it. The row says what there is to
do; a task only tells of it, and may be lost.

Applying goes the importers' own way, in short transactions. A worker that breaks off leaves the import as far as it
came; the next one goes on with the same import, and finds what is done already untouched.
"""

import csv
import logging
import tempfile
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

from django.db import InterfaceError, OperationalError, transaction

from lightnovel.telling import tell_worker

from ...text.encodings import ENCODINGS, WrongFile, decoded, likeliest_encoding
from ...text.folding import key
from . import applying, lines, tables
from .models import Import, PreviewedWork, Source, Upload, UploadFile

logger = logging.getLogger(__name__)

MAX_BYTES = 960 * 1024  # of one file: with the rest of the form it stays below what the server takes in
MAX_ROWS = 20_000
MAX_ATTEMPTS = 3
MORE = ("changes", "lacks", "candidates", "remarks", "unknown_tags")  # what a preview keeps of a work besides
TELL_EVERY = 20  # works after which the progress is told
ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!", b"\x28\xb5\x2f\xfd")
State = Upload.State


def look(data):
    """(format, encoding) of the bytes of a file. Nothing is unpacked, so that nothing can burst. WrongFile: its code
    is of upload_forms.WRONG_FILES."""
    if data.startswith(ARCHIVES):
        raise WrongFile("archive")
    if not data.strip():
        raise WrongFile("empty")
    encoding = likeliest_encoding(data)
    if encoding is None:
        raise WrongFile("encoding")
    text = decoded(data, encoding)
    start = text.lstrip()[:1]
    if start == "[":
        raise WrongFile("json_list")
    if max(text.count("\n"), 1) > MAX_ROWS:
        raise WrongFile("too_many")
    return (Source.JSONL if start == "{" else Source.CSV), encoding


def header_of(text):
    """The names of the columns of a table."""
    first = next((line for line in text.splitlines() if line.strip()), "")[: tables.LARGEST]
    cells = next(csv.reader([first], delimiter=max(",\t;", key=first.count)), [])
    return [" ".join(cell.split()) for cell in cells]


def first_rows(text, most):
    """The first rows of a table below its header, each as a list of cells."""
    some = [line for line in text[: 10 * tables.LARGEST].splitlines() if line.strip()][: most + 1]
    if not some:
        return []
    return list(csv.reader(some, delimiter=max(",\t;", key=some[0].count)))[1:]


def guessed(header):
    """{name of a column: field} of those whose name says what they are."""
    found = {}
    for column in header:
        field = column if column in tables.FIELDS else COLUMNS.get(key(column))
        if field and field not in found.values():
            found[column] = field
    return found


def _read_columns():
    rows = (Path(__file__).parent / "data" / "columns.tsv").read_text(encoding="utf-8").splitlines()
    pairs = [row.split("\t") for row in rows if row.strip() and not row.startswith("#")]
    return {key(name): field for name, field in pairs}


COLUMNS = _read_columns()


@transaction.atomic
def take(data, name, user):
    """Keep a file that was sent. WrongFile."""
    source, encoding = look(data)
    state = State.CHOOSING if source == Source.CSV else State.READING
    made = Upload.objects.create(
        file_name=name, source=source, encoding=encoding, state=state, made_by=user, total=data.count(b"\n") or 1
    )
    UploadFile.objects.create(of=made, data=data)
    if state == State.READING:
        tell(made)
    return made


def tell(upload):
    """Have a worker look at the upload, once it can be seen."""
    tell_worker("work_on_upload", upload.pk)


# --- The worker's part ---------------------------------------------------------------------------------------------


def go_on(pk):
    """Do what there is to do with an upload, unless another worker does it."""
    upload = Upload.objects.claim(pk)
    if upload is None:
        return
    state, step = upload.state, {State.READING: _preview, State.APPLYING: _apply}[upload.state]
    try:
        if upload.attempts > MAX_ATTEMPTS:
            raise RuntimeError(f"{MAX_ATTEMPTS} workers have begun with it and none has ended")
        step(upload)
    except tables.BadMap as error:
        upload.move(state, State.FAILED, failure=error.reason.as_short_text())
    except (InterfaceError, OperationalError):  # the database is away: the row says what is left to be done
        raise
    except Exception:
        logger.exception("upload %s: %s broke off", pk, state)
        upload.move(state, State.FAILED if state == State.READING else State.READY, failure="broke_off")


def go_on_with_stalled():
    """Uploads that nobody was told of, or whose worker is gone."""
    for pk in Upload.objects.stalled().values_list("pk", flat=True)[:20]:
        go_on(pk)


class _LetGo(Exception):
    """Somebody has deleted the upload."""


@contextmanager
def _records(upload):
    """The records of the file, from a copy on the disk, as the importers read files."""
    with tempfile.NamedTemporaryFile(suffix=f".{upload.source}") as copy:
        copy.write(bytes(upload.file.data))
        copy.flush()
        if upload.source == Source.JSONL:
            yield lines.read(copy.name, upload.encoding)
        else:
            columns = tables.Map({name: (column, "") for name, column in upload.columns.items()}, upload.encoding)
            yield tables.read(copy.name, columns)


def _preview(upload):
    """Go through the file without writing any work, and keep what would become of each."""
    upload.works.all().delete()
    found, counts = [], Counter()

    def flush():
        if not upload.touch(done=sum(counts.values())):
            raise _LetGo
        PreviewedWork.objects.bulk_create(found)
        found.clear()

    def tell_of(item):
        counts[item.action] += 1
        found.append(_previewed(upload, sum(counts.values()), item))
        if len(found) >= 10 * TELL_EVERY:
            flush()

    try:
        with _records(upload) as records:
            applying.run(records, upload.source, tell=tell_of)
        flush()
    except _LetGo:
        return
    upload.move(State.READING, State.READY, counts=dict(counts), total=sum(counts.values()), failure="")


def _previewed(upload, position, item):
    more = {name: value for name in MORE if (value := getattr(item, name))}
    more |= {"remarks": [remark.as_json() for remark in item.remarks]} if item.remarks else {}
    more |= {"reason": item.reason.as_json()} if item.reason else {}
    return PreviewedWork(
        of=upload,
        position=position,
        action=item.action,
        where=item.where[:80],
        title=item.title[:250],
        slug=item.slug[:60],
        reason=item.reason[:500],
        more=more,
    )


def _apply(upload):
    imported = upload.applied_as or _begun(upload)
    done = 0

    def tell_of(item):
        nonlocal done
        done += 1
        if done % TELL_EVERY == 0:
            upload.touch(done=done)

    with _records(upload) as records:
        applying.run(
            records,
            upload.source,
            tell=tell_of,
            apply=True,
            file_name=upload.file_name,
            user=upload.made_by,
            kept=imported,
        )
    if upload.attempts > 1:
        _count_anew(imported)
    if upload.move(State.APPLYING, State.APPLIED, failure=""):
        UploadFile.objects.filter(of=upload).delete()


def _begun(upload):
    """The import that is made of it, there before its first work: who goes on after a crash goes on with this one."""
    with transaction.atomic():
        imported = Import.objects.create(source=upload.source, file_name=upload.file_name, made_by=upload.made_by)
        Upload.objects.filter(pk=upload.pk).update(applied_as=imported)
    return imported


def _count_anew(imported):
    """What two workers have done together."""
    done = Counter(imported.works.values_list("action", flat=True))
    rest = {name: number for name, number in imported.counts.items() if name in ("rejected", "doubtful", "kept")}
    imported.counts = {**{name: done[name] for name in ("added", "drafted", "changed") if done[name]}, **rest}
    imported.save(update_fields=["counts"])


def may_apply(upload):
    """How many works applying would write."""
    return sum(upload.counts.get(action, 0) for action in ("added", "drafted", "changed"))


def apply(upload):
    """Have the worker apply it. Two presses are one."""
    if upload.move(State.READY, State.APPLYING, failure=""):
        tell(upload)


def choose(upload, encoding, columns):
    """Have a table read by these columns: {field: name of its column}. `encoding` is of ENCODINGS."""
    assert encoding in ENCODINGS
    if upload.move(State.CHOOSING, State.READING, encoding=encoding, columns=columns, failure=""):
        tell(upload)


def choose_again(upload):
    """Back to the choice of columns, where a table was read wrongly."""
    for state in (State.READY, State.FAILED):
        if upload.move(state, State.CHOOSING, failure=""):
            return
