"""The voices that can word a reply, and what they have in common.

A voice is a module with `NAME`, `PROMPT_VERSION`, `model_name()` and `write(brief)`, a generator of the events below.
It words picks that came from the catalogue; it never supplies titles. Closing the generator ends whatever it holds open.
"""

from dataclasses import dataclass, field

from django.conf import settings

from ..language.wish import Wish


@dataclass
class Brief:
    """All a voice is given.

    `history` holds (ask, reply) pairs, oldest first, replies as they are remembered; `forgotten` counts those before.
    `candidates` are `recommender.Candidate`s, best first; the voice may offer these and no others.
    `relaxed`: nothing on the shelf keeps every wish; the candidates are the nearest, `blocked_by` says what is in the way.
    `offered`: ids of novels that must not come, whatever is wished for. `taken_back`: parts of a wish, as "kind:value",
    that the reader has removed. `is_talk`: the words want no books: a greeting, thanks, a question; `subjects` are the
    works such a question is about. `turn`, `conversation`, `reader`: their ids.
    """

    language: str
    ask: str
    wish: Wish
    candidates: list
    history: list = field(default_factory=list)
    relaxed: bool = False
    blocked_by: list = field(default_factory=list)
    catalogue: object = None
    forgotten: int = 0
    is_talk: bool = False
    subjects: list = field(default_factory=list)
    turn: int = 0
    conversation: int = 0
    reader: int = 0
    offered: frozenset = frozenset()
    dismissed: list = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Text:
    """The next piece of the reply."""

    text: str


@dataclass(frozen=True, slots=True)
class Again:
    """What came so far is void; the voice asks the model once more, after `wait` seconds."""

    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Void:
    """What came so far of this answer was not for the reader, as it turns out; the voice goes on."""


@dataclass(frozen=True, slots=True)
class Instead:
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


@dataclass
class Look:
    """The model asked, by `call` (tool_call.ToolCall), to have the shelf looked at anew; of the text so far `kept` stays.

    Before the voice goes on, whoever listens sets `brief` to what may be offered now: the same as before where the call
    could not be read.
    """

    call: object
    kept: str = ""
    brief: Brief | None = None


@dataclass(frozen=True, slots=True)
class Thought:
    """The model thinks before it writes."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Nothing new; said several times a second, so that a stop is noticed while the model is silent."""


def voice(affordable=True):
    """The voice this installation answers with: ChatGPT where a key or a server is set and the day's budget allows it,
    else the built-in librarian."""
    if speaks_for_itself() or not affordable:
        from . import librarian

        return librarian
    # Over a second of CPU to import; only the worker, and only with a key, should pay for it.
    from . import chatgpt

    return chatgpt


def speaks_for_itself():
    """Whether replies come from the built-in librarian."""
    return not (settings.OPENAI_API_KEY or settings.OPENAI_BASE_URL)
