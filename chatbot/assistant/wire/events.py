"""What a model's server tells, in one form for every wire. Nothing in it has been checked but its type."""

import json
from dataclasses import dataclass, field
from typing import Any, TypeAlias

MAX_TOKENS = 2**31 - 1

# Why a model stopped, whatever its server calls it.
STOP, CALLS, LENGTH, FILTER = "stop", "calls", "length", "content_filter"


@dataclass(frozen=True, slots=True)
class Written:
    """The next piece of the text."""

    text: str


@dataclass(frozen=True, slots=True)
class Reasoning:
    """The model reasons. What it reasons is for nobody."""


@dataclass(frozen=True, slots=True)
class CallPart:
    """A piece of a function call. `whole`: `arguments` are all of them, and replace what came before."""

    index: int | None = None
    ident: str = ""
    name: str = ""
    arguments: str = ""
    old: bool = False  # made the way it was before there were several: `function_call`
    whole: bool = False
    # To be sent back with the call as it came, such as a thought's signature.
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answered:
    """A call of the model as it is told again, with what the function answered."""

    ident: str
    name: str
    arguments: str
    result: str
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Carried:
    """Something that must be sent back unread when the exchange goes on after a call: `{name: value}` of a message
    (chat completions) or an item (Responses)."""

    value: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Refusal:
    """The model declines, in its own words."""

    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The end: STOP, CALLS, LENGTH or FILTER. `sure`: False where the server may say so of every piece."""

    reason: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Used:
    """Tokens, None where the server does not count. `cached` of those read came from the cache, `cache_written` were
    put there; `reasoned` of those written were thoughts."""

    read: int | None = None
    written: int | None = None
    cached: int | None = None
    cache_written: int | None = None
    reasoned: int | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """An error told in the answer itself. `status` is an HTTP status where the error names one."""

    message: str
    code: str = ""
    kind: str = ""
    param: str = ""
    status: int | None = None


ServerEvent: TypeAlias = Written | Reasoning | CallPart | Carried | Refusal | Finished | Used | Fault


def of(thing: object, name: str) -> Any:
    """A field of what a server sent: None where there is none."""
    return thing.get(name) if isinstance(thing, dict) else None


def text_of(content: object) -> str:
    """The text of a `content`, also where it comes as a list of parts. Parts that are thoughts are not text."""
    if isinstance(content, list):
        return "".join(
            text_of(of(part, "text")) for part in content if of(part, "type") in (None, "text", "output_text")
        )
    return content if isinstance(content, str) else ""


def short(text: object, length: int) -> str:
    """`text` cut to `length` characters; "" where it is none."""
    return text[:length] if isinstance(text, str) else ""


def arguments_of(arguments: object) -> str:
    """The arguments of a call as text: some servers send them whole, as an object."""
    if isinstance(arguments, dict):
        arguments = json.dumps(arguments, ensure_ascii=False)
    return arguments if isinstance(arguments, str) else ""


def count_of(thing: object, name: str) -> int | None:
    """A number of tokens, or None where it is missing or none."""
    count = of(thing, name)
    return count if isinstance(count, int) and not isinstance(count, bool) and 0 <= count <= MAX_TOKENS else None


def fault_of(error: object) -> Fault:
    """A Fault from an error as servers write it: an object, or a bare text."""
    if not isinstance(error, dict):
        return Fault(str(error)[:2000])
    code = of(error, "code")
    status = code if isinstance(code, int) else of(error, "status")
    status = status if isinstance(status, int) and 400 <= status < 600 else None
    # Gateways give the words of the server behind them apart.
    behind = of(of(error, "metadata"), "raw")
    message = of(error, "message") or of(error, "detail") or str(error)
    return Fault(
        message=f"{message} {behind}"[:2000] if behind else str(message)[:2000],
        code="" if code is None else str(code)[:80],
        kind=str(of(error, "type") or "")[:80],
        param=str(of(error, "param") or "")[:80],
        status=status,
    )
