"""Kinds of books in languages that put all that modifies a noun before it: Korean and Japanese."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from .loading import Words


def chained(words: Sequence[Words]) -> list[str]:
    """Each modifier in the form it takes before the next: a tone before another tone is joined to it."""
    silent = Words("", "")
    return [word.joined if word.joined and after.joined else word.mod for word, after in pairwise([*words, silent])]


def modified(modifiers: Sequence[str], head: str, *, space: str, comma: str, is_clause: Callable[[str], bool]) -> str:
    """`head` after its modifiers; a clause before another clause is set off by a comma."""
    told = ""
    for one, after in pairwise([*modifiers, ""]):
        told += one + (comma if is_clause(one) and is_clause(after) else space)
    return told + head


def speaking_order(words: Sequence[Words], is_clause: Callable[[str], bool]) -> list[Words]:
    """`words` as they lead to their noun: clauses, then short modifiers, last the one that names a kind of book."""
    head = next((word for word in reversed(words) if word.head), None)
    before = [word for word in words if word is not head]
    before.sort(key=lambda word: not is_clause(word.mod))
    return [*before, head] if head else before
