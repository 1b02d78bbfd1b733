"""Replaying a turn in the worker: what is asked for in `Replay` rows."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..assistant import Brief, failures, voice_named
from ..assistant.instructions import Instructions
from ..briefing import brief_for, known_to
from ..catalogue.snapshot import CatalogueSnapshot, current_catalogue
from ..models import PromptVersion, Replay, Turn
from ..prompting.active import active_instructions
from ..recommender.candidates import Candidate, Reason
from ..understanding import read_turn
from . import trials
from .trial_models import NO_PROMPT, NO_VOICE

logger = logging.getLogger(__name__)


def make(replay: Replay) -> None:
    """Answer the turn again as `replay` says, and keep what came of it there."""
    voice, instructions = voice_named(replay.with_voice), _instructions(replay.with_prompt)
    if voice is None or instructions is None:
        replay.end(failure=NO_PROMPT if voice else NO_VOICE)
        return
    turn = Turn.objects.select_related("conversation", "reader").get(pk=replay.turn_id)
    given = turn.candidates
    catalogue = current_catalogue()
    turn = trials.unanswered(turn)
    reading = read_turn(turn, catalogue, keeps=False)
    offered = known_to(turn.reader_id, turn.conversation_id, before=turn.pk)
    brief = brief_for(turn, reading, catalogue, offered=offered)
    if replay.keeps_candidates:
        brief = _with_candidates(brief, given, catalogue)
    outcome = trials.try_out(
        turn, reading, brief, voice=voice, instructions=instructions, model=replay.model, is_wanted=replay.renew
    )
    if outcome:
        replay.end(**outcome)


def give_up(replay: Replay) -> None:
    """It took its workers down with it."""
    replay.end(failure=failures.LOST)


def _instructions(name: str) -> Instructions | None:
    """Those of the version `name`, or those in force."""
    if not name:
        return active_instructions()
    version = PromptVersion.objects.filter(name=name).first()
    return version.instructions if version else None


def _with_candidates(brief: Brief, given: Sequence[Mapping[str, Any]], catalogue: CatalogueSnapshot) -> Brief:
    """`brief` with the candidates of then, those that are still on the shelf, in their order."""
    candidates = [
        Candidate(
            work=catalogue.by_slug[one["slug"]],
            score=one["score"],
            reasons=tuple(map(_reason, one["reasons"])),
            breaches=tuple(map(_reason, one["breaches"])),
            serendipity=bool(one.get("aside")),
        )
        for one in given
        if one["slug"] in catalogue.by_slug
    ]
    return replace(brief, candidates=candidates, relaxed=any(one.breaches for one in candidates))


def _reason(kept: Mapping[str, Any]) -> Reason:
    value = kept["value"]
    return Reason(kept["kind"], tuple(value) if isinstance(value, list) else value, tuple(kept.get("tags", ())))
