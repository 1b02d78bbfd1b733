"""The voices that can word a reply, and what they have in common.

A voice is a module with what `Voice` names; `write(brief)` is a generator of the events below. It words picks that came
from the catalogue; it never supplies titles. Closing the generator ends whatever it holds open.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from django.conf import settings

from ..catalogue.facts import works_called_by
from ..language.acts import Act
from ..language.words import elsewhere
from .instructions import SHIPPED, Instructions
from .material import MAX_NAMED, MOST_SPOKEN, named_of

if TYPE_CHECKING:
    from ..catalogue.facts import WorkFacts
    from ..catalogue.snapshot import CatalogueSnapshot
    from ..language.acts import ActPart
    from ..language.wishes.wish import Wish
    from ..recommender.candidates import Candidate, LeftOut, Reason
    from ..recommender.descriptions import Found
    from .material import Listing, OwnData
    from .tool_call import ToolCall


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a conversation tells of how to choose. `is_new`: its reader is new to light novels, by their words or by
    the books from elsewhere that they name. `was_offered`: something was offered in it before. `surprises`: a surprise is
    asked for now."""

    is_new: bool = False
    was_offered: bool = False
    surprises: bool = False


@dataclass
class Brief:
    """All a voice is given.

    `history` holds (ask, reply) pairs, oldest first, replies as they are remembered; `forgotten` counts those before.
    `candidates` come best first; the voice may offer these and no others.
    `relaxed`: nothing on the shelf keeps every wish; the candidates are the nearest, `blocked_by` says what is in the
    way. `left_out`: what would have come first, had the reader not refused something of it.
    `offered`: ids of novels that must not come, whatever is wished for. `dismissed`: parts of a wish
    that the reader has removed. `parts`: what the words do, in their order; only where one of them wishes are there
    candidates. `facts`: all that is known of the works the words are about, by slug; nothing else may be said of them.
    `found`: works that fit a description, best first. `own`: what is the reader's own, where they ask for it;
    `listing`: works of the shelf, where they ask about it. `recent`: slugs of works spoken of or offered last. `turn`,
    `conversation`, `reader`: their ids.
    """

    language: str
    ask: str
    wish: Wish
    candidates: list[Candidate]
    catalogue: CatalogueSnapshot
    history: list[tuple[str, str]] = field(default_factory=list)
    relaxed: bool = False
    blocked_by: list[Reason] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    forgotten: int = 0
    parts: tuple[ActPart, ...] = ()
    facts: dict[str, WorkFacts] = field(default_factory=dict)
    found: list[Found] = field(default_factory=list)
    own: OwnData | None = None
    listing: Listing | None = None
    recent: tuple[str, ...] = ()
    turn: int = 0
    conversation: int = 0
    reader: int = 0
    offered: frozenset[int] = frozenset()
    dismissed: list[str] = field(default_factory=list)
    occasion: Occasion = Occasion()
    question_left: str = ""  # beside a wish, one that nothing here answers
    instructions: Instructions = SHIPPED  # what a model answers by
    model: str = ""  # the one that is asked, where it is another than the one that is set

    @property
    def wishes(self) -> bool:
        """Whether books are wanted: a brief without parts is one that only offers."""
        return not self.parts or any(part.act.wishes for part in self.parts)

    @property
    def spoken(self) -> list[str]:
        """Slugs of the works the reply is to speak of, besides those it offers."""
        of_parts = [slug for part in self.parts for slug in self._told_of(part)]
        listed = [work.slug for work in self.listing.works] if self.listing else []
        return list(dict.fromkeys([*of_parts, *self._found_named(), *listed, *self._offered_before()]))

    def _told_of(self, part: ActPart) -> Sequence[str]:
        """The works of a part that an answer to it names: of many that "it" may mean, or an author wrote, only the
        first."""
        if part.act is Act.AUTHOR and (name := part.detail.get("author")):
            names = part.detail.get("authors") or [name]
            each = [works_called_by(str(one), self.catalogue)[:MOST_SPOKEN] for one in names]
            return [work.slug for works in each for work in works]
        is_answer = part.act in (Act.ABOUT, Act.COMPARE, Act.AUTHOR)
        return part.works[:MOST_SPOKEN] if is_answer else part.works

    def _found_named(self) -> list[str]:
        return [one.work.slug for one in named_of(self.found)]

    def _offered_before(self) -> list[str]:
        """The works offered in this conversation, else the latest ones, where they are asked for."""
        asked = any(part.act is Act.OWN_DATA and part.detail.get("of") == "offered" for part in self.parts)
        if not asked or not self.own:
            return []
        if self.own.asks_then:
            return self.own.offered_then[:MOST_SPOKEN]
        return self.own.offered_here or list(dict.fromkeys(self.own.offered))[:MAX_NAMED]

    @property
    def proposed(self) -> str:
        """What the reply offers to do next, which a bare yes takes up: "similar" works. Whoever liked a work, or wants
        it, is offered its like; a work that was no good has none worth having. Who finds one interesting is asked whether
        it is to be shelved: "shelve". Who asks of a work from elsewhere is offered its like where that is known: "alike"."""
        kept = self.parts[-1] if self.parts and not self.wishes else None
        if kept and kept.act is Act.ABOUT and not kept.works and elsewhere.tastes("\n".join(kept.unknown)):
            return "alike"
        if kept and kept.is_found:
            return "similar"
        if not kept or kept.act is not Act.VERDICT or not kept.works:
            return ""
        state, ordered = kept.detail.get("state"), bool(kept.detail.get("ordered"))
        if state in ("read", "loved", "want") and not ordered:
            return "similar"
        if state == "curious":
            return "shelve"
        return ""


@dataclass(frozen=True, slots=True)
class Given:
    """What the reply is worded from: a `request` as it is about to be sent. `because`: what made it necessary after the
    one before, in technical words."""

    request: dict[str, Any]
    because: str = ""


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
    """The model asked, by `calls`, to have the shelf looked at anew or to be told facts; of the text so far `kept` stays.

    The voice waits for the answer: whoever listens sends it the Brief of what may be said and offered now, the same as
    before where no call could be read, or None when the reply is no longer wanted.
    """

    calls: list[ToolCall]
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Thinking:
    """The model thinks before it writes."""


@dataclass(frozen=True, slots=True)
class Idle:
    """Nothing new; said several times a second, so that a stop is noticed while the model is silent."""


Event: TypeAlias = Given | Text | Retrying | Discarded | StoodIn | Usage | ToolCallRequested | Thinking | Idle
Events: TypeAlias = Generator[Event, Brief | None, None]  # what is sent answers a ToolCallRequested; else it is None


class Voice(Protocol):
    """What a module has to have to be a voice."""

    NAME: str

    def model_name(self) -> str:
        """The model behind it, "" where there is none."""

    def prompt_version(self, brief: Brief) -> str:
        """The version of the words by which it answers `brief`."""

    def write(self, brief: Brief) -> Events:
        """The reply, an event at a time. Raises failures.Failure when no whole reply can be had."""


def voice(affordable: bool = True, *, is_guest: bool = False) -> Voice:
    """The voice this installation answers with: ChatGPT where a key or a server is set and the day's budget allows it,
    else the built-in librarian."""
    if speaks_for_itself(is_guest=is_guest) or not affordable:
        from . import librarian

        return librarian
    # Over a second of CPU to import; only the worker, and only with a key, should pay for it.
    from . import chatgpt

    return chatgpt


def voice_named(name: str) -> Voice | None:
    """The voice of that NAME, where this installation has it."""
    return next((one for one in (voice(), voice(affordable=False)) if name == one.NAME), None)


def speaks_for_itself(*, is_guest: bool = False) -> bool:
    """Whether replies come from the built-in librarian; to guests, unless they get ChatGPT as well."""
    if is_guest and settings.GUEST_VOICE == "librarian":
        return True
    return not (settings.OPENAI_API_KEY or settings.OPENAI_BASE_URL)


def who_words() -> str:
    """Whose words the replies of this installation are: the librarian's own, ChatGPT's, or another model's."""
    if speaks_for_itself():
        return "librarian"
    return "model" if settings.OPENAI_BASE_URL else "chatgpt"
