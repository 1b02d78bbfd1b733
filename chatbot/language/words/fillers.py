"""Small words that lead up to the first word of a stretch that matters."""

import re

from .phrasebook import PHRASES

FILLERS = re.compile(rf"^(?:{PHRASES.pattern('focus', 'filler')}[\s,、…~]*)+")


def without_fillers(source: str) -> str:
    """`source` without what leads up to its first word: "근데", "じゃあ", "so"."""
    found = FILLERS.match(source.lower())
    return source[found.end() :] if found and found.end() < len(source) else source
