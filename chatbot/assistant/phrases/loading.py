"""Reading what the librarian says: TOML files by subject, `data/<language>/<subject>.toml`.

    closings = ["…", "…"]                        ways to say one thing, of which one is said
    without = "…"                                what can be said in one way only
    [openings]                                   the same by kind: "openings.liked"
    liked = ["…", "…"]
    [tags.isekai]                                how a tag is spoken of, see Words
    thing = "…"

What stands in braces is a slot for what the ask and the shelf give. TOML itself refuses a name that is there twice
in a file; here one that is in two files, and a sentence that is there twice, or empty, is refused.
"""

import string
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

DATA = Path(__file__).parent / "data"


class BadPhrase(ValueError):
    """A sentence that cannot be used. The message names its file and its name in there."""


class Words(NamedTuple):
    """Five ways to speak of one tag.

    thing   names it: "a dungeon", takes particles
    mod     stands before (in English also after) the kind of book
    line    says what such a book is like, to be continued by "story" (Korean, Japanese) or preceded by "it" (English)
    head    the name of that kind of book; empty where there is none
    joined  `mod` as a tone that another tone follows (Korean, Japanese); empty where it is none
    """

    thing: str
    mod: str
    line: str = ""
    head: str = ""
    joined: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """What one file holds: `variants` and `parts` by their dotted names, `tags` by their slugs."""

    tags: dict[str, Words]
    variants: dict[str, tuple[str, ...]]
    parts: dict[str, str]

    def slots(self) -> dict[str, set[str]]:
        """For each name, the slots in braces of all that is said by it."""
        written = {**self.variants, **{name: (part,) for name, part in self.parts.items()}}
        return {name: {slot for one in several for slot in slots_of(one)} for name, several in written.items()}


def slots_of(sentence: str) -> set[str]:
    return {slot for _, slot, _, _ in string.Formatter().parse(sentence) if slot}


def load(language: str, folder: Path = DATA) -> Vocabulary:
    """The Vocabulary of a language. Raises BadPhrase, or tomllib.TOMLDecodeError where a file is no TOML."""
    vocabulary = Vocabulary({}, {}, {})
    for path in sorted((folder / language).glob("*.toml")):
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        for slug, ways in values.pop("tags", {}).items():
            vocabulary.tags[slug] = _words(path, slug, ways)
        _gather(path, values, "", vocabulary)
    return vocabulary


def _words(path: Path, slug: str, ways: dict[str, str]) -> Words:
    if strange := ways.keys() - set(Words._fields):
        raise BadPhrase(f"{path.name}, tags.{slug}: {', '.join(sorted(strange))} is no way to speak of a tag")
    if not ways.get("thing") or not ways.get("mod"):
        raise BadPhrase(f"{path.name}, tags.{slug}: thing or mod is missing")
    return Words(**ways)


def _gather(path: Path, values: dict[str, Any], before: str, vocabulary: Vocabulary) -> None:
    for name, value in values.items():
        place = f"{before}{name}"
        if isinstance(value, dict):
            _gather(path, value, f"{place}.", vocabulary)
            continue
        sentences = value if isinstance(value, list) else [value]
        if not sentences or not all(isinstance(one, str) and one.strip() for one in sentences):
            raise BadPhrase(f"{path.name}, {place}: not text, or empty")
        if len(set(sentences)) < len(sentences):
            raise BadPhrase(f"{path.name}, {place}: a sentence is there twice")
        if place in vocabulary.variants or place in vocabulary.parts:
            raise BadPhrase(f"{path.name}, {place}: another file has it too")
        if isinstance(value, list):
            vocabulary.variants[place] = tuple(value)
        else:
            vocabulary.parts[place] = value
