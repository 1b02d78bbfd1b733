"""An ask answered for operators: by the way of every reply, with nothing kept on the reader's side.

No quota, no shelf, no taste, no memory, no gap: all that is written is what the trial came to. What a model asks for it
counts against the day's budget as any reply does.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.utils import timezone

from ..assistant import Brief, Voice, failures, librarian
from ..assistant.failures import Failure
from ..assistant.instructions import Instructions
from ..briefing import as_given, wish_shown
from ..costs import spending
from ..db_retry import DATABASE_AWAY, with_db_retry
from ..drafting import Draft
from ..fact_check import corrections_of
from ..models import Turn
from ..pick_verification import picks_of, resolver
from ..text.cleaning import storable
from ..understanding import Reading
from .trial_models import BUDGET

logger = logging.getLogger(__name__)

LOOK_EVERY = 3.0  # seconds between two looks at whether the trial is still wanted, which renew its lease
UNANSWERED: dict[str, Any] = {
    "state": Turn.State.RUNNING,
    "phase": Turn.Phase.READING,
    "reply": "",
    "failure": "",
    "failure_detail": "",
    "stand_in": "",
    "over_budget": False,
    "attempts": 0,
    "tokens_in": None,
    "tokens_out": None,
    "tokens_cached": None,
    "tokens_cache_written": None,
    "tokens_reasoned": None,
    "first_text_at": None,
    "finished_at": None,
}


def unanswered(turn: Turn) -> Turn:
    """`turn` as if nobody had answered it yet; not to be saved."""
    for name, value in UNANSWERED.items():
        setattr(turn, name, value)
    turn.candidates, turn.calls, turn.corrections, turn.refused, turn.wish = [], [], [], [], {}
    return turn


class Trial(Draft):
    """A draft that is kept in memory alone. `is_wanted()`: whether anybody still waits for it."""

    def __init__(self, turn: Turn, brief: Brief, is_wanted: Callable[[], bool]) -> None:
        super().__init__(turn, brief)
        self.is_wanted, self.looked = is_wanted, time.monotonic()

    def _is_wanted(self) -> bool:
        now = time.monotonic()
        if now - self.looked < LOOK_EVERY:
            return True
        self.looked = now
        return with_db_retry(self.is_wanted)

    def _progress(self, **changes: Any) -> bool:
        if changes.get("reply") and not self.turn.first_text_at:
            self.turn.first_text_at = timezone.now()
        for name, value in changes.items():
            setattr(self.turn, name, value)
        return self._is_wanted()


def try_out(
    turn: Turn,
    reading: Reading,
    brief: Brief,
    *,
    voice: Voice,
    instructions: Instructions,
    model: str = "",
    is_wanted: Callable[[], bool] = lambda: True,
) -> dict[str, Any] | None:
    """Answer `turn`, which is `unanswered`. The fields of an Outcome; None when nobody wants it any more. `model`: the one
    to be asked, of a voice that has one, in place of the one that is set."""
    asked = voice.model_name() and (model or voice.model_name())
    began, brief = timezone.now(), replace(brief, instructions=instructions, model=asked)
    turn.voice, turn.model, turn.prompt_version = voice.NAME, asked, voice.prompt_version(brief)
    turn.reading = {**reading.as_json(), "spoken": brief.spoken, "proposed": brief.proposed}
    turn.wish, turn.candidates = wish_shown(brief), as_given(brief)
    picks: list[str] = []
    try:
        with spending.account(turn, by_model=voice.NAME != librarian.NAME) as affordable:
            if affordable:
                written = _written(turn, Trial(turn, brief, is_wanted), voice)
                if written is None:
                    return None
                picks = written
            else:
                turn.failure = BUDGET
    except Failure as failure:
        turn.failure, turn.failure_detail = failure.code, failure.detail[:4000]
    except DATABASE_AWAY:
        raise
    except Exception as error:
        logger.exception("turn %s broke when it was tried", turn.pk)
        turn.failure, turn.failure_detail = failures.BROKEN, Failure(failures.BROKEN, repr(error)).detail[:4000]
    return _outcome(turn, picks, began)


def _written(turn: Turn, draft: Trial, voice: Voice) -> list[str] | None:
    """Slugs of what is offered in the reply, which stands in `turn` then; None when nobody wants it any more."""
    if not draft.write(voice):
        return None
    turn.reply = storable(draft.told)
    if not turn.reply.strip():
        raise Failure(failures.EMPTY, "the voice wrote nothing")
    turn.reading = {**turn.reading, "spoken": draft.spoken(turn.reply)}
    catalogue = draft.brief.catalogue
    turn.corrections = corrections_of(turn, turn.reply, catalogue)
    slug_of = {candidate["pk"]: candidate["slug"] for candidate in turn.candidates}
    return [slug_of[pick.novel_id] for pick in picks_of(turn, turn.reply, resolver(catalogue))]


def _outcome(turn: Turn, picks: list[str], began: Any) -> dict[str, Any]:
    now = timezone.now()
    names = ("voice", "model", "prompt_version", "reply", "stand_in", "failure", "failure_detail")
    kept = ("wish", "reading", "candidates", "corrections", "tokens_in", "tokens_out")
    return {
        **{name: getattr(turn, name) for name in (*names, *kept)},
        "picks": picks,
        "cost": spending.cost_of(turn, turn.attempts),
        "first_text_ms": _milliseconds(began, turn.first_text_at),
        "whole_ms": _milliseconds(began, now),
        "finished_at": now,
    }


def _milliseconds(start: Any, end: Any) -> int | None:
    return max(0, round((end - start).total_seconds() * 1000)) if end else None
