"""Titles that the catalogue does not have, found by the frames in which readers name what they have read."""

import re
from collections.abc import Iterator

from ..words.fillers import without_fillers
from ..words.phrasebook import PHRASES


def _pattern(section: str, language: str) -> str:
    return PHRASES.pattern("title_frames", section, language)


KO, EN, JA = "ko", "en", "ja"
NAME = r"[A-Z0-9][\w'’:!\-]*"
IN_KO = "[가-힣A-Za-z0-9:·]{1,20}"
IN_JA = "一-龥々A-Za-z0-9△☆♪・"
NEVER_WITHIN = "".join(PHRASES.phrases("title_frames", "never_within", JA))
FRAMES = [
    # "저는 X 정말 재밌게 봤어요"
    re.compile(
        rf"(?:^|[\n.!?,]|{_pattern('clause.end', KO)})\s*(?:{_pattern('opening', KO)}(?:\s+|(?<=[가-힣][가-힣])))?"
        rf"(?P<title>[^\n.!?,]{{2,40}}?){_pattern('particle', KO)}?\s"
        rf"(?:{_pattern('very', KO)}\s)?{_pattern('gladly', KO)}\s?{_pattern('read', KO)}"
    ),
    # "I loved X"
    re.compile(
        rf"\b{_pattern('before', EN)}\s(?P<title>(?:{NAME})(?:,?\s(?:{_pattern('within', EN)}\b|{NAME}))*)",
    ),
    # "最近Xを読んだ"
    re.compile(
        rf"(?:^|[\n。！？、,]|{_pattern('opening', JA)})(?P<title>[^\n。！？、,{NEVER_WITHIN}]{{3,30}})"
        rf"{_pattern('particle', JA)}{_pattern('very', JA)}?{_pattern('read', JA)}"
    ),
    # "X 같은 거"
    re.compile(
        rf"(?:^|[\n.!?,]|{_pattern('clause.likened', KO)})\s*"
        rf"(?P<title>{IN_KO}(?: {IN_KO})?) ?{_pattern('likened', KO)}"
    ),
    # "精霊の守り人みたいな作品": a name of a book by its last word
    re.compile(
        rf"(?:^|[\n。！？、])(?P<title>[{IN_JA}ァ-ヺー]{{1,8}}[ぁ-ん][{IN_JA}ァ-ヺーぁ-ん]{{0,6}}{_pattern('ends', JA)}){_pattern('likened', JA)}"
    ),
    # "Xみたいな作品", where X holds a letter of katakana or a capital
    re.compile(
        rf"(?:^|[\n。！？、])(?P<title>[ァ-ヺーぁ-ん{IN_JA}]{{0,20}}[ァ-ヺーA-Z][ァ-ヺー{IN_JA}]{{1,20}})"
        rf"{_pattern('likened', JA)}"
    ),
]
MAX_NUMBER = 2  # figures of the number of a volume, which is no title
MAX_MISSPELT = 7  # words of a name that may be spelt wrongly
# Where a name stands that may be spelt wrongly, and so looks like no name: all that may belong to it.
AROUND = [
    re.compile(rf"\b{_pattern('before', EN)}\s(?:the\s)?(?P<after>[\w'’:!\- ]{{5,80}})", re.IGNORECASE),
    re.compile(
        rf"(?P<before>[가-힣A-Za-z0-9:·\- ]{{3,60}}?)"
        rf"(?: ?{_pattern('likened', KO)}|{_pattern('particle', KO)}?\s(?:{_pattern('very', KO)}\s)?{_pattern('gladly', KO)})"
    ),
    re.compile(
        rf"(?P<whole>[^\s、。！？!?「」『』]{{4,30}}?)"
        rf"(?:{_pattern('likened', JA)}|{_pattern('particle', JA)}{_pattern('very', JA)}?{_pattern('read', JA)})"
    ),
]
EACH_WORD = re.compile(r"\S+")
JOINT = _pattern("joint", EN)
ONE_TITLE = re.compile(rf"(?:(?!,| {JOINT} ).)+")
EDGES = re.compile(rf"^\s*{JOINT}\s|\s{_pattern('edge.after', EN)}\s*$")
COUNTED = re.compile(_pattern("counted", EN), re.IGNORECASE)
APPEARS = re.compile(PHRASES.pattern("title_frames", "appears"), re.IGNORECASE)
NOT_A_TITLE = re.compile(
    rf"^{PHRASES.pattern('title_frames', 'not_a_title')}(?:\s|$)|{_pattern('not_a_title.end', KO)}$",
    re.IGNORECASE,
)


def framed(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each title in a frame, frame by frame."""
    for frame in FRAMES:
        for match in frame.finditer(text):
            for part in ONE_TITLE.finditer(match["title"]):
                if part[0].isascii() and part[0].islower():
                    continue  # "Slayers, no romance": what follows a comma is no name
                if part[0].strip().isdigit() and len(part[0].strip()) <= MAX_NUMBER:
                    continue  # a volume: "without reading 10"
                if part[0].strip()[-1:].isdigit() and COUNTED.match(text, match.start("title") + part.end()):
                    continue  # how many were read: "like 300+ volumes"
                yield match.start("title") + part.start(), match.start("title") + part.end()


def misspelt(text: str) -> Iterator[list[tuple[int, int]]]:
    """For each place where a name may stand, spelt wrongly: (start, end) of what may be it, the longest first."""
    for around in AROUND:
        for match in around.finditer(text):
            name = str(match.lastgroup)
            places = [word.span() for word in EACH_WORD.finditer(text, *match.span(name))]
            if name == "after" and places:
                yield [(places[0][0], end) for _, end in reversed(places[:MAX_MISSPELT])]
            elif name == "before" and places:
                yield [(start, places[-1][1]) for start, _ in places[-MAX_MISSPELT:]]
            elif places:
                yield [match.span(name)]


def without_appearance(title: str) -> str:
    """`title` without what says where else its people were seen: 「異世界かるてっとに出てた盾の勇者」."""
    return APPEARS.sub("", title)


def trimmed(title: str) -> str:
    """`title` without the small words of its sentence at either end."""
    return EDGES.sub("", without_fillers(title)).strip()
