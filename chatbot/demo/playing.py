"""Letting a plan happen: each ask goes the way that asks of the page take, then its times are moved to when it is
said to have been. Everything made hangs on readers that are told by their address, and goes with them."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count
from django.test import override_settings
from django.utils import timezone, translation

from lightnovel import batches
from users import taste
from users.models import DailyUse, ShelfEntry, TasteLine

from .. import in_process, replies
from ..assistant import failures
from ..catalogue.gaps import Gap, Naming
from ..catalogue.models import Novel, Tag
from ..catalogue.snapshot import current_catalogue
from ..costs import pricing
from ..fact_check import corrections_of
from ..models import Conversation, DailyCost, LateChange, Look, Pick, Review, ReviewItem, Turn
from ..prompting.active import active_instructions
from ..review import filling
from ..review.models import Criterion, Watermark
from .planning import DETAILS, LANGUAGES, Ask, Library, Talk, words_of

MAIL = "@readers.demo.invalid"  # nobody can have an address there
REVIEWERS = ("demo-reviewer-1", "demo-reviewer-2")
WORKER = "demo"
TELL_EVERY = 500  # turns
REVIEWED, TWICE, CORRECTED = 0.12, 0.4, 0.25  # of the queue; of those by both; with a corrected reply
DROP_REASONS = ("slow", "repetitive", "characters", "prose", "dark", "romance")


def made_up() -> Any:
    """The readers and reviewers that are made up, and nobody else."""
    return get_user_model().objects.filter(email__endswith=MAIL)


def is_used() -> bool:
    """Whether somebody real has been here: a reader who is no operator, or a conversation."""
    real = get_user_model().objects.exclude(email__endswith=MAIL)
    return real.filter(is_staff=False).exists() or Conversation.objects.filter(reader__in=real).exists()


def clear() -> int:
    """Delete what was made up. Returns how many accounts there were."""
    number = made_up().count()
    named = list(Naming.objects.filter(reader__in=made_up()).values_list("gap", flat=True).distinct())
    days = LateChange.objects.days_of(_turns())
    _book(-1)
    batches.delete(made_up())
    LateChange.objects.note_days(days)
    gaps = Gap.objects.filter(pk__in=named)
    gaps.filter(namings=None, state=Gap.State.OPEN).delete()
    for gap in gaps.annotate(left=Count("namings")):
        Gap.objects.filter(pk=gap.pk).update(readers=gap.left)
    return number


def library() -> Library:
    novels = list(Novel.objects.order_by("slug"))
    tags = list(Tag.objects.exclude(group=Tag.Group.WARNINGS).order_by("slug"))
    return Library(
        titles={code: [title for one in novels if (title := getattr(one, f"title_{code}"))] for code in set(LANGUAGES)},
        # As within a sentence, where there are capital letters.
        tags={code: [getattr(one, f"label_{code}").lower() for one in tags] for code in set(LANGUAGES)},
    )


def play(talks: list[Talk], chance: Random, say: Callable[[str], None]) -> dict[str, int]:
    """Let `talks` happen and be reviewed; `say` is told how far it is. Returns what is there then, counted."""
    now = timezone.now()
    readers: dict[int, Any] = {}
    turns = 0
    # No key of this installation is used, whatever a reply is told as.
    with in_process.written_here(OPENAI_API_KEY="", OPENAI_BASE_URL="", DAILY_BUDGET=None):
        for talk in talks:
            reader = readers.get(talk.reader) or readers.setdefault(talk.reader, _reader(talk))
            with translation.override(talk.language):
                _hold(talk, reader, chance, now)
            if turns // TELL_EVERY != (turns + len(talk.asks)) // TELL_EVERY:
                say(f"{turns + len(talk.asks)} turns")
            turns += len(talk.asks)
    _count_days()
    _book(1)
    LateChange.objects.note_days(LateChange.objects.days_of(_turns()))
    say("filling the review queue")
    _fill_queue(chance)
    _review(chance)
    return counts()


def counts() -> dict[str, int]:
    turns = Turn.objects.filter(reader__in=made_up())
    shelf = ShelfEntry.objects.filter(reader__in=made_up())
    items = ReviewItem.objects.filter(turn__reader__in=made_up())
    found: dict[str, Any] = {
        "turns": turns,
        "readers": made_up().exclude(username__in=REVIEWERS),
        "conversations": Conversation.objects.filter(reader__in=made_up()),
        **{
            state.value: turns.filter(state=state) for state in (Turn.State.DONE, Turn.State.FAILED, Turn.State.STOPPED)
        },
        "by a model": turns.filter(voice="chatgpt"),
        "thumbs up": turns.filter(thumb=Turn.Thumb.UP),
        "thumbs down": turns.filter(thumb=Turn.Thumb.DOWN),
        "begun": shelf.filter(state=ShelfEntry.State.READING),
        "dropped": shelf.filter(state=ShelfEntry.State.DROPPED),
        "loved": shelf.filter(rating__gte=9),
        "to review": items.filter(state=ReviewItem.State.OPEN),
        "reviews": Review.objects.filter(item__in=items),
    }
    return {name: rows.count() for name, rows in found.items()}


# --- Talks ------------------------------------------------------------------------------------------------------------


def _reader(talk: Talk) -> Any:
    name = f"demo-{talk.language}-{talk.reader + 1:03}"
    joined = talk.begins_at - timedelta(minutes=5)
    return get_user_model().objects.create_user(name, email=f"{name}{MAIL}", date_joined=joined)


def _hold(talk: Talk, reader: Any, chance: Random, now: datetime) -> None:
    conversation, at = None, talk.begins_at
    for ask in talk.asks:
        at += timedelta(seconds=ask.pause)
        turn = _asked(talk, ask, reader, conversation)
        conversation = turn.conversation
        _answer(turn, talk, ask)
        _move(turn, ask, at)
        if ask.thumb:
            turn.refresh_from_db()
            turn.judge(ask.thumb, ask.shortcoming, ask.thumb_words)
            judged_at = at + timedelta(seconds=ask.whole + 30)
            Turn.objects.filter(pk=turn.pk).update(thumb_at=judged_at)
        if ask.outcome:
            _outcome(turn, ask, reader, at + timedelta(days=ask.days), now, chance)
        at += timedelta(seconds=ask.whole)
    if conversation:
        Conversation.objects.filter(pk=conversation.pk).update(created_at=talk.begins_at, updated_at=at)


def _asked(talk: Talk, ask: Ask, reader: Any, conversation: Conversation | None) -> Turn:
    said: dict[str, Any] = {"key": uuid.uuid4(), "language": talk.language}
    over_quota = {"DAILY_REPLIES": 0} if ask.failure == failures.QUOTA else {}
    with override_settings(**over_quota):
        if conversation is None:
            return Conversation.begin(reader, ask.text, **said)
        return conversation.ask(ask.text, **said)


def _answer(turn: Turn, talk: Talk, ask: Ask) -> None:
    if ask.end == "failed":
        if (claimed := Turn.objects.claim(turn.pk, WORKER)) and claimed.progress(voice=_voice(talk), model=talk.model):
            claimed.fail(ask.failure, DETAILS[ask.failure], prompt_version=_version(talk))
        return
    written = in_process.write(turn, WORKER)
    if written.state != Turn.State.DONE:
        return
    if talk.model:
        _tell_as_of(talk, ask, written)
    if ask.end == "stopped":
        _stop_halfway(written)


def _voice(talk: Talk) -> str:
    return "chatgpt" if talk.model else "librarian"


def _version(talk: Talk) -> str:
    return talk.version or active_instructions().version


def _tell_as_of(talk: Talk, ask: Ask, turn: Turn) -> None:
    """The reply as one of the model: with its tokens, and what it made up."""
    reply = f"{turn.reply}\n\n{ask.flaw}" if ask.flaw else turn.reply
    read = 2200 + 9 * len(turn.text) + 60 * len(turn.candidates)
    Turn.objects.filter(pk=turn.pk).update(
        reply=reply,
        corrections=corrections_of(turn, reply, current_catalogue()),
        voice=_voice(talk),
        model=talk.model,
        prompt_version=_version(talk),
        attempts=1,
        tokens_in=read,
        tokens_cached=min(1024, read),
        tokens_out=len(reply) // 2 + 40,
        cost=pricing.cost(talk.model, read, len(reply) // 2 + 40, min(1024, read)),
    )


def _stop_halfway(turn: Turn) -> None:
    """As if its reader had stopped it in the middle."""
    Pick.objects.filter(turn=turn).delete()
    half = turn.reply[: len(turn.reply) // 2]
    Turn.objects.filter(pk=turn.pk).update(state=Turn.State.RUNNING, reply=half, finished_at=None, worker=WORKER)
    replies.stop(Turn.objects.get(pk=turn.pk))


def _move(turn: Turn, ask: Ask, at: datetime) -> None:
    """The turn, and what came of it, to `at`; what has not happened to it stays empty."""
    found = Turn.objects.filter(pk=turn.pk)
    made = found.values("state", "reply", "charged_on", "started_at", "failure").get()
    whole = ask.waited if made["failure"] == failures.QUOTA else ask.whole
    found.update(
        queued_at=at,
        started_at=made["started_at"] and at + timedelta(seconds=ask.waited),
        first_text_at=at + timedelta(seconds=ask.first) if made["reply"] else None,
        finished_at=at + timedelta(seconds=whole),
        charged_on=made["charged_on"] and timezone.localdate(at),
    )
    TasteLine.objects.filter(turn=turn.pk).update(said_at=at)
    Naming.objects.filter(turn=turn.pk).update(first_at=at)
    for gap in Gap.objects.filter(namings__turn=turn.pk):
        Gap.objects.filter(pk=gap.pk).update(last_at=at, first_at=min(at, gap.first_at))


def _outcome(turn: Turn, ask: Ask, reader: Any, at: datetime, now: datetime, chance: Random) -> None:
    picks = Pick.objects.filter(turn__conversation=turn.conversation_id).exclude(novel__shelf_entries__reader=reader)
    pick = picks.select_related("novel").order_by("-turn", "position").first()
    if pick is None or at > now:
        return
    fields: dict[str, Any] = {"changed_at": at, "started_on": timezone.localdate(turn.queued_at)}
    if ask.outcome == "begun":
        fields |= {"state": ShelfEntry.State.READING, "started_on": timezone.localdate(at), "volumes_read": 1}
    elif ask.outcome == "dropped":
        fields |= {"state": ShelfEntry.State.DROPPED, "rating": 3, "drop_reasons": [chance.choice(DROP_REASONS)]}
    else:
        fields |= {"state": ShelfEntry.State.FINISHED, "rating": chance.choice((9, 10)), "finished_on": at.date()}
    ShelfEntry.objects.record(reader, pick.novel, **fields)
    taste.learn_from_shelf(reader, [pick.novel_id])


def _count_days() -> None:
    """The quota of each day as the moved turns took from it."""
    DailyUse.objects.filter(reader__in=made_up()).delete()
    charged = Turn.objects.filter(reader__in=made_up()).exclude(charged_on=None).order_by()
    used = charged.values_list("reader", "charged_on").annotate(used=Count("pk"))
    DailyUse.objects.bulk_create(
        (DailyUse(reader_id=reader, day=day, used=number) for reader, day, number in used), batch_size=1000
    )


def _turns() -> Any:
    return Turn.objects.filter(reader__in=made_up()).order_by()


def _book(sign: int) -> None:
    """What the replies told as a model's cost, into the spending of their days, or out of it again (`sign` -1)."""
    sums: dict[tuple[Any, str, str], Counter[str]] = defaultdict(Counter)
    paid = _turns().exclude(cost=None)
    columns = ("finished_at", "model", "voice", "cost", "tokens_in", "tokens_cached", "tokens_out")
    for ended, model, voice, cost, read, cached, written in paid.values_list(*columns).iterator(2000):
        day = sums[timezone.localdate(ended), model, voice]
        day.update(replies=1, cost=cost, tokens_read=read, tokens_cached=cached, tokens_written=written)
    for (day_of, model, voice), counts_of in sums.items():
        counts_then = {name: sign * number for name, number in counts_of.items()}
        DailyCost.objects.add(day=day_of, model=model, voice=voice, **counts_then)
    DailyCost.objects.filter(replies=0).delete()


# --- Reviews ----------------------------------------------------------------------------------------------------------


def _fill_queue(chance: Random) -> None:
    """By the rules that hold here, up to date: what the worker looks through from now on is newer."""
    Watermark.objects.get_or_create(pk=1, defaults={"finished_at": timezone.now()})
    last = 0
    turns = Turn.objects.filter(reader__in=made_up()).order_by("pk")
    while pks := list(turns.filter(pk__gt=last).values_list("pk", flat=True)[: filling.AT_ONCE]):
        filling.look_through(Turn.objects.filter(pk__in=pks), chance.random)
        last = pks[-1]
    for item in ReviewItem.objects.filter(turn__reader__in=made_up()).select_related("turn").iterator(1000):
        ReviewItem.objects.filter(pk=item.pk).update(created_at=item.turn.finished_at + timedelta(minutes=1))


def _review(chance: Random) -> None:
    """What two reviewers found of a share of the queue, a day or two after."""
    reviewers = [
        get_user_model().objects.create_user(name, email=f"{name}{MAIL}", is_active=False) for name in REVIEWERS
    ]
    criteria = list(Criterion.objects.filter(is_on=True))
    items = ReviewItem.objects.filter(turn__reader__in=made_up()).select_related("turn__conversation").order_by("pk")
    for item in items.iterator(500):
        if chance.random() > REVIEWED:
            continue
        at = min(item.created_at + timedelta(hours=chance.uniform(2, 40)), timezone.now())
        both = chance.random() < TWICE
        bad = {str(one.pk) for one in criteria if chance.random() < 0.2}
        for reviewer in reviewers if both else [chance.choice(reviewers)]:
            _judge(item, reviewer, criteria, bad, at, chance)


def _judge(
    item: ReviewItem, reviewer: Any, criteria: list[Criterion], bad: set[str], at: datetime, chance: Random
) -> None:
    """Mostly as `bad` says, the criteria that the reply does not keep: two who look see much the same."""
    words = words_of(item.turn.language)
    review = Review.objects.create(item=item, reviewer=reviewer)
    review.keep(
        scores={str(one.pk): _score(one, str(one.pk) in bad, chance) for one in criteria},
        notes=chance.choice(words["notes"]) if bad or chance.random() < 0.2 else "",
        corrected=words["corrected"] if bad and chance.random() < CORRECTED else "",
        submit=True,
    )
    Review.objects.filter(pk=review.pk).update(submitted_at=at, changed_at=at)
    ReviewItem.objects.filter(pk=item.pk).update(closed_at=at)
    Look.objects.create(
        operator=reviewer,
        reader_id=item.turn.reader_id,
        conversation=item.turn.conversation,
        looked_at=at,
        why=Look.Reason.QUALITY,
    )


def _score(criterion: Criterion, is_bad: bool, chance: Random) -> int:
    if chance.random() < 0.08:
        is_bad = not is_bad
    if criterion.kind == Criterion.Kind.SCALE:
        return chance.randint(1, 3) if is_bad else chance.randint(4, 5)
    return int(not is_bad)
