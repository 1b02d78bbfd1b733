"""The ChatGPT voice: chat completions of OpenAI or of any server that speaks the same protocol.

The client's own retries are off: it would wait where nobody can see it. Here each wait is an event, so that the page
says so, a stop is noticed, and the time for the whole reply has an end.
"""

import asyncio
import json
import logging
import random
import re
import time
from collections import deque
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import httpx2
import openai
from django.conf import settings
from django.utils import timezone

from .. import failures
from ..failures import Failure
from . import Again, Look, Text, Tick, Usage, calling, grounding, prompts
from .sieve import Sieve

logger = logging.getLogger(__name__)

NAME = "chatgpt"
PROMPT_VERSION = prompts.VERSION

TICK = 0.2  # seconds between two looks at whether the reader has stopped us
GATHER = 0.05  # seconds in which chunks gather to be taken at once; the first text and the end do not wait
MAX_REPLY = 12_000  # characters; a model that writes more has lost itself
MAX_BYTES = 16_000_000  # of one answer: 12,000 characters in a chunk each are far less
MOST_TOKENS = 2**31 - 1
MAX_WRITTEN = 200_000  # characters with all that is not for the reader: thoughts, calls
GRACE = 1.0  # seconds in which the usage may follow a finished text
MOST_LOOKS = 2  # times a reply may have the shelf looked at anew
MOST_CALLS = 8  # made at once
CALLED = ("tool_calls", "function_call")  # finish reasons
FIRST_WAIT = 0.5  # seconds before the second attempt, doubled for each further one

# What not every compatible server takes, and how it says so: Ollama "does not support tools" (400), llama.cpp "tools
# param requires --jinja flag" (500), vLLM '"auto" tool choice requires …' (400), gateways 404 or 422.
OPTIONAL = {
    "stream_options": re.compile(r"stream_options|include_usage"),
    "tools": re.compile(r"\btools?\b|tool_choice|tool[ _-]?use|function[ _-]?call", re.IGNORECASE),
}
UNKNOWN_TO_IT = (400, 404, 405, 422, 500, 501)
_SHUNNED = {}  # (server, model) to the parts it has refused, as long as this process lives
# Made once: reading the authorities' certificates takes longer than all else that a request costs us.
TLS = httpx2.create_ssl_context()


class _Passing(Exception):
    """A failure that asking again may mend. `wait`: seconds the server asked for, if it did."""

    def __init__(self, code, detail, wait=None):
        super().__init__(detail)
        self.failure, self.wait = Failure(code, detail), wait


class _Shunned(Exception):
    """The server does not take a `part` of the request that can be left out."""

    def __init__(self, part, detail):
        super().__init__(detail)
        self.part, self.failure = part, Failure(failures.BROKEN, detail[:500])


class _TooMuch(Exception):
    """An answer that would fill the memory: endless, or packed."""


def model_name():
    return settings.OPENAI_MODEL


def write(brief):
    """Word the reply. Yields Text, Again, Look, Usage and Tick; raises Failure when no whole reply could be had."""
    yield from _Writing(brief).run()


class _Writing:
    """One reply: the exchange with the model until it has ended with a whole text, however many requests it takes."""

    def __init__(self, brief):
        self.brief, self.deadline = brief, time.monotonic() + settings.OPENAI_TOTAL_TIMEOUT
        self.failed, self.looks, self.kept = 0, 0, ""
        self.read = self.written = None
        self.without, self.shunned = _shunned(), set()
        self.request = self._first_request()

    def _first_request(self):
        offers = "tools" not in self.without
        request = {
            "model": settings.OPENAI_MODEL,
            "messages": prompts.messages(self.brief, may_look=offers),
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        if offers:
            request |= {"tools": [calling.tool(self.brief.shelf, self.brief.language)], "tool_choice": "auto"}
        return _less(request, self.without)

    def run(self):
        while True:
            answer = _Answer()
            try:
                yield from _exchange(self.request, self.deadline, answer)
                if self._counted(answer):
                    yield Usage(self.read, self.written)
                if not self._called(answer):
                    answer.judge()
                    return
            except _Passing as passing:
                yield from self._again(passing)
            except _Shunned as shunned:
                self._ask_without(shunned)
            else:
                look = self._look(answer)
                yield look
                if look.brief is None:
                    return
                self._go_on(answer, look)

    def _again(self, passing):
        """Wait before the same request is made once more; raises when it has been made often enough."""
        self.failed += 1
        wait = passing.wait if passing.wait is not None else _backoff(self.failed)
        logger.warning("failure %s of turn %s: %s", self.failed, self.brief.turn, passing.failure.detail)
        if self.failed >= settings.OPENAI_ATTEMPTS or time.monotonic() + wait >= self.deadline:
            raise passing.failure from passing
        yield Again(wait)
        yield from _pause(wait)
        if self.kept:
            # It was written before the function was called, and the model goes on from there.
            yield Text(self.kept)

    def _ask_without(self, shunned):
        """Some servers refuse what they do not know. The next reply of this process does not offer it to them."""
        self.shunned.add(shunned.part)
        logger.warning("%s is refused: %s", shunned.part, shunned.failure.detail)
        if shunned.part == "tools":
            self.without |= {"tools"}
            self.request["messages"] = prompts.messages(self.brief)
        self.request = _less(self.request, {shunned.part})

    def _counted(self, answer):
        """Add up what the requests of this reply took; False when the server does not count."""
        # What it had refused was the matter, for without it the request was taken.
        _SHUNNED.setdefault(_server(), set()).update(self.shunned)
        for name in ("read", "written"):
            if (count := getattr(answer, name)) is not None:
                setattr(self, name, min((getattr(self, name) or 0) + count, MOST_TOKENS))
        return (answer.read, answer.written) != (None, None)

    def _called(self, answer):
        """Whether the answer is a call to be followed, and not a reply. One that has already offered works is a reply."""
        if answer.finish in (None, "content_filter") or grounding.MARKED.search(answer.shown):
            return False
        if self.looks > MOST_LOOKS:
            return False
        return bool(answer.called()) or (answer.finish in CALLED and not answer.length)

    def _look(self, answer):
        """The first call that can be read, to be carried out; else the first, with what is wrong with it."""
        self.looks += 1
        words = "\n".join([*(ask for ask, _ in self.brief.history), self.brief.ask])
        read = [
            calling.read(said, self.brief.shelf, words)
            if name == calling.NAME
            else calling.Call(said[: calling.LONGEST], fault=f"no such function: {name[:60]}")
            for name, said in answer.called()
        ] or [calling.Call("", fault="announced, and not made")]
        call = next((call for call in read if not call.fault), read[0])
        if self.looks > MOST_LOOKS:
            call = calling.Call(call.said, fault="called too often")
        # Asked afresh, the model begins afresh; else it goes on behind what it has written.
        return Look(call, "" if call.fault or not answer.speaks_of_functions else self.kept + answer.shown)

    def _go_on(self, answer, look):
        """The next request: with the function's answer where the server speaks of functions, else asked afresh."""
        self.brief, self.kept = look.brief, look.kept
        if look.call.fault or not answer.speaks_of_functions:
            self.request = _less({**self.request, "messages": prompts.messages(self.brief)}, {"tools"})
            return
        ident = answer.calls[0].ident or f"call_{self.looks}"
        arguments = json.dumps(look.call.told, ensure_ascii=False)
        function = {"name": calling.NAME, "arguments": arguments}
        self.request["messages"] = [
            *self.request["messages"],
            {
                "role": "assistant",
                "content": answer.shown or None,
                "tool_calls": [{"id": ident, "type": "function", "function": function}],
            },
            {"role": "tool", "tool_call_id": ident, "content": prompts.looked(self.brief)},
        ]
        if self.looks >= MOST_LOOKS:
            self.request["tool_choice"] = "none"


def _less(request, parts):
    """`request` without the named parts; without the function, what speaks of it goes too."""
    gone = set(parts) | ({"tool_choice"} if "tools" in parts else set())
    return {name: value for name, value in request.items() if name not in gone}


def _server():
    return settings.OPENAI_BASE_URL, settings.OPENAI_MODEL


def _shunned():
    """What this server is not offered: the settings say so, or it has refused it before."""
    shunned = set(_SHUNNED.get(_server(), ()))
    if settings.OPENAI_TOOLS == "on":
        return shunned - {"tools"}
    return shunned | ({"tools"} if settings.OPENAI_TOOLS == "off" else set())


def _backoff(attempt):
    """Seconds before asking again: doubled each time, and spread, so that many waiting replies do not come at once."""
    return FIRST_WAIT * 2 ** (attempt - 1) * random.uniform(1, 1.5)  # noqa: S311


def _pause(seconds):
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        time.sleep(min(TICK, left))
        yield Tick()


def _exchange(request, deadline, answer):
    """One request, its stream read to the end into `answer`.

    A generator with an event loop of its own: between two events the loop stands still and the caller may use the
    database; when the caller closes the generator, the request is cancelled and its connection closed at once,
    whether the server was writing, thinking or not yet answering.
    """
    loop = asyncio.new_event_loop()
    inbox, arrived = deque(), asyncio.Event()
    pump = loop.create_task(_pump(request, inbox, arrived))
    try:
        over = False
        while not over:
            over = loop.run_until_complete(_wait(pump, arrived, GATHER if answer.shown else 0))
            text = answer.take_all(inbox)
            over = over or answer.is_overdue
            if not over and answer.finish is None and time.monotonic() > deadline:
                raise Failure(failures.SLOW, f"not finished after {settings.OPENAI_TOTAL_TIMEOUT} s")
            yield Text(text) if text else Tick()
        if answer.finish is None:
            # With a finish reason it is whole, however the connection came to its end.
            _raise_from(pump, request)
    finally:
        pump.cancel()
        loop.run_until_complete(asyncio.gather(pump, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()
    if answer.finish and (text := answer.rest()):
        yield Text(text)


class _Answer:
    """What has come of one stream: its text as the reader may see it, its calls, its finish reason, its usage."""

    def __init__(self):
        self.sieve = Sieve(prompts.secret())
        self.shown, self.length = "", 0
        self.calls = []
        self.finish, self.finished_at = None, 0.0
        self.read = self.written = None

    @property
    def is_overdue(self):
        """Whether it is whole, and what may still come, the usage, has been waited for long enough."""
        return self.finish is not None and time.monotonic() - self.finished_at > GRACE

    @property
    def speaks_of_functions(self):
        """Whether the server made the call as the protocol has it today, so that its result can be given likewise."""
        return bool(self.calls) and not self.calls[0].old

    def called(self):
        """(name, arguments as they came) of each call, also of those written out in the text."""
        return [(call.name, call.arguments) for call in self.calls] or [
            (calling.NAME, said) for said in self.sieve.calls.said
        ]

    def take_all(self, inbox):
        """Take every chunk that is waiting; returns the text that may be shown."""
        text = ""
        while inbox:
            text += self._take(inbox.popleft())
        return self._show(self.sieve.take(text)) if text else ""

    def rest(self):
        return self._show(self.sieve.rest())

    def _show(self, text):
        self.shown += text
        if len(self.shown) > MAX_REPLY or self.length > MAX_WRITTEN:
            raise Failure(failures.GARBLED, f"still writing after {self.length} characters")
        return text

    def _take(self, chunk):
        if usage := _of(chunk, "usage"):
            self.read, self.written = _tokens(usage, "prompt_tokens"), _tokens(usage, "completion_tokens")
        # The last chunk, with the usage, has no choices; some servers send null for them.
        choices = _of(chunk, "choices")
        choice = choices[0] if isinstance(choices, list) and choices else None
        delta = _of(choice, "delta")
        if self.finish is None and (reason := _of(choice, "finish_reason")):
            self.finish, self.finished_at = str(reason)[:40], time.monotonic()
        if refusal := _of(delta, "refusal"):
            raise Failure(failures.REFUSED, refusal)
        self._take_calls(delta)
        text = _written(_of(delta, "content"))
        self.length += len(text)
        return text

    def _take_calls(self, delta):
        pieces = _of(delta, "tool_calls")
        for piece in pieces if isinstance(pieces, list) else ():
            function = _of(piece, "function")
            call = self._call_of(_of(piece, "id"), _of(piece, "index"))
            self.length += call.take(_of(function, "name"), _of(function, "arguments"))
        if function := _of(delta, "function_call"):
            call = self._call_of(None, None)
            call.old = True
            self.length += call.take(_of(function, "name"), _of(function, "arguments"))
        if self.length > MAX_WRITTEN:
            raise Failure(failures.GARBLED, f"still writing after {self.length} characters")

    def _call_of(self, ident, index):
        """The call a piece belongs to. Servers give an id each time or once, an index each time, never, or always 0."""
        ident = ident[:200] if isinstance(ident, str) else ""
        index = index if isinstance(index, int) else None
        for call in self.calls:
            if call.ident == ident if ident and call.ident else index is not None and call.index == index:
                call.ident = call.ident or ident
                return call
        if (self.calls and not ident and index is None) or len(self.calls) == MOST_CALLS:
            return self.calls[-1]
        self.calls.append(_Called(ident, index))
        return self.calls[-1]

    def judge(self):
        """Whether the ended stream was a whole answer; raises when not."""
        if self.finish is None:
            raise _Passing(failures.CUT, "the stream ended without a finish reason")
        if self.finish == "content_filter":
            raise Failure(failures.REFUSED, "finish_reason content_filter")
        if self.finish == "length":
            raise Failure(failures.CUT, "finish_reason length")
        if not self.shown.strip():
            raise Failure(failures.EMPTY, f"finish_reason {self.finish} and no text")


@dataclass
class _Called:
    """A function call as it grows."""

    ident: str
    index: int | None
    name: str = ""
    arguments: str = ""
    old: bool = False  # made the way it was before there were several: `function_call`

    def take(self, name, arguments):
        """Take in a piece. Returns its length."""
        if isinstance(name, str) and not self.name:
            self.name = name[:80]
        if isinstance(arguments, dict):
            # Some send it whole and not as text.
            arguments = json.dumps(arguments, ensure_ascii=False)
        if not isinstance(arguments, str):
            return 0
        if len(self.arguments) <= calling.LONGEST:
            self.arguments += arguments
        return len(arguments)


def _of(thing, name):
    """A field of what a server sent, which nobody has checked: None where there is none."""
    return thing.get(name) if isinstance(thing, dict) else None


def _written(content):
    """Text, also where it comes as a list of parts."""
    if isinstance(content, list):
        return "".join(_written(_of(part, "text")) for part in content if not isinstance(part, list))
    return content if isinstance(content, str) else ""


def _tokens(usage, name):
    """A count as the server gave it, or None where it is missing or none: nothing has checked it."""
    count = _of(usage, name)
    return count if isinstance(count, int) and not isinstance(count, bool) and 0 <= count <= MOST_TOKENS else None


async def _wait(pump, arrived, gather):
    """Until something has come and more had `gather` seconds to come with it, the request is over, or a tick has
    passed. True when it is over."""
    arrival = asyncio.ensure_future(arrived.wait())
    await asyncio.wait({pump, arrival}, timeout=TICK, return_when=asyncio.FIRST_COMPLETED)
    arrival.cancel()
    if gather and arrived.is_set():
        await asyncio.wait({pump}, timeout=gather)
    arrived.clear()
    return pump.done()


async def _pump(request, inbox, arrived):
    client = openai.AsyncOpenAI(
        # Servers on one's own machine want no key, the client insists on one.
        api_key=settings.OPENAI_API_KEY or "none",
        base_url=settings.OPENAI_BASE_URL or None,
        max_retries=0,
        http_client=openai.DefaultAsyncHttpxClient(
            timeout=httpx2.Timeout(settings.OPENAI_READ_TIMEOUT, connect=settings.OPENAI_CONNECT_TIMEOUT),
            # A reader's words go to the server that was set, not to wherever it points.
            follow_redirects=False,
            headers={"Accept-Encoding": "identity"},
            verify=TLS,
            event_hooks={"response": [_bound]},
        ),
    )
    async with client:
        response = await client.chat.completions.with_raw_response.create(**request)
        # As JSON: the client's own objects check nothing that it says, and take a quarter of the time of a stream.
        async with response.parse(to=openai.AsyncStream[object]) as stream:
            async for chunk in stream:
                inbox.append(chunk)
                arrived.set()


async def _bound(response):
    """Let no more than MAX_BYTES of an answer in, error pages too, and nothing packed, which grows when unpacked."""
    packed = response.headers.get("content-encoding", "identity")
    if packed != "identity":
        raise _TooMuch(f"the answer is packed: {packed[:40]}")
    response.stream = _Bounded(response.stream)


class _Bounded(httpx2.AsyncByteStream):
    def __init__(self, stream):
        self.stream = stream

    async def __aiter__(self):
        length = 0
        async for data in self.stream:
            length += len(data)
            if length > MAX_BYTES:
                raise _TooMuch(f"more than {MAX_BYTES} bytes")
            yield data

    async def aclose(self):
        await self.stream.aclose()


def _raise_from(pump, request):
    """What the finished request failed with, as _Passing, _Shunned or Failure; nothing when it succeeded."""
    error = pump.exception()
    for cause in (error, error and error.__cause__):
        if isinstance(cause, _TooMuch):
            raise Failure(failures.GARBLED, cause) from error
    try:
        pump.result()
    except openai.APIStatusError as error:
        raise _shunning(error, request) or _judged(error) from error
    except (openai.APITimeoutError, httpx2.TimeoutException) as error:
        raise _Passing(failures.SLOW, repr(error)) from error
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise _Passing(failures.GARBLED, repr(error)) from error
    except httpx2.HTTPError as error:
        raise _Passing(failures.CUT, repr(error)) from error
    except openai.APIConnectionError as error:
        raise _Passing(failures.DOWN, f"{error!r}: {error.__cause__!r}") from error
    except openai.APIError as error:
        # An error event inside a stream that began well.
        raise _judged(error) from error


def _shunning(error, request):
    """_Shunned where the server refuses a part of the request that it can be asked without."""
    if error.status_code not in UNKNOWN_TO_IT:
        return None
    said = f"{error.message} {error.body}"[:4000]
    for part, names in OPTIONAL.items():
        # A setting that insists on functions is not overruled.
        if part in request and names.search(said) and not (part == "tools" and settings.OPENAI_TOOLS == "on"):
            return _Shunned(part, f"HTTP {error.status_code} {error.message}")
    return None


def _judged(error):
    """What an error of the API means for the reader: _Passing when asking again may help, else Failure."""
    status = getattr(error, "status_code", None)
    code = str(getattr(error, "code", None) or "")
    said = f"{code} {getattr(error, 'type', '')} {error.message}".lower()
    detail = f"HTTP {status} {code} {error.message}"[:2000]
    if "insufficient_quota" in said or "billing" in code or status == 402:
        return Failure(failures.CREDIT, detail)
    if status in (401, 403, 404):
        return Failure(failures.KEY, detail)
    if "context_length" in said or "maximum context" in said or "context window" in said or status == 413:
        return Failure(failures.TOO_LONG, detail)
    if "content_filter" in said or "content_policy" in said:
        return Failure(failures.REFUSED, detail)
    if status == 429:
        return _Passing(failures.BUSY, detail, _retry_after(error.response.headers))
    if status is None or status >= 500 or status in (408, 409):
        headers = error.response.headers if status else {}
        return _Passing(failures.DOWN, detail, _retry_after(headers))
    return Failure(failures.BROKEN, detail)


def _retry_after(headers):
    """Seconds the server asks to wait, or None. It may say milliseconds, seconds or a date."""
    try:
        if "retry-after-ms" in headers:
            return max(0.0, float(headers["retry-after-ms"]) / 1000)
        value = headers.get("retry-after")
        if value is None:
            return None
        if value.replace(".", "", 1).isdigit():
            return float(value)
        return max(0.0, (parsedate_to_datetime(value) - timezone.now()).total_seconds())
    except (ValueError, TypeError):
        return None
