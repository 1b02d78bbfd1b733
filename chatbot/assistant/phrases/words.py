"""How a language speaks of a tag."""

from typing import NamedTuple


class Words(NamedTuple):
    """Four ways to speak of one tag.

    thing  names it: "a dungeon", takes particles
    mod    stands before (in English also after) the kind of book
    line   says what such a book is like, to be continued by "story" (Korean, Japanese) or preceded by "it" (English)
    head   the name of that kind of book; empty where there is none
    """

    thing: str
    mod: str
    line: str = ""
    head: str = ""


def table(text):
    """Words by slug from lines of `slug | thing | mod | line | head`."""
    rows = (line.split("|") for line in text.strip().splitlines())
    return {slug.strip(): Words(*(cell.strip() for cell in cells)) for slug, *cells in rows}
