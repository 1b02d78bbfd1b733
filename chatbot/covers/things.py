"""Motifs that can be held, worn or looked at: they float, middle at (0, 0)."""

from .motifs import motif
from .pen import arch, circle, crescent, dots, ellipse, leaf, lines, mirrored, n, poly, rect, ring, smooth, star


@motif(
    "action:1 hero-party:1 weak-to-strong:.6 overpowered:.7 war:.6 high-fantasy:.4 supernatural-battle:.8",
    "剣 刀 勇者 騎士 斬",
)
def sword(pen, rng):
    wide, guard = rng.randint(9, 14), rng.randint(32, 50)
    pen.fill(poly((0, -112), (wide, -94), (wide, 44), (-wide, 44), (-wide, -94)), pen.body)
    pen.fill(poly((0, -112), (wide, -94), (wide, 44), (0, 44)), pen.shade)
    pen.fill(rect(-1.6, -84, 3.2, 118), pen.back, 0.8)
    droop = rng.choice((-8, 0, 10))
    pen.fill(
        f"M{-guard} {46 + droop}Q0 36 {guard} {46 + droop}L{guard - 5} {57 + droop}Q0 50 {5 - guard} {57 + droop}Z",
        pen.detail,
    )
    pen.fill(rect(-5.5, 54, 11, 36), pen.body)
    pen.line(lines(*((-5, y, 5, y - 5) for y in range(62, 90, 8))), pen.detail, 2.4)
    pen.fill(circle(0, 98, 10), pen.detail)
    pen.fill(circle(0, 98, 4), pen.back)
    if rng.random() < 0.5:
        pen.line(smooth((6, 62), (40, 66), (30, 88), (62, 96), (54, 112), close=False), pen.detail, 6)


@motif("magic-system:1.8 summoned:1.6 isekai:.6 fantasy:.3 genius:.5", "魔法 魔術 召喚 陣 錬金")
def circle_of_runes(pen, rng):
    points, turn = rng.choice((5, 6, 7, 8)), rng.random() / 5
    pen.line(circle(0, 0, 102) + circle(0, 0, 84), pen.body, 3)
    pen.line(circle(0, 0, 46), pen.detail, 3)
    outer = ring(points, 84, turn=turn)
    skip = 2 if points < 7 else 3
    pen.line("".join(poly(outer[i], outer[(i + skip) % points], close=False) for i in range(points)), pen.body, 3.2)
    for x, y in outer:
        pen.fill(circle(x, y, 11), pen.body)
        pen.fill(circle(x, y, 5), pen.detail)
    runes = []
    for x, y in ring(points * 4, 93, turn=turn + 0.5 / (points * 4)):
        x, y, dx, dy = round(x), round(y), round(x / 18), round(y / 18)
        runes.append(lines((x - dx, y - dy, x + dx, y + dy)))
        if rng.random() < 0.5:
            runes.append(lines((x, y, x - dy, y + dx)))
    pen.line("".join(runes), pen.shade, 2.2)
    kind = rng.randrange(3)
    pen.fill((star(0, 0, 34, 8, 0.45), crescent(-6, 0, 28, 0.55), star(0, 0, 34, 4, 0.32))[kind], pen.detail)


@motif("cozy:1.1 slice-of-life:.8 villainess:.5 romance:.3 workplace:.5 mystery:.2", "茶 珈琲 カフェ 喫茶")
def tea_cup(pen, rng):
    pen.fill(ellipse(0, 74, 92, 15), pen.shade)
    pen.fill(ellipse(0, 71, 62, 7), pen.body, 0.5)
    pen.line("M56 6Q100 0 92 32Q84 54 44 50", pen.body, 10)
    pen.fill("M-68 -16H68Q68 44 34 66H-34Q-68 44 -68 -16Z", pen.body)
    pen.fill("M30 -16H68Q68 44 34 66H6Q36 40 30 -16Z", pen.shade)
    pen.fill(ellipse(0, -16, 68, 13), pen.back)
    pen.fill(ellipse(0, -13, 56, 8), pen.detail)
    if rng.random() < 0.5:
        pen.fill("".join(circle(x, y, 7) for x, y in ring(5, 10, -20, 24)) + circle(-20, 24, 5), pen.detail)
    else:
        pen.line("M-66 10Q0 22 66 10", pen.detail, 6)
    for x in (-22, 2, 26):
        pen.line(
            smooth((x, -38), (x + 9, -54), (x - 6, -70), (x + 5, -rng.randint(84, 102)), close=False),
            pen.detail,
            4.5,
            0.8,
        )


@motif("cooking:2.4 medical:.1 cozy:.2", "料理 飯 食 ごはん 鍋 レシピ スキルで")
def cooking_pot(pen, rng):
    pen.fill(rect(-86, -10, 20, 14, 6) + rect(66, -10, 20, 14, 6), pen.shade)
    pen.fill("M-72 -18H72V30Q72 74 30 74H-30Q-72 74 -72 30Z", pen.body)
    pen.fill("M40 -18H72V30Q72 74 30 74H10Q46 60 40 -18Z", pen.shade)
    pen.fill(ellipse(0, -18, 76, 14), pen.shade)
    pen.fill(ellipse(0, -18, 64, 9), pen.detail)
    for x in (-34, -8, 20):
        pen.fill(circle(x, -20 - rng.randint(0, 4), 9), pen.back)
    pen.line(lines((36, -20, 66, -84)), pen.body, 6)
    pen.line(
        "M-50 -44q-10 -14 0 -26t0 -28M-20 -46q-10 -14 0 -26t0 -30M10 -46q-10 -14 0 -26t0 -26", pen.detail, 4.5, 0.8
    )
    pen.fill(
        smooth(
            (-50, 102),
            (-42, 84),
            (-34, 96),
            (-18, 80),
            (-8, 94),
            (4, 80),
            (16, 96),
            (30, 82),
            (38, 94),
            (46, 86),
            (52, 102),
        ),
        pen.detail,
    )


@motif("mystery:2.2 suspense:.6", "探偵 推理 謎 事件 推定 ミステリ")
def magnifier(pen, rng):
    tilt = rng.choice((-1, 1))
    pen.line(lines((tilt * 34, 36, tilt * 86, 98)), pen.body, 19)
    pen.line(lines((tilt * 40, 44, tilt * 50, 56)), pen.detail, 19, cap="butt")
    pen.fill(circle(-tilt * 10, -18, 76), pen.body)
    pen.fill(circle(-tilt * 10, -18, 62), pen.back)
    x, y = -tilt * 10, -18
    if rng.random() < 0.5:
        pen.fill(f"M{x - 46} {y}Q{x} {y - 44} {x + 46} {y}Q{x} {y + 44} {x - 46} {y}Z", pen.shade)
        pen.fill(circle(x, y, 20), pen.detail)
        pen.fill(circle(x, y, 9), pen.body)
    else:
        for i in range(5):
            r = 10 + i * 9
            pen.line(
                f"M{x - r} {y + 10 + i * 3}V{y}A{r} {r * 1.1:.0f} 0 0 1 {x + r} {y}V{y + 16 - i * 4}",
                pen.detail if i % 2 else pen.shade,
                4,
            )
    pen.line(f"M{x - 50} {y - 14}A52 52 0 0 1 {x - 18} {y - 48}", pen.detail, 4, 0.7)


@motif("time-travel:2.2 time-loop:1.8 suspense:.5 workplace:.4", "時計 時間 時を タイム 明日 昨日")
def clock(pen, rng):
    pen.fill(rect(-7, -112, 14, 18, 4), pen.body)
    pen.line(circle(0, -112, 11), pen.detail, 4)
    pen.fill(circle(0, 0, 96), pen.body)
    pen.fill(circle(0, 0, 82), pen.back)
    for i, (x, y) in enumerate(ring(60, 74)):
        if i % 5 == 0:
            pen.line(lines((x, y, x * 0.86, y * 0.86)), pen.body, 5 if i % 15 == 0 else 3)
    hour, minute = rng.random(), rng.random()
    (hx, hy), (mx, my) = ring(1, 42, turn=hour)[0], ring(1, 64, turn=minute)[0]
    pen.fill(
        f"M0 0L{n(mx)} {n(my)}A64 64 0 0 1 {n(ring(1, 64, turn=minute + 0.16)[0][0])} {n(ring(1, 64, turn=minute + 0.16)[0][1])}Z",
        pen.detail,
        0.85,
    )
    pen.line(lines((0, 0, hx, hy)), pen.body, 7)
    pen.line(lines((0, 0, mx, my)), pen.body, 4)
    pen.fill(circle(0, 0, 8), pen.shade)


@motif("time-travel:1 tearjerker:1.2 bittersweet:.9 philosophical:.8 death-game:.5", "砂 命 余命 年後 永遠")
def hourglass(pen, rng):
    level = rng.uniform(0.3, 0.8)
    glass = "M-50 -84H50Q50 -36 9 -2V2Q50 36 50 84H-50Q-50 36 -9 2V-2Q-50 -36 -50 -84Z"
    pen.fill(glass, pen.back)
    top = -84 + 56 * level
    half = 49 - 26 * level
    pen.fill(f"M{n(-half)} {n(top)}H{n(half)}Q26 -18 6 -4V4H-6V-4Q-26 -18 {n(-half)} {n(top)}Z", pen.detail)
    pen.fill(f"M-46 84Q-30 {n(84 - 60 * level)} 0 {n(78 - 64 * level)}Q30 {n(84 - 60 * level)} 46 84Z", pen.detail)
    pen.line(lines((0, 0, 0, 70)), pen.detail, 3)
    pen.line(glass, pen.body, 4)
    pen.fill(rect(-66, -100, 132, 16, 5) + rect(-66, 84, 132, 16, 5), pen.body)
    pen.line(lines((-58, -84, -58, 84), (58, -84, 58, 84)), pen.shade, 6)


@motif("mind-games:2.2 politics:1 war:.4 genius:1.2 gaming:.5", "策 軍師 戦略 実力 ゲーム 遊戯 将棋")
def chess(pen, rng):
    piece = rng.randrange(3)
    base = [(26, 66), (36, 74), (42, 90), (46, 100)]
    if piece == 0:  # king
        body = mirrored((7, -62), (26, -58), (34, -36), (20, -22), (24, -12), (14, -6), (17, 40), *base)
        pen.fill(rect(-4.5, -104, 9, 46) + rect(-16, -92, 32, 9), pen.detail)
    elif piece == 1:  # queen
        body = mirrored(
            (0, -66), (12, -78), (18, -60), (36, -74), (30, -26), (18, -18), (22, -8), (13, 0), (17, 40), *base
        )
        pen.fill(circle(0, -84, 9) + circle(36, -80, 7) + circle(-36, -80, 7), pen.detail)
    else:  # rook
        body = mirrored(
            (8, -70),
            (8, -82),
            (20, -82),
            (20, -70),
            (26, -70),
            (26, -82),
            (38, -82),
            (38, -52),
            (24, -42),
            (20, -30),
            (20, 40),
            *base,
        )
    pen.fill(poly(*body), pen.body)
    pen.fill(poly(*[(x, y) for x, y in body if x >= 0], (0, 100)), pen.shade)
    pen.fill(rect(-30, 62, 60, 7, 3) + rect(-24, -20, 48, 5, 2), pen.detail)
    squares = [(-96 + 24 * i, 102 + 11 * j) for i in range(8) for j in range(2) if (i + j) % 2 == 0]
    pen.fill("".join(rect(x, y, 24, 11) for x, y in squares), pen.shade)


@motif("mind-games:1.2 gaming:1.4 absurd:.7 death-game:1 love-triangle:.6", "賭 カード ゲーム ノーゲーム ギャンブル")
def cards(pen, rng):
    suits = rng.sample(range(4), 3)
    for i, suit in enumerate(suits):
        lean = (i - 1) * 0.055
        x, y = (i - 1) * 42, 10 + abs(i - 1) * 10

        def spin(px, py, x=x, y=y, lean=lean):
            return px - lean * 6 * py + x, py + lean * 6 * px + y

        corners = [(-38, -78), (38, -78), (38, 78), (-38, 78)]
        pen.fill(poly(*(spin(px, py) for px, py in corners)), (pen.body, pen.shade, pen.back)[i])
        cx, cy = spin(0, 0)
        colour = pen.detail if i != 2 or suit % 2 else pen.body
        pen.fill(_suit(suit, cx, cy, 25), colour)
        for px, py in ((-26, -62), (26, 62)):
            ax, ay = spin(px, py)
            pen.fill(_suit(suit, ax, ay, 8), colour)


def _suit(kind, x, y, s):
    if kind == 0:
        return poly((x, y - s), (x + s * 0.7, y), (x, y + s), (x - s * 0.7, y))
    if kind == 1:
        return f"M{n(x)} {n(y + s)}Q{n(x - s * 1.5)} {n(y - s * 0.2)} {n(x - s * 0.7)} {n(y - s * 0.8)}Q{n(x - s * 0.1)} {n(y - s)} {n(x)} {n(y - s * 0.3)}Q{n(x + s * 0.1)} {n(y - s)} {n(x + s * 0.7)} {n(y - s * 0.8)}Q{n(x + s * 1.5)} {n(y - s * 0.2)} {n(x)} {n(y + s)}Z"
    stem = poly((x, y), (x + s * 0.35, y + s), (x - s * 0.35, y + s))
    if kind == 2:
        return (
            circle(x, y - s * 0.5, s * 0.45)
            + circle(x - s * 0.45, y + s * 0.2, s * 0.45)
            + circle(x + s * 0.45, y + s * 0.2, s * 0.45)
            + stem
        )
    return (
        f"M{n(x)} {n(y - s)}Q{n(x + s * 1.5)} {n(y + s * 0.1)} {n(x + s * 0.6)} {n(y + s * 0.6)}Q{n(x + s * 0.1)} {n(y + s * 0.6)} {n(x)} {n(y + s * 0.2)}Q{n(x - s * 0.1)} {n(y + s * 0.6)} {n(x - s * 0.6)} {n(y + s * 0.6)}Q{n(x - s * 1.5)} {n(y + s * 0.1)} {n(x)} {n(y - s)}Z"
        + stem
    )


@motif("mystery:1 suspense:.8 world-building:.5 dungeon:.4 exiled:.4", "鍵 秘密 密室")
def old_key(pen, rng):
    leaves = rng.choice((3, 4))
    for x, y in ring(leaves, 26, 0, -64, 0 if leaves == 3 else 0.125):
        pen.line(circle(x, y, 20), pen.body, 9)
    pen.fill(circle(0, -64, 15), pen.detail)
    pen.fill(rect(-6, -38, 12, 140), pen.body)
    pen.fill(rect(0, -38, 6, 140), pen.shade)
    pen.fill(rect(-13, -34, 26, 8, 3) + rect(-10, -18, 20, 5, 2), pen.detail)
    teeth = [(58, rng.randint(18, 34)), (74, rng.randint(14, 30)), (90, rng.randint(20, 38))]
    pen.fill("".join(rect(6, y, w, 10) for y, w in teeth), pen.body)


@motif("politics:1.6 otome-game-world:1 villainess:1.2 exiled:.5 marriage:.5", "女王 姫 王子 皇 公爵 殿下 国王")
def crown(pen, rng):
    peaks = rng.choice((3, 5))
    base = [(-78, 40)]
    for i in range(peaks):
        x = -84 + 168 * i / (peaks - 1)
        high = -52 - (18 if i == peaks // 2 else 0)
        base.append((x, high))
        if i < peaks - 1:
            base.append((x + 84 / (peaks - 1), -2))
    base.append((78, 40))
    pen.fill(poly(*base), pen.body)
    pen.fill(poly(*(p for p in base if p[0] >= -0.01), (0, 40)), pen.shade)
    for x, y in base[1:-1:2]:
        pen.fill(circle(x, y - 6, 9), pen.detail)
    pen.fill(rect(-80, 40, 160, 24, 4), pen.body)
    pen.fill("".join(poly((x, 43), (x + 9, 52), (x, 61), (x - 9, 52)) for x in (-54, -18, 18, 54)), pen.detail)
    if rng.random() < 0.5:
        pen.line("M-60 76Q0 92 60 76", pen.detail, 4)


@motif("cozy:.5 mystery:.4 dark:.4 adventure:.5 japanese-style:.3", "灯 ランプ 光 幽霊 ランタン")
def lantern(pen, rng):
    pen.fill(circle(0, 14, 94), pen.detail, 0.22)
    pen.fill(circle(0, 14, 70), pen.detail, 0.25)
    pen.line(ellipse(0, -78, 22, 26), pen.body, 5)
    pen.fill(poly((-20, -66), (20, -66), (44, -38), (-44, -38)), pen.body)
    pen.fill(poly((-40, -38), (40, -38), (34, 66), (-34, 66)), pen.back, 0.9)
    pen.fill(smooth((0, -14), (16, 20), (10, 48), (-10, 48), (-16, 20)), pen.detail)
    pen.fill(smooth((0, 16), (6, 34), (0, 46), (-6, 34)), pen.back)
    bars = rng.choice(((-40, -38, -34, 66), (-14, -38, -12, 66)))
    pen.line(lines((-40, -38, -34, 66), (40, -38, 34, 66), bars, (-bars[0], bars[1], -bars[2], bars[3])), pen.body, 4.5)
    pen.fill(rect(-44, 64, 88, 12, 3) + rect(-34, 76, 68, 10, 3), pen.body)


@motif("world-building:1 genius:.4 philosophical:.8 academy:.3 female-lead:.1 fantasy:.3", "物語 図書 小説 魔導書 書架")
def open_book(pen, rng):
    for side in (-1, 1):
        pen.fill(f"M0 40Q{side * 50} 18 {side * 104} 32V90Q{side * 50} 78 0 98Z", pen.body)
        pen.fill(f"M0 34Q{side * 50} 10 {side * 96} 24V80Q{side * 50} 68 0 88Z", pen.back if side < 0 else pen.shade)
        pen.line(
            "".join(
                f"M{side * 14} {38 + 11 * i}Q{side * 50} {24 + 11 * i} {side * 84} {32 + 11 * i}" for i in range(4)
            ),
            pen.body,
            2.2,
            0.6,
        )
    rise = rng.randrange(3)
    if rise == 0:
        for i in range(13):
            y = 8 - i * 8.5
            pen.fill(star(rng.uniform(-12, 12) * (1 + i / 4), y, rng.uniform(4, 11), 4, 0.34), pen.detail)
    elif rise == 1:
        pen.line(smooth((0, 30), (-8, 0), (4, -34), (0, -70), close=False), pen.detail, 5)
        for i in range(5):
            pen.fill(
                leaf(-2, 6 - i * 17, 42 - i * 3, 13, 0.16) + leaf(-2, -2 - i * 17, 42 - i * 3, 13, -0.16), pen.detail
            )
    else:
        pen.fill(poly((-12, 26), (12, 26), (70, -100), (-70, -100)), pen.detail, 0.4)
        pen.fill(crescent(0, -58, 26, 0.6), pen.detail)


@motif("crafting:1.8 medical:2 slow-life:.4 genius:.3", "薬 錬金 ポーション 調合 治癒 聖女")
def flask(pen, rng):
    if rng.random() < 0.6:
        glass = "M-14 -76H14V-30Q70 -6 70 38Q68 92 0 94Q-68 92 -70 38Q-70 -6 -14 -30Z"
        fluid = "M-66 24Q-34 12 0 24T66 24Q72 88 0 88Q-72 88 -66 24Z"
    else:
        glass = "M-14 -76H14V-22L72 76Q78 94 58 94H-58Q-78 94 -72 76L-14 -22Z"
        fluid = "M-44 34Q-20 24 0 34T44 34L66 76Q70 88 56 88H-56Q-70 88 -66 76Z"
    pen.fill(glass, pen.back)
    pen.fill(fluid, pen.detail)
    pen.line(glass, pen.body, 5)
    pen.fill(rect(-20, -84, 40, 10, 4), pen.body)
    pen.fill(rect(-11, -104, 22, 22, 3), pen.shade)
    for _ in range(6):
        pen.fill(circle(rng.uniform(-34, 34), rng.uniform(44, 80), rng.uniform(2.5, 6)), pen.back, 0.85)
    pen.fill(leaf(40, -40, 54, 15, 0.1) + leaf(46, -36, 44, 13, 0.24), pen.shade)


@motif("crafting:1.2 near-future:.9 mecha:.8 game-mechanics:.8 sf:.6", "機械 ギルド 工 鍛冶 職人")
def gears(pen, rng):
    def gear(x, y, r, teeth, colour, turn):
        pen.fill(
            "".join(
                poly((ax, ay), (bx, by), (cx, cy), (dx, dy))
                for (ax, ay), (bx, by), (cx, cy), (dx, dy) in zip(
                    ring(teeth, r * 0.8, x, y, turn - 0.2 / teeth),
                    ring(teeth, r * 1.12, x, y, turn - 0.14 / teeth),
                    ring(teeth, r * 1.12, x, y, turn + 0.14 / teeth),
                    ring(teeth, r * 0.8, x, y, turn + 0.2 / teeth),
                    strict=True,
                )
            ),
            colour,
        )
        pen.fill(circle(x, y, r * 0.92), colour)
        pen.fill(circle(x, y, r * 0.62), pen.back)
        pen.line(lines(*((x, y, a, b) for a, b in ring(5, r * 0.66, x, y, turn))), colour, r * 0.16)
        pen.fill(circle(x, y, r * 0.24), colour)

    gear(-26, -22, 62, 14, pen.body, rng.random())
    gear(54, 40, 42, 10, pen.shade, rng.random())
    gear(-44, 72, 26, 8, pen.detail, rng.random())


@motif("dungeon:.8 magic-system:1 fantasy:.4 game-mechanics:.5", "石 結晶 宝石 クリスタル 晶")
def crystal(pen, rng):
    for x, foot, wide, tall, lean in (
        (-46, 92, 20, 90, -22),
        (48, 94, 20, 96, 24),
        (-20, 96, 17, 60, -8),
        (24, 96, 16, 66, 8),
        (0, 98, 30, rng.randint(170, 196), rng.randint(-8, 8)),
    ):
        top = foot - tall
        tip, left, right = (
            (x + lean, top),
            (x - wide + lean * 0.8, top + wide * 1.3),
            (x + wide + lean * 0.8, top + wide * 1.3),
        )
        mid = (x + lean * 0.8 - wide * 0.2, top + wide * 1.7)
        feet = [(x - wide * 0.7, foot), (x - wide * 0.1, foot + 5), (x + wide * 0.7, foot)]
        pen.fill(poly(tip, left, feet[0], feet[1], mid), pen.detail)
        pen.fill(poly(tip, right, feet[2], feet[1], mid), pen.body)
        pen.fill(poly(tip, left, mid), pen.back, 0.75)
        pen.fill(poly(tip, mid, right), pen.shade)


@motif("youkai:1 antihero:.9 japanese-style:.6 mind-games:.4 suspense:.4", "仮面 面 鬼 嘘")
def mask(pen, rng):
    pen.fill(poly((-58, -44), (-76, -104), (-22, -74)) + poly((58, -44), (76, -104), (22, -74)), pen.body)
    pen.fill(poly((-54, -54), (-66, -88), (-34, -70)) + poly((54, -54), (66, -88), (34, -70)), pen.detail)
    pen.fill(smooth(*mirrored((0, -72), (46, -64), (70, -14), (52, 34), (22, 84), (0, 96))), pen.body)
    for side in (-1, 1):
        pen.fill(f"M{side * 12} -6Q{side * 34} -34 {side * 58} -28Q{side * 40} 4 {side * 12} -6Z", pen.back)
        pen.fill(circle(side * 36, -16, 5.5), pen.shade)
        pen.line(
            f"M{side * 34} 22Q{side * 48} 26 {side * 56} 14M{side * 30} 34Q{side * 44} 40 {side * 50} 30", pen.detail, 4
        )
    pen.fill(poly((0, -66), (9, -46), (0, -30), (-9, -46)), pen.detail)
    pen.fill(poly((-6, 52), (6, 52), (0, 62)), pen.detail)
    pen.line("M-24 74Q-8 64 0 72Q8 64 24 74", pen.detail, 3.6)
    if rng.random() < 0.7:
        pen.line(smooth((66, -10), (96, 10), (82, 40), (102, 70), close=False), pen.detail, 5)


@motif("music:2.4 idol:1", "音 歌 ピアノ 楽 バンド 奏 ユーフォ")
def music_staff(pen, rng):
    def level(x, i):
        return -36 + i * 18 + 12 * ((x / 100) ** 3) * 2 - 6 * x / 50

    for i in range(5):
        pen.line(smooth(*((x, level(x, i)) for x in range(-112, 113, 28)), close=False), pen.body, 2.6)
    for k, x in enumerate(range(-78, 92, 32)):
        i = rng.choice((0.5, 1, 1.5, 2, 2.5, 3, 3.5))
        y = level(x, i)
        colour = (pen.detail, pen.shade)[k % 2]
        pen.fill(ellipse(x, y, 13, 9.5), colour)
        up = -1 if i > 1.6 else 1
        stem = x - up * 12
        pen.line(lines((stem, y, stem, y + up * 58)), colour, 4)
        if rng.random() < 0.6:
            pen.line(f"M{stem} {n(y + up * 58)}q16 {-up * 8} 17 {-up * 32}", colour, 5)


@motif("economics:2 politics:.7 workplace:.5", "商 金 銭 貿易 商人 経済")
def scales(pen, rng):
    tilt = rng.choice((-1, 1)) * rng.randint(8, 18)
    pen.fill(rect(-5, -86, 10, 170), pen.body)
    pen.fill(poly((-52, 98), (-34, 82), (34, 82), (52, 98)), pen.body)
    pen.line(lines((-84, -60 + tilt, 84, -60 - tilt)), pen.body, 8)
    pen.fill(circle(0, -92, 11), pen.detail)
    for side in (-1, 1):
        y = -60 + (tilt if side < 0 else -tilt)
        pen.line(poly((side * 84 - 34, y + 74), (side * 84, y), (side * 84 + 34, y + 74), close=False), pen.shade, 2.6)
        pen.fill(
            f"M{side * 84 - 38} {y + 74}H{side * 84 + 38}Q{side * 84} {y + 112} {side * 84 - 38} {y + 74}Z", pen.body
        )
        for i in range(3 if (tilt > 0) == (side < 0) else 1):
            pen.fill(ellipse(side * 84 + (i - 1) * 3, y + 68 - i * 9, 19, 6), pen.detail)
            pen.line(ellipse(side * 84 + (i - 1) * 3, y + 68 - i * 9, 19, 6), pen.body, 1.4)


@motif("gaming:1.6 vrmmo:1.2 game-mechanics:1.2 near-future:.4", "オンライン ゲーム VRMMO レベル プレイヤー")
def controller(pen, rng):
    pen.line("M0 -34Q-6 -74 30 -84T60 -112", pen.body, 5)
    pen.fill(
        "M-56 -36H56Q88 -36 98 10Q110 68 84 78Q66 84 44 46H-44Q-66 84 -84 78Q-110 68 -98 10Q-88 -36 -56 -36Z", pen.body
    )
    pen.fill("M30 -36H56Q88 -36 98 10Q110 68 84 78Q72 82 58 66Q92 50 30 -36Z", pen.shade)
    pen.fill(rect(-66, -8, 36, 12, 2) + rect(-54, -20, 12, 36, 2), pen.back)
    for i, (x, y) in enumerate(ring(4, 16, 50, -2)):
        pen.fill(circle(x, y, 7.5), (pen.detail, pen.back)[i % 2])
    pen.fill(circle(-22, 28, 12) + circle(22, 28, 12), pen.detail)
    if rng.random() < 0.6:
        pen.fill(
            "".join(rect(x, y, 9, 9) for x, y in ((-84, -92), (-66, -78), (-92, -72), (-48, -98), (-70, -104))),
            pen.detail,
        )


@motif("romance:.7 slow-burn:1 historical:.4 tearjerker:.8 comedy:.1 marriage:.5", "手紙 恋文 エヴァーガーデン 代筆")
def letter(pen, rng):
    tilt = rng.choice((-6, 0, 6))
    pen.fill(poly((-96, -44 + tilt), (96, -44 - tilt), (96, 74 - tilt), (-96, 74 + tilt)), pen.body)
    pen.fill(poly((-96, 74 + tilt), (-14, 16), (14, 16), (96, 74 - tilt)), pen.shade)
    pen.fill(poly((-96, -44 + tilt), (96, -44 - tilt), (0, 34)), pen.back)
    pen.line(poly((-96, -44 + tilt), (0, 34), (96, -44 - tilt), close=False), pen.body, 3)
    pen.fill(circle(0, 30, 20), pen.detail)
    pen.fill(_suit(1, 0, 31, 11), pen.back)
    pen.fill(leaf(34, -50, 74, 15, 0.1), pen.detail)
    pen.line(lines((28, -40, 70, -104)), pen.body, 2.4)


@motif("workplace:1 adult-lead:.7 politics:.5 historical:.5 world-building:.3", "記 日記 作家 筆 書記")
def quill(pen, rng):
    pen.fill("M-20 60Q-10 -40 76 -108Q84 -20 34 34Q10 58 -20 60Z", pen.body)
    pen.fill("M-20 60Q6 -10 76 -108Q84 -20 34 34Q10 58 -20 60Z", pen.shade)
    pen.line("M-42 92Q-6 20 70 -98", pen.detail, 3.4)
    pen.line(lines((10, 8, 48, 6), (26, -20, 66, -30), (42, -48, 74, -62)), pen.back, 2.6)
    pen.fill("M-92 66H-40Q-34 66 -34 74L-30 104H-102L-98 74Q-98 66 -92 66Z", pen.body)
    pen.fill(rect(-84, 54, 36, 14, 3), pen.detail)
    wave = rng.randint(6, 12)
    pen.line(f"M-16 96q{wave} -12 {wave * 2} 0t{wave * 2} 0t{wave * 2} 0t{wave * 2} 0", pen.detail, 3)


@motif("war:.6 hero-party:1.1 military:.7 high-fantasy:.5 weak-to-strong:.4", "盾 守 防御 騎士団")
def shield(pen, rng):
    d = "M0 -98Q40 -78 84 -82Q90 30 0 104Q-90 30 -84 -82Q-40 -78 0 -98Z"
    pen.fill(d, pen.body)
    pen.fill("M0 -98Q40 -78 84 -82Q90 30 0 104Z", pen.shade)
    pen.line("M0 -82Q36 -66 70 -69Q74 24 0 86Q-74 24 -70 -69Q-36 -66 0 -82Z", pen.detail, 4.5)
    kind = rng.randrange(3)
    if kind == 0:
        pen.fill(star(0, -6, 46, 8, 0.4), pen.detail)
    elif kind == 1:
        pen.fill(rect(-8, -66, 16, 132) + rect(-56, -26, 112, 16), pen.detail)
    else:
        pen.fill(poly((-62, 6), (0, -44), (62, 6), (62, 32), (0, -16), (-62, 32)), pen.detail)
        pen.fill(crescent(4, 34, 17), pen.detail)


@motif("marriage:2.2 romance:.6 slow-burn:.4 age-gap:.6", "婚 嫁 結婚 夫婦 婚約 花嫁 指輪")
def rings(pen, rng):
    pen.line(circle(-32, 22, 54), pen.body, 13)
    pen.line(circle(36, 30, 48), pen.detail, 11)
    pen.line("M9 -12A54 54 0 0 1 22 22", pen.body, 13)
    gem = rng.randint(26, 34)
    y = -62
    pen.fill(
        poly((-32 - gem, y), (-32 - gem * 0.6, y - 22), (-32 + gem * 0.6, y - 22), (-32 + gem, y), (-32, y + 32)),
        pen.detail,
    )
    pen.fill(poly((-32 - gem * 0.3, y), (-32 + gem * 0.3, y), (-32, y + 32)), pen.back, 0.7)
    pen.line(lines((-32 - gem, y, -32 + gem, y)), pen.body, 2)
    pen.fill("".join(star(x, yy, 9, 4, 0.3) for x, yy in ((50, -60), (78, -30), (10, -96))), pen.body)


@motif("cozy:.2 bittersweet:.7 fantasy:.3 vampires:.5 slow-burn:.4 yuri:.4", "月 夜 星 眠")
def moon(pen, rng):
    pen.fill(crescent(26, 0, 92, rng.uniform(0.35, 0.7)), pen.body)
    pen.line(lines((34, -112, 34, -34)), pen.detail, 1.8)
    pen.fill(star(34, -22, 20, 5, 0.42), pen.detail)
    pen.line(lines((70, -112, 70, 14)), pen.detail, 1.8)
    pen.fill(star(70, 22, 13, 5, 0.42), pen.detail)
    pen.line(dots((rng.uniform(-20, 96), rng.uniform(-90, 90)) for _ in range(8)), pen.shade, 5)


@motif("villainess:1.8 otome-game-world:1.4 reincarnation:.6 exiled:.3 absurd:.1", "鏡 令嬢 悪役")
def mirror(pen, rng):
    pen.fill(ellipse(0, -30, 66, 76), pen.body)
    for x, y in ring(16, 1, turn=0.03):
        pen.fill(circle(x * 68, y * 78 - 30, 8), pen.body)
    pen.fill(ellipse(0, -30, 52, 62), pen.shade)
    pen.fill("M-38 -72Q-52 -50 -52 -30Q-46 12 -20 26Q-8 -40 24 -84Q-16 -104 -38 -72Z", pen.back, 0.75)
    pen.fill(poly((-11, 44), (11, 44), (8, 104), (-8, 104)), pen.body)
    pen.fill(circle(0, 52, 13), pen.detail)
    pen.fill(circle(0, 106, 10), pen.detail)
    spark = rng.choice((-1, 1))
    pen.fill(star(spark * 20, -44, 17, 4, 0.3), pen.detail)
    pen.fill(circle(0, -110, 8) + circle(-14, -104, 6) + circle(14, -104, 6), pen.detail)


@motif("japanese-style:1.2 chinese-style:1.4 historical:.6", "舞 姫 大正 平安 京 華")
def fan(pen, rng):
    ribs = rng.choice((9, 11))
    spread = 0.36
    points = [ring(1, 150, 0, 84, -spread / 2 * 1.6 + spread * 1.6 * i / ribs)[0] for i in range(ribs + 1)]
    inner = [ring(1, 66, 0, 84, -spread / 2 * 1.6 + spread * 1.6 * i / ribs)[0] for i in range(ribs + 1)]
    for i in range(ribs):
        pen.fill(poly(inner[i], points[i], points[i + 1], inner[i + 1]), (pen.body, pen.shade)[i % 2])
    pen.line(lines(*((0, 84, x, y) for x, y in inner)), pen.body, 4)
    pen.line(smooth(*((x * 0.93, 84 + (y - 84) * 0.93) for x, y in points), close=False), pen.detail, 4)
    a, b = rng.choice((-44, 0, 40)), -14
    pen.fill(circle(a, b, 23), pen.detail)
    pen.fill(circle(0, 84, 7), pen.detail)
    pen.line(smooth((0, 88), (14, 100), (4, 112), close=False), pen.detail, 3)


@motif("military:1.4 war:1 death-game:.8 suspense:.6 gaming:.4 action:.3", "銃 弾 狙撃 ガンゲイル 撃")
def crosshair(pen, rng):
    pen.fill(circle(0, 0, 78), pen.body)
    pen.fill(circle(0, 0, 64), pen.back)
    pen.fill(circle(0, 0, 44), pen.shade)
    pen.fill(circle(0, 0, 26), pen.back)
    pen.fill(circle(0, 0, 11), pen.detail)
    pen.line(lines((-112, 0, -20, 0), (20, 0, 112, 0), (0, -112, 0, -20), (0, 20, 0, 112)), pen.detail, 4)
    pen.line("".join(lines((d, -7, d, 7), (-7, d, 7, d)) for d in (-92, -54, 54, 92)), pen.detail, 3)
    for _ in range(rng.randint(2, 4)):
        x, y = rng.uniform(-80, 80), rng.uniform(-80, 80)
        pen.fill(circle(x, y, 6), pen.body)
        pen.line(lines(*((x, y, a, b) for a, b in ring(5, 13, x, y, rng.random()))), pen.body, 1.6)


@motif("supernatural-battle:1.4 mystery:.6 horror:1.2 gods:.7 suspense:.5 overpowered:.3", "目 眼 瞳 見 視 邪")
def eye(pen, rng):
    rays = rng.choice((12, 16, 20))
    for i, ((x, y), (a, b)) in enumerate(zip(ring(rays, 62), ring(rays, 106), strict=True)):
        k = 1 if i % 2 else 0.86
        pen.line(lines((x, y, a * k, b * k)), pen.detail, 4 if i % 2 else 2.4)
    pen.fill("M-92 0Q0 -78 92 0Q0 78 -92 0Z", pen.body)
    pen.fill("M-76 0Q0 -60 76 0Q0 60 -76 0Z", pen.back)
    pen.fill(circle(0, 0, 33), pen.shade)
    pen.fill(circle(0, 0, 21), pen.detail)
    pen.fill(poly((0, -20), (6, 0), (0, 20), (-6, 0)) if rng.random() < 0.5 else circle(0, 0, 10), pen.body)
    pen.fill(circle(9, -11, 5), pen.back)


@motif("workplace:1.4 adult-lead:.8 modern-japan:.3", "会社 社畜 リーマン おっさん 上司 サラリー")
def necktie(pen, rng):
    pen.fill(poly((-60, -104), (-8, -70), (-44, -30), (-84, -84)), pen.back)
    pen.fill(poly((60, -104), (8, -70), (44, -30), (84, -84)), pen.back)
    pen.line(poly((-60, -104), (-8, -70), (-44, -30)) + poly((60, -104), (8, -70), (44, -30)), pen.body, 4)
    pen.fill(poly((-20, -78), (20, -78), (13, -46), (-13, -46)), pen.detail)
    pen.fill(poly((-13, -46), (13, -46), (34, 66), (0, 106), (-34, 66)), pen.body)
    pen.fill(poly((0, -46), (13, -46), (34, 66), (0, 106)), pen.shade)
    for i in range(rng.choice((3, 4))):
        y = -22 + i * 27
        half = 14 + (y + 46) * 0.19
        pen.fill(poly((-half, y + 13), (half, y - 9), (half + 1, y + 1), (-half - 1, y + 23)), pen.detail)


@motif(
    "harem:1 romcom:.7 comedy:.3 siblings:.8 love-triangle:.6 idol:.5 childhood-friend:.4",
    "妹 彼女 ラブ 恋 女子 ヒロイン 少女",
)
def ribbon(pen, rng):
    drop = rng.randint(70, 98)
    for side in (-1, 1):
        pen.fill(
            f"M{side * 6} 6Q{side * 30} 40 {side * 26} {drop}L{side * 44} {drop - 16}L{side * 62} {drop - 4}Q{side * 52} 30 {side * 10} -4Z",
            pen.shade,
        )
        pen.fill(
            f"M{side * 6} -12Q{side * 52} -78 {side * 98} -54Q{side * 108} -10 {side * 92} 34Q{side * 50} 44 {side * 6} 2Z",
            pen.body,
        )
        pen.fill(f"M{side * 12} -8Q{side * 52} -30 {side * 80} -22Q{side * 50} -8 {side * 12} 0Z", pen.shade)
        pen.fill(
            "".join(circle(side * x, y, 5.5) for x, y in ((74, -42), (88, -8), (72, 20), (46, -46), (50, 26))),
            pen.detail,
        )
    pen.fill(rect(-17, -26, 34, 42, 12), pen.detail)


@motif("bittersweet:.5 tearjerker:.7 slice-of-life:.3 modern-japan:.5", "雨 傘")
def umbrella(pen, rng):
    pen.line("M0 -30V74Q0 96 -18 96Q-34 96 -34 80", pen.body, 6)
    panels = 6
    for i in range(panels):
        x0, x1 = -96 + 32 * i, -64 + 32 * i
        pen.fill(
            f"M0 -92Q{n(x0 * 0.9)} -80 {x0} 6Q{x0 + 16} -8 {x1} 6Q{n(x1 * 0.9)} -80 0 -92Z",
            (pen.body, pen.detail, pen.shade)[i % 3],
        )
    pen.line(lines((0, -92, 0, -106)), pen.body, 5)
    pen.line(
        lines(*((x, y, x - 3, y + 13) for x, y in ((rng.uniform(-104, 104), rng.uniform(24, 96)) for _ in range(13)))),
        pen.shade,
        2.8,
    )


@motif("revenge:1.6 antihero:.7 gritty:.6 suspense:.5 exiled:.5", "復讐 鎖 罪 奴隷 逆襲 咎")
def chain(pen, rng):
    broken = rng.choice((1, 2))
    for i, (x, y) in enumerate(((-84, -74), (-42, -36), (0, 0), (42, 36), (84, 74))):
        if i == broken + 1:
            pen.line(
                f"M{x - 22} {y - 6}Q{x - 24} {y - 30} {x + 2} {y - 24}M{x + 24} {y + 4}Q{x + 24} {y + 28} {x} {y + 24}",
                pen.body,
                11,
            )
            pen.line(
                lines(
                    (x - 4, y - 40, x + 2, y - 58),
                    (x + 18, y - 30, x + 34, y - 46),
                    (x - 20, y + 26, x - 34, y + 44),
                    (x + 4, y + 40, x, y + 60),
                ),
                pen.detail,
                5,
            )
        else:
            pen.line(ellipse(x, y, 29, 21), (pen.body, pen.shade)[i % 2], 11)
    pen.fill(poly((56, -104), (70, -98), (-44, 70), (-60, 84), (-56, 62)), pen.detail)
    pen.fill(poly((40, -92), (76, -68), (70, -60), (34, -84)), pen.body)


@motif("gods:.8 bright:.5 overpowered:.5 comedy:.3 absurd:.5", "太陽 陽 最強 チート")
def sun(pen, rng):
    rays = rng.choice((12, 14, 16))
    for i, (x, y) in enumerate(ring(rays, 1)):
        a, b = ring(1, 60, turn=i / rays - 0.022)[0], ring(1, 60, turn=i / rays + 0.022)[0]
        length = 108 if i % 2 == 0 else 84
        pen.fill(poly(a, (x * length, y * length), b), pen.body if i % 2 == 0 else pen.shade)
    pen.fill(circle(0, 0, 54), pen.body)
    pen.fill("M0 -54A54 54 0 0 1 0 54Q22 0 0 -54Z", pen.shade)
    pen.line("M-30 -8Q-20 -16 -10 -8M10 -8Q20 -16 30 -8M-16 22Q0 34 16 22M0 -4L-5 10H3", pen.back, 3.6)
    pen.fill(circle(-26, 10, 5) + circle(28, 10, 5), pen.detail)


@motif("comedy:.9 absurd:1.1 romcom:.4 cooking:.3 workplace:.3", "弁当 おにぎり 飯 自販機 コンビニ")
def vending(pen, rng):
    pen.fill(rect(-60, -104, 120, 204, 8), pen.body)
    pen.fill(rect(-48, -92, 96, 104, 4), pen.back)
    for j, y in enumerate((-84, -50, -16)):
        for i in range(5):
            x = -43 + i * 18
            pen.fill(rect(x, y, 13, 22, 3), (pen.detail, pen.shade, pen.body)[(i + j + rng.randrange(2)) % 3])
    pen.fill(rect(-48, 22, 60, 22, 3), pen.shade)
    pen.fill(rect(24, 22, 22, 30, 3), pen.detail)
    pen.fill(rect(-44, 60, 88, 26, 4), pen.shade)
    pen.fill(arch(-8, 62, 14, 22), pen.detail)
