"""What a voice is given: the candidates for a wish, and what is remembered of the conversation."""

from dataclasses import replace
from typing import Any

from users import taste
from users.models import ShelfEntry

from . import understanding
from .assistant import Brief, grounding, prompts, tool_call
from .catalogue.snapshot import CatalogueSnapshot
from .models import Pick, Turn
from .recommender import choosing
from .recommender.certainty import certainty_of
from .recommender.pick_counts import CANDIDATES
from .understanding import Reading


def brief_for(turn: Turn, reading: Reading, catalogue: CatalogueSnapshot) -> Brief:
    """Choose candidates for what was read, where books are wanted at all."""
    offered = known_to(turn.reader_id)
    choice = choosing.Choice()
    if not reading.is_talk:
        choice = choosing.choose(reading.wish, catalogue, offered=offered, count=CANDIDATES)
    return Brief(
        language=turn.language,
        ask=turn.text,
        wish=reading.wish,
        candidates=choice.candidates,
        history=_history(reading.earlier),
        forgotten=reading.forgotten,
        relaxed=choice.relaxed,
        blocked_by=choice.blocked_by,
        catalogue=catalogue,
        is_talk=reading.is_talk,
        subjects=reading.subjects,
        turn=turn.pk,
        conversation=turn.conversation_id,
        reader=turn.reader_id,
        offered=offered,
        dismissed=reading.dismissed,
    )


def choose_again(turn: Turn, brief: Brief, parsed: tool_call.Fields) -> Brief:
    """The brief once the model has said how it reads the wish. What was refused or said plainly holds."""
    wish = tool_call.merged(brief.wish, parsed, brief.catalogue, brief.dismissed)
    wish = understanding.personalized(turn, wish, brief.dismissed)
    choice = choosing.choose(wish, brief.catalogue, offered=brief.offered, count=CANDIDATES)
    return replace(brief, wish=wish, candidates=choice.candidates, relaxed=choice.relaxed, blocked_by=choice.blocked_by)


def known_to(reader_id: int) -> frozenset[int]:
    """Ids of every novel that is not to be offered: offered before in any of the reader's chats, on their shelf, begun,
    or refused for good."""
    offered = Pick.objects.filter(turn__reader_id=reader_id).values_list("novel_id", flat=True)
    shelved = ShelfEntry.objects.filter(reader_id=reader_id).values_list("novel_id", flat=True)
    return frozenset(offered) | frozenset(shelved) | taste.off_limits(reader_id)


def _history(earlier: list[Turn]) -> list[tuple[str, str]]:
    """(ask, reply) of the turns that have one. Of those beyond the window of memory the replies are not read."""
    answered = [one for one in earlier if one.reply and one.state in (Turn.State.DONE, Turn.State.STOPPED)]
    beyond = len(answered) - 2 * prompts.BLOCK
    return [
        (one.text, prompts.remembered(one.reply, one.candidates) if place >= beyond else "")
        for place, one in enumerate(answered)
    ]


def as_given(brief: Brief) -> list[dict[str, Any]]:
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
