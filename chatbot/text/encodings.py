"""The text of somebody's file, and in which letters it is written, found out from its bytes."""

import re

ENCODINGS = ("utf-8-sig", "cp932", "cp949", "utf-16")
BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
LOOKED_AT = 200_000  # letters

HALF_WIDTH = re.compile("[\uff61-\uff9f]")
KANA = re.compile("[ぁ-ゖァ-ヺー]")
HANGUL = re.compile("[가-힣]")


class WrongFile(ValueError):
    """The file cannot be taken; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def decoded(data: bytes, encoding: str) -> str:
    """`data` as text, without what cannot be kept. WrongFile: "encoding", "not_text"."""
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        raise WrongFile("encoding") from None
    if "\0" in text:
        raise WrongFile("not_text")
    return text.removeprefix("\ufeff")


def likeliest_encoding(data: bytes) -> str | None:
    """The first of ENCODINGS in which `data` can be read and looks like somebody's words; None where there is none."""
    for bom, encoding in BOMS.items():
        if data.startswith(bom):
            return encoding
    readable = {}
    for encoding in ENCODINGS[:3]:
        try:
            readable[encoding] = data.decode(encoding)
        except UnicodeDecodeError:
            continue
    if "utf-8-sig" in readable:
        return "utf-8-sig"
    return max(readable, key=lambda one: _looks_like_words(one, readable[one][:LOOKED_AT]), default=None)


def _looks_like_words(encoding: str, text: str) -> int:
    """Korean read as Japanese is full of half-width kana; Japanese read as Korean of syllables nobody writes."""
    if encoding == "cp932":
        return len(KANA.findall(text)) - 2 * len(HALF_WIDTH.findall(text))
    syllables = HANGUL.findall(text)
    common = sum(1 for one in syllables if _is_common(one))
    return common - 2 * (len(syllables) - common) - len(KANA.findall(text))


def _is_common(syllable: str) -> bool:
    """Whether it is one of the 2,350 of KS X 1001, which nearly all Korean is written with."""
    try:
        return len(syllable.encode("euc_kr")) == 2
    except UnicodeEncodeError:
        return False
