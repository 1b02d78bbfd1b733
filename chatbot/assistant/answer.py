"""What comes of one request: the one reader of events, whichever wire they came by."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from . import Brief, failures, fitness, prompts, tool_call
from .failures import Failure
from .stream_filter import Recited, StreamFilter
from .wire.events import (
    CALLS,
    FILTER,
    LENGTH,
    STOP,
    CallPart,
    Carried,
    Finished,
    Reasoning,
    Refusal,
    ServerEvent,
    Used,
    Written,
)
from .wire.http_errors import Passing

MAX_REPLY = 12_000  # characters; a model that writes more has lost itself
MAX_WRITTEN = 200_000  # characters with all that is not for the reader: thoughts, calls
MAX_CALLS = 8  # made at once
MAX_CARRIED = 400_000  # characters of thoughts that are sent back
ONCE = 200  # characters up to which what is held is judged with each piece; then when an eighth more has come
MAX_HELD = 6_000  # characters in another language that are waited through, as they may be thoughts before "</think>"


class Unfit(Exception):
    """A whole answer that is none for a reader. `reason`: empty, recited, language or garbage."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


class Answer:
    """One answer as it comes. `fresh` is what may be shown of it and was not yet taken; `shown` all that was.

    `discarded`: what was shown before `fresh` has turned out not to be for the reader.
    """

    def __init__(self, brief: Brief) -> None:
        self.filter = StreamFilter(prompts.secret(brief.instructions))
        self.languages = fitness.languages_named(brief.ask, brief.language)
        self.shown = self.fresh = self.held = self.recited = ""
        self.length = self.carry_length = self.judged_from = 0
        self.calls: list[_Call] = []
        self.carried: list[dict[str, Any]] = []
        self.finish: str | None = None
        self.is_surely_finished = False
        self.has_begun = self.is_thinking = self.discarded = False
        self.read: int | None = None
        self.written: int | None = None
        self.cached: int | None = None
        self.cache_written: int | None = None
        self.reasoned: int | None = None

    # --- As it comes -------------------------------------------------------------------------

    def take(self, events: Iterable[ServerEvent]) -> None:
        """Take in what has come. Raises Failure, or Unfit where it need not be waited for."""
        text = ""
        for event in events:
            if isinstance(event, Written):
                text += event.text
                self.has_begun, self.is_thinking = self.has_begun or bool(event.text.strip()), False
            else:
                self._take(event)
        if text:
            self.length += len(text)
            self._show(self.filter.take, text)
        if self.length > MAX_WRITTEN:
            raise Unfit("garbage", f"still writing after {self.length} characters")

    def _take(self, event: ServerEvent) -> None:
        if isinstance(event, CallPart):
            self.has_begun, self.is_thinking = True, False
            self.length += self._call_of(event).take(event)
        elif isinstance(event, Reasoning):
            self.is_thinking = True
        elif isinstance(event, Carried):
            self.carry_length += len(str(event.value))
            if self.carry_length <= MAX_CARRIED:
                self.carried.append(event.value)
        elif isinstance(event, Refusal):
            raise Failure(failures.REFUSED, event.text)
        elif isinstance(event, Finished):
            # The mark behind the last piece only says that it is over.
            self.finish = event.reason if self.finish is None or event.reason != STOP else self.finish
            self.is_surely_finished = self.is_surely_finished or event.sure
        elif isinstance(event, Used):
            self.read, self.written, self.cached = event.read, event.written, event.cached
            self.cache_written, self.reasoned = event.cache_written, event.reasoned

    def end(self) -> None:
        """The stream is over: what was waiting for more is judged as it stands."""
        self.judged_from = 0
        self._show(self.filter.rest)
        if not self._is_foreign(whole=True):
            self._release()

    def _show(self, step: Callable[..., str], *text: str) -> None:
        """Take what a step of the filter lets through. Of a recital nothing more comes, unless it was a thought."""
        try:
            passed = step(*text)
        except Recited as recited:
            passed, self.recited = recited.passed, str(recited)
        if self.filter.voided:
            self.filter.voided = False
            self.discarded, self.shown, self.fresh, self.held, self.recited = True, "", "", "", ""
            self.judged_from = 0
        self.held += passed
        if len(self.shown) + len(self.held) > MAX_REPLY:
            raise Unfit("garbage", f"still writing after {self.length} characters")
        if self.shown or self._is_own():
            self._release()
        elif len(self.held) > MAX_HELD:
            raise Unfit("language", self.held[:400])

    def _is_own(self) -> bool:
        """Whether what is held is the reader's. A long one is not judged anew with each piece."""
        if len(self.held) < self.judged_from:
            return False
        self.held = fitness.from_own(self.held, self.languages)
        length = len(self.held)
        self.judged_from = length + (length // 8 if length > ONCE else 0)
        return self._is_foreign() is False

    def _is_foreign(self, whole: bool = False) -> bool | None:
        """Whether what was held is in a language the reader did not write; None where that does not show yet."""
        found = {fitness.is_in(self.held, language, whole=whole) for language in self.languages}
        return False if True in found else None if None in found else True

    def _release(self) -> None:
        self.shown, self.fresh, self.held = self.shown + self.held, self.fresh + self.held, ""

    def take_fresh(self) -> str:
        fresh, self.fresh = self.fresh, ""
        return fresh

    @property
    def is_over(self) -> bool:
        """Whether the model has gone on as another speaker: what else comes is not for the reader."""
        return self.filter.ended

    # --- Its calls ---------------------------------------------------------------------------

    def _call_of(self, part: CallPart) -> _Call:
        """The call a piece belongs to. Servers give an id each time, once, or a new one with each piece; an index each
        time, never, or always 0."""
        call = next((call for call in self.calls if call.takes(part)), None)
        if call is None and self.calls and self._goes_on(part):
            call = self.calls[-1]
        if call is None:
            call = _Call(part.ident, part.index, old=part.old)
            self.calls.append(call)
        return call

    def _goes_on(self, part: CallPart) -> bool:
        """Whether a piece that says little of itself belongs to the call before."""
        says_nothing = not part.ident and not part.name and part.index in (None, self.calls[-1].index)
        return says_nothing or len(self.calls) == MAX_CALLS

    @property
    def speaks_of_functions(self) -> bool:
        """Whether the server made the call as the protocol has it today, so that its result can be given likewise."""
        return bool(self.calls) and not self.calls[0].old

    def called(self) -> list[tuple[str, Any]]:
        """(name, arguments as they came) of each call, also of those written out in the text."""
        return [(call.name, call.arguments) for call in self.calls] or self.filter.calls.named

    # --- At its end --------------------------------------------------------------------------

    def judge(self, *, offers: bool) -> None:
        """Whether the ended answer is a reply; raises Passing, Failure or Unfit where it is none. `offers`: whether it
        offers works."""
        if self.finish is None and not self.is_over:
            raise Passing(failures.CUT, "the stream ended without a finish reason")
        if self.finish == FILTER:
            raise Failure(failures.REFUSED, "finish_reason content_filter")
        if self.finish == LENGTH:
            thought = f", {self.reasoned} tokens of it thoughts" if self.reasoned else ""
            raise Failure(failures.CUT, f"finish_reason length{thought}")
        if self.recited:
            raise Unfit("recited", f"{self.recited}\n\n{self.shown}{self.held}".strip())
        if self.held:
            raise Unfit("language", self.held[:400])
        if not self.shown.strip():
            withheld = self.filter.withheld - {"thought", "template"}
            raise Unfit("recited" if withheld else "empty", f"finish_reason {self.finish} and no text for a reader")
        if not any(fitness.is_in(self.shown, language, whole=True) is not False for language in self.languages):
            raise Unfit("language", self.shown[:400])
        if fitness.is_nonsense(self.shown, offers=offers):
            raise Unfit("garbage", self.shown[:400])
        if part := fitness.foreign_part(self.shown, self.languages):
            raise Unfit("language", part[:400])

    @property
    def is_announced(self) -> bool:
        """Whether it ends as if a call had been made."""
        return self.finish == CALLS and not self.length


@dataclass
class _Call:
    """A function call as it grows."""

    ident: str
    index: int | None
    name: str = ""
    arguments: str = ""
    old: bool = False
    extra: dict[str, Any] = field(default_factory=dict)

    def takes(self, part: CallPart) -> bool:
        """Whether a piece goes on with this call."""
        if part.ident and self.ident and part.ident == self.ident:
            return True
        if part.index is None or part.index != self.index:
            return False
        # With another id and a name it is another call, unless this one is not whole yet: some make ids up each time.
        begins = bool(part.ident and self.ident and part.name and self.name)
        return not begins or not self._is_whole()

    def _is_whole(self) -> bool:
        try:
            json.loads(self.arguments)
        except ValueError:
            return False
        return True

    def take(self, part: CallPart) -> int:
        """Take in a piece. Returns its length."""
        self.ident = self.ident or part.ident
        self.name = self.name or part.name
        self.extra |= part.extra
        if part.whole:
            self.arguments = part.arguments[: tool_call.MAX_LENGTH + 1] or self.arguments
        elif len(self.arguments) <= tool_call.MAX_LENGTH:
            self.arguments += part.arguments
        return len(part.arguments)
