"""What of a request can be left out when a server does not take it, and how servers say so.

Some name the parameter (`param` of OpenAI's errors), some only say it in words: Ollama "does not support tools" (400),
llama.cpp "tools param requires --jinja flag" (500), vLLM '"auto" tool choice requires …' (400), gateways 404 or 422.
What was refused is remembered for a day, by server, model and wire, for all processes of this installation.
"""

import logging
import re
import time
from dataclasses import dataclass
from hashlib import blake2b
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from ...text.masking import masked
from . import responses

logger = logging.getLogger(__name__)

REMEMBERED = 24 * 3600  # seconds, after which a server is offered everything again
FRESH = 15  # seconds in which a process believes what it last read of that


@dataclass(frozen=True)
class Part:
    """`keys` of a request that go together, and the words by which servers refuse them."""

    keys: tuple
    words: re.Pattern


def _part(keys, words):
    return Part(tuple(keys.split()), re.compile(words, re.IGNORECASE))


# The more particular first: "stream_options" speaks of "stream" too.
PARTS = {
    "stream_options": _part("stream_options", r"stream_options|include_usage"),
    "stream": _part(
        "stream", r"verified to stream|stream(?:ing)? (?:is )?(?:not|un)|not support(?:ed)? stream|'stream'"
    ),
    "effort": _part("reasoning reasoning_effort", r"reasoning[._ ]?effort|'reasoning'"),
    "verbosity": _part("verbosity text", r"verbosity"),
    "max_tokens": _part("max_output_tokens max_completion_tokens max_tokens", r"max_(?:completion_|output_)?tokens"),
    "encrypted reasoning": _part("include", r"encrypted[_ ]content|'include'"),
    "cache breakpoints": _part("prompt_cache_options", r"prompt_cache_(?:options|breakpoint)"),
    "cache key": _part("prompt_cache_key", r"prompt_cache_key"),
    "safety identifier": _part("safety_identifier", r"safety_identifier"),
    "parallel_tool_calls": _part("parallel_tool_calls", r"parallel_tool_calls"),
    "store": _part("store", r"'store'|\bstore\b.{0,40}(?:unknown|unsupported|not)"),
    "thoughts sent back": _part("", r"reasoning_content|reasoning_details"),
    "tools": _part("tools tool_choice", r"\btools?\b|tool_choice|tool[ _-]?use|function[ _-]?call"),
}
# Function tools together with reasoning are for /v1/responses; here "none" is what is asked for, not silence.
NO_EFFORT = "effort with functions"
SAYS_NONE = re.compile(
    r"reasoning_effort.{0,80}/v1/responses|set reasoning_effort to 'none'|reasoning_effort: ?\"none\""
)


def part_of(param, said, request):
    """The name of the part of `request` that an error is about: by the `param` it names, else by its words. None where
    it is about nothing that can be left out."""
    if SAYS_NONE.search(said) and "tools" in request and request.get("reasoning_effort") != "none":
        return NO_EFFORT
    head = re.split(r"[.\[]", param, maxsplit=1)[0]
    held = [name for name, part in PARTS.items() if _holds(request, name, part)]
    return next((name for name in held if head in PARTS[name].keys), None) or next(
        (name for name in held if PARTS[name].words.search(said)), None
    )


def _holds(request, name, part):
    if name == "stream":
        return request.get("stream") is True
    if name == "thoughts sent back":
        return any(set(message) & {"reasoning_content", "reasoning_details"} for message in request.get("messages", ()))
    return any(key in request for key in part.keys)


def without(request, names):
    """`request` without the parts of these names."""
    for name in names:
        request = _without(dict(request), name)
    return request


def _without(request, name):
    if name == NO_EFFORT:
        return request | ({"reasoning_effort": "none"} if "tools" in request else {})
    if name == "stream":
        request |= {"stream": False}
        request.pop("stream_options", None)
    elif name == "cache breakpoints":
        request = responses.without_breakpoints(request)
    elif name == "thoughts sent back":
        thoughts = {"reasoning_content", "reasoning_details"}
        request["messages"] = [
            {key: value for key, value in message.items() if key not in thoughts} for message in request["messages"]
        ]
    else:
        gone = {*PARTS[name].keys, *(("parallel_tool_calls",) if name == "tools" else ())}
        request = {key: value for key, value in request.items() if key not in gone}
    return request


# --- What is remembered --------------------------------------------------------------------------------------------

PREFIX = "wire-refused"
_known = {}  # place to (when it was read, {part: {"at", "detail"}})


def server():
    """The server's address as it may be shown: without a key in it."""
    parts = urlsplit(settings.OPENAI_BASE_URL)
    return f"{parts.hostname}{f':{parts.port}' if parts.port else ''}{parts.path}" if parts.hostname else "OpenAI"


def _place(wire_name, model):
    named = "\n".join((settings.OPENAI_BASE_URL, model or settings.OPENAI_MODEL, wire_name))
    return f"{PREFIX}-{blake2b(named.encode(), digest_size=12).hexdigest()}"


def refused_before(wire_name, model=""):
    """{name of a part: {"at": time as ISO text, "detail": the server's words}} of what this server has refused for a
    model, for the one that is set unless said."""
    place, now = _place(wire_name, model), time.monotonic()
    read_at, found = _known.get(place, (None, {}))
    if read_at is None or now - read_at > FRESH:
        found = _read(place, found)
        _known[place] = now, found
    return found


def _read(place, else_this):
    try:
        return cache.get(place) or {}
    except Exception as error:  # each store of the cache has errors of its own, and none may cost a reply
        logger.warning("what the server has refused cannot be read; the reply goes on: %r", error)
        return else_this


def remember(wire_name, refused, model=""):
    """Keep what was refused: {part: the server's words}."""
    place = _place(wire_name, model)
    moment = timezone.now().isoformat(timespec="seconds")
    found = _read(place, {}) | {
        name: {"at": moment, "detail": masked(detail)[:300]} for name, detail in refused.items()
    }
    _known[place] = time.monotonic(), found
    try:
        cache.set(place, found, REMEMBERED)
    except Exception as error:
        logger.warning("what the server has refused could not be kept; it will be asked again: %r", error)
