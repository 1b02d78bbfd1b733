"""Titles that the catalogue does not have, found by the frames in which readers name what they have read."""

import re
from collections.abc import Iterator

from .phrasebook import PHRASES


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
        rf"(?:^|[\n.!?,]|{_pattern('clause.end', KO)})\s*{_pattern('opening', KO)}?\s*"
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
    # "Xみたいな作品", where X holds a letter of katakana or a capital
    re.compile(
        rf"(?:^|[\n。！？、])(?P<title>[ァ-ヺーぁ-ん{IN_JA}]{{0,20}}[ァ-ヺーA-Z][ァ-ヺー{IN_JA}]{{1,20}})"
        rf"{_pattern('likened', JA)}"
    ),
]
JOINT = _pattern("joint", EN)
ONE_TITLE = re.compile(rf"(?:(?!,| {JOINT} ).)+")
EDGES = re.compile(rf"^\s*{JOINT}\s|\s{_pattern('edge.after', EN)}\s*$")
NOT_A_TITLE = re.compile(
    rf"^{PHRASES.pattern('title_frames', 'not_a_title')}(?:\s|$)|{_pattern('not_a_title.end', KO)}$",
    re.IGNORECASE,
)


def framed(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each title in a frame, frame by frame."""
    for frame in FRAMES:
        for match in frame.finditer(text):
            for part in ONE_TITLE.finditer(match["title"]):
                yield match.start("title") + part.start(), match.start("title") + part.end()


def trimmed(title: str) -> str:
    """`title` without the small words of its sentence at either end."""
    return EDGES.sub("", title).strip()
