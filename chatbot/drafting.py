"""A reply while it is being written: what a voice sends, saved as it grows."""

import time
from contextlib import closing
from typing import Any

from users import taste

from . import briefing, understanding, voice_input
from .assistant import (
    Brief,
    Discarded,
    Event,
    Given,
    Retrying,
    StoodIn,
    Text,
    Thinking,
    ToolCallRequested,
    Usage,
    Voice,
    grounding,
    librarian,
    tool_call,
)
from .assistant.spoilers import Horizons, allows_spoilers
from .assistant.tool_call import ToolCall
from .db_retry import with_db_retry
from .language.words.vocabulary import vocabulary
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
        self.ended = False
        self.looked_up: list[str] = []  # slugs of what the model had itself told of
        self.given: list[Given] = []  # what the voice was given, one after the other
        turn.attempts += 1

    def write(self, voice: Voice) -> bool:
        """Let the voice write to its end. False as soon as the turn is no longer ours."""
        answer = None
        if voice.NAME == librarian.NAME:
            self._give_material()
        with closing(voice.write(self.brief)) as events:
            while True:
                try:
                    event = events.send(answer)
                except StopIteration:
                    self.ended = True
                    return True
                if not self.take(event):
                    return False
                answer = self.brief if isinstance(event, ToolCallRequested) else None

    def take(self, event: Event) -> bool:
        """Take in what the voice sends. False when the turn is no longer ours."""
        match event:
            case Given():
                self.given.append(event)
                return True
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
                return self._follow(event)
            case Usage():
                self._count(event)
        return self._keep()

    @property
    def told(self) -> str:
        """The text as its reader gets it: without what lies behind the volume they are at, unless they asked for it."""
        if allows_spoilers(self.brief):
            return self.text
        return Horizons.of(self.brief).told(self.text, finished=self.ended)

    def refused(self) -> list[str]:
        """Names in the text, as written, of works the reader asked never to be offered: they must not pass for one."""
        if not self.refusals:
            return []
        words = vocabulary(self.brief.catalogue)
        return grounding.names_of_refused(storable(self.told), words, self.refusals, self.brief.wish.names_works)

    def _give_material(self, because: str = "") -> None:
        self.given.append(Given(voice_input.material(self.brief), because))

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
        self._give_material(event.reason)
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

    def _follow(self, requested: ToolCallRequested) -> bool:
        """Carry out what the model asked. A call that could not be read changes nothing and is kept for the operators.

        What was shown stays until there is new text, so that nothing flickers.
        """
        turn = self.turn
        turn.attempts += 1
        self.text, self.saved = requested.kept, turn.reply
        changes: dict[str, Any] = {"calls": list(turn.calls)}
        for call in requested.calls:
            is_wish = call.name == tool_call.NAME
            changes["calls"].append({**call.as_json(), "heard": turn.wish if is_wish else {}})
            if call.fault:
                continue
            if is_wish:
                changes |= self._choose_again(call)
            else:
                self.brief = briefing.looked_up(self.turn, self.brief, call)
                self.looked_up += call.works
        return self._progress(**changes)

    def _choose_again(self, call: ToolCall) -> dict[str, Any]:
        """Choose by the wish as the model reads it; what changes of the turn with it."""
        wished = self.brief.wishes
        if not call.parsed and wished:
            return {}
        self.brief = briefing.choose_again(self.turn, self.brief, call.parsed)
        changes = {"wish": self.brief.wish.as_json(), "candidates": briefing.as_given(self.brief)}
        if not wished:
            # What was read as a question is a wish: later turns read it as one.
            parts = [part.as_json() for part in self.brief.parts]
            said = understanding.read_as_wish(self.turn, self.turn.text, self.brief.catalogue).as_json()
            changes["reading"] = {**self.turn.reading, "parts": parts, "wish": self.turn.text, "said": said}
        return changes

    def spoken(self, reply: str) -> list[str]:
        """Slugs of the works the reply speaks of: those in focus, and of what it was told
        besides, found or looked up those it names."""
        spoken: list[str] = self.turn.reading.get("spoken", [])
        if self.turn.voice == librarian.NAME:
            return spoken
        in_focus = {slug for part in self.brief.parts for slug in part.works}
        by_key = self.brief.catalogue.by_key
        named = {
            slug
            for one in grounding.names_in(reply)
            for slug in (one.slug, *(by_key[key][0].slug for key in one.keys if key in by_key))
        }
        beside = [slug for slug in self.brief.facts if slug not in in_focus]
        candidates = dict.fromkeys([*spoken, *beside, *self.looked_up])
        return [slug for slug in candidates if slug in in_focus or slug in named]

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
            return self._progress(reply=storable(self.told), phase=phase, refused=self.refused())
        if now - self.last_look >= LOOK_EVERY:
            self.last_look = now
            return self._is_wanted()
        return True

    def _is_wanted(self) -> bool:
        return with_db_retry(self.turn.is_mine)

    def _progress(self, **changes: Any) -> bool:
        return with_db_retry(self.turn.progress, attempts=self.turn.attempts, **changes)
