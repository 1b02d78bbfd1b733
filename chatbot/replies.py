"""Answering one turn, start to finish: understand, choose, let the voice word it, verify, finish.

The one place to read to know what happens to an ask. Runs in the worker; the web process only calls `stop`.
"""

import logging
from typing import Any

from django.db import transaction
from django.utils import timezone

from users.models import User

from . import assistant, voice_input
from .assistant import Brief, Voice, failures, librarian
from .assistant.failures import Failure
from .briefing import as_given, brief_for, wish_shown
from .catalogue.models import Novel
from .catalogue.snapshot import CatalogueSnapshot, current_catalogue
from .costs import spending
from .db_retry import DATABASE_AWAY, with_db_retry, write_lock
from .drafting import Draft
from .fact_check import corrections_of
from .language.acts import Dialogue
from .language.turns.act_reader import read_acts
from .language.wishes.wish import understand
from .models import Pick, Turn
from .pick_verification import count_gaps, picks_of, resolver
from .recommender import choosing, descriptions
from .text.cleaning import storable
from .understanding import Reading, read_turn

logger = logging.getLogger(__name__)

TYPICAL = {
    "ko": "하렘 없는 판타지 추천해 줘. 그 책 몇 권이야?",
    "en": "A fantasy without a harem, please. How long is it?",
    "ja": "ハーレムのないファンタジーをお願いします。それは何巻まで？",
}


def write(turn: Turn) -> None:
    """Answer a claimed turn. It ends done or failed, unless the reader stops it or another worker takes it over.

    When the database goes away for longer, nothing can be ended: the turn is let go, and rescued by a next heartbeat.
    """
    try:
        with spending.account(turn) as affordable:
            _write(turn, affordable)
    except DATABASE_AWAY as error:
        logger.warning("turn %s is let go, the database does not answer: %s", turn.pk, error)


def _write(turn: Turn, affordable: bool) -> None:
    try:
        voice = assistant.voice(affordable, is_guest=turn.reader.is_guest)
        turn.over_budget = not affordable
        _answer(turn, voice)
    except Failure as failure:
        logger.warning("turn %s failed (%s): %s", turn.pk, failure.code, failure.detail)
        detail, reply = failure.detail, turn.reply
        if reply and failure.code == failures.REFUSED:
            # What should not be said is not left standing half said; the operators still see it.
            detail, reply = f"{detail}\n\n{reply}", ""
        with_db_retry(turn.fail, failure.code, detail, reply=reply, **_usage(turn))
    except DATABASE_AWAY:
        raise
    except Exception as error:
        logger.exception("turn %s broke", turn.pk)
        detail = Failure(failures.BROKEN, repr(error)).detail
        with_db_retry(turn.fail, failures.BROKEN, detail, reply=turn.reply, **_usage(turn))


def _answer(turn: Turn, voice: Voice) -> None:
    """The way of a turn. It is let go at each step where it turns out to be no longer ours."""
    catalogue = current_catalogue()
    reading = read_turn(turn, catalogue)
    brief = brief_for(turn, reading, catalogue)
    if not _begin(turn, voice, reading, brief):
        return
    draft = Draft(turn, brief)
    try:
        if draft.write(voice) and _finish(turn, draft):
            count_gaps(turn, turn.reply, brief)
    finally:
        voice_input.keep(turn, draft.given)


def _begin(turn: Turn, voice: Voice, reading: Reading, brief: Brief) -> bool:
    """Keep with the turn who words it, and from what."""
    with write_lock:
        return turn.progress(
            voice=voice.NAME,
            over_budget=turn.over_budget,
            stand_in="",
            failure_detail="",
            model=voice.model_name(),
            prompt_version=voice.prompt_version(brief),
            reading={**reading.as_json(), "spoken": brief.spoken, "proposed": brief.proposed},
            wish=wish_shown(brief),
            candidates=as_given(brief),
            calls=[],
        )


def _finish(turn: Turn, draft: Draft) -> bool:
    """End the turn with what the draft has become, and the picks verified in it."""
    reply = storable(draft.told)
    if not reply.strip():
        raise Failure(failures.EMPTY, "the voice wrote nothing")
    return with_db_retry(
        turn.finish,
        picks=picks_of(turn, reply, resolver(draft.brief.catalogue)),
        reply=reply,
        reading={**turn.reading, "spoken": draft.spoken(reply)},
        refused=draft.refused(),
        corrections=_corrections(turn, reply, draft.brief.catalogue),
        first_text_at=turn.first_text_at or timezone.now(),
        **_usage(turn),
    )


def _corrections(turn: Turn, reply: str, catalogue: CatalogueSnapshot | None = None) -> list[dict[str, Any]]:
    """What a model states otherwise than the catalogue. The built-in librarian speaks from its rows: what would be found
    in her sentences was only misread."""
    return [] if turn.voice == librarian.NAME else corrections_of(turn, reply, catalogue)


def _usage(turn: Turn) -> dict[str, Any]:
    counts = ("tokens_in", "tokens_out", "tokens_cached", "tokens_cache_written", "tokens_reasoned", "attempts")
    return {name: getattr(turn, name) for name in counts} | {"cost": spending.cost_of(turn, turn.attempts)}


def stop(turn: Turn) -> bool:
    """The reader has read enough. What was offered so far counts as offered. False when it had already ended."""
    with transaction.atomic():
        User.hold(turn.reader_id)  # before the turn: who leaves locks the reader first, too
        if not turn.stop():
            return False
        Pick.objects.keep(picks_of(turn, turn.reply, Novel.objects.slug_by_keys, unfinished=True))
        if corrections := _corrections(turn, turn.reply):
            turn.keep_corrections(corrections)
    return True


def warm_up() -> None:
    """Load what the first reply would otherwise wait for: the voice, the shelf, the words to understand asks by, and
    what works are described by."""
    assistant.voice()
    catalogue = current_catalogue()
    descriptions.find("anything", catalogue)
    for language, words in TYPICAL.items():  # each language has patterns of its own
        wish = understand([words], catalogue, language)
        read_acts(words, Dialogue(), catalogue, wish, language)
        choosing.choose(wish, catalogue)
