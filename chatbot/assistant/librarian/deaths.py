"""Whether anybody dies in a work, as far as the note on what is in it tells: who does is noted nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from ...language.asking import asked
from .telling import Telling, content_note


def deaths(telling: Telling) -> Iterator[str]:
    """Yes where the note speaks of deaths, hardly where it says that nobody comes to harm, else that it is not noted."""
    note = content_note(telling.work)
    if telling.wants("animal"):
        yield telling.tell("ending-death-animal")
    elif asked.tells(note, "deadly"):
        yield telling.tell("deaths-yes")
    elif asked.tells(note, "harmless"):
        yield telling.tell("deaths-hardly")
    else:
        yield telling.tell("ending-death")


def is_harmless(telling: Telling) -> bool:
    """Whether the note says that nobody comes to harm, so that there is nothing to brace for."""
    return asked.tells(content_note(telling.work), "harmless")
