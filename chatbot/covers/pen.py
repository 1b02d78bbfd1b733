"""Outlines and what is drawn with them.

Geometry only: functions return the text of an SVG path (`d`), a `Pen` gathers shapes in one colour scheme.
Motifs live in a box from -100 to 100 both ways, y down; a standing motif has its feet at y = 100.
"""

from dataclasses import dataclass, field
from math import cos, pi, sin


def n(value):
    """A coordinate, short: one decimal, none where it is whole."""
    value = round(value, 1)
    return str(int(value)) if value == int(value) else str(value)


def poly(*points, close=True):
    return "M" + "L".join(f"{n(x)} {n(y)}" for x, y in points) + ("Z" if close else "")


def mirrored(*half):
    """The right half of an outline, from top to bottom, and its mirror image on the left."""
    return [*half, *((-x, y) for x, y in reversed(half))]


def smooth(*points, close=True):
    """A soft curve through the points (Catmull-Rom as Béziers)."""
    count = len(points)
    at = (lambda i: points[i % count]) if close else (lambda i: points[min(max(i, 0), count - 1)])
    d = [f"M{n(points[0][0])} {n(points[0][1])}C"]
    for i in range(count if close else count - 1):
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = at(i - 1), at(i), at(i + 1), at(i + 2)
        d.append(
            f"{n(x1 + (x2 - x0) / 6)} {n(y1 + (y2 - y0) / 6)} "
            f"{n(x2 - (x3 - x1) / 6)} {n(y2 - (y3 - y1) / 6)} {n(x2)} {n(y2)} "
        )
    return "".join(d).rstrip() + ("Z" if close else "")


def rect(x, y, width, height, radius=0):
    if not radius:
        return f"M{n(x)} {n(y)}h{n(width)}v{n(height)}h{n(-width)}z"
    r = min(radius, width / 2, height / 2)
    corner = f"a{n(r)} {n(r)} 0 0 1 "
    return (
        f"M{n(x + r)} {n(y)}h{n(width - 2 * r)}{corner}{n(r)} {n(r)}v{n(height - 2 * r)}{corner}{n(-r)} {n(r)}"
        f"h{n(2 * r - width)}{corner}{n(-r)} {n(-r)}v{n(2 * r - height)}{corner}{n(r)} {n(-r)}z"
    )


def ellipse(x, y, rx, ry):
    arc = f"{n(rx)} {n(ry)} 0 1 0 "
    return f"M{n(x - rx)} {n(y)}a{arc}{n(2 * rx)} 0 {arc}{n(-2 * rx)} 0z"


def circle(x, y, radius):
    return ellipse(x, y, radius, radius)


def crescent(x, y, radius, bite=0.8):
    """A waxing moon; `bite` near 1 makes it thin."""
    inner = radius * (0.7 + bite * 0.45)
    return (
        f"M{n(x)} {n(y - radius)}a{n(radius)} {n(radius)} 0 1 1 0 {n(2 * radius)}"
        f"a{n(inner)} {n(inner)} 0 0 0 0 {n(-2 * radius)}z"
    )


def arch(x, y, width, height):
    """A round-headed opening; (x, y) is the corner of the box around it."""
    r = n(width / 2)
    return f"M{n(x)} {n(y + height)}V{n(y + width / 2)}a{r} {r} 0 0 1 {n(width)} 0V{n(y + height)}z"


def gothic(x, y, width, height):
    r = n(width)
    return (
        f"M{n(x)} {n(y + height)}V{n(y + width * 0.87)}A{r} {r} 0 0 1 {n(x + width / 2)} {n(y)}"
        f"A{r} {r} 0 0 1 {n(x + width)} {n(y + width * 0.87)}V{n(y + height)}z"
    )


def ring(count, radius, x=0, y=0, turn=0.0):
    """`count` points evenly round a circle, the first at the top; `turn` in whole turns."""
    return [
        (x + radius * sin(2 * pi * (i / count + turn)), y - radius * cos(2 * pi * (i / count + turn)))
        for i in range(count)
    ]


def star(x, y, radius, points=5, inner=0.4, turn=0.0):
    outer = ring(points, radius, x, y, turn)
    within = ring(points, radius * inner, x, y, turn + 0.5 / points)
    return poly(*(point for pair in zip(outer, within, strict=True) for point in pair))


def leaf(x, y, length, width, angle):
    """A pointed leaf growing from (x, y); `angle` in turns, 0 upward."""
    dx, dy = sin(2 * pi * angle), -cos(2 * pi * angle)
    mx, my, ex, ey = x + dx * length / 2, y + dy * length / 2, x + dx * length, y + dy * length
    return (
        f"M{n(x)} {n(y)}Q{n(mx - dy * width)} {n(my + dx * width)} {n(ex)} {n(ey)}"
        f"Q{n(mx + dy * width)} {n(my - dx * width)} {n(x)} {n(y)}z"
    )


def dots(points):
    """For a stroke with round ends: a dot at each point."""
    return "".join(f"M{n(x)} {n(y)}h0" for x, y in points)


def lines(*pairs):
    return "".join(f"M{n(a)} {n(b)}L{n(c)} {n(d)}" for a, b, c, d in pairs)


@dataclass(slots=True)
class Layer:
    """Shapes drawn together. A shape is a tuple of (attribute, value) pairs."""

    shapes: list = field(default_factory=list)
    transform: str = ""
    clip: str = ""


class Pen:
    """Draws in four colours: `body` the mass, `shade` its other side, `detail` what catches the eye, `back` behind."""

    def __init__(self, body, shade, detail, back):
        self.body, self.shade, self.detail, self.back = body, shade, detail, back
        self.shapes = []

    def fill(self, d, colour, opacity=None, rule=None):
        shape = [("d", d), ("fill", colour)]
        if opacity is not None:
            shape.append(("fill-opacity", share(opacity)))
        if rule:
            shape.append(("fill-rule", rule))
        self.shapes.append(shape)

    def line(self, d, colour, width, opacity=None, dash=None, cap="round"):
        shape = [("d", d), ("fill", "none"), ("stroke", colour), ("stroke-width", n(width))]
        if cap == "round":
            shape += [("stroke-linecap", "round"), ("stroke-linejoin", "round")]
        if opacity is not None:
            shape.append(("stroke-opacity", share(opacity)))
        if dash:
            shape.append(("stroke-dasharray", dash))
        self.shapes.append(shape)


def share(value):
    return f"{value:.2f}".rstrip("0").rstrip(".")
