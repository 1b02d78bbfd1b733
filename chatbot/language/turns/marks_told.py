"""What the marks of the conversation tell of a turn that speaks of them: a work on the shelf that is given up, an anime
that was seen, a series and not its reader that has stopped."""

import re
from collections.abc import Sequence

from ..acts import Act, ActPart, Question
from ..asking import questions
from ..wishes.turn_parser import asks_for_books
from ..words.cue_book import CueBook, plain
from .act_parts import SHELF, Reader, Stretch
from .talk import kind_of

ORDERS = CueBook("orders")
WANTED = "want"
MARKS = " .!?~。！…〜"
NUMBER = re.compile(r"\d+")


def taken_off(stretch: Stretch, reader: Reader) -> ActPart | None:
    """The order to take off works that this conversation has marked, in words that elsewhere only leave books out."""
    works = stretch.named.works
    if not works or not {*works} <= reader.dialogue.shelved.keys() or questions.is_question(stretch.text):
        return None
    if not ORDERS.has("again.unmark", stretch.lower.rstrip(MARKS)):
        return None
    part = ActPart(Act.VERDICT, stretch.text, works, detail={"state": "unmark"})
    reader.ordered.append(part)
    return part


def is_wanted(slug: str, reader: Reader) -> bool:
    """Whether a work was settled on in this conversation."""
    dialogue = reader.dialogue
    return dialogue.shelved.get(slug) == WANTED or (slug in dialogue.marked and dialogue.mark == WANTED)


def is_of_anime(text: str) -> bool:
    """Whether what `text` says was finished is an anime: no book has been read by that."""
    watched = kind_of(text, "verdict") == "watched" or SHELF.has("watched", plain(text))
    return watched or questions.season_in(text) is not None


def without_settled(parts: Sequence[ActPart]) -> tuple[ActPart, ...]:
    """`parts` without a wish that a decision behind it ends, and that asks for no books: "only in English!! ok, I'll take
    the inn"."""
    places = [
        place for place, part in enumerate(parts) if part.act is Act.VERDICT and part.detail.get("state") == WANTED
    ]
    ends = places[-1] if places else 0
    settled = (part for part in parts[:ends] if part.act is Act.RECOMMEND and not asks_for_books(part.text))
    gone = {id(part) for part in settled if not part.works}
    return tuple(part for part in parts if id(part) not in gone)


def told_of_series(parts: Sequence[ActPart], reader: Reader) -> tuple[ActPart, ...]:
    """`parts`, where "it stopped at 6" repeats how far a series has come that is not finished: it is no place at which
    its reader rests."""
    found = tuple(part for part in parts if not _is_of_series(part, reader))
    if found or not parts:
        return found
    return tuple(ActPart(Act.ABOUT, part.text, part.works, (Question.STATUS,)) for part in parts)


def _is_of_series(part: ActPart, reader: Reader) -> bool:
    if part.act is not Act.VERDICT or part.detail.get("state") not in ("hold", "partly") or part.detail.get("ordered"):
        return False
    works = [work for slug in part.works if (work := reader.catalogue.by_slug.get(slug))]
    said = [int(number) for number in NUMBER.findall(part.text)]
    if len(works) != 1 or SHELF.has("mine", plain(part.text)):
        return False
    return works[0].status != "completed" and said == [works[0].volumes]
