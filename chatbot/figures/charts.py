"""Charts over time as an SVG draws them, in the units of its view box. What they look like says the style sheet."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

WIDTH, HEIGHT = 360, 150
TOP, FOOT = 16, 18  # room for the number of the highest line above, for the labels below
GAP = 0.22  # of a column's step
TICKS = 5  # labels below, at most


@dataclass(frozen=True)
class Series:
    """Values slot by slot, None where there is none; drawn in the colour of `style`."""

    name: str
    style: str
    values: Sequence[float | None]


@dataclass(frozen=True)
class Bar:
    style: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Line:
    """`path` as a path's `d`. What stands alone between slots without a value is a dot."""

    style: str
    path: str
    dots: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Hit:
    """What is pointed at over a slot: its numbers, and the way to its rows."""

    x: str
    width: str
    title: str
    href: str


@dataclass(frozen=True)
class Chart:
    bars: list[Bar]
    lines: list[Line]
    hits: list[Hit]
    levels: list[tuple[str, str]]  # (height, label) of the lines across
    ticks: list[tuple[str, str, str]]  # (place, label, anchor) of the labels below
    legend: list[tuple[str, str]]  # (style, name)
    width: int = WIDTH
    height: int = HEIGHT
    foot: int = HEIGHT - FOOT


def draw(
    labels: Sequence[str],
    hrefs: Sequence[str],
    *,
    told: Callable[[float], str],
    columns: Sequence[Series] = (),
    lines: Sequence[Series] = (),
) -> Chart:
    """`columns` stand on each other, `lines` before them, both on one scale; `told` words a value."""
    series = [*columns, *lines]
    stacks = [sum(one.values[at] or 0 for one in columns) for at in range(len(labels))]
    top = ceiling(max([*stacks, *(value or 0 for one in lines for value in one.values)], default=0))
    step = WIDTH / max(1, len(labels))
    return Chart(
        bars=_bars(columns, top, step),
        lines=[_line(one, top, step) for one in lines],
        hits=[
            Hit(_r(at * step), _r(step), _title(label, series, at, told), href)
            for at, (label, href) in enumerate(zip(labels, hrefs, strict=True))
        ],
        levels=[(_r(_y(level, top)), told(level)) for level in (top, top / 2)],
        ticks=_ticks(labels, step),
        legend=[(one.style, one.name) for one in series] if len(series) > 1 else [],
    )


def ceiling(value: float) -> float:
    """The next round number: 1, 2, 4, 5 or 8 and noughts."""
    if value <= 0:
        return 1
    power = math.pow(10, math.floor(math.log10(value)))
    return next(round(step * power, 12) for step in (1, 2, 4, 5, 8, 10) if step * power >= value * (1 - 1e-9))


def _bars(columns: Sequence[Series], top: float, step: float) -> list[Bar]:
    bars = []
    for at in range(len(columns[0].values) if columns else 0):
        below = 0.0
        for one in columns:
            value = one.values[at] or 0
            if value:
                y, foot = _y(below + value, top), _y(below, top)
                bars.append(Bar(one.style, _r((at + GAP / 2) * step), _r(y), _r(step * (1 - GAP)), _r(foot - y)))
            below += value
    return bars


def _line(one: Series, top: float, step: float) -> Line:
    path, dots = "", []
    numbered = enumerate(one.values)
    for is_there, run in groupby(numbered, key=lambda pair: pair[1] is not None):
        places = [(_r((at + 0.5) * step), _r(_y(value or 0, top))) for at, value in run]
        if is_there and len(places) > 1:
            path += "M" + "L".join(f"{x} {y}" for x, y in places)
        elif is_there:
            dots += places
    return Line(one.style, path, dots)


def _title(label: str, series: Sequence[Series], at: int, told: Callable[[float], str]) -> str:
    values = [(one.name, one.values[at]) for one in series]
    return "\n".join([label, *(f"{name}: {'–' if value is None else told(value)}" for name, value in values)])


def _ticks(labels: Sequence[str], step: float) -> list[tuple[str, str, str]]:
    """The last and a few before it, evenly spread."""
    last = len(labels) - 1
    every = reversed(range(last, -1, -max(1, math.ceil(last / (TICKS - 1)))))
    anchors = {0: "start", last: "end"} if last > 1 else {}
    places = {"start": 0.0, "end": WIDTH}
    found = []
    for at in every:
        anchor = anchors.get(at, "middle")
        found.append((_r(places.get(anchor, (at + 0.5) * step)), labels[at], anchor))
    return found


def _y(value: float, top: float) -> float:
    return HEIGHT - FOOT - (HEIGHT - FOOT - TOP) * value / top


def _r(number: float) -> str:
    """As an attribute takes it, whatever the language of the page."""
    return f"{number:.1f}".removesuffix(".0")
