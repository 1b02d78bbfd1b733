"""Colours. Each palette was put together by hand; a work finds its own by tone and genre."""

from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Palette:
    """`ground` is the cover's cloth; `deep` and `light` carry lettering; `mid` and `accent` are for shapes."""

    ground: str
    deep: str
    mid: str
    light: str
    accent: str


# By tone, from very dark to very bright: ground, deep, mid, light, accent.
BY_TONE = {
    -2: [
        ("#17130f", "#0c0a08", "#5b2522", "#e4d6bf", "#c0392b"),
        ("#1c2128", "#0e1116", "#48525e", "#e5dfd1", "#b3904f"),
        ("#d9cdb8", "#191613", "#7d6f5e", "#efe7d8", "#9c1f1f"),
        ("#221630", "#120b1b", "#55396b", "#dccfe0", "#d0a637"),
        ("#101d1a", "#081110", "#31534a", "#d6dfca", "#b9c65a"),
        ("#7a1616", "#1b0a0a", "#a83a2c", "#f0e2cc", "#e8b04a"),
        ("#0f1b26", "#070e15", "#2f5068", "#d3dde0", "#e2583f"),
        ("#b9b4a7", "#1d1c1b", "#66615a", "#ece8dd", "#3d5a4c"),
    ],
    -1: [
        ("#20323a", "#101b20", "#3f6470", "#eadfca", "#cf7a45"),
        ("#3a1c33", "#1e0d1a", "#6e3a5e", "#efdcd4", "#d9a441"),
        ("#1f3327", "#0f1b14", "#4a6b4c", "#ebe3c9", "#c4553b"),
        ("#16294a", "#0b1529", "#3b5a8a", "#ece4d3", "#dd5a38"),
        ("#e2d5bf", "#1f2a30", "#6d7f80", "#f6efe0", "#a8432f"),
        ("#57202c", "#260d14", "#8c4450", "#f3e1d6", "#e0a05a"),
        ("#2b2b33", "#141419", "#565a68", "#e7e3dc", "#56a39a"),
        ("#c9c0a8", "#26221b", "#857a5e", "#f2ecdb", "#32546b"),
    ],
    0: [
        ("#efe4cd", "#1f2d4d", "#7e93a8", "#fbf5e6", "#cf4a30"),
        ("#14504a", "#0a2724", "#3f8274", "#f1e8d0", "#e2ad4c"),
        ("#1f3560", "#0e1a33", "#5474a6", "#f2e9d8", "#ee7b5c"),
        ("#d99a2b", "#2b1d12", "#a4641f", "#f8ecd0", "#8c2a20"),
        ("#b5482f", "#2a120c", "#8a3322", "#f6e6cf", "#f0b95a"),
        ("#e8dcc6", "#33271f", "#a58f6f", "#f9f2e2", "#2f6f68"),
        ("#5c6f52", "#1d2619", "#8b9c74", "#f3ecd5", "#e0963c"),
        ("#4a3a66", "#211833", "#7d6aa0", "#f0e7df", "#eab86a"),
        ("#9fb4b8", "#1f2f37", "#5f7f88", "#f3efe3", "#c9503c"),
    ],
    1: [
        ("#a9cfd8", "#1d3c50", "#5c97a8", "#fbf6e8", "#e9694a"),
        ("#c9d5b5", "#2d4030", "#86a077", "#fbf5e3", "#e28a5b"),
        ("#f0c75e", "#2a3a44", "#d39a35", "#fdf6e0", "#2f7f86"),
        ("#cfc3e0", "#31285a", "#8f7fb8", "#fbf6f0", "#e0704f"),
        ("#f3e3d3", "#4a2a33", "#d9a39a", "#fffaf1", "#c2475a"),
        ("#7fb7a4", "#173a36", "#4c8c7c", "#fbf3df", "#d94f3a"),
        ("#e9a48e", "#4b1f28", "#c9705f", "#fdf1e4", "#2f5d62"),
        ("#f4ead2", "#24406b", "#8db0cf", "#fffaec", "#e8a12f"),
        ("#3f86b0", "#10304a", "#7fb6d3", "#fbf5e4", "#f5b83d"),
    ],
    2: [
        ("#f8d96b", "#1f4f7a", "#f0b43c", "#fffaea", "#e8604c"),
        ("#f6c6c8", "#5a2745", "#e58fa0", "#fff8f2", "#3f9c8f"),
        ("#f29a4a", "#5a2314", "#d9702c", "#fff5e2", "#2f6f8f"),
        ("#bfe3dc", "#1c4a56", "#74bdb5", "#fffaf0", "#f0708a"),
        ("#fbeec8", "#7a2f2a", "#f0bf7a", "#fffcf2", "#4a9a63"),
        ("#ffd3b0", "#46304f", "#f2a07a", "#fff9f0", "#5a7fd0"),
        ("#9ad0ee", "#1d3f78", "#5aa6d8", "#fffbef", "#ff8a5c"),
        ("#d5e8a8", "#2f4f2a", "#9cc365", "#fffbea", "#e9573f"),
    ],
}
# By what the work is about, beside the tone's own; the number says which tones may wear it.
BY_TAG = {
    "horror": [((-2, 0), ("#0d0d0f", "#050506", "#3b3f3a", "#dcd8c8", "#a31621"))],
    "japanese-style": [
        ((-2, 2), ("#f0e6d2", "#22304f", "#8aa0a0", "#fbf6ea", "#c8402a")),
        ((-2, 2), ("#25405f", "#111f33", "#5f86a8", "#f3ead6", "#d9573a")),
        ((-1, 2), ("#b8432f", "#2a1010", "#8f2f22", "#f7ead2", "#e6b65c")),
    ],
    "chinese-style": [
        ((-2, 2), ("#8f2222", "#220b0b", "#b8503a", "#f5e6c8", "#dfae4e")),
        ((-1, 2), ("#e9ddc0", "#1f3a34", "#7fa08c", "#faf4e2", "#b33a2c")),
        ((-1, 2), ("#1d4a44", "#0c2320", "#4f8274", "#f2e7cb", "#d8a24a")),
    ],
    "space": [
        ((-2, 2), ("#10142e", "#080a1a", "#3d4a8a", "#e9e6f2", "#f2a65a")),
        ((-2, 1), ("#1a1030", "#0c0719", "#5a3a8a", "#e8e0f0", "#5fd0c8")),
    ],
    "sf": [
        ((-2, 2), ("#101c2b", "#070e17", "#2f5f7a", "#e2ecec", "#ff6a4d")),
        ((-1, 2), ("#dfe3dc", "#1f2a33", "#90a3a6", "#f7f8f2", "#e8502f")),
    ],
    "vrmmo": [((-1, 2), ("#122b3d", "#081521", "#2f7f9a", "#e5f0ec", "#7fd68a"))],
    "romance": [
        ((-1, 2), ("#e6b8b0", "#4a1a2b", "#cf8a86", "#fdf3ec", "#8f2f4a")),
        ((-1, 2), ("#6a2038", "#2c0a18", "#a34f63", "#f7e2da", "#e9b26a")),
    ],
    "romcom": [
        ((0, 2), ("#ffe0d6", "#3a3060", "#f5a79a", "#fffaf5", "#4a8fc0")),
        ((0, 2), ("#cfe4f2", "#2a3f6a", "#8fb8dc", "#fffcf5", "#f0738a")),
        ((0, 2), ("#f7e9b8", "#274b52", "#a8c9b0", "#fffdf0", "#ef7f5a")),
    ],
    "villainess": [
        ((-1, 2), ("#3d1a4a", "#1b0a22", "#7a4a8a", "#f4e6e2", "#e0b04f")),
        ((-1, 2), ("#a02040", "#3a0a18", "#d0607a", "#fdebe4", "#f0c070")),
    ],
    "cooking": [
        ((-1, 2), ("#f2dfb6", "#4a2416", "#d69a5a", "#fff8e8", "#c43d24")),
        ((-1, 2), ("#6f7f3f", "#262c12", "#9cab62", "#f7efd2", "#e2753a")),
    ],
    "slow-life": [
        ((0, 2), ("#dfe2c0", "#33452c", "#9fb27c", "#fbf8e8", "#d9783f")),
        ((0, 2), ("#f0dcb0", "#3f4a2a", "#c9a45a", "#fff9e8", "#6f9a5a")),
    ],
    "war": [((-2, 0), ("#5a5a44", "#1e1e15", "#84836a", "#ece5cf", "#b8432a"))],
    "military": [((-2, 1), ("#3f4a44", "#171c19", "#6f7f74", "#e6e2d0", "#d0682f"))],
    "post-apocalyptic": [((-2, 0), ("#c98a5a", "#2a1a14", "#96603f", "#f3e2c6", "#37555a"))],
    "mystery": [
        ((-2, 1), ("#2a2438", "#13101b", "#5a4f70", "#e9e2d6", "#d9b44a")),
        ((-1, 2), ("#ded6c4", "#2a2a2e", "#96907f", "#f7f2e6", "#6f2f3f")),
    ],
    "cozy": [((0, 2), ("#e9c9a0", "#4a2f22", "#c4946a", "#fdf4e2", "#4f7f78"))],
    "academy": [((-1, 2), ("#e4ebe6", "#24384f", "#8fa9b8", "#fdfcf4", "#e2604a"))],
}


def for_work(rng, tone, tags):
    choices = list(BY_TONE[max(-2, min(2, tone))])
    for tag, offers in BY_TAG.items():
        strength = tags.get(tag, 0)
        if strength >= 2:
            choices += [colours for (least, most), colours in offers if least <= tone <= most] * strength
    palette = Palette(*rng.choice(choices))
    turn = rng.uniform(-0.018, 0.018)
    return replace(palette, **{name: turned(getattr(palette, name), turn) for name in ("ground", "mid", "accent")})


def parts(colour):
    return tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))


def whole(rgb):
    return "#" + "".join(f"{round(max(0, min(1, value)) * 255):02x}" for value in rgb)


def turned(colour, by):
    """The hue moved a little, so that two works of one palette still differ on the shelf."""
    hue, light, depth = rgb_to_hls(*parts(colour))
    return whole(hls_to_rgb((hue + by) % 1, light, depth))


def mix(one, other, share):
    return whole(a + (b - a) * share for a, b in zip(parts(one), parts(other), strict=True))


def luminance(colour):
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def readable(ground, *wishes, least=4.5):
    """The first of `wishes` that can be read on `ground`; failing all, the better of black and white."""
    for colour in wishes:
        if contrast(colour, ground) >= least:
            return colour
    return max(("#000000", "#ffffff"), key=lambda colour: contrast(colour, ground))
