"""The ChatGPT voice: chat completions of OpenAI or of any server that speaks the same protocol.

The client's own retries are off: it would wait where nobody can see it. Here each wait is an event, so that the page
says so, a stop is noticed, and the time for the whole reply has an end.
"""

import asyncio
import json
import logging
import random
import time
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
FIRST_WAIT = 0.5  # seconds before the second attempt, doubled for each further one


class _Passing(Exception):
    """A failure that asking again may mend. `wait`: seconds the server asked for, if it did."""

    def __init__(self, code, detail, wait=None):
        super().__init__(detail)
        self.failure, self.wait = Failure(code, detail), wait


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
            wait = (
                passing.wait if passing.wait is not None else FIRST_WAIT * 2 ** (attempt - 1) * random.uniform(1, 1.5)
            )  # noqa: S311
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
    inbox = asyncio.Queue()
    pump = loop.create_task(_pump(request, inbox))
    length, finish, usage = 0, None, None
    try:
        while True:
            over = loop.run_until_complete(_wait(pump, inbox))
            pieces = []
            while not inbox.empty():
                chunk = inbox.get_nowait()
                if chunk.usage:
                    usage = Usage(chunk.usage.prompt_tokens, chunk.usage.completion_tokens)
                for choice in (chunk.choices or ())[:1]:
                    finish = choice.finish_reason or finish
                    if choice.delta and getattr(choice.delta, "refusal", None):
                        raise Failure(failures.REFUSED, choice.delta.refusal)
                    if choice.delta and choice.delta.content:
                        pieces.append(choice.delta.content)
            if pieces:
                text = "".join(pieces)
                length += len(text)
                if length > MAX_REPLY:
                    raise Failure(failures.GARBLED, f"still writing after {MAX_REPLY} characters")
                yield Text(text)
            if over:
                break
            if time.monotonic() > deadline:
                raise Failure(failures.SLOW, f"not finished after {settings.OPENAI_TOTAL_TIMEOUT} s")
            if not pieces:
                yield Tick()
        _raise_from(pump)
    finally:
        pump.cancel()
        loop.run_until_complete(asyncio.gather(pump, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()
    if usage:
        yield usage
    if finish is None:
        raise _Passing(failures.CUT, "the stream ended without a finish reason")
    if finish == "content_filter":
        raise Failure(failures.REFUSED, "finish_reason content_filter")
    if finish == "length":
        raise Failure(failures.CUT, "finish_reason length")
    if not length:
        raise Failure(failures.EMPTY, f"finish_reason {finish} and no text")


async def _wait(pump, inbox):
    """Until something has come, the request is over, or a tick has passed. True when it is over."""
    if not pump.done() and inbox.empty():
        arrival = asyncio.ensure_future(inbox.get())
        await asyncio.wait({pump, arrival}, timeout=TICK, return_when=asyncio.FIRST_COMPLETED)
        if arrival.done():
            # Put back in front: what arrived first has to be read first.
            inbox._queue.appendleft(arrival.result())
        else:
            arrival.cancel()
    return pump.done()


async def _pump(request, inbox):
    async with openai.AsyncOpenAI(
        # Servers on one's own machine want no key, the client insists on one.
        api_key=settings.OPENAI_API_KEY or "none",
        base_url=settings.OPENAI_BASE_URL or None,
        max_retries=0,
        timeout=httpx2.Timeout(settings.OPENAI_READ_TIMEOUT, connect=settings.OPENAI_CONNECT_TIMEOUT),
    ) as client:
        async with await client.chat.completions.create(**request) as stream:
            async for chunk in stream:
                inbox.put_nowait(chunk)


def _raise_from(pump):
    """What the finished request failed with, as _Passing or Failure; nothing when it succeeded."""
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
