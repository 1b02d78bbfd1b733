"""A reader's words: cleaned, recognised by language, shortened to a title. Everything typed is hostile until here."""

import re
import unicodedata

MAX_LENGTH = 4000  # characters of an ask
MAX_MARKS = 30  # as the Stream-Safe Text Format of Unicode allows

# Invisible or direction-changing characters, of use only to disguise text. The joiners are needed by emoji and
# by some scripts; they are kept between two visible characters.
BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
ZERO_WIDTH = re.compile("[\u00ad\u034f\u180e\u200b\u2060-\u2064\ufeff\ufff9-\ufffb]")
# Letters that cannot be seen either; in three emoji they say which flag of the United Kingdom's is meant.
TAG = re.compile(
    "(\U0001f3f4\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063\U000e0074"
    "|\U000e0077\U000e006c\U000e0073)\U000e007f)|[\U000e0000-\U000e007f]"
)
STRAY_JOINER = re.compile(r"(?<!\S)[\u200c\u200d]+|[\u200c\u200d]+(?!\S)|(?<=[\u200c\u200d])[\u200c\u200d]+")
SURROGATE = re.compile("[\ud800-\udfff]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")

HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
KANA = re.compile("[\u3040-\u30ff\uff66-\uff9d]")
HAN = re.compile("[\u4e00-\u9fff]")
LATER_JAMO = re.compile("[\u1160-\u11ff\ud7b0-\ud7fb]")  # vowels and finals of Hangul written letter by letter
FLAG_LETTER = re.compile("[\U0001f1e6-\U0001f1ff]")
FLAG_LETTERS = re.compile(f"{FLAG_LETTER.pattern}*$")
JOINERS = "\u200c\u200d"
SKIN_TONE = re.compile("[\U0001f3fb-\U0001f3ff]")
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


# What an English question begins with, and what leads on to a name in one.
ASKS = frozenset("is are was does do did has have how what which who when where why can should any".split())
LEADS = frozenset("of is are about the in for".split())
WIDE = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u4e00-\u9fff\uac00-\ud7a3]")


def clean(text: str) -> str:
    """`text` without what cannot be stored, seen or trusted; line ends unified, more than two empty lines folded."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for pattern in (SURROGATE, CONTROL, BIDI, ZERO_WIDTH, STRAY_JOINER):
        text = pattern.sub("", text)
    text = TAG.sub(lambda match: match[1] or "", text)
    text = unicodedata.normalize("NFC", _limit_marks(text))
    return re.sub(r"\n{4,}", "\n\n\n", text).strip()


def _limit_marks(text: str) -> str:
    """`text` with at most MAX_MARKS accents on one letter: normalising sorts them, and longer runs in square time."""
    if not any(map(unicodedata.combining, text)):
        return text
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
    if _asks_in_english(text):
        return "en"
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


def _asks_in_english(text: str) -> bool:
    """Whether all that is not English is one name within an English question: "薬屋のひとりごと, is it finished?"."""
    wide = [match.start() for match in WIDE.finditer(text)]
    if not wide or LATIN_WORD.search(text, wide[0], wide[-1]):
        return False
    before, after = LATIN_WORD.findall(text[: wide[0]].lower()), LATIN_WORD.findall(text[wide[-1] + 1 :].lower())
    if len(after) > 2 and after[0] in ASKS:
        return True
    return bool(before) and before[0] in ASKS and (bool(after) or (len(before) > 1 and before[-1] in LEADS))


def shortened(text: str, length: int) -> str:
    """The first `length` characters of `text` at most, none of those that a reader sees as one cut in two."""
    end = min(length, len(text))
    while 0 < end < len(text) and _goes_on(text, end):
        end -= 1
    return text[:end]


def _goes_on(text: str, place: int) -> bool:
    """Whether what stands at `place` is part of the character before it, as a reader sees it (a grapheme cluster)."""
    before, behind = text[place - 1], text[place]
    if FLAG_LETTER.match(behind):
        letters = FLAG_LETTERS.search(text[:place])
        return letters is not None and len(letters[0]) % 2 == 1
    return (
        unicodedata.category(behind).startswith("M")
        or behind in JOINERS
        or before == "\u200d"
        or bool(SKIN_TONE.match(behind) or TAG.match(behind))
        or bool(LATER_JAMO.match(behind) and HANGUL.match(before))
    )


def title_of(text: str) -> str:
    """The first line of an ask, short enough for a list, cut at a word where there is one. No model is asked."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    line = re.sub(r"\s+", " ", line)
    if len(line) <= 40:
        return line
    begun = shortened(line, 40)
    cut = begun.rsplit(" ", 1)[0]
    return (cut if len(cut) >= 20 else begun).rstrip(",.、。 ") + "…"
