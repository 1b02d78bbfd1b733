"""One real reply, to show strangers what they get: as the built-in librarian wrote it once, in each language.

What she was asked and wrote is data (`manage.py hold_example` makes it anew); its cards and receipts are made of today's
catalogue, like those of any turn.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from ..models import Turn
from .turns import PresentedTurn, present

DATA = Path(__file__).parent / "data" / "examples.json"
KEPT = ("text", "language", "reply", "wish", "candidates", "reading")  # fields of a turn


@cache
def _kept() -> dict[str, dict[str, Any]]:
    kept: dict[str, dict[str, Any]] = json.loads(DATA.read_text(encoding="utf-8"))
    return kept


def presented(language: str) -> PresentedTurn | None:
    """The example in `language`; None where the catalogue does not have all of its works."""
    turn = Turn(pk=0, state=Turn.State.DONE, voice="librarian", **_kept()[language])
    shown = present([turn])[0]
    cards = sum(len(block.cards or ()) for block in shown.blocks)
    return shown if cards == len(turn.candidates) else None
