"""The ChatGPT voice: chat completions of OpenAI or of any server that speaks the same protocol.

The client's own retries are off: it would wait where nobody can see it. Here each wait is an event, so that the page
says so, a stop is noticed, and the time for the whole reply has an end.
"""

import asyncio
import json
import logging
import random
import time
from collections import deque
from email.utils import parsedate_to_datetime

import httpx2
import openai
from django.conf import settings
from django.utils import timezone

from .. import failures
from ..failures import Failure
from . import Again, Text, Tick, Usage, prompts

logger = logging.getLogger(__name__)

NAME = "chatgpt"
PROMPT_VERSION = prompts.VERSION

TICK = 0.2  # seconds between two looks at whether the reader has stopped us
MAX_REPLY = 12_000  # characters; a model that writes more has lost itself
MAX_BYTES = 16_000_000  # of one answer: 12,000 characters in a chunk each are far less
MOST_TOKENS = 2**31 - 1
FIRST_WAIT = 0.5  # seconds before the second attempt, doubled for each further one


class _Passing(Exception):
    """A failure that asking again may mend. `wait`: seconds the server asked for, if it did."""

    def __init__(self, code, detail, wait=None):
        super().__init__(detail)
        self.failure, self.wait = Failure(code, detail), wait


class _TooMuch(Exception):
    """An answer that would fill the memory: endless, or packed."""


def model_name():
    return settings.OPENAI_MODEL


def write(brief):
    """Word the reply. Yields Text, Again, Usage and Tick; raises Failure when no whole reply could be had."""
    deadline = time.monotonic() + settings.OPENAI_TOTAL_TIMEOUT
    request = {
        "model": settings.OPENAI_MODEL,
        "messages": prompts.messages(brief),
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    attempt = 0
    while True:
        attempt += 1
        try:
            yield from _exchange(request, deadline)
            return
        except _Passing as passing:
            wait = passing.wait if passing.wait is not None else _backoff(attempt)
            logger.warning("attempt %s of turn %s: %s", attempt, brief.turn, passing.failure.detail)
            if attempt >= settings.OPENAI_ATTEMPTS or time.monotonic() + wait >= deadline:
                raise passing.failure from passing
            yield Again(wait)
            yield from _pause(wait)
        except openai.BadRequestError as error:
            if "stream_options" in request and "stream_options" in str(error):
                # Some compatible servers do not know it; the tokens then stay uncounted.
                del request["stream_options"]
                continue
            raise _judged(error) from error


def _backoff(attempt):
    """Seconds before asking again: doubled each time, and spread, so that many waiting replies do not come at once."""
    return FIRST_WAIT * 2 ** (attempt - 1) * random.uniform(1, 1.5)  # noqa: S311


def _pause(seconds):
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        time.sleep(min(TICK, left))
        yield Tick()


def _exchange(request, deadline):
    """One request, its stream read to the end.

    A generator with an event loop of its own: between two events the loop stands still and the caller may use the
    database; when the caller closes the generator, the request is cancelled and its connection closed at once,
    whether the server was writing, thinking or not yet answering.
    """
    loop = asyncio.new_event_loop()
    inbox, arrived = deque(), asyncio.Event()
    pump = loop.create_task(_pump(request, inbox, arrived))
    answer = _Answer()
    try:
        over = False
        while not over:
            over = loop.run_until_complete(_wait(pump, arrived))
            text = answer.take_all(inbox)
            if not over and time.monotonic() > deadline:
                raise Failure(failures.SLOW, f"not finished after {settings.OPENAI_TOTAL_TIMEOUT} s")
            yield Text(text) if text else Tick()
        _raise_from(pump)
    finally:
        pump.cancel()
        loop.run_until_complete(asyncio.gather(pump, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()
    if answer.usage:
        yield answer.usage
    answer.judge()


class _Answer:
    """What has come of one stream: its length so far, its finish reason, its usage."""

    def __init__(self):
        self.length, self.finish, self.usage = 0, None, None

    def take_all(self, inbox):
        """Take every chunk that is waiting; returns their text."""
        text = ""
        while inbox:
            text += self._take(inbox.popleft())
        self.length += len(text)
        if self.length > MAX_REPLY:
            raise Failure(failures.GARBLED, f"still writing after {MAX_REPLY} characters")
        return text

    def _take(self, chunk):
        if chunk.usage:
            self.usage = Usage(_tokens(chunk.usage, "prompt_tokens"), _tokens(chunk.usage, "completion_tokens"))
        # The last chunk, with the usage, has no choices; some servers send null for them.
        choice = (chunk.choices or [None])[0]
        if choice is None:
            return ""
        self.finish = choice.finish_reason or self.finish
        if refusal := getattr(choice.delta, "refusal", None):
            raise Failure(failures.REFUSED, refusal)
        return getattr(choice.delta, "content", None) or ""

    def judge(self):
        """Whether the ended stream was a whole answer; raises when not."""
        if self.finish is None:
            raise _Passing(failures.CUT, "the stream ended without a finish reason")
        if self.finish == "content_filter":
            raise Failure(failures.REFUSED, "finish_reason content_filter")
        if self.finish == "length":
            raise Failure(failures.CUT, "finish_reason length")
        if not self.length:
            raise Failure(failures.EMPTY, f"finish_reason {self.finish} and no text")


def _tokens(usage, name):
    """A count as the server gave it, or None where it is missing or none: the client checks nothing."""
    count = getattr(usage, name, None)
    return count if isinstance(count, int) and 0 <= count <= MOST_TOKENS else None


async def _wait(pump, arrived):
    """Until something has come, the request is over, or a tick has passed. True when it is over."""
    arrival = asyncio.ensure_future(arrived.wait())
    await asyncio.wait({pump, arrival}, timeout=TICK, return_when=asyncio.FIRST_COMPLETED)
    arrival.cancel()
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
            event_hooks={"response": [_bound]},
        ),
    )
    async with client, await client.chat.completions.create(**request) as stream:
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


def _raise_from(pump):
    """What the finished request failed with, as _Passing or Failure; nothing when it succeeded."""
    error = pump.exception()
    for cause in (error, error and error.__cause__):
        if isinstance(cause, _TooMuch):
            raise Failure(failures.GARBLED, cause) from error
    try:
        pump.result()
    except openai.BadRequestError:
        raise
    except openai.APIStatusError as error:
        raise _judged(error) from error
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
