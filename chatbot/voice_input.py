"""What a voice was given to word a reply: each request to a model as it was sent, or what the built-in librarian had.

Kept packed, in a row of its own, for the operators alone. A request mostly repeats the one before and adds to it; what
is the same is kept once.
"""

from __future__ import annotations

import json
import logging
import zlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, models
from django.utils.translation import gettext_lazy as _

from .assistant import Brief, Given
from .db_retry import write_lock

if TYPE_CHECKING:
    from .models import Turn

logger = logging.getLogger(__name__)

LEVEL = 3  # of packing: twice as fast as the usual one, and a tenth larger
MAX_TEXT = 20_000  # characters of one text of a request
MAX_ALL = 300_000  # characters of all requests of a reply; later ones are left out
HIDDEN = "encrypted_content"  # thoughts that nobody but the server can read
LISTS = ("input", "messages")  # where a request has its messages, by the wire


class VoiceInput(models.Model):
    """Of one run at a reply; a turn that was begun anew by another worker has several."""

    turn = models.ForeignKey("chatbot.Turn", models.CASCADE, related_name="voice_inputs", verbose_name=_("turn"))
    packed = models.BinaryField()

    class Meta:
        app_label = "chatbot"
        verbose_name = _("what a voice was given")
        verbose_name_plural = _("what voices were given")

    def __str__(self) -> str:
        return str(self.turn_id)


@dataclass(frozen=True)
class Message:
    """`role`: who speaks, or what kind of item it is, in the server's own word."""

    role: str
    text: str


@dataclass(frozen=True)
class Sent:
    """One request. `because`: what made it necessary after the one before. `same`: messages it begins with, which the
    one before had as well; `messages` are the others. `options`: all that is no message, as JSON. `left_out`: it was too
    much to be kept."""

    because: str
    options: str
    same: int
    messages: list[Message]
    left_out: bool = False


def keep(turn: Turn, given: Sequence[Given]) -> None:
    """Write down what was given. No reply fails because that cannot be done."""
    if not given:
        return
    packed = pack(given)
    try:
        with write_lock:
            VoiceInput.objects.create(turn_id=turn.pk, packed=packed)
    except DatabaseError as error:  # the turn was deleted meanwhile, or the database is away
        logger.warning("what the voice of turn %s was given is not kept: %s", turn.pk, error)


def pack(given: Sequence[Given]) -> bytes:
    kept: list[str] = []
    before: list[Any] = []
    room = MAX_ALL
    for one in given:
        name = next((name for name in LISTS if name in one.request), "")
        messages = one.request.get(name, [])
        same = _same(before, messages)
        told = {**one.request, name: messages[same:]} if name else one.request
        told = {"because": one.because[:MAX_TEXT], "same": same, "request": _shortened(told)}
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        if len(text) > room:
            text = json.dumps({"because": one.because[:MAX_TEXT], "left_out": True}, ensure_ascii=False)
        else:
            before = messages
        room -= len(text)
        kept.append(text)
    return zlib.compress(f"[{','.join(kept)}]".encode("utf-8", "replace"), LEVEL)


def requests_in(packed: bytes) -> list[dict[str, Any]]:
    """The requests as they were sent, each whole: {"because", "same", "request"}; what was left out has "left_out"."""
    found: list[dict[str, Any]] = json.loads(zlib.decompress(packed))
    before: list[Any] = []
    for one in found:
        request = one.get("request", {})
        if name := next((name for name in LISTS if name in request), ""):
            before = request[name] = [*before[: one["same"]], *request[name]]
    return found


def sent(turn_id: int, mask: Callable[[str], str]) -> list[Sent]:
    """All requests of a turn as operators see them, each text through `mask`."""
    runs = VoiceInput.objects.filter(turn=turn_id).order_by("pk").values_list("packed", flat=True)
    return [_sent(one, mask) for packed in runs for one in requests_in(bytes(packed))]


def material(brief: Brief) -> dict[str, Any]:
    """What the built-in librarian words a reply from, besides the wish and the candidates, which the turn has."""
    listing = brief.listing
    told = {
        "parts": [part.as_json() for part in brief.parts],
        "facts": list(brief.facts),
        "found": [[one.work.slug, round(one.share, 2)] for one in brief.found],
        "listing": listing
        and {"count": listing.count, "what": listing.what, "works": [one.slug for one in listing.works]},
        "own": brief.own and {name: value for name, value in asdict(brief.own).items() if value},
        "recent": list(brief.recent),
        "relaxed": brief.relaxed,
        "blocked_by": [reason.as_json() for reason in brief.blocked_by],
        "question_left": brief.question_left,
        "dismissed": brief.dismissed,
    }
    return {name: value for name, value in told.items() if value}


def _same(before: Sequence[Any], messages: Sequence[Any]) -> int:
    """How many messages both begin with."""
    for place, (one, other) in enumerate(zip(before, messages, strict=False)):
        if one is not other and one != other:
            return place
    return min(len(before), len(messages))


def _shortened(value: Any) -> Any:
    """`value` without what is too long or tells nobody anything."""
    if isinstance(value, str):
        return value if len(value) <= MAX_TEXT else f"{value[:MAX_TEXT]}… (+{len(value) - MAX_TEXT})"
    if isinstance(value, (list, tuple)):
        return [_shortened(one) for one in value]
    if isinstance(value, dict):
        return {name: f"… (+{len(one)})" if name == HIDDEN else _shortened(one) for name, one in value.items()}
    return value


def _sent(one: dict[str, Any], mask: Callable[[str], str]) -> Sent:
    request, same = dict(one.get("request", {})), one.get("same", 0)
    name = next((name for name in LISTS if name in request), "")
    messages = request.pop(name, [])[same:]
    return Sent(
        because=mask(one["because"]),
        options=mask(_json(request)),
        same=same,
        messages=[Message(_role(message), mask(_text(message))) for message in messages],
        left_out="left_out" in one,
    )


def _role(message: dict[str, Any]) -> str:
    return str(message.get("role") or message.get("type") or "")


def _text(message: dict[str, Any]) -> str:
    """The words of a message where it has nothing else; else all of it, as JSON."""
    content = message.get("content")
    if isinstance(content, list) and all(isinstance(part, dict) and "text" in part for part in content):
        content = "".join(part["text"] for part in content)
    if isinstance(content, str) and not set(message) - {"role", "content", "tool_call_id", "phase"}:
        return content
    return _json(message)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
