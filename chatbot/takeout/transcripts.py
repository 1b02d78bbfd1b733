"""A conversation as a file: Markdown and plain text for reading, JSON for programs. Made piece by piece, so that a long
one needs no more memory than a short one."""

# mypy: allow-untyped-calls, disable-error-code="attr-defined"

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..models import Conversation, Turn
from ..presentation.cards import PresentedCard
from ..presentation.plain_text import plain
from ..presentation.turns import PresentedTurn, present
from ..text.quoting import titled

BATCH = 50  # turns presented at once


@dataclass(frozen=True)
class Work:
    """A work as it was offered."""

    slug: str
    title: str
    original: str
    authors: list[str]
    volumes: int
    reason: str

    def as_json(self) -> dict[str, Any]:
        return dict(vars(self))


Block = str | Work  # a stretch of prose, or a work offered


def turns_of(conversation: Conversation) -> Iterator[PresentedTurn]:
    """The turns that stand, oldest first."""
    last = 0
    while turns := list(conversation.turns.filter(hidden=False, pk__gt=last).order_by("pk")[:BATCH]):
        yield from present(turns)
        last = turns[-1].pk


def blocks_of(presented: PresentedTurn) -> list[Block]:
    """A reply in the order it was written, and in its own language."""
    with translation.override(presented.turn.language):
        return list(_blocks(presented))


def _blocks(presented: PresentedTurn) -> Iterator[Block]:
    for block in presented.blocks:
        for card in block.cards or ():
            assert isinstance(card, PresentedCard)  # a whole turn keeps no card back
            yield work_of(card)
        if block.parts is not None and (words := plain(block.parts)):
            yield words


def work_of(card: PresentedCard) -> Work:
    novel = card.novel
    return Work(novel.slug, novel.title, novel.title_ja, list(novel.author_names), novel.volumes, plain(card.reason))


def as_markdown(conversation: Conversation) -> Iterator[str]:
    zone = conversation.reader.zone
    yield f"# {conversation.title}\n\n{_begun(conversation)}\n"
    for presented in turns_of(conversation):
        quoted = "\n".join(f"> {line}".rstrip() for line in presented.turn.text.splitlines())
        yield f"\n## {_when(presented.turn, zone)}\n\n{quoted}\n"
        for block in blocks_of(presented):
            if isinstance(block, Work):
                reason = f"\n  {_indented(block.reason)}" if block.reason else ""
                yield f"\n- **{titled(block.title, presented.turn.language)}** · {_facts(block)}{reason}\n"
            else:
                yield f"\n{block}\n"
        if note := _note(presented.turn):
            yield f"\n*{note}*\n"


def as_text(conversation: Conversation) -> Iterator[str]:
    zone = conversation.reader.zone
    yield f"{conversation.title}\n{_begun(conversation)}\n"
    for presented in turns_of(conversation):
        yield f"\n\n— {_('You')} · {_when(presented.turn, zone)}\n{presented.turn.text}\n\n— {_('The librarian')}\n"
        for block in blocks_of(presented):
            if isinstance(block, Work):
                reason = f"\n  {_indented(block.reason)}" if block.reason else ""
                yield f"\n・{titled(block.title, presented.turn.language)} {_facts(block)}{reason}\n"
            else:
                yield f"{block}\n"
        if note := _note(presented.turn):
            yield f"({note})\n"


def as_json(conversation: Conversation) -> Iterator[str]:
    head = {"title": conversation.title, "begun_at": conversation.created_at.isoformat()}
    yield f'{json.dumps(head, ensure_ascii=False)[:-1]}, "turns": ['
    for number, presented in enumerate(turns_of(conversation)):
        yield f"{',' if number else ''}\n{json.dumps(_turn(presented), ensure_ascii=False)}"
    yield "\n]}\n"


def _turn(presented: PresentedTurn) -> dict[str, Any]:
    turn = presented.turn
    blocks = blocks_of(presented)
    return {
        "asked_at": turn.queued_at.isoformat(),
        "language": turn.language,
        "ask": turn.text,
        "state": turn.state,
        "thumb": turn.thumb,
        "shortcoming": turn.shortcoming,
        "thumb_words": turn.thumb_words,
        "reply": [block.as_json() if isinstance(block, Work) else {"text": block} for block in blocks],
    }


def _begun(conversation: Conversation) -> str:
    begun = timezone.localtime(conversation.created_at, conversation.reader.zone)
    return _("Begun on %(day)s") % {"day": date_format(begun, "DATE_FORMAT")}


def _when(turn: Turn, zone: tzinfo) -> str:
    return date_format(timezone.localtime(turn.queued_at, zone), "DATETIME_FORMAT")


def _facts(work: Work) -> str:
    names = ", ".join(work.authors)
    return f"{work.original} · {names}" if work.original != work.title else names


def _indented(words: str) -> str:
    return words.replace("\n", "\n  ")


def _note(turn: Turn) -> str:
    if turn.state == Turn.State.STOPPED:
        return _("Stopped here at your wish.")
    return str(turn.failure_words) if turn.state == Turn.State.FAILED else ""


FORMS = {
    "md": (as_markdown, "text/markdown"),
    "txt": (as_text, "text/plain"),
    "json": (as_json, "application/json"),
}
