"""The ChatGPT voice: OpenAI's models, or those of any server that speaks chat completions.

One reply takes as many requests as it needs: once more after a failure that may pass, without what the server refuses,
after a look at the shelf, and once more where the answer was none for a reader. How a server is spoken to stands in
`wire`; what comes of one request in `answer`. The client's own retries are off: it would wait where nobody can see it.
Here each wait is an event, so that the page says so, a stop is noticed, and the time for the whole reply has an end.
"""

import json
import logging
import random
import time
from collections.abc import Generator, Iterator
from typing import Any

from django.conf import settings

from . import (
    Brief,
    Discarded,
    Event,
    Events,
    Given,
    Idle,
    Retrying,
    StoodIn,
    Text,
    Thinking,
    ToolCallRequested,
    Usage,
    grounding,
    librarian,
    lookups,
    prompts,
    tool_call,
)
from .answer import Answer, Unfit
from .tool_call import ToolCall
from .wire import parts, wire
from .wire.events import FILTER, MAX_TOKENS, Answered
from .wire.exchange import IDLE_AFTER, exchange
from .wire.http_errors import Passing, Refused

logger = logging.getLogger(__name__)

NAME = "chatgpt"

MAX_ROUNDS = 3  # times a reply may be gone on with after calls
MAX_CALLS = 6  # that are carried out for a reply, of all functions together
MAX_UNFIT = 1  # answers that are none for a reader, after which it is not asked again
FIRST_WAIT = 0.5  # seconds before the second attempt, doubled for each further one
THINKS_AFTER = 3.0  # seconds without a word after which the reader is told that she thinks
COUNTS = ("read", "written", "cached", "cache_written", "reasoned")


Request = dict[str, Any]  # as the wire sends it


def model_name() -> str:
    return settings.OPENAI_MODEL


def prompt_version(brief: Brief) -> str:
    return brief.instructions.version


def write(brief: Brief) -> Events:
    """Word the reply. Yields the events of a voice; raises Failure when no whole reply could be had."""
    yield from Writing(brief).run()


class Writing:
    """One reply: the exchange with the model until it has ended with a whole text, however many requests it takes."""

    def __init__(self, brief: Brief) -> None:
        self.brief, self.deadline = brief, time.monotonic() + settings.OPENAI_TOTAL_TIMEOUT
        self.failed = self.rounds = self.carried_out = self.unfit = 0
        self.kept = ""  # written before the function was called; the model goes on from there
        self.counts: dict[str, int | None] = dict.fromkeys(COUNTS)
        self.wire = wire()
        self.without = self._known_refusals()
        self.refused: dict[str, str] = {}  # parts by the server's words
        self.request = self._first_request()
        self.because = ""  # of a further request: what the one before has come to

    def _known_refusals(self) -> list[str]:
        """Names of the parts that are not sent: the settings say so, or this server has refused them before."""
        names = [
            name
            for name in parts.refused_before(self.wire.NAME, self.brief.model)
            if name in parts.PARTS or name == parts.NO_EFFORT
        ]
        if settings.OPENAI_TOOLS == "on":
            return [name for name in names if name != "tools"]
        return [*names, "tools"] if settings.OPENAI_TOOLS == "off" else names

    def _first_request(self) -> Request:
        offers = "tools" not in self.without
        prompt = prompts.prompt(self.brief, may_look=offers)
        tools = [tool_call.tool(self.brief.catalogue), *lookups.TOOLS] if offers else []
        return parts.without(self.wire.request(prompt, tools, self.brief), self.without)

    def run(self) -> Events:
        over = False
        while not over:
            answer = Answer(self.brief)
            try:
                over = yield from self._hear(answer)
            except Passing as passing:
                yield from self._ask_again(passing)
            except Refused as refused:
                self._ask_without(refused)
            except Unfit as unfit:
                over = yield from self._ask_otherwise(unfit, answer)

    def _hear(self, answer: Answer) -> Generator[Event, Brief | None, bool]:
        """One request and what comes of it; True when the reply is there, or nobody wants it any more."""
        yield from self._listen(answer)
        if self._count(answer):
            yield Usage(*self.counts.values())
        if not self._is_call(answer):
            answer.judge(offers=self._offers(answer.shown))
            return True
        calls = self._calls_of(answer)
        self.kept = self._kept_with(calls, answer)
        brief = yield ToolCallRequested(calls, self.kept)
        if brief is not None:
            self.brief = brief
            self._go_on(answer, calls)
        return brief is None

    def _listen(self, answer: Answer) -> Iterator[Event]:
        """Pass on what may be shown of one answer while it comes."""
        yield Given(self.request, self.because)
        began, told = time.monotonic(), False
        for _ in exchange(self.wire, self.request, self.deadline, answer):
            yield from self._passed_on(answer)
            thinks = answer.is_thinking or time.monotonic() - began > THINKS_AFTER
            if thinks and not told and not answer.shown:
                told = True
                yield Thinking()
        answer.end()
        yield from self._passed_on(answer)

    def _passed_on(self, answer: Answer) -> Iterator[Event]:
        if answer.discarded:
            answer.discarded = False
            yield Discarded()
            if self.kept:
                yield Text(self.kept)
        fresh = answer.take_fresh()
        yield Text(fresh) if fresh else Idle()

    # --- What is done when it is no reply ----------------------------------------------------

    def _ask_again(self, passing: Passing) -> Iterator[Event]:
        """Wait before the same request is made once more; raises when it has been made often enough."""
        self.failed += 1
        wait = passing.wait if passing.wait is not None else _backoff(self.failed)
        logger.warning("failure %s of turn %s: %s", self.failed, self.brief.turn, passing.failure.detail)
        if self.failed >= settings.OPENAI_ATTEMPTS or time.monotonic() + wait >= self.deadline:
            raise passing.failure from passing
        self.because = passing.failure.detail
        yield from self._begin_again(wait)

    def _begin_again(self, wait: float = 0.0) -> Iterator[Event]:
        yield Retrying(wait)
        yield from _pause(wait)
        if self.kept:
            yield Text(self.kept)

    def _ask_without(self, refused: Refused) -> None:
        """Some servers refuse what they do not know: it is left out, and remembered."""
        part = refused.part
        if part in self.refused:
            # It was left out or changed already and the server still speaks of it: the function goes with it.
            part = "tools"
        if part in self.refused or (part == "tools" and (settings.OPENAI_TOOLS == "on" or "tools" not in self.request)):
            raise refused.failure from refused
        self.refused[part] = self.because = refused.failure.detail
        logger.warning("%s is refused: %s", part, refused.failure.detail)
        if part == "tools":
            self.without = [*self.without, *self.refused]
            self.request = self._first_request()
        else:
            self.request = parts.without(self.request, [part])

    def _ask_otherwise(self, unfit: Unfit, answer: Answer) -> Generator[Event, Brief | None, bool]:
        """Ask once more for an answer that is one; True when the built-in librarian has written instead, or what came
        before was enough."""
        reason = unfit.reason
        logger.warning("turn %s: an answer that is none (%s): %s", self.brief.turn, reason, unfit)
        if reason == "recited" and self._offers(kept := answer.shown.rpartition("\n\n")[0]):
            # What was written before the instructions, up to the last whole paragraph, is a reply.
            yield Discarded()
            yield Text(self.kept + kept)
            return True
        self.unfit += 1
        if self.unfit > MAX_UNFIT or time.monotonic() > self.deadline:
            yield StoodIn(reason, str(unfit))
            yield from librarian.write(self.brief)
            return True
        self.because = f"{reason}: {unfit}"
        self.request = self.wire.reminded(self.request, prompts.reminder(reason, self.brief.language))
        yield from self._begin_again()
        return False

    # --- Counting ----------------------------------------------------------------------------

    def _count(self, answer: Answer) -> bool:
        """Add up what the requests of this reply took; False when the server does not count."""
        if self.refused:
            # What it had refused was the matter, for without it the request was taken.
            parts.remember(self.wire.NAME, self.refused, self.brief.model)
        for name in COUNTS:
            if (count := getattr(answer, name)) is not None:
                self.counts[name] = min((self.counts[name] or 0) + count, MAX_TOKENS)
        return (answer.read, answer.written) != (None, None)

    # --- Calls -------------------------------------------------------------------------------

    def _offers(self, text: str) -> bool:
        """Whether a text offers a candidate, and does not only speak of it."""
        given = grounding.Given([(one.work.slug, grounding.called(one.work)) for one in self.brief.candidates])
        blocks = grounding.read(text, given)
        return any(isinstance(block, grounding.PickLine) and block.slug in given.slugs for block in blocks)

    def _slugs(self) -> set[str]:
        return {candidate.work.slug for candidate in self.brief.candidates}

    def _is_call(self, answer: Answer) -> bool:
        """Whether the answer is a call to be followed. One that has already offered works is a reply."""
        if answer.finish in (None, FILTER) or self.rounds > MAX_ROUNDS:
            return False
        return (bool(answer.called()) or answer.is_announced) and not self._offers(answer.shown)

    def _calls_of(self, answer: Answer) -> list[ToolCall]:
        """The calls of an answer, in its order. Those that are not to be carried out say why."""
        self.rounds += 1
        calls = [self._read(name, raw) for name, raw in answer.called()] or [
            ToolCall("", fault="announced, and not made")
        ]
        looked = False
        for call in calls:
            if call.fault:
                continue
            if self.rounds > MAX_ROUNDS or self.carried_out >= MAX_CALLS:
                call.fault = "called too often"
            elif call.name == tool_call.NAME and looked:
                call.fault = "one wish at a time"
            else:
                self.carried_out += 1
                looked = looked or call.name == tool_call.NAME
        return calls

    def _read(self, name: str, raw: Any) -> ToolCall:
        if name == tool_call.NAME:
            words = "\n".join([*(ask for ask, _ in self.brief.history), self.brief.ask])
            return tool_call.parse_call(raw, self.brief.catalogue, words)
        if name in tool_call.NAMES:
            return lookups.parse(name, raw, self.brief)
        written = raw if isinstance(raw, str) else ""
        return ToolCall(written[: tool_call.MAX_LENGTH], fault=f"no such function: {name[:60]}")

    def _kept_with(self, calls: list[ToolCall], answer: Answer) -> str:
        """What stays of the text. Asked afresh, the model begins afresh; else it goes on behind what it has written."""
        return self.kept + self._preface(answer.shown) if self._goes_on(calls, answer) else ""

    @staticmethod
    def _goes_on(calls: list[ToolCall], answer: Answer) -> bool:
        """Whether the exchange goes on with what the functions answer."""
        return answer.speaks_of_functions and any(not call.fault for call in calls)

    def _preface(self, text: str) -> str:
        """What was said before a call, a paragraph of its own; nothing where it names a candidate: that was no offer,
        and behind the call it would pass for one."""
        if not text.strip() or self._names_candidate(text):
            return ""
        return f"{text.rstrip()}\n\n"

    def _names_candidate(self, text: str) -> bool:
        slugs = self._slugs()
        by_key = self.brief.catalogue.by_key
        for named in grounding.names_in(text):
            works = [by_key[key][0].slug for key in named.keys if key in by_key]
            if slugs & {named.slug, *works}:
                return True
        return False

    def _go_on(self, answer: Answer, calls: list[ToolCall]) -> None:
        """The next request: with the functions' answers where the server speaks of functions, else asked afresh."""
        self.because = ", ".join(call.fault or call.name for call in calls)
        if not self._goes_on(calls, answer):
            self.without = [*self.without, *self.refused, "tools"]
            self.request = self._first_request()
            return
        answered = [
            Answered(
                made.ident, made.name, json.dumps(call.arguments, ensure_ascii=False), self._result(call), made.extra
            )
            for made, call in zip(answer.calls, calls, strict=True)
            if not call.fault
        ]
        may_call = self.rounds < MAX_ROUNDS and self.carried_out < MAX_CALLS
        self.request = self.wire.go_on(self.request, answer, answered, may_call=may_call)

    def _result(self, call: ToolCall) -> str:
        return prompts.looked(self.brief) if call.name == tool_call.NAME else prompts.looked_up(call, self.brief)


def _backoff(attempt: int) -> float:
    """Seconds before asking again: doubled each time, and spread, so that many waiting replies do not come at once."""
    return FIRST_WAIT * 2 ** (attempt - 1) * random.uniform(1, 1.5)  # noqa: S311


def _pause(seconds: float) -> Iterator[Idle]:
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        time.sleep(min(IDLE_AFTER, left))
        yield Idle()
