"""What a question asks to be in a work, by words that no tag is called by: "is it scary?", "밝아?", 「一話完結?」.

Words that are a tag's own are found by `parse`; what is told by no tag (the mood, whether it is episodic, whom it is
meant for, who appears) is a trait.
"""

from collections.abc import Iterator

from ..words.cue_book import CueBook, plain

BOOK = CueBook("traits")
TAG, TRAIT = "tag.", "of."  # how sections begin


def tags_in(text: str) -> list[str]:
    """The tags that `text` asks after."""
    return _found(TAG, text)


def traits_in(text: str) -> list[str]:
    """The traits that `text` asks after, by the sections of traits.txt."""
    return _found(TRAIT, text)


def without(text: str) -> str:
    """`text` with blanks for the words that ask after something in a work."""
    for start, end in spans(plain(text)):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def spans(lower: str) -> Iterator[tuple[int, int]]:
    """Where words (as `plain` has them) ask after something in a work."""
    return (match.span() for section in BOOK.sections for match in BOOK.every(section, lower))


def _found(prefix: str, text: str) -> list[str]:
    lower = plain(text)
    return [name.removeprefix(prefix) for name in BOOK.sections if name.startswith(prefix) and BOOK.has(name, lower)]
