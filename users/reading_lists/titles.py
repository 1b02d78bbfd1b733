"""What a title in a list says: the names the work may be known by, the volume, and whether it is a novel at all.

Shops and readers hang on a title what does not belong to it: "(Light Novel)", an imprint, a volume, the volume's own
subtitle, the series with its number. Each cut gives another name to look up, the least cut first.
"""

import re
import unicodedata
from dataclasses import dataclass, field

from chatbot.text.folding import key, without_subtitle

from . import parts

BRACKETS = re.compile(r"[(\[【〔<《]([^()\[\]【】〔〕<>《》]{1,80})[)\]】〕>》]")
SERIES = re.compile(r"\s*\(([^()]{1,120}?),?\s*#\s*(\d{1,3}(?:\.\d)?)(?:\s*[-–]\s*\d+)?(?:\s*;[^()]*)?\)\s*$")
SERIES_COLUMN = re.compile(r"^(.*?)[\s,(]*#\s*(\d{1,3}(?:\.\d)?)")
# Latin words may stand against kana: カドカワBOOKS.
MANGA = re.compile(
    r"(?<![a-z])(?:manga|comics?|graphic novels?|manhwa|webtoons?)(?![a-z])|漫画|漫畫|まんが|マンガ|コミック|コミカライズ|만화|코믹|웹툰",
    re.IGNORECASE,
)
# Without brackets, only what cannot be part of a novel's own title.
MANGA_WORDS = r"만화책?|웹툰|코믹스?|漫画|マンガ|コミックス?|コミカライズ|manga|manhwa|webtoon"
MANGA_AT_THE_END = re.compile(
    r"@\s?comic\b|\bthe comic\b|コミック版|コミカライズ|漫画版|만화판|코믹스판|웹툰판"
    rf"|(?<=\s)(?:{MANGA_WORDS}|comics?)(?=(?:\s*(?:[第제]|vol(?:ume)?\.?)?\s*\d{{1,3}}\s*[권巻]?)?\s*$)",
    re.IGNORECASE,
)
MANGA_AT_THE_START = re.compile(
    rf"^(?:(?:{MANGA_WORDS})(?:판|版)?(?:\s*[:・–—-]\s*|\s+|(?=[『「《“\"]))|(?:comics?|graphic novel)\s*[:–—-]\s*)(?=\S)",
    re.IGNORECASE,
)
NOVEL = re.compile(
    r"(?<![a-z])(?:light novels?|novels?|LN)(?![a-z])|ライトノベル|ラノベ|小説|ノベル|文庫|라이트\s?노벨|라노벨|소설|노블",
    re.IGNORECASE,
)
LABEL = re.compile(
    rf"{MANGA.pattern}|{NOVEL.pattern}|ブックス|文芸|(?<![a-z])(?:books|edition)(?![a-z])|전자책|e-?book", re.IGNORECASE
)
NOVEL_AT_THE_END = re.compile(r"[\s,:–-]+(?:light novels?|novels?|라이트\s?노벨|ライトノベル)\s*$", re.IGNORECASE)
SERIES_LABEL = re.compile(r"[\s,:–-]+(?:light novels?|novels?|manga|series)\s*$", re.IGNORECASE)
# How many volumes there are says nothing of how far somebody is.
TOTAL = re.compile(
    r"[\s,:–-]*[(\[〈]?\s*(?:(?:(?<![가-힣])(?:전|총|기간)|全|既刊)\s*\d{1,3}\s*[권巻冊](?:\s*(?:완결|완|完結))?"
    r"|(?<![\d.~–∼〜-])\d{1,3}\s*(?:[권巻冊]\s*(?:완결|완|完結)|\s(?:volumes|vols?\.?|books)))\s*[)\]〉]?\s*$",
    re.IGNORECASE,
)
ENDED = re.compile(r"[\s,:–-]+[(\[]?(?:완결|完結|completed?)[)\]]?\s*$", re.IGNORECASE)
SERIES_AT_THE_END = re.compile(r"\s+(?:series|시리즈|シリーズ)$|(?<=\w)シリーズ$", re.IGNORECASE)
NUMBER = r"(\d{1,3}(?:\.\d)?)"
UNIT = r"[권巻冊](?!(?!까지)[가-힣])"
UP_TO = r"(?:\b(?:up to|through|until)\s+)?"
NAMED_VOLUME = r"\b(?:vol(?:ume)?s?|v|books?|ep|tome|band)\.?"
RANGE = re.compile(
    rf"[\s,:–-]*(?:[第제]|{NAMED_VOLUME})?\s*(?<![\d.])\d{{1,3}}\s*[권巻]?\s*[-~–∼〜]\s*[第제]?{NUMBER}\s*({UNIT})?"
    r"\s*(?:까지|まで)?(?![\w-])",
    re.IGNORECASE,
)
MARKED_RANGE = re.compile(r"^\W*[第제v]|[~〜∼]", re.IGNORECASE)
VOLUME = re.compile(
    rf"[\s,:–-]*{UP_TO}(?:{NAMED_VOLUME}\s*#?\s*{NUMBER}(?![\w-])|#\s*{NUMBER}|[~〜]?\s*[第제]?\s*{NUMBER}\s*{UNIT})",
    re.IGNORECASE,
)
ALONE_IN_BRACKETS = re.compile(rf"\s*[(\[〈<《【「『]\s*{NUMBER}\s*[권巻]?\s*[)\]〉>》】」』]")
AT_THE_END = re.compile(rf"(?<![\d.])[\s,:–-]*{NUMBER}\s*$")
INSIDE = re.compile(
    rf"(?:(?<=\S)\s+|(?<=[!?~)」』])){NUMBER}(?=\s*[:,(–-]|\s)|(?<=[ぁ-ゖァ-ヺー一-鿿가-힣]){NUMBER}(?=\s+[^\s(])"
)
# Shops of Japan number volumes so, with a subtitle behind: 狼と香辛料XVII Epilogue. One letter alone may be a word.
ROMAN = re.compile(
    r"(?:(?<=[!?~)」』ぁ-ゖァ-ヺー一-鿿가-힣])\s*|(?<=\S)\s+(?=[IVX]{2}|[IVX]$))"
    r"(?=[IVX])(X{0,3}(?:IX|IV|V?I{0,3}))(?=\s*[:,(〈<《【「『–-]|\s|$)"
)
ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
# The halves and thirds of what is one story: 偽物語(上), 九校戦編 下, 하권, Part 2.
HALVES = {
    parts.FIRST: ("上", "上弦", "上巻", "前編", "前篇", "상", "상권", "전편"),
    parts.MIDDLE: ("中", "中巻", "中編", "중", "중권", "중편"),
    parts.LAST: ("下", "下弦", "下巻", "後編", "後篇", "하", "하권", "후편"),
}
HALF_OF = {word: half for half, words in HALVES.items() for word in words}
HALF = re.compile(
    rf"(?:\s+|\s*[(\[〈<《「『])({'|'.join(sorted(HALF_OF, key=len, reverse=True))})\s*[)\]〉>》」』]?\s*$"
)
NUMBERED_PART = re.compile(r"[\s,:–-]+(?:part|pt\.?)\s*(\d|i{1,3}|one|two|three)\s*$", re.IGNORECASE)
PART_NUMBERS = {"i": 1, "ii": 2, "iii": 3, "one": 1, "two": 2, "three": 3}
# Who wrote it, behind the title: "Title / Name", "Title by Name", "Title (Name)", "제목, 이름 지음".
AUTHOR = re.compile(r"\s+[-–—|·]\s+|\s*/\s*|\s+by\s+|,\s+|\s*\((?=[^()]*\)$)", re.IGNORECASE)
WROTE = re.compile(r"(?:\s+(?:지음|글|저|작)|\s*著)$")
MAX_MARKS = 4
ENDS = " \t,、，:：;-–—_/|."
QUOTES = re.compile(r"^[『「《\"“‘']+|[』」》\"”’']+$")


@dataclass
class Name:
    """One name to look up.

    `is_whole`: what was cut off says nothing of which work it is. `is_cut`: it stands before a volume's number, so that
    other volumes have it too. `is_wider`: other works of the series may bear it. `authors`: what was cut off, which may
    be who wrote it. `mark`: which half, third or number of the work called so it is (see `parts`).
    """

    text: str
    volume: float | None = None
    is_whole: bool = True
    is_cut: bool = False
    is_wider: bool = False
    authors: str = ""
    mark: str | int | None = None


@dataclass
class Title:
    names: list = field(default_factory=list)
    kind: str = ""

    @property
    def name(self):
        """What volumes of one work have in common."""
        cut = [name for name in self.names if name.is_cut]
        whole = [name for name in self.names if name.is_whole]
        return (cut or whole or self.names)[-1].text if self.names else ""

    @property
    def volume(self):
        return next((name.volume for name in self.names if name.volume is not None), None)

    @property
    def base(self):
        """The key under which volumes of one work meet."""
        return key(self.name)


class _Names:
    def __init__(self):
        self.found = {}

    def add(self, text, volume=None, **told):
        text = _trimmed(text)
        if folded := key(text):
            self.found.setdefault(folded, Name(text, volume, **told))


def read(title, series="", imprints=frozenset()):
    """`series`: as "Name (#3.0)" or "Name #3", where the list has a column for it. `imprints`: keys of those that shops
    write behind a title, in brackets."""
    text = _trimmed(unicodedata.normalize("NFKC", title))
    names, number = _Names(), None
    if found := SERIES_COLUMN.match(series):
        series, number = found[1], float(found[2])
    if found := SERIES.search(text):
        series, number = found[1], float(found[2])
        text = text[: found.start()].strip()
    kind = _kind(text, series)
    names.add(text, number)
    text = BRACKETS.sub(lambda found: " " if key(found[1]) in imprints else found[0], text)
    bare = _without_labels(text)
    if kind == "manga":
        bare = _trimmed(MANGA_AT_THE_END.sub(" ", MANGA_AT_THE_START.sub("", bare))) or bare
    names.add(bare, number)
    names.add(SERIES_AT_THE_END.sub("", bare), number)
    volume = _cut_volume(bare, names, number)
    shortest = [name for name in names.found.values() if name.is_whole][-1:]
    _cut_half(bare, names)
    for mark in reversed(list(AUTHOR.finditer(bare))[-MAX_MARKS:]):
        _cut_author(bare[: mark.start()], bare[mark.end() :], names, number)
    if series:
        # Comics bear the name of the series as well.
        series = _without_labels(SERIES_LABEL.sub("", series))
        names.add(series, number or volume, is_whole=kind == "novel", is_cut=number is not None)
    for name in shortest:
        if short := without_subtitle(name.text):
            names.add(short, name.volume, is_whole=False, is_wider=True)
    return Title(list(names.found.values()), kind)


def _trimmed(text):
    return QUOTES.sub("", text.strip(ENDS)).strip(ENDS)


def _kind(text, series):
    inside = [*BRACKETS.findall(text), series]
    if any(MANGA.search(one) for one in inside) or MANGA_AT_THE_END.search(text) or MANGA_AT_THE_START.search(text):
        return "manga"
    return "novel" if any(NOVEL.search(one) for one in inside) or NOVEL_AT_THE_END.search(text) else ""


def _without_labels(text):
    """Without brackets that name an imprint, a form or an edition, without a form and a number of volumes at the end."""
    bare = BRACKETS.sub(lambda found: " " if LABEL.search(found[1]) else found[0], text)
    bare = NOVEL_AT_THE_END.sub("", re.sub(r"\s+", " ", bare).strip(ENDS))
    for pattern in (TOTAL, ENDED):
        cut = pattern.sub("", bare)
        bare = cut if key(cut) else bare
    return bare


def _cut_half(bare, names):
    if found := HALF.search(bare):
        names.add(bare[: found.start()], is_whole=False, is_wider=True, mark=HALF_OF[found[1]])
    elif found := NUMBERED_PART.search(bare):
        number = found[1].lower()
        mark = int(number) if number.isdecimal() else PART_NUMBERS[number]
        names.add(bare[: found.start()], is_whole=False, is_wider=True, mark=mark)


def _cut_author(title, authors, names, number):
    """Add what stands before an author, with its volume and without."""
    told = {"is_whole": False, "authors": WROTE.sub("", authors.strip(" )"))}
    names.add(title, number, **told)
    volume = _Names()
    _cut_volume(_without_labels(title), volume, number)
    for name in volume.found.values():
        names.add(name.text, name.volume, **told)


def _arabic(roman):
    values = [ROMAN_VALUES[letter] for letter in roman]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def _cut_volume(bare, names, number):
    """Add `bare` without its volume. Returns the volume."""
    for pattern, is_whole in (
        (RANGE, True),
        (VOLUME, True),
        (ALONE_IN_BRACKETS, True),
        (AT_THE_END, True),
        (INSIDE, False),
        (ROMAN, False),
    ):
        found = pattern.search(bare)
        if not found or not key(bare[: found.start()]):
            continue
        if pattern is RANGE and bare[found.end() :] and not found[2] and not MARKED_RANGE.search(found[0]):
            continue  # a bare "1-3" within a title is a part of it
        said = next(group for group in found.groups() if group)
        volume = float(_arabic(said) if pattern is ROMAN else said)
        names.add(_without_labels(bare[: found.start()]), number or volume, is_whole=is_whole, is_cut=True)
        return volume
    return None
