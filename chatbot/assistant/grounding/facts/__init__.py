"""What a reply states of works, held against their rows.

- `numerals` reads numbers in digits and words;
- `statements` finds what a sentence states: volumes, status, year, people, imprint, anime, editions, seasons;
- `subjects` tells of which work;
- `credits` finds who is said to have made it, `people` tells whether a name is that of one of the persons a row has;
- `comparison` compares a statement with the row, and `corrections` is what differs, as it is kept with the turn.

Precision comes first: a true statement that is marked is worse than a false one that is not. What is asked, doubted,
conditional, planned, or said of a manga, a web version, a translation or another work states nothing here.
"""

from .comparison import corrections_in
from .corrections import Correction, Placed, corrected, placed
from .row import KnownWork
from .subjects import Mention, ends_as_title

__all__ = ["Correction", "KnownWork", "Mention", "Placed", "corrected", "corrections_in", "ends_as_title", "placed"]
