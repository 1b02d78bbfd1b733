"""What lies behind and before a motif: sky, land, water, weather, borders and cloth. Page coordinates."""

from math import pi, sin

from .palettes import luminance, mix, readable
from .pen import Pen, arch, circle, crescent, dots, ellipse, gothic, leaf, lines, n, poly, rect, ring, smooth

LANDS = {
    "sea": "adventure:.4 economics:.2",
    "peaks": "high-fantasy:1 dragons:1 adventure:.8 war:.6 fantasy:.4 isekai:.3",
    "hills": "slow-life:1.2 cozy:.8 isekai:.5 crafting:.7 child-rearing heartwarming:.4 romance:.4",
    "pines": "monsters:.8 dark:.6 horror:1 adventure:.4 exiled:.7 weak-to-strong:.4 mystery:.5",
    "town": "modern-japan:1 academy:.8 slice-of-life:.8 workplace:1 urban-fantasy:1 suspense:.4",
    "waves": "japanese-style:1.4 chinese-style:1.2 historical:.7 youkai:.8",
    "dunes": "post-apocalyptic:1.4 space:.8 gritty:.6 near-future:.3 vrmmo:.5",
    "clouds": "gods:1 vrmmo:.7 summoned:.5 reincarnation:.5 otome-game-world:.7 bright:.3",
}


def land_for(rng, tags):
    best, found = 0.0, "hills"
    for land, wants in LANDS.items():
        score = 0.4
        for item in wants.split():
            slug, _colon, weight = item.partition(":")
            score += float(weight or 1) * tags.get(slug, 0)
        score *= rng.uniform(0.4, 1.3)
        if score > best:
            best, found = score, land
    return found


def colours_on(palette, backdrop, rng=None):
    """(body, shade, detail, back) of a motif that has to stand out from `backdrop`."""
    if luminance(backdrop) > 0.32:
        body, shade = palette.deep, mix(palette.deep, palette.mid, 0.55)
        back = palette.light
    else:
        body, shade = palette.light, mix(palette.light, palette.mid, 0.42)
        back = palette.deep
    detail = readable(
        backdrop, palette.accent, mix(palette.accent, body, 0.35), mix(palette.accent, body, 0.6), least=1.7
    )
    return body, shade, detail, back


def ridge(rng, x, width, y, rough, step):
    """Points of a skyline from left to right."""
    points, level = [], y
    at = x - step
    while at <= x + width + step:
        points.append((at, level + rng.uniform(-rough, rough)))
        at += step * rng.uniform(0.75, 1.25)
    return points


def land(rng, kind, box, far, near, front):
    """Three receding grounds in three colours; the motif stands on the second. Returns (behind, before)."""
    x, y, width, height = box
    foot = y + height
    behind, before = Pen(far, near, front, far), Pen(far, near, front, far)
    globals()[f"_{kind}"](rng, behind, before, x, width, foot, height)
    return behind.shapes, before.shapes


def _below(points, foot):
    return [*points, (points[-1][0], foot + 2), (points[0][0], foot + 2)]


def _peaks(rng, behind, before, x, width, foot, height):
    for colour, rise, step in ((behind.body, 0.42, 64), (behind.shade, 0.27, 50)):
        points = []
        at, up = x - step, True
        while at < x + width + step:
            points.append((at, foot - height * (rise if up else rise * 0.5) * rng.uniform(0.75, 1.1)))
            at, up = at + step * rng.uniform(0.7, 1.2), not up
        behind.fill(poly(*_below(points, foot)), colour)
    before.fill(smooth(*_below(ridge(rng, x, width, foot - height * 0.1, 6, 70), foot)), before.detail)


def _hills(rng, behind, before, x, width, foot, height):
    for colour, rise in ((behind.body, 0.34), (behind.shade, 0.22)):
        behind.fill(smooth(*_below(ridge(rng, x - 60, width + 120, foot - height * rise, 22, 96), foot + 60)), colour)
    for _ in range(5):
        at, tall = rng.uniform(x, x + width), rng.uniform(14, 30)
        y = foot - height * 0.22
        behind.fill(ellipse(at, y - tall * 0.4, tall * 0.5, tall * 0.66), behind.body)
    before.fill(
        smooth(*_below(ridge(rng, x - 60, width + 120, foot - height * 0.085, 9, 90), foot + 60)), before.detail
    )


def _pines(rng, behind, before, x, width, foot, height):
    for colour, base, low, high, step in ((behind.body, 0.2, 70, 130, 21), (behind.shade, 0.1, 50, 96, 26)):
        behind.fill(rect(x - 4, foot - height * base, width + 8, height * base + 4), colour)
        at, d = x - 8, ""
        while at < x + width + 10:
            tall, wide = rng.uniform(low, high), rng.uniform(11, 17)
            base_y = foot - height * base + 6
            d += poly(
                (at, base_y - tall),
                (at + wide * 0.55, base_y - tall * 0.5),
                (at + wide * 0.3, base_y - tall * 0.5),
                (at + wide, base_y),
                (at - wide, base_y),
                (at - wide * 0.3, base_y - tall * 0.5),
                (at - wide * 0.55, base_y - tall * 0.5),
            )
            at += rng.uniform(0.6, 1.25) * step
        behind.fill(d, colour)
    before.fill(smooth(*_below(ridge(rng, x - 60, width + 120, foot - height * 0.08, 6, 70), foot + 60)), before.detail)


def _town(rng, behind, before, x, width, foot, height):
    for colour, low, high, step in ((behind.body, 0.16, 0.34, 26), (behind.shade, 0.08, 0.2, 34)):
        at, d = x - 4, ""
        while at < x + width + 4:
            wide, tall = step * rng.uniform(0.7, 1.3), height * rng.uniform(low, high)
            d += rect(at, foot - tall, wide + 0.5, tall + 2)
            if rng.random() < 0.34:
                d += poly((at - 3, foot - tall), (at + wide / 2, foot - tall - 13), (at + wide + 3, foot - tall))
            at += wide
        behind.fill(d, colour)
    before.fill(rect(x - 4, foot - height * 0.07, width + 8, height * 0.07 + 4), before.detail)


def _waves(rng, behind, before, x, width, foot, height):
    behind.fill(smooth(*_below(ridge(rng, x - 60, width + 120, foot - height * 0.3, 14, 120), foot + 60)), behind.body)
    radius = rng.choice((22, 26, 30))
    for row in range(3):
        y = foot - height * 0.15 + row * radius * 0.5
        pen = behind if row == 0 else before
        colour = (behind.shade, before.detail, before.detail)[row]
        line = (behind.body, behind.shade, behind.shade)[row]
        at = x - radius + (row % 2) * radius
        mounds, crests = "", ""
        while at < x + width + radius:
            mounds += circle(at, y + radius, radius)
            for r in (radius - 1, round(radius * 0.66), round(radius * 0.34)):
                crests += f"M{n(at - r)} {n(y + radius)}a{r} {r} 0 0 1 {2 * r} 0"
            at += radius * 2
        pen.fill(mounds, colour)
        pen.line(crests, line, 1.8)
    before.fill(rect(x - 4, foot - height * 0.15 + radius * 2, width + 8, height), before.detail)


def _sea(rng, behind, before, x, width, foot, height):
    behind.fill(rect(x - 4, foot - height * 0.24, width + 8, height * 0.26), behind.body)
    strokes = ""
    for i in range(16):
        y = foot - height * 0.23 + (i / 16) ** 1.5 * height * 0.15
        at, wide = rng.uniform(x, x + width), rng.uniform(14, 60) * (0.4 + i / 12)
        strokes += f"M{n(at - wide / 2)} {n(y)}h{n(wide)}"
    behind.line(strokes, behind.shade, 2.4)
    before.fill(
        smooth(*_below(ridge(rng, x - 60, width + 120, foot - height * 0.085, 8, 80), foot + 60)), before.detail
    )


def _dunes(rng, behind, before, x, width, foot, height):
    for colour, rise, swing in ((behind.body, 0.3, 30), (behind.shade, 0.19, 22)):
        y, lean = foot - height * rise, rng.uniform(-swing, swing)
        behind.fill(
            f"M{n(x - 4)} {n(y + lean)}C{n(x + width * 0.3)} {n(y - 40)} {n(x + width * 0.4)} {n(y + 40)} {n(x + width * 0.6)} {n(y)}S{n(x + width * 0.9)} {n(y - 20)} {n(x + width + 4)} {n(y - lean)}V{n(foot + 2)}H{n(x - 4)}Z",
            colour,
        )
    before.fill(
        smooth(*_below(ridge(rng, x - 60, width + 120, foot - height * 0.08, 8, 110), foot + 60)), before.detail
    )


def _clouds(rng, behind, before, x, width, foot, height):
    for pen, colour, rise in ((behind, behind.body, 0.24), (behind, behind.shade, 0.15), (before, before.detail, 0.07)):
        d, at = rect(x - 4, foot - height * rise + 14, width + 8, height * rise), x - 10
        while at < x + width + 20:
            radius = rng.uniform(16, 38)
            d += circle(at, foot - height * rise + 16, radius)
            at += radius * 1.25
        pen.fill(d, colour)


def starfield(rng, box, count):
    x, y, width, height = box
    return dots((round(rng.uniform(x, x + width)), round(rng.uniform(y, y + height))) for _ in range(count))


def weather(rng, pen, tags, box, colour):
    """A little in the air: stars, petals, snow, rain, sparks."""
    x, y, width, height = box
    spots = [(rng.uniform(x, x + width), rng.uniform(y, y + height)) for _ in range(26)]
    if tags.get("tearjerker", 0) + tags.get("bittersweet", 0) >= 3:
        pen.line(lines(*((a, b, a - 5, b + 20) for a, b in spots)), colour, 1.3, 0.55)
    elif tags.get("romance", 0) + tags.get("romcom", 0) + tags.get("japanese-style", 0) >= 3:
        pen.fill("".join(leaf(a, b, 8, 4, rng.random()) for a, b in spots[:16]), colour, 0.9)
    else:
        pen.line(dots(spots[:18]), colour, 2, 0.85)
        pen.line(dots(spots[18:]), colour, 3.4, 0.95)


def disc(rng, pen, x, y, radius, colour):
    kind = rng.randrange(4)
    if kind == 0:
        pen.fill(crescent(x, y, radius, rng.uniform(0.2, 0.6)), colour)
    else:
        pen.fill(circle(x, y, radius), colour)
        if kind == 1:
            pen.line(circle(x, y, radius + 9), colour, 1.6, 0.7)


def border(rng, pen, inset, band, colour, second):
    """A woodcut frame of `band` width, `inset` from the edge."""
    kind = rng.randrange(6)
    out = (inset, inset, 400 - 2 * inset, 600 - 2 * inset)
    inn = (inset + band, inset + band, 400 - 2 * (inset + band), 600 - 2 * (inset + band))
    mid = inset + band / 2
    pen.line(rect(*out), colour, 2.4)
    pen.line(rect(*inn), colour, 1.6)
    across, down = max(4, round((400 - 2 * mid) / band)), max(4, round((600 - 2 * mid) / band))
    sx, sy = (400 - 2 * mid) / across, (600 - 2 * mid) / down
    spots = [(mid + i * sx, e) for i in range(across + 1) for e in (mid, 600 - mid)]
    spots += [(e, mid + j * sy) for j in range(1, down) for e in (mid, 400 - mid)]
    r = band * 0.34
    if kind == 0:
        pen.fill("".join(poly((x, y - r), (x + r, y), (x, y + r), (x - r, y)) for x, y in spots), second)
    elif kind == 1:
        pen.line(dots(spots), second, r * 1.3)
    elif kind == 2:
        pen.fill(
            "".join(leaf(x - r, y, r * 2, r * 0.9, 0.25 if i % 2 else 0.15) for i, (x, y) in enumerate(spots)), second
        )
    elif kind == 3:
        pen.line("".join(circle(x, y, r) for x, y in spots), second, 1.8)
    elif kind == 4:
        pen.line(
            "".join(lines((x - r, y - r, x + r, y + r), (x - r, y + r, x + r, y - r)) for x, y in spots), second, 2
        )
    else:
        pen.fill("".join(f"M{n(x)} {n(y)}h{n(r)}v{n(-r)}zM{n(x)} {n(y)}h{n(-r)}v{n(r)}z" for x, y in spots), second)
    corner = band * 0.8
    pen.fill("".join(circle(a, b, corner) for a in (mid, 400 - mid) for b in (mid, 600 - mid)), pen.back)
    pen.fill("".join(circle(a, b, corner * 0.55) for a in (mid, 400 - mid) for b in (mid, 600 - mid)), colour)


def window(kind, x, y, width, height):
    """The outline of an opening."""
    if kind == "arch":
        return arch(x, y, width, height)
    if kind == "gothic":
        return gothic(x, y, width, height)
    if kind == "round":
        return ellipse(x + width / 2, y + height / 2, width / 2, height / 2)
    if kind == "octagon":
        c = min(width, height) * 0.22
        return poly(
            (x + c, y),
            (x + width - c, y),
            (x + width, y + c),
            (x + width, y + height - c),
            (x + width - c, y + height),
            (x + c, y + height),
            (x, y + height - c),
            (x, y + c),
        )
    if kind == "ticket":
        r = 22
        return (
            f"M{n(x + r)} {n(y)}H{n(x + width - r)}a{r} {r} 0 0 0 {r} {r}V{n(y + height - r)}a{r} {r} 0 0 0 {-r} {r}"
            f"H{n(x + r)}a{r} {r} 0 0 0 {-r} {-r}V{n(y + r)}a{r} {r} 0 0 0 {r} {-r}Z"
        )
    return rect(x, y, width, height, 3)


def rays(x, y, radius, count, turn=0.0):
    """Every second beam of a sunburst."""
    edges = ring(count * 2, radius, x, y, turn)
    return "".join(poly((x, y), edges[2 * i], edges[2 * i + 1]) for i in range(count))


def swell(rng, y, height, phase, wavelength):
    """One wavy edge right across the page, filled down to the foot."""
    points = [(x, y + height * sin(2 * pi * (x / wavelength) + phase)) for x in range(-40, 481, 40)]
    return smooth(*points, close=False) + "V610H-40Z"
