"""Cases that replies must not fail again: made from a corrected reply, tried with the voice that is set.

A case stands alone. What it holds of a conversation is what the reader and the librarian said, personal data hidden,
and what was read and offered then; the reader's shelf and taste are not in it, and neither is the reader.
"""

import uuid
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone, translation

from .. import assistant, replies
from ..assistant import Brief, failures, grounding
from ..briefing import brief_for
from ..catalogue.models import Novel
from ..catalogue.snapshot import CatalogueSnapshot, current_catalogue
from ..db_retry import write_lock
from ..models import Conversation, Pick, RegressionCase, Review, Turn
from ..pick_verification import Resolver, resolver
from ..prompting.active import active_instructions
from ..text.cleaning import title_of
from ..text.folding import fold
from ..understanding import Reading, read_turn
from . import trials
from .masking import masked
from .trial_models import BUDGET

MAX_FROZEN = 8  # turns before the one that was corrected
FROZEN = ("text", "language", "reply", "state", "wish", "reading", "waived", "corrections", "candidates")
MIN_KEY = 3  # letters of a name that is looked for in running text
CALLED = -1  # id of the reader who asks while a case is read; nobody else's is below zero


class Unmade(Exception):
    """No case can be made of it. The message is a code: none, temporary."""


class Unaffordable(Exception):
    """The day's budget is used up: the model was not asked, and nothing is known of the case."""


# --- Making -----------------------------------------------------------------------------------------------------------


def make_case(review: Review, author: Any) -> tuple[RegressionCase, bool]:
    """The case of the turn that `review` corrects, and whether it is new. Raises Unmade."""
    turn = Turn.objects.select_related("conversation").prefetch_related("picks__novel").get(pk=review.item.turn_id)
    if not review.corrected.strip():
        raise Unmade("none")
    if turn.conversation.temporary:
        raise Unmade("temporary")  # which leaves nothing behind
    return RegressionCase.objects.get_or_create(
        turn=turn, defaults={**frozen(turn), **_expected(turn, review.corrected), "author": author}
    )


def frozen(turn: Turn) -> dict[str, Any]:
    """What a case keeps of the conversation up to `turn`."""
    before = turn.conversation.turns.filter(
        pk__lt=turn.pk, hidden=False, state__in=(Turn.State.DONE, Turn.State.STOPPED)
    )
    earlier = before.order_by("-pk").prefetch_related("picks__novel")[:MAX_FROZEN]
    with translation.override(turn.language):
        return {
            "name": title_of(hidden(turn.text)),
            "language": turn.language,
            "words": hidden(turn.text),
            "wrong_reply": hidden(turn.reply),
            "conversation": [_frozen(one) for one in reversed(earlier)],
        }


def _frozen(turn: Turn) -> dict[str, Any]:
    picks = [{"slug": pick.novel.slug, "reason": pick.reason} for pick in turn.picks.all()]
    slugs = {pick["slug"] for pick in picks}
    kept = {name: hidden(getattr(turn, name)) for name in FROZEN}
    kept["wish"].pop("taste", None)  # it is the reader's own, and not of this conversation
    kept["candidates"] = [one for one in turn.candidates if one["slug"] in slugs]
    return {**kept, "picks": hidden(picks)}


def hidden(value: Any) -> Any:
    """`value`, a text or JSON, with personal data named and not shown, in a new object."""
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, dict):
        return {name: hidden(one) for name, one in value.items()}
    return [hidden(one) for one in value] if isinstance(value, list) else value


def _expected(turn: Turn, corrected: str) -> dict[str, Any]:
    """What the corrected reply asks of another: works that it names and the wrong one does not, and the other way round."""
    picks = [pick.novel.slug for pick in turn.picks.all()]
    wrong = list(dict.fromkeys([*picks, *named_in(turn.reply, Novel.objects.slug_by_keys)]))
    right = named_in(corrected, Novel.objects.slug_by_keys)
    offers = any(isinstance(block, grounding.PickLine) for block in grounding.read(corrected, turn.candidates))
    names_any = right or any(True for _name in grounding.names_in(corrected))  # one that the shelf does not know, too
    nothing = "" if names_any or not picks else RegressionCase.Offers.NONE
    return {
        "corrected": hidden(corrected),
        "offers": RegressionCase.Offers.SOME if offers else nothing,
        "must_name": "\n".join(slug for slug in right if slug not in wrong)[:2000],
        "must_not_name": "\n".join(slug for slug in wrong if slug not in right)[:2000],
    }


def named_in(text: str, resolve: Resolver) -> list[str]:
    """Slugs of the works that a reply names, each once."""
    found = (named.slug or resolve(named.keys) for named in grounding.names_in(text))
    return list(dict.fromkeys(slug for slug in found if slug))


# --- Trying -----------------------------------------------------------------------------------------------------------


def run(case: RegressionCase) -> None:
    """Try `case` with the voice that is set, here and now, and keep what came of it there. Raises Unaffordable."""
    result = _result(case, lambda: True)
    assert result is not None  # it is always wanted
    case.keep(**result)


def run_claimed(case: RegressionCase) -> None:
    """The same in a worker, who may lose the case to another one. Where the day's budget is used up, what came of it the
    last time stands."""
    try:
        result = _result(case, case.renew)
    except Unaffordable:
        result = {}
    if result is not None:
        case.end(**result)


def _result(case: RegressionCase, is_wanted: Callable[[], bool]) -> dict[str, Any] | None:
    """The fields of `case` after a trial; None when nobody wants it any more."""
    _warm_up()
    catalogue, voice = current_catalogue(), assistant.voice()
    turn, reading, brief = _asked(case, catalogue)
    outcome = trials.try_out(turn, reading, brief, voice=voice, instructions=active_instructions(), is_wanted=is_wanted)
    if outcome is None:
        return None
    if outcome["failure"] == BUDGET:
        raise Unaffordable
    differences = differences_from(case, outcome, catalogue)
    passed = False if differences else None if case.expects_nothing else True
    return {**outcome, "differences": differences, "passed_before": case.passed, "passed": passed}


def give_up(case: RegressionCase) -> None:
    """It took its workers down with it."""
    lost = {"kind": "failed", "what": failures.LOST}
    case.end(passed=False, passed_before=case.passed, differences=[lost], finished_at=timezone.now())


@cache
def _warm_up() -> None:
    """What understands a turn is loaded once, and not while a transaction holds the write lock."""
    replies.warm_up()


def _asked(case: RegressionCase, catalogue: CatalogueSnapshot) -> tuple[Turn, Reading, Brief]:
    """The turn of `case` as a reader nobody knows would ask it, understood and briefed.

    What understands a turn reads the rows of its conversation. They are there for as long as that takes and are taken
    back, so that no reader, no list and no count ever sees them; the model is asked afterwards. Their ids follow from
    the case, as phrasings and choices follow from ids: the same case reads the same, time after time.
    """
    with write_lock, transaction.atomic():
        try:
            turn = _put(case, catalogue)
            reading = read_turn(turn, catalogue, keeps=False)
            brief = brief_for(turn, reading, catalogue)
        finally:
            transaction.set_rollback(True)
    return turn, reading, brief


def _put(case: RegressionCase, catalogue: CatalogueSnapshot) -> Turn:
    """The rows of a case, the ids of all of them below zero."""
    last = -case.pk * 2 * MAX_FROZEN
    reader = get_user_model().objects.create(pk=CALLED, username=f"/case-{uuid.uuid4().hex}")
    conversation = Conversation.objects.create(pk=last, reader=reader, title=case.name, temporary=True)
    for place, kept in enumerate(case.conversation, start=1):
        fields = {name: kept[name] for name in FROZEN}
        turn = Turn.objects.create(
            pk=last - 1 - len(case.conversation) + place, conversation=conversation, reader=reader, **fields
        )
        picks = [
            Pick(turn=turn, novel_id=catalogue.by_slug[pick["slug"]].pk, position=position, reason=pick["reason"])
            for position, pick in enumerate(kept["picks"], start=1)
            if pick["slug"] in catalogue.by_slug
        ]
        Pick.objects.keep(picks)
    asked = Turn.objects.create(
        pk=last, conversation=conversation, reader=reader, text=case.words, language=case.language
    )
    return trials.unanswered(asked)


# --- Comparing --------------------------------------------------------------------------------------------------------


def differences_from(
    case: RegressionCase, outcome: dict[str, Any], catalogue: CatalogueSnapshot
) -> list[dict[str, str]]:
    """How a reply differs from what `case` expects: [{"kind", "what"}].

    kind: failed (`what`: the failure), stood_in, offers_none, offers_some, lacks, names (`what`: the slug or words), fact
    (`what`: the slug of the work of which something is stated wrongly).
    """
    return [{"kind": kind, "what": what} for kind, what in _differences(case, outcome, catalogue)]


def _differences(
    case: RegressionCase, outcome: dict[str, Any], catalogue: CatalogueSnapshot
) -> Iterator[tuple[str, str]]:
    if outcome["failure"]:
        yield "failed", outcome["failure"]
        return
    if outcome["stand_in"]:
        yield "stood_in", outcome["stand_in"]
    picks, reply = outcome["picks"], outcome["reply"]
    if case.offers == RegressionCase.Offers.SOME and not picks:
        yield "offers_none", ""
    if case.offers == RegressionCase.Offers.NONE and picks:
        yield "offers_some", ", ".join(picks)
    slugs = {*picks, *named_in(reply, resolver(catalogue))}
    letters = _letters(reply)
    for name in lines_of(case.must_name):
        if not _is_named(name, slugs, letters, catalogue):
            yield "lacks", name
    for name in lines_of(case.must_not_name):
        if _is_named(name, slugs, letters, catalogue):
            yield "names", name
    for slug in dict.fromkeys(one["slug"] for one in outcome["corrections"]):
        yield "fact", slug


def lines_of(text: str) -> Sequence[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _is_named(name: str, slugs: set[str], letters: str, catalogue: CatalogueSnapshot) -> bool:
    """Whether a reply names `name`: a work by its slug, offered or by one of its titles; else these very words."""
    if work := catalogue.by_slug.get(name):
        titles = [title for title in map(_letters, work.titles.values()) if len(title) >= MIN_KEY]
        return name in slugs or any(title in letters for title in titles)
    return _letters(name) in letters


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))
