"""A reader's words: cleaned, recognised by language, shortened to a title. Everything typed is hostile until here."""

import re
import unicodedata

MAX_LENGTH = 4000  # characters of an ask
MAX_MARKS = 30  # as the Stream-Safe Text Format of Unicode allows

# Invisible or direction-changing characters, of use only to disguise text. The joiners are needed by emoji and
# by some scripts; they are kept between two visible characters.
BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
ZERO_WIDTH = re.compile("[\u00ad\u034f\u180e\u200b\u2060-\u2064\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")
STRAY_JOINER = re.compile(r"(?<!\S)[\u200c\u200d]+|[\u200c\u200d]+(?!\S)|(?<=[\u200c\u200d])[\u200c\u200d]+")
SURROGATE = re.compile("[\ud800-\udfff]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")

HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
KANA = re.compile("[\u3040-\u30ff\uff66-\uff9d]")
HAN = re.compile("[\u4e00-\u9fff]")
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


def clean(text: str) -> str:
    """`text` without what cannot be stored, seen or trusted; line ends unified, more than two empty lines folded."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for pattern in (SURROGATE, CONTROL, BIDI, ZERO_WIDTH, STRAY_JOINER):
        text = pattern.sub("", text)
    text = unicodedata.normalize("NFC", _limit_marks(text))
    return re.sub(r"\n{4,}", "\n\n\n", text).strip()


def _limit_marks(text: str) -> str:
    """`text` with at most MAX_MARKS accents on one letter: normalising sorts them, and longer runs in square time."""
    characters, marks = [], 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= MAX_MARKS:
            characters.append(character)
    return "".join(characters)


def storable(text: str) -> str:
    """`text` as every database takes it: halves of a character joined or, alone, dropped; no NUL.

    A model's JSON may hold either, even the two halves in two chunks.
    """
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore").replace("\x00", "")


def language_of(text: str, default: str) -> str:
    """The language a reader wrote in: ko, ja or en; `default` where the words do not tell (a bare title, numbers)."""
    # A Korean or Japanese sentence may be full of foreign titles: one grammatical ending tells more than ten names.
    outside_quotes = re.sub(r"[『「《“\"][^』」》”\"]*[』」》”\"]", " ", text)
    for words in (outside_quotes, text):
        hangul, kana = len(HANGUL.findall(words)), len(KANA.findall(words))
        if hangul or kana:
            return "ko" if hangul >= kana else "ja"
        if HAN.search(words):
            return "ja"
        if len(LATIN_WORD.findall(words)) >= 2:
            return "en"
    return default


def title_of(text: str) -> str:
    """The first line of an ask, short enough for a list, cut at a word where there is one. No model is asked."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    line = re.sub(r"\s+", " ", line)
    if len(line) <= 40:
        return line
    cut = line[:40].rsplit(" ", 1)[0]
    return (cut if len(cut) >= 20 else line[:40]).rstrip(",.、。 ") + "…"
