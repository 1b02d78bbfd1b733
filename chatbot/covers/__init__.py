"""Covers drawn by ourselves: an SVG from the work's tone, tags and titles. The slug seeds every choice, so a work keeps
its cover; nothing here reads the clock or the database.

`draw` is what the views call. The parts: `palettes` (colours), `motifs` with `places`, `things` and `creatures` (what is
drawn), `scenery` (around it), `compositions` (the layout), `lettering` (titles), `pen` (outlines).
"""

import hashlib
import random
from dataclasses import dataclass, field

from django.template.loader import get_template

from . import compositions, creatures, lettering, motifs, palettes, places, things  # noqa: F401 - register their motifs
from .lettering import SANS, SERIF, Block

# Raise it when drawings change, so that browsers fetch them anew.
EDITION = 1
MODERN = {"romcom", "gaming", "sf", "near-future", "vrmmo", "comedy", "absurd", "idol", "workplace", "mecha", "space"}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a cover is drawn from. `tags` maps slugs to strengths."""

    slug: str
    title_ja: str
    title_ko: str = ""
    authors: tuple = ()
    authors_ko: tuple = ()
    tone: int = 0
    tags: dict = field(default_factory=dict)


def subject(novel):
    """The novel's part in its cover. Reads its tags: prefetch them with `with_tags()`."""
    return Subject(
        slug=novel.slug,
        title_ja=novel.title_ja,
        title_ko=novel.title_ko,
        authors=tuple(novel.authors),
        authors_ko=tuple(novel.authors_ko),
        tone=novel.tone,
        tags={one.tag.slug: one.strength for one in novel.novel_tags.all()},
    )


def draw(novel, language=None):
    """The cover as SVG text. `language` of the lettering, "ko" or "ja"; the work's own choice when it is neither."""
    return get_template("catalogue/cover.svg").render(sheet(subject(novel), language))


def fingerprint(content):
    return hashlib.blake2s(content, digest_size=8).hexdigest()


def sheet(work, language=None):
    """Everything on the cover as plain data: layers of shapes, and blocks of glyphs with their places."""
    rng = random.Random(f"{work.slug}/{EDITION}")  # noqa: S311 - the same drawing every time is the point
    palette = palettes.for_work(rng, work.tone, work.tags)
    own_language = "ko" if rng.random() < 0.42 else "ja"
    language = language if language in {"ko", "ja"} else own_language
    text = Lettering(rng, work, language)
    chosen = motifs.for_work(rng, work.title_ja, work.tags)
    layout = compositions.for_work(rng, text.vertical, lettering.width(text.title + text.subtitle))
    page = compositions.Page(rng, palette, chosen, work.tags, text)
    layout(page)
    return {
        "layers": page.layers,
        "clips": page.clips,
        "gradients": page.gradients,
        "tile": page.tile,
        "blocks": text.blocks,
        "marks": text.marks,
        "grain": rng.choice((0.1, 0.14, 0.18)),
        "seed": rng.randrange(100),
        "layout": layout.__name__,
        "motif": chosen[0].name,
        "palette": palette,
    }


class Lettering:
    """Title, author and our mark, set where a layout asks for them."""

    def __init__(self, rng, work, language):
        self.rng, self.language = rng, language
        title = lettering.clean(work.title_ja if language == "ja" else work.title_ko or work.title_ja) or work.slug
        self.title, self.subtitle = lettering.split_title(title)
        authors = work.authors if language == "ja" else work.authors_ko or work.authors
        self.author = lettering.clean("・".join(authors) if language == "ja" else ", ".join(authors))
        # Columns suit Japanese; a title mostly of Latin letters lies down.
        latin = sum(char.isascii() and char.isalpha() for char in self.title)
        self.vertical = language == "ja" and latin * 2 < len(self.title) and rng.random() < 0.74
        modern = sum(strength for tag, strength in work.tags.items() if tag in MODERN)
        self.sans = rng.random() < min(0.75, 0.06 + modern * 0.1)
        self.weight = rng.choice((700, 900)) if self.sans else rng.choice((500, 600, 700))
        self.blocks, self.marks = [], []
        self.size = 0

    def block(self, colour, weight=None, anchor="middle"):
        family = (SANS if self.sans else SERIF)[self.language]
        block = Block(self.language, family, weight or self.weight, colour, anchor)
        self.blocks.append(block)
        return block

    def columns_width(self):
        """How wide the columns of this title want to be."""
        ems = sum(cell[2] for cell in lettering.cells(self.title))
        main = 84 if ems <= 5 else 62 if ems <= 8 else 104 if ems <= 15 else 132 if ems <= 24 else 168
        return main + (30 if self.subtitle else 0)

    def depth(self, most):
        """How far down the columns may reach; short titles need not."""
        ems = sum(cell[2] for cell in lettering.cells(self.title))
        return min(most, max(240, ems * (84 if ems <= 5 else 56)))

    def rise(self, most):
        """How high the lines of this title want to be."""
        ems = lettering.width(self.title) + lettering.width(self.subtitle) * 0.5
        return min(most, 74 + ems * 5.4)

    def columns(self, box, colour, align="right", most=84.0):
        x, y, wide, high = box
        if not self.subtitle:
            lettering.set_columns(self.block(colour), self.title, box, most, align=align)
            return
        room = max(24, min(wide * 0.3, 40))
        size, (left, _top, _took, _tall) = lettering.set_columns(
            self.block(colour), self.title, (x + room, y, wide - room, high), most, align=align
        )
        small = self.block(colour, weight=500)
        right = left - size * 0.28
        lettering.set_columns(
            small, self.subtitle, (right - room, y + size * 0.7, room, high - size * 0.7), min(size * 0.5, 22)
        )

    def lines(self, box, colour, align="middle", valign="top", most=58.0):
        x, y, wide, high = box
        if not self.subtitle:
            lettering.set_lines(self.block(colour), self.title, box, most, align=align, valign=valign)
            return
        share = 0.34
        size, (_left, top, _wide, took) = lettering.set_lines(
            self.block(colour),
            self.title,
            (x, y, wide, high * (1 - share)),
            most,
            align=align,
            valign="top" if valign == "top" else "middle",
        )
        lettering.set_lines(
            self.block(colour, weight=500),
            self.subtitle,
            (x, top + took + size * 0.38, wide, max(high * share - size * 0.1, 24)),
            min(size * 0.52, 22),
            align=align,
        )

    def foot(self, colour, y, middle=200, wide=330, anchor="middle", accent=None):
        """The author's name, under our mark where there is room."""
        name = self.author
        size = min(14.5, wide / max(lettering.width(name), 1))
        while size < 8.5 and len(name) > 4:
            name = name[: int(len(name) * 0.8)].rstrip() + "…"
            size = min(14.5, wide / lettering.width(name))
        block = self.block(colour, weight=500, anchor=anchor)
        if name:
            block.texts.append(lettering.Text(name, f"{middle:.1f}", f"{y:.1f}", f"{size:.1f}"))
        if self.rng.random() < 0.5 and wide > 200 and anchor == "middle":
            self.mark(middle, y - 27, accent or colour)

    def mark(self, x, y, colour):
        """The house's sign: a lamp over an open book."""
        self.marks.append((f"{x:.1f}", f"{y:.1f}", colour))
