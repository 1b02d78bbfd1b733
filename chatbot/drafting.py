"""A reply while it is being written: what a voice sends, saved as it grows."""

import time
from contextlib import closing
from typing import Any

from users import taste

from . import briefing
from .assistant import (
    Brief,
    Discarded,
    Event,
    Retrying,
    StoodIn,
    Text,
    Thinking,
    ToolCallRequested,
    Usage,
    Voice,
    grounding,
    librarian,
)
from .db_retry import with_db_retry
from .language.vocabulary import vocabulary
from .models import Turn
from .text.cleaning import storable
from .text.masking import masked

SAVE_EVERY = 0.2  # seconds between two saves of what has come; the first is saved at once
# Characters; a longer text is saved less often, as each save sends the whole of it to the page again.
SLOW_SAVE_LENGTH = 2_000
LOOK_EVERY = 0.4  # seconds between two looks at whether the reader has stopped us, while nothing comes
AGAIN_FOR = 1.0  # seconds a reader whose text has vanished is told so at least, beside the new text if need be


class Draft:
    """A reply as it grows: saved at short intervals, and watched for the reader's stop in between."""

    def __init__(self, turn: Turn, brief: Brief) -> None:
        self.turn, self.brief = turn, brief
        self.refusals = taste.refusals_of(turn.reader_id)
        self.text = self.saved = ""
        self.last_save, self.last_look = 0.0, time.monotonic()
        self.again_until = self.last_look + AGAIN_FOR if turn.phase == Turn.Phase.AGAIN else 0.0
        turn.attempts += 1

    def write(self, voice: Voice) -> bool:
        """Let the voice write to its end. False as soon as the turn is no longer ours."""
        answer = None
        with closing(voice.write(self.brief)) as events:
            while True:
                try:
                    event = events.send(answer)
                except StopIteration:
                    return True
                if not self.take(event):
                    return False
                answer = self.brief if isinstance(event, ToolCallRequested) else None

    def take(self, event: Event) -> bool:
        """Take in what the voice sends. False when the turn is no longer ours."""
        match event:
            case Text(text):
                self.text += text
            case Retrying():
                return self._begin_again()
            case Discarded():
                self.text = ""
                return self._think()
            case Thinking():
                return self._think()
            case StoodIn():
                return self._stand_in(event)
            case ToolCallRequested():
                return self._choose_again(event)
            case Usage():
                self._count(event)
        return self._keep()

    def refused(self) -> list[str]:
        """Names in the text, as written, of works the reader asked never to be offered: they must not pass for one."""
        if not self.refusals:
            return []
        words = vocabulary(self.brief.catalogue)
        return grounding.names_of_refused(storable(self.text), words, self.refusals, self.brief.wish.names_works)

    def _think(self) -> bool:
        """Say that she thinks; "trying again" is said for its time first."""
        if self.text or time.monotonic() < self.again_until:
            return True
        self.saved = ""
        return self._progress(reply="", phase=Turn.Phase.THINKING)

    def _stand_in(self, event: StoodIn) -> bool:
        """The built-in librarian writes what follows, from its beginning."""
        self.text = self.saved = ""
        self.again_until = time.monotonic() + AGAIN_FOR
        return self._progress(
            reply="",
            phase=Turn.Phase.AGAIN,
            voice=librarian.NAME,
            stand_in=event.reason,
            failure_detail=storable(masked(event.detail))[:4000],
        )

    def _count(self, usage: Usage) -> None:
        turn = self.turn
        turn.tokens_in, turn.tokens_out = usage.tokens_in, usage.tokens_out
        turn.tokens_cached, turn.tokens_cache_written = usage.cached, usage.cache_written
        turn.tokens_reasoned = usage.reasoned
        turn.counted += 1

    def _choose_again(self, requested: ToolCallRequested) -> bool:
        """Choose anew as the model asked. A call that could not be read changes nothing and is kept for the operators.

        What was shown stays until there is new text, so that nothing flickers.
        """
        turn, call = self.turn, requested.call
        turn.attempts += 1
        self.text, self.saved = requested.kept, turn.reply
        changes: dict[str, Any] = {"calls": [*turn.calls, {**call.as_json(), "heard": turn.wish}]}
        if call.parsed and not call.fault:
            self.brief = briefing.choose_again(turn, self.brief, call.parsed)
            changes |= {"wish": self.brief.wish.as_json(), "candidates": briefing.as_given(self.brief)}
        return self._progress(**changes)

    def _begin_again(self) -> bool:
        self.text = self.saved = ""
        self.turn.attempts += 1
        self.again_until = time.monotonic() + AGAIN_FOR
        return self._progress(reply="", phase=Turn.Phase.AGAIN)

    def _keep(self) -> bool:
        now = time.monotonic()
        pause = SAVE_EVERY * max(1, len(self.text) / SLOW_SAVE_LENGTH)
        if self.text and self.text != self.saved and now - self.last_save >= pause:
            # The save tells as well whether the turn is still ours.
            self.saved, self.last_save, self.last_look = self.text, now, now
            phase = Turn.Phase.AGAIN if now < self.again_until else Turn.Phase.WRITING
            return self._progress(reply=storable(self.text), phase=phase, refused=self.refused())
        if now - self.last_look >= LOOK_EVERY:
            self.last_look = now
            return with_db_retry(self.turn.is_mine)
        return True

    def _progress(self, **changes: Any) -> bool:
        return with_db_retry(self.turn.progress, attempts=self.turn.attempts, **changes)
