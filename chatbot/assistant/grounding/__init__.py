"""What a reply says of books, held against the catalogue.

A voice points at a candidate with `[[slug]]`. At the start of a line it is a pick: the card of that work, with the
rest of the paragraph as the reason. Elsewhere it is a mention. Every other name a reply gives is looked up; what the
catalogue does not know is marked as unverified, and never becomes a card.

`blocks` reads a reply by its lines; `marks` knows every dress of a mark, `heads` the lines that a candidate's title
leads, `reasons` what is left of a reason, `tables` columns of titles. What else is meant as a title is found by
`titles_in_text` and `bare_titles`, from the words in `title_cues` and `generic_words`.
"""

from .blocks import PickLine, Prose, claims_in, names_of, offered_by_lines, offers_in_prose, picks_in, read
from .heads import Given, called, given_of
from .marks import MARKED
from .named import Named, keys_of, names_of_refused, places_of, with_refused
from .titles_in_text import names_in, titles_said

__all__ = [
    "MARKED",
    "Given",
    "Named",
    "PickLine",
    "Prose",
    "called",
    "claims_in",
    "given_of",
    "keys_of",
    "names_in",
    "names_of",
    "names_of_refused",
    "offered_by_lines",
    "offers_in_prose",
    "picks_in",
    "places_of",
    "read",
    "titles_said",
    "with_refused",
]
