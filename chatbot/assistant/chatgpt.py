"""The ChatGPT voice: OpenAI's models, or those of any server that speaks chat completions.

One reply takes as many requests as it needs: once more after a failure that may pass, without what the server refuses,
after a look at the shelf, and once more where the answer was none for a reader. How a server is spoken to stands in
`wire`; what comes of one request in `answer`. The client's own retries are off: it would wait where nobody can see it.
Here each wait is an event, so that the page says so, a stop is noticed, and the time for the whole reply has an end.
"""

import logging
import random
import time

from django.conf import settings

from . import Again, Instead, Look, Text, Thought, Tick, Usage, Void, grounding, librarian, prompts, tool_call
from .answer import Answer, Unfit
from .wire import parts, wire
from .wire.errors import Passing, Refused
from .wire.events import FILTER, MAX_TOKENS
from .wire.exchange import TICK, exchange

logger = logging.getLogger(__name__)

NAME = "chatgpt"
PROMPT_VERSION = prompts.VERSION

MAX_LOOKS = 2  # times a reply may have the shelf looked at anew
MAX_UNFIT = 1  # answers that are none for a reader, after which it is not asked again
FIRST_WAIT = 0.5  # seconds before the second attempt, doubled for each further one
THINKS_AFTER = 3.0  # seconds without a word after which the reader is told that she thinks
COUNTS = ("read", "written", "cached", "cache_written", "reasoned")


def model_name():
    return settings.OPENAI_MODEL


def write(brief):
    """Word the reply. Yields the events of a voice; raises Failure when no whole reply could be had."""
    yield from Writing(brief).run()


class Writing:
    """One reply: the exchange with the model until it has ended with a whole text, however many requests it takes."""

    def __init__(self, brief):
        self.brief, self.deadline = brief, time.monotonic() + settings.OPENAI_TOTAL_TIMEOUT
        self.failed = self.looks = self.unfit = 0
        self.kept = ""  # written before the function was called; the model goes on from there
        self.counts = dict.fromkeys(COUNTS)
        self.wire = wire()
        self.without, self.refused = self._known_refusals(), {}
        self.request = self._first_request()

    def _known_refusals(self):
        """Names of the parts that are not sent: the settings say so, or this server has refused them before."""
        names = [
            name for name in parts.refused_before(self.wire.NAME) if name in parts.PARTS or name == parts.NO_EFFORT
        ]
        if settings.OPENAI_TOOLS == "on":
            return [name for name in names if name != "tools"]
        return [*names, "tools"] if settings.OPENAI_TOOLS == "off" else names

    def _first_request(self):
        offers = "tools" not in self.without
        prompt = prompts.prompt(self.brief, may_look=offers)
        tool = tool_call.tool(self.brief.catalogue) if offers else None
        return parts.without(self.wire.request(prompt, tool, self.brief), self.without)

    def run(self):
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

    def _hear(self, answer):
        """One request and what comes of it; True when the reply is there, or nobody wants it any more."""
        yield from self._listen(answer)
        if self._count(answer):
            yield Usage(*self.counts.values())
        if not self._is_call(answer):
            answer.judge(offers=self._offers(answer.shown))
            return True
        look = self._look(answer)
        yield look
        if look.brief is not None:
            self._go_on(answer, look)
        return look.brief is None

    def _listen(self, answer):
        """Pass on what may be shown of one answer while it comes."""
        began, told = time.monotonic(), False
        for _ in exchange(self.wire, self.request, self.deadline, answer):
            yield from self._passed_on(answer)
            thinks = answer.is_thinking or time.monotonic() - began > THINKS_AFTER
            if thinks and not told and not answer.shown:
                told = True
                yield Thought()
        answer.end()
        yield from self._passed_on(answer)

    def _passed_on(self, answer):
        if answer.voided:
            answer.voided = False
            yield Void()
            if self.kept:
                yield Text(self.kept)
        fresh = answer.take_fresh()
        yield Text(fresh) if fresh else Tick()

    # --- What is done when it is no reply ----------------------------------------------------

    def _ask_again(self, passing):
        """Wait before the same request is made once more; raises when it has been made often enough."""
        self.failed += 1
        wait = passing.wait if passing.wait is not None else _backoff(self.failed)
        logger.warning("failure %s of turn %s: %s", self.failed, self.brief.turn, passing.failure.detail)
        if self.failed >= settings.OPENAI_ATTEMPTS or time.monotonic() + wait >= self.deadline:
            raise passing.failure from passing
        yield from self._begin_again(wait)

    def _begin_again(self, wait=0.0):
        yield Again(wait)
        yield from _pause(wait)
        if self.kept:
            yield Text(self.kept)

    def _ask_without(self, refused):
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

    def _ask_otherwise(self, unfit, answer):
        """Ask once more for an answer that is one; True when the built-in librarian has written instead, or what came
        before was enough."""
        reason = unfit.reason
        logger.warning("turn %s: an answer that is none (%s): %s", self.brief.turn, reason, unfit)
        if reason == "recited" and self._offers(kept := answer.shown.rpartition("\n\n")[0]):
            # What was written before the instructions, up to the last whole paragraph, is a reply.
            yield Void()
            yield Text(self.kept + kept)
            return True
        self.unfit += 1
        if self.unfit > MAX_UNFIT or time.monotonic() > self.deadline:
            yield Instead(reason, str(unfit))
            yield from librarian.write(self.brief)
            return True
        self.request = self.wire.reminded(self.request, prompts.reminder(reason, self.brief.language))
        yield from self._begin_again()
        return False

    # --- Counting ----------------------------------------------------------------------------

    def _count(self, answer):
        """Add up what the requests of this reply took; False when the server does not count."""
        if self.refused:
            # What it had refused was the matter, for without it the request was taken.
            parts.remember(self.wire.NAME, self.refused)
        for name in COUNTS:
            if (count := getattr(answer, name)) is not None:
                self.counts[name] = min((self.counts[name] or 0) + count, MAX_TOKENS)
        return (answer.read, answer.written) != (None, None)

    # --- Calls -------------------------------------------------------------------------------

    def _offers(self, text):
        """Whether a text offers a candidate, and does not only speak of it."""
        given = grounding.Given([(one.work.slug, grounding.called(one.work)) for one in self.brief.candidates])
        blocks = grounding.read(text, given)
        return any(isinstance(block, grounding.PickLine) and block.slug in given.slugs for block in blocks)

    def _slugs(self):
        return {candidate.work.slug for candidate in self.brief.candidates}

    def _is_call(self, answer):
        """Whether the answer is a call to be followed, and not a reply. One that has already offered works is a reply."""
        if answer.finish in (None, FILTER) or self.looks > MAX_LOOKS or self._offers(answer.shown):
            return False
        return bool(answer.called()) or answer.is_announced

    def _look(self, answer):
        """The first call that can be read, to be carried out; else the first, with what is wrong with it."""
        self.looks += 1
        words = "\n".join([*(ask for ask, _ in self.brief.history), self.brief.ask])
        read = [
            tool_call.parse_call(raw, self.brief.catalogue, words)
            if name == tool_call.NAME
            else tool_call.ToolCall(raw[: tool_call.MAX_LENGTH], fault=f"no such function: {name[:60]}")
            for name, raw in answer.called()
        ] or [tool_call.ToolCall("", fault="announced, and not made")]
        call = next((call for call in read if not call.fault), read[0])
        if self.looks > MAX_LOOKS:
            call = tool_call.ToolCall(call.said, fault="called too often")
        # Asked afresh, the model begins afresh; else it goes on behind what it has written.
        goes_on = answer.speaks_of_functions and not call.fault
        return Look(call, self.kept + self._preface(answer.shown) if goes_on else "")

    def _preface(self, text):
        """What was said before a call, a paragraph of its own; nothing where it names a candidate: that was no offer,
        and behind the call it would pass for one."""
        if not text.strip() or self._names_candidate(text):
            return ""
        return f"{text.rstrip()}\n\n"

    def _names_candidate(self, text):
        slugs = self._slugs()
        by_key = self.brief.catalogue.by_key if self.brief.catalogue else {}
        for named in grounding.names_in(text):
            works = [by_key[key][0].slug for key in named.keys if key in by_key]
            if slugs & {named.slug, *works}:
                return True
        return False

    def _go_on(self, answer, look):
        """The next request: with the function's answer where the server speaks of functions, else asked afresh."""
        self.brief, self.kept = look.brief, look.kept
        if look.call.fault or not answer.speaks_of_functions:
            self.without = [*self.without, *self.refused, "tools"]
            self.request = self._first_request()
            return
        result, may_call = prompts.looked(self.brief), self.looks < MAX_LOOKS
        self.request = self.wire.go_on(self.request, answer, look.call.told, result, may_call=may_call)


def _backoff(attempt):
    """Seconds before asking again: doubled each time, and spread, so that many waiting replies do not come at once."""
    return FIRST_WAIT * 2 ** (attempt - 1) * random.uniform(1, 1.5)  # noqa: S311


def _pause(seconds):
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        time.sleep(min(TICK, left))
        yield Tick()
