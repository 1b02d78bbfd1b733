"""Which picture a work gets: every motif says the tags and the words of a title that call for it."""

from dataclasses import dataclass

MOTIFS = {}
# Tags that half the shelf carries say little about what to draw.
COMMON = {
    "fantasy": 0.35, "isekai": 0.4, "adventure": 0.6, "romance": 0.6, "comedy": 0.6, "action": 0.6, "overpowered": 0.6,
    "female-lead": 0.6, "reincarnation": 0.6, "high-fantasy": 0.7, "romcom": 0.7, "academy": 0.75, "modern-japan": 0.7,
    "magic-system": 0.75, "harem": 0.7, "hero-party": 0.8, "weak-to-strong": 0.8,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Motif:
    """`draw(pen, rng)` draws it. `stands`: it has feet at y = 100; the others float."""

    name: str
    draw: object
    tags: dict
    words: tuple
    stands: bool


def motif(tags, words="", stands=False):
    """Register a motif. `tags`: slugs, each with an optional weight ("dungeon:2"); `words`: parts of Japanese titles."""
    weights = {}
    for item in tags.split():
        slug, _colon, weight = item.partition(":")
        weights[slug] = float(weight or 1)

    def register(draw):
        MOTIFS[draw.__name__] = Motif(draw.__name__, draw, weights, tuple(words.split()), stands)
        return draw

    return register


def for_work(rng, title, tags):
    """Motifs for a work, the most fitting first. A word in the title outweighs every tag."""
    scored = []
    for one in MOTIFS.values():
        score = sum(weight * tags.get(tag, 0) * COMMON.get(tag, 1) for tag, weight in one.tags.items())
        score += sum(4 + 3 * len(word) for word in one.words if word in title)
        if score:
            scored.append((score * rng.uniform(0.5, 1.35), one))
        else:
            rng.random()  # as many draws whatever the score, so that one tag more does not redraw everything
    scored.sort(key=lambda pair: -pair[0])
    if not scored:
        return [MOTIFS["open_book"], MOTIFS["lantern"]]
    # A layout may prefer the second or third, so none that hardly fits may be among them.
    return [one for score, one in scored if score >= scored[0][0] * 0.5]
