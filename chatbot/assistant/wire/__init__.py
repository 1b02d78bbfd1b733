"""How a model's server is spoken to: one module a wire, and one form for what comes back (events.py).

A wire is a module with `NAME`, `request(prompt, tools, brief)`, `go_on(request, answer, answered, may_call=…)`,
`reminded(request, words)`, `send(client, request)` and `read(message)`, which gives events.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from . import chat, parts, responses, shutdowns
from .options import at_openai


def wire():
    """The wire the settings name; where they leave it open, Responses at OpenAI itself, chat completions elsewhere."""
    if settings.OPENAI_API == "auto":
        return responses if at_openai() else chat
    return {"responses": responses, "chat": chat}[settings.OPENAI_API]


@dataclass(frozen=True)
class LeftOut:
    """A part of our requests that the server has refused: what it said, and when it was asked last."""

    part: str
    at: datetime
    detail: str


@dataclass(frozen=True)
class Connection:
    """Whom this installation asks, for operators. `ends_on`: the day its model is shut down, where that is known."""

    model: str
    server: str
    wire: str
    left_out: list
    ends_on: date | None

    @property
    def ends_soon(self):
        return self.ends_on is not None and (self.ends_on - timezone.localdate()).days < 90


def connection():
    """The Connection as it stands now."""
    name = wire().NAME
    left_out = [
        LeftOut(part, datetime.fromisoformat(found["at"]), found["detail"])
        for part, found in parts.refused_before(name).items()
    ]
    ends_on = shutdowns.announced().get(settings.OPENAI_MODEL) if at_openai() else None
    return Connection(settings.OPENAI_MODEL, parts.server(), name, left_out, ends_on)
