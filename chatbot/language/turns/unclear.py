"""A reader who did not understand the last reply: "뭘 말했는데요?", "wdym", 「何を言ったの？」."""

import re

from ..acts import Act, ActPart, ReadTurn
from ..words.cue_book import plain
from .act_parts import ORDERS, Reader

LETTERS = re.compile(r"[^\W\d_]")
MAX_BESIDE = 3  # letters beside what says that it was not understood


def unclear(reader: Reader) -> ReadTurn | None:
    """The turn as one that asks to be told again what the last reply meant; None where it says anything else."""
    lower = plain(reader.text)
    if not reader.dialogue.acts or reader.parsed_works or ORDERS.has("own_words", lower):
        return None
    for match in ORDERS.matches("unclear", lower):
        if len(LETTERS.findall(lower[: match.start()] + lower[match.end() :])) <= MAX_BESIDE:
            return ReadTurn((ActPart(Act.COMPLAINT, reader.text, detail={"kind": "unclear"}),), "")
    return None
