"""Bars as an SVG draws them: where each begins, in the units of its view box. What they look like says the style sheet."""

from dataclasses import dataclass

WIDTH, HEIGHT = 360, 140  # of a chart of columns
FOOT, HEAD = 20, 18  # room for the labels below and the numbers above
ROW, BAR = 42, 14  # of a chart of rows: a label, and the bar under it
ROOM = 40  # for the number behind a row


@dataclass(frozen=True)
class Bar:
    label: str
    value: int
    x: float
    y: float
    width: float
    height: float
    label_x: float
    label_y: float
    value_x: float
    value_y: float


@dataclass(frozen=True)
class Chart:
    id: str
    title: str
    width: int
    height: int
    bars: list
    is_columns: bool


def columns(id, title, pairs):
    """Upright bars beside each other of (label, number)."""
    step, most = WIDTH / len(pairs), max(1, *(value for _, value in pairs))
    bars = []
    for at, (label, value) in enumerate(pairs):
        height = (HEIGHT - FOOT - HEAD) * value / most
        top, middle = HEIGHT - FOOT - height, (at + 0.5) * step
        x, width = at * step + step * 0.18, step * 0.64
        bars.append(
            Bar(label, value, _r(x), _r(top), _r(width), _r(height), _r(middle), HEIGHT - 5, _r(middle), _r(top - 5))
        )
    return Chart(id, title, WIDTH, HEIGHT, bars, True)


def rows(id, title, pairs):
    """Bars below each other of (label, number), each under its label."""
    most, bars = max((value for _, value in pairs), default=1), []
    for at, (label, value) in enumerate(pairs):
        top, width = at * ROW + 20, (WIDTH - ROOM) * value / most
        bars.append(Bar(label, value, 0, top, _r(width), BAR, 0, top - 6, _r(width + 8), top + BAR - 2))
    return Chart(id, title, WIDTH, max(ROW, len(pairs) * ROW), bars, False)


def _r(number):
    return round(number, 1)
