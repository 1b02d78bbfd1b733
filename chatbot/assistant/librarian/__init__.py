"""The built-in librarian: replies composed from the catalogue, with no model behind them.

Her words are in `phrases`. What is said and in which order is decided here; which of several phrasings is used follows
from the turn and the work, so that the same turn always reads the same and two turns seldom do.
"""

from .. import Brief, Events, Text
from .answers import paragraphs
from .reply import Reply

NAME = "librarian"
VERSION = "2"  # of her words, kept with every turn


def model_name() -> str:
    return ""


def prompt_version(brief: Brief) -> str:
    return VERSION


def write(brief: Brief) -> Events:
    """The reply, a paragraph at a time."""
    for number, paragraph in enumerate(paragraphs(Reply(brief))):
        yield Text(f"\n\n{paragraph}" if number else paragraph)
