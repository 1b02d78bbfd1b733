"""How a cover is laid out. Each function fills a `Page` in its own way."""

from . import scenery
from .palettes import luminance, mix, readable
from .pen import Layer, Pen, circle, dots, leaf, lines, n, poly, rect, ring, star

WIDTH, HEIGHT = 400, 600


class Page:
    """The sheet: what has been drawn so far, and the tools to draw more. `text` sets the lettering."""

    def __init__(self, rng, palette, motifs, tags, text):
        self.rng, self.palette, self.motifs, self.tags, self.text = rng, palette, motifs, tags, text
        self.layers, self.clips, self.gradients, self.tile = [], [], [], None

    def clip(self, d):
        self.clips.append((f"c{len(self.clips)}", d))
        return self.clips[-1][0]

    def gradient(self, *colours, across=False):
        name = f"g{len(self.gradients)}"
        stops = [(n(i / (len(colours) - 1)), colour) for i, colour in enumerate(colours)]
        self.gradients.append((name, "1" if across else "0", "0" if across else "1", stops))
        return f"url(#{name})"

    def pen(self, body=None, shade=None, detail=None, back=None):
        p = self.palette
        return Pen(body or p.deep, shade or p.mid, detail or p.accent, back or p.light)

    def add(self, shapes, transform="", clip=""):
        self.layers.append(Layer(shapes.shapes if isinstance(shapes, Pen) else shapes, transform, clip))

    def fill(self, d, colour, clip=""):
        self.add([[("d", d), ("fill", colour)]], clip=clip)

    def ground(self, colour):
        self.fill(rect(0, 0, WIDTH, HEIGHT), colour)

    def motif(self, one, x, y, scale, colours, clip="", turn=0):
        """Draw a motif with its middle at (x, y); a standing one with its feet there."""
        pen = Pen(*colours)
        one.draw(pen, self.rng)
        lift = " translate(0 -100)" if one.stands else ""
        spin = f" rotate({n(turn)})" if turn else ""
        self.add(pen, f"translate({n(x)} {n(y)}){spin} scale({scale:.3f}){lift}", clip)

    def middle(self, one, x, y, scale, colours, clip="", turn=0):
        """As `motif`, by the middle whatever its kind."""
        self.motif(one, x, y + (100 * scale if one.stands and not turn else 0), scale, colours, clip, turn)

    def standing(self):
        """The most fitting motif that has feet, or else the most fitting."""
        best = self.motifs[:4]
        return next((one for one in best if one.stands), best[0])

    def emblem(self):
        best = self.motifs[:3]
        return next((one for one in best if not one.stands), best[0])

    def scene(self, box, clip="", motif=None, share=0.62, at=0.5, sky=None, sun=True):
        """Sky, land and a motif within `box`. Returns the colour at its top and at its foot."""
        rng, p = self.rng, self.palette
        x, y, width, height = box
        dark = luminance(p.ground) < 0.2
        glow = sky or rng.choice(("plain", "dusk", "dusk", "paper"))
        if glow == "dusk":
            top = p.ground
            low = mix(p.ground, p.accent if rng.random() < 0.5 else p.light, 0.72)
            fill = self.gradient(top, mix(top, low, 0.25), low)
        elif glow == "paper" and not dark:
            top = fill = low = mix(p.light, p.ground, 0.25)
        else:
            top = p.ground
            low = mix(p.ground, p.mid if dark else p.light, 0.5)
            fill = self.gradient(top, low)
        self.fill(rect(x, y, width, height), fill, clip)
        air = self.pen()
        scenery.weather(
            rng, air, self.tags, (x, y, width, height * 0.5), mix(top, p.light if luminance(top) < 0.4 else p.mid, 0.75)
        )
        if sun:
            radius = min(width, height) * rng.uniform(0.14, 0.27)
            spot = (x + width * (at + rng.uniform(-0.16, 0.16)), y + height * rng.uniform(0.4, 0.55))
            warm = readable(mix(top, low, 0.6), p.accent, p.light, least=1.5)
            scenery.disc(rng, air, *spot, radius, warm)
        self.add(air, clip=clip)
        front = p.deep
        light_low = luminance(low) > 0.16
        near = mix(front, low, 0.34 if light_low else 0.18)
        far = mix(front, low, 0.66 if light_low else 0.4)
        kind = scenery.land_for(rng, self.tags)
        behind, before = scenery.land(rng, kind, box, far, near, front)
        self.add(behind, clip=clip)
        one = motif or self.standing()
        scale = min(width * 0.92 / 220, height * share / 200)
        foot = y + height * (0.945 if one.stands else 0.86)
        body = front if light_low else mix(p.light, low, 0.12)
        if light_low:
            colours = (front, mix(front, low, 0.3), self.lit(front, low), low)
        else:
            colours = (body, mix(body, p.mid, 0.45), p.accent, front)
        self.motif(one, x + width * at, foot if one.stands else foot - 104 * scale, scale, colours, clip)
        self.add(before, clip=clip)
        return top, front

    def lit(self, front, low):
        """A colour for small lights that can be told from a dark mass and from the sky behind it."""
        p = self.palette
        return readable(front, p.accent, mix(p.accent, p.light, 0.4), p.light, least=3)

    def frame(self, d, colour, width=1.6):
        pen = self.pen()
        pen.line(d, colour, width)
        self.add(pen)


# --- The layouts -----------------------------------------------------------------------------


def landscape(page):
    """The picture runs to the edges; lettering in its sky."""
    p, text = page.palette, page.text
    if text.vertical:
        left = page.rng.random() < 0.3
        wide = text.columns_width()
        room = (400 - wide - 30) / 2 + 6
        at = (400 - room if left else room) / 400
        top, foot = page.scene((0, 0, 400, 600), at=at, share=min(0.46, room / 360), sun=page.rng.random() < 0.75)
        ink = readable(top, p.light, p.deep)
        text.columns(
            (26 if left else 400 - 26 - wide, 34, wide, text.depth(330)), ink, align="left" if left else "right"
        )
    else:
        top, foot = page.scene((0, 0, 400, 600), share=0.5)
        text.lines((32, 46, 336, text.rise(190)), readable(top, p.light, p.deep))
    text.foot(readable(foot, p.light), y=578)


def window(page):
    """A picture seen through an opening in plain paper."""
    p, rng, text = page.palette, page.rng, page.text
    paper = rng.choice((p.light, p.light, p.deep, mix(p.light, p.ground, 0.35)))
    ink = readable(paper, p.deep, p.light)
    page.ground(paper)
    kind = rng.choice(("plain", "arch", "gothic", "round", "octagon", "ticket"))
    if text.vertical:
        wide = min(text.columns_width(), 150)
        box = (30, 34, 400 - 30 - wide - 52, 500)
    else:
        high = text.rise(150)
        box = (34, 34, 332, 600 - 34 - high - 98)
    x, y, width, height = box
    if kind == "round":
        side = min(width, height)
        box = x, y, width, height = x + (width - side) / 2, y + (height - side) / 2, side, side
    d = scenery.window(kind, *box)
    clip = page.clip(d)
    page.scene(box, clip, share=0.6)
    page.frame(d, ink, 2)
    accent = readable(paper, p.accent, p.deep, p.light, least=3)
    if text.vertical:
        text.columns((400 - 28 - wide, 36, wide, text.depth(420)), ink)
    else:
        text.lines((30, 600 - high - 74, 340, high), ink)
    text.foot(ink, y=578, accent=accent)


def band(page):
    """A large emblem on plain cloth and one band of another colour for the title."""
    p, rng, text = page.palette, page.rng, page.text
    page.ground(p.ground)
    strip = rng.choice((p.light, p.deep, p.accent))
    if abs(luminance(strip) - luminance(p.ground)) < 0.12:
        strip = p.light if luminance(p.ground) < 0.4 else p.deep
    ink = readable(strip, p.deep, p.light)
    colours = scenery.colours_on(p, p.ground)
    texture(page, p.ground)
    one = page.emblem()
    if text.vertical:
        wide = min(text.columns_width(), 170) + 36
        room = 400 - wide
        page.middle(one, room / 2, 292, room / 250, colours)
        page.fill(rect(room, 0, wide, 600), strip)
        text.columns((room + 18, 34, wide - 36, text.depth(470)), ink, align="center")
        text.foot(ink, y=580, middle=room + wide / 2)
    else:
        high = text.rise(170) + 44
        top = rng.choice((56, 600 - high - 70))
        middle = (600 + top + high) / 2 - 14 if top < 200 else top / 2 + 8
        page.middle(one, 200, middle, min(1.5, (abs(600 - high) - 90) / 250), colours)
        page.fill(rect(0, top, 400, high), strip)
        page.frame(f"M0 {n(top + 7)}H400M0 {n(top + high - 7)}H400", ink, 1)
        text.lines((30, top + 22, 340, high - 44), ink, valign="middle")
        text.foot(readable(p.ground, p.light, p.deep), y=578)


def medallion(page):
    """A round picture in rings on plain cloth."""
    p, rng, text = page.palette, page.rng, page.text
    page.ground(p.ground)
    texture(page, p.ground)
    ink = readable(p.ground, p.light, p.deep)
    inside = rng.choice((p.deep, p.light, p.accent))
    if abs(luminance(inside) - luminance(p.ground)) < 0.1:
        inside = p.light if luminance(p.ground) < 0.35 else p.deep
    if text.vertical:
        wide = min(text.columns_width(), 130)
        radius = min(150, (400 - wide - 92) / 2)
        cx, cy = 32 + radius, 600 - 84 - radius
    else:
        radius, cx = 138, 200
        cy = 600 - 78 - radius
    page.fill(circle(cx, cy, radius), inside)
    pen = page.pen()
    pen.line(circle(cx, cy, radius + 8), ink, 1.6)
    beads = ring(rng.choice((36, 48, 60)), radius - 10, cx, cy)
    mark = mix(inside, readable(inside, p.accent, ink, least=2), 0.8)
    if rng.random() < 0.5:
        pen.line(dots(beads), mark, 4)
    else:
        pen.fill("".join(star(x, y, 4.5, 4, 0.4) for x, y in beads[::2]), mark)
    page.add(pen)
    clip = page.clip(circle(cx, cy, radius - 18))
    one = page.motifs[0]
    page.middle(one, cx, cy + (6 if one.stands else 0), radius / 150, scenery.colours_on(p, inside), clip)
    if text.vertical:
        text.columns((400 - 28 - wide, 36, wide, text.depth(500)), ink)
    else:
        text.lines((32, 44, 336, cy - radius - 44 - 34), ink, valign="middle")
    text.foot(ink, y=578)


def diagonal(page):
    """Two fields parted by a slant, a large emblem across them."""
    p, rng, text = page.palette, page.rng, page.text
    other = p.deep if luminance(p.ground) > 0.3 else rng.choice((p.light, p.mid, p.accent))
    page.ground(p.ground)
    tilt = rng.randint(70, 170)
    level = rng.randint(330, 380)
    up = rng.random() < 0.5
    slant = ((0, level + tilt / 2), (400, level - tilt / 2)) if up else ((0, level - tilt / 2), (400, level + tilt / 2))
    page.fill(poly(*slant, (400, 600), (0, 600)), other)
    pen = page.pen()
    for gap in (12, 20):
        pen.line(
            poly((0, slant[0][1] - gap), (400, slant[1][1] - gap), close=False),
            p.accent if other != p.accent else p.deep,
            3 if gap == 12 else 1.2,
        )
    page.add(pen)
    one = page.emblem()
    over = mix(p.ground, other, 0.5)
    colours = list(scenery.colours_on(p, over))
    if min(abs(luminance(colours[0]) - luminance(c)) for c in (p.ground, other)) < 0.12:
        colours = [p.accent, mix(p.accent, p.deep, 0.4), p.light, p.deep]
    if text.vertical:
        wide = min(text.columns_width(), 130)
        page.middle(one, (400 - wide) / 2 - 4, level + 12, 1.28, colours, turn=0 if one.stands else rng.choice((-9, 8)))
        text.columns(
            (400 - 26 - wide, 34, wide, text.depth(min(s[1] for s in slant) - 40 if not up else level - tilt / 2 - 56)),
            readable(p.ground, p.light, p.deep),
        )
    else:
        page.middle(one, 200, level + 48, 1.3, colours, turn=0 if one.stands else rng.choice((-9, 8)))
        text.lines(
            (32, 44, 336, min(text.rise(160), 168)),
            readable(p.ground, p.light, p.deep),
            align=rng.choice(("start", "middle")),
        )
    text.foot(readable(other, p.light, p.deep), y=578)


def woodcut(page):
    """An ornamental border, printed in few colours."""
    p, rng, text = page.palette, page.rng, page.text
    base = rng.choice((p.ground, p.light, p.deep))
    ink = readable(base, p.deep, p.light, least=6)
    second = readable(base, p.accent, p.mid, ink, least=2.2)
    page.ground(base)
    pen = Pen(ink, second, second, base)
    scenery.border(rng, pen, 14, 22, ink, second)
    page.add(pen)
    one = page.motifs[0]
    colours = (ink, mix(ink, base, 0.38), second, base)
    if text.vertical:
        wide = min(text.columns_width(), 130)
        room = 400 - wide - 56 - 50
        page.frame(f"M{n(48 + room + 8)} 52V548", ink, 1.2)
        page.middle(one, 46 + room / 2, 330 - 20, room / 218, colours)
        flourish(page, 46 + room / 2, 112, ink, second, room)
        flourish(page, 46 + room / 2, 500, ink, second, room)
        text.columns((400 - 52 - wide, 56, wide, text.depth(400)), ink)
        text.foot(ink, y=540, middle=46 + room / 2, wide=room)
    else:
        high = text.rise(165)
        text.lines((56, 62, 288, high), ink, valign="middle")
        flourish(page, 200, 62 + high + 22, ink, second, 220)
        room = 520 - (62 + high + 44)
        page.middle(one, 200, 62 + high + 44 + room / 2, min(1.35, room / 225), colours)
        text.foot(ink, y=546, wide=260)


def night(page):
    """A great moon in a field of stars."""
    p, rng, text = page.palette, page.rng, page.text
    top = p.deep if luminance(p.ground) > 0.14 else p.ground
    low = mix(top, p.ground if luminance(p.ground) < 0.3 else p.accent, 0.55)
    page.ground(page.gradient(top, top, low))
    pen = page.pen()
    moon = rng.choice((p.light, p.light, mix(p.accent, p.light, 0.35)))
    pen.line(scenery.starfield(rng, (0, 0, 400, 430), 60), p.light, 1.5, 0.7)
    pen.line(scenery.starfield(rng, (0, 0, 400, 380), 12), p.light, 3)
    if rng.random() < 0.6:
        chain = sorted((rng.uniform(24, 376), rng.uniform(24, 250)) for _ in range(6))
        pen.line(poly(*chain, close=False), p.light, 0.9, 0.5)
        pen.fill("".join(star(x, y, 6, 4, 0.3) for x, y in chain), p.light)
    cx = 142 if text.vertical else 200
    radius = rng.randint(100, 112) if text.vertical else rng.randint(104, 132)
    cy = rng.randint(340, 376)
    for grow, opacity in ((34, 0.07), (18, 0.12)):
        pen.fill(circle(cx, cy, radius + grow), moon, opacity)
    pen.fill(circle(cx, cy, radius), moon)
    shadow = mix(moon, p.mid, 0.3)
    pen.fill(
        "".join(
            circle(cx + rng.uniform(-0.6, 0.6) * radius, cy + rng.uniform(-0.6, 0.5) * radius, rng.uniform(5, 20))
            for _ in range(6)
        ),
        shadow,
        0.5,
    )
    page.add(pen)
    front = mix(top, "#000000", 0.25)
    behind, before = scenery.land(
        rng, scenery.land_for(rng, page.tags), (0, 180, 400, 420), mix(low, front, 0.45), mix(low, front, 0.75), front
    )
    page.add(behind)
    one = page.standing()
    scale = 1.14 if one.stands else 0.92
    page.motif(
        one,
        cx,
        560 if one.stands else cy,
        scale,
        (front, mix(front, moon, 0.22), readable(moon, p.accent, mix(p.accent, front, 0.4), least=1.8), moon),
    )
    page.add(before)
    if text.vertical:
        wide = min(text.columns_width(), 168)
        beside = 400 - 26 - wide > cx + radius + 10
        text.columns(
            (400 - 26 - wide, 34, wide, text.depth(400) if beside else cy - radius - 66), readable(top, p.light)
        )
    else:
        text.lines((32, 44, 336, min(text.rise(150), cy - radius - 70)), readable(top, p.light), valign="middle")
    text.foot(readable(front, p.light), y=578)


def papercut(page):
    """Sheets of paper cut one inside another, light at the end."""
    p, rng, text = page.palette, page.rng, page.text
    count = rng.choice((4, 5))
    lightest = mix(p.light, p.ground, 0.12)
    far = p.deep if luminance(p.ground) < 0.45 else p.ground
    page.ground(far if luminance(far) < 0.5 else mix(far, p.deep, 0.15))
    shape = rng.choice(("cave", "arch"))
    box_x = 0 if not text.vertical else -42
    for i in range(1, count + 1):
        share = i / count
        tone = mix(far, lightest, share**1.2)
        if i == count - 1 and rng.random() < 0.7:
            tone = mix(tone, p.accent, 0.55)
        inset = i * (150 / (count + 0.6))
        if shape == "arch":
            d = scenery.window("arch", 30 + inset * 0.9 + box_x, 96 + inset * 0.95, 340 - inset * 1.8, 600)
        else:
            points = ring(11, 1, turn=rng.random())
            rx, ry = 178 - inset * 0.92, 240 - inset * 1.05
            wobble = [rng.uniform(0.88, 1.1) for _ in points]
            d = scenery.smooth(
                *((200 + box_x + x * rx * w, 356 + y * ry * w) for (x, y), w in zip(points, wobble, strict=True))
            )
        pen = page.pen()
        pen.fill(d, p.deep, 0.16)
        page.add(pen, "translate(-3 -5)")
        page.fill(d, tone)
    one = page.standing()
    scale = 0.82 if one.stands else 0.72
    page.motif(
        one,
        200 + box_x,
        556 if one.stands and shape == "arch" else (470 if one.stands else 372),
        scale,
        (p.deep, mix(p.deep, lightest, 0.32), readable(lightest, p.accent, p.mid, least=1.8), lightest),
    )
    base = mix(p.deep, far, 0.25)
    pen = page.pen()
    pen.fill(scenery.swell(rng, 548, 9, rng.uniform(0, 6), rng.randint(170, 300)), base)
    page.add(pen)
    ground = page.layers[0].shapes[0][1][1]
    if text.vertical:
        wide = min(text.columns_width(), 104)
        text.columns((400 - 18 - wide, 30, wide, text.depth(500)), readable(ground, p.light, p.deep))
    else:
        text.lines((30, 28, 340, 84 if shape == "arch" else 90), readable(ground, p.light, p.deep), valign="middle")
    text.foot(readable(base, p.light, p.deep), y=582)


def cloth(page):
    """A small device repeated over bound cloth, and a label."""
    p, rng, text = page.palette, page.rng, page.text
    page.ground(p.ground)
    first, second = page.motifs[0], page.motifs[min(1, len(page.motifs) - 1)]
    foil = readable(p.ground, rng.choice((p.light, p.accent)), p.light, p.deep, least=2.4)
    dim = mix(p.ground, foil, 0.5)
    step = rng.choice((80, 100, 100, 133.333))
    scale = step / 290
    pens = []
    for one in (first, second):
        pen = Pen(foil, dim, mix(foil, p.ground, 0.25), p.ground)
        one.draw(pen, rng)
        pens.append(pen)
    places = [(i, j) for j in range(2) for i in range(2)]
    page.tile = {
        "side": n(step * 2),
        "devices": [(f"d{i}", pen.shapes) for i, pen in enumerate(pens)],
        "uses": [
            (f"d{(i + j) % 2}", f"translate({n(step / 2 + i * step)} {n(step / 2 + j * step)}) scale({scale:.3f})")
            for i, j in places
        ],
    }
    page.fill(rect(0, 0, 400, 600), "url(#tile)")
    label = rng.choice((p.light, p.deep, p.ground))
    ink = readable(label, p.deep, p.light)
    if text.vertical:
        wide = text.columns_width() + 44
        high = text.depth(360)
        box = ((400 - wide) / 2 + rng.choice((0, 0, 60)), 74, wide, high + 96)
        inner = (box[0] + 22, box[1] + 30, wide - 44, high)
    else:
        high = text.rise(170)
        box = (46, rng.choice((110, 190)), 308, high + 100)
        inner = (70, box[1] + 32, 260, high)
    d = scenery.window(rng.choice(("plain", "ticket", "octagon")), *box)
    page.fill(d, label)
    page.frame(d, foil if label == p.ground else ink, 2)
    inset = scenery.window("plain", box[0] + 9, box[1] + 9, box[2] - 18, box[3] - 18)
    if rng.random() < 0.6:
        page.frame(inset, mix(label, ink, 0.5), 1)
    if text.vertical:
        text.columns(inner, ink, align="center")
        text.foot(ink, y=box[1] + box[3] - 20, middle=box[0] + box[2] / 2, wide=box[2] - 24)
    else:
        text.lines(inner, ink, valign="middle")
        text.foot(ink, y=box[1] + box[3] - 22, middle=200, wide=260)


def poster(page):
    """One enormous emblem, cut by the edge, and much empty colour."""
    p, rng, text = page.palette, page.rng, page.text
    page.ground(p.ground)
    one = page.motifs[0]
    colours = scenery.colours_on(p, p.ground)
    ink = readable(p.ground, p.light, p.deep)
    if rng.random() < 0.55:
        radius = rng.randint(120, 165)
        page.fill(circle(160 if text.vertical else 200, 400, radius), mix(p.ground, p.mid, 0.55))
    if text.vertical:
        wide = text.columns_width()
        many = wide > 90
        if one.stands:
            page.motif(one, 150 if many else 158, 612, 1.5 if many else 1.62, colours)
        else:
            page.motif(one, 150, 436 if many else 394, 1.5, colours, turn=rng.choice((-12, 0, 10)))
        text.columns((400 - 26 - wide, 34, wide, 236 if many else text.depth(400)), ink)
    else:
        high = min(text.rise(180), 190)
        if one.stands:
            page.motif(one, 200, 606, 1.75, colours)
        else:
            page.motif(one, 210, 420, 1.66, colours, turn=rng.choice((-12, 0, 10)))
        text.lines((30, 58, 338, high), ink, align="start")
    text.foot(ink, y=38, middle=30, anchor="start", wide=200 if not text.vertical else 340 - wide)


def burst(page):
    """Beams from behind the emblem; a ribbon with the title."""
    p, rng, text = page.palette, page.rng, page.text
    page.ground(p.ground)
    tone = mix(p.ground, p.light if luminance(p.ground) < 0.5 else p.mid, 0.22)
    cx = 158 if text.vertical else 200
    cy = 350 if not text.vertical else 330
    page.fill(scenery.rays(cx, cy, 640, rng.choice((12, 16, 20, 24)), rng.random()), tone)
    pen = page.pen()
    radius = rng.randint(108, 128)
    halo = readable(p.ground, p.accent, p.light, p.deep, least=1.6)
    pen.fill(circle(cx, cy, radius), halo)
    pen.line(circle(cx, cy, radius + 10), halo, 2.4)
    page.add(pen)
    one = page.motifs[0]
    page.middle(one, cx, cy, 1.12, scenery.colours_on(replace_accent(p, halo), halo))
    ink = readable(p.ground, p.light, p.deep)
    if text.vertical:
        wide = min(text.columns_width(), 140)
        strip = p.deep if luminance(p.ground) > 0.12 else p.light
        page.fill(rect(400 - wide - 40, 0, wide + 40, 600), strip)
        text.columns((400 - wide - 20, 32, wide, text.depth(470)), readable(strip, p.light, p.deep), align="center")
        text.foot(ink, y=578, middle=(400 - wide - 40) / 2, wide=400 - wide - 60)
    else:
        high = min(text.rise(150), 150)
        text.lines((32, 44, 336, high), ink, valign="middle")
        text.foot(ink, y=578)


def replace_accent(palette, halo):
    """The palette for drawing on its own accent."""
    if halo != palette.accent:
        return palette
    return type(palette)(palette.ground, palette.deep, palette.mid, palette.light, palette.ground)


def playing_card(page):
    """The device twice, head to head."""
    p, rng, text = page.palette, page.rng, page.text
    paper = rng.choice((p.light, p.deep))
    ink = readable(paper, p.deep, p.light)
    page.ground(p.ground)
    page.fill(rect(20, 20, 360, 560, 20), paper)
    page.frame(rect(32, 32, 336, 536, 12), ink, 1.4)
    one = page.emblem()
    colours = (ink, mix(ink, paper, 0.35), readable(paper, p.accent, p.ground, ink, least=2), paper)
    clip = page.clip(rect(33, 33, 334, 534, 12))
    if text.vertical:
        wide = min(text.columns_width(), 100) + 28
        x = 350 - wide
        middle, scale = (33 + x) / 2, min(1.04, (x - 33) / 226)
        page.middle(one, middle, 172, scale, colours, clip)
        page.middle(one, middle, 428, scale, colours, clip, turn=180)
        page.fill(rect(x, 20, wide, 560), p.ground)
        on = readable(p.ground, p.light, p.deep)
        text.columns((x + 14, 58, wide - 28, text.depth(440)), on, align="center")
        text.foot(on, y=556, middle=x + wide / 2, wide=wide - 8)
    else:
        high = min(text.rise(140), 150)
        top = 300 - high / 2 - 30
        scale = (top - 40) / 232
        page.middle(one, 200, 38 + (top - 38) / 2, scale, colours, clip)
        page.middle(one, 200, 562 - (top - 38) / 2, scale, colours, clip, turn=180)
        page.fill(rect(20, top, 360, high + 60), p.ground)
        on = readable(p.ground, p.light, p.deep)
        text.lines((44, top + 16, 312, high), on, valign="middle")
        text.foot(on, y=top + high + 46, wide=190)


def strata(page):
    """Bands of land or water right across, a small motif on the horizon, a wide sky."""
    p, rng, text = page.palette, page.rng, page.text
    sky = mix(p.light, p.ground, rng.choice((0.0, 0.2, 1.0)))
    page.ground(sky)
    warm = readable(sky, p.accent, p.mid, least=1.5)
    at = 0.3 if text.vertical else rng.choice((0.34, 0.5, 0.66))
    level = rng.randint(370, 410)
    pen = page.pen()
    pen.fill(circle(400 * at, level - 66, rng.randint(48, 84)), warm)
    page.add(pen)
    count = rng.choice((5, 6, 7))
    tones = [mix(mix(p.mid, sky, 0.3), p.deep, (i / (count - 1)) ** 0.9) for i in range(count)]
    one = page.standing()
    phase, length = rng.uniform(0, 6), rng.randint(200, 420)
    body = p.deep if luminance(sky) > 0.25 else p.light
    for i in range(count):
        y = level + (210 / count) * i
        page.fill(scenery.swell(rng, y, rng.uniform(5, 13), phase + i * 1.3, length * rng.uniform(0.8, 1.3)), tones[i])
        if i == 0:
            page.motif(
                one,
                400 * at,
                (y + 14) if one.stands else y - 70,
                0.74,
                (
                    body,
                    mix(body, sky, 0.35),
                    readable(sky, p.accent, p.mid, least=1.7) if warm != p.accent else p.light,
                    sky,
                ),
            )
            page.fill(scenery.swell(rng, y + 13, 6, phase + 0.6, length), mix(tones[0], tones[1], 0.5))
    ink = readable(sky, p.deep, p.light)
    if text.vertical:
        wide = text.columns_width()
        text.columns((400 - 28 - wide, 36, wide, text.depth(300)), ink)
    else:
        text.lines((34, 48, 332, text.rise(146)), ink, align=rng.choice(("start", "middle")))
    text.foot(readable(tones[-1], p.light, p.deep), y=578)


def counterchange(page):
    """Two halves, each in the other's colours."""
    p, rng, text = page.palette, page.rng, page.text
    a, b = (p.ground, p.deep) if luminance(p.ground) > 0.16 else (p.ground, p.light)
    if rng.random() < 0.35:
        a, b = p.accent, p.deep if luminance(p.accent) > 0.16 else p.light
    page.ground(a)
    split = 200 if not text.vertical else 150
    page.fill(rect(0, 0, split, 600), b)
    one = page.motifs[0]
    state = rng.getstate()
    # Alike on both sides, so the same draws twice.
    y = 356 if not text.vertical else 330
    scale = 1.5 if not text.vertical else 1.28
    page.middle(one, split, y, scale, (a, mix(a, b, 0.3), mix(a, p.light, 0.5), b), page.clip(rect(0, 0, split, 600)))
    rng.setstate(state)
    page.middle(
        one, split, y, scale, (b, mix(b, a, 0.3), mix(b, p.light, 0.4), a), page.clip(rect(split, 0, 400 - split, 600))
    )
    if text.vertical:
        wide = min(text.columns_width(), 110)
        text.columns((400 - 20 - wide, 32, wide, text.depth(500)), readable(a, p.light, p.deep))
        text.foot(readable(b, p.light, p.deep), y=578, middle=75, wide=130)
    else:
        plate = rng.choice((p.light, p.deep))
        high = min(text.rise(120), 130)
        page.fill(rect(0, 40, 400, high + 36), plate)
        text.lines((30, 58, 340, high), readable(plate, p.deep, p.light), valign="middle")
        page.fill(rect(110, 556, 180, 44), plate)
        text.foot(readable(plate, p.deep, p.light), y=582, wide=170)


def mosaic(page):
    """Squares of several colours, a device in each, one kept for the title."""
    p, rng, text = page.palette, page.rng, page.text
    page.ground(p.deep)
    gap = rng.choice((0, 8))
    motifs = page.motifs[:4]
    tones = [p.ground, p.light, p.mid, p.accent]
    cells = [(0, 0), (200, 0), (0, 200), (200, 200), (0, 400), (200, 400)]
    keep = rng.choice(((1, 3), (2, 3))) if not text.vertical else (1, 3)
    last, drawn = -1, 0
    for i, (x, y) in enumerate(cells):
        if i in keep:
            continue
        tone = rng.choice([k for k in range(4) if k != last])
        last = tone
        box = (x + gap, y + gap, 200 - gap * (1.5 if x == 0 else 2) + (gap / 2 if x else 0), 200 - gap)
        page.fill(rect(*box), tones[tone])
        one = motifs[drawn % len(motifs)]
        drawn += 1
        page.middle(
            one,
            box[0] + box[2] / 2,
            box[1] + box[3] / 2,
            0.74 if one.stands else 0.7,
            scenery.colours_on(replace_accent(p, tones[tone]) if tone == 3 else p, tones[tone]),
            page.clip(rect(*box)),
        )
    plate = p.light if luminance(p.ground) < 0.4 else p.deep
    ink = readable(plate, p.deep, p.light)
    if keep == (1, 3):
        page.fill(rect(200 + gap / 2, gap, 200 - gap * 1.5, 400 - gap), plate)
        if text.vertical:
            text.columns((222, 30, 156, text.depth(300)), ink, align="center")
        else:
            text.lines((220, 32, 160, 300), ink, align="start", valign="top")
        text.foot(ink, y=378, middle=300, wide=160)
    else:
        page.fill(rect(gap, 200 + gap, 400 - 2 * gap, 200 - gap), plate)
        text.lines((30, 222, 340, 130), ink, valign="middle")
        text.foot(ink, y=384, wide=190)


def letters(page):
    """The title is the picture; a small device keeps it company."""
    p, rng, text = page.palette, page.rng, page.text
    base = rng.choice((p.ground, p.light, p.ground))
    page.ground(base)
    ink = readable(base, p.deep, p.light)
    accent = readable(base, p.accent, p.mid, ink, least=2.2)
    one = page.motifs[0]
    colours = (ink, mix(ink, base, 0.35), accent, base)
    if text.vertical:
        page.fill(rect(0, 0, 14, 600), accent)
        text.columns((150, 40, 218, text.depth(510)), ink, most=96)
        page.middle(one, 88, 470, 0.56, colours)
        text.foot(ink, y=578, middle=90, wide=150)
    else:
        rule = rng.choice((0, 1))
        text.lines((32, 60, 336, 300), ink, most=76, align="start")
        if rule:
            page.frame("M32 42H368", accent, 5)
        page.middle(one, 296, 486, 0.66, colours)
        text.foot(ink, y=578, middle=32, anchor="start", wide=200)


def texture(page, ground):
    """Something quiet in plain cloth: a weave, stripes, dots, or nothing."""
    p, rng = page.palette, page.rng
    tone = mix(ground, p.light if luminance(ground) < 0.5 else p.mid, 0.16)
    kind = rng.randrange(5)
    pen = page.pen()
    if kind == 0:
        pen.line(lines(*((x, 0, x, 600) for x in range(10, 400, 20))), tone, 2)
    elif kind == 1:
        # Dashes of no length with round ends are dots.
        pen.line("".join(f"M{10 if y % 40 == 10 else 20} {y}H400" for y in range(10, 600, 20)), tone, 3.4, dash="0 20")
    elif kind == 2:
        pen.line(lines(*((x, 0, x - 600, 600) for x in range(0, 1000, 25))), tone, 5)
    elif kind == 3:
        pen.line(rect(16, 16, 368, 568, 4), tone, 3)
        pen.line(rect(24, 24, 352, 552, 2), tone, 1.2)
    if kind < 4:
        page.add(pen)


def flourish(page, x, y, ink, second, wide):
    half = min(wide, 200) / 2 - 8
    pen = Pen(ink, second, second, ink)
    pen.line(lines((x - half, y, x - 16, y), (x + 16, y, x + half, y)), ink, 1.4)
    kind = page.rng.randrange(3)
    if kind == 0:
        pen.fill(poly((x, y - 8), (x + 8, y), (x, y + 8), (x - 8, y)), second)
    elif kind == 1:
        pen.fill(star(x, y, 9, 6, 0.45), second)
    else:
        pen.fill(leaf(x, y, 15, 6, 0.25) + leaf(x, y, 15, 6, 0.75), second)
    page.add(pen)


# How often each layout is drawn for (columns, lines); 0: it does not suit.
LAYOUTS = [
    (landscape, 5, 4),
    (window, 4, 4),
    (band, 3, 3),
    (medallion, 2, 3),
    (diagonal, 3, 3),
    (woodcut, 3, 3),
    (night, 3, 3),
    (papercut, 3, 2),
    (cloth, 3, 3),
    (poster, 3, 3),
    (burst, 2, 3),
    (playing_card, 1, 2),
    (strata, 3, 3),
    (counterchange, 2, 2),
    (mosaic, 2, 2),
    (letters, 2, 2),
]


# Layouts with little room for a title.
NARROW = {papercut, playing_card, counterchange, mosaic, diagonal}


def for_work(rng, vertical, length):
    """A layout; `length` of the title in ems."""
    weights = [
        (columns if vertical else across) * (one not in NARROW or length < 24) for one, columns, across in LAYOUTS
    ]
    return rng.choices([one for one, *_ in LAYOUTS], weights)[0]
