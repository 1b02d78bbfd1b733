"""One request to a model's server and its answer, bounded in time and in size.

A generator with an event loop of its own: between two events the loop stands still and the caller may use the
database; when the caller closes the generator, the request is cancelled and its connection closed at once, whether the
server was writing, thinking or not yet answering.
"""

import asyncio
import time
import zlib
from collections import deque
from urllib.parse import parse_qsl, urlsplit, urlunsplit

import httpx2
import openai
from django.conf import settings

from .. import failures
from ..failures import Failure
from . import sse
from .events import STOP, Fault, Finished
from .http_errors import Passing, raised, refused

IDLE_AFTER = 0.2  # seconds without anything new after which the caller may see whether the reader has stopped us
# Seconds in which pieces gather, unread, to be taken at once. The first text does not wait, nor what follows the end.
GATHER = 0.05
GRACE = 1.0  # seconds in which the usage may follow a finished text
MAX_BYTES = 16_000_000  # of one answer, unpacked: 12,000 characters in a piece each are far less
# Made once: reading the authorities' certificates takes longer than all else that a request costs us.
TLS = httpx2.create_ssl_context()


class TooMuch(Exception):
    """An answer that would fill the memory, or is packed in a way that is not read."""


class _Inbox:
    """What has come and was not yet taken. `heard_at`: when the server last gave a sign of life."""

    def __init__(self):
        self.events, self.arrived, self.heard_at = deque(), asyncio.Event(), time.monotonic()

    def put(self, events):
        self.events.extend(events)
        self.arrived.set()

    def take_all(self):
        events = [*self.events]
        self.events.clear()
        return events


def exchange(wire, request, deadline, answer):
    """Send `request`, and give what comes to `answer` until it is over. Yields after each look, several a second.

    Raises Passing, Refused (a part of the request) or Failure; `deadline` is a time.monotonic().
    """
    loop = asyncio.new_event_loop()
    inbox = _Inbox()
    pump = loop.create_task(_pump(wire, request, inbox))
    try:
        over = False
        while not over:
            if answer.shown and answer.finish is None:
                time.sleep(GATHER)
            over = loop.run_until_complete(_wait(pump, inbox.arrived))
            _take(answer, inbox.take_all(), request)
            over = over or _is_whole(answer, inbox)
            if not over:
                _be_patient(answer, inbox, deadline)
            yield
        if answer.finish is None and not answer.is_over:
            # With a finish reason it is whole, however the connection came to its end.
            _raise_from(pump, request)
    finally:
        pump.cancel()
        loop.run_until_complete(asyncio.gather(pump, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


def _take(answer, events, request):
    place = next((place for place, event in enumerate(events) if isinstance(event, Fault)), len(events))
    answer.take(events[:place])
    # What comes after the end changes nothing any more.
    if place < len(events) and not answer.is_surely_finished:
        raise refused(events[place], request) or raised(events[place])


def _is_whole(answer, inbox):
    """Whether all has come but perhaps the usage, and that has been waited for long enough."""
    if answer.is_over:
        return True
    if answer.finish is None:
        return False
    # One that says "finished" with every piece is believed when it has fallen silent.
    patience = GRACE if answer.is_surely_finished else settings.OPENAI_READ_TIMEOUT
    return time.monotonic() - inbox.heard_at > patience


def _be_patient(answer, inbox, deadline):
    now = time.monotonic()
    if answer.finish is None and now > deadline:
        raise Failure(failures.SLOW, f"not finished after {settings.OPENAI_TOTAL_TIMEOUT:g} s")
    # Models think before they write, and some servers load theirs first.
    writes = answer.has_begun and not answer.is_thinking
    patience = settings.OPENAI_READ_TIMEOUT if writes else settings.OPENAI_FIRST_TIMEOUT
    if answer.finish is None and now - inbox.heard_at > patience:
        raise Passing(failures.SLOW, f"silent for {patience:g} s")


async def _wait(pump, arrived):
    """Until something has come, the request is over, or it has been idle. True when it is over."""
    arrival = asyncio.ensure_future(arrived.wait())
    await asyncio.wait({pump, arrival}, timeout=IDLE_AFTER, return_when=asyncio.FIRST_COMPLETED)
    arrival.cancel()
    arrived.clear()
    return pump.done()


async def _pump(wire, request, inbox):
    async with _client() as client, wire.send(client, request) as response:
        inbox.heard_at = time.monotonic()
        async for message in sse.read(_heard(response.iter_bytes(), inbox)):
            if message is sse.DONE:
                # A stream that ends in good order without a reason has ended.
                inbox.put([Finished(STOP)])
                return
            inbox.put(wire.read(message))


async def _heard(chunks, inbox):
    async for chunk in chunks:
        inbox.heard_at = time.monotonic()
        yield chunk


def _client():
    base, query = address()
    return openai.AsyncOpenAI(
        # Servers on one's own machine want no key, the client insists on one.
        api_key=settings.OPENAI_API_KEY or "none",
        base_url=base,
        default_query=query,
        max_retries=0,
        http_client=openai.DefaultAsyncHttpxClient(
            # Of silence this module judges; here it only must not come before.
            timeout=httpx2.Timeout(None, connect=settings.OPENAI_CONNECT_TIMEOUT),
            # A reader's words go to the server that was set, not to wherever it points.
            follow_redirects=False,
            headers={"Accept-Encoding": "identity"},
            verify=TLS,
            event_hooks={"response": [_bound]},
        ),
    )


def address():
    """(base address or None, {query}) of the server: what stands behind a "?" goes with each request."""
    parts = urlsplit(settings.OPENAI_BASE_URL)
    return urlunsplit(parts._replace(query="", fragment="")) or None, dict(parse_qsl(parts.query))


async def _bound(response):
    """Let no more than MAX_BYTES of an answer in, error pages too. Asked for unpacked, gzip is read all the same."""
    packed = response.headers.get("content-encoding", "identity").strip().lower()
    if packed not in ("", "identity", "gzip", "deflate"):
        raise TooMuch(f"the answer is packed: {packed[:40]}")
    if packed in ("gzip", "deflate"):
        # Here, and not by the client, which unpacks a whole chunk at once, however large it grows.
        del response.headers["content-encoding"]
    response.stream = _Bounded(response.stream, packed)


class _Bounded(httpx2.AsyncByteStream):
    def __init__(self, stream, packed):
        self.stream, self.length = stream, 0
        self.unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32) if packed in ("gzip", "deflate") else None

    async def __aiter__(self):
        async for data in self.stream:
            for piece in self._unpacked(data):
                self.length += len(piece)
                if self.length > MAX_BYTES:
                    raise TooMuch(f"more than {MAX_BYTES} bytes")
                yield piece

    def _unpacked(self, data):
        if self.unpacker is None:
            yield data
            return
        while data:
            yield self.unpacker.decompress(data, 1 << 16)
            data = self.unpacker.unconsumed_tail

    async def aclose(self):
        await self.stream.aclose()


def _raise_from(pump, request):
    """What the finished request failed with, as Passing, Refused or Failure; nothing when it succeeded."""
    error = pump.exception()
    for cause in (error, error and error.__cause__):
        if isinstance(cause, TooMuch):
            raise Failure(failures.GARBLED, cause) from error
    try:
        pump.result()
    except openai.APIStatusError as error:
        raise refused(error, request) or raised(error) from error
    except (openai.APITimeoutError, httpx2.TimeoutException) as error:
        raise Passing(failures.SLOW, repr(error)) from error
    except (ValueError, zlib.error) as error:
        raise Passing(failures.GARBLED, repr(error)) from error
    except httpx2.HTTPError as error:
        raise Passing(failures.CUT, repr(error)) from error
    except openai.APIConnectionError as error:
        raise Passing(failures.DOWN, f"{error!r}: {error.__cause__!r}") from error
