"""The voices that can word a reply, and what they have in common.

A voice is a module with what `Voice` names; `write(brief)` is a generator of the events below. It words picks that came
from the catalogue; it never supplies titles. Closing the generator ends whatever it holds open.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias

from django.conf import settings

if TYPE_CHECKING:
    from ..catalogue.snapshot import CatalogueSnapshot, Work
    from ..language.wish import Wish
    from ..recommender.choosing import Candidate, Reason
    from .tool_call import ToolCall


@dataclass
class Brief:
    """All a voice is given.

    `history` holds (ask, reply) pairs, oldest first, replies as they are remembered; `forgotten` counts those before.
    `candidates` come best first; the voice may offer these and no others.
    `relaxed`: nothing on the shelf keeps every wish; the candidates are the nearest, `blocked_by` says what is in the
    way.
    `offered`: ids of novels that must not come, whatever is wished for. `dismissed`: parts of a wish
    that the reader has removed. `is_talk`: the words want no books: a greeting, thanks, a question; `subjects` are the
    works such a question is about. `turn`, `conversation`, `reader`: their ids.
    """

    language: str
    ask: str
    wish: Wish
    candidates: list[Candidate]
    catalogue: CatalogueSnapshot
    history: list[tuple[str, str]] = field(default_factory=list)
    relaxed: bool = False
    blocked_by: list[Reason] = field(default_factory=list)
    forgotten: int = 0
    is_talk: bool = False
    subjects: list[Work] = field(default_factory=list)
    turn: int = 0
    conversation: int = 0
    reader: int = 0
    offered: frozenset[int] = frozenset()
    dismissed: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Text:
    """The next piece of the reply."""

    text: str


@dataclass(frozen=True, slots=True)
class Retrying:
    """What came so far is void; the voice asks the model once more, after `wait` seconds."""

    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Discarded:
    """What came so far of this answer was not for the reader, as it turns out; the voice goes on."""


@dataclass(frozen=True, slots=True)
class StoodIn:
    """What came so far is void, and the built-in librarian writes what follows. `reason`: why, see `answer.Unfit`."""

    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of all requests so far, as the model counts them. Of those read, `cached` came from its cache and
    `cache_written` were put there; of those written, `reasoned` were thoughts. None where it does not count."""

    tokens_in: int | None
    tokens_out: int | None
    cached: int | None = None
    cache_written: int | None = None
    reasoned: int | None = None


@dataclass(frozen=True, slots=True)
class ToolCallRequested:
    """The model asked, by `call`, to have the shelf looked at anew; of the text so far `kept` stays.

    The voice waits for the answer: whoever listens sends it the Brief of what may be offered now, the same as before
    where the call could not be read, or None when the reply is no longer wanted.
    """

    call: ToolCall
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Thinking:
    """The model thinks before it writes."""


@dataclass(frozen=True, slots=True)
class Idle:
    """Nothing new; said several times a second, so that a stop is noticed while the model is silent."""


Event: TypeAlias = Text | Retrying | Discarded | StoodIn | Usage | ToolCallRequested | Thinking | Idle
Events: TypeAlias = Generator[Event, Brief | None, None]  # what is sent answers a ToolCallRequested; else it is None


class Voice(Protocol):
    """What a module has to have to be a voice."""

    NAME: str
    PROMPT_VERSION: str

    def model_name(self) -> str:
        """The model behind it, "" where there is none."""

    def write(self, brief: Brief) -> Events:
        """The reply, an event at a time. Raises failures.Failure when no whole reply can be had."""


def voice(affordable: bool = True) -> Voice:
    """The voice this installation answers with: ChatGPT where a key or a server is set and the day's budget allows it,
    else the built-in librarian."""
    if speaks_for_itself() or not affordable:
        from . import librarian

        return librarian
    # Over a second of CPU to import; only the worker, and only with a key, should pay for it.
    from . import chatgpt

    return chatgpt


def speaks_for_itself() -> bool:
    """Whether replies come from the built-in librarian."""
    return not (settings.OPENAI_API_KEY or settings.OPENAI_BASE_URL)
