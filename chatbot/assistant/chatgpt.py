"""The ChatGPT voice: OpenAI's models, or those of any server that speaks chat completions.

One reply takes as many requests as it needs: once more after a failure that may pass, without what the server refuses,
after a look at the shelf, and once more where the answer was none for a reader. How a server is spoken to stands in
`wire`; what comes of one request in `answer`. The client's own retries are off: it would wait where nobody can see it.
Here each wait is an event, so that the page says so, a stop is noticed, and the time for the whole reply has an end.
"""

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
    Idle,
    Retrying,
    StoodIn,
    Text,
    Thinking,
    ToolCallRequested,
    Usage,
    grounding,
    librarian,
    prompts,
    tool_call,
)
from .answer import Answer, Unfit
from .tool_call import ToolCall
from .wire import parts, wire
from .wire.events import FILTER, MAX_TOKENS
from .wire.exchange import IDLE_AFTER, exchange
from .wire.http_errors import Passing, Refused

logger = logging.getLogger(__name__)

NAME = "chatgpt"
PROMPT_VERSION = prompts.VERSION

MAX_LOOKS = 2  # times a reply may have the shelf looked at anew
MAX_UNFIT = 1  # answers that are none for a reader, after which it is not asked again
FIRST_WAIT = 0.5  # seconds before the second attempt, doubled for each further one
THINKS_AFTER = 3.0  # seconds without a word after which the reader is told that she thinks
COUNTS = ("read", "written", "cached", "cache_written", "reasoned")


Request = dict[str, Any]  # as the wire sends it


def model_name() -> str:
    return settings.OPENAI_MODEL


def write(brief: Brief) -> Events:
    """Word the reply. Yields the events of a voice; raises Failure when no whole reply could be had."""
    yield from Writing(brief).run()


class Writing:
    """One reply: the exchange with the model until it has ended with a whole text, however many requests it takes."""

    def __init__(self, brief: Brief) -> None:
        self.brief, self.deadline = brief, time.monotonic() + settings.OPENAI_TOTAL_TIMEOUT
        self.failed = self.looks = self.unfit = 0
        self.kept = ""  # written before the function was called; the model goes on from there
        self.counts: dict[str, int | None] = dict.fromkeys(COUNTS)
        self.wire = wire()
        self.without = self._known_refusals()
        self.refused: dict[str, str] = {}  # parts by the server's words
        self.request = self._first_request()

    def _known_refusals(self) -> list[str]:
        """Names of the parts that are not sent: the settings say so, or this server has refused them before."""
        names = [
            name for name in parts.refused_before(self.wire.NAME) if name in parts.PARTS or name == parts.NO_EFFORT
        ]
        if settings.OPENAI_TOOLS == "on":
            return [name for name in names if name != "tools"]
        return [*names, "tools"] if settings.OPENAI_TOOLS == "off" else names

    def _first_request(self) -> Request:
        offers = "tools" not in self.without
        prompt = prompts.prompt(self.brief, may_look=offers)
        tool = tool_call.tool(self.brief.catalogue) if offers else None
        return parts.without(self.wire.request(prompt, tool, self.brief), self.without)

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
        call = self._call_of(answer)
        self.kept = self._kept_with(call, answer)
        brief = yield ToolCallRequested(call, self.kept)
        if brief is not None:
            self.brief = brief
            self._go_on(answer, call)
        return brief is None

    def _listen(self, answer: Answer) -> Iterator[Event]:
        """Pass on what may be shown of one answer while it comes."""
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
        self.refused[part] = refused.failure.detail
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
        self.request = self.wire.reminded(self.request, prompts.reminder(reason, self.brief.language))
        yield from self._begin_again()
        return False

    # --- Counting ----------------------------------------------------------------------------

    def _count(self, answer: Answer) -> bool:
        """Add up what the requests of this reply took; False when the server does not count."""
        if self.refused:
            # What it had refused was the matter, for without it the request was taken.
            parts.remember(self.wire.NAME, self.refused)
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
        if answer.finish in (None, FILTER) or self.looks > MAX_LOOKS or self._offers(answer.shown):
            return False
        return bool(answer.called()) or answer.is_announced

    def _call_of(self, answer: Answer) -> ToolCall:
        """The first call that can be read, to be carried out; else the first, with what is wrong with it."""
        self.looks += 1
        words = "\n".join([*(ask for ask, _ in self.brief.history), self.brief.ask])
        read = [
            tool_call.parse_call(raw, self.brief.catalogue, words)
            if name == tool_call.NAME
            else ToolCall(raw[: tool_call.MAX_LENGTH], fault=f"no such function: {name[:60]}")
            for name, raw in answer.called()
        ] or [ToolCall("", fault="announced, and not made")]
        call = next((call for call in read if not call.fault), read[0])
        if self.looks > MAX_LOOKS:
            call = ToolCall(call.raw, fault="called too often")
        return call

    def _kept_with(self, call: ToolCall, answer: Answer) -> str:
        """What stays of the text. Asked afresh, the model begins afresh; else it goes on behind what it has written."""
        return self.kept + self._preface(answer.shown) if self._goes_on(call, answer) else ""

    @staticmethod
    def _goes_on(call: ToolCall, answer: Answer) -> bool:
        """Whether the exchange goes on with the function's answer."""
        return answer.speaks_of_functions and not call.fault

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

    def _go_on(self, answer: Answer, call: ToolCall) -> None:
        """The next request: with the function's answer where the server speaks of functions, else asked afresh."""
        if not self._goes_on(call, answer):
            self.without = [*self.without, *self.refused, "tools"]
            self.request = self._first_request()
            return
        result, may_call = prompts.looked(self.brief), self.looks < MAX_LOOKS
        self.request = self.wire.go_on(self.request, answer, call.parsed, result, may_call=may_call)


def _backoff(attempt: int) -> float:
    """Seconds before asking again: doubled each time, and spread, so that many waiting replies do not come at once."""
    return FIRST_WAIT * 2 ** (attempt - 1) * random.uniform(1, 1.5)  # noqa: S311


def _pause(seconds: float) -> Iterator[Idle]:
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        time.sleep(min(IDLE_AFTER, left))
        yield Idle()
