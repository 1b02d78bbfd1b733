"""Archives are opened within bounds, and letters are read as they were written."""

import gzip
import io
import zipfile

import pytest

from chatbot.text import encodings
from chatbot.text.encodings import WrongFile
from users.reading_lists import unpacking


def zipped(**members):
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return sink.getvalue()


def test_a_zip_with_one_list_is_that_list():
    assert unpacking.unpack(zipped(list__csv=b"a,b", cover__jpg=b"\xff")) == b"a,b"
    assert unpacking.unpack(zipped(list__gz=gzip.compress(b"a,b"))) == b"a,b"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (zipped(a__csv=b"a", b__csv=b"b"), "several_files"),
        (zipped(cover__jpg=b"\xff"), "not_text"),
        (zipped(list__csv=b"a,b")[:-20], "broken_archive"),
        (gzip.compress(b"a,b" * 100)[:-20], "broken_archive"),
        (gzip.compress(b"a,b") + gzip.compress(b"c")[:-4], "broken_archive"),
    ],
    # Of the bytes themselves no name is made: archives bear the time they were packed at.
    ids=["nothing", "blank", "two files", "a picture", "half a zip", "half a gzip", "half a second gzip"],
)
def test_what_cannot_be_opened_is_refused_with_a_reason(data, code):
    with pytest.raises(WrongFile, match=code):
        unpacking.unpack(data)


@pytest.mark.parametrize("pack", [gzip.compress, lambda data: zipped(list__csv=data)], ids=["gzip", "zip"])
def test_a_bomb_is_not_unpacked_to_its_end(pack, monkeypatch):
    monkeypatch.setattr(unpacking, "MAX_UNPACKED", 1000)
    with pytest.raises(WrongFile, match="unpacks_too_large"):
        unpacking.unpack(pack(b"0" * 5_000_000))


KOREAN = "제목,작가\n무직전생,리후진 나 마고노테\n전생했더니 슬라임이었던 건에 대하여,후세\n"
JAPANESE = "無職転生 ～異世界行ったら本気だす～,理不尽な孫の手\nソードアート・オンライン,川原礫\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (KOREAN, "utf-8-sig"), (KOREAN, "cp949"), (KOREAN, "utf-16"), (JAPANESE, "utf-8-sig"), (JAPANESE, "cp932"),
        ("오버로드", "cp949"), ("灯の物語", "cp932"), ("ﾗﾉﾍﾞ,灯の物語を読みました\n", "cp932"),
    ],
)  # fmt: skip
def test_letters_are_read_in_the_encoding_they_were_written_in(text, encoding):
    data = text.encode(encoding)
    assert unpacking.likeliest_encoding(data) == encoding
    assert encodings.decoded(data, encoding) == text


@pytest.mark.parametrize(("data", "code"), [(b"a,b\0c", "not_text"), (b"\xff\xfa\xfb\xfc", "encoding")])
def test_what_is_no_text_is_refused(data, code):
    with pytest.raises(WrongFile, match=code):
        unpacking.likeliest_encoding(data)
