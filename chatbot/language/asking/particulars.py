"""What is asked of a work beyond the questions that `acts` names, and in which way a question is put."""

from ..words.cue_book import CueBook, plain

BOOK = CueBook("particulars")


def topic_in(text: str) -> str:
    """What is asked that the catalogue has no column for (price, ebook, cover, …), or ""."""
    return BOOK.first("about.", plain(text))


def is_put(text: str, *ways: str) -> bool:
    """Whether `text` asks in one of `ways`: sections `how.…` of particulars.txt."""
    lower = plain(text)
    return any(BOOK.has(f"how.{way}", lower) for way in ways)


def lines_in(text: str) -> int:
    """How many sentences an answer is to have, 0 where nothing is said of it."""
    return int(BOOK.first("lines.", plain(text)) or 0)
