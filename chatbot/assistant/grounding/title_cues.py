"""Words that tell a title from an expression in quotes, by language; what is made of them is in `title_classifier`.

They stand in `data/<language>/title_cues.txt`, a section for each field of Cues.
"""

from dataclasses import dataclass, fields

from ...text.phrasebook import LANGUAGES
from ..phrasebook import PHRASES


@dataclass(frozen=True)
class Cues:
    """The words of one language, each field as alternatives of a regular expression.

    `offers`: what recommends or tells of reading, some words behind a title. `kinds`: what a book is called.
    `bound`: what directly behind a title tells that it is one. `before`: what directly before it tells the same.
    `too`: praise of one more book. `stops`: where what is said of a title ends. `likens`: what behind a short name
    tells that somebody likes it or compares it. `tells`: what a phrase is when it is called that and is no title.
    `features`: what a book has; a phrase that ends so tells of a book. `labels`: how a label or a heading ends.
    `headings`: over a list of anything but books.
    """

    offers: str
    kinds: str
    bound: str
    before: str
    too: str
    stops: str
    likens: str
    tells: str
    features: str
    labels: str
    headings: str


def _cues(language: str) -> Cues:
    held = PHRASES.sections("title_cues", language)
    names = [one.name for one in fields(Cues)]
    return Cues(**{name: PHRASES.alternatives("title_cues", name, language) if name in held else "" for name in names})


KOREAN, ENGLISH, JAPANESE = map(_cues, LANGUAGES)
