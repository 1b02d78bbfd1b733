"""What a turn's words mean in their conversation, for their reader: the wish, and whether they want books at all.

A text is parsed once in a process, however often it is asked for (`language.parse` remembers): the earlier asks of a
conversation, and those that are only compared, cost next to nothing.
"""

import logging
from dataclasses import dataclass

from django.db.models import QuerySet

from users import taste

from .assistant import failures
from .catalogue.snapshot import CatalogueSnapshot, Work
from .db_retry import DATABASE_AWAY
from .language import focus, preferences, turn_parser
from .language.preferences import Preference
from .language.topics import WishPart
from .language.vocabulary import vocabulary
from .language.wish import Wish, understand
from .models import Pick, Turn
from .recommender.personalization import apply_taste

logger = logging.getLogger(__name__)

MEMORY = 20  # turns of the conversation that are looked back on


@dataclass(frozen=True)
class Reading:
    """`earlier`: the turns looked back on, oldest first; `forgotten` counts those with a reply before them.

    `wish`: what the conversation asks for by now, the reader's taste laid over it. `dismissed`: parts of a wish
    that the reader has removed. `subjects`: works the words ask about. `is_talk`: they want no books.
    """

    earlier: list[Turn]
    forgotten: int
    wish: Wish
    dismissed: list[WishPart]
    subjects: list[Work]
    is_talk: bool


def read_turn(turn: Turn, catalogue: CatalogueSnapshot) -> Reading:
    """Understand a turn's words, and keep what they say of their reader for good."""
    before = turn.conversation.turns.filter(pk__lt=turn.pk, hidden=False).exclude(failure=failures.QUOTA)
    earlier = list(before.order_by("-pk")[:MEMORY])[::-1]
    last_picks = last_offered(turn.conversation_id)
    # What is learned now weighs in this reply already.
    _learn(turn, earlier, last_picks, catalogue)
    dismissed = dismissed_parts(turn, earlier, catalogue)
    wish = wish_of(turn, earlier, last_picks, dismissed, catalogue)
    subjects = focus.works_asked_about(turn.text, catalogue, wish, last_picks)
    return Reading(
        earlier=earlier,
        forgotten=_answered_before(before, earlier),
        wish=wish,
        dismissed=dismissed,
        subjects=subjects,
        is_talk=focus.is_talk(turn.text, wish, subjects),
    )


def _answered_before(before: QuerySet[Turn], earlier: list[Turn]) -> int:
    """How many turns with a reply come before those looked back on: the window of memory moves by their number."""
    if len(earlier) < MEMORY:
        return 0
    answered = before.filter(state__in=(Turn.State.DONE, Turn.State.STOPPED), pk__lt=earlier[0].pk)
    return answered.exclude(reply="").count()


def last_offered(conversation_id: int) -> list[str]:
    """Slugs of the works offered last in a conversation, in their order: "like the second" points at one of them."""
    latest = Pick.objects.filter(turn__conversation=conversation_id).order_by("-turn_id").values("turn_id")[:1]
    return list(Pick.objects.filter(turn_id__in=latest).values_list("novel__slug", flat=True))


# --- The wish ------------------------------------------------------------------------------------------------------


def wish_of(
    turn: Turn, earlier: list[Turn], last_picks: list[str], dismissed: list[WishPart], catalogue: CatalogueSnapshot
) -> Wish:
    """What the conversation asks for by now, less what the reader has taken back and not said again (`dismissed`)."""
    asks = [one.text for one in (*earlier, turn)]
    asks = [preferences.without_progress(text) for text in asks]
    wish = understand(asks, catalogue, turn.language, last_picks=last_picks)
    for part in dismissed:
        if part.kind != "taste":
            wish = wish.without(*part)
    return personalized(turn, wish, dismissed)


def personalized(turn: Turn, wish: Wish, dismissed: list[WishPart]) -> Wish:
    """`wish` with the reader's standing taste laid over it, less what they have taken back here."""
    return apply_taste(
        taste.taste_of(turn.reader),
        wish,
        language=turn.language,
        dismissed=dismissed,
        asks=turn_parser.asks_for_books(turn.text),
    )


def dismissed_parts(turn: Turn, earlier: list[Turn], catalogue: CatalogueSnapshot) -> list[WishPart]:
    """Parts of the wish that the reader has removed and not said again since."""
    dismissed = {WishPart.parse(part) for one in earlier for part in one.waived}
    if dismissed:
        dismissed -= {*understand([turn.text], catalogue, turn.language).parts()}
    return sorted(dismissed | {WishPart.parse(part) for part in turn.waived})


# --- What is said for good -----------------------------------------------------------------------------------------


def _learn(turn: Turn, earlier: list[Turn], last_picks: list[str], catalogue: CatalogueSnapshot) -> None:
    """Keep what these words say of their reader for good. A reply is not lost over what could not be learned."""
    try:
        taste.learn(turn, standing_preferences(turn, earlier, last_picks, catalogue))
    except DATABASE_AWAY:
        raise
    except Exception:
        logger.exception("nothing was learned from turn %s", turn.pk)


def standing_preferences(
    turn: Turn, earlier: list[Turn], last_picks: list[str], catalogue: CatalogueSnapshot
) -> list[Preference]:
    """What these words say of their reader beyond this ask; "it" is what the conversation speaks of."""
    named = [slug for one in earlier[-1:] for part in ("liked", "read") for slug in one.wish.get(part, ())]
    return preferences.read_preferences(
        turn.text,
        vocabulary(catalogue),
        named=tuple(dict.fromkeys(named)),
        last_picks=last_picks,
    )
