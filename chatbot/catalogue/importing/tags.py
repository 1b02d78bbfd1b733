"""What AniList and RanobeDB call the things our tags mean. What stands in no table is counted, never guessed."""

from collections.abc import Iterable
from pathlib import Path

from ...text.folding import key
from .records import MAX_TAGS

TABLE = Path(__file__).parent / "data" / "tags.tsv"


def read_table(path: Path) -> dict[str, str]:
    """Folded name to the slug it means, of a file with a name, a tab and a slug a line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    return {key(name): slug for name, slug in rows}


SLUG_OF = read_table(TABLE)


def from_names(names: Iterable[tuple[str, int]]) -> tuple[dict[str, int], list[str]]:
    """({slug: strength}, unknown names) of (name, strength) pairs, the strongest first when there are too many."""
    found: dict[str, int] = {}
    unknown: list[str] = []
    for name, strength in names:
        if slug := SLUG_OF.get(key(name)):
            found[slug] = max(strength, found.get(slug, 0))
        else:
            unknown.append(name[:60])
    strongest = sorted(found, key=lambda slug: -found[slug])[:MAX_TAGS]
    return {slug: found[slug] for slug in strongest}, unknown
