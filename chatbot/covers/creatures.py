"""Motifs that live: beasts, birds, flowers, and the faces of the undead."""

from math import cos, pi, sin

from .motifs import motif
from .pen import circle, crescent, dots, ellipse, leaf, lines, mirrored, n, poly, rect, ring, smooth, star


@motif("dragons:2.4 high-fantasy:.4", "竜 ドラゴン 龍")
def dragon(pen, rng):
    span = rng.randint(98, 118)
    wing = (
        f"M6 -22Q30 -66 58 -78L62 -88L66 -74Q{span - 8} -52 {span} 14Q{span - 18} -4 {span - 34} 16"
        f"Q{span - 44} -2 {span - 58} 22Q40 4 30 30Q20 12 8 22Z"
    )
    mirror = _flip(wing)
    pen.fill(wing, pen.body)
    pen.fill(mirror, pen.body)
    for side in (-1, 1):
        pen.line(
            lines(
                (side * 60, -76, side * (span - 34), 14),
                (side * 60, -76, side * (span - 58), 20),
                (side * 60, -76, side * 30, 28),
            ),
            pen.shade,
            2.6,
        )
    tail = rng.choice((-1, 1))
    pen.fill(
        f"M-13 -20Q-20 20 -9 46Q{tail * 10} 76 {tail * 34} 82Q{tail * 52} 86 {tail * 46} 104Q{tail * 28} 100 {tail * 6} 92Q{12 * tail + 14} 40 14 20Q20 0 13 -20Z",
        pen.body,
    )
    pen.fill(poly((tail * 40, 92), (tail * 66, 88), (tail * 48, 112)), pen.detail)
    pen.fill(poly(*mirrored((0, -92), (9, -84), (17, -100), (15, -78), (12, -62), (7, -50), (13, -20))), pen.body)
    pen.fill(poly(*mirrored((0, -56), (7, -66), (5, -48))), pen.shade)
    pen.line(dots(((-5, -72), (5, -72))), pen.detail, 4)
    pen.line(lines(*((-6 + i * 0.6, y, 6 - i * 0.6, y) for i, y in enumerate(range(-14, 44, 11)))), pen.detail, 3)


def _flip(d):
    """A path of absolute M, L, Q and Z with one pair after another, mirrored left to right."""
    out, first, word = [], True, ""

    def flush():
        nonlocal word, first
        if word:
            out.append(n(-float(word)) if first else word)
            first = not first
            word = ""

    for char in d:
        if char.isalpha() or char == " ":
            flush()
            out.append(char)
        else:
            word += char
    flush()
    return "".join(out)


@motif("non-human-lead:1.4 monsters:.9 absurd:.5 comedy:.3", "スライム 魔物 モンスター")
def slime(pen, rng):
    wide, top = rng.randint(78, 92), rng.randint(-58, -42)
    pen.fill(ellipse(0, 74, wide + 16, 9), pen.shade, 0.6)
    pen.fill(
        f"M0 {top}Q10 {top + 22} 36 {top + 34}Q{wide + 8} {top + 66} {wide} 50Q{wide - 6} 74 0 74Q{6 - wide} 74 {-wide} 50Q{-wide - 8} {top + 66} -36 {top + 34}Q-10 {top + 22} 0 {top}Z",
        pen.body,
    )
    pen.fill(f"M{wide - 12} 20Q{wide - 8} 58 20 66Q{wide - 30} 58 {wide - 12} 20Z", pen.shade)
    pen.fill(f"M-38 {top + 52}Q-64 {top + 62} -62 18Q-56 {top + 68} -38 {top + 52}Z", pen.back, 0.8)
    pen.fill(ellipse(-22, 24, 7, 11) + ellipse(22, 24, 7, 11), pen.back)
    pen.line("M-10 42Q0 50 10 42", pen.back, 4)
    for _ in range(4):
        pen.fill(circle(rng.uniform(-90, 90), rng.uniform(-96, -50), rng.uniform(3, 8)), pen.detail)


def _beast(pen, ear, cheek, muzzle):
    """A face seen from the front, cut into facets."""
    pen.fill(poly((-14, -46), (-cheek + 6, -ear), (-cheek, -4)), pen.body)
    pen.fill(poly((14, -46), (cheek - 6, -ear), (cheek, -4)), pen.body)
    pen.fill(poly((-24, -44), (-cheek + 12, -ear + 20), (-cheek + 6, -18)), pen.detail)
    pen.fill(poly((24, -44), (cheek - 12, -ear + 20), (cheek - 6, -18)), pen.detail)
    pen.fill(
        poly(*mirrored((0, -40), (24, -48), (cheek, -6), (cheek + 10, 26), (34, 44), (muzzle, 78), (8, 92))), pen.body
    )
    pen.fill(poly((0, -40), (24, -48), (cheek, -6), (30, 4), (10, 30), (0, -6)), pen.shade)
    pen.fill(poly((cheek + 10, 26), (34, 44), (muzzle, 78), (8, 92), (0, 92), (12, 40), (cheek, 8)), pen.back, 0.85)
    pen.fill(
        poly((-cheek - 10, 26), (-34, 44), (-muzzle, 78), (-8, 92), (0, 92), (-12, 40), (-cheek, 8)), pen.back, 0.85
    )
    pen.fill(poly((-12, 40), (0, 24), (12, 40), (9, 74), (0, 82), (-9, 74)), pen.body)
    pen.fill(poly((-10, 74), (10, 74), (0, 88)), pen.shade)
    for side in (-1, 1):
        pen.fill(poly((side * 16, 12), (side * 38, 0), (side * 34, 13), (side * 22, 18)), pen.detail)


@motif("economics:.3 monsters:.3 historical:.2", "狼 オオカミ")
def wolf(pen, rng):
    _beast(pen, rng.randint(92, 100), 52, 20)
    _wheat(pen, [(x, 100, rng.randint(110, 150), x / 700) for x in (-94, -82, 82, 94)])


def _wheat(pen, stalks):
    """Ears of wheat; a stalk is (x, foot, height, lean)."""
    stems, grains = [], []
    for x, foot, tall, lean in stalks:
        stems.append((round(x), foot, round(x + lean * tall), foot - tall))
        for i in range(6):
            share = 1 - i * 0.085
            px, py = round(x + lean * tall * share), round(foot - tall * share)
            grains += [(px - 4, py, px - 8, py - 8), (px + 4, py, px + 8, py - 8)]
    pen.line(lines(*stems), pen.detail, 2.6)
    pen.line(lines(*grains), pen.detail, 6)


@motif("economics:.8 slow-life:.7 crafting:.4", "麦 農 香辛料 畑", stands=True)
def wheat(pen, rng):
    _wheat(
        pen,
        [(x + rng.randint(-5, 5), 104, rng.randint(110, 180), rng.uniform(-0.06, 0.06)) for x in range(-80, 90, 20)],
    )


@motif("youkai:1.6 japanese-style:.6 non-human-lead:.5", "狐 妖狐 キツネ")
def fox(pen, rng):
    _beast(pen, 112, 60, 13)
    pen.fill(smooth((0, -66), (8, -50), (0, -34), (-8, -50)), pen.detail)
    if rng.random() < 0.5:
        pen.line(lines((-70, 34, -104, 28), (-68, 42, -100, 50), (70, 34, 104, 28), (68, 42, 100, 50)), pen.shade, 2.4)


@motif("slice-of-life:1 cozy:1.1 comedy:.4 siblings:.5", "猫 ねこ ネコ さくら荘", stands=True)
def cat(pen, rng):
    curl = rng.choice((-1, 1))
    pen.line(
        smooth((curl * 30, 92), (curl * 78, 92), (curl * 88, 56), (curl * 66, 36), (curl * 74, 14), close=False),
        pen.body,
        13,
    )
    pen.fill("M-22 -28Q-52 20 -48 78Q-46 100 -30 100H30Q46 100 48 78Q52 20 22 -28Z", pen.body)
    pen.fill("M8 -30Q52 20 48 78Q46 100 30 100H14Q34 40 8 -30Z", pen.shade)
    pen.fill(poly(*mirrored((0, -78), (16, -80), (34, -104), (40, -62), (36, -36), (18, -20))), pen.body)
    pen.fill(poly((22, -80), (33, -96), (36, -70)) + poly((-22, -80), (-33, -96), (-36, -70)), pen.detail)
    pen.line("M-30 -12Q0 2 30 -12", pen.detail, 6)
    pen.fill(circle(0, 2, 6), pen.detail)


@motif("world-building:.6 genius:.9 academy:.3 mystery:.6 philosophical:.6", "梟 賢者 知 学者")
def owl(pen, rng):
    pen.fill(smooth(*mirrored((0, -74), (34, -84), (54, -96), (52, -60), (58, 0), (46, 62), (16, 90))), pen.body)
    for side in (-1, 1):
        pen.fill(f"M{side * 52} -30Q{side * 82} 20 {side * 40} 82Q{side * 38} 20 {side * 52} -30Z", pen.shade)
    for row, y in enumerate(range(8, 70, 15)):
        half = 30 - row * 3
        count = 4 - (row % 2)
        pen.line(
            "".join(f"M{n(-half + 2 * half * k / (count - 1) - 6)} {y}q6 10 12 0" for k in range(count)), pen.shade, 3
        )
    pen.fill(circle(-22, -44, 22) + circle(22, -44, 22), pen.back)
    pen.fill(circle(-20, -44, 12) + circle(20, -44, 12), pen.detail)
    pen.fill(circle(-20, -44, 5.5) + circle(20, -44, 5.5), pen.body)
    pen.fill(poly((-7, -34), (7, -34), (0, -16)), pen.detail)
    pen.line(lines((-96, 92, 96, 92 - rng.randint(-8, 8))), pen.shade, 7)
    pen.line(lines(*((x, 86, x, 97) for x in (-22, -14, -6, 6, 14, 22))), pen.detail, 4)


@motif("bittersweet:.9 slow-burn:.5 yuri:.8 villainess:.3 tearjerker:.8", "蝶 夢 羽")
def butterfly(pen, rng):
    a, b = rng.randint(86, 104), rng.randint(62, 84)
    upper = f"M4 -14Q30 -92 {a} -84Q{a + 14} -30 60 0Q30 8 4 4Z"
    lower = f"M4 6Q40 4 {b} 30Q{b + 4} 70 52 92Q22 70 4 20Z"
    for d in (upper, lower):
        pen.fill(d, pen.body)
        pen.fill(_flip(d), pen.body)
    for side in (-1, 1):
        pen.fill(
            f"M{side * 14} -16Q{side * 40} -70 {side * 80} -66Q{side * 84} -34 {side * 52} -12Q{side * 30} -6 {side * 14} -16Z",
            pen.shade,
        )
        pen.fill(
            f"M{side * 16} 20Q{side * 44} 24 {side * 60} 42Q{side * 56} 62 {side * 46} 72Q{side * 26} 52 {side * 16} 20Z",
            pen.detail,
        )
        pen.fill("".join(circle(side * x, y, r) for x, y, r in ((66, -48, 8), (48, -30, 5), (86, -68, 3))), pen.detail)
        pen.line(f"M{side * 2} -26Q{side * 8} -58 {side * 28} -74", pen.body, 2.6)
    pen.fill(smooth((0, -34), (6, -16), (4, 20), (0, 54), (-4, 20), (-6, -16)), pen.body)


@motif("monsters:.8 weak-to-strong:.3 horror:.6", "蜘蛛 クモ")
def spider(pen, rng):
    spokes = rng.choice((10, 12))
    turn = rng.random()
    pen.line(lines(*((0, 0, x, y) for x, y in ring(spokes, 112, turn=turn))), pen.shade, 1.8)
    for r in (36, 58, 80, 102):
        points = ring(spokes, r, turn=turn)
        mids = ring(spokes, r * 0.86, turn=turn + 0.5 / spokes)
        d = f"M{n(points[0][0])} {n(points[0][1])}"
        for i in range(spokes):
            (mx, my), (px, py) = mids[i], points[(i + 1) % spokes]
            d += f"Q{n(mx)} {n(my)} {n(px)} {n(py)}"
        pen.line(d, pen.shade, 1.6)
    for side in (-1, 1):
        for x1, y1, x2, y2 in ((38, -30, 52, -66), (48, -8, 78, -22), (48, 14, 76, 40), (36, 30, 48, 74)):
            pen.line(poly((side * 8, 0), (side * x1, y1), (side * x2, y2), close=False), pen.body, 5)
    pen.fill(smooth((0, 0), (24, 18), (20, 48), (0, 60), (-20, 48), (-24, 18)), pen.body)
    pen.fill(circle(0, -8, 17), pen.body)
    pen.fill(poly((-7, 22), (7, 22), (0, 32), (7, 44), (-7, 44), (0, 32)), pen.detail)
    pen.line(dots(((-6, -14), (6, -14), (-10, -8), (10, -8))), pen.detail, 4)


@motif("vampires:2.2 dark:.2", "吸血 ヴァンパイア 夜 血")
def bat(pen, rng):
    radius = rng.randint(74, 88)
    pen.fill(circle(0, -6, radius), pen.detail)
    wing = "M6 -10Q20 -40 62 -48Q92 -42 110 -8Q92 -14 80 6Q66 -4 54 18Q40 4 26 24Q16 14 6 24Z"
    pen.fill(wing, pen.body)
    pen.fill(_flip(wing), pen.body)
    pen.fill(smooth(*mirrored((0, -30), (9, -24), (12, 6), (5, 34))), pen.body)
    pen.fill(poly((-10, -22), (-11, -44), (0, -28)) + poly((10, -22), (11, -44), (0, -28)), pen.body)
    pen.line(dots(((-4, -18), (4, -18))), pen.detail, 3.4)


@motif("heartwarming:.5 absurd:.6 child-rearing:.9 comedy:.5 cozy:.3", "兎 ウサギ バニー うさぎ", stands=True)
def rabbit(pen, rng):
    tilt = rng.randint(-10, 10)
    for side in (-1, 1):
        d = smooth(
            (side * 8, -34),
            (side * 14 + tilt, -84),
            (side * 26 + tilt, -104),
            (side * 33 + tilt * 0.6, -80),
            (side * 26, -34),
        )
        pen.fill(d, pen.body)
        pen.fill(leaf(side * 18, -40, 52, 5, side * 0.02 + tilt / 800), pen.detail)
    pen.fill(smooth((0, -46), (28, -34), (34, -8), (16, 8), (-16, 8), (-34, -8), (-28, -34)), pen.body)
    pen.fill(smooth((0, -4), (34, 16), (52, 62), (36, 100), (-36, 100), (-52, 62), (-34, 16)), pen.body)
    pen.fill(smooth((20, 8), (52, 62), (36, 100), (12, 100), (34, 60)), pen.shade)
    pen.fill(circle(0, 84, 15), pen.back)
    pen.fill(poly((0, 12), (-20, 2), (-20, 22)) + poly((0, 12), (20, 2), (20, 22)), pen.detail)


@motif("adventure:.2 gods:.4 absurd:.2 philosophical:.6", "鯨 クジラ 海 空")
def whale(pen, rng):
    pen.fill(
        "M-104 4Q-96 -44 -30 -48Q44 -48 76 -4Q84 6 92 -14Q86 -44 110 -58Q112 -36 104 -26Q126 -34 132 -18Q112 -6 100 16Q84 52 26 56Q-66 60 -104 4Z",
        pen.body,
    )
    pen.fill("M-104 4Q-66 60 26 56Q60 54 84 34Q20 40 -30 22Q-70 16 -104 4Z", pen.back, 0.85)
    pen.line("M-84 20Q-40 40 20 46M-66 22Q-30 36 10 38", pen.shade, 2.4)
    pen.fill("M-34 26Q-20 60 -50 76Q-60 50 -34 26Z", pen.shade)
    pen.line(dots(((-70, -6),)), pen.detail, 7)
    spout = rng.randint(70, 92)
    pen.line(f"M-46 -50Q-44 {-spout} -64 {-spout - 4}M-46 -50Q-44 {-spout} -26 {-spout - 4}", pen.detail, 4)
    pen.fill("".join(star(x, y, 6, 4, 0.35) for x, y in ((8, -20), (38, -12), (-14, -30), (22, 10))), pen.detail)


@motif("time-loop:2.2 philosophical:.8 time-travel:.9", "蛇 輪廻 ループ 無限 戻")
def ouroboros(pen, rng):
    turn = rng.random()
    outer = [*ring(30, 80, turn=turn)][:28]
    for i, (x, y) in enumerate(outer):
        size = 5 + 10 * min(1, i / 12)
        pen.fill(circle(x, y, size), pen.body if i % 4 < 2 else pen.shade)
    x, y = ring(30, 80, turn=turn)[28]
    angle = 2 * pi * (28 / 30 + turn)
    dx, dy = cos(angle), sin(angle)
    pen.fill(
        poly(
            (x - dy * 18 - dx * 4, y + dx * 18 - dy * 4),
            (x + dx * 34, y + dy * 34),
            (x + dy * 18 - dx * 4, y - dx * 18 - dy * 4),
            (x - dx * 18, y - dy * 18),
        ),
        pen.body,
    )
    pen.fill(circle(x + dx * 4 + dy * 7, y + dy * 4 - dx * 7, 3.4), pen.detail)
    pen.fill(star(0, 0, 40, rng.choice((7, 8, 12)), 0.5), pen.detail)
    pen.fill(circle(0, 0, 13), pen.back)


@motif("gods:1.6 exiled:.3 reincarnation:.6 philosophical:.4", "神 天使 翼 聖女 女神")
def wings(pen, rng):
    feathers = rng.randint(7, 9)
    for side in (-1, 1):
        for i in range(feathers):
            share = i / (feathers - 1)
            angle = side * (0.08 + share * 0.34)
            length = 112 - share * 62
            pen.fill(
                leaf(side * (10 + share * 8), -22 + share * 30, length, 15 - share * 4, angle),
                (pen.body, pen.shade)[i % 2],
            )
        for i in range(4):
            pen.fill(leaf(side * 9, -24 + i * 11, 52 - i * 7, 9, side * (0.11 + i * 0.09)), pen.back, 0.9)
    pen.line(ellipse(0, -82, 30, 9), pen.detail, 5)
    pen.fill(smooth((0, -30), (11, 0), (0, 78), (-11, 0)), pen.detail)


@motif("villainess:1.4 romance:1 otome-game-world:1.2 reverse-harem:.8 female-lead:.4", "薔薇 花 令嬢 姫 乙女")
def rose(pen, rng):
    pen.line(smooth((0, 20), (5, 56), (-4, 108), close=False), pen.shade, 6)
    pen.fill(leaf(2, 66, 54, 18, 0.14) + leaf(0, 84, 52, 18, -0.15), pen.shade)
    turn = rng.random()
    for radius, count, colour in ((42, 5, pen.body), (30, 5, pen.detail), (19, 4, pen.body), (10, 3, pen.detail)):
        for x, y in ring(count, radius * 0.62, 0, -26, turn):
            pen.fill(circle(x, y, radius * 0.62), colour)
        for x, y in ring(count, radius * 0.62, 0, -26, turn):
            pen.line(circle(x, y, radius * 0.62), pen.back, 1.1, 0.5)
        turn += 0.13
    pen.line("M-6 -28Q0 -36 6 -28Q2 -20 -4 -24", pen.back, 2)


@motif("yuri:1.6 bittersweet:.4 female-lead:.3", "百合 白 花")
def lily(pen, rng):
    pen.line(smooth((0, 10), (8, 50), (0, 110), close=False), pen.shade, 5)
    pen.fill(leaf(5, 84, 70, 12, 0.1) + leaf(3, 96, 78, 12, -0.09), pen.shade)
    tilt = rng.uniform(-0.02, 0.02)
    for angle, length in ((-0.3, 74), (0.3, 74), (-0.18, 92), (0.18, 92)):
        pen.fill(leaf(0, 16, length, 19, angle + tilt), pen.body)
    pen.fill(leaf(0, 18, 104, 24, tilt), pen.back)
    pen.line(lines((0, 10, 0, -50)), pen.shade, 1.8)
    for angle in (-0.07, -0.025, 0.03, 0.075):
        x, y = 78 * sin(2 * pi * angle), 10 - 78 * cos(2 * pi * angle)
        pen.line(lines((0, 10, x, y)), pen.detail, 2)
        pen.fill(ellipse(x, y, 5, 3), pen.detail)


@motif("japanese-style:.8 bittersweet:.8 childhood-friend:.6 tearjerker:.6 academy:.3", "桜 春 花 さくら")
def blossom(pen, rng):
    def flower(x, y, r, turn):
        for i in range(5):
            a = 2 * pi * (i / 5 + turn)
            px, py = x + sin(a) * r * 0.52, y - cos(a) * r * 0.52
            pen.fill(circle(px, py, r * 0.42), pen.detail if r > 22 else pen.body)
        pen.fill(star(x, y, r * 0.5, 5, 0.3, turn), pen.back)
        pen.fill(circle(x, y, r * 0.12), pen.shade)

    pen.line("M-106 84Q-50 64 -18 18Q10 -26 84 -54M-34 38Q-60 10 -58 -26M14 -14Q44 6 74 6", pen.body, 8)
    for x, y, r in ((-58, -34, 36), (20, -40, 44), (84, -58, 27), (78, 8, 32), (-20, 14, 26)):
        flower(x, y, r, rng.random())
    pen.fill("".join(ellipse(rng.uniform(-90, 90), rng.uniform(40, 104), 6, 4) for _ in range(6)), pen.detail)


@motif("demon-lord:.8 antihero:.8 dark:.7 horror:.9 gore:.8 revenge:.5", "骨 骸骨 死 不死 アンデッド 亡")
def skull(pen, rng):
    pen.fill(smooth(*mirrored((0, -92), (46, -80), (68, -34), (58, 10), (36, 30), (34, 56), (12, 62))), pen.body)
    pen.fill("M30 -84Q70 -60 66 -22Q60 14 36 30L34 56H18Q54 -10 30 -84Z", pen.shade)
    for side in (-1, 1):
        pen.fill(smooth((side * 28, -32), (side * 48, -22), (side * 44, 2), (side * 24, 6), (side * 14, -14)), pen.back)
        pen.fill(circle(side * 30, -12, rng.choice((5, 7))), pen.detail)
    pen.fill(poly((0, 8), (9, 26), (-9, 26)), pen.back)
    pen.line(lines(*((x, 40, x, 58) for x in (-18, -6, 6, 18))), pen.back, 3.6)
    pen.fill(smooth(*mirrored((0, 70), (28, 62), (30, 84), (14, 98))), pen.shade)
    if rng.random() < 0.55:
        pen.fill(
            poly(*mirrored((0, -116), (14, -94), (32, -118), (48, -92), (62, -102), (54, -70), (0, -80))), pen.detail
        )


@motif("demon-lord:2 monsters:.4 antihero:.5 overpowered:.3", "魔王 悪魔 サタン 魔族")
def horns(pen, rng):
    bend = rng.randint(86, 104)
    for side in (-1, 1):
        pen.fill(
            f"M{side * 22} -14Q{side * 58} -18 {side * 62} -52Q{side * 62} -80 {side * 40} {-bend}Q{side * 98} -86 {side * 94} -42Q{side * 88} 10 {side * 30} 14Z",
            pen.body,
        )
        pen.line(
            "".join(
                f"M{side * x} {y}L{side * x2} {y2}"
                for x, y, x2, y2 in ((48, -16, 54, 4), (60, -30, 78, -18), (63, -48, 88, -46), (60, -66, 82, -72))
            ),
            pen.shade,
            3,
        )
    pen.fill(poly(*mirrored((0, -30), (28, -24), (44, 6), (36, 44), (20, 76), (0, 96))), pen.body)
    pen.fill(poly((0, -30), (28, -24), (44, 6), (36, 44), (20, 76), (0, 96)), pen.shade)
    for side in (-1, 1):
        pen.fill(poly((side * 9, 24), (side * 34, 10), (side * 30, 28), (side * 16, 32)), pen.detail)
    pen.fill(poly((0, -22), (7, -10), (0, 6), (-7, -10)), pen.detail)
    pen.line("M-12 66L0 60L12 66", pen.back, 3)


@motif("dark:.3 suspense:.6 exiled:.4 military:.3 antihero:.6", "鴉 烏 カラス 暗殺 影", stands=True)
def raven(pen, rng):
    pen.fill(
        "M-86 -34Q-62 -44 -54 -52Q-40 -74 -14 -66Q10 -58 16 -30Q44 -12 62 24L104 74L76 66L84 86L54 66Q20 76 -2 60Q-34 44 -40 4Q-44 -16 -56 -30Z",
        pen.body,
    )
    pen.fill("M4 -14Q36 2 62 24L104 74L60 56Q26 50 4 -14Z", pen.shade)
    pen.line(lines((0, 60, -6, 98), (20, 64, 18, 98)), pen.body, 4.5)
    pen.line(lines((-110, 100, 110, 100 - rng.randint(0, 8))), pen.shade, 6)
    pen.fill(circle(-34, -48, 4.6), pen.detail)
    pen.fill(crescent(-92, 30, 10), pen.detail)


@motif("music:.3 slow-burn:.7 heartwarming:.7 bright:.4", "鳥 翼 青 空 風")
def birds(pen, rng):
    pen.fill(circle(rng.randint(-20, 20), -10, rng.randint(62, 78)), pen.detail)
    for _ in range(rng.randint(6, 9)):
        x, y, s = rng.uniform(-88, 88), rng.uniform(-80, 70), rng.uniform(13, 30)
        lift = rng.uniform(0.4, 0.9) * s
        pen.fill(
            f"M{n(x)} {n(y)}Q{n(x - s * 0.5)} {n(y - lift)} {n(x - s * 1.3)} {n(y - lift * 0.5)}Q{n(x - s * 0.5)} {n(y - lift * 0.5)} {n(x)} {n(y + s * 0.26)}Q{n(x + s * 0.5)} {n(y - lift * 0.5)} {n(x + s * 1.3)} {n(y - lift * 0.5)}Q{n(x + s * 0.5)} {n(y - lift)} {n(x)} {n(y)}Z",
            pen.body,
        )


@motif("war:.5 military:1.2 hero-party:.6 serious:.2", "騎士 戦 軍", stands=False)
def helmet(pen, rng):
    plume = rng.choice((-1, 1))
    pen.fill(
        f"M0 -84Q{plume * 60} -120 {plume * 92} -50Q{plume * 96} 0 {plume * 84} 30Q{plume * 74} -40 0 -62Z", pen.detail
    )
    pen.fill(poly(*mirrored((0, -82), (38, -70), (56, -24), (54, 40), (40, 78), (0, 96))), pen.body)
    pen.fill(poly((0, -82), (38, -70), (56, -24), (54, 40), (40, 78), (0, 96)), pen.shade)
    pen.fill(poly(*mirrored((0, -6), (48, -18), (50, -4), (0, 10))), pen.back)
    pen.line(
        lines(*((x, y, x + 12 * (1 if x > 0 else -1), y - 3) for x in (-22, 22) for y in (30, 44, 58))), pen.back, 4
    )
    pen.fill(poly((-4, -84), (4, -84), (5, 94), (0, 98), (-5, 94)), pen.detail)
    pen.fill(rect(-58, 76, 116, 9, 4), pen.body)
