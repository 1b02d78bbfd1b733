"""The picture that messengers show of a shared conversation: 1200 by 630, a PNG, as they take no SVG.

resvg draws it, without a browser. The letters are a font of our own (fonts/), as a machine may have none for Korean and
Japanese: Noto Serif CJK, cut to the Hangul of KS X 1001, the first level of JIS X 0208 and the titles of the shelf.
"""

import unicodedata
from pathlib import Path

from django.template.loader import render_to_string

FONT = Path(__file__).parent / "fonts" / "NotoSerifCJKjp-Bold-subset.otf"
FAMILY = "Noto Serif CJK JP"
WIDTH, HEIGHT = 1200, 630
TITLE_SIZE = 58
MAX_LINES = 4
LINE = 640  # pixels that a line of the title may take beside covers
WIDE_LINE = 1040  # and without
COVERS = 3
# Where the covers stand, the first in front: (left, top, width, turn).
PLACES = ((838, 132, 250, 4), (768, 150, 236, -3), (706, 172, 220, -9))


def draw(title, works, note, covers):
    """`title` over `note`, beside `covers` (addresses of drawings). Bytes of a PNG."""
    import resvg_py  # which no other page needs

    shown = list(zip(PLACES, covers[:COVERS], strict=False))[::-1]
    lines = wrapped(title, (LINE if shown else WIDE_LINE) / TITLE_SIZE, MAX_LINES)
    context = {
        "lines": [(line, 250 + number * 78) for number, line in enumerate(lines)],
        "size": TITLE_SIZE,
        "family": FAMILY,
        "covers": [(x, y, w, w * 3 // 2, turn, x + w // 2, y + w * 3 // 4, cover) for (x, y, w, turn), cover in shown],
        "note": note,
        "works": works,
    }
    svg = render_to_string("chatbot/sharing/card.svg", context)
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            skip_system_fonts=True,
            font_files=[str(FONT)],
            font_family=FAMILY,
            serif_family=FAMILY,
            sans_serif_family=FAMILY,
        )
    )


def wrapped(text, room, most):
    """`text` in at most `most` lines of `room` widths of a letter, broken at spaces where there are any."""
    lines, line = [], ""
    for word in _words(" ".join(text.split())):
        if line and width(line + word.rstrip()) > room:
            lines.append(line.rstrip())
            line = ""
        while width(word) > room:
            cut = next(n for n in range(len(word), 0, -1) if width(word[:n]) <= room)
            lines.append(word[:cut])
            word = word[cut:]
        line += word
    lines.append(line.rstrip())
    if len(lines) > most:
        last = lines[most - 1]
        while last and width(last) > room - 1:
            last = last[:-1]
        lines[most - 1] = f"{last.rstrip()}…"
    return [one for one in lines[:most] if one]


def _words(text):
    """Where a line may break: behind spaces, and between letters of Japanese."""
    word = ""
    for letter in text:
        word += letter
        if letter == " " or "぀" <= letter <= "ヿ" or "一" <= letter <= "鿿":
            yield word
            word = ""
    yield word


def width(text):
    """About how many widths of a full letter `text` takes."""
    return sum(1 if unicodedata.east_asian_width(letter) in "WF" else 0.58 for letter in text)
