"""What a reply says of books, held against the catalogue.

A voice points at a candidate with `[[slug]]`. At the start of a line it is a pick: the card of that work, with the
rest of the paragraph as the reason. Elsewhere it is a mention. Every other name a reply gives is looked up; what the
catalogue does not know is marked as unverified, and never becomes a card.

- `reply_blocks` reads a reply by its lines: prose, and picks with their reasons;
- `marks` rewrites every spelling of a mark to `[[slug]]`, `led_lines` finds the lines that a candidate's title leads, by
  the titles in `candidates`;
- `reasons` cleans what is said of a pick, `tables` reads columns of titles;
- `titles_in_text` finds what else is meant as a title, set apart or (`unquoted_titles`) in running text; it judges by
  `title_classifier`, `title_cues` and `generic_words`, and strips `quotes`;
- `title_mentions` holds where a text names a work;
- `facts/` finds what is stated of works, and what of it differs from their rows.
"""

from .candidates import Given, called, given_of
from .marks import MARKED
from .reply_blocks import PickLine, Prose, claims_in, names_of, offered_by_lines, offers_in_prose, picks_in, read
from .title_mentions import Named, keys_of, names_of_refused, places_of, with_refused
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
