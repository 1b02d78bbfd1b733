"""Turns as a file: what was asked, answered and judged, for those who make replies better.

Read in pages by key, each a query of its own, so that 100,000 turns need no more memory than a page of them and no
transaction stays open while somebody's connection is slow. Personal data is masked unless `unmasked` is said. Each
conversation that is taken out is a `Look` which its reader sees.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet

from users.shelf.table import guarded

from .assistant import prompts
from .models import Look, Pick, Review, Turn
from .prompting.active import active_instructions
from .review.masking import masked

PAGE = 200  # turns
BEFORE = 4  # exchanges of the same conversation that an example for training begins with
COLUMNS = (
    "id", "conversation", "reader", "asked_at", "language", "ask", "reply", "state", "failure", "voice", "model",
    "prompt_version", "tokens_in", "tokens_out", "waited_ms", "first_text_ms", "whole_ms", "picks", "thumb",
    "shortcoming", "thumb_words", "reasons", "corrected",
)  # fmt: skip
MARK = re.compile(r"\[\[([a-z0-9-]+)\]\]")
Mask = Callable[[str], str]


def write(turns: QuerySet[Any], form: str, operator: Any = None, *, unmasked: bool = False) -> Iterator[str]:
    """`turns` in pieces of the file, in the order they were asked. `form` is one of FORMS; `operator` None: the command
    line. Whether the operator may see what is `unmasked` has been asked before."""
    head, line, _kind = FORMS[form]
    mask: Mask = str if unmasked else masked
    if head:
        yield head()
    for page in _pages(turns):
        readers = {turn.conversation_id: turn.reader_id for turn in page}
        Look.objects.note_export(operator, readers, unmasked=unmasked)
        yield "".join(line(turn, mask) for turn in page)


def _pages(turns: QuerySet[Any]) -> Iterator[list[Turn]]:
    kept = Prefetch("review_item__reviews", Review.objects.submitted().order_by("is_resolution", "submitted_at"))
    picks = Prefetch("picks", Pick.objects.select_related("novel"))
    # A queryset that a list of the admin has made leaves columns out.
    whole = turns.defer(None).select_related("review_item", "conversation").prefetch_related(picks, kept).order_by("pk")
    last = 0
    while page := list(whole.filter(pk__gt=last)[:PAGE]):
        yield page
        last = page[-1].pk


# --- JSON lines: everything -------------------------------------------------------------------------------------------


def _evidence(turn: Turn, mask: Mask) -> str:
    kept = {name: getattr(turn, name) for name in (
        "id", "language", "state", "failure", "voice", "stand_in", "over_budget", "model", "prompt_version", "attempts",
        "claims", "tokens_in", "tokens_out", "tokens_cached", "tokens_cache_written", "tokens_reasoned", "hidden",
        "thumb", "shortcoming", "candidates",
    )}  # fmt: skip
    said = {name: _masked(getattr(turn, name), mask) for name in (
        "text", "reply", "failure_detail", "wish", "reading", "waived", "calls", "corrections", "refused", "thumb_words",
    )}  # fmt: skip
    times = ("queued_at", "started_at", "first_text_at", "finished_at", "thumb_at")
    whole = {
        **kept,
        "conversation": turn.conversation_id,
        "reader": turn.reader_id,
        "replaces": turn.replaces_id,
        **said,
        **{name: _time(getattr(turn, name)) for name in times},
        "picks": [{"slug": one.novel.slug, "reason": mask(one.reason)} for one in turn.picks.all()],
        "review": _review(turn, mask),
    }
    return f"{json.dumps(whole, ensure_ascii=False)}\n"


def _review(turn: Turn, mask: Mask) -> dict[str, Any] | None:
    item = getattr(turn, "review_item", None)
    return item and {
        "state": item.state,
        "why": item.why,
        "flag": mask(item.flag),
        "verdicts": [
            {
                "scores": one.scores,
                "notes": mask(one.notes),
                "corrected": mask(one.corrected),
                "settles": one.is_resolution,
                "submitted_at": _time(one.submitted_at),
            }
            for one in item.reviews.all()
        ],
    }


def _masked(value: Any, mask: Mask) -> Any:
    """`value` with each text in it masked, however deep."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, list):
        return [_masked(one, mask) for one in value]
    return {name: _masked(one, mask) for name, one in value.items()} if isinstance(value, dict) else value


def _time(at: Any) -> str | None:
    return at.isoformat() if at else None


# --- Messages, as OpenAI takes them for fine-tuning -------------------------------------------------------------------


def _messages(turn: Turn, mask: Mask) -> str:
    """The conversation up to a reply worth learning; "" of a turn that has none. The reply is the corrected one where a
    reviewer wrote it, with marks in place of cards as the model writes them."""
    reply = corrected(turn) or (turn.reply if turn.state == Turn.State.DONE and turn.thumb != Turn.Thumb.DOWN else "")
    if turn.hidden or not reply.strip():
        return ""
    messages = [{"role": "system", "content": prompts.system(active_instructions(), turn.language, may_look=False)}]
    for before in _before(turn):
        messages += _exchange(before.text, before.reply, mask)
    messages += _exchange(_with_shelf(turn), reply, mask)
    return f"{json.dumps({'messages': messages}, ensure_ascii=False)}\n"


def corrected(turn: Turn) -> str:
    """How reviewers say it should have been answered, who settled a difference before others; "" where nobody does."""
    item = getattr(turn, "review_item", None)
    found = [one.corrected for one in item.reviews.all() if one.corrected.strip()] if item else []
    return found[-1] if found else ""


def _before(turn: Turn) -> list[Turn]:
    # The state is looked at here: asked for, it would tempt the database to walk through all turns of that state.
    told = Turn.objects.filter(conversation=turn.conversation_id, pk__lt=turn.pk).order_by("-pk")
    latest = told.only("text", "reply", "state", "hidden")[: 2 * BEFORE]
    return [one for one in latest if one.state == Turn.State.DONE and not one.hidden][:BEFORE][::-1]


def _with_shelf(turn: Turn) -> str:
    """The ask with the ids that could be pointed at: who learns to answer without them learns to make titles up."""
    ids = "\n".join(f"[[{one['slug']}]]" for one in turn.candidates)
    return f"<shelf>\n{ids}\n</shelf>\n<ask>\n{turn.text}\n</ask>" if ids else turn.text


def _exchange(ask: str, reply: str, mask: Mask) -> list[dict[str, str]]:
    return [{"role": "user", "content": mask(ask)}, {"role": "assistant", "content": mask(reply)}]


# --- A table ----------------------------------------------------------------------------------------------------------


def _row(turn: Turn, mask: Mask) -> str:
    item = getattr(turn, "review_item", None)
    cells = {
        "id": turn.pk,
        "conversation": turn.conversation_id,
        "reader": turn.reader_id,
        "asked_at": turn.queued_at.isoformat(),
        "ask": mask(turn.text),
        "reply": mask(_with_titles(turn)),
        "waited_ms": _ms(turn, turn.started_at),
        "first_text_ms": _ms(turn, turn.first_text_at),
        "whole_ms": _ms(turn, turn.finished_at),
        "picks": " ".join(one.novel.slug for one in turn.picks.all()),
        "thumb_words": mask(turn.thumb_words),
        "reasons": " ".join(item.why) if item else "",
        "corrected": mask(corrected(turn)),
    }
    return _csv([cells[name] if name in cells else getattr(turn, name) for name in COLUMNS])


def _with_titles(turn: Turn) -> str:
    """The reply with titles where the page has cards."""
    titles = {one.novel.slug: one.novel.title for one in turn.picks.all()}
    return MARK.sub(lambda mark: f"『{titles.get(mark[1], mark[1])}』", turn.reply)


def _ms(turn: Turn, at: datetime | None) -> int | None:
    """Milliseconds since it was asked."""
    return round((at - turn.queued_at).total_seconds() * 1000) if at else None


def _csv(cells: Any) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([guarded(cell) if isinstance(cell, str) else cell for cell in cells])
    return line.getvalue()


def _header() -> str:
    """With a byte order mark, by which programs for tables know the encoding."""
    return "\ufeff" + _csv(COLUMNS)


FORMS: dict[str, tuple[Callable[[], str] | None, Callable[[Turn, Mask], str], str]] = {
    "jsonl": (None, _evidence, "application/x-ndjson"),
    "messages": (None, _messages, "application/x-ndjson"),
    "csv": (_header, _row, "text/csv"),
}
