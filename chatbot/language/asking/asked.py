"""What a question about works asks beyond its kind: what no column of the catalogue says, which tags it names, and how
it wants to be answered."""

import re

from ...catalogue.snapshot import CatalogueSnapshot
from ..stances.parse import parse
from ..words.cue_book import CueBook, plain
from ..words.phrasebook import PHRASES
from ..words.vocabulary import vocabulary
from . import traits

BOOK = CueBook("asked")
NAMELESS = "…"  # what stands where the name of a work was
NUMBER = re.compile(r"\d{1,3}")
GRADES = tuple(name for name in BOOK.sections if name.startswith("grade."))
PUPILS = tuple(name for name in BOOK.sections if name.startswith("pupil."))
NUMERALS = str.maketrans("一二三四五六", "123456")
AGE = re.compile(rf"(?<!\d)(\d{{1,2}}) ?{PHRASES.pattern('asked', 'age')}")


def topics_in(text: str) -> list[str]:
    """What is asked that the catalogue does not say (who is stronger, whether it gets better, …), in the order of the
    file."""
    lower = plain(text)
    return [
        name.removeprefix("topic.") for name in BOOK.sections if name.startswith("topic.") and BOOK.has(name, lower)
    ]


def is_put(text: str, way: str) -> bool:
    """Whether `text` asks in a `way`: sections `how.…` of asked.txt."""
    return BOOK.has(f"how.{way}", plain(text))


def age_in(text: str) -> int | None:
    """The age that `text` names, in years or by a class of a school, or None."""
    lower = plain(text)
    if found := AGE.search(lower):
        return int(found[1])
    lower = lower.translate(NUMERALS)
    classes = [(int(name.removeprefix("grade.")), match) for name in GRADES for match in BOOK.matches(name, lower)]
    ages = [first + int(match[match.lastindex or 1]) for first, match in classes]
    return min(ages, default=None)


def pupil_in(text: str) -> int | None:
    """The age of the youngest pupils that `text` speaks of where it tells no class, or None."""
    lower = plain(text)
    return min((int(name.removeprefix("pupil.")) for name in PUPILS if BOOK.has(name, lower)), default=None)


def from_age(note: str) -> int | None:
    """The age from which `note`, the English one on what is in a work, recommends it; None where it names none."""
    lower = plain(note)
    found = {
        match.start(): int(name.removeprefix("from_age."))
        for name in BOOK.sections
        if name.startswith("from_age.")
        for match in BOOK.matches(name, lower)
    }
    return found[min(found)] if found else None


def tells(note: str, what: str) -> bool:
    """Whether `note`, an English one, tells `what`: sections `note.…` of asked.txt."""
    return BOOK.has(f"note.{what}", note)


def volume_in(text: str) -> int | None:
    """The number of the one volume that `text` asks of, or None."""
    lower = plain(text)
    return next((int(NUMBER.findall(match[0])[0]) for match in BOOK.matches("how.volume", lower)), None)


def volumes_in(text: str) -> int | None:
    """The number of volumes that `text` asks whether it is so, or None."""
    lower = plain(text)
    numbered = next((int(NUMBER.findall(match[0])[0]) for match in BOOK.matches("how.volumes", lower)), 0)
    return numbered or int(BOOK.first("volumes.", lower) or 0) or None


def tags_in(text: str, catalogue: CatalogueSnapshot) -> list[str]:
    """The tags that `text` names, whatever it says of them: not by the name of a work, and what asks after something
    by other words ("does he get a girlfriend") names nothing besides."""
    parsed = parse(text, words := vocabulary(catalogue))
    text = parsed.untitled(text, NAMELESS)
    lower = plain(text)
    feared = [name.removeprefix("warning.") for name in BOOK.sections if name.startswith("warning.")]
    feared = [slug for slug in feared if BOOK.has(f"warning.{slug}", lower)]
    asked_after = traits.tags_in(text)
    other_words = asked_after or traits.traits_in(text)
    mentions = parse(traits.without(text), words).mentions if other_words else parsed.mentions
    named = [tag for one in mentions if one.kind == "tag" for tag in one.values]
    return list(dict.fromkeys([*feared, *asked_after, *named]))
