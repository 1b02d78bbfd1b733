"""Answering one turn, start to finish: understand, choose, let the voice word it, verify, finish.

The one place to read to know what happens to an ask. Runs in the worker; the web process only calls `stop`.
"""

import logging
import time
from contextlib import closing

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from users.models import ShelfEntry

from . import assistant, failures
from .assistant import Again, Brief, Text, Usage, grounding
from .catalogue import recommender
from .catalogue.models import Novel
from .catalogue.shelf import shelf as current_shelf
from .catalogue.wish import understand
from .failures import Failure
from .models import Pick, Turn
from .wording import storable

logger = logging.getLogger(__name__)

SAVE_EVERY = 0.15  # seconds between two saves of what has come
LOOK_EVERY = 0.4  # seconds between two looks at whether the reader has stopped us, while nothing comes
CANDIDATES = 12  # how many works a model may choose from
MEMORY = 20  # turns of the conversation that are looked back on


def write(turn):
    """Answer a claimed turn. It ends done or failed, unless the reader stops it or another worker takes it over.

    When the database goes away, nothing can be ended: the turn is let go, and rescued when its lease has run out.
    """
    try:
        _write(turn)
    except (OperationalError, InterfaceError) as error:
        logger.warning("turn %s is let go, the database does not answer: %s", turn.pk, error)


def _write(turn):
    try:
        voice = assistant.voice()
        brief = prepare(turn, voice)
        _word(turn, voice, brief)
    except Failure as failure:
        logger.warning("turn %s failed (%s): %s", turn.pk, failure.code, failure.detail)
        turn.fail(failure.code, failure.detail, reply=turn.reply, **_usage(turn))
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        logger.exception("turn %s broke", turn.pk)
        turn.fail(failures.BROKEN, Failure(failures.BROKEN, repr(error)).detail, reply=turn.reply, **_usage(turn))


def warm_up():
    """Load what the first reply would otherwise wait for: the voice, the shelf, the words to understand asks by."""
    assistant.voice()
    shelf = current_shelf()
    recommender.choose(understand(["anything"], shelf, "en"), shelf)


def prepare(turn, voice):
    """Understand the ask, choose candidates, and keep both on the turn: the brief for the voice."""
    shelf = current_shelf()
    earlier = list(
        turn.conversation.turns.filter(pk__lt=turn.pk, hidden=False)
        .exclude(failure=failures.QUOTA)
        .order_by("-pk")[:MEMORY]
    )[::-1]
    wish = wish_of(turn, earlier, shelf)
    choice = recommender.choose(wish, shelf, offered=known_to(turn.reader_id), count=CANDIDATES)
    brief = Brief(
        language=turn.language,
        ask=turn.text,
        wish=wish,
        candidates=choice.candidates,
        history=[(one.text, spelled_out(one.reply, shelf, one.language)) for one in earlier if one.reply],
        relaxed=choice.relaxed,
        blocked_by=choice.blocked_by,
        shelf=shelf,
        turn=turn.pk,
    )
    kept = turn.progress(
        voice=voice.NAME,
        model=voice.model_name(),
        prompt_version=voice.PROMPT_VERSION,
        wish=wish.as_json(),
        candidates=[
            {
                "pk": candidate.work.pk,
                "slug": candidate.work.slug,
                "score": round(candidate.score, 4),
                "reasons": [reason.as_json() for reason in candidate.reasons],
                "breaches": [breach.as_json() for breach in candidate.breaches],
            }
            for candidate in choice.candidates
        ],
    )
    return brief if kept else None


def _word(turn, voice, brief):
    """Let the voice write, saving as it goes; let go at once when the turn is no longer ours."""
    if brief is None:
        return
    draft = _Draft(turn)
    with closing(voice.write(brief)) as events:
        for event in events:
            if not draft.take(event):
                return
    reply = storable(draft.text)
    if not reply.strip():
        raise Failure(failures.EMPTY, "the voice wrote nothing")
    turn.finish(
        picks=picks_of(turn, reply, resolver(brief.shelf)),
        reply=reply,
        first_text_at=turn.first_text_at or timezone.now(),
        **_usage(turn),
    )


class _Draft:
    """A reply as it grows: saved at short intervals, and watched for the reader's stop in between."""

    def __init__(self, turn):
        self.turn = turn
        self.text = self.saved = ""
        self.last_save, self.last_look = 0.0, time.monotonic()
        turn.attempts += 1

    def take(self, event):
        """Take in what the voice sends. False when the turn is no longer ours."""
        if isinstance(event, Text):
            self.text += event.text
        elif isinstance(event, Again):
            return self._begin_again()
        elif isinstance(event, Usage):
            self.turn.tokens_in, self.turn.tokens_out = event.tokens_in, event.tokens_out
        return self._keep()

    def _begin_again(self):
        self.text = self.saved = ""
        self.turn.attempts += 1
        return self.turn.progress(reply="", phase=Turn.Phase.AGAIN, attempts=self.turn.attempts)

    def _keep(self):
        now = time.monotonic()
        if self.text != self.saved and now - self.last_save >= SAVE_EVERY:
            self.saved, self.last_save = self.text, now
            return self.turn.progress(reply=storable(self.text), phase=Turn.Phase.WRITING, attempts=self.turn.attempts)
        if now - self.last_look >= LOOK_EVERY:
            self.last_look = now
            return self.turn.is_mine()
        return True


def _usage(turn):
    return {"tokens_in": turn.tokens_in, "tokens_out": turn.tokens_out, "attempts": turn.attempts}


def stop(turn):
    """The reader has read enough. What was offered so far counts as offered. False when it had already ended."""
    with transaction.atomic():
        if not turn.stop():
            return False
        Pick.objects.bulk_create(picks_of(turn, turn.reply, Novel.objects.slug_by_keys))
    return True


def picks_of(turn, reply, resolve):
    """The verified picks of a reply, unsaved: candidates only, each once, in the order they are offered."""
    pk_of = {candidate["slug"]: candidate["pk"] for candidate in turn.candidates}
    return [
        Pick(turn=turn, novel_id=pk_of[slug], position=position, reason=reason)
        for position, (slug, reason) in enumerate(grounding.picks_in(reply, turn.candidates, resolve=resolve), start=1)
    ]


def wish_of(turn, earlier, shelf):
    """What the conversation asks for by now, less what the reader has taken back and not said again since."""
    asks = [one.text for one in earlier]
    wish = understand([*asks, turn.text], shelf, turn.language, last_picks=last_offered(turn.conversation_id))
    said_now = {f"{kind}:{value}" for kind, value in understand([turn.text], shelf, turn.language).parts()}
    waived = {part for one in earlier for part in one.waived} - said_now
    for part in sorted(waived | set(turn.waived)):
        wish = wish.without(*part.split(":", 1))
    return wish


def known_to(reader_id):
    """Ids of every novel this reader was offered in any of their chats, or has on their shelf."""
    offered = Pick.objects.filter(turn__reader_id=reader_id).values_list("novel_id", flat=True)
    return frozenset(offered) | frozenset(
        ShelfEntry.objects.filter(reader_id=reader_id).values_list("novel_id", flat=True)
    )


def last_offered(conversation_id):
    """Slugs of the works offered last in a conversation, in their order, so that "like the second" can be understood."""
    latest = Pick.objects.filter(turn__conversation=conversation_id).order_by("-turn_id").values("turn_id")[:1]
    return list(Pick.objects.filter(turn_id__in=latest).values_list("novel__slug", flat=True))


def resolver(shelf):
    """Title keys to the slug of the work they name on `shelf`, or None."""

    def resolve(keys):
        return next((shelf.by_key[key][0].slug for key in keys if key in shelf.by_key), None)

    return resolve


def spelled_out(reply, shelf, language):
    """`reply` with its marks replaced by titles, as it is remembered in later turns."""

    def title(match):
        work = shelf.by_slug.get(match[1].lower())
        return f"『{work.titles[language]}』" if work else ""

    return grounding.MARKED.sub(title, reply)
