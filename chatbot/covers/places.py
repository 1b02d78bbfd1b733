"""Motifs that stand on the ground: buildings, vehicles, trees. Feet at y = 100."""

from math import cos, pi, sin

from .motifs import motif
from .pen import arch, circle, dots, ellipse, gothic, leaf, lines, mirrored, poly, rect, ring, smooth, star


def _tower(pen, x, width, top, roof, colour):
    pen.fill(rect(x - width / 2, top, width, 100 - top), colour)
    pen.fill(rect(x - width / 2 - 3, top, width + 6, 6), colour)
    pen.fill(poly((x, top - roof), (x + width / 2 + 5, top), (x - width / 2 - 5, top)), pen.shade)
    pen.fill(poly((x, top - roof), (x + width / 2 + 5, top), (x, top)), pen.body, 0.35)


@motif(
    "high-fantasy:1.6 fantasy war:1.2 politics:1.6 otome-game-world historical:.6",
    "城 王国 帝国 国家 王宮",
    stands=True,
)
def castle(pen, rng):
    towers = sorted(rng.sample((-82, -58, -34, 34, 58, 82), rng.choice((3, 4, 5))), key=lambda x: -abs(x))
    for x in towers:
        _tower(pen, x, rng.randint(13, 20), rng.randint(-30, 30) + abs(x) * 0.3, rng.randint(28, 46), pen.body)
    pen.fill(rect(-76, 44, 152, 56), pen.body)
    pen.fill("".join(rect(x, 36, 9, 10) for x in range(-76, 76, 17)), pen.body)
    top = rng.randint(-44, -24)
    pen.fill(rect(-24, top, 48, 100 - top), pen.body)
    _tower(pen, 0, rng.randint(24, 34), top, rng.randint(42, 60), pen.body)
    pen.fill(gothic(-11, 64, 22, 36), pen.back)
    windows = [(x, rng.randint(0, 1) * 8 + 54) for x in towers] + [(0, top + 18), (-12, 40), (12, 40)]
    pen.fill("".join(arch(x - 2.5, y, 5, 11) for x, y in windows), pen.detail)


@motif("cozy:.6 world-building:.4", "本好き 図書 文学 ビブリア 司書 読書", stands=True)
def book_tower(pen, rng):
    y, colours = 100, [pen.body, pen.shade, pen.detail]
    for i in range(rng.randint(8, 10)):
        high, wide = rng.randint(13, 21), rng.randint(84, 136) - i * 5
        x = rng.randint(-9, 9) - wide / 2
        colour = colours[(i + rng.randint(0, 1)) % 3]
        y -= high
        pen.fill(rect(x, y, wide, high - 1.5, 3), colour)
        side = rng.choice((-1, 1))
        edge = x if side < 0 else x + wide * 0.86
        pen.fill(rect(edge + 2, y + 2.5, wide * 0.14 - 4, high - 6.5), pen.back, 0.75)
        band = pen.back if colour != pen.back else pen.body
        pen.fill(rect(x + wide * 0.3, y, 3, high - 1.5) + rect(x + wide * 0.66, y, 3, high - 1.5), band, 0.6)
    if rng.random() < 0.5:
        pen.fill(smooth((-26, y), (-24, y - 26), (-12, y - 34), (4, y - 18), (26, y - 10), (34, y)), pen.body)
        pen.fill(poly((-22, y - 26), (-24, y - 44), (-13, y - 35), (-4, y - 43), (-5, y - 26)), pen.body)
        pen.line(smooth((32, y - 2), (46, y + 8), (42, y + 24), (48, y + 32), close=False), pen.body, 6)
    else:
        pen.line(poly((0, y), (0, y - 18), close=False), pen.body, 4)
        pen.fill(smooth((0, y - 56), (10, y - 34), (0, y - 20), (-10, y - 34)), pen.detail)


@motif("urban-fantasy:1.2 workplace slice-of-life:.7 historical:.8", "街 町 家 アパート 隣 夜", stands=True)
def rooftops(pen, rng):
    for row, colour in enumerate((pen.shade, pen.body)):
        x = -118 + row * 14
        while x < 96:
            wide, wall = rng.randint(30, 52), rng.randint(34, 64) - row * 8
            roof = rng.randint(18, 34)
            top = 100 - wall
            pen.fill(rect(x, top, wide, wall), colour)
            pen.fill(poly((x - 4, top), (x + wide / 2, top - roof), (x + wide + 4, top)), colour)
            if rng.random() < 0.5:
                pen.fill(rect(x + wide * 0.68, top - roof, 6, roof), colour)
            lit = [(x + 8 + 13 * i, top + 8 + 16 * j) for i in range(int(wide / 15)) for j in range(int(wall / 22))]
            shown = [spot for spot in lit if rng.random() < 0.6]
            pen.fill("".join(rect(a, b, 6, 8) for a, b in shown) or rect(x + 8, top + 8, 6, 8), pen.detail)
            x += wide + rng.randint(-2, 4)


@motif("japanese-style:1.6 youkai:1.6 gods:1.4 supernatural-battle:.3", "神社 巫女 神様 鬼 あやかし 怪異", stands=True)
def torii(pen, rng):
    lean, beam = rng.randint(3, 8), rng.randint(-44, -34)
    pen.fill(poly((-56 + lean, beam), (-46 + lean, beam), (-50, 100), (-64, 100)), pen.body)
    pen.fill(poly((56 - lean, beam), (46 - lean, beam), (50, 100), (64, 100)), pen.body)
    pen.fill(rect(-74, -14, 148, 12), pen.body)
    pen.fill(rect(-7, -40, 14, 28), pen.detail)
    curve = "M-104 -74Q0 -50 104 -74L98 -56Q0 -40 -98 -56Z"
    pen.fill(curve, pen.shade)
    pen.fill("M-94 -57Q0 -41 94 -57L90 -43Q0 -29 -90 -43Z", pen.body)
    pen.fill(rect(-67, 88, 20, 12) + rect(47, 88, 20, 12), pen.shade)
    if rng.random() < 0.6:
        pen.line("M-50 2Q-25 20 0 12Q25 20 50 2", pen.shade, 4)
        pen.fill(
            "".join(poly((x, 14), (x + 7, 22), (x, 27), (x + 8, 37), (x - 4, 26), (x + 2, 21)) for x in (-28, 0, 28)),
            pen.back,
        )


@motif("exiled:1.4 hero-party:.5 adventure:1.1 summoned:1.3 world-building:.6", "門 ゲート GATE", stands=True)
def gate(pen, rng):
    stones = rng.randint(9, 13)
    pen.fill(arch(-70, -70, 140, 170), pen.body)
    for i, (x, y) in enumerate(ring(stones * 2, 61, 0, 0)):
        if y < 4:
            pen.fill(circle(x, y, 5), pen.shade if i % 2 else pen.detail)
    pen.fill(arch(-50, -50, 100, 150), pen.detail)
    pen.fill(poly((-16, 100), (16, 100), (6, -26), (-6, -26)), pen.back, 0.7)
    pen.fill("M-50 100V0A50 50 0 0 1 -20 -46L-16 100Z", pen.shade)
    pen.fill("M50 100V0A50 50 0 0 0 20 -46L16 100Z", pen.shade)
    pen.fill(circle(-23, 30, 3.5) + circle(23, 30, 3.5), pen.back)
    pen.fill(rect(-86, 90, 172, 10) + rect(-78, 82, 156, 8), pen.body)


@motif(
    "academy:1.5 modern-japan:.4 mind-games:.5 childhood-friend:.5",
    "学園 学院 学校 教室 高校 生徒 先輩 後輩 青春 同級生",
    stands=True,
)
def school(pen, rng):
    pen.fill(rect(-98, 0, 196, 100), pen.body)
    tall = rng.randint(-70, -52)
    pen.fill(rect(-24, tall, 48, 100 - tall), pen.shade)
    pen.fill(poly((-30, tall), (0, tall - 22), (30, tall)), pen.body)
    pen.fill(circle(0, tall + 24, 13), pen.back)
    hour = rng.randint(0, 11) / 12
    (hx, hy), (mx, my) = ring(1, 6, 0, tall + 24, hour)[0], ring(1, 10, 0, tall + 24, rng.random())[0]
    pen.line(lines((0, tall + 24, hx, hy), (0, tall + 24, mx, my)), pen.body, 2)
    panes = [(x, y) for y in (12, 42, 72) for x in (-90, -71, -52, 38, 57, 76)]
    lit = rng.sample(panes, rng.randint(3, 8))
    pen.fill("".join(rect(x, y, 14, 17) for x, y in panes if (x, y) not in lit), pen.shade)
    pen.fill("".join(rect(x, y, 14, 17) for x, y in lit), pen.detail)
    pen.fill(arch(-12, 66, 24, 34), pen.back)
    pen.fill("".join(arch(x, 10, 9, 22) for x in (-16, 7)), pen.back, 0.6)


@motif("dungeon:2 adventure:.4 weak-to-strong:.5 hero-party:.4", "ダンジョン 迷宮 地下 階 深", stands=True)
def stairs(pen, rng):
    steps, curve = 7, rng.choice((-1, 1)) * rng.randint(2, 6)
    frame = gothic if rng.random() < 0.5 else arch
    for i in range(4):
        wide = 176 - i * 34
        colour = (pen.body, pen.shade)[i % 2]
        pen.fill(frame(-wide / 2 + i * curve, -96 + i * 30, wide, 196 - i * 30), colour)
    pen.fill(frame(-28 + 4 * curve, 8, 56, 92), pen.detail)
    for i in range(steps):
        y, half = 100 - i * 9, 62 - i * 5.4
        shift = i * curve * 0.6
        pen.fill(rect(shift - half, y - 9, half * 2, 9), pen.body if i % 2 else pen.shade)
    pen.line(lines((-76, 20, -76, 40), (76, 20, 76, 40)), pen.detail, 4)
    pen.fill(
        smooth((-76, -4), (-70, 10), (-76, 20), (-82, 10)) + smooth((76, -4), (82, 10), (76, 20), (70, 10)), pen.detail
    )


@motif("chinese-style:2 japanese-style:.8 historical:.6 politics:.4", "後宮 妃 仙 三国 華", stands=True)
def pagoda(pen, rng):
    tiers = rng.randint(3, 5)
    step = 165 / tiers
    for i in range(tiers):
        y, half = 100 - i * step, 58 - i * 34 / tiers
        pen.fill(rect(-half * 0.66, y - step + 6, half * 1.32, step), pen.body)
        count = 3 if i < tiers - 1 else 1
        pen.fill(
            "".join(
                rect(half * 0.42 * (k - (count - 1) / 2) - 4, y - step * 0.45, 8, step * 0.34) for k in range(count)
            ),
            pen.detail,
        )
        top = y - step
        pen.fill(
            f"M{-half - 16} {top + 2}Q{-half * 0.6} {top + 4} {-half * 0.5} {top - 14}H{half * 0.5}"
            f"Q{half * 0.6} {top + 4} {half + 16} {top + 2}Q{half * 0.6} {top + 14} 0 {top + 13}"
            f"Q{-half * 0.6} {top + 14} {-half - 16} {top + 2}Z",
            pen.shade,
        )
    pen.line(lines((0, -78, 0, -108)), pen.body, 4)
    pen.fill(circle(0, -108, 4) + circle(0, -96, 3.4), pen.detail)


@motif("post-apocalyptic:2 war:1 gritty:.7 sf:.5", "滅 廃 終末 旅 世界の終", stands=True)
def ruins(pen, rng):
    for x, wide in ((-96, 38), (-52, 30), (-14, 42), (36, 26), (66, 34)):
        top, shear = rng.randint(-84, 20), rng.randint(8, 26)
        colour = rng.choice((pen.body, pen.body, pen.shade))
        pen.fill(
            poly(
                (x, 100),
                (x, top + shear),
                (x + wide * 0.3, top + shear * 0.2),
                (x + wide * 0.45, top + shear * 0.9),
                (x + wide * 0.7, top),
                (x + wide, top + shear * 1.3),
                (x + wide, 100),
            ),
            colour,
        )
        cells = [(x + 5 + 9 * i, top + 36 + 14 * j) for i in range(int(wide / 10)) for j in range(int((60 - top) / 15))]
        holes = [cell for cell in cells if rng.random() < 0.55]
        pen.fill("".join(rect(a, b, 5, 8) for a, b in holes), pen.back, 0.65)
    pen.line(smooth((-108, 92), (-60, 84), (-10, 90), (40, 82), (110, 92), close=False), pen.detail, 5)
    pen.fill(
        "".join(leaf(x, 90, rng.randint(14, 26), 6, rng.uniform(-0.12, 0.12)) for x in range(-90, 100, 22)), pen.detail
    )


@motif("modern-japan:1 near-future:.6 slow-burn:.6 tearjerker:.5", "電車 列車 駅 鉄道 バス", stands=True)
def train(pen, rng):
    pen.line(lines((-130, 98, 130, 98)), pen.body, 4)
    pen.line(lines(*((x, 98, x, 106) for x in range(-126, 130, 14))), pen.body, 4, cap="butt")
    pen.fill(rect(-104, 4, 208, 82, 14), pen.body)
    pen.fill(rect(-104, 54, 208, 12), pen.detail)
    doors = rng.sample((-70, -8, 54), 2)
    pen.fill("".join(rect(x, 18, 24, 62, 2) for x in doors), pen.shade)
    for x in range(-94, 92, 31):
        pen.fill(rect(x, 18, 24, 28, 3), pen.back)
    pen.fill("".join(circle(x, 90, 8) for x in (-74, -52, 52, 74)), pen.shade)
    pen.line("M-16 4L0 -12L16 4M0 -12H34", pen.body, 3)
    pen.line(lines((-130, -13, 130, -13)), pen.body, 1.6)


@motif("adventure:.5 mystery:.6 bittersweet:.6", "海 島 灯 岬", stands=True)
def lighthouse(pen, rng):
    pen.fill(poly((0, -64), (150, -100), (150, -28)), pen.detail, 0.35)
    pen.fill(poly((0, -64), (-150, -90), (-150, -38)), pen.detail, 0.35)
    pen.fill(poly((-17, -44), (17, -44), (30, 100), (-30, 100)), pen.body)
    for i in range(3):
        y = -20 + i * 40
        half = 17 + (y + 44) * 0.09
        pen.fill(poly((-half, y), (half, y), (half + 1.7, y + 19), (-half - 1.7, y + 19)), pen.shade)
    pen.fill(rect(-24, -48, 48, 6), pen.body)
    pen.fill(rect(-13, -76, 26, 28), pen.detail)
    pen.fill("M-18 -76A18 18 0 0 1 18 -76Z", pen.body)
    pen.fill(smooth((-90, 104), (-62, 84), (-20, 92), (30, 82), (70, 94), (94, 104)), pen.shade)


@motif(
    "slow-life:1.8 cozy:1.2 found-family child-rearing crafting:.5",
    "家 暮らし 生活 農 田舎 のんびり スローライフ",
    stands=True,
)
def cottage(pen, rng):
    pen.fill(circle(64, 30, 34) + circle(84, 56, 26) + circle(46, 52, 26), pen.shade)
    pen.fill(rect(60, 50, 9, 50), pen.body)
    pen.fill(rect(-70, 30, 96, 70), pen.body)
    roof = rng.randint(-42, -26)
    pen.fill(poly((-86, 36), (-52, roof), (12, roof), (44, 36)), pen.shade)
    pen.fill(rect(-4, roof - 22, 15, 40), pen.body)
    pen.line(
        smooth((4, roof - 28), (14, roof - 40), (4, roof - 52), (18, roof - 66), (10, roof - 78), close=False),
        pen.back,
        6,
        0.8,
    )
    pen.fill(arch(-12, 56, 24, 44), pen.detail)
    pen.fill(rect(-54, 52, 26, 24, 2), pen.detail)
    pen.line(lines((-41, 52, -41, 76), (-54, 64, -28, 64)), pen.body, 2.5)
    pen.line(lines(*((x, 84, x, 100) for x in range(30, 118, 12)), (28, 90, 116, 90)), pen.body, 3.5)


@motif("modern-japan:1.5 romcom:.8 slice-of-life:.8 bittersweet:.6 siblings:.6", "夏 空 雨 放課後 夕", stands=True)
def poles(pen, rng):
    cloud = [(-30, 84), (-2, 46), (34, 20), (76, 52), (96, 84)]
    pen.fill("".join(circle(x + rng.randint(-6, 6), y, 34) for x, y in cloud), pen.detail, 0.55)
    for x, top, wide in ((-62, -96, 7), (26, -40, 5), (66, -8, 3.6)):
        pen.fill(rect(x - wide / 2, top, wide, 100 - top), pen.body)
        for j, arm in enumerate((4.6, 3.6)):
            y = top + 10 + j * wide * 3.4
            pen.fill(rect(x - wide * arm, y, wide * arm * 2, wide * 0.62), pen.body)
            pen.line(dots((x + k * wide * arm * 0.42, y - wide * 0.3) for k in (-2, -1, 1, 2)), pen.shade, wide * 0.8)
    for a in (-22, -10, 10, 22):
        pen.line(
            f"M{-62 + a} -86Q{-10 + a * 0.6} -30 {26 + a * 0.6} -30Q{48 + a * 0.5} 2 {66 + a * 0.4} 0", pen.body, 1.4
        )
        pen.line(f"M{-62 + a} -86Q-110 -64 -150 -70", pen.body, 1.4)
    pen.fill(rect(-130, 92, 260, 8), pen.body)
    if rng.random() < 0.6:
        pen.line("M-36 -58q6 -8 11 0q6 -8 11 0M-8 -74q5 -6 9 0q5 -6 9 0", pen.body, 2.4)


@motif("romcom:.8 love-triangle:1.2 bittersweet:.5 dark:.2", "観覧車 デート 遊園", stands=True)
def wheel(pen, rng):
    count, turn = rng.choice((10, 12, 14)), rng.random()
    pen.line(lines((0, -14, -44, 100), (0, -14, 44, 100), (-26, 54, 26, 54)), pen.body, 7)
    pen.line(circle(0, -14, 78) + circle(0, -14, 66), pen.body, 3)
    pen.line(lines(*((0, -14, x, y) for x, y in ring(count, 78, 0, -14, turn))), pen.body, 1.6)
    for i, (x, y) in enumerate(ring(count, 80, 0, -14, turn)):
        pen.fill(rect(x - 8, y + 1, 16, 14, 5), (pen.detail, pen.shade)[i % 2])
    pen.line(dots(ring(count, 79, 0, -14, turn)), pen.body, 5)
    pen.fill(circle(0, -14, 11), pen.detail)


@motif("adventure:1.1 slow-life:.6 cooking:.6 gods:.2", "キャンプ 旅 放浪 冒険", stands=True)
def camp(pen, rng):
    pen.fill(poly((-96, 100), (-24, -44), (54, 100)), pen.body)
    pen.fill(poly((-24, -44), (54, 100), (92, 92), (-6, -44)), pen.shade)
    pen.fill(poly((-24, -6), (2, 100), (-52, 100)), pen.detail)
    pen.line(lines((-24, -44, -34, -62), (-24, -44, -12, -62)), pen.body, 4)
    pen.line(lines((72, 98, 116, 90), (72, 90, 116, 98)), pen.body, 7)
    flame = rng.randint(40, 58)
    pen.fill(smooth((94, 94 - flame), (108, 70), (104, 90), (94, 94), (82, 88), (82, 70)), pen.detail)
    pen.fill(smooth((94, 68), (101, 80), (94, 92), (87, 82)), pen.back)


@motif("adventure:1.1 economics:.6 war:.3 historical:.4", "船 海 航海 大航海 貿易", stands=True)
def ship(pen, rng):
    pen.fill("M-96 52Q-70 60 -60 62H72Q90 56 104 40Q100 84 66 94H-58Q-88 88 -96 52Z", pen.body)
    pen.line("M-74 74H76", pen.detail, 3.5)
    for x, top, scale in ((-44, -46, 0.8), (8, -86, 1.0), (56, -40, 0.7)):
        pen.line(lines((x, top - 10, x, 62)), pen.body, 4)
        for j in range(2):
            y, wide, high = top + j * 56 * scale, (26 + j * 8) * scale, 48 * scale
            bulge = rng.randint(10, 18) * scale
            pen.fill(
                f"M{x - wide} {y}H{x + wide}Q{x + wide + bulge} {y + high / 2} {x + wide + 4} {y + high}Q{x} {y + high - 12} {x - wide + 4} {y + high}Q{x - wide + bulge} {y + high / 2} {x - wide} {y}Z",
                (pen.shade, pen.detail)[j % 2] if x == 8 else pen.shade,
            )
        pen.fill(poly((x, top - 12), (x + 18, top - 6), (x, top)), pen.detail)
    pen.line("M-130 98q16 -10 32 0t32 0t32 0t32 0t32 0t32 0t32 0t32 0", pen.shade, 5)


@motif("crafting:.8 slow-life:.8 economics:.6 high-fantasy:.3", "村 風 麦 領地 開拓", stands=True)
def windmill(pen, rng):
    pen.fill(poly((-24, -20), (24, -20), (40, 100), (-40, 100)), pen.body)
    pen.fill(poly((-30, -18), (0, -52), (30, -18)), pen.shade)
    pen.fill(arch(-10, 64, 20, 36) + arch(-6, 20, 12, 18), pen.detail)
    turn = rng.random() / 4
    for x, y in ring(4, 1, 0, 0, turn):
        a, b = x * 84, y * 84 - 24
        side = (-y * 17, x * 17)
        pen.line(lines((0, -24, a, b)), pen.body, 4)
        p1, p2 = (x * 22, y * 22 - 24), (a, b)
        pen.fill(poly(p1, p2, (p2[0] + side[0], p2[1] + side[1]), (p1[0] + side[0], p1[1] + side[1])), pen.shade)
    pen.fill(circle(0, -24, 6), pen.detail)


@motif("found-family:.8 gods:.7 heartwarming:.8 philosophical:.7 non-human-lead:.3", "樹 森 木 花 桜 緑", stands=True)
def great_tree(pen, rng):
    pen.fill(
        "M-13 100Q-42 98 -62 104Q-30 86 -15 52Q-10 20 -44 -4L-38 -10Q-14 4 -5 18L-3 -30H6L8 20Q18 2 40 -14L46 -7Q16 18 17 54Q28 88 64 104Q40 98 14 100Z",
        pen.body,
    )
    crowns = [(rng.uniform(-62, 62), rng.uniform(-78, -14)) for _ in range(9)]
    base = [(0, -58, 46), (-48, -26, 36), (48, -28, 36), (-22, -70, 32), (28, -68, 34)]
    pen.fill("".join(circle(x, y, r) for x, y, r in base), pen.shade)
    pen.fill("".join(circle(x * 0.9, y - 6, 15) for x, y in crowns[:5]), pen.body, 0.28)
    pen.fill("".join(circle(x * 0.9 - 6, y - 12, 5) for x, y in crowns), pen.detail)
    pen.fill("".join(circle(rng.uniform(-80, 80), rng.uniform(10, 96), 2.4) for _ in range(7)), pen.detail)


@motif("death-game:1.6 vrmmo:1.4 dungeon:.7 game-mechanics:.8", "塔 アインクラッド 層 天空", stands=True)
def tower(pen, rng):
    levels = rng.randint(6, 8)
    step, y = 188 / levels, 100.0
    for i in range(levels):
        half = 58 - i * 46 / levels
        pen.fill(
            poly((-half, y), (half, y), (half * 0.9, y - step + 3), (-half * 0.9, y - step + 3)),
            pen.body if i % 2 else pen.shade,
        )
        count = max(1, int(half / 9))
        spread = half * 1.5 / count
        lit = rng.randrange(count)
        for k in range(count):
            x = (k - (count - 1) / 2) * spread
            pen.fill(
                arch(x - 3.4, y - step * 0.72, 6.8, step * 0.46),
                pen.detail if k == lit or i == levels - 1 else pen.back,
            )
        pen.fill(rect(-half - 4, y - step, half * 2 + 8, 4.5), pen.body)
        y -= step
    pen.fill(poly((-9, y), (0, y - 26), (9, y)), pen.detail)
    pen.fill("".join(ellipse(x, yy, 26, 5) for x, yy in ((-62, 6), (58, -34))), pen.back, 0.8)


@motif("idol:2.4 music:1.2", "アイドル ステージ ライブ 歌 声優", stands=True)
def stage(pen, rng):
    for x, lean in ((-90, 50), (-30, 16), (30, -16), (90, -50)):
        pen.fill(poly((x - 5, -100), (x + 5, -100), (x + lean + 34, 88), (x + lean - 34, 88)), pen.detail, 0.28)
        pen.fill(rect(x - 11, -112, 22, 18, 4), pen.body)
    pen.fill(rect(-3, -8, 6, 100), pen.body)
    pen.fill(rect(-13, -58, 26, 44, 13), pen.shade)
    pen.line(lines(*((-13, y, 13, y) for y in (-48, -40, -32))), pen.back, 2)
    pen.line("M-22 -36V-28A22 22 0 0 0 22 -28V-36", pen.body, 4.5)
    pen.fill(ellipse(0, 92, 92, 12), pen.body)
    pen.fill(ellipse(0, 89, 74, 7), pen.detail, 0.75)
    pen.fill("".join(star(rng.uniform(-88, 88), rng.uniform(-60, 60), 6) for _ in range(5)), pen.back)


@motif(
    "near-future:1.3 urban-fantasy:1.1 supernatural-battle:.6 sf:.6 war:.2 suspense:.5",
    "都市 東京 街 池袋",
    stands=True,
)
def city(pen, rng):
    for colour, count, low, high in ((pen.shade, 9, -92, -10), (pen.body, 7, -40, 46)):
        x, last = -112, None
        for _ in range(count):
            wide, top = 224 / count, rng.randint(low, high)
            top = top if last is None or abs(top - last) > 16 else top - 24
            last = top
            pen.fill(rect(x, top, wide + 0.5, 100 - top), colour)
            if rng.random() < 0.4:
                pen.fill(rect(x + wide * 0.4, top - 22, 2.6, 24), colour)
            if colour == pen.body:
                spots = [
                    (x + 4 + 8 * i, top + 8 + 12 * j) for i in range(int(wide / 8)) for j in range(int((92 - top) / 12))
                ]
                lit = [spot for spot in spots if rng.random() < 0.42]
                if lit:
                    pen.fill("".join(rect(a, b, 4, 6) for a, b in lit), pen.detail)
            x += wide


@motif(
    "time-travel:.8 time-loop:.8 isekai:.6 summoned:.6 exiled:.4 reincarnation:.4 near-future:.2",
    "ドア 扉 部屋 引きこもり",
    stands=True,
)
def door(pen, rng):
    pen.fill(poly((-36, 100), (38, 100), (126, 118), (-110, 118)), pen.detail, 0.45)
    pen.fill(rect(-46, -92, 92, 192), pen.body)
    pen.fill(rect(-36, -82, 72, 182), pen.detail)
    inner = rng.choice(("stars", "sun", "hill"))
    if inner == "stars":
        pen.line(dots((rng.uniform(-20, 32), rng.uniform(-74, 80)) for _ in range(14)), pen.back, 4)
    elif inner == "sun":
        pen.fill(circle(12, -30, 20), pen.back)
    else:
        pen.fill("M-36 70Q0 30 36 56V100H-36Z", pen.back)
    pen.fill(poly((-36, -82), (-36, 100), (-88, 116), (-88, -98)), pen.shade)
    pen.line(
        poly((-80, -80), (-46, -70), (-46, 4), (-80, 6)) + poly((-80, 24), (-46, 22), (-46, 86), (-80, 96)),
        pen.body,
        2.4,
    )
    pen.fill(circle(-44, 14, 4), pen.detail)


@motif("economics:2 crafting:1.2 cooking:.6 workplace:.7 slow-life:.4", "商 店 屋 食堂 居酒屋 ギルド 喫茶", stands=True)
def stall(pen, rng):
    pen.fill(rect(-78, -30, 156, 130), pen.shade)
    pen.fill(rect(-68, -20, 136, 62), pen.detail)
    pen.fill(
        "".join(
            rect(x, 42 - h, w, h)
            for x, w, h in ((-58, 14, 26), (-38, 10, 34), (-22, 20, 18), (8, 12, 30), (28, 16, 22), (50, 10, 36))
        ),
        pen.body,
    )
    pen.fill(rect(-88, 42, 176, 12), pen.body)
    pen.line(lines(*((x, 58, x, 96) for x in range(-66, 70, 22))), pen.body, 3)
    stripes = rng.choice((6, 7, 8))
    wide = 196 / stripes
    for i in range(stripes):
        x = -98 + i * wide
        inset = 14 * (1 - 2 * i / stripes), 14 * (1 - 2 * (i + 1) / stripes)
        colour = (pen.body, pen.back)[i % 2]
        pen.fill(poly((x + inset[0], -76), (x + wide + inset[1], -76), (x + wide, -34), (x, -34)), colour)
        pen.fill(f"M{x:.1f} -35a{wide / 2:.1f} 11 0 0 0 {wide:.1f} 0z", colour)
    pen.line(lines((-82, -76, 82, -76)), pen.body, 5)


@motif("horror:1.6 gritty:.8 dark:.8 monsters:.4", "死 墓 葬 骸", stands=True)
def graves(pen, rng):
    pen.line("M70 104Q60 40 84 -10Q96 -40 78 -92M78 20Q50 -6 46 -44M84 -14Q110 -34 112 -66M60 -20L38 -30", pen.body, 7)
    for x, top, wide in ((-66, 20, 44), (-4, -14, 52), (44, 46, 34)):
        lean = rng.randint(-7, 7)
        d = f"M{x - wide / 2} 104L{x - wide / 2 + lean} {top + wide / 2}A{wide / 2} {wide / 2} 0 0 1 {x + wide / 2 + lean} {top + wide / 2}L{x + wide / 2} 104Z"
        pen.fill(d, rng.choice((pen.body, pen.shade)))
        cx, cy = x + lean * 0.8, top + wide * 0.62
        pen.line(lines((cx, cy - 11, cx, cy + 16), (cx - 9, cy - 2, cx + 9, cy - 2)), pen.detail, 3.6)
    pen.line(
        lines(*((x, 104, x + rng.randint(-5, 5), rng.randint(84, 96)) for x in range(-104, 104, 9))), pen.shade, 2.6
    )


@motif(
    "adventure:.6 isekai:.8 hero-party:1 weak-to-strong:1 overpowered:.5 adult-lead:.5",
    "旅 勇者 冒険者 放浪 剣士 傭兵",
    stands=True,
)
def traveller(pen, rng):
    pen.fill("M-4 -50Q-30 -40 -34 0L-48 92Q-20 102 0 98Q24 104 46 90L32 -2Q28 -40 4 -50Z", pen.body)
    pen.fill("M2 -48Q28 -38 32 0L46 90Q30 100 12 99Q10 20 2 -48Z", pen.shade)
    pen.fill(smooth((0, -84), (17, -70), (15, -50), (0, -40), (-15, -50), (-17, -70)), pen.body)
    pen.fill(rect(-18, 92, 12, 14, 3) + rect(6, 92, 12, 14, 3), pen.body)
    if rng.random() < 0.5:
        pen.line(lines((-52, 70, 52, -72)), pen.detail, 5)
        pen.line(lines((28, -60, 50, -40)), pen.detail, 5)
        pen.line("M-30 -14Q0 6 32 -12", pen.detail, 5)
    else:
        pen.line(lines((56, 104, 56, -84)), pen.detail, 4.5)
        pen.fill(star(56, -92, 14, 4, 0.36), pen.detail)
        pen.line(poly((32, 4), (56, 8), close=False), pen.body, 11)
    pen.line("M-26 -34Q0 -18 26 -34Q34 -22 60 -26", pen.detail, 7)


@motif("magic-system:1.1 female-lead:.5 summoned:.3 academy:.2 genius:.3", "魔女 魔法 魔導 魔術", stands=True)
def witch(pen, rng):
    pen.fill("M0 -46Q-26 -30 -36 24L-58 98H58L36 24Q26 -30 0 -46Z", pen.body)
    pen.fill("M4 -44Q28 -26 36 24L58 98H18Q24 30 4 -44Z", pen.shade)
    hair = rng.choice((30, 52, 70))
    pen.fill(f"M-22 -46Q-34 0 -26 {hair}Q0 {hair + 12} 26 {hair}Q34 0 22 -46Z", pen.detail)
    pen.fill("M-58 -44Q0 -66 58 -44Q30 -30 0 -32Q-30 -30 -58 -44Z", pen.body)
    tip = rng.choice((-1, 1)) * rng.randint(14, 30)
    pen.fill(
        f"M-27 -48Q-14 -84 -4 -98Q{tip * 0.6} -112 {tip} -104Q{tip * 0.4} -94 14 -84Q22 -66 27 -48Q0 -58 -27 -48Z",
        pen.body,
    )
    pen.line("M-26 -51Q0 -60 26 -51", pen.shade, 5)
    pen.line(lines((66, 104, 44, -20)), pen.body, 4.5)
    pen.fill(circle(43, -28, 8), pen.detail)


@motif(
    "romance:1 romcom:1.2 slow-burn:1.2 childhood-friend:1 marriage:.8 yuri:.9 bl:.9 love-triangle:.6",
    "恋 彼女 君 二人 ふたり 隣",
    stands=True,
)
def pair(pen, rng):
    gap = rng.randint(17, 25)
    pen.fill(
        f"M{-gap - 15} 100L{-gap - 10} 40L{-gap - 16} -4Q{-gap} -20 {-gap + 16} -4L{-gap + 10} 40L{-gap + 13} 100Z",
        pen.body,
    )
    pen.fill(circle(-gap, -32, 15), pen.body)
    pen.fill(
        f"M{gap - 24} 66Q{gap - 14} 30 {gap - 12} 8Q{gap} -2 {gap + 12} 8Q{gap + 14} 30 {gap + 24} 66Q{gap} 72 {gap - 24} 66Z",
        pen.shade,
    )
    pen.fill(rect(gap - 9, 64, 7, 36) + rect(gap + 2, 64, 7, 36), pen.body)
    pen.fill(
        f"M{gap - 15} -14Q{gap - 15} -36 {gap} -36Q{gap + 16} -36 {gap + 16} -10Q{gap + 20} 14 {gap + 17} 34Q{gap} 40 {gap - 16} 32Q{gap - 18} 10 {gap - 15} -14Z",
        pen.detail,
    )
    pen.line(lines((-gap + 13, 6, 0, 30), (gap - 11, 12, 0, 30)), pen.body, 6)
    if rng.random() < 0.45:
        pen.line(lines((-gap + 12, 6, 4, -34), (4, -30, 4, -64)), pen.body, 3)
        pen.fill(
            "M-72 -44Q-60 -88 4 -92Q68 -88 80 -44Q66 -54 52 -44Q40 -54 28 -44Q16 -54 4 -44Q-8 -54 -20 -44Q-32 -54 -46 -44Q-58 -54 -72 -44Z",
            pen.detail,
        )


@motif("mecha:2.4 war:.7 military:1", "機 鋼 兵 戦記 シックス", stands=True)
def walker(pen, rng):
    for side in (-1, 1):
        pen.line(poly((side * 24, 6), (side * 66, -30), (side * 92, 98), close=False), pen.body, 9)
        pen.line(poly((side * 20, 16), (side * 44, 2), (side * 52, 98), close=False), pen.shade, 8)
        pen.fill(circle(side * 66, -30, 9) + circle(side * 44, 2, 8), pen.body)
        pen.fill(poly((side * 82, 100), (side * 92, 86), (side * 104, 100)), pen.body)
    pen.fill(poly(*mirrored((0, -34), (26, -28), (40, 4), (28, 26), (12, 34))), pen.body)
    pen.fill(poly(*mirrored((0, -22), (18, -18), (24, 2), (0, 8))), pen.shade)
    pen.fill(circle(0, -2, 8), pen.detail)
    pen.fill(poly((-8, -34), (8, -34), (60, -96), (50, -104)), pen.body)
    pen.line(lines((-22, -30, -34, -66)), pen.body, 3)
    if rng.random() < 0.7:
        pen.fill("".join(circle(x, 102, 3) for x in range(-40, 50, 14)), pen.detail)


@motif("space:1.6 sf:1 near-future:.8", "宇宙 銀河 ロケット")
def rocket(pen, rng):
    plume = rng.randint(60, 96)
    pen.fill(smooth((-15, 52), (-10, plume), (0, plume + 22), (10, plume), (15, 52)), pen.detail)
    pen.fill(smooth((-7, 52), (0, plume * 0.95), (7, 52)), pen.back)
    for side in (-1, 1):
        pen.fill(f"M{side * 24} 0Q{side * 54} 20 {side * 54} 66Q{side * 40} 46 {side * 20} 44Z", pen.shade)
    pen.fill("M0 -104Q34 -66 28 0Q26 34 17 52H-17Q-26 34 -28 0Q-34 -66 0 -104Z", pen.body)
    pen.fill("M0 -104Q34 -66 28 0Q26 34 17 52H4Q16 -20 0 -104Z", pen.shade, 0.7)
    pen.fill(circle(0, -34, 13), pen.back)
    pen.fill(circle(0, -34, 8.5), pen.detail)
    pen.line("M-25 -66Q0 -56 25 -66", pen.detail, 4)
    pen.line("M-26 22Q0 30 26 22", pen.detail, 4)


def _orbit(angle, rx, ry, tilt):
    x, y = rx * cos(angle), ry * sin(angle)
    return x * cos(tilt) - y * sin(tilt), x * sin(tilt) + y * cos(tilt)


@motif("space:1.5 sf:1 philosophical:.6 world-building:.5", "星 惑星 銀河")
def planet(pen, rng):
    tilt = rng.uniform(-0.5, 0.5)
    back = [_orbit(pi + pi * i / 14, 104, 26, tilt) for i in range(15)]
    front = [_orbit(pi * i / 14, 104, 26, tilt) for i in range(15)]
    pen.line(smooth(*back, close=False), pen.shade, 9)
    pen.fill(circle(0, 0, 64), pen.body)
    pen.fill("M0 -64A64 64 0 0 1 0 64A86 86 0 0 0 0 -64Z", pen.shade)
    for y in sorted(rng.sample(range(-44, 45, 11), 3)):
        half = (62**2 - y * y) ** 0.5
        pen.line(f"M{-half:.0f} {y}Q0 {y + 12} {half:.0f} {y}", pen.detail, rng.choice((2, 4, 6)), 0.8)
    pen.line(smooth(*front, close=False), pen.detail, 9)
    x, y = _orbit(rng.uniform(3.4, 6), 128, 60, tilt)
    pen.fill(circle(x, y, 11), pen.detail)
