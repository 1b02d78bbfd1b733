"""Answering one turn, start to finish: understand, choose, let the voice word it, verify, finish.

The one place to read to know what happens to an ask. Runs in the worker; the web process only calls `stop`.
"""

import logging
import threading
import time
from contextlib import closing
from dataclasses import replace

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from users import taste
from users.models import ShelfEntry

from . import assistant, spending
from .assistant import (
    Again,
    Brief,
    Instead,
    Look,
    Text,
    Thought,
    Usage,
    Void,
    failures,
    grounding,
    librarian,
    prompts,
    tool_call,
)
from .assistant.failures import Failure
from .catalogue.models import Gap, Novel
from .catalogue.snapshot import current_catalogue as current_catalogue
from .language import focus, preferences, turn_parser
from .language.vocabulary import vocabulary
from .language.wish import understand
from .models import Pick, Turn
from .recommender import choosing
from .recommender.certainty import certainty_of
from .recommender.personalization import apply_taste
from .text.cleaning import storable
from .text.masking import masked

logger = logging.getLogger(__name__)

SAVE_EVERY = 0.2  # seconds between two saves of what has come; the first is saved at once
SLOW_SAVE_LENGTH = (
    2_000  # characters; a longer text is saved less often, as each save sends the whole of it to the page again
)
LOOK_EVERY = 0.4  # seconds between two looks at whether the reader has stopped us, while nothing comes
CANDIDATES = 12  # how many works a model may choose from
MEMORY = 20  # turns of the conversation that are looked back on
AGAIN_FOR = 1.0  # seconds a reader whose text has vanished is told so at least, beside the new text if need be
# SQLite has one writer at a time and lets the others try again after ever longer naps, whoever came first: of many
# threads some would nap for seconds. So those of one worker stand in line for it.
_write_lock = threading.Lock()
PATIENCE = 8  # seconds a database that is away is waited for, before a reply is let go


def write(turn):
    """Answer a claimed turn. It ends done or failed, unless the reader stops it or another worker takes it over.

    When the database goes away for longer, nothing can be ended: the turn is let go, and rescued by a next heartbeat.
    """
    try:
        with spending.account(turn) as affordable:
            _write(turn, affordable)
    except (OperationalError, InterfaceError) as error:
        logger.warning("turn %s is let go, the database does not answer: %s", turn.pk, error)


def _write(turn, affordable):
    try:
        voice = assistant.voice(affordable)
        turn.over_budget = not affordable
        brief = prepare(turn, voice)
        _word(turn, voice, brief)
    except Failure as failure:
        logger.warning("turn %s failed (%s): %s", turn.pk, failure.code, failure.detail)
        detail, reply = failure.detail, turn.reply
        if reply and failure.code == failures.REFUSED:
            # What should not be said is not left standing half said; the operators still see it.
            detail, reply = f"{detail}\n\n{reply}", ""
        with_db_retry(turn.fail, failure.code, detail, reply=reply, **_usage(turn))
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        logger.exception("turn %s broke", turn.pk)
        detail = Failure(failures.BROKEN, repr(error)).detail
        with_db_retry(turn.fail, failures.BROKEN, detail, reply=turn.reply, **_usage(turn))


def with_db_retry(verb, *args, **changes):
    """What a verb of the turn returns, called again while the database restarts. Each may be called twice: a call that
    had its effect, though its answer was lost, finds the turn ended."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            with _write_lock:
                return verb(*args, **changes)
        except (OperationalError, InterfaceError) as error:
            if time.monotonic() > end:
                raise
            logger.warning("the database does not answer, once more: %s", error)
            connection.close_if_unusable_or_obsolete()
            time.sleep(0.2)


def warm_up():
    """Load what the first reply would otherwise wait for: the voice, the shelf, the words to understand asks by."""
    assistant.voice()
    catalogue = current_catalogue()
    choosing.choose(understand(["anything"], catalogue, "en"), catalogue)


def prepare(turn, voice):
    """Understand the ask, choose candidates, and keep both on the turn: the brief for the voice."""
    catalogue = current_catalogue()
    before = turn.conversation.turns.filter(pk__lt=turn.pk, hidden=False).exclude(failure=failures.QUOTA)
    earlier = list(before.order_by("-pk")[:MEMORY])[::-1]
    last_picks = last_offered(turn.conversation_id)
    _learn(turn, earlier, last_picks, catalogue)
    dismissed = dismissed_parts(turn, earlier, catalogue)
    wish = wish_of(turn, earlier, last_picks, dismissed, catalogue)
    offered = known_to(turn.reader_id)
    subjects = focus.works_asked_about(turn.text, catalogue, wish, last_picks)
    is_talk = focus.is_talk(turn.text, wish, subjects)
    choice = choosing.Choice([]) if is_talk else choosing.choose(wish, catalogue, offered=offered, count=CANDIDATES)
    told = [one for one in earlier if one.reply and one.state in (Turn.State.DONE, Turn.State.STOPPED)]
    brief = Brief(
        language=turn.language,
        ask=turn.text,
        wish=wish,
        candidates=choice.candidates,
        history=_remembered(told),
        forgotten=_told_before(before, earlier),
        relaxed=choice.relaxed,
        blocked_by=choice.blocked_by,
        catalogue=catalogue,
        is_talk=is_talk,
        subjects=subjects,
        turn=turn.pk,
        conversation=turn.conversation_id,
        reader=turn.reader_id,
        offered=offered,
        dismissed=dismissed,
    )
    with _write_lock:
        kept = turn.progress(
            voice=voice.NAME,
            over_budget=turn.over_budget,
            stand_in="",
            failure_detail="",
            model=voice.model_name(),
            prompt_version=voice.PROMPT_VERSION,
            wish=wish.as_json(),
            candidates=_as_given(brief),
            calls=[],
        )
    return brief if kept else None


def _remembered(told):
    """(ask, reply) of the turns looked back on. Of those beyond the window of memory the replies are not read."""
    beyond = len(told) - 2 * prompts.BLOCK
    return [
        (one.text, prompts.remembered(one.reply, one.candidates) if place >= beyond else "")
        for place, one in enumerate(told)
    ]


def _told_before(before, earlier):
    """How many turns with a reply come before those looked back on: the window of memory moves by their number."""
    if len(earlier) < MEMORY:
        return 0
    answered = before.filter(state__in=(Turn.State.DONE, Turn.State.STOPPED), pk__lt=earlier[0].pk)
    return answered.exclude(reply="").count()


def _as_given(brief):
    """The candidates of `brief` with their receipts, as they are kept with the turn."""
    certainties = [certainty_of(one, brief.wish, brief.catalogue, brief.language) for one in brief.candidates]
    return [
        {
            "pk": candidate.work.pk,
            "slug": candidate.work.slug,
            "titles": grounding.called(candidate.work),
            "score": round(candidate.score, 4),
            "reasons": [reason.as_json() for reason in candidate.reasons],
            "breaches": [breach.as_json() for breach in candidate.breaches],
            "caveats": [caveat.as_json() for caveat in certainty.caveats],
            "certainty": certainty.level,
            "aside": candidate.serendipity,
        }
        for candidate, certainty in zip(brief.candidates, certainties, strict=True)
    ]


def look_again(turn, brief, call):
    """The brief once the model has said how it reads the wish. What was refused or said plainly holds; see `calling`.

    A call that could not be read changes nothing and is kept for the operators. None when the turn is no longer ours.
    """
    changes = {"calls": [*turn.calls, {**call.as_json(), "heard": turn.wish}], "attempts": turn.attempts}
    if call.told and not call.fault:
        wish = tool_call.merged(brief.wish, call.told, brief.catalogue, brief.dismissed)
        wish = leaned(turn, wish, brief.dismissed)
        choice = choosing.choose(wish, brief.catalogue, offered=brief.offered, count=CANDIDATES)
        brief = replace(
            brief, wish=wish, candidates=choice.candidates, relaxed=choice.relaxed, blocked_by=choice.blocked_by
        )
        changes |= {"wish": wish.as_json(), "candidates": _as_given(brief)}
    return brief if with_db_retry(turn.progress, **changes) else None


def _word(turn, voice, brief):
    """Let the voice write, saving as it goes; let go at once when the turn is no longer ours."""
    if brief is None:
        return
    draft = _Draft(turn, brief)
    with closing(voice.write(brief)) as events:
        for event in events:
            if not draft.take(event):
                return
    reply = storable(draft.text)
    if not reply.strip():
        raise Failure(failures.EMPTY, "the voice wrote nothing")
    done = with_db_retry(
        turn.finish,
        picks=picks_of(turn, reply, resolver(brief.catalogue)),
        reply=reply,
        refused=draft.refused(),
        first_text_at=turn.first_text_at or timezone.now(),
        **_usage(turn),
    )
    if done:
        _count_gaps(turn, reply, brief)


def _count_gaps(turn, reply, brief):
    """Tell the operators of titles that the shelf does not have. The reply is done: nothing here may undo that."""
    resolve = resolver(brief.catalogue)
    said = [*brief.wish.unknown_titles, *grounding.titles_said(turn.text)]
    asked = [title for title in dict.fromkeys(said) if not resolve(grounding.keys_of(title))]
    known = {key for title in asked for key in grounding.keys_of(title)}
    replied = [
        one.name
        for one in grounding.claims_in(reply, turn.candidates, ask=turn.text, titles=asked)
        if not resolve(one.keys) and not known.intersection(one.keys)
    ]
    try:
        Gap.objects.count_names(reader_id=turn.reader_id, turn_id=turn.pk, asked=asked, replied=replied)
    except Exception:
        logger.exception("the gaps named in turn %s were not counted", turn.pk)


class _Draft:
    """A reply as it grows: saved at short intervals, and watched for the reader's stop in between."""

    def __init__(self, turn, brief):
        self.turn, self.brief = turn, brief
        self.refusals = taste.refusals_of(turn.reader_id)
        self.text = self.saved = ""
        self.last_save, self.last_look = 0.0, time.monotonic()
        self.again_until = self.last_look + AGAIN_FOR if turn.phase == Turn.Phase.AGAIN else 0.0
        turn.attempts += 1

    def take(self, event):
        """Take in what the voice sends. False when the turn is no longer ours."""
        if isinstance(event, Text):
            self.text += event.text
        elif isinstance(event, Again):
            return self._begin_again()
        elif isinstance(event, Void):
            self.text = ""
            return self._think()
        elif isinstance(event, Thought):
            return self._think()
        elif isinstance(event, Instead):
            return self._stand_in(event)
        elif isinstance(event, Look):
            return self._look(event)
        elif isinstance(event, Usage):
            self._count(event)
        return self._keep()

    def _think(self):
        """Say that she thinks; "trying again" is said for its time first."""
        if self.text or time.monotonic() < self.again_until:
            return True
        self.saved = ""
        return self._progress(reply="", phase=Turn.Phase.THINKING)

    def _stand_in(self, event):
        """The built-in librarian writes what follows, from its beginning."""
        self.text = self.saved = ""
        self.again_until = time.monotonic() + AGAIN_FOR
        return self._progress(
            reply="",
            phase=Turn.Phase.AGAIN,
            voice=librarian.NAME,
            stand_in=event.reason,
            failure_detail=storable(masked(event.detail))[:4000],
        )

    def _count(self, usage):
        turn = self.turn
        turn.tokens_in, turn.tokens_out = usage.tokens_in, usage.tokens_out
        turn.tokens_cached, turn.tokens_cache_written = usage.cached, usage.cache_written
        turn.tokens_reasoned = usage.reasoned
        turn.counted += 1

    def _look(self, look):
        """Choose anew as the model asked. What was shown stays until there is new text, so that nothing flickers."""
        self.turn.attempts += 1
        self.text, self.saved = look.kept, self.turn.reply
        look.brief = look_again(self.turn, self.brief, look.call)
        self.brief = look.brief
        return look.brief is not None

    def _begin_again(self):
        self.text = self.saved = ""
        self.turn.attempts += 1
        self.again_until = time.monotonic() + AGAIN_FOR
        return self._progress(reply="", phase=Turn.Phase.AGAIN)

    def _keep(self):
        now = time.monotonic()
        pause = SAVE_EVERY * max(1, len(self.text) / SLOW_SAVE_LENGTH)
        if self.text and self.text != self.saved and now - self.last_save >= pause:
            # The save tells as well whether the turn is still ours.
            self.saved, self.last_save, self.last_look = self.text, now, now
            phase = Turn.Phase.AGAIN if now < self.again_until else Turn.Phase.WRITING
            return self._progress(reply=storable(self.text), phase=phase, refused=self.refused())
        if now - self.last_look >= LOOK_EVERY:
            self.last_look = now
            return with_db_retry(self.turn.is_mine)
        return True

    def refused(self):
        """Names in the text, as written, of works the reader asked never to be offered: they must not pass for one."""
        if not self.refusals:
            return []
        words = vocabulary(self.brief.catalogue)
        return grounding.names_of_refused(storable(self.text), words, self.refusals, self.brief.wish.names_works)

    def _progress(self, **changes):
        return with_db_retry(self.turn.progress, attempts=self.turn.attempts, **changes)


def _usage(turn):
    counts = ("tokens_in", "tokens_out", "tokens_cached", "tokens_cache_written", "tokens_reasoned", "attempts")
    return {name: getattr(turn, name) for name in counts}


def stop(turn):
    """The reader has read enough. What was offered so far counts as offered. False when it had already ended."""
    with transaction.atomic():
        if not turn.stop():
            return False
        Pick.objects.bulk_create(picks_of(turn, turn.reply, Novel.objects.slug_by_keys, unfinished=True))
    return True


def picks_of(turn, reply, resolve, *, unfinished=False):
    """The verified picks of a reply, unsaved: candidates only, each once, in the order they are offered."""
    pk_of = {candidate["slug"]: candidate["pk"] for candidate in turn.candidates}
    titles = turn.wish.get("unknown_titles", ())
    offered = grounding.picks_in(
        reply, turn.candidates, resolve=resolve, ask=turn.text, titles=titles, unfinished=unfinished
    )
    return [
        Pick(turn=turn, novel_id=pk_of[slug], position=position, reason=reason)
        for position, (slug, reason) in enumerate(offered, start=1)
    ]


def wish_of(turn, earlier, last_picks, dismissed, catalogue):
    """What the conversation asks for by now, less what the reader has taken back and not said again since: `dismissed`."""
    asks = [one.text for one in earlier]
    asks = [preferences.without_progress(text) for text in (*asks, turn.text)]
    wish = understand(asks, catalogue, turn.language, last_picks=last_picks)
    for part in dismissed:
        if not part.startswith("taste:"):
            wish = wish.without(*part.split(":", 1))
    return leaned(turn, wish, dismissed)


def leaned(turn, wish, dismissed):
    """`wish` with the reader's standing taste laid over it, less what they have taken back here."""
    return apply_taste(
        taste.taste_of(turn.reader),
        wish,
        language=turn.language,
        dismissed={part.removeprefix("taste:") for part in dismissed if part.startswith("taste:")},
        asks=bool(turn_parser.REQUEST.search(turn.text)),
    )


def _learn(turn, earlier, last_picks, catalogue):
    """Keep what these words say of their reader for good. A reply is not lost over what could not be learned."""
    try:
        taste.learn(turn, said_for_good(turn, earlier, last_picks, catalogue))
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("nothing was learned from turn %s", turn.pk)


def said_for_good(turn, earlier, last_picks, catalogue):
    """What these words say of their reader beyond this ask; "it" is what the conversation speaks of."""
    named = [slug for one in earlier[-1:] for part in ("liked", "read") for slug in one.wish.get(part, ())]
    return preferences.read_preferences(
        turn.text,
        vocabulary(catalogue),
        turn.language,
        named=tuple(dict.fromkeys(named)),
        last_picks=last_picks,
    )


def dismissed_parts(turn, earlier, catalogue):
    """Parts of the wish, as "kind:value", that the reader has removed and not said again since."""
    dismissed = {part for one in earlier for part in one.waived}
    if dismissed:
        dismissed -= {f"{kind}:{value}" for kind, value in understand([turn.text], catalogue, turn.language).parts()}
    return sorted(dismissed | set(turn.waived))


def known_to(reader_id):
    """Ids of every novel that is not to be offered: offered before in any of the reader's chats, on their shelf, begun,
    or refused for good."""
    offered = Pick.objects.filter(turn__reader_id=reader_id).values_list("novel_id", flat=True)
    shelved = ShelfEntry.objects.filter(reader_id=reader_id).values_list("novel_id", flat=True)
    return frozenset(offered) | frozenset(shelved) | taste.off_limits(reader_id)


def last_offered(conversation_id):
    """Slugs of the works offered last in a conversation, in their order, so that "like the second" can be understood."""
    latest = Pick.objects.filter(turn__conversation=conversation_id).order_by("-turn_id").values("turn_id")[:1]
    return list(Pick.objects.filter(turn_id__in=latest).values_list("novel__slug", flat=True))


def resolver(catalogue):
    """Title keys to the slug of the work they name on `shelf`, or None."""

    def resolve(keys):
        return next((catalogue.by_key[key][0].slug for key in keys if key in catalogue.by_key), None)

    return resolve
