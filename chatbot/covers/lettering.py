"""Setting titles: Japanese in columns or lines, Korean and English in lines.

Every glyph of a column is placed on its own, for browsers disagree about vertical writing inside images.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import accumulate

SERIF = {
    "ja": "'Noto Serif JP','Noto Serif CJK JP','Hiragino Mincho ProN','Yu Mincho',serif",
    "ko": "'Noto Serif KR','Noto Serif CJK KR','Nanum Myeongjo',AppleMyungjo,Batang,serif",
    "en": "Georgia,'Noto Serif','Times New Roman',serif",
}
SANS = {
    "ja": "'Hiragino Sans','Noto Sans JP','Noto Sans CJK JP','Yu Gothic',Meiryo,sans-serif",
    "ko": "Pretendard,'Apple SD Gothic Neo','Noto Sans KR','Noto Sans CJK KR','Malgun Gothic',sans-serif",
    "en": "'Helvetica Neue',Arial,sans-serif",
}
SMALL_KANA = set("ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ")
TURNED = set("ー―—–〜～~…‥（）()「」『』【】〈〉《》［］[]〔〕{}｛｝：:；;=＝-－→←|｜_＿")
CORNERED = set("、。，．,.")
# Kinsoku: never first in a column or line, and never last.
NOT_FIRST = set("、。，．,.!！?？…‥ー〜～)）」』】〉》］]〕々・：:") | SMALL_KANA
NOT_LAST = set("(（「『【〈《［[〔")
SOFT_END = set("はがをにでとのもへや、。！？!?」』）・…　 ")
LEAST_SIZE = 13.0
# What XML cannot hold, and marks that would turn the writing round.
UNPRINTABLE = re.compile(
    r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
# A subtitle begins at a wave, a dash between spaces, a wide space or a colon after a few letters.
SUBTITLE = re.compile(r"\s*[〜～~]\s*|\s+[-–—―]+\s*|[―—]{1,2}|　+|\s*[:：](?=\s)\s*|\s+(?=[(（「『])")


@dataclass(slots=True)
class Text:
    """One run of glyphs. `turn` in degrees about (x, y)."""

    text: str
    x: str
    y: str
    size: str
    turn: str = ""


@dataclass(slots=True)
class Block:
    """Runs that share a face."""

    language: str
    family: str
    weight: int
    colour: str
    anchor: str = "middle"
    texts: list = field(default_factory=list)


def clean(text):
    return " ".join(UNPRINTABLE.sub("", unicodedata.normalize("NFC", text or "")).split(" ")).strip()


def split_title(title):
    """The title and its subtitle, which may be empty."""
    parts = [part.strip("〜～~-–—― 　") for part in SUBTITLE.split(title, maxsplit=1)]
    if len(parts) == 2 and len(parts[0]) >= 2 and parts[1]:
        return parts[0], parts[1]
    return title, ""


def width(text):
    """Estimated width in ems, on the generous side."""
    return sum(map(glyph_width, text))


def glyph_width(char):
    if char == " ":
        return 0.3
    if unicodedata.combining(char):
        return 0
    if unicodedata.east_asian_width(char) in "WF":
        return 0.94 if "가" <= char <= "힣" else 1.0
    if ord(char) > 0x2E80 or char in "…—―":
        return 1.0
    if char in "iljI.,:;'!|()[]":
        return 0.36
    if char in "mwMW@%":
        return 0.95
    return 0.72 if char.isupper() else 0.59


# --- Columns ---------------------------------------------------------------------------------


def cells(text):
    """The title as what stands in a column: (text, how, advance in ems)."""
    row = []
    for match in re.finditer(r"[A-Za-z0-9][A-Za-z0-9'’.&+]*|[!?！？]{2,3}|.", text):
        run = match[0]
        if len(run) > 1 or run.isascii():
            row.append(_latin_cell(run))
        elif run in SMALL_KANA:
            row.append((run, "small", 1.0))
        elif run in TURNED:
            row.append((run, "turned", 0.9))
        elif run in CORNERED:
            row.append((run, "corner", 0.6))
        elif run.isspace():
            row.append((" ", "space", 0.5))
        else:
            row.append((run, "upright", 1.0))
    return row


def _latin_cell(run):
    if run in TURNED:
        return (run, "turned", 0.6)
    if run in CORNERED:
        return (run, "corner", 0.5)
    if run.isspace():
        return (" ", "space", 0.4)
    if len(run) <= 2 or set(run) <= set("!?！？") or (len(run) == 3 and run.isdigit()):
        return (run, "across", 1.0)
    return (run, "run", width(run) + 0.12)


# Where Japanese may pause: after a word with the kana that hang on to it.
PHRASE = re.compile(
    r"[0-9０-９]+[一-龯]?|[一-龯々〆ヶ]+[ぁ-ん]*|[ァ-ヴー]+・?[ぁ-ん]*|[ぁ-ん]+|[A-Za-z0-9'’.&+]+|\s+|."
)


def pauses(text):
    """How many characters of `text` come before each place a reader may pause."""
    return {match.end() for match in PHRASE.finditer(text)}


def columns(row, count):
    """`row` in `count` columns, ended where a reader may pause."""
    total = sum(cell[2] for cell in row)
    ends, places = pauses("".join(cell[0] for cell in row)), set()
    for i, length in enumerate(accumulate(len(cell[0]) for cell in row), start=1):
        if length in ends:
            places.add(i)
    found, start = [], 0
    for left in range(count, 1, -1):
        goal = sum(cell[2] for cell in row[start:]) / left
        found.append(row[start : (start := _best_break(row, start, goal, total / count, places))])
    found.append(row[start:])
    return [_trimmed(column) for column in found if _trimmed(column)]


def _best_break(row, start, goal, typical, places):
    best, best_cost, run = len(row), 1e9, 0.0
    for end in range(start + 1, len(row)):
        run += row[end - 1][2]
        cost = abs(run - goal) / typical * 4
        if row[end][0][0] in NOT_FIRST or row[end - 1][0][-1] in NOT_LAST:
            cost += 9
        if end not in places:
            cost += 1.6
        elif row[end - 1][0][-1] in SOFT_END:
            cost -= 0.5
        if cost < best_cost:
            best, best_cost = end, cost
    return best


def _trimmed(column):
    while column and column[0][1] == "space":
        column = column[1:]
    while column and column[-1][1] == "space":
        column = column[:-1]
    return column


def set_columns(block, title, box, most=74.0, gap=1.2, align="right", least=LEAST_SIZE):
    """Set `title` in columns from the right, as large as `box` (x, y, width, height) allows. Returns what it took."""
    x, y, wide, high = box
    row = cells(title)
    size, found = _fit_columns(row, wide, high, most, gap)
    kept = row
    while size < least and len(kept) > 4:
        kept = kept[: -max(1, len(kept) // 7)]
        size, found = _fit_columns([*kept, ("…", "turned", 0.9)], wide, high, most, gap)
    took = size * (1 + gap * (len(found) - 1))
    right = x + wide if align == "right" else x + took if align == "left" else x + (wide + took) / 2
    for i, column in enumerate(found):
        _place_column(block, column, right - size * (0.5 + gap * i), y, size)
    tall = max(sum(cell[2] for cell in column) for column in found) * size
    return size, (right - took, y, took, tall)


def _fit_columns(row, wide, high, most, gap):
    best = (0.0, [row])
    for count in range(1, 8):
        found = columns(row, count)
        longest = max(sum(cell[2] for cell in column) for column in found)
        size = min(high / longest, wide / (1 + gap * (len(found) - 1)), most)
        # A column more has to make the letters clearly larger.
        if size > best[0] * 1.12:
            best = (size, found)
    return best


def _place_column(block, column, x, y, size):
    for text, how, advance in column:
        step = advance * size
        middle = y + step / 2
        if how == "upright":
            block.texts.append(_glyph(text, x, middle + size * 0.37, size))
        elif how == "small":
            block.texts.append(_glyph(text, x + size * 0.09, middle + size * 0.28, size))
        elif how == "corner":
            block.texts.append(_glyph(text, x + size * 0.6, y + size * 0.3, size))
        elif how == "across":
            shrunk = size * min(1, 1.02 / width(text))
            block.texts.append(_glyph(text, x, middle + shrunk * 0.36, shrunk))
        elif how in {"turned", "run"}:
            # Turned a quarter about the middle of its cell; the baseline then lies left of the middle.
            block.texts.append(_glyph(text, x - size * 0.36, middle, size, turn="90"))
        y += step


def _glyph(text, x, y, size, turn=""):
    return Text(text, f"{x:.1f}", f"{y:.1f}", f"{size:.1f}", turn)


# --- Lines -----------------------------------------------------------------------------------


def words(text, language):
    """Pieces a line may end after. Japanese may break almost anywhere; Korean and English between words."""
    if language != "ja":
        return [word + " " for word in text.split()]
    pieces = []
    for match in PHRASE.finditer(text):
        piece = match[0]
        if pieces and (piece[0] in NOT_FIRST or piece.isspace() or pieces[-1][-1] in NOT_LAST):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _lines_within(pieces, limit):
    rows, row, used = [], "", 0.0
    for piece in pieces:
        wide = width(piece.rstrip())
        if row and used + wide > limit:
            rows.append(row.rstrip())
            row, used = "", 0.0
        row += piece
        used = width(row)
    rows.append(row.rstrip())
    return rows


def set_lines(block, title, box, most=58.0, leading=1.22, align="middle", least=LEAST_SIZE, valign="top"):
    """Set `title` in lines, as large as `box` allows. Returns (size, box taken)."""
    x, y, wide, high = box
    pieces = _short_pieces(words(title, block.language), wide / least)
    size, rows = _fit_lines(pieces, wide, high, most, leading)
    while size < least and len(pieces) > 2:
        pieces = pieces[: -max(1, len(pieces) // 7)]
        size, rows = _fit_lines([*pieces, "…"], wide, high, most, leading)
    took = size * (1 + leading * (len(rows) - 1))
    top = y if valign == "top" else y + high - took if valign == "bottom" else y + (high - took) / 2
    left = {"start": x, "middle": x + wide / 2, "end": x + wide}[align]
    block.anchor = align
    for i, row in enumerate(rows):
        block.texts.append(_glyph(row, left, top + size * (0.86 + leading * i), size))
    return size, (x, top, wide, took)


def _short_pieces(pieces, limit):
    """No piece wider than a line at the least size."""
    whole = []
    for piece in pieces:
        while width(piece.rstrip()) > limit:
            whole.append(piece[: max(1, int(limit) - 1)])
            piece = piece[max(1, int(limit) - 1) :]
        whole.append(piece)
    return whole or [" "]


def _fit_lines(pieces, wide, high, most, leading):
    total = width("".join(pieces))
    widest = max(width(piece.rstrip()) for piece in pieces)
    best, best_score = (0.0, ["".join(pieces)]), 0.0
    for count in range(1, 11):
        rows = _lines_within(pieces, max(widest, total / count * 1.02))
        for attempt in range(12):
            if len(rows) <= count:
                break
            rows = _lines_within(pieces, max(widest, total / count * (1.06 + attempt * 0.06)))
        longest = max(width(row) for row in rows) or 1
        size = min(wide / longest, high / (1 + leading * (len(rows) - 1)), most)
        # A line more has to make the letters larger; one word left over at the end looks like a slip.
        score = size * (0.8 + 0.2 * min(1, 1.6 * width(rows[-1]) / longest))
        if score > best_score * 1.06:
            best, best_score = (size, rows), score
    return best
