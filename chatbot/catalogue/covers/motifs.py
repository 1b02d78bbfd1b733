"""Which picture a work gets: every motif says the tags and the words of a title that call for it."""

from dataclasses import dataclass

MOTIFS = {}


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
        score = sum(weight * tags.get(tag, 0) for tag, weight in one.tags.items())
        score += 9 * sum(word in title for word in one.words)
        if score:
            scored.append((score * rng.uniform(0.55, 1.3), one))
        else:
            rng.random()  # as many draws whatever the score, so that one tag more does not redraw everything
    scored.sort(key=lambda pair: -pair[0])
    return [one for _score, one in scored] or [MOTIFS["open_book"], MOTIFS["lantern"]]
