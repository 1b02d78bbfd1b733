"""From the bytes somebody sent to text: archives opened within bounds, the encoding found out."""

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from chatbot.text import encodings
from chatbot.text.encodings import WrongFile

MAX_UPLOAD = 20 * 1024 * 1024
MAX_UNPACKED = 64 * 1024 * 1024
GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
LISTS = {".csv", ".tsv", ".txt", ".xml", ".json", ".gz"}


def unpack(data):
    """The list in `data`, whatever it is packed in."""
    for _layer in range(2):  # a zip may hold a .gz
        if data.startswith(GZIP):
            data = _gunzip(data)
        elif data.startswith(ZIP):
            data = _from_zip(data)
    if len(data) > MAX_UNPACKED:
        raise WrongFile("unpacks_too_large")
    if not data.strip():
        raise WrongFile("empty")
    return data


def _gunzip(data):
    unpacked = bytearray()
    try:
        while data:
            stream = zlib.decompressobj(wbits=31)
            unpacked += stream.decompress(data, MAX_UNPACKED + 1 - len(unpacked))
            if len(unpacked) > MAX_UNPACKED:
                raise WrongFile("unpacks_too_large")
            if not stream.eof:
                raise WrongFile("broken_archive")
            data = stream.unused_data if stream.unused_data.startswith(GZIP) else b""
    except zlib.error:
        raise WrongFile("broken_archive") from None
    return bytes(unpacked)


def _from_zip(data):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = [one for one in archive.infolist() if _may_be_list(one)]
            if not inside:
                raise WrongFile("not_text")
            if len(inside) > 1:
                raise WrongFile("several_files")
            # The size that is declared may be a lie: no more is read than may be.
            with archive.open(inside[0]) as member:
                unpacked = member.read(MAX_UNPACKED + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, zlib.error, ValueError) as error:
        if isinstance(error, WrongFile):
            raise
        raise WrongFile("broken_archive") from None
    if len(unpacked) > MAX_UNPACKED:
        raise WrongFile("unpacks_too_large")
    return unpacked


def _may_be_list(member):
    path = PurePosixPath(member.filename)
    is_hidden = path.name.startswith(".") or path.parts[:1] == ("__MACOSX",)
    return not member.is_dir() and not is_hidden and path.suffix.lower() in LISTS


def likeliest_encoding(data):
    """The first of ENCODINGS in which `data` can be read and looks like somebody's words."""
    is_utf_16 = data.startswith(tuple(encodings.BOMS))
    if b"\0" in data and not is_utf_16:
        raise WrongFile("not_text")
    if (encoding := encodings.likeliest_encoding(data)) is None:
        raise WrongFile("encoding")
    return encoding
